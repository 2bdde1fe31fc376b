"""`caqes expliquer`: the chapters of an act, or the amounts of evaluated years, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from caqes_docs.core.errors import UsageError
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli
from caqes_docs.interfaces.cli.francais import did_you_mean

if TYPE_CHECKING:
    from caqes_docs.application.expliquer.acte import Explication
    from caqes_docs.application.expliquer.montants import MontantExplique, MontantsExpliques
    from caqes_docs.application.projet import Projet

TYPE = "contrat"


@dataclass(frozen=True, kw_only=True)
class Expliquer(cli.ArgumentsReponse):
    """Dire pourquoi un acte se lit ainsi, ou comment un montant est calculé.

    SUJET restreint la réponse : dates, clauses, indicateurs, droit ou citations ; ou demande des
    montants, étape par étape : montants (tous), total, refus, socle, transports, pertinence,
    qualite ou un volet de la région ; ou des délais des deux procédures : delais.
    """

    dossier: str = cli.dossier()
    sujet: str = cli.argument(
        required=False,
        default="",
        help="Ce qu’il faut expliquer : une partie de l’acte, un montant (avec --annee) ou les "
        "délais (par défaut : tout l’acte).",
    )
    type_id: str | None = cli.option(
        "--type",
        metavar="TYPE",
        help="Type de document, pour les sujets qui ne sont pas des montants (par défaut : "
        "contrat).",
    )
    annee: int | None = cli.option(
        "--annee",
        type=cli.ANNEE_EVALUEE,
        metavar="ANNÉE",
        help="Année évaluée, pour les montants (par défaut : toutes).",
    )
    date_effet: dt.date | None = cli.date_effet(
        "Date d’effet d’un projet dont la signature n’est pas datée."
    )

    def run(self) -> None:
        """Explain the act, or amounts.

        Raises:
            UsageError: U-007 no such subject; U-018 an option that the subject has no use for.
        """
        from caqes_docs.application.expliquer.acte import SUJETS
        from caqes_docs.application.expliquer.delais import DELAIS
        from caqes_docs.application.expliquer.montants import amount_subjects

        projet = self.find_projet()
        if self.sujet in SUJETS or not self.sujet:
            self._explain_act(projet)
        elif self.sujet in (admis := (*amount_subjects(projet), DELAIS)):
            self._explain_amounts(projet, SUJETS)
        else:
            raise UsageError(
                "U-007",
                f"«\u00a0{self.sujet}\u00a0» n’est pas un sujet d’explication.",
                remede=did_you_mean(self.sujet, (*SUJETS, *admis))
                + f"Sujets\u00a0: {', '.join((*SUJETS, *admis))}.",
            )

    def _explain_act(self, projet: Projet) -> None:
        from caqes_docs.application.expliquer.acte import explain
        from caqes_docs.application.selection import make_options

        if self.annee is not None:
            raise _useless(
                "--annee ne sert qu’aux montants.",
                "Retirer --annee, ou demander un montant\u00a0: "
                f"caqes expliquer {self.dossier} montants --annee {self.annee}.",
            )
        options = make_options(date_effet=self.date_effet)
        explications = explain(projet, self.dossier, self.type_id or TYPE, options, self.sujet)
        if self.json:
            ecran.show_json([{nom: getattr(e, nom) for nom in e.__slots__} for e in explications])
        else:
            _show_act(explications)

    def _explain_amounts(self, projet: Projet, sujets: Sequence[str]) -> None:
        from caqes_docs.application.expliquer.delais import DELAIS, explain_delays
        from caqes_docs.application.expliquer.montants import explain_amounts

        for nom, valeur in (("--type", self.type_id), ("--date-effet", self.date_effet)):
            if valeur is not None:
                raise _useless(
                    f"{nom} ne sert pas au sujet «\u00a0{self.sujet}\u00a0»\u00a0: un montant "
                    "suit le contrat signé et son évaluation.",
                    f"Retirer {nom}, ou demander un autre sujet\u00a0: {', '.join(sujets)}.",
                )
        if self.sujet == DELAIS:
            expliques = explain_delays(projet, self.dossier, self.annee)
        else:
            expliques = explain_amounts(projet, self.dossier, self.sujet, self.annee)
        if self.json:
            ecran.show_json(expliques.as_dict())
        else:
            _show_amounts(expliques, projet)
        ecran.leave_with(ecran.findings_code(expliques.constats))


def _useless(message: str, remede: str) -> UsageError:
    """An option that would change nothing was meant for something else."""
    return UsageError("U-018", message, remede=remede)


def _show_act(explications: Sequence[Explication]) -> None:
    courant = ""
    for explication in explications:
        if explication.sujet != courant:
            courant = explication.sujet
            click.echo(f"\n{courant.upper()}")
        click.echo(f"  {explication.quoi}\u00a0: {explication.valeur}")
        for suite in (explication.raison, explication.source):
            if suite:
                click.echo(f"      {suite}")


def _show_amounts(expliques: MontantsExpliques, projet: Projet) -> None:
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
    ecran.show_findings(expliques.constats)


def _show_steps(montant: MontantExplique, projet: Projet) -> None:
    from caqes_docs.application.expliquer.etapes import cited_texts, told_steps

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
