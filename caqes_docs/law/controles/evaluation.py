"""Every fault of an evaluated year: checks of its data, then of its results."""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.core.constats import Constat
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.controles.bornes import check_bounds
from caqes_docs.law.controles.coherence import check_coherence
from caqes_docs.law.controles.decision import check_decision
from caqes_docs.law.controles.inconnus import check_unknown
from caqes_docs.law.controles.indicateurs import check_details
from caqes_docs.law.controles.livraisons import check_deliveries
from caqes_docs.law.controles.mesures import check_measures
from caqes_docs.law.controles.niveau.annee import check_realisation
from caqes_docs.law.controles.niveau.contrat import check_levels
from caqes_docs.law.controles.procedure.contradictoire import check_notified
from caqes_docs.law.controles.procedure.effets import (
    check_effects,
    check_proposed_term,
    check_releases,
    check_suspension,
)
from caqes_docs.law.controles.procedure.evaluation import check_steps
from caqes_docs.law.controles.procedure.motifs import check_motives
from caqes_docs.law.resultats import ResultatEvaluation


def check_evaluation(cadre: Cadre, resultat: ResultatEvaluation) -> Iterator[Constat]:
    """What is out of bounds, unknown, out of order, said twice, or decided beside the results."""
    yield from check_bounds(cadre.contrat, cadre.dossier.fichier, ("contrat",))
    yield from check_bounds(cadre.evaluation, cadre.evaluee.fichier, ())
    yield from check_unknown(cadre, resultat)
    yield from check_measures(cadre)
    yield from check_deliveries(cadre)
    yield from check_details(cadre)
    yield from check_levels(cadre.dossier, cadre.droit)
    yield from check_realisation(cadre, resultat)
    yield from check_decision(cadre, resultat.volets)
    yield from check_releases(cadre)
    yield from check_steps(cadre, resultat.volets)
    yield from check_notified(cadre, resultat.volets)
    yield from check_effects(cadre)
    yield from check_suspension(cadre, resultat.volets)
    yield from check_proposed_term(cadre, resultat.volets)
    yield from check_motives(cadre, resultat.volets)
    yield from check_coherence(cadre, resultat)
