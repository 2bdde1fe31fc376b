"""V-180: a delivery that names a datum which the calendar does not hold.

Instruction DSS/A1/CNAMTS/2017/234, II.b.ii.
"""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.caqes_1.cadre import Cadre


def check_deliveries(cadre: Cadre) -> Iterator[Constat]:
    """Every delivery linked to a datum of the calendar that does not exist."""
    connues = {donnee.id for donnee in cadre.droit.calendrier.donnees}
    donnees = cadre.evaluation.donnees
    for rang, livraison in enumerate(donnees.livraisons if donnees else ()):
        if livraison.donnee is not None and livraison.donnee not in connues:
            yield fault(
                "V-180",
                cadre.evaluation_source("donnees", "livraisons", rang, "donnee"),
                f"Le calendrier n’a pas de donnée «\u00a0{livraison.donnee}\u00a0».",
                close_name(livraison.donnee, connues)
                or f"Données du calendrier\u00a0: {', '.join(sorted(connues)) or 'aucune'}.",
            )
