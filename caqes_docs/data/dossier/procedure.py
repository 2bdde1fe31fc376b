"""The two procedures as records of dated steps: to conclude a contract, to decide on a year.

A step that has not been taken is absent; a date that is not known is empty. Delays are not written
here: `caqes_docs.law.procedure` works them out from the dates of receipt.
Source: articles D. 162-10, D. 162-15 and D. 162-16 of the code de la sécurité sociale, in force
from 23 April 2017 to 31 December 2021.
"""

from __future__ import annotations

from pydantic import Field

from caqes_docs.data.dossier.etablissement import SensAvis
from caqes_docs.data.lecture.types import Date, Identifiant, Modele, OuiNon, TexteSimple


class Avis(Modele):
    """An avis of the organisme local, due before each act (D. 162-15, D. 162-16 III and IV)."""

    demande_le: Date | None = Field(None, title="date de la demande d’avis")
    reference: TexteSimple | None = Field(None, title="référence de la lettre (numéro de chrono)")
    attendu_le: Date | None = Field(None, title="date à laquelle l’avis est attendu")
    rendu_le: Date | None = Field(None, title="date de l’avis")
    sens: SensAvis | None = Field(None, title="sens de l’avis")
    observations: TexteSimple | None = Field(None, title="observations de l’organisme local")


class Audition(Modele):
    """A hearing: asked for, convened, held, and what was said there."""

    demandee_le: Date | None = Field(None, title="date de la demande d’audition")
    convoquee_le: Date | None = Field(None, title="date de la convocation")
    prevue_le: Date | None = Field(None, title="date prévue de l’audition")
    heure: TexteSimple | None = Field(None, title="heure de l’audition")
    lieu: TexteSimple | None = Field(None, title="lieu de l’audition")
    tenue_le: Date | None = Field(None, title="date de l’audition")
    presents: tuple[TexteSimple, ...] = Field((), title="personnes présentes à l’audition")
    resume: TexteSimple | None = Field(None, title="ce qui a été dit à l’audition")
    reponse: TexteSimple | None = Field(None, title="réponse de l’agence à l’audition")


class Observation(Modele):
    """One point that the establishment makes in writing, and what the agency answers."""

    recue_le: Date | None = Field(None, title="date de réception de l’observation")
    texte: TexteSimple | None = Field(None, title="observation de l’établissement")
    reponse: TexteSimple | None = Field(None, title="réponse de l’agence à l’observation")


class Envoi(Modele):
    """An act sent « par tout moyen permettant de rapporter la preuve de sa date de réception »."""

    numero: TexteSimple | None = Field(None, title="numéro de l’acte")
    reference: TexteSimple | None = Field(None, title="référence de la lettre (numéro de chrono)")
    date: Date | None = Field(None, title="date de l’acte, jour de son envoi")
    mode: TexteSimple | None = Field(None, title="mode d’envoi")
    numero_envoi: TexteSimple | None = Field(None, title="numéro d’envoi ou de suivi")
    recue_le: Date | None = Field(None, title="date de réception, telle que la preuve la dit")


class Etape(Envoi):
    """An act whose receipt opens a delay: to be heard, or to answer in writing."""

    audition: Audition | None = Field(None, title="audition de l’établissement")
    observations: tuple[Observation, ...] = Field((), title="observations de l’établissement")


class SecondeProposition(Etape):
    """The proposal maintained or amended, which names the sanction incurred (D. 162-15)."""

    amendee: OuiNon | None = Field(None, title="proposition amendée (oui ou non)")
    amendements: TexteSimple | None = Field(None, title="ce que la seconde proposition change")


class ProcedureContrat(Modele):
    """How a contract, a volet proposed later or an avenant is proposed (D. 162-15)."""

    avis: Avis | None = Field(None, title="avis de l’organisme local sur la proposition")
    premiere_proposition: Etape | None = Field(None, title="première proposition")
    seconde_proposition: SecondeProposition | None = Field(None, title="seconde proposition")


class NotificationMesures(Etape):
    """The measures notified, before the decision (D. 162-16 III; acts of an MSAP, D. 162-10)."""

    actes_envisages: tuple[TexteSimple, ...] = Field(
        (), title="actes, prestations ou prescriptions dont l’accord préalable est envisagé"
    )


class Renonciation(Envoi):
    """The director general decides not to sanction, and says so at once (D. 162-16 IV)."""

    volets: tuple[Identifiant, ...] = Field(
        (), title="volets dont la sanction est abandonnée (tous, si aucun n’est nommé)"
    )
    motif: TexteSimple | None = Field(None, title="motif de la renonciation")


class Information(Modele):
    """Who is told of the decision, on the day it is taken (D. 162-16 III and IV; D. 162-10)."""

    organisme_le: Date | None = Field(None, title="date de l’information de l’organisme local")
    controle_medical_le: Date | None = Field(
        None, title="date de l’information du service du contrôle médical"
    )
    caisse_le: Date | None = Field(None, title="date de l’information de la caisse")


class ProcedureEvaluation(Modele):
    """How a year is decided: report, notification, decision (D. 162-16 III and IV).

    The decision itself stands in `Evaluation.decision`.
    """

    rapport: Etape | None = Field(None, title="transmission du rapport d’évaluation")
    avis_notification: Avis | None = Field(
        None, title="avis de l’organisme local avant de notifier"
    )
    notification: NotificationMesures | None = Field(None, title="notification des mesures")
    avis_decision: Avis | None = Field(
        None, title="avis de l’organisme local avant la décision définitive"
    )
    renonciation: Renonciation | None = Field(None, title="renonciation à sanctionner")
    information: Information | None = Field(None, title="information des organismes")
