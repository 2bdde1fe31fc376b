"""The spending that a contract expects, year by year: what savings are measured from (X6)."""

from __future__ import annotations

from decimal import Decimal

from caqes_docs.assembly.contrat.vocabulaire import LigneEconomie
from caqes_docs.core.francais import formes
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.volets import BaseEconomies, Interessement
from caqes_docs.law.caqes_1.economies import expected_spending
from caqes_docs.redaction.langage.vues import Lieu


def spending_lines(interessement: Interessement | None, lieu: Lieu) -> tuple[LigneEconomie, ...]:
    """The years that the base of the contract speaks of; `lieu` is the place of the reward."""
    if interessement is None or interessement.base_economies is None:
        return ()
    cle = _CLES[interessement.base_economies]
    return tuple(
        LigneEconomie(
            annee=annee,
            mode=typographier(_mode(interessement, annee)),
            depense=_expected(interessement, annee),
            origines={"depense": lieu.child(cle).child(str(annee))},
        )
        for annee in sorted(getattr(interessement, cle))
    )


_CLES = {
    BaseEconomies.CIBLE: "depenses_cibles",
    BaseEconomies.TENDANCIEL: "evolutions_tendancielles",
}
"""Where a contract writes what it expects of each year."""


def spending_place(interessement: Interessement | None, lieu: Lieu) -> Lieu:
    """What to fill in when no spending is expected: the base first, then its years."""
    base = interessement.base_economies if interessement else None
    return lieu.child(_CLES[base] if base else "base_economies")


def _mode(interessement: Interessement, annee: int) -> str:
    """How the spending of a year is fixed, in words."""
    if interessement.base_economies is BaseEconomies.CIBLE:
        return "cible fixée par les parties"
    taux, reference = (
        interessement.evolutions_tendancielles.get(annee),
        interessement.depense_de_reference,
    )
    if taux is None:
        return "évolution à fixer"
    premiere = reference is not None and reference.annee == annee - 1
    avant = "arrêtée pour" if premiere else "attendue en"
    signe = "augmentée" if taux >= 0 else "diminuée"
    return f"dépense {avant} {annee - 1}, {signe} de {formes.taux(abs(taux))}"


def _expected(interessement: Interessement, annee: int) -> Decimal | None:
    valeur = expected_spending(interessement, annee, lambda *_: "").valeur
    return valeur if isinstance(valeur, Decimal) else None
