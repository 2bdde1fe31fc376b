"""What commands that make files share: `--si-change`, `--quiet`, and tables of what was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caqes_docs.core.errors import ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.projet import Projet
    from caqes_docs.application.verifier.inchange import ReponseConnue

ActeDit = dict[str, Any]
"""An act of the answer of `generer`, as data."""
PRODUIT, INCHANGE, ECHEC = "produit", "inchangé", "échec"


@dataclass(frozen=True)
class Accompli:
    """What a command came to."""

    fichiers: Sequence[Path] = ()
    codes: Sequence[ExitCode | None] = ()
    reponse: Any = None
    """The answer as data, for who can tell it again."""


@dataclass(frozen=True, kw_only=True)
class ArgumentsProduits(cli.ArgumentsReponse):
    """Those of a command whose answer holds for as long as nothing changes."""

    si_change: bool = cli.option(
        "--si-change",
        is_flag=True,
        help="Ne rien refaire quand rien n’a changé depuis la dernière fois, fichiers compris.",
    )
    quiet: bool = cli.option(
        "--quiet",
        "-q",
        is_flag=True,
        help="Ne dire que les erreurs, et le chemin de chaque fichier produit.",
    )

    def work(self, projet: Projet) -> Accompli:
        """Do what the command is for, and tell it."""
        raise NotImplementedError

    def inputs(self) -> tuple[Path, ...]:
        """The files that are read outside of the project."""
        return ()

    def tell_again(self, connue: ReponseConnue) -> None:
        """Tell what was told the last time, for nothing has changed."""
        sortie, talk = connue.dit
        if self.json:
            import json

            ecran.show_json({**json.loads(sortie), "inchange": True})
        else:
            click.echo(sortie, nl=False)
            click.echo(talk, nl=False, err=True)

    def run(self) -> None:
        """Work, unless the answer is known and its files are there as they were made.

        Every answer is remembered: the first `--si-change` compares with an ordinary run.
        """
        from caqes_docs.application.verifier.inchange import (
            ReponseConnue,
            recall_answer,
            remember_answer,
        )

        projet = self.find_projet()
        cle = self._key(projet, projet.empreinte)
        connue = recall_answer(cle) if self.si_change else None
        with ecran.listened(discret=self.quiet, muet=self.quiet and not self.json) as entendu:
            if connue is not None:
                self.tell_again(connue)
                fait = Accompli(connue.fichiers)
                inchanges = compte(len(connue.fichiers), "fichier(s) inchangé(s)")
                dont = f"\u00a0: {inchanges}" if connue.fichiers else ""
                if not self.json:
                    ecran.say(f"Rien n’a changé depuis la dernière fois{dont}.", "green")
            else:
                fait = self.work(projet)
                projet.keep_templates()
        code = max((code for code in fait.codes if code), default=ExitCode.OK)
        if cle is not None and connue is None and code == ExitCode.OK:
            neuve = ReponseConnue(entendu.dit, fait.reponse, tuple(fait.fichiers))
            remember_answer(cle, self._key(projet, projet.digest()), neuve)
        if self.quiet and not self.json:
            for chemin in fait.fichiers:
                click.echo(str(chemin))
        ecran.leave_with(code)

    def _key(self, projet: Projet, bibliotheque: str | None) -> str | None:
        from caqes_docs.application.verifier.inchange import answer_key

        sans = ("si_change", "travaux", "ouvrir")  # no byte of the files depends on them
        dits = [f"{x.name}={getattr(self, x.name)!r}" for x in fields(self) if x.name not in sans]
        ou = f"{Path.cwd()} {ecran.is_terminal()}"
        commande = f"{type(self).__name__} {ou} {dits}"
        return answer_key(projet, bibliotheque, commande, self.inputs())


def show_made(actes: Sequence[ActeDit]) -> None:
    """Each act, then their numbers by kind of document, and by establishment."""
    ecran.show_table(
        ("Dossier", "Établissement", "Type", "État", "À compléter", "Fichiers"),
        [
            (x["dossier"], x["etablissement"], x["type"], _state(x), str(_missing([x])), _files(x))
            for x in actes
        ],
    )
    if len(actes) > 1:
        show_numbers(actes)


def show_numbers(actes: Sequence[ActeDit]) -> None:
    """How many acts of each kind, with the one to open first, and how many of each dossier."""
    groupes = _grouped(actes, "type")
    click.echo()
    ecran.show_table(
        ("Type", "Document", *_NOMBRES, "À ouvrir d’abord"),
        [(nom, x[0]["document"], *_numbers(x), _first(x)) for nom, x in groupes.items()],
    )
    dossiers = _grouped(actes, "dossier")
    if len(groupes) > 1 and len(dossiers) > 1:
        click.echo()
        ecran.show_table(
            ("Dossier", "Établissement", *_NOMBRES),
            [(nom, x[0]["etablissement"], *_numbers(x)) for nom, x in sorted(dossiers.items())],
        )


_NOMBRES = ("Actes", "Inchangés", "À compléter", "Échecs")


def _numbers(actes: Sequence[ActeDit]) -> tuple[str, ...]:
    etats = [_state(acte) for acte in actes]
    faits = len(actes) - etats.count(ECHEC)
    return tuple(map(str, (faits, etats.count(INCHANGE), _missing(actes), etats.count(ECHEC))))


def _grouped(actes: Sequence[ActeDit], cle: str) -> dict[str, list[ActeDit]]:
    groupes: dict[str, list[ActeDit]] = {}
    for acte in actes:
        groupes.setdefault(acte[cle], []).append(acte)
    return groupes


def _state(acte: ActeDit) -> str:
    if acte["erreur"] or not acte["fichiers"]:
        return ECHEC
    return INCHANGE if acte.get("inchange") else PRODUIT


def _files(acte: ActeDit) -> str:
    return ", ".join(acte["fichiers"]) or "aucun"


def _first(actes: Sequence[ActeDit]) -> str:
    """The first file that can be read by eye."""
    return next((acte["fichiers"][0] for acte in actes if acte["fichiers"]), "aucun")


def _missing(actes: Sequence[ActeDit]) -> int:
    return sum(c["gravite"] == "à compléter" for acte in actes for c in acte["constats"])
