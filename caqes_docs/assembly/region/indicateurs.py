"""Indicators and objectives over the establishments of a region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from caqes_docs.assembly.contrat.indicateurs import article_key
from caqes_docs.assembly.evaluation.decomptes import count_results
from caqes_docs.assembly.evaluation.evaluee import short_label
from caqes_docs.assembly.evaluation.graphiques import share_charts
from caqes_docs.assembly.evaluation.vocabulaire_rapport import Decompte
from caqes_docs.assembly.region.vocabulaire import GroupeRegional, LigneIndicateurRegional
from caqes_docs.core.francais.formes import taux
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.parties import VoletId
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.resultats import ResultatEvaluation, ResultatObjectif

_DEUX_DECIMALES = Decimal("0.0001")
_SANS_PART = "non évaluable"


def regional_articles(
    resultats: Iterable[ResultatEvaluation], articles: Mapping[str, str]
) -> tuple[GroupeRegional, ...]:
    """The indicators of the socle, article by article; `articles` gives that of each code.

    An establishment's own indicators are in no catalogue, and nobody else's: they are left out.
    """
    par_code: dict[str, list[ResultatObjectif]] = {}
    for resultat in resultats:
        for indicateur in resultat.indicateurs:
            if indicateur.code in articles:
                par_code.setdefault(indicateur.code, []).append(indicateur)
    groupes: dict[str, list[LigneIndicateurRegional]] = {}
    for code in sorted(par_code, key=list(articles).index):
        groupes.setdefault(articles[code], []).append(
            _line(code, par_code[code][0].libelle, par_code[code])
        )
    return tuple(
        _group(f"Article {article}", groupes[article])
        for article in sorted(groupes, key=article_key)
    )


def regional_volets(
    resultats: Iterable[ResultatEvaluation], droit: Droit
) -> tuple[GroupeRegional, ...]:
    """The objectives of the volets additionnels, by rank: each establishment has its own."""
    groupes: dict[str, dict[str, list[ResultatObjectif]]] = {}
    for resultat in resultats:
        for volet in resultat.volets:
            if volet.volet == VoletId.SOCLE:
                continue
            rangs = groupes.setdefault(short_label(droit, volet), {})
            seuls = (
                ("Objectif principal", volet.principal),
                ("Objectif supplémentaire", volet.supplementaire),
            )
            for rang, objectif in seuls:
                if objectif is not None:
                    rangs.setdefault(rang, []).append(objectif)
            if volet.complementaires:
                rangs.setdefault("Objectifs complémentaires", []).extend(volet.complementaires)
    return tuple(
        _group(nom, [_line(rang, nom, objectifs) for rang, objectifs in rangs.items()])
        for nom, rangs in groupes.items()
    )


def _line(
    code: str, libelle: str, resultats: Sequence[ResultatObjectif]
) -> LigneIndicateurRegional:
    decompte = count_results(resultats)
    part = _share(decompte)
    texte = _SANS_PART if part is None else taux(part)
    return LigneIndicateurRegional(code, typographier(libelle), decompte, texte)


def _share(decompte: Decompte) -> Decimal | None:
    """The part of the targets reached among the results that are evaluable."""
    if not decompte.evaluables:
        return None
    return (Decimal(decompte.atteints) / decompte.evaluables).quantize(_DEUX_DECIMALES)


def _group(libelle: str, lignes: Sequence[LigneIndicateurRegional]) -> GroupeRegional:
    parts = [(ligne.code, _share(ligne.decompte), ligne.decompte) for ligne in lignes]
    titre = typographier(f"{libelle} : part des établissements dont la cible est atteinte")
    if not libelle.startswith("Article"):
        titre = typographier(f"{libelle} : part des cibles atteintes")
    return GroupeRegional(libelle, tuple(lignes), share_charts(titre, parts))
