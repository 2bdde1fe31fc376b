"""What an avenant brings to its act, worked out from the two states of the contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.articles import ArticleModificatif
from caqes_docs.document.amendement.formules import Formules
from caqes_docs.document.revision.alineas import find_division
from caqes_docs.document.texte import reference_words
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.numerotation import LONGUEUR_ANCRE, Modifications, anchor

REVISION, RESILIATION = "contrat.revision", "contrat.resiliation"
"""The clauses by which a contract lets itself be amended, and a volet be ended."""
AMENDING = "_av_"
"""What the anchor of an amending article begins with."""


def build_modifications(articles: Iterable[ArticleModificatif]) -> Modifications:
    """The amending articles as divisions of the act, and the annexes that they join to it."""
    lus = tuple(articles)
    return Modifications(
        tuple(_section(rang, article) for rang, article in enumerate(lus, 1)),
        tuple(annexe for article in lus for annexe in article.annexes),
    )


def _section(rang: int, article: ArticleModificatif) -> doc.Section:
    ancre = f"{AMENDING}{rang}{article.ancre.removeprefix('_cl')}"[:LONGUEUR_ANCRE]
    return doc.Section(ancre, doc.Titre(1, "", (doc.Texte(article.intitule),)), article.blocs)


def formulas(droit: Droit) -> Formules:
    """The words of amending formulas that the library chooses."""
    choisis = droit.formules
    mots = choisis.model_dump(exclude={"noms"})
    return Formules(**mots, noms={nom.titre: nom.nom for nom in choisis.noms})


def article_of(contrat: doc.Document, clause: str) -> str | None:
    """How a sentence names the article of the contract that a clause makes: « article 7 »."""
    division = find_division(contrat, anchor(clause))
    if division is None or division.titre is None:
        return None
    return reference_words(division.titre.numero)


def without_notices(contrat: doc.Document) -> doc.Document:
    """What a contract stipulates: the notices of a trial are none of its words."""
    couverture, corps = map(_unwarned, (contrat.couverture, contrat.corps))
    return replace(contrat, couverture=couverture, corps=corps)


def _unwarned(blocs: tuple[doc.Bloc, ...]) -> tuple[doc.Bloc, ...]:
    return tuple(
        replace(bloc, blocs=_unwarned(bloc.blocs))
        if isinstance(bloc, doc.Clause | doc.Section)
        else bloc
        for bloc in blocs
        if not (isinstance(bloc, doc.Paragraphe) and bloc.role == "avertissement")
    )
