"""Clauses called by an id that they no longer have: understood for one version, and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from caqes_docs.core.constats import Constat
from caqes_docs.core.source import Source
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.nommage import old_name
from caqes_docs.redaction.bibliotheque.plan import TypeDocument, iter_clauses
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque
from caqes_docs.redaction.controle.bibliotheque.plan import RenvoisParClause


def check_old_names(
    types: Iterable[TypeDocument],
    bibliotheque: Bibliotheque,
    droit: Droit,
    renvois: RenvoisParClause,
) -> Iterator[Constat]:
    """C-065: the former ids that plans, volets, references and obligations still use."""
    anciens: Mapping[str, str] = bibliotheque.anciens
    if not anciens:
        return
    cites = (
        (usage.appel.identifiant, usage.source)
        for usages in renvois.values()
        for _, usage in usages
    )
    for nom, source in (*_in_plans(types), *_in_catalogues(droit), *cites):
        if nom in anciens:
            yield old_name(nom, anciens[nom], source)


def _in_plans(types: Iterable[TypeDocument]) -> Iterator[tuple[str, Source]]:
    """The clauses of the plans, as they are written there, and where."""
    for type_document in types:
        ecrit = type_document.charge
        for clause in iter_clauses(ecrit.valeur):
            yield clause.nom, ecrit.fichier.source(clause.chemin)


def _in_catalogues(droit: Droit) -> Iterator[tuple[str, Source]]:
    """The clauses of the volets, and those that carry an obligation."""
    for volet in droit.volets.values():
        source = droit.sources.get(f"volet:{volet.id}", Source("catalogues/volets"))
        for nom in (volet.article, *volet.sous_articles, volet.annexe or ""):
            yield nom, source
    for obligation in droit.obligations.values():
        source = droit.sources.get(f"obligation:{obligation.id}", Source("catalogues"))
        for porteur in obligation.porte_par:
            yield porteur.removeprefix("clause:"), source
