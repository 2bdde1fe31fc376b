"""Faults of a measure: given twice, forgotten, out of its unit, more than the whole.

Source: instruction DSS/A1/CNAMTS/2017/234, annexe 3 (R-RATE-1 to R-RATE-10).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.data.dossier.evaluation import Releve
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.mesures import (
    PlaceMesure,
    Question,
    expected_way,
    is_as_asked,
    parse_value,
    ways_given,
)
from caqes_docs.law.caqes_1.objectifs import ask_indicators, ask_objectives
from caqes_docs.law.droit.catalogue import TypeIndicateur
from caqes_docs.law.droit.valeurs import EXEMPLES

_MODES = {
    "rapport": "«\u00a0numerateur\u00a0» et «\u00a0denominateur\u00a0»",
    "montants": "«\u00a0montant_n\u00a0» et «\u00a0montant_n_1\u00a0»",
    "elements": "les réponses sous «\u00a0elements\u00a0»",
    "valeur": "le résultat",
}

_ENSEMBLE = (("numerateur", "denominateur"), ("montant_n", "montant_n_1"))
"""What is not a measure without the other."""


def check_measures(cadre: Cadre) -> Iterator[Constat]:
    """Every fault of the measures of the year, of the socle and of the volets in force."""
    for posee in ask_indicators(cadre):
        yield from check_measure(*posee)
    for decrit, volet in cadre.en_cours:
        for _, posee in ask_objectives(cadre, decrit, volet):
            yield from check_measure(*posee)


def check_measure(
    question: Question, mesure: Releve | None, place: PlaceMesure
) -> Iterator[Constat]:
    """A measure given in two ways, in a way that is not the indicator's, or that does not read.

    One that is not there is a fault when it weighs on an amount: forgetting it would change the
    level of realisation without a word.
    """
    if mesure is None or not ways_given(mesure):
        yield from _check_forgotten(question, place)
        return
    facons = ways_given(mesure)
    yield from _check_idle(question, place)
    if len(facons) > 1:
        yield _fault(
            "V-001",
            place,
            f"Le résultat de {question.code} est donné de plusieurs façons\u00a0: "
            "rien ne dit laquelle fait foi.",
            "N’en garder qu’une\u00a0: valeur, numérateur et dénominateur, deux montants, "
            "éléments, ou motif d’indisponibilité.",
        )
    if mesure.valeur is not None and parse_value(mesure.valeur, question.unite) is None:
        yield _fault(
            "V-002",
            PlaceMesure(place.fichier, (*place.chemin, "valeur")),
            f"«\u00a0{mesure.valeur}\u00a0» n’est pas une valeur de {question.code}.",
            f"Écrire {EXEMPLES[question.unite]}.",
        )
    yield from _check_whole(question, mesure, place)
    yield from _check_share(question, mesure, place)
    yield from _check_elements(question, mesure, place)
    if not is_as_asked(question, facons[0]):  # of several, V-001 said enough
        yield _fault(
            "V-003",
            place,
            f"{question.code} ne se mesure pas ainsi.",
            f"Donner {_MODES[expected_way(question)]}, ou la valeur publiée sous "
            "«\u00a0valeur\u00a0».",
        )


def _check_forgotten(question: Question, place: PlaceMesure) -> Iterator[Constat]:
    if _weighs(question):
        yield _fault(
            "V-005",
            place,
            f"Le résultat de {question.code}, {_role(question)}, n’est pas donné.",
            "Donner sa mesure, ou «\u00a0indisponible:\u00a0» suivi du motif.",
        )


def _check_idle(question: Question, place: PlaceMesure) -> Iterator[Constat]:
    """A measure of what the contract leaves out: it counts for nothing."""
    if question.sans_objet:
        yield warning(
            "V-074",
            place.fichier.source(place.chemin),
            f"{question.code} est mesuré, mais il est sans objet pour cet établissement\u00a0: le "
            "résultat ne compte pas.",
            "Retirer la mesure, ou «\u00a0sans_objet\u00a0» du contrat.",
        )


def _check_whole(question: Question, mesure: Releve, place: PlaceMesure) -> Iterator[Constat]:
    """A measure of which a part was forgotten: not evaluable, without anybody having said so."""
    absents = [
        f"«\u00a0{cle}\u00a0»"
        for cles in _ENSEMBLE
        if any(getattr(mesure, cle) is not None for cle in cles)
        for cle in cles
        if getattr(mesure, cle) is None
    ]
    noms = question.indicateur.elements[len(mesure.elements) :] if question.indicateur else ()
    if mesure.elements and all(mesure.elements):  # one « non » decides alone
        absents += noms
    if absents and len(ways_given(mesure)) == 1 and _weighs(question):
        yield _fault(
            "V-005",
            place,
            f"Le résultat de {question.code}, {_role(question)}, est incomplet\u00a0: il manque "
            f"{', '.join(absents)}.",
            "Donner ce qui manque, ou «\u00a0indisponible:\u00a0» suivi du motif, à la place du "
            "reste.",
        )


def _role(question: Question) -> str:
    if question.decide:
        return "qui ouvre la sanction ou l’intéressement"
    return "qui compte dans le niveau de réalisation"


def _weighs(question: Question) -> bool:
    """Whether the level of realisation, or what is opened, rests on the result."""
    pese = question.poids is not None and question.poids.valeur != 0
    return (pese or question.decide) and question.cible is not None and not question.sans_objet


def _check_share(question: Question, mesure: Releve, place: PlaceMesure) -> Iterator[Constat]:
    """A part of a whole that exceeds it."""
    if question.indicateur is None or question.indicateur.type is not TypeIndicateur.RATIO:
        return
    haut, bas = mesure.numerateur, mesure.denominateur
    valeur = None if mesure.valeur is None else parse_value(mesure.valeur, question.unite)
    depasse = haut is not None and bas is not None and 0 < bas < haut
    if depasse or (isinstance(valeur, Decimal) and not 0 <= valeur <= 1):
        cle = "numerateur" if depasse else "valeur"
        yield _fault(
            "V-004",
            PlaceMesure(place.fichier, (*place.chemin, cle)),
            f"{question.code} est une part\u00a0: elle ne peut pas dépasser 100 %, ni être "
            "négative.",
            "Corriger le numérateur, le dénominateur ou la valeur.",
        )


def _check_elements(question: Question, mesure: Releve, place: PlaceMesure) -> Iterator[Constat]:
    """More answers than the composite has items: nothing tells which answer is for which item."""
    noms = question.indicateur.elements if question.indicateur else ()
    if noms and len(mesure.elements) > len(noms):
        yield _fault(
            "V-006",
            PlaceMesure(place.fichier, (*place.chemin, "elements")),
            f"{question.code} a {len(noms)} éléments et {len(mesure.elements)} réponses.",
            "Donner une réponse par élément, dans cet ordre\u00a0: " + ", ".join(noms) + ".",
        )


def _fault(code: str, place: PlaceMesure, message: str, remede: str) -> Constat:
    return fault(code, place.fichier.source(place.chemin), message, remede)
