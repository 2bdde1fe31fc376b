"""The steps that fall due in a region, the most pressing first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.echeances.dossier import iter_echeances
from caqes_docs.law.echeances.modele import Echeance, EtatEcheance

ETATS = list(EtatEcheance)


@dataclass(frozen=True)
class LigneEcheance:
    """One step and the dossier that it is about."""

    dossier: str
    etablissement: str
    echeance: Echeance

    @property
    def rang(self) -> tuple[int, dt.date, str, str]:
        """The order: state, last day, dossier, procedure; then that of the steps."""
        e = self.echeance
        return (ETATS.index(e.etat), e.terme or dt.date.max, self.dossier, e.procedure)

    def as_dict(self) -> dict[str, object]:
        """The line as JSON-ready data."""
        e = self.echeance
        return {
            "dossier": self.dossier,
            "etablissement": self.etablissement,
            "procedure": e.procedure,
            "etape": e.etape,
            "a_faire": e.quoi,
            "par": e.qui,
            "depuis": e.depuis,
            "echeance": e.terme,
            "etat": e.etat.value,
            "article": e.article,
            "source": str(e.source),
        }


def gather_echeances(affaire: Affaire, droit: Droit, jour: dt.date) -> list[LigneEcheance]:
    """What falls due in one dossier.

    Raises:
        DroitError: L-005, L-006 the law does not answer at the day of a step.
    """
    nom = typographier(affaire.dossier.valeur.etablissement.nom_affiche)
    return [
        LigneEcheance(affaire.finess, nom, echeance)
        for echeance in iter_echeances(affaire, droit, jour)
    ]


def sort_echeances(lignes: Iterable[LigneEcheance]) -> tuple[LigneEcheance, ...]:
    """The lines in their one order; what several dossiers wait for alike is told once."""
    seules: list[LigneEcheance] = []
    communes: dict[Echeance, list[LigneEcheance]] = {}
    for ligne in lignes:
        if ligne.echeance.commune:
            partagee = replace(ligne.echeance, source=Source(""))
            communes.setdefault(partagee, []).append(ligne)
        else:
            seules.append(ligne)
    seules.extend(map(_together, communes.values()))
    return tuple(sorted(seules, key=lambda ligne: ligne.rang))


def _together(lignes: list[LigneEcheance]) -> LigneEcheance:
    """One line for the same thing awaited in several dossiers, at the place of the first."""
    premiere, *autres = sorted(lignes, key=lambda ligne: ligne.dossier)
    if not autres:
        return premiere
    return replace(premiere, dossier="", etablissement=compte(len(lignes), "établissement(s)"))
