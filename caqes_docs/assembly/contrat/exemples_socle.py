"""What the volet obligatoire would give on a few hypotheses, with the figures of the contract.

Contrat type, art. 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, IV.a: the establishment knows
from the signature what opens a sanction, which one, and how much. Scales and rounding are those of
the evaluation; what the contract does not say gives no example.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from caqes_docs.assembly.contrat.exemples_volets import (
    Cas,
    Maximum,
    example_levels,
    example_line,
    last_products,
    rate_words,
)
from caqes_docs.assembly.contrat.vocabulaire import LigneExemple
from caqes_docs.core.francais import formes
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.volets import NomBareme, Sanction, TypeSanction
from caqes_docs.law.calcul.noeud import CONTEXTE, Nature, constante
from caqes_docs.law.caqes_1.baremes import MODULATION, BaremePose, Effet, check_scale, compute_part
from caqes_docs.law.caqes_1.montants import SANCTION
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.redaction.langage.vues import Lieu

_SUJET = "Obligations du volet"


def socle_examples(droit: Droit, dossier: Dossier, lieu: Lieu) -> tuple[LigneExemple, ...]:
    """No sanction, then sanctions at a few levels; `lieu` is the place of the socle's choices."""
    socle, signature = dossier.contrat.socle, dossier.contrat.signature.date_retenue
    sanction = socle.sanction if socle else None
    if socle is None or sanction is None or sanction.taux_maximum is None or signature is None:
        return ()
    seuil = socle.declenchement.seuil if socle.declenchement else None
    pose = _pose(sanction, lieu)
    if pose is None:
        return ()
    lignes: list[LigneExemple] = []
    if seuil is not None:
        hypothese = f"{_SUJET} réalisées à {rate_words(seuil)} ou plus"
        lignes.append(example_line(hypothese, "Aucune sanction", "—", None))
    maximum = _maximum(droit, dossier, sanction, effect_date(signature))
    cas = Cas("Sanction financière", maximum, Effet.SANCTION, SANCTION, f"{_SUJET} réalisées à")
    for niveau in _levels_below(pose, seuil):
        if sanction.type is TypeSanction.REDUCTION:
            lignes.append(_cut(pose, niveau, maximum))
        else:
            lignes += cas.lines("Sanction ouverte", pose, niveau)
    return tuple(lignes)


def _pose(sanction: Sanction, lieu: Lieu) -> BaremePose | None:
    if sanction.bareme is None or lieu.fichier is None:
        return None
    pose = BaremePose(sanction.bareme, lieu.fichier, (*lieu.chemin, "sanction", "bareme"))
    return None if any(check_scale(pose, Effet.SANCTION)) else pose


def _levels_below(pose: BaremePose, seuil: Decimal | None) -> tuple[Decimal, ...]:
    """Levels that open a sanction: those of the scale, under the threshold of the contract."""
    niveaux = example_levels(pose.bareme, Effet.SANCTION)
    if pose.bareme.nom is NomBareme.SAISIE or seuil is None:
        return niveaux
    if pose.bareme.nom is NomBareme.TOUT_OU_RIEN:
        return niveaux[:1]
    return tuple(dict.fromkeys(niveau if niveau < seuil else seuil / 2 for niveau in niveaux))


def _maximum(droit: Droit, dossier: Dossier, sanction: Sanction, effet: dt.date) -> Maximum:
    """The most that the sanction can be: a rate of the products, or of the part paid for."""
    assert sanction.taux_maximum is not None  # socle_examples
    reduction = sanction.type is TypeSanction.REDUCTION
    cle = "plafond_reduction_liste_en_sus" if reduction else "plafond_sanction"
    plafond = droit.parameter(f"socle/{cle}", effet).valeur
    signature = dossier.contrat.signature.date_retenue
    assert isinstance(plafond, Decimal)
    assert signature is not None
    retenu = min(sanction.taux_maximum, plafond)
    if reduction:
        return Maximum(retenu, rate_words(retenu))
    produits = last_products(dossier.etablissement, signature)
    if produits is None:
        return Maximum(None, f"{rate_words(retenu)} × produits du dernier exercice clos")
    mots = formes.euros(produits.montant)
    calcul = f"{rate_words(retenu)} × {mots} (produits de {produits.exercice})"
    return Maximum(CONTEXTE.multiply(retenu, produits.montant), calcul)


def _cut(pose: BaremePose, niveau: Decimal, maximum: Maximum) -> LigneExemple:
    """The cut of the part that is paid for: a rate, never in euros."""
    retenu = maximum.montant
    assert retenu is not None
    if pose.bareme.nom is NomBareme.SAISIE:
        hypothese = "Sanction ouverte, modulation proposée et motivée à l’évaluation"
        mesure = f"Diminution de la prise en charge, {maximum.calcul} au plus"
        return example_line(hypothese, mesure, maximum.calcul, None)
    noeud = constante("Niveau supposé", niveau, Nature.TAUX, MODULATION)
    part = compute_part(pose, noeud, Effet.SANCTION, noeud).nombre
    mesure = f"Diminution de la prise en charge de {rate_words(CONTEXTE.multiply(retenu, part))}"
    hypothese = f"Sanction ouverte, {_SUJET.lower()} réalisées à {rate_words(niveau)}"
    return example_line(hypothese, mesure, f"{maximum.calcul} × {rate_words(part)}", None)
