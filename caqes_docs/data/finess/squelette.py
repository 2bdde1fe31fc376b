"""Drafts of dossiers as YAML text: what the table says is filled in, other keys stand empty."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from caqes_docs.data.finess import codes
from caqes_docs.data.finess.modeles import AdresseFiness, EntiteFiness, SiteFiness
from caqes_docs.data.lecture.ecriture import ValeurTable, quote, render_cle

FaitsTable: TypeAlias = Mapping[str, ValeurTable]
"""By dotted key, from the root of the dossier or from the site."""

A_VERIFIER = "# À vérifier"
"""How a comment begins that says a value rests on a rule; who has checked it erases the comment."""

PROPOSITION = re.compile(r"# La table ne (?:nomme|situe) que les sites\. .*\u00a0»\.")
"""The comment above an empty key that says what the table gives for a site."""


@dataclass(frozen=True)
class EnTeteContrat:
    """What a draft says of the contract."""

    reference: str
    regime: str
    ars: str
    date_signature: dt.date | None
    suite: str = "  indicateurs: {}\n"
    """What is asked of the establishment, below its plan."""


def compute_faits(entite: EntiteFiness, date_signature: dt.date | None) -> FaitsTable:
    """What the import writes outside the sites, and updates afterwards."""
    faits: dict[str, ValeurTable] = {
        "etablissement.raison_sociale": entite.raison_sociale,
        "etablissement.siren": entite.siren,
        "etablissement.statut": entite.statut.value,
        "etablissement.categorie": entite.categorie,
        "etablissement.niveau_signature": entite.niveau.value,
    }
    faits.update(_address_facts("etablissement.", entite.adresse))
    faits["contrat.signature.date"] = date_signature.isoformat() if date_signature else None
    return faits


def compute_faits_site(site: SiteFiness) -> FaitsTable:
    """What the import writes of a site, and updates afterwards."""
    return {
        "nom": site.nom,
        "siret": site.siret,
        **_address_facts("", site.adresse),
        "activites": (site.activite.value,) if site.activite else (),
    }


def _address_facts(prefixe: str, adresse: AdresseFiness | None) -> dict[str, ValeurTable]:
    return {
        f"{prefixe}adresse.lignes": adresse.lignes if adresse else None,
        f"{prefixe}adresse.code_postal": adresse.code_postal if adresse else None,
        f"{prefixe}adresse.commune": adresse.commune if adresse else None,
    }


def render_adresse(adresse: AdresseFiness | None, retrait: int) -> list[str]:
    """The lines of an address block."""
    if adresse is None:
        return [render_cle(retrait, "adresse")]
    return [
        render_cle(retrait, "adresse"),
        render_cle(retrait + 2, "lignes", adresse.lignes),
        render_cle(retrait + 2, "code_postal", adresse.code_postal),
        render_cle(retrait + 2, "commune", adresse.commune),
    ]


def render_site(site: SiteFiness, retrait: int) -> list[str]:
    """The lines of one site, its dash `retrait` spaces in."""
    marge = " " * (retrait + 2)
    commentaires = []
    if site.categorie:
        commentaires.append(f"{marge}# Catégorie\u00a0: {site.categorie}.")
    if site.complement:
        commentaires.append(f"{marge}# Complément du nom dans la table\u00a0: {site.complement}")
    if site.activite:
        commentaires.append(
            f"{marge}# Activité tirée de la catégorie\u00a0; en ajouter s’il y en a d’autres."
        )
    return [
        f"{' ' * retrait}- finess: {quote(site.finess)}",
        *commentaires,
        render_cle(retrait + 2, "nom", site.nom),
        render_cle(retrait + 2, "siret", site.siret),
        *render_adresse(site.adresse, retrait + 2),
        render_cle(retrait + 2, "activites", (site.activite.value,) if site.activite else ()),
    ]


def render_dossier(entite: EntiteFiness, contrat: EnTeteContrat, table: str) -> str:
    """The draft of a dossier, ready to be completed."""
    lignes = [
        "# yaml-language-server: $schema=../.schemas/dossier.schema.json",
        f"# Squelette importé de la table d’identité «\u00a0{table}\u00a0».",
        "#",
        (
            "# La table ne donne que l’identité de l’établissement\u00a0: ce qui est vide est à "
            "compléter, et s’imprime"
        ),
        (
            "# «\u00a0à compléter\u00a0» dans un projet\u00a0; ce qui est marqué «\u00a0À "
            "vérifier\u00a0» est repris d’elle faute de mieux."
        ),
        (
            "# Un nouvel import met à jour ce que personne n’a changé ici et garde tout le reste, "
            "commentaires compris."
        ),
        "",
        *_etablissement(entite),
        "",
        "",
        *_contrat(entite, contrat),
    ]
    return "\n".join(lignes) + "\n" + contrat.suite


def _etablissement(entite: EntiteFiness) -> list[str]:
    return [
        "etablissement:",
        *_note(entite, "raison_sociale"),
        *_proposition(entite, "raison_sociale", "nomme", "Nom"),
        render_cle(2, "raison_sociale", entite.raison_sociale),
        render_cle(2, "finess", entite.finess),
        render_cle(2, "siren", entite.siren),
        f"  # Dans la table\u00a0: {entite.detail_statut}.",
        *_note(entite, "statut"),
        render_cle(2, "statut", entite.statut.value),
        render_cle(2, "categorie", entite.categorie),
        render_cle(2, "departement", entite.departement),
        *_note(entite, "niveau_signature"),
        render_cle(2, "niveau_signature", entite.niveau.value),
        "  # oui ou non.",
        render_cle(2, "liste_en_sus"),
        *_seat(entite),
        "",
        "  # Activités possibles\u00a0: MCO, HAD, dialyse, SSR, PSY, USLD.",
        *_sites(entite.sites),
        "",
        *_people(),
    ]


def _note(entite: EntiteFiness, cle: str) -> list[str]:
    return [f"  {A_VERIFIER}\u00a0: {entite.notes[cle]}."] if cle in entite.notes else []


def _proposition(entite: EntiteFiness, cle: str, verbe: str, quoi: str) -> list[str]:
    proposition = entite.propositions.get(cle)
    if proposition is None:
        return []
    site = (
        f"site {proposition.finess}, pris parmi {proposition.parmi}"
        if proposition.parmi > 1
        else f"seul site, {proposition.finess}"
    )
    return [
        f"  # La table ne {verbe} que les sites. {quoi} du {site}\u00a0: "
        f"«\u00a0{proposition.valeur}\u00a0»."
    ]


def _seat(entite: EntiteFiness) -> list[str]:
    if entite.adresse is not None:
        return [*_note(entite, "adresse"), *render_adresse(entite.adresse, 2)]
    return [
        (
            '  # Adresse du siège\u00a0; dessous, en retrait\u00a0: lignes: ["…"], code_postal: '
            '"…" et commune: "…".'
        ),
        *_proposition(entite, "adresse", "situe", "Adresse"),
        *render_adresse(None, 2),
    ]


def _sites(sites: Iterable[SiteFiness]) -> list[str]:
    blocs = [render_site(site, 4) for site in sites]
    if not blocs:
        return ["  sites: []"]
    lignes = ["  sites:"]
    for rang, bloc in enumerate(blocs):
        lignes.extend([*([""] if rang else []), *bloc])
    return lignes


def _people() -> list[str]:
    return [
        "  # Qui signe, et en vertu de quoi.",
        *render_personne(2, "representant"),
        "  # titre en vertu duquel le représentant signe (facultatif)",
        "  # mandat:",
        render_cle(2, "courriel_fonctionnel"),
        "",
        (
            "  # Un interlocuteur par volet suivi\u00a0: un tiret, «\u00a0volet: socle\u00a0», "
            "puis «\u00a0personne:\u00a0» (nom, qualite, courriel…)."
        ),
        "  interlocuteurs: []",
        "",
        (
            "  # Dessous, en retrait\u00a0: instance: CME (ou CfME pour une clinique commerciale), "
            "date et sens."
        ),
        render_cle(2, "avis_medical"),
        "  # oui ou non.",
        render_cle(2, "cdu_associee"),
        "",
        (
            "  # Assiette de la sanction\u00a0: un tiret, «\u00a0exercice: …\u00a0» puis "
            "«\u00a0montant: …\u00a0»."
        ),
        "  produits_assurance_maladie: []",
    ]


def render_personne(retrait: int, cle: str) -> list[str]:
    """The lines of a person of whom nothing is known."""
    champs = ("prenom", "nom", "qualite")
    return [render_cle(retrait, cle), *(render_cle(retrait + 2, champ) for champ in champs)]


def _contrat(entite: EntiteFiness, contrat: EnTeteContrat) -> list[str]:
    date = contrat.date_signature.isoformat() if contrat.date_signature else None
    types = ", ".join(codes.PLANS_TYPES[activite] for activite in entite.activites)
    return [
        "contrat:",
        f"  reference: {contrat.reference}",
        f"  regime: {contrat.regime}",
        f"  ars: {contrat.ars}",
        f"  organisme: {entite.organisme}",
        "",
        "  # La date de signature décide de la date d’effet.",
        "  signature:",
        "    # lieu de signature",
        "    lieu:",
        render_cle(4, "date", date),
        "",
        "  # Étapes de la proposition (CSS, art. D. 162-15), en ôtant le dièse\u00a0:",
        "  # procedure:",
        "  #   avis: {demande_le: , rendu_le: , sens: }",
        "  #   premiere_proposition: {date: , mode: , numero_envoi: , recue_le: }",
        "",
        "  # lettre_recommandee ou tout_moyen_probant.",
        "  choix:",
        render_cle(4, "forme_recours"),
        "",
        (
            "  # Plans types\u00a0: mco, had, dialyse, ssr, psy, usld\u00a0; ceux qui répondent "
            "aux activités des sites."
        ),
        "  plan_actions:",
        f"    types: [{types}]",
        "",
    ]
