"""Tracked changes as plain characters: [-removed-] and {+inserted+}."""

from __future__ import annotations

from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.revision.arbre import (
    children,
    slots,
    with_children,
    with_label,
    with_slots,
)
from caqes_docs.document.texte import blocks_text

SIGNES: dict[doc.SensSuivi, tuple[str, str]] = {"ajout": ("{+", "+}"), "retrait": ("[-", "-]")}


def noted(texte: str, sens: doc.SensSuivi | None) -> str:
    """`texte` between the signs of its change.

    >>> noted("2 %", "retrait")
    '[-2 %-]'
    """
    debut, fin = SIGNES[sens] if sens and texte else ("", "")
    return f"{debut}{texte}{fin}"


def marked_text(document: doc.Document) -> str:
    """The words of a marked document, one line per paragraph, changes between signs."""
    blocs = document.couverture + document.corps
    return blocks_text(tuple(_plain(bloc, None) for bloc in blocs)) + "\n"


def _plain(noeud: Any, sens: doc.SensSuivi | None) -> Any:
    """`noeud` without tracked nodes, whose words bear the signs."""
    match noeud:
        case tuple():
            return tuple(_plain(cellule, sens) for cellule in noeud)
        case doc.BlocSuivi():
            return _plain(noeud.bloc, noeud.sens)
        case doc.CelluleSuivie():
            noeud, sens = doc.Cellule(noeud.blocs, noeud.etendue, noeud.entete), noeud.sens
        case doc.ElementSuivi():
            sens = noeud.sens or sens
            former = noted(noeud.marque_avant, "retrait")
            new = noted(noeud.marque, "ajout" if former else sens)
            noeud = doc.Element(noeud.blocs, former + new)
        case doc.Clause(titre=doc.Titre() as titre) | doc.Section(titre=titre):
            former = titre.numero_avant if isinstance(titre, doc.TitreSuivi) else ""
            new = noted(titre.numero, "ajout" if former else sens)
            noeud = with_label(noeud, noted(former, "retrait") + new)
        case doc.Graphique():
            return doc.Paragraphe((doc.Texte(noted(blocks_text((noeud,)), sens)),))
        case _:
            pass
    words = {champ: _noted(contenu, sens) for champ, contenu in slots(noeud).items()}
    inside = tuple(_plain(one, sens) for one in children(noeud))
    result = with_children(with_slots(noeud, words), inside)
    if isinstance(result, doc.Tableau):
        header: Any = tuple(_plain(ligne, sens) for ligne in result.entete)
        return doc.Tableau(result.colonnes, header, result.lignes, result.legende, result.role)
    return result


def _noted(contenu: doc.Inlines, sens: doc.SensSuivi | None) -> doc.Inlines:
    out: list[doc.Inline] = []
    for inline in contenu:
        if isinstance(inline, doc.Suivi):
            debut, fin = SIGNES[inline.sens]
            out += (doc.Texte(debut), *inline.contenu, doc.Texte(fin))
        else:
            out.append(inline)
    if sens and out:
        debut, fin = SIGNES[sens]
        return doc.Texte(debut), *out, doc.Texte(fin)
    return tuple(out)
