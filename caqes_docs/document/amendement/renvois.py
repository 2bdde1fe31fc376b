"""References that an avenant would leave wrong: to what is gone, to an alinéa that has moved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.amendement.citations import comparable
from caqes_docs.document.amendement.textes import alinea_text
from caqes_docs.document.amendement.unites import PlanUnites, UniteActe
from caqes_docs.document.revision.alineas import ordinal
from caqes_docs.document.texte import reference_words
from caqes_docs.document.walk import iter_divisions, iter_document_inlines

_RANKS = {ordinal(rang): rang for rang in range(1, 70)}
_ALINEA = re.compile(
    r"(?P<rang>[\w-]+(?: et unième)?) alinéa de l'article (?P<numero>\d+(?:er)?(?:-\d+)*)"
    r"(?![\w-])(?! (?:du|de la|de l'|des) (?:code|décret|loi|arrêté|ordonnance))"
)


def refuse_lost_references(a: doc.Document, b: doc.Document) -> None:
    """A-021: a reference that stays in `b` leads elsewhere than in `a`.

    Raises:
        RevisionError: the first of them, with its place.
    """
    for said in _lost(a, b):
        raise RevisionError(
            "A-021",
            "Une fois l’avenant en vigueur, un renvoi ne mènerait plus au même endroit\u00a0: "
            f"{said}.",
            remede="Modifier aussi la phrase qui renvoie, dans le même avenant.",
        )


def _lost(a: doc.Document, b: doc.Document) -> Iterator[str]:
    before, after = ({one.ancre for one in iter_divisions(x.couverture + x.corps)} for x in (a, b))
    titres = (one.titre for one in iter_divisions(b.couverture + b.corps))
    names = {comparable(reference_words(titre.numero)) for titre in titres if titre}
    for inline in iter_document_inlines(b):
        lost = isinstance(inline, doc.Renvoi) and inline.ancre in before - after
        if isinstance(inline, doc.Renvoi) and lost and comparable(inline.texte) not in names:
            yield f"«\u00a0{inline.texte}\u00a0» est supprimé"
    plan, plan_b = PlanUnites(a), PlanUnites(b)
    kept = {comparable(alinea_text(one)) for unite in plan.unites for one in unite.alineas}
    for unite in plan_b.unites:
        for alinea in unite.alineas:
            words = comparable(alinea_text(alinea))
            if words in kept:
                yield from _moved(words, plan, plan_b)


def _moved(words: str, plan: PlanUnites, plan_b: PlanUnites) -> Iterator[str]:
    """The alinéas that words which stay designate, and that have changed place."""
    for found in _ALINEA.finditer(words):
        rang = _RANKS.get(found["rang"])
        if rang is None:
            continue
        target, other = (_target(one, found["numero"], rang) for one in (plan, plan_b))
        if target and target != other and (other is None or _stands_elsewhere(target, plan_b)):
            yield f"«\u00a0{found[0]}\u00a0»"


def _unit(plan: PlanUnites, numero: str) -> UniteActe | None:
    wanted = f"Article {numero}"
    return next(
        (one for one in plan.unites if one.titre and comparable(one.titre.numero) == wanted), None
    )


def _target(plan: PlanUnites, numero: str, rang: int) -> str | None:
    unite = _unit(plan, numero)
    if unite is None or rang > len(unite.alineas):
        return None
    return comparable(alinea_text(unite.alineas[rang - 1]))


def _stands_elsewhere(words: str, plan: PlanUnites) -> bool:
    return any(
        comparable(alinea_text(one)) == words for unite in plan.unites for one in unite.alineas
    )
