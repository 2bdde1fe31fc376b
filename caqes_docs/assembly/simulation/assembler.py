"""A simulation + library + law → its document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from caqes_docs import __version__
from caqes_docs.assembly.assembler import with_contents, wordings_digest, write_parts
from caqes_docs.assembly.contexte import library_functions, views
from caqes_docs.assembly.simulation.table import resolve_simulation
from caqes_docs.assembly.simulation.vocabulaire import SimulationResolue
from caqes_docs.core.errors import ClauseError
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.document.model import Document, Metadonnees, Piece, Renvoi
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.simulation.simulation import Simulation
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque
from caqes_docs.redaction.langage.vocabulaire import Acte
from caqes_docs.redaction.langage.vues import Lieu, Signal


def assemble_simulation(
    type_document: TypeDocument,
    simulation: Simulation,
    bibliotheque: Bibliotheque,
    droit: Droit,
    date_edition: dt.date | None = None,
) -> Document:
    """The document of `simulation`, at the date of effect of its contract.

    Raises:
        DroitError: L-008 the date of effect is outside the regime.
        ClauseError: P-002 not under that regime; a clause, a reference or the plan is faulty.
    """
    plan, affaire = type_document.plan, simulation.scenario.affaire
    date = _date(simulation)
    _check_regime(type_document, simulation, droit, date)
    resolue = resolve_simulation(simulation)
    acte = Acte(plan.titre, date, None)

    def context(renvoi: Callable[[str], Renvoi], signal: Signal) -> dict[str, object]:
        return _context(simulation, resolue, acte, droit, renvoi, signal)

    corps, couverture, bandeaux, sujet = write_parts(
        type_document, bibliotheque, date, context, definitif=True
    )
    return Document(
        metadonnees=_metadata(type_document, resolue, simulation, sujet, date_edition or date),
        bandeaux=bandeaux,
        couverture=couverture,
        corps=with_contents(plan, corps),
        brouillon=False,
        pieces=_pieces(simulation),
        provenance={
            "logiciel": f"caqes_docs {__version__}",
            "dossier": affaire.dossier.fichier.empreinte,
            "ars": affaire.ars.fichier.empreinte,
            "plan": type_document.charge.fichier.empreinte,
            "clauses": wordings_digest(corps + couverture, bibliotheque, date),
        },
    )


def _date(simulation: Simulation) -> dt.date:
    """The date of effect: a year that was worked out has one."""
    signature = simulation.scenario.affaire.dossier.valeur.contrat.signature.date_retenue
    assert signature is not None
    return effect_date(signature)


def _check_regime(
    type_document: TypeDocument, simulation: Simulation, droit: Droit, date: dt.date
) -> None:
    plan, dossier = type_document.plan, simulation.scenario.affaire.dossier
    regime = dossier.valeur.contrat.regime.value
    if regime not in plan.regimes:
        raise ClauseError(
            "P-002",
            f"Le document «\u00a0{plan.id}\u00a0» n’existe pas sous le régime "
            f"«\u00a0{regime}\u00a0».",
            remede=f"Régimes admis\u00a0: {', '.join(plan.regimes)}.",
            source=dossier.fichier.source(("contrat", "regime")),
        )
    droit.regime(regime, date)


def _context(
    simulation: Simulation,
    resolue: SimulationResolue,
    acte: Acte,
    droit: Droit,
    renvoi: Callable[[str], Renvoi],
    signal: Signal,
) -> dict[str, object]:
    """The names that its clauses may use."""
    ars = simulation.scenario.affaire.ars
    nulle_part = Lieu(None, (), "simulation")
    valeurs: dict[str, tuple[object, Lieu]] = {
        "acte": (acte, nulle_part),
        "ars": (ars.valeur, Lieu(ars.fichier, (), "ars")),
        "simulation": (resolue, nulle_part),
    }
    contexte = views(valeurs, signal)
    assert acte.date_effet is not None
    contexte.update(library_functions(droit, acte.date_effet, renvoi))
    return contexte


def _metadata(
    type_document: TypeDocument,
    resolue: SimulationResolue,
    simulation: Simulation,
    sujet: str,
    date: dt.date,
) -> Metadonnees:
    ars = simulation.scenario.affaire.ars.valeur
    return Metadonnees(
        type=type_document.plan.id,
        titre=f"{typographier(type_document.plan.titre)} – {resolue.nom}",
        sujet=sujet,
        auteur=ars.nom,
        reference=f"SIMULATION-{resolue.annee}-{resolue.finess}-{simulation.scenario.volet}",
        date=date,
        mots_cles=("CAQES", "simulation", str(resolue.annee), resolue.finess),
    )


def _pieces(simulation: Simulation) -> tuple[Piece, ...]:
    affaire = simulation.scenario.affaire
    dossier = Piece(
        "dossier.yaml",
        affaire.dossier.fichier.contenu,
        "application/yaml",
        "Données du dossier qui ont servi à la simulation",
    )
    charge = affaire.evaluations.get(simulation.scenario.annee)
    if charge is None:
        return (dossier,)
    evaluation = Piece(
        "evaluation.yaml",
        charge.fichier.contenu,
        "application/yaml",
        "Évaluation dont les données tiennent, sauf hypothèse contraire",
    )
    return (dossier, evaluation)


__all__ = ["assemble_simulation"]
