"""The savings of a volet: what its contract expected to be spent, less what was (R-TRA-1, X6).

The base and its figures are those of the contract, signed and printed; the evaluation brings only
what was spent. Instruction DSS/A1/CNAMTS/2017/234, IV.b.i and annexe 4, note 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.source import Source
from caqes_docs.data.dossier.volets import BaseEconomies, Interessement
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.calcul.fondements import CENTIME, DEPENSE_CIBLE, ECONOMIES, TENDANCIEL
from caqes_docs.law.calcul.noeud import (
    Nature,
    Noeud,
    Operation,
    arrondi,
    compute,
    constante,
    entree,
)
from caqes_docs.law.caqes_1.cadre import Cadre

Origine = Callable[..., str]
"""`file:line:column` of a part of the block of the reward."""


def is_shared(interessement: Interessement) -> bool:
    """Whether the contract ties the reward to savings."""
    return (interessement.taux_maximum, interessement.base_economies) != (None, None)


def rests_on_savings(interessement: Interessement | None, *, transports: bool) -> bool:
    """Whether a reward is foreseen, and is a share of savings; those of transports all are."""
    if interessement is None or not interessement.prevu:
        return False
    return transports or is_shared(interessement)


def check_base(interessement: Interessement, source: Source) -> Iterator[Constat]:
    """V-026: the base is not chosen, and the instruction has two."""
    if interessement.base_economies is None:
        yield fault(
            "V-026",
            source,
            "La base des économies n’est pas choisie\u00a0: l’instruction dit la cible de dépenses "
            "(IV.b.i) et le tendanciel (annexe 4, note 8).",
            "Écrire «\u00a0base_economies: cible\u00a0» ou «\u00a0base_economies: "
            "tendanciel\u00a0».",
        )


def savings(cadre: Cadre, chemin: Chemin, nom: str, interessement: Interessement) -> Noeud:
    """Expected spending − observed spending, never below zero; `chemin` is that of the reward."""
    annee = cadre.evaluation.annee
    for cles, manque in lacks(interessement, annee):
        cadre.fault(
            "V-131",
            cadre.contract_source(*chemin, *cles),
            f"Les économies du volet {nom} ne peuvent pas être mesurées en {annee}\u00a0: il "
            f"manque au contrat {manque}.",
            f"Remplir «\u00a0{'.'.join(('contrat', *map(str, (*chemin, *cles))))}\u00a0», qui "
            "s’imprime, avant de signer\u00a0; ensuite, par avenant.",
        )

    def origine(*cles: str | int) -> str:
        return cadre.in_contract(*chemin, *cles)

    attendue = expected_spending(interessement, annee, origine)
    if cadre.economies is not None and attendue.is_known:
        return cadre.economies
    ecart = compute(
        Operation.DIFFERENCE,
        "Écart de dépenses",
        Nature.EURO,
        (attendue, _spent(cadre, nom)),
        ECONOMIES,
    )
    rien = constante("Aucune économie", Decimal(0), Nature.EURO, ECONOMIES)
    return compute(Operation.MAXIMUM, "Économies", Nature.EURO, (ecart, rien), ECONOMIES)


def lacks(interessement: Interessement, annee: int) -> Iterator[tuple[Chemin, str]]:
    """What the base of the contract lacks to know the spending expected in `annee`, and where."""
    reference = interessement.depense_de_reference
    if interessement.base_economies is BaseEconomies.CIBLE:
        if interessement.depenses_cibles.get(annee) is None:
            yield ("depenses_cibles",), f"la dépense cible de {annee}"
    elif interessement.base_economies is BaseEconomies.TENDANCIEL:
        if reference is None or reference.montant is None:
            yield ("depense_de_reference",), "la dépense de référence, avec son année"
        elif reference.annee >= annee:
            yield (
                ("depense_de_reference", "annee"),
                f"une dépense de référence d’une année antérieure à {annee}",
            )
        evolutions = interessement.evolutions_tendancielles
        debut = annee if reference is None else reference.annee + 1
        absentes = [str(a) for a in range(debut, annee + 1) if evolutions.get(a) is None]
        if absentes:
            yield (
                ("evolutions_tendancielles",),
                f"l’évolution tendancielle de {', '.join(absentes)}",
            )


def expected_spending(interessement: Interessement, annee: int, origine: Origine) -> Noeud:
    """The spending that the contract expects in `annee`; not known where its base is not whole."""
    base = interessement.base_economies
    motif = next((f"il manque {mots}" for _, mots in lacks(interessement, annee)), "")
    if base is None or motif:
        motif = motif or "la base des économies n’est pas choisie"
        return entree("Dépense attendue", None, Nature.EURO, origine(), motif=motif)
    if base is BaseEconomies.CIBLE:
        return entree(
            f"Dépense cible de {annee}, fixée au contrat",
            interessement.depenses_cibles[annee],
            Nature.EURO,
            origine("depenses_cibles", str(annee)),
            fondement=DEPENSE_CIBLE,
        )
    return _trend(interessement, annee, origine)


def _trend(interessement: Interessement, annee: int, origine: Origine) -> Noeud:
    """The reference spending, grown year by year; rounded once."""
    reference = interessement.depense_de_reference
    assert reference is not None  # lacks
    depense = entree(
        f"Dépense de référence\u00a0: dépense de {reference.annee}",
        reference.montant,
        Nature.EURO,
        origine("depense_de_reference", "montant"),
        fondement=TENDANCIEL,
    )
    un = constante("Totalité", Decimal(1), Nature.TAUX, TENDANCIEL)
    facteurs = [depense]
    for rang in range(reference.annee + 1, annee + 1):
        evolution = entree(
            f"Évolution tendancielle de {rang}",
            interessement.evolutions_tendancielles[rang],
            Nature.TAUX,
            origine("evolutions_tendancielles", str(rang)),
            fondement=TENDANCIEL,
        )
        facteurs.append(
            compute(
                Operation.SOMME,
                f"Part de la dépense de {rang - 1} attendue en {rang}",
                Nature.TAUX,
                (un, evolution),
                TENDANCIEL,
            )
        )
    libelle = f"Dépense attendue en {annee} sans mesure de maîtrise"
    brute = compute(
        Operation.PRODUIT, f"{libelle}, avant arrondi", Nature.EURO, facteurs, TENDANCIEL
    )
    return arrondi(libelle, brute, CENTIME)


def _spent(cadre: Cadre, nom: str) -> Noeud:
    """What was spent in the year evaluated."""
    economies = cadre.volet(nom).economies
    montant = economies.depense_constatee if economies else None
    chemin = ("volets", nom, "economies", "depense_constatee")
    if montant is None:
        cadre.fault(
            "V-038",
            cadre.evaluation_source(*chemin),
            f"Les économies du volet {nom} ne peuvent pas être mesurées\u00a0: il manque "
            "«\u00a0depense_constatee\u00a0».",
            "Donner «\u00a0economies: {depense_constatee: …}\u00a0» au volet évalué.",
        )
    return entree(
        "Dépense constatée",
        montant,
        Nature.EURO,
        cadre.in_evaluation(*chemin),
        motif="les économies ne peuvent pas être mesurées",
    )
