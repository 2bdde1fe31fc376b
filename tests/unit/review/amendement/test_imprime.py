"""An avenant read again from its Word file: its words alone say what becomes of the contract."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.document import model as doc
from caqes_docs.document.amendement.avenant import Amendement, build_amendment
from caqes_docs.document.amendement.formules import FORMULES
from caqes_docs.document.empreinte import manifest
from caqes_docs.document.texte import document_text
from caqes_docs.review.amendement.preuve import consolidated_lines, read_articles, read_state
from caqes_docs.review.texte_docx import docx_text
from tests.outils.amendements import Negociation, split_act
from tests.outils.revisions import act, paragraph

RACINE = Path(__file__).resolve().parents[4]


def printed(made: Amendement) -> doc.Document:
    """A small avenant: its object, its amending articles, its effect, the annexes joined."""
    articles = [
        ("Objet", (paragraph("Le présent avenant modifie le contrat."),)),
        *((one.intitule, one.blocs) for one in made.articles),
        ("Prise d’effet", (paragraph("Le présent avenant prend effet au 1er janvier."),)),
    ]
    clauses = (
        doc.Clause(
            doc.IdentiteClause(f"essai.{rang}", dt.date(2022, 1, 1), "en vigueur"),
            f"_av_{rang}",
            doc.Titre(1, f"Article\u00a0{rang}", (doc.Texte(intitule),)),
            tuple(blocs),
        )
        for rang, (intitule, blocs) in enumerate(articles, 1)
    )
    annexes = (section for one in made.articles for section in one.annexes)
    return act(*clauses, *annexes)


@pytest.mark.parametrize("graine", [2, 8, 21, 55, 89])
def it_reads_the_same_from_the_model_and_from_word(graine: int) -> None:
    parties = Negociation(graine)
    a = parties.contract()
    made = build_amendment(a, parties.amended(a, 6))
    avenant = printed(made)
    word = docx_text(render(avenant, Projet(RACINE).types["contrat"], "docx", manifest(avenant)))
    expected = read_state(made.brut, FORMULES).lines()
    for texte in (document_text(avenant), word):
        articles, annexes = split_act(texte)
        assert len(articles) == len(made.articles)
        etat = read_state(a, FORMULES)
        operations = read_articles(etat, articles, FORMULES)
        assert consolidated_lines(etat, operations, annexes) == expected
