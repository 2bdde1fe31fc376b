"""R-TGT-P: pertinence, targeted on the criteria of the regional plan.

Source: instruction DSS/A1/CNAMTS/2017/234, annex 5, § 1. No text gives a number: the region states
each criterion, and without criteria nothing can be said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.ciblage.modele import CriterePertinence, EtatCellule, MesureLue
from caqes_docs.data.dossier.parties import VoletId
from caqes_docs.law.ciblage.decisions import DecisionCiblage, DecisionCritere, Issue, combine_volet
from caqes_docs.law.ciblage.seuils import format_value, seuil_regional
from caqes_docs.law.droit.modeles import Unite

SANS_CRITERE = "La région n’a posé aucun critère pour cette date\u00a0: rien ne permet de conclure."


def decide_pertinence(
    mesures: Mapping[str, MesureLue[Decimal]], criteres: Sequence[CriterePertinence]
) -> DecisionCiblage:
    """The decision of the pertinence volet."""
    if not criteres:
        return DecisionCiblage(VoletId.PERTINENCE, Issue.INDETERMINE, (), SANS_CRITERE)
    return combine_volet(
        VoletId.PERTINENCE,
        tuple(
            _criterion(critere, mesures.get(critere.colonne, MesureLue())) for critere in criteres
        ),
    )


def _criterion(critere: CriterePertinence, mesure: MesureLue[Decimal]) -> DecisionCritere:
    seuil = seuil_regional(critere)
    affichage = None
    demande = f"le critère {critere.nature.libelle} ({seuil.imprime})"
    if mesure.soumis is False or mesure.etat is EtatCellule.NON_SOUMIS:
        issue, affichage = Issue.NON_SOUMIS, EtatCellule.NON_SOUMIS.value
        raison = "L’établissement n’exerce pas l’activité que mesure ce critère."
    elif mesure.valeur is None:
        issue, raison = Issue.INDETERMINE, "La valeur n’est pas connue."
    elif seuil.is_met(mesure.valeur):
        issue = Issue.CIBLE
        raison = f"La valeur, {format_value(mesure.valeur, seuil.unite)}, remplit {demande}."
    else:
        issue = Issue.NON_CIBLE
        raison = f"La valeur, {format_value(mesure.valeur, seuil.unite)}, ne remplit pas {demande}."
    return DecisionCritere(
        "R-TGT-P",
        VoletId.PERTINENCE,
        critere.colonne,
        typographier(critere.libelle),
        None if issue is Issue.NON_SOUMIS else mesure.valeur,
        Unite(critere.unite.value),
        seuil,
        issue,
        raison,
        (mesure.source,),
        affichage,
    )
