"""Reading the house style: python-docx opens it, a document takes its parts from it.

What python-docx knows is asked of it: which parts the file really holds, their types, their
relationships, the page, the headers, the styles. The bytes of a part that no act changes are those
of the file, copied from the zip: python-docx would write them otherwise than Word has.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from caqes_docs.core.errors import RenduError
from caqes_docs.core.systeme import os_reason
from caqes_docs.ooxml.ns import NSMAP, R, qw
from caqes_docs.ooxml.paquet import Part, compress_part, read_package
from caqes_docs.ooxml.styles import Metrique, Styles, read_styles, style_key
from caqes_docs.ooxml.xml import escape_attribute
from caqes_docs.rendering.charte import USUELLE, CharteGraphique
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

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.opc.part import Part as WordPart
    from docx.opc.rel import _Relationship as Relation

_UNWANTED_SETTINGS = ("rsids", "trackRevisions", "documentProtection", "attachedTemplate")
_UNWANTED_RELATIONS = ("comments", "people", "commentsExtended", "commentsIds", "attachedTemplate")
# -- what `CT_Settings` puts before `w:trackRevisions`; at any other place Word rejects the file --
_BEFORE_TRACKING = """
    writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
    displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData
    embedTrueTypeFonts embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins
    alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
    hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign linkStyles
    stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView
"""


@dataclass(frozen=True, slots=True)
class Bandeau:
    """A header or a footer that the pages use."""

    usage: tuple[str, str]
    """« header » or « footer », then « default » or « first »."""
    part: WordPart
    relation: str
    xml: str
    """Its content, each placeholder in one piece."""

    @property
    def nom(self) -> str:
        """The name of its part in the package."""
        return str(self.part.partname.membername)

    @property
    def nom_paysage(self) -> str:
        """The name of the part that landscape sections use instead."""
        return self.nom.removesuffix(".xml") + "_paysage.xml"


@dataclass(frozen=True, slots=True)
class Archive:
    """An open charte: its parts by name, and what python-docx makes of them."""

    chemin: Path
    parts: dict[str, bytes]
    fichier: WordFile
    bandeaux: tuple[Bandeau, ...]
    geometrie: Geometrie
    styles: Styles

    @property
    def reglages(self) -> WordPart:
        """The part of the settings."""
        return self.fichier.part.part_related_by(f"{R}/settings")


@dataclass(frozen=True, slots=True)
class Fonds:
    """What every act copies from the charte."""

    parts: tuple[Part, ...]
    types: str
    """Content types of these parts, of the headers and footers."""
    relations: str
    """Relationships of the document to them."""


@dataclass(frozen=True, slots=True)
class Charte:
    """A charte ready to receive documents; holds nothing of any of them."""

    empreinte: str
    """SHA-256 of the file, for the provenance of an act."""
    styles: Styles
    geometrie: Geometrie
    sections: Sections
    gabarits: tuple[Gabarit, ...]
    fonds: tuple[Fonds, Fonds]
    """Without, then with what a landscape section asks for."""
    reglages: tuple[Part, Part]
    """`settings.xml`: final, then draft (revisions tracked)."""
    graphisme: CharteGraphique = USUELLE
    """What it was dressed with, for the charts."""

    def style(self, nom: str) -> str:
        """The id of the style called `nom` (« heading 1 », « Caqes Cellule »)."""
        return self.styles.par_nom[style_key(nom)]

    def role_style(self, role: str) -> str:
        """The id of the paragraph style of a role."""
        return self.styles.par_nom[style_key(appearance(role).style_word)]

    def metrique(self, nom: str) -> Metrique:
        """The measures of the paragraph style called `nom`."""
        return self.styles.metriques[self.style(nom)]


def read_file(chemin: Path) -> bytes:
    """The bytes of the charte at `chemin`.

    Raises:
        RenduError: R-100 no such file, or it cannot be read.
    """
    try:
        return chemin.read_bytes()
    except OSError as error:
        raise RenduError(
            "R-100",
            f"La charte {chemin.name} est introuvable ou illisible\u00a0: {os_reason(error)}.",
            remede="Remettre en place le fichier charte.docx du dossier templates/maison.",
        ) from error


@contextmanager
def _whole(chemin: Path) -> Iterator[None]:
    """Whatever a broken file makes python-docx raise is one fault: R-101."""
    try:
        yield
    except Exception as error:  # a dozen kinds: of the zip, of XML, of Python itself
        raise RenduError(
            "R-101",
            f"La charte {chemin.name} n’est pas un document Word complet.",
            remede="L’ouvrir dans Word et l’enregistrer au format .docx.",
        ) from error


def open_archive(chemin: Path, octets: bytes) -> Archive:
    """The charte at `chemin`, whose bytes are `octets`.

    Raises:
        RenduError: R-101 not a Word file.
    """
    with _whole(chemin):
        fichier, parts = read_package(octets)
        return Archive(
            chemin,
            parts,
            fichier,
            _headers(fichier),
            read_geometry(fichier.sections[-1]),
            read_styles(fichier.styles, fichier.part.numbering_part.element),
        )


def _headers(fichier: WordFile) -> tuple[Bandeau, ...]:
    """The headers and footers of the last section, in the order of its references."""
    fichier.element.body.get_or_add_sectPr()
    section = fichier.sections[-1]
    found: dict[str, Bandeau] = {}
    for kind, use, item in (
        ("header", "default", section.header),
        ("header", "first", section.first_page_header),
        ("footer", "default", section.footer),
        ("footer", "first", section.first_page_footer),
    ):
        if not item.is_linked_to_previous:
            relation = fichier.part.relate_to(item.part, f"{R}/{kind}")
            xml = clean_placeholders(etree.tostring(item.part.element, encoding="unicode"))
            found[item.part.partname] = Bandeau((kind, use), item.part, relation, xml)
    return tuple(found.values())


def read_charte(archive: Archive, empreinte: str) -> Charte:
    """What documents take from a charte already found sound."""
    with _whole(archive.chemin):
        references = [(*bandeau.usage, bandeau.relation) for bandeau in archive.bandeaux]
        return Charte(
            empreinte=empreinte,
            styles=archive.styles,
            geometrie=archive.geometrie,
            sections=build_sections(references, archive.geometrie),
            gabarits=_templates(archive),
            fonds=_backgrounds(archive),
            reglages=_settings(archive),
        )


def _templates(archive: Archive) -> tuple[Gabarit, ...]:
    width = archive.geometrie.text_width()
    wider = archive.geometrie.text_width("paysage") - width
    tabs = {style.styleId: style.pPr for style in archive.fichier.styles.element.style_lst}
    found: list[Gabarit] = []
    for bandeau in sorted(archive.bandeaux, key=lambda item: item.nom):
        root = prepare(bandeau.xml)
        found.append(compile_part(bandeau.nom, root, len(found) + 1, paysage=False))
        if bandeau.usage[1] == "default":
            turned = turned_copy(root, width, wider, tabs)
            found.append(compile_part(bandeau.nom_paysage, turned, len(found) + 1, paysage=True))
    return tuple(found)


def _backgrounds(archive: Archive) -> tuple[Fonds, Fonds]:
    """What acts copy: all that the document leads to, but its body and what acts rewrite."""
    held = _held_parts(archive)
    main = archive.fichier.part
    rewritten = {bandeau.part for bandeau in archive.bandeaux} | {main, archive.reglages}
    names = [part.partname.membername for part in held if part not in rewritten]
    names += [part.partname.rels_uri.membername for part in held if part.rels and part is not main]
    relations = "".join(_relation(relation) for relation in main.rels.values())
    parts = tuple(compress_part(name, archive.parts[name]) for name in sorted(names))
    upright = Fonds(parts, _content_types(held), relations)
    return upright, _turned(archive, upright)


def _held_parts(archive: Archive) -> list[WordPart]:
    """The parts that the document leads to, once it has forgotten what acts do not want."""
    main = archive.fichier.part
    used = {bandeau.relation for bandeau in archive.bandeaux}
    for identifier, relation in list(main.rels.items()):
        kind = relation.reltype.rsplit("/", 1)[-1]
        # -- Word also saves headers that no section uses: their placeholders would stay --
        unused = kind in ("header", "footer") and identifier not in used
        if unused or kind in _UNWANTED_RELATIONS:
            del main.rels[identifier]
    archive.reglages.rels.clear()
    package = main.package
    for identifier, relation in list(package.rels.items()):
        if not relation.reltype.endswith("/officeDocument"):
            del package.rels[identifier]
    return list(package.iter_parts())


def _turned(archive: Archive, upright: Fonds) -> Fonds:
    """What a landscape section adds; its header shows the logo of the upright one."""
    types, relations, parts = upright.types, upright.relations, list(upright.parts)
    for bandeau in archive.bandeaux:
        if bandeau.usage[1] != "default":
            continue
        types += _override(f"/{bandeau.nom_paysage}", bandeau.part.content_type)
        relation = archive.fichier.part.rels[bandeau.relation]
        relations += _relation(relation, PAYSAGE_SUFFIX, f"/{bandeau.nom_paysage}")
        if bandeau.part.rels:
            name = bandeau.part.partname.rels_uri.membername
            turned = name.removesuffix(".xml.rels") + "_paysage.xml.rels"
            parts.append(compress_part(turned, archive.parts[name]))
    return Fonds(tuple(parts), types, relations)


def _relation(relation: Relation, suffix: str = "", target: str = "") -> str:
    """A relationship of the document, which acts always name `word/document.xml`."""
    target = target or (
        relation.target_ref
        if relation.is_external
        else relation.target_part.partname.relative_ref("/word")
    )
    identifier, kind = escape_attribute(relation.rId + suffix), escape_attribute(relation.reltype)
    mode = ' TargetMode="External"' if relation.is_external else ""
    return (
        f'<Relationship Id="{identifier}" Type="{kind}" Target="{escape_attribute(target)}"{mode}/>'
    )


def _content_types(parts: list[WordPart]) -> str:
    """The declarations of `parts`, the document first."""
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.spec import default_content_types

    defaults = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
    overrides = _override("/word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN)
    for part in parts[1:]:
        extension = part.partname.ext.lower()
        if (extension, part.content_type) in default_content_types:
            defaults[extension] = part.content_type
        else:
            overrides += _override(part.partname, part.content_type)
    return (
        "".join(
            f'<Default Extension="{extension}" ContentType="{kind}"/>'
            for extension, kind in defaults.items()
        )
        + overrides
    )


def _override(name: str, kind: str) -> str:
    return f'<Override PartName="{escape_attribute(name)}" ContentType="{escape_attribute(kind)}"/>'


def _settings(archive: Archive) -> tuple[Part, Part]:
    """The settings without the traces of editing sessions; then tracking on, for a draft."""
    part, root = archive.reglages, archive.fichier.settings.element
    for name in _UNWANTED_SETTINGS:
        for node in root.findall(f"w:{name}", NSMAP):
            root.remove(node)
    compat = root.find("w:compat", NSMAP)
    if compat is not None and all(child.tag == qw("compatSetting") for child in compat):
        # -- Word would stretch the words before a line break over the whole line --
        compat.insert(0, etree.Element(qw("doNotExpandShiftReturn")))
    final = compress_part(part.partname.membername, part.blob)
    before = {qw(name) for name in _BEFORE_TRACKING.split()}
    index = sum(1 for child in root if child.tag in before)
    root.insert(index, etree.Element(qw("trackRevisions")))
    return final, compress_part(part.partname.membername, part.blob)
