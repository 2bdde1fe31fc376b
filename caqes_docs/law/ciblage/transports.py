"""R-TGT-T: transports, targeted when the growth or the amount exceeds its threshold.

Source: instruction DSS/A1/CNAMTS/2017/234, annex 4, § 1: « dépasse », hence a strict comparison.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

from caqes_docs.core.francais.formes import euros, taux
from caqes_docs.data.ciblage.modele import MesureLue, MesuresTransports
from caqes_docs.data.dossier.parties import VoletId
from caqes_docs.law.ciblage.decisions import DecisionCiblage, DecisionCritere, Issue, combine_volet
from caqes_docs.law.ciblage.seuils import Seuil, SeuilsCiblage
from caqes_docs.law.droit.modeles import Unite

REGLE = "R-TGT-T"
CHIFFRES = 60
"""Digits of a quotient. Amounts have fifteen and a threshold eight: a growth that differs from it
does so long before the sixtieth, and one that equals it is exact."""
_CENTIEME = 2
_DECIMALES_MAX = 12


def decide_transports(mesures: MesuresTransports, seuils: SeuilsCiblage) -> DecisionCiblage:
    """The decision of the transports volet: growth or amount."""
    criteres = (
        _growth(mesures, seuils.transports_evolution),
        _amount(mesures.montant, seuils.transports_montant),
    )
    return combine_volet(VoletId.TRANSPORTS, criteres, nommer=False)


def compute_growth(montant: Decimal, precedent: Decimal) -> Decimal | None:
    """N / N-1 − 1 as a fraction; None when N-1 is nought: no growth can be computed.

    >>> compute_growth(Decimal(1022), Decimal(1000))
    Decimal('0.022')
    """
    if precedent == 0:
        return None
    with localcontext() as contexte:
        contexte.prec = CHIFFRES
        return montant / precedent - 1


def find_growth(mesures: MesuresTransports) -> Decimal | None:
    """The growth computed from the two amounts, else as given by the table, else None."""
    montant, precedent = mesures.montant.valeur, mesures.montant_precedent.valeur
    if montant is not None and precedent is not None:
        calculee = compute_growth(montant, precedent)
        if calculee is not None:
            return calculee
    return mesures.evolution.valeur


def _growth(mesures: MesuresTransports, seuil: Seuil) -> DecisionCritere:
    evolution = find_growth(mesures)
    affichage = None if evolution is None else format_growth(evolution, seuil.valeur)
    if evolution is None:
        issue, raison = Issue.INDETERMINE, _why_unknown(mesures)
    else:
        issue, raison = _compare(evolution, seuil, f"L’évolution, {affichage},")
    lues = (mesures.montant, mesures.montant_precedent, mesures.evolution)
    return DecisionCritere(
        REGLE,
        VoletId.TRANSPORTS,
        "transports_evolution",
        "Évolution annuelle des dépenses",
        evolution,
        Unite.TAUX,
        seuil,
        issue,
        raison,
        tuple(m.source for m in lues if m.valeur is not None) or (mesures.montant.source,),
        affichage,
    )


def _why_unknown(mesures: MesuresTransports) -> str:
    debut = "L’évolution ne peut pas être calculée\u00a0:"
    if mesures.montant_precedent.valeur == 0:
        return f"{debut} le montant de l’année précédente est nul."
    if mesures.montant.valeur is None:
        return f"{debut} le montant de la dernière année n’est pas connu."
    return f"{debut} le montant de l’année précédente n’est pas connu."


def _amount(montant: MesureLue[Decimal], seuil: Seuil) -> DecisionCritere:
    if montant.valeur is None:
        issue, raison = Issue.INDETERMINE, "Le montant de la dernière année n’est pas connu."
    else:
        issue, raison = _compare(montant.valeur, seuil, f"Le montant, {euros(montant.valeur)},")
    return DecisionCritere(
        REGLE,
        VoletId.TRANSPORTS,
        "transports_montant_n",
        "Montant annuel des dépenses",
        montant.valeur,
        Unite.EURO,
        seuil,
        issue,
        raison,
        (montant.source,),
    )


def _compare(valeur: Decimal, seuil: Seuil, sujet: str) -> tuple[Issue, str]:
    if seuil.is_met(valeur):
        return Issue.CIBLE, f"{sujet} dépasse le seuil de {seuil.nu}."
    if valeur == seuil.valeur:
        return (
            Issue.NON_CIBLE,
            f"{sujet} égale le seuil de {seuil.nu} sans le dépasser.",
        )
    return Issue.NON_CIBLE, f"{sujet} ne dépasse pas le seuil de {seuil.nu}."


def format_growth(evolution: Decimal, seuil: Decimal | str) -> str:
    r"""The growth at two decimals, or more where fewer would show the threshold itself.

    >>> format_growth(Decimal("0.0456789"), Decimal("0.022"))
    '4,57\xa0%'
    >>> format_growth(Decimal("0.02200004"), Decimal("0.022"))
    '2,200004\xa0%'
    """
    pourcent = evolution * 100
    for decimales in range(_CENTIEME, _DECIMALES_MAX + 1):
        arrondi = pourcent.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
        if evolution == seuil or not isinstance(seuil, Decimal) or arrondi != seuil * 100:
            return taux(arrondi / 100)
    assert isinstance(seuil, Decimal)
    return f"{taux(seuil)} environ"
