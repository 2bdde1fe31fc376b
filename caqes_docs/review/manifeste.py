"""The manifest of a Word file read back: which wordings it was made from."""

from __future__ import annotations

from lxml import etree

from caqes_docs.ooxml.ns import MANIFESTE


def read_manifest(xml: bytes) -> tuple[str, list[dict[str, str]]]:
    """The digest and the clauses of a manifest part.

    Raises:
        ValueError: the part is not a manifest.
    """
    root = etree.fromstring(xml)
    if root.tag != f"{{{MANIFESTE}}}manifeste":
        raise ValueError(f"not a manifest: {root.tag}")
    clauses = [
        {str(name): str(value) for name, value in clause.attrib.items()}
        for clause in root.iterchildren(f"{{{MANIFESTE}}}clause")
    ]
    return str(root.get("empreinte", "")), clauses
