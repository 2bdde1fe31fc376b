"""The steps that lead to a contract, in their order: proposition, hearing, signatures.

Instruction DSS/A1/CNAMTS/2017/234, II.a.ii; contrat type, art. 2 (R-DATE-1, R-DATE-2, R-DATE-8).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.volets import Proposition
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.droit.droit import effect_date

_Etape = tuple[str, str, str]
_ORDRE: tuple[_Etape, ...] = (
    ("date", "recue_le", "La proposition serait reçue avant d’être envoyée"),
    ("date", "audition_demandee_le", "L’audition serait demandée avant l’envoi de la proposition"),
    ("recue_le", "audition_demandee_le", "L’audition serait demandée avant la proposition reçue"),
    ("audition_demandee_le", "audition_tenue_le", "L’audition serait tenue avant d’être demandée"),
)
"""What comes first, what comes after, and what would be said of the contrary."""


def check_calendar(affaire: Affaire) -> Iterator[Constat]:
    """D-074: every step of the contract that precedes what it follows; unknown dates are none."""
    contrat, fichier = affaire.dossier.valeur.contrat, affaire.dossier.fichier
    for chemin, propos, second, premier in _disorders(contrat):
        yield fault(
            "D-074",
            fichier.source(("contrat", *chemin)),
            f"{propos}\u00a0: le {date_longue(second)}, et non après le {date_longue(premier)}.",
            "Corriger l’une des deux dates.",
        )


def _disorders(contrat: Contrat) -> Iterator[tuple[Chemin, str, dt.date, dt.date]]:
    """Where, what would be said, the date that comes too early, and the date it should follow."""
    proposition, signature = contrat.proposition, contrat.signature.date_retenue
    if proposition is not None:
        for avant, apres, propos in _ORDRE:
            premier, second = _date(proposition, avant), _date(proposition, apres)
            if premier is not None and second is not None and second < premier:
                yield ("proposition", apres), propos, second, premier
        envoi = proposition.date
        if envoi is not None and signature is not None and signature < envoi:
            yield ("signature",), "Le contrat serait signé avant d’être proposé", signature, envoi
    if signature is None:
        return
    for nom, volet in contrat.volets.items():
        sienne = volet.signature.date_retenue if volet.signature else None
        if sienne is not None and effect_date(sienne) < effect_date(signature):
            propos = f"Le volet {nom} prendrait effet avant le contrat qui le porte"
            dates = effect_date(sienne), effect_date(signature)
            yield ("volets", nom, "signature"), propos, *dates


def _date(proposition: Proposition, cle: str) -> dt.date | None:
    valeur: dt.date | None = getattr(proposition, cle)
    return valeur
