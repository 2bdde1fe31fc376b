"""What an amending act designates: divisions as their headings part them, alinéas, tables.

A unit runs from a heading to the next one, as a reader sees it: a clause without a heading belongs
to the unit above. Addresses are read there as ranks, and runs of nodes as alinéas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, cast

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.formules import Formules
from caqes_docs.document.revision.alineas import ordinal
from caqes_docs.document.revision.arbre import NoeudActe, children, is_layout
from caqes_docs.document.revision.comparer import PARTIES, child, inside
from caqes_docs.document.revision.script import AdresseActe, Changement, Remplacement
from caqes_docs.document.texte import reference_words
from caqes_docs.document.walk import plain

TIRET = "–"
"""What an item without a mark opens with, when it is quoted."""


@dataclass(frozen=True, slots=True)
class Alinea:
    """Whatever begins on a new line; a table is one."""

    adresse: AdresseActe
    noeud: doc.Bloc
    marque: str
    """What the item opens with, when the alinéa is the first of one."""
    parent: AdresseActe
    rang: int
    """The smallest run that a script may replace: child `rang` of `parent`."""
    compte: bool
    """Whether it has a settled rank."""

    @property
    def tableau(self) -> doc.Tableau | None:
        """The table that it is, if it is one."""
        return self.noeud if isinstance(self.noeud, doc.Tableau) else None


@dataclass(slots=True)
class UniteActe:
    """A heading and what follows it, up to the next heading."""

    rang: int
    ancre: str
    titre: doc.Titre | None
    partie: int
    annexe: int | None = None
    """The unit of the annex around it, its own rank when it is the annex."""
    alineas: list[Alinea] = field(default_factory=list)
    fin: int = 0
    """The unit that follows all those that it holds."""

    @property
    def numerotee(self) -> bool:
        """Whether its heading bears a number."""
        return self.titre is not None and bool(self.titre.numero)

    @property
    def couverture(self) -> bool:
        """Whether it is the cover, whose lines are not counted."""
        return self.titre is None and not self.partie

    def settled(self, rang: int) -> bool:
        """Whether the alinéas up to `rang`, from 0 and included, have settled ranks."""
        return all(one.compte for one in self.alineas[: rang + 1])


CAPTION = "tableau «\u00a0"
"""How a table that its caption designates begins."""
Position = tuple[int, int]
"""A unit, and how many of its alinéas stand before."""


def has_heading(noeud: NoeudActe) -> bool:
    """Whether a node is, or holds, a division that a heading opens."""
    if isinstance(noeud, doc.Section) or (isinstance(noeud, doc.Clause) and noeud.titre):
        return True
    return isinstance(noeud, doc.Clause) and any(has_heading(bloc) for bloc in noeud.blocs)


class PlanUnites:
    """The units of a state, and where each address stands in them."""

    def __init__(self, a: doc.Document) -> None:
        self.unites: list[UniteActe] = []
        self.places: dict[tuple[str, tuple[int, ...]], Position] = {}
        self.racines: dict[str, tuple[int, ...]] = {"": ()}
        """By anchor, the way down from the document."""
        self.parents: dict[str, tuple[AdresseActe, int]] = {}
        self._a = a
        for rang, partie in enumerate(PARTIES):
            self._open("", None, rang)
            self._sequence(getattr(a, partie), AdresseActe("", (rang,)), (rang,), "", None)

    def _open(self, ancre: str, titre: doc.Titre | None, partie: int) -> UniteActe:
        rang = len(self.unites)
        unite = UniteActe(rang, ancre, titre, partie, fin=rang + 1)
        self.unites.append(unite)
        return unite

    def _sequence(
        self,
        noeuds: tuple[Any, ...],
        adresse: AdresseActe,
        racine: tuple[int, ...],
        marque: str,
        run: tuple[AdresseActe, int] | None,
    ) -> None:
        for rang, noeud in enumerate(noeuds):
            self._mark(adresse, rang)
            here, way = child(adresse, rang), (*racine, rang)
            self._node(noeud, here, way, marque if rang == 0 else "", run or (adresse, rang))
        self._mark(adresse, len(noeuds))

    def _mark(self, adresse: AdresseActe, rang: int) -> None:
        unite = self.unites[-1]
        key = (adresse.ancre, (*adresse.chemin, rang))
        self.places[key] = (unite.rang, len(unite.alineas))

    def _node(
        self,
        noeud: NoeudActe,
        adresse: AdresseActe,
        racine: tuple[int, ...],
        marque: str,
        run: tuple[AdresseActe, int],
    ) -> None:
        if isinstance(noeud, doc.Clause | doc.Section):
            self._division(noeud, adresse, racine)
        elif isinstance(noeud, doc.Liste):
            self._sequence(noeud.elements, adresse, racine, "", None)
        elif isinstance(noeud, doc.Element):
            opening = noeud.marque or TIRET
            self._sequence(noeud.blocs, adresse, racine, opening, run)
        elif not is_layout(noeud):
            bloc: Any = noeud
            alinea = Alinea(adresse, bloc, marque, *run, _is_settled(noeud))
            self.unites[-1].alineas.append(alinea)

    def _division(
        self, noeud: doc.Clause | doc.Section, adresse: AdresseActe, racine: tuple[int, ...]
    ) -> None:
        self.racines[noeud.ancre] = racine
        self.parents[noeud.ancre] = (
            replace(adresse, chemin=adresse.chemin[:-1]),
            adresse.chemin[-1],
        )
        if noeud.titre is not None:
            before = self.unites[-1]
            unite = self._open(noeud.ancre, noeud.titre, racine[0])
            if len(racine) == 2 and noeud.titre.numero.startswith("Annexe"):
                unite.annexe = unite.rang
            elif len(racine) > 2 and before.annexe is not None:
                unite.annexe = before.annexe
        rang = len(self.unites) - 1
        self._sequence(noeud.blocs, inside(noeud, adresse), racine, "", None)
        if noeud.titre is not None:
            self.unites[rang].fin = len(self.unites)

    # -- addresses --

    def node(self, racine: tuple[int, ...]) -> NoeudActe:
        """The node at the end of a way from the document."""
        noeud: Any = getattr(self._a, PARTIES[racine[0]])
        for rang in racine[1:]:
            noeud = children(noeud)[rang]
        return cast("NoeudActe", noeud)

    def way(self, adresse: AdresseActe) -> tuple[int, ...]:
        """The way from the document to a place."""
        return (*self.racines[adresse.ancre], *adresse.chemin)

    def position(self, adresse: AdresseActe) -> Position:
        """How many alinéas of which unit stand before a place."""
        if not adresse.chemin:
            return self.unit_of(adresse.ancre).rang, 0
        for length in range(len(adresse.chemin), 0, -1):
            found = self.places.get((adresse.ancre, adresse.chemin[:length]))
            if found is not None:
                return found
        raise KeyError(adresse)

    def span(self, operation: Remplacement) -> tuple[Position, Position]:
        """The positions before and after what an operation takes away."""
        adresse = operation.adresse
        end = (*adresse.chemin[:-1], adresse.chemin[-1] + len(operation.avant))
        return self.position(adresse), self.places[adresse.ancre, end]

    def alinea(self, operation: Changement) -> tuple[UniteActe, int] | None:
        """The alinéa whose words, cells or rows an operation changes."""
        unite, rang = self.position(operation.adresse)
        alineas = self.unites[unite].alineas
        if rang < len(alineas) and _is_prefix(
            self.way(alineas[rang].adresse), self.way(operation.adresse)
        ):
            return self.unites[unite], rang
        return None

    def unit_of(self, ancre: str) -> UniteActe:
        """The unit that the heading of an anchor opens."""
        return next(one for one in self.unites if one.ancre == ancre and one.titre is not None)

    def head(self, unite: UniteActe) -> UniteActe:
        """The unit that an amending article names: itself, or the annex around it."""
        return unite if unite.annexe is None else self.unites[unite.annexe]


def _is_prefix(first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    return second[: len(first)] == first


def _is_settled(noeud: NoeudActe) -> bool:
    match noeud:
        case doc.Paragraphe():
            return noeud.role != "intertitre" and "\n" not in plain(noeud.contenu)
        case _:
            return isinstance(noeud, doc.Tableau)


# -- what a replacement does to alinéas, and to headings --


@dataclass(frozen=True, slots=True)
class EditionAlineas:
    """Alinéas `debut:fin` of a unit become `tete`; divisions go, others come after."""

    unite: UniteActe
    debut: int
    fin: int
    tete: tuple[Any, ...]
    """New blocks, items or rows, before any heading."""
    retirees: tuple[doc.Clause | doc.Section, ...]
    suite: tuple[doc.Bloc, ...]
    """New divisions, from the first heading on."""


def read_edition(plan: PlanUnites, operation: Remplacement) -> EditionAlineas:
    """What an operation on nodes does, as a reader of the act counts."""
    (unite, debut), (_, end) = plan.span(operation)
    before, gone = split_headings(operation.avant)
    tete, suite = split_headings(operation.apres)
    found = plan.unites[unite]
    fin = len(found.alineas) if gone else end
    return EditionAlineas(found, debut, fin, tete, tuple(iter_headings(gone)), suite)


def split_headings(noeuds: tuple[Any, ...]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """What stands before the first heading, and from it on; clauses without one are opened."""
    for rang, noeud in enumerate(noeuds):
        if not has_heading(noeud):
            continue
        if isinstance(noeud, doc.Clause) and noeud.titre is None:
            before, after = split_headings(noeud.blocs)
            return (*noeuds[:rang], *before), (*after, *noeuds[rang + 1 :])
        return noeuds[:rang], noeuds[rang:]
    return noeuds, ()


# -- names --


def unit_name(unite: UniteActe, plan: PlanUnites, formules: Formules) -> str:
    """What a unit is called in a sentence, article included: « l’article 10-3 »."""
    titre = unite.titre
    if titre is None:
        return formules.entete if unite.partie else formules.couverture
    words = plain(titre.contenu)
    if not titre.numero:
        name = formules.noms.get(words) or f"la partie «\u00a0{inner_quotes(words)}\u00a0»"
        above = plan.head(unite)
        return name if above is unite else f"{name} {of(unit_name(above, plan, formules))}"
    return with_article(reference_words(titre.numero))


def with_article(nom: str) -> str:
    """A numbered division with its article.

    >>> with_article("article 5"), with_article("chapitre 2"), with_article("section 1")
    ('l’article 5', 'le chapitre 2', 'la section 1')
    """
    if nom[:1] in "aeiouéèhAEIOUÉ":
        return f"l’{nom}"
    return f"la {nom}" if nom.startswith(("section", "partie")) else f"le {nom}"


def of(nom: str) -> str:
    """A name after « de ».

    >>> of("le préambule"), of("l’annexe 2"), of("la page de garde")
    ('du préambule', 'de l’annexe 2', 'de la page de garde')
    """
    return f"du {nom[3:]}" if nom.startswith("le ") else f"de {nom}"


def to(nom: str) -> str:
    """A name after « à ».

    >>> to("le préambule"), to("l’annexe 2")
    ('au préambule', 'à l’annexe 2')
    """
    return f"au {nom[3:]}" if nom.startswith("le ") else f"à {nom}"


def inner_quotes(texte: str) -> str:
    r"""`texte` as it stands between quotes: its own ones become inner ones.

    >>> inner_quotes("le «\u00a0référent\u00a0» nommé")
    'le “référent” nommé'
    """
    for blank in ("\u00a0", "\u202f", " ", ""):
        texte = texte.replace(f"«{blank}", "“").replace(f"{blank}»", "”")
    return texte


def iter_headings(blocs: tuple[doc.Bloc, ...]) -> Iterator[doc.Clause | doc.Section]:
    """The outermost divisions with a heading in some blocks, in order."""
    for bloc in blocs:
        if isinstance(bloc, doc.Section) or (isinstance(bloc, doc.Clause) and bloc.titre):
            yield bloc
        elif isinstance(bloc, doc.Clause):
            yield from iter_headings(bloc.blocs)


def table_name(plan: PlanUnites, unite: UniteActe, rang: int) -> str:
    """How a table is designated, article included; empty when neither caption nor rank does."""
    tableau = unite.alineas[rang].tableau
    if tableau is None:
        return ""
    caption = plain(tableau.legende)
    head = plan.head(unite)
    tables = [
        alinea.tableau
        for other in plan.unites
        if plan.head(other) is head
        for alinea in other.alineas
        if alinea.tableau is not None
    ]
    if caption and sum(plain(one.legende) == caption for one in tables) == 1:
        return f"le {CAPTION}{inner_quotes(caption)}\u00a0»"
    return f"le tableau du {ordinal(rang + 1)} alinéa" if unite.settled(rang) else ""
