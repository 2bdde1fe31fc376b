"""Charts as clauses see them, and the node that `{{ … | graphique }}` makes of one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.document.graphique import Sorte, UniteGraphique
from caqes_docs.document.model import ACompleter, Graphique, Serie, Texte, Valeur
from caqes_docs.redaction.langage.vocabulaire import champ
from caqes_docs.redaction.langage.vues import EcritureError, Vue, lieu_of, missing, raw


@dataclass(frozen=True)
class SerieResolue:
    """One value per category; a `repere` is what the others are held against."""

    nom: str = champ("nom de la série")
    valeurs: tuple[Decimal | None, ...] = champ("valeurs de la série")
    repere: bool = champ("série de repère")


@dataclass(frozen=True)
class GraphiqueResolu:
    """A chart, its words typographically finished by whoever computed it."""

    titre: str = champ("titre du graphique")
    alternative: str = champ("texte de remplacement du graphique")
    sorte: Sorte = champ("sorte de graphique")
    categories: tuple[str, ...] = champ("catégories du graphique")
    series: tuple[SerieResolue, ...] = champ("séries du graphique")
    unite: UniteGraphique = champ("unité du graphique")
    axe_categories: str = champ("nom de l’axe des catégories")
    axe_valeurs: str = champ("nom de l’axe des valeurs")


SEUL = "un graphique s’imprime seul dans son paragraphe, hors de toute liste et de tout tableau"


def chart_node(valeur: object) -> Graphique | ACompleter:
    """The filter `graphique`: the node of a resolved chart, which knows where it comes from.

    Raises:
        EcritureError: the value is no chart.
    """
    if isinstance(valeur, ACompleter):
        return valeur
    brut = raw(valeur)
    if isinstance(valeur, Vue) and brut is None:
        return missing(valeur)
    if not isinstance(valeur, Vue) or not isinstance(brut, GraphiqueResolu):
        raise EcritureError("le filtre «\u00a0graphique\u00a0» ne convient pas à cette donnée")
    lieu = lieu_of(valeur)
    return Graphique(
        (Valeur((Texte(brut.titre),), str(lieu), lieu.origine),),
        brut.alternative,
        brut.sorte,
        brut.categories,
        tuple(Serie(serie.nom, serie.valeurs, serie.repere) for serie in brut.series),
        brut.unite,
        brut.axe_categories,
        brut.axe_valeurs,
    )
