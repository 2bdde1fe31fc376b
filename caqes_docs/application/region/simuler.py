"""Simulate a year: read what the user supposes, run the engine, say it, write a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from caqes_docs.application.production import produce
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.sorties import prepare_folder
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.simulation.sujet import describe_simulation
from caqes_docs.assembly.simulation.table import find_objective, resolve_simulation
from caqes_docs.assembly.simulation.vocabulaire import SimulationResolue
from caqes_docs.core.constats import Gravite
from caqes_docs.core.errors import (
    CaqesError,
    DonneesError,
    UsageError,
)
from caqes_docs.core.francais.accord import compte
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.avenant.chaine import state_of_year
from caqes_docs.law.calcul.arbre import exact
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.simulation import grandeurs
from caqes_docs.law.simulation.simulation import (
    Point,
    Scenario,
    Simulation,
    ValeurSimulee,
    simulate,
    suppose_signed,
)
from caqes_docs.law.simulation.valeurs import parse_valeur, series, written
from caqes_docs.redaction.bibliotheque.types import find_type

TYPE = "simulation"


@dataclass(frozen=True)
class DemandeSimulation:
    """What the user asks for, as typed."""

    dossier: str
    annee: int
    volet: str
    indicateur: str | None = None
    de: str | None = None
    a: str | None = None
    pas: str | None = None
    hypotheses: tuple[str, ...] = ()
    date_effet: dt.date | None = None


@dataclass(frozen=True)
class BilanSimulation:
    """What the simulation came to, and what was written."""

    simulation: Simulation
    resolue: SimulationResolue
    fichiers: tuple[str, ...] = ()
    erreurs: tuple[CaqesError, ...] = field(default=())
    reste: str = ""
    """The last value asked for, as printed, when the step does not fall on it."""

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data; numbers are decimal strings."""
        scenario = self.simulation.scenario
        return {
            "schema": 1,
            "dossier": self.resolue.finess,
            "etablissement": self.resolue.nom,
            "annee": scenario.annee,
            "volet": scenario.volet,
            "indicateur": scenario.grandeur.nom,
            "libelle": self.resolue.grandeur,
            "unite": scenario.grandeur.genre.value,
            "cible": self.resolue.cible,
            "evaluation": scenario.has_evaluation,
            "valeurs": [_point(point, scenario.grandeur) for point in self.simulation.points],
            "changements": [asdict(r) for r in self.resolue.ruptures],
            "hypotheses": [asdict(h) for h in self.resolue.hypotheses],
            "autres_volets": [asdict(a) for a in self.resolue.autres],
            "constats": [constat.as_dict() for constat in self.simulation.constats],
            "reste": self.reste,
            "fichiers": list(self.fichiers),
            "erreurs": [erreur.as_dict() for erreur in self.erreurs],
        }


def _point(point: Point, grandeur: grandeurs.Grandeur) -> dict[str, object]:
    volet = point.volet
    objectif = find_objective(point, grandeur)
    autre = volet.non_monetaire
    return {
        "valeur": point.valeur if isinstance(point.valeur, str) else format(point.valeur, "f"),
        "atteinte": objectif.statut.value if objectif else None,
        "mesure": volet.mesure.value,
        "montant": exact(volet.montant.valeur),
        "total": exact(point.resultat.total.valeur),
        "niveau": exact(volet.niveau.valeur),
        "modulation": exact(volet.modulation.valeur),
        "taux": exact(autre.taux.valeur) if autre and autre.taux else None,
        "duree_mois": exact(autre.duree_mois.valeur) if autre and autre.duree_mois else None,
    }


def simulate_year(projet: Projet, demande: DemandeSimulation) -> BilanSimulation:
    """The year simulated; no file is read beyond the project, none is written.

    Raises:
        UsageError: U-003 no such dossier; U-040 to U-046 what is asked makes no sense.
        DonneesError: D-000 the dossier or a hypothesis has errors; V-050, V-082 nothing is in
            force that year.
    """
    affaire = _affaire(projet, demande)
    grandeur = _quantity(affaire, projet.droit, demande, demande.volet, _varied(demande))
    valeurs = series(grandeur, demande.de, demande.a, demande.pas)
    hypotheses = tuple(_hypotheses(affaire, projet.droit, demande, grandeur))
    scenario = Scenario(affaire, demande.annee, grandeur, valeurs, hypotheses, demande.date_effet)
    simulation = simulate(scenario, projet.droit)
    reste = _beyond(grandeur, valeurs[-1], demande.a)
    return BilanSimulation(simulation, resolve_simulation(simulation), reste=reste)


def _beyond(grandeur: grandeurs.Grandeur, derniere: Decimal | str, voulue: str | None) -> str:
    """The value asked for that the steps do not reach, or nothing."""
    if voulue is None:
        return ""
    fin = parse_valeur(voulue, grandeur, "--a")
    return "" if isinstance(fin, str) or fin == derniere else written(fin, grandeur.genre)


def _varied(demande: DemandeSimulation) -> str:
    if demande.indicateur is not None:
        return demande.indicateur
    return grandeurs.NIVEAU if demande.volet == SOCLE else grandeurs.PRINCIPAL


def _affaire(projet: Projet, demande: DemandeSimulation) -> Affaire:
    """The dossier asked for, signed in supposition when it is not yet."""
    signee = select(projet.named([demande.dossier]), [demande.dossier])[0]
    affaire = state_of_year(signee, demande.annee)
    fautes = check_affaire(affaire, projet.droit, demande.date_effet)
    erreurs = [faute for faute in fautes if faute.gravite is Gravite.ERREUR]
    if erreurs:
        raise DonneesError("D-000", f"Le dossier a {compte(len(erreurs), 'erreur(s)')}.", erreurs)
    signature = affaire.dossier.valeur.contrat.signature.date_retenue
    date_effet = demande.date_effet
    if date_effet is None:
        if signature is None:
            raise _unsigned(affaire)
        return affaire
    veille = date_effet - dt.timedelta(days=1)
    if signature is not None or effect_date(veille) != date_effet:
        raise UsageError(
            "U-045",
            "--date-effet ne sert qu’à un contrat qui n’est pas signé, et le contrat prend effet "
            "un 1er janvier.",
            remede="Retirer --date-effet si le contrat est signé, sinon donner un 1er janvier.",
        )
    return suppose_signed(affaire, date_effet)


def _unsigned(affaire: Affaire) -> DonneesError:
    return DonneesError(
        "V-050",
        "Le contrat n’a pas de date de signature\u00a0: rien ne dit quelles années il couvre.",
        remede="Donner --date-effet tant qu’il n’est pas signé, ou compléter le dossier.",
        source=affaire.dossier.fichier.source(("contrat", "signature")),
    )


def _quantity(
    affaire: Affaire, droit: Droit, demande: DemandeSimulation, volet: str, nom: str
) -> grandeurs.Grandeur:
    """The quantity of a volet that answers to `nom`.

    Raises:
        UsageError: U-044 no such volet or quantity, or several of that name.
    """
    contrat = affaire.dossier.valeur.contrat
    if volet != SOCLE and volet not in contrat.volets:
        raise UsageError(
            "U-044",
            f"Le contrat n’a pas de volet «\u00a0{volet}\u00a0».",
            remede=close_name(volet, (SOCLE, *contrat.volets))
            or f"Volets du contrat\u00a0: {', '.join((SOCLE, *contrat.volets))}.",
        )
    connues = list(grandeurs.iter_grandeurs(affaire, droit, volet, demande.annee))
    trouvees = [grandeur for grandeur in connues if nom in grandeur.noms]
    if len(trouvees) == 1:
        return trouvees[0]
    noms = [grandeur.nom for grandeur in connues if not grandeur.contrat]
    if trouvees:
        raise UsageError(
            "U-044",
            f"Plusieurs données du volet {volet} répondent au nom «\u00a0{nom}\u00a0».",
            remede=f"Prendre l’un de ces noms\u00a0: {', '.join(g.nom for g in trouvees)}.",
        )
    tous = [nom_connu for grandeur in connues for nom_connu in grandeur.noms]
    raise UsageError(
        "U-044",
        f"Le volet {volet} n’a pas de donnée «\u00a0{nom}\u00a0».",
        remede=close_name(nom, tous) or f"Données de ce volet\u00a0: {', '.join(noms)}.",
    )


def _hypotheses(
    affaire: Affaire, droit: Droit, demande: DemandeSimulation, variable: grandeurs.Grandeur
) -> Iterable[ValeurSimulee]:
    """What is supposed; each quantity once, and never the one that varies."""
    deja = {_key(variable)}
    for texte in demande.hypotheses:
        nom, egal, valeur = (partie.strip() for partie in texte.partition("="))
        if not egal or not nom or not valeur:
            raise _bad_hypothesis(texte, "elle ne s’écrit pas NOM=VALEUR")
        volet, deux_points, court = nom.rpartition(":")
        if not deux_points:
            volet = demande.volet
        grandeur = (
            grandeurs.closed_year()
            if court == grandeurs.EXERCICE
            else _quantity(affaire, droit, demande, volet, court)
        )
        if _key(grandeur) in deja:
            raise _bad_hypothesis(texte, "cette donnée est déjà supposée, ou varie")
        deja.add(_key(grandeur))
        yield ValeurSimulee(grandeur, parse_valeur(valeur, grandeur, f"--hypothese {nom}"))


def _key(grandeur: grandeurs.Grandeur) -> tuple[object, ...]:
    return grandeur.chemin or (grandeur.volet, grandeur.nom)


def _bad_hypothesis(texte: str, raison: str) -> UsageError:
    return UsageError(
        "U-046",
        f"L’hypothèse «\u00a0{texte}\u00a0» ne peut pas être retenue\u00a0: {raison}.",
        remede="Écrire chaque donnée une fois, par exemple --hypothese exercice_clos=2018 ou "
        "--hypothese qualite:principal=85%.",
    )


def write_simulation(
    projet: Projet,
    bilan: BilanSimulation,
    sortie: Path,
    formats: Sequence[str],
    date_edition: dt.date | None = None,
) -> BilanSimulation:
    """The document of the simulation, in each format; one that the machine lacks is told.

    Raises:
        BibliothequeError: C-000 the library has errors.
        UsageError: U-008 nothing can be written there.
        ClauseError: P-001 the document type is missing.
    """
    refuse_unsound(projet)
    type_document = find_type(projet.types, TYPE, (TYPE,))
    sujet = describe_simulation(type_document, bilan.simulation, date_edition)
    assemblage = assemble(type_document, sujet, projet.bibliotheque, projet.droit, definitif=True)
    prepare_folder(sortie)
    scenario, prefixe = bilan.simulation.scenario, type_document.plan.prefixe_fichier
    base = f"{prefixe}_{bilan.resolue.finess}_{scenario.annee}_{scenario.volet}"
    faits = produce(
        assemblage.document, type_document, sortie, f"{base}_{scenario.grandeur.nom}", formats
    )
    return replace(bilan, fichiers=faits.fichiers, erreurs=faits.manques)
