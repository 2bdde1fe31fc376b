"""Somebody who knows an establishment, and answers `caqes completer` with the least keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from caqes_docs.application.commencer.completer.entretien import Entretien, QuestionDossier
from caqes_docs.application.commencer.dossier import DossierDemande, new_dossier
from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import has_errors
from caqes_docs.data.dossier.etablissement import Activite
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, look

FINESS = "990000028"
ENTREE = 1
"""The key that ends an answer."""


@dataclass
class Pharmacien:
    """Answers with what a whole dossier says; what it does not say is passed over."""

    sait: Donnee
    touches: int = 0
    refus: list[str] = field(default_factory=list)
    dites: list[Chemin] = field(default_factory=list)
    passees: list[Chemin] = field(default_factory=list)
    reclamees: list[Chemin] = field(default_factory=list)
    """What was asked without being optional, and is not known."""

    def fill(self, entretien: Entretien) -> None:
        while question := entretien.next():
            self._answer(entretien, question)

    def _answer(self, entretien: Entretien, question: QuestionDossier) -> None:
        chemin = question.chemin
        self.dites += [chemin] * (not question.encore and not question.sans_objet)
        voulu = look(self.sait, chemin)
        if question.encore:
            deja = look(entretien.read().donnees, chemin)
            assert isinstance(deja, list)
            assert isinstance(voulu, list)
            self._type(entretien, question, ["1" if len(voulu) > len(deja) else "2"])
        elif question.sans_objet and look(self.sait, (*chemin[:3], "sans_objet")):
            self.touches += len("s") + ENTREE
            entretien.excuse(question)
        elif not voulu:
            semblables = [q.chemin for q in entretien.alike(question)]
            toutes = question.facultative and not any(look(self.sait, c) for c in semblables)
            self.touches += ENTREE + len("pp") * (toutes and bool(semblables))
            self.passees += [chemin, *semblables] if toutes else [chemin]
            self.dites += semblables if toutes else []
            self.reclamees += [chemin] * (not question.facultative)
            (entretien.skip_alike if toutes and semblables else entretien.skip)(question)
        else:
            self._type(entretien, question, self._short(question, voulu))

    def _short(self, question: QuestionDossier, voulu: Donnee) -> list[str]:
        """The number of a choice, nothing when it is proposed, the words themselves otherwise."""
        valeurs = [str(v) for v in voulu] if isinstance(voulu, list) else [str(voulu)]
        noms = [nom for nom, _ in question.choix]
        return [str(noms.index(v) + 1) if v in noms else v for v in valeurs]

    def _type(self, entretien: Entretien, question: QuestionDossier, saisies: list[str]) -> None:
        propose = saisies == [question.propose]
        self.touches += 0 if propose else sum(map(len, saisies))
        self.touches += ENTREE * (1 if question.choix else len(saisies) + question.liste)
        constats = entretien.answer(question, saisies)
        if has_errors(constats):
            self.refus += [f"{'.'.join(map(str, question.chemin))}: {c.message}" for c in constats]
            entretien.skip(question)


def begin(racine: Path, activites: tuple[Activite, ...], volets: tuple[str, ...] = ()) -> Entretien:
    """The questions of the skeleton that `caqes nouveau dossier` writes."""
    (racine / f"contracts_data/dossiers/{FINESS}.yaml").unlink(missing_ok=True)
    projet = Projet(racine)
    return Entretien(projet, new_dossier(projet, DossierDemande(FINESS, volets, activites)))


def asked(entretien: Entretien) -> QuestionDossier:
    """The next question, which there must be."""
    question = entretien.next()
    assert question is not None
    return question
