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
    points = meetings(
        [r for r in dossier.valeur.contrat.rencontres if r.nature is NatureRencontre.POINT],
        dossier.valeur.contrat.rencontres,
        Lieu(dossier.fichier, ("contrat", "rencontres")),
    )
    return CalendrierResolu(
        tuple(
            _line(diffusion, annee, Lieu(ars.fichier, ("calendrier",), "ars"))
            for diffusion in iter_deliveries(ars.valeur, droit, date, suivis)
        ),
        annee,
        annee + 1,
        tuple(p for p in points if p.prevue_le is None or p.prevue_le.year in (annee, annee + 1)),
        tuple(p for p in points if p.prevue_le is None or p.prevue_le.year == annee),
    )


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
            {
                nom: lieu.child(rangs[id(r)]).child(nom)
                for nom in ("objet", "prevue_le", "tenue_le", "participants", "conclusions")
            },
        )
        for r in choisies
    ]
    jamais = dt.date.max
    return tuple(sorted(lignes, key=lambda r: r.tenue_le or r.prevue_le or jamais))
