"""The commands about evaluated years."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import click

from caqes_docs.application.classeurs.evaluation import write_classeur
from caqes_docs.application.consolider import (
    BilanConsolidation,
    DemandeRegionale,
    consolidate,
)
from caqes_docs.application.evaluer import (
    NON_EVALUABLE,
    BilanEvaluation,
    LigneProposition,
    evaluate_years,
)
from caqes_docs.application.projet import find_projet
from caqes_docs.core.constats import Gravite
from caqes_docs.core.errors import ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli.affichage import say, show_error, show_json, show_table
from caqes_docs.interfaces.cli.commandes import parse_formats, show_findings


def run_evaluate(
    dossiers: tuple[str, ...],
    annee: int | None,
    xlsx: Path | None,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes evaluer`: the proposals, and all that keeps one from being worked out."""
    trouve = find_projet(projet, bibliotheque)
    bilan = evaluate_years(trouve, dossiers, annee)
    ecrit = xlsx is not None and write_classeur(bilan, trouve, xlsx)
    if sortie_format == "json":
        show_json(
            {
                "propositions": [_as_json(ligne) for ligne in bilan.lignes],
                "totaux": [_as_json(ligne) for ligne in bilan.totaux],
                "refus": [_as_json(ligne) for ligne in bilan.refus],
                "constats": [constat.as_dict() for constat in bilan.constats],
                "classeur": str(xlsx) if ecrit else None,
            }
        )
    else:
        _show(bilan)
        if xlsx is not None:
            _show_workbook(xlsx, written=ecrit)
    if any(constat.gravite is Gravite.ERREUR for constat in bilan.constats):
        raise click.exceptions.Exit(ExitCode.DONNEES)


def _as_json(ligne: LigneProposition) -> dict[str, object]:
    """The line, with the command that gives the tree of its amount."""
    annee = f" --annee {ligne.annee}" if ligne.annee else ""
    arbre = f"caqes expliquer {ligne.dossier} {ligne.sujet}{annee} --format json"
    return {**dataclasses.asdict(ligne), "arbre": arbre}


def _show(bilan: BilanEvaluation) -> None:
    lignes = [
        (ligne.dossier, str(ligne.annee), ligne.volet, ligne.mesure, ligne.montant, ligne.detail)
        for dossier in _groups(bilan)
        for ligne in dossier
    ]
    lignes += [(x.dossier, "", x.volet, x.mesure, x.montant, x.detail) for x in bilan.refus]
    show_table(("Dossier", "Année", "Volet", "Proposition", "Montant", "Hors total"), lignes)
    for ligne in bilan.lignes:
        if ligne.mesure == NON_EVALUABLE:
            say(f"{ligne.dossier} {ligne.annee}, {ligne.volet}\u00a0: {ligne.raison}")
    show_findings(bilan.constats)
    erreurs = sum(constat.gravite is Gravite.ERREUR for constat in bilan.constats)
    juges = " et ".join(
        compte(combien, nom)
        for combien, nom in (
            (len(bilan.totaux), "évaluation(s)"),
            (len(bilan.refus), "refus de signer"),
        )
        if combien
    )
    say(
        f"{juges or 'Aucune évaluation'}\u00a0: {compte(erreurs, 'erreur(s)')}. Ce sont des "
        "propositions\u00a0: le directeur général décide.",
        "red" if erreurs else "green",
    )


def _show_workbook(chemin: Path, *, written: bool) -> None:
    if written:
        say(f"Le calcul, en formules, est dans {chemin}.", "green")
    else:
        say(f"Rien n’a pu être calculé\u00a0: {chemin} n’est pas écrit.", "red")


def _groups(bilan: BilanEvaluation) -> Iterator[list[LigneProposition]]:
    """The lines of each evaluated year, its total last."""
    for total in bilan.totaux:
        propres = [x for x in bilan.lignes if (x.dossier, x.annee) == (total.dossier, total.annee)]
        yield [*propres, total]


def run_consolidate(
    annee: int,
    ars: str | None,
    definitif: bool,
    formats: str,
    sortie: Path | None,
    date_edition: dt.date | None,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes consolider`: the report of the region, then what it holds and what it lacks."""
    racine = find_projet(projet, bibliotheque)
    dossier = sortie or racine.racine / "output"
    demande = DemandeRegionale(annee, dossier, parse_formats(formats), ars, date_edition, definitif)
    bilan = consolidate(racine, demande)
    if sortie_format == "json":
        show_json(bilan.as_dict())
    else:
        _show_region(bilan, dossier)
    if bilan.erreur is not None:
        raise click.exceptions.Exit(bilan.erreur.exit_code)


def _show_region(bilan: BilanConsolidation, dossier: Path) -> None:
    show_findings(bilan.constats)
    if bilan.erreur is not None:
        show_error(bilan.erreur)
    campagne = bilan.campagne
    say(
        f"{compte(len(campagne.evaluees), 'évaluation(s)')} de {campagne.annee}, "
        f"{compte(len(campagne.sans_evaluation), 'contrat(s)')} sans évaluation, "
        f"{compte(len(campagne.ecartees), 'évaluation(s) écartée(s)')}."
    )
    say(
        f"{compte(len(bilan.fichiers), 'fichier(s)')} dans {dossier}.",
        "red" if bilan.erreur else "green",
    )
