"""The steps of an amount in words, for a terminal: operation, value, origin, ground, what was left.

The numbers are those of the JSON tree, and for an amount in euros those of the note de calcul.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caqes_docs.core.francais.typographie import typographier
from caqes_docs.law.calcul import explication
from caqes_docs.law.calcul.noeud import Noeud, Operation
from caqes_docs.law.droit.droit import Droit


@dataclass(frozen=True)
class EtapeDite:
    """One step: its number, its words, how it is worked out, its value, and what it rests on."""

    repere: int
    libelle: str
    operation: str
    valeur: str
    precisions: tuple[str, ...]


def told_steps(racine: Noeud) -> tuple[EtapeDite, ...]:
    """The steps of `racine` that made its value, operands first."""
    return tuple(_told(etape) for etape in explication.steps(racine))


def _told(etape: explication.EtapeDeCalcul) -> EtapeDite:
    noeud = etape.noeud
    return EtapeDite(
        etape.repere,
        typographier(etape.libelle),
        typographier(explication.worked_out(etape)),
        typographier(etape.valeur),
        tuple(_details(noeud)),
    )


def _details(noeud: Noeud) -> Iterator[str]:
    autre = left_aside(noeud)
    if autre is not None:
        yield (
            f"branche non retenue\u00a0: «\u00a0{typographier(autre.libelle)}\u00a0» "
            f"({typographier(explication.format_value(autre))})"
        )
    if noeud.origine:
        yield noeud.origine
    if noeud.periode is not None:
        yield explication.in_force(noeud)
    if noeud.fondement is not None:
        regle, source = noeud.fondement.regle, typographier(noeud.fondement.source)
        yield (
            f"fondement\u00a0: {' – '.join(filter(None, (regle, source)))} "
            f"(certitude\u00a0: {noeud.fondement.certitude.libelle})"
        )


def cited_texts(racine: Noeud, droit: Droit) -> tuple[str, ...]:
    """The texts on which the steps of `racine` stand, each once, in the order of the steps."""
    references = dict.fromkeys(
        reference
        for etape in explication.steps(racine)
        if etape.noeud.fondement is not None
        for reference in etape.noeud.fondement.references
    )
    return tuple(text_of(droit, reference) for reference in references)


def text_of(droit: Droit, reference: str) -> str:
    """The words of a text of the register, or its id when the register has none."""
    texte = droit.textes.get(reference)
    return reference if texte is None else typographier(texte.libelle)


def left_aside(noeud: Noeud) -> Noeud | None:
    """The branch that a condition did not take."""
    if noeud.operation is not Operation.SI or not noeud.operandes[0].is_known:
        return None
    condition, alors, sinon = noeud.operandes
    return sinon if condition.valeur else alors
