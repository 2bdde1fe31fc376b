"""Clauses that a plan puts on landscape pages: at the first level, and under a title."""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.redaction.bibliotheque.plan import PosteChapitre, PosteClause, TypeDocument
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque
from caqes_docs.redaction.controle.expressions.types import quoted


def check_landscape(type_document: TypeDocument, bibliotheque: Bibliotheque) -> Iterator[Constat]:
    """P-009: a landscape clause inside a chapter, or one that has no title."""
    for rang, poste in enumerate(type_document.plan.corps):
        if isinstance(poste, PosteChapitre):
            for sous_rang, element in enumerate(poste.chapitre.contenu):
                if _is_landscape(element):
                    chemin: Chemin = ("corps", rang, "chapitre", "contenu", sous_rang)
                    yield _fault(type_document, chemin, "une clause d’un chapitre ne tourne pas")
        elif isinstance(poste, PosteClause) and _is_landscape(poste):
            redactions = bibliotheque.clauses.get(poste.clause, ())
            if any(redaction.entete.titre is None for redaction in redactions):
                quoi = f"{quoted(poste.clause)} n’a pas de titre"
                yield _fault(type_document, ("corps", rang), quoi)


def _is_landscape(poste: object) -> bool:
    return isinstance(poste, PosteClause) and poste.orientation == "paysage"


def _fault(type_document: TypeDocument, chemin: Chemin, quoi: str) -> Constat:
    return fault(
        "P-009",
        type_document.charge.fichier.source((*chemin, "orientation")),
        f"Des pages en paysage commencent par un titre, hors de tout chapitre\u00a0: {quoi}.",
        "Donner un titre à la clause, la sortir du chapitre, ou en faire une annexe.",
    )
