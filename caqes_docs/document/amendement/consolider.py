"""The consolidated version: what the act says at a date, and which act made each article say it.

It says nothing that no act says: the words are those of the state that the scripts make, one after
the other; only notes, marked as such, are added, and signatures taken away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from caqes_docs.core.francais.formes import date_longue
from caqes_docs.document import model as doc
from caqes_docs.document.amendement.articles import ArticleModificatif
from caqes_docs.document.amendement.rangements import Rangement, tidied
from caqes_docs.document.amendement.unites import iter_headings
from caqes_docs.document.revision.appliquer import apply
from caqes_docs.document.revision.script import Blocs, Script
from caqes_docs.document.texte import heading_text, reference_words
from caqes_docs.document.walk import iter_divisions, plain

_INFORMATION = "Document d’information\u00a0: seuls les actes signés font foi."


@dataclass(frozen=True, slots=True)
class ActeModificatif:
    """A signed act that amends: its name, its dates, its script, its amending articles."""

    nom: str
    """« l’avenant n° 2 »."""
    signature: dt.date
    effet: dt.date
    script: Script
    articles: tuple[ArticleModificatif, ...]
    numeros: tuple[str, ...]
    """The number, in the act, of each of its amending articles: « article 3 »."""

    @property
    def phrase(self) -> str:
        """The act and its dates, in words."""
        return (
            f"{self.nom}, signé le {date_longue(self.signature)}, "
            f"effet le {date_longue(self.effet)}"
        )


def state_after(initial: doc.Document, actes: Sequence[ActeModificatif]) -> doc.Document:
    """What the act says once all `actes`, in order, have effect.

    Raises:
        RevisionError: A-003 an act was written for another state.
    """
    return _chain(initial, actes)[-1][0]


def consolider(
    initial: doc.Document, base: str, actes: Sequence[ActeModificatif], date: dt.date
) -> doc.Document:
    """The consolidated version at `date` of an act that `base` names (« contrat signé le… »).

    Raises:
        RevisionError: A-003 an act was written for another state.
    """
    chain = _chain(initial, actes)
    last, _ = chain[-1]
    work = _Consolidation(actes)
    for (before, _), acte in zip(chain, actes, strict=False):
        work.removed(before, acte)
    body = work.with_lines(tuple(work.noted(bloc) for bloc in _unsigned(last.corps)))
    tidyings = [one for _, found in chain for one in found]
    body = (*_banner(base, actes, date), *work.heads(), *body, *_tidyings(tidyings, last))
    return replace(
        last,
        metadonnees=replace(
            last.metadonnees,
            titre=f"Version consolidée – {last.metadonnees.titre}",
            date=date,
        ),
        bandeaux=replace(last.bandeaux, projet="VERSION CONSOLIDÉE"),
        corps=_with_contents(body),
        pieces=(),
        consignes={},
    )


def _chain(
    initial: doc.Document, actes: Sequence[ActeModificatif]
) -> list[tuple[doc.Document, tuple[Rangement, ...]]]:
    """Each state, and what tidying it took."""
    chain: list[tuple[doc.Document, tuple[Rangement, ...]]] = [(initial, ())]
    for acte in actes:
        before = chain[-1][0]
        chain.append(tidied(before, apply(before, acte.script)))
    return chain


class _Consolidation:
    """The notes of each division, and the lines of those that are gone."""

    def __init__(self, actes: Sequence[ActeModificatif]) -> None:
        self._notes: dict[str, list[str]] = {}
        self._heads: list[str] = []
        self._lines: list[tuple[tuple[str, bool], str, doc.Clause]] = []
        for acte in actes:
            for numero, article in zip(acte.numeros, acte.articles, strict=True):
                where = f"{acte.nom}, {numero}, effet le {date_longue(acte.effet)}"
                self._add(article, where)  # -- what was removed may have come back --

    def _add(self, article: ArticleModificatif, where: str) -> None:
        note = f"{article.action.capitalize()} par {where}."
        for ancre in article.ancres:
            if ancre:
                self._notes.setdefault(ancre, []).append(note)
            else:
                what = article.intitule.removeprefix("Modification de ").removeprefix(
                    "Modification du "
                )
                said = f"{'modifiée' if what.startswith('la ') else 'modifié'} par {where}."
                self._heads.append(f"{what[:1].upper()}{what[1:]}\u00a0: {said}")

    def heads(self) -> tuple[doc.Bloc, ...]:
        """What was changed before the first heading."""
        return tuple(_note(one) for one in self._heads)

    def noted(self, bloc: Any) -> Any:
        """A block whose divisions say which act changed them."""
        if not isinstance(bloc, doc.Clause | doc.Section):
            return bloc
        notes = tuple(_note(one) for one in self._notes.get(bloc.ancre, ()))
        return replace(bloc, blocs=(*notes, *(self.noted(one) for one in bloc.blocs)))

    def removed(self, before: doc.Document, acte: ActeModificatif) -> None:
        """Keep a line for each division that an act removes."""
        for numero, article in zip(acte.numeros, acte.articles, strict=True):
            if article.action != "supprimé":
                continue
            where = f"{acte.nom}, {numero}, effet le {date_longue(acte.effet)}"
            gone = {
                one.ancre: one
                for group in article.operations
                for operation in group
                if isinstance(operation, Blocs)
                for one in iter_headings(operation.avant)
            }
            for ancre in article.ancres:
                self._lines.append((_before(before, ancre), ancre, _line(gone[ancre], where)))

    def with_lines(self, blocs: tuple[Any, ...]) -> tuple[Any, ...]:
        """The body, where each removed division that did not come back keeps its line."""
        present = {one.ancre for one in iter_divisions(blocs)}
        left = [one for one in self._lines if one[1] not in present]
        while left:
            rest = []
            for previous, ancre, line in left:
                after, done = _inserted(blocs, previous, line)
                blocs = after
                if not done:
                    rest.append((previous, ancre, line))
            if len(rest) == len(left):
                return (*blocs, *(line for _, _, line in rest))
            left = rest
        return blocs


def _before(document: doc.Document, ancre: str) -> tuple[str, bool]:
    """The division just before another one among its neighbours, or (True) that it begins."""
    for holder in (None, *iter_divisions(document.corps)):
        blocs = document.corps if holder is None else holder.blocs
        previous = (holder.ancre if holder is not None else "", True)
        for bloc in blocs:
            if isinstance(bloc, doc.Clause | doc.Section):
                if bloc.ancre == ancre:
                    return previous
                previous = (bloc.ancre, False)
    return "", False


def _inserted(
    blocs: tuple[Any, ...], previous: tuple[str, bool], line: doc.Clause
) -> tuple[tuple[Any, ...], bool]:
    """The blocks, with a line after the division `previous`, or before the first one in it."""
    for rang, bloc in enumerate(blocs):
        if not isinstance(bloc, doc.Clause | doc.Section):
            continue
        if bloc.ancre == previous[0]:
            first = next((n for n, one in enumerate(bloc.blocs) if _is_division(one)), None)
            if previous[1] and first is not None:
                inside = (*bloc.blocs[:first], line, *bloc.blocs[first:])
                return (*blocs[:rang], replace(bloc, blocs=inside), *blocs[rang + 1 :]), True
            return (*blocs[: rang + 1], line, *blocs[rang + 1 :]), True
        inside, done = _inserted(bloc.blocs, previous, line)
        if done:
            return (*blocs[:rang], replace(bloc, blocs=inside), *blocs[rang + 1 :]), True
    return blocs, False


def _is_division(bloc: Any) -> bool:
    return isinstance(bloc, doc.Clause | doc.Section)


def _line(division: doc.Clause | doc.Section, where: str) -> doc.Clause:
    """« Article 13 : (supprimé par l’avenant n° 2…) »."""
    titre: Any = division.titre
    said = doc.Texte(f"({_agreed(titre.numero)} par {where})")
    words = (said,) if titre.numero else (*titre.contenu, doc.Texte(" "), said)
    identity = getattr(division, "identite", None) or doc.IdentiteClause(
        division.ancre, dt.date.min, "supprimé"
    )
    return doc.Clause(identity, division.ancre, replace(titre, contenu=words), ())


def _agreed(numero: str) -> str:
    return "supprimée" if numero.startswith(("Annexe", "Section", "Partie")) else "supprimé"


def _unsigned(noeuds: tuple[Any, ...]) -> tuple[Any, ...]:
    """The blocks without signature boxes, without place nor date of signature."""
    out: list[Any] = []
    for noeud in noeuds:
        if isinstance(noeud, doc.BlocSignature):
            continue
        if isinstance(noeud, doc.Paragraphe) and noeud.role == "fait_a":
            continue
        if isinstance(noeud, doc.Clause | doc.Section):
            inside = _unsigned(noeud.blocs)
            if not inside and noeud.blocs and noeud.titre is None:
                continue
            noeud = replace(noeud, blocs=inside)
        out.append(noeud)
    return tuple(out)


def _banner(base: str, actes: Sequence[ActeModificatif], date: dt.date) -> tuple[doc.Bloc, ...]:
    said = [one.phrase for one in actes]
    by = " et par ".join([", ".join(said[:-1]), *said[-1:]] if len(said) > 1 else said)
    words = f"Version consolidée au {date_longue(date)} – {base}"
    words += f", modifié par {by}. " if by else ". "
    return (doc.Encart((_paragraph(words + _INFORMATION),), "avertissement"),)


def _tidyings(found: Sequence[Rangement], last: doc.Document) -> tuple[doc.Bloc, ...]:
    if not found:
        return ()
    names = {one.ancre: one for one in iter_divisions(last.corps)}
    lines = (
        f"{_name(names.get(one.ancre))}\u00a0: «\u00a0{one.mots}\u00a0» finit par "
        f"«\u00a0{one.signe}\u00a0»"
        for one in found
    )
    items = tuple(doc.Element((_note(line),)) for line in lines)
    title = "Ponctuation de listes, rangée à la consolidation\u00a0:"
    return _note(title), doc.Liste(items)


def _name(division: doc.Clause | doc.Section | None) -> str:
    if division is None or division.titre is None:
        return "hors article"
    return reference_words(division.titre.numero) or plain(division.titre.contenu)


def _with_contents(blocs: tuple[Any, ...]) -> tuple[Any, ...]:
    """The body, whose contents follow its headings."""
    headings = [one for one in iter_divisions(blocs) if one.titre is not None]
    return tuple(
        _contents(one, headings) if isinstance(one, doc.Sommaire) else one for one in blocs
    )


def _contents(sommaire: doc.Sommaire, headings: Sequence[doc.Clause | doc.Section]) -> doc.Sommaire:
    deepest = max((entree.niveau for entree in sommaire.entrees), default=0)
    entries = (
        doc.EntreeSommaire(
            one.titre.niveau, heading_text(one.titre).replace("\n", "\u00a0: "), one.ancre
        )
        for one in headings
        if one.titre is not None and one.titre.niveau <= deepest
    )
    return replace(sommaire, entrees=tuple(entries))


def _paragraph(texte: str, role: str = "corps") -> doc.Paragraphe:
    return doc.Paragraphe((doc.Texte(texte),), role)


def _note(texte: str) -> doc.Paragraphe:
    return _paragraph(texte, "note")
