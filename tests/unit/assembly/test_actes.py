"""Tests of `assembly.actes`: what an act rests on, worked out once, nothing hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.evaluation import evaluee
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.document.texte import document_text
from caqes_docs.law.jugement import judge

DOSSIER = "990780017"


def with_a_year_too_early(affaire: Affaire) -> Affaire:
    """The dossier with one more evaluation, of a year in which its contract had no effect."""
    charge = affaire.evaluations[2018]
    trop_tot = charge.valeur.model_copy(update={"annee": 2017})
    return replace(
        affaire, evaluations={2017: replace(charge, valeur=trop_tot), **affaire.evaluations}
    )


class DescribeActe:
    @pytest.mark.parametrize(
        ("type_", "annees"),
        [("rapport_evaluation", [2019, 2018]), ("notification", [2019, 2018]), ("contrat", [])],
    )
    def it_judges_each_year_once(
        self,
        type_: str,
        annees: list[int],
        projet: Projet,
        depot: Depot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        jugees: list[int] = []

        def count(affaire: Affaire, charge: Any, droit: Any) -> Any:
            jugees.append(charge.valeur.annee)
            return judge(affaire, charge, droit)

        monkeypatch.setattr(evaluee, "judge", count)
        assemble_act(
            projet.types[type_],
            depot.affaires[DOSSIER],
            projet.bibliotheque,
            projet.droit,
            Options(annee=2019),
        )
        assert jugees == annees


class DescribeAnneePrecedente:
    def it_is_a_finding_when_it_cannot_be_worked_out(self, projet: Projet, depot: Depot) -> None:
        affaire = with_a_year_too_early(depot.affaires[DOSSIER])
        type_document = projet.types["rapport_evaluation"]
        acte = assemble_checked(projet, affaire, type_document, Options(annee=2018))
        (faute,) = (c for c in acte.constats if c.code == "V-050")
        assert "n’est pas en vigueur en 2017" in faute.message
        assert "Suivies les deux années" not in document_text(acte.document)

    def and_no_final_act_is_made_then(self, projet: Projet, depot: Depot) -> None:
        affaire = with_a_year_too_early(depot.affaires[DOSSIER])
        options = Options(annee=2018, definitif=True)
        with pytest.raises(DonneesError) as faute:
            assemble_checked(projet, affaire, projet.types["rapport_evaluation"], options)
        assert faute.value.code == "D-000"
        assert [c.code for c in faute.value.constats] == ["C-075", "V-230", "V-050"]
