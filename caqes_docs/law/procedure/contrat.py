"""The delays of a proposal: one month, then fifteen days (D. 162-15).

They are read from the procedure alone, without any contract: an avenant takes the same path.
"""

from __future__ import annotations

from collections.abc import Mapping

from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.law.calcul.noeud import Fondement
from caqes_docs.law.droit.modeles import Certitude
from caqes_docs.law.procedure.delais import Delai, Regle, Support, step_delay

PREMIERE, SECONDE = "premiere_proposition", "seconde_proposition"

_ARTICLE = ("css/D162-15",)
REGLES = (
    Regle(
        PREMIERE,
        "de la première proposition",
        ("procedure/proposition",),
        Fondement(
            "R-PRO-4",
            "CSS, art. D. 162-15\u00a0: la prolongation est écrite du délai au terme duquel la "
            "sanction peut être prononcée",
            Certitude.DEDUCTION,
            _ARTICLE,
        ),
    ),
    Regle(
        SECONDE,
        "de la seconde proposition",
        ("procedure/seconde_proposition",),
        Fondement("R-PRO-4", "CSS, art. D. 162-15, al. 6", Certitude.TEXTE, _ARTICLE),
    ),
)


def contract_delays(support: Support, procedure: ProcedureContrat) -> Mapping[str, Delai]:
    """The delay that each proposal opens, by the path of the step.

    Raises:
        DroitError: L-005, L-006 the law does not answer at the day of a step.
    """
    etapes = {PREMIERE: procedure.premiere_proposition, SECONDE: procedure.seconde_proposition}
    delais = (step_delay(support, regle, etapes[regle.etape]) for regle in REGLES)
    return {delai.etape: delai for delai in delais if delai is not None}
