"""The volets of one contract, drawn from the catalogue and the dossier.

Source: contrat type, art. 2; instruction DSS/A1/CNAMTS/2017/234, II.a.iv and annexes 4 to 6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from caqes_docs.assembly.contrat.actions import describe_plan, resolve_actions
from caqes_docs.assembly.contrat.contacts import label_in_words
from caqes_docs.assembly.contrat.economies import spending_lines, spending_place
from caqes_docs.assembly.contrat.exemples import socle_lines, volet_lines
from caqes_docs.assembly.contrat.indicateurs import (
    direction,
    format_value,
    other_targets,
    set_targets,
)
from caqes_docs.assembly.contrat.niveau import level_lines, weight_lines
from caqes_docs.assembly.contrat.taux import targets
from caqes_docs.assembly.contrat.vocabulaire import (
    LigneBareme,
    LigneObjectif,
    LigneVolet,
    VoletsResolus,
)
from caqes_docs.core.francais import formes
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.ciblage import MotifCiblage
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.volets import (
    Bareme,
    Interessement,
    NomBareme,
    Objectif,
    Volet,
    VoletSocle,
)
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.droit.catalogue import Indicateur, VoletDecrit
from caqes_docs.law.droit.dates import is_original, is_running
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.regimes import functions_of
from caqes_docs.redaction.langage.vues import Lieu


def running_volets(
    droit: Droit, dossier: Dossier, annee: int, lieu: Lieu
) -> tuple[LigneVolet, ...]:
    """The volets that run in `annee`, with the targets of that year, whoever signed them when."""
    date, contrat = dt.date(annee, 12, 31), dossier.contrat
    return tuple(
        _line(
            decrit,
            contrat.volets[decrit.id],
            droit.volet_indicators(date, decrit.id),
            annee,
            lieu.child("contrat").child("volets").child(decrit.id),
            droit,
        )
        for decrit in droit.volets.values()
        if decrit.en_vigueur.periode.holds(date)
        and decrit.id in contrat.volets
        and is_running(contrat.volets[decrit.id], annee)
    )


def resolve_volets(
    droit: Droit, dossier: Charge[Dossier], date: dt.date, joints: Collection[str] = ()
) -> VoletsResolus:
    """The volets that the contract holds at its signature, in the order of the catalogue.

    A volet signed later is not printed (art. 2) before its avenant has joined it (`joints`).
    """
    contrat, regime = dossier.valeur.contrat, functions_of(dossier)
    racine = Lieu(dossier.fichier, ("contrat",))
    souscrits = [
        v
        for v in droit.volets.values()
        if v.en_vigueur.periode.holds(date)
        and v.id in contrat.volets
        and (v.id in joints or is_original(v.id, contrat))
    ]

    def line(decrit: VoletDecrit) -> LigneVolet:
        volet, lieu = contrat.volets[decrit.id], racine.child("volets").child(decrit.id)
        indicateurs = droit.volet_indicators(date, decrit.id)
        ligne = _line(decrit, volet, indicateurs, _first_year(volet, date.year), lieu, droit)
        exemples = volet_lines(regime.volet_examples(dossier, droit, decrit), ligne, decrit)
        return replace(ligne, exemples=exemples, dernier=decrit is souscrits[-1])

    lignes = tuple(map(line, souscrits))
    socle = contrat.socle or VoletSocle()
    sanction, interessement = socle.sanction, socle.interessement
    return VoletsResolus(
        lignes,
        tuple(ligne.court for ligne in lignes),
        tuple(ligne.designation for ligne in lignes),
        scale_lines(sanction.bareme if sanction else None, decroit=True),
        scale_lines(interessement.bareme if interessement else None, decroit=False),
        spending_lines(interessement, racine.child("socle").child("interessement")),
        socle_lines(regime.socle_examples(dossier, droit)),
        level_lines(socle.niveau, racine),
        weight_lines(socle.niveau, contrat, droit, racine),
        len(lignes) > 1,
        _socle_places(interessement, racine.child("socle")),
    )


def _socle_places(interessement: Interessement | None, lieu: Lieu) -> dict[str, Lieu]:
    """Where what the contract prints of the socle is written."""
    recompense = lieu.child("interessement")
    return {
        "bareme_socle": lieu.child("sanction").child("bareme"),
        "interessement_socle": recompense.child("bareme"),
        "economies_socle": spending_place(interessement, recompense),
        "niveau_socle": lieu.child("niveau"),
        "poids_socle": lieu.child("niveau"),
    }


def _line(
    decrit: VoletDecrit,
    volet: Volet,
    indicateurs: Mapping[str, Indicateur],
    annee: int,
    lieu: Lieu,
    droit: Droit,
) -> LigneVolet:
    """A volet with the targets of `annee`."""
    signature = volet.signature.date_retenue if volet.signature else None
    effet = effect_date(signature) if signature else None
    actions = resolve_actions(droit, decrit.id, volet, indicateurs)

    def objective(cle: str, objectif: Objectif | None) -> LigneObjectif | None:
        place = lieu.child(cle)
        return _objective_line(objectif, indicateurs, annee, place) if objectif else None

    return LigneVolet(
        id=decrit.id,
        libelle=typographier(decrit.libelle),
        court=typographier(decrit.court),
        designation=label_in_words(decrit.libelle),
        date_signature=signature,
        date_effet=effet,
        date_fin=dt.date(effet.year + volet.duree - 1, 12, 31) if effet and volet.duree else None,
        duree=volet.duree,
        donne_lieu_a_sanction=volet.donne_lieu_a_sanction,
        principal=objective("objectif_principal", volet.objectif_principal),
        supplementaire=objective("objectif_supplementaire", volet.objectif_supplementaire),
        complementaires=_complementary(volet, indicateurs, annee, lieu.child(_COMPLEMENTAIRES)),
        actions=actions,
        plan_dit=describe_plan(actions),
        mesures=_measures(volet, indicateurs, annee, lieu.child("actions")),
        evaluation=volet.evaluation,
        sanction=volet.sanction,
        interessement=volet.interessement,
        **_choices(volet, lieu),
        exemples=(),
        origines=_places(volet, lieu),
    )


def _first_year(volet: Volet, annee: int) -> int:
    """The year a volet takes effect; `annee` while its signature is not dated."""
    signature = volet.signature.date_retenue if volet.signature else None
    return effect_date(signature).year if signature else annee


def _complementary(
    volet: Volet, indicateurs: Mapping[str, Indicateur], annee: int, lieu: Lieu
) -> tuple[LigneObjectif, ...]:
    return tuple(
        _objective_line(objectif, indicateurs, annee, lieu.child(rang))
        for rang, objectif in enumerate(volet.objectifs_complementaires)
    )


def _measures(
    volet: Volet, indicateurs: Mapping[str, Indicateur], annee: int, lieu: Lieu
) -> tuple[LigneObjectif, ...]:
    """What measures its actions, each under the number of its action."""
    return tuple(
        replace(
            _objective_line(mesure, indicateurs, annee, lieu.child(rang).child("mesures").child(k)),
            action=action.id,
        )
        for rang, action in enumerate(volet.actions)
        for k, mesure in enumerate(action.mesures)
    )


def _choices(volet: Volet, lieu: Lieu) -> dict[str, Any]:
    """Its ground, subject, scales and savings; a scale that a choice sets aside is not printed."""
    sanction = volet.sanction if volet.donne_lieu_a_sanction is not False else None
    interessement, ciblage = volet.interessement, volet.ciblage or MotifCiblage()
    reward = interessement if interessement and interessement.prevu is not False else None
    return {
        "dernier": False,
        "renouvele": lieu.child("duree").source.fichier != lieu.source.fichier,
        "motif": ciblage.motif,
        "nombre_risques": volet.nombre_risques,
        "chiffres": ciblage.chiffres,
        "thematique": volet.thematique,
        "ponderees": any(action.poids is not None for action in volet.actions),
        "bareme_sanction": scale_lines(sanction.bareme if sanction else None, decroit=True),
        "bareme_interessement": scale_lines(reward.bareme if reward else None, decroit=False),
        "economies": spending_lines(interessement, lieu.child("interessement")),
    }


_COMPLEMENTAIRES = "objectifs_complementaires"


def _places(volet: Volet, lieu: Lieu) -> dict[str, Lieu]:
    """Where each part of a volet stands: under its own name, but for what is renamed here."""
    date = lieu.child("signature").child("date")
    return {
        **{nom: lieu.child(nom) for nom in Volet.model_fields},
        "date_signature": date,
        "date_effet": date,
        "date_fin": lieu.child("duree"),
        "motif": lieu.child("ciblage").child("motif"),
        "chiffres": lieu.child("ciblage").child("chiffres"),
        "principal": lieu.child("objectif_principal"),
        "supplementaire": lieu.child("objectif_supplementaire"),
        "complementaires": lieu.child(_COMPLEMENTAIRES),
        "economies": spending_place(volet.interessement, lieu.child("interessement")),
        "bareme_sanction": lieu.child("sanction").child("bareme"),
        "bareme_interessement": lieu.child("interessement").child("bareme"),
    }


def _objective_line(
    objectif: Objectif, indicateurs: Mapping[str, Indicateur], annee: int, lieu: Lieu
) -> LigneObjectif:
    indicateur = indicateurs.get(objectif.indicateur or "")
    reference, cibles = objectif.reference, lieu.child("cibles")
    dites = targets(objectif.cibles, lieu)
    ligne = LigneObjectif(
        code=objectif.indicateur or objectif.id,
        libelle=objectif.libelle,
        sens="",
        reference=reference.valeur if reference else None,
        annee_reference=reference.annee if reference else None,
        cible=objectif.cibles.get(annee),
        annee_cible=annee,
        cible_suivante=dites.prevues.get(annee + 1),
        autres_cibles=other_targets(dites.prevues, indicateur, annee),
        cibles_fixees=set_targets(dites.fixees, indicateur, annee),
        cibles_autres_annees=set_targets(objectif.cibles, indicateur, annee),
        site=objectif.site,
        poids=objectif.poids,
        action=None,
        origines={
            "libelle": lieu.child("libelle"),
            "reference": lieu.child("reference").child("valeur"),
            "annee_reference": lieu.child("reference").child("annee"),
            **dict.fromkeys(("cible", "cible_dite"), cibles.child(str(annee))),
            **dict.fromkeys(
                ("cible_suivante", "cible_suivante_dite"), cibles.child(str(annee + 1))
            ),
            **dict.fromkeys(("autres_cibles", "cibles_autres_annees"), cibles.child("autres")),
            "site": lieu.child("site"),
            "poids": lieu.child("poids"),
        },
    )
    return ligne if indicateur is None else _in_unit(ligne, indicateur)


def _in_unit(ligne: LigneObjectif, indicateur: Indicateur) -> LigneObjectif:
    """The same objective, its values in the unit of the indicator that measures it."""
    return replace(
        ligne,
        libelle=ligne.libelle or typographier(indicateur.libelle),
        sens=direction(indicateur),
        reference=format_value(ligne.reference, indicateur),
        cible=format_value(ligne.cible, indicateur),
        cible_suivante=format_value(ligne.cible_suivante, indicateur),
    )


def scale_lines(bareme: Bareme | None, *, decroit: bool) -> tuple[LigneBareme, ...]:
    """The steps of a scale in words; `decroit` for a sanction, which falls as the level rises."""
    if bareme is None:
        return ()
    plein, nul = ("0 %", "100 %") if decroit else ("100 %", "0 %")
    taux = formes.taux
    match bareme.nom:
        case NomBareme.TOUT_OU_RIEN if bareme.seuil is not None:
            seuil = taux(bareme.seuil)
            lignes = [(f"inférieur à {seuil}", nul), (f"{seuil} et plus", plein)]
        case NomBareme.LINEAIRE if bareme.de is not None and bareme.a is not None:
            bas, haut = taux(bareme.de), taux(bareme.a)
            entre = f"part {'décroissante' if decroit else 'croissante'}, à proportion"
            du_bas = bas if bareme.de == 0 else f"{bas} et moins"
            du_haut = haut if bareme.a == 1 else f"{haut} et plus"
            lignes = [(du_bas, nul), (f"entre {bas} et {haut}", entre), (du_haut, plein)]
        case NomBareme.PALIERS:
            lignes = [(f"à partir de {taux(p.a_partir_de)}", taux(p.part)) for p in bareme.paliers]
        case NomBareme.POINTS:
            part = (
                "100 %, moins le niveau de réalisation" if decroit else "le niveau de réalisation"
            )
            lignes = [("de 0 % à 100 %", part)]
        case NomBareme.SAISIE:
            lignes = [("apprécié à l’évaluation", "part proposée et motivée")]
        case _:
            return ()
    return tuple(LigneBareme(typographier(niveau), typographier(part)) for niveau, part in lignes)
