"""The refusal to sign: a fixed sanction, never modulated (R-REF-1, X8).

Instruction DSS/A1/CNAMTS/2017/234, II.a.ii.
"""

from __future__ import annotations

from caqes_docs.core.constats import Constat, Gravite, fault
from caqes_docs.core.errors import DroitError
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.volets import Refus, TypeSanction
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.calcul.fondements import CENTIME_REFUS, ground_all
from caqes_docs.law.calcul.noeud import Nature, Operation, arrondi, compute
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
    for rang, refus in enumerate(contrat.refus):
        jour = refus.constate_le or contrat.signature.date_retenue
        if jour is None:
            source = dossier.fichier.source(("contrat", "refus", rang))
            message = "La date du refus manque\u00a0: elle choisit le taux de la sanction."
            remede = "Remplir «\u00a0constate_le\u00a0»."
            constats.append(Constat("V-046", Gravite.MANQUE, source, message, remede))
            continue
        cadre = Cadre(dossier, None, droit, jour)
        try:
            resultat = evaluate_refusal(cadre, rang, refus)
        except DroitError as error:
            source = cadre.contract_source("refus", rang)
            constats.append(fault(error.code, source, error.message, error.remede))
            continue
        constats.extend(cadre.constats)
        if resultat is not None:
            resultats.append(ground_all(resultat, droit))
    return tuple(resultats), constats


def evaluate_refusal(cadre: Cadre, rang: int, refus: Refus) -> ResultatRefus | None:
    """The sanction that a refusal incurs; None when the data do not decide it."""
    source = cadre.contract_source("refus", rang)
    if refus.sanction is TypeSanction.REDUCTION and refus.volet == SOCLE:
        return ResultatRefus(rang, refus.volet, None, cadre.parameter("refus/reduction"))
    if refus.sanction is not TypeSanction.MONTANT:
        cadre.fault(
            "V-045",
            source,
            "La sanction du refus n’est pas choisie, ou n’est pas admise pour ce volet.",
            "Écrire «\u00a0sanction: montant\u00a0», ou «\u00a0reduction_liste_en_sus\u00a0» pour "
            "le volet obligatoire, relatif aux produits de santé.",
        )
        return None
    taux = cadre.parameter("refus/taux")
    lieu = cadre.contract_source("refus", rang, "exercice")
    base = cadre.need_produits(cadre.produits(refus.exercice, lieu), lieu)
    brut = compute(
        Operation.PRODUIT,
        "Sanction du refus, avant arrondi",
        Nature.EURO,
        (taux, base),
        taux.fondement,
    )
    montant = arrondi("Sanction du refus de signer", brut, CENTIME_REFUS)
    return ResultatRefus(rang, refus.volet, montant, None)
