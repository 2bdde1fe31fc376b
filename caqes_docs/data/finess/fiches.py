"""Drafts of the other parties' records, the agency and the fund, of which the table says little."""

from __future__ import annotations

from caqes_docs.data.dossier.parties import SorteOrganisme
from caqes_docs.data.finess import codes
from caqes_docs.data.finess.squelette import A_VERIFIER, render_personne
from caqes_docs.data.lecture.ecriture import render_cle


def render_ars(identifiant: str, region: str, table: str) -> str:
    """The draft of an agency: its region is known, all the rest is to be filled in."""
    nom = codes.REGIONS[region]
    lignes = [
        (
            f"# Squelette créé par l’import de la table «\u00a0{table}\u00a0»\u00a0: tout est à "
            "compléter, hors la région."
        ),
        "",
        f"id: {identifiant}",
        f"{A_VERIFIER}\u00a0: forme exacte du nom de l’agence.",
        render_cle(0, "nom", f"Agence régionale de santé {nom}"),
        render_cle(0, "region", nom),
        '# Dessous, en retrait\u00a0: lignes: ["…"], code_postal: "…" et commune: "…".',
        "adresse:",
        "courriel:",
        "",
        *render_personne(0, "directeur_general"),
        "",
        (
            "# Si une autre personne signe\u00a0; dessous\u00a0: delegataire (civilite, prenom, "
            "nom, qualite), acte et date."
        ),
        "delegation:",
        "",
        "# Tribunal du siège de l’agence.",
        "tribunal_administratif:",
        "  nom:",
        "  adresse:",
        "",
        "plans:",
        "  gestion_du_risque:",
        "  pertinence:",
        "",
        "referents: []",
    ]
    return "\n".join(lignes) + "\n"


def render_organisme(identifiant: str, sorte: SorteOrganisme, departement: str, table: str) -> str:
    """The draft of a fund, whose name is empty: a département may have several."""
    nom: str | None = codes.NOMS_ORGANISMES[sorte]
    note = []
    if sorte is not SorteOrganisme.CNMSS:
        note = [
            "# La table ne nomme pas la caisse, et certains départements en ont plusieurs. "
            f"Forme du nom\u00a0: «\u00a0{nom} de …\u00a0» (département {departement})."
        ]
        nom = None
    lignes = [
        (
            f"# Squelette créé par l’import de la table «\u00a0{table}\u00a0»\u00a0: tout est à "
            "compléter, hors la nature de l’organisme."
        ),
        "",
        f"id: {identifiant}",
        f"sorte: {sorte.value}",
        *note,
        render_cle(0, "nom", nom),
        '# Dessous, en retrait\u00a0: lignes: ["…"], code_postal: "…" et commune: "…".',
        "adresse:",
        *render_personne(0, "representant"),
        "service_medical:",
        "caisse_pivot:",
        "courriel:",
        "",
        "referents: []",
    ]
    return "\n".join(lignes) + "\n"
