"""The general obligations of the establishment, as the evaluation answers for them."""

from __future__ import annotations

from caqes_docs.assembly.evaluation.vocabulaire import LigneObligation
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.evaluation import Evaluation, ReponseObligation
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.langage.vues import Lieu

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
