"""A clause prints a chart without a line of Python, alone in its paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from caqes_docs.assembly.noms import NOMS
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.document.model import ACompleter, Graphique, Liste, Paragraphe, Texte
from caqes_docs.document.walk import plain
from caqes_docs.redaction.controle.expressions import typage
from caqes_docs.redaction.controle.expressions.expressions import scope_of
from caqes_docs.redaction.controle.expressions.types import TypeEcrit, TypeExpr
from caqes_docs.redaction.controle.texte.graphiques import check_charts
from caqes_docs.redaction.langage.graphiques import SEUL, GraphiqueResolu, SerieResolue
from caqes_docs.redaction.langage.markdown_reader import Lecture
from caqes_docs.redaction.langage.moteur import parse, render
from caqes_docs.redaction.langage.vocabulaire import champ
from caqes_docs.redaction.langage.vues import EcritureError, Lieu, Vue


@dataclass(frozen=True)
class Essai:
    """Stands for the evaluation."""

    nom: str = champ("nom")
    graphique: GraphiqueResolu | None = champ("graphique")


RESOLU = GraphiqueResolu(
    "Résultats",
    "Un indicateur atteint sa cible.",
    "barres",
    ("NAT-1",),
    (SerieResolue("Résultat", (Decimal("0.5"),), False),),
    "taux",
    "",
    "",
)
TYPE = TypeChamp("bloc", Essai)
CLAUSE = "Les résultats :\n\n{{ essai.graphique | graphique }}\n\nFin de {{ essai.nom }}.\n"


def read(source: str, graphique: GraphiqueResolu | None = RESOLU) -> list[object]:
    essai = Vue(Essai("l’essai", graphique), TYPE, Lieu(None, (), "essai"))
    texte, registre = render(source, {"essai": essai})
    return list(Lecture(registre).read(texte))


class DescribeReading:
    def it_puts_the_chart_in_its_place(self) -> None:
        avant, graphique, apres = read(CLAUSE)
        assert isinstance(graphique, Graphique)
        assert plain(graphique.titre) == "Résultats"
        assert graphique.series[0].valeurs == (Decimal("0.5"),)
        assert avant == Paragraphe((Texte("Les résultats\u00a0:"),))
        assert isinstance(apres, Paragraphe)
        assert plain(apres.contenu) == "Fin de l’essai."

    def it_marks_a_chart_that_is_missing(self) -> None:
        _, trou, _ = read(CLAUSE, None)
        assert isinstance(trou, Paragraphe)
        assert isinstance(trou.contenu[0], ACompleter)

    @pytest.mark.parametrize(
        "source",
        [
            "Voici {{ essai.graphique | graphique }}.",
            "- {{ essai.graphique | graphique }}",
            "## {{ essai.graphique | graphique }}",
            "| A |\n| --- |\n| {{ essai.graphique | graphique }} |",
        ],
    )
    def but_it_refuses_one_in_the_midst_of_words(self, source: str) -> None:
        with pytest.raises(EcritureError, match=SEUL):
            read(source)

    def and_the_filter_refuses_anything_else(self) -> None:
        with pytest.raises(EcritureError, match="graphique"):
            read("{{ essai.nom | graphique }}")

    def and_a_list_keeps_its_values(self) -> None:
        (liste,) = read("- {{ essai.nom }}")
        assert isinstance(liste, Liste)


def codes(source: str) -> list[tuple[str, int]]:
    """The faults of types and of place, with their lines."""
    from caqes_docs.law.droit.droit import Droit
    from caqes_docs.redaction.controle.redaction import _Marche

    portee = {**scope_of(NOMS), "essai": TypeExpr(TypeEcrit.DONNEE, TYPE)}
    typeur = typage.Typeur(Droit.__new__(Droit))
    arbre = parse(source)
    _Marche(typeur).block(arbre.body, portee)
    fautes = (*typeur.fautes, *check_charts(arbre, blocs=True))
    return list(dict.fromkeys((faute.code, faute.ligne) for faute in fautes))


class DescribeChecking:
    @pytest.mark.parametrize(
        ("source", "attendu"),
        [
            (CLAUSE, []),
            (
                "{% if essai.nom == 'a' %}\n{{ essai.graphique | graphique }}\n\n{% endif %}\nFin.",
                [],
            ),
            ("Un.\n\nVoici\n{{ essai.graphique | graphique }}.", [("C-064", 4)]),
            ("- {{ essai.graphique | graphique }}", [("C-064", 1)]),
            ("## {{ essai.graphique | graphique }}", [("C-064", 1)]),
            (
                "Un.\n{% if essai.nom == 'a' %}\n{{ essai.graphique | graphique }}\n{% endif %}\n",
                [("C-064", 3)],
            ),
            ("{{ essai.graphique }}", [("C-032", 1)]),
            ("{{ essai.nom | graphique }}", [("C-044", 1)]),
            ("{{ (essai.graphique | graphique) | majuscule }}", [("C-044", 1)]),
        ],
    )
    def it_finds_what_would_not_print(self, source: str, attendu: list[tuple[str, int]]) -> None:
        assert codes(source) == attendu

    def and_a_title_never_holds_a_chart(self) -> None:
        arbre = parse("{{ essai.graphique | graphique }}")
        assert [faute.code for faute in check_charts(arbre, blocs=False)] == ["C-064"]
