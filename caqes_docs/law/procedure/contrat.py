"""The delays of a proposal: one month, then fifteen days (D. 162-15).

They are read from the procedure alone, without any contract: an avenant takes the same path.
"""

from __future__ import annotations

from collections.abc import Mapping

from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.law.calcul.fondements import AUDITION_PREMIERE, AUDITION_SECONDE
from caqes_docs.law.procedure.delais import Delai, Regle, Support, step_delay

PREMIERE, SECONDE = "premiere_proposition", "seconde_proposition"

REGLES = (
    Regle(PREMIERE, "de la première proposition", ("procedure/proposition",), AUDITION_PREMIERE),
    Regle(
        SECONDE, "de la seconde proposition", ("procedure/seconde_proposition",), AUDITION_SECONDE
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
