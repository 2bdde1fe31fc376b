"""What a contract would give on a few hypotheses: the evaluation itself, on supposed results.

Contrat type, art. 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, IV.a: the establishment knows
from the signature what its evaluation leads to. What an evaluation could not work out, an example
does not either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.dossier.volets import Bareme, BaseNiveau, NomBareme, Objectif, Volet
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import FichierYaml
from caqes_docs.law.calcul.fondements import MODULATION, TOTAL, ground_all
from caqes_docs.law.calcul.noeud import Nature, constante, entree
from caqes_docs.law.caqes_1.baremes import Effet
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.en_cours import VoletEnCours
from caqes_docs.law.caqes_1.socle import SOCLE, evaluate_socle
from caqes_docs.law.caqes_1.volets import conclude
from caqes_docs.law.droit.catalogue import ModeleVolet, VoletDecrit
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.resultats import (
    Atteinte,
    Branche,
    Exemple,
    MesureProposee,
    ResultatObjectif,
)

ECONOMIES_SUPPOSEES = Decimal(10_000)
"""Savings of an example, in euros: a unit to reckon with, not a forecast."""

_ENTIER, _MOITIE, _RIEN = Decimal(1), Decimal("0.5"), Decimal(0)
_SUPPOSE = "hypothèse d’un exemple"
_ACTIVE = constante("Sanctions suspendues cette année", False, Nature.OUI_NON, TOTAL)
EVALUE = {
    "sanction_proposee": "oui",
    "appreciation": _SUPPOSE,
    "modulation": "100 %",
    "motif_modulation": _SUPPOSE,
}
"""What evaluators would write: the whole part, where the scale leaves it to them."""


def volet_examples(
    dossier: Charge[Dossier], droit: Droit, decrit: VoletDecrit
) -> Iterator[Exemple]:
    """Reward, neither, sanction; none for a volet without date or principal objective."""
    volet = dossier.valeur.contrat.volets[decrit.id]
    signature = volet.signature.date_retenue if volet.signature else None
    if signature is None or volet.objectif_principal is None:
        return
    deux = decrit.modele is ModeleVolet.TRANSPORTS and volet.objectif_supplementaire is not None
    for branche, clause, effet in (
        (Branche.TENU, volet.interessement, Effet.INTERESSEMENT),
        *([(Branche.PARTAGE, None, Effet.SANCTION)] if deux else []),
        (Branche.MANQUE, volet.sanction, Effet.SANCTION),
    ):
        bareme = clause.bareme if clause else None
        principal: bool | None = branche is Branche.TENU
        if deux and branche is Branche.MANQUE:
            principal = None  # the supplementary objective decides alone
        resultats = (
            _supposed(volet.objectif_principal, principal),
            _supposed(volet.objectif_supplementaire, branche is not Branche.MANQUE),
        )
        for niveau in _possible(example_levels(bareme, effet), bareme, volet):
            cadre = _suppose(dossier, droit, decrit.id, signature, niveau)
            en_cours = VoletEnCours(cadre, decrit, volet, *resultats, ())
            resultat = conclude(en_cours)
            if resultat.mesure is not MesureProposee.AUCUNE or branche is Branche.PARTAGE:
                economies = ECONOMIES_SUPPOSEES if en_cours.rests_on_savings else None
                produits = (cadre.base, cadre.evaluation.exercice_clos)
                exemple = Exemple(branche, niveau, bareme, economies, *produits, resultat)
                yield ground_all(exemple, droit)


def _supposed(objectif: Objectif | None, tenu: bool | None) -> ResultatObjectif | None:
    if objectif is None:
        return None
    nom = objectif.libelle or objectif.id
    statut = {True: Atteinte.ATTEINT, False: Atteinte.NON_ATTEINT, None: Atteinte.NON_EVALUABLE}
    motif = "rien n’est supposé de cet objectif"
    verdict = entree(nom, tenu, Nature.OUI_NON, _SUPPOSE, motif=motif)
    return ResultatObjectif(objectif.id, nom, statut[tenu], verdict, verdict, verdict)


def socle_examples(dossier: Charge[Dossier], droit: Droit) -> Iterator[Exemple]:
    """No sanction at the threshold, then sanctions below; none while none is chosen or dated."""
    socle = dossier.valeur.contrat.socle
    signature = dossier.valeur.contrat.signature.date_retenue
    if socle is None or socle.sanction is None or signature is None:
        return
    seuil = socle.declenchement.seuil if socle.declenchement else None
    bareme = socle.sanction.bareme
    niveaux = _levels_below(bareme, seuil)
    for niveau in niveaux if seuil is None else (seuil, *niveaux):
        cadre = _suppose(dossier, droit, SOCLE, signature, niveau)
        resultat = evaluate_socle(cadre, ())
        branche = Branche.MANQUE if seuil is None or niveau < seuil else Branche.TENU
        if resultat.mesure is not MesureProposee.AUCUNE or branche is Branche.TENU:
            produits = (cadre.base, cadre.evaluation.exercice_clos)
            exemple = Exemple(branche, niveau, bareme, None, *produits, resultat)
            yield ground_all(exemple, droit)


def _levels_below(bareme: Bareme | None, seuil: Decimal | None) -> tuple[Decimal, ...]:
    """Levels that open a sanction: those of the scale, under the threshold of the contract."""
    niveaux = example_levels(bareme, Effet.SANCTION)
    if seuil is None:
        return niveaux
    if bareme is not None and bareme.nom is NomBareme.TOUT_OU_RIEN:
        niveaux = niveaux[:1]
    return tuple(dict.fromkeys(niveau if niveau < seuil else seuil / 2 for niveau in niveaux))


def example_levels(bareme: Bareme | None, effet: Effet) -> tuple[Decimal, ...]:
    """Levels of realisation that show what a scale does."""
    sanction = effet is Effet.SANCTION
    if bareme is not None and bareme.nom is NomBareme.SAISIE:
        return (_RIEN if sanction else _ENTIER,)
    if bareme is not None and bareme.nom is NomBareme.TOUT_OU_RIEN and bareme.seuil is not None:
        return (_RIEN, bareme.seuil) if sanction else (bareme.seuil, _RIEN)
    return (_RIEN, _MOITIE) if sanction else (_ENTIER, _MOITIE)


def _possible(
    niveaux: tuple[Decimal, ...], bareme: Bareme | None, volet: Volet
) -> tuple[Decimal, ...]:
    """The levels that may be met: risks are lifted one by one (one of three, never a half)."""
    total = volet.nombre_risques
    if bareme is None or bareme.sur is not BaseNiveau.RISQUES or not total:
        return niveaux
    leves = ((niveau * total).to_integral_value(ROUND_CEILING) for niveau in niveaux)
    return tuple(dict.fromkeys(nombre / total for nombre in leves))


def _suppose(
    dossier: Charge[Dossier], droit: Droit, nom: str, signature: dt.date, niveau: Decimal
) -> Cadre:
    """A year evaluated at that level, whose sanctions are not suspended."""
    effet, volet = effect_date(signature), dossier.valeur.contrat.volets.get(nom)
    total = (volet.nombre_risques if volet else None) or 0
    restants = total - int((niveau * total).to_integral_value(ROUND_HALF_UP))
    evaluation = Evaluation.model_validate(
        {
            "dossier": dossier.valeur.etablissement.finess,
            "annee": str(effet.year),
            "exercice_clos": _last_closed(dossier.valeur.etablissement, signature),
            "volets": {nom: {**EVALUE, "nombre_risques": f"{restants}"}},
        }
    )
    charge = Charge(evaluation, FichierYaml(_SUPPOSE, None, {}))
    suppose = constante("Niveau supposé", niveau, Nature.TAUX, MODULATION)
    economies = entree("Économies supposées", ECONOMIES_SUPPOSEES, Nature.EURO, _SUPPOSE)
    return Cadre(
        dossier,
        charge,
        droit,
        effet,
        niveaux={nom: suppose},
        economies=economies,
        suspendue=_ACTIVE,
    )


def _last_closed(etablissement: Etablissement, signature: dt.date) -> str | None:
    """The last year closed at the signature, among those whose products the dossier gives.

    Later years are left out: the act, printed again, must say what it said when signed.
    """
    exercices = [p.exercice for p in etablissement.produits_assurance_maladie]
    clos = [exercice for exercice in exercices if exercice < signature.year]
    return str(max(clos)) if clos else None
