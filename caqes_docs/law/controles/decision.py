"""The decision beside the proposal: a difference has a motive, and nothing exceeds its maximum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, Decimal

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.francais import formes
from caqes_docs.data.dossier.evaluation import Decision, DecisionVolet, NatureDecision
from caqes_docs.law.calcul.noeud import CONTEXTE
from caqes_docs.law.caqes_1.annee import cap_in_euros, global_cap
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.resultats import MesureProposee, ResultatVolet

_NATURES = {
    NatureDecision.INTERESSEMENT: MesureProposee.INTERESSEMENT,
    NatureDecision.MONTANT: MesureProposee.SANCTION,
    NatureDecision.REDUCTION: MesureProposee.REDUCTION,
    NatureDecision.MSAP: MesureProposee.MSAP,
}

SANCTIONS = (NatureDecision.MONTANT, NatureDecision.REDUCTION, NatureDecision.MSAP)
"""The decisions that sanction."""


def check_decision(cadre: Cadre, volets: Sequence[ResultatVolet]) -> Iterator[Constat]:
    """Every fault of the decision (contrat type, art. 6; R-ALL-3, R-SOC-3, R-DATE-9, X10)."""
    decision = cadre.evaluation.decision
    if decision is None:
        return
    resultats = {resultat.volet: resultat for resultat in volets}
    yield from _check_complete(cadre, decision, volets)
    yield from _check_sum(cadre, decision)
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
        yield from _check_maximum(cadre, nom, prise, resultat)
        yield from _check_motive(cadre, nom, prise, resultat)
        if cadre.suspension.valeur is True and prise.nature in SANCTIONS:
            yield _suspended(cadre, nom, prise)
        else:
            yield from _check_open(cadre, nom, prise, resultat)


def _check_sum(cadre: Cadre, decision: Decision) -> Iterator[Constat]:
    """The sanctions decided together, against the cap on all volets (R-ALL-4)."""
    borne = cap_in_euros(global_cap(cadre), cadre.base)
    decides = [
        prise.montant
        for prise in decision.volets.values()
        if prise.nature is NatureDecision.MONTANT and prise.montant is not None
    ]
    if borne.is_known and sum(decides, start=Decimal(0)) > borne.nombre:
        yield fault(
            "V-063",
            cadre.evaluation_source("decision", "volets"),
            "La somme des sanctions décidées dépasse le plafond global des sanctions "
            f"({formes.euros(borne.nombre)} : article D. 162-16, III, 1°, ou plafond plus bas "
            "du contrat).",
            "Réduire les sanctions décidées.",
        )


def _check_complete(
    cadre: Cadre, decision: Decision, volets: Sequence[ResultatVolet]
) -> Iterator[Constat]:
    for nom in left_out(decision, volets):
        yield _fault(
            cadre,
            "V-066",
            nom,
            "",
            f"La décision ne dit rien du volet {nom}, pour lequel une mesure est proposée ou n’est "
            "pas évaluable\u00a0: le total n’est pas connu.",
            "Ajouter le volet à la décision, au besoin avec «\u00a0nature: aucune\u00a0».",
        )


def _check_motive(
    cadre: Cadre, nom: str, prise: DecisionVolet, resultat: ResultatVolet
) -> Iterator[Constat]:
    if differs(prise, resultat) and prise.motif is None:
        yield _fault(
            cadre,
            "V-061",
            nom,
            "",
            f"La décision s’écarte de la proposition pour le volet {nom} sans le motiver.",
            "Donner «\u00a0motif\u00a0».",
        )


def left_out(decision: Decision, volets: Sequence[ResultatVolet]) -> list[str]:
    """The volets that await a decision and have none: silence is not zero."""
    sans = (MesureProposee.AUCUNE, MesureProposee.SUSPENDUE)
    return [r.volet for r in volets if r.mesure not in sans and r.volet not in decision.volets]


def differs(prise: DecisionVolet, resultat: ResultatVolet) -> bool:
    """Whether the decision is not what was proposed."""
    if prise.nature is NatureDecision.AUCUNE:
        return resultat.mesure in _NATURES.values() and not _is_nil(resultat)
    if _NATURES[prise.nature] is not resultat.mesure:
        return True
    autre = resultat.non_monetaire
    if autre is not None and autre.taux is not None:
        return prise.taux != autre.taux.valeur
    if autre is not None:
        autres_actes = prise.actes_dits not in (None, autre.actes)
        duree = autre.duree_mois and autre.duree_mois.valeur
        return prise.duree_mois is None or prise.duree_mois != duree or autres_actes
    return resultat.montant.valeur is None or prise.montant != abs(resultat.montant.nombre)


def _is_nil(resultat: ResultatVolet) -> bool:
    """Whether the scale brought the proposed measure down to zero: no measure is decided then."""
    autre = resultat.non_monetaire
    if autre is None:
        return resultat.montant.valeur == 0
    valeur = autre.taux or autre.duree_mois
    return valeur is not None and valeur.valeur == 0


_CHAMPS = {
    NatureDecision.AUCUNE: frozenset[str](),
    NatureDecision.INTERESSEMENT: frozenset({"montant"}),
    NatureDecision.MONTANT: frozenset({"montant"}),
    NatureDecision.REDUCTION: frozenset({"taux"}),
    NatureDecision.MSAP: frozenset({"duree_mois"}),
}


_PRECISIONS = {
    NatureDecision.AUCUNE: frozenset[str](),
    NatureDecision.INTERESSEMENT: frozenset[str](),
    NatureDecision.MONTANT: frozenset[str](),
    NatureDecision.REDUCTION: frozenset({"date_effet", "date_fin"}),
    NatureDecision.MSAP: frozenset({"date_effet", "actes", "actes_retenus", "volume"}),
}
"""What a decision may say beside its value."""


def _check_shape(cadre: Cadre, nom: str, prise: DecisionVolet) -> Iterator[Constat]:
    """Either an amount, or a rate, or a length: never two (R-SOC-3)."""
    attendus = _CHAMPS[prise.nature]
    donnes = {cle for cle in ("montant", "taux", "duree_mois") if getattr(prise, cle) is not None}
    if donnes != attendus:
        cle = next(iter(attendus), "")
        seule = f"porte «\u00a0{cle}\u00a0», et rien d’autre" if cle else "ne porte aucune valeur"
        garder = f"Donner «\u00a0{cle}\u00a0», et lui seul." if cle else "Retirer les valeurs."
        yield _fault(
            cadre,
            "V-062",
            nom,
            "nature",
            f"Une décision de nature «\u00a0{prise.nature.value}\u00a0» {seule}\u00a0: soit un "
            "montant, soit une réduction.",
            garder,
        )
    for cle in ("date_effet", "date_fin", "actes", "actes_retenus", "volume"):
        if getattr(prise, cle) and cle not in _PRECISIONS[prise.nature]:
            yield _fault(
                cadre,
                "V-062",
                nom,
                cle,
                f"Une décision de nature «\u00a0{prise.nature.value}\u00a0» n’a pas de "
                f"«\u00a0{cle}\u00a0».",
                f"Retirer «\u00a0{cle}\u00a0», ou corriger la nature.",
            )


def _suspended(cadre: Cadre, nom: str, prise: DecisionVolet) -> Constat:
    """No volet is sanctioned on the results of a suspended year, whatever is judged (X9)."""
    return _fault(
        cadre,
        "V-065",
        nom,
        "nature",
        f"La décision retient «\u00a0{prise.nature.libelle}\u00a0» pour le volet {nom}\u00a0: les "
        f"sanctions sont suspendues sur les résultats de {cadre.evaluation.annee}.",
        "Écrire «\u00a0nature: aucune\u00a0», ou corriger l’année évaluée.",
    )


def _check_open(
    cadre: Cadre, nom: str, prise: DecisionVolet, resultat: ResultatVolet
) -> Iterator[Constat]:
    """A measure that the contract or the texts do not open (X9, X10; instruction, IV.a).

    Evaluators only propose, and the socle without threshold is left to judgement: there the
    director general may differ, and says why (V-061).
    """
    if prise.nature is NatureDecision.AUCUNE or _NATURES[prise.nature] is resultat.mesure:
        return
    attendue = any(o and o.sans_cible for o in (resultat.principal, resultat.supplementaire))
    inconnue = resultat.mesure is MesureProposee.NON_EVALUABLE and not attendue
    if inconnue and _is_foreseen(cadre, nom, prise.nature):
        return
    socle = cadre.contrat.socle
    seuil = socle.declenchement.seuil if socle and socle.declenchement else None
    libre = nom == "socle" and seuil is None and resultat.mesure is MesureProposee.AUCUNE
    if libre and _is_foreseen(cadre, nom, prise.nature):
        return
    yield _fault(
        cadre,
        "V-064",
        nom,
        "nature",
        f"La décision retient «\u00a0{prise.nature.libelle}\u00a0» pour le volet {nom}\u00a0: ni "
        f"le contrat ni les résultats ne l’ouvrent ({resultat.raison.rstrip('.')}).",
        "Retenir la mesure proposée, ou «\u00a0nature: aucune\u00a0».",
    )


def _is_foreseen(cadre: Cadre, nom: str, nature: NatureDecision) -> bool:
    """Whether the contract foresees a measure of that nature for the volet."""
    choix = cadre.contrat.socle if nom == "socle" else cadre.contrat.volets.get(nom)
    if choix is None:
        return False
    if nature is NatureDecision.INTERESSEMENT:
        return choix.interessement is not None and choix.interessement.prevu is True
    type_prevu = choix.sanction.type if choix.sanction else None
    return type_prevu is not None and type_prevu.value == nature.value


def _check_maximum(
    cadre: Cadre, nom: str, prise: DecisionVolet, resultat: ResultatVolet
) -> Iterator[Constat]:
    """The maxima of the texts, and of the contract where it is stricter (R-SOC-3, R-DATE-9)."""
    cle = next(iter(_CHAMPS[prise.nature]), "")
    valeur: Decimal | int | None = getattr(prise, cle, None)
    plafond = _maximum(cadre, nom, prise.nature, resultat)
    nulle = prise.nature is NatureDecision.MSAP and valeur == 0
    if valeur is not None and (nulle or valeur < 0):
        yield _fault(
            cadre,
            "V-168",
            nom,
            cle,
            f"La décision du volet {nom} est {'nulle' if nulle else 'négative'}\u00a0: ce n’est "
            "pas une mesure.",
            "Corriger la valeur, écrite sans signe, ou écrire «\u00a0nature: aucune\u00a0».",
        )
    elif valeur is not None and plafond is not None and valeur > plafond:
        yield _fault(
            cadre,
            "V-063",
            nom,
            cle,
            f"La décision du volet {nom} dépasse le maximum que fixent les textes ou le contrat, "
            f"{_written(prise.nature, plafond)}.",
            "Corriger la valeur.",
        )
    elif valeur and plafond is None and _is_unmeasured_reward(cadre, nom, prise, resultat):
        yield warning(
            "V-169",
            cadre.evaluation_source("decision", "volets", nom, cle),
            f"Le maximum de l’intéressement du volet {nom} n’est pas connu\u00a0: la décision n’a "
            "pas pu lui être comparée.",
            "Donner les résultats et les dépenses dont ce maximum dépend.",
        )


def _written(nature: NatureDecision, plafond: Decimal) -> str:
    """A maximum in its unit; an amount in whole cents, below."""
    if nature is NatureDecision.MSAP:
        return f"{formes.nombre(plafond)} mois"
    if nature is NatureDecision.REDUCTION:
        return formes.taux(plafond)
    return formes.euros(plafond.quantize(Decimal("0.01"), ROUND_DOWN))


def _is_unmeasured_reward(
    cadre: Cadre, nom: str, prise: DecisionVolet, resultat: ResultatVolet
) -> bool:
    """A reward that the contract foresees, and whose maximum the results do not give."""
    return (
        prise.nature is NatureDecision.INTERESSEMENT
        and resultat.mesure is MesureProposee.NON_EVALUABLE
        and _is_foreseen(cadre, nom, prise.nature)
    )


def _maximum(
    cadre: Cadre, nom: str, nature: NatureDecision, resultat: ResultatVolet
) -> Decimal | None:
    """The most that a decision of that nature may hold, or None when it is not known."""
    choix = cadre.contrat.socle if nom == "socle" else cadre.contrat.volets.get(nom)
    sanction = choix.sanction if choix and _is_foreseen(cadre, nom, nature) else None
    effet = cadre.effect_of(nom)
    if nature is NatureDecision.INTERESSEMENT:
        if resultat.mesure is MesureProposee.INTERESSEMENT and resultat.maximum.is_known:
            return resultat.maximum.nombre
        fixe = choix.interessement.montant_maximum if choix and choix.interessement else None
        return fixe if resultat.mesure is MesureProposee.NON_EVALUABLE else None
    if nature is NatureDecision.MSAP:
        mois = sanction.duree_maximale_mois if sanction else None
        return _least(cadre.parameter("volets/duree_msap", effet).nombre, mois)
    taux = sanction.taux_maximum if sanction else None
    if nature is NatureDecision.REDUCTION:
        texte = cadre.parameter("socle/plafond_reduction_liste_en_sus", effet)
        return _least(texte.nombre, taux)
    if nature is NatureDecision.AUCUNE or cadre.base.valeur is None:
        return None
    plafonds: tuple[str, ...] = ("socle/plafond_sanction",)
    if nom != "socle":
        plafonds = cadre.droit.volet(nom, cadre.effet).plafonds_sanction
    part = _least(cadre.least_parameter(plafonds, effet).nombre, taux)
    return CONTEXTE.multiply(part, cadre.base.nombre)


def _least(texte: Decimal, contrat: Decimal | int | None) -> Decimal:
    return texte if contrat is None else min(texte, Decimal(contrat))


def _fault(cadre: Cadre, code: str, nom: str, cle: str, message: str, remede: str) -> Constat:
    chemin = ("decision", "volets", nom, *((cle,) if cle else ()))
    return fault(code, cadre.evaluation_source(*chemin), message, remede)
