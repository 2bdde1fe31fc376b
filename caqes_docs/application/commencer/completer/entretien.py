"""A dossier filled answer by answer: each is checked as `verifier` does, then written at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from caqes_docs.application.commencer.completer.cles import look
from caqes_docs.application.commencer.completer.questions import (
    INDICATEURS,
    OUI_NON,
    PREMIERES,
    QuestionDossier,
    Redacteur,
    proposed,
)
from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import write_whole
from caqes_docs.application.verifier.dossiers import check_one
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.application.verifier.provisoire import what_else, with_parties
from caqes_docs.core.constats import Constat, Gravite, fault, has_errors, sort_constats
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.fiches import find_unknown
from caqes_docs.data.lecture.charge import load_record
from caqes_docs.data.lecture.messages import findings_of
from caqes_docs.data.lecture.provisoire import load_provisional
from caqes_docs.data.lecture.remplissage import EditionImpossibleError, clear, fill, unreadable
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml, parse_yaml, read_yaml
from caqes_docs.data.migration.anciens import signal_former
from caqes_docs.law.controles.dossier import check_affaire

_RACINE = "contracts_data"


class Entretien:
    """The questions of one dossier, one after the other; leaving between two loses nothing.

    Raises:
        BibliothequeError: C-000 the library has errors: it cannot say what a contract needs.
    """

    def __init__(self, projet: Projet, chemin: Path) -> None:
        refuse_unsound(projet)
        self.projet = projet
        self.chemin = chemin
        self.nom = chemin.relative_to(projet.racine).as_posix()
        self.depot: Depot = projet.depot(("",))
        self.reponses = 0
        self.file: list[QuestionDossier] = []
        """The questions known, the next one first."""
        self._faites: set[Chemin] = set()
        self._neufs: set[Chemin] = set()
        """The items of lists that were begun here."""

    def check(self) -> list[Constat]:
        """What `caqes verifier` says of this dossier alone.

        Raises:
            DonneesError: D-000 the file cannot be read.
        """
        self.read()
        charge, constats = load_record(self.chemin, self.nom, Dossier, signal_former(Dossier))
        ars, caisses = self.depot.ars, self.depot.organismes
        if charge is not None:
            donnees = self.projet.racine / _RACINE
            inconnues = find_unknown(donnees, _RACINE, charge, ars, caisses)
            if not inconnues:
                constats += self._check_one(with_parties(charge, self.depot))
            constats += inconnues
        constats += what_else(self.projet, self.depot, constats, self._check_one)
        return sort_constats(constats)

    def _check_one(self, affaire: Affaire) -> list[Constat]:
        return check_one(self.projet, affaire, None, [])

    def next(self) -> QuestionDossier | None:
        """The next question; None when nothing is left but what was passed over."""
        if not self.file:
            questions = self._redacteur().ask_all(self.check())
            self.file = [q for q in questions if q.chemin not in self._faites]
        if not self.file:
            return None
        question = self.file[0]
        repris = proposed(self.read().donnees, question.chemin)
        return replace(question, propose=question.propose or repris)

    def skip(self, question: QuestionDossier) -> None:
        """Leave a question for another day."""
        self._faites.add(question.chemin)
        self.file = [q for q in self.file if q.chemin != question.chemin]

    def answer(self, question: QuestionDossier, saisies: Sequence[str]) -> list[Constat]:
        """Write an answer; the faults that refuse it, or the warnings that it calls for."""
        lues = [question.read(saisie.strip()) for saisie in saisies]
        if question.encore:
            self.skip(question)
            if lues == ["oui"]:
                self._faites.discard(question.chemin)
                self.file = self._redacteur().ask_more(question.chemin) + self.file
            else:
                self.file = []  # what it says opens other questions
            return []
        element = _element(question.chemin)
        if element and look(self.read().donnees, element) is None:
            self._neufs.add(element)
        constats = self._write(question, lues)
        if not has_errors(constats):
            self.reponses += 1
            self.skip(question)
            self._follow(question, element)
        return constats

    def excuse(self, question: QuestionDossier) -> None:
        """Ask for a motive in the place of the values of an indicator that does not apply."""
        code = question.chemin[:3]
        motif = self._redacteur().ask_motive(code)
        self.file = [motif, *(q for q in self.file if q.chemin[:3] != code)]

    def _follow(self, question: QuestionDossier, element: Chemin) -> None:
        """What an answer changes in what is asked."""
        suite = element and any(_element(q.chemin) == element for q in self.file)
        if element in self._neufs and not suite:
            self._neufs.discard(element)
            liste = replace(question, chemin=element[:-1], choix=OUI_NON, encore=True)
            self.file.insert(0, liste)
        elif question.chemin in PREMIERES or (question.choix and not suite):
            self.file = []  # an option taken opens other questions, and closes some

    def _write(self, question: QuestionDossier, saisies: list[str]) -> list[Constat]:
        fautes = [faute for saisie in saisies for faute in unreadable(saisie)]
        if fautes:
            return fautes
        chemin, texte = question.chemin, question.champ.classe is str or question.liste
        try:
            contenu = self.chemin.read_bytes()
            if chemin[:2] == INDICATEURS and chemin[-1] == "sans_objet":
                contenu = clear(contenu, *((*chemin[:-1], x) for x in ("reference", "cibles")))
            contenu = fill(contenu, chemin, saisies if question.liste else saisies[0], texte=texte)
        except EditionImpossibleError:
            return [_impossible(self.read().source(chemin))]
        constats = self._judge(contenu, chemin)
        if not has_errors(constats):
            write_whole(self.chemin.resolve(), contenu)
        return constats

    def _judge(self, contenu: bytes, chemin: Chemin) -> list[Constat]:
        """What the models and the law say of what would stand at `chemin`, and of nothing else."""
        fichier, constats = parse_yaml(contenu, self.nom)
        if fichier is None:
            return constats
        try:
            Dossier.model_validate(fichier.donnees)
        except ValidationError as error:
            constats += findings_of(error, Dossier, fichier)
        affaire = self._affaire(fichier)
        if affaire is not None:
            constats += check_affaire(affaire, self.projet.droit)
        ici = {fichier.source(p) for p in fichier.positions if p[: len(chemin)] == chemin}
        fins = (len(chemin), 3) if chemin[:2] == INDICATEURS else (len(chemin),)
        ici |= {fichier.key_source(chemin[:fin]) for fin in fins}
        tus = (Gravite.MANQUE, "D-011")  # of the next questions
        return [c for c in constats if c.source in ici and {c.gravite, c.code}.isdisjoint(tus)]

    def _affaire(self, fichier: FichierYaml) -> Affaire | None:
        charge = load_provisional(signal_former(Dossier)(fichier)[0], Dossier)
        return with_parties(charge, self.depot) if charge else None

    def _redacteur(self) -> Redacteur:
        fichier = self.read()
        return Redacteur(self.projet, self.depot, fichier, self._affaire(fichier))

    def read(self) -> FichierYaml:
        """The file as it stands.

        Raises:
            DonneesError: D-000 it cannot be read.
        """
        fichier, constats = read_yaml(self.chemin, self.nom)
        if fichier is None or has_errors(constats):
            message = f"«\u00a0{self.nom}\u00a0» ne peut pas être lu."
            raise DonneesError("D-000", message, constats)
        return fichier


def _element(chemin: Chemin) -> Chemin:
    """The item of a list that holds `chemin`; nothing when none does."""
    rangs = [place for place, partie in enumerate(chemin) if isinstance(partie, int)]
    return chemin[: rangs[-1] + 1] if rangs else ()


def _impossible(source: Source) -> Constat:
    return fault(
        "U-068",
        source,
        "La réponse ne peut pas être écrite ici\u00a0: la mise en forme du fichier ne le permet "
        "pas.",
        "L’écrire à la main, ou passer.",
    )


__all__ = ["QuestionDossier", "Entretien"]
