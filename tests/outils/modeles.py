"""Models of contract of our own drafting, made by the tests as Word, OpenDocument and text."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

LIGNES: tuple[tuple[str, str], ...] = (
    ("p", "Modèle de contrat de la région"),
    ("p", "Vu le code de la santé publique;"),
    ("p", "Il a été convenu ce qui suit :"),
    ("h1", "Chapitre 1. Règles communes"),
    ("h2", "Article 1 : objet du contrat"),
    (
        "p",
        "Le contrat définit les engagements de 1'établissement de santé et de ses professionnels.",
    ),
    ("h2", "Article 2 – Durée du contrat"),
    ("p", "Le contrat est signé pour une durée indéterminée  et suit l’article L162-30-2."),
    ("li", "volet de {{ base }} : *un* | deux_trois # 10%"),
    ("li", "second point, avec \\ et {% bloc %} et <b>signes</b>"),
    ("p", "2018. Première année, du ……………… au ______ [le cas échéant]."),
    ("h2", "Article 3 : Clause propre à la région"),
    ("p", "La caisse est représentée par XXXX. Elle suit l'article L. 999-12 [préciser le code]."),
    ("p", "Fait à ____, le ……………"),
)
"""(kind, text): paragraphs, headings and list items that the three forms share."""

SUIVI = (
    "<w:p {ns}><w:r><w:t xml:space='preserve'>Le texte </w:t></w:r>"
    "<w:del w:id='1' w:author='a'><w:r><w:delText>ancien</w:delText></w:r></w:del>"
    "<w:ins w:id='2' w:author='a'><w:r><w:t>nouveau</w:t></w:r></w:ins>"
    "<w:fldSimple w:instr=' MERGEFIELD Nom_ARS '><w:r><w:t>«champ»</w:t></w:r></w:fldSimple>"
    "<w:sdt><w:sdtPr><w:alias w:val='Médecin désigné'/></w:sdtPr><w:sdtContent><w:r>"
    "<w:t>Cliquez ici</w:t></w:r></w:sdtContent></w:sdt></w:p>"
)


def word_model() -> bytes:
    """The Word form, with a table, a numbered list, tracked changes, a field and a control."""
    document = Document()
    for genre, texte in LIGNES:
        if genre.startswith("h"):
            document.add_heading(texte, int(genre[1]))
        else:
            document.add_paragraph(texte, "List Bullet" if genre == "li" else None)
        if texte.startswith("2018."):
            document.add_paragraph("étape numérotée", "List Number")
            table = document.add_table(2, 2)
            for case, mot in zip(
                (c for ligne in table.rows for c in ligne.cells),
                ("Année", "Part | maximum", "2018", ""),
                strict=True,
            ):
                case.text = mot
            corps = document.element.body
            corps.insert(len(corps) - 1, parse_xml(SUIVI.format(ns=nsdecls("w"))))
    document.sections[0].footer.paragraphs[0].text = "Version du modèle"
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def word_file(corps: str) -> bytes:
    """A Word file whose body is `corps`."""
    document = Document()
    for enfant in parse_xml(f"<w:body {nsdecls('w')}>{corps}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, enfant)
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def text_model() -> bytes:
    """The text form."""
    return "\n\n".join(f"- {t}" if g == "li" else t for g, t in LIGNES).encode()


NIVEAUX = (
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" '
    'style:num-prefix="Titre " style:num-suffix=" –"/><text:outline-level-style text:level="2" '
    'style:num-format="1" style:num-prefix="Article " style:num-suffix=" :"/></text:outline-style>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="°"/><text:list-level-style-number text:level="2" '
    'style:num-format="a" style:num-suffix=")"/><text:list-level-style-bullet text:level="3" '
    'text:bullet-char="–"/></text:list-style>'
)
"""How headings count (Titre I –, Article 1 :), and a list of three levels (1°, a), a dash)."""


def odt_file(corps: str, styles: str = NIVEAUX) -> bytes:
    """An OpenDocument file whose body is `corps`."""
    noms = ("office", "text", "table", "style", "draw")
    espaces = dict(zip(noms, (*noms[:4], "drawing"), strict=True))
    xmlns = " ".join(
        f'xmlns:{nom}="urn:oasis:names:tc:opendocument:xmlns:{espace}:1.0"'
        for nom, espace in espaces.items()
    )
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as paquet:
        paquet.writestr("META-INF/manifest.xml", "<m/>")
        paquet.writestr("styles.xml", f"<office:styles {xmlns}>{styles}</office:styles>")
        paquet.writestr(
            "content.xml",
            f"<office:document-content {xmlns}><office:body><office:text>{corps}</office:text>"
            "</office:body></office:document-content>",
        )
    return sortie.getvalue()


def odt_model() -> bytes:
    """The OpenDocument form, with a deletion that nobody must read."""
    formes = {
        "p": "<text:p>{}</text:p>",
        "li": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
    }
    titre = '<text:h text:outline-level="2">{}</text:h>'
    corps = "".join(formes.get(genre, titre).format(escape(texte)) for genre, texte in LIGNES)
    suivi = "<text:tracked-changes><text:p>effacé</text:p></text:tracked-changes>"
    return odt_file(suivi + corps, styles="")
