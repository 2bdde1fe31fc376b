"""The record of the decisions, for machines: everything that a decision rests on, as JSON."""

from __future__ import annotations

import json
from decimal import Decimal

from caqes_docs.assembly.ciblage.decisions import Ciblage
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement
from caqes_docs.law.ciblage.decisions import DecisionCiblage, DecisionCritere


def render_releve(campagne: Ciblage, decision: DecisionEtablissement | None = None) -> bytes:
    """The decisions on one establishment, or on all of them."""
    retenues = campagne.decisions if decision is None else (decision,)
    contenu = {
        "annee": campagne.annee,
        "table": campagne.table,
        "etablissements": [as_dict(retenue) for retenue in retenues],
    }
    return (json.dumps(contenu, ensure_ascii=False, indent=2) + "\n").encode()


def as_dict(decision: DecisionEtablissement) -> dict[str, object]:
    """One establishment as JSON-ready data."""
    return {
        "finess": decision.finess,
        "nom": decision.nom,
        "source": str(decision.source),
        "issue": decision.issue.value,
        "nb_risques": decision.nb_risques,
        "risques_ouverts": decision.risques_ouverts,
        "volets": {volet.volet.value: _volet(volet) for volet in decision.volets},
    }


def _volet(volet: DecisionCiblage) -> dict[str, object]:
    return {
        "issue": volet.issue.value,
        "raison": volet.raison,
        "criteres": [_criterion(critere) for critere in volet.criteres],
    }


def _criterion(critere: DecisionCritere) -> dict[str, object]:
    seuil = critere.seuil
    return {
        "regle": critere.regle,
        "critere": critere.critere,
        "valeur": exact(critere.valeur),
        "affichage": critere.valeur_imprimee,
        "unite": critere.unite.value,
        "operateur": seuil.operateur.value,
        "seuil": exact(seuil.valeur),
        "parametre": seuil.parametre,
        "textes": list(seuil.textes),
        "source_du_seuil": seuil.source,
        "certitude": seuil.certitude,
        "issue": critere.issue.value,
        "raison": critere.raison,
        "origine": critere.origine,
    }


def exact(valeur: Decimal | str | None) -> str | None:
    """A value as text, exactly; rates as fractions."""
    if isinstance(valeur, Decimal):
        return format(valeur, "f")
    return valeur
