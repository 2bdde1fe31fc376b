"""The front matter of a wording: what a jurist says of it before its text."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from caqes_docs.data.lecture.types import (
    Date,
    Identifiant,
    Modele,
    OuiNon,
    TexteGabarit,
    TexteGabaritLong,
)
from caqes_docs.law.droit.modeles import PeriodeDroit
from caqes_docs.redaction.bibliotheque.entete_tableaux import TableauEntete


class SignataireEntete(Modele):
    """What the front matter says of one signature box."""

    champ: TexteGabarit = Field(title="nom du champ de signature")
    qualite: TexteGabarit = Field(title="qualité du signataire")
    mention: TexteGabarit = Field(title="mention sous la qualité")
    nom: TexteGabarit = Field(title="nom du signataire")


def several(valeur: object) -> object:
    """One text alone counts as a list of one."""
    return [valeur] if isinstance(valeur, str) else valeur


class Entete(Modele):
    """The front matter of a wording."""

    id: TexteGabarit = Field(title="identifiant de la clause")
    ancien_id: Annotated[tuple[Identifiant, ...], BeforeValidator(several)] = Field(
        (), title="identifiants que la clause a portés"
    )
    titre: TexteGabarit | None = Field(None, title="titre imprimé")
    statut: TexteGabarit = Field(title="statut de la rédaction")
    en_vigueur: PeriodeDroit = Field(title="période de validité")
    references: tuple[TexteGabarit, ...] = Field((), title="textes cités")
    obligations: tuple[TexteGabarit, ...] = Field((), title="obligations portées")
    verifie_le: Date = Field(title="dernière relecture")
    a_verifier: OuiNon | None = Field(None, title="rédaction à vérifier")
    si: TexteGabarit | None = Field(None, title="condition d’impression")
    sinon: TexteGabaritLong | None = Field(
        None, title="texte imprimé quand la condition est fausse"
    )
    role: TexteGabarit = Field("corps", title="rôle des paragraphes")
    liste_lettres: OuiNon | None = Field(None, title="listes numérotées par des lettres")
    tableaux: tuple[TableauEntete, ...] = Field((), title="tableaux")
    signataires: tuple[SignataireEntete, ...] = Field((), title="signataires")
    remarque: TexteGabaritLong | None = Field(None, title="remarque pour les rédacteurs")


PROPRE = "redaction_propre"
STATUTS = ("texte_officiel", "modele_regional", PROPRE)
