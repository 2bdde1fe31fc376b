"""What Word and OpenDocument count, merge, call or set apart, read as a reader sees it."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from caqes_docs.redaction.modele.blocs import BlocModele, correct
from caqes_docs.review.modele.lecture import read_model
from caqes_docs.review.modele.numeros import rank
from tests.outils.modeles import odt_file, word_file

NUMEROTATION = (
    ("upperRoman", "Chapitre %1", 'w:pStyle w:val="Heading1"', ""),
    ("decimal", "Article %2", 'w:pStyle w:val="Heading2"', '<w:lvlRestart w:val="0"/>'),
    ("decimal", "%2.%3", "", ""),
    ("lowerLetter", "%4)", "", ""),
)


def _numbered_word(corps: str) -> bytes:
    """A Word file whose headings are numbered by their styles, on one list of four levels."""
    document = Document()
    niveaux = "".join(
        f'<w:lvl w:ilvl="{rang}"><w:start w:val="1"/><w:numFmt w:val="{genre}"/>{repart}'
        f'{f"<{style}/>" if style else ""}<w:lvlText w:val="{texte}"/></w:lvl>'
        for rang, (genre, texte, style, repart) in enumerate(NUMEROTATION)
    )
    numeros = document.part.numbering_part.element
    numeros.insert(
        0,
        parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{niveaux}</w:abstractNum>'),
    )
    for num, suite in ((90, ""), (91, '<w:startOverride w:val="1"/>')):
        reprise = f'<w:lvlOverride w:ilvl="3">{suite}</w:lvlOverride>' if suite else ""
        numeros.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{num}"><w:abstractNumId w:val="90"/>{reprise}'
                "</w:num>"
            )
        )
    for nom in ("Heading 1", "Heading 2"):
        document.styles[nom].element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>')
        )
    for enfant in parse_xml(f"<w:body {nsdecls('w')}>{corps}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, enfant)
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def _p(texte: str, style: str = "", num: tuple[int, int] | None = None) -> str:
    liste = (
        f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    )
    nom = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{nom}{liste}</w:pPr><w:r><w:t>{texte}</w:t></w:r></w:p>"


def _word(corps: str) -> list[BlocModele]:
    return read_model(word_file(corps), "modele.docx")[0]


class DescribeNumeros:
    """Marks that nobody typed."""

    def it_counts_the_headings_of_word_across_chapters_and_the_paragraphs_below(self) -> None:
        corps = [
            _p("Commun", "Heading1"),
            _p("Objet", "Heading2"),
            _p("Durée", "Heading2"),
            _p("alinéa", num=(90, 2)),
            _p("Volet", "Heading1"),
            _p("Engagements", "Heading2"),
            _p("alinéa", num=(90, 2)),
        ]
        blocs, _ = read_model(_numbered_word("".join(corps)), "modele.docx")
        assert [bloc.marque for bloc in blocs] == [
            "Chapitre I",
            "Article 1",
            "Article 2",
            "2.1",
            "Chapitre II",
            "Article 3",
            "3.1",
        ]

    def it_goes_past_the_alphabet_and_starts_again_where_word_does(self) -> None:
        corps = [_p("point", num=(90, 3)) for _ in range(28)] + [_p("autre", num=(91, 3))]
        blocs, _ = read_model(_numbered_word("".join(corps)), "modele.docx")
        assert [blocs[i].marque for i in (0, 25, 26, 27, 28)] == ["a)", "z)", "aa)", "bb)", "a)"]

    @pytest.mark.parametrize(
        ("rang", "genre", "mark"),
        [
            (27, "upperLetter", "AA"),
            (53, "letter", "ba"),
            (40, "lowerRoman", "xl"),
            (49, "upperRoman", "XLIX"),
            (2, "ordinal", "2e"),
            (7, "decimalZero", "07"),
        ],
    )
    def it_writes_a_rank(self, rang: int, genre: str, mark: str) -> None:
        assert rank(rang, genre) == mark

    def it_counts_the_headings_and_the_nested_lists_of_opendocument(self) -> None:
        liste = (
            '<text:list text:style-name="L"><text:list-item><text:p>un</text:p>'
            "<text:list><text:list-item><text:p>sous</text:p><text:p>suite</text:p>"
            "<text:list><text:list-item><text:p>point</text:p></text:list-item></text:list>"
            "</text:list-item></text:list></text:list-item>"
            "<text:list-item><text:p>deux</text:p></text:list-item></text:list>"
        )
        titre = '<text:h text:outline-level="{}">{}</text:h>'
        corps = titre.format(1, "Commun") + titre.format(2, "Objet") + liste
        blocs, _ = read_model(odt_file(corps + titre.format(2, "Durée")), "modele.odt")
        assert [(b.genre, b.marque, b.texte, b.niveau) for b in blocs] == [
            ("titre", "Titre I –", "Commun", 1),
            ("titre", "Article 1 :", "Objet", 2),
            ("puce", "1°", "un", 0),
            ("puce", "a)", "sous", 1),
            ("suite", "", "suite", 1),
            ("puce", "", "point", 2),
            ("puce", "2°", "deux", 0),
            ("titre", "Article 2 :", "Durée", 2),
        ]


class DescribeChamps:
    """Fields and controls: a blank is never plain text, plain text never a blank."""

    def it_marks_a_merge_field_in_runs_and_reads_the_result_of_a_reference(self) -> None:
        champ = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{}</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
        fusion = champ.format(" MERGEFIELD Nom \\* MERGEFORMAT ", "«Nom»")
        (bloc,) = _word(f"<w:p>{fusion}{champ.format(' REF _Ref1 ', 'article 3')}</w:p>")
        assert bloc.texte == "\ue010Nom\ue011«Nom»\ue012article 3"

    def it_keeps_the_text_of_a_rich_control_and_names_a_choice(self) -> None:
        texte = "Un paragraphe entier que le service juridique a mis dans un contrôle de contenu."
        riche = (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Autre"/></w:docPartObj>'
            f"</w:sdtPr><w:sdtContent>{_p(texte)}</w:sdtContent></w:sdt>"
        )
        choix = (
            '<w:p><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="papier"/>'
            '<w:listItem w:displayText="courriel"/></w:dropDownList></w:sdtPr><w:sdtContent>'
            "<w:r><w:t>Choisir</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        )
        attente = (
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{_p('Cliquez ici')}"
            "</w:sdtContent></w:sdt>"
        )
        assert [(b.genre, b.texte) for b in _word(riche + choix + attente)] == [
            ("texte", texte),
            ("texte", "\ue010papier ou courriel\ue011Choisir\ue012"),
            ("texte", "\ue010à compléter\ue011Cliquez ici\ue012"),
        ]


class DescribeSuivi:
    """Changes accepted."""

    def it_joins_paragraphs_and_drops_rows_that_a_change_took_away(self) -> None:
        coupe = (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>Tout </w:t>"
            "</w:r></w:p>" + _p("avenant.")
        )
        rang = f"<w:tr>{{}}<w:tc>{_p('a')}</w:tc><w:tc>{_p('b')}</w:tc></w:tr>"
        otee = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"
        blocs = _word(f"{coupe}<w:tbl>{rang.format('')}{otee}</w:tbl>")
        assert [(b.texte, b.lignes) for b in blocs] == [("Tout avenant.", ()), ("", (("a", "b"),))]


class DescribeTables:
    """Merged cells say once more what they say."""

    def it_repeats_merged_cells_and_counts_them_as_added(self) -> None:
        def tc(texte: str, pr: str = "") -> str:
            return f"<w:tc><w:tcPr>{pr}</w:tcPr>{_p(texte)}</w:tc>"

        debut, suite, large = (
            '<w:vMerge w:val="restart"/>',
            "<w:vMerge/>",
            '<w:gridSpan w:val="{}"/>',
        )
        corps = (
            f"<w:tbl><w:tr>{tc('Légende', large.format(3))}</w:tr>"
            f"<w:tr>{tc('Objectif', debut)}{tc('Cibles', large.format(2))}</w:tr>"
            f"<w:tr>{tc('', suite)}{tc('2018')}{tc('2019')}</w:tr></w:tbl>"
        )
        blocs, corrections = correct(_word(corps))
        assert [b.texte for b in blocs] == ["Légende", ""]
        assert blocs[1].lignes == (("Objectif", "Cibles", "Cibles"), ("Objectif", "2018", "2019"))
        assert [c.apres for c in corrections] == ["Cibles", "Objectif"]


class DescribeNotes:
    """What hangs on a paragraph stands beside it."""

    def it_sets_apart_the_notes_boxes_and_comments_of_opendocument(self) -> None:
        corps = (
            "<text:p>Le contrat<text:note><text:note-citation>1</text:note-citation>"
            "<text:note-body><text:p>Au sens du code.</text:p></text:note-body></text:note> lie."
            "<office:annotation><text:p>À revoir</text:p></office:annotation>"
            "<draw:frame><draw:text-box><text:p>Encadré</text:p></draw:text-box></draw:frame>"
            "</text:p>"
        )
        blocs, dires = read_model(odt_file(corps), "modele.odt")
        assert [(b.genre, b.texte) for b in blocs] == [
            ("texte", "Le contrat lie."),
            ("note", "Au sens du code."),
            ("texte", "Encadré"),
        ]
        assert dires == ["Les commentaires du modèle ne sont pas repris."]

    def it_reads_a_note_of_word_where_it_is_called(self) -> None:
        appel = (
            '<w:p><w:r><w:t>Le contrat</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        )
        note = (
            f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2">{_p("Au sens du code.")}'
            "</w:footnote></w:footnotes>"
        )
        contenu = io.BytesIO(word_file(appel + _p("suite")))
        with zipfile.ZipFile(contenu, "a") as paquet:
            paquet.writestr("word/footnotes.xml", note)
        blocs, _ = read_model(contenu.getvalue(), "modele.docx")
        assert [(b.genre, b.texte) for b in blocs] == [
            ("texte", "Le contrat"),
            ("note", "Au sens du code."),
            ("texte", "suite"),
        ]
