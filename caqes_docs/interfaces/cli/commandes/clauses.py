"""`caqes clauses …`: check the library, read its wordings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import click

from caqes_docs.core.constats import Gravite, sort_constats
from caqes_docs.core.errors import ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli


@dataclass(frozen=True, kw_only=True)
class VerifierClauses(cli.ArgumentsReponse):
    """Contrôler clauses, plans et droit, sans rien produire."""

    au: dt.date | None = cli.option(
        "--au", type=cli.JOUR, help="Date à laquelle les relectures sont jugées trop anciennes."
    )
    couverture: bool = cli.option(
        "--couverture",
        is_flag=True,
        help="Signaler les conditions jamais vraies ou jamais fausses dans les dossiers.",
    )
    validations: bool = cli.option(
        "--validations", is_flag=True, help="Signaler les rédactions dont personne ne répond."
    )

    def run(self) -> None:
        """Every fault of the library, nothing being generated."""
        from caqes_docs.application.verifier.memoire import verify_library

        projet = self.find_projet()
        trouves = verify_library(
            projet,
            date_du_jour=self.au,
            couverture=self.couverture,
            validations=self.validations,
        )
        constats = sort_constats(trouves)
        if self.json:
            ecran.show_json([constat.as_dict() for constat in constats])
        else:
            ecran.show_findings(constats)
            erreurs = sum(constat.gravite is Gravite.ERREUR for constat in constats)
            ecran.say(
                f"{compte(len(projet.bibliotheque.clauses), 'clause(s) contrôlée(s)')}\u00a0: "
                f"{compte(erreurs, 'erreur(s)')}, "
                f"{compte(len(constats) - erreurs, 'avertissement(s)')}.",
                "red" if erreurs else "green",
            )
        ecran.leave_with(ecran.findings_code(constats, ExitCode.CLAUSE))


@dataclass(frozen=True, kw_only=True)
class ListerClauses(cli.ArgumentsReponse):
    """Lister les clauses et leurs rédactions."""

    au: dt.date | None = cli.option(
        "--au", type=cli.JOUR, help="Ne montrer que les rédactions en vigueur à cette date."
    )
    a_valider: bool = cli.option(
        "--a-valider", is_flag=True, help="Ne montrer que celles dont personne ne répond."
    )

    def run(self) -> None:
        """One line per wording."""
        from caqes_docs.application.bibliotheque import list_wordings

        lignes = list_wordings(self.find_projet(), self.au, a_valider=self.a_valider)
        if self.json:
            ecran.show_json([ligne.as_dict() for ligne in lignes])
            return
        ecran.show_table(
            ("Clause", "En vigueur", "Statut", "Bibliothèque", "Validée", "Titre"),
            [(x.id, x.periode, x.statut, x.bibliotheque, x.validation, x.titre) for x in lignes],
        )


@dataclass(frozen=True, kw_only=True)
class Historique(cli.ArgumentsReponse):
    """Montrer les rédactions successives d’une clause."""

    clause: str = cli.argument(help="Identifiant : FAMILLE.CLAUSE.")

    def run(self) -> None:
        """The successive wordings and what changed between them."""
        from caqes_docs.application.bibliotheque import history, renamed_findings

        projet = self.find_projet()
        etapes = history(projet, self.clause)
        if self.json:
            ecran.show_json([etape.as_dict() for etape in etapes])
            return
        ecran.show_findings(renamed_findings(projet, self.clause))
        for etape in etapes:
            click.echo(f"{etape.ligne.periode}  {etape.ligne.fichier}")
            for ligne in etape.changements:
                click.echo(f"    {ligne}")
