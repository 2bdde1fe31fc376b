"""Tests of the comparative table: each alinéa and each row that changes, before and after."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from caqes_docs.assembly.avenant.comparaison import compare_wordings
from caqes_docs.document import model as doc
from caqes_docs.document.revision.comparer import compare
from tests.outils.affaires import plain
from tests.outils.revisions import table


def paragraph(texte: str, role: str = "corps") -> doc.Paragraphe:
    """A paragraph."""
    return doc.Paragraphe((doc.Texte(texte),), role)


def row(*cases: str) -> doc.Ligne:
    """A row of a table."""
    return tuple(doc.Cellule((paragraph(case, "cellule"),)) for case in cases)


TABLEAU = doc.Tableau(
    (doc.Colonne(1), doc.Colonne(1)),
    (row("Indicateur", "Cible"),),
    (row("Taux de conformité", "62 %"), row("Part des lettres", "80 %"), row("Délai", "3 jours")),
    (doc.Texte("Cibles"),),
)


def clause(nom: str, numero: str, *blocs: doc.Bloc) -> doc.Clause:
    """A clause, with a heading when it has a number."""
    identite = doc.IdentiteClause(nom, dt.date(2018, 1, 1), "redaction_propre")
    titre = doc.Titre(1, numero, (doc.Texte("Intitulé"),)) if numero else None
    return doc.Clause(identite, f"_cl_{nom}", titre, blocs)


def act(*blocs: doc.Bloc) -> doc.Document:
    """An act."""
    metadonnees = doc.Metadonnees("contrat", "Contrat", "", "", "", dt.date(2018, 1, 1), ())
    return doc.Document(metadonnees, doc.Bandeaux("", "", ""), (), blocs, brouillon=True)


A = act(
    clause("parties", "", paragraph("Représenté par Mme Fabrègues")),
    clause("duree", "Article 2", paragraph("Premier alinéa."), paragraph("Le taux est de 2 %.")),
    clause("cibles", "Annexe 2", TABLEAU),
)


def lines(*blocs: doc.Bloc) -> list[tuple[str, str | None, str | None]]:
    """The lines of the table between `A` and the act that holds `blocs`."""
    rows = compare_wordings(A, compare(A, act(*blocs)))
    return [(plain(r.lieu), r.avant and plain(r.avant), r.apres and plain(r.apres)) for r in rows]


class DescribeCompareWordings:
    def it_shows_the_whole_alinea_around_the_words(self) -> None:
        parties, duree, cibles = A.corps
        assert isinstance(duree, doc.Clause)
        neuf = replace(duree, blocs=(duree.blocs[0], paragraph("Le taux est de 3 %.")))
        assert lines(parties, neuf, cibles) == [
            ("article 2, deuxième alinéa", "Le taux est de 2 %.", "Le taux est de 3 %.")
        ]

    def it_shows_the_whole_row_around_a_cell(self) -> None:
        parties, duree, cibles = A.corps
        assert isinstance(cibles, doc.Clause)
        lignes = (TABLEAU.lignes[0], row("Part des lettres", "85 %"), TABLEAU.lignes[2])
        neuf = replace(cibles, blocs=(replace(TABLEAU, lignes=lignes),))
        assert lines(parties, duree, neuf) == [
            (
                "annexe 2, tableau « Cibles »",
                "Part des lettres : 80 %",
                "Part des lettres : 85 %",
            )
        ]

    def it_shows_a_row_that_comes_and_one_that_goes(self) -> None:
        parties, duree, cibles = A.corps
        assert isinstance(cibles, doc.Clause)
        lignes = (*TABLEAU.lignes[:2], row("Coût moyen", "12 €"))
        neuf = replace(cibles, blocs=(replace(TABLEAU, lignes=lignes),))
        lieu = "annexe 2, tableau « Cibles »"
        assert lines(parties, duree, neuf) == [(lieu, "Délai | 3 jours", "Coût moyen | 12 €")]

    def it_names_an_article_that_comes_or_goes_by_its_heading_alone(self) -> None:
        parties, duree, cibles = A.corps
        nouvel = clause("volet", "Article 2-1", paragraph("Un."), paragraph("Deux."))
        assert lines(parties, duree, nouvel, cibles) == [
            ("article 2-1", None, "Article 2-1 : Intitulé")
        ]
        assert lines(parties, cibles) == [("article 2", "Article 2 : Intitulé", None)]

    def it_says_where_what_has_no_heading_stands(self) -> None:
        _, duree, cibles = A.corps
        neuf = clause("parties", "", paragraph("Représenté par M. Aubry"))
        ((lieu, avant, apres),) = lines(neuf, duree, cibles)
        assert lieu == "en-tête du contrat"
        assert (avant, apres) == ("Représenté par Mme Fabrègues", "Représenté par M. Aubry")

    def it_says_an_alinea_once_when_several_of_its_words_change(self) -> None:
        parties, _, cibles = A.corps
        longue = "Le directeur remet le rapport au plus tard le 3 mars à la commission des usagers."
        avant = act(parties, clause("duree", "Article 2", paragraph(longue)), cibles)
        neuve = longue.replace("directeur", "délégué").replace("mars", "mai")
        apres = act(parties, clause("duree", "Article 2", paragraph(neuve)), cibles)
        script = compare(avant, apres)
        assert len(script.operations) > 1
        assert len(compare_wordings(avant, script)) == 1


def it_shows_where_a_line_of_a_cell_ends() -> None:
    before = table(("NAT-1", "46\u00a0%"), ("NAT-2", "3\u00a0%"))
    words = (doc.Texte("46\u00a0%"), doc.SautLigne(), doc.Texte("2021\u00a0: 52\u00a0%"))
    first = (before.lignes[0][0], doc.Cellule((doc.Paragraphe(words),)))
    a, b = (
        act(clause("cibles", "Annexe 2", one))
        for one in (before, replace(before, lignes=(first, before.lignes[1])))
    )
    (line,) = compare_wordings(a, compare(a, b))
    assert line.apres == "NAT-1\u00a0: 46\u00a0% / 2021\u00a0: 52\u00a0%"
