"""The decision beside the proposal: a difference has a motive, and nothing exceeds its maximum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.evaluation import DecisionVolet, NatureDecision
from caqes_docs.law.formules.cadre import Cadre
from caqes_docs.law.resultats import Mesure, ResultatVolet

_NATURES = {
    NatureDecision.INTERESSEMENT: Mesure.INTERESSEMENT,
    NatureDecision.MONTANT: Mesure.SANCTION,
    NatureDecision.REDUCTION: Mesure.REDUCTION,
    NatureDecision.MSAP: Mesure.MSAP,
}


def check_decision(cadre: Cadre, volets: Sequence[ResultatVolet]) -> Iterator[Constat]:
    """Every fault of the recorded decision (contrat type, art. 6; T16 to T19, T22)."""
    decision = cadre.evaluation.decision
    if decision is None:
        return
    resultats = {resultat.volet: resultat for resultat in volets}
    for nom, prise in decision.volets.items():
        resultat = resultats.get(nom)
        if resultat is None:
            yield _fault(
                cadre,
                "V-060",
                nom,
                "",
                f"La décision vise le volet «\u00a0{nom}\u00a0», qui n’est pas évalué.",
                f"Volets évalués\u00a0: {', '.join(resultats)}.",
            )
            continue
        yield from _check_shape(cadre, nom, prise)
        yield from _check_maximum(cadre, nom, prise)
        if differs(prise, resultat) and prise.motif is None:
            yield _fault(
                cadre,
                "V-061",
                nom,
                "",
                f"La décision s’écarte de la proposition pour le volet {nom} sans le motiver.",
                "Donner «\u00a0motif\u00a0».",
            )


def differs(prise: DecisionVolet, resultat: ResultatVolet) -> bool:
    """Whether the decision is not what was proposed."""
    if prise.nature is NatureDecision.AUCUNE:
        return resultat.mesure in _NATURES.values()
    if _NATURES[prise.nature] is not resultat.mesure:
        return True
    autre = resultat.non_monetaire
    if autre is not None and autre.taux is not None:
        return prise.taux != autre.taux.valeur
    if autre is not None:
        return Decimal(prise.duree_mois or 0) != (autre.duree_mois and autre.duree_mois.valeur)
    return resultat.montant.valeur is None or prise.montant != abs(resultat.montant.nombre)


_CHAMPS = {
    NatureDecision.AUCUNE: frozenset[str](),
    NatureDecision.INTERESSEMENT: frozenset({"montant"}),
    NatureDecision.MONTANT: frozenset({"montant"}),
    NatureDecision.REDUCTION: frozenset({"taux"}),
    NatureDecision.MSAP: frozenset({"duree_mois"}),
}


def _check_shape(cadre: Cadre, nom: str, prise: DecisionVolet) -> Iterator[Constat]:
    """Either an amount, or a rate, or a length: never two (T17)."""
    attendus = _CHAMPS[prise.nature]
    donnes = {cle for cle in ("montant", "taux", "duree_mois") if getattr(prise, cle) is not None}
    if donnes != attendus:
        mots = ", ".join(sorted(attendus)) or "rien"
        yield _fault(
            cadre,
            "V-062",
            nom,
            "nature",
            f"Une décision de nature «\u00a0{prise.nature.value}\u00a0» porte {mots}, et rien "
            "d’autre\u00a0: soit un montant, soit une réduction.",
            f"Garder seulement\u00a0: {mots}.",
        )


def _check_maximum(cadre: Cadre, nom: str, prise: DecisionVolet) -> Iterator[Constat]:
    """The maxima of the texts (T18, T19)."""
    plafond: Decimal | None = None
    valeur, cle = prise.montant, "montant"
    if prise.nature is NatureDecision.MONTANT and cadre.base.valeur is not None:
        parametre = "socle/plafond_sanction" if nom == "socle" else "volets/plafond_sanction"
        plafond = cadre.parameter(parametre).nombre * cadre.base.nombre
    elif prise.nature is NatureDecision.REDUCTION:
        plafond = cadre.parameter("socle/plafond_reduction_liste_en_sus").nombre
        valeur, cle = prise.taux, "taux"
    elif prise.nature is NatureDecision.MSAP and prise.duree_mois is not None:
        plafond = cadre.parameter("volets/duree_msap").nombre
        valeur, cle = Decimal(prise.duree_mois), "duree_mois"
    if plafond is not None and valeur is not None and not 0 <= valeur <= plafond:
        yield _fault(
            cadre,
            "V-063",
            nom,
            cle,
            "La décision dépasse le maximum que fixent les textes, ou est négative.",
            "Corriger la valeur.",
        )


def _fault(cadre: Cadre, code: str, nom: str, cle: str, message: str, remede: str) -> Constat:
    chemin = ("decision", "volets", nom, *((cle,) if cle else ()))
    return Constat(code, Gravite.ERREUR, cadre.evaluation_source(*chemin), message, remede)
