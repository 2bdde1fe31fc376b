"""The two amounts of a volet additionnel, and the measures that are not in euros.

Instruction DSS/A1/CNAMTS/2017/234, IV.b and annexes 4 to 6. What the contract does not decide is a
finding, and its amount is not known: it is never zero.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from caqes_docs.core.francais import formes
from caqes_docs.data.dossier.comptes import ArrondiMois
from caqes_docs.data.dossier.volets import Sanction, TypeSanction
from caqes_docs.law.calcul.explication import format_value
from caqes_docs.law.calcul.fondements import SANCTION
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation, compute, entree
from caqes_docs.law.caqes_1 import montants
from caqes_docs.law.caqes_1.en_cours import Somme, VoletEnCours, undecided
from caqes_docs.law.caqes_1.niveau.risques import by_risks
from caqes_docs.law.droit.catalogue import VoletDecrit
from caqes_docs.law.resultats import MesureNonMonetaire, MesureProposee


def compute_reward(en_cours: VoletEnCours) -> Somme | None:
    """The reward, or None when the volet does not foresee one (R-PER-2, X10)."""
    interessement, cadre = en_cours.volet.interessement, en_cours.cadre
    source = cadre.contract_source("volets", en_cours.nom, "interessement")
    if interessement is None or interessement.prevu is None:
        cadre.fault(
            "V-028",
            source,
            f"Le volet {en_cours.nom} ne dit pas s’il prévoit un intéressement.",
            "Écrire «\u00a0interessement: {prevu: oui}\u00a0» ou «\u00a0prevu: non\u00a0».",
        )
        motif = "le contrat ne dit pas si un intéressement est prévu"
        return undecided("Intéressement proposé", motif, str(source))
    if not interessement.prevu:
        return None
    if not reward_is_allowed(en_cours.decrit, cadre.effect_of(en_cours.nom)):
        cadre.fault(
            "V-029",
            source,
            f"Aucun intéressement n’est possible pour le volet {en_cours.nom} d’un contrat qui "
            "prend effet à cette date.",
            "Écrire «\u00a0prevu: non\u00a0».",
        )
        return None
    nom, sol = en_cours.nom, en_cours.fondement_interessement
    niveau = en_cours.level(interessement.bareme)
    libre = montants.reward_maximum(
        cadre, nom, interessement, sol, economies=en_cours.economies_liees
    )
    plafond = en_cours.decrit.plafond_interessement
    maximum = montants.capped_reward(cadre, nom, interessement, libre, plafond)
    modulation = montants.part(cadre, nom, "interessement", interessement.bareme, niveau)
    montant = montants.amount("Intéressement proposé", maximum, modulation, sol)
    return Somme(niveau, maximum, modulation, montant)


def reward_is_allowed(decrit: VoletDecrit, effet: dt.date) -> bool:
    """Whether a volet in force from `effet` may foresee a reward (X10)."""
    depuis = decrit.interessement_depuis
    return decrit.interessement and (depuis is None or effet >= depuis)


def compute_sanction(en_cours: VoletEnCours) -> Somme | None:
    """The sanction in euros, or None when there is none or when it is of another nature."""
    volet, cadre = en_cours.volet, en_cours.cadre
    source = cadre.contract_source("volets", en_cours.nom, "sanction")
    if volet.donne_lieu_a_sanction is None:
        cadre.fault(
            "V-030",
            cadre.contract_source("volets", en_cours.nom),
            f"Le volet {en_cours.nom} ne dit pas s’il donne lieu à sanction.",
            "Écrire «\u00a0donne_lieu_a_sanction: oui\u00a0» ou «\u00a0non\u00a0».",
        )
        motif = "le contrat ne dit pas si le volet donne lieu à sanction"
        return undecided("Sanction proposée", motif, str(source))
    if not volet.donne_lieu_a_sanction or cadre.suspension.valeur is True:
        return None
    sanction = volet.sanction
    if sanction is None or sanction.type is None or sanction.type not in en_cours.decrit.sanctions:
        return _undecided_nature(en_cours, sanction)
    if sanction.type is not TypeSanction.MONTANT:
        return None
    niveau = en_cours.level(sanction.bareme)
    plafonds = en_cours.decrit.plafonds_sanction
    maximum = montants.sanction_maximum(cadre, en_cours.nom, sanction, plafonds)
    modulation = montants.part(cadre, en_cours.nom, "sanction", sanction.bareme, niveau)
    modulation = by_risks(cadre, en_cours.nom, en_cours.volet, modulation)
    montant = montants.amount("Sanction proposée", maximum, modulation, SANCTION)
    return Somme(niveau, maximum, modulation, montant)


def _undecided_nature(en_cours: VoletEnCours, sanction: Sanction | None) -> Somme:
    """V-031: a nature that is not chosen, or that the texts do not give the volet (R-ALL-2)."""
    cadre, decrit = en_cours.cadre, en_cours.decrit
    nature = sanction.type if sanction else None
    appui = decrit.appuis.sanctions
    lieu = f" ({appui.source})" if appui else ""
    motif = "la nature de la sanction n’est pas fixée"
    if nature is not None:
        motif = f"«\u00a0{nature}\u00a0» n’est pas une sanction de ce volet{lieu}"
    chemin = ("sanction",) if nature is None else ("sanction", "type")
    source = cadre.contract_source("volets", en_cours.nom, *chemin)
    admises = ", ".join(admise.value for admise in decrit.sanctions)
    cadre.fault(
        "V-031",
        source,
        f"Volet {en_cours.nom}\u00a0: {motif}.",
        f"Donner «\u00a0type\u00a0» parmi\u00a0: {admises}.",
    )
    return undecided("Sanction proposée", motif, str(source))


def other_measure(en_cours: VoletEnCours) -> MesureNonMonetaire:
    """The measure that is not in euros: an MSAP, or a cut of the rate of the liste en sus."""
    sanction = en_cours.volet.sanction
    assert sanction is not None
    if sanction.type is TypeSanction.MSAP:
        return _prior_approval(en_cours, sanction)
    return _rate_cut(en_cours, sanction)


def _prior_approval(en_cours: VoletEnCours, sanction: Sanction) -> MesureNonMonetaire:
    """Six months at most, the acts of the contract (R-DATE-9, annexe 5).

    The scale of the contract modulates the duration as it does an amount (contrat type, art. 6),
    and says how whole months are made of it: no text does (X39).
    """
    cadre = en_cours.cadre
    plafond = cadre.parameter("volets/duree_msap", cadre.effect_of(en_cours.nom))
    noeud = _months(en_cours, sanction, plafond)
    modulation = montants.part(
        cadre, en_cours.nom, "sanction", sanction.bareme, en_cours.level(sanction.bareme)
    )
    duree_modulee = compute(
        Operation.PRODUIT,
        "Durée selon le barème, en mois",
        Nature.NOMBRE,
        (noeud, modulation),
        plafond.fondement,
    )
    entiere = _whole_months(en_cours, sanction, duree_modulee)
    proposee = montants.unless_suspended("Durée proposée, en mois", entiere, cadre.suspension)
    return MesureNonMonetaire(
        en_cours.nom,
        MesureProposee.MSAP,
        duree_mois=proposee,
        maximum=noeud,
        modulation=modulation,
        actes=sanction.actes or "",
    )


def _whole_months(en_cours: VoletEnCours, sanction: Sanction, duree: Noeud) -> Noeud:
    """The length in whole months, by the rule of the contract; not known without one."""
    if sanction.arrondi_mois is not None:
        operation = _MOIS[sanction.arrondi_mois]
        mots = "Durée selon le barème, en mois entiers"
        return compute(operation, mots, Nature.NOMBRE, (duree,), duree.fondement)
    if duree.valeur is None or duree.nombre == duree.nombre.to_integral_value():
        return duree
    chemin = ("volets", en_cours.nom, "sanction")
    en_cours.cadre.fault(
        "V-138",
        en_cours.cadre.contract_source(*chemin),
        f"Le barème du volet {en_cours.nom} donne une durée de {format_value(duree)}\u00a0mois, et "
        "le contrat ne dit pas comment elle devient un nombre entier de mois.",
        "Écrire «\u00a0arrondi_mois: inferieur\u00a0», «\u00a0superieur\u00a0» ou "
        "«\u00a0proche\u00a0».",
    )
    motif = "le contrat ne dit pas comment une durée devient un nombre entier de mois"
    lieu = en_cours.cadre.in_contract(*chemin)
    return entree("Durée en mois entiers", None, Nature.NOMBRE, lieu, motif=motif)


_MOIS = {
    ArrondiMois.INFERIEUR: Operation.ENTIER_INFERIEUR,
    ArrondiMois.SUPERIEUR: Operation.ENTIER_SUPERIEUR,
    ArrondiMois.PROCHE: Operation.ENTIER_PROCHE,
}


def _months(en_cours: VoletEnCours, sanction: Sanction, plafond: Noeud) -> Noeud:
    """The longest that the contract allows, asked for when it is missing or too long."""
    cadre = en_cours.cadre
    duree = sanction.duree_maximale_mois
    chemin = ("volets", en_cours.nom, "sanction", "duree_maximale_mois")
    if duree is None or not 0 < duree <= plafond.nombre:
        cadre.fault(
            "V-032",
            cadre.contract_source(*chemin),
            "La durée de la mise sous accord préalable n’est pas fixée, ou dépasse "
            f"{formes.nombre(plafond.nombre)} mois.",
            "Corriger «\u00a0duree_maximale_mois\u00a0».",
        )
    return entree(
        "Durée maximale, en mois",
        None if duree is None else Decimal(duree),
        Nature.NOMBRE,
        cadre.in_contract(*chemin),
        fondement=plafond.fondement,
        motif="durée non fixée",
    )


def _rate_cut(en_cours: VoletEnCours, sanction: Sanction) -> MesureNonMonetaire:
    """Only a volet on health products admits it (R-ALL-2): its description says so."""
    cadre = en_cours.cadre
    plafond = cadre.parameter("socle/plafond_reduction_liste_en_sus", cadre.effect_of(en_cours.nom))
    maximum = montants.capped_rate(cadre, en_cours.nom, sanction, plafond)
    modulation = montants.part(
        cadre, en_cours.nom, "sanction", sanction.bareme, en_cours.level(sanction.bareme)
    )
    taux = compute(
        Operation.PRODUIT,
        "Diminution selon le barème",
        Nature.TAUX,
        (maximum, modulation),
        plafond.fondement,
    )
    proposee = montants.proposed_cut(taux, sanction, cadre.suspension)
    return MesureNonMonetaire(
        en_cours.nom,
        MesureProposee.REDUCTION,
        taux=proposee,
        maximum=maximum,
        modulation=modulation,
        unite=sanction.unite.libelle if sanction.unite else "",
    )
