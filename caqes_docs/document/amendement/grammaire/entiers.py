"""A unit replaced whole: one sentence for all the operations that do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.formules import SEUILS, Formules
from caqes_docs.document.amendement.grammaire.enonces import Enonce
from caqes_docs.document.amendement.mesure import is_to_be_replaced
from caqes_docs.document.amendement.unites import PlanUnites, UniteActe
from caqes_docs.document.revision.script import Changement


def whole_unit(
    plan: PlanUnites,
    plan_b: PlanUnites,
    unite: UniteActe,
    operations: Sequence[Changement],
    formules: Formules,
) -> Enonce | None:
    """« L’article 5 est remplacé par les stipulations suivantes », when it has to be."""
    after = _twin(plan_b, unite)
    if after is None or not is_to_be_replaced(plan, unite, operations, SEUILS):
        return None
    heading: tuple[Any, ...] = ()
    if after.titre is not None:
        identity = doc.Section(after.ancre, after.titre, ())
        heading = (identity,)
    words = f"‹nom› est remplacé‹e› par les {formules.stipulations} suivantes\u00a0:"
    cites = (*heading, *(_item(one.marque, one.noeud) for one in after.alineas))
    return Enonce(
        unite,
        (unite.rang, 0),
        "‹entier›",
        (doc.Texte(words),),
        tuple(cites),
        tuple(operations),
    )


def _twin(plan_b: PlanUnites, unite: UniteActe) -> UniteActe | None:
    """The same unit in B."""
    return next(
        (
            one
            for one in plan_b.unites
            if one.ancre == unite.ancre
            and one.partie == unite.partie
            and (one.titre is None) == (unite.titre is None)
        ),
        None,
    )


def _item(marque: str, noeud: doc.Bloc) -> Any:
    return doc.Element((noeud,), marque) if marque else noeud
