"""What the tests of charts share: bars against targets, an amount against attainment."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from caqes_docs.document.model import Bloc, Document, Graphique, Serie
from tests.outils.echantillons import sample_document, texte

ALTERNATIVE = "Deux indicateurs sur trois atteignent leur cible ; le troisième n’est pas évaluable."


def decimals(*valeurs: str) -> tuple[Decimal | None, ...]:
    """Exact values; an empty string where there is none."""
    return tuple(Decimal(valeur) if valeur else None for valeur in valeurs)


BARRES = Graphique(
    texte("Résultats et cibles"),
    ALTERNATIVE,
    "barres",
    ("NAT-1", "NAT-2", "NAT-3"),
    (
        Serie("Résultat", decimals("0.72", "0.935", "")),
        Serie("Cible", decimals("0.75", "0.6", "0.5"), repere=True),
    ),
    "taux",
    axe_valeurs="Taux",
)
COURBE = Graphique(
    texte("Montant selon la réalisation"),
    "Le montant est nul jusqu’à 50 %, puis croît jusqu’à 120 000 €.",
    "courbe",
    ("0 %", "50 %", "100 %"),
    (
        Serie("Montant", decimals("0", "0", "120000")),
        Serie("Plafond", decimals(*["125000"] * 3), repere=True),
    ),
    "euro",
    "Réalisation",
    "Montant",
)


def acte(*corps: Bloc) -> Document:
    """The sample act with another body and no cover."""
    return dataclasses.replace(sample_document(), couverture=(), corps=corps)
