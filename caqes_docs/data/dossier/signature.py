"""Place and dates of a signature, from which the date of effect follows (contrat type, art. 2)."""

from __future__ import annotations

import datetime as dt
import enum

from pydantic import Field

from caqes_docs.data.lecture.types import Date, Modele, TexteSimple


class RegleDate(enum.StrEnum):
    """Which date counts when the parties sign on different days (the texts do not say)."""

    DERNIERE = "derniere_signature"
    FIXEE = "date_fixee"


class DatesDesParties(Modele):
    """The day on which each party signs."""

    ars: Date = Field(title="date de signature de l’agence")
    organisme: Date = Field(title="date de signature de l’organisme local")
    etablissement: Date = Field(title="date de signature de l’établissement")

    @property
    def jours(self) -> tuple[dt.date, dt.date, dt.date]:
        """The three days."""
        return (self.ars, self.organisme, self.etablissement)


class Signature(Modele):
    """Place and date of signature; the date of effect follows from it (contrat type, art. 2)."""

    lieu: TexteSimple | None = Field(None, title="lieu de signature")
    date: Date | None = Field(None, title="date de signature, prévue ou faite")
    dates_des_parties: DatesDesParties | None = Field(None, title="dates de signature des parties")
    regle: RegleDate | None = Field(
        None, title="date retenue quand les parties signent à des jours différents"
    )

    @property
    def date_retenue(self) -> dt.date | None:
        """The date that counts, or None when the data do not decide it."""
        if self.dates_des_parties is None or self.regle is RegleDate.FIXEE:
            return self.date
        jours = self.dates_des_parties.jours
        if self.regle is RegleDate.DERNIERE or len(set(jours)) == 1:
            return max(jours)
        return None
