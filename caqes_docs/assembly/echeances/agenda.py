"""The steps that fall due as a calendar: those whose day is known."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from caqes_docs.assembly.echeances.releve import LigneEcheance
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.document.agenda import Agenda, Evenement


def build_agenda(lignes: Sequence[LigneEcheance], jour: dt.date) -> Agenda:
    """One event by step: on its last day, else on the first one when it is still to come."""
    titre = f"CAQES\u00a0: échéances au {date_longue(jour)}"
    rangs = Counter[tuple[str, ...]]()
    evenements: list[Evenement] = []
    for ligne in lignes:
        e = ligne.echeance
        quand = e.terme or (e.depuis if e.depuis and e.depuis > jour else None)
        if quand is not None:
            cle = (ligne.dossier, e.procedure, e.etape, e.qui, e.quoi)
            rangs[cle] += 1
            nom = "|".join((*cle, str(rangs[cle])))
            evenements.append(_event(ligne, jour, quand, nom))
    return Agenda(titre, jour, tuple(evenements))


def _event(ligne: LigneEcheance, jour: dt.date, quand: dt.date, cle: str) -> Evenement:
    e = ligne.echeance
    precisions = (
        f"{e.etape} ({e.procedure})",
        f"Par\u00a0: {e.qui}",
        f"État au {date_longue(jour)}\u00a0: {e.etat.value}",
        *([f"Possible depuis le {date_longue(e.depuis)}"] if e.depuis and e.terme else []),
        f"Texte\u00a0: {e.article}",
        f"Fichier\u00a0: {e.source}",
    )
    titre = f"{ligne.etablissement}\u00a0: {e.quoi}"
    return Evenement(cle, quand, titre, "\n".join(precisions), e.etat.value)
