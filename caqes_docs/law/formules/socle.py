"""The volet obligatoire: judged as a whole, one of two sanctions, never both.

Contrat type, art. 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, annexe 1, § 2 (R-SOC-1 to
R-SOC-5).
"""

from __future__ import annotations

from caqes_docs.data.volets import Sanction, TypeSanction, VoletSocle
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
from caqes_docs.law.formules import montants
from caqes_docs.law.formules.cadre import Cadre
from caqes_docs.law.modeles import Certitude
from caqes_docs.law.niveau import compute_niveau
from caqes_docs.law.resultats import Mesure, MesureNonMonetaire, ResultatObjectif, ResultatVolet

SOCLE = "socle"
_ENSEMBLE = Fondement(
    "R-SOC-1",
    "contrat type, art. 6 et 10-6",
    Certitude.TEXTE,
    ("instruction/2017-234", "css/D162-16"),
)
_LISTE = Fondement(
    "R-SOC-5", "contrat type, préambule et art. 10-6", Certitude.DEDUCTION, ("css/L162-22-7",)
)


def evaluate_socle(
    cadre: Cadre, indicateurs: tuple[ResultatObjectif, ...], suspension: Noeud
) -> ResultatVolet:
    """The result of the socle, from the results of its indicators."""
    niveau = compute_niveau("Niveau de réalisation du volet obligatoire", indicateurs)
    choix = cadre.contrat.socle or VoletSocle()
    ouvre = _opens(cadre, choix, niveau)
    ouvre = compute(
        Operation.ET,
        "Sanction ouverte, hors année suspendue",
        Nature.OUI_NON,
        (ouvre, compute(Operation.NON, "Année non suspendue", Nature.OUI_NON, (suspension,))),
        _ENSEMBLE,
    )
    rien = constante("Aucun montant", montants.zero("").valeur, Nature.EURO, _ENSEMBLE)
    base = _Socle(cadre, niveau, ouvre, rien)
    if suspension.valeur is True:
        return base.result(Mesure.SUSPENDUE, "Les sanctions sont suspendues cette année.")
    if ouvre.valeur is None:
        return base.result(
            Mesure.NON_EVALUABLE,
            f"L’ouverture de la sanction n’est pas établie\u00a0: {ouvre.motif}.",
        )
    if not ouvre.valeur:
        return base.result(
            Mesure.AUCUNE, "Les obligations, appréciées dans leur ensemble, sont tenues."
        )
    return _sanctioned(base, choix.sanction)


class _Socle:
    """What every outcome of the socle shares."""

    def __init__(self, cadre: Cadre, niveau: Noeud, ouvre: Noeud, rien: Noeud) -> None:
        self.cadre = cadre
        self.niveau = niveau
        self.ouvre = ouvre
        self.rien = rien

    def result(
        self,
        mesure: Mesure,
        raison: str,
        sanction: tuple[Noeud, Noeud, Noeud] | None = None,
        autre: MesureNonMonetaire | None = None,
    ) -> ResultatVolet:
        """The result; `sanction` is the maximum, the part and the amount, unsigned."""
        maximum, modulation, montant = sanction or (
            self.rien,
            constante("Sans modulation", None, Nature.TAUX, _ENSEMBLE),
            self.rien,
        )
        moins = montants.negative("Sanction, en moins", montant) if sanction else self.rien
        signe = si("Montant du volet obligatoire", self.ouvre, moins, self.rien, _ENSEMBLE)
        return ResultatVolet(
            SOCLE,
            "Volet obligatoire",
            None,
            None,
            (),
            self.niveau,
            mesure,
            maximum,
            modulation,
            signe,
            raison,
            autre,
        )


def _opens(cadre: Cadre, choix: VoletSocle, niveau: Noeud) -> Noeud:
    """Whether a sanction opens: below the threshold of the contract, else as evaluators say."""
    seuil = choix.declenchement.seuil if choix.declenchement else None
    if seuil is not None:
        noeud = entree(
            "Seuil de déclenchement fixé au contrat",
            seuil,
            Nature.TAUX,
            cadre.in_contract(SOCLE, "declenchement", "seuil"),
        )
        return compute(
            Operation.INFERIEUR,
            "Niveau inférieur au seuil de déclenchement",
            Nature.OUI_NON,
            (niveau, noeud),
            _ENSEMBLE,
        )
    volet = cadre.volet(SOCLE)
    source = cadre.evaluation_source("volets", SOCLE, "sanction_proposee")
    if volet.sanction_proposee is None or volet.appreciation is None:
        cadre.fault(
            "V-040",
            source,
            "Rien ne dit si le volet obligatoire ouvre une sanction\u00a0: les textes ne donnent "
            "pas de seuil.",
            "Fixer «\u00a0socle: {declenchement: {seuil: 60 %}}\u00a0» au contrat, ou donner dans "
            "l’évaluation «\u00a0sanction_proposee\u00a0» et «\u00a0appreciation\u00a0».",
        )
    return entree(
        "Sanction proposée par les évaluateurs",
        volet.sanction_proposee,
        Nature.OUI_NON,
        str(source),
        motif="" if volet.sanction_proposee is not None else "rien ne décide de la sanction",
        fondement=_ENSEMBLE,
    )


def _sanctioned(base: _Socle, sanction: Sanction | None) -> ResultatVolet:
    cadre = base.cadre
    raison = "Les obligations, appréciées dans leur ensemble, ne sont pas tenues."
    if sanction is None or sanction.type not in (TypeSanction.MONTANT, TypeSanction.REDUCTION):
        cadre.fault(
            "V-041",
            cadre.contract_source(SOCLE, "sanction"),
            "La sanction du volet obligatoire n’est pas choisie\u00a0: soit un montant, soit une "
            "diminution de la prise en charge (contrat type, art. 10-6).",
            "Écrire «\u00a0socle: {sanction: {type: montant}}\u00a0» ou «\u00a0type: "
            "reduction_liste_en_sus\u00a0».",
        )
        return base.result(Mesure.NON_EVALUABLE, raison)
    if sanction.type is TypeSanction.REDUCTION:
        return _reduced(base, sanction, raison)
    maximum = montants.sanction_maximum(cadre, SOCLE, sanction, "socle/plafond_sanction")
    modulation = montants.part(cadre, SOCLE, "sanction", sanction.bareme, base.niveau)
    montant = montants.amount("Sanction proposée", maximum, modulation, _ENSEMBLE)
    return base.result(Mesure.SANCTION, raison, (maximum, modulation, montant))


def _reduced(base: _Socle, sanction: Sanction, raison: str) -> ResultatVolet:
    """The rate cut: never in euros, void where the liste en sus is not used."""
    cadre = base.cadre
    if cadre.etablissement.liste_en_sus is not True:
        cadre.warn(
            "V-042",
            cadre.contract_source(SOCLE, "sanction", "type"),
            "L’établissement n’utilise pas la liste en sus\u00a0: la diminution ne lui est pas "
            "opposable.",
            "Choisir une sanction en euros, s’il y a lieu.",
        )
        return base.result(
            Mesure.AUCUNE, f"{raison} La diminution n’est pas opposable sans liste en sus."
        )
    plafond = cadre.parameter("socle/plafond_reduction_liste_en_sus")
    maximum = montants.capped_rate(cadre, SOCLE, sanction, plafond)
    modulation = montants.part(cadre, SOCLE, "sanction", sanction.bareme, base.niveau)
    taux = compute(
        Operation.PRODUIT,
        "Diminution proposée de la part prise en charge",
        Nature.TAUX,
        (maximum, modulation),
        _LISTE,
    )
    return base.result(
        Mesure.REDUCTION, raison, None, MesureNonMonetaire(SOCLE, Mesure.REDUCTION, taux=taux)
    )
