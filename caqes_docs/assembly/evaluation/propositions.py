"""What the law proposes for one volet, and what it rests on, in the words that clauses print."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any

from caqes_docs.assembly.calculs import TIRET, computation, months, observed, outside_total
from caqes_docs.assembly.contrat.exemples import rate_words
from caqes_docs.assembly.evaluation.vocabulaire import LignePart
from caqes_docs.core.francais import formes
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import Avancement
from caqes_docs.data.dossier.volets import Sanction
from caqes_docs.law.calcul.explication import signed
from caqes_docs.law.calcul.noeud import Noeud, Operation
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.resultats import (
    Atteinte,
    MesureProposee,
    ResultatEvaluation,
    ResultatObjectif,
    ResultatVolet,
)

_SENS = {Operation.AU_PLUS: "au plus ", Operation.AU_MOINS: "au moins "}
_SOMMES = {"Produits reçus": "de produits reçus", "Économies": "d’économies constatées"}
"""What a maximum is a share of, by the first words of its step."""
_TOUT = "100\u00a0%"
"""A share is never more: « au moins » would say nothing."""
_HORS_EUROS = (MesureProposee.MSAP, MesureProposee.REDUCTION)


def proposal(resultat: ResultatVolet) -> dict[str, Any]:
    """The fields of an evaluated volet that say what is proposed."""
    autre = resultat.non_monetaire
    taux = autre.taux if autre else None
    modulation = autre.modulation if autre and autre.modulation else resultat.modulation
    return {
        "niveau": _known(resultat.niveau, resultat.modulation),
        "objet_niveau": typographier(resultat.niveau.libelle),
        "parts": tuple(
            LignePart(typographier(pesee.libelle), pesee.part, observed(pesee.niveau))
            for pesee in resultat.parts
        ),
        "mesure": typographier(resultat.mesure_dite),
        "code_mesure": resultat.mesure.value,
        "raison": typographier(resultat.raison),
        "maximum": _rounded(resultat.maximum),
        "assiette": _factors(resultat.maximum),
        "arrondi": number(resultat.maximum) != _rounded(resultat.maximum),
        "maximum_hors_total": _limit(resultat),
        "modulation": _share(modulation) or TIRET,
        "montant": number(resultat.montant),
        "montant_signe": _displayed(resultat),
        "taux_reduction": _share(taux) if taux else None,
        "unite": (autre.unite if autre else None) or None,
        "duree_mois": months(autre.duree_mois if autre else None),
        "actes": (autre.actes or None) if autre else None,
        "calcul": computation(f"Montant proposé – {resultat.libelle}", resultat.montant),
        "calcul_hors_total": outside_total(resultat) if autre else None,
    }


def accord_terms(affaire: Affaire, nom: str) -> dict[str, Any]:
    """What the contract says of an MSAP: the finding that justifies it, how many acts at most."""
    volet = affaire.dossier.valeur.contrat.volets.get(nom)
    sanction = (volet.sanction if volet else None) or Sanction()
    motif = sanction.motif_msap
    return {
        "motif_msap": typographier(motif.libelle) if motif else None,
        "nombre_actes": sanction.nombre_actes,
    }


def finding(resultat: ResultatVolet, seuil: Decimal | None, risques: str | None) -> str | None:
    """The figures that the proposal rests on; `seuil` opens the sanction of the socle.

    None when nothing was measured: the reason alone is then to be read.
    """
    phrases = [
        _compared(nom, objectif)
        for nom, objectif in (
            ("principal", resultat.principal),
            ("supplémentaire", resultat.supplementaire),
        )
        if objectif is not None and objectif.observe.is_known and objectif.cible.is_known
    ]
    if resultat.niveau.is_known:
        sujet = "niveau de réalisation du volet"
        if resultat.principal is not None:
            sujet = resultat.niveau.libelle
        niveau = observed(resultat.niveau, resultat.modulation, seuil=seuil)
        fin = "" if seuil is None else f", pour un seuil de {formes.taux(seuil)}"
        phrases.append(f"Le {sujet[:1].lower()}{sujet[1:]} est de {niveau}{fin}.")
    if risques is not None:
        phrases.append(f"Risques en défaut\u00a0: {risques}.")
    return typographier(" ".join(phrases)) or None


def _compared(nom: str, objectif: ResultatObjectif) -> str:
    """The result of an objective and its target; a « oui » is quoted, not measured."""
    observe, cible = observed(objectif.observe, objectif.verdict), asked(objectif)
    sujet = f"Le résultat de l’objectif {nom} ({_within(objectif.libelle)})"
    if isinstance(objectif.observe.valeur, Decimal):
        return f"{sujet} est de {observe}, pour une cible de {cible}."
    return f"{sujet} est « {observe} », pour une cible fixée à « {cible} »."


def threshold(affaire: Affaire, resultat: ResultatVolet) -> Decimal | None:
    """The level under which the socle is sanctioned, when the contract fixes one (R-SOC-2)."""
    socle = affaire.dossier.valeur.contrat.socle
    if resultat.volet != SOCLE or socle is None or socle.declenchement is None:
        return None
    return socle.declenchement.seuil


def _within(libelle: str) -> str:
    """A label within a sentence: « taux d’évolution »; « DOC », « D3.1 » keep their capitals."""
    sigle = libelle[1:2].isupper() or libelle[1:2].isdigit()
    return libelle if sigle else libelle[:1].lower() + libelle[1:]


def target(resultat: ResultatObjectif) -> str:
    """The target with its direction: « au plus 2 % »; one that is missing is told."""
    if resultat.cible.is_known:
        annee = f" (cible de {resultat.annee_cible})" if resultat.annee_cible else ""
        cible = observed(resultat.cible)
        return ("" if cible == _TOUT else _SENS.get(resultat.verdict.operation, "")) + cible + annee
    ecarte = resultat.statut is Atteinte.SANS_OBJET and not resultat.observe.is_known
    return TIRET if ecarte else "non fixée"


def asked(resultat: ResultatObjectif) -> str:
    """The target within a sentence: « 2 % au plus »."""
    cible = observed(resultat.cible)
    sens = "" if cible == _TOUT else _SENS.get(resultat.verdict.operation, "").strip()
    annee = f" (cible de {resultat.annee_cible})" if resultat.annee_cible else ""
    return " ".join(filter(None, (cible, sens))) + annee


def number(noeud: Noeud) -> Decimal | None:
    """The value, when it is a number that is known."""
    return noeud.valeur if isinstance(noeud.valeur, Decimal) else None


def cap_effect(resultat: ResultatEvaluation) -> str | None:
    """What the cap on all sanctions takes off them, unsigned; None when it takes nothing."""
    total = number(resultat.total)
    if total is None:
        return None
    ecart = total - sum((volet.montant.nombre for volet in resultat.volets), start=Decimal(0))
    return formes.euros(abs(ecart)) if ecart else None


def _limit(resultat: ResultatVolet) -> str:
    """The most that a measure that is not in euros can be: « 20 % », « 6 mois »."""
    autre = resultat.non_monetaire
    if autre is None or autre.maximum is None or not autre.maximum.is_known:
        return TIRET
    return months(autre.maximum) if autre.duree_mois else observed(autre.maximum)


def progress_words(vus: Mapping[str, Avancement]) -> str | None:
    """« A-1 : 70 % ; A-2 : non renseigné »: whatever weighs, progress that is told is printed."""
    dits = (
        f"{nom}\u00a0: {'non renseigné' if vu.taux is None else formes.taux(vu.taux)}"
        for nom, vu in vus.items()
    )
    return "\u202f; ".join(dits) or None


def _known(noeud: Noeud, *suites: Noeud) -> str:
    return observed(noeud, *suites) if noeud.is_known else TIRET


def _share(noeud: Noeud) -> str | None:
    """A share as acts say it: « 50 % », « environ 58,33 % »; None when it is not known."""
    valeur = number(noeud)
    return None if valeur is None else rate_words(valeur)


def _rounded(noeud: Noeud) -> Decimal | None:
    """A maximum to the cent below: rounded up, it would not be one."""
    valeur = number(noeud)
    return None if valeur is None else valeur.quantize(Decimal("0.01"), ROUND_DOWN)


def _factors(maximum: Noeud) -> str | None:
    """« 0,3 % × 69 915 083,37 € de produits reçus »; None when a maximum is not a product."""
    if maximum.operation is Operation.MINIMUM and maximum.is_known:
        bornes = [_factors(borne) or observed(borne) for borne in maximum.operandes]
        if len(bornes) == 1:
            return _factors(maximum.operandes[0])
        return f"le plus bas de\u00a0: {' ; '.join(bornes)}" if len(set(bornes)) > 1 else None
    if maximum.operation is not Operation.PRODUIT or not maximum.is_known:
        return None
    return " × ".join(map(_factor, maximum.operandes))


def _factor(noeud: Noeud) -> str:
    """A factor; a sum says what it is a sum of, savings what they are the difference of."""
    sommes = (dit for debut, dit in _SOMMES.items() if noeud.libelle.startswith(debut))
    ecarts = (o for o in noeud.operandes if o.operation is Operation.DIFFERENCE)
    depenses = (
        f", soit {observed(attendue)} attendus − {observed(constatee)} constatés"
        for attendue, constatee in (ecart.operandes for ecart in ecarts)
    )
    return " ".join((observed(noeud), *sommes)) + "".join(depenses)


def _displayed(resultat: ResultatVolet) -> str:
    """The amount in the grid; a measure that is not in euros has none."""
    return TIRET if resultat.mesure in _HORS_EUROS else signed(resultat.montant)
