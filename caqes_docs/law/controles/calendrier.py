"""The volets of a contract take effect with it or after it (R-DATE-1, R-DATE-2)."""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.depot import Affaire
from caqes_docs.law.droit.droit import effect_date


def check_calendar(affaire: Affaire) -> Iterator[Constat]:
    """D-074: a volet in force before the contract; unknown dates are no fault."""
    contrat, fichier = affaire.dossier.valeur.contrat, affaire.dossier.fichier
    signature = contrat.signature.date_retenue
    if signature is None:
        return
    effet = effect_date(signature)
    for nom, volet in contrat.volets.items():
        sienne = volet.signature.date_retenue if volet.signature else None
        if sienne is not None and effect_date(sienne) < effet:
            yield fault(
                "D-074",
                fichier.source(("contrat", "volets", nom, "signature")),
                f"Le volet {nom} prendrait effet avant le contrat qui le porte\u00a0: le "
                f"{date_longue(effect_date(sienne))}, et non après le {date_longue(effet)}.",
                "Corriger l’une des deux dates.",
            )
