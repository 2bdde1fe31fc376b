"""What the identity table says of a legal entity, of its sites, and what it does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caqes_docs.data.dossier.etablissement import Activite, NiveauSignature, Statut
from caqes_docs.data.dossier.parties import SorteOrganisme
from caqes_docs.data.finess import codes


@dataclass(frozen=True)
class AdresseFiness:
    """An address as the table has it."""

    lignes: tuple[str, ...]
    code_postal: str | None
    commune: str | None

    @property
    def en_ligne(self) -> str:
        """The address on one line."""
        ville = " ".join(mot for mot in (self.code_postal, self.commune) if mot)
        return ", ".join(texte for texte in (*self.lignes, ville) if texte)


@dataclass(frozen=True)
class SiteFiness:
    """What the table says of a site."""

    finess: str
    nom: str
    complement: str
    siret: str | None
    adresse: AdresseFiness | None
    categorie: str | None
    activite: Activite | None


@dataclass(frozen=True)
class ValeurProposee:
    """What the table says of a site only: shown to whoever fills the key in, never taken for it."""

    valeur: str
    finess: str
    """The site."""
    parmi: int
    """How many sites it was chosen from."""


@dataclass(frozen=True)
class EntiteFiness:
    """What the table says of a legal entity and of its sites in one region."""

    finess: str
    region: str
    departement: str
    """That of the fund that signs (usual code)."""
    raison_sociale: str | None
    siren: str | None
    statut: Statut
    detail_statut: str
    niveau: NiveauSignature
    categorie: str | None
    adresse: AdresseFiness | None
    sites: tuple[SiteFiness, ...]
    notes: Mapping[str, str]
    """By key of the dossier: what is to be checked there, and why."""
    propositions: Mapping[str, ValeurProposee]
    """By key of the dossier, which is left empty."""
    lignes: int

    @property
    def nom_affiche(self) -> str:
        """Its name, else the one proposed: for lists, not for contracts."""
        proposition = self.propositions.get("raison_sociale")
        return self.raison_sociale or (proposition.valeur if proposition else "")

    @property
    def sorte_organisme(self) -> SorteOrganisme:
        """The kind of fund that signs."""
        if self.statut is Statut.ARMEES:
            return SorteOrganisme.CNMSS
        return codes.organisme_of(self.departement)

    @property
    def organisme(self) -> str:
        """Id of the fund that signs."""
        sorte = self.sorte_organisme.value.lower()
        return sorte if sorte == "cnmss" else f"{sorte}-{self.departement.lower()}"

    @property
    def activites(self) -> tuple[Activite, ...]:
        """The activities that the categories name, each once."""
        presentes = {site.activite for site in self.sites}
        return tuple(activite for activite in Activite if activite in presentes)
