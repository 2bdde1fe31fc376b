"""Nothing of the contrat type and of annexes 1 to 3 is lost: each line has its carrier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from caqes_docs.application.avenants.acte import build_avenant
from caqes_docs.application.avenants.etats import open_states
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.document.model import Clause, Document
from caqes_docs.document.walk import iter_document
from caqes_docs.law.droit.catalogue import Famille
from tests.outils.ciblage import sample_targeting

ARTICLES_DU_CONTRAT_TYPE = (
    "contrat.objet",
    "contrat.duree",
    "contrat.obligations",
    "contrat.donnees",
    "contrat.evaluation",
    "contrat.interessement_et_sanctions",
    "contrat.revision",
    "contrat.resiliation",
    "contrat.recours",
    "socle.obligations",
    "socle.circuit",
    "socle.pratiques_en_reseau",
    "socle.generiques_et_biosimilaires",
    "socle.prescriptions_en_ville",
    "socle.liste_en_sus",
    "socle.evaluation",
)
"""Articles 1 to 10, then 10-1 to 10-6."""
AVENANTS = (("990780074", 1), ("990780124", 3))
"""One that adds a volet, one that ends another."""


def _avenant(projet: Projet, affaire: Affaire, numero: int) -> Document:
    etats, charge = open_states(projet, affaire, numero), affaire.avenants[numero]
    acte = build_avenant(projet, projet.types["avenant"], etats, charge, Options())
    return acte.assemblage.document


@pytest.fixture(scope="module")
def clauses_imprimees(
    projet: Projet, depot: Depot, assembler: Callable[..., Assemblage]
) -> set[str]:
    """The clauses that at least one contract, avenant or targeting of the sample region prints."""
    contrats = (assembler(dossier).document for dossier in depot.affaires)
    avenants = (_avenant(projet, depot.affaires[dossier], numero) for dossier, numero in AVENANTS)
    return {
        bloc.identite.id
        for document in (*contrats, *avenants, *sample_targeting(projet))
        for bloc in iter_document(document)
        if isinstance(bloc, Clause)
    }


class DescribeRegistreDesObligations:
    """The register and what carries it."""

    def it_is_carried_line_by_line(self, projet: Projet, clauses_imprimees: set[str]) -> None:
        droit = projet.droit
        connus = {
            "clause": clauses_imprimees,
            "indicateur": {i.id for r in droit.registres for i in r.indicateurs},
            "parametre": set(droit.parametres),
            "plan": set(droit.plans_types),
        }
        perdues = {
            obligation.id: porteur
            for obligation in droit.obligations.values()
            for porteur in obligation.porte_par
            if porteur != "calendrier"
            and porteur.partition(":")[2] not in connus[porteur.partition(":")[0]]
        }
        assert perdues == {}
        assert all(obligation.porte_par for obligation in droit.obligations.values())

    @pytest.mark.parametrize("article", ARTICLES_DU_CONTRAT_TYPE)
    def it_leaves_no_article_of_the_contrat_type_aside(self, projet: Projet, article: str) -> None:
        assert any(f"clause:{article}" in o.porte_par for o in projet.droit.obligations.values())

    def it_counts_the_sixteen_engagements_of_article_3(self, projet: Projet) -> None:
        tirets = [
            o
            for o in projet.droit.obligations.values()
            if o.source.startswith("Contrat type, art. 3,") and "tiret" in o.source
        ]
        assert Counter("établissement" in o.source for o in tirets) == {True: 12, False: 4}

    @pytest.mark.parametrize(
        ("famille", "nombre"), [(Famille.NATIONAL, 25), (Famille.REGIONAL, 33), (Famille.HAD, 13)]
    )
    def it_carries_every_indicator_of_the_annexes(
        self, projet: Projet, famille: Famille, nombre: int
    ) -> None:
        codes = {
            indicateur.id
            for registre in projet.droit.registres
            if registre.famille is famille
            for indicateur in registre.indicateurs
        }
        portes = {
            porteur.partition(":")[2]
            for obligation in projet.droit.obligations.values()
            for porteur in obligation.porte_par
            if porteur.startswith("indicateur:")
        }
        assert len(codes) == nombre
        assert codes <= portes
