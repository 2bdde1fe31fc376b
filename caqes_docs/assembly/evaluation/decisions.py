"""The decision of the director general, line by line, as letters and decisions print it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from caqes_docs.assembly.calculs import TIRET
from caqes_docs.assembly.contrat.contacts import label_in_words
from caqes_docs.assembly.evaluation.vocabulaire import LigneDecision, LigneVoletEvalue
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import DecisionVolet, Evaluation, NatureDecision
from caqes_docs.data.dossier.procedure import ProcedureEvaluation
from caqes_docs.law.calcul.explication import format_number
from caqes_docs.law.calcul.noeud import Nature
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.coherence import is_modulation_read
from caqes_docs.law.controles.decision import differs, left_out
from caqes_docs.law.droit.dates import is_original, measure_end
from caqes_docs.law.resultats import MesureProposee, ResultatEvaluation, ResultatVolet
from caqes_docs.redaction.langage.vues import Lieu

_PROPRES = (
    "montant",
    "taux",
    "date_effet",
    "duree_mois",
    "volume",
    "motif",
    "verse_par",
    "verse_avant",
)
"""What is printed as the decision writes it."""

_EN_EUROS = (MesureProposee.INTERESSEMENT, MesureProposee.SANCTION)
_SANCTIONS = (MesureProposee.SANCTION, MesureProposee.REDUCTION, MesureProposee.MSAP)


def decisions_by_kind(
    affaire: Affaire,
    evaluation: Evaluation,
    resultat: ResultatEvaluation,
    lieu: Lieu,
    volets: Mapping[str, LigneVoletEvalue],
) -> dict[str, Any]:
    """The fields `decisions`, `sommes`, `reductions`, `msap`…, in the order of the volets.

    `lieu` is the place of `decision.volets`; `volets` are those evaluated, by id.
    """
    prises = evaluation.decision.volets if evaluation.decision else {}
    lignes = tuple(
        _on_acts(
            affaire,
            evaluation,
            _line(volet, prises[volet.volet], volets[volet.volet], lieu.child(volet.volet)),
        )
        for volet in resultat.volets
        if volet.volet in prises
    )

    def of(*natures: NatureDecision) -> tuple[LigneDecision, ...]:
        return tuple(ligne for ligne in lignes if ligne.code in natures)

    return {
        "decisions": lignes,
        "sommes": of(NatureDecision.INTERESSEMENT, NatureDecision.MONTANT),
        "recouvrees": of(NatureDecision.MONTANT),
        "versees": of(NatureDecision.INTERESSEMENT),
        "reductions": of(NatureDecision.REDUCTION),
        "msap": of(NatureDecision.MSAP),
        "avenants": tuple(ligne for ligne in lignes if ligne.avenant_du is not None),
        "sommes_envisagees": _proposed(volets, *_EN_EUROS),
        "sanctions_envisagees": _proposed(volets, *_SANCTIONS),
        "reductions_envisagees": _proposed(volets, MesureProposee.REDUCTION),
        "msap_envisagees": _proposed(volets, MesureProposee.MSAP),
        "renonces": _given_up(evaluation, volets),
        "renonciation_apres_avis": _given_up_last(evaluation.procedure),
    }


def _proposed(
    volets: Mapping[str, LigneVoletEvalue], *mesures: MesureProposee
) -> tuple[LigneVoletEvalue, ...]:
    """The volets for which one of `mesures` is proposed."""
    return tuple(volet for volet in volets.values() if volet.code_mesure in mesures)


def _line(
    volet: ResultatVolet, prise: DecisionVolet, vu: LigneVoletEvalue, lieu: Lieu
) -> LigneDecision:
    autre = volet.non_monetaire
    return LigneDecision(
        id=volet.volet,
        libelle=typographier(volet.libelle),
        designation=label_in_words(volet.libelle),
        nature=typographier(prise.nature.libelle),
        code=prise.nature.value,
        financement=None,
        avenant_du=None,
        montant_signe=signed_decision(prise),
        unite=(autre.unite if autre else None) or None,
        date_fin=_last_day(prise),
        actes=prise.actes_dits or (autre.actes if autre else None) or None,
        motif_msap=None,
        constat_msap=vu.constat_msap,
        raison=typographier(volet.raison),
        constat=vu.constat,
        **_share(vu),
        suivie=not differs(prise, volet),
        motif_modulation=vu.motif_modulation,
        **{cle: getattr(prise, cle) for cle in _PROPRES},
        origines={cle: lieu.child(cle) for cle in (*_PROPRES, "date_fin", "actes")},
    )


def _on_acts(affaire: Affaire, evaluation: Evaluation, ligne: LigneDecision) -> LigneDecision:
    """The avenant of the volet, its scale; for an MSAP, its acts and the finding behind it."""
    prises = evaluation.decision.volets if evaluation.decision else {}
    contrat = affaire.dossier.valeur.contrat
    if is_modulation_read(contrat, ligne.id):  # the evaluators propose the part, and its motive
        ligne = replace(ligne, bareme=None)
    choix = contrat.volets.get(ligne.id)
    if choix is not None and choix.signature is not None and not is_original(ligne.id, contrat):
        ligne = replace(ligne, avenant_du=choix.signature.date_retenue)
    if ligne.code == NatureDecision.INTERESSEMENT:
        termes = contrat.socle if ligne.id == SOCLE else choix
        interessement = termes.interessement if termes else None
        return replace(ligne, financement=interessement.financement if interessement else None)
    if ligne.code != NatureDecision.MSAP:
        return ligne
    notification = evaluation.procedure.notification if evaluation.procedure else None
    notifies = " ; ".join(notification.actes_envisages) if notification else ""
    motif = choix.sanction.motif_msap if choix and choix.sanction else None
    chemin = ("contrat", "volets", ligne.id, "sanction", "motif_msap")
    return replace(
        ligne,
        actes=prises[ligne.id].actes_dits or notifies or ligne.actes,
        motif_msap=typographier(motif.libelle) if motif else None,
        origines={**ligne.origines, "motif_msap": Lieu(affaire.dossier.fichier, chemin)},
    )


def _given_up(evaluation: Evaluation, volets: Mapping[str, LigneVoletEvalue]) -> tuple[str, ...]:
    """The volets whose sanction alone is given up; none named when all are."""
    renonciation = evaluation.procedure.renonciation if evaluation.procedure else None
    nommes = renonciation.volets if renonciation else ()
    return tuple(label_in_words(v.libelle) for nom, v in volets.items() if nom in nommes)


def _given_up_last(procedure: ProcedureEvaluation | None) -> bool:
    """Whether the sanction is given up once the last avis is known: acts are cited in order."""
    renonciation = procedure.renonciation if procedure else None
    rendu = procedure.avis_decision.rendu_le if procedure and procedure.avis_decision else None
    jour = renonciation.date if renonciation else None
    return jour is not None and rendu is not None and jour >= rendu


def _share(vu: LigneVoletEvalue) -> dict[str, Any]:
    """The maximum of the measure proposed, the part of it and the scale that gives this part."""
    maximum = vu.maximum_hors_total
    if vu.code_mesure in (MesureProposee.INTERESSEMENT, MesureProposee.SANCTION):
        maximum = TIRET if vu.maximum is None else format_number(vu.maximum, Nature.EURO)
    if TIRET in (maximum, vu.modulation):
        return dict.fromkeys(("maximum", "assiette", "part", "bareme"), None) | {"arrondi": False}
    en_euros = vu.maximum_hors_total != maximum
    return {
        "maximum": maximum,
        "assiette": vu.assiette if en_euros else None,
        "arrondi": en_euros and vu.arrondi,
        "part": vu.modulation,
        "bareme": _scale_in_words(vu),
    }


def _scale_in_words(vu: LigneVoletEvalue) -> str | None:
    """The steps of the scale."""
    if not vu.bareme:
        return None
    return typographier(" ; ".join(f"{b.niveau} : {b.part}" for b in vu.bareme))


def _last_day(prise: DecisionVolet) -> dt.date | None:
    """The last day of a measure: written, or worked out from its beginning and its length."""
    if prise.date_fin is not None:
        return prise.date_fin
    if prise.date_effet is None or prise.duree_mois is None:
        return None
    return measure_end(prise.date_effet, prise.duree_mois)


def signed_decision(prise: DecisionVolet | None) -> str:
    """The decided amount as the grid signs it."""
    if prise is None or prise.montant is None:
        return TIRET
    signe = "−" if prise.nature is NatureDecision.MONTANT else "+"
    return f"{signe}\u00a0{format_number(prise.montant, Nature.EURO)}"


def decided_total(evaluation: Evaluation, resultat: ResultatEvaluation) -> str:
    """The sum of what is decided in euros, with its sign; unknown while a volet is left out."""
    if evaluation.decision is None or left_out(evaluation.decision, resultat.volets):
        return TIRET
    total = Decimal(0)
    for prise in evaluation.decision.volets.values():
        if prise.montant is None:
            if prise.nature in (NatureDecision.MONTANT, NatureDecision.INTERESSEMENT):
                return TIRET
            continue
        signe = -1 if prise.nature is NatureDecision.MONTANT else 1
        total += signe * prise.montant
    if not total:
        return format_number(total, Nature.EURO)
    signe_total = "−" if total < 0 else "+"
    return f"{signe_total}\u00a0{format_number(abs(total), Nature.EURO)}"
