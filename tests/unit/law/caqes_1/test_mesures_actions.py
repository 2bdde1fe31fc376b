"""Tests of the indicators of actions: measured, without weight, never alone in the dark."""

from __future__ import annotations

from dataclasses import replace

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.evaluation import Releve
from caqes_docs.law.jugement import AnneeJugee, judge
from caqes_docs.law.resultats import Atteinte, ResultatVolet

CHU = "990780017"


def _judged(projet: Projet, depot: Depot, mesures: dict[str, Releve] | None = None) -> AnneeJugee:
    affaire = depot.affaires[CHU]
    charge = affaire.evaluations[2019]
    if mesures is not None:
        volets = dict(charge.valeur.volets)
        volets["transports"] = volets["transports"].model_copy(update={"mesures": mesures})
        charge = replace(charge, valeur=charge.valeur.model_copy(update={"volets": volets}))
    return judge(affaire, charge, projet.droit)


def _transports(jugee: AnneeJugee) -> ResultatVolet:
    return next(v for v in jugee.resultat.volets if v.volet == "transports")


class DescribeMesuresDesActions:
    """`evaluate_measures`."""

    def it_measures_them_against_their_target(self, projet: Projet, depot: Depot) -> None:
        ((action, resultat),) = _transports(_judged(projet, depot)).mesures
        assert (action, resultat.code, resultat.statut) == (
            "CHUP-T1",
            "CHUP-M1",
            Atteinte.ATTEINT,
        )

    def but_no_amount_rests_on_them(self, projet: Projet, depot: Depot) -> None:
        avec, sans = _judged(projet, depot), _judged(projet, depot, {})
        assert _transports(sans).mesures[0][1].statut is Atteinte.NON_EVALUABLE
        assert _transports(sans).montant.valeur == _transports(avec).montant.valeur

    def it_refuses_one_that_the_contract_has_not(self, projet: Projet, depot: Depot) -> None:
        releve = depot.affaires[CHU].evaluations[2019].valeur.volets["transports"].mesures
        autre = {**releve, "CHUP-M9": releve["CHUP-M1"]}
        codes = [constat.code for constat in _judged(projet, depot, autre).constats]
        assert "V-034" in codes
