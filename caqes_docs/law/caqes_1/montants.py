"""Maxima, parts and amounts: the steps that every volet shares.

Contrat type, art. 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, IV.b and annexes 4 to 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from caqes_docs.core.francais import formes
from caqes_docs.data.dossier.volets import Bareme, Interessement, Sanction
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.calcul.fondements import CENTIME, ECONOMIES, SANCTION
from caqes_docs.law.calcul.noeud import (
    Fondement,
    Nature,
    Noeud,
    Operation,
    arrondi,
    compute,
    constante,
    entree,
    si,
)
from caqes_docs.law.caqes_1.baremes import BaremePose, Effet, check_scale, compute_part, needs_level
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.economies import check_base, is_shared, savings
from caqes_docs.law.caqes_1.plafonds import check_maximum_amount, check_maximum_rate

DIMINUTION = "Diminution proposée de la part prise en charge"
"""The label of what a sanction by the liste en sus comes to."""


def zero(libelle: str) -> Noeud:
    """No euro."""
    return constante(libelle, Decimal(0), Nature.EURO, SANCTION)


def capped_rate(cadre: Cadre, nom: str, sanction: Sanction, plafond: Noeud) -> Noeud:
    """The maximum rate of the contract, never above that of the texts (R-SOC-3)."""
    taux = sanction.taux_maximum
    chemin = (*_path(nom), "sanction", "taux_maximum")
    if taux is None:
        cadre.fault(
            "V-021",
            cadre.contract_source(*_path(nom), "sanction"),
            "Le maximum de la sanction n’est pas fixé au contrat\u00a0: il doit être connu dès la "
            "signature (instruction, IV.a).",
            f"Donner «\u00a0taux_maximum\u00a0», au plus {_rate(plafond)}.",
        )
    else:
        fautes = check_maximum_rate(taux, plafond.nombre, cadre.contract_source(*chemin))
        cadre.constats.extend(fautes)
        taux = max(taux, Decimal(0))
    fixe = entree(
        "Maximum fixé au contrat",
        taux,
        Nature.TAUX,
        cadre.in_contract(*chemin),
        motif="le contrat ne fixe pas le maximum",
    )
    return compute(
        Operation.MINIMUM,
        "Taux maximum applicable",
        Nature.TAUX,
        (fixe, plafond),
        plafond.fondement,
    )


def _rate(noeud: Noeud) -> str:
    return formes.taux(noeud.nombre)


def _path(nom: str) -> tuple[str, ...]:
    return ("socle",) if nom == "socle" else ("volets", nom)


def sanction_maximum(cadre: Cadre, nom: str, sanction: Sanction, plafonds: Sequence[str]) -> Noeud:
    """Rate × P (R-SOC-3, R-TRA-2, R-PER-3, R-QUA-1); `plafonds` are parameters."""
    plafond = cadre.least_parameter(plafonds, cadre.effect_of(nom))
    taux = capped_rate(cadre, nom, sanction, plafond)
    return compute(
        Operation.PRODUIT,
        "Montant maximum de la sanction",
        Nature.EURO,
        (taux, cadre.need_base()),
        taux.fondement,
    )


def part(cadre: Cadre, nom: str, cle: str, bareme: Bareme | None, niveau: Noeud) -> Noeud:
    """The part of the maximum that the scale of the contract gives; `cle`: sanction or reward."""
    source = cadre.contract_source(*_path(nom), cle)
    effet = Effet.SANCTION if cle == "sanction" else Effet.INTERESSEMENT
    if bareme is None:
        cadre.fault(
            "V-023",
            source,
            f"Le barème n’est pas choisi ({'sanction' if cle == 'sanction' else 'intéressement'}, "
            f"volet {nom})\u00a0: aucun texte ne le fixe.",
            "Donner «\u00a0bareme\u00a0»\u00a0: saisie, tout_ou_rien, lineaire, paliers ou points.",
        )
        motif = "le contrat ne choisit pas de barème"
        return entree("Modulation", None, Nature.TAUX, str(source), motif=motif)
    fichier = cadre.dossier.fichier
    pose = BaremePose(bareme, fichier, ("contrat", *_path(nom), cle, "bareme"))
    fautes = list(check_scale(pose, effet))
    if fautes:
        cadre.constats.extend(fautes)
        return entree("Modulation", None, Nature.TAUX, str(source), motif="barème incomplet")
    saisie = _typed(cadre, nom) if not needs_level(bareme) else niveau
    return compute_part(pose, niveau, effet, saisie)


def _typed(cadre: Cadre, nom: str) -> Noeud:
    """The modulation written in the evaluation; it must be motivated (instruction, IV.b)."""
    volet = cadre.volet(nom)
    source = cadre.evaluation_source("volets", nom, "modulation")
    taux = volet.modulation
    if taux is None or volet.motif_modulation is None:
        cadre.fault(
            "V-024",
            source,
            f"La modulation du volet {nom} doit être donnée et motivée.",
            "Remplir «\u00a0modulation\u00a0» et «\u00a0motif_modulation\u00a0».",
        )
    motif = "la modulation n’est pas donnée"
    if taux is not None and not 0 <= taux <= 1:
        taux, motif = None, "la modulation n’est pas entre 0 % et 100 %"
    return entree("Modulation proposée", taux, Nature.TAUX, str(source), motif=motif)


def amount(libelle: str, maximum: Noeud, modulation: Noeud, fondement: Fondement) -> Noeud:
    """Maximum × part, rounded to the cent, and never above the maximum."""
    brut = compute(
        Operation.PRODUIT,
        f"{libelle}, avant arrondi",
        Nature.EURO,
        (maximum, modulation),
        fondement,
    )
    rond = arrondi(f"{libelle}, arrondi", brut, CENTIME)
    borne = compute(
        Operation.TRONQUE, "Maximum, en centimes entiers", Nature.EURO, (maximum,), CENTIME
    )
    return compute(Operation.MINIMUM, libelle, Nature.EURO, (rond, borne), fondement)


def negative(libelle: str, montant: Noeud) -> Noeud:
    """The amount as the grid signs a sanction."""
    return compute(Operation.OPPOSE, libelle, Nature.EURO, (montant,), SANCTION)


def proposed_cut(taux: Noeud, sanction: Sanction, suspension: Noeud) -> Noeud:
    """A cut of the liste en sus, and what its rate counts in (X37)."""
    unite = f", {sanction.unite.libelle}" if sanction.unite else ""
    return unless_suspended(f"{DIMINUTION}{unite}", taux, suspension)


def unless_suspended(libelle: str, mesure: Noeud, suspension: Noeud) -> Noeud:
    """A measure that is not in euros: none in a suspended year (X9)."""
    fondement = suspension.fondement or SANCTION
    rien = constante("Aucune mesure", Decimal(0), mesure.nature, fondement)
    return si(libelle, suspension, rien, mesure, fondement)


def reward_maximum(
    cadre: Cadre,
    nom: str,
    interessement: Interessement,
    fondement: Fondement,
    *,
    economies: bool = False,
) -> Noeud:
    """The most a reward can be: a share of savings, a fixed maximum, or the lesser of both.

    `economies`: the texts tie the reward to savings (R-TRA-1), whatever else the contract says.
    """
    libelle = "Montant maximum de l’intéressement"
    maxima: list[Noeud] = []
    if economies or is_shared(interessement):
        maxima.append(_share_of_savings(cadre, nom, interessement, liees=economies))
    if interessement.montant_maximum is not None:
        maxima.append(
            entree(
                "Montant maximum fixé au contrat",
                interessement.montant_maximum,
                Nature.EURO,
                cadre.in_contract(*_path(nom), "interessement", "montant_maximum"),
            )
        )
    if not maxima:
        source = cadre.contract_source(*_path(nom), "interessement")
        cadre.fault(
            "V-025",
            source,
            f"Le maximum de l’intéressement du volet {nom} n’est pas fixé.",
            "Donner «\u00a0montant_maximum\u00a0», ou «\u00a0taux_maximum\u00a0» et "
            "«\u00a0base_economies\u00a0» (cible ou tendanciel).",
        )
        motif = "le contrat ne fixe pas le maximum de l’intéressement"
        return entree(libelle, None, Nature.EURO, str(source), motif=motif)
    return compute(Operation.MINIMUM, libelle, Nature.EURO, maxima, fondement)


def capped_reward(
    cadre: Cadre, nom: str, interessement: Interessement, maximum: Noeud, plafond: str | None
) -> Noeud:
    """The maximum of a reward, never above the amount that the region's parameter caps it at."""
    if plafond is None:
        return maximum
    borne = cadre.parameter(plafond, cadre.effect_of(nom))
    fixe = interessement.montant_maximum
    if fixe is not None:
        source = cadre.contract_source(*_path(nom), "interessement", "montant_maximum")
        cadre.constats.extend(check_maximum_amount(fixe, borne.nombre, source))
    return compute(
        Operation.MINIMUM,
        "Montant maximum applicable",
        Nature.EURO,
        (maximum, borne),
        borne.fondement,
    )


def _share_of_savings(
    cadre: Cadre, nom: str, interessement: Interessement, *, liees: bool
) -> Noeud:
    """Rate × savings, never above the part that the texts allow for any volet (K4).

    A contract that gives a base and a maximum in euros alone is bounded by that part: the texts say
    it. Where they tie the reward to savings (`liees`), the contract says its own.
    """
    plafond = cadre.parameter("volets/plafond_interessement", cadre.effect_of(nom))
    chemin = (*_path(nom), "interessement")
    cadre.constats.extend(check_base(interessement, cadre.contract_source(*chemin)))
    retenu = _share(cadre, interessement, plafond, chemin, liees=liees)
    return compute(
        Operation.PRODUIT,
        "Part maximale des économies",
        Nature.EURO,
        (retenu, savings(cadre, chemin, nom, interessement)),
        ECONOMIES,
    )


def _share(
    cadre: Cadre, interessement: Interessement, plafond: Noeud, chemin: Chemin, *, liees: bool
) -> Noeud:
    taux = interessement.taux_maximum
    if taux is None and interessement.montant_maximum is not None and not liees:
        return plafond
    lieu = cadre.contract_source(*chemin, "taux_maximum")
    if taux is None:
        remede = f"Donner «\u00a0taux_maximum\u00a0», au plus {_rate(plafond)}."
        cadre.fault("V-022", lieu, "La part des économies n’est pas fixée.", remede)
    elif taux > plafond.nombre:
        cadre.fault(
            "V-075",
            lieu,
            f"L’intéressement, {formes.taux(taux)} des économies, dépasse la limite des textes, "
            f"{_rate(plafond)} des économies constatées (article D. 162-16, III, 1°).",
            "Corriger «\u00a0taux_maximum\u00a0».",
        )
    fixe = entree(
        "Part des économies fixée au contrat",
        taux,
        Nature.TAUX,
        cadre.in_contract(*chemin, "taux_maximum"),
        motif="le contrat ne fixe pas la part des économies",
    )
    return compute(
        Operation.MINIMUM, "Part applicable", Nature.TAUX, (fixe, plafond), plafond.fondement
    )
