"""The frame of an autoévaluation: what one year of a contract asks the establishment to tell."""

from __future__ import annotations

import datetime as dt

from caqes_docs.assembly.contrat.vocabulaire import IndicateursResolus, LigneIndicateur
from caqes_docs.assembly.contrat.volets import running_volets
from caqes_docs.assembly.evaluation.vocabulaire_rapport import ArticleCadre, CadreResolu
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.langage.vues import Lieu


def resolve_cadre(
    droit: Droit, dossier: Dossier, indicateurs: IndicateursResolus, annee: int, lieu: Lieu
) -> CadreResolu:
    """The frame of `annee`; `indicateurs` hold the targets of that year, `lieu` the dossier."""
    return CadreResolu(
        annee,
        dt.date(annee, 1, 1),
        dt.date(annee, 12, 31),
        _articles(indicateurs),
        indicateurs.sans_objet,
        running_volets(droit, dossier, annee, lieu),
    )


def _articles(indicateurs: IndicateursResolus) -> tuple[ArticleCadre, ...]:
    """National, regional and HAD indicators, gathered under the articles of the contract."""
    groupes: dict[str, list[LigneIndicateur]] = {}
    for ligne in (*indicateurs.nationaux, *indicateurs.regionaux, *indicateurs.had):
        groupes.setdefault(ligne.article, []).append(ligne)
    return tuple(
        ArticleCadre(article, tuple(groupes[article]))
        for article in sorted(groupes, key=article_key)
    )


def article_key(article: str) -> tuple[int, ...]:
    """Articles in the order of their numbers: « 10-2 » before « 10-10 ».

    >>> sorted(["10-10", "10-2"], key=article_key)
    ['10-2', '10-10']
    """
    return tuple(int(partie) for partie in article.split("-") if partie.isdigit())
