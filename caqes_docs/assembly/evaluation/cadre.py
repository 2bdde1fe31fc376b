"""The frame of an autoévaluation: what one year of a contract asks the establishment to tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from caqes_docs.assembly.contrat.indicateurs import article_key
from caqes_docs.assembly.contrat.vocabulaire import IndicateursResolus, LigneIndicateur
from caqes_docs.assembly.contrat.volets import running_volets
from caqes_docs.assembly.evaluation.obligations import answers_admitted
from caqes_docs.assembly.evaluation.vocabulaire_rapport import (
    ArticleCadre,
    CadreResolu,
    ObligationCadre,
)
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.law.droit.diffusions import autoevaluation_limit
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.plan import Plan
from caqes_docs.redaction.langage.vocabulaire import Valeurs
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
        indicateurs.ecartes,
        running_volets(droit, dossier, annee, lieu),
        tuple(
            ObligationCadre(identifiant, typographier(libelle))
            for identifiant, libelle in droit.obligations_evaluees.items()
        ),
        answers_admitted(dossier.contrat),
        limite=None,
    )


def frame_values(affaire: Affaire, droit: Droit, annee: int, noms: Valeurs) -> Valeurs:
    """The frame of `annee`, drawn from what the contract says at the end of that year."""
    fichier = affaire.dossier.fichier
    indicateurs = noms["indicateurs"][0]
    assert isinstance(indicateurs, IndicateursResolus)
    cadre = resolve_cadre(droit, affaire.dossier.valeur, indicateurs, annee, Lieu(fichier, ()))
    cadre = replace(cadre, limite=autoevaluation_limit(affaire.ars.valeur, droit, annee))
    return {"cadre": (cadre, Lieu(fichier, ("contrat",)))}


def year_asked(affaire: Affaire, plan: Plan, effet: dt.date, annee: int | None) -> int:
    """The year asked for, in which the contract runs.

    Raises:
        DonneesError: D-046 no year was asked for; D-099 the contract takes effect later.
    """
    fichier = affaire.dossier.fichier
    if annee is None:
        raise DonneesError(
            "D-046",
            "Ce document demande l’année évaluée.",
            remede=f"Donner --annee\u00a0; le contrat produit ses effets depuis {effet.year}.",
            source=fichier.source(("contrat", "signature", "date")),
        )
    if annee < effet.year:
        raise DonneesError(
            "D-099",
            f"Pas de document «\u00a0{plan.id}\u00a0» ici. Le contrat ne prend effet qu’en "
            f"{effet.year}\u00a0: il n’y a rien à évaluer en {annee}.",
            remede="Donner une autre année, ou retirer ce document de la demande.",
            source=fichier.source(("contrat", "signature", "date")),
        )
    return annee


def _articles(indicateurs: IndicateursResolus) -> tuple[ArticleCadre, ...]:
    """National, regional and HAD indicators, gathered under the articles of the contract."""
    groupes: dict[str, list[LigneIndicateur]] = {}
    for ligne in indicateurs.tous:
        groupes.setdefault(ligne.article, []).append(ligne)
    return tuple(
        ArticleCadre(article, tuple(groupes[article]))
        for article in sorted(groupes, key=article_key)
    )
