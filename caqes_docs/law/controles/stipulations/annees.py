"""The years that a contract writes, against its signature and against the life of a volet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.signature import RegleDate, Signature
from caqes_docs.data.dossier.volets import ValeurReference, Volet
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.caqes_1.objectifs import iter_measures, iter_objectives
from caqes_docs.law.droit.dates import volet_period
from caqes_docs.law.droit.droit import effect_date


def check_fixed_dates(affaire: Affaire) -> Iterator[Constat]:
    """V-276: a date fixed by the parties that gives an effect before the last of them signs."""
    contrat = affaire.dossier.valeur.contrat
    poses: list[tuple[Chemin, Signature | None]] = [((), contrat.signature)]
    poses += [(("volets", nom), volet.signature) for nom, volet in contrat.volets.items()]
    for chemin, signature in poses:
        if signature is None or signature.dates_des_parties is None or signature.date is None:
            continue
        effet, derniere = effect_date(signature.date), max(signature.dates_des_parties.jours)
        if signature.regle is RegleDate.FIXEE and effet <= derniere:
            yield fault(
                "V-276",
                affaire.dossier.fichier.source(("contrat", *chemin, "signature", "date")),
                f"La date que les parties ont fixée donne effet le {date_longue(effet)}, avant la "
                f"dernière signature, le {date_longue(derniere)}\u00a0: nul n’est encore engagé.",
                "Fixer une date de l’année de la dernière signature, ou corriger les dates.",
            )


def check_references(affaire: Affaire) -> Iterator[Constat]:
    """V-273, V-286: a value of reference of a year to come, or not over, at the signature."""
    contrat = affaire.dossier.valeur.contrat
    poses: list[tuple[Chemin, ValeurReference | None, Signature]] = []
    for code, pose in contrat.indicateurs.items():
        poses.append((("indicateurs", code), pose.reference, contrat.signature))
    for nom, volet in contrat.volets.items():
        mesures = [(chemin, mesure) for chemin, _, mesure in iter_measures(volet)]
        for chemin, objectif in (*iter_objectives(volet), *mesures):
            lieu = ("volets", nom, *chemin)
            poses.append((lieu, objectif.reference, volet.signature or Signature()))
    remede = "Corriger l’année, ou donner la dernière valeur connue à la signature."
    for chemin, reference, signature in poses:
        jour = signature.date_retenue
        if reference is None or jour is None:
            continue
        source = affaire.dossier.fichier.source(("contrat", *chemin, "reference", "annee"))
        premier = first_signature(signature) or jour
        if reference.annee > jour.year:
            yield fault(
                "V-273",
                source,
                f"La valeur de référence serait de {reference.annee}, après la signature, en "
                f"{jour.year}\u00a0: personne ne la connaissait.",
                remede,
            )
        elif reference.annee >= premier.year:
            yield warning(
                "V-286",
                source,
                f"La valeur de référence est de {reference.annee}, année qui n’est pas finie le "
                f"{date_longue(premier)}, jour de la première signature\u00a0: elle ne pouvait pas "
                "y figurer entière.",
                remede,
            )


def first_signature(signature: Signature) -> dt.date | None:
    """The day on which the first of the parties signs."""
    dates = signature.dates_des_parties
    return min(dates.jours) if dates else signature.date_retenue


def check_volet_years(affaire: Affaire, nom: str, volet: Volet) -> Iterator[Constat]:
    """V-274: a target, or the end of an action, that the volet does not live to see."""
    periode, fichier = volet_period(volet), affaire.dossier.fichier
    if periode is None or periode.au is None:
        return
    racine: Chemin = ("contrat", "volets", nom)
    fin = f"le volet {nom} finit le {date_longue(periode.au)}"
    for chemin, objectif in iter_objectives(volet):
        for annee in _late(objectif.cibles, periode.au.year):
            yield fault(
                "V-274",
                fichier.source((*racine, *chemin, "cibles", str(annee))),
                f"L’objectif {objectif.id} a une cible pour {annee}, et {fin}.",
                "Corriger l’année, ou la durée du volet\u00a0: le contrat imprime les deux.",
            )
    for rang, action in enumerate(volet.actions):
        if action.fin is not None and action.fin > periode.au:
            yield fault(
                "V-274",
                fichier.source((*racine, "actions", rang, "fin")),
                f"L’action {action.id} finirait le {date_longue(action.fin)}, et {fin}.",
                "Corriger l’une des deux dates\u00a0: le contrat imprime les deux.",
            )


def _late(cibles: Mapping[int, str | None], derniere: int) -> list[int]:
    return [annee for annee, cible in cibles.items() if cible is not None and annee > derniere]
