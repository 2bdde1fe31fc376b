"""The sentences of an avenant: each formula of the grammar, on small exact changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caqes_docs.core.errors import RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.amendement.articles import ArticleModificatif
from caqes_docs.document.amendement.avenant import amendable, build_amendment
from caqes_docs.document.amendement.formules import FORMULES, Formules
from caqes_docs.document.amendement.grossir import coarsen
from caqes_docs.document.amendement.rediger import redige
from caqes_docs.document.revision.appliquer import apply
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.forme import document_key
from caqes_docs.document.texte import blocks_text
from tests.outils.revisions import act, article, items, paragraph, table
from tests.unit.rendering.graphique.essais import BARRES

KEEP = tuple(paragraph(f"Alinéa {rang} de l’article, qui reste tel quel.") for rang in "abcd")


def articles(
    a: doc.Document,
    b: doc.Document,
    formules: Formules = FORMULES,
    vacants: frozenset[str] = frozenset(),
) -> tuple[ArticleModificatif, ...]:
    """The amending articles of two states, once their script is proved."""
    script, apart = amendable(compare(a, b), a)
    assert not apart
    coarse = coarsen(a, script)
    assert document_key(apply(a, coarse)) == document_key(b)
    made = redige(a, b, coarse, formules, vacants)
    told = {id(one) for one_article in made for group in one_article.operations for one in group}
    assert told == set(map(id, coarse.operations))
    return made


def said(a: doc.Document, b: doc.Document) -> str:
    """The words of the amending articles."""
    return "\n".join(blocks_text(one.blocs) for one in articles(a, b)).replace("\u00a0", " ")


def in_article(avant: str, apres: str) -> str:
    """What is said of one alinéa that changes, the second of an article."""
    a, b = (act(article("5", KEEP[0], paragraph(x), *KEEP[1:])) for x in (avant, apres))
    return said(a, b)


LONG = "Le rapport annuel du comité est remis en mars au directeur de l’établissement."
MOTS = {
    "mots": (
        (LONG, LONG.replace("du comité", "de la commission paritaire")),
        "Au deuxième alinéa de l’article 5, les mots : « du comité » sont remplacés par les mots : "
        "« de la commission paritaire ».",
    ),
    "mot": (
        (LONG, LONG.replace("mars", "juin")),
        "Au deuxième alinéa de l’article 5, le mot : « mars » est remplacé par le mot : « juin ».",
    ),
    "ajout": (
        (LONG, LONG.replace("remis", "remis et publié")),
        "Au deuxième alinéa de l’article 5, après le mot : « remis », sont insérés les mots : "
        "« et publié ».",
    ),
    "retrait": (
        (LONG, LONG.replace(" annuel", "")),
        "Au deuxième alinéa de l’article 5, le mot : « annuel » est supprimé.",
    ),
    "taux": (
        ("Le taux retenu est de 2,2\u00a0% par an.", "Le taux retenu est de 2,5\u00a0% par an."),
        "Au deuxième alinéa de l’article 5, le taux : « 2,2 % » est remplacé par le taux : "
        "« 2,5 % ».",
    ),
    "montant": (
        ("La somme est de 1\u202f000\u00a0€ par an.", "La somme est de 1\u202f500\u00a0€ par an."),
        "Au deuxième alinéa de l’article 5, le montant : « 1\u202f000 € » est remplacé par le "
        "montant : « 1\u202f500 € ».",
    ),
    "élargi": (
        (
            "Le directeur signe le contrat et le directeur le notifie aux parties.",
            "Le directeur signe le contrat et le préfet le notifie aux parties.",
        ),
        "Au deuxième alinéa de l’article 5, les mots : « directeur le » sont remplacés par les "
        "mots : « préfet le ».",
    ),
    "guillemets": (
        (LONG, LONG.replace("du comité", "du «\u00a0comité\u00a0» local")),
        "Au deuxième alinéa de l’article 5, le mot : « comité » est remplacé par les mots : "
        "« “comité” local ».",
    ),
}


class DescribeMots:
    """Words of an alinéa."""

    @pytest.mark.parametrize("nom", MOTS)
    def it_says(self, nom: str) -> None:
        (avant, apres), dit = MOTS[nom]
        assert in_article(avant, apres) == dit

    def it_replaces_a_sentence_that_changes_twice(self) -> None:
        first = "Le volet est signé par les parties."
        avant = f"{first} Il dure trois ans et prend fin le 31 décembre 2020."
        apres = f"{first} Il dure cinq ans et prend fin le 31 décembre 2022."
        assert in_article(avant, apres) == (
            "La deuxième phrase du deuxième alinéa de l’article 5 est remplacée par une phrase "
            "ainsi rédigée : « Il dure cinq ans et prend fin le 31 décembre 2022. »"
        )

    def it_numbers_the_changes_of_one_alinea_under_its_name(self) -> None:
        avant = "Le comité signe le contrat, par deux fois. Il siège en mars à la préfecture."
        apres = "Le comité signe le contrat, par trois fois. Il siège en juin à la préfecture."
        assert in_article(avant, apres) == (
            "Au deuxième alinéa de l’article 5 :\n"
            "1° Le mot : « deux » est remplacé par le mot : « trois »\u202f;\n"
            "2° Le mot : « mars » est remplacé par le mot : « juin »."
        )

    def it_says_one_term_that_changes_everywhere(self) -> None:
        def state(mot: str) -> doc.Document:
            return act(
                *(
                    article(n, KEEP[0], paragraph(f"L’action {n} relève de {mot} du site."))
                    for n in ("1er", "4", "7")
                )
            )

        assert said(state("la caisse primaire"), state("la caisse unique")) == (
            "Aux articles 1er, 4 et 7, le mot : « primaire » est remplacé, partout où il figure, "
            "par le mot : « unique »."
        )


class DescribeAlineas:
    """Alinéas, items."""

    def _said(self, *blocs: doc.Bloc) -> str:
        return said(act(article("5", *KEEP)), act(article("5", *blocs)))

    def it_inserts_after_in_front_and_at_the_end(self) -> None:
        new = paragraph("Tout nouveau.")
        assert self._said(*KEEP[:3], new, KEEP[3]) == (
            "Après le troisième alinéa de l’article 5, est inséré un alinéa ainsi rédigé :\n"
            "« Tout nouveau. »"
        )
        assert self._said(new, *KEEP).startswith("Au début de l’article 5, est inséré un alinéa")
        assert self._said(*KEEP, items("un ;", "deux.")) == (
            "L’article 5 est complété par deux alinéas ainsi rédigés :\n« – un ;\n« – deux. »"
        )

    def it_removes(self) -> None:
        assert self._said(KEEP[0], *KEEP[2:]) == (
            "Le deuxième alinéa de l’article 5 : « Alinéa b de l’article, qui reste tel quel. » "
            "est supprimé."
        )
        long = paragraph(
            "Un alinéa dont les mots sont si nombreux que seuls les premiers en sont dits."
        )
        a = act(article("5", KEEP[0], long, *KEEP[1:]))
        assert said(a, act(article("5", KEEP[0], *KEEP[2:]))) == (
            "Les deuxième et troisième alinéas de l’article 5 : « Un alinéa dont les mots sont si "
            "nombreux que seuls… » et « Alinéa b de l’article, qui reste tel quel. » sont "
            "supprimés."
        )

    def it_lists_several_changes_of_one_article(self) -> None:
        changed = paragraph("Alinéa b de l’article, qui change un peu.")
        assert self._said(KEEP[0], changed, KEEP[2], KEEP[3], paragraph("Fin.")) == (
            "L’article 5 est ainsi modifié :\n"
            "1° Au deuxième alinéa, les mots : « reste tel quel » sont remplacés par les mots : "
            "« change un peu »\u202f;\n"
            "2° Il est complété par un alinéa ainsi rédigé :\n« Fin. »"
        )

    def it_replaces_an_article_of_which_most_changes(self) -> None:
        new = [paragraph(f"Tout autre chose, numéro {rang}.") for rang in range(3)]
        assert self._said(KEEP[0], *new).splitlines()[:2] == [
            "L’article 5 est remplacé par les stipulations suivantes :",
            "« Article 5 : Objet",
        ]

    def it_counts_as_the_present_state_does(self) -> None:
        new, changed = paragraph("Tout nouveau."), paragraph("Alinéa c, qui reste tel quel.")
        assert self._said(new, *KEEP[:2], changed, KEEP[3]) == (
            "L’article 5 est ainsi modifié :\n"
            "1° Au début, est inséré un alinéa ainsi rédigé :\n« Tout nouveau. »\u202f;\n"
            "2° Au troisième alinéa, les mots : « c de l’article » sont remplacés par le mot : "
            "« c »."
        )


class DescribeDivisions:
    """Articles inserted, removed, renamed."""

    def it_inserts_in_one_movement(self) -> None:
        a = act(article("9", *KEEP), article("10", *KEEP))
        news = [article(n, paragraph(f"Nouveau {n}.")) for n in ("9-1", "9-2")]
        assert said(a, act(a.corps[0], *news, a.corps[1])) == (
            "Après l’article 9, sont insérés deux articles 9-1 et 9-2 ainsi rédigés :\n"
            "« Article 9-1 : Objet\n« Nouveau 9-1.\n« Article 9-2 : Objet\n« Nouveau 9-2. »"
        )

    def it_removes_and_uses_the_words_of_the_catalogue(self) -> None:
        a = act(*(article(n, *KEEP) for n in ("1er", "2", "3")))
        b = act(a.corps[0])
        assert said(a, b) == "Les articles 2 et 3 sont supprimés."
        (gone,) = articles(a, b, formules=Formules(supprime="abrogé"))
        assert blocks_text(gone.blocs) == "Les articles\u00a02 et 3 sont abrogés."

    def it_speaks_of_annexes_last_and_in_their_order(self) -> None:
        def annex(rang: int, *blocs: doc.Bloc) -> doc.Section:
            titre = doc.Titre(1, f"Annexe\u00a0{rang}", (doc.Texte(f"Liste {rang}"),), True)
            return doc.Section(f"_an_{rang}", titre, blocs)

        a = act(article("1er", *KEEP), annex(1, *KEEP), annex(2, *KEEP))
        b = act(article("1er", *KEEP[1:]), annex(1, *KEEP[1:]))
        assert [one.intitule for one in articles(a, b)] == [
            "Modification de l’article\u00a01er",
            "Modification de l’annexe\u00a01",
            "Suppression de l’annexe\u00a02",
        ]

    def it_restores_a_number_that_was_freed(self) -> None:
        a, new = act(article("12", *KEEP)), article("13", paragraph("Revenu."))
        made = articles(a, act(*a.corps, new), vacants=frozenset(("Article\u00a013",)))
        assert made[0].action == "rétabli"
        assert (
            blocks_text(made[0].blocs)
            .replace("\u00a0", " ")
            .startswith("Après l’article 12, l’article 13 est ainsi rétabli :")
        )

    def it_changes_a_heading(self) -> None:
        a = act(article("5", *KEEP))
        other = replace(
            article("5", *KEEP), titre=doc.Titre(2, "Article\u00a05", (doc.Texte("Durée"),))
        )
        assert said(a, act(other)) == (
            "L’intitulé de l’article 5 est remplacé par l’intitulé : « Durée »."
        )


class DescribeTableaux:
    """Rows, cells, tables."""

    ROWS = tuple((f"NAT-{rang}", f"{rang}0\u00a0%") for rang in range(1, 8))

    def _said(self, *rows: tuple[str, str]) -> str:
        a, b = (act(article("3", KEEP[0], table(*x))) for x in (self.ROWS, rows))
        return said(a, b)

    def it_changes_a_value_a_row(self) -> None:
        changed = (*self.ROWS[:2], ("NAT-3", "35\u00a0%"), *self.ROWS[3:])
        assert self._said(*changed) == (
            "À la ligne « NAT-3 » du tableau du deuxième alinéa de l’article 3, le taux : "
            "« 30 % » est remplacé par le taux : « 35 % »."
        )

    def it_removes_rows_in_one_sentence(self) -> None:
        assert self._said(*self.ROWS[:5], *self.ROWS[6:]) == (
            "La ligne « NAT-6 » du tableau du deuxième alinéa de l’article 3 est supprimée."
        )
        assert self._said(*self.ROWS[1:3], *self.ROWS[4:]) == (
            "Les lignes « NAT-1 » et « NAT-4 » du tableau du deuxième alinéa de l’article 3 sont "
            "supprimées."
        )

    def it_gives_the_rank_of_a_row_that_its_words_do_not_tell(self) -> None:
        rows = (*self.ROWS, ("NAT-3", "30\u00a0%"), ("NAT-2", "autre"))
        a, b = (act(article("3", KEEP[0], table(*x))) for x in (rows, (*rows[:7], *rows[8:])))
        assert said(a, b).startswith("La ligne « NAT-3 » (huitième) du tableau")
        b = act(article("3", KEEP[0], table(*rows[:8], ("NAT-2", "même"))))
        assert said(a, b).startswith("À la ligne « NAT-2, autre » du tableau")

    def it_quotes_the_first_words_of_a_long_row(self) -> None:
        name = (
            "Un engagement dont l’intitulé compte bien plus de mots qu’il n’en faut pour le citer."
        )
        rows = (*self.ROWS, (name, "10\u00a0%"))
        a, b = (
            act(article("3", KEEP[0], table(*x))) for x in (rows, (*rows[:7], (name, "5\u00a0%")))
        )
        assert said(a, b).startswith(
            "À la ligne « Un engagement dont l’intitulé compte bien plus de… » du tableau"
        )

    def it_writes_a_cell_again_when_its_words_do_not_do(self) -> None:
        """An empty cell, one that gains a line: the words would not be found, nor the break."""
        cell = doc.Paragraphe((doc.Texte("au plus 1,5\u00a0%"),))
        broken = replace(
            cell, contenu=(*cell.contenu, doc.SautLigne(), doc.Texte("2020\u00a0: 1,2\u00a0%"))
        )
        for before, after, new in (
            (cell, broken, "« au plus 1,5 %\n2020 : 1,2 % »."),
            (doc.Paragraphe(()), cell, "« au plus 1,5 % »."),
        ):
            a, b = (act(article("3", self._with_cell(one))) for one in (before, after))
            assert said(a, b) == (
                "À la ligne « NAT-3 » du tableau du premier alinéa de l’article 3, la cellule de "
                f"la colonne « Colonne 1 » est ainsi rédigée :\n{new}"
            )

    def _with_cell(self, words: doc.Paragraphe) -> doc.Tableau:
        made = table(*self.ROWS)
        row = (made.lignes[2][0], doc.Cellule((words,)))
        return replace(made, lignes=(*made.lignes[:2], row, *made.lignes[3:]))

    def it_replaces_a_cell_that_is_one_word(self) -> None:
        rows = tuple((f"ACT-{rang}", f"REG-{rang}") for rang in range(7))
        new = (*rows[:3], ("ACT-3", "REG-9"), *rows[4:])
        a, b = (act(article("3", KEEP[0], table(*x))) for x in (rows, new))
        assert said(a, b).endswith("le mot : « REG-3 » est remplacé par le mot : « REG-9 ».")

    def it_inserts_a_row(self) -> None:
        assert self._said(*self.ROWS[:2], ("REG-1", "1\u00a0%"), *self.ROWS[2:]).splitlines() == [
            "Après la ligne « NAT-2 » du tableau du deuxième alinéa de l’article 3, est insérée la "
            "ligne suivante :",
            "«",
            "REG-1\t1 %",
            "».",
        ]

    def it_completes_a_table_with_any_number_of_rows(self) -> None:
        new = tuple((f"REG-{rang}", f"{rang}1\u00a0%") for rang in range(9))
        assert self._said(*self.ROWS, *new).startswith(
            "Le tableau du deuxième alinéa de l’article 3 est complété par les lignes suivantes :"
        )

    def it_replaces_a_table_of_which_a_third_changes(self) -> None:
        new = [(nom, f"9{valeur}") for nom, valeur in self.ROWS[:4]]
        assert self._said(*new, *self.ROWS[4:]).startswith(
            "Le tableau du deuxième alinéa de l’article 3 est remplacé par le tableau suivant :"
        )


class DescribeRefus:
    """What no sentence tells."""

    def it_refuses_a_rank_after_a_signature(self) -> None:
        box = doc.BlocSignature((doc.Signataire((), (), (doc.Texte("Nom"),), "S1"),))
        a = act(article("5", KEEP[0], box, KEEP[1], KEEP[2], KEEP[3]))
        b = act(article("5", KEEP[0], box, KEEP[1], KEEP[3]))
        with pytest.raises(RevisionError) as refused:
            redige(a, b, coarsen(a, compare(a, b)))
        assert refused.value.code == "A-020"

    def it_refuses_to_quote_a_chart_and_says_where_to_put_it(self) -> None:
        a = act(article("5", *KEEP))
        b = act(article("5", *KEEP), article("6", BARRES, KEEP[0]))
        with pytest.raises(RevisionError, match="une figure") as refused:
            build_amendment(a, b)
        assert refused.value.code == "A-020"
        assert "annexe" in refused.value.remede

    def but_an_annex_that_holds_one_is_replaced_whole(self) -> None:
        def annex(chart: doc.Graphique) -> doc.Section:
            titre = doc.Titre(1, "Annexe\u00a01", (doc.Texte("Suivi"),), True)
            return doc.Section("_an_1", titre, (KEEP[0], chart))

        moved = replace(BARRES, alternative="D’autres valeurs.")
        a, b = (act(article("5", *KEEP), annex(chart)) for chart in (BARRES, moved))
        made = build_amendment(a, b)
        (one,) = made.articles
        assert "remplacée par l’annexe" in blocks_text(one.blocs)
        assert moved in one.annexes[0].blocs
        assert made.brut == b

    def it_refuses_a_reference_that_would_lead_elsewhere(self) -> None:
        cites = article("9", paragraph("Sous réserve du troisième alinéa de l’article 5, rien."))
        a = act(article("5", *KEEP), cites)
        b = act(article("5", *KEEP[1:]), cites)
        with pytest.raises(RevisionError) as refused:
            build_amendment(a, b)
        assert refused.value.code == "A-021"
        assert "troisième alinéa" in refused.value.message
        corrected = article("9", paragraph("Sous réserve du deuxième alinéa de l’article 5, rien."))
        assert len(build_amendment(a, act(b.corps[0], corrected)).articles) == 2

    def nor_does_it_amend_a_signature(self) -> None:
        def state(nom: str) -> doc.Document:
            box = doc.BlocSignature((doc.Signataire((), (), (doc.Texte(nom),), "S1"),))
            return act(article("5", KEEP[0]), box, doc.Paragraphe((doc.Texte(nom),), "fait_a"))

        a = state("Hélène")
        kept, apart = amendable(compare(a, state("Solène")), a)
        assert not kept
        assert len(apart) == 1


class DescribeCouverture:
    """The cover, whose lines nobody counts."""

    @pytest.mark.parametrize(
        ("avant", "apres", "dit"),
        [
            ("Titre|Volet X|ARS", "Titre|ARS", "la mention : « Volet X » est supprimée."),
            (
                "Titre|ARS",
                "Titre|Volet X|ARS",
                "après la mention : « Titre », est insérée la mention suivante :\n« Volet X ».",
            ),
            (
                "Titre|Fait en 2018 ici|ARS",
                "Titre|Fait en 2019 ici|ARS",
                "le nombre : « 2018 » est remplacé par le nombre : « 2019 ».",
            ),
        ],
    )
    def it_quotes_mentions(self, avant: str, apres: str, dit: str) -> None:
        a, b = (
            replace(act(article("1er", *KEEP)), couverture=tuple(map(paragraph, x.split("|"))))
            for x in (avant, apres)
        )
        assert said(a, b) == f"À la page de garde, {dit}"
