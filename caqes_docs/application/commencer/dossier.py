"""Begin a dossier, one of its volets or sites: all that is asked stands there, to be filled in."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from caqes_docs.application.commencer.nouveau import quoted, refuse_existing, write_schemas
from caqes_docs.application.commencer.squelette import skeleton
from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import write_whole
from caqes_docs.core.errors import UsageError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.identifiants import is_finess
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.etablissement import Activite, Site
from caqes_docs.data.dossier.volets import Volet, VoletSocle
from caqes_docs.data.finess.codes import PLANS_TYPES
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.lecture.types import Date
from caqes_docs.law.droit.catalogue import (
    Famille,
    Indicateur,
    ModeleVolet,
    PlanType,
    Sens,
    UniteIndicateur,
    VoletDecrit,
)
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.droit.valeurs import EXEMPLES

_EN_TETE = """\
# yaml-language-server: $schema=../.schemas/dossier.schema.json
# Répondre aux questions de « caqes completer », ou remplir ce qui suit chaque deux-points. Une
# ligne laissée vide vaut « à compléter », sauf celles qui sont obligatoires ; ce qui est
# facultatif se remplit en ôtant le dièse de la clé.
"""
_UNITES = {unite: dit.partition(",")[0] for unite, dit in EXEMPLES.items()}
_UNITES[UniteIndicateur.TAUX] = "taux suivi de %"


@dataclass(frozen=True)
class DossierDemande:
    """What is known of an establishment before its dossier is begun."""

    finess: str
    volets: tuple[str, ...] = ()
    activites: tuple[Activite, ...] = ()
    date_effet: dt.date | None = None


def new_dossier(projet: Projet, demande: DossierDemande) -> Path:
    """Create the empty dossier of an establishment; its path.

    Raises:
        UsageError: U-011 the FINESS is wrong; U-012 the dossier exists.
        DroitError: L-030 unknown volet; L-031 no such volet at the date of effect.
    """
    finess = check_finess(demande.finess)
    chemin = projet.racine / "contracts_data" / "dossiers" / f"{finess}.yaml"
    refuse_existing(chemin)
    texte = _EN_TETE + draft_dossier(projet.droit, finess, demande)
    if projet.reglages.agence:
        texte = texte.replace("  ars:\n", f"  ars: {projet.reglages.agence}\n", 1)
    write_whole(chemin, texte.encode())
    write_schemas(projet.racine / "contracts_data" / ".schemas")
    return chemin


def told_of_effect(droit: Droit, effet: dt.date | None, aujourdhui: dt.date) -> Iterator[str]:
    """What to look at again in the dates that the new dossier takes from its date of effect."""
    jour = effet or first_day(droit)
    dit = date_longue(jour)
    if effet is None:
        yield (
            f"Date d’effet non donnée\u00a0: les indicateurs sont ceux du {dit}, et les cibles "
            f"à poser celles de {jour.year}. Pour d’autres\u00a0: --date-effet AAAA-MM-JJ."
        )
    elif (jour.month, jour.day) != (1, 1):
        yield (
            f"Date d’effet du {dit}\u00a0: un contrat prend effet au 1er\u00a0janvier qui suit sa "
            "signature."
        )
    if not droit.indicators(jour, Famille.NATIONAL):
        yield (
            f"Aucun indicateur national n’est en vigueur le {dit}\u00a0: le dossier n’en demande "
            f"aucun. Les derniers connus datent du {date_longue(first_day(droit))}."
        )
    if jour.year < aujourdhui.year:
        passe = compte(aujourdhui.year - jour.year, "an(s)")
        yield f"Cette date d’effet a {passe}\u00a0: vérifier l’année des cibles, et la signature."


def check_finess(finess: str, quoi: str = "juridique") -> str:
    """`finess` in capitals.

    Raises:
        UsageError: U-011 it is wrong.
    """
    if not is_finess(finess.upper()):
        raise UsageError(
            "U-011",
            f"Le numéro FINESS «\u00a0{finess}\u00a0» est faux.",
            remede=f"L’écrire sans espace\u00a0: {nu}"
            if is_finess(nu := "".join(finess.split()).upper())
            else f"Recopier le FINESS {quoi} depuis le répertoire.",
        )
    return finess.upper()


def read_activities(liste: str) -> tuple[Activite, ...]:
    """The activities of a list separated by commas, in the order of the model.

    Raises:
        UsageError: U-066 one of them is unknown.
    """
    connues = {activite.value.casefold(): activite for activite in Activite}
    voulues = [mot.strip() for mot in liste.split(",") if mot.strip()]
    for mot in voulues:
        if mot.casefold() not in connues:
            raise UsageError(
                "U-066",
                f"L’activité «\u00a0{mot}\u00a0» n’existe pas.",
                remede=close_name(mot.casefold(), connues)
                or f"Activités\u00a0: {', '.join(Activite)}.",
            )
    noms = {mot.casefold() for mot in voulues}
    return tuple(activite for nom, activite in connues.items() if nom in noms)


def draft_dossier(droit: Droit, finess: str, demande: DossierDemande) -> str:
    """The YAML of a dossier where nothing is known, but what is asked of its activities."""
    jour = demande.date_effet or first_day(droit)
    volets = "".join(
        f"    {nom}:\n{draft_volet(droit, nom, jour)}" for nom in dict.fromkeys(demande.volets)
    )
    remplace = {
        "etablissement.finess": f"  # FINESS juridique (obligatoire)\n  finess: {quoted(finess)}\n",
        "etablissement.sites": (
            "  # sites géographiques, avec leurs activités\u00a0; en ajouter un\u00a0:\n"
            f"  #   caqes nouveau site {finess} FINESS_DU_SITE\n  sites: []\n"
        ),
        "contrat.plan_actions.types": "".join(_plans(droit, demande.activites)),
        "contrat.indicateurs": "".join(draft_indicators(droit, demande.activites, jour)),
    }
    if volets:
        remplace["contrat.volets"] = f"  # volets additionnels\n  volets:\n{volets}"
    return skeleton(Dossier, 0, remplace)


def draft_terms(droit: Droit, activites: Sequence[Activite], effet: dt.date | None) -> str:
    """What a dossier asks besides its identity: national indicators, choices of the socle."""
    indicateurs = "".join(draft_indicators(droit, activites, effet or first_day(droit)))
    return f"{indicateurs}\n  # Choix relatifs au volet obligatoire\n  socle:\n{_socle()}"


@functools.cache
def _socle() -> str:
    return skeleton(VoletSocle, 4)


def first_day(droit: Droit) -> dt.date:
    """The first day of the last list of national indicators."""
    return max(r.en_vigueur.du for r in droit.registres if r.famille is Famille.NATIONAL)


def _plans(droit: Droit, activites: Sequence[Activite]) -> Iterator[str]:
    """The typical plans of the activities, and what their actions are."""
    plans = {nom: plan for nom, plan in droit.plans_types.items() if plan.volet is None}
    voulus = [plans[nom] for nom in map(PLANS_TYPES.__getitem__, activites) if nom in plans]
    noms = ", ".join(plans)
    yield f"    # plans d’actions types repris ({noms})\n"
    for plan in voulus:
        yield from _actions(plan)
    yield f"    types: [{', '.join(plan.id for plan in voulus)}]\n"


def _actions(plan: PlanType) -> Iterator[str]:
    yield f"    # {plan.libelle}\u00a0:\n"
    for action in plan.actions:
        yield f"    #   {action.id} (article {action.article}) {action.libelle}\n"


def draft_indicators(droit: Droit, activites: Sequence[Activite], jour: dt.date) -> Iterator[str]:
    """The national indicators asked of activities (of any, when none is known)."""
    demandes = [
        indicateur
        for indicateur in droit.indicators(jour, Famille.NATIONAL).values()
        if not activites or set(indicateur.activites) & set(activites)
    ]
    yield (
        "  # Indicateurs nationaux. Sous celui qui ne s’applique pas, et rien d’autre\u00a0:\n"
        "  #   sans_objet: le motif\n"
        "  # Une autre année s’ajoute aux cibles\u00a0; un poids se dit\u00a0: coefficient: 4 %\n"
        "  indicateurs:\n"
    )
    for article, groupe in groupby(demandes, lambda indicateur: indicateur.article):
        yield f"    # Article {article}\n"
        for indicateur in groupe:
            liste = " Seulement si la liste en sus est utilisée." if indicateur.liste_en_sus else ""
            yield f"    # {told(indicateur)}.{liste}\n    {indicateur.id}:\n"
            yield from _measure(jour, "      ")


def told(indicateur: Indicateur) -> str:
    """What an indicator is, its unit and its direction."""
    sens = "" if indicateur.sens is Sens.AUCUN else f", {indicateur.sens.libelle} la cible"
    return f"{indicateur.libelle} ({_UNITES[indicateur.unite]}{sens})"


def _measure(jour: dt.date, marge: str) -> Iterator[str]:
    yield f"{marge}reference:\n{marge}  annee:\n{marge}  valeur:\n"
    yield f"{marge}cibles:\n{marge}  {jour.year}:\n"


def draft_volet(droit: Droit, nom: str, jour: dt.date) -> str:
    """The YAML of a volet where nothing is known, without its own key.

    Raises:
        DroitError: L-030 unknown volet; L-031 no such volet at the date of effect.
    """
    volet = droit.volet(nom, jour)
    indicateurs = droit.volet_indicators(jour, nom).values()
    codes = "".join(f"      #   {i.id}\u00a0: {told(i)}\n" for i in indicateurs)
    principal = [i.id for i in indicateurs if i.type in (volet.objectif_principal or ())]
    seul = principal[0] if len(principal) == 1 else ""
    prefixe = nom[:3].upper()
    remplace = {
        "procedure": "",
        "objectif_principal": f"      # Indicateurs du catalogue\u00a0:\n{codes}"
        "      objectif_principal:\n"
        f"        id: {prefixe}-P\n        indicateur: {seul}".rstrip()
        + "\n"
        + "".join(_measure(jour, "        ")),
        "objectif_supplementaire": "      # objectif supplémentaire (facultatif), comme le "
        "principal\n      # objectif_supplementaire:\n",
        "actions": "".join(_volet_actions(droit, nom)),
        "evaluation": "      # modalités d’évaluation propres au volet (facultatif)\n"
        "      # evaluation:\n",
        **_left_out(volet),
    }
    return skeleton(Volet, 6, remplace)


def _left_out(volet: VoletDecrit) -> dict[str, str]:
    """What a volet of that kind never says."""
    cles = (
        [] if volet.modele is ModeleVolet.RISQUES else ["nombre_risques", "sanction.selon_risques"]
    )
    cles += [] if volet.interessement else ["interessement"]
    cles += [] if volet.modele is ModeleVolet.OBJECTIF_PRINCIPAL else ["thematique"]
    return dict.fromkeys(cles, "")


def _volet_actions(droit: Droit, nom: str) -> Iterator[str]:
    """The actions of the typical plan, each taken over as it is."""
    actions = [a for plan in droit.plans_types.values() if plan.volet == nom for a in plan.actions]
    yield "      # plan d’actions du volet\u00a0: ce qu’une action ne dit pas vient de son modèle\n"
    yield "      actions:\n" if actions else "      actions: []\n"
    for action in actions:
        yield f"        # {action.libelle}\n        - id: {action.id}\n"
        yield f"          modele: {action.id}\n          debut:\n          fin:\n"


def draft_site(finess: str, nom: str | None, activites: Iterable[Activite]) -> str:
    """The YAML of a site, without its dash."""
    remplace = {
        "finess": f"finess: {quoted(finess)}\n",
        "activites": f"# activités\u00a0: {', '.join(Activite)}\n"
        f"activites: [{', '.join(activites)}]\n",
    }
    if nom:
        remplace["nom"] = f"nom: {quoted(nom)}\n"
    return skeleton(Site, 0, remplace)


def effect_of(signature: object, droit: Droit) -> dt.date:
    """The date of effect that a dossier not yet typed says, else the first that may be."""
    try:
        return effect_date(_DATE.validate_python(signature))
    except ValidationError:
        return first_day(droit)


_DATE: TypeAdapter[dt.date] = TypeAdapter(Date)
