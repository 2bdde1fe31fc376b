"""What surrounds a contract: its calendar, meetings, the contracts it replaces, its diagnostic.

Source: contrat type, art. 3 and 5; instruction DSS/A1/CNAMTS/2017/234, II.a.ii, II.b.ii and
II.b.iii.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum

from pydantic import Field

from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.lecture.introspection import titled
from caqes_docs.data.lecture.types import (
    Annee,
    Date,
    Entier,
    Identifiant,
    Modele,
    Taux,
    TexteSimple,
)


class AnneeCalendrier(enum.StrEnum):
    """The year of a delivery, seen from the year N of the calendar."""

    N = "N"
    SUIVANTE = "N+1"


class Mois(enum.StrEnum):
    """The months, as the calendar writes them."""

    JANVIER = "janvier"
    FEVRIER = "février"
    MARS = "mars"
    AVRIL = "avril"
    MAI = "mai"
    JUIN = "juin"
    JUILLET = "juillet"
    AOUT = "août"
    SEPTEMBRE = "septembre"
    OCTOBRE = "octobre"
    NOVEMBRE = "novembre"
    DECEMBRE = "décembre"

    @property
    def rang(self) -> int:
        """1 to 12."""
        return list(Mois).index(self) + 1


class Quand(Modele):
    """When a datum of the year N of the calendar is delivered: one month, several, or a day."""

    annee: AnneeCalendrier = Field(title="année de la diffusion (N ou N+1)")
    mois: tuple[Mois, ...] = Field(title="mois de la diffusion", min_length=1)
    jour: Entier | None = Field(None, title="jour limite, quand il est fixé")

    def limit(self, annee: int) -> dt.date:
        """The last day of the delivery, the year N being `annee`."""
        an = annee + (self.annee is AnneeCalendrier.SUIVANTE)
        mois = max(nom.rang for nom in self.mois)
        dernier = calendar.monthrange(an, mois)[1]
        return dt.date(an, mois, min(self.jour or dernier, dernier))

    def words(self, annee: int) -> str:
        """« septembre ou octobre 2018 », « au plus tard le 31 mars 2019 »."""
        limite = self.limit(annee)
        if self.jour is not None:
            return f"au plus tard le {date_longue(limite)}"
        return f"{' ou '.join(self.mois)} {limite.year}"


class NatureRencontre(enum.StrEnum):
    """Why the parties meet (instruction, II.a.ii; contrat type, art. 3)."""

    CONCERTATION = "concertation"
    POINT = "point_etape"
    INFORMATION = "reunion_information"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "concertation": "concertation",
            "point_etape": "point d’étape",
            "reunion_information": "réunion d’information",
        }[self.value]


class Rencontre(Modele):
    """A meeting of the parties: foreseen, then held."""

    nature: NatureRencontre = Field(
        title="nature (concertation, point_etape ou reunion_information)"
    )
    objet: TexteSimple = Field(title="objet de la rencontre")
    volet: Identifiant | None = Field(None, title="volet concerné")
    prevue_le: Date | None = Field(None, title="date prévue")
    tenue_le: Date | None = Field(None, title="date de la rencontre")
    lieu: TexteSimple | None = Field(None, title="lieu et heure de la rencontre")
    participants: tuple[TexteSimple, ...] = Field((), title="participants")
    conclusions: TexteSimple | None = Field(None, title="conclusions de la rencontre")


class ChangementSituation(Modele):
    """A change of situation that the establishment signals (contrat type, art. 3)."""

    signale_le: Date | None = Field(None, title="date du signalement")
    objet: TexteSimple = Field(title="changement signalé")
    suite: TexteSimple | None = Field(None, title="suite donnée")


class SorteContratAnterieur(enum.StrEnum):
    """The contracts that the CAQES replaces (instruction, introduction and II.b.iii)."""

    CBU = "cbu"
    CAQOS_PHMEV = "caqos_phmev_lpp"
    CAQOS_TRANSPORTS = "caqos_transports"
    LISTE_EN_SUS = "liste_en_sus"
    PERTINENCE = "pertinence"
    CAPES = "capes"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "cbu": "contrat de bon usage des médicaments, produits et prestations (CBU)",
            "caqos_phmev_lpp": "contrat d’amélioration de la qualité et de l’organisation des "
            "soins relatif aux prescriptions exécutées en ville (CAQOS PHMEV-LPP)",
            "caqos_transports": "contrat d’amélioration de la qualité et de l’organisation des "
            "soins relatif aux transports (CAQOS transports)",
            "liste_en_sus": "contrat relatif aux produits de la liste en sus",
            "pertinence": "contrat relatif à la pertinence des soins",
            "capes": "contrat relatif à l’amélioration des pratiques en établissement (CAPES)",
        }[self.value]

    @property
    def volet(self) -> str:
        """The part of the contract that takes its place."""
        return {
            "caqos_transports": "volet relatif aux transports",
            "pertinence": "volet relatif à la pertinence",
            "capes": "volet relatif à l’amélioration des pratiques",
        }.get(self.value, "volet obligatoire")


class DerniereEvaluation(Modele):
    """The last evaluation of a contract that is replaced."""

    annee: Annee = Field(title="année évaluée")
    date: Date | None = Field(None, title="date de l’évaluation")
    resultat: TexteSimple | None = Field(None, title="résultat de l’évaluation")


class ReductionEnCours(Modele):
    """A reduction pronounced under a former contract (instruction, II.b.iii)."""

    taux: Taux = Field(title="minoration prononcée")
    prononcee_le: Date | None = Field(None, title="date de la décision")
    jusqu_au: Date | None = Field(None, title="dernier jour de la minoration")


class ContratRemplace(Modele):
    """A former contract, which ceased on 31 December 2017 at the latest."""

    sorte: SorteContratAnterieur = Field(title="nature du contrat antérieur")
    reference: TexteSimple | None = Field(None, title="référence du contrat antérieur")
    signe_le: Date | None = Field(None, title="date de signature du contrat antérieur")
    derniere_evaluation: DerniereEvaluation | None = Field(None, title="dernière évaluation")
    reduction: ReductionEnCours | None = Field(None, title="minoration en cours")

    @property
    @titled("partie du contrat qui prend le relais")
    def relais(self) -> str:
        """The part of the contract that takes its place, for clauses."""
        return self.sorte.volet


class InformationsContrat(Modele):
    """Who was told that the contract is concluded, and when (instruction, II.a.i)."""

    regulation_le: Date | None = Field(
        None, title="date de l’information du directeur coordonnateur et du service médical"
    )
    caisse_le: Date | None = Field(None, title="date de l’information de la caisse primaire")
    invitation_le: Date | None = Field(
        None, title="date de l’invitation à une réunion d’information"
    )


class DemandeInstance(Modele):
    """The request for the avis of the CME or CfME (visa of the contrat type)."""

    date: Date | None = Field(None, title="date de la demande d’avis à l’instance médicale")
    reunion_le: Date | None = Field(None, title="date de la réunion de l’instance médicale")
