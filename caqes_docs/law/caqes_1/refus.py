"""The refusal to sign: a fixed sanction, never modulated (R-REF-1, X8).

Instruction DSS/A1/CNAMTS/2017/234, II.a.ii.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.volets import Proposition, Refus, TypeSanction
from caqes_docs.law.calcul.noeud import Fondement, Nature, Noeud, Operation, arrondi, compute
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.produits import older_year
from caqes_docs.law.droit.dates import answer_delay
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Certitude

_CENTIME = Fondement(
    "R-RATE-10",
    "arrondi au centime, une fois",
    Certitude.DEDUCTION,
    ("instruction/2017-234", "css/L162-30-2"),
)


@dataclass(frozen=True)
class ResultatRefus:
    """The sanction of the refusal of that rank: an amount, or a rate on the liste en sus."""

    rang: int
    volet: str
    montant: Noeud | None
    taux: Noeud | None


def evaluate_refusals(
    affaire: Affaire, droit: Droit
) -> tuple[tuple[ResultatRefus, ...], list[Constat]]:
    """The sanctions that the refusals of a dossier incur, and what is missing to know them."""
    contrat = affaire.dossier.valeur.contrat
    resultats: list[ResultatRefus] = []
    constats = list(check_refusals(affaire, droit))
    for rang, refus in enumerate(contrat.refus):
        jour = refus.constate_le or contrat.signature.date_retenue
        if jour is None:
            source = affaire.dossier.fichier.source(("contrat", "refus", rang))
            message = "La date du refus manque\u00a0: elle choisit le taux de la sanction."
            remede = "Remplir «\u00a0constate_le\u00a0»."
            constats.append(Constat("V-046", Gravite.MANQUE, source, message, remede))
            continue
        cadre = Cadre(affaire, None, droit, jour)
        try:
            resultat = evaluate_refusal(cadre, rang, refus)
        except DroitError as error:
            source = cadre.contract_source("refus", rang)
            constats.append(
                Constat(error.code, Gravite.ERREUR, source, error.message, error.remede)
            )
            continue
        constats.extend(cadre.constats)
        if resultat is not None:
            resultats.append(resultat)
    return tuple(resultats), constats


def evaluate_refusal(cadre: Cadre, rang: int, refus: Refus) -> ResultatRefus | None:
    """The sanction that a refusal incurs; None when the data do not decide it."""
    source = cadre.contract_source("refus", rang)
    if refus.sanction is TypeSanction.REDUCTION and refus.volet == SOCLE:
        return ResultatRefus(rang, refus.volet, None, cadre.parameter("refus/reduction"))
    if refus.sanction is not TypeSanction.MONTANT:
        cadre.fault(
            "V-045",
            source,
            "La sanction du refus n’est pas choisie, ou n’est pas admise pour ce volet.",
            "Écrire «\u00a0sanction: montant\u00a0», ou «\u00a0reduction_liste_en_sus\u00a0» pour "
            "le volet obligatoire, relatif aux produits de santé.",
        )
        return None
    taux = cadre.parameter("refus/taux")
    lieu = cadre.contract_source("refus", rang, "exercice")
    base = cadre.need_produits(cadre.produits(refus.exercice, lieu), lieu)
    brut = compute(
        Operation.PRODUIT,
        "Sanction du refus, avant arrondi",
        Nature.EURO,
        (taux, base),
        taux.fondement,
    )
    montant = arrondi("Sanction du refus de signer", brut, _CENTIME)
    return ResultatRefus(rang, refus.volet, montant, None)


def check_refusals(affaire: Affaire, droit: Droit) -> Iterator[Constat]:
    """V-047: a refusal that contradicts the dossier, or itself (R-REF-1, R-SOC-5)."""
    refus = affaire.dossier.valeur.contrat.refus
    for rang, un_refus in enumerate(refus):
        source = affaire.dossier.fichier.source(("contrat", "refus", rang))
        deja = [autre.volet for autre in refus[:rang]]
        yield from _check_exercice(affaire, rang, un_refus)
        try:
            for message, remede in _contradictions(affaire, droit, un_refus, deja):
                yield Constat("V-047", Gravite.ERREUR, source, message, remede)
        except DroitError as error:
            yield Constat(error.code, Gravite.ERREUR, source, error.message, error.remede)


def _check_exercice(affaire: Affaire, rang: int, refus: Refus) -> Iterator[Constat]:
    """V-069: an older year than the last closed one: which day says « last » no text tells."""
    jour, exercice = refus.constate_le, refus.exercice
    if jour is None or exercice is None or exercice >= jour.year - 1:
        return
    source = affaire.dossier.fichier.source(("contrat", "refus", rang, "exercice"))
    yield older_year(exercice, jour, source)


def _contradictions(
    affaire: Affaire, droit: Droit, refus: Refus, deja: Sequence[str]
) -> Iterator[tuple[str, str]]:
    contrat, nom = affaire.dossier.valeur.contrat, refus.volet
    connus = (SOCLE, *droit.volets)
    volet = contrat.volets.get(nom)
    signe = volet.signature.date_retenue if volet and volet.signature else None
    if nom not in connus:
        yield (
            f"Le volet refusé «\u00a0{nom}\u00a0» n’existe pas.",
            f"Volets\u00a0: {', '.join(connus)}.",
        )
    if nom in deja:
        yield f"Le refus du volet {nom} est écrit deux fois.", "N’en garder qu’un."
    if signe is not None or (nom == SOCLE and contrat.signature.date_retenue is not None):
        yield f"Le volet {nom} est à la fois signé et refusé.", "Retirer la signature ou le refus."
    if (
        refus.sanction is TypeSanction.REDUCTION
        and not affaire.dossier.valeur.etablissement.liste_en_sus
    ):
        yield (
            "La diminution de la prise en charge n’est pas opposable à un établissement qui "
            "n’utilise pas la liste en sus.",
            "Écrire «\u00a0sanction: montant\u00a0», ou «\u00a0liste_en_sus: oui\u00a0».",
        )
    if refus.constate_le is None:
        return
    yield from _early(droit, contrat.proposition, refus.constate_le)
    if refus.decide_le is not None and refus.decide_le < refus.constate_le:
        yield "Le refus serait sanctionné avant d’être constaté.", "Corriger l’une des deux dates."
    if refus.exercice is not None and refus.exercice >= refus.constate_le.year:
        yield (
            f"L’exercice {refus.exercice} n’était pas clos le jour où le refus est constaté.",
            f"Donner le dernier exercice clos ({refus.constate_le.year - 1}).",
        )


def _early(
    droit: Droit, proposition: Proposition | None, constate_le: dt.date
) -> Iterator[tuple[str, str]]:
    """A refusal found while the establishment could still answer, or be heard (R-DATE-8)."""
    if proposition is None or proposition.recue_le is None:
        return
    jours = droit.parameter("contrat/delai_contractualisation", constate_le).valeur
    delai = answer_delay(
        proposition.recue_le,
        int(jours),
        proposition.audition_demandee_le,
        proposition.audition_tenue_le,
    )
    if delai.terme is None:
        yield (
            "Le refus est constaté alors que l’audition, demandée dans le délai, n’est pas datée.",
            "Remplir «\u00a0proposition.audition_tenue_le\u00a0»\u00a0: le délai court jusqu’à "
            "l’audition.",
        )
    elif constate_le < delai.terme:
        terme = "de l’audition" if delai.proroge else "où finit le délai pour contractualiser"
        yield (
            f"Le refus serait constaté le {date_longue(constate_le)}, avant le jour {terme}, le "
            f"{date_longue(delai.terme)}.",
            "Corriger les dates\u00a0: le refus se constate au terme du délai.",
        )
