"""What clauses may name: the data, the law at the act's date, the functions of the library.

`TYPES` declares the same names to the checker, so a clause is checked before any data exists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.ciblage_resolu import CiblageResolu, RegionResolue
from caqes_docs.assembly.evaluation import find_evaluation, reference_date, resolve_evaluation
from caqes_docs.assembly.indicateurs import resolve_indicateurs, resolve_plan
from caqes_docs.assembly.jetons import Termes
from caqes_docs.assembly.plan import DateDeReference, Plan
from caqes_docs.assembly.resolus import (
    Acte,
    CalendrierResolu,
    IndicateursResolus,
    LigneCalendrier,
    LigneTaux,
    PlanResolu,
    TauxCibles,
)
from caqes_docs.assembly.resolus_evaluation import EvaluationResolue
from caqes_docs.assembly.resolus_volets import LigneVolet, VoletsResolus
from caqes_docs.assembly.volets import resolve_volets
from caqes_docs.assembly.vues import Lieu, Signal, Vue, raw
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.texte_fr import typographier
from caqes_docs.data.contrat import Contrat
from caqes_docs.data.depot import Affaire
from caqes_docs.data.etablissement import Etablissement
from caqes_docs.data.evaluation import Evaluation
from caqes_docs.data.introspection import TypeChamp
from caqes_docs.data.lecture import Charge
from caqes_docs.data.parties import Ars, OrganismeLocal, TauxCible, VoletId
from caqes_docs.document.model import AEcrire, Citation, Inline, Renvoi, SautLigne
from caqes_docs.law.droit import Droit, ValeurDroit, effect_date

TYPES: Mapping[str, TypeChamp] = {
    "etablissement": TypeChamp("bloc", Etablissement),
    "contrat": TypeChamp("bloc", Contrat),
    "ars": TypeChamp("bloc", Ars),
    "organisme": TypeChamp("bloc", OrganismeLocal),
    "acte": TypeChamp("bloc", Acte),
    "plan": TypeChamp("bloc", PlanResolu),
    "indicateurs": TypeChamp("bloc", IndicateursResolus),
    "calendrier": TypeChamp("bloc", CalendrierResolu),
    "taux_cibles": TypeChamp("bloc", TauxCibles),
    "volets": TypeChamp("bloc", VoletsResolus),
    "volet": TypeChamp("bloc", LigneVolet),
    "evaluation": TypeChamp("bloc", EvaluationResolue),
    "ciblage": TypeChamp("bloc", CiblageResolu),
    "region": TypeChamp("bloc", RegionResolue),
}


DU_CIBLAGE: Mapping[str | None, frozenset[str]] = {
    "ciblage": frozenset({"acte", "ars", "ciblage"}),
    "ciblage_regional": frozenset({"acte", "ars", "region"}),
}
"""All that a document of a targeting has: its establishments may have no dossier."""


def names_of(donnees: str | None = None, *, dans_un_volet: bool = True) -> frozenset[str]:
    """The data that a document of the kind `donnees` has (of any kind when None)."""
    if donnees in DU_CIBLAGE:
        return DU_CIBLAGE[donnees]
    absents = set() if dans_un_volet else {"volet"}
    if donnees is not None:
        absents |= {"ciblage", "region"}
    if donnees == "contrat":
        absents.add("evaluation")
    return frozenset(TYPES) - absents


@dataclass(frozen=True)
class DatesDemandees:
    """What the user says: the effect of a draft, the day of edition, the evaluated year."""

    date_effet: dt.date | None = None
    date_edition: dt.date | None = None
    annee: int | None = None


@dataclass(frozen=True)
class Faits:
    """The resolved facts of one act, before any clause is read."""

    affaire: Affaire
    droit: Droit
    acte: Acte
    date: dt.date
    """The date that chooses wordings, terms and parameters."""
    edition: dt.date
    """The day the act is drawn up: nothing that became known later is printed in it."""
    evaluation: Charge[Evaluation] | None = None
    """The year that the act is about, for the documents of an evaluation."""


def establish_facts(affaire: Affaire, droit: Droit, plan: Plan, demande: DatesDemandees) -> Faits:
    """The facts of the act; the dates asked for stand in for what a draft does not know yet.

    Raises:
        DonneesError: D-051 no date chooses the wordings; D-046 no evaluation of that year.
    """
    fichier = affaire.dossier.fichier
    signature = affaire.dossier.valeur.contrat.signature.date_retenue
    if signature is not None:
        effet = effect_date(signature)
    elif demande.date_effet is not None:
        effet = demande.date_effet
    else:
        raise DonneesError(
            "D-051",
            "La date de signature manque\u00a0: elle décide de la date d’effet, donc des "
            "rédactions.",
            remede="Remplir «\u00a0contrat.signature.date\u00a0», ou donner --date-effet pour "
            "un projet.",
            source=fichier.source(("contrat", "signature", "date")),
        )
    lieu = Lieu(fichier, ("contrat", "signature", "date"))
    acte = Acte(plan.titre, effet, signature, {"date_signature": lieu, "date_effet": lieu})
    if plan.donnees == "evaluation":
        charge = find_evaluation(affaire, demande.annee)
        date = reference_date(charge, plan.date_de_reference, demande.date_edition)
        return Faits(affaire, droit, acte, date, demande.date_edition or date, charge)
    par_signature = plan.date_de_reference is DateDeReference.SIGNATURE and signature is not None
    date = signature if par_signature and signature else effet
    return Faits(affaire, droit, acte, date, demande.date_edition or signature or effet)


def build_context(
    faits: Faits, renvoi: Callable[[str], Renvoi], signal: Signal
) -> dict[str, object]:
    """The names a clause may use, for this act. `signal` hears of tests on missing data."""
    dossier = faits.affaire.dossier
    racine = Lieu(dossier.fichier, ())
    indicateurs = resolve_indicateurs(
        faits.droit, dossier.valeur.etablissement, dossier.valeur.contrat, faits.date, racine
    )
    plan = resolve_plan(faits.droit, dossier.valeur.contrat, indicateurs, racine)
    volets = resolve_volets(faits.droit, dossier.valeur, faits.date, racine)
    calendrier = resolve_calendrier(faits, volets)
    valeurs: dict[str, tuple[object, Lieu]] = {
        "etablissement": (dossier.valeur.etablissement, racine.child("etablissement")),
        "contrat": (dossier.valeur.contrat, racine.child("contrat")),
        "ars": (faits.affaire.ars.valeur, Lieu(faits.affaire.ars.fichier, (), "ars")),
        "organisme": (
            faits.affaire.organisme.valeur,
            Lieu(faits.affaire.organisme.fichier, (), "organisme"),
        ),
        "acte": (faits.acte, Lieu(dossier.fichier, ("contrat", "signature"))),
        "plan": (plan, Lieu(dossier.fichier, ("contrat", "plan_actions"))),
        "indicateurs": (indicateurs, Lieu(dossier.fichier, ("contrat", "indicateurs"))),
        "calendrier": (calendrier, Lieu(None, (), "calendrier")),
        "taux_cibles": (resolve_taux(faits), Lieu(None, (), "taux cibles")),
        "volets": (volets, Lieu(dossier.fichier, ("contrat", "volets"))),
    }
    if faits.evaluation is not None:
        valeurs["evaluation"] = (
            resolve_evaluation(faits.affaire, faits.evaluation, faits.droit),
            Lieu(faits.evaluation.fichier, (), "évaluation"),
        )
    contexte: dict[str, object] = {
        nom: Vue(valeur, TYPES[nom], lieu, signal) for nom, (valeur, lieu) in valeurs.items()
    }
    contexte.update(library_functions(faits.droit, faits.date, renvoi))
    return contexte


def bind_volet(contexte: Mapping[str, object], volet: str | None) -> Mapping[str, object]:
    """The names of the clauses of `volet`: there, `volet` names it."""
    if volet is None:
        return contexte
    volets = contexte["volets"]
    assert isinstance(volets, Vue)
    choisi = next(vue for vue in volets.lignes if raw(vue).id == volet)
    return {**contexte, "volet": choisi}


def library_functions(
    droit: Droit, date: dt.date, renvoi: Callable[[str], Renvoi]
) -> dict[str, object]:
    """What every clause may call, whatever its data: the law at `date`, references, blanks."""

    def parametre(identifiant: str) -> ValeurDroit:
        return droit.parameter(identifiant, date)

    def cite(identifiant: str) -> Citation:
        return Citation(typographier(droit.text(identifiant, date).libelle), identifiant)

    def article(identifiant: str) -> Citation:
        return Citation(typographier(droit.text(identifiant, date).court), identifiant)

    def a_ecrire(libelle: str, points: int = 0) -> AEcrire:
        return AEcrire(libelle, points)

    saut: Inline = SautLigne()
    return {
        "terme": Termes(droit, date),
        "parametre": parametre,
        "cite": cite,
        "article": article,
        "renvoi": renvoi,
        "a_ecrire": a_ecrire,
        "saut": saut,
    }


def resolve_calendrier(faits: Faits, volets: VoletsResolus) -> CalendrierResolu:
    """The calendar at the act's date, for the volets of the contract.

    The region's own periods replace the national ones.
    """
    suivis = {VoletId.SOCLE.value, *(ligne.id for ligne in volets.lignes)}
    ars = faits.affaire.ars
    propres = {ligne.donnee: (rang, ligne) for rang, ligne in enumerate(ars.valeur.calendrier)}
    lignes = []
    for donnee in faits.droit.calendrier.donnees:
        if not donnee.holds(faits.date) or donnee.volet.value not in suivis:
            continue
        periode, origines = donnee.periode, {}
        if donnee.id in propres and propres[donnee.id][1].periode:
            rang, ligne = propres[donnee.id]
            periode = str(ligne.periode)
            lieu = Lieu(ars.fichier, ("calendrier", rang, "periode"), "ars")
            origines = {"periode": lieu}
        lignes.append(
            LigneCalendrier(
                typographier(donnee.libelle),
                donnee.volet.value,
                typographier(donnee.producteur),
                periode,
                origines,
            )
        )
    return CalendrierResolu(tuple(lignes))


def resolve_taux(faits: Faits) -> TauxCibles:
    """National and regional target rates of the year of effect, as known when the act is drawn up.

    A rate published after that day is left out: the act could not have held it.
    """
    annee, ars = faits.date.year, faits.affaire.ars
    regionaux = {
        taux.indicateur: (rang, taux)
        for rang, taux in enumerate(ars.valeur.taux_cibles)
        if taux.annee == annee and _is_known(taux.connu_le, faits)
    }
    lignes = []
    for identifiant, parametre in faits.droit.parametres.items():
        if not identifiant.startswith("taux_cibles/"):
            continue
        national = faits.droit.target_rate(identifiant, annee)
        if national is not None and not _is_known(national.version.connu_le, faits):
            national = None
        rang, regional = regionaux.get(parametre.indicateur or "", (0, None))
        if national is not None or regional is not None:
            lieu = Lieu(ars.fichier, ("taux_cibles", rang, "valeur"), "ars")
            lignes.append(_rate_line(parametre.description, annee, national, regional, lieu))
    return TauxCibles(tuple(lignes))


def _is_known(connu_le: dt.date | None, faits: Faits) -> bool:
    return connu_le is None or connu_le <= faits.edition


def _rate_line(
    description: str,
    annee: int,
    national: ValeurDroit | None,
    regional: TauxCible | None,
    lieu: Lieu,
) -> LigneTaux:
    sources = [national.version.source] if national else []
    sources += [regional.source] if regional else []
    valeur = national.valeur if national else None
    return LigneTaux(
        typographier(description),
        annee,
        valeur if isinstance(valeur, Decimal) else None,
        regional.valeur if regional else None,
        typographier(" ; ".join(dict.fromkeys(sources))),
        {"regional": lieu} if regional else {},
    )


__all__ = [
    "TYPES",
    "DatesDemandees",
    "Faits",
    "build_context",
    "establish_facts",
    "library_functions",
]
