"""The volets additionnels: what the results open, and the amount proposed.

Instruction DSS/A1/CNAMTS/2017/234, IV and annexes 4 (six cells), 5 (principal objective), 6
(risks). A volet of a region's own is worked out by the model that its description names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.data.volets import Bareme, TypeSanction, Volet
from caqes_docs.law.calcul import (
    Fondement,
    Nature,
    Noeud,
    Operation,
    compute,
    constante,
    entree,
    si,
)
from caqes_docs.law.catalogue import ModeleVolet, VoletDecrit
from caqes_docs.law.formules import montants
from caqes_docs.law.formules.cadre import Cadre
from caqes_docs.law.formules.objectifs import evaluate_objectives
from caqes_docs.law.formules.realisation import realised
from caqes_docs.law.modeles import Certitude
from caqes_docs.law.resultats import Mesure, MesureNonMonetaire, ResultatObjectif, ResultatVolet

_REGLES = {
    ModeleVolet.TRANSPORTS: ("R-TRA-1", "instruction, annexe 4, § 2"),
    ModeleVolet.OBJECTIF_PRINCIPAL: ("R-PER-2", "instruction, annexe 5, § 2"),
    ModeleVolet.RISQUES: ("R-QUA-1", "instruction, annexe 6, § 1, et IV.b"),
}


def _ground(modele: ModeleVolet) -> Fondement:
    regle, source = _REGLES[modele]
    return Fondement(regle, source, Certitude.INSTRUCTION, ("instruction/2017-234",))


@dataclass
class _Travail:
    """One volet being worked out."""

    cadre: Cadre
    decrit: VoletDecrit
    volet: Volet
    principal: ResultatObjectif | None
    supplementaire: ResultatObjectif | None
    complementaires: tuple[ResultatObjectif, ...]

    @property
    def nom(self) -> str:
        """The id of the volet."""
        return self.decrit.id

    @property
    def fondement(self) -> Fondement:
        """The ground of the model."""
        return _ground(self.decrit.modele)

    def level(self, bareme: Bareme | None) -> Noeud:
        """The level of realisation that a scale asks for."""
        return realised(self.cadre, self.nom, self.volet, self.complementaires, bareme)


def evaluate_volet(
    cadre: Cadre, decrit: VoletDecrit, volet: Volet, suspension: Noeud
) -> ResultatVolet:
    """The result of one volet; `suspension` tells whether sanctions are suspended that year."""
    travail = _Travail(cadre, decrit, volet, *evaluate_objectives(cadre, decrit, volet))
    ouvre = _MODELES[decrit.modele](travail)
    interessement = _reward(travail)
    sanction = _sanction(travail, suspension)
    return _conclude(travail, suspension, _Issue(*ouvre, interessement, sanction))


@dataclass(frozen=True)
class _Montant:
    """A level, a maximum, the part of it, and the amount, unsigned."""

    niveau: Noeud
    maximum: Noeud
    modulation: Noeud
    montant: Noeud


@dataclass(frozen=True)
class _Issue:
    """What the results open (`recompense`, `sanctionne`: yes, no, unknown) and the two amounts."""

    recompense: Noeud
    sanctionne: Noeud
    interessement: _Montant | None
    sanction: _Montant | None


# --------------------------------------------------------------------------------------------
# What the results open


def _verdict(resultat: ResultatObjectif | None, libelle: str) -> Noeud:
    if resultat is None:
        return entree(libelle, None, Nature.OUI_NON, "", motif=f"{libelle}\u00a0: non fixé")
    return resultat.verdict


def _not(libelle: str, noeud: Noeud, fondement: Fondement) -> Noeud:
    return compute(Operation.NON, libelle, Nature.OUI_NON, (noeud,), fondement)


def _six_cells(travail: _Travail) -> tuple[Noeud, Noeud]:
    """Target reached, and supplementary objective reached when there is one (annexe 4).

    Reward: the target is reached and so is the supplementary objective, if any. Sanction: the
    supplementary objective is not reached, or there is none and the target is not reached.
    """
    fondement = travail.fondement
    cible = _verdict(travail.principal, "Objectif principal atteint")
    if travail.supplementaire is None:
        return cible, _not("Cible non atteinte", cible, fondement)
    autre = travail.supplementaire.verdict
    recompense = compute(
        Operation.ET,
        "Cible et objectif supplémentaire atteints",
        Nature.OUI_NON,
        (cible, autre),
        fondement,
    )
    return recompense, _not("Objectif supplémentaire non atteint", autre, fondement)


def _principal_objective(travail: _Travail) -> tuple[Noeud, Noeud]:
    """The principal objective decides both (annexe 5; IV.a)."""
    cible = _verdict(travail.principal, "Objectif principal atteint")
    return cible, _not("Objectif principal non atteint", cible, travail.fondement)


def _risks(travail: _Travail) -> tuple[Noeud, Noeud]:
    """The principal objective decides; the number of risks and the plan modulate (annexe 6)."""
    return _principal_objective(travail)


_MODELES: dict[ModeleVolet, Callable[[_Travail], tuple[Noeud, Noeud]]] = {
    ModeleVolet.TRANSPORTS: _six_cells,
    ModeleVolet.OBJECTIF_PRINCIPAL: _principal_objective,
    ModeleVolet.RISQUES: _risks,
}

# --------------------------------------------------------------------------------------------
# The two amounts


def _reward(travail: _Travail) -> _Montant | None:
    """The reward, or None when the volet does not foresee one (R-PER-2, X10)."""
    interessement, cadre = travail.volet.interessement, travail.cadre
    source = cadre.contract_source("volets", travail.nom, "interessement")
    if interessement is None or interessement.prevu is None:
        cadre.fault(
            "V-028",
            source,
            f"Le volet {travail.nom} ne dit pas s’il prévoit un intéressement.",
            "Écrire «\u00a0interessement: {prevu: oui}\u00a0» ou «\u00a0prevu: non\u00a0».",
        )
        return None
    if not interessement.prevu:
        return None
    if not reward_is_allowed(travail.decrit, cadre.effet):
        cadre.fault(
            "V-029",
            source,
            f"Aucun intéressement n’est possible pour le volet {travail.nom} d’un contrat qui "
            "prend effet à cette date.",
            "Écrire «\u00a0prevu: non\u00a0».",
        )
        return None
    niveau = travail.level(interessement.bareme)
    maximum = montants.reward_maximum(cadre, travail.nom, interessement)
    modulation = montants.part(cadre, travail.nom, "interessement", interessement.bareme, niveau)
    montant = montants.amount("Intéressement proposé", maximum, modulation, montants.ECONOMIES)
    return _Montant(niveau, maximum, modulation, montant)


def reward_is_allowed(decrit: VoletDecrit, effet: dt.date) -> bool:
    """Whether a contract in force from `effet` may foresee a reward for that volet (X10)."""
    depuis = decrit.interessement_depuis
    return decrit.interessement and (depuis is None or effet >= depuis)


def _sanction(travail: _Travail, suspension: Noeud) -> _Montant | None:
    """The sanction in euros, or None when there is none or when it is of another nature."""
    volet, cadre = travail.volet, travail.cadre
    if volet.donne_lieu_a_sanction is None:
        cadre.fault(
            "V-030",
            cadre.contract_source("volets", travail.nom),
            f"Le volet {travail.nom} ne dit pas s’il donne lieu à sanction.",
            "Écrire «\u00a0donne_lieu_a_sanction: oui\u00a0» ou «\u00a0non\u00a0».",
        )
        return None
    if not volet.donne_lieu_a_sanction or suspension.valeur is True:
        return None
    sanction = volet.sanction
    if sanction is None or sanction.type is None or sanction.type not in travail.decrit.sanctions:
        admises = ", ".join(nature.value for nature in travail.decrit.sanctions)
        cadre.fault(
            "V-031",
            cadre.contract_source("volets", travail.nom, "sanction"),
            f"La nature de la sanction du volet {travail.nom} n’est pas fixée, ou n’est pas "
            "admise.",
            f"Donner «\u00a0type\u00a0» parmi\u00a0: {admises}.",
        )
        return None
    if sanction.type is not TypeSanction.MONTANT:
        return None
    niveau = travail.level(sanction.bareme)
    maximum = montants.sanction_maximum(cadre, travail.nom, sanction, "volets/plafond_sanction")
    modulation = montants.part(cadre, travail.nom, "sanction", sanction.bareme, niveau)
    montant = montants.amount("Sanction proposée", maximum, modulation, montants.SANCTION)
    return _Montant(niveau, maximum, modulation, montant)


# --------------------------------------------------------------------------------------------
# The conclusion


def _conclude(travail: _Travail, suspension: Noeud, issue: _Issue) -> ResultatVolet:
    mesure, raison = _measure(travail, suspension, issue)
    retenu = {Mesure.INTERESSEMENT: issue.interessement, Mesure.SANCTION: issue.sanction}.get(
        mesure
    )
    fondement = travail.fondement
    rien = constante("Aucun montant", montants.zero("").valeur, Nature.EURO, fondement)
    return ResultatVolet(
        volet=travail.nom,
        libelle=travail.decrit.libelle,
        principal=travail.principal,
        supplementaire=travail.supplementaire,
        complementaires=travail.complementaires,
        niveau=retenu.niveau if retenu else travail.level(None),
        mesure=mesure,
        maximum=retenu.maximum if retenu else rien,
        modulation=retenu.modulation
        if retenu
        else constante("Sans modulation", None, Nature.TAUX, fondement),
        montant=_signed(issue, suspension, rien, fondement),
        raison=raison,
        non_monetaire=_other_measure(travail) if mesure in _AUTRES else None,
    )


_AUTRES = (Mesure.MSAP, Mesure.REDUCTION)


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


def _measure(travail: _Travail, suspension: Noeud, issue: _Issue) -> tuple[Mesure, str]:
    """The measure that the results open, and why."""
    if issue.recompense.valeur is None or issue.sanctionne.valeur is None:
        motif = issue.recompense.motif or issue.sanctionne.motif
        return Mesure.NON_EVALUABLE, f"Le résultat n’est pas évaluable\u00a0: {motif}."
    if issue.recompense.valeur:
        if issue.interessement is None:
            return Mesure.AUCUNE, "L’objectif est atteint\u00a0; aucun intéressement n’est prévu."
        return Mesure.INTERESSEMENT, f"{issue.recompense.libelle}\u00a0: oui."
    if not issue.sanctionne.valeur:
        return (
            Mesure.AUCUNE,
            "La cible n’est pas atteinte, mais l’objectif supplémentaire l’est\u00a0: ni "
            "intéressement ni sanction.",
        )
    return _sanction_measure(travail, suspension, issue)


def _sanction_measure(travail: _Travail, suspension: Noeud, issue: _Issue) -> tuple[Mesure, str]:
    raison = f"{issue.sanctionne.libelle}\u00a0: oui."
    if not travail.volet.donne_lieu_a_sanction:
        return Mesure.AUCUNE, f"{raison} Le volet ne donne pas lieu à sanction."
    if suspension.valeur is True:
        return Mesure.SUSPENDUE, f"{raison} Les sanctions sont suspendues cette année."
    nature = travail.volet.sanction.type if travail.volet.sanction else None
    mesure = {
        TypeSanction.MONTANT: Mesure.SANCTION,
        TypeSanction.MSAP: Mesure.MSAP,
        TypeSanction.REDUCTION: Mesure.REDUCTION,
        None: Mesure.NON_EVALUABLE,
    }[nature]
    return mesure, raison


def _other_measure(travail: _Travail) -> MesureNonMonetaire | None:
    """An MSAP: six months at most, the acts of the contract (R-DATE-9, annexe 5)."""
    sanction, cadre = travail.volet.sanction, travail.cadre
    if sanction is None or sanction.type is not TypeSanction.MSAP:
        return None
    plafond = cadre.parameter("volets/duree_msap")
    duree = sanction.duree_maximale_mois
    chemin = ("volets", travail.nom, "sanction", "duree_maximale_mois")
    if duree is None or not 0 < duree <= plafond.nombre:
        cadre.fault(
            "V-032",
            cadre.contract_source(*chemin),
            "La durée de la mise sous accord préalable n’est pas fixée, ou dépasse "
            f"{plafond.nombre:f} mois.",
            "Corriger «\u00a0duree_maximale_mois\u00a0».",
        )
    noeud = entree(
        "Durée maximale, en mois",
        None if duree is None else Decimal(duree),
        Nature.NOMBRE,
        cadre.in_contract(*chemin),
        fondement=plafond.fondement,
        motif="" if duree is not None else "durée non fixée",
    )
    return MesureNonMonetaire(
        travail.nom, Mesure.MSAP, duree_mois=noeud, actes=sanction.actes or ""
    )
