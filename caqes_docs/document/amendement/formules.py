"""The words of the amending formulas that a jurist may choose (`catalogues/formules.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Formules:
    """What the grammar leaves open: the writer and the reader of an act are given the same."""

    stipulations: str = "stipulations"
    """« stipulations » of a contract, « dispositions » of a unilateral act (Guide, 3.3.2)."""
    supprime: str = "supprimé"
    """« supprimé », or « abrogé »: in the masculine singular."""
    jointe: str = "jointe au présent avenant"
    """Where a new annex is, in the feminine singular."""
    couverture: str = "la page de garde"
    entete: str = "l’en-tête du contrat"
    """What stands before the first heading: parties, visas."""
    noms: Mapping[str, str] = field(
        default_factory=lambda: {
            "Préambule": "le préambule",
            "Annexes et prise d’effet": "la partie relative aux annexes et à la prise d’effet",
        }
    )
    """By heading without a number, what it is called in a sentence, article included."""


@dataclass(frozen=True, slots=True)
class Seuils:
    """When a larger unit is amended. The Guide (3.4.1) asks for judgement: a region may differ."""

    mots_cites: int = 14
    """Words quoted to designate a passage, at most: beyond, the alinéa is replaced."""
    part_article: float = 0.5
    """Share of the alinéas of an article that change, beyond which the article is replaced."""
    alineas: int = 3
    """Alinéas changed, at least, for an article to be replaced whole."""
    part_tableau: float = 1 / 3
    """Share of the rows of a table that change, beyond which the table is replaced."""
    lignes: int = 3
    """Rows of a table that may change one by one, whatever their share."""
    annexe: int = 3
    """Changes of an annex that are told one by one, whatever their share."""


FORMULES = Formules()
SEUILS = Seuils()
