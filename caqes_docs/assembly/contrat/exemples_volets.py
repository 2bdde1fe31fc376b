"""What a volet would give on a few hypotheses, with the figures of the contract.

Establishments know from the signature what their evaluation leads to (instruction
DSS/A1/CNAMTS/2017/234, IV.a). Scales and rounding are those of the evaluation; what the contract
or the dossier does not say gives no example.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.contrat.vocabulaire import LigneExemple, LigneObjectif
from caqes_docs.core.francais import formes
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.etablissement import Etablissement, ProduitsAssuranceMaladie
from caqes_docs.data.dossier.volets import (
    Bareme,
    BaseNiveau,
    Interessement,
    NomBareme,
    Sanction,
    TypeSanction,
    Volet,
)
from caqes_docs.law.calcul.noeud import Fondement, Nature, constante
from caqes_docs.law.caqes_1.baremes import MODULATION, BaremePose, Effet, check_scale, compute_part
from caqes_docs.law.caqes_1.montants import ECONOMIES, SANCTION, amount
from caqes_docs.law.caqes_1.montants_volet import reward_is_allowed
from caqes_docs.law.droit.catalogue import ModeleVolet, VoletDecrit
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.langage.vues import Lieu

ECONOMIES_SUPPOSEES = Decimal(10_000)
"""Savings of an example, in euros: a unit to reckon with, not a forecast."""

_ENTIER, _MOITIE, _RIEN = Decimal(1), Decimal("0.5"), Decimal(0)


@dataclass(frozen=True)
class Exemples:
    """The examples of one volet, worked out from its contract."""

    droit: Droit
    decrit: VoletDecrit
    volet: Volet
    signature: dt.date
    effet: dt.date
    etablissement: Etablissement
    lieu: Lieu
    principal: LigneObjectif | None
    supplementaire: LigneObjectif | None

    def lines(self) -> tuple[LigneExemple, ...]:
        """Reward, neither, sanction, in that order; empty when nothing can be shown."""
        if self.principal is None:
            return ()
        return (*self._reward_lines(), *self._neither_line(), *self._sanction_lines())

    # What the results open, in words

    @property
    def _sujet(self) -> str:
        assert self.principal is not None
        nom = "Cible" if self._is_matrix else "Objectif principal"
        if self.principal.cible is None or self.principal.cible == "oui":
            return nom
        return f"{nom} ({self.principal.sens} {self.principal.cible})".replace("( ", "(")

    @property
    def _is_matrix(self) -> bool:
        return self.decrit.modele is ModeleVolet.TRANSPORTS

    @property
    def _accord(self) -> str:
        return "atteinte" if self._is_matrix else "atteint"

    @property
    def _two(self) -> bool:
        return self._is_matrix and self.supplementaire is not None

    def _neither_line(self) -> Iterator[LigneExemple]:
        if self._two:
            hypothese = f"{self._sujet} non {self._accord}, objectif supplémentaire atteint"
            yield example_line(hypothese, "Ni intéressement, ni sanction", "—", None)

    # Amounts

    def _reward_lines(self) -> Iterator[LigneExemple]:
        interessement = self.volet.interessement
        if interessement is None or not interessement.prevu:
            return
        maximum = self._reward_maximum(interessement)
        if maximum is None or not reward_is_allowed(self.decrit, self.effet):
            return
        debut = f"{self._sujet} {self._accord}"
        if self._two:
            debut += ", objectif supplémentaire atteint"
        if interessement.taux_maximum is not None:
            debut += f", {_euros(ECONOMIES_SUPPOSEES)} d’économies"
        pose = self._scale(interessement.bareme, "interessement")
        for niveau in example_levels(interessement.bareme, Effet.INTERESSEMENT):
            cas = Cas("Intéressement", maximum, Effet.INTERESSEMENT, ECONOMIES)
            yield from cas.lines(debut, pose, niveau)

    def _reward_maximum(self, interessement: Interessement) -> Maximum | None:
        """The lesser of the share of savings and of the fixed maximum."""
        maxima = []
        taux, fixe = interessement.taux_maximum, interessement.montant_maximum
        if taux is not None:
            plafond = self._cap("volets/plafond_interessement") if self._is_matrix else taux
            retenu = min(taux, plafond)
            calcul = f"{rate_words(retenu)} × {_euros(ECONOMIES_SUPPOSEES)}"
            maxima.append(Maximum(retenu * ECONOMIES_SUPPOSEES, calcul))
        if fixe is not None:
            maxima.append(Maximum(fixe, _euros(fixe)))
        if maxima and self.decrit.plafond_interessement is not None:
            plafond = self._cap(self.decrit.plafond_interessement)
            maxima.append(Maximum(plafond, _euros(plafond)))
        return min(maxima, key=lambda m: m.montant or _RIEN) if maxima else None

    def _sanction_lines(self) -> Iterator[LigneExemple]:
        sanction = self.volet.sanction
        if not self.volet.donne_lieu_a_sanction or sanction is None:
            return
        if self._two:
            debut = "Objectif supplémentaire non atteint"
        else:
            debut = f"{self._sujet} non {self._accord}"
        if sanction.type is TypeSanction.MSAP and sanction.duree_maximale_mois is not None:
            mesure = f"Mise sous accord préalable, {sanction.duree_maximale_mois} mois au plus"
            yield example_line(debut, mesure, "—", None)
        maximum = self._sanction_maximum(sanction)
        if maximum is None:
            return
        pose = self._scale(sanction.bareme, "sanction")
        for niveau in example_levels(sanction.bareme, Effet.SANCTION):
            cas = Cas("Sanction financière", maximum, Effet.SANCTION, SANCTION)
            yield from cas.lines(debut, pose, niveau)

    def _sanction_maximum(self, sanction: Sanction) -> Maximum | None:
        if sanction.type is not TypeSanction.MONTANT or sanction.taux_maximum is None:
            return None
        retenu = min(sanction.taux_maximum, *map(self._cap, self.decrit.plafonds_sanction))
        produits = self._products()
        if produits is None:
            return Maximum(None, f"{rate_words(retenu)} × produits du dernier exercice clos")
        calcul = (
            f"{rate_words(retenu)} × {_euros(produits.montant)} (produits de {produits.exercice})"
        )
        return Maximum(retenu * produits.montant, calcul)

    def _products(self) -> ProduitsAssuranceMaladie | None:
        return last_products(self.etablissement, self.signature)

    def _cap(self, parametre: str) -> Decimal:
        valeur = self.droit.parameter(parametre, self.effet).valeur
        assert isinstance(valeur, Decimal)
        return valeur

    def _scale(self, bareme: Bareme | None, cle: str) -> BaremePose | None:
        fichier = self.lieu.fichier
        if bareme is None or fichier is None:
            return None
        return BaremePose(bareme, fichier, (*self.lieu.chemin, cle, "bareme"))


@dataclass(frozen=True)
class Maximum:
    """The most that a measure can be, when it is known, and how it is reckoned."""

    montant: Decimal | None
    calcul: str


@dataclass(frozen=True)
class Cas:
    """One measure, its maximum and its ground."""

    mesure: str
    maximum: Maximum
    effet: Effet
    fondement: Fondement
    obligations: str = ""
    """What the level is that of, where the scale does not say."""

    def lines(self, debut: str, pose: BaremePose | None, niveau: Decimal) -> Iterator[LigneExemple]:
        """The example at that level of realisation; none when the scale does not say."""
        if pose is None or any(check_scale(pose, self.effet)):
            return
        if pose.bareme.nom is NomBareme.SAISIE:
            hypothese = f"{debut}, modulation proposée et motivée à l’évaluation"
            montant = self._amount(_ENTIER)
            yield example_line(hypothese, f"{self.mesure}, au plus", self.maximum.calcul, montant)
            return
        noeud = constante("Niveau supposé", niveau, Nature.TAUX, MODULATION)
        part = compute_part(pose, noeud, self.effet, noeud).nombre
        obligations = self.obligations.lower() or _OBLIGATIONS[pose.bareme.sur]
        hypothese = f"{debut}, {obligations} {rate_words(niveau)}"
        calcul = f"{self.maximum.calcul} × {rate_words(part)}"
        yield example_line(hypothese, self.mesure, calcul, self._amount(part))

    def _amount(self, part: Decimal) -> Decimal | None:
        if self.maximum.montant is None:
            return None
        maximum = constante("Maximum", self.maximum.montant, Nature.EURO, self.fondement)
        modulation = constante("Part", part, Nature.TAUX, MODULATION)
        return amount(self.mesure, maximum, modulation, self.fondement).nombre


_OBLIGATIONS = {
    BaseNiveau.ACTIONS: "plan d’actions réalisé à",
    BaseNiveau.OBJECTIFS: "objectifs complémentaires réalisés à",
    BaseNiveau.RISQUES: "part des risques levés :",
    None: "obligations complémentaires réalisées à",
}


def last_products(
    etablissement: Etablissement, signature: dt.date
) -> ProduitsAssuranceMaladie | None:
    """P of the last year closed at the signature, among those of the dossier.

    Later years are left out: the act, printed again, must say what it said when signed.
    """
    clos = [
        produits
        for produits in etablissement.produits_assurance_maladie
        if produits.exercice < signature.year
    ]
    return max(clos, key=lambda p: p.exercice, default=None)


def example_levels(bareme: Bareme | None, effet: Effet) -> tuple[Decimal, ...]:
    """Levels of realisation that show what a scale does."""
    if bareme is not None and bareme.nom is NomBareme.SAISIE:
        return (_ENTIER,)
    if bareme is not None and bareme.nom is NomBareme.TOUT_OU_RIEN and bareme.seuil is not None:
        niveaux = (bareme.seuil, _RIEN)
    else:
        niveaux = (_ENTIER, _MOITIE)
    if effet is Effet.SANCTION:
        niveaux = (_RIEN, niveaux[0] if niveaux[1] == _RIEN else niveaux[1])
    return niveaux


def example_line(hypothese: str, mesure: str, calcul: str, montant: Decimal | None) -> LigneExemple:
    """An example as printed."""
    return LigneExemple(
        typographier(hypothese), typographier(mesure), typographier(calcul), montant
    )


def rate_words(fraction: Decimal) -> str:
    r"""A rate as printed; the amount is reckoned on the whole of it.

    >>> rate_words(Decimal("0.5")), rate_words(Decimal(5) / Decimal(6))
    ('50\xa0%', 'environ 83,33\xa0%')
    """
    affiche = fraction.quantize(Decimal("0.0001"))
    mots = formes.taux(affiche.normalize())
    return mots if affiche == fraction else f"environ {mots}"


def _euros(montant: Decimal) -> str:
    return formes.euros(montant)
