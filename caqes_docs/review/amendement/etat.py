"""A state of an act as its reader sees it: divisions, alinéas counted, rows; nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from caqes_docs.document import model as doc

_BLANKS = "\u00a0\u2007\u2009\u202f\u2060\t\n"
_SAME = {
    **dict.fromkeys(map(ord, _BLANKS), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"), None),
    ord("’"): "'",
    ord("•"): "–",
}
_INSIDE = re.compile(r"« ?| ?»|[“”]")


def bare_words(texte: str) -> str:
    r"""`texte` without its typography: what two readers agree that it says.

    >>> bare_words("l’«\u00a0avis\u00a0»  rendu") == bare_words("l'“avis” rendu")
    True
    """
    folded = " ".join(unicodedata.normalize("NFC", texte).translate(_SAME).split())
    return _INSIDE.sub('"', folded)


@dataclass(slots=True)
class TableLue:
    """The rows of a table, header apart, each as one line."""

    legende: str
    entete: list[str]
    lignes: list[str]
    titres: list[str] = field(default_factory=list)
    """What heads the columns."""
    cellules: list[list[str]] = field(default_factory=list)
    """The cells of each row."""

    def line(self) -> str:
        """All that it prints."""
        return " ".join([*([self.legende] if self.legende else []), *self.entete, *self.lignes])


@dataclass(slots=True)
class AlineaLu:
    """What begins on a new line; an aside, a box have no rank."""

    lignes: list[str]
    """One, but for an aside or a box."""
    compte: bool = True
    table: TableLue | None = None

    def lines(self) -> list[str]:
        """All that it prints."""
        return [self.table.line()] if self.table else self.lignes


@dataclass(slots=True)
class DivisionLue:
    """A heading, and what stands under it up to the next one."""

    rang: int
    nom: str
    """What a sentence calls it, article included."""
    titre: list[str]
    fin: int = 0
    """The division that follows all those that it holds."""
    annexe: int | None = None
    alineas: list[AlineaLu] = field(default_factory=list)

    def lines(self) -> list[str]:
        """All that it prints."""
        return [*self.titre, *(ligne for one in self.alineas for ligne in one.lines())]


class EtatLu:
    """The divisions of an act, in reading order, and what they are called."""

    def __init__(
        self, document: doc.Document, entete: str, couverture: str, noms: Mapping[str, str]
    ) -> None:
        self.divisions: list[DivisionLue] = []
        self.lieux: dict[tuple[str, tuple[int, ...]], tuple[int, int]] = {}
        """By place of a node, the division and how many alinéas stand before."""
        self.ancres: dict[str, int] = {}
        self._noms = {bare_words(titre): nom for titre, nom in noms.items()}
        for partie, (nom, blocs) in enumerate(
            ((couverture, document.couverture), (entete, document.corps))
        ):
            self._open(nom, [])
            self._all(blocs, "", (partie,), "")

    def lines(self) -> list[str]:
        """Every line of the act; an annex is one."""
        return gathered(self.divisions, [one.lines() for one in self.divisions])

    # -- going down the model --

    def _open(self, nom: str, titre: list[str]) -> DivisionLue:
        rang = len(self.divisions)
        division = DivisionLue(rang, bare_words(nom), [bare_words(x) for x in titre], rang + 1)
        self.divisions.append(division)
        return division

    def _all(self, noeuds: Sequence[Any], ancre: str, chemin: tuple[int, ...], marque: str) -> None:
        for rang, noeud in enumerate(noeuds):
            self._here(ancre, (*chemin, rang))
            self._one(noeud, ancre, (*chemin, rang), marque if rang == 0 else "")
        self._here(ancre, (*chemin, len(noeuds)))

    def _here(self, ancre: str, chemin: tuple[int, ...]) -> None:
        last = self.divisions[-1]
        self.lieux[ancre, chemin] = (last.rang, len(last.alineas))

    def _one(self, noeud: Any, ancre: str, chemin: tuple[int, ...], marque: str) -> None:
        match noeud:
            case doc.Clause() | doc.Section():
                self._division(noeud, top=not ancre and len(chemin) == 2)
            case doc.Liste():
                self._all(noeud.elements, ancre, chemin, "")
            case doc.Element():
                self._all(noeud.blocs, ancre, chemin, f"{noeud.marque or '–'} ")
            case doc.SautDePage() | doc.Sommaire():
                pass
            case doc.Tableau():
                self.divisions[-1].alineas.append(AlineaLu([], table=_table(noeud)))
            case _:
                first, *rest = list(_lines(noeud)) or [""]
                counts = isinstance(noeud, doc.Paragraphe) and noeud.role != "intertitre"
                said = [bare_words(one) for one in (marque + first, *rest)]
                alinea = AlineaLu(said, counts and "\n" not in first)
                self.divisions[-1].alineas.append(alinea)

    def _division(self, noeud: doc.Clause | doc.Section, *, top: bool) -> None:
        titre = noeud.titre
        if titre is None:
            self._all(noeud.blocs, noeud.ancre, (), "")
            return
        words, above = _words(titre.contenu), self.divisions[-1].annexe
        number = titre.numero[:1].lower() + titre.numero[1:]
        annex = top and number.startswith("annexe")
        nom = _with_article(number) if number else self._named(words, None if top else above)
        lines = [titre.numero, words] if titre.sur_deux_lignes else [f"{titre.numero} : {words}"]
        division = self._open(nom, lines if titre.numero else [words])
        division.annexe = division.rang if annex else None if top else above
        self.ancres[noeud.ancre] = division.rang
        self._all(noeud.blocs, noeud.ancre, (), "")
        division.fin = len(self.divisions)

    def _named(self, words: str, annexe: int | None) -> str:
        nom = self._noms.get(bare_words(words)) or f"la partie « {words} »"
        return nom if annexe is None else f"{nom} de {self.divisions[annexe].nom}"


def gathered(divisions: Sequence[DivisionLue], lines: Sequence[list[str]]) -> list[str]:
    """The lines of divisions, those of an annex and of its parts made one."""
    out: list[str] = []
    for annexe, group in groupby(zip(divisions, lines, strict=True), lambda one: one[0].annexe):
        inside = [ligne for _, mine in group for ligne in mine]
        out += inside if annexe is None else [" ".join(inside)] if inside else []
    return out


def _lines(noeud: Any) -> Iterator[str]:
    """The lines of anything that holds no heading."""
    match noeud:
        case doc.Paragraphe():
            yield _words(noeud.contenu)
        case doc.Liste():
            for element in noeud.elements:
                first, *rest = _all_lines(element.blocs) or [""]
                yield f"{element.marque or '–'} {first}"
                yield from rest
        case doc.BlocSignature():
            for box in noeud.signataires:
                yield from (_words(one) for one in (box.qualite, box.mention, box.nom))
        case doc.Graphique():
            yield from (_words(noeud.titre), noeud.alternative)
        case doc.Encart():
            yield from _all_lines(noeud.blocs)
        case _:
            yield from [_table(noeud).line()] if isinstance(noeud, doc.Tableau) else ()


def _all_lines(blocs: Sequence[Any]) -> list[str]:
    return [one for bloc in blocs for one in _lines(bloc)]


def _table(tableau: doc.Tableau) -> TableLue:
    header, rows = ([_cells(one) for one in part] for part in (tableau.entete, tableau.lignes))
    legende = bare_words(_words(tableau.legende))
    above, lines = ([bare_words(" ".join(one)) for one in part] for part in (header, rows))
    return TableLue(legende, above, lines, header[0] if header else [], rows)


def _cells(ligne: doc.Ligne) -> list[str]:
    return [
        bare_words(" ".join(one for bloc in cell.blocs for one in _lines(bloc))) for cell in ligne
    ]


def _words(contenu: Sequence[Any]) -> str:
    return "".join(_printed(one) for one in contenu)


def _printed(inline: Any) -> str:
    if isinstance(inline, doc.SautLigne):
        return "\n"
    inside = getattr(inline, "contenu", None)
    return _words(inside) if inside is not None else str(inline.texte)


def _with_article(numero: str) -> str:
    if unicodedata.normalize("NFD", numero)[:1] in "aeiouh":
        return f"l'{numero}"
    return f"{'la' if numero.startswith(('section', 'partie')) else 'le'} {numero}"
