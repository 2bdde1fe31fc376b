"""From what was observed to a verdict: rates, growths, answers and classes against their targets.

Source: instruction DSS/A1/CNAMTS/2017/234, annexe 3 (R-RATE-1 to R-RATE-10). Values are compared
unrounded. A value that cannot be known is « non évaluable », never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.data.dossier.evaluation import Releve
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml
from caqes_docs.law.calcul.fondements import CLASSE, COMPOSITE, EVOLUTION, RATIO, SENS
from caqes_docs.law.calcul.noeud import (
    Fondement,
    Nature,
    Noeud,
    Operation,
    ValeurNoeud,
    compute,
    constante,
    entree,
)
from caqes_docs.law.droit.catalogue import Indicateur, Sens, TypeIndicateur, UniteIndicateur
from caqes_docs.law.droit.valeurs import parse_indicateur
from caqes_docs.law.resultats import Atteinte, ResultatObjectif

_NATURES = {
    UniteIndicateur.TAUX: Nature.TAUX,
    UniteIndicateur.OUI_NON: Nature.OUI_NON,
    UniteIndicateur.CLASSE: Nature.TEXTE,
    UniteIndicateur.NOMBRE: Nature.NOMBRE,
}
_SANS_SENS = "indicateur de suivi, sans sens d’évolution fixé"
_SANS_MESURE = "aucun résultat n’est renseigné"


@dataclass(frozen=True)
class Question:
    """What is measured: the indicator, or a yes/no obligation when it is None, and its target."""

    code: str
    libelle: str
    indicateur: Indicateur | None
    cible: str | None
    origine_cible: str
    poids: Noeud | None = None
    site: str = ""
    sans_objet: str = ""
    annee_cible: int | None = None
    """The year of the target, when it is an earlier one that still holds."""
    sans_cible: str = "aucune cible n’est fixée pour l’année"
    """Why there is no target, when there is none."""
    au_contrat: bool = True
    """The contract holds it: a national indicator that it does not name awaits no target."""
    decide: bool = False
    """Whether it opens the sanction or the reward of its volet by itself."""
    sol: Fondement | None = None
    """The ground of its measure, in place of annexe 3, which is about the socle alone."""

    @property
    def unite(self) -> UniteIndicateur:
        """The unit of the target and of the result."""
        return self.indicateur.unite if self.indicateur else UniteIndicateur.OUI_NON

    @property
    def nature(self) -> Nature:
        """The nature of the values."""
        return _NATURES[self.unite]


@dataclass(frozen=True)
class PlaceMesure:
    """Where a measure stands in an evaluation."""

    fichier: FichierYaml
    chemin: Chemin

    def origine(self, *cles: str | int) -> str:
        """`file:line:column` of a part of the measure."""
        return str(self.fichier.source((*self.chemin, *cles)))


def evaluate_question(
    question: Question, mesure: Releve | None, place: PlaceMesure
) -> ResultatObjectif:
    """The result of one indicator or objective."""
    observe = observe_value(question, mesure, place)
    cible = _target(question)
    verdict = _verdict(question, observe, cible)
    return ResultatObjectif(
        question.code,
        question.libelle,
        _status(question, verdict),
        observe,
        cible,
        verdict,
        question.poids,
        question.site,
        question.sans_objet,
        question.indicateur.themes(mesure.choix) if question.indicateur and mesure else (),
        question.annee_cible,
        is_untargeted(question),
    )


def is_untargeted(question: Question) -> bool:
    """Whether the question counts in the results, and has no target to be compared with."""
    nul = question.poids is not None and question.poids.valeur == Decimal(0)
    pose = question.au_contrat and not question.sans_objet
    return question.cible is None and pose and not nul


def _status(question: Question, verdict: Noeud) -> Atteinte:
    nul = question.poids is not None and question.poids.valeur == Decimal(0)
    if question.sans_objet or nul:
        return Atteinte.SANS_OBJET
    if verdict.valeur is None:
        return Atteinte.NON_EVALUABLE
    return Atteinte.ATTEINT if verdict.valeur else Atteinte.NON_ATTEINT


def _target(question: Question) -> Noeud:
    valeur, motif = None, question.sans_cible
    if question.cible is not None:
        valeur, motif = parse_value(question.cible, question.unite), "la cible ne se lit pas"
    return entree(
        f"Cible\u00a0: {question.libelle}",
        valeur,
        question.nature,
        question.origine_cible,
        motif=motif,
    )


def _verdict(question: Question, observe: Noeud, cible: Noeud) -> Noeud:
    libelle = f"Cible atteinte\u00a0: {question.libelle}"
    operandes = (observe, cible)
    if question.unite is UniteIndicateur.OUI_NON:
        return compute(
            Operation.EGAL, libelle, Nature.OUI_NON, operandes, question.sol or COMPOSITE
        )
    if question.unite is UniteIndicateur.CLASSE:
        return compute(Operation.CLASSE, libelle, Nature.OUI_NON, operandes, question.sol or CLASSE)
    assert question.indicateur is not None  # without one, the answer is yes or no
    sens, sol = question.indicateur.sens, question.sol or SENS
    if sens is Sens.AUCUN:
        inconnu = constante(libelle, None, Nature.OUI_NON, sol, _SANS_SENS)
        return compute(Operation.ET, libelle, Nature.OUI_NON, (inconnu,), sol)
    operation = Operation.AU_PLUS if sens is Sens.MAX else Operation.AU_MOINS
    return compute(operation, libelle, Nature.OUI_NON, operandes, sol)


def observe_value(question: Question, mesure: Releve | None, place: PlaceMesure) -> Noeud:
    """The value observed, worked out in the one way that the measure gives."""
    libelle = question.libelle
    facons = ways_given(mesure) if mesure is not None else []
    if mesure is None or not facons:
        return entree(libelle, None, question.nature, place.origine(), motif=_SANS_MESURE)
    if len(facons) > 1 or not is_as_asked(question, facons[0]):
        motif = "le résultat n’est pas donné comme l’indicateur le demande"
        return entree(libelle, None, question.nature, place.origine(), motif=motif)
    if mesure.indisponible is not None:
        motif, origine = mesure.indisponible, place.origine("indisponible")
        return entree(libelle, None, question.nature, origine, motif=motif)
    if mesure.valeur is not None:
        valeur = parse_value(mesure.valeur, question.unite)
        origine, motif = place.origine("valeur"), "le résultat ne se lit pas"
        return entree(libelle, valeur, question.nature, origine, motif=motif)
    if mesure.elements:
        return _composite(question, mesure, place)
    if mesure.montant_n is not None or mesure.montant_n_1 is not None:
        return _growth(question, mesure, place)
    return _ratio(question, mesure, place)


def _ratio(question: Question, mesure: Releve, place: PlaceMesure) -> Noeud:
    indicateur = question.indicateur
    haut = entree(
        (indicateur and indicateur.numerateur) or "Numérateur",
        mesure.numerateur,
        Nature.NOMBRE,
        place.origine("numerateur"),
        motif="le numérateur manque",
    )
    bas = entree(
        (indicateur and indicateur.denominateur) or "Dénominateur",
        mesure.denominateur,
        Nature.NOMBRE,
        place.origine("denominateur"),
        motif="le dénominateur manque",
    )
    return compute(
        Operation.QUOTIENT, question.libelle, question.nature, (haut, bas), question.sol or RATIO
    )


def _growth(question: Question, mesure: Releve, place: PlaceMesure) -> Noeud:
    """N / (N-1) − 1, the perimeter being that which the measure states."""
    perimetre = f" ({mesure.perimetre})" if mesure.perimetre else ""
    n = entree(
        f"Montant de l’année évaluée{perimetre}",
        mesure.montant_n,
        Nature.EURO,
        place.origine("montant_n"),
        motif="le montant de l’année évaluée manque",
    )
    avant = entree(
        f"Montant de l’année précédente{perimetre}",
        mesure.montant_n_1,
        Nature.EURO,
        place.origine("montant_n_1"),
        motif="le montant de l’année précédente manque",
    )
    sol = question.sol or EVOLUTION
    rapport = compute(Operation.QUOTIENT, "Rapport des deux années", Nature.NOMBRE, (n, avant), sol)
    un = constante("Unité à retrancher du rapport", Decimal(1), Nature.NOMBRE, sol)
    return compute(Operation.DIFFERENCE, question.libelle, question.nature, (rapport, un), sol)


def _composite(question: Question, mesure: Releve, place: PlaceMesure) -> Noeud:
    assert question.indicateur is not None  # it alone is measured by elements
    noms = question.indicateur.elements
    reponses = [
        entree(
            noms[rang] if rang < len(noms) else f"Élément {rang + 1}",
            reponse,
            Nature.OUI_NON,
            place.origine("elements", rang),
        )
        for rang, reponse in enumerate(mesure.elements)
    ]
    absents = [
        entree(nom, None, Nature.OUI_NON, place.origine("elements"), motif="réponse absente")
        for nom in noms[len(reponses) :]
    ]
    return compute(
        Operation.ET,
        question.libelle,
        Nature.OUI_NON,
        (*reponses, *absents),
        question.sol or COMPOSITE,
    )


def parse_value(texte: str, unite: UniteIndicateur) -> ValeurNoeud:
    """The value, or None when it does not read in its unit (told by the checks)."""
    try:
        return parse_indicateur(texte, unite)
    except ValueError:
        return None


_FACONS = {
    "valeur": ("valeur",),
    "elements": ("elements",),
    "montants": ("montant_n", "montant_n_1"),
    "rapport": ("numerateur", "denominateur"),
    "indisponible": ("indisponible",),
}


def ways_given(mesure: Releve) -> list[str]:
    """The ways in which a result is given."""
    return [
        nom
        for nom, cles in _FACONS.items()
        if any(getattr(mesure, cle) not in (None, ()) for cle in cles)
    ]


def expected_way(question: Question) -> str:
    """The way in which the catalogue says that the result is measured."""
    if question.indicateur is None:
        return "valeur"
    return {
        TypeIndicateur.RATIO: "rapport",
        TypeIndicateur.EVOLUTION: "montants",
        TypeIndicateur.COMPOSITE: "elements",
    }.get(question.indicateur.type, "valeur")


def is_as_asked(question: Question, facon: str) -> bool:
    """Whether the result is given in the indicator's own way, as published, or as not available."""
    return facon in (expected_way(question), "valeur", "indisponible")
