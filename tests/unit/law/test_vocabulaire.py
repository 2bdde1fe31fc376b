"""The words that acts print for each outcome, and the ground of what is measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.law.ciblage.decisions import Issue
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.resultats import Atteinte, MesureProposee
from tests.outils.affaires import Atelier

PREVU = """\
socle:
  sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}
  interessement: {prevu: oui, montant_maximum: 8 000, bareme: {nom: saisie}}
"""
TENU = """\
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle: {sanction_proposee: non, appreciation: Tenu, modulation: 50 %, motif_modulation: Effort}
"""


class DescribeMots:
    """Enumerations in French."""

    def it_names_what_a_criterion_comes_to(self) -> None:
        assert [issue.libelle for issue in Issue] == [
            "ciblé",
            "indéterminé",
            "à l’appréciation de l’agence",
            "non ciblé",
            "non soumis",
        ]

    def it_names_what_an_objective_comes_to(self) -> None:
        mots = ["atteint", "non atteint", "non évaluable", "sans objet"]
        assert [statut.libelle for statut in Atteinte] == mots

    def it_names_what_is_proposed(self) -> None:
        assert [mesure.libelle for mesure in MesureProposee] == [
            "intéressement",
            "sanction financière",
            "diminution de la part prise en charge au titre de la liste en sus",
            "mise sous accord préalable",
            "aucune mesure",
            "aucune sanction (année suspendue)",
            "non évaluable",
        ]


class DescribeInteressementDuSocle:
    """X10: open where the law of the date opens it."""

    @pytest.mark.parametrize(
        ("reponse", "montant", "codes"), [("oui", "4000.00", []), ("non", "0", ["V-029"])]
    )
    def it_follows_the_parameter(
        self,
        reponse: str,
        montant: str,
        codes: list[str],
        projet: Projet,
        depot: Depot,
        tmp_path: Path,
    ) -> None:
        droit = _answering(projet.droit, "socle/interessement", reponse)
        jugee = Atelier(droit, depot, tmp_path).judge(PREVU, TENU)
        assert f"{jugee.resultat.par_volet['socle'].montant.nombre:f}" == montant
        assert [constat.code for constat in jugee.constats] == codes
        mesure = MesureProposee.AUCUNE if codes else MesureProposee.INTERESSEMENT
        assert jugee.resultat.par_volet["socle"].mesure is mesure


class DescribeFamille:
    """`Droit.family`."""

    def it_is_that_of_the_register_of_the_code(self, projet: Projet) -> None:
        for registre in projet.droit.registres:
            for indicateur in registre.indicateurs:
                assert projet.droit.family(indicateur.id) is registre.famille


def _answering(droit: Droit, nom: str, reponse: str) -> Droit:
    parametre = droit.parametres[nom]
    valeurs = tuple(v.model_copy(update={"valeur": reponse}) for v in parametre.valeurs)
    change = parametre.model_copy(update={"valeurs": valeurs})
    return replace(droit, parametres={**droit.parametres, nom: change})
