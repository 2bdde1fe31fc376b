"""A dossier filled answer by answer: each is checked as `verifier` does, then written at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from caqes_docs.application.commencer.completer.bilan import blocks, said
from caqes_docs.application.commencer.completer.feuille import FichierOuvert
from caqes_docs.application.commencer.completer.fiche import open_fiche
from caqes_docs.application.commencer.completer.libelles import list_label
from caqes_docs.application.commencer.completer.ordre import (
    PREMIERES,
    dotted,
    element_of,
    series_of,
    without,
    year_besides,
)
from caqes_docs.application.commencer.completer.question import QuestionDossier
from caqes_docs.application.commencer.completer.questions import (
    OUI_NON,
    Redacteur,
    proposed,
)
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.dossiers import check_dossiers
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.core.constats import Constat, has_errors
from caqes_docs.data.lecture.remplissage import (
    EditionImpossibleError,
)
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml, look


class Entretien:
    """The questions of one file, one after the other; leaving between two loses nothing.

    Raises:
        BibliothequeError: C-000 the library has errors: it cannot say what a contract needs.
    """

    def __init__(self, projet: Projet, chemin: Path) -> None:
        refuse_unsound(projet)
        self.fiche = open_fiche(projet, chemin)
        self.feuille = FichierOuvert(self.fiche)
        self.chemin, self.nom = chemin, self.fiche.nom
        self.reponses = 0
        self.file: list[QuestionDossier] = []
        """The questions known, the next one first."""
        self.ecrites: dict[Chemin, None] = {}
        """Where something was written, in order."""
        self.a_la_main: dict[Chemin, str] = {}
        """The answers that the file, as it is laid out or protected, does not take."""
        self._posees: list[tuple[QuestionDossier, ...]] = []
        """The questions answered, or passed over together: one comes back by the last."""
        self._faites: set[Chemin] = set()
        self._neufs: set[Chemin] = set()
        """The items of lists that were begun here."""
        self._vu: tuple[Chemin, Donnee] = ((), None)
        """What was asked last, and the item that it is about, as it stood."""
        self._revue = False
        """Whether what is necessary was looked for again before what is not."""

    def check(self) -> list[Constat]:
        """What `caqes verifier` says of this file alone.

        Raises:
            DonneesError: D-000 the file cannot be read.
        """
        self.read()
        return self.fiche.check()

    def next(self) -> QuestionDossier | None:
        """The next question; None when nothing is left but what was passed over."""
        if not self.file or self._is_last_look():
            self.file = self._all()
        if not self.file:
            return None
        question = self.file[0]
        self._vu = (question.chemin, look(self.read().donnees, element_of(question.chemin)))
        if question.encore or question.actuelle:
            return question
        repris = ""
        if not element_of(question.chemin) or self._vu[1]:  # no item comes of a key alone
            repris = question.propose or proposed(self.read().donnees, question.chemin)
        facultative = question.facultative and not self.is_due(question)
        return replace(question, propose=repris, facultative=facultative)

    def _is_last_look(self) -> bool:
        """Whether only what is optional seems left, for the first time: a check tells the rest."""
        tete = self.file[0]
        if self._revue or tete.encore or tete.actuelle or element_of(tete.chemin) in self._neufs:
            return False
        self._revue = all(q.facultative for q in self.file)
        return self._revue

    def is_due(self, question: QuestionDossier) -> bool:
        """Whether an item that was begun cannot do without the answer."""
        element, donnees = element_of(question.chemin), self.read().donnees
        if question.encore or not element or look(donnees, element) is None:
            return False
        fins = range(len(element) + 1, len(question.chemin) + 1)
        absent = next((c for f in fins if not look(donnees, c := question.chemin[:f])), None)
        return bool(absent and (champ := self.fiche.champ(absent)) and not champ.optionnel)

    def is_begun(self, question: QuestionDossier) -> bool:
        """Whether it is about an item that was begun here."""
        return element_of(question.chemin) in self._neufs

    def example(self, question: QuestionDossier) -> str:
        """The first example that would be written without a word, or else with a warning."""
        admis: list[str] = []
        for exemple in question.exemples:
            try:
                contenu = self.feuille.put(question, [exemple])
            except EditionImpossibleError:
                return ""
            constats = self.feuille.judge(contenu, question.chemin)
            if not constats:
                return exemple
            admis += [exemple] * (not has_errors(constats))
        return next(iter(admis), "")

    def skip(self, question: QuestionDossier) -> None:
        """Leave a question for another day, and with it what was optional of the same item."""
        self._leave(question)
        element = element_of(question.chemin)
        if element in self._neufs and not self._more_of(element):
            self._ask_another(question, element)

    def _leave(self, question: QuestionDossier) -> None:
        """Ask it no more, nor what is useless without it: no item is begun by halves."""
        self._posees.append((question,))
        self._done(question)
        element = element_of(question.chemin)
        inutile = question.facultative or not question.champ.optionnel
        if inutile and element and look(self.read().donnees, element) is None:
            for autre in [q for q in self.file if element_of(q.chemin) == element]:
                self._done(autre)

    def alike(self, question: QuestionDossier) -> list[QuestionDossier]:
        """The next questions that ask the same of another indicator, action or item."""
        chemin, serie = question.chemin, series_of(question.chemin)
        return [q for q in self.file if q.chemin != chemin and series_of(q.chemin) == serie]

    def skip_alike(self, question: QuestionDossier) -> None:
        """Leave a question, and those that ask the same of another."""
        groupe = (question, *self.alike(question))
        for autre in groupe:
            self._leave(autre)
        self._posees[-len(groupe) :] = [groupe]

    def drop(self, question: QuestionDossier) -> list[Constat]:
        """Take away the item of a list that was begun, and ask no more of it; what refuses that."""
        element = element_of(question.chemin)
        contenu, constats = self.feuille.remove(element, garde=False)
        refus = self.feuille.write(contenu) if contenu else constats[0]
        if refus is not None:
            return [refus]
        siennes = {q.chemin for q in self.file if element_of(q.chemin) == element}
        self._forget(element)
        self._faites |= siennes
        return []

    def remove(
        self, question: QuestionDossier, agree: Callable[[Sequence[Constat]], bool]
    ) -> list[Constat]:
        """Leave the typical action that a question is about out of its plan.

        That of a volet becomes a comment, once agreed; for that of the socle, a motive is asked.
        """
        element = element_of(question.chemin)
        if not element:
            motif = self._redacteur().ask_removal(question.chemin)
            serie = question.chemin[:4]
            self.file = [motif, *(q for q in self.file if q.chemin[:4] != serie)]
            return []
        contenu, constats = self.feuille.remove(element, garde=True)
        if not has_errors(constats) and agree(constats):
            if refus := self.feuille.write(contenu):
                return [refus]
            self._forget(element)
            self.file = []
        return constats

    def _forget(self, element: Chemin) -> None:
        """What was known of an item goes; what follows it in its list is known one rank above."""
        self._neufs = {c for n in self._neufs if (c := without(n, element))}
        self._faites = {c for f in self._faites if (c := without(f, element))}
        avant = len(self.ecrites)
        self.ecrites = {c: None for e in self.ecrites if (c := without(e, element))}
        self.reponses -= avant - len(self.ecrites)
        for rang, groupe in enumerate(self._posees):
            couples = ((q, without(q.chemin, element)) for q in groupe)
            self._posees[rang] = tuple(replace(q, chemin=chemin) for q, chemin in couples if chemin)
        self._posees = [*filter(None, self._posees)]
        self.file = [q for q in self.file if element_of(q.chemin) != element]

    def _done(self, question: QuestionDossier) -> None:
        """Ask it no more; without a value of reference, nor its year."""
        chemins = {question.chemin, *year_besides(question.chemin)}
        if look(self.read().donnees, question.chemin):
            chemins = {question.chemin}
        self._faites |= chemins
        self.file = [q for q in self.file if q.chemin not in chemins]

    def back(self) -> bool:
        """Ask the question before this one again, with what stands there; False for the first."""
        if not self._posees:
            return False
        groupe = self._posees.pop()
        self._faites -= {c for q in groupe for c in (q.chemin, *year_besides(q.chemin))}
        question, encore = groupe[0], [q for q in self.file if q.encore]
        ici = look(self.read().donnees, question.chemin)
        actuelle = "" if question.encore else said(ici)
        suite = [q for q in self._all() if q.chemin != question.chemin]
        self.file = [replace(question, propose="", actuelle=actuelle), *encore, *suite]
        return True

    def answer(
        self,
        question: QuestionDossier,
        saisies: Sequence[str],
        agree: Callable[[Sequence[Constat]], bool] = lambda _: True,
    ) -> list[Constat]:
        """Write an answer; the faults that refuse it, or the warnings that it calls for.

        Nothing is written unless these are agreed to.
        """
        lues = [question.read(saisie.strip()) for saisie in saisies]
        if question.encore:
            self._posees.append((question,))
            self._done(question)
            if lues == ["oui"]:
                self._faites.discard(question.chemin)
                self.file = self._redacteur().ask_more(question.chemin) + self.file
            else:
                self.file = []  # what it says opens other questions
            return []
        element = element_of(question.chemin)
        ici = look(self.read().donnees, element)
        if element and self._vu[0] == question.chemin and self._vu[1] != ici:
            self.file = []
            return [self.feuille.changed(element)]
        contenu, constats = self.feuille.weigh(question, lues)
        if has_errors(constats) or not agree(constats):
            self._keep(question, lues, constats)
        elif refus := self.feuille.write(contenu):
            constats = [refus]
            self._keep(question, lues, constats)
        else:
            self.a_la_main.pop(question.chemin, None)
            self._neufs |= {element} if element and ici is None else set()
            self.reponses += question.chemin not in self.ecrites
            self.ecrites[question.chemin] = None
            self._posees.append((question,))
            self._done(question)
            self._follow(question, element)
        return constats

    def _keep(
        self, question: QuestionDossier, lues: Sequence[str], constats: Sequence[Constat]
    ) -> None:
        """Remember an answer that nothing but the file itself refuses."""
        if not {c.code for c in constats}.isdisjoint(("U-068", "R-001")):
            self.a_la_main[question.chemin] = ", ".join(lues)

    def excuse(self, question: QuestionDossier) -> None:
        """Ask for a motive in the place of the values of an indicator that does not apply."""
        code = question.chemin[:3]
        motif = self._redacteur().ask_motive(code)
        self.file = [motif, *(q for q in self.file if q.chemin[:3] != code)]

    def written(self) -> list[tuple[str, str, str]]:
        """What was written here, block by block: its key, its lines, what it holds now."""
        return [*blocks(self.read(), self.ecrites)]

    def report(self) -> list[Constat]:
        """What `caqes verifier` says when it is asked for this file by its name."""
        if self.fiche.prefixe:
            return self.check()
        return list(check_dossiers(self.fiche.projet, [self.chemin.stem]).constats)

    def left(self) -> dict[str, list[str]]:
        """What is wanted still, by who knows it."""
        droit, qui = self.fiche.projet.droit, dict[str, list[str]]()
        for question in self._redacteur().ask_all(self.check()):
            if not question.facultative:
                connait = droit.holder(dotted(question.chemin)) or "Qui tient le fichier"
                qui.setdefault(connait[0].upper() + connait[1:], []).append(question.libelle)
        return qui

    def _follow(self, question: QuestionDossier, element: Chemin) -> None:
        """What an answer changes in what is asked."""
        suite = bool(element) and self._more_of(element)
        if element in self._neufs and not suite:
            self._ask_another(question, element)
            self.file = [] if question.avec else self.file
        elif question.chemin in PREMIERES or (_decides(question) and not suite):
            self.file = []  # an option taken opens other questions, and closes some

    def _more_of(self, element: Chemin) -> bool:
        """Whether something is still to be asked of an item, what was answered included."""
        if element in self._neufs and not self._left_of(element):
            file = self._all()
            siennes = [q for q in file if element_of(q.chemin) == element]
            self.file = siennes + [q for q in file if q not in siennes]
        return self._left_of(element)

    def _left_of(self, element: Chemin) -> bool:
        return any(element_of(q.chemin) == element for q in self.file)

    def _all(self) -> list[QuestionDossier]:
        """What is asked of the file as it stands, but what was answered or passed over."""
        constats = self.check()
        constats += self.fiche.foresee(self.read(), constats)
        questions = self._redacteur().ask_all(constats)
        return [q for q in questions if q.chemin not in self._faites]

    def _ask_another(self, question: QuestionDossier, element: Chemin) -> None:
        """Ask whether the list goes on, once an item begun here has been said."""
        if element in self._neufs:
            self._neufs.discard(element)
            chemin, dit = element[:-1], list_label(self.fiche, self.read(), element[:-1])
            liste = replace(question, chemin=chemin, libelle=dit, choix=OUI_NON, encore=True)
            self.file.insert(0, liste)

    def _redacteur(self) -> Redacteur:
        return Redacteur(self.fiche, self.read())

    def read(self) -> FichierYaml:
        """The file as it stands.

        Raises:
            DonneesError: D-000 it cannot be read.
        """
        return self.feuille.read()


def _decides(question: QuestionDossier) -> bool:
    """Whether what is asked next depends on the answer: an option, or a part of a whole."""
    return bool(question.choix) or question.chemin[-1] == "part"


__all__ = ["Entretien", "QuestionDossier", "said"]
