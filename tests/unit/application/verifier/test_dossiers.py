"""Tests of `application.verifier.dossiers`: a contract refused awaits no signature (D-051)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.dossiers import check_one
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.signature import Signature

REFUSE = "990780157"


def refusing(affaire: Affaire, volet: str, **changes: object) -> Affaire:
    """The same dossier, never signed, `volet` refused."""
    dossier = affaire.dossier.valeur
    (refus,) = dossier.contrat.refus
    refuse = refus.model_copy(update={"volet": volet, **changes})
    contrat = dossier.contrat.model_copy(
        update={"refus": (refuse,), "signature": Signature.model_validate({})}
    )
    valeur = dossier.model_copy(update={"contrat": contrat})
    return replace(affaire, dossier=replace(affaire.dossier, valeur=valeur))


class DescribeContratRefuse:
    @pytest.mark.parametrize(("volet", "manques"), [("socle", 0), ("transports", 1)])
    def it_lacks_no_date_of_signature(
        self, volet: str, manques: int, projet: Projet, depot: Depot
    ) -> None:
        constats = check_one(projet, refusing(depot.affaires[REFUSE], volet), None, [])
        assert [c.code for c in constats].count("D-051") == manques

    def but_its_decision_lacks_its_own(self, projet: Projet, depot: Depot) -> None:
        affaire = refusing(depot.affaires[REFUSE], "socle", decide_le=None)
        type_document = projet.types["decision_refus"]
        with pytest.raises(DonneesError) as faute:
            assemble_act(type_document, affaire, projet.bibliotheque, projet.droit, Options())
        assert faute.value.code == "D-051"
        assert "contrat.refus.decide_le" in str(faute.value.remede)
        assert str(faute.value.source).startswith("contracts_data/dossiers/990780157.yaml:")
