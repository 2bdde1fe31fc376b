"""Reading the house shell: the file, then what a document takes from it."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from caqes_docs.core.errors import RenduError
from caqes_docs.core.systeme import os_reason
from caqes_docs.ooxml.ns import CONTENT_TYPES, NSMAP, RELATIONSHIPS, qr, qw
from caqes_docs.ooxml.paquet import Part, compress_part
from caqes_docs.ooxml.styles import Metrique, Styles, read_styles, style_key
from caqes_docs.rendering.docx.charte.gabarits import (
    Gabarit,
    clean_placeholders,
    compile_part,
    prepare,
    turned_copy,
)
from caqes_docs.rendering.docx.charte.geometrie import (
    PAYSAGE_SUFFIX,
    Geometrie,
    Sections,
    build_sections,
    read_geometry,
)
from caqes_docs.rendering.roles import appearance

DOCUMENT = "word/document.xml"
DOCUMENT_RELS = "word/_rels/document.xml.rels"
STYLES = "word/styles.xml"
NUMBERING = "word/numbering.xml"
SETTINGS = "word/settings.xml"

# -- what `CT_Settings` puts before `w:trackRevisions`; at any other place Word rejects the file --
_BEFORE_TRACKING = frozenset(
    qw(name)
    for name in (
        # fmt: off
        "writeProtection",
        "view",
        "zoom",
        "removePersonalInformation",
        "removeDateAndTime",
        "doNotDisplayPageBoundaries",
        "displayBackgroundShape",
        "printPostScriptOverText",
        "printFractionalCharacterWidth",
        "printFormsData",
        "embedTrueTypeFonts",
        "embedSystemFonts",
        "saveSubsetFonts",
        "saveFormsData",
        "mirrorMargins",
        "alignBordersAndEdges",
        "bordersDoNotSurroundHeader",
        "bordersDoNotSurroundFooter",
        "gutterAtTop",
        "hideSpellingErrors",
        "hideGrammaticalErrors",
        "activeWritingStyle",
        "proofState",
        "formsDesign",
        "attachedTemplate",
        "linkStyles",
        "stylePaneFormatFilter",
        "stylePaneSortMethod",
        "documentType",
        "mailMerge",
        "revisionView",
        # fmt: on
    )
)
_UNWANTED_SETTINGS = ("rsids", "trackRevisions", "documentProtection", "attachedTemplate")
_UNWANTED_RELATIONS = ("comments", "people", "commentsExtended", "commentsIds", "attachedTemplate")


@dataclass(frozen=True, slots=True)
class Archive:
    """The bytes of a shell, and its parts by name."""

    chemin: Path
    octets: bytes
    parts: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Coquille:
    """A shell ready to receive documents; holds nothing of any of them."""

    empreinte: str
    """SHA-256 of the file, for the provenance of an act."""
    styles: Styles
    geometrie: Geometrie
    sections: Sections
    gabarits: tuple[Gabarit, ...]
    fixes: tuple[Part, ...]
    """Parts copied as they are."""
    fixes_paysage: tuple[Part, ...]
    """Relationships of the landscape headers, when there is a landscape section."""
    reglages: tuple[Part, Part]
    """`settings.xml`: final, then draft (revisions tracked)."""
    types: str
    """Content types of the fixed parts, headers and footers."""
    types_paysage: str
    relations: str
    """Relationships of the document to the fixed parts, headers and footers."""
    relations_paysage: str

    def style(self, nom: str) -> str:
        """The id of the style called `nom` (« heading 1 », « Caqes Cellule »)."""
        return self.styles.par_nom[style_key(nom)]

    def role_style(self, role: str) -> str:
        """The id of the paragraph style of a role."""
        return self.styles.par_nom[style_key(appearance(role).style_word)]

    def metrique(self, nom: str) -> Metrique:
        """The measures of the paragraph style called `nom`."""
        return self.styles.metriques[self.style(nom)]


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    type: str
    cible: str
    externe: bool

    @property
    def nature(self) -> str:
        return self.type.rsplit("/", 1)[-1]

    @property
    def part(self) -> str:
        """The name of the part aimed at, in the package."""
        if self.cible.startswith("/"):
            return self.cible[1:]
        return posixpath.normpath(posixpath.join("word", self.cible))

    def xml(self, suffix: str = "", target: str = "") -> str:
        mode = ' TargetMode="External"' if self.externe else ""
        return (
            f'<Relationship Id="{self.id}{suffix}" Type="{self.type}"'
            f' Target="{target or self.cible}"{mode}/>'
        )


def read_shell(chemin: Path) -> bytes:
    """The bytes of the shell at `chemin`.

    Raises:
        RenduError: R-100 no such file, or it cannot be read.
    """
    try:
        return chemin.read_bytes()
    except OSError as error:
        raise RenduError(
            "R-100",
            f"La coquille {chemin.name} est introuvable ou illisible\u00a0: {os_reason(error)}.",
            remede="Remettre en place le fichier coquille.docx du dossier templates/maison.",
        ) from error


def open_archive(chemin: Path, octets: bytes) -> Archive:
    """The shell at `chemin`, whose bytes are `octets`.

    Raises:
        RenduError: R-101 not a Word file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        for name in (DOCUMENT, DOCUMENT_RELS, STYLES, SETTINGS, NUMBERING):
            etree.fromstring(parts[name])
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise RenduError(
            "R-101",
            f"La coquille {chemin.name} n’est pas un document Word complet.",
            remede="L’ouvrir dans Word et l’enregistrer au format .docx.",
        ) from error
    return Archive(chemin, octets, parts)


def section_of(archive: Archive) -> etree._Element:
    """The section properties of the shell."""
    found = etree.fromstring(archive.parts[DOCUMENT]).find("w:body/w:sectPr", NSMAP)
    return etree.Element(qw("sectPr")) if found is None else found


def headers_of(archive: Archive) -> dict[str, tuple[str, str]]:
    """Kind (« header », « footer ») and use (« default », « first ») of each header in use."""
    by_id = {relation.id: relation for relation in _relations(archive)}
    found: dict[str, tuple[str, str]] = {}
    for kind in ("header", "footer"):
        for node in section_of(archive).iterchildren(qw(f"{kind}Reference")):
            relation = by_id.get(str(node.get(qr("id"))))
            use = str(node.get(qw("type")))
            if relation is not None and use in ("default", "first"):
                found[relation.part] = (kind, use)
    return found


def shell_styles(archive: Archive) -> Styles:
    """The styles of the shell."""
    return read_styles(archive.parts[STYLES], archive.parts[NUMBERING])


def read_coquille(archive: Archive, empreinte: str) -> Coquille:
    """What documents take from a shell already found sound."""
    section = section_of(archive)
    geometrie = read_geometry(section)
    headers = headers_of(archive)
    kept = [item for item in _relations(archive) if item.nature not in _UNWANTED_RELATIONS]
    turned = [item for item in kept if headers.get(item.part, ("", ""))[1] == "default"]
    names = _fixed_names(archive, headers)
    return Coquille(
        empreinte=empreinte,
        styles=shell_styles(archive),
        geometrie=geometrie,
        sections=build_sections(section, geometrie),
        gabarits=_templates(archive, headers, geometrie),
        fixes=tuple(compress_part(name, archive.parts[name]) for name in names),
        fixes_paysage=_turned_relations(archive, turned),
        reglages=(_settings(archive, tracked=False), _settings(archive, tracked=True)),
        types=_content_types(archive, {*names, *headers, SETTINGS, DOCUMENT}),
        types_paysage="".join(_turned_type(item, headers[item.part][0]) for item in turned),
        relations="".join(item.xml() for item in kept if _is_kept(item, archive)),
        relations_paysage="".join(
            item.xml(PAYSAGE_SUFFIX, f"/{_turned_name(item.part)}") for item in turned
        ),
    )


def _is_kept(relation: _Relation, archive: Archive) -> bool:
    return relation.externe or relation.part in archive.parts


def _relations(archive: Archive) -> list[_Relation]:
    root = etree.fromstring(archive.parts[DOCUMENT_RELS])
    return [
        _Relation(
            str(node.get("Id")),
            str(node.get("Type")),
            str(node.get("Target")),
            node.get("TargetMode") == "External",
        )
        for node in root.iterchildren(f"{{{RELATIONSHIPS}}}Relationship")
    ]


def _fixed_names(archive: Archive, headers: dict[str, tuple[str, str]]) -> list[str]:
    """The parts copied as they are: neither the body, nor what each document rewrites."""
    relations = _relations(archive)
    dropped = {item.part for item in relations if item.nature in _UNWANTED_RELATIONS}
    # -- Word also saves headers that no section uses: their placeholders would stay as they are --
    dropped |= {item.part for item in relations if item.nature in ("header", "footer")}
    dropped |= {DOCUMENT, DOCUMENT_RELS, SETTINGS, "[Content_Types].xml", "_rels/.rels"}
    dropped |= {f"word/_rels/{posixpath.basename(name)}.rels" for name in dropped - set(headers)}
    return sorted(
        name
        for name in archive.parts
        if name not in dropped
        and name not in headers
        and not name.endswith("/")
        and not name.startswith(("docProps/", "word/_rels/settings"))
    )


def _templates(
    archive: Archive, headers: dict[str, tuple[str, str]], geometrie: Geometrie
) -> tuple[Gabarit, ...]:
    width = geometrie.text_width()
    wider = geometrie.text_width("paysage") - width
    tabs = _style_tabs(archive)
    found: list[Gabarit] = []
    for name, (_kind, use) in sorted(headers.items()):
        root = prepare(clean_placeholders(archive.parts[name].decode("utf-8-sig")))
        found.append(compile_part(name, root, len(found) + 1, paysage=False))
        if use == "default":
            turned = turned_copy(root, width, wider, tabs)
            found.append(compile_part(_turned_name(name), turned, len(found) + 1, paysage=True))
    return tuple(found)


def _style_tabs(archive: Archive) -> dict[str, list[int]]:
    """Tab stops of each paragraph style."""
    root = etree.fromstring(archive.parts[STYLES])
    return {
        str(style.get(qw("styleId"))): [
            int(tab.get(qw("pos"), "0")) for tab in style.iterfind("w:pPr/w:tabs/w:tab", NSMAP)
        ]
        for style in root.iterchildren(qw("style"))
    }


def _turned_name(name: str) -> str:
    return name.removesuffix(".xml") + "_paysage.xml"


def _turned_type(relation: _Relation, kind: str) -> str:
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    return f'<Override PartName="/{_turned_name(relation.part)}" ContentType="{content_type}"/>'


def _turned_relations(archive: Archive, turned: list[_Relation]) -> tuple[Part, ...]:
    """A landscape header that shows a logo needs the relationships of the upright one."""
    found: list[Part] = []
    for item in turned:
        base = posixpath.basename(item.part)
        content = archive.parts.get(f"word/_rels/{base}.rels")
        if content is not None:
            found.append(compress_part(f"word/_rels/{_turned_name(base)}.rels", content))
    return tuple(found)


def _content_types(archive: Archive, names: set[str]) -> str:
    """The declarations of the parts kept, as the shell makes them."""
    root = etree.fromstring(archive.parts["[Content_Types].xml"])
    kept: list[str] = []
    for node in root:
        extension, name = node.get("Extension"), str(node.get("PartName", "")).lstrip("/")
        content_type = node.get("ContentType")
        if node.tag == f"{{{CONTENT_TYPES}}}Default":
            kept.append(f'<Default Extension="{extension}" ContentType="{content_type}"/>')
        elif name in names:
            kept.append(f'<Override PartName="/{name}" ContentType="{content_type}"/>')
    return "".join(kept)


def _settings(archive: Archive, *, tracked: bool) -> Part:
    """The settings without the traces of editing sessions; tracking on for a draft."""
    root = etree.fromstring(archive.parts[SETTINGS])
    for name in _UNWANTED_SETTINGS:
        for node in root.findall(f"w:{name}", NSMAP):
            root.remove(node)
    if tracked:
        index = sum(1 for child in root if child.tag in _BEFORE_TRACKING)
        root.insert(index, etree.Element(qw("trackRevisions")))
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return compress_part(SETTINGS, content)
