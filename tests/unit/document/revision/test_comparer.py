"""What the script says of small, exact changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.revision.alineas import place, rank
from caqes_docs.document.revision.appliquer import apply, mark
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.notation import marked_text
from caqes_docs.document.revision.script import (
    AdresseActe,
    Blocs,
    Elements,
    Lignes,
    Passage,
    Script,
)
from caqes_docs.document.texte import document_text
from caqes_docs.document.walk import plain
from tests.outils.revisions import act, article, items, paragraph, table


def _shown(a: doc.Document, b: doc.Document) -> str:
    return marked_text(mark(a, compare(a, b)))


class DescribeMots:
    """Words of one place."""

    def it_replaces_a_whole_amount(self) -> None:
        a = act(article("1", paragraph("La somme est de 1\u202f234,50\u00a0€ par an et par site.")))
        b = act(article("1", paragraph("La somme est de 1\u202f235,50\u00a0€ par an et par site.")))
        (mots,) = compare(a, b).operations
        assert isinstance(mots, Passage)
        assert (plain(mots.avant), plain(mots.apres)) == (
            "1\u202f234,50\u00a0€",
            "1\u202f235,50\u00a0€",
        )

    def it_never_cuts_a_value(self) -> None:
        words = (
            doc.Texte("Le taux est de "),
            doc.Valeur((doc.Texte("2,2 %"),), "t"),
            doc.Texte(" l’an."),
        )
        other = (words[0], doc.Valeur((doc.Texte("2,5 %"),), "t"), words[2])
        a, b = (act(article("1", doc.Paragraphe(one))) for one in (words, other))
        (mots,) = compare(a, b).operations
        assert isinstance(mots, Passage)
        assert mots.avant == (words[1],)

    def it_takes_in_a_word_left_alone(self) -> None:
        debut = "La date limite de remise du rapport annuel est fixée entre le"
        a = act(article("1", paragraph(f"{debut} 10 et le 20 mars de chaque année.")))
        b = act(article("1", paragraph(f"{debut} 12 et le 25 mars de chaque année.")))
        assert "[-10 et le 20-]{+12 et le 25+} mars" in _shown(a, b)

    def it_rewrites_what_changes_much(self) -> None:
        a = act(article("1", paragraph("Le directeur signe le contrat et le notifie.")))
        b = act(article("1", paragraph("La direction approuve un contrat puis elle notifie.")))
        assert len(compare(a, b).operations) == 1

    def it_changes_a_sentence_in_place_of_many_words(self) -> None:
        keep = "Le contrat est conclu pour cinq ans à compter de sa date. "
        much = (
            "Le rapport annuel du comité est remis en mars au plus tard avec toutes les pièces"
            " jointes, par le directeur de l’établissement."
        )
        more = much.replace("rapport", "bilan").replace("mars", "juin").replace("directeur", "chef")
        a, b = (act(article("1", paragraph(f"{keep}{x} {keep}{keep}"))) for x in (much, more))
        (mots,) = compare(a, b).operations
        assert isinstance(mots, Passage)
        assert plain(mots.avant).strip() == much

    def nor_does_typography_change_anything(self) -> None:
        a = act(article("10-1", paragraph("L'article 10-1 : 3 % « du total » est-il dû ?")))
        b = act(
            article(
                "10-1",
                paragraph(
                    "L’article 10\u20111\u00a0: 3\u00a0% «\u00a0du total\u00a0» est-il dû\u202f?"
                ),
            )
        )
        assert not compare(a, b)

    def nor_does_emphasis(self) -> None:
        a = act(article("1", paragraph("Le directeur signe.")))
        words = (doc.Texte("Le "), doc.Fort((doc.Texte("directeur"),)), doc.Texte(" signe."))
        assert not compare(a, act(article("1", doc.Paragraphe(words))))


class DescribeBlocs:
    """Alinéas, items, rows, articles."""

    def it_addresses_the_state_before(self) -> None:
        old = [paragraph(f"Alinéa {rang} de l’article, en entier.") for rang in "abcd"]
        new = [
            paragraph("Tout nouveau."),
            *old[:2],
            paragraph("Alinéa c du contrat, en entier."),
            old[3],
        ]
        a, b = act(article("5", *old)), act(article("5", *new))
        inserted, changed = compare(a, b).operations
        assert isinstance(inserted, Blocs)
        assert inserted.adresse == AdresseActe("_cl_5", (0,))
        assert place(a, changed) == "article\u00a05, troisième alinéa"
        assert document_text(apply(a, compare(a, b))) == document_text(b)

    def it_removes_the_last_item_and_touches_no_comma(self) -> None:
        a = act(
            article(
                "2", paragraph("Il comprend :"), items("le socle ;", "les volets ;", "la grille.")
            )
        )
        b = act(article("2", paragraph("Il comprend :"), items("le socle ;", "les volets ;")))
        (removed,) = compare(a, b).operations
        assert isinstance(removed, Elements)
        assert (len(removed.avant), removed.apres) == (1, ())

    def it_matches_rows_by_their_first_cell(self) -> None:
        a = act(article("3", table(("NAT-1", "10 %"), ("NAT-2", "20 %"), ("NAT-3", "30 %"))))
        b = act(article("3", table(("NAT-1", "10 %"), ("NAT-3", "35 %"), ("NAT-4", "40 %"))))
        kinds = [type(one) for one in compare(a, b).operations]
        assert kinds == [Lignes, Passage, Lignes]
        assert "[-NAT-2-]" in _shown(a, b)

    def it_replaces_a_table_whose_columns_change(self) -> None:
        a = act(article("3", table(("NAT-1", "10 %"), ("NAT-2", "20 %"))))
        b = act(article("3", table(("NAT-1", "10 %", "12 %"), ("NAT-2", "20 %", "22 %"))))
        (whole,) = compare(a, b).operations
        assert isinstance(whole, Blocs)
        assert isinstance(whole.avant[0], doc.Tableau)

    def it_matches_articles_by_their_anchor_whatever_their_number(self) -> None:
        a = act(article("1", paragraph("Un.")), article("2", paragraph("Deux.")))
        moved = replace(article("3", paragraph("Deux.")), ancre="_cl_2")
        b = act(
            article("1", paragraph("Un.")), article("2", paragraph("Neuf."), ancre="_cl_n"), moved
        )
        assert "[-Article\u00a02-]{+Article\u00a03+}" in _shown(a, b)

    def it_shows_what_moves_as_removed_and_inserted(self) -> None:
        one, two, three = (article(n, paragraph(f"Texte {n}.")) for n in "123")
        shown = _shown(act(one, two, three), act(three, one, two))
        assert shown.count("Texte 3.") == 2
        assert shown.count("Texte 1.") == 1


class DescribeRang:
    """The rank of an alinéa, as the Guide de légistique counts it."""

    def it_counts_items_and_takes_a_table_for_one(self) -> None:
        a = act(
            article(
                "4",
                paragraph("Un."),
                items("deux ;", "trois."),
                table(("x", "y")),
                paragraph("Cinq."),
            )
        )
        assert rank(a, AdresseActe("_cl_4", (1, 1, 0), "texte")) == 3
        assert rank(a, AdresseActe("_cl_4", (2, 0, 1, 0), "texte")) == 4
        assert rank(a, AdresseActe("_cl_4", (3,), "texte")) == 5
        assert rank(a, AdresseActe("_cl_4", (4,))) == 6

    def but_nothing_after_an_aside(self) -> None:
        a = act(article("4", paragraph("Un."), doc.Encart((paragraph("À part."),)), paragraph("?")))
        assert rank(a, AdresseActe("_cl_4", (0,), "texte")) == 1
        assert rank(a, AdresseActe("_cl_4", (2,), "texte")) is None


class DescribeRefus:
    """What is no script of this act."""

    def it_refuses_two_operations_on_one_passage(self) -> None:
        words = (doc.Texte("signe"),)
        operation = Passage(
            AdresseActe("_cl_1", (0,), "texte"), 13, 18, words, (doc.Texte("vise"),)
        )
        with pytest.raises(RevisionError) as refused:
            Script((operation, replace(operation, debut=15, fin=20)))
        assert refused.value.code == "A-001"

    def it_refuses_a_script_of_another_state(self) -> None:
        a, b = (
            act(article("1", paragraph(f"Le directeur {x} le contrat."))) for x in ("signe", "vise")
        )
        script = compare(a, b)
        with pytest.raises(RevisionError) as refused:
            apply(b, script)
        assert refused.value.code == "A-003"

    def it_refuses_an_anchor_that_leads_to_two_places(self) -> None:
        twice = act(article("1", paragraph("x")), article("1", paragraph("y")))
        with pytest.raises(RevisionError) as refused:
            compare(twice, act())
        assert refused.value.code == "A-004"


def it_keeps_the_date_of_the_state_before() -> None:
    a, b = act(article("1", paragraph("Un."))), act(article("1", paragraph("Deux.")))
    later = replace(b, metadonnees=replace(b.metadonnees, date=dt.date(2030, 1, 1)))
    assert apply(a, compare(a, later)).metadonnees == a.metadonnees
