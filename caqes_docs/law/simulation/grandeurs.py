"""The quantities that a simulation may vary or suppose: which, in what unit, within what bounds.

They are the inputs of an evaluation, and the level of realisation that scales read. Nothing is
worked out here.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.volets import BaseEconomies, Objectif, Volet
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.calcul.noeud import Nature
from caqes_docs.law.caqes_1.objectifs import iter_objectives
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.applicabilite import inapplicable
from caqes_docs.law.droit.catalogue import Famille, Indicateur, TypeIndicateur, UniteIndicateur
from caqes_docs.law.droit.droit import Droit, effect_date

PRINCIPAL, SUPPLEMENTAIRE, NIVEAU = "principal", "supplementaire", "niveau"
EXERCICE = "exercice_clos"
CONSTATEE, PRECEDENTE = "depense_constatee", "depense_precedente"


class Genre(enum.StrEnum):
    """How a value is written."""

    TAUX = "taux"
    EURO = "euro"
    NOMBRE = "nombre"
    ENTIER = "entier"
    ANNEE = "annee"
    OUI_NON = "oui_non"
    CLASSE = "classe"

    @property
    def nature(self) -> Nature:
        """The nature of the values."""
        return _NATURES.get(self, Nature.NOMBRE)

    @property
    def is_measured(self) -> bool:
        """Whether values follow each other by a step."""
        return self in (Genre.TAUX, Genre.EURO, Genre.NOMBRE, Genre.ENTIER)


_NATURES = {
    Genre.TAUX: Nature.TAUX,
    Genre.EURO: Nature.EURO,
    Genre.OUI_NON: Nature.OUI_NON,
    Genre.CLASSE: Nature.TEXTE,
}
_GENRES = {
    UniteIndicateur.TAUX: Genre.TAUX,
    UniteIndicateur.OUI_NON: Genre.OUI_NON,
    UniteIndicateur.CLASSE: Genre.CLASSE,
    UniteIndicateur.NOMBRE: Genre.NOMBRE,
}


@dataclass(frozen=True)
class Grandeur:
    """An input of an evaluation: the names it answers to, its words, its unit, its bounds."""

    noms: tuple[str, ...]
    libelle: str
    genre: Genre
    chemin: Chemin
    """Its place in an evaluation; empty for what stands in none (a level)."""
    volet: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    mesure: bool = False
    """The result of an indicator or of an objective."""
    bloc: bool = False
    """The value takes the place of the whole block: numerator, amounts, comment…"""
    exige: Chemin = ()
    """The words that must stand beside it in an evaluation (a motive)."""
    contrat: bool = False
    """Its place is in the dossier: a target that is being negotiated."""

    @property
    def nom(self) -> str:
        """Its first name."""
        return self.noms[0]


def iter_grandeurs(affaire: Affaire, droit: Droit, volet: str, annee: int) -> Iterator[Grandeur]:
    """The quantities of one volet of the contract; its targets are those of `annee`."""
    if volet == SOCLE:
        yield from _of_socle(affaire, droit, annee)
    else:
        yield from _of_volet(affaire, droit, volet, annee)
    racine: Chemin = ("volets", volet)
    yield _rate((NIVEAU,), "Niveau de réalisation", (), volet)
    motif = (*racine, "motif_modulation")
    yield _rate(("modulation",), "Modulation proposée", (*racine, "modulation"), volet, exige=motif)


def closed_year(volet: str = "") -> Grandeur:
    """The last closed year, whose products are the base of sanctions."""
    return Grandeur((EXERCICE,), "Dernier exercice clos", Genre.ANNEE, (EXERCICE,), volet)


def _rate(
    noms: tuple[str, ...], libelle: str, chemin: Chemin, volet: str, exige: Chemin = ()
) -> Grandeur:
    """A share of a whole."""
    return Grandeur(noms, libelle, Genre.TAUX, chemin, volet, Decimal(0), Decimal(1), exige=exige)


def _of_socle(affaire: Affaire, droit: Droit, annee: int) -> Iterator[Grandeur]:
    contrat = affaire.dossier.valeur.contrat
    signature = contrat.signature.date_retenue
    for code, indicateur in droit.indicators(effect_date(signature)).items() if signature else ():
        pose = contrat.indicateurs.get(code)
        if pose is None and droit.family(code) is not Famille.NATIONAL:
            continue
        if (pose and pose.sans_objet) or (
            pose is None and inapplicable(indicateur, affaire.dossier.valeur.etablissement)
        ):
            continue
        mesure = _measured((code,), indicateur.libelle, indicateur, ("indicateurs", code), SOCLE)
        yield mesure
        yield _target(mesure, (f"cible_{code}",), ("contrat", "indicateurs", code), annee)
    racine: Chemin = ("volets", SOCLE)
    yield Grandeur(
        ("sanction_proposee",),
        "Sanction proposée par les évaluateurs",
        Genre.OUI_NON,
        (*racine, "sanction_proposee"),
        SOCLE,
        exige=(*racine, "appreciation"),
    )


def _measured(
    noms: tuple[str, ...], libelle: str, indicateur: Indicateur | None, chemin: Chemin, volet: str
) -> Grandeur:
    """An indicator, or an obligation answered by yes or no."""
    genre = _GENRES[indicateur.unite] if indicateur else Genre.OUI_NON
    type_ = indicateur.type if indicateur and genre.is_measured else None
    minimum = None if type_ is None else Decimal(-1 if type_ is TypeIndicateur.EVOLUTION else 0)
    maximum = Decimal(1) if type_ is TypeIndicateur.RATIO else None
    return Grandeur(
        noms, libelle, genre, (*chemin, "valeur"), volet, minimum, maximum, mesure=True, bloc=True
    )


def _target(mesure: Grandeur, noms: tuple[str, ...], objectif: Chemin, annee: int) -> Grandeur:
    """The target of the year of what is measured; `objectif` is its place in the dossier."""
    return replace(
        mesure,
        noms=noms,
        libelle=f"Cible\u00a0: {mesure.libelle}",
        chemin=(*objectif, "cibles", str(annee)),
        mesure=False,
        bloc=False,
        contrat=True,
    )


def _of_volet(affaire: Affaire, droit: Droit, nom: str, annee: int) -> Iterator[Grandeur]:
    volet = affaire.dossier.valeur.contrat.volets[nom]
    racine: Chemin = ("volets", nom)
    yield from _objectives(affaire, droit, nom, annee)
    for action in volet.actions:
        chemin = (*racine, "actions", action.id, "taux")
        avancement = _rate((action.id,), f"Avancement\u00a0: {action.id}", chemin, nom)
        yield replace(avancement, bloc=True)
    yield spending(nom)
    mots = "Dépense de l’année précédente"
    yield Grandeur((PRECEDENTE,), mots, Genre.EURO, (), nom, Decimal(0))
    yield from _base_of_savings(volet, nom, annee)
    risques = volet.nombre_risques
    if risques is not None:
        yield Grandeur(
            ("nombre_risques",),
            "Risques en défaut",
            Genre.ENTIER,
            (*racine, "nombre_risques"),
            nom,
            Decimal(0),
            Decimal(risques),
        )


def spending(volet: str) -> Grandeur:
    """The spending of the year, that the savings of `volet` rest on."""
    chemin = ("volets", volet, "economies", CONSTATEE)
    return Grandeur((CONSTATEE,), "Dépense constatée", Genre.EURO, chemin, volet, Decimal(0))


def _base_of_savings(volet: Volet, nom: str, annee: int) -> Iterator[Grandeur]:
    """What the contract expects to be spent: it is negotiated, then signed."""
    base = volet.interessement.base_economies if volet.interessement else None
    bloc: Chemin = ("contrat", "volets", nom, "interessement")
    rien = Decimal(0)
    if base is BaseEconomies.CIBLE:
        chemin = (*bloc, "depenses_cibles", str(annee))
        mots = f"Dépense cible de {annee}"
        yield Grandeur(("depense_cible",), mots, Genre.EURO, chemin, nom, rien, contrat=True)
    if base is BaseEconomies.TENDANCIEL:
        chemin = (*bloc, "depense_de_reference", "montant")
        mots = "Dépense de référence"
        yield Grandeur(("depense_de_reference",), mots, Genre.EURO, chemin, nom, rien, contrat=True)
        chemin = (*bloc, "evolutions_tendancielles", str(annee))
        mots, noms = f"Évolution tendancielle de {annee}", ("evolution_tendancielle",)
        yield Grandeur(noms, mots, Genre.TAUX, chemin, nom, Decimal(-1), contrat=True)


def _objectives(affaire: Affaire, droit: Droit, nom: str, annee: int) -> Iterator[Grandeur]:
    contrat = affaire.dossier.valeur.contrat
    signature, volet = contrat.signature.date_retenue, contrat.volets[nom]
    catalogue = droit.volet_indicators(effect_date(signature), nom) if signature else {}
    for pose in _posed(volet):
        objectif = pose.objectif
        indicateur = catalogue.get(objectif.indicateur or "")
        libelle = objectif.libelle or (indicateur.libelle if indicateur else objectif.id)
        noms = tuple(n for n in (pose.role, objectif.id, objectif.indicateur) if n)
        mesure = _measured(noms, libelle, indicateur, ("volets", nom, *pose.vu), nom)
        yield mesure
        cibles = (f"cible_{noms[0]}", "cible") if pose.role == PRINCIPAL else (f"cible_{noms[0]}",)
        yield _target(mesure, cibles, ("contrat", "volets", nom, *pose.chemin), annee)


@dataclass(frozen=True)
class _Pose:
    """An objective: its role, and its places in the volet and in the evaluation of the volet."""

    role: str
    objectif: Objectif
    chemin: Chemin
    vu: Chemin


_ROLES = {"objectif_principal": PRINCIPAL, "objectif_supplementaire": SUPPLEMENTAIRE}


def _posed(volet: Volet) -> Iterator[_Pose]:
    for chemin, objectif in iter_objectives(volet):
        role = _ROLES.get(str(chemin[0]), "")
        vu = chemin if role else ("complementaires", objectif.id)
        yield _Pose(role, objectif, chemin, vu)
