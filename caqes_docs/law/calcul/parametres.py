"""A dated parameter of the law as a leaf of a computation."""

from __future__ import annotations

import datetime as dt

from caqes_docs.law.calcul.noeud import Fondement, Nature, Noeud, parametre
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Unite

_NATURES = {Unite.EURO: Nature.EURO, Unite.TAUX: Nature.TAUX, Unite.TEXTE: Nature.TEXTE}


def legal_parameter(droit: Droit, identifiant: str, date: dt.date) -> Noeud:
    """The parameter `identifiant` at `date`, on its ground.

    Raises:
        DroitError: L-005, L-006 the law does not answer.
    """
    trouve = droit.parameter(identifiant, date)
    version = trouve.version
    return parametre(
        trouve.parametre.description,
        trouve.valeur,
        _NATURES.get(trouve.unite, Nature.NOMBRE),
        str(droit.sources[f"paramètre:{identifiant}"]),
        Fondement(
            trouve.parametre.regle or "", version.source, version.certitude, version.references
        ),
        version.en_vigueur,
    )
