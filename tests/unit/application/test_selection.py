"""Tests of `application.selection`: a name that means two dossiers means none."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.commencer.fiches import find_dossier
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import asked_acts, select
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import DonneesError, UsageError

NUMERO = "CAQES-2018-990780025"


class DescribeSelection:
    def it_refuses_a_contract_number_held_twice(self, espace: Path) -> None:
        dossier = espace / "contracts_data/dossiers/990780017.yaml"
        texte = dossier.read_text(encoding="utf-8")
        dossier.write_text(texte.replace("CAQES-2018-990780017", NUMERO), encoding="utf-8")
        projet = Projet(espace)
        for depot in (projet.depot(), projet.named([NUMERO])):
            with pytest.raises(DonneesError) as faute:
                select(depot, [NUMERO])
            assert faute.value.message == f"«\u00a0{NUMERO}\u00a0» désigne plusieurs dossiers."
            assert [c.code for c in faute.value.constats] == ["D-041", "D-041"]

    def but_takes_each_by_its_file(self, espace: Path) -> None:
        dossier = espace / "contracts_data/dossiers/990780017.yaml"
        texte = dossier.read_text(encoding="utf-8")
        dossier.write_text(texte.replace("CAQES-2018-990780017", NUMERO), encoding="utf-8")
        (affaire,) = select(Projet(espace).depot(), ["990780017"])
        assert affaire.finess == "990780017"

    def it_reads_a_dossier_kept_in_a_folder_of_its_year(self, espace: Path) -> None:
        donnees = espace / "contracts_data"
        for nom in ("dossiers/990780017.yaml", "evaluations/990780017-2019.yaml"):
            loin = donnees / nom.replace("/", "/2018/")
            loin.parent.mkdir()
            (donnees / nom).rename(loin)
        projet = Projet(espace)
        assert not projet.depot().constats
        for depot in (projet.depot(), projet.named(["990780017"])):
            (affaire,) = select(depot, ["990780017"])
            assert affaire.dossier.fichier.nom == "contracts_data/dossiers/2018/990780017.yaml"
            assert 2019 in affaire.evaluations

    def it_names_the_file_that_an_editor_renamed(self, espace: Path) -> None:
        dossier = espace / "contracts_data/dossiers/990780058.yaml"
        dossier.rename(dossier.with_suffix(".yaml.txt"))
        with pytest.raises(DonneesError) as faute:
            select(Projet(espace).named(["990780058"]), ["990780058"])
        assert faute.value.message == "Le dossier «\u00a0990780058\u00a0» a des erreurs."
        assert [c.code for c in faute.value.constats][:1] == ["D-103"]

    def it_takes_the_name_of_one_establishment_only(self, projet: Projet) -> None:
        (affaire,) = select(projet.named(["etoile"]), ["etoile"])
        assert affaire.stem == "990780033"
        assert find_dossier(projet, "etoile").stem == "990780033"
        for demande in (
            lambda: select(projet.depot(), ["Clinique"]),
            lambda: find_dossier(projet, "Clinique"),
        ):
            with pytest.raises(UsageError, match="ont «.Clinique.» dans leur nom") as faute:
                demande()
            assert "Clinique du Golfe d’Exemple (" in faute.value.remede

    @pytest.mark.parametrize(
        ("mot", "remede"),
        [
            ("Domicille du littorale", "990780058"),
            ("CAQES-2018-99078058", "CAQES-2018-990780058"),
            ("990001018", "demander «\u00a0990780017\u00a0»"),
        ],
    )
    def it_asks_back_the_dossier_that_was_meant(
        self, projet: Projet, mot: str, remede: str
    ) -> None:
        with pytest.raises(UsageError) as faute:
            select(projet.depot(), [mot])
        assert faute.value.code == "U-003"
        assert remede in faute.value.remede

    def it_fails_on_a_proposal_whose_avenant_is_not_read(self, espace: Path) -> None:
        """Named, it is not passed over in silence."""
        avenant = espace / "contracts_data/avenants/990780082-2.yaml"
        avenant.write_text(avenant.read_text(encoding="utf-8") + "inconnue: 1\n", encoding="utf-8")
        projet = Projet(espace)
        depot = projet.depot(["990780082"])
        (affaire,) = select(depot, ["990780082"])
        type_, options = projet.types["decision_refus"], Options(avenant=2)
        (acte,) = asked_acts(depot, affaire, type_, options, tous=False)
        assert (acte.avenant, [c.code for c in acte.erreurs]) == (2, ["D-010"])
        assert asked_acts(depot, affaire, type_, options, tous=True) == []
