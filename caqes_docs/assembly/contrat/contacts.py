"""Who follows the contract, volet by volet: the volets have the names of the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.parties import Contact, Personne
from caqes_docs.law.caqes_1.socle import LIBELLE_SOCLE, SOCLE
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class LigneContact:
    """One person and the volet that they follow."""

    volet: str = champ("volet suivi")
    personne: Personne = champ("personne désignée")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class ContactsResolus:
    """The persons that each party names (contrat type, art. 3)."""

    agence: tuple[LigneContact, ...] = champ("référents de l’agence")
    assurance_maladie: tuple[LigneContact, ...] = champ("référents de l’assurance maladie")
    etablissement: tuple[LigneContact, ...] = champ("interlocuteurs de l’établissement")
    origines: Mapping[str, Lieu] = lieux()


def resolve_contacts(affaire: Affaire, droit: Droit, volets: Iterable[str]) -> ContactsResolus:
    """The contacts of the three parties, for the volet obligatoire and `volets`."""
    lieu_ars = Lieu(affaire.ars.fichier, ("referents",), "ars")
    lieu_organisme = Lieu(affaire.organisme.fichier, ("referents",), "organisme")
    lieu_dossier = Lieu(affaire.dossier.fichier, ("etablissement", "interlocuteurs"))

    suivis = {SOCLE, *volets}

    def lines(contacts: Sequence[Contact], lieu: Lieu) -> tuple[LigneContact, ...]:
        return tuple(
            LigneContact(
                volet_label(droit, contact.volet),
                contact.personne,
                {cle: lieu.child(rang).child(cle) for cle in ("volet", "personne")},
            )
            for rang, contact in enumerate(contacts)
            if contact.volet in suivis or contact.volet not in droit.volets
        )

    return ContactsResolus(
        lines(affaire.ars.valeur.referents, lieu_ars),
        lines(affaire.organisme.valeur.referents, lieu_organisme),
        lines(affaire.dossier.valeur.etablissement.interlocuteurs, lieu_dossier),
        {"agence": lieu_ars, "assurance_maladie": lieu_organisme, "etablissement": lieu_dossier},
    )


def volet_label(droit: Droit, nom: str) -> str:
    """The short words of a volet of the library, or of the socle; else its id."""
    if nom == SOCLE:
        return typographier(LIBELLE_SOCLE)
    return typographier(droit.volets[nom].court) if nom in droit.volets else nom


def volet_in_words(droit: Droit, nom: str) -> str:
    """The volet as a sentence names it: « le volet obligatoire », « le volet relatif aux… »."""
    libelle = LIBELLE_SOCLE if nom == SOCLE else nom
    if nom in droit.volets:
        libelle = droit.volets[nom].libelle
    return label_in_words(libelle)


def label_in_words(libelle: str) -> str:
    """The words of a volet within a sentence, with their article."""
    if libelle.startswith("Volet "):
        return typographier(f"le v{libelle[1:]}")
    return typographier(f"le volet «\u00a0{libelle}\u00a0»")
