"""What surrounds an evaluated year: deliveries of data, meetings, changes, perspectives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from caqes_docs.assembly.contrat.calendrier import meetings
from caqes_docs.assembly.contrat.vocabulaire_suivi import LigneLivraison, LigneRencontre
from caqes_docs.assembly.evaluation.vocabulaire_rapport import GroupeLivraisons, LigneSuite
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import DonneesEvaluation, Evaluation
from caqes_docs.data.dossier.suivi import ChangementSituation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.droit.dates import is_running
from caqes_docs.law.droit.diffusions import Diffusion, iter_deliveries
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.langage.vues import Lieu

_SOCLE = "socle"


def resolve_deliveries(
    affaire: Affaire, charge: Charge[Evaluation], droit: Droit
) -> tuple[LigneLivraison, ...]:
    """Each delivery of the calendar that describes the evaluated year, and its state."""
    dossier, annee = affaire.dossier.valeur, charge.valeur.annee
    contrat, etablissement = dossier.contrat, dossier.etablissement
    suivis = {_SOCLE, *(n for n, volet in contrat.volets.items() if is_running(volet, annee))}
    fin = dt.date(annee, 12, 31)
    return tuple(
        _line(diffusion, attendue, charge)
        for diffusion in iter_deliveries(affaire.ars.valeur, droit, fin, suivis, etablissement)
        if (attendue := diffusion.donnee.calendar_year(annee)) is not None
    )


def group_deliveries(lignes: Iterable[LigneLivraison]) -> tuple[GroupeLivraisons, ...]:
    """The deliveries state by state, each with who owed it and when."""
    etats: dict[str, list[str]] = {}
    for ligne in lignes:
        precisions = ", ".join(filter(None, (ligne.producteur, ligne.attendue)))
        etats.setdefault(ligne.etat, []).append(f"{ligne.libelle} ({precisions})")
    return tuple(
        GroupeLivraisons(etat, _announced(etat, len(libelles)), tuple(libelles))
        for etat, libelles in etats.items()
    )


def _announced(etat: str, nombre: int) -> str:
    """« Livraison non reçue », « Livraisons non reçues »."""
    if nombre == 1:
        return f"Livraison {etat}"
    return "Livraisons " + etat.replace("reçue", "reçues").replace("attendue", "attendues")


@dataclass(frozen=True)
class _Venue:
    """What came, and where the evaluation says it."""

    lieu: Lieu
    venue: bool = False
    recue_le: dt.date | None = None
    version: str | None = None


def _line(diffusion: Diffusion, annee: int, charge: Charge[Evaluation]) -> LigneLivraison:
    donnees = charge.valeur.donnees or DonneesEvaluation()
    venue = _received(diffusion, charge)
    return LigneLivraison(
        typographier(diffusion.label(annee)),
        typographier(diffusion.donnee.producteur),
        diffusion.words(annee),
        venue.version,
        venue.recue_le,
        _state(venue, diffusion.limit(annee), donnees.arretees_le),
        {nom: venue.lieu.child(nom) for nom in ("version", "recue_le")},
    )


def _received(diffusion: Diffusion, charge: Charge[Evaluation]) -> _Venue:
    """The delivery that names the datum, or the establishment's own report."""
    evaluation, racine = charge.valeur, Lieu(charge.fichier, (), "évaluation")
    if diffusion.donnee.autoevaluation:
        auto, lieu = evaluation.autoevaluation, racine.child("autoevaluation")
        return _Venue(lieu, auto is not None, auto.recue_le if auto else None)
    lieu = racine.child("donnees").child("livraisons")
    for rang, livraison in enumerate(evaluation.donnees.livraisons if evaluation.donnees else ()):
        if livraison.donnee == diffusion.donnee.id:
            return _Venue(lieu.child(rang), True, livraison.recue_le, livraison.version)
    return _Venue(lieu)


def _state(venue: _Venue, limite: dt.date | None, arret: dt.date | None) -> str:
    """Received in time or late; not received; due after the day the data were frozen."""
    if venue.recue_le is not None:
        en_retard = limite is not None and venue.recue_le > limite
        return "reçue en retard" if en_retard else "reçue"
    if venue.venue:
        return "reçue, date non renseignée"
    if limite is not None and arret is not None and limite > arret:
        return "attendue après l’arrêté des données"
    return "non reçue"


def year_meetings(affaire: Affaire, annee: int) -> tuple[LigneRencontre, ...]:
    """The meetings held in the evaluated year, and those foreseen then that were not held."""
    fichier, contrat = affaire.dossier.fichier, affaire.dossier.valeur.contrat
    choisies = [
        rencontre
        for rencontre in contrat.rencontres
        if (jour := rencontre.tenue_le or rencontre.prevue_le) and jour.year == annee
    ]
    return meetings(choisies, contrat.rencontres, Lieu(fichier, ("contrat", "rencontres")))


def year_changes(affaire: Affaire, annee: int) -> tuple[ChangementSituation, ...]:
    """The changes of situation signalled in the evaluated year, or at no known date."""
    return tuple(
        changement
        for changement in affaire.dossier.valeur.contrat.changements
        if changement.signale_le is None or changement.signale_le.year == annee
    )


def follow_ups(affaire: Affaire, charge: Charge[Evaluation]) -> tuple[LigneSuite, ...]:
    """What the parties kept at the end of the last evaluation, and what came of it since."""
    annees = [an for an in affaire.evaluations if an < charge.valeur.annee]
    avant = affaire.evaluations[max(annees)].valeur.dialogue if annees else None
    lieu = Lieu(charge.fichier, ("suites",), "évaluation")
    return tuple(
        LigneSuite(
            perspective.libelle,
            perspective.echeance,
            charge.valeur.suites.get(perspective.id),
            {"suite": lieu.child(perspective.id)},
        )
        for perspective in (avant.perspectives if avant else ())
    )
