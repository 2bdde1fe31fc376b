"""The targets that a contract prints: every year that has one, so that no sanction rests unread."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.indicateurs import resolve_indicateurs
from caqes_docs.assembly.contrat.volets import resolve_volets
from caqes_docs.data.depot import Depot
from caqes_docs.law.avenant.chaine import state_after
from caqes_docs.redaction.langage.vues import Lieu
from tests.outils.affaires import Atelier

EVALUATION = 'dossier: "990000010"\nannee: 2020\n'
CONTRAT = """
indicateurs:
  NAT-10-1-1: {cibles: {2018: "80 %", 2019: "85 %", 2021: "92,5 %", 2020: "90 %"}}
  NAT-10-1-2: {cibles: {2018: "80 %"}}
volets:
  transports:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 4
    objectif_principal: {id: T, indicateur: TRA-1, cibles: {2018: "2 %", 2020: "1,5 %"}}
    objectifs_complementaires: [{id: C, libelle: "Référent", cibles: {2018: oui, 2021: non}}]
    thematique: "Chirurgie de la main"
    actions:
      - id: A
        mesures:
          - {id: M, indicateur: TRA-5, cibles: {2018: "40 %", 2019: "80 %"}}
          - {id: N, libelle: "Référent", cibles: {2018: oui}}
          - {id: O, libelle: "Sans cible"}
"""
EFFET = dt.date(2018, 1, 1)


class DescribeCibles:
    """A4 of the audit: a third year was evaluated on a target that the contract did not print."""

    def it_prints_every_year_of_an_indicator(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        dossier = Atelier(projet.droit, depot, tmp_path).load(CONTRAT, EVALUATION)[0].dossier
        contrat, etablissement = dossier.valeur.contrat, dossier.valeur.etablissement
        lieu = Lieu(dossier.fichier, ())
        resolus = resolve_indicateurs(projet.droit, etablissement, contrat, EFFET, lieu)
        premiere, seconde = resolus.nationaux[:2]
        assert (premiere.cible, premiere.cible_suivante) == ("80\u00a0%", "85\u00a0%")
        assert premiere.autres_cibles == "2020\u00a0: 90\u00a0%\u202f; 2021\u00a0: 92,5\u00a0%"
        assert (seconde.cible_suivante, seconde.autres_cibles) == (None, None)

    def it_prints_every_year_of_an_objective(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        dossier = Atelier(projet.droit, depot, tmp_path).load(CONTRAT, EVALUATION)[0].dossier
        (volet,) = resolve_volets(projet.droit, dossier, EFFET).lignes
        assert volet.principal is not None
        assert volet.principal.autres_cibles == "2020\u00a0: 1,5\u00a0%"
        assert volet.complementaires[0].autres_cibles == "2021\u00a0: non"

    def it_prints_the_targets_of_what_an_action_measures_and_the_thematic(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        dossier = Atelier(projet.droit, depot, tmp_path).load(CONTRAT, EVALUATION)[0].dossier
        (volet,) = resolve_volets(projet.droit, dossier, EFFET).lignes
        dits = [(m.libelle or "").replace("\u00a0", " ") for m in volet.actions[0].mesures]
        assert dits == [
            "Part des transports commandés par la plateforme : au moins 40 % en 2018, 80 % en 2019",
            "Référent : oui en 2018",
            "Sans cible",
        ]
        assert volet.thematique == "Chirurgie de la main"

    def it_opposes_the_targets_that_an_avenant_sets(self, projet: Projet, depot: Depot) -> None:
        affaire = state_after(depot.affaires["990780017"], 2)
        dossier = affaire.dossier
        contrat, etablissement = dossier.valeur.contrat, dossier.valeur.etablissement
        lieu = Lieu(dossier.fichier, ())
        premiere = resolve_indicateurs(projet.droit, etablissement, contrat, EFFET, lieu).nationaux[
            0
        ]
        assert (premiere.cible_suivante, premiere.autres_cibles) == ("80\u00a0%", None)
        assert premiere.cibles_fixees == ("au moins 85\u00a0% (2020)",)
        volets = {un.id: un for un in resolve_volets(projet.droit, dossier, EFFET).lignes}
        principal = volets["transports"].principal
        assert principal is not None
        assert principal.cibles_fixees == ("au plus 1,2\u00a0% (2020)",)
        assert (volets["qualite"].renouvele, volets["transports"].renouvele) == (True, False)
