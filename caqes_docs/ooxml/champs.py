"""Complex fields, always with a cached result: Word repairs a file whose fields have none."""

from __future__ import annotations

from caqes_docs.ooxml.signets import bookmark_name
from caqes_docs.ooxml.xml import escape

_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
TAB = "<w:r><w:tab/></w:r>"


def field_start(instruction: str) -> str:
    """The beginning of a field, up to where its result begins."""
    code = f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>'
    return f"{_BEGIN}<w:r>{code}</w:r>{_SEPARATE}"


def field(instruction: str, resultat: str) -> str:
    """A whole field that prints `resultat` until Word refreshes it."""
    return field_of(instruction, f"<w:r><w:t>{escape(resultat)}</w:t></w:r>")


def field_of(instruction: str, runs: str) -> str:
    """A whole field that prints `runs` until Word refreshes it."""
    return f"{field_start(instruction)}{runs}{END}"


def internal_link(ancre: str, runs: str) -> str:
    """`runs` made a link to an anchor of the document."""
    return f'<w:hyperlink w:anchor="{bookmark_name(ancre)}" w:history="1">{runs}</w:hyperlink>'


def toc_entry(texte: str, ancre: str, page: str) -> str:
    """The content of one line of the contents: text, leader dots, page number."""
    run = f'<w:r><w:t xml:space="preserve">{escape(texte)}</w:t></w:r>'
    number = field(f"PAGEREF {bookmark_name(ancre)} \\h", page)
    return internal_link(ancre, f"{run}{TAB}{number}")
