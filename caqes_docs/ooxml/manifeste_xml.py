"""The custom XML part that says which wordings a file holds.

It survives Word and LibreOffice (not ODT), so a returned file can be aligned with the library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from caqes_docs.ooxml.ns import DECLARATION, MANIFESTE
from caqes_docs.ooxml.xml import escape_attribute

# -- Word wants a GUID on each custom part; a constant keeps the bytes of the file constant --
ITEM_ID: Final = "{6E7C3A56-8F2D-5B1C-9A4E-CA9E5D0C5001}"
_DATASTORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def manifest_xml(empreinte: str, clauses: Iterable[Mapping[str, str]]) -> str:
    """The part itself: one `clause` element for each mapping, in order."""
    rows = "".join(f"<clause{_attributes(clause)}/>" for clause in clauses)
    return (
        f'{DECLARATION}<manifeste xmlns="{MANIFESTE}" empreinte="{escape_attribute(empreinte)}">'
        f"{rows}</manifeste>"
    )


def item_properties_xml() -> str:
    """The properties part that Word attaches to a custom XML part."""
    return (
        f'{DECLARATION}<ds:datastoreItem xmlns:ds="{_DATASTORE}" ds:itemID="{ITEM_ID}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{MANIFESTE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def _attributes(row: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape_attribute(value)}"' for name, value in row.items())
