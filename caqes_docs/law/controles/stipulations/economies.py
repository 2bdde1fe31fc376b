"""The base of the savings, before it is signed: its years, its figures, what grows too much.

That of the first year is asked for by the engine itself (`essai`).

Article D. 162-16, III, 1°; instruction DSS/A1/CNAMTS/2017/234, IV.b.i and annexe 4 (R-TRA-1, X6).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite, fault, warning
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais import formes
from caqes_docs.data.dossier.volets import BaseEconomies, Interessement, Volet
from caqes_docs.law.calcul.noeud import CONTEXTE
from caqes_docs.law.caqes_1.economies import lacks, rests_on_savings
from caqes_docs.law.caqes_1.mesures import parse_value
from caqes_docs.law.controles.stipulations.choix import ChoixPoses
from caqes_docs.law.droit.catalogue import ModeleVolet, TypeIndicateur


def check_savings(pose: ChoixPoses) -> Iterator[Constat]:
    """Every fault of the base of the savings, at contract time."""
    interessement = pose.choix.interessement
    if interessement is None or not interessement.prevu:
        return
    yield from _check_figures(pose, interessement)
    transports = pose.decrit is not None and pose.decrit.modele is ModeleVolet.TRANSPORTS
    if not rests_on_savings(interessement, transports=transports):
        yield from _check_fixed(pose, interessement)
        return
    yield from _check_years(pose, interessement)
    yield from _check_targets(pose, interessement)


def _check_fixed(pose: ChoixPoses, interessement: Interessement) -> Iterator[Constat]:
    """V-133: a maximum in euros without savings: as the law of the library has it (K4)."""
    if interessement.montant_maximum is None:
        return
    try:
        permis = pose.droit.parameter("volets/interessement_sans_economies", pose.debut)
    except DroitError:
        return  # the check of the library says so
    if permis.valeur != "oui":
        yield Constat(
            "V-133",
            Gravite.ERREUR if permis.valeur == "non" else Gravite.AVERTISSEMENT,
            pose.source("interessement", "montant_maximum"),
            "L’intéressement a un maximum en euros et ne repose sur aucune économie\u00a0: "
            f"{permis.version.source}.",
            "Donner la base des économies («\u00a0base_economies\u00a0» et ses années)\u00a0: le "
            "plus bas des deux maxima s’applique\u00a0; par avenant si le contrat est signé.",
        )


def _check_years(pose: ChoixPoses, interessement: Interessement) -> Iterator[Constat]:
    """V-132: years of the volet without base; that of the first is due at signature (V-131)."""
    debut = pose.debut.year
    duree = pose.choix.duree if isinstance(pose.choix, Volet) else None
    suivantes = range(debut + 1, debut + (duree or 1))
    sans = [str(annee) for annee in suivantes if any(lacks(interessement, annee))]
    if sans and not any(lacks(interessement, debut)):
        yield warning(
            "V-132",
            pose.source("interessement"),
            f"La base des économies ne dit rien de {', '.join(sans)}\u00a0: l’intéressement de ces "
            "années ne pourra pas être évalué.",
            "La compléter, ou prévoir un avenant avant ces années.",
        )


def _check_figures(pose: ChoixPoses, interessement: Interessement) -> Iterator[Constat]:
    """V-011, V-012: a negative spending, a growth that leaves nothing to spend."""
    for annee, montant in interessement.depenses_cibles.items():
        if montant is not None and montant < 0:
            yield fault(
                "V-012",
                pose.source("interessement", "depenses_cibles", str(annee)),
                f"La valeur ne peut pas être négative (dépense cible de {annee}).",
                "Corriger la valeur, sans signe.",
            )
    for annee, taux in interessement.evolutions_tendancielles.items():
        if taux is not None and not -1 < taux <= 1:
            yield fault(
                "V-011",
                pose.source("interessement", "evolutions_tendancielles", str(annee)),
                f"L’évolution tendancielle de {annee} annule la dépense, ou fait plus que la "
                "doubler\u00a0: une évolution se situe entre −100 % et 100 %.",
                "Corriger le taux.",
            )


def _check_targets(pose: ChoixPoses, interessement: Interessement) -> Iterator[Constat]:
    """V-073: a target in euros that grows more than the objective allows.

    To reach such a target exactly would be to miss the objective: one of the two is a slip.
    """
    if interessement.base_economies is not BaseEconomies.CIBLE:
        return
    for annee, montant in sorted(interessement.depenses_cibles.items()):
        avant, evolution = _before(interessement, annee), _growth_target(pose, annee)
        if montant is None or avant is None or evolution is None:
            continue
        permise = CONTEXTE.multiply(avant, 1 + evolution).quantize(Decimal("0.01"))
        if montant > permise:
            yield fault(
                "V-073",
                pose.source("interessement", "depenses_cibles", str(annee)),
                f"La dépense cible de {annee} ({formes.euros(montant)}) dépasse celle de "
                f"{annee - 1} augmentée de la cible de l’objectif ({formes.euros(permise)})"
                "\u00a0: l’atteindre serait manquer l’objectif.",
                "Corriger la dépense cible, celle de l’année précédente, ou la cible d’évolution.",
            )


def _before(interessement: Interessement, annee: int) -> Decimal | None:
    """The spending that the contract gives for the year before."""
    reference = interessement.depense_de_reference
    if reference is not None and reference.annee == annee - 1:
        return reference.montant
    return interessement.depenses_cibles.get(annee - 1)


def _growth_target(pose: ChoixPoses, annee: int) -> Decimal | None:
    """The growth of spending that the principal objective sets for `annee`, if it is one."""
    objectif = pose.choix.objectif_principal if isinstance(pose.choix, Volet) else None
    if objectif is None or pose.decrit is None:
        return None
    catalogue = pose.droit.volet_indicators(pose.debut, pose.decrit.id)
    indicateur = catalogue.get(objectif.indicateur or "")
    cible = objectif.cibles.get(annee)
    if indicateur is None or indicateur.type is not TypeIndicateur.EVOLUTION or cible is None:
        return None
    valeur = parse_value(cible, indicateur.unite)
    return valeur if isinstance(valeur, Decimal) else None
