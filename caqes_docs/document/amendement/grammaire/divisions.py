"""Articles, chapters and annexes inserted, removed or replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.articles import ArticleModificatif
from caqes_docs.document.amendement.citations import quoted_blocks
from caqes_docs.document.amendement.formules import Formules
from caqes_docs.document.amendement.grammaire.enonces import in_letters
from caqes_docs.document.amendement.unites import (
    EditionAlineas,
    PlanUnites,
    iter_headings,
    of,
    read_edition,
    unit_name,
    with_article,
)
from caqes_docs.document.revision.script import Remplacement
from caqes_docs.document.texte import reference_words
from caqes_docs.document.walk import plain


class Divisions:
    """Writes the amending articles of operations on headings."""

    def __init__(self, plan: PlanUnites, formules: Formules, vacants: frozenset[str]) -> None:
        self._plan, self._formules, self._vacants = plan, formules, vacants

    def has_lead(self, operation: Remplacement) -> bool:
        """Whether an operation also changes alinéas before its first heading."""
        edition = read_edition(self._plan, operation)
        return edition.debut < edition.fin or bool(edition.tete)

    def articles(self, operation: Remplacement) -> Iterator[ArticleModificatif]:
        """What is replaced, else what is removed, then what is inserted."""
        edition = read_edition(self._plan, operation)
        kept = {one.ancre for one in edition.retirees} & {
            one.ancre for one in iter_headings(edition.suite)
        }
        if len(edition.retirees) == 1 == len(kept) and len(_tops(edition)) == 1:
            yield self._replaced(operation, edition)
            return
        if edition.retirees:
            yield self._removed(operation, edition.retirees)
        for blocs in _groups(edition.suite):
            yield self._inserted(operation, edition, blocs)

    def _replaced(self, operation: Remplacement, edition: EditionAlineas) -> ArticleModificatif:
        (old,) = edition.retirees
        name = self._name(old)
        if _is_annex(old):
            e = f"{name} est remplacée par {name} {self._formules.jointe}."
            blocs: tuple[doc.Bloc, ...] = (_line(_capital(e)),)
        else:
            agreed = "remplacée" if name.startswith(("la ", "l’annexe")) else "remplacé"
            words = f"{name} est {agreed} par les {self._formules.stipulations} suivantes\u00a0:"
            blocs = (_line(_capital(words)), *quoted_blocks(edition.suite, "."))
        annexes = _annexes(edition.suite) if _is_annex(old) else ()
        title = f"Modification {of(name)}"
        return ArticleModificatif((old.ancre,), title, blocs, ((operation,),), annexes, "remplacé")

    def _removed(
        self, operation: Remplacement, retirees: Sequence[doc.Clause | doc.Section]
    ) -> ArticleModificatif:
        names = [self._name(one) for one in retirees]
        gone = self._formules.supprime
        feminine = all(name.startswith(("la ", "l’annexe")) for name in names)
        if len(names) == 1:
            words = f"{names[0]} est {gone}{'e' if feminine else ''}."
        else:
            words = f"{_together(names)} sont {gone}{'es' if feminine else 's'}."
        title = f"Suppression {_of_all(names)}"
        line = (_line(_capital(words)),)
        ancres = tuple(one.ancre for one in retirees)
        return ArticleModificatif(ancres, title, line, ((operation,),), (), "supprimé")

    def _inserted(
        self, operation: Remplacement, edition: EditionAlineas, blocs: tuple[doc.Bloc, ...]
    ) -> ArticleModificatif:
        news = list(iter_headings(blocs))
        names = [self._name(one) for one in news]
        where = self._where(edition, news)
        annexes = _annexes(blocs)
        back = len(news) == 1 and news[0].titre and news[0].titre.numero in self._vacants
        if annexes:
            words = f"{where}{_come(news)} {_indefinite(names)}, {_joined(self._formules, names)}."
            printed: tuple[doc.Bloc, ...] = (_line(_capital(words)),)
        else:
            come = f"{names[0]} est ainsi rétabli" if back else _announce(names)
            printed = (_line(_capital(f"{where}{come}\u00a0:")), *quoted_blocks(blocs, "."))
        what = "Rétablissement" if back else "Insertion"
        action = "rétabli" if back else "créé"
        many = back or len(names) > 1
        title = f"{what} {_of_all(names) if many else 'd’' + _indefinite(names)}"
        ancres = tuple(one.ancre for one in news)
        return ArticleModificatif(ancres, title, printed, ((operation,),), annexes, action)

    def _where(self, edition: EditionAlineas, news: list[doc.Clause | doc.Section]) -> str:
        """« après l’article 9, », « après le chapitre 2, », else « avant l’article 11, »."""
        level = news[0].titre.niveau if news[0].titre else 0
        after = edition.unite.rang + 1
        closed = [one for one in self._plan.unites[:after] if one.fin == after]
        same = [one for one in closed if one.titre and one.titre.niveau == level]
        found = same or closed
        word, unite = ("après", found[-1]) if found else ("avant", self._plan.unites[after])
        return f"{word} {unit_name(unite, self._plan, self._formules)}, "

    def _name(self, division: doc.Clause | doc.Section) -> str:
        titre: Any = division.titre
        if titre.numero:
            return with_article(reference_words(titre.numero))
        words = plain(titre.contenu)
        return self._formules.noms.get(words) or f"la partie «\u00a0{words}\u00a0»"


def _tops(edition: EditionAlineas) -> list[doc.Clause | doc.Section]:
    return list(iter_headings(edition.suite))


def _groups(blocs: tuple[doc.Bloc, ...]) -> Iterator[tuple[doc.Bloc, ...]]:
    """Divisions inserted in one movement; annexes apart from articles."""
    for _, group in groupby(blocs, _is_annex):
        yield tuple(group)


def _is_annex(bloc: Any) -> bool:
    return isinstance(bloc, doc.Section) and bloc.titre.numero.startswith("Annexe")


def _annexes(blocs: Sequence[Any]) -> tuple[doc.Section, ...]:
    return tuple(bloc for bloc in blocs if _is_annex(bloc))


def _line(texte: str) -> doc.Paragraphe:
    return doc.Paragraphe((doc.Texte(texte),))


def _capital(texte: str) -> str:
    return texte[:1].upper() + texte[1:]


def _kind(name: str) -> str:
    """The common noun of a numbered name: « article »."""
    return name.removeprefix("l’").removeprefix("le ").removeprefix("la ").split("\u00a0")[0]


def _together(names: Sequence[str]) -> str:
    """Several names: « les articles 3, 4 et 7 », or each with its own article."""
    kinds = {_kind(name) for name in names}
    numbers = [name.split("\u00a0", 1)[-1] for name in names]
    same = len(kinds) == 1 and all("\u00a0" in name and "«" not in name for name in names)
    if same:
        return f"les {kinds.pop()}s\u00a0{', '.join(numbers[:-1])} et {numbers[-1]}"
    return f"{', '.join(names[:-1])} et {names[-1]}"


def _of_all(names: Sequence[str]) -> str:
    if len(names) == 1:
        return of(names[0])
    together = _together(names)
    return f"des {together[4:]}" if together.startswith("les ") else f"de {together}"


def _indefinite(names: Sequence[str]) -> str:
    """« un article 9-1 », « deux articles 9-1 et 9-2 »."""
    if len(names) == 1:
        bare = names[0].removeprefix("l’").removeprefix("le ").removeprefix("la ")
        feminine = names[0].startswith(("la ", "l’annexe"))
        return f"{'une' if feminine else 'un'} {bare}"
    together = _together(names)
    if not together.startswith("les "):
        return together
    return f"{in_letters(len(names))} {together[4:]}"


def _come(news: Sequence[Any]) -> str:
    feminine = all(_is_annex(one) for one in news)
    if len(news) == 1:
        return f"est inséré{'e' if feminine else ''}"
    return f"sont inséré{'e' if feminine else ''}s"


def _announce(names: Sequence[str]) -> str:
    s = "s" if len(names) > 1 else ""
    feminine = "e" if all(name.startswith(("la ", "l’annexe")) for name in names) else ""
    come = f"{'sont' if s else 'est'} inséré{feminine}{s}"
    return f"{come} {_indefinite(names)} ainsi rédigé{feminine}{s}"


def _joined(formules: Formules, names: Sequence[str]) -> str:
    if len(names) == 1:
        return formules.jointe
    first, _, rest = formules.jointe.partition(" ")
    return f"{first}s {rest}"
