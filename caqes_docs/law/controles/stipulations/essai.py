"""What an evaluation would find wrong in the terms of a contract, told before it is signed.

The engine itself works a year out on results that open a sanction, and for the socle on results
that open a reward too: what it says of the dossier is what the evaluation would say (instruction,
IV.a). What a contract has not chosen yet is to be completed; what it chose against the law is an
error.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.dossier.volets import Objectif, Volet, VoletSocle
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml
from caqes_docs.law.calcul.fondements import MODULATION, TOTAL
from caqes_docs.law.calcul.noeud import Nature, constante, entree
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.en_cours import VoletEnCours
from caqes_docs.law.caqes_1.objectifs import iter_objectives
from caqes_docs.law.caqes_1.socle import SOCLE, evaluate_socle
from caqes_docs.law.caqes_1.volets import conclude
from caqes_docs.law.droit.catalogue import VoletDecrit
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.resultats import Atteinte, ResultatObjectif

_ESSAI = "essai des stipulations"
_ACTIVE = constante("Sanctions suspendues cette année", False, Nature.OUI_NON, TOTAL)
_AILLEURS = frozenset({"V-042", "V-138"})
"""What other checks of the terms tell in their own words."""
_A_CHOISIR = frozenset(
    {"V-021", "V-023", "V-025", "V-026", "V-028", "V-030", "V-035", "V-043", "V-131"}
)
"""What the engine says of a choice that is not made."""


def check_volet_terms(
    dossier: Charge[Dossier], droit: Droit, decrit: VoletDecrit, effet: dt.date
) -> Iterator[Constat]:
    """What the engine says of the terms of a volet additionnel: of its reward, opened or not."""
    volet = dossier.valeur.contrat.volets[decrit.id]
    cadre = _suppose(dossier, droit, decrit.id, effet, {})
    resultats: dict[Chemin, ResultatObjectif] = {
        chemin: _missed(cadre, ("volets", decrit.id, *chemin), objectif)
        for chemin, objectif in iter_objectives(volet)
    }
    principal = resultats.pop(("objectif_principal",), None)
    supplementaire = resultats.pop(("objectif_supplementaire",), None)
    complementaires = tuple(resultats.values())
    conclude(VoletEnCours(cadre, decrit, volet, principal, supplementaire, complementaires))
    yield from _terms(cadre, volet)


def check_socle_terms(
    dossier: Charge[Dossier], droit: Droit, socle: VoletSocle, effet: dt.date
) -> Iterator[Constat]:
    """What it says of those of the volet obligatoire, whatever its level weighs."""
    for atteint in (True, False):
        vu = {SOCLE: {"sanction_proposee": "non" if atteint else "oui"}}
        cadre = _suppose(dossier, droit, SOCLE, effet, vu)
        niveau = constante("Niveau supposé", Decimal(atteint), Nature.TAUX, MODULATION)
        evaluate_socle(replace(cadre, niveaux={SOCLE: niveau}), ())
        yield from _terms(cadre, socle)


def _terms(cadre: Cadre, choix: Volet | VoletSocle) -> Iterator[Constat]:
    """The findings that are about the dossier, with their gravity before the signature."""
    for constat in cadre.constats:
        if constat.source.fichier != cadre.dossier.fichier.nom or constat.code in _AILLEURS:
            continue
        manque = constat.code in _A_CHOISIR or _is_unset(constat.code, choix)
        yield replace(constat, gravite=Gravite.MANQUE) if manque else constat


def _is_unset(code: str, choix: Volet | VoletSocle) -> bool:
    """Whether a finding that tells two faults tells here that nothing is written."""
    sanction, interessement = choix.sanction, choix.interessement
    if code in ("V-031", "V-041"):
        return sanction is None or sanction.type is None
    if code == "V-032":
        return sanction is not None and sanction.duree_maximale_mois is None
    if code == "V-022":
        return bool(interessement and interessement.prevu and interessement.taux_maximum is None)
    if not isinstance(choix, Volet):
        return False
    if code == "V-037":
        return choix.nombre_risques is None
    poids = [objectif.poids for objectif in choix.objectifs_complementaires]
    poids += [action.poids for action in choix.actions]
    return code == "V-027" and None in poids


def _suppose(
    dossier: Charge[Dossier], droit: Droit, nom: str, effet: dt.date, vus: Mapping[str, object]
) -> Cadre:
    """The first year of a volet, whose sanctions are not suspended; what it lacks is not told."""
    volet = dossier.valeur.contrat.volets.get(nom)
    signature = volet.signature.date_retenue if volet and volet.signature else None
    debut = effet if signature is None else effect_date(signature)
    finess = dossier.valeur.etablissement.finess
    evaluation = Evaluation.model_validate(
        {"dossier": finess, "annee": str(debut.year), "volets": vus}
    )
    charge = Charge(evaluation, FichierYaml(_ESSAI, None, {}))
    return Cadre(dossier, charge, droit, effet, suspendue=_ACTIVE)


def _missed(cadre: Cadre, chemin: Chemin, objectif: Objectif) -> ResultatObjectif:
    """The result supposed, under the code that an evaluation would give it."""
    code = objectif.indicateur or objectif.id
    verdict = entree(code, False, Nature.OUI_NON, _ESSAI)
    poids = cadre.weight(code, objectif.poids, *chemin, "poids")
    return ResultatObjectif(code, code, Atteinte.NON_ATTEINT, verdict, verdict, verdict, poids)
