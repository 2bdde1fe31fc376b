"""One sentence for one operation, in the closed grammar of the Guide de légistique (3.4.1).

A sentence leaves open, as `{de}` and `{a}`, the name of the unit that is amended: it is said once
when several sentences amend it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.citations import count_alineas, quoted, unspeakable, words_of
from caqes_docs.document.amendement.formules import SEUILS, Formules
from caqes_docs.document.amendement.grammaire.lignes import rows_alone, rows_removed, rows_said
from caqes_docs.document.amendement.grammaire.mentions import mentions_said
from caqes_docs.document.amendement.lignes import column_name, feminine, row_name
from caqes_docs.document.amendement.passages import (
    MotsCites,
    is_whole_place,
    named,
    value_kind,
)
from caqes_docs.document.amendement.phrases import sentence_rank, sentences
from caqes_docs.document.amendement.textes import alinea_text, passage_context
from caqes_docs.document.amendement.unites import (
    CAPTION,
    Alinea,
    EditionAlineas,
    PlanUnites,
    UniteActe,
    inner_quotes,
    of,
    read_edition,
    table_name,
    with_article,
)
from caqes_docs.document.revision.alineas import ordinal
from caqes_docs.document.revision.arbre import slots
from caqes_docs.document.revision.script import (
    AdresseActe,
    Changement,
    Lignes,
    Numero,
    Passage,
    Remplacement,
)
from caqes_docs.document.texte import reference_words
from caqes_docs.document.walk import plain

NOMBRES = (
    *("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze"),
    *("douze", "treize", "quatorze", "quinze", "seize"),
)


@dataclass(frozen=True, slots=True)
class Enonce:
    """A sentence: where (`lieu`), what (`corps`), the blocks quoted after it, what it covers."""

    unite: UniteActe
    ordre: tuple[int, ...]
    lieu: str
    corps: doc.Inlines
    cites: tuple[Any, ...]
    operations: tuple[Changement, ...]


def in_letters(nombre: int, *, feminin: bool = False) -> str:
    """A count.

    >>> in_letters(1, feminin=True), in_letters(2), in_letters(20)
    ('une', 'deux', '20')
    """
    word = NOMBRES[nombre - 1] if nombre <= len(NOMBRES) else str(nombre)
    return "une" if feminin and word == "un" else word


class Enonceur:
    """Writes the sentences of the operations that leave the headings alone."""

    def __init__(self, plan: PlanUnites, formules: Formules) -> None:
        self._plan, self._formules = plan, formules

    def state(self, operation: Changement) -> Enonce:
        """The sentence of an operation on words, on a number, on alinéas or on rows."""
        match operation:
            case Passage():
                return self._words(operation)
            case Numero():
                return self._number(operation)
            case Lignes():
                return self._rows(operation)
            case _:
                return self._alineas(operation, read_edition(self._plan, operation))

    def _make(
        self, operation: Changement, lieu: str, corps: Sequence[doc.Inline], cites: Any = ()
    ) -> Enonce:
        unite, rang = self._plan.position(operation.adresse)
        ordre = (unite, rang, *self._plan.way(operation.adresse), getattr(operation, "debut", 0))
        found = self._plan.unites[unite]
        words: Any = corps[0]
        if CAPTION in lieu + words.texte:
            found = self._plan.head(found)  # -- the caption says enough --
        return Enonce(found, ordre, lieu, tuple(corps), tuple(cites), (operation,))

    # -- words --

    def _words(self, passage: Passage) -> Enonce:
        title = passage.adresse.champ == "intitulé"
        if title and not passage.debut and plain(passage.avant) == self._slot(passage):
            words = (
                doc.Texte("l’intitulé{de} est remplacé par l’intitulé\u00a0: "),
                *quoted(passage.apres),
            )
            return self._make(passage, "", words)
        found = self._plan.alinea(passage)
        if title or found is None:
            return self._make(
                passage, "dans l’intitulé{de}, " if title else "{a}", self._said(passage)
            )
        unite, rang = found
        if unite.alineas[rang].tableau is not None:
            return self._in_table(passage, unite, rang)
        if unite.couverture or not unite.settled(rang):
            return self._make(passage, "{a}", self._said(passage))
        return self._sentence(passage, rang) or self._make(
            passage, f"au {ordinal(rang + 1)} alinéa{{de}}, ", self._said(passage)
        )

    def _in_table(self, passage: Passage, unite: UniteActe, rang: int) -> Enonce:
        """Words of a row, or a cell in new words."""
        alinea = unite.alineas[rang]
        tableau: Any = alinea.tableau
        row, cell = passage.adresse.chemin[len(alinea.adresse.chemin) :][:2]
        table = of(table_name(self._plan, unite, rang))
        lieu = f"à la ligne {row_name(tableau, row)} {table}{{de}}, "
        noeud: Any = self._plan.node(self._plan.way(passage.adresse))
        context = passage_context(self._plan, passage)
        if not is_whole_place(passage, slots(noeud)[passage.adresse.champ], context, SEUILS):
            return self._make(passage, lieu, self._said(passage))
        column = column_name(tableau, tableau.lignes[row], cell)
        words = f"la cellule de la colonne «\u00a0{column}\u00a0» est ainsi rédigée\u00a0:"
        return self._make(passage, lieu, (doc.Texte(words),), (doc.Paragraphe(passage.apres),))

    def _slot(self, passage: Passage) -> str:
        noeud: Any = self._plan.node(self._plan.way(passage.adresse))
        return plain(slots(noeud)[passage.adresse.champ])

    def _said(self, passage: Passage) -> tuple[doc.Inline, ...]:
        """« les mots : « a » sont remplacés par les mots : « b » », and the like."""
        avant, apres = words_of(passage.avant), words_of(passage.apres)
        if not avant:
            return self._inserted(passage)
        kind = value_kind(avant, apres)
        le, verbe = (f"{kind}\u00a0: ", "est") if kind else named(avant)
        if not apres:
            gone = self._formules.supprime + ("" if verbe == "est" else "s")
            return doc.Texte(le), *quoted(passage.avant), doc.Texte(f" {verbe} {gone}")
        after = f"{kind}\u00a0: " if kind else named(apres)[0]
        said = "remplacée" if kind == "la date" else "remplacé" if verbe == "est" else "remplacés"
        return (
            *(doc.Texte(le), *quoted(passage.avant)),
            *(doc.Texte(f" {verbe} {said} par {after}"), *quoted(passage.apres)),
        )

    def _inserted(self, passage: Passage) -> tuple[doc.Inline, ...]:
        noeud: Any = self._plan.node(self._plan.way(passage.adresse))
        contenu = slots(noeud)[passage.adresse.champ]
        anchor = MotsCites(contenu, passage).anchor(
            passage, passage_context(self._plan, passage), SEUILS
        )
        apres = words_of(passage.apres)
        le, verbe = named(apres)
        participe = "inséré" if verbe == "est" else "insérés"
        return (
            *(doc.Texte(f"après {named(words_of(anchor))[0]}"), *quoted(anchor)),
            *(doc.Texte(f", {verbe} {participe} {le}"), *quoted(passage.apres)),
        )

    def _sentence(self, passage: Passage, rang: int) -> Enonce | None:
        """The formula of a whole sentence, when the passage is one."""
        before = self._slot(passage)
        found = sentence_rank(before, passage.debut, passage.fin)
        apres = words_of(passage.apres)
        if found is None or (apres and len(sentences(apres) or ()) != 1):
            return None
        alinea = f"{ordinal(rang + 1)} alinéa{{de}}"
        cited = (doc.Paragraphe(passage.apres),) if apres else ()
        if not words_of(passage.avant):
            words = f"le {alinea} est complété par une phrase ainsi rédigée\u00a0: "
        elif apres:
            words = (
                f"la {feminine(found + 1)} phrase du {alinea} est remplacée par une phrase "
                "ainsi rédigée\u00a0: "
            )
        else:
            words = f"la {feminine(found + 1)} phrase du {alinea} est {self._formules.supprime}e"
        inlines = (doc.Texte(words), *(quoted(passage.apres) if cited else ()))
        return self._make(passage, "", inlines)

    def _number(self, operation: Numero) -> Enonce:
        words = f"‹nom› devient {with_article(reference_words(operation.apres))}"
        return self._make(operation, "", (doc.Texte(words),))

    # -- rows --

    def states(self, operations: Sequence[Changement]) -> Iterator[Enonce]:
        """The sentences of some operations; the rows that a table loses make one."""
        removed: dict[AdresseActe, list[Lignes]] = {}
        for one in operations:
            if isinstance(one, Lignes) and not one.apres:
                place = replace(one.adresse, chemin=one.adresse.chemin[:-1])
                removed.setdefault(place, []).append(one)
            else:
                yield self.state(one)
        for rows in removed.values():
            tableau, table = self._table(rows[0])
            words = rows_removed(rows, tableau, table, self._formules.supprime)
            made = self._make(rows[0], "", (doc.Texte(words),))
            yield replace(made, operations=tuple(rows))

    def _table(self, operation: Lignes) -> tuple[doc.Tableau, str]:
        found = self._plan.alinea(operation)
        table = table_name(self._plan, *found) if found else ""
        if not found or not table:
            raise unspeakable(operation.adresse.ancre)
        tableau: Any = found[0].alineas[found[1]].tableau
        return tableau, table

    def _rows(self, operation: Lignes) -> Enonce:
        tableau, table = self._table(operation)
        words = rows_said(operation, tableau, table)
        return self._make(
            operation, "", (doc.Texte(words),), (rows_alone(tableau, operation.apres),)
        )

    # -- alinéas --

    def _alineas(self, operation: Remplacement, edition: EditionAlineas) -> Enonce:
        if edition.unite.couverture:
            count = count_alineas(edition.tete)
            mentions = mentions_said(edition, count, self._formules)
            if mentions:
                return self._make(operation, "{a}", (doc.Texte(mentions),), edition.tete)
        words = self._alineas_said(edition)
        return self._make(operation, "", (doc.Texte(words),), edition.tete)

    def _alineas_said(self, edition: EditionAlineas) -> str:
        unite, debut, fin = edition.unite, edition.debut, edition.fin
        count = count_alineas(edition.tete)
        new = f"{in_letters(count)} alinéa{'s' if count > 1 else ''} ainsi rédigé"
        new += "s\u00a0:" if count > 1 else "\u00a0:"
        come = "sont insérés" if count > 1 else "est inséré"
        if debut == fin:
            if debut == len(unite.alineas):
                return f"‹nom› est complété‹e› par {new}"
            if debut == 0:
                return f"{{debut}}{come} {new}"
            self._refuse_unsettled(unite, debut - 1)
            return f"après le {ordinal(debut)} alinéa{{de}}, {come} {new}"
        table = self._lone_table(edition)
        if table:
            return self._table_said(edition, table)
        self._refuse_unsettled(unite, fin - 1)
        one = fin - debut == 1
        old = f"{_ranks(debut, fin)} alinéa{'' if one else 's'}{{de}}"
        s = "" if one else "s"
        if not count:
            gone = _recalled(unite.alineas[debut:fin])
            return f"{old}{gone} {'est' if one else 'sont'} {self._formules.supprime}{s}"
        by = f"les {self._formules.stipulations} suivantes\u00a0:" if count == 1 else new
        return f"{old} {'est' if one else 'sont'} remplacé{s} par {by}"

    def _lone_table(self, edition: EditionAlineas) -> str:
        """The name of the table, when it is all that is replaced or removed."""
        if edition.fin - edition.debut != 1:
            return ""
        alinea: Alinea = edition.unite.alineas[edition.debut]
        if alinea.tableau is None or not all(isinstance(one, doc.Tableau) for one in edition.tete):
            return ""
        return table_name(self._plan, edition.unite, edition.debut) if len(edition.tete) < 2 else ""

    def _table_said(self, edition: EditionAlineas, table: str) -> str:
        if not edition.tete:
            return f"{table}{{de}} est {self._formules.supprime}"
        return f"{table}{{de}} est remplacé par le tableau suivant\u00a0:"

    def _refuse_unsettled(self, unite: UniteActe, rang: int) -> None:
        if not unite.settled(rang):
            raise unspeakable(unite.ancre)


def _ranks(debut: int, fin: int) -> str:
    """« le troisième », « les deuxième et troisième », « les deuxième à cinquième »."""
    if fin - debut == 1:
        return f"le {ordinal(debut + 1)}"
    link = "et" if fin - debut == 2 else "à"
    return f"les {ordinal(debut + 1)} {link} {ordinal(fin)}"


def _recalled(alineas: Sequence[Alinea]) -> str:
    """The first words of alinéas that go: of each one, of the first and the last when many."""
    shown = [_first_words(one) for one in alineas]
    if len(shown) > 2:
        return f", de\u00a0: {shown[0]} à\u00a0: {shown[-1]},"
    return f"\u00a0: {' et '.join(shown)}"


def _first_words(alinea: Alinea) -> str:
    if alinea.tableau is not None:
        return "un tableau"
    words = alinea_text(alinea).replace("\n", " ").split(" ")
    said = " ".join(words)
    if len(words) > SEUILS.mots_cites:
        said = " ".join(words[: SEUILS.mots_cites - 4]).rstrip(",;:.– ") + "…"
    return f"«\u00a0{inner_quotes(said).strip()}\u00a0»"
