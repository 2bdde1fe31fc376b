"""A document as a plain tree: what stands in a node, and the words that the node itself prints.

Comparing, applying and resolving go down the same tree; only what they do on the way differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias, cast

from caqes_docs.document import model as doc

NoeudActe: TypeAlias = "doc.Bloc | doc.Element | doc.Cellule | doc.Ligne"
"""A row is a node too, which holds cells."""

_HOLDERS = (doc.Clause, doc.Section, doc.Encart, doc.Element, doc.Cellule)
_BOX = ("qualite", "mention", "nom")


def children(noeud: NoeudActe) -> tuple[NoeudActe, ...]:
    """What stands directly in `noeud`: blocks, items, rows (headers apart) or cells."""
    match noeud:
        case tuple():
            return noeud
        case doc.Liste():
            return noeud.elements
        case doc.Tableau():
            return noeud.lignes
        case doc.BlocSuivi():
            return (noeud.bloc,)
        case _ if isinstance(noeud, _HOLDERS):
            return noeud.blocs
        case _:
            return ()


def with_children(noeud: NoeudActe, enfants: tuple[NoeudActe, ...]) -> NoeudActe:
    """`noeud` that holds `enfants` instead."""
    inside: Any = enfants
    match noeud:
        case tuple():
            return cast("doc.Ligne", enfants)
        case doc.Liste():
            return replace(noeud, elements=inside)
        case doc.Tableau():
            return replace(noeud, lignes=inside)
        case doc.BlocSuivi():
            return replace(noeud, bloc=inside[0])
        case _ if isinstance(noeud, _HOLDERS):
            return replace(noeud, blocs=inside)
        case _:
            return noeud


def slots(noeud: NoeudActe) -> dict[str, doc.Inlines]:
    """The words that `noeud` itself prints, by the name of the place."""
    match noeud:
        case doc.Paragraphe():
            return {"texte": noeud.contenu}
        case doc.Clause(titre=doc.Titre() as titre) | doc.Section(titre=titre):
            return {"intitulé": titre.contenu}
        case doc.Tableau():
            return {"légende": noeud.legende}
        case doc.BlocSignature():
            return {
                f"{case}.{rang}": getattr(un, case)
                for rang, un in enumerate(noeud.signataires)
                for case in _BOX
            }
        case _:
            return {}


def with_slots(noeud: NoeudActe, mots: Mapping[str, doc.Inlines]) -> NoeudActe:
    """`noeud` that prints `mots` instead."""
    match noeud:
        case doc.Paragraphe():
            return replace(noeud, contenu=mots["texte"])
        case doc.Clause(titre=doc.Titre() as titre) | doc.Section(titre=titre):
            return replace(noeud, titre=replace(titre, contenu=mots["intitulé"]))
        case doc.Tableau():
            return replace(noeud, legende=mots["légende"])
        case doc.BlocSignature():
            parts = [
                [mots[f"{case}.{rang}"] for case in _BOX] for rang in range(len(noeud.signataires))
            ]
            boxes = (
                doc.Signataire(qualite, mention, nom, un.champ)
                for un, (qualite, mention, nom) in zip(noeud.signataires, parts, strict=True)
            )
            return replace(noeud, signataires=tuple(boxes))
        case _:
            return noeud


def label(noeud: NoeudActe) -> str:
    """The number or mark that `noeud` prints before its words."""
    match noeud:
        case doc.Clause(titre=doc.Titre() as titre) | doc.Section(titre=titre):
            return titre.numero
        case doc.Element():
            return noeud.marque
        case _:
            return ""


def with_label(noeud: NoeudActe, numero: str, avant: str = "") -> NoeudActe:
    """`noeud` under another number or mark; `avant`, when given, is shown as the former one."""
    match noeud:
        case doc.Clause(titre=doc.Titre() as titre) | doc.Section(titre=titre):
            words = (titre.niveau, numero, titre.contenu, titre.sur_deux_lignes)
            return replace(
                noeud, titre=doc.TitreSuivi(*words, avant) if avant else doc.Titre(*words)
            )
        case doc.Element():
            if avant:
                return doc.ElementSuivi(noeud.blocs, numero, None, avant)
            return doc.Element(noeud.blocs, numero)
        case _:
            return noeud


def is_layout(noeud: NoeudActe) -> bool:
    """Whether `noeud` says nothing of its own: page breaks, and contents made from the headings."""
    return isinstance(noeud, doc.SautDePage | doc.Sommaire)
