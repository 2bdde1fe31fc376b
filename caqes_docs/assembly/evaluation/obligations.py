"""The obligations of the socle: what the year answers, and the facts that its sanction rests on.

An act that sanctions states its facts: code des relations entre le public et l’administration,
art. L. 211-2 and L. 211-5.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caqes_docs.assembly.calculs import observed
from caqes_docs.assembly.evaluation.propositions import asked
from caqes_docs.assembly.evaluation.vocabulaire import LigneObligation
from caqes_docs.core.francais.formes import taux
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.evaluation import Avancement, Evaluation, ReponseObligation, Tenue
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.resultats import (
    Atteinte,
    MesureProposee,
    ResultatEvaluation,
    ResultatObjectif,
)
from caqes_docs.redaction.langage.vues import Lieu

_SANCTIONS = (MesureProposee.SANCTION, MesureProposee.REDUCTION)
_SEPARE = "\u202f; "
_LIBELLES = "Le détail du calcul joint à la notification en donne les libellés."
_VIDE = ReponseObligation(tenue=None, preuve=None, commentaire=None)


def resolve_obligations(
    evaluation: Evaluation, droit: Droit, lieu: Lieu
) -> tuple[LigneObligation, ...]:
    """Each obligation and its answer, once one at least is answered; `lieu` is their place."""
    vues = evaluation.obligations_generales
    if not vues:
        return ()
    return tuple(
        LigneObligation(
            identifiant,
            typographier(libelle),
            vue.tenue.value if vue.tenue else "non renseignée",
            vue.preuve,
            vue.commentaire,
            {cle: lieu.child(identifiant).child(cle) for cle in ("preuve", "commentaire")},
        )
        for identifiant, libelle in droit.obligations_evaluees.items()
        for vue in (vues.get(identifiant, _VIDE),)
    )


def answers_admitted(contrat: Contrat) -> str:
    """The answers that the establishment may give: « oui, non », or in part too."""
    niveau = contrat.socle.niveau if contrat.socle else None
    part = niveau.obligations_generales if niveau else None
    return "oui, non" if part and part.part and part.en_partie is None else "oui, non, en partie"


def shortfalls(
    resultat: ResultatEvaluation, evaluation: Evaluation, droit: Droit
) -> tuple[str, ...]:
    """What was missed, in figures; nothing where no sanction of the socle is proposed."""
    if not any(v.volet == SOCLE and v.mesure in _SANCTIONS for v in resultat.volets):
        return ()
    dits = (
        *_targets(resultat),
        *_obligations(evaluation, droit),
        *_plan(evaluation.actions),
    )
    return tuple(map(typographier, dits))


def _targets(resultat: ResultatEvaluation) -> Iterator[str]:
    """« Cibles atteintes : 10 sur 28. Ne sont pas atteintes : NAT-1 (63,2 %, pour 70 %…) »."""
    juges = (Atteinte.ATTEINT, Atteinte.NON_ATTEINT)
    vus = [r for r in resultat.indicateurs if r.statut in juges]
    manques = [r for r in vus if r.statut is Atteinte.NON_ATTEINT]
    if vus:
        compte = f"Cibles atteintes, sur celles qui sont évaluées\u00a0: {len(vus) - len(manques)} "
        compte += f"sur {len(vus)}."
        suite = f" Ne sont pas atteintes\u00a0: {_SEPARE.join(map(_missed, manques))}. {_LIBELLES}"
        yield compte + (suite if manques else "")


def _missed(manque: ResultatObjectif) -> str:
    cible = asked(manque).replace(" (", ", ").rstrip(")")
    return f"{manque.code} ({observed(manque.observe, manque.verdict)}, pour {cible})"


def _obligations(evaluation: Evaluation, droit: Droit) -> Iterator[str]:
    """The general obligations that are not kept, or in part alone, and why."""
    vues = evaluation.obligations_generales
    for tenue, mots in (
        (Tenue.NON, "Obligations générales qui ne sont pas tenues"),
        (Tenue.EN_PARTIE, "Obligations générales tenues en partie"),
    ):
        dites = [
            libelle + (f" ({dit.rstrip('.')})" if (dit := vues[nom].commentaire) else "")
            for nom, libelle in droit.obligations_evaluees.items()
            if nom in vues and vues[nom].tenue is tenue
        ]
        if dites:
            yield f"{mots}\u00a0: {_SEPARE.join(dites)}."


def _plan(actions: Mapping[str, Avancement]) -> Iterator[str]:
    """How many actions are done, and how far the others are."""
    suivis = [vu.taux for vu in actions.values() if vu.taux is not None]
    reste = [avance for avance in suivis if avance < 1]
    if suivis:
        yield (
            f"Plan d’actions\u00a0: actions achevées, sur celles qui sont évaluées\u00a0: "
            f"{len(suivis) - len(reste)} sur {len(suivis)}"
            + (
                f"\u202f; avancement des autres, de {taux(min(reste))} à {taux(max(reste))}."
                if reste
                else "."
            )
        )
