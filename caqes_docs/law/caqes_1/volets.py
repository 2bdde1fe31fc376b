"""The volets additionnels: what the results open, the amount proposed, and why.

Instruction DSS/A1/CNAMTS/2017/234, IV and annexes 4 to 6. A volet of a region's own is worked out
by the model that its description names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from caqes_docs.core.constats import Constat
from caqes_docs.data.dossier.contrat import ObjectifSansCible
from caqes_docs.data.dossier.volets import TypeSanction, Volet
from caqes_docs.law.calcul.noeud import Fondement, Nature, Noeud, constante, si
from caqes_docs.law.caqes_1 import montants
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.en_cours import Somme, VoletEnCours
from caqes_docs.law.caqes_1.montants_volet import compute_reward, compute_sanction, other_measure
from caqes_docs.law.caqes_1.objectifs import evaluate_measures, evaluate_objectives
from caqes_docs.law.caqes_1.ouverture import MODELES
from caqes_docs.law.droit.catalogue import ModeleVolet, VoletDecrit
from caqes_docs.law.resultats import MesureProposee, ResultatVolet

_AUTRES = (MesureProposee.MSAP, MesureProposee.REDUCTION)


@dataclass(frozen=True)
class _Issue:
    """What the results open (`recompense`, `sanctionne`: yes, no, unknown) and the two amounts."""

    recompense: Noeud
    sanctionne: Noeud
    interessement: Somme | None
    sanction: Somme | None


def evaluate_volet(cadre: Cadre, decrit: VoletDecrit, volet: Volet) -> ResultatVolet:
    """The result of one volet."""
    objectifs = evaluate_objectives(cadre, decrit, volet)
    resultat = conclude(VoletEnCours(cadre, decrit, volet, *objectifs))
    return replace(resultat, mesures=evaluate_measures(cadre, decrit, volet))


def conclude(en_cours: VoletEnCours) -> ResultatVolet:
    """What the results of its objectives, measured or supposed, give for a volet."""
    cadre = en_cours.cadre
    ouvre = MODELES[en_cours.decrit.modele](en_cours)
    debut = len(cadre.constats)
    interessement = compute_reward(en_cours)
    milieu = len(cadre.constats)
    sanction = compute_sanction(en_cours)
    if is_unjudged(en_cours):
        ouvre = (
            constante("Volet jugé cette année", False, Nature.OUI_NON, en_cours.fondement),
        ) * 2
    issue = _Issue(*ouvre, interessement, sanction)
    fautes = cadre.constats[debut:milieu], cadre.constats[milieu:]
    cadre.constats[debut:] = _needed(issue, *fautes, cadre.evaluee.fichier.nom)
    return _result(en_cours, issue)


def is_unjudged(en_cours: VoletEnCours) -> bool:
    """Whether the contract leaves out the year: an objective that decides has no target (X40)."""
    decisifs = (en_cours.principal, en_cours.supplementaire)
    choix = en_cours.cadre.contrat.choix.sans_cible_decisive
    return choix is ObjectifSansCible.NON_JUGE and any(o and o.sans_cible for o in decisifs)


def _needed(
    issue: _Issue, recompense: list[Constat], sanction: list[Constat], evaluation: str
) -> list[Constat]:
    """The findings of both amounts, without the data of the year that only the idle one lacks.

    While the results do not tell which is opened, neither is asked for. What the contract lacks is
    told all the same: it must be known at signature (IV.a).
    """
    sans_recompense = issue.recompense.valeur is not True
    sans_sanction = issue.recompense.valeur is not False or issue.sanctionne.valeur is not True
    return [
        constat
        for constats, oisif in ((recompense, sans_recompense), (sanction, sans_sanction))
        for constat in constats
        if not (oisif and constat.source.fichier == evaluation)
    ]


def _result(en_cours: VoletEnCours, issue: _Issue) -> ResultatVolet:
    mesure, raison = _measure(en_cours, issue)
    autre = other_measure(en_cours) if mesure in _AUTRES else None
    if autre is not None and autre.duree_mois is not None and autre.duree_mois.valeur == 0:
        raison += " La durée que donne le barème n’atteint pas un mois entier."
        mesure, autre = MesureProposee.AUCUNE, None
    retenu = {
        MesureProposee.INTERESSEMENT: issue.interessement,
        MesureProposee.SANCTION: issue.sanction,
    }.get(mesure)
    fondement = en_cours.fondement
    rien = constante("Aucun montant", montants.zero("").valeur, Nature.EURO, fondement)
    return ResultatVolet(
        volet=en_cours.nom,
        libelle=en_cours.decrit.libelle,
        principal=en_cours.principal,
        supplementaire=en_cours.supplementaire,
        complementaires=en_cours.complementaires,
        niveau=retenu.niveau if retenu else _idle_level(en_cours, mesure),
        mesure=mesure,
        maximum=retenu.maximum if retenu else rien,
        modulation=retenu.modulation
        if retenu
        else constante("Sans modulation", None, Nature.TAUX, fondement),
        montant=_signed(issue, en_cours.cadre.suspension, rien, fondement),
        raison=raison,
        non_monetaire=autre,
    )


def _idle_level(en_cours: VoletEnCours, mesure: MesureProposee) -> Noeud:
    """The level where no amount is: that which modulates a measure that is not in euros."""
    sanction = en_cours.volet.sanction
    return en_cours.level(sanction.bareme if sanction and mesure in _AUTRES else None)


def _signed(issue: _Issue, suspension: Noeud, rien: Noeud, fondement: Fondement) -> Noeud:
    """The amount as the grid signs it: the tree shows which condition chose it."""
    libelle = "Montant du volet"
    moins = rien
    if issue.sanction is not None:
        moins = montants.negative("Sanction, en moins", issue.sanction.montant)
        moins = si("Sanction, sauf année suspendue", suspension, rien, moins, fondement)
    plus = issue.interessement.montant if issue.interessement is not None else rien
    sinon = si("À défaut d’intéressement", issue.sanctionne, moins, rien, fondement)
    return si(libelle, issue.recompense, plus, sinon, fondement)


def _measure(en_cours: VoletEnCours, issue: _Issue) -> tuple[MesureProposee, str]:
    """The measure that the results open, and why."""
    if is_unjudged(en_cours):
        return MesureProposee.AUCUNE, (
            "Aucune cible n’est fixée pour l’année à l’objectif qui déclenche l’intéressement ou "
            "la sanction\u00a0: selon le contrat, le volet n’est pas jugé."
        )
    if issue.recompense.valeur is None or issue.sanctionne.valeur is None:
        return _not_evaluable(issue.recompense.motif or issue.sanctionne.motif)
    if issue.recompense.valeur:
        return _reward_measure(en_cours, issue)
    if not issue.sanctionne.valeur:
        return (
            MesureProposee.AUCUNE,
            "La cible n’est pas atteinte, mais l’objectif supplémentaire l’est\u00a0: ni "
            "intéressement ni sanction.",
        )
    return _sanction_measure(en_cours, issue)


def _not_evaluable(motif: str) -> tuple[MesureProposee, str]:
    return MesureProposee.NON_EVALUABLE, f"Le résultat n’est pas évaluable\u00a0: {motif}."


def _reward_measure(en_cours: VoletEnCours, issue: _Issue) -> tuple[MesureProposee, str]:
    if issue.interessement is None:
        return (
            MesureProposee.AUCUNE,
            "L’objectif est atteint\u00a0; aucun intéressement n’est prévu.",
        )
    if issue.interessement.indecis:
        return _not_evaluable(issue.interessement.indecis)
    deux = en_cours.decrit.modele is ModeleVolet.TRANSPORTS and en_cours.supplementaire
    if deux:
        return (
            MesureProposee.INTERESSEMENT,
            "L’objectif principal et l’objectif supplémentaire sont atteints.",
        )
    return MesureProposee.INTERESSEMENT, "L’objectif principal est atteint."


_RAISONS = {
    "Cible non atteinte": "La cible n’est pas atteinte.",
    "Objectif principal non atteint": "L’objectif principal n’est pas atteint.",
    "Objectif supplémentaire non atteint": "L’objectif supplémentaire n’est pas atteint.",
}
"""What opens a sanction, as a sentence: the labels are those of the models."""


def _sanction_measure(en_cours: VoletEnCours, issue: _Issue) -> tuple[MesureProposee, str]:
    raison = _RAISONS.get(issue.sanctionne.libelle, f"{issue.sanctionne.libelle}.")
    if en_cours.volet.donne_lieu_a_sanction is False:
        return MesureProposee.AUCUNE, f"{raison} Le volet ne donne pas lieu à sanction."
    if en_cours.cadre.suspension.valeur is True:
        return MesureProposee.SUSPENDUE, f"{raison} {en_cours.cadre.suspension_dite}"
    if issue.sanction is not None and issue.sanction.indecis:
        return _not_evaluable(issue.sanction.indecis)
    sanction = en_cours.volet.sanction
    assert sanction is not None  # else the sanction above is undecided
    assert sanction.type is not None
    mesure = {
        TypeSanction.MONTANT: MesureProposee.SANCTION,
        TypeSanction.MSAP: MesureProposee.MSAP,
        TypeSanction.REDUCTION: MesureProposee.REDUCTION,
    }
    return mesure[sanction.type], raison
