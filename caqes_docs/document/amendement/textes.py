"""The printed words of what an amending act designates."""

from __future__ import annotations

from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.citations import comparable
from caqes_docs.document.amendement.unites import Alinea, PlanUnites, UniteActe
from caqes_docs.document.revision.arbre import children, slots
from caqes_docs.document.revision.script import Passage
from caqes_docs.document.texte import blocks_text
from caqes_docs.document.walk import plain


def alinea_text(alinea: Alinea) -> str:
    """An alinéa as printed, with the mark of its item."""
    mark = f"{alinea.marque} " if alinea.marque else ""
    return mark + blocks_text((alinea.noeud,))


def unit_text(unite: UniteActe) -> str:
    """The alinéas of a unit, its heading apart."""
    return "\n".join(alinea_text(alinea) for alinea in unite.alineas)


def row_text(ligne: doc.Ligne) -> str:
    """The cells of a row."""
    return " ".join(blocks_text(cellule.blocs) for cellule in ligne)


def mention_words(unite: UniteActe, rang: int) -> str:
    """The line of the cover at a rank, when it is the only one that says so; else nothing."""
    if not unite.couverture or not 0 <= rang < len(unite.alineas):
        return ""
    said = [comparable(alinea_text(one)) for one in unite.alineas]
    words = alinea_text(unite.alineas[rang]).strip()
    lone = said.count(said[rang]) == 1 and "\n" not in words
    return words if lone and unite.alineas[rang].tableau is None else ""


def is_quotable(unite: UniteActe) -> bool:
    """Whether all that a unit holds may stand between quotes."""
    return all(may_be_quoted(alinea.noeud) for alinea in unite.alineas)


def may_be_quoted(noeud: Any) -> bool:
    """Whether a node may stand between quotes: neither a signature nor a chart does."""
    if isinstance(noeud, doc.BlocSignature | doc.Graphique):
        return False
    return all(may_be_quoted(one) for one in children(noeud))


def passage_context(plan: PlanUnites, passage: Passage) -> str:
    """The words among which those of a passage are looked for, typography apart."""
    if passage.adresse.champ == "intitulé":
        noeud: Any = plan.node(plan.way(passage.adresse))
        return comparable(plain(slots(noeud)["intitulé"]))
    found = plan.alinea(passage)
    unite, rang = found or (plan.unites[plan.position(passage.adresse)[0]], 0)
    alinea = unite.alineas[rang]
    if alinea.tableau is not None:
        row = passage.adresse.chemin[len(alinea.adresse.chemin)]
        return comparable(row_text(alinea.tableau.lignes[row]))
    counted = unite.settled(rang) and not unite.couverture
    return comparable(alinea_text(alinea) if counted else unit_text(unite))
