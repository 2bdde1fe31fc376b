"""The commands about dossiers and acts."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any

import click

from caqes_docs.application.expliquer.acte import explain
from caqes_docs.application.generer import FORMATS, Bilan, Demande, Resultat, generate
from caqes_docs.application.options import make_options
from caqes_docs.application.projet import find_projet
from caqes_docs.application.verifier.dossiers import Rapport, check_dossiers, group_by_cause
from caqes_docs.core.constats import Constat, Gravite, has_errors
from caqes_docs.core.errors import EnvironnementError, ExitCode, UsageError
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli.affichage import (
    is_terminal,
    say,
    show_error,
    show_group,
    show_json,
    show_table,
)


def run_check(
    dossiers: tuple[str, ...],
    date_effet: dt.date | None,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes verifier`: every fault of every dossier in one report."""
    rapport = check_dossiers(find_projet(projet, bibliotheque), dossiers, date_effet)
    if sortie_format == "json":
        show_json(
            {
                "dossiers": rapport.dossiers,
                "constats": [constat.as_dict() for constat in rapport.constats],
            }
        )
    else:
        _show_report(rapport)
    if rapport.count(Gravite.ERREUR):
        raise click.exceptions.Exit(ExitCode.DONNEES)


def show_findings(constats: tuple[Constat, ...]) -> None:
    """Findings grouped by cause, on stdout."""
    for constat, sources in group_by_cause(constats):
        show_group(constat, sources)


def _show_report(rapport: Rapport) -> None:
    show_findings(rapport.constats)
    erreurs, manques = rapport.count(Gravite.ERREUR), rapport.count(Gravite.MANQUE)
    avertissements = rapport.count(Gravite.AVERTISSEMENT)
    say(
        f"{compte(rapport.dossiers, 'dossier(s) contrôlé(s)')}\u00a0: "
        f"{compte(erreurs, 'erreur(s)')}, "
        f"{compte(manques, 'donnée(s) à compléter')}, "
        f"{compte(avertissements, 'avertissement(s)')}.",
        "red" if erreurs else "green",
    )


def run_generate(
    dossiers: tuple[str, ...],
    tous: bool,
    types: tuple[str, ...],
    definitif: bool,
    formats: str,
    sortie: Path | None,
    date_effet: dt.date | None,
    date_edition: dt.date | None,
    annee: int | None,
    travaux: int | None,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes generer`: make the acts, then say what lies where."""
    _check_request(dossiers, tous=tous, definitif=definitif, date_effet=date_effet)
    racine = find_projet(projet, bibliotheque)
    demande = Demande(
        sortie or racine.racine / "output",
        parse_formats(formats),
        types,
        make_options(
            definitif=definitif, date_effet=date_effet, date_edition=date_edition, annee=annee
        ),
        travaux or os.cpu_count() or 1,
        tous,
    )
    bilan = generate(racine, dossiers, demande, _progress)
    if sortie_format == "json":
        show_json(_as_json(bilan))
    else:
        _show_summary(bilan, demande)
    _leave_with_worst(bilan)


def _check_request(
    dossiers: tuple[str, ...],
    *,
    tous: bool,
    definitif: bool,
    date_effet: dt.date | None,
) -> None:
    if tous == bool(dossiers):
        raise UsageError(
            "U-004",
            "Il faut nommer des dossiers, ou demander --tous, et pas les deux.",
            remede="Par exemple : caqes generer 990780017, ou caqes generer --tous.",
        )
    if definitif and date_effet:
        raise UsageError(
            "U-005",
            "--date-effet ne sert qu’aux projets\u00a0: un acte définitif tire sa date "
            "d’effet de sa signature.",
            remede="Écrire la date de signature dans le dossier.",
        )


def _leave_with_worst(bilan: Bilan) -> None:
    codes = [resultat.erreur.exit_code for resultat in bilan.echecs if resultat.erreur]
    if has_errors(bilan.constats):
        codes.append(ExitCode.DONNEES)
    if codes:
        raise click.exceptions.Exit(max(codes))


def parse_formats(formats: str) -> tuple[str, ...]:
    """The formats asked for, each once."""
    demandes = tuple(dict.fromkeys(nom.strip() for nom in formats.split(",") if nom.strip()))
    inconnus = [nom for nom in demandes if nom not in FORMATS]
    if inconnus or not demandes:
        raise UsageError(
            "U-006",
            f"Format inconnu\u00a0: {', '.join(inconnus) or 'aucun'}.",
            remede=f"Formats admis\u00a0: {', '.join(FORMATS)}.",
        )
    return demandes


def _progress(resultat: Resultat) -> None:
    if is_terminal():
        etat = "échec" if resultat.erreur else "fait"
        say(f"  {resultat.dossier}  {resultat.nom[:60]}  {etat}")


def _errors_of_drafts(bilan: Bilan) -> tuple[Constat, ...]:
    """What keeps the drafts that were made from being signed, each once."""
    trouves = (c for resultat in bilan.resultats if not resultat.erreur for c in resultat.constats)
    return tuple(dict.fromkeys(c for c in trouves if c.gravite is Gravite.ERREUR))


def _show_summary(bilan: Bilan, demande: Demande) -> None:
    show_table(
        ("Dossier", "Établissement", "À compléter", "Fichiers"),
        [
            (
                resultat.dossier,
                resultat.nom,
                str(resultat.a_completer),
                ", ".join(resultat.fichiers) or "échec",
            )
            for resultat in bilan.resultats
        ],
    )
    show_findings(bilan.constats)
    show_findings(_errors_of_drafts(bilan))
    dits: set[str] = set()
    for resultat in bilan.echecs:
        assert resultat.erreur is not None
        if isinstance(resultat.erreur, EnvironnementError):
            if resultat.erreur.message not in dits:
                show_error(resultat.erreur)
            dits.add(resultat.erreur.message)
            continue
        say(f"{resultat.dossier}\u00a0:")
        show_error(resultat.erreur)
    faits = sum(bool(resultat.fichiers) for resultat in bilan.resultats)
    echecs = len(bilan.resultats) - faits
    say(
        f"{compte(faits, 'acte(s) produit(s)')} dans {demande.sortie}, "
        f"{compte(echecs, 'échec(s)')}.",
        "red" if bilan.echecs else "green",
    )


def _as_json(bilan: Bilan) -> dict[str, Any]:
    return {
        "actes": [
            {
                "dossier": resultat.dossier,
                "type": resultat.type,
                "fichiers": list(resultat.fichiers),
                "empreinte": resultat.empreinte,
                "erreur": _error_json(resultat),
                "constats": [constat.as_dict() for constat in resultat.constats],
            }
            for resultat in bilan.resultats
        ],
        "constats": [constat.as_dict() for constat in bilan.constats],
    }


def _error_json(resultat: Resultat) -> dict[str, str] | None:
    erreur = resultat.erreur
    if erreur is None:
        return None
    return {"code": erreur.code, "message": erreur.message, "remede": erreur.remede}


def run_explain(
    dossier: str,
    sujet: str,
    type_id: str,
    date_effet: dt.date | None,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """`caqes expliquer`: why the act reads as it does."""
    racine = find_projet(projet, bibliotheque)
    options = make_options(date_effet=date_effet)
    explications = explain(racine, dossier, type_id, options, sujet)
    if sortie_format == "json":
        show_json([{nom: getattr(e, nom) for nom in e.__slots__} for e in explications])
        return
    courant = ""
    for explication in explications:
        if explication.sujet != courant:
            courant = explication.sujet
            click.echo(f"\n{courant.upper()}")
        click.echo(f"  {explication.quoi}\u00a0: {explication.valeur}")
        for suite in (explication.raison, explication.source):
            if suite:
                click.echo(f"      {suite}")


__all__ = ["parse_formats", "run_check", "run_explain", "run_generate", "show_findings"]
