"""The contract of one establishment as a subject: what its clauses may name, at its dates."""

from __future__ import annotations

from caqes_docs.assembly.contrat.calendrier import resolve_calendrier
from caqes_docs.assembly.contrat.contacts import resolve_contacts
from caqes_docs.assembly.contrat.dates import Dates
from caqes_docs.assembly.contrat.indicateurs import resolve_indicateurs, resolve_plan
from caqes_docs.assembly.contrat.proposition import resolve_proposition
from caqes_docs.assembly.contrat.refus import resolve_refus
from caqes_docs.assembly.contrat.taux import resolve_taux
from caqes_docs.assembly.contrat.volets import resolve_volets
from caqes_docs.assembly.sujet import RegimeDuSujet, Sujet
from caqes_docs.core.constats import Constat
from caqes_docs.core.source import same_bytes
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.document.model import Piece
from caqes_docs.law.droit.dates import is_original
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.jugement import judge_refusals
from caqes_docs.redaction.langage.vocabulaire import Acte, Valeurs
from caqes_docs.redaction.langage.vues import Lieu


def undated_values(
    affaire: Affaire, droit: Droit, volet: str | None = None
) -> tuple[Valeurs, tuple[Constat, ...]]:
    """What is known before the act has a date, and the findings on its refusals.

    `volet` is the one proposed apart that the act is about, if any.
    """
    dossier, organisme = affaire.dossier, affaire.organisme
    racine, contacts = Lieu(dossier.fichier, ()), Lieu(None, (), "contacts")
    contrat = dossier.valeur.contrat
    juges = judge_refusals(affaire, droit)
    refus = resolve_refus(affaire, droit, juges.resultats, volet)
    valeurs = {
        "etablissement": (dossier.valeur.etablissement, racine.child("etablissement")),
        "contrat": (dossier.valeur.contrat, racine.child("contrat")),
        "ars": (affaire.ars.valeur, Lieu(affaire.ars.fichier, (), "ars")),
        "organisme": (organisme.valeur, Lieu(organisme.fichier, (), "organisme")),
        "contacts": (resolve_contacts(affaire, droit, contrat.volets), contacts),
        "contacts_du_contrat": (
            resolve_contacts(
                affaire,
                droit,
                [n for n in contrat.volets if n in affaire.joints or is_original(n, contrat)],
            ),
            contacts,
        ),
        "refus": (refus, racine.child("contrat").child("refus")),
        "proposition": (
            resolve_proposition(affaire, droit, refus, volet),
            racine.child("contrat").child("procedure"),
        ),
    }
    return valeurs, juges.constats


def dated_values(affaire: Affaire, droit: Droit, dates: Dates) -> Valeurs:
    """What the contract says at the date of the act."""
    fichier, dossier = affaire.dossier.fichier, affaire.dossier.valeur
    racine, contrat = Lieu(fichier, ()), Lieu(fichier, ("contrat",))
    indicateurs = resolve_indicateurs(
        droit, dossier.etablissement, dossier.contrat, dates.contenu, racine
    )
    volets = resolve_volets(droit, affaire.dossier, dates.contenu, affaire.joints)
    calendrier = resolve_calendrier(affaire, droit, dates.contenu, volets)
    annee = (dates.taux or dates.contenu).year
    taux = resolve_taux(affaire.ars, droit, annee, dates.edition)
    return {
        "plan": (
            resolve_plan(droit, dossier.contrat, indicateurs, racine),
            contrat.child("plan_actions"),
        ),
        "indicateurs": (indicateurs, contrat.child("indicateurs")),
        "calendrier": (calendrier, Lieu(None, (), "calendrier")),
        "taux_cibles": (taux, Lieu(None, (), "taux cibles")),
        "volets": (volets, contrat.child("volets")),
    }


def describe_contract(affaire: Affaire, acte: Acte, dates: Dates, noms: Valeurs) -> Sujet:
    """The subject of an act about one contract, whatever the act says of it."""
    dossier = affaire.dossier
    contrat, etablissement = dossier.valeur.contrat, dossier.valeur.etablissement
    return Sujet(
        nom=etablissement.nom_affiche,
        reference=contrat.reference,
        mots_cles=("CAQES", contrat.reference, etablissement.finess),
        ars=affaire.ars,
        date=dates.date,
        edition=dates.edition,
        acte=acte,
        lieu=Lieu(dossier.fichier, ("contrat", "signature")),
        noms=noms,
        regime=RegimeDuSujet(
            acte.date_effet or dates.contenu,
            contrat.regime.value,
            dossier.fichier.source(("contrat", "regime")),
        ),
        pieces=(
            Piece(
                "dossier.yaml",
                same_bytes(dossier.fichier.contenu),
                "application/yaml",
                "Données du dossier qui ont servi à établir l’acte",
            ),
            *map(_avenant_piece, affaire.appliques),
        ),
        provenance={
            "dossier": dossier.fichier.empreinte,
            "ars": affaire.ars.fichier.empreinte,
            "organisme": affaire.organisme.fichier.empreinte,
        }
        | {f"avenant {c.valeur.numero}": c.fichier.empreinte for c in affaire.appliques},
    )


def _avenant_piece(charge: Charge[Avenant]) -> Piece:
    return Piece(
        f"avenant-{charge.valeur.numero}.yaml",
        same_bytes(charge.fichier.contenu),
        "application/yaml",
        f"Données de l’avenant n°\u00a0{charge.valeur.numero}, compris dans le contrat",
    )
