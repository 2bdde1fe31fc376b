"""Tests of `law.droit.propres`: an establishment's own indicators beside the catalogues."""

from __future__ import annotations

import datetime as dt

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.indicateurs import IndicateurPropre
from caqes_docs.law.droit.catalogue import Famille, UniteIndicateur
from caqes_docs.law.droit.propres import own_law
from caqes_docs.law.jugement import judge
from caqes_docs.law.resultats import Atteinte

JOUR = dt.date(2018, 1, 1)


def _contrat(depot: Depot, **propres: dict[str, object]) -> Contrat:
    contrat = depot.affaires["990780116"].dossier.valeur.contrat
    lus = {code: IndicateurPropre.model_validate(propre) for code, propre in propres.items()}
    return contrat.model_copy(update={"indicateurs_propres": lus})


class DescribeOwnLaw:
    """`own_law`."""

    def it_adds_an_indicator_of_the_socle(self, projet: Projet, depot: Depot) -> None:
        contrat = _contrat(
            depot, BAL={"libelle": "À nous", "type": "composite", "sens": "min", "article": "10-1"}
        )
        droit = own_law(projet.droit, contrat)
        assert droit.indicators(JOUR)["BAL"].unite is UniteIndicateur.OUI_NON
        assert droit.family("BAL") is Famille.PROPRE
        assert own_law(droit, contrat) is droit

    def and_one_of_a_volet(self, projet: Projet, depot: Depot) -> None:
        contrat = _contrat(
            depot,
            BAL={"libelle": "À nous", "type": "nombre", "sens": "aucun", "volet": "transports"},
        )
        droit = own_law(projet.droit, contrat)
        assert "BAL" in droit.volet_indicators(JOUR, "transports")
        assert "BAL" not in droit.indicators(JOUR)

    def but_replaces_none_of_the_catalogue(self, projet: Projet, depot: Depot) -> None:
        propre: dict[str, object] = {
            "libelle": "Faux",
            "type": "booleen",
            "sens": "min",
            "article": "10-1",
        }
        contrat = _contrat(depot, **{"REG-01": propre})
        assert own_law(projet.droit, contrat) is projet.droit

    def it_evaluates_them_like_the_others(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires["990780116"]
        jugee = judge(affaire, affaire.evaluations[2019], projet.droit)
        propre = next(i for i in jugee.resultat.indicateurs if i.code == "ORV-BAL-1")
        assert propre.statut is Atteinte.ATTEINT


class DescribeThemes:
    """`Indicateur.themes`."""

    def it_says_them_in_the_order_of_the_catalogue(self, projet: Projet) -> None:
        etude = projet.droit.indicators(JOUR)["REG-03"]
        attendu = ("médicaments à risque", "stockage dans les unités de soins et à la pharmacie")
        assert etude.themes(["stockage", "medicaments_a_risque", "ailleurs"]) == attendu

    def it_offers_what_the_instruction_lists(self, projet: Projet) -> None:
        catalogue = projet.droit.indicators(JOUR)
        assert [len(catalogue[code].choix) for code in ("REG-03", "REG-13")] == [6, 17]

    def it_tells_all_the_regional_indicators(self, projet: Projet) -> None:
        regionaux = projet.droit.indicators(JOUR, Famille.REGIONAL).values()
        assert [i.id for i in regionaux if not i.information] == []
