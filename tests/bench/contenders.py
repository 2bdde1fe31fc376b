"""The contenders: each is prepared once, then makes the same act as many times as asked."""

from __future__ import annotations

import contextlib
import gc
import io
import itertools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench import content
from tests.bench.office import ColdOffice, WarmOffice
from tests.bench.statm import peak_memory

if TYPE_CHECKING:
    import docx.document

    from caqes_docs.document.model import Document

COLUMNS = 5


@dataclass(frozen=True)
class Contender:
    """What makes the act; its memory and its time count the other processes it needs."""

    make: Callable[[], bytes]
    memory: Callable[[], int] = peak_memory
    """At most, KiB."""
    processor: Callable[[], float] = time.process_time
    """So far, seconds."""


Factory = Callable[[Path, contextlib.ExitStack], Contender]


def _in_turn(write: Callable[[Document], bytes]) -> Contender:
    """Each time another turn of the act, the first one first."""
    documents = itertools.cycle(content.bench_turns())
    return Contender(lambda: write(next(documents)))


def _assembly(_folder: Path, _stack: contextlib.ExitStack) -> Contender:
    def make() -> bytes:
        content.assemble_real()
        return b""

    return Contender(make)


def _whole_word(_folder: Path, _stack: contextlib.ExitStack) -> Contender:
    """Assembly and Word, as `caqes generer` chains them: the charte is looked up each time."""
    from caqes_docs.rendering.docx.charte.charte import load_charte
    from caqes_docs.rendering.docx.writer import write_docx

    charte = content.contract_type().charte
    return Contender(lambda: write_docx(content.assemble_real().document, load_charte(charte)))


def _our_word(_folder: Path, _stack: contextlib.ExitStack) -> Contender:
    from caqes_docs.rendering.docx.charte.charte import load_charte
    from caqes_docs.rendering.docx.writer import write_docx

    charte = content.contract_type().charte
    return _in_turn(lambda document: write_docx(document, load_charte(charte)))


def _our_pdf(_folder: Path, _stack: contextlib.ExitStack) -> Contender:
    from caqes_docs.rendering.typst.moteur import write_pdf

    return _in_turn(write_pdf)


def _our_pair(_folder: Path, _stack: contextlib.ExitStack) -> Contender:
    """Word and PDF of one act; the PDF is what is given back."""
    from caqes_docs.rendering.docx.charte.charte import load_charte
    from caqes_docs.rendering.docx.writer import write_docx
    from caqes_docs.rendering.typst.moteur import write_pdf

    charte = content.contract_type().charte
    return _in_turn(
        lambda document: (write_docx(document, load_charte(charte)), write_pdf(document))[1]
    )


def _weasyprint(_folder: Path, _stack: contextlib.ExitStack) -> Contender:
    from caqes_docs.rendering.pdf.writer import load_weasyprint, write_pdf

    load_weasyprint()
    sheet = content.contract_type().feuille
    return _in_turn(lambda document: write_pdf(document, sheet.read_text(encoding="utf-8")))


def _python_docx(_folder: Path, _stack: contextlib.ExitStack) -> Contender:
    import docx

    turns = itertools.cycle(_flat_turns())
    blank = _blank_house()

    def make() -> bytes:
        document = docx.Document(io.BytesIO(blank))
        for part in next(turns):
            _add(document, part)
        return _saved(document)

    return Contender(make)


def _flat_turns() -> list[list[content.Part]]:
    return [list(content.flat_parts(document.corps)) for document in content.bench_turns()]


def _blank_house() -> bytes:
    """Our own charte, emptied: same page, same styles, so that all lay out as many pages.

    The style of tables carries the look of our cells: nothing is left to say cell by cell.
    """
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(str(content.contract_type().charte))
    for paragraph in document.paragraphs:
        document.element.body.remove(paragraph._element)
    for part in document.part.package.iter_parts():
        if part.partname.startswith(("/word/header", "/word/footer")):
            for node in part.element.iter(qn("w:t")):
                node.text = ""
    table, cell = document.styles["Caqes Tableau"], document.styles["Caqes Cellule"]
    table.element.find(qn("w:tblPr")).addprevious(cell.element.find(qn("w:pPr")))
    table.element.find(qn("w:tblPr")).addprevious(cell.element.find(qn("w:rPr")))
    return _saved(document)


def _add(document: docx.document.Document, part: content.Part) -> None:
    """As the tutorial of python-docx does."""
    if part.kind == "titre":
        document.add_heading(part.text, part.level)
    elif part.kind == "texte":
        document.add_paragraph(part.text, style="Caqes Corps")
    elif part.kind == "puce":
        document.add_paragraph(part.text, style="List Bullet")
    else:
        first, *others = part.rows
        table = document.add_table(rows=1, cols=len(first), style="Caqes Tableau")
        for cell, text in zip(table.rows[0].cells, first, strict=True):
            cell.text = text
        for row in others:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text


def _saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _docxtpl(_folder: Path, _stack: contextlib.ExitStack) -> Contender:
    return Contender(_docxtpl_maker())


def _docxtpl_maker() -> Callable[[], bytes]:
    from docxtpl import DocxTemplate

    turns = itertools.cycle(_flat_turns())
    template = _loop_template()

    def make() -> bytes:
        document = DocxTemplate(io.BytesIO(template))
        document.render({"parties": next(turns)}, autoescape=True)
        return _saved(document)

    return make


def _loop_template() -> bytes:
    """The template of docxtpl: all the content goes through its loops."""
    import docx

    document = docx.Document(io.BytesIO(_blank_house()))
    document.add_paragraph("{%p for p in parties %}")
    for level in range(1, 5):
        document.add_paragraph(f"{{%p if p.kind == 'titre' and p.level == {level} %}}")
        document.add_heading("{{ p.text }}", level)
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p if p.kind == 'texte' %}")
    document.add_paragraph("{{ p.text }}", style="Caqes Corps")
    document.add_paragraph("{%p elif p.kind == 'puce' %}")
    document.add_paragraph("{{ p.text }}", style="List Bullet")
    document.add_paragraph("{%p elif p.kind == 'tableau' %}")
    _loop_table(document, COLUMNS)
    document.add_paragraph("{%p elif p.kind == 'cadres' %}")
    _loop_table(document, 3)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    return _saved(document)


def _loop_table(document: docx.document.Document, columns: int) -> None:
    table = document.add_table(rows=3, cols=columns, style="Caqes Tableau")
    table.rows[0].cells[0].text = "{%tr for r in p.rows %}"
    for column, cell in enumerate(table.rows[1].cells):
        cell.text = f"{{{{ r[{column}] }}}}"
    table.rows[2].cells[0].text = "{%tr endfor %}"


def _cold_office(folder: Path, _stack: contextlib.ExitStack) -> Contender:
    office = ColdOffice(folder)
    make_word = _docxtpl_maker()
    return Contender(lambda: office.to_pdf(make_word()), office.memory, office.processor)


def _warm_office(folder: Path, stack: contextlib.ExitStack) -> Contender:
    office = stack.enter_context(WarmOffice(folder))
    make_word = _docxtpl_maker()
    return Contender(lambda: office.to_pdf(make_word()), office.memory, office.processor)


FACTORIES: Mapping[str, Factory] = {
    "assemblage": _assembly,
    "assemblage_word": _whole_word,
    "word": _our_word,
    "docxtpl": _docxtpl,
    "python_docx": _python_docx,
    "pdf": _our_pdf,
    "paire": _our_pair,
    "weasyprint": _weasyprint,
    "libreoffice_froid": _cold_office,
    "libreoffice_chaud": _warm_office,
}


def prepare(name: str, folder: Path, stack: contextlib.ExitStack) -> Contender:
    """The contender `name`, ready; whatever it opens is closed with `stack`."""
    contender = FACTORIES[name](folder, stack)
    gc.collect()
    return contender
