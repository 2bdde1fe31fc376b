"""The XMP metadata of the PDF: what the file claims to be, and the digest of what it says.

Written uncompressed, as PDF/A wants it. WeasyPrint claims PDF/A *or* PDF/UA, never both at once.
"""

from __future__ import annotations

import re
from html import escape

from caqes_docs.document.model import Metadonnees

_NAMESPACE = "urn:caqes-docs:pdf:1#"
_HEADER = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_FOOTER = '\n<?xpacket end="w"?>'
_DIGEST = re.compile(rb'caqes:empreinte="([0-9a-f]{64})"')

_EXTENSION_SCHEMAS = (
    (
        "PDF/UA Universal Accessibility Schema",
        "http://www.aiim.org/pdfua/ns/id/",
        "pdfuaid",
        (("part", "Integer", "Part of ISO 14289 to which the file conforms"),),
    ),
    (
        "Acte CAQES",
        _NAMESPACE,
        "caqes",
        (
            ("empreinte", "Text", "SHA-256 of the canonical JSON of the document"),
            ("reference", "Text", "Reference of the act"),
            ("redactions", "Text", "Whose words the clauses are, and how many are validated"),
        ),
    ),
)


def build_xmp(metadonnees: Metadonnees, empreinte: str, redactions: str, producteur: str) -> bytes:
    """The packet of a file that is both PDF/A-3a and PDF/UA-1."""
    parts = (
        _description("pdfaid", "http://www.aiim.org/pdfa/ns/id/", part="3", conformance="A"),
        _description("pdfuaid", "http://www.aiim.org/pdfua/ns/id/", part="1"),
        _description(
            "caqes",
            _NAMESPACE,
            empreinte=empreinte,
            reference=metadonnees.reference,
            redactions=redactions,
        ),
        _description(
            "pdf",
            "http://ns.adobe.com/pdf/1.3/",
            Producer=producteur,
            Keywords=", ".join(metadonnees.mots_cles),
        ),
        _description(
            "xmp",
            "http://ns.adobe.com/xap/1.0/",
            CreateDate=f"{metadonnees.date}T00:00:00Z",
            ModifyDate=f"{metadonnees.date}T00:00:00Z",
        ),
        _dublin_core(metadonnees),
        _extension_schemas(),
    )
    body = "\n".join(parts)
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f"{body}\n</rdf:RDF></x:xmpmeta>"
    )
    return (_HEADER + packet + _FOOTER).encode()


def read_empreinte(data: bytes) -> str | None:
    """The digest stamped in a PDF of ours, or None; no PDF library is needed."""
    found = _DIGEST.search(data)
    return found.group(1).decode() if found else None


def _description(prefix: str, namespace: str, **properties: str) -> str:
    attributes = "".join(
        f' {prefix}:{name}="{escape(value)}"' for name, value in properties.items() if value
    )
    return f'<rdf:Description rdf:about="" xmlns:{prefix}="{namespace}"{attributes}/>'


def _dublin_core(metadonnees: Metadonnees) -> str:
    parts = (
        _element("title", "Alt", (metadonnees.titre,)),
        _element("creator", "Seq", (metadonnees.auteur,)),
        _element("description", "Alt", (metadonnees.sujet,)),
        _element("subject", "Bag", metadonnees.mots_cles),
        _element("language", "Bag", (metadonnees.langue,)),
    )
    return (
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{''.join(parts)}</rdf:Description>"
    )


def _element(name: str, container: str, values: tuple[str, ...]) -> str:
    lang = ' xml:lang="x-default"' if container == "Alt" else ""
    items = "".join(f"<rdf:li{lang}>{escape(value)}</rdf:li>" for value in values if value)
    return f"<dc:{name}><rdf:{container}>{items}</rdf:{container}></dc:{name}>" if items else ""


def _extension_schemas() -> str:
    items = "".join(_extension_schema(*schema) for schema in _EXTENSION_SCHEMAS)
    return (
        '<rdf:Description rdf:about=""'
        ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
        ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
        ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
        f"<pdfaExtension:schemas><rdf:Bag>{items}</rdf:Bag></pdfaExtension:schemas>"
        "</rdf:Description>"
    )


def _extension_schema(
    name: str, namespace: str, prefix: str, properties: tuple[tuple[str, str, str], ...]
) -> str:
    items = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{words}</pdfaProperty:description></rdf:li>"
        for name, kind, words in properties
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaSchema:schema>{name}</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{items}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
