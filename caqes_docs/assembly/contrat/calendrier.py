"""The calendar of data of one contract, and its points d'étape."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from caqes_docs.assembly.contrat.vocabulaire import (
    CalendrierResolu,
    LigneCalendrier,
    VoletsResolus,
)
from caqes_docs.assembly.contrat.vocabulaire_suivi import LigneRencontre
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.suivi import NatureRencontre, Rencontre
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.diffusions import Diffusion, iter_deliveries
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.langage.vues import Lieu


def resolve_calendrier(
    affaire: Affaire, droit: Droit, date: dt.date, volets: VoletsResolus
) -> CalendrierResolu:
    """The calendar at `date`, for the volets of the contract, dated for its year and the next.

    The region's own periods replace the national ones.
    """
    ars, annee = affaire.ars, date.year
    suivis = {SOCLE, *(ligne.id for ligne in volets.lignes)}
    dossier = affaire.dossier
    contrat, lieu = dossier.valeur.contrat, Lieu(dossier.fichier, ("contrat", "rencontres"))
    points = meetings(
        [r for r in contrat.rencontres if r.nature is NatureRencontre.POINT],
        contrat.rencontres,
        lieu,
    )
    return CalendrierResolu(
        tuple(
            _line(diffusion, annee, Lieu(ars.fichier, ("calendrier",), "ars"))
            for diffusion in iter_deliveries(
                ars.valeur, droit, date, suivis, dossier.valeur.etablissement
            )
        ),
        annee,
        annee + 1,
        tuple(p for p in points if p.prevue_le is None or p.prevue_le.year in (annee, annee + 1)),
        tuple(p for p in points if p.prevue_le is None or p.prevue_le.year == annee),
        meetings(_announced(contrat), contrat.rencontres, lieu),
    )


def _announced(contrat: Contrat) -> list[Rencontre]:
    """The information meetings foreseen on the day of the invitation, or after it."""
    invitation = contrat.informations.invitation_le if contrat.informations else None
    return [
        r
        for r in contrat.rencontres
        if r.nature is NatureRencontre.INFORMATION
        and r.prevue_le is not None
        and (invitation is None or r.prevue_le >= invitation)
    ]


def _line(diffusion: Diffusion, annee: int, lieu: Lieu) -> LigneCalendrier:
    donnee, origines = diffusion.donnee, {}
    if diffusion.rang is not None:
        place = lieu.child(diffusion.rang)
        origines = {
            "periode": place.child("periode"),
            "dates": place.child("quand"),
            "dates_suivantes": place.child("quand"),
        }
    return LigneCalendrier(
        typographier(donnee.libelle),
        donnee.volet,
        typographier(donnee.producteur),
        diffusion.periode,
        diffusion.words(annee),
        diffusion.words(annee + 1),
        typographier(diffusion.label(annee)),
        origines,
    )


def meetings(
    choisies: Sequence[Rencontre], toutes: Sequence[Rencontre], lieu: Lieu
) -> tuple[LigneRencontre, ...]:
    """The meetings `choisies` among `toutes`, which stand at `lieu`, in the order of their days."""
    rangs = {id(rencontre): rang for rang, rencontre in enumerate(toutes)}
    lignes = [
        LigneRencontre(
            r.nature.libelle,
            r.objet,
            r.prevue_le,
            r.tenue_le,
            r.participants,
            r.conclusions,
            r.lieu,
            {
                nom: lieu.child(rangs[id(r)]).child(nom)
                for nom in ("objet", "prevue_le", "tenue_le", "participants", "conclusions", "lieu")
            },
        )
        for r in choisies
    ]
    jamais = dt.date.max
    return tuple(sorted(lignes, key=lambda r: r.tenue_le or r.prevue_le or jamais))
