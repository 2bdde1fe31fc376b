"""Random documents for property tests: every node of the model, legal, resolved, closed."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any, Literal, Protocol, TypeVar

from hypothesis import strategies as st

from caqes_docs.document.model import (
    ACompleter,
    AEcrire,
    Bandeaux,
    Bloc,
    BlocSignature,
    Cellule,
    Citation,
    Clause,
    Colonne,
    Document,
    Element,
    Emphase,
    Encart,
    EntreeSommaire,
    Exposant,
    Fort,
    Graphique,
    IdentiteClause,
    Inline,
    Inlines,
    Ligne,
    Liste,
    Metadonnees,
    Paragraphe,
    Renvoi,
    SautDePage,
    SautLigne,
    Section,
    Serie,
    Signataire,
    Sommaire,
    Tableau,
    Texte,
    Titre,
    Valeur,
)
from caqes_docs.document.texte import heading_text

_T = TypeVar("_T")

FRENCH = st.sampled_from("aàâbcçdeéèêfghiîïjklmnoôœpqrstuùûvwxyzAÉMZ0123456789 .,;:’'()-–%€«»")
HOSTILE = st.sampled_from('&<>{}[]|*#_`"\\/$~^=+@!?\u00a0\u202f\u2011½Ω')
ROLES = ("corps", "corps", "corps", "visa", "note", "mention", "intertitre", "considerant")


class Draw(Protocol):
    """The function hypothesis gives to a composite strategy."""

    def __call__(self, strategy: st.SearchStrategy[_T], label: Any = None) -> _T: ...


def words(max_size: int = 30) -> st.SearchStrategy[str]:
    """Printable words, hostile characters included; never blank."""
    text = st.text(FRENCH | HOSTILE, min_size=1, max_size=max_size)
    return text.map(lambda drawn: drawn if drawn.strip() else "x")


@st.composite
def charts(draw: Draw, titre: Inlines = ()) -> Graphique:
    """A chart, crowded or empty, of any sort."""
    count = draw(st.integers(1, 12))
    cents = st.decimals(-1000, 10**7, allow_nan=False, allow_infinity=False, places=2)
    series = tuple(
        Serie(
            draw(words()),
            tuple(draw(st.lists(st.none() | cents, min_size=count, max_size=count))),
            draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 4)))
    )
    return Graphique(
        titre,
        draw(words()),
        draw(st.sampled_from(("barres", "courbe"))),
        tuple(draw(words()) for _ in range(count)),
        series,
        draw(st.sampled_from(("euro", "taux", "nombre"))),
        draw(st.just("") | words()),
        draw(st.just("") | words()),
    )


class _Builder:
    """Draws one document; anchors and field names are never used twice."""

    def __init__(self, draw: Draw, *, brouillon: bool) -> None:
        self._draw = draw
        self._brouillon = brouillon
        self._numbers: Iterator[int] = itertools.count()
        self.entrees: list[EntreeSommaire] = []

    def inlines(self, depth: int = 1) -> Inlines:
        count = self._draw(st.integers(1, 4))
        return tuple(self._inline(depth) for _ in range(count))

    def _inline(self, depth: int) -> Inline:
        kinds = ["texte", "texte", "valeur", "exposant", "citation", "renvoi", "ecrire", "ligne"]
        kinds += ["fort", "emphase"] if depth else []
        kinds += ["trou"] if self._brouillon else []
        kind = self._draw(st.sampled_from(kinds))
        text = self._draw(words())
        if kind == "renvoi" and self.entrees:
            return Renvoi(text, self._draw(st.sampled_from(self.entrees)).ancre)
        if kind in ("fort", "emphase"):
            return (Fort if kind == "fort" else Emphase)(self.inlines(depth - 1))
        simple: dict[str, Inline] = {
            "valeur": Valeur((Texte(text), Exposant("er")), "chemin.du.champ", "d.yaml:1:1"),
            "exposant": Exposant(text),
            "citation": Citation(text, "css/l162"),
            "trou": ACompleter(text, "chemin.du.champ", "d.yaml:2:1"),
            "ecrire": AEcrire(text, len(text) % 5),
            "ligne": SautLigne(),
        }
        return simple.get(kind, Texte(text))

    def paragraph(self) -> Paragraphe:
        return Paragraphe(self.inlines(), self._draw(st.sampled_from(ROLES)))

    def blocks(self, depth: int = 2, *, tableaux: bool = True) -> tuple[Bloc, ...]:
        count = self._draw(st.integers(1, 3))
        return tuple(self._block(depth, tableaux=tableaux) for _ in range(count))

    def _block(self, depth: int, *, tableaux: bool) -> Bloc:
        """A block; `tableaux` is False in a cell, which never holds a table (`Cellule`)."""
        kinds = ["paragraphe", "paragraphe"]
        kinds += ["liste", "encart", "graphique"] if depth else []
        kinds += ["tableau"] if depth and tableaux else []
        match self._draw(st.sampled_from(kinds)):
            case "liste":
                return self._list(depth - 1)
            case "tableau":
                return self._table(depth - 1)
            case "encart":
                role = self._draw(st.sampled_from(("encart", "avertissement")))
                return Encart(self.blocks(depth - 1), role)
            case "graphique":
                return self._draw(charts(self.inlines()))
            case _:
                return self.paragraph()

    def _list(self, depth: int) -> Liste:
        ordonnee = self._draw(st.booleans())
        count = self._draw(st.integers(1, 3))
        return Liste(
            tuple(
                Element(self.blocks(depth), f"{index + 1}°" if ordonnee else "")
                for index in range(count)
            ),
            ordonnee,
        )

    def _table(self, depth: int) -> Tableau:
        alignments: tuple[Literal["gauche", "centre", "droite"], ...] = (
            "gauche",
            "centre",
            "droite",
        )
        count = self._draw(st.integers(1, 4))
        columns = tuple(
            Colonne(self._draw(st.integers(1, 5)), self._draw(st.sampled_from(alignments)))
            for _ in range(count)
        )
        header = tuple(
            self._row(count, 0, entete=True) for _ in range(self._draw(st.integers(0, 2)))
        )
        rows = tuple(self._row(count, depth) for _ in range(self._draw(st.integers(1, 8))))
        legende = self.inlines() if self._draw(st.booleans()) else ()
        return Tableau(columns, header, rows, legende)

    def _row(self, columns: int, depth: int, *, entete: bool = False) -> Ligne:
        cells: list[Cellule] = []
        while columns:
            span = self._draw(st.integers(1, columns))
            cells.append(Cellule(self.blocks(depth, tableaux=False), span, entete))
            columns -= span
        return tuple(cells)

    def clause(self, niveau: int) -> Clause:
        number = next(self._numbers)
        ancre = f"_cl_{number}"
        identity = IdentiteClause(f"essai.clause_{number}", dt.date(2022, 1, 1), "en vigueur")
        titre = None
        if self._draw(st.booleans()):
            titre = self._heading(niveau, f"Article\u00a0{number}", ancre, deux_lignes=False)
        return Clause(identity, ancre, titre, self.blocks())

    def _heading(self, niveau: int, numero: str, ancre: str, *, deux_lignes: bool) -> Titre:
        named = self._draw(st.booleans())
        contenu = (Texte(self._draw(words())),)
        titre = Titre(niveau, numero if named else "", contenu, deux_lignes)
        self.entrees.append(EntreeSommaire(niveau, heading_text(titre), ancre))
        return titre

    def section(self, niveau: int = 1) -> Section:
        number = next(self._numbers)
        ancre = f"_sec_{number}"
        titre = self._heading(niveau, f"Chapitre\u00a0{number}", ancre, deux_lignes=True)
        blocs: list[Bloc] = [self.clause(niveau + 1) for _ in range(self._draw(st.integers(0, 2)))]
        if niveau == 1 and self._draw(st.booleans()):
            blocs.append(self.section(niveau + 1))
        landscape = niveau == 1 and self._draw(st.booleans())
        nouvelle_page = niveau == 1 and self._draw(st.booleans())
        orientation: Literal["portrait", "paysage"] = "paysage" if landscape else "portrait"
        return Section(ancre, titre, tuple(blocs), orientation, nouvelle_page)

    def signatures(self) -> BlocSignature:
        count = self._draw(st.integers(1, 5))
        return BlocSignature(
            tuple(
                Signataire(self.inlines(0), self.inlines(0), self.inlines(0), f"Signature_{index}")
                for index in range(count)
            )
        )

    def body(self) -> tuple[Bloc, ...]:
        found: list[Bloc] = [self._top() for _ in range(self._draw(st.integers(1, 4)))]
        if self._draw(st.booleans()):
            found.append(self.signatures())
        if self._draw(st.booleans()):
            found = [Sommaire((Texte("Sommaire"),), tuple(self.entrees)), SautDePage(), *found]
        return tuple(found)

    def _top(self) -> Bloc:
        match self._draw(st.sampled_from(("section", "clause", "bloc", "saut"))):
            case "section":
                return self.section()
            case "clause":
                return self.clause(1)
            case "saut":
                return SautDePage()
            case _:
                return self._block(2, tableaux=True)


@st.composite
def documents(draw: Draw, brouillon: bool | None = None) -> Document:
    """A random document; a draft or a final one unless `brouillon` says which."""
    draft = draw(st.booleans()) if brouillon is None else brouillon
    builder = _Builder(draw, brouillon=draft)
    cover = tuple(
        Paragraphe(builder.inlines(0), role)
        for role in draw(st.lists(st.sampled_from(("couverture_titre", "couverture_parties"))))
    )
    return Document(
        metadonnees=Metadonnees(
            type="essai",
            titre=draw(words()),
            sujet=draw(words()),
            auteur=draw(words()),
            reference="ESSAI-1",
            date=dt.date(2026, 1, 15),
            mots_cles=("essai",),
        ),
        bandeaux=Bandeaux(
            entete_gauche=draw(words()),
            entete_droite=draw(words()),
            pied_gauche=draw(words()),
            projet="PROJET" if draft else "",
        ),
        couverture=cover,
        corps=builder.body(),
        brouillon=draft,
        provenance={"moteur": "essai"},
    )
