"""An avenant: what it changes in a contract, who asks for it, how it is proposed and signed.

One file of `contracts_data/avenants/`, `<FINESS>-<numéro>.yaml`. The dossier stays the contract as
it was signed: `data.avenant.application` puts the modifications on it.
Source: contrat type, art. 2, 7 and 8; instruction DSS/A1/CNAMTS/2017/234, II.a.ii and II.a.iv;
CSS, art. D. 162-15, last alinéa.
"""

from __future__ import annotations

import enum
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from caqes_docs.data.dossier.etablissement import AvisMedical
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.dossier.signature import Signature
from caqes_docs.data.dossier.volets import Refus
from caqes_docs.data.lecture.types import (
    Date,
    Entier,
    Identifiant,
    Modele,
    Motif,
    OuiNon,
    TexteSimple,
)

_LIBELLES = {
    "ajout_volet": "ajout d’un volet additionnel",
    "socle": "modification du volet obligatoire",
    "plan_actions": "mise à jour du plan d’actions ou des indicateurs",
    "objectifs": "ajustement des objectifs",
    "renouvellement": "renouvellement d’un volet additionnel",
    "resiliation_volet": "résiliation d’un volet additionnel",
    "orientations_nationales": "modification des orientations ou des référentiels nationaux",
    "changement_etablissement": "modification substantielle de la situation de l’établissement",
    "demande_partie": "révision demandée par une partie, avec l’accord des autres",
    "erreur_materielle": "rectification d’une erreur matérielle",
}


class CasAvenant(enum.StrEnum):
    """Why a contract is amended: the nine cases of its texts, and the slip of the pen.

    No text speaks of the slip of the pen: it is asked for by a party, with the accord of the others
    (contrat type, art. 7), and it has a name of its own because it is told otherwise.
    """

    AJOUT_VOLET = "ajout_volet"
    SOCLE = "socle"
    PLAN_ACTIONS = "plan_actions"
    OBJECTIFS = "objectifs"
    RENOUVELLEMENT = "renouvellement"
    RESILIATION = "resiliation_volet"
    ORIENTATIONS = "orientations_nationales"
    ETABLISSEMENT = "changement_etablissement"
    DEMANDE = "demande_partie"
    ERREUR_MATERIELLE = "erreur_materielle"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return _LIBELLES[self.value]


class Demandeur(enum.StrEnum):
    """The party that asks for the avenant (contrat type, art. 7)."""

    AGENCE = "agence"
    ORGANISME = "organisme"
    ETABLISSEMENT = "etablissement"
    COMMUN_ACCORD = "commun_accord"


ValeurYaml = Annotated[
    Any,
    WithJsonSchema({"type": ["string", "number", "integer", "array", "object", "null"]}),
]
"""What a key of a dossier holds, as YAML writes it: a text, a list, a block of keys."""


class Modification(Modele):
    """One key of the dossier: what it said, what it will say.

    Without `avant` the key is added; without `apres` it is withdrawn.
    """

    cle: TexteSimple = Field(title="clé du dossier modifiée, depuis «\u00a0contrat\u00a0»")
    avant: ValeurYaml = Field(None, title="ce que la clé dit avant l’avenant (vide\u00a0: ajoutée)")
    apres: ValeurYaml = Field(None, title="ce qu’elle dira (vide\u00a0: retirée)")
    retirer: OuiNon | None = Field(
        None, title="oui pour retirer tout ce que la clé porte, sans le recopier"
    )


class RedactionDeplacee(Modele):
    """A clause whose wording becomes that of another version of the library."""

    clause: Identifiant = Field(title="clause dont la rédaction change")
    version: TexteSimple = Field(title="version de la rédaction retenue")
    motif: Motif | None = Field(None, title="motif du changement de rédaction")


class Derogation(Modele):
    """A clause given words of its own in this contract."""

    clause: Identifiant = Field(title="clause à laquelle il est dérogé")
    alineas: tuple[TexteSimple, ...] = Field((), title="rédaction propre au contrat, par alinéa")
    motif: Motif | None = Field(None, title="motif de la dérogation")


class SignatureAvenant(Signature):
    """The signature of an avenant, and in how many originals it is drawn up."""

    originaux: Entier | None = Field(None, title="nombre d’exemplaires originaux")


class Annulation(Modele):
    """An avenant that its parties gave up, and the one that stands in its place."""

    le: Date | None = Field(None, title="date de l’annulation")
    motif: Motif | None = Field(None, title="motif de l’annulation")
    remplace_par: Entier | None = Field(None, title="numéro de l’avenant qui le remplace")


class Avenant(Modele):
    """One file of `contracts_data/avenants/`: `<FINESS>-<numéro>.yaml`."""

    dossier: Identifiant = Field(title="dossier du contrat modifié (FINESS)")
    numero: Entier = Field(title="numéro de l’avenant")
    cas: CasAvenant = Field(title="cas de l’avenant")
    objet: TexteSimple | None = Field(None, title="objet de l’avenant")
    demandeur: Demandeur | None = Field(
        None,
        title="qui demande l’avenant (agence, organisme, etablissement ou commun_accord)",
    )
    motif: TexteSimple | None = Field(None, title="motif de l’avenant")
    textes: tuple[TexteSimple, ...] = Field(
        (), title="textes qui motivent l’avenant, visés par lui (identifiants de la bibliothèque)"
    )
    droit_au: Date | None = Field(
        None, title="jour dont le droit vaut désormais pour le contrat (taux, seuils, rédactions)"
    )
    base: TexteSimple | None = Field(
        None, title="empreinte de l’état du contrat sur lequel l’avenant est proposé"
    )
    procedure: ProcedureContrat | None = Field(None, title="procédure de conclusion de l’avenant")
    avis_medical: AvisMedical | None = Field(
        None, title="avis de la CME ou de la CfME sur l’avenant"
    )
    cdu_associee: OuiNon | None = Field(
        None, title="commission des usagers associée à l’avenant (oui ou non)"
    )
    modifications: tuple[Modification, ...] = Field((), title="modifications du dossier")
    prise_de_fonctions: Date | None = Field(
        None, title="jour où le nouveau représentant de l’établissement prend ses fonctions"
    )
    redactions: tuple[RedactionDeplacee, ...] = Field((), title="clauses dont la rédaction change")
    derogations: tuple[Derogation, ...] = Field((), title="dérogations à la rédaction des clauses")
    signature: SignatureAvenant | None = Field(None, title="signature de l’avenant")
    refus: tuple[Refus, ...] = Field((), title="refus de signer l’avenant")
    annulation: Annulation | None = Field(None, title="annulation de l’avenant")
