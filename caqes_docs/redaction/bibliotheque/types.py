"""A document type as a user asks for it: known, made from the data at hand, or once called so."""

from __future__ import annotations

from collections.abc import Mapping

from caqes_docs.core.errors import ClauseError
from caqes_docs.core.francais.formes import liste
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.redaction.bibliotheque.plan import TypeDocument


def find_type(
    types: Mapping[str, TypeDocument],
    identifiant: str,
    donnees: tuple[str, ...] = ("contrat", "avenant", "autoevaluation", "evaluation"),
) -> TypeDocument:
    """The document type `identifiant`, which must be made from one of `donnees`.

    Raises:
        ClauseError: P-001 unknown document type; P-008 it is made from other data.
    """
    if identifiant not in types:
        raise ClauseError(
            "P-001",
            f"Le type de document «\u00a0{identifiant}\u00a0» n’existe pas.",
            remede=_present_names(types, identifiant)
            or close_name(identifiant, types, {nom: t.plan.titre for nom, t in types.items()})
            or f"Types connus\u00a0: {', '.join(types) or 'aucun (templates/ est vide)'}.",
        )
    trouve = types[identifiant]
    if trouve.plan.donnees not in donnees:
        raise ClauseError(
            "P-008",
            f"Le document «\u00a0{identifiant}\u00a0» ne se fait pas à partir de ces données.",
            remede=f"Il attend «\u00a0{trouve.plan.donnees}\u00a0»\u00a0: le demander par sa "
            "propre commande (caqes generer pour un dossier, caqes cibler pour un ciblage, caqes "
            "consolider pour une région, caqes simuler pour une simulation).",
            source=trouve.charge.fichier.source(("donnees",)),
        )
    return trouve


def _present_names(types: Mapping[str, TypeDocument], ancien: str) -> str:
    """The types that have taken the place of `ancien`, or an empty string."""
    presents = [nom for nom, type_ in types.items() if ancien in type_.plan.ancien_id]
    return f"Il est remplacé par\u00a0: {liste(presents)}." if presents else ""
