"""What the clauses of an avenant may name besides those of the contract as it amends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caqes_docs.assembly.contrat.proposition import AvenantAnterieur
from caqes_docs.data.avenant.modele import CasAvenant, Demandeur
from caqes_docs.data.dossier.etablissement import AvisMedical
from caqes_docs.data.dossier.procedure import Avis, Etape, SecondeProposition
from caqes_docs.data.dossier.signature import DatesDesParties
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class RepresentantChange:
    """A party that somebody else signs for."""

    partie: str = champ("partie dont le représentant change")
    accord: str = champ("accord du participe (« e » au féminin)")
    avant: str = champ("représentant d’avant")
    apres: str = champ("représentant d’à présent")
    dernier: bool = champ("dernier de la liste (oui ou non)")


@dataclass(frozen=True)
class VoletRenouvele:
    """A volet that the avenant makes longer."""

    duree: int = champ("durée pour laquelle le volet a été conclu, en années")
    ajout: int = champ("durée que l’avenant y ajoute, en années")
    fin: dt.date | None = champ("dernier jour du volet renouvelé")


@dataclass(frozen=True)
class LigneComparee:
    """One place of the contract, before and after."""

    lieu: str = champ("stipulation modifiée")
    avant: str | None = champ("rédaction en vigueur")
    apres: str | None = champ("rédaction résultant de l’avenant")


@dataclass(frozen=True)
class AvenantResolu:
    """The avenant itself: why, on what contract, how proposed and signed, what it joins."""

    numero: int = champ("numéro de l’avenant")
    cas: CasAvenant = champ("cas de l’avenant")
    objet: str | None = champ("objet de l’avenant")
    demandeur: Demandeur | None = champ("qui demande l’avenant")
    demandeur_dit: str | None = champ("qui demande l’avenant, dans une phrase")
    motif: str | None = champ("motif de l’avenant")
    textes: tuple[str, ...] = champ("textes qui motivent l’avenant")
    droit_au: dt.date | None = champ("jour dont le droit vaut désormais pour le contrat")
    volets: tuple[str, ...] = champ("volets que l’avenant ajoute, renouvelle ou résilie")
    renouvellements: tuple[VoletRenouvele, ...] = champ("volets que l’avenant renouvelle")
    referentiels: str = champ("arrêté des référentiels que vise le contrat")
    contrat_signe_le: dt.date | None = champ("date de signature du contrat")
    contrat_effet: dt.date | None = champ("date d’effet du contrat")
    article_de_revision: str | None = champ("article du contrat qui permet l’avenant")
    anterieurs: tuple[AvenantAnterieur, ...] = champ("avenants antérieurs")
    numeros_anterieurs: tuple[str, ...] = champ("numéros des avenants antérieurs (« n° 1 »)")
    plusieurs_anterieurs: bool = champ("plusieurs avenants antérieurs (oui ou non)")
    representants: tuple[RepresentantChange, ...] = champ("changements de représentant")
    avis: Avis | None = champ("avis de l’organisme local sur l’avenant")
    avis_medical: AvisMedical | None = champ("avis de l’instance médicale sur l’avenant")
    cdu_associee: bool = champ("commission des usagers associée à l’avenant (oui ou non)")
    premiere: Etape | None = champ("première proposition de l’avenant")
    seconde: SecondeProposition | None = champ("seconde proposition de l’avenant")
    annexes: tuple[str, ...] = champ("annexes jointes à l’avenant")
    plusieurs_annexes: bool = champ("plusieurs annexes jointes (oui ou non)")
    comparaison: tuple[LigneComparee, ...] = champ("lignes du tableau comparatif")
    lieu: str | None = champ("lieu de signature")
    signe_le: dt.date | None = champ("date de signature de l’avenant")
    dates_des_parties: DatesDesParties | None = champ("dates de signature des parties")
    originaux: int | None = champ("nombre d’exemplaires originaux")
    premiere_annee: int = champ("première année évaluée selon l’avenant")
    origines: Mapping[str, Lieu] = lieux()


TYPES: Mapping[str, TypeChamp] = {"avenant": TypeChamp("bloc", AvenantResolu)}
"""What the clauses of an avenant may name."""
