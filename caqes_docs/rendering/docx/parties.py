"""The parts of a Word file that surround its body: properties, comments, relationships."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from caqes_docs.document.empreinte import ClauseManifeste, Manifeste
from caqes_docs.document.model import Document, Metadonnees
from caqes_docs.document.statut import words_status
from caqes_docs.ooxml.manifeste_xml import item_properties_xml, manifest_xml
from caqes_docs.ooxml.ns import CONTENT_TYPES, CORE, DECLARATION, RELATIONSHIPS, R, W
from caqes_docs.ooxml.xml import escape, escape_attribute

AUTHOR = "caqes_docs"
FINGERPRINT_PROPERTY = "caqes_empreinte"
STATUS_PROPERTY = "caqes_redactions"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PACKAGE = "application/vnd.openxmlformats-package"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006"
# -- the property set that Word gives to properties named by users --
_USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def instant(date: dt.date) -> str:
    """The start of the day, in universal time: a file's dates never depend on the machine."""
    return f"{date.isoformat()}T00:00:00Z"


def core_properties(metadonnees: Metadonnees) -> str:
    """`docProps/core.xml`."""
    moment = instant(metadonnees.date)
    texts = (
        ("dc:title", metadonnees.titre),
        ("dc:subject", metadonnees.sujet),
        ("dc:creator", metadonnees.auteur),
        ("cp:keywords", ", ".join(metadonnees.mots_cles)),
        ("dc:identifier", metadonnees.reference),
        ("dc:language", metadonnees.langue),
        ("cp:category", metadonnees.type),
        ("cp:lastModifiedBy", AUTHOR),
    )
    filled = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in texts if text)
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{CORE}"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{filled}{dates}'
        "</cp:coreProperties>"
    )


def app_properties() -> str:
    """`docProps/app.xml`; the pages are those that Word counts, with its own fonts."""
    return (
        f'{DECLARATION}<Properties xmlns="{_EXTENDED}/extended-properties">'
        f"<Application>{AUTHOR}</Application></Properties>"
    )


def custom_properties(empreinte: str, document: Document) -> str:
    """`docProps/custom.xml`: the digest of the document, and whose its words are."""
    nommees = ((FINGERPRINT_PROPERTY, empreinte), (STATUS_PROPERTY, words_status(document)))
    proprietes = "".join(
        f'<property fmtid="{_USER_PROPERTIES}" pid="{rang}" name="{nom}">'
        f"<vt:lpwstr>{escape(texte)}</vt:lpwstr></property>"
        for rang, (nom, texte) in enumerate(nommees, 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_EXTENDED}/custom-properties"'
        f' xmlns:vt="{_EXTENDED}/docPropsVTypes">{proprietes}</Properties>'
    )


def manifest_parts(manifeste: Manifeste, numero: int) -> dict[str, str]:
    """The custom XML item `numero`, its properties, and the relationship between them."""
    rows = (
        {
            "id": clause.id,
            "version": clause.version.isoformat(),
            "statut": clause.statut,
            "bibliotheque": clause.bibliotheque,
            **_validation(clause),
            "ancre": clause.ancre,
            "empreinte": clause.empreinte,
        }
        for clause in manifeste.clauses
    )
    properties = f"itemProps{numero}.xml"
    return {
        f"customXml/item{numero}.xml": manifest_xml(manifeste.empreinte, rows),
        f"customXml/{properties}": item_properties_xml(),
        f"customXml/_rels/item{numero}.xml.rels": relationships(
            relationship("rId1", "customXmlProps", properties)
        ),
    }


def _validation(clause: ClauseManifeste) -> dict[str, str]:
    """Who answers for the words of a clause; nothing when nobody does."""
    fait = clause.validation
    if fait is None:
        return {}
    nature = {"validation_fictive": "oui"} if fait.fictive else {}
    qui = {"validee_par": fait.par, "qualite": fait.qualite, "validee_le": fait.le.isoformat()}
    return {**qui, **nature}


def comments_xml(
    textes: Sequence[tuple[str, ...]], metadonnees: Metadonnees, styles: tuple[str, str]
) -> str:
    """`word/comments.xml`: what is to be filled in; `styles` of text and of mark."""
    auteur = metadonnees.auteur or AUTHOR
    initiales = "".join(mot[0] for mot in auteur.split() if len(mot) > 2)[:3].upper()
    attributs = (
        f'w:author="{escape_attribute(auteur)}" w:date="{instant(metadonnees.date)}"'
        f' w:initials="{escape_attribute(initiales)}"'
    )
    comments = "".join(
        f'<w:comment w:id="{number}" {attributs}>{_comment(lines, styles)}</w:comment>'
        for number, lines in enumerate(textes)
    )
    return f'{DECLARATION}<w:comments xmlns:w="{W}">{comments}</w:comments>'


def _comment(lines: tuple[str, ...], styles: tuple[str, str]) -> str:
    text_style, mark_style = styles
    mark = f'<w:r><w:rPr><w:rStyle w:val="{mark_style}"/></w:rPr><w:annotationRef/></w:r>'
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{text_style}"/></w:pPr>{"" if position else mark}'
        f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for position, line in enumerate(lines)
    )


def relationship(identifier: str, nature: str, target: str) -> str:
    """One relationship of the office kind."""
    return f'<Relationship Id="{identifier}" Type="{R}/{nature}" Target="{target}"/>'


def relationships(items: str) -> str:
    """A relationships part."""
    return f'{DECLARATION}<Relationships xmlns="{RELATIONSHIPS}">{items}</Relationships>'


def root_relationships() -> str:
    """`_rels/.rels`."""
    core = f"{RELATIONSHIPS}/metadata/core-properties"
    return relationships(
        relationship("rId1", "officeDocument", "word/document.xml")
        + f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/>'
        + relationship("rId3", "extended-properties", "docProps/app.xml")
        + relationship("rId4", "custom-properties", "docProps/custom.xml")
    )


def content_types(items: str, numero: int, charts: Sequence[str] = (), *, comments: bool) -> str:
    """`[Content_Types].xml`: the charte's declarations, then those of the parts added."""
    added = [
        ("docProps/core.xml", f"{_PACKAGE}.core-properties+xml"),
        ("docProps/app.xml", f"{_OFFICE}.extended-properties+xml"),
        ("docProps/custom.xml", f"{_OFFICE}.custom-properties+xml"),
        (f"customXml/itemProps{numero}.xml", f"{_OFFICE}.customXmlProperties+xml"),
    ]
    if comments:
        added.append(("word/comments.xml", f"{_OFFICE}.wordprocessingml.comments+xml"))
    added += [(name, f"{_OFFICE}.drawingml.chart+xml") for name in charts]
    overrides = "".join(
        f'<Override PartName="/{escape_attribute(name)}" ContentType="{kind}"/>'
        for name, kind in added
    )
    return f'{DECLARATION}<Types xmlns="{CONTENT_TYPES}">{items}{overrides}</Types>'
