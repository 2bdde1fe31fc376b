"""The refusal to sign: a fixed sanction, never modulated (R-REF-1, X8).

Instruction DSS/A1/CNAMTS/2017/234, II.a.ii.
"""

from __future__ import annotations

from dataclasses import dataclass

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.depot import Affaire
from caqes_docs.data.volets import Refus, TypeSanction
from caqes_docs.law.calcul import Nature, Noeud, Operation, arrondi, compute
from caqes_docs.law.droit import Droit, effect_date
from caqes_docs.law.formules import montants
from caqes_docs.law.formules.cadre import Cadre
from caqes_docs.law.formules.socle import SOCLE


@dataclass(frozen=True)
class ResultatRefus:
    """The sanction of the refusal of that rank: an amount, or a rate on the liste en sus."""

    rang: int
    volet: str
    montant: Noeud | None
    taux: Noeud | None


def evaluate_refusals(
    affaire: Affaire, droit: Droit
) -> tuple[tuple[ResultatRefus, ...], list[Constat]]:
    """The sanctions that the refusals of a dossier incur, and what is missing to know them."""
    contrat = affaire.dossier.valeur.contrat
    resultats: list[ResultatRefus] = []
    constats: list[Constat] = []
    for rang, refus in enumerate(contrat.refus):
        jour = contrat.signature.date_retenue or refus.constate_le
        if jour is None:
            source = affaire.dossier.fichier.source(("contrat", "refus", rang))
            message = "La date du refus manque\u00a0: elle choisit le taux de la sanction."
            remede = "Remplir «\u00a0constate_le\u00a0»."
            constats.append(Constat("V-046", Gravite.MANQUE, source, message, remede))
            continue
        cadre = Cadre(affaire, None, droit, effect_date(jour))
        resultat = evaluate_refusal(cadre, rang, refus)
        constats.extend(cadre.constats)
        if resultat is not None:
            resultats.append(resultat)
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
    montant = arrondi("Sanction du refus de signer", brut, montants.CENTIME)
    return ResultatRefus(rang, refus.volet, montant, None)
