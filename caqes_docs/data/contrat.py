"""The contract of one establishment: dates, parties, plan d'actions, indicators, choices.

Source: contrat type, art. 1 to 10-6; instruction DSS/A1/CNAMTS/2017/234, II to IV and annexes.
"""

from __future__ import annotations

import datetime as dt
import enum

from pydantic import Field

from caqes_docs.data.etablissement import Etablissement
from caqes_docs.data.types import Annee, Date, Identifiant, Modele, OuiNon, Taux, Texte


class Regime(enum.StrEnum):
    """Successive regimes of the contract (`clauses/droit/regimes.yaml` dates them)."""

    CAQES_1 = "caqes_1"
    CAQES_2 = "caqes_2"


class RegleDate(enum.StrEnum):
    """Which date counts when the parties sign on different days (the texts do not say)."""

    DERNIERE = "derniere_signature"
    FIXEE = "date_fixee"


class DatesDesParties(Modele):
    """The day on which each party signs."""

    ars: Date = Field(title="date de signature de l’agence")
    organisme: Date = Field(title="date de signature de l’organisme local")
    etablissement: Date = Field(title="date de signature de l’établissement")

    @property
    def jours(self) -> tuple[dt.date, dt.date, dt.date]:
        """The three days."""
        return (self.ars, self.organisme, self.etablissement)


class Signature(Modele):
    """Place and date of signature; the date of effect follows from it (contrat type, art. 2)."""

    lieu: Texte | None = Field(None, title="lieu de signature")
    date: Date | None = Field(None, title="date de signature, prévue ou faite")
    dates_des_parties: DatesDesParties | None = Field(None, title="dates de signature des parties")
    regle: RegleDate | None = Field(
        None, title="date retenue quand les parties signent à des jours différents"
    )

    @property
    def date_retenue(self) -> dt.date | None:
        """The date that counts, or None when the data do not decide it."""
        if self.dates_des_parties is None or self.regle is RegleDate.FIXEE:
            return self.date
        jours = self.dates_des_parties.jours
        if self.regle is RegleDate.DERNIERE or len(set(jours)) == 1:
            return max(jours)
        return None


class FormeRecours(enum.StrEnum):
    """Form of the appeal: the contrat type and the instruction differ (`droit.md`, X1)."""

    LETTRE = "lettre_recommandee"
    TOUT_MOYEN = "tout_moyen_probant"


class Choix(Modele):
    """What the texts leave open or contradict: the parties choose, nothing is assumed."""

    forme_recours: FormeRecours | None = Field(
        None, title="forme du recours (lettre_recommandee ou tout_moyen_probant)"
    )


class ActionAjoutee(Modele):
    """An action of the establishment's own, or the whole content of a changed one."""

    id: Identifiant = Field(title="numéro de l’action")
    article: Texte = Field(title="article du contrat dont l’action relève")
    libelle: Texte = Field(title="libellé de l’action")
    indicateurs: tuple[Identifiant, ...] = Field((), title="indicateurs de l’action")
    pilote: Texte | None = Field(None, title="pilote de l’action")
    echeance: Date | None = Field(None, title="échéance de l’action")
    ressources: Texte | None = Field(None, title="moyens mobilisés")


class ActionAdaptee(Modele):
    """What the establishment changes in an action of a typical plan."""

    libelle: Texte | None = Field(None, title="libellé de l’action")
    pilote: Texte | None = Field(None, title="pilote de l’action")
    echeance: Date | None = Field(None, title="échéance de l’action")
    ressources: Texte | None = Field(None, title="moyens mobilisés")


class ActionRetiree(Modele):
    """A typical action that does not concern the establishment, and why."""

    action: Identifiant = Field(title="action retirée")
    motif: Texte = Field(title="motif du retrait")


class PlanActions(Modele):
    """Typical plans taken over, then adapted."""

    types: tuple[Identifiant, ...] = Field((), title="plans d’actions types repris")
    retirer: tuple[ActionRetiree, ...] = Field((), title="actions retirées")
    adapter: dict[str, ActionAdaptee] = Field(default_factory=dict, title="actions adaptées")
    ajouter: tuple[ActionAjoutee, ...] = Field((), title="actions ajoutées")


class ValeurReference(Modele):
    """Where the establishment starts from."""

    annee: Annee = Field(title="année de référence")
    valeur: Texte | None = Field(None, title="valeur de référence")


class IndicateurContrat(Modele):
    """An indicator of the catalogue, as the parties set it for this establishment.

    Values are text and are read in the unit of the indicator (« 62 % », « oui », « A », « 12 »).
    """

    reference: ValeurReference | None = Field(None, title="valeur de référence")
    cibles: dict[Annee, Texte | None] = Field(default_factory=dict, title="cible par année")
    coefficient: Taux | None = Field(None, title="coefficient de pondération")
    echeancier: Texte | None = Field(None, title="échéancier")
    pilote: Texte | None = Field(None, title="pilote de l’indicateur")
    site: Texte | None = Field(None, title="site concerné, quand la cible lui est propre")
    sans_objet: Texte | None = Field(None, title="motif pour lequel l’indicateur ne s’applique pas")


class Contrat(Modele):
    """The contract itself."""

    reference: Identifiant = Field(title="référence du contrat")
    regime: Regime = Field(title="régime du contrat")
    ars: Identifiant = Field(title="agence signataire")
    organisme: Identifiant = Field(title="organisme local signataire")
    signature: Signature = Field(title="signature")
    choix: Choix = Field(Choix(forme_recours=None), title="choix des parties")
    plan_actions: PlanActions | None = Field(None, title="plan d’actions du volet obligatoire")
    indicateurs: dict[str, IndicateurContrat] = Field(
        default_factory=dict, title="indicateurs du contrat"
    )
    annexe_au_cpom: OuiNon | None = Field(
        None, title="contrat annexé au CPOM pour information (oui ou non)"
    )


class Dossier(Modele):
    """One file of `contracts_data/dossiers/`: an establishment and its contract."""

    etablissement: Etablissement = Field(title="établissement")
    contrat: Contrat = Field(title="contrat")
