"""The refusal to sign: a fixed sanction, never modulated (R-REF-1, X8, X35).

D. 162-15 of the code de la sécurité sociale; instruction DSS/A1/CNAMTS/2017/234, II.a.ii.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from caqes_docs.core.constats import Constat, Gravite, fault
from caqes_docs.core.errors import DroitError
from caqes_docs.data.dossier.contrat import Contrat, Dossier, SanctionDeRefus
from caqes_docs.data.dossier.volets import Refus, TypeSanction
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.calcul.fondements import CENTIME_REFUS, ground_all
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation, arrondi, compute
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.resultats import ResultatRefus


def evaluate_refusals(
    dossier: Charge[Dossier], droit: Droit
) -> tuple[tuple[ResultatRefus, ...], list[Constat]]:
    """The sanctions that the refusals of a dossier incur, and what is missing to know them."""
    contrat = dossier.valeur.contrat
    resultats: list[ResultatRefus] = []
    constats: list[Constat] = []
    for ensemble in refused_together(contrat):
        if len(ensemble) > 1 and contrat.choix.sanction_refus_de_plusieurs_volets is None:
            constats.append(_unchosen(dossier, ensemble))
            continue
        for rangs in _sanctioned_together(contrat, ensemble):
            resultat = _evaluate(dossier, droit, rangs, constats)
            resultats.extend([] if resultat is None else [resultat])
    return tuple(resultats), constats


def refused_together(contrat: Contrat) -> list[tuple[int, ...]]:
    """The ranks of the refusals, proposal by proposal: one procedure, one act."""
    ensembles: list[list[int]] = []
    for rang, refus in enumerate(contrat.refus):
        for ensemble in ensembles:
            if contrat.refus[ensemble[0]].procedure == refus.procedure:
                ensemble.append(rang)
                break
        else:
            ensembles.append([rang])
    return [tuple(ensemble) for ensemble in ensembles]


def _sanctioned_together(contrat: Contrat, ensemble: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The ranks that one sanction answers: all of a proposal, or each its own (X35)."""
    if contrat.choix.sanction_refus_de_plusieurs_volets is SanctionDeRefus.UNIQUE:
        return [ensemble]
    return [(rang,) for rang in ensemble]


def _unchosen(dossier: Charge[Dossier], ensemble: tuple[int, ...]) -> Constat:
    volets = ", ".join(dossier.valeur.contrat.refus[rang].volet for rang in ensemble)
    return fault(
        "V-045",
        dossier.fichier.source(("contrat", "refus", ensemble[-1])),
        f"Plusieurs volets sont refusés ensemble ({volets}), et le dossier ne dit pas si la "
        "sanction est unique ou se compte par volet\u00a0: les textes ne le disent pas (X35).",
        "Écrire «\u00a0choix.sanction_refus_de_plusieurs_volets\u00a0: unique\u00a0» ou "
        "«\u00a0par_volet\u00a0».",
    )


def _evaluate(
    dossier: Charge[Dossier], droit: Droit, rangs: tuple[int, ...], constats: list[Constat]
) -> ResultatRefus | None:
    """The sanction of the refusals of these ranks, that of the first of them."""
    contrat, rang = dossier.valeur.contrat, rangs[0]
    refus = contrat.refus[rang]
    source = dossier.fichier.source(("contrat", "refus", rang))
    jour = refus.constate_le or contrat.signature.date_retenue
    if jour is None:
        message = "La date du refus manque\u00a0: elle choisit le taux de la sanction."
        remede = "Remplir «\u00a0constate_le\u00a0»."
        constats.append(Constat("V-046", Gravite.MANQUE, source, message, remede))
        return None
    cadre = Cadre(dossier, None, droit, jour)
    try:
        resultat = evaluate_refusal(cadre, rang, refus)
    except DroitError as error:
        constats.append(fault(error.code, source, error.message, error.remede))
        return None
    constats.extend(cadre.constats)
    volets = tuple(contrat.refus[autre].volet for autre in rangs)
    return None if resultat is None else ground_all(replace(resultat, volets=volets), droit)


def evaluate_refusal(cadre: Cadre, rang: int, refus: Refus) -> ResultatRefus | None:
    """The sanction that a refusal incurs; None when the data do not decide it."""
    source = cadre.contract_source("refus", rang)
    if refus.sanction is TypeSanction.REDUCTION and refus.volet == SOCLE:
        return ResultatRefus(rang, (refus.volet,), None, cadre.parameter("refus/reduction"))
    if refus.sanction is not TypeSanction.MONTANT:
        cadre.fault(
            "V-045",
            source,
            "La sanction du refus n’est pas choisie, ou n’est pas admise pour ce volet.",
            "Écrire «\u00a0sanction: montant\u00a0», ou «\u00a0reduction_liste_en_sus\u00a0» pour "
            "le volet obligatoire, relatif aux produits de santé.",
        )
        return None
    lieu = cadre.contract_source("refus", rang, "exercice")
    base = cadre.need_produits(cadre.produits(refus.exercice, lieu), lieu)
    return ResultatRefus(rang, (refus.volet,), _amount(cadre, base), None)


def evaluate_incurred(dossier: Charge[Dossier], droit: Droit, jour: dt.date) -> Noeud | None:
    """What a refusal would cost on that day: None when the products of the year are not known."""
    cadre = Cadre(dossier, None, droit, jour)
    base = cadre.produits(jour.year - 1, cadre.contract_source("procedure"))
    return _amount(cadre, base) if base.is_known else None


def _amount(cadre: Cadre, base: Noeud) -> Noeud:
    """The fixed share of the products, rounded once."""
    taux = cadre.parameter("refus/taux")
    brut = compute(
        Operation.PRODUIT,
        "Sanction du refus, avant arrondi",
        Nature.EURO,
        (taux, base),
        taux.fondement,
    )
    return arrondi("Sanction du refus de signer", brut, CENTIME_REFUS)
