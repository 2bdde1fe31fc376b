"""The thresholds of the targeting at a date: value, operator, text, certainty."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.core.comparaison import Operateur
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.formes import euros, nombre, taux
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.core.periode import Periode
from caqes_docs.data.ciblage.modele import CriterePertinence
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Certitude, Unite
from caqes_docs.law.droit.valeurs import parse_parametre

TRANSPORTS_EVOLUTION = "ciblage/transports_evolution"
TRANSPORTS_MONTANT = "ciblage/transports_montant"
ICALIN2 = "ciblage/icalin2"
D31 = "ciblage/d31"
DOCUMENT_SORTIE = "ciblage/document_sortie"


@dataclass(frozen=True, slots=True)
class Seuil:
    """A threshold and all that justifies it."""

    parametre: str
    """Id of the parameter, or of the regional criterion."""
    description: str
    valeur: Decimal | str
    unite: Unite
    operateur: Operateur
    textes: tuple[str, ...]
    """Short names of the texts."""
    source: str
    certitude: str
    periode: Periode
    fictif: bool = False

    @property
    def imprime(self) -> str:
        r"""« plus de 2,2 % », « classe C, D ou E ».

        A threshold reads with its operator, never alone.
        """
        return f"{self.operateur.libelle} {self.nu}"

    @property
    def nu(self) -> str:
        """The value alone: « 2,2 % », « C, D ou E »."""
        if self.operateur is Operateur.PARMI:
            *premieres, derniere = self.classes
            return f"{', '.join(premieres)} ou {derniere}" if premieres else derniere
        return format_value(self.valeur, self.unite)

    @property
    def classes(self) -> tuple[str, ...]:
        """The words of a threshold that is a list."""
        return tuple(mot.strip() for mot in str(self.valeur).split(","))

    def is_met(self, valeur: Decimal | str) -> bool:
        """Whether `valeur` is on the side of the threshold that targets."""
        if self.operateur is Operateur.PARMI:
            return valeur in self.classes
        assert isinstance(valeur, Decimal)
        assert isinstance(self.valeur, Decimal)
        return self.operateur.holds(valeur, self.valeur)


@dataclass(frozen=True, slots=True)
class SeuilsCiblage:
    """Every national threshold of one targeting."""

    date: dt.date
    transports_evolution: Seuil
    transports_montant: Seuil
    icalin2: Seuil
    d31: Seuil
    document_sortie: Seuil

    @property
    def tous(self) -> tuple[Seuil, ...]:
        """The thresholds, in the order of the volets."""
        return (
            self.transports_evolution,
            self.transports_montant,
            self.icalin2,
            self.d31,
            self.document_sortie,
        )


def find_seuils(droit: Droit, date: dt.date) -> SeuilsCiblage:
    """The thresholds in force at `date`.

    Raises:
        DroitError: L-005, L-006 no value at the date; L-022 a value without its operator.
    """
    return SeuilsCiblage(
        date,
        *(
            _threshold(droit, nom, date)
            for nom in (TRANSPORTS_EVOLUTION, TRANSPORTS_MONTANT, ICALIN2, D31, DOCUMENT_SORTIE)
        ),
    )


def _threshold(droit: Droit, identifiant: str, date: dt.date) -> Seuil:
    trouve = droit.parameter(identifiant, date)
    version, parametre = trouve.version, trouve.parametre
    if version.operateur is None:
        raise DroitError(
            "L-022",
            f"Le paramètre «\u00a0{identifiant}\u00a0» est un seuil sans opérateur.",
            remede="Écrire «\u00a0operateur\u00a0» à côté de sa valeur\u00a0: > quand le texte dit "
            "«\u00a0dépasse\u00a0», >= quand il dit «\u00a0à partir de\u00a0».",
            source=droit.sources.get(f"paramètre:{identifiant}"),
        )
    return Seuil(
        identifiant,
        typographier(parametre.description),
        trouve.valeur,
        parametre.unite,
        version.operateur,
        tuple(typographier(droit.text(nom, date).court) for nom in version.references),
        typographier(version.source),
        _CERTITUDES[version.certitude],
        version.en_vigueur,
    )


def seuil_regional(critere: CriterePertinence) -> Seuil:
    """The threshold of a regional criterion.

    Raises:
        ValueError: its value does not read in its unit (D-097 says so beforehand).
    """
    unite = Unite(critere.unite.value)
    return Seuil(
        critere.id,
        typographier(critere.libelle),
        parse_parametre(critere.seuil, unite),
        unite,
        critere.operateur,
        (),
        typographier(critere.source),
        "fixé par la région",
        Periode(critere.du, critere.au),
        fictif=bool(critere.fictif),
    )


_CERTITUDES = {
    Certitude.TEXTE: "texte lu",
    Certitude.INSTRUCTION: "instruction",
    Certitude.SECONDAIRE: "source secondaire, à vérifier",
    Certitude.DEDUCTION: "déduction, à vérifier",
}


def format_value(valeur: Decimal | str, unite: Unite) -> str:
    """A value as printed in its unit."""
    if isinstance(valeur, str):
        return valeur
    formes = {Unite.TAUX: taux, Unite.EURO: euros}
    return formes.get(unite, nombre)(valeur)
