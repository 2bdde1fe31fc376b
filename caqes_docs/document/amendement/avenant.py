"""From two states of an act to its avenant: the script that sentences tell, and the articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.articles import ArticleModificatif
from caqes_docs.document.amendement.formules import FORMULES, SEUILS, Formules, Seuils
from caqes_docs.document.amendement.grossir import coarsen
from caqes_docs.document.amendement.rangements import Rangement, tidied, with_signs_of
from caqes_docs.document.amendement.rediger import redige
from caqes_docs.document.amendement.renvois import refuse_lost_references
from caqes_docs.document.amendement.unites import PlanUnites
from caqes_docs.document.revision.appliquer import apply
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.script import Changement, Remplacement, Script


@dataclass(frozen=True, slots=True)
class Amendement:
    """What an avenant does to an act: state B is what its script makes of A, nothing else."""

    script: Script
    brut: doc.Document
    """What the script alone makes of A."""
    b: doc.Document
    """State B: the same, its lists tidied."""
    fin: Script
    """The same changes in their smallest units, for whoever compares both states."""
    articles: tuple[ArticleModificatif, ...]
    rangements: tuple[Rangement, ...]
    ecartees: tuple[Changement, ...]
    """What differed, and is never amended: signatures, place and date of signature."""


def build_amendment(
    a: doc.Document,
    b: doc.Document,
    formules: Formules = FORMULES,
    seuils: Seuils = SEUILS,
    vacants: frozenset[str] = frozenset(),
) -> Amendement:
    """The avenant that makes `a` say what `b` says; `vacants`: numbers of articles freed before.

    Raises:
        RevisionError: A-004 an anchor names two divisions; A-020 a change has no sentence;
            A-021 a reference would lead elsewhere.
    """
    script, apart = amendable(compare(a, with_signs_of(a, b)), a)
    coarse = coarsen(a, script, seuils)
    after = apply(a, coarse)
    articles = redige(a, after, coarse, formules, vacants)
    refuse_lost_references(a, after)
    tidy, signs = tidied(a, after)
    return Amendement(coarse, after, tidy, script, articles, signs, apart)


def amendable(script: Script, a: doc.Document) -> tuple[Script, tuple[Changement, ...]]:
    """The script without what an avenant never amends, and what was left out.

    The signatures of an act, and the place and date of its signature, are those of that act.
    """
    plan = PlanUnites(a)
    kept: list[Changement] = []
    apart: list[Changement] = []
    for operation in script.operations:
        (apart if _is_apart(plan, operation) else kept).append(operation)
    return Script(tuple(kept)), tuple(apart)


def _is_apart(plan: PlanUnites, operation: Changement) -> bool:
    if isinstance(operation, Remplacement):
        nodes: tuple[Any, ...] = (*operation.avant, *operation.apres)
    else:
        nodes = (plan.node(plan.way(operation.adresse)),)
    return all(_is_closing(noeud) for noeud in nodes)


def _is_closing(noeud: Any) -> bool:
    return isinstance(noeud, doc.BlocSignature) or (
        isinstance(noeud, doc.Paragraphe) and noeud.role == "fait_a"
    )
