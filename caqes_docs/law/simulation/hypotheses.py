"""All that a simulated amount rests on besides the input that varies, each with its origin."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caqes_docs.law.calcul.explication import format_value, taken
from caqes_docs.law.calcul.noeud import FEUILLES, Noeud, Operation
from caqes_docs.law.resultats import ResultatObjectif
from caqes_docs.law.simulation.grandeurs import Genre
from caqes_docs.law.simulation.simulation import HYPOTHESE, SUIVIE, VARIABLE, Point, Simulation
from caqes_docs.law.simulation.valeurs import written

_PRECEDENTE = "Dépense de l’année précédente"


class SorteHypothese(enum.StrEnum):
    """Where a hypothesis comes from."""

    HYPOTHESE = "hypothese"
    DONNEE = "donnee"
    DROIT = "droit"


@dataclass(frozen=True)
class Hypothese:
    """One input held still: its words, its value, where it comes from."""

    libelle: str
    valeur: str
    origine: str
    sorte: SorteHypothese


def hypotheses(simulation: Simulation) -> tuple[Hypothese, ...]:
    """The inputs of the amounts, over all the values; each once, as first met."""
    trouvees = dict.fromkeys(_elsewhere(simulation))
    for point in simulation.points:
        for hypothese in _of_point(point):
            suit = hypothese.origine == SUIVIE
            trouvees.setdefault(_followed(simulation) if suit else hypothese)
    return (*trouvees, *_without_effect(simulation, tuple(trouvees)))


def _without_effect(simulation: Simulation, trouvees: tuple[Hypothese, ...]) -> Iterator[Hypothese]:
    """What was supposed of the volet and that no amount reads: it is said, not dropped."""
    for supposee in simulation.scenario.hypotheses:
        libelle = supposee.grandeur.libelle
        if not any(libelle in trouvee.libelle for trouvee in trouvees):
            valeur = written(supposee.valeur, supposee.grandeur.genre)
            yield Hypothese(
                f"{libelle} (sans effet ici)", valeur, HYPOTHESE, SorteHypothese.HYPOTHESE
            )


def _followed(simulation: Simulation) -> Hypothese:
    """What the spending that follows the growth starts from: it does not vary."""
    assert simulation.scenario.precedente is not None
    montant, origine = simulation.scenario.precedente
    libelle = f"{_PRECEDENTE}, d’où suit la dépense constatée"
    return Hypothese(libelle, written(montant, Genre.EURO), origine, _sort(origine))


def _elsewhere(simulation: Simulation) -> Iterator[Hypothese]:
    """What is supposed for the whole year, or for another volet: its total rests on it."""
    for supposee in simulation.scenario.hypotheses:
        grandeur = supposee.grandeur
        if grandeur.volet != simulation.scenario.volet:
            volet = f" (volet {grandeur.volet})" if grandeur.volet else ""
            valeur = written(supposee.valeur, grandeur.genre)
            yield Hypothese(
                f"{grandeur.libelle}{volet}", valeur, HYPOTHESE, SorteHypothese.HYPOTHESE
            )


def _of_point(point: Point) -> Iterator[Hypothese]:
    volet = point.volet
    objectifs = [
        *point.resultat.indicateurs,
        *(o for o in (volet.principal, volet.supplementaire) if o is not None),
        *volet.complementaires,
    ]
    mesures = {id(n): o for o in objectifs for n in (o.verdict, o.observe, o.cible)}
    racines = [volet.montant]
    if volet.non_monetaire is not None:
        autres = (volet.non_monetaire.taux, volet.non_monetaire.duree_mois)
        racines += [noeud for noeud in autres if noeud is not None]
    vus: set[int] = set()
    for racine in racines:
        yield from _walk(racine, mesures, vus)


def _walk(
    noeud: Noeud, mesures: Mapping[int, ResultatObjectif], vus: set[int]
) -> Iterator[Hypothese]:
    if id(noeud) in vus:
        return
    vus.add(id(noeud))
    objectif = mesures.get(id(noeud))
    if objectif is not None:
        yield from _measured(objectif)
        return
    if noeud.operation in FEUILLES:
        yield from _leaf(noeud)
        return
    for operande in taken(noeud):
        yield from _walk(operande, mesures, vus)


def _leaf(noeud: Noeud) -> Iterator[Hypothese]:
    if noeud.operation is Operation.CONSTANTE or noeud.origine in ("", VARIABLE):
        return
    sorte = SorteHypothese.DROIT if noeud.operation is Operation.PARAMETRE else _sort(noeud.origine)
    yield Hypothese(noeud.libelle, format_value(noeud), noeud.origine, sorte)


def _sort(origine: str) -> SorteHypothese:
    return SorteHypothese.HYPOTHESE if origine == HYPOTHESE else SorteHypothese.DONNEE


def _measured(objectif: ResultatObjectif) -> Iterator[Hypothese]:
    """An indicator or objective: its target and its weight, then what was observed."""
    if objectif.cible.is_known and objectif.cible.origine != VARIABLE:
        yield Hypothese(
            objectif.cible.libelle,
            format_value(objectif.cible),
            objectif.cible.origine,
            _sort(objectif.cible.origine),
        )
    if objectif.poids is not None:
        yield from _leaf(objectif.poids)
    origine = _first_origin(objectif.observe)
    if origine != VARIABLE:
        libelle = f"Résultat\u00a0: {objectif.libelle}"
        yield Hypothese(libelle, format_value(objectif.observe), origine, _sort(origine))


def _first_origin(noeud: Noeud) -> str:
    """Where what was observed starts: the place of its first datum."""
    while noeud.operandes:
        noeud = noeud.operandes[0]
    return noeud.origine
