"""A region's own volet is evaluated by the model that its description names, without Python."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.volets import TypeSanction
from caqes_docs.law.droit.catalogue import ModeleVolet
from caqes_docs.law.resultats import MesureProposee, ResultatVolet
from tests.outils.affaires import Atelier

CONTRAT = """\
volets:
  produits:
    signature: {{date: 2017-12-20}}
    duree: 3
    donne_lieu_a_sanction: oui
    objectif_principal: {{id: R1}}
    objectif_supplementaire: {supplementaire}
    sanction: {sanction}
    interessement: {{prevu: non}}
"""
EVALUATION = """\
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle: {sanction_proposee: non, appreciation: "Tenu."}
  produits:
    objectif_principal: {valeur: non}
    objectif_supplementaire: {valeur: oui}
    modulation: 50 %
    motif_modulation: "Plan à moitié réalisé."
"""
MONTANT = "{type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}"
REDUCTION = "{type: reduction_liste_en_sus, taux_maximum: 20 %, bareme: {nom: saisie}}"


class DescribeVoletRegional:
    @pytest.fixture
    def atelier(self, projet: Projet, depot: Depot, tmp_path: Path) -> Atelier:
        return Atelier(projet.droit, depot, tmp_path)

    def it_is_sanctioned_on_its_principal_objective(self, atelier: Atelier) -> None:
        resultat = self._run(atelier, ModeleVolet.OBJECTIF_PRINCIPAL, MONTANT, "{id: R2}")
        assert resultat.mesure is MesureProposee.SANCTION
        assert resultat.montant.valeur == Decimal("-200000.00")

    def it_is_spared_by_its_other_objective_under_the_matrix(self, atelier: Atelier) -> None:
        resultat = self._run(atelier, ModeleVolet.TRANSPORTS, MONTANT, "{id: R2}")
        assert (resultat.mesure, resultat.montant.valeur) == (MesureProposee.AUCUNE, 0)

    def it_may_cut_the_rate_of_the_products_in_euros_nothing(self, atelier: Atelier) -> None:
        resultat = self._run(atelier, ModeleVolet.OBJECTIF_PRINCIPAL, REDUCTION)
        assert (resultat.mesure, resultat.montant.valeur) == (MesureProposee.REDUCTION, 0)
        assert resultat.non_monetaire is not None
        assert resultat.non_monetaire.taux is not None
        assert resultat.non_monetaire.taux.valeur == Decimal("0.1")

    def _run(
        self, atelier: Atelier, modele: ModeleVolet, sanction: str, supplementaire: str = "null"
    ) -> ResultatVolet:
        decrit = atelier.droit.volets["pertinence"].model_copy(
            update={"id": "produits", "modele": modele, "sanctions": tuple(TypeSanction)}
        )
        droit = replace(atelier.droit, volets={**atelier.droit.volets, "produits": decrit})
        contrat = CONTRAT.format(sanction=sanction, supplementaire=supplementaire)
        return replace(atelier, droit=droit).evaluate(contrat, EVALUATION).par_volet["produits"]
