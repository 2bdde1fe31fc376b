"""What clauses may name of the life of a contract: targets, meetings, deliveries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caqes_docs.data.lecture.introspection import titled
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


def said_target(cible: str | None, sens: str) -> str | None:
    """« au moins 60 % »; a yes has no direction, and nothing is more than « 100 % »."""
    seule = cible in (None, "oui") or (sens, cible) == ("au moins", "100\u00a0%")
    return cible if seule or not sens else f"{sens} {cible}"


class CibleDite:
    """What a target is called in a sentence: « au plus 2 % »."""

    sens: str
    cible: str | None
    annee_cible: int
    cible_suivante: str | None

    @property
    @titled("cible")
    def cible_dite(self) -> str | None:
        """The target with its direction; a yes or no has none."""
        return self._said(self.cible)

    @property
    @titled("objectif prévisionnel de l’année suivante")
    def cible_suivante_dite(self) -> str | None:
        """The target of the year after, its direction and that year: « au plus 2 % (2019) »."""
        dite = self._said(self.cible_suivante)
        return dite and f"{dite} ({self.annee_cible + 1})"

    def _said(self, cible: str | None) -> str | None:
        return said_target(cible, self.sens)


@dataclass(frozen=True)
class LigneRencontre:
    """A meeting of the parties."""

    nature: str = champ("nature de la rencontre")
    objet: str = champ("objet de la rencontre")
    prevue_le: dt.date | None = champ("date prévue")
    tenue_le: dt.date | None = champ("date de la rencontre")
    participants: tuple[str, ...] = champ("participants")
    conclusions: str | None = champ("conclusions de la rencontre")
    lieu: str | None = champ("lieu et heure de la rencontre")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class LigneLivraison:
    """A delivery that the calendar foresees for the data of a year, and what came of it."""

    libelle: str = champ("donnée")
    producteur: str = champ("producteur")
    attendue: str | None = champ("période prévue")
    version: str | None = champ("livraison")
    recue_le: dt.date | None = champ("date de mise à disposition")
    etat: str = champ("état de la livraison")
    origines: Mapping[str, Lieu] = lieux()
