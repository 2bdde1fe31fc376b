"""Each check of `word_checks` must find its own fault, and nothing in a sound file.

Run with: python -m pytest tests/conformance
"""

from __future__ import annotations

import pytest
from word_checks import check_word
from word_fields import bookmark_of
from word_samples import (
    COMMENTS,
    CORE,
    FOOTNOTES,
    NUMBERING,
    STYLES,
    TABLE,
    bookmark,
    comment_call,
    complex_field,
    drawing,
    in_parts,
    mark,
    par,
    part,
    related,
    relations,
    replaced,
    run,
    typed,
    word,
)


def test_sound_file_has_no_finding() -> None:
    assert check_word(word(), accessibility=True) == []


TOO_LONG = "a" * 41
FAULTS: dict[str, tuple[bytes, str]] = {
    "not a zip": (b"PK bonjour", "ce n'est pas une archive"),
    "malformed xml": (in_parts(comments="<w:comments"), "XML mal formé"),
    "duplicate entry": (word(also="word/styles.xml"), "entrée présente 2 fois"),
    "no content types": (word(parts={"[Content_Types].xml": None}), "partie obligatoire absente"),
    "no content type": (word(parts={"word/media/x.png": "x"}), "partie sans type de contenu"),
    "type of absent part": (
        typed("/x.xml"),
        "déclaré pour une partie absente, « x.xml »",
    ),
    "type twice": (
        typed("/word/document.xml"),
        "déclaré plusieurs fois",
    ),
    "missing target": (
        related(("r9", "image", "media/x.png")),
        "relation « r9 » vers une partie absente, « word/media/x.png »",
    ),
    "relation twice": (
        related(("r1", "settings", "styles.xml")),
        "relation « r1 » définie plusieurs fois",
    ),
    "orphan relations": (
        word(parts={"word/_rels/x.xml.rels": relations()}),
        "d'une partie absente",
    ),
    "relation undefined": (
        word(par(f'<w:hyperlink r:id="r99">{run("x")}</w:hyperlink>')),
        "relation « r99 » utilisée mais non définie",
    ),
    "empty comments": (in_parts(comments=part("comments", "")), "partie sans aucun commentaire"),
    "empty footnotes": (in_parts(footnotes=part("footnotes", "")), "sans aucun note de bas"),
    "empty part": (word(parts={"word/x.xml": ""}), "word/x.xml : partie vide"),
    "bookmark name twice": (word(par(bookmark("_CL_objet", 9))), "« _cl_objet » défini plusieurs"),
    "bookmark id twice": (word(par(bookmark("autre", 1))), "identifiant de signet 1 utilisé"),
    "bookmark without end": (
        word(par('<w:bookmarkStart w:id="9" w:name="x"/>')),
        "signet « x » (identifiant 9) sans fin",
    ),
    "bookmark without start": (word(par('<w:bookmarkEnd w:id="9"/>')), "fin de signet 9 sans"),
    "bookmark name too long": (word(par(bookmark(TOO_LONG, 9))), "nom refusé par Word"),
    "bookmark name with space": (word(par(bookmark("a b", 9))), "nom refusé par Word"),
    "link to nothing": (
        word(par(f'<w:hyperlink w:anchor="rien">{run("x")}</w:hyperlink>')),
        "lien interne vers un signet absent, « rien »",
    ),
    "REF to nothing": (word(par(complex_field(" REF rien \\h ", "4"))), "champ REF vers un signet"),
    "PAGEREF to nothing": (word(par(complex_field(" PAGEREF rien ", "4"))), "champ PAGEREF vers"),
    "HYPERLINK to nothing": (
        word(par(complex_field(' HYPERLINK \\l "rien" ', "x"))),
        "champ HYPERLINK vers un signet absent",
    ),
    "drawing id twice": (word(par(drawing(1))), "identifiant de dessin (wp:docPr) 1"),
    "control id twice": (
        word(
            f'<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>{par("")}'
            "</w:sdtContent></w:sdt>"
        ),
        "identifiant de contrôle de contenu (w:sdt) 7",
    ),
    "comment absent": (word(par(comment_call(5))), "commentaire 5 : appel sans contenu"),
    "comment not called": (replaced(comment_call(0), ""), "commentaire 0 : contenu sans appel"),
    "comment zone open": (
        replaced('<w:commentRangeEnd w:id="0"/>', ""),
        "commentaire 0 : début et fin de zone mal appariés",
    ),
    "comment zone without call": (
        replaced('<w:r><w:commentReference w:id="0"/></w:r>', ""),
        "commentaire 0 : zone sans appel",
    ),
    "comment id twice": (
        in_parts(
            comments=COMMENTS.replace(
                "</w:comments>", f'<w:comment w:id="0">{par("")}</w:comment></w:comments>'
            )
        ),
        "commentaire : identifiant 0 utilisé plusieurs fois",
    ),
    "note not called": (
        replaced('<w:footnoteReference w:id="2"/>', ""),
        "note de bas de page 2 : contenu sans appel",
    ),
    "note absent": (
        word(par('<w:r><w:footnoteReference w:id="8"/></w:r>')),
        "note de bas de page 8 : appel sans contenu",
    ),
    "field without result": (word(par(complex_field(" PAGE ", ""))), "« PAGE » sans résultat"),
    "field without separator": (
        word(par(mark("begin") + "<w:r><w:instrText>DATE</w:instrText></w:r>" + mark("end"))),
        "« DATE » sans résultat",
    ),
    "field without instruction": (word(par(complex_field("", "x"))), "champ sans instruction"),
    "field never closed": (word(par(mark("begin") + run("x"))), "jamais refermé"),
    "field never opened": (word(par(mark("end"))), "« end » sans début"),
    "two separators": (
        word(par(complex_field("PAGE", "1").replace(mark("end"), mark("separate") + mark("end")))),
        "à deux séparateurs",
    ),
    "simple field without text": (
        word(par('<w:fldSimple w:instr="NUMPAGES"/>')),
        "champ simple « NUMPAGES » sans résultat",
    ),
    "style undefined": (word(par("", "Absent")), "style « Absent » (pStyle) utilisé mais non"),
    "run style undefined": (
        word(par('<w:r><w:rPr><w:rStyle w:val="Nul"/></w:rPr></w:r>')),
        "style « Nul » (rStyle)",
    ),
    "table style undefined": (replaced('w:val="Grille"', 'w:val="Nul"'), "« Nul » (tblStyle)"),
    "style of wrong kind": (word(par("", "Fort")), "mauvais genre"),
    "style based on nothing": (
        in_parts(styles=STYLES.replace("</w:style>", '<w:basedOn w:val="Nul"/></w:style>', 1)),
        "style « Nul » cité mais non défini",
    ),
    "style twice": (
        in_parts(styles=STYLES.replace('w:styleId="Titre3"', 'w:styleId="Titre2"')),
        "style « Titre2 » défini plusieurs fois",
    ),
    "no styles": (in_parts(styles=None), "word/styles.xml"),
    "list undefined": (
        word('<w:p><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:p>'),
        "liste (w:numId) 4 utilisée mais non définie",
    ),
    "list without model": (
        in_parts(numbering=NUMBERING.replace('<w:abstractNum w:abstractNumId="0"/>', "")),
        "modèle 0 non défini",
    ),
    "list id twice": (
        in_parts(
            numbering=NUMBERING.replace(
                "</w:numbering>",
                '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
            )
        ),
        "liste (w:numId) 1 définie plusieurs fois",
    ),
    "language": (in_parts(styles=STYLES.replace("fr-FR", "en-US")), "langue par défaut en-US"),
    "no language": (in_parts(styles=STYLES.replace("w:lang", "w:b")), "langue par défaut absente"),
    "template mark": (word(par(run("Ici {{ nom }}"))), "marque de modèle « {{ »"),
    "split template mark": (word(par(run("{") + run("% if %}"))), "marque de modèle « {% »"),
    "template mark in title": (
        word(parts={"docProps/core.xml": CORE.replace("Contrat", "{{ titre }}")}),
        "docProps/core.xml : marque de modèle",
    ),
    "private use": (word(par(run("a\ue123b"))), "caractère à usage privé U+E123"),
    "replacement": (word(par(run("caf\ufffd"))), "U+FFFD"),
    "edge space": (word(par("<w:r><w:t>bonjour </w:t></w:r>")), "espace perdue au bord"),
    "heading jump": (word(par(run("A"), "Titre1") + par(run("B"), "Titre3")), "après un niveau 1"),
    "first heading": (word(body=par(run("A"), "Titre2")), "titre de niveau 2 après un niveau 0"),
    "empty heading": (word(par("", "Titre1")), "titre de niveau 1 vide"),
    "lone heading": (word(par(run("A"), "Seul")), "titre qui peut finir une page"),
    "cell without paragraph": (
        replaced(f"<w:tc>{par(run('Cellule'))}</w:tc>", f"<w:tc>{TABLE}</w:tc>"),
        "cellule qui ne finit pas par un paragraphe",
    ),
    "table without row": (word("<w:tbl><w:tblPr/></w:tbl>"), "tableau sans ligne"),
    "row without cell": (word("<w:tbl><w:tr/></w:tbl>"), "ligne de tableau sans cellule"),
}
ACCESSIBILITY_FAULTS: dict[str, tuple[bytes, str]] = {
    "no title": (word(parts={"docProps/core.xml": CORE.replace("Contrat", "")}), "titre absent"),
    "no header row": (replaced("<w:tblHeader/>", ""), "tableau sans ligne d'en-tête déclarée"),
    "no alternative text": (word(par(drawing(5, " "))), "image sans texte de remplacement"),
}

ACCEPTED: dict[str, bytes] = {
    "TOC over several paragraphs": word(
        par(mark("begin") + "<w:r><w:instrText> TOC \\h </w:instrText></w:r>" + mark("separate"))
        + par(run("Objet ") + complex_field("PAGEREF _Toc1 \\h", "3"))
        + par(mark("end"))
    ),
    "field that shows nothing": word(
        par(mark("begin") + "<w:r><w:instrText> XE x </w:instrText></w:r>" + mark("end"))
    ),
    "field split in two instructions": word(
        par(complex_field("PAGE</w:instrText></w:r><w:r><w:instrText>REF _Toc1", "3"))
    ),
    "link to the top": word(par(f'<w:hyperlink w:anchor="_top">{run("x")}</w:hyperlink>')),
    "deleted heading": word(
        '<w:p><w:pPr><w:pStyle w:val="Titre3"/><w:rPr><w:del/></w:rPr></w:pPr></w:p>'
    ),
    "list switched off": word('<w:p><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:p>'),
    "back to a higher level": word(par(run("A"), "Titre1") + par(run("B"), "Titre2")),
    "bookmark over a table": word(
        f'<w:bookmarkStart w:id="9" w:name="zone"/>{TABLE}<w:bookmarkEnd w:id="9"/>'
    ),
    "field in a note": in_parts(
        footnotes=FOOTNOTES.replace(run("Note"), complex_field("REF _Toc1", "1"))
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found(name: str) -> None:
    data, expected = FAULTS[name]
    findings = check_word(data)
    assert any(expected in line for line in findings), findings


@pytest.mark.parametrize("name", ACCESSIBILITY_FAULTS)
def test_accessibility_only_on_request(name: str) -> None:
    data, expected = ACCESSIBILITY_FAULTS[name]
    assert check_word(data) == []
    assert any(expected in line for line in check_word(data, accessibility=True))


@pytest.mark.parametrize("name", ACCEPTED)
def test_sound_variants_are_accepted(name: str) -> None:
    assert check_word(ACCEPTED[name], accessibility=True) == []


@pytest.mark.parametrize(
    ("instruction", "bookmark_name"),
    [
        (" REF _cl_objet \\r \\h ", "_cl_objet"),
        (' HYPERLINK \\l "_Toc1" ', "_Toc1"),
        (' HYPERLINK "https://exemple.fr" \\l "x" ', None),
        (' TOC \\o "1-3" \\b zone ', "zone"),
        (" PAGE ", None),
        ("", None),
    ],
)
def test_bookmark_of_an_instruction(instruction: str, bookmark_name: str | None) -> None:
    assert bookmark_of(instruction) == bookmark_name
