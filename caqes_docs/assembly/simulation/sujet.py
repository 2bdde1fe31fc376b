"""A simulation as a subject."""

from __future__ import annotations

import datetime as dt

from caqes_docs.assembly.simulation.table import resolve_simulation
from caqes_docs.assembly.sujet import RegimeDuSujet, Sujet
from caqes_docs.document.model import Piece
from caqes_docs.law.droit.droit import effect_date
from caqes_docs.law.simulation.simulation import Simulation
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.langage.vocabulaire import Acte
from caqes_docs.redaction.langage.vues import Lieu


def describe_simulation(
    type_document: TypeDocument, simulation: Simulation, date_edition: dt.date | None = None
) -> Sujet:
    """The subject of the document of `simulation`, at the date of effect of its contract."""
    affaire, resolue = simulation.scenario.affaire, resolve_simulation(simulation)
    dossier, annee = affaire.dossier, str(resolue.annee)
    signature = dossier.valeur.contrat.signature.date_retenue
    assert signature is not None  # a year that was worked out has a date of effect
    date, nulle_part = effect_date(signature), Lieu(None, (), "simulation")
    return Sujet(
        nom=resolue.nom,
        reference=f"SIMULATION-{annee}-{resolue.finess}-{simulation.scenario.volet}",
        mots_cles=("CAQES", "simulation", annee, resolue.finess),
        ars=affaire.ars,
        date=date,
        edition=date_edition or date,
        acte=Acte(type_document.plan.titre, date, None),
        lieu=nulle_part,
        noms={"simulation": (resolue, nulle_part)},
        regime=RegimeDuSujet(
            date,
            dossier.valeur.contrat.regime.value,
            dossier.fichier.source(("contrat", "regime")),
        ),
        pieces=_pieces(simulation),
        provenance={
            "dossier": dossier.fichier.empreinte,
            "ars": affaire.ars.fichier.empreinte,
        },
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
