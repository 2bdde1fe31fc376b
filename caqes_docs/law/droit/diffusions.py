"""The calendar of data, dated: what is delivered for a year N, and until when.

Instruction DSS/A1/CNAMTS/2017/234, II.b.ii; a region may date a delivery in its own file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.parties import Ars, EcheanceCalendrier, VoletId
from caqes_docs.data.dossier.suivi import Quand
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import DonneeTransmise

_N = re.compile(r"\bN([-+]\d)?\b")


@dataclass(frozen=True)
class Diffusion:
    """One line of the calendar, the region's own words and dates laid over those of the law."""

    donnee: DonneeTransmise
    propre: EcheanceCalendrier | None
    rang: int | None
    """The place of the region's line in its file."""

    @property
    def periode(self) -> str:
        """The period in words."""
        return (self.propre and self.propre.periode) or self.donnee.periode

    @property
    def quand(self) -> Quand | None:
        """The months of the delivery, when they are known."""
        return (self.propre and self.propre.quand) or self.donnee.quand

    def label(self, annee: int) -> str:
        """The words of the datum, the year N being `annee`: « M12 de l’année 2019 »."""
        return _N.sub(lambda trouve: str(annee + int(trouve[1] or 0)), self.donnee.libelle)

    def words(self, annee: int) -> str | None:
        """The dates of the delivery for the year N."""
        return self.quand.words(annee) if self.quand else None

    def limit(self, annee: int) -> dt.date | None:
        """The last day of the delivery for the year N."""
        return self.quand.limit(annee) if self.quand else None


def iter_deliveries(
    ars: Ars,
    droit: Droit,
    date: dt.date,
    volets: Collection[str],
    etablissement: Etablissement | None = None,
) -> Iterator[Diffusion]:
    """The lines of the calendar at `date` for the parts of the contract `volets`.

    An establishment that does not use the liste en sus receives nothing about it.
    """
    sans_liste = etablissement is not None and etablissement.liste_en_sus is False
    propres = {ligne.donnee: (ligne, rang) for rang, ligne in enumerate(ars.calendrier)}
    for donnee in droit.calendrier.donnees:
        if sans_liste and donnee.liste_en_sus:
            continue
        if donnee.holds(date) and donnee.volet in volets:
            yield Diffusion(donnee, *propres.get(donnee.id, (None, None)))


def autoevaluation_limit(ars: Ars, droit: Droit, annee: int) -> dt.date | None:
    """The day by which the autoévaluations of the year are due, when the calendar dates it."""
    fin = dt.date(annee, 12, 31)
    return next(
        (
            d.limit(annee)
            for d in iter_deliveries(ars, droit, fin, (VoletId.SOCLE.value,))
            if d.donnee.autoevaluation
        ),
        None,
    )
