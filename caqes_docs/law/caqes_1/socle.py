"""The volet obligatoire: judged as a whole, one of two sanctions, never both.

Contrat type, art. 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, annexe 1, § 2 (R-SOC-1 to
R-SOC-5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.niveau import MesureNiveau
from caqes_docs.data.dossier.volets import Interessement, Sanction, TypeSanction, VoletSocle
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.calcul.fondements import ENSEMBLE, LISTE
from caqes_docs.law.calcul.noeud import (
    Nature,
    Noeud,
    Operation,
    compute,
    constante,
    entree,
    si,
)
from caqes_docs.law.caqes_1 import montants
from caqes_docs.law.caqes_1.baremes import needs_level
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.en_cours import Somme, undecided
from caqes_docs.law.caqes_1.niveau.pesee import unweighted
from caqes_docs.law.caqes_1.niveau.renseignees import judged_obligations
from caqes_docs.law.caqes_1.niveau.socle import INDICATEURS, level_of_socle, parts_chosen
from caqes_docs.law.resultats import (
    MesureNonMonetaire,
    MesureProposee,
    PartPesee,
    ResultatObjectif,
    ResultatVolet,
)

SOCLE = "socle"
LIBELLE_SOCLE = "Volet obligatoire"


def evaluate_socle(cadre: Cadre, indicateurs: tuple[ResultatObjectif, ...]) -> ResultatVolet:
    """The result of the socle, from the results of its indicators."""
    choix = cadre.contrat.socle or VoletSocle()
    niveau, parts = cadre.niveaux.get(SOCLE), tuple[PartPesee, ...]()
    if niveau is None:
        niveau, parts = level_of_socle(cadre, choix.niveau, indicateurs)
        if unweighted(indicateurs):
            cadre.constats.extend(check_coefficients(cadre.dossier, choix, Gravite.ERREUR))
    base = _Socle(cadre, niveau, _opens(cadre, choix, niveau), parts)
    prevu = choix.interessement is not None and choix.interessement.prevu
    if cadre.suspension.valeur is True and not prevu and base.ouvre.valeur is not False:
        return base.result(MesureProposee.SUSPENDUE, cadre.suspension_dite)
    if base.ouvre.valeur is None:
        raison = f"L’ouverture de la sanction n’est pas établie\u00a0: {base.ouvre.motif}."
        return base.result(MesureProposee.NON_EVALUABLE, raison)
    if not base.ouvre.valeur:
        return _held(base, choix.interessement)
    if cadre.suspension.valeur is True:
        return base.result(MesureProposee.SUSPENDUE, cadre.suspension_dite)
    return _sanctioned(base, choix.sanction)


@dataclass(frozen=True)
class _Socle:
    """What every outcome of the socle shares; `ouvre`: the results open a sanction."""

    cadre: Cadre
    niveau: Noeud
    ouvre: Noeud
    parts: tuple[PartPesee, ...]

    def result(
        self,
        mesure: MesureProposee,
        raison: str,
        somme: Somme | None = None,
        autre: MesureNonMonetaire | None = None,
    ) -> ResultatVolet:
        """The result; `somme` is the amount of the measure, unsigned."""
        rien = constante("Aucun montant", montants.zero("").valeur, Nature.EURO, ENSEMBLE)
        return ResultatVolet(
            SOCLE,
            LIBELLE_SOCLE,
            None,
            None,
            (),
            self.niveau,
            mesure,
            somme.maximum if somme else rien,
            somme.modulation
            if somme
            else constante("Sans modulation", None, Nature.TAUX, ENSEMBLE),
            self._signed(mesure, somme, rien),
            raison,
            autre,
            parts=self.parts,
        )

    def _signed(self, mesure: MesureProposee, somme: Somme | None, rien: Noeud) -> Noeud:
        """The amount as the grid signs it, under the conditions that chose it."""
        active = compute(
            Operation.NON, "Année non suspendue", Nature.OUI_NON, (self.cadre.suspension,)
        )
        ouvre = compute(
            Operation.ET,
            "Sanction ouverte, hors année suspendue",
            Nature.OUI_NON,
            (self.ouvre, active.with_ground(self.cadre.suspension.fondement or ENSEMBLE)),
            ENSEMBLE,
        )
        plus = moins = rien
        if somme is not None and mesure is MesureProposee.INTERESSEMENT:
            libelle = "Intéressement, les obligations étant tenues"
            plus = si(libelle, self.ouvre, rien, somme.montant, ENSEMBLE)
        elif somme is not None:
            moins = montants.negative("Sanction, en moins", somme.montant)
        return si("Montant du volet obligatoire", ouvre, moins, plus, ENSEMBLE)


def check_coefficients(
    dossier: Charge[Dossier], socle: VoletSocle, gravite: Gravite
) -> Iterator[Constat]:
    """V-027: the level weighs coefficients, and an indicator with targets has none (R-SOC-2)."""
    part = parts_chosen(socle.niveau).get(INDICATEURS)
    if part is None or part.mesure is not MesureNiveau.POIDS or not level_decides(socle):
        return
    poses = dossier.valeur.contrat.indicateurs
    oublis = [code for code, pose in poses.items() if pose.cibles and pose.coefficient is None]
    if oublis:
        yield Constat(
            "V-027",
            gravite,
            dossier.fichier.source(("contrat", "indicateurs", oublis[0])),
            f"Des indicateurs n’ont pas de coefficient ({', '.join(oublis)})\u00a0: le niveau de "
            "réalisation du volet obligatoire les pèse.",
            "Donner «\u00a0coefficient\u00a0» à chacun (0 % pour ne pas le compter), ou écrire "
            "«\u00a0mesure: nombre\u00a0».",
        )


def level_decides(choix: VoletSocle) -> bool:
    """Whether a threshold or a scale of the socle rests on its level of realisation."""
    seuil = choix.declenchement.seuil if choix.declenchement else None
    baremes = [clause.bareme for clause in (choix.sanction, choix.interessement) if clause]
    return seuil is not None or any(needs_level(bareme) for bareme in baremes)


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
            ENSEMBLE,
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
        motif="rien ne décide de la sanction",
        fondement=ENSEMBLE,
    )


def _held(base: _Socle, interessement: Interessement | None) -> ResultatVolet:
    """The obligations are kept: a reward where the contract foresees one (R-SOC-4, X10).

    The instruction has none; from the LFSS for 2018 on it is open to all volets. No text says when
    it is earned on the socle: here, when the obligations judged as a whole open no sanction.
    """
    cadre = base.cadre
    raison = f"{judged_obligations(cadre)}, appréciées dans leur ensemble, sont tenues."
    if interessement is None or not interessement.prevu:
        return base.result(MesureProposee.AUCUNE, raison)
    source = cadre.contract_source(SOCLE, "interessement")
    permis = cadre.parameter("socle/interessement")
    if permis.valeur != "oui":
        cadre.fault(
            "V-029",
            source,
            "Aucun intéressement n’est possible pour le volet obligatoire d’un contrat qui prend "
            "effet à cette date.",
            "Écrire «\u00a0prevu: non\u00a0».",
        )
        return base.result(MesureProposee.AUCUNE, raison)
    fondement = permis.fondement or ENSEMBLE
    maximum = montants.reward_maximum(cadre, SOCLE, interessement, fondement)
    modulation = montants.part(cadre, SOCLE, "interessement", interessement.bareme, base.niveau)
    montant = montants.amount("Intéressement proposé", maximum, modulation, fondement)
    somme = Somme(base.niveau, maximum, modulation, montant)
    return base.result(MesureProposee.INTERESSEMENT, raison, somme)


def _sanctioned(base: _Socle, sanction: Sanction | None) -> ResultatVolet:
    cadre = base.cadre
    raison = f"{judged_obligations(cadre)}, appréciées dans leur ensemble, ne sont pas tenues."
    if sanction is None or sanction.type not in (TypeSanction.MONTANT, TypeSanction.REDUCTION):
        cadre.fault(
            "V-041",
            cadre.contract_source(SOCLE, "sanction"),
            "La sanction du volet obligatoire n’est pas choisie\u00a0: soit un montant, soit une "
            "diminution de la prise en charge (contrat type, art. 10-6).",
            "Écrire «\u00a0socle: {sanction: {type: montant}}\u00a0» ou «\u00a0type: "
            "reduction_liste_en_sus\u00a0».",
        )
        motif = "la sanction du volet obligatoire n’est pas choisie"
        source = cadre.in_contract(SOCLE, "sanction")
        return base.result(
            MesureProposee.NON_EVALUABLE,
            f"{raison} Le montant n’est pas évaluable\u00a0: {motif}.",
            undecided("Sanction proposée", motif, source),
        )
    if sanction.type is TypeSanction.REDUCTION:
        return _reduced(base, sanction, raison)
    maximum = montants.sanction_maximum(cadre, SOCLE, sanction, ("socle/plafond_sanction",))
    modulation = montants.part(cadre, SOCLE, "sanction", sanction.bareme, base.niveau)
    montant = montants.amount("Sanction proposée", maximum, modulation, ENSEMBLE)
    somme = Somme(base.niveau, maximum, modulation, montant)
    return base.result(MesureProposee.SANCTION, raison, somme)


def _reduced(base: _Socle, sanction: Sanction, raison: str) -> ResultatVolet:
    """The rate cut: never in euros, void where the liste en sus is not used."""
    cadre = base.cadre
    if cadre.etablissement.liste_en_sus is None:
        return _unknown_list(base, raison)
    if not cadre.etablissement.liste_en_sus:
        cadre.warn(
            "V-042",
            cadre.contract_source(SOCLE, "sanction", "type"),
            "L’établissement n’utilise pas la liste en sus\u00a0: la diminution ne lui est pas "
            "opposable.",
            "Choisir une sanction en euros, s’il y a lieu.",
        )
        return base.result(
            MesureProposee.AUCUNE, f"{raison} La diminution n’est pas opposable sans liste en sus."
        )
    plafond = cadre.parameter("socle/plafond_reduction_liste_en_sus")
    maximum = montants.capped_rate(cadre, SOCLE, sanction, plafond)
    modulation = montants.part(cadre, SOCLE, "sanction", sanction.bareme, base.niveau)
    taux = compute(
        Operation.PRODUIT,
        "Diminution selon le barème",
        Nature.TAUX,
        (maximum, modulation),
        LISTE,
    )
    proposee = montants.proposed_cut(taux, sanction, cadre.suspension)
    mesure = MesureNonMonetaire(
        SOCLE,
        MesureProposee.REDUCTION,
        taux=proposee,
        maximum=maximum,
        modulation=modulation,
        unite=sanction.unite.libelle if sanction.unite else "",
    )
    return base.result(MesureProposee.REDUCTION, raison, None, mesure)


def _unknown_list(base: _Socle, raison: str) -> ResultatVolet:
    """Unknown is not no: nothing tells whether the cut would mean anything."""
    source = base.cadre.dossier.fichier.source(("etablissement", "liste_en_sus"))
    motif = "le dossier ne dit pas si l’établissement utilise la liste en sus"
    base.cadre.fault(
        "V-043",
        source,
        "Le dossier ne dit pas si l’établissement utilise la liste en sus\u00a0: la diminution de "
        "la prise en charge ne lui serait pas opposable s’il ne l’utilise pas.",
        "Écrire «\u00a0liste_en_sus: oui\u00a0» ou «\u00a0non\u00a0» dans l’établissement.",
    )
    return base.result(
        MesureProposee.NON_EVALUABLE,
        f"{raison} La mesure n’est pas évaluable\u00a0: {motif}.",
        undecided("Sanction proposée", motif, str(source)),
    )
