"""The LibreOffice judge: each Word file must open, become a PDF, and come back as Word intact."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import docx
from judge_pages import HEADING_LEFT, page_findings
from verdict import Verdict, run_tool, verdict

LIBREOFFICE = "LibreOffice (ouvrir, réexporter)"
ANCHOR_PREFIX = "_cl_"  # bookmarks that tie a clause of a reviewed file to its source
BATCH = 100  # LibreOffice tires after some hundreds of files
FRUITLESS_RUNS = 5
SMALLEST_PDF = 2000
KEPT_TEXT = 0.9
FORMATS = {"pdf": "pdf", "docx": "docx:MS Word 2007 XML"}


def judge_libreoffice(files: Sequence[Path]) -> Verdict:
    """Convert every file to PDF and to Word, then look at what came out."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        return Verdict(
            LIBREOFFICE,
            skipped="soffice absent : apt-get install --no-install-recommends libreoffice-writer",
        )
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        office = Office(soffice, Path(folder))
        copies = office.copy(files)
        for kind in FORMATS:
            for start in range(0, len(copies), BATCH):
                office.convert(copies[start : start + BATCH], kind)
        pairs = zip(files, copies, strict=True)
        return verdict(LIBREOFFICE, [(path, list(_findings(copy, office))) for path, copy in pairs])


class Office:
    """One LibreOffice, with a profile and folders of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder

    def copy(self, files: Sequence[Path]) -> list[Path]:
        """Copies with distinct names: two folders may hold files of the same name."""
        source = self.folder / "source"
        source.mkdir()
        copies = [source / f"{rank:05d}.docx" for rank in range(len(files))]
        for path, copy in zip(files, copies, strict=True):
            shutil.copyfile(path, copy)
        return copies

    def output(self, copy: Path, kind: str) -> Path:
        """Where the conversion of this copy goes."""
        return self.folder / kind / f"{copy.stem}.{kind}"

    def convert(self, copies: Sequence[Path], kind: str) -> None:
        """Convert in one call; when a file stops the others, start again after it."""
        pending = list(copies)
        fruitless = 0
        while pending and fruitless < FRUITLESS_RUNS:
            self._run(pending, kind)
            left = [copy for copy in pending if not self.output(copy, kind).exists()]
            stuck = len(left) == len(pending)
            fruitless += stuck
            pending = left[1:] if stuck else left

    def _run(self, copies: Sequence[Path], kind: str) -> None:
        profile = (self.folder / "profil").as_uri()
        options = ["--headless", "--norestore", f"-env:UserInstallation={profile}"]
        # The input filter is imposed: a damaged file must not be opened as plain text.
        options += ["--infilter=MS Word 2007 XML", "--convert-to", FORMATS[kind]]
        command = [self.program, *options, "--outdir", str(self.folder / kind), *map(str, copies)]
        run_tool(command, timeout=120 + 20 * len(copies))


def headings_are_kept(copy: Path) -> bool:
    """Whether the file ties each heading to what follows: what LibreOffice then leaves is its own.

    LibreOffice 7.4 was seen to leave three of them; nothing shows that Word does.
    """
    styles = (p.style for p in docx.Document(str(copy)).paragraphs if p.style is not None)
    headings = [s for s in styles if s.name and s.name.startswith("Heading")]
    return bool(headings) and all(style.paragraph_format.keep_with_next for style in headings)


def _findings(copy: Path, office: Office) -> Iterator[str]:
    pdf = office.output(copy, "pdf")
    if not pdf.exists():
        yield "ne s'ouvre pas, ou ne s'exporte pas en PDF"
    elif not pdf.read_bytes().startswith(b"%PDF-") or pdf.stat().st_size < SMALLEST_PDF:
        yield "export PDF vide ou illisible"
    elif shutil.which("pdftotext"):
        kept = headings_are_kept(copy)
        yield from (f for f in page_findings(pdf) if not (kept and HEADING_LEFT in f))
    word = office.output(copy, "docx")
    if word.exists():
        yield from compare(copy, word)
    else:
        yield "ne se réexporte pas en Word"


def compare(original: Path, returned: Path) -> Iterator[str]:
    """What the round trip lost: anchors of clauses, text."""
    try:
        anchors, length = _content(original)
    except (zipfile.BadZipFile, ImportError):
        return  # another judge says so
    try:
        anchors_back, length_back = _content(returned)
    except zipfile.BadZipFile:
        yield "réexport Word illisible"
        return
    if anchors != anchors_back:
        lost = ", ".join(sorted(anchors - anchors_back)) or "aucun"
        added = ", ".join(sorted(anchors_back - anchors)) or "aucun"
        yield f"signets de clause changés au réexport (perdus : {lost} ; ajoutés : {added})"
    if length_back < KEPT_TEXT * length:
        yield f"texte perdu au réexport : {length_back} caractères au lieu de {length}"


def _content(path: Path) -> tuple[set[str], int]:
    """Names of the clause bookmarks, and number of characters of the main text."""
    from word_package import iter_w, open_package, value

    package = open_package(path.read_bytes())
    tree = package.trees.get(package.main)
    if tree is None:
        return set(), 0
    names = {value(node, "name") or "" for node in iter_w(tree, "bookmarkStart")}
    length = sum(len(node.text or "") for node in iter_w(tree, "t"))
    return {name for name in names if name.startswith(ANCHOR_PREFIX)}, length
