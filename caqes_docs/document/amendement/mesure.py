"""When a unit is replaced whole: much of it changes, or no rank is settled where it does."""

from __future__ import annotations

from collections.abc import Sequence

from caqes_docs.document.amendement.formules import Seuils
from caqes_docs.document.amendement.textes import is_quotable, mention_words
from caqes_docs.document.amendement.unites import (
    PlanUnites,
    UniteActe,
    read_edition,
    table_name,
)
from caqes_docs.document.revision.script import Changement, Lignes, Passage, Remplacement


def is_to_be_replaced(
    plan: PlanUnites, unite: UniteActe, operations: Sequence[Changement], seuils: Seuils
) -> bool:
    """Whether the changes of a unit ask for it to be replaced whole, and it can be."""
    touched: set[int] = set()
    lost = False
    for one in operations:
        rang, first = plan.position(one.adresse)
        if rang != unite.rang or not one.adresse.chemin:
            continue
        debut, fin, count = _alineas(plan, one, first)
        if not count:
            continue
        touched |= set(range(debut, max(fin, debut + 1)))
        lost |= _is_unplaced(plan, one, unite, debut, fin)
    much = len(touched) >= seuils.alineas and len(touched) > seuils.part_article * len(
        unite.alineas
    )
    return (lost or (much and unite.titre is not None)) and is_quotable(unite)


def _alineas(plan: PlanUnites, one: Changement, first: int) -> tuple[int, int, bool]:
    """The alinéas that an operation touches, and whether it touches any."""
    if isinstance(one, Remplacement) and not isinstance(one, Lignes):
        edition = read_edition(plan, one)
        return edition.debut, edition.fin, edition.debut < edition.fin or bool(edition.tete)
    return first, first + 1, True


def _is_unplaced(plan: PlanUnites, one: Changement, unite: UniteActe, debut: int, fin: int) -> bool:
    """Whether no rank, nor any caption, says where an operation stands."""
    found = plan.alinea(one)
    if found is not None and unite.alineas[found[1]].tableau is not None:
        lone = isinstance(one, Passage | Lignes) or fin - debut == 1
        return not (lone and table_name(plan, *found))
    if isinstance(one, Passage):
        return False
    if unite.couverture and all(
        mention_words(unite, rang) for rang in range(debut, fin) or (max(debut - 1, 0),)
    ):
        return False
    ends = debut == fin and debut in (0, len(unite.alineas))
    return not ends and not unite.settled(max(fin, debut) - 1)
