"""Which indicators of the catalogue do not apply to an establishment, and why.

Source: instruction DSS/A1/CNAMTS/2017/234, III: inapplicable indicators are left out of the plan.
"""

from __future__ import annotations

from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.law.droit.catalogue import Indicateur

MOTIF_ACTIVITE = "activité non exercée par l’établissement"
MOTIF_LISTE = "établissement n’utilisant pas la liste en sus"


def inapplicable(indicateur: Indicateur, etablissement: Etablissement) -> str | None:
    """Why the catalogue itself says the indicator does not apply, or None."""
    if etablissement.activites and not set(indicateur.activites) & set(etablissement.activites):
        return MOTIF_ACTIVITE
    if indicateur.liste_en_sus and etablissement.liste_en_sus is False:
        return MOTIF_LISTE
    return None
