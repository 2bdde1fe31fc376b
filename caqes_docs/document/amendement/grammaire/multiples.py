"""One term that changes everywhere: « Aux articles 1er, 3 et 7, les mots : « a » sont… »."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.citations import comparable, quoted, words_of
from caqes_docs.document.amendement.passages import named, value_kind
from caqes_docs.document.amendement.textes import unit_text
from caqes_docs.document.amendement.unites import PlanUnites, UniteActe, to
from caqes_docs.document.revision.script import Changement, Passage, Script


@dataclass(frozen=True, slots=True)
class Multiple:
    """The same words replaced in several units, wherever they stand there."""

    unites: tuple[UniteActe, ...]
    corps: doc.Inlines
    operations: tuple[Changement, ...]

    def lieu(self, noms: Sequence[str]) -> str:
        """« Aux articles 1er et 3, »; other divisions one by one."""
        articles = [nom.removeprefix("l’article\u00a0") for nom in noms]
        if all(nom.startswith("l’article\u00a0") for nom in noms):
            return f"Aux articles\u00a0{', '.join(articles[:-1])} et {articles[-1]}, "
        said = [to(nom) for nom in noms]
        line = f"{', '.join(said[:-1])} et {said[-1]}, "
        return line[:1].upper() + line[1:]


def find_multiples(plan: PlanUnites, script: Script) -> list[Multiple]:
    """The terms that change in two units at least, of which nothing else changes."""
    busy: dict[int, list[Changement]] = {}
    for operation in script.operations:
        unite = plan.unites[plan.position(operation.adresse)[0]]
        busy.setdefault(plan.head(unite).rang, []).append(operation)
    groups: dict[tuple[str, str], list[UniteActe]] = {}
    for rang, operations in busy.items():
        unite = plan.unites[rang]
        pairs = {_pair(one) for one in operations}
        if len(pairs) == 1 and unite.annexe is None:
            pair = pairs.pop()
            if pair is not None and _is_everywhere(unite, pair[0], len(operations)):
                groups.setdefault(pair, []).append(unite)
    return [
        _multiple(unites, [one for unite in unites for one in busy[unite.rang]])
        for unites in groups.values()
        if len(unites) > 1
    ]


def _pair(operation: Changement) -> tuple[str, str] | None:
    if not isinstance(operation, Passage) or operation.adresse.champ != "texte":
        return None
    avant, apres = words_of(operation.avant), words_of(operation.apres)
    words = bool(avant and apres) and not value_kind(avant, apres)
    return (comparable(avant), comparable(apres)) if words else None


def _is_everywhere(unite: UniteActe, avant: str, count: int) -> bool:
    """Whether each occurrence of a term in a unit is one of its operations."""
    return comparable(unit_text(unite)).count(avant) == count


def _multiple(unites: list[UniteActe], operations: list[Changement]) -> Multiple:
    first = operations[0]
    assert isinstance(first, Passage)
    le, verbe = named(words_of(first.avant))
    said = (
        "remplacé, partout où il figure" if verbe == "est" else "remplacés, partout où ils figurent"
    )
    corps = (
        *(doc.Texte(le), *quoted(first.avant)),
        doc.Texte(f" {verbe} {said}, par {named(words_of(first.apres))[0]}"),
        *quoted(first.apres),
    )
    return Multiple(tuple(unites), corps, tuple(operations))
