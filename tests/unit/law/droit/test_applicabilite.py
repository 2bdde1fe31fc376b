"""Tests of `law.droit.applicabilite`: what the catalogue itself says does not apply."""

from __future__ import annotations

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.law.droit.applicabilite import MOTIF_ACTIVITE, MOTIF_LISTE, inapplicable


class DescribeInapplicable:
    """`inapplicable`."""

    @pytest.mark.parametrize(
        ("activites", "exigees", "liste", "demande", "motif"),
        [
            (["MCO"], ["MCO"], True, True, None),
            (["MCO"], ["HAD"], True, True, MOTIF_ACTIVITE),
            (["MCO"], ["HAD", "MCO"], None, True, None),
            ([], ["HAD"], True, False, None),
            (["MCO"], ["MCO"], False, True, MOTIF_LISTE),
            (["MCO"], ["MCO"], False, False, None),
            (["MCO"], ["HAD"], False, True, MOTIF_ACTIVITE),
        ],
    )
    def it_wants_an_activity_and_the_list(
        self,
        activites: list[str],
        exigees: list[str],
        liste: bool | None,
        demande: bool,
        motif: str | None,
        projet: Projet,
        depot: Depot,
    ) -> None:
        etablissement = depot.affaires["990780017"].dossier.valeur.etablissement
        site = etablissement.sites[0].model_copy(update={"activites": tuple(activites)})
        etablissement = etablissement.model_copy(update={"sites": (site,), "liste_en_sus": liste})
        indicateur = next(iter(projet.droit.registres[0].indicateurs)).model_copy(
            update={"activites": tuple(exigees), "liste_en_sus": demande}
        )
        assert inapplicable(indicateur, etablissement) == motif
