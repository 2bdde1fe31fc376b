"""What clauses may name of the life of a contract: meetings, former contracts, deliveries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


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
