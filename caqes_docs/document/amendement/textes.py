"""The printed words of what an amending act designates."""

from __future__ import annotations

from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.unites import Alinea, Unite
from caqes_docs.document.revision.arbre import children
from caqes_docs.document.texte import blocks_text


def alinea_text(alinea: Alinea) -> str:
    """An alinéa as printed, with the mark of its item."""
    mark = f"{alinea.marque} " if alinea.marque else ""
    return mark + blocks_text((alinea.noeud,))


def unit_text(unite: Unite) -> str:
    """The alinéas of a unit, its heading apart."""
    return "\n".join(alinea_text(alinea) for alinea in unite.alineas)


def row_text(ligne: doc.Ligne) -> str:
    """The cells of a row."""
    return " ".join(blocks_text(cellule.blocs) for cellule in ligne)


def is_quotable(unite: Unite) -> bool:
    """Whether all that a unit holds may stand between quotes."""
    return all(_may_be_quoted(alinea.noeud) for alinea in unite.alineas)


def _may_be_quoted(noeud: Any) -> bool:
    if isinstance(noeud, doc.BlocSignature | doc.Graphique):
        return False
    return all(_may_be_quoted(one) for one in children(noeud))
