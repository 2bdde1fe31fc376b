"""R-TGT-Q1 to Q5: quality, one risk per indicator.

Source: instruction DSS/A1/CNAMTS/2017/234, annex 6, § 2. An establishment that is not subject to
an indicator cannot be targeted on its risk, whatever else the table says (R-TGT-Q4).
"""

from __future__ import annotations

from decimal import Decimal

from caqes_docs.core.francais.formes import taux
from caqes_docs.data.ciblage.modele import EtatCellule, MesureLue, MesuresQualite
from caqes_docs.data.dossier.parties import VoletId
from caqes_docs.law.ciblage.decisions import DecisionCiblage, DecisionCritere, Issue, combine_volet
from caqes_docs.law.ciblage.seuils import Seuil, SeuilsCiblage

INFECTIEUX = ("R-TGT-Q1", "icalin2", "Risque infectieux (ICALIN.2)")
MEDICAMENTEUX = ("R-TGT-Q2", "d31", "Risque médicamenteux (D3.1)")
RUPTURE = (
    "R-TGT-Q3",
    "document_sortie_haute",
    "Risque de rupture du parcours (document de sortie)",
)

Verdict = tuple[Issue, str]
_NON_SOUMIS: Verdict = (
    Issue.NON_SOUMIS,
    "L’établissement n’est pas soumis au recueil de cet indicateur, et ne peut donc pas être "
    "ciblé sur ce risque.",
)
_NON_REPONDANT: Verdict = (
    Issue.CIBLE,
    "L’établissement est non-répondant, ce qui suffit à le cibler sur ce risque.",
)
_NON_RENSEIGNE: Verdict = (
    Issue.APPRECIATION_ARS,
    "La valeur n’est pas renseignée, et l’opportunité de proposer le volet est laissée à "
    "l’appréciation de l’agence.",
)


def decide_qualite(mesures: MesuresQualite, seuils: SeuilsCiblage) -> DecisionCiblage:
    """The decision of the quality volet: one risk suffices (R-TGT-Q5)."""
    criteres = (
        _infection(mesures.icalin2, seuils.icalin2),
        _medication(mesures.d31, seuils.d31),
        _discharge(mesures.sortie_basse, mesures.sortie_haute, seuils.document_sortie),
    )
    return combine_volet(VoletId.QUALITE, criteres)


def _is_exempt(*mesures: MesureLue[Decimal] | MesureLue[str]) -> bool:
    return any(m.soumis is False or m.etat is EtatCellule.NON_SOUMIS for m in mesures)


def _infection(mesure: MesureLue[str], seuil: Seuil) -> DecisionCritere:
    if _is_exempt(mesure):
        verdict = _NON_SOUMIS
    elif mesure.etat is EtatCellule.NON_REPONDANT:
        verdict = _NON_REPONDANT
    elif mesure.valeur is None:
        verdict = (Issue.INDETERMINE, "La classe n’est pas connue.")
    elif seuil.is_met(mesure.valeur):
        raison = f"La classe {mesure.valeur} est l’une des classes ciblées ({seuil.nu})."
        verdict = (Issue.CIBLE, raison)
    else:
        raison = f"La classe {mesure.valeur} n’est pas l’une des classes ciblées ({seuil.nu})."
        verdict = (Issue.NON_CIBLE, raison)
    affichage = None if mesure.valeur is None else f"classe {mesure.valeur}"
    return _decision(INFECTIEUX, mesure, seuil, verdict, affichage)


def _medication(mesure: MesureLue[Decimal], seuil: Seuil) -> DecisionCritere:
    affichage = None
    if _is_exempt(mesure):
        verdict = _NON_SOUMIS
    elif mesure.valeur is None:
        verdict, affichage = _NON_RENSEIGNE, "non renseignée"
    elif seuil.is_met(mesure.valeur):
        verdict = (
            Issue.CIBLE,
            f"Le taux, {taux(mesure.valeur)}, est strictement inférieur à {seuil.nu}.",
        )
    else:
        verdict = (
            Issue.NON_CIBLE,
            f"Le taux, {taux(mesure.valeur)}, n’est pas strictement inférieur à {seuil.nu}.",
        )
    return _decision(MEDICAMENTEUX, mesure, seuil, verdict, affichage)


def _discharge(
    basse: MesureLue[Decimal], haute: MesureLue[Decimal], seuil: Seuil
) -> DecisionCritere:
    """The upper bound decides: below the threshold, the whole interval is."""
    intervalle = _interval(basse, haute)
    if _is_exempt(basse, haute):
        verdict = _NON_SOUMIS
    elif EtatCellule.NON_REPONDANT in (basse.etat, haute.etat):
        verdict = _NON_REPONDANT
    elif haute.valeur is None:
        verdict = (Issue.INDETERMINE, "La borne haute de l’intervalle n’est pas connue.")
    elif seuil.is_met(haute.valeur):
        raison = (
            f"Tout l’intervalle de confiance, {intervalle}, est strictement inférieur à {seuil.nu}."
        )
        verdict = (Issue.CIBLE, raison)
    else:
        raison = (
            f"L’intervalle de confiance, {intervalle}, n’est pas tout entier strictement "
            f"inférieur à {seuil.nu}."
        )
        verdict = (Issue.NON_CIBLE, raison)
    return _decision(RUPTURE, haute, seuil, verdict, intervalle)


def _interval(basse: MesureLue[Decimal], haute: MesureLue[Decimal]) -> str | None:
    if haute.valeur is None:
        return None
    if basse.valeur is None:
        return f"au plus {taux(haute.valeur)}"
    return f"entre {taux(basse.valeur)} et {taux(haute.valeur)}"


def _decision(
    risque: tuple[str, str, str],
    mesure: MesureLue[Decimal] | MesureLue[str],
    seuil: Seuil,
    verdict: Verdict,
    affichage: str | None,
) -> DecisionCritere:
    if verdict is _NON_SOUMIS:
        affichage = "non soumis"
    elif verdict is _NON_REPONDANT:
        affichage = "non-répondant"
    regle, colonne, critere = risque
    issue, raison = verdict
    return DecisionCritere(
        regle,
        VoletId.QUALITE,
        colonne,
        critere,
        None if verdict is _NON_SOUMIS else mesure.valeur,
        seuil.unite,
        seuil,
        issue,
        raison,
        (mesure.source,),
        affichage,
    )
