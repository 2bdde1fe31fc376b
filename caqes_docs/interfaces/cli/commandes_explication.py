"""`caqes expliquer`: the chapters of an act, or the amounts of evaluated years, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import click

from caqes_docs.application.expliquer.acte import SUJETS
from caqes_docs.application.expliquer.etapes import cited_texts, told_steps
from caqes_docs.application.expliquer.montants import (
    MontantExplique,
    MontantsExpliques,
    amount_subjects,
    explain_amounts,
)
from caqes_docs.application.projet import Projet, find_projet
from caqes_docs.core.constats import has_errors
from caqes_docs.core.errors import ExitCode, UsageError
from caqes_docs.interfaces.cli.affichage import show_json
from caqes_docs.interfaces.cli.commandes import run_explain, show_findings

TYPE = "contrat"


def run(
    dossier: str,
    sujet: str,
    type_id: str | None,
    annee: int | None,
    date_effet: dt.date | None,
    sortie_format: str,
    projet: Path | None,
    bibliotheque: tuple[Path, ...],
) -> None:
    """The answer to `caqes expliquer`.

    Raises:
        UsageError: U-007 no such subject; U-018 an option that the subject has no use for.
    """
    racine = find_projet(projet, bibliotheque)
    if sujet in SUJETS or not sujet:
        _refuse_year(dossier, annee)
        run_explain(
            dossier, sujet, type_id or TYPE, date_effet, sortie_format, projet, bibliotheque
        )
        return
    admis = amount_subjects(racine)
    if sujet not in admis:
        raise UsageError(
            "U-007",
            f"«\u00a0{sujet}\u00a0» n’est pas un sujet d’explication.",
            remede=f"Sujets\u00a0: {', '.join((*SUJETS, *admis))}.",
        )
    _refuse_options(sujet, {"--type": type_id, "--date-effet": date_effet})
    expliques = explain_amounts(racine, dossier, sujet, annee)
    if sortie_format == "json":
        show_json(expliques.as_dict())
    else:
        _show(expliques, racine)
    if has_errors(expliques.constats):
        raise click.exceptions.Exit(ExitCode.DONNEES)


def _refuse_year(dossier: str, annee: int | None) -> None:
    """The dates and the wordings of a contract belong to no evaluated year."""
    if annee is not None:
        raise UsageError(
            "U-018",
            "--annee ne sert qu’aux montants.",
            remede="Retirer --annee, ou demander un montant\u00a0: "
            f"caqes expliquer {dossier} montants --annee {annee}.",
        )


def _refuse_options(sujet: str, options: Mapping[str, object]) -> None:
    """An option that would change nothing was meant for something else."""
    for nom, valeur in options.items():
        if valeur is not None:
            raise UsageError(
                "U-018",
                f"{nom} ne sert pas au sujet «\u00a0{sujet}\u00a0»\u00a0: un montant suit le "
                "contrat signé et son évaluation.",
                remede=f"Retirer {nom}, ou demander un autre sujet\u00a0: {', '.join(SUJETS)}.",
            )


def _show(expliques: MontantsExpliques, projet: Projet) -> None:
    click.echo(f"{expliques.finess} – {expliques.nom}")
    for montant in expliques.montants:
        annee = f"{montant.annee} – " if montant.annee else ""
        click.echo(f"\n{annee}{montant.libelle}\u00a0: {montant.ecrit}")
        for ligne in (montant.mesure, montant.raison):
            if ligne:
                click.echo(f"  {ligne}")
        for libelle, motif, origine in montant.manques:
            ou = f" ({origine})" if origine else ""
            click.echo(f"  Il manque\u00a0: {libelle} – {motif or 'valeur inconnue'}{ou}")
        _show_steps(montant, projet)
    show_findings(expliques.constats)


def _show_steps(montant: MontantExplique, projet: Projet) -> None:
    for etape in told_steps(montant.noeud):
        click.echo(f"  ({etape.repere}) {etape.libelle}")
        click.echo(f"      {etape.operation}\u00a0: {etape.valeur}")
        for precision in etape.precisions:
            click.echo(f"      {precision}")
    textes = cited_texts(montant.noeud, projet.droit)
    if textes:
        click.echo("  Textes\u00a0:")
    for texte in textes:
        click.echo(f"      {texte}")


__all__ = ["run"]
