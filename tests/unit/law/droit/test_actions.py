"""Tests of `law.droit.actions`: an action takes over what a typical action of its volet says."""

from __future__ import annotations

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.volets import running_volets
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.actions import NatureObligation, Profession
from caqes_docs.data.dossier.volets import ActionVolet, Volet
from caqes_docs.law.droit.actions import complete_actions, typical_actions
from caqes_docs.redaction.langage.vues import Lieu


def _action(projet: Projet, **champs: object) -> ActionVolet:
    volet = Volet.model_validate({"actions": [{"id": "A", **champs}]})
    return complete_actions(projet.droit, "transports", volet)[0]


class DescribeCompleteActions:
    """`complete_actions`."""

    def it_fills_what_is_empty(self, projet: Projet) -> None:
        action = _action(projet, modele="TRA-A3")
        assert action.thematique == "Transport partagé"
        assert action.nature is NatureObligation.MISE_EN_OEUVRE
        assert action.professions == (Profession.CADRE, Profession.LOGISTIQUE)

    def but_keeps_what_is_written(self, projet: Projet) -> None:
        action = _action(
            projet, modele="TRA-A3", libelle="La nôtre", nature="moyens", professions=["medecin"]
        )
        assert (action.libelle, action.nature) == ("La nôtre", NatureObligation.MOYENS)
        assert action.professions == (Profession.MEDECIN,)

    def and_leaves_alone_an_action_of_its_own(self, projet: Projet) -> None:
        assert _action(projet, libelle="Agir").thematique is None

    @pytest.mark.parametrize(
        ("volet", "nombre"), [("transports", 5), ("pertinence", 5), ("qualite", 3), ("autre", 0)]
    )
    def it_knows_the_typical_actions_of_each_volet(
        self, projet: Projet, volet: str, nombre: int
    ) -> None:
        assert len(typical_actions(projet.droit, volet)) == nombre


class DescribeMesures:
    """The measured indicators of an action."""

    def it_prints_them_under_the_words_of_the_catalogue_with_their_targets(
        self, projet: Projet, depot: Depot
    ) -> None:
        dossier = depot.affaires["990780017"].dossier
        lignes = running_volets(projet.droit, dossier.valeur, 2019, Lieu(dossier.fichier, ()))
        transports = next(ligne for ligne in lignes if ligne.id == "transports")
        mesures = [m.libelle for action in transports.actions for m in action.mesures]
        assert mesures == [
            "Part des transports commandés par la plateforme\u00a0: "
            "au moins 40\u00a0% en\u00a02018, 80\u00a0% en\u00a02019"
        ]
