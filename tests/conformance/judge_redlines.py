"""The judge of tracked changes: LibreOffice accepts and refuses them all, and finds our own text.

What is expected is read from the marks of the file alone (`caqes_docs.review.suivi`). A file that
LibreOffice did not answer in time, or where a mark is left, is a finding, never a pass.

Known divergences, which the texts compared leave out: an empty paragraph stays where a paragraph
just before a table goes; a REF field would be worked out again, so comparisons hold none.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from lxml import etree
from office_redlines import ANSWERS
from verdict import Verdict, run_tool, verdict

from caqes_docs.ooxml.ns import qw
from caqes_docs.review.suivi.resolution import VueSuivie, resolve_body

REDLINES = "LibreOffice (accepter, refuser les modifications)"
MARKS = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellIns", "cellDel")
VUES: dict[str, VueSuivie] = {"accepté": "acceptée", "refusé": "refusée"}
PYTHONS = ("/usr/bin/python3", "/opt/libreoffice/program/python")
RUNNER = Path(__file__).with_name("office_redlines.py")


def judge_redlines(files: Sequence[Path], seconds: float = 60.0) -> Verdict:
    """Judge the Word files that hold tracked changes; `seconds`: patience, per file."""
    tracked = [path for path in files if _is_tracked(path)]
    if not tracked:
        return Verdict(REDLINES)
    soffice, python = shutil.which("soffice"), find_python()
    if soffice is None or python is None:
        missing = "soffice" if soffice is None else "python3-uno"
        return Verdict(REDLINES, skipped=f"{missing} absent : apt-get install {missing}")
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        copies = [Path(folder) / f"{rank:05d}.docx" for rank in range(len(tracked))]
        for path, copy in zip(tracked, copies, strict=True):
            shutil.copyfile(path, copy)
        command = [python, str(RUNNER), soffice, folder, *map(str, copies)]
        run_tool(command, timeout=120 + seconds * len(copies))
        pairs = zip(tracked, copies, strict=True)
        return verdict(REDLINES, [(path, list(_findings(copy))) for path, copy in pairs])


def find_python() -> str | None:
    """A Python that has uno, when there is one."""
    for program in PYTHONS:
        if Path(program).exists() and run_tool([program, "-c", "import uno"], 20).code == 0:
            return program
    return None


def _is_tracked(path: Path) -> bool:
    try:
        body = _body(path)
    except (KeyError, zipfile.BadZipFile, etree.XMLSyntaxError):
        return False  # what is no Word file is another judge's affair
    return next(body.iter(*map(qw, MARKS)), None) is not None


def _body(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    body = root.find(qw("body"))
    if body is None:
        raise KeyError("w:body")
    return body


def _findings(copy: Path) -> Iterator[str]:
    body = _body(copy)
    for name in ANSWERS:
        answered = copy.with_name(f"{copy.stem}.{name}.docx")
        if not answered.exists():
            yield f"tout {name} : LibreOffice n'a rien rendu"
            continue
        after = _body(answered)
        left = sorted({etree.QName(one).localname for one in after.iter(*map(qw, MARKS))})
        if left:
            yield f"tout {name} : il reste des marques {', '.join(left)}"
        expected, found = (_lines(one) for one in (resolve_body(body, VUES[name]), after))
        for wanted, got in zip_longest(expected, found, fillvalue=""):
            if wanted != got:
                yield f"tout {name} : « {got[:80]} » au lieu de « {wanted[:80]} »"
                break


def _lines(body: etree._Element) -> list[str]:
    """The paragraphs that say something, in order, those of cells included."""
    return [words for words in map(_words, body.iter(qw("p"))) if words]


def _words(paragraph: etree._Element) -> str:
    signs = {qw("noBreakHyphen"): "-", qw("tab"): " ", qw("br"): " "}
    said = (signs.get(one.tag, one.text) or "" for one in paragraph.iter(qw("t"), *signs))
    words = "".join(said).replace("\u2011", "-").replace("\u00ad", "")
    return re.sub(r"\s+", " ", words).strip()
