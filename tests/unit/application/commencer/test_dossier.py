"""What `caqes nouveau dossier`, `volet`, `site`, `ars` and `organisme` write."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from caqes_docs.application.commencer.dossier import (
    DossierDemande,
    new_dossier,
    read_activities,
    told_of_effect,
)
from caqes_docs.application.commencer.fiches import new_fiche, new_site, new_volet
from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import DroitError, UsageError
from caqes_docs.data.dossier.etablissement import Activite
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal
from caqes_docs.law.droit.catalogue import Famille

FINESS = "990000028"
SITE = "990001018"


def lu(chemin: Path) -> Any:
    return yaml.load(chemin.read_text("utf-8"), yaml.BaseLoader)


@pytest.fixture
def neuf(espace: Path) -> Path:
    """A dossier of a hospital of two activities."""
    demande = DossierDemande(FINESS, activites=(Activite.MCO, Activite.HAD))
    return new_dossier(Projet(espace), demande)


class DescribeDossier:
    def it_asks_for_every_national_indicator_in_words(self, neuf: Path, projet: Projet) -> None:
        nationaux = projet.droit.indicators(dt.date(2018, 1, 1), Famille.NATIONAL)
        poses = lu(neuf)["contrat"]["indicateurs"]
        assert list(poses) == list(nationaux)
        vide = {"reference": {"annee": "", "valeur": ""}, "cibles": {"2018": ""}}
        assert list(poses.values()) == [vide] * 25
        texte = neuf.read_text("utf-8")
        for indicateur in nationaux.values():
            assert f"# {indicateur.libelle} (" in texte
        assert "# Part d’achat de génériques (taux suivi de %, au moins la cible).\n" in texte

    def it_takes_the_typical_plans_of_the_activities(self, neuf: Path) -> None:
        assert lu(neuf)["contrat"]["plan_actions"]["types"] == ["mco", "had"]
        assert "    #   HAD-A02 (article 10-1) Sécuriser l’administration" in neuf.read_text(
            "utf-8"
        )

    @pytest.mark.parametrize(
        ("effet", "debuts"),
        [
            (None, ["Date d’effet non donnée", "Cette date d’effet a 2 ans"]),
            (
                dt.date(2019, 6, 15),
                ["Date d’effet du 15\u00a0juin", "Cette date d’effet a 1 an\u00a0:"],
            ),
            (
                dt.date(2031, 1, 1),
                ["Aucun indicateur national n’est en vigueur le 1er\u00a0janvier"],
            ),
            (dt.date(2020, 1, 1), []),
        ],
    )
    def it_tells_what_is_odd_in_its_dates(
        self, projet: Projet, effet: dt.date | None, debuts: list[str]
    ) -> None:
        dits = list(told_of_effect(projet.droit, effet, dt.date(2020, 3, 1)))
        assert [dit[: len(debut)] for dit, debut in zip(dits, debuts, strict=True)] == debuts

    def it_is_dated_by_the_effect(self, espace: Path) -> None:
        demande = DossierDemande(FINESS, ("transports",), date_effet=dt.date(2020, 1, 1))
        contrat = lu(new_dossier(Projet(espace), demande))["contrat"]
        assert contrat["indicateurs"]["NAT-10-1-1"]["cibles"] == {"2020": ""}
        assert contrat["volets"]["transports"]["objectif_principal"]["cibles"] == {"2020": ""}
        assert contrat["plan_actions"]["types"] == []

    def it_opens_the_volets_asked_for(self, espace: Path, projet: Projet) -> None:
        volets = ("transports", "pertinence", "qualite")
        contrat = lu(new_dossier(Projet(espace), DossierDemande(FINESS, volets)))["contrat"]
        assert tuple(contrat["volets"]) == volets
        transports = contrat["volets"]["transports"]
        assert transports["objectif_principal"]["indicateur"] == "TRA-1"
        assert {action["modele"] for action in transports["actions"]} == {
            action.id for action in projet.droit.plans_types["transports"].actions
        }
        assert "nombre_risques" not in transports
        assert "nombre_risques" in contrat["volets"]["qualite"]

    def it_refuses_a_volet_that_does_not_exist(self, espace: Path) -> None:
        with pytest.raises(DroitError) as erreur:
            new_dossier(Projet(espace), DossierDemande(FINESS, ("transport",)))
        assert erreur.value.code == "L-030"
        assert not (espace / "contracts_data/dossiers" / f"{FINESS}.yaml").exists()


class DescribeActivites:
    def it_reads_them_in_the_order_of_the_model(self) -> None:
        assert read_activities(" had, MCO,Dialyse,") == (
            Activite.MCO,
            Activite.HAD,
            Activite.DIALYSE,
        )
        assert read_activities("") == ()


class DescribeVoletAjoute:
    def it_keeps_the_rest_of_the_file(self, neuf: Path, espace: Path) -> None:
        avant = neuf.read_text("utf-8")
        new_volet(Projet(espace), FINESS, "transports")
        new_volet(Projet(espace), FINESS, "qualite")
        apres = neuf.read_text("utf-8")
        assert list(lu(neuf)["contrat"]["volets"]) == ["transports", "qualite"]
        assert [ligne for ligne in avant.splitlines() if ligne not in apres.splitlines()] == []

    def it_is_dated_by_the_signature_of_the_dossier(self, neuf: Path, espace: Path) -> None:
        texte = neuf.read_text("utf-8").replace("    date:\n", "    date: 2018-11-30\n", 1)
        neuf.write_text(texte, "utf-8")
        new_volet(Projet(espace), FINESS, "pertinence")
        objectif = lu(neuf)["contrat"]["volets"]["pertinence"]["objectif_principal"]
        assert objectif["cibles"] == {"2019": ""}

    @pytest.mark.parametrize("date", ["2018-13-30", "bientôt"])
    def it_does_not_mind_a_date_still_wrong(self, date: str, neuf: Path, espace: Path) -> None:
        texte = neuf.read_text("utf-8").replace("    date:\n", f"    date: {date}\n", 1)
        neuf.write_text(texte, "utf-8")
        new_volet(Projet(espace), FINESS, "pertinence")
        objectif = lu(neuf)["contrat"]["volets"]["pertinence"]["objectif_principal"]
        assert objectif["cibles"] == {"2018": ""}

    @pytest.mark.parametrize("contenu", ["", "contrat: [", "contrat: {reference: A}\n"])
    def it_leaves_alone_a_file_that_it_cannot_edit(
        self, contenu: str, neuf: Path, espace: Path
    ) -> None:
        neuf.write_text(contenu, "utf-8")
        with pytest.raises(UsageError) as erreur:
            new_volet(Projet(espace), FINESS, "transports")
        assert erreur.value.code == "U-068"
        assert neuf.read_text("utf-8") == contenu

    def it_names_the_command_that_begins_a_dossier(self, espace: Path) -> None:
        with pytest.raises(UsageError) as erreur:
            new_volet(Projet(espace), "010008886", "transports")
        assert erreur.value.code == "U-003"
        assert "caqes nouveau dossier 010008886" in erreur.value.remede


class DescribeSiteAjoute:
    def it_stands_in_the_list(self, neuf: Path, espace: Path) -> None:
        new_site(Projet(espace), FINESS, SITE, "Hôpital : nord", (Activite.MCO,))
        new_site(Projet(espace), FINESS, "990001026", None, ())
        sites = lu(neuf)["etablissement"]["sites"]
        assert [site["finess"] for site in sites] == [SITE, "990001026"]
        assert [site["nom"] for site in sites] == ["Hôpital : nord", ""]
        assert [site["activites"] for site in sites] == [["MCO"], []]

    def it_refuses_a_wrong_number(self, neuf: Path, espace: Path) -> None:
        with pytest.raises(UsageError) as erreur:
            new_site(Projet(espace), FINESS, "990001019", None, ())
        assert erreur.value.code == "U-011"
        assert lu(neuf)["etablissement"]["sites"] == []


class DescribeFiches:
    def it_leaves_every_optional_block_out(self, espace: Path) -> None:
        fiche = lu(new_fiche(Projet(espace), "ars", "ars-neuve"))
        assert fiche["id"] == "ars-neuve"
        assert set(Ars.model_fields) - set(fiche) == {"delegation", "acteurs"}

    def it_is_read_where_it_lies(self, espace: Path) -> None:
        chemin = new_fiche(Projet(espace), "organisme", "cpam-35")
        texte = chemin.read_text("utf-8").replace("\nsorte:\n", "\nsorte: CPAM\n")
        chemin.write_text(texte, "utf-8")
        depot = Projet(espace).depot()
        assert [c for c in depot.constats if "cpam-35" in c.source.fichier] == []
        assert isinstance(depot.organismes["cpam-35"].valeur, OrganismeLocal)
