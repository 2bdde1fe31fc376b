"""Consolidate the evaluations of one year over a region, in one report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from caqes_docs.application.commencer.evaluation import is_in_force
from caqes_docs.application.production import produce
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import find_ars
from caqes_docs.application.sorties import prepare_folder
from caqes_docs.application.verifier.actes import refuse_to_sign
from caqes_docs.application.verifier.dossiers import as_constat
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.application.verifier.signature import check_signable, files_of
from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.evaluation.evaluee import Evaluee, judge_year
from caqes_docs.assembly.region.campagne import AnneeRegionale
from caqes_docs.assembly.region.etat import signed_on
from caqes_docs.assembly.region.sujet import describe_region
from caqes_docs.core import errors
from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.depot import Affaire
from caqes_docs.law.avenant.chaine import state_of_year
from caqes_docs.law.calcul.explication import format_value
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.jugement import judge_all_refusals
from caqes_docs.redaction.bibliotheque.types import find_type

RAPPORT = "rapport_regional"


@dataclass(frozen=True)
class DemandeRegionale:
    """What the user asks for."""

    annee: int
    sortie: Path
    formats: tuple[str, ...] = ("docx", "pdf")
    ars: str | None = None
    """Id of the agency, when the project has several."""
    date_edition: dt.date | None = None
    definitif: bool = False
    type_document: str = RAPPORT


@dataclass(frozen=True)
class BilanConsolidation:
    """What was added up, and what was written."""

    campagne: AnneeRegionale
    fichiers: tuple[str, ...]
    constats: tuple[Constat, ...]
    erreur: errors.CaqesError | None = field(default=None)

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data."""
        return {
            "annee": self.campagne.annee,
            "evalues": [e.affaire.finess for e in self.campagne.evaluees],
            "sans_evaluation": [a.finess for a in self.campagne.sans_evaluation],
            "ecartes": [a.finess for a, _ in self.campagne.ecartees],
            "fichiers": list(self.fichiers),
            "erreurs": [self.erreur.as_dict()] if self.erreur else [],
            "constats": [constat.as_dict() for constat in self.constats],
        }


def consolidate(projet: Projet, demande: DemandeRegionale) -> BilanConsolidation:
    """Work out every evaluation of the year, then write the report of the region.

    Raises:
        UsageError: U-030 which agency? U-016 nothing is evaluated; U-008 nothing can be written;
            U-019 the report would be drawn up before the year is over.
        DonneesError: D-000 a file cannot be read, so the sums would be wrong; D-051 no date;
            D-060 data missing from a final report, D-000 an evaluation that it adds up has errors.
        BibliothequeError: C-000 the library has errors.
        ClauseError: P-001 the document type is missing.
    """
    _check_date(demande)
    campagne, constats = gather(projet, demande)
    refuse_unsound(projet)
    type_document = find_type(projet.types, demande.type_document, ("evaluation_regionale",))
    sujet = describe_region(type_document, campagne, projet.droit)
    assemblage = assemble(
        type_document, sujet, projet.bibliotheque, projet.droit, definitif=demande.definitif
    )
    if demande.definitif:
        lus = [f for e in campagne.evaluees for f in files_of(e.affaire, demande.annee)]
        fichiers = {fichier.nom: fichier for fichier in lus}.values()
        refuse_to_sign([*constats, *check_signable(projet, assemblage, fichiers)])
    prepare_folder(demande.sortie)
    etat = "definitif" if demande.definitif else "projet"
    base = f"{type_document.plan.prefixe_fichier}_{demande.annee}_{campagne.ars.valeur.id}_{etat}"
    faits = produce(assemblage.document, type_document, demande.sortie, base, demande.formats)
    tous = tuple(sort_constats({*constats, *assemblage.constats}))
    manque = faits.manques[-1] if faits.manques else None
    return BilanConsolidation(campagne, faits.fichiers, tous, manque)


def _check_date(demande: DemandeRegionale) -> None:
    date = demande.date_edition
    if date is not None and date.year <= demande.annee:
        raise errors.UsageError(
            "U-019",
            f"Le rapport de {demande.annee} serait daté du {date_longue(date)}, avant la fin de "
            "l’année.",
            remede="Corriger --date-edition ou --annee.",
        )


def gather(projet: Projet, demande: DemandeRegionale) -> tuple[AnneeRegionale, tuple[Constat, ...]]:
    """Every evaluation of the year, worked out, and what there is to say about them.

    Raises:
        UsageError: U-030 which agency? U-016 nothing is evaluated.
        DonneesError: D-000 a file cannot be read, so the sums would be wrong; D-051 no date.
    """
    ars = find_ars(projet, demande.ars)
    depot = projet.depot()
    illisibles = [c for c in depot.constats if c.gravite is Gravite.ERREUR]
    if illisibles:
        raise errors.DonneesError(
            "D-000",
            "Des fichiers du projet ont des erreurs\u00a0: les sommes de la région seraient "
            "fausses.",
            sort_constats(illisibles),
        )
    affaires = [a for a in depot.affaires.values() if a.ars.valeur.id == ars.valeur.id]
    evaluees, ecartees, constats = _work_out(projet, affaires, demande.annee)
    if not evaluees:
        raise errors.UsageError(
            "U-016",
            f"Aucune évaluation de {demande.annee} ne peut être consolidée.",
            remede="Créer contracts_data/evaluations/FINESS-ANNEE.yaml, ou changer --annee.",
        )
    date = _report_date(evaluees, demande)
    campagne = AnneeRegionale(
        demande.annee,
        ars,
        date,
        tuple(evaluees),
        tuple(a for a in affaires if _lacks(a, projet.droit, demande.annee)),
        tuple(ecartees),
        tuple(_refusals(projet, affaires, demande.annee)),
        tuple(a for a in affaires if signed_on(a) is None),
        tuple(_in_year(affaire, demande.annee) for affaire in affaires),
    )
    return campagne, tuple(constats)


def _in_year(affaire: Affaire, annee: int) -> Affaire:
    """The contract as its avenants left it that year; as signed when one cannot be put on it."""
    try:
        return state_of_year(affaire, annee)
    except errors.CaqesError:
        return affaire


def _work_out(
    projet: Projet, affaires: list[Affaire], annee: int
) -> tuple[list[Evaluee], list[tuple[Affaire, str]], list[Constat]]:
    """The evaluations, those that cannot be worked out and why, and every finding."""
    evaluees: list[Evaluee] = []
    ecartees: list[tuple[Affaire, str]] = []
    constats: list[Constat] = []
    for affaire in affaires:
        charge = affaire.evaluations.get(annee)
        if charge is None:
            continue
        try:
            with errors.contained():
                evaluee = judge_year(affaire, charge, projet.droit)
                erreurs = list(_errors(check_affaire(affaire, projet.droit)))
        except errors.CaqesError as error:
            ecartees.append((affaire, error.message))
            constats.append(as_constat(error, affaire))
            continue
        evaluees.append(evaluee)
        constats.extend(erreurs)
        constats.extend(evaluee.constats)
    return evaluees, ecartees, constats


def _refusals(projet: Projet, affaires: list[Affaire], annee: int) -> Iterator[tuple[Affaire, str]]:
    """The refusals found in the year, with the sanction that each incurs."""
    for affaire in affaires:
        for resultat in judge_all_refusals(affaire, projet.droit).resultats:
            numero = resultat.avenant
            du_contrat = affaire.dossier.valeur.contrat.refus
            poses = du_contrat if numero is None else affaire.avenants[numero].valeur.refus
            refus = poses[resultat.rang]
            jour = refus.constate_le
            if jour is None or jour.year != annee:
                continue
            sanction = resultat.montant or resultat.taux
            volets = ", ".join("volet obligatoire" if v == SOCLE else v for v in resultat.volets)
            quoi = f" l’avenant n°\u00a0{numero}" if numero else ""
            valeur = "non évaluable" if sanction is None else format_value(sanction)
            yield (
                affaire,
                f"Refus de conclure{quoi} ({volets}) constaté le "
                f"{date_longue(jour)}. Sanction\u00a0: {valeur}, hors de tous les "
                "totaux.",
            )


def _errors(constats: list[Constat]) -> Iterator[Constat]:
    return (constat for constat in constats if constat.gravite is Gravite.ERREUR)


def _lacks(affaire: Affaire, droit: Droit, annee: int) -> bool:
    """Whether the contract runs in `annee` and that year is not evaluated."""
    en_vigueur = signed_on(affaire) is not None and is_in_force(affaire, droit, annee)
    return en_vigueur and annee not in affaire.evaluations


def _report_date(evaluees: list[Evaluee], demande: DemandeRegionale) -> dt.date:
    """The day of edition, or that of the last evaluation.

    Raises:
        DonneesError: D-051 neither is known.
    """
    dates = [e.charge.valeur.date for e in evaluees if e.charge.valeur.date]
    date = demande.date_edition or max(dates, default=None)
    if date is None:
        raise errors.DonneesError(
            "D-051",
            "La date du rapport manque\u00a0: elle décide des rédactions.",
            remede="Dater une évaluation («\u00a0date\u00a0»), ou donner --date-edition.",
            source=evaluees[0].charge.fichier.source(("date",)),
        )
    return date
