"""What the identity table leaves to fill in or to check, counted over an import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caqes_docs.data.finess.modeles import EntiteFiness


@dataclass(frozen=True)
class Manque:
    """What the table does not hold, and how many dossiers (or sites) wait for it."""

    libelle: str
    nombre: int


def iter_manques(entites: Sequence[EntiteFiness]) -> Iterator[Manque]:
    """What is left to fill in, over all the entities of the import."""
    sites = [site for entite in entites for site in entite.sites]
    notes = Counter(cle for entite in entites for cle in entite.notes)
    nombres = {
        "raison sociale à compléter (dossiers)": sum(e.raison_sociale is None for e in entites),
        "raison sociale à vérifier (dossiers)": notes["raison_sociale"],
        "niveau de signature à vérifier (dossiers)": notes["niveau_signature"],
        "statut à vérifier (dossiers)": notes["statut"],
        "SIREN à compléter (dossiers)": sum(e.siren is None for e in entites),
        "adresse du siège à compléter (dossiers)": sum(e.adresse is None for e in entites),
        "adresse du siège à vérifier (dossiers)": notes["adresse"],
        "sites à inscrire\u00a0: la table ne nomme que l’entité (dossiers)": sum(
            not e.sites for e in entites
        ),
        "activités à compléter (sites)": sum(site.activite is None for site in sites),
        "plans d’actions types à choisir (dossiers)": sum(not e.activites for e in entites),
        "représentant, mandat, liste en sus, avis médical, montants, indicateurs (dossiers)": len(
            entites
        ),
    }
    return (Manque(libelle, nombre) for libelle, nombre in nombres.items() if nombre)
