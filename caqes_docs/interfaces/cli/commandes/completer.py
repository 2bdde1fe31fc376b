"""`caqes completer`: a dossier filled by being asked, one datum after the other."""

from __future__ import annotations

import contextlib
import shutil
import sys
import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from caqes_docs.core.constats import Gravite, has_errors
from caqes_docs.core.errors import DonneesError, ExitCode, UsageError
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from caqes_docs.application.commencer.completer.entretien import Entretien, QuestionDossier
    from caqes_docs.core.constats import Constat

_AIDE = (
    "Entrée\u00a0: passer, ou prendre ce qui est entre crochets. p\u00a0: passer\u00a0; pp\u00a0: "
    "passer aussi les questions semblables. "
    "<\u00a0: revenir à la question précédente. q\u00a0: quitter, rien n’est perdu. Un choix se "
    "donne par son numéro ou son début."
)
_SUITE = "\nCe qui est nécessaire a été demandé. La suite est facultative\u00a0; q finit."
_MONTREES = 5
"""How many data left are named of each who knows them."""
_A_CONFIRMER = frozenset({"V-285"})
"""What is written only if it is confirmed."""


@dataclass(frozen=True, kw_only=True)
class Completer(cli.ArgumentsProjet):
    """Remplir un fichier question par question : ce qui lui manque, vérifié et écrit aussitôt.

    Un dossier, une évaluation, la fiche d’une agence ou d’une caisse, par son nom. Se quitte à
    tout moment (q, ou Ctrl-C) et se reprend où l’on en était.
    """

    dossier: str = cli.dossier()

    def run(self) -> None:
        """Ask until nothing is left, then say what to type next."""
        from caqes_docs.application.commencer.completer.entretien import Entretien
        from caqes_docs.application.commencer.completer.fiche import find_fiche

        projet = self.find_projet()
        chemin = find_fiche(projet, self.dossier)
        if not sys.stdin.isatty():
            raise UsageError(
                "U-070",
                "Les questions se posent dans un terminal, et il n’y en a pas ici.",
                remede=f"Remplir «\u00a0{chemin}\u00a0» dans un éditeur de texte\u00a0; ce qui "
                f"manque\u00a0: caqes verifier {chemin.stem}",
            )
        entretien = Entretien(projet, chemin)
        if entretien.next() is not None:
            ecran.say(f"{entretien.nom}. Chaque réponse y est écrite aussitôt.\n{_wrapped(_AIDE)}")
        interrompu = False
        try:
            with contextlib.suppress(click.exceptions.Exit):
                _talk(entretien)
        except (click.exceptions.Abort, KeyboardInterrupt):
            ecran.say("")
            interrompu = True
        _conclude(entretien)
        ecran.leave_with(ExitCode.INTERROMPU if interrompu else ExitCode.OK)


def _talk(entretien: Entretien) -> None:
    """Ask, until nothing is left or the user leaves."""
    dite: tuple[str, ...] = ()
    annonce = False
    while question := _next(entretien):
        if not annonce and all(q.facultative for q in entretien.file):
            annonce = True
            ecran.say(_SUITE, "green")
        _show(question, entretien, dite)
        saisie = _prompt(question)
        if saisie.casefold() == "q":
            return
        try:
            dite = _react(entretien, question, saisie) or question.pourquoi
        except DonneesError:
            ecran.say(_wrapped("Rien n’est écrit\u00a0: le fichier a changé, et a une faute."))


def _next(entretien: Entretien) -> QuestionDossier | None:
    """The next question, once the file can be read: somebody may have an editor open on it."""
    while True:
        try:
            return entretien.next()
        except DonneesError as error:
            _tell(error.constats)
            if _prompt(None, "Corriger le fichier, puis Entrée (q\u00a0: quitter) >") == "q":
                raise


def _react(entretien: Entretien, question: QuestionDossier, saisie: str) -> tuple[str, ...] | None:
    """Do what was typed; what is to be taken as said already, when it changes."""
    mot = saisie.casefold()
    if mot == "?" or (mot == "<" and entretien.back()):
        return ("",)
    if mot == "pp" and not entretien.is_due(question):
        entretien.skip_alike(question)
    elif mot in ("p", "pp") or not (saisie or question.propose):
        _pass(entretien, question)
    elif mot == "s" and question.sans_objet:
        entretien.excuse(question)
    elif mot == "r" and question.retirable:
        _refuse(entretien.remove(question, _agree_to_remove))
    elif question.encore and question.read(saisie) not in ("oui", "non"):
        ecran.say(_wrapped("Répondre oui ou non, ou passer."))
    elif mot != "<":
        _answer(entretien, question, saisie or question.propose)
    return None


def _show(question: QuestionDossier, entretien: Entretien, dite: tuple[str, ...]) -> None:
    """The question, why it is asked when that is new, and what may be answered."""
    titre = question.libelle[0].upper() + question.libelle[1:]
    ecran.say("")
    if question.encore:
        ecran.say(_wrapped(f"{titre}\u00a0: continuer la liste (oui ou non)\u202f?", ""))
        return
    facultatif = " (facultatif)" * question.facultative
    ecran.say(_wrapped(f"{titre}{facultatif}", ""), "cyan")
    if question.pourquoi != dite:
        for ligne in question.pourquoi:
            ecran.say(_wrapped(ligne))
    for rang, (nom, sens) in enumerate(question.choix, 1):
        ecran.say(_wrapped(f"{rang}  {nom}" + (f"\u00a0: {sens}" if sens else "")))
    exemple = "" if question.propose or question.actuelle else entretien.example(question)
    restantes = Counter(q.facultative for q in entretien.file)
    suite = [f"exemple\u00a0: {exemple}"] * bool(exemple)
    suite += ["s\u00a0: sans objet"] * question.sans_objet
    suite += ["r\u00a0: retirer cette action du plan"] * question.retirable
    if question.liste:
        suite += (
            ["séparés par des virgules"]
            if question.choix
            else ["une par ligne, une ligne vide termine"]
        )
    if suite:
        ecran.say(_wrapped("\u00a0; ".join(suite)))
    if restantes.total() % 10 == 0:
        necessaires = compte(restantes[False], "question(s) nécessaire(s)")
        facultatives = compte(restantes[True], "facultative(s)")
        ecran.say(_wrapped(f"encore {necessaires}, {facultatives}"))


def _prompt(question: QuestionDossier | None, invite: str = ">") -> str:
    if question and (deja := question.actuelle or question.propose):
        invite = f"[{deja}] >"
    return _typed(invite, default="", show_default=False)


def _typed(invite: str, **options: Any) -> str:
    """What is typed, once all of it can be read: a terminal may speak another alphabet."""
    while True:
        try:
            saisie = str(click.prompt(invite, prompt_suffix=" ", err=True, **options)).strip()
            saisie.encode()
        except UnicodeError:
            ecran.say(_wrapped("Un signe n’a pas été compris\u00a0: régler le terminal en UTF-8."))
        else:
            return saisie


def _answer(entretien: Entretien, question: QuestionDossier, saisie: str) -> None:
    """Give an answer, or the several lines of one, and say what is wrong with it."""
    saisies, suite = [saisie], ""
    if question.liste and question.choix:
        saisies = question.split(saisie)
    elif question.liste:
        while (suite := _prompt(question)) and suite.casefold() != "q":
            saisies.append(suite)
    connus = dict((*question.choix, *question.noms))
    codes = [code for dit in saisies if (code := question.read(dit)) != dit and code in connus]
    if codes:
        ecran.say(_wrapped(f"→ {', '.join(codes)}"))
    _refuse(entretien.answer(question, saisies, _agree))
    if suite:  # q
        raise click.exceptions.Exit


def _refuse(constats: Sequence[Constat]) -> None:
    """Say what keeps an answer from being written, if anything does."""
    if has_errors(constats):
        _tell(constats)
        ecran.say(_wrapped("Rien n’est écrit\u00a0: répondre autrement, ou passer."))


def _pass(entretien: Entretien, question: QuestionDossier) -> None:
    """Pass over a question; what an item begun cannot do without, or the whole item."""
    if entretien.is_due(question):
        ecran.say(_wrapped("Sans cette réponse, l’élément commencé serait refusé."))
        if _confirm("Abandonner cet élément"):
            _refuse(entretien.drop(question))
            return
        if entretien.is_begun(question):
            return
    entretien.skip(question)


def _agree(constats: Sequence[Constat]) -> bool:
    """Say what an answer calls for; whether it is meant, when it surprises."""
    _tell(constats)
    if not any(c.code in _A_CONFIRMER for c in constats) or _confirm("Confirmez-vous"):
        return True
    ecran.say(_wrapped("Rien n’est écrit."))
    return False


def _agree_to_remove(constats: Sequence[Constat]) -> bool:
    _tell(constats)
    return _confirm("L’action reste dans le fichier en commentaire. La retirer du plan")


def _confirm(quoi: str) -> bool:
    """Whether « oui » is said, which alone confirms."""
    mot = _typed(f"{quoi} (oui ou non)\u202f? >").casefold()
    if mot == "q":
        raise click.exceptions.Exit
    return mot in ("o", "oui")


def _tell(constats: Iterable[Constat]) -> None:
    for constat in constats:
        couleur = "red" if constat.gravite is Gravite.ERREUR else "yellow"
        ecran.say(_wrapped(f"{constat.code}  {constat.message}"), couleur)
        if constat.remede:
            ecran.say(_wrapped(f"→ {constat.remede}"))


def _conclude(entretien: Entretien) -> None:
    """What was written, what is left and who knows it, and the next command."""
    _sum_up(entretien)
    constats = entretien.report()
    for qui, demandes in entretien.left().items():
        ecran.say(_wrapped(f"{qui}\u00a0: {compte(len(demandes), 'donnée(s)')}", "\n"))
        for libelle in demandes[:_MONTREES]:
            ecran.say(_wrapped(f"- {libelle}"))
        if (reste := len(demandes) - _MONTREES) > 0:
            ecran.say(_wrapped(f"- et {reste} de plus"))
    fini = all(constat.gravite is Gravite.AVERTISSEMENT for constat in constats)
    ecran.say(
        f"\n{compte(entretien.reponses, 'réponse(s)')} dans {entretien.nom}. Il reste "
        f"{ecran.tally(constats)}.",
        "green" if fini else "yellow",
    )
    nom = entretien.chemin.stem
    dossier = "/dossiers/" in entretien.nom
    if not fini and entretien.file:
        ecran.say(f"Reprendre\u00a0: caqes completer {nom}")
    elif not fini:
        ecran.say(f"Voir ce qui reste\u00a0: caqes verifier {nom if dossier else ''}".rstrip())
    if dossier and not has_errors(constats):
        suite = f", puis caqes generer {nom} --definitif" * fini
        ecran.say(f"Un projet se produit déjà\u00a0: caqes generer {nom}{suite}")


def _sum_up(entretien: Entretien) -> None:
    """What was written, and what could not be."""
    from caqes_docs.application.commencer.completer.ordre import dotted

    for place, lignes, dits in entretien.written():
        ecran.say(_wrapped(f"l.\u00a0{lignes}  {place}\u00a0: {dits}"))
    for chemin, dit in entretien.a_la_main.items():
        ecran.say(_wrapped(f"À écrire à la main\u00a0: {dotted(chemin)}\u00a0: {dit}"), "yellow")


def _wrapped(texte: str, marge: str = "  ") -> str:
    """`texte` on lines that the terminal shows whole."""
    largeur = min(shutil.get_terminal_size().columns, 100)
    return textwrap.fill(texte, largeur, initial_indent=marge, subsequent_indent=marge or "  ")
