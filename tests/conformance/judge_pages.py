"""The judge of pages: none nearly empty, no signature nor heading alone, no word cut in silence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from verdict import Verdict, last_line, run_tool, verdict

PAGES = "pages (remplissage, signatures, titres, mots)"
SMALLEST = 0.08
"""The part of a page that its text fills at least, but for the first and the last. The aim is one
fifth: seven contracts of the sample region have a page under it, where an annex turns upright."""
ALONE = 6
"""The lines of a signature with its place and date: with no more of them, it stands alone."""
BAND = 0.08
"""Running heads and feet stand in so much of the height, above and below."""
TIMEOUT = 60.0
SIGNATURE = re.compile(r"^\(?(?:cachet|signature|date et signature)\b", re.IGNORECASE)
HEADING = re.compile(r"^(?:Article|Chapitre|Annexe)\s\d+[\d-]*(?:er)?(?:\s:.*)?$")
CUT = re.compile(r"[a-zà-ÿ]{4,}$")
REST = re.compile(r"^[a-zà-ÿ]{1,2}$")

Line = tuple[float, float, str]
"""Top and bottom as parts of the height of the page, and words."""


def judge_pages(files: Sequence[Path]) -> Verdict:
    """Read where the lines of each page stand, with pdftotext."""
    program = shutil.which("pdftotext")
    if program is None:
        return Verdict(PAGES, skipped="pdftotext absent : apt-get install poppler-utils")
    return verdict(PAGES, ((path, list(_findings(program, path))) for path in files))


def _findings(program: str, path: Path) -> Iterator[str]:
    answer = run_tool([program, "-bbox-layout", path, "-"], TIMEOUT)
    if answer.code != 0:
        yield last_line(answer)
        return
    pages = list(read_pages(answer.out))
    for rank, (lines, cells) in enumerate(pages, 1):
        yield from (f"p. {rank} : {told}" for told in _page(lines, rank, len(pages)))
        yield from (f"p. {rank} : mot coupé sans trait d’union : {word}" for word in cut(cells))


def _page(lines: Sequence[Line], rank: int, count: int) -> Iterator[str]:
    if not lines:
        yield "vide"
        return
    filled = (max(bottom for _, bottom, _ in lines) - BAND) / (1 - 2 * BAND)
    if 1 < rank < count and filled < SMALLEST:
        yield f"remplie à {max(filled, 0.0):.0%}"
    if 1 < rank < count and HEADING.match(lines[-1][2]):
        yield f"titre en bas de page : {lines[-1][2]}"
    if rank > 1 and len(lines) <= ALONE and any(SIGNATURE.match(words) for *_, words in lines):
        yield "signature seule sur la page"


def read_pages(text: str) -> Iterator[tuple[list[Line], list[list[str]]]]:
    """The lines of the body of each page, from top to bottom, and those of each block."""
    clean = re.sub(r'[\x00-\x08\x0b\x0c\x0e-\x1f]| xmlns="[^"]*"', "", text)
    for page in ElementTree.fromstring(clean).iter("page"):
        height = float(page.attrib["height"])
        blocks = [
            [
                (
                    float(line.attrib["yMin"]) / height,
                    float(line.attrib["yMax"]) / height,
                    " ".join(word.text or "" for word in line.iter("word")),
                )
                for line in block.iter("line")
            ]
            for block in page.iter("block")
        ]
        lines = sorted(
            line for block in blocks for line in block if line[0] > BAND and line[1] < 1 - BAND / 2
        )
        yield lines, [[words for *_, words in block] for block in blocks]


def cut(blocks: Sequence[Sequence[str]]) -> Iterator[str]:
    """Words whose last letters stand alone on the next line of a cell.

    >>> list(cut([["antibiothérapi", "e"], ["mis à", "jour"]]))
    ['antibiothérapi/e']
    """
    for block in blocks:
        for line, after in zip(block, block[1:], strict=False):
            if REST.match(after) and " " not in line and CUT.search(line):
                yield f"{line}/{after}"
