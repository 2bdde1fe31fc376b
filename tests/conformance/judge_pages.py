"""The judge of pages: none nearly empty, no signature nor heading alone, no word cut in silence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from verdict import Verdict, last_line, run_tool, verdict

PAGES = "pages (remplissage, signatures, titres, mots)"
SMALLEST = 0.2
"""The part of a page that its text fills at least, but for the first and the last."""
CLOSING = 2
"""The lines of its act that a signature has above it at least, but for its place and date."""
MARGIN = 54.0
"""Running heads stand in so many points above the text, running feet in as many below."""
TIMEOUT = 60.0
SIGNATURE = re.compile(r"^\(?(?:cachet|signature|date et signature)\b", re.IGNORECASE)
HEADING = re.compile(r"^(?:Article|Chapitre|Annexe)\s\d+[\d-]*(?:er)?(?:\s:.*)?$")
CUT = re.compile(r"[a-zà-ÿ]{4,}$")
REST = re.compile(r"^[a-zà-ÿ]{1,2}$")
# The year of a date, or the code of an action, that has lost its last digit.
NUMBER = re.compile(r"\b(?:19|20)\d$|\b[A-Z]{2,}\d*-\d$")
DIGIT = re.compile(r"^\d$")

BUDGETS = {"contrat": 30, "rapport": 7, "decision": 3, "detail_calcul": 4}
"""The pages that an act takes at most, by the first words of its file."""
KIND = re.compile(r"[a-z_]+?(?=_[0-9]|$)")
SIGNED = re.compile(r"^(?:Fait\b|Pour l[ea’]|L[ea] (?:direct|représent|présid))")
"""What a block of signature opens with: place and date, or who signs."""
BLOCK = 16
"""The lines that a block of signature takes at most above the words of its box."""

Line = tuple[float, float, str]
"""Top and bottom, in points, and words."""


@dataclass(frozen=True)
class Page:
    """The lines of the body of a page, from top to bottom, and those of each block."""

    height: float
    lines: list[Line]
    cells: list[list[str]]

    @property
    def filled(self) -> float:
        """The part of the body above the bottom of the last line."""
        last = max((bottom for _, bottom, _ in self.lines), default=MARGIN)
        return (last - MARGIN) / (self.height - 2 * MARGIN)


HEADING_LEFT = "titre en bas de page"


def kind_of(path: Path) -> str:
    """« rapport » of « rapport_2019_990780017_… »."""
    found = KIND.match(path.stem)
    return found[0] if found else path.stem


def pages_table(files: Iterable[Path]) -> Iterator[str]:
    """Kind by kind: how many files, their pages, what they may take, their emptiest page."""
    kinds: dict[str, list[list[Page]]] = {}
    for path in files:
        kinds.setdefault(kind_of(path), []).append(pages_of(path))
    yield f"{'Document':<32}{'Fichiers':>9}{'Pages':>9}{'Budget':>8}{'Page la moins remplie':>23}"
    for kind, lots in sorted(kinds.items()):
        counts = [len(pages) for pages in lots]
        inner = [page.filled for pages in lots for page in pages[1:-1]]
        told = f"{min(inner):.0%}" if inner else "—"
        span = f"{min(counts)}–{max(counts)}"
        yield f"{kind:<32}{len(lots):>9}{span:>9}{BUDGETS.get(kind, '—'):>8}{told:>23}"


def pages_of(path: Path) -> list[Page]:
    """The pages of a PDF; none when it cannot be read."""
    answer = run_tool(["pdftotext", "-bbox-layout", path, "-"], TIMEOUT)
    return list(read_pages(answer.out)) if answer.code == 0 else []


def judge_pages(files: Sequence[Path]) -> Verdict:
    """Read where the lines of each page stand, with pdftotext."""
    if shutil.which("pdftotext") is None:
        return Verdict(PAGES, skipped="pdftotext absent : apt-get install poppler-utils")
    return verdict(PAGES, ((path, list(page_findings(path))) for path in files))


def page_findings(path: Path) -> Iterator[str]:
    """What is wrong with the pages of a PDF."""
    answer = run_tool(["pdftotext", "-bbox-layout", path, "-"], TIMEOUT)
    if answer.code != 0:
        yield last_line(answer)
        return
    pages = list(read_pages(answer.out))
    if len(pages) > (budget := BUDGETS.get(kind_of(path), len(pages))):
        yield f"{len(pages)} pages, pour {budget} au plus"
    for rank, page in enumerate(pages, 1):
        yield from (f"p. {rank} : {told}" for told in _page(page, rank, len(pages)))
        yield from (
            f"p. {rank} : mot coupé sans trait d’union : {word}" for word in cut(page.cells)
        )


def _page(page: Page, rank: int, count: int) -> Iterator[str]:
    if not page.lines:
        yield "vide"
        return
    if 1 < rank < count and page.filled < SMALLEST:
        yield f"remplie à {max(page.filled, 0.0):.0%}"
    words = [told for *_, told in page.lines]
    if 1 < rank < count and HEADING.match(words[-1]):
        yield f"{HEADING_LEFT} : {words[-1]}"
    if rank > 1 and signs_alone(words):
        yield "signature seule sur la page"


def signs_alone(words: Sequence[str]) -> bool:
    """Whether the first signature of a page has next to nothing of its act above it.

    >>> signs_alone(["Fait à Portclair, le 3 mai", "Pour l’agence", "(cachet et signature)"])
    True
    >>> signs_alone(["décidée", "après avis.", "Fait à Portclair", "(cachet et signature)"])
    False
    """
    boxes = [rank for rank, told in enumerate(words) if SIGNATURE.match(told)]
    if not boxes:
        return False
    start = max(0, boxes[0] - BLOCK)
    opening = (k for k in range(start, boxes[0] + 1) if SIGNED.match(words[k]))
    return next(opening, boxes[0]) < CLOSING


def read_pages(text: str) -> Iterator[Page]:
    """The pages of what `pdftotext -bbox-layout` prints."""
    clean = re.sub(r'[\x00-\x08\x0b\x0c\x0e-\x1f]| xmlns="[^"]*"', "", text)
    for page in ElementTree.fromstring(clean).iter("page"):
        height = float(page.attrib["height"])
        blocks = [
            [
                (
                    float(line.attrib["yMin"]),
                    float(line.attrib["yMax"]),
                    " ".join(word.text or "" for word in line.iter("word")),
                )
                for line in block.iter("line")
            ]
            for block in page.iter("block")
        ]
        lines = sorted(
            line
            for block in blocks
            for line in block
            if line[1] > MARGIN and line[0] < height - MARGIN
        )
        yield Page(height, lines, [[words for *_, words in block] for block in blocks])


def cut(blocks: Sequence[Sequence[str]]) -> Iterator[str]:
    """Words whose last letters stand alone on the next line of a cell.

    >>> list(cut([["antibiothérapi", "e"], ["mis à", "jour"]]))
    ['antibiothérapi/e']
    >>> list(cut([["30 septembre 201", "8"], ["CHUP-0", "1"], ["2 au plus", "3"]]))
    ['30 septembre 201/8', 'CHUP-0/1']
    """
    for block in blocks:
        for line, after in zip(block, block[1:], strict=False):
            word = REST.match(after) and " " not in line and CUT.search(line)
            if word or (DIGIT.match(after) and NUMBER.search(line)):
                yield f"{line}/{after}"
