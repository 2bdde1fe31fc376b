"""Scales: from the level of realisation of complementary obligations to a part of the maximum.

No text gives a formula (R-ALL-1): the contract names its method and gives its figures. A new method
is one function of `_METHODES`.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.dossier.volets import Bareme, NomBareme
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml
from caqes_docs.law.calcul.fondements import MODULATION
from caqes_docs.law.calcul.noeud import (
    Nature,
    Noeud,
    Operation,
    compute,
    constante,
    entree,
    si,
)


class Effet(enum.Enum):
    """What the part is of: a reward grows with the level, a sanction falls."""

    INTERESSEMENT = enum.auto()
    SANCTION = enum.auto()


@dataclass(frozen=True)
class BaremePose:
    """A scale of the contract, and where it stands."""

    bareme: Bareme
    fichier: FichierYaml
    chemin: Chemin

    def origine(self, *cles: str | int) -> str:
        """`file:line:column` of a part of the scale."""
        return str(self.fichier.source((*self.chemin, *cles)))


def compute_part(pose: BaremePose, niveau: Noeud, effet: Effet, saisie: Noeud) -> Noeud:
    """The part of the maximum, in [0, 1].

    `niveau` is the level of realisation; `saisie` the modulation written in the evaluation, which
    alone counts for the method of that name.
    """
    if pose.bareme.nom is NomBareme.SAISIE:
        return replace(saisie, fondement=MODULATION)
    part = _METHODES[pose.bareme.nom](pose, niveau)
    if effet is Effet.INTERESSEMENT or pose.bareme.nom is NomBareme.PALIERS:
        return part
    return compute(
        Operation.DIFFERENCE,
        "Part de la sanction retenue",
        Nature.TAUX,
        (_tout(), part),
        MODULATION,
    )


def _tout() -> Noeud:
    return constante("Totalité", Decimal(1), Nature.TAUX, MODULATION)


def _rien() -> Noeud:
    return constante("Aucune part", Decimal(0), Nature.TAUX, MODULATION)


def _all_or_nothing(pose: BaremePose, niveau: Noeud) -> Noeud:
    seuil = entree("Niveau à atteindre", pose.bareme.seuil, Nature.TAUX, pose.origine("seuil"))
    atteint = compute(
        Operation.AU_MOINS,
        "Niveau atteint",
        Nature.OUI_NON,
        (niveau, seuil),
        MODULATION,
    )
    return si("Part selon le barème tout ou rien", atteint, _tout(), _rien(), MODULATION)


def _linear(pose: BaremePose, niveau: Noeud) -> Noeud:
    """(level − de) ÷ (a − de), kept between nothing and the whole."""
    bas = entree("Niveau où la part est nulle", pose.bareme.de, Nature.TAUX, pose.origine("de"))
    haut = entree("Niveau où la part est entière", pose.bareme.a, Nature.TAUX, pose.origine("a"))
    parcouru = _minus("Niveau au-dessus du minimum", niveau, bas)
    course = _minus("Étendue du barème", haut, bas)
    brut = compute(
        Operation.QUOTIENT, "Part proportionnelle", Nature.TAUX, (parcouru, course), MODULATION
    )
    positif = compute(
        Operation.MAXIMUM,
        "Part, ramenée à zéro si elle est négative",
        Nature.TAUX,
        (brut, _rien()),
        MODULATION,
    )
    return compute(
        Operation.MINIMUM,
        "Part selon le barème linéaire",
        Nature.TAUX,
        (positif, _tout()),
        MODULATION,
    )


def _minus(libelle: str, a: Noeud, b: Noeud) -> Noeud:
    return compute(Operation.DIFFERENCE, libelle, Nature.TAUX, (a, b), MODULATION)


def _steps(pose: BaremePose, niveau: Noeud) -> Noeud:
    """The highest step whose level is reached; nothing below the first."""
    part = _rien()
    for rang, palier in enumerate(pose.bareme.paliers):
        seuil = entree(
            f"Palier {rang + 1}\u00a0: niveau",
            palier.a_partir_de,
            Nature.TAUX,
            pose.origine("paliers", rang, "a_partir_de"),
        )
        valeur = entree(
            f"Palier {rang + 1}\u00a0: part",
            palier.part,
            Nature.TAUX,
            pose.origine("paliers", rang, "part"),
        )
        atteint = compute(
            Operation.AU_MOINS,
            f"Palier {rang + 1} atteint",
            Nature.OUI_NON,
            (niveau, seuil),
            MODULATION,
        )
        part = si(f"Part au palier {rang + 1}", atteint, valeur, part, MODULATION)
    return part


def _points(_pose: BaremePose, niveau: Noeud) -> Noeud:
    """The part is the level itself."""
    return compute(Operation.SOMME, "Part des points obtenus", Nature.TAUX, (niveau,), MODULATION)


_METHODES: dict[NomBareme, Callable[[BaremePose, Noeud], Noeud]] = {
    NomBareme.TOUT_OU_RIEN: _all_or_nothing,
    NomBareme.LINEAIRE: _linear,
    NomBareme.PALIERS: _steps,
    NomBareme.POINTS: _points,
}


def needs_level(bareme: Bareme | None) -> bool:
    """Whether the scale asks for a level of realisation."""
    return bareme is not None and bareme.nom is not NomBareme.SAISIE


def check_scale(pose: BaremePose, effet: Effet) -> Iterator[Constat]:
    """What a scale lacks, or says twice."""
    bareme = pose.bareme
    if bareme.nom is NomBareme.TOUT_OU_RIEN and bareme.seuil is None:
        yield _fault(pose, "Le barème tout ou rien n’a pas de seuil.", _fill(pose, "seuil"))
    if bareme.nom is NomBareme.LINEAIRE and (
        bareme.de is None or bareme.a is None or bareme.de >= bareme.a
    ):
        yield _fault(
            pose,
            "Le barème linéaire va d’un niveau «\u00a0de\u00a0» à un niveau «\u00a0a\u00a0» plus "
            "élevé.",
            _fill(pose, *(cle for cle in ("de", "a") if getattr(bareme, cle) is None))
            or "Donner à «\u00a0a\u00a0» un niveau plus élevé qu’à «\u00a0de\u00a0».",
        )
    if bareme.nom is NomBareme.PALIERS:
        yield from _check_steps(pose, effet)
    parts = [p.part for p in bareme.paliers] + [p.part for p in bareme.parts]
    parts += [p.a_partir_de for p in bareme.paliers]
    taux = [*parts, *(t for t in (bareme.seuil, bareme.de, bareme.a) if t is not None)]
    if any(not 0 <= valeur <= 1 for valeur in taux):
        yield _fault(pose, "Un niveau ou une part sort de 0 % à 100 %.", "Corriger le barème.")


def _check_steps(pose: BaremePose, effet: Effet) -> Iterator[Constat]:
    paliers = pose.bareme.paliers
    niveaux = [palier.a_partir_de for palier in paliers]
    parts = [palier.part for palier in paliers]
    if not paliers or niveaux != sorted(set(niveaux)):
        yield _fault(
            pose,
            "Les paliers doivent être écrits du plus bas au plus haut, chacun une fois.",
            "Donner «\u00a0paliers\u00a0», par exemple - {a_partir_de: 50 %, part: 100 %}.",
        )
    if effet is Effet.SANCTION and (niveaux[:1] != [Decimal(0)] or parts != sorted(parts)[::-1]):
        yield _fault(
            pose,
            "Les paliers d’une sanction partent de 0 % et leur part ne fait que baisser.",
            "Écrire la part retenue sans rien de réalisé, puis des parts moindres.",
        )
    if effet is Effet.INTERESSEMENT and parts != sorted(parts):
        yield _fault(
            pose,
            "Les paliers d’un intéressement ne font que monter.",
            "Corriger les parts\u00a0: plus le niveau est haut, plus la part est grande.",
        )


def _fill(pose: BaremePose, *cles: str) -> str:
    """The remedy of a key that is missing; nothing when none is."""
    chemin = ".".join(map(str, pose.chemin))
    return " ".join(f"Remplir «\u00a0{chemin}.{cle}\u00a0»." for cle in cles)


def _fault(pose: BaremePose, message: str, remede: str) -> Constat:
    return fault("V-010", pose.fichier.source(pose.chemin), message, remede)
