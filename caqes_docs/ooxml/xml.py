"""Strings to XML: strict escaping, and the refusal of what XML 1.0 cannot hold."""

from __future__ import annotations

import re

from caqes_docs.core.errors import RenduError

# -- every C0 control but tab, newline and carriage return: no escape can carry them in XML 1.0 --
_CONTROLS = bytes(code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D))
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_TAG = re.compile("<[^>]*>")


def escape(text: str) -> str:
    """`text` as character data.

    >>> escape("<b>&]]>")
    '&lt;b&gt;&amp;]]&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """`text` as the value of an attribute; line ends are kept, where XML would make them spaces.

    >>> escape_attribute('« a "b" »')
    '« a &quot;b&quot; »'
    """
    escaped = escape(text).replace('"', "&quot;")
    return escaped.replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def encode_xml(xml: str) -> bytes:
    """The bytes of a finished part.

    The whole part is checked at once, which costs far less than checking each string.

    Raises:
        RenduError: the part holds a character that XML forbids (Word would not open the file).
    """
    try:
        data = xml.encode()
    except UnicodeEncodeError:
        raise _illegal_character(xml) from None
    if len(data.translate(None, _CONTROLS)) != len(data):
        raise _illegal_character(xml)
    if any(sequence in data for sequence in _NONCHARACTERS):
        raise _illegal_character(xml)
    return data


def check_text(text: str) -> str:
    """`text` itself, once it is certain that XML can hold it.

    Raises:
        RenduError: it holds a forbidden character.
    """
    if _ILLEGAL.search(text):
        raise _illegal_character(text)
    return text


def _illegal_character(xml: str) -> RenduError:
    found = _ILLEGAL.search(xml)
    position = found.start() if found else 0
    code = ord(xml[position]) if found else 0
    before = _TAG.sub(" ", xml[max(0, position - 200) : position])
    around = " ".join(_ILLEGAL.sub("", before).split())[-60:]
    return RenduError(
        "R-120",
        f"Un texte contient le caractère U+{code:04X}, interdit dans un fichier Word"
        f" (après « {around} »).",
        remede="Retirer ce caractère invisible de la donnée ou de la clause, souvent un reste de"
        " copier-coller.",
    )
