"""What an evaluation comes to: each result, each amount with its tree, what remains to choose.

Everything is a proposal: the director general decides (contrat type, art. 6).
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.data.dossier.volets import Bareme
from caqes_docs.law.calcul.noeud import Noeud


class Atteinte(enum.StrEnum):
    """Whether a target is reached."""

    ATTEINT = "atteint"
    NON_ATTEINT = "non_atteint"
    NON_EVALUABLE = "non_evaluable"
    SANS_OBJET = "sans_objet"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "atteint": "atteint",
            "non_atteint": "non atteint",
            "non_evaluable": "non évaluable",
            "sans_objet": "sans objet",
        }[self.value]


class MesureProposee(enum.StrEnum):
    """What is proposed for a volet."""

    INTERESSEMENT = "interessement"
    SANCTION = "sanction"
    REDUCTION = "reduction_liste_en_sus"
    MSAP = "mise_sous_accord_prealable"
    AUCUNE = "aucune"
    SUSPENDUE = "suspendue"
    NON_EVALUABLE = "non_evaluable"

    @property
    def libelle(self) -> str:
        """The words printed in an act."""
        return {
            "interessement": "intéressement",
            "sanction": "sanction financière",
            "reduction_liste_en_sus": "diminution de la part prise en charge au titre de la "
            "liste en sus",
            "mise_sous_accord_prealable": "mise sous accord préalable",
            "aucune": "aucune mesure",
            "suspendue": "aucune sanction (année suspendue)",
            "non_evaluable": "non évaluable",
        }[self.value]


@dataclass(frozen=True)
class ResultatObjectif:
    """One indicator or objective, measured against its target of the year.

    `observe`, `cible` and `verdict` (yes or no) are steps of computation; `poids` is a fraction.
    """

    code: str
    libelle: str
    statut: Atteinte
    observe: Noeud
    cible: Noeud
    verdict: Noeud
    poids: Noeud | None = None
    site: str = ""
    sans_objet: str = ""
    """Why the contract leaves it out."""
    themes: tuple[str, ...] = ()
    """The themes, or the criteria, that the evaluation found among those of the indicator."""
    annee_cible: int | None = None
    """The year of the target, when it is an earlier one that still holds (X40)."""
    sans_cible: bool = False
    """It counts, and the contract sets no target for the year."""


@dataclass(frozen=True)
class MesureNonMonetaire:
    """What is not in euros and cannot enter the sum (R-ALL-3): a rate cut, or an MSAP."""

    volet: str
    mesure: MesureProposee
    taux: Noeud | None = None
    duree_mois: Noeud | None = None
    maximum: Noeud | None = None
    """The most that the contract allows: a rate, or months."""
    modulation: Noeud | None = None
    """The part of it that the scale keeps, in [0, 1]."""
    actes: str = ""
    date_effet: dt.date | None = None
    unite: str = ""
    """What a rate cut counts in, in words (X37)."""


@dataclass(frozen=True)
class PartPesee:
    """A part of the level of the socle: what it is about, how much it counts, its own level."""

    id: str
    libelle: str
    part: Decimal
    niveau: Noeud


@dataclass(frozen=True)
class ResultatVolet:
    """One volet: its results, its measure, and the amount signed as the grid signs it.

    `montant` is positive for a reward, negative for a sanction, zero for neither; its value is
    None when a datum or a choice is missing.
    """

    volet: str
    libelle: str
    principal: ResultatObjectif | None
    supplementaire: ResultatObjectif | None
    complementaires: tuple[ResultatObjectif, ...]
    niveau: Noeud
    """Level of realisation of the complementary obligations, in [0, 1]."""
    mesure: MesureProposee
    maximum: Noeud
    modulation: Noeud
    montant: Noeud
    raison: str
    """Why that measure, in one French sentence."""
    non_monetaire: MesureNonMonetaire | None = None
    mesures: tuple[tuple[str, ResultatObjectif], ...] = ()
    """The indicators of the actions of the plan, each with its action: they weigh nothing."""
    parts: tuple[PartPesee, ...] = ()
    """What the level of the socle weighs."""

    @property
    def mesure_dite(self) -> str:
        """The measure in words; one that its modulation brings to nothing is not a measure."""
        ramenes = {
            MesureProposee.SANCTION: "sanction financière ramenée",
            MesureProposee.INTERESSEMENT: "intéressement ramené",
        }
        if self.mesure in ramenes and self.montant.valeur == 0:
            return f"aucune mesure ({ramenes[self.mesure]} à 0\u00a0€)"
        return self.mesure.libelle

    @property
    def objectifs(self) -> tuple[ResultatObjectif, ...]:
        """Every objective of the volet; the socle has indicators instead."""
        seuls = tuple(r for r in (self.principal, self.supplementaire) if r is not None)
        return (*seuls, *self.complementaires)


@dataclass(frozen=True)
class ResultatEvaluation:
    """A year evaluated. `avertissements` are sentences that the grid prints."""

    annee: int
    date: dt.date
    indicateurs: tuple[ResultatObjectif, ...]
    volets: tuple[ResultatVolet, ...]
    total: Noeud
    avertissements: tuple[str, ...] = ()

    @property
    def par_volet(self) -> Mapping[str, ResultatVolet]:
        """The results by volet."""
        return {resultat.volet: resultat for resultat in self.volets}

    @property
    def non_monetaires(self) -> tuple[MesureNonMonetaire, ...]:
        """The measures that stand on lines of their own."""
        return tuple(r.non_monetaire for r in self.volets if r.non_monetaire is not None)


@dataclass(frozen=True)
class ResultatRefus:
    """The sanction of the refusal of that rank: an amount, or a rate on the liste en sus.

    It answers all the `volets` refused with it when the parties chose one sanction (X35).
    """

    rang: int
    volets: tuple[str, ...]
    montant: Noeud | None
    taux: Noeud | None
    avenant: int | None = None
    """The number of the avenant that is refused; None for the contract, or one of its volets."""

    @property
    def libelle(self) -> str:
        """What is refused."""
        quoi = f" l’avenant n°\u00a0{self.avenant}" if self.avenant else ""
        return f"Refus de signer{quoi}\u00a0: {', '.join(self.volets)}"


class Branche(enum.Enum):
    """What an example of a contract supposes of the results of a volet."""

    TENU = enum.auto()
    """What opens a reward, or no sanction."""
    PARTAGE = enum.auto()
    """The target is missed and the supplementary objective reached: neither opens."""
    MANQUE = enum.auto()
    """What opens a sanction."""


@dataclass(frozen=True)
class Exemple:
    """What a volet would give on one hypothesis: the result that an evaluation would have.

    `niveau` is the level of realisation that `bareme` is read at; `economies` the savings, when
    the reward rests on them; `produits` those of the last year closed at the signature.
    """

    branche: Branche
    niveau: Decimal
    bareme: Bareme | None
    economies: Decimal | None
    produits: Noeud
    exercice: int | None
    resultat: ResultatVolet
