"""Checks on the volets of a contract: known to the library, complete, within their bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.errors import DroitError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.etablissement import Statut
from caqes_docs.data.dossier.volets import Objectif, TypeSanction, VoletSocle
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.caqes_1.baremes import BaremePose, Effet, check_scale
from caqes_docs.law.caqes_1.mesures import parse_value
from caqes_docs.law.caqes_1.objectifs import iter_measures, iter_objectives
from caqes_docs.law.caqes_1.plafonds import check_maximum_amount, check_maximum_rate
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.stipulations.admises import (
    check_admissible,
    check_objectives,
    check_socle_present,
    check_targets_of_the_texts,
)
from caqes_docs.law.controles.stipulations.annees import (
    check_fixed_dates,
    check_references,
    check_volet_years,
)
from caqes_docs.law.controles.stipulations.choix import (
    ChoixPoses,
    check_choices,
    check_global_cap,
    check_months,
    check_unit,
)
from caqes_docs.law.controles.stipulations.cites import check_cited
from caqes_docs.law.controles.stipulations.doublons import check_doubles
from caqes_docs.law.controles.stipulations.economies import check_savings
from caqes_docs.law.controles.stipulations.essai import check_socle_terms, check_volet_terms
from caqes_docs.law.droit.actions import typical_actions
from caqes_docs.law.droit.catalogue import UniteIndicateur, VoletDecrit
from caqes_docs.law.droit.dates import check_duration
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.droit.valeurs import EXEMPLES


def check_volets(affaire: Affaire, droit: Droit, effet: dt.date) -> Iterator[Constat]:
    """Every fault of the volets of a dossier; `effet` is the contract's date of effect."""
    fichier = affaire.dossier.fichier
    socle, chez = affaire.dossier.valeur.contrat.socle, affaire.dossier.valeur.etablissement
    yield from check_socle_present(affaire)
    yield from check_targets_of_the_texts(affaire, droit, effet)
    if socle is not None:
        pose = ChoixPoses(socle, None, fichier, ("contrat", "socle"), droit, effet)
        yield from _check_threshold(pose, socle)
        yield from _check_choices(pose)
        yield from check_admissible(pose, chez)
        try:
            yield from check_socle_terms(affaire.dossier, droit, socle, effet)
        except DroitError as error:
            source = fichier.key_source(("contrat", "socle"))
            yield fault(error.code, source, error.message, error.remede)
    yield from check_choices(affaire)
    yield from check_cited(affaire)
    yield from check_references(affaire)
    yield from check_doubles(affaire, droit)
    yield from check_fixed_dates(affaire)
    yield from check_global_cap(affaire, droit, effet)
    for nom in affaire.dossier.valeur.contrat.volets:
        try:
            yield from _check_volet(affaire, droit.volet(nom, effet), droit, effet)
        except DroitError as error:
            source = fichier.key_source(("contrat", "volets", nom))
            yield fault(error.code, source, error.message, error.remede)


def _check_volet(
    affaire: Affaire, decrit: VoletDecrit, droit: Droit, effet: dt.date
) -> Iterator[Constat]:
    """Every fault of one volet."""
    nom, fichier = decrit.id, affaire.dossier.fichier
    volet, chez = affaire.dossier.valeur.contrat.volets[nom], affaire.dossier.valeur.etablissement
    signature = volet.signature.date_retenue if volet.signature else None
    debut = effect_date(signature) if signature else effet
    yield from _check_armees(affaire, nom, droit, debut)
    pose = ChoixPoses(volet, decrit, fichier, ("contrat", "volets", nom), droit, debut)
    maximum = pose.cap("volets/duree_maximale")
    if maximum is not None:
        yield from check_duration(nom, volet.duree, maximum, pose.source("duree"))
    yield from _check_identifiers(affaire, nom)
    yield from _check_targets(affaire, nom, droit, effet)
    yield from _check_action_dates(affaire, nom)
    yield from check_volet_years(affaire, nom, volet)
    yield from _check_models(affaire, nom, droit)
    yield from _check_choices(pose)
    yield from check_admissible(pose, chez)
    yield from check_objectives(pose, effet)
    yield from check_volet_terms(affaire.dossier, droit, decrit, effet)


def _check_armees(affaire: Affaire, nom: str, droit: Droit, debut: dt.date) -> Iterator[Constat]:
    """V-048: a military hospital signs the socle alone, while the texts say so (II.a.i)."""
    if affaire.dossier.valeur.etablissement.statut is not Statut.ARMEES:
        return
    try:
        seul = droit.parameter("contrat/armees_volet_obligatoire_seul", debut)
    except DroitError:
        return  # outside its dates the texts say nothing
    yield warning(
        "V-048",
        affaire.dossier.fichier.key_source(("contrat", "volets", nom)),
        f"Un hôpital d’instruction des armées ne signe que le volet obligatoire en {debut.year} "
        f"({seul.version.source}).",
        "Retirer le volet, ou vérifier que c’est voulu.",
    )


def _check_identifiers(affaire: Affaire, nom: str) -> Iterator[Constat]:
    """V-057: two actions, or two complementary objectives, of the same id: one result for both."""
    fichier, volet = affaire.dossier.fichier, affaire.dossier.valeur.contrat.volets[nom]
    listes = (
        ("actions", [action.id for action in volet.actions]),
        (
            "objectifs_complementaires",
            [objectif.id for objectif in volet.objectifs_complementaires],
        ),
    )
    for cle, identifiants in listes:
        for rang, identifiant in enumerate(identifiants):
            if identifiant in identifiants[:rang]:
                yield fault(
                    "V-057",
                    fichier.source(("contrat", "volets", nom, cle, rang, "id")),
                    f"«\u00a0{identifiant}\u00a0» est déjà l’identifiant d’une autre ligne de "
                    f"«\u00a0{cle}\u00a0» du volet {nom}.",
                    "Donner à chacune son identifiant\u00a0: l’évaluation s’y rapporte.",
                )


def _check_targets(affaire: Affaire, nom: str, droit: Droit, effet: dt.date) -> Iterator[Constat]:
    """D-053: a target, or a value of reference, that does not read in the unit of its indicator."""
    volet, fichier = affaire.dossier.valeur.contrat.volets[nom], affaire.dossier.fichier
    catalogue = droit.volet_indicators(effet, nom)
    mesures = [(chemin, mesure) for chemin, _, mesure in iter_measures(volet)]
    for chemin, objectif in [*iter_objectives(volet), *mesures]:
        if objectif.indicateur not in (None, *catalogue):
            continue  # V-033
        indicateur = catalogue.get(objectif.indicateur or "")
        unite = indicateur.unite if indicateur else UniteIndicateur.OUI_NON
        for cle, valeur in _values(objectif):
            if valeur is not None and parse_value(valeur, unite) is None:
                yield fault(
                    "D-053",
                    fichier.source(("contrat", "volets", nom, *chemin, *cle)),
                    f"«\u00a0{valeur}\u00a0» n’est pas une valeur de l’objectif {objectif.id}.",
                    f"Écrire {EXEMPLES[unite]}.",
                )


def _values(objectif: Objectif) -> Iterator[tuple[Chemin, str | None]]:
    """What an objective gives in the unit of its indicator, and where."""
    if objectif.reference is not None:
        yield ("reference", "valeur"), objectif.reference.valeur
    for annee, cible in objectif.cibles.items():
        yield ("cibles", str(annee)), cible


def _check_models(affaire: Affaire, nom: str, droit: Droit) -> Iterator[Constat]:
    """D-129: an action that takes over a typical action which its volet has not."""
    types = typical_actions(droit, nom)
    for rang, action in enumerate(affaire.dossier.valeur.contrat.volets[nom].actions):
        if action.modele is not None and action.modele not in types:
            yield fault(
                "D-129",
                affaire.dossier.fichier.source(
                    ("contrat", "volets", nom, "actions", rang, "modele")
                ),
                f"L’action type «\u00a0{action.modele}\u00a0» n’est dans aucun plan type du volet "
                f"{nom}.",
                close_name(action.modele, types)
                or f"Actions types\u00a0: {', '.join(types) or 'aucune'}.",
            )


def _check_action_dates(affaire: Affaire, nom: str) -> Iterator[Constat]:
    """V-058: an action of a volet that ends before it begins."""
    fichier = affaire.dossier.fichier
    for rang, action in enumerate(affaire.dossier.valeur.contrat.volets[nom].actions):
        if action.debut is not None and action.fin is not None and action.fin < action.debut:
            yield fault(
                "V-058",
                fichier.source(("contrat", "volets", nom, "actions", rang, "fin")),
                f"L’action {action.id} (volet {nom}) finit avant de commencer.",
                "Corriger «\u00a0debut\u00a0» ou «\u00a0fin\u00a0».",
            )


def _check_choices(pose: ChoixPoses) -> Iterator[Constat]:
    """The scales that the contract writes, and its maxima (R-ALL-1)."""
    for cle, clause, effet in (
        ("sanction", pose.choix.sanction, Effet.SANCTION),
        ("interessement", pose.choix.interessement, Effet.INTERESSEMENT),
    ):
        if clause is not None and clause.bareme is not None:
            bareme = BaremePose(clause.bareme, pose.fichier, (*pose.chemin, cle, "bareme"))
            yield from check_scale(bareme, effet)
    yield from check_savings(pose)
    yield from check_unit(pose)
    yield from check_months(pose)
    yield from _check_sanction(pose)
    yield from _check_reward(pose)
    yield from _check_nil(pose)


def _check_reward(pose: ChoixPoses) -> Iterator[Constat]:
    """V-022: the fixed maximum of the reward of a volet, against the cap of the region if any."""
    interessement = pose.choix.interessement
    fixe = interessement.montant_maximum if interessement else None
    if pose.decrit is not None and fixe is not None:
        propre = pose.decrit.plafond_interessement
        plafond = None if propre is None else pose.cap(propre)
        yield from check_maximum_amount(
            fixe, plafond, pose.source("interessement", "montant_maximum")
        )


def _check_threshold(pose: ChoixPoses, socle: VoletSocle) -> Iterator[Constat]:
    """V-275: no level is lower than nought: the sanction that the contract prints never opens."""
    if socle.declenchement is not None and socle.declenchement.seuil == 0:
        yield fault(
            "V-275",
            pose.source("declenchement", "seuil"),
            "Le seuil de déclenchement est nul\u00a0: aucun niveau de réalisation ne lui est "
            "inférieur, et la sanction que le contrat imprime ne s’ouvrirait jamais.",
            "Fixer le seuil, ou ne pas prévoir de sanction du volet obligatoire.",
        )


def _check_nil(pose: ChoixPoses) -> Iterator[Constat]:
    """V-059: a maximum of zero: the sanction, or the reward, could never be proposed."""
    for cle, nom, clause, autre in (
        ("sanction", "la sanction", pose.choix.sanction, "duree_maximale_mois"),
        ("interessement", "l’intéressement", pose.choix.interessement, "montant_maximum"),
    ):
        for maximum in ("taux_maximum", autre):
            if getattr(clause, maximum, None) == 0:
                yield warning(
                    "V-059",
                    pose.source(cle, maximum),
                    f"Le maximum de {nom} est nul\u00a0: l’évaluation n’en proposera jamais.",
                    "Corriger le maximum, ou vérifier que c’est voulu.",
                )


def _check_sanction(pose: ChoixPoses) -> Iterator[Constat]:
    """Never above what the texts, or the region, allow at the date of effect (V-022, V-032)."""
    sanction = pose.choix.sanction
    if sanction is None or sanction.type is None:
        return
    parametres = {
        TypeSanction.MONTANT: pose.decrit.plafonds_sanction
        if pose.decrit
        else ("socle/plafond_sanction",),
        TypeSanction.REDUCTION: ("socle/plafond_reduction_liste_en_sus",),
        TypeSanction.MSAP: ("volets/duree_msap",),
    }
    msap = sanction.type is TypeSanction.MSAP
    cle = "duree_maximale_mois" if msap else "taux_maximum"
    valeur, plafond = getattr(sanction, cle), pose.cap(*parametres[sanction.type])
    if valeur is None or plafond is None:
        return
    source = pose.source("sanction", cle)
    if not msap:
        yield from check_maximum_rate(valeur, plafond, source)
    elif valeur > plafond:
        yield fault(
            "V-032",
            source,
            "La durée de la mise sous accord préalable n’est pas fixée, ou dépasse "
            f"{plafond:f} mois.",
            "Corriger «\u00a0duree_maximale_mois\u00a0».",
        )


def check_contacts(affaire: Affaire, droit: Droit) -> Iterator[Constat]:
    """L-030: contacts of the three parties who would follow a volet that the library ignores."""
    listes = (
        (affaire.dossier.valeur.etablissement.interlocuteurs, affaire.dossier.fichier, _DOSSIER),
        (affaire.ars.valeur.referents, affaire.ars.fichier, ("referents",)),
        (affaire.organisme.valeur.referents, affaire.organisme.fichier, ("referents",)),
    )
    connus = (SOCLE, *droit.volets)
    for contacts, fichier, chemin in listes:
        for rang, contact in enumerate(contacts):
            if contact.volet not in connus:
                yield fault(
                    "L-030",
                    fichier.source((*chemin, rang, "volet")),
                    f"Le volet «\u00a0{contact.volet}\u00a0» n’existe pas.",
                    close_name(contact.volet, connus)
                    or f"Volets connus\u00a0: {', '.join(connus)}.",
                )


_DOSSIER: Chemin = ("etablissement", "interlocuteurs")
