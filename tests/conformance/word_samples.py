"""A minimal sound Word file, written by hand, and ways to spoil one thing in it (for the tests)."""

from __future__ import annotations

import io
import warnings
import zipfile

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}/relationships" xmlns:wp="{DRAWING}"'
OOXML = "application/vnd.openxmlformats-officedocument.wordprocessingml"

TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{PACKAGE}/relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{OOXML}.document.main+xml"/>'
    "</Types>"
)


def relations(*lines: tuple[str, str, str]) -> str:
    """A `.rels` part, from (id, end of type, target)."""
    body = "".join(
        f'<Relationship Id="{i}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for i, kind, target in lines
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'


def part(root: str, body: str) -> str:
    """A WordprocessingML part."""
    return f"<w:{root} {NAMESPACES}>{body}</w:{root}>"


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(body: str, style: str = "") -> str:
    """A paragraph, made of runs."""
    return f"<w:p>{f'<w:pPr><w:pStyle w:val={style!r}/></w:pPr>' if style else ''}{body}</w:p>"


def mark(kind: str) -> str:
    """A field mark."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def complex_field(instruction: str, result: str) -> str:
    """A complete field with its cached result."""
    asked = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark("begin") + asked + mark("separate") + run(result) + mark("end")


def bookmark(name: str, number: int) -> str:
    """A point bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def drawing(number: int, description: str = "Logo") -> str:
    """The part of a drawing that the checks look at."""
    inline = f'<wp:inline><wp:docPr id="{number}" name="i" descr="{description}"/></wp:inline>'
    return f"<w:r><w:drawing>{inline}</w:drawing></w:r>"


def comment_call(number: int) -> str:
    """A commented zone and its call."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{run("zone")}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


STYLES = part(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>'
    "<w:pPr><w:keepNext/></w:pPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Seul"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="Article"/>'
    '<w:basedOn w:val="Titre1"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre3"><w:name w:val="heading 3"/>'
    '<w:basedOn w:val="Titre1"/></w:style>'
    '<w:style w:type="character" w:styleId="Fort"><w:name w:val="Strong"/></w:style>'
    '<w:style w:type="table" w:styleId="Grille"><w:name w:val="Table Grid"/></w:style>',
)
NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0"/><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)
COMMENTS = part("comments", f'<w:comment w:id="0">{par(run("À compléter"))}</w:comment>')
FOOTNOTES = part(
    "footnotes",
    f'<w:footnote w:id="0" w:type="separator">{par("")}</w:footnote>'
    f'<w:footnote w:id="2">{par(run("Note"))}</w:footnote>',
)
TABLE = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="Grille"/></w:tblPr>'
    f"<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>{par(run('En-tête'))}</w:tc></w:tr>"
    f"<w:tr><w:tc>{par(run('Cellule'))}</w:tc></w:tr></w:tbl>"
)
SOUND = (
    par(bookmark("_cl_objet", 1) + run("Objet"), "Titre1")
    + par(run("Durée") + bookmark("_Toc1", 2), "Titre2")
    + par(complex_field(" PAGEREF _Toc1 \\h ", "3") + comment_call(0) + drawing(1))
    + par(f'<w:hyperlink w:anchor="_cl_objet">{run("lien")}</w:hyperlink>')
    + par(f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>')
    + '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    + '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    + '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>'
    + f"{par(run('a '))}</w:sdtContent></w:sdt>"
    + TABLE
)
CORE = (
    '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Contrat</dc:title>'
    "</c:coreProperties>"
)
ROOT_RELATIONS = relations(
    ("r1", "officeDocument", "word/document.xml"), ("r2", "core-properties", "docProps/core.xml")
)
DOCUMENT_RELATIONS = (
    ("r1", "styles", "styles.xml"),
    ("r2", "numbering", "numbering.xml"),
    ("r3", "comments", "comments.xml"),
    ("r4", "footnotes", "/word/footnotes.xml"),
)


def word(
    extra: str = "",
    *,
    body: str = SOUND,
    also: str = "",
    parts: dict[str, str | None] | None = None,
) -> bytes:
    """A sound Word file, plus `extra` in its body; parts replaced by name, or left out if None.

    :param also: name of an entry to write a second time.
    """
    content: dict[str, str | None] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT_RELATIONS,
        "docProps/core.xml": CORE,
        "word/document.xml": part("document", f"<w:body>{body}{extra}</w:body>"),
        "word/_rels/document.xml.rels": relations(*DOCUMENT_RELATIONS),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/comments.xml": COMMENTS,
        "word/footnotes.xml": FOOTNOTES,
        **(parts or {}),
    }
    buffer = io.BytesIO()
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, text in content.items():
            if text is not None:
                archive.writestr(name, text)
        if also:
            warnings.simplefilter("ignore")  # zipfile warns of the very fault we want
            archive.writestr(also, content[also] or "")
    return buffer.getvalue()


def replaced(old: str, new: str) -> bytes:
    """The sound file with one piece of its body replaced."""
    assert old in SOUND
    return word(body=SOUND.replace(old, new))


def in_parts(**parts: str | None) -> bytes:
    """The sound file with parts replaced; `styles` stands for word/styles.xml."""
    return word(parts={f"word/{name}.xml": text for name, text in parts.items()})


def related(line: tuple[str, str, str]) -> bytes:
    """The sound file with one more relation of its main document."""
    return word(parts={"word/_rels/document.xml.rels": relations(*DOCUMENT_RELATIONS, line)})


def typed(name: str) -> bytes:
    """The sound file with one more declared content type."""
    more = f'<Override PartName="{name}" ContentType="application/xml"/></Types>'
    return word(parts={"[Content_Types].xml": TYPES.replace("</Types>", more)})
