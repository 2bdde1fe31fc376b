"""The volets additionnels of a contract as its clauses see them.

`LigneVolet` is what `volet` names inside the clauses of a volet; `volets` names `VoletsResolus`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.resolus import champ, lieux
from caqes_docs.assembly.vues import Lieu
from caqes_docs.data.volets import ActionVolet, FigureCiblage, Interessement, Sanction


@dataclass(frozen=True)
class LigneObjectif:
    """An obligation of result, or a complementary one, with the target of the year of effect."""

    code: str = champ("identifiant de l’objectif")
    libelle: str | None = champ("libellé de l’objectif")
    sens: str = champ("sens")
    reference: str | None = champ("valeur de référence")
    annee_reference: int | None = champ("année de référence")
    cible: str | None = champ("cible")
    annee_cible: int = champ("année de la cible")
    cible_suivante: str | None = champ("objectif prévisionnel de l’année suivante")
    site: str | None = champ("site concerné")
    poids: Decimal | None = champ("poids de l’objectif")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneBareme:
    """One step of a scale, in words."""

    niveau: str = champ("niveau de réalisation")
    part: str = champ("part du maximum")


@dataclass(frozen=True)
class LigneExemple:
    """What a volet would give on one hypothesis, with the establishment's own figures."""

    hypothese: str = champ("hypothèse")
    mesure: str = champ("mesure proposée")
    calcul: str = champ("calcul")
    montant: Decimal | None = champ("montant")


@dataclass(frozen=True)
class LigneVolet:
    """A volet of the contract."""

    id: str = champ("identifiant du volet")
    libelle: str = champ("libellé du volet")
    court: str = champ("libellé court du volet")
    date_signature: dt.date | None = champ("date de signature du volet")
    date_effet: dt.date | None = champ("date d’effet du volet")
    date_fin: dt.date | None = champ("dernier jour du volet")
    duree: int | None = champ("durée du volet, en années")
    motif: str | None = champ("motif du ciblage")
    chiffres: tuple[FigureCiblage, ...] = champ("chiffres du ciblage")
    donne_lieu_a_sanction: bool | None = champ("volet donnant lieu à sanction (oui ou non)")
    principal: LigneObjectif | None = champ("objectif principal")
    supplementaire: LigneObjectif | None = champ("objectif supplémentaire")
    complementaires: tuple[LigneObjectif, ...] = champ("objectifs complémentaires")
    actions: tuple[ActionVolet, ...] = champ("plan d’actions du volet")
    evaluation: str | None = champ("modalités d’évaluation propres au volet")
    nombre_risques: int | None = champ("nombre de risques concernés")
    sanction: Sanction | None = champ("sanction du volet")
    interessement: Interessement | None = champ("intéressement du volet")
    bareme_sanction: tuple[LigneBareme, ...] = champ("barème de la sanction")
    bareme_interessement: tuple[LigneBareme, ...] = champ("barème de l’intéressement")
    exemples: tuple[LigneExemple, ...] = champ("exemples chiffrés")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class VoletsResolus:
    """The volets of the contract, and those that it does not hold."""

    lignes: tuple[LigneVolet, ...] = champ("volets additionnels")
    absents: tuple[str, ...] = champ("volets non souscrits")
    noms: tuple[str, ...] = champ("noms des volets souscrits")
    bareme_socle: tuple[LigneBareme, ...] = champ("barème de la sanction du volet obligatoire")
    interessement_socle: tuple[LigneBareme, ...] = champ(
        "barème de l’intéressement du volet obligatoire"
    )
    exemples_socle: tuple[LigneExemple, ...] = champ("exemples chiffrés du volet obligatoire")
