"""What clauses may name: the data, the law at the act's date, the functions of the library.

`TYPES` declares the same names to the checker, so a clause is checked before any data exists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal

from caqes_docs.assembly.ciblage.vocabulaire import CiblageResolu, RegionResolue
from caqes_docs.assembly.contrat.contacts import ContactsResolus, resolve_contacts
from caqes_docs.assembly.contrat.dates import Faits
from caqes_docs.assembly.contrat.indicateurs import resolve_indicateurs, resolve_plan
from caqes_docs.assembly.contrat.refus import resolve_refus
from caqes_docs.assembly.contrat.vocabulaire import (
    CalendrierResolu,
    IndicateursResolus,
    LigneCalendrier,
    LigneTaux,
    LigneVolet,
    PlanResolu,
    TauxCibles,
    VoletsResolus,
)
from caqes_docs.assembly.contrat.vocabulaire_refus import RefusResolus
from caqes_docs.assembly.contrat.volets import resolve_volets
from caqes_docs.assembly.evaluation.annee import resolve_evaluation
from caqes_docs.assembly.evaluation.cadre import resolve_cadre
from caqes_docs.assembly.evaluation.rapport import resolve_rapport
from caqes_docs.assembly.evaluation.vocabulaire import EvaluationResolue
from caqes_docs.assembly.evaluation.vocabulaire_rapport import CadreResolu, RapportResolu
from caqes_docs.assembly.region.vocabulaire import BilanResolu
from caqes_docs.assembly.simulation.vocabulaire import SimulationResolue
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal, TauxCible
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.document.model import AEcrire, Citation, Inline, Renvoi, SautLigne
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.droit import Droit, ValeurDroit
from caqes_docs.redaction.langage.moteur import Termes
from caqes_docs.redaction.langage.vocabulaire import Acte
from caqes_docs.redaction.langage.vues import Lieu, Signal, Vue, raw

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
    "rapport": TypeChamp("bloc", RapportResolu),
    "cadre": TypeChamp("bloc", CadreResolu),
    "bilan": TypeChamp("bloc", BilanResolu),
    "refus": TypeChamp("bloc", RefusResolus),
    "contacts": TypeChamp("bloc", ContactsResolus),
    "ciblage": TypeChamp("bloc", CiblageResolu),
    "region": TypeChamp("bloc", RegionResolue),
    "simulation": TypeChamp("bloc", SimulationResolue),
}


SANS_DATE = frozenset(
    {"etablissement", "contrat", "ars", "organisme", "contacts", "refus", "evaluation"}
)
"""What is known before the act has a date: all that the condition of a plan may name."""

SANS_DOSSIER: Mapping[str | None, frozenset[str]] = {
    "ciblage": frozenset({"acte", "ars", "ciblage"}),
    "ciblage_regional": frozenset({"acte", "ars", "region"}),
    "evaluation_regionale": frozenset({"acte", "ars", "bilan"}),
    "simulation": frozenset({"acte", "ars", "simulation"}),
}
"""All that a document has when it is about no dossier, or about many; or of a simulation, whose
contract may not be signed.
"""


def names_of(donnees: str | None = None, *, dans_un_volet: bool = True) -> frozenset[str]:
    """The data that a document of the kind `donnees` has (of any kind when None)."""
    if donnees in SANS_DOSSIER:
        return SANS_DOSSIER[donnees]
    absents = set() if dans_un_volet else {"volet"}
    if donnees is not None:
        absents |= {"ciblage", "region", "bilan", "simulation"}
    if donnees in ("contrat", "autoevaluation"):
        absents |= {"evaluation", "rapport"}
    if donnees in ("contrat", "evaluation"):
        absents.add("cadre")
    return frozenset(TYPES) - absents


def build_context(
    faits: Faits, renvoi: Callable[[str], Renvoi], signal: Signal
) -> dict[str, object]:
    """The names a clause may use, for this act. `signal` hears of tests on missing data."""
    dossier = faits.affaire.dossier
    racine, date = Lieu(dossier.fichier, ()), faits.date_du_contenu
    indicateurs = resolve_indicateurs(
        faits.droit, dossier.valeur.etablissement, dossier.valeur.contrat, date, racine
    )
    plan = resolve_plan(faits.droit, dossier.valeur.contrat, indicateurs, racine)
    volets = resolve_volets(faits.droit, dossier.valeur, date, racine)
    calendrier = resolve_calendrier(faits, volets)
    valeurs: dict[str, tuple[object, Lieu]] = {
        "acte": (faits.acte, Lieu(dossier.fichier, ("contrat", "signature"))),
        "plan": (plan, Lieu(dossier.fichier, ("contrat", "plan_actions"))),
        "indicateurs": (indicateurs, Lieu(dossier.fichier, ("contrat", "indicateurs"))),
        "calendrier": (calendrier, Lieu(None, (), "calendrier")),
        "taux_cibles": (resolve_taux(faits), Lieu(None, (), "taux cibles")),
        "volets": (volets, Lieu(dossier.fichier, ("contrat", "volets"))),
    }
    if faits.evaluation is not None:
        rapport = resolve_rapport(faits.affaire, faits.evaluation, faits.droit, plan)
        valeurs["rapport"] = (rapport, Lieu(faits.evaluation.fichier, (), "rapport"))
    if faits.annee is not None:
        cadre = resolve_cadre(faits.droit, dossier.valeur, indicateurs, faits.annee, racine)
        valeurs["cadre"] = (cadre, Lieu(dossier.fichier, ("contrat",)))
    contexte = undated_context(faits.affaire, faits.droit, faits.evaluation, signal)
    contexte.update(views(valeurs, signal))
    contexte.update(library_functions(faits.droit, faits.date, renvoi))
    return contexte


def undated_context(
    affaire: Affaire, droit: Droit, evaluation: Charge[Evaluation] | None, signal: Signal
) -> dict[str, object]:
    """The names that are known before the act has a date (`SANS_DATE`)."""
    dossier = affaire.dossier
    racine = Lieu(dossier.fichier, ())
    valeurs: dict[str, tuple[object, Lieu]] = {
        "etablissement": (dossier.valeur.etablissement, racine.child("etablissement")),
        "contrat": (dossier.valeur.contrat, racine.child("contrat")),
        "ars": (affaire.ars.valeur, Lieu(affaire.ars.fichier, (), "ars")),
        "organisme": (
            affaire.organisme.valeur,
            Lieu(affaire.organisme.fichier, (), "organisme"),
        ),
        "contacts": (resolve_contacts(affaire, droit), Lieu(None, (), "contacts")),
        "refus": (resolve_refus(affaire, droit), racine.child("contrat").child("refus")),
    }
    if evaluation is not None:
        valeurs["evaluation"] = (
            resolve_evaluation(affaire, evaluation, droit),
            Lieu(evaluation.fichier, (), "évaluation"),
        )
    return views(valeurs, signal)


def views(valeurs: Mapping[str, tuple[object, Lieu]], signal: Signal) -> dict[str, object]:
    """The values as clauses see them, each of the type that `TYPES` declares."""
    return {nom: Vue(valeur, TYPES[nom], lieu, signal) for nom, (valeur, lieu) in valeurs.items()}


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
    suivis = {SOCLE, *(ligne.id for ligne in volets.lignes)}
    ars = faits.affaire.ars
    propres = {ligne.donnee: (rang, ligne) for rang, ligne in enumerate(ars.valeur.calendrier)}
    lignes = []
    for donnee in faits.droit.calendrier.donnees:
        if not donnee.holds(faits.date_du_contenu) or donnee.volet not in suivis:
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
                donnee.volet,
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
    annee, ars = faits.date_du_contenu.year, faits.affaire.ars
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
    "build_context",
    "library_functions",
    "undated_context",
    "views",
]
