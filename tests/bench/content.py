"""The act that every contender writes: real clauses of the sample library, five tables of 30 rows.

Ours comes as a document of the model, the others' as a flat list of the very same words. It has
turns, of other letters as wide: an engine that remembers what it laid out has to lay it out again.
"""

from __future__ import annotations

import functools
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.data.depot import Affaire
from caqes_docs.document import model as doc
from caqes_docs.document.empreinte import canonical_json
from caqes_docs.document.lecture import read_document
from caqes_docs.document.texte import blocks_text, heading_text
from caqes_docs.document.walk import iter_blocks, plain
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.types import find_type

RACINE = Path(__file__).resolve().parents[2]
DOSSIER = "990780017"
ROWS = 30
_COLUMNS = (0, 2, 3, 4, 5)
"""Those kept of the long tables of the act, which have six."""
_WIDTHS = (4, 3, 5, 2, 2)
_SHORT_ROW = 360
"""Letters of a row at most: with the longest rows, the act would take thirty pages."""
TURNS = 8
"""As many as acts of PDF made in one race: no two are the same."""
_SAID = re.compile(r'(?<="texte":")(?:[^"\\]|\\.)*')
_TWINS = (("bd", "db"), ("pq", "qp"), ("ae", "ea"))
"""Letters as wide as each other in the fonts of the acts."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to write: `kind` is « titre », « texte », « puce », « tableau » or « cadres »."""

    kind: str
    text: str = ""
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)
    """The rows of a table, its header first; or the only row of the signature boxes."""


@functools.cache
def project() -> Projet:
    """The project of the repository, loaded once per process."""
    return Projet(RACINE)


def contract_type() -> TypeDocument:
    """The contract of the sample project."""
    return find_type(project().types, "contrat")


@functools.cache
def affaire() -> Affaire:
    """The real dossier that is assembled."""
    return project().depot([DOSSIER]).select([DOSSIER])[0]


def assemble_real() -> Assemblage:
    """The act of the real dossier, assembled anew."""
    racine = project()
    return assemble_act(contract_type(), affaire(), racine.bibliotheque, racine.droit, Options())


def bench_document() -> doc.Document:
    """Some twenty pages: the prose of the contract, and five annexes of one long table each."""
    document = assemble_real().document
    prose = tuple(bloc for bloc in document.corps if _is_prose(bloc))
    annexes = (
        bloc
        for bloc in document.corps
        if isinstance(bloc, doc.Section) and bloc.ancre.endswith("_ann")
    )
    tables = list(_tables(document.corps))
    kept = itertools.islice(annexes, len(tables))
    filled = tuple(_fill(annexe, table) for annexe, table in zip(kept, tables, strict=True))
    return replace(document, couverture=(), corps=prose + filled)


@functools.cache
def bench_turns() -> tuple[doc.Document, ...]:
    """The act, then as many of other digits and of other letters, in the same places."""
    document = bench_document()
    said = canonical_json(document).decode()
    turns = (_SAID.sub(functools.partial(_turned, turn), said) for turn in range(TURNS))
    read = (read_document(turn.encode(), "tour") for turn in turns)
    return tuple(replace(turn, pieces=document.pieces) for turn in read)


def _turned(turn: int, text: re.Match[str]) -> str:
    return text[0].translate(_letters_of(turn))


@functools.cache
def _letters_of(turn: int) -> dict[int, int]:
    digits = "0123456789"
    pairs = [(digits, digits[turn:] + digits[:turn])]
    pairs += [twins for bit, twins in enumerate(_TWINS) if turn >> bit & 1]
    return str.maketrans(*map("".join, zip(*pairs, strict=True)))


def _is_prose(bloc: doc.Bloc) -> bool:
    return not any(
        isinstance(inner, doc.Tableau | doc.Sommaire | doc.SautDePage)
        for inner in iter_blocks((bloc,))
    )


def _tables(blocs: tuple[doc.Bloc, ...]) -> Iterator[doc.Tableau]:
    """Five tables, their rows taken in turn from the tables of the act that have six columns."""
    sources = [
        bloc
        for bloc in iter_blocks(blocs)
        if isinstance(bloc, doc.Tableau) and len(bloc.colonnes) == max(_COLUMNS) + 1
    ]
    rows = itertools.cycle(
        ligne
        for source in sources
        for ligne in source.lignes
        if len(ligne) == len(source.colonnes) and len(_words(_cut(ligne))) <= _SHORT_ROW
    )
    columns = tuple(doc.Colonne(width) for width in _WIDTHS)
    header = _cut(sources[0].entete[0])
    for _ in range(5):
        lines = tuple(_cut(ligne) for ligne in itertools.islice(rows, ROWS))
        yield doc.Tableau(columns, (header,), lines)


def _words(ligne: doc.Ligne) -> str:
    return "".join(_cell(cellule) for cellule in ligne)


def _cut(ligne: doc.Ligne) -> doc.Ligne:
    return tuple(ligne[column] for column in _COLUMNS)


def _fill(annexe: doc.Section, table: doc.Tableau) -> doc.Section:
    clause = annexe.blocs[0]
    assert isinstance(clause, doc.Clause)
    return replace(
        annexe,
        orientation="portrait",
        nouvelle_page=False,
        blocs=(replace(clause, blocs=(table,)),),
    )


def flat_parts(blocs: tuple[doc.Bloc, ...]) -> Iterator[Part]:  # noqa: C901
    """The words of `blocs`, as one hands them to a general library."""
    for bloc in blocs:
        match bloc:
            case doc.Paragraphe():
                yield Part("texte", plain(bloc.contenu))
            case doc.Section() | doc.Clause():
                if bloc.titre is not None:
                    yield Part("titre", heading_text(bloc.titre), bloc.titre.niveau)
                yield from flat_parts(bloc.blocs)
            case doc.Encart():
                yield from flat_parts(bloc.blocs)
            case doc.Liste():
                yield from _items(bloc)
            case doc.Tableau():
                rows = [[_cell(cell) for cell in ligne] for ligne in bloc.entete + bloc.lignes]
                yield Part("tableau", rows=rows)
            case doc.BlocSignature():
                yield Part("cadres", rows=[_boxes(bloc)])
            case doc.Sommaire() | doc.SautDePage() | doc.Graphique() | doc.BlocSuivi():
                raise ValueError("not in the content of the bench")


def _items(liste: doc.Liste) -> Iterator[Part]:
    for element in liste.elements:
        first, *others = flat_parts(element.blocs)
        yield replace(first, kind="puce", text=f"{element.marque} {first.text}".strip())
        yield from others


def _cell(cellule: doc.Cellule) -> str:
    return blocks_text(cellule.blocs)


def _boxes(bloc: doc.BlocSignature) -> list[str]:
    return [
        "\n".join(plain(line) for line in (box.qualite, box.mention, box.nom))
        for box in bloc.signataires
    ]


def lines_of(docx: bytes) -> list[str]:
    """The printed lines of the body of a Word file, blanks left out, sorted.

    Sorted, because signature boxes may be read by box or across them: same words, other order.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    lines = [
        "".join(line.split())
        for paragraph in root.iter(f"{_WORD}p")
        for line in "".join(map(_letters, paragraph.iter())).split("\n")
    ]
    return sorted(filter(None, lines))


def _letters(node: etree._Element) -> str:
    """Words, ends of lines, and the hyphens that Word keeps on one line: elements of their own."""
    if node.tag == f"{_WORD}t":
        return str(node.text or "")
    return {f"{_WORD}br": "\n", f"{_WORD}noBreakHyphen": "-"}.get(str(node.tag), "")
