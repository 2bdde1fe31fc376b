"""The chart of a simulation, and the sentences that say what it shows."""

from __future__ import annotations

from decimal import Decimal

from caqes_docs.assembly.simulation.vocabulaire import LigneRupture, LigneSimulation
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.document.graphique import MAX_CATEGORIES
from caqes_docs.law.calcul.noeud import CONTEXTE, Noeud
from caqes_docs.law.simulation.simulation import Point, Simulation
from caqes_docs.redaction.langage.graphiques import GraphiqueResolu, SerieResolue

_CENTIME = Decimal("0.01")


def draw(
    simulation: Simulation,
    lignes: tuple[LigneSimulation, ...],
    ruptures: tuple[LigneRupture, ...],
    volet: str,
) -> GraphiqueResolu | None:
    """Amount of the volet and total against the value; None where no amount is known."""
    rangs = _kept(len(lignes))
    points = [simulation.points[rang] for rang in rangs]
    volets = tuple(_cents(point.volet.montant) for point in points)
    totaux = tuple(_cents(point.resultat.total) for point in points)
    if all(valeur is None for valeur in volets):
        return None
    series = [SerieResolue("Volet simulé", volets, repere=False)]
    if any(valeur is not None for valeur in totaux):
        series.append(SerieResolue("Total de l’année", totaux, repere=False))
    grandeur = typographier(simulation.scenario.grandeur.libelle)
    return GraphiqueResolu(
        titre=f"Montants simulés selon la valeur de «\u00a0{grandeur}\u00a0»",
        alternative=_alternative(simulation, lignes, ruptures, volet),
        sorte="barres",
        categories=tuple(lignes[rang].valeur for rang in rangs),
        series=tuple(series),
        unite="euro",
        axe_categories="Valeur simulée",
        axe_valeurs="Montant (euros)",
    )


def _kept(nombre: int) -> tuple[int, ...]:
    """The ranks drawn: all of them, or as many as a chart holds, the two ends among them.

    >>> _kept(3), len(_kept(40)), _kept(40)[-1]
    ((0, 1, 2), 12, 39)
    """
    if nombre <= MAX_CATEGORIES:
        return tuple(range(nombre))
    return tuple(rang * (nombre - 1) // (MAX_CATEGORIES - 1) for rang in range(MAX_CATEGORIES))


def _cents(noeud: Noeud) -> Decimal | None:
    valeur = noeud.valeur
    return valeur.quantize(_CENTIME, context=CONTEXTE) if isinstance(valeur, Decimal) else None


def _alternative(
    simulation: Simulation,
    lignes: tuple[LigneSimulation, ...],
    ruptures: tuple[LigneRupture, ...],
    volet: str,
) -> str:
    premiere, derniere = lignes[0], lignes[-1]
    connus = all(point.volet.montant.is_known for point in simulation.points)
    phrases = [
        f"{volet}, {simulation.scenario.annee}\u00a0: pour {premiere.valeur}, le montant du volet "
        f"est {_said(premiere.montant, simulation.points[0])} et le total de l’année est "
        f"{premiere.total}\u202f; pour {derniere.valeur}, ils sont "
        f"{_said(derniere.montant, simulation.points[-1])} et {derniere.total}.",
        _changes(ruptures, connus=connus),
    ]
    if len(lignes) > MAX_CATEGORIES:
        phrases.append(
            f"Le dessin montre {MAX_CATEGORIES} des {len(lignes)} valeurs\u202f; le tableau les "
            "donne toutes."
        )
    return typographier(" ".join(phrases))


def _said(montant: str, point: Point) -> str:
    """The amount; a measure that is not in euros weighs nothing in the chart, and is named."""
    return montant if montant != "—" else f"0\u00a0€ ({point.volet.mesure.libelle})"


def _changes(ruptures: tuple[LigneRupture, ...], *, connus: bool) -> str:
    if not ruptures and not connus:
        return "Des montants ne sont pas évaluables."
    if not ruptures:
        return "Le montant du volet est le même pour toutes les valeurs."
    changement = ruptures[0]
    suite = (
        ""
        if len(ruptures) == 1
        else f", puis {_times(len(ruptures) - 1)} encore, pour la dernière fois entre "
        f"{ruptures[-1].avant} et {ruptures[-1].apres} (de {ruptures[-1].montant_avant} à "
        f"{ruptures[-1].montant_apres})"
    )
    return (
        f"Le montant du volet change entre {changement.avant} et {changement.apres}, de "
        f"{changement.montant_avant} ({changement.mesure_avant}) à {changement.montant_apres} "
        f"({changement.mesure_apres}){suite}."
    )


def _times(nombre: int) -> str:
    return "une fois" if nombre == 1 else f"{nombre}\u00a0fois"
