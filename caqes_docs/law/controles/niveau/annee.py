"""What a year lacks of what its levels weigh: targets, progress of actions, answers.

Contrat type, art. 3, 5, 6 and 10-6 (R-SOC-1, X40 to X42).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.data.dossier.evaluation import Tenue
from caqes_docs.data.dossier.volets import VoletSocle
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.niveau import obligations, plan
from caqes_docs.law.caqes_1.niveau.cibles import tell_untargeted, untargeted
from caqes_docs.law.caqes_1.niveau.renseignees import REPONSES, unanswered
from caqes_docs.law.caqes_1.niveau.socle import INDICATEURS, parts_chosen
from caqes_docs.law.caqes_1.socle import SOCLE, level_decides
from caqes_docs.law.controles.niveau.contrat import untold_years
from caqes_docs.law.resultats import (
    MesureProposee,
    ResultatEvaluation,
    ResultatObjectif,
    ResultatVolet,
)


def check_realisation(cadre: Cadre, resultat: ResultatEvaluation) -> Iterator[Constat]:
    """Every fault of what the levels of the year weigh."""
    for volet in resultat.volets:
        vues = resultat.indicateurs if volet.volet == SOCLE else volet.objectifs
        yield from _check_targets(cadre, volet, vues)
    yield from _check_known(cadre)
    yield from _check_whole(cadre, resultat)
    socle = cadre.contrat.socle or VoletSocle()
    if SOCLE not in cadre.niveaux and level_decides(socle):
        parts = parts_chosen(socle.niveau)
        if plan.CLE in parts:
            yield from _check_progress(cadre)
        if obligations.CLE in parts:
            admise = parts[obligations.CLE].en_partie is not None
            yield from _check_answers(cadre, admise=admise)


def _check_targets(
    cadre: Cadre, volet: ResultatVolet, resultats: Sequence[ResultatObjectif]
) -> Iterator[Constat]:
    """V-147, V-148: targets that are not set for the year, and what becomes of them."""
    chemin = ("indicateurs",) if volet.volet == SOCLE else ("volets", volet.volet)
    source = cadre.contract_source(*chemin)
    bloque = any(r.sans_cible for r in resultats) and _is_blocked(cadre, volet)
    if bloque and cadre.contrat.choix.annee_sans_cible is None:
        yield untold_years(cadre.dossier, ("contrat", *chemin))
    remede = "Fixer ces cibles par avenant, ou vérifier que c’est voulu."
    for phrase in tell_untargeted(cadre, resultats):
        yield (fault if bloque else warning)("V-148", source, phrase, remede)


def _is_blocked(cadre: Cadre, volet: ResultatVolet) -> bool:
    """Whether an amount rests on a level that targets leave unknown."""
    if volet.volet != SOCLE:
        inconnu = not volet.niveau.is_known and not volet.modulation.is_known
        return inconnu and bool(untargeted(volet.complementaires))
    pesees = [part.niveau for part in volet.parts if part.id == INDICATEURS]
    decide = level_decides(cadre.contrat.socle or VoletSocle())
    return decide and any(not niveau.is_known for niveau in pesees)


def _check_known(cadre: Cadre) -> Iterator[Constat]:
    """V-149: an answer about an obligation that the register does not have evaluated."""
    connues = cadre.droit.obligations_evaluees
    for identifiant in cadre.evaluation.obligations_generales:
        if identifiant not in connues:
            yield fault(
                "V-149",
                cadre.evaluee.fichier.key_source((obligations.CLE, identifiant)),
                f"L’obligation «\u00a0{identifiant}\u00a0» n’est pas de celles dont "
                "l’établissement répond chaque année.",
                f"Obligations connues\u00a0: {', '.join(connues) or 'aucune'}.",
            )


def _check_whole(cadre: Cadre, resultat: ResultatEvaluation) -> Iterator[Constat]:
    """V-293: the socle is sanctioned, and the year does not answer for all that it is judged on."""
    mesures = {volet.mesure for volet in resultat.volets if volet.volet == SOCLE}
    if mesures.isdisjoint((MesureProposee.SANCTION, MesureProposee.REDUCTION)):
        return
    for cle, absentes, _ in unanswered(cadre):
        yield warning(
            "V-293",
            cadre.evaluation_source(cle),
            "Une sanction est proposée pour le volet obligatoire, qui s’apprécie dans son "
            f"ensemble, et l’évaluation ne dit rien de\u00a0: {', '.join(absentes)}.",
            f"Remplir «\u00a0{cle}.{absentes[0]}.{REPONSES[cle]}\u00a0» et la suite\u00a0; à "
            "défaut, les actes disent que seules les obligations évaluées ont été appréciées.",
        )


def _check_answers(cadre: Cadre, *, admise: bool) -> Iterator[Constat]:
    """V-150: an answer that the level needs, absent or that the contract does not admit."""
    for identifiant, libelle in cadre.droit.obligations_evaluees.items():
        vue = cadre.evaluation.obligations_generales.get(identifiant)
        tenue = vue.tenue if vue else None
        if tenue is None:
            yield fault(
                "V-150",
                cadre.evaluation_source(obligations.CLE, identifiant),
                f"Rien ne dit si l’obligation générale «\u00a0{libelle}\u00a0» est tenue, et elle "
                "compte dans le niveau de réalisation.",
                f"Écrire «\u00a0tenue: oui\u00a0» ou «\u00a0non\u00a0» à {identifiant}.",
            )
        elif tenue is Tenue.EN_PARTIE and not admise:
            yield fault(
                "V-150",
                cadre.evaluation_source(obligations.CLE, identifiant, "tenue"),
                f"L’obligation {identifiant} est tenue «\u00a0en partie\u00a0», et le contrat ne "
                "dit pas ce que cela vaut.",
                "Répondre par oui ou par non, comme le contrat l’a voulu.",
            )


def _check_progress(cadre: Cadre) -> Iterator[Constat]:
    """V-036: the progress of an action of the plan, which the level needs."""
    for nom in plan.plan_actions(cadre.contrat, cadre.droit) or ():
        vu = cadre.evaluation.actions.get(nom)
        if vu is None or vu.taux is None:
            yield fault(
                "V-036",
                cadre.evaluation_source(plan.CLE, nom),
                f"L’avancement de l’action {nom} (volet {SOCLE}) n’est pas donné.",
                "Remplir son «\u00a0taux\u00a0»\u00a0: 0 % si rien n’est fait.",
            )
