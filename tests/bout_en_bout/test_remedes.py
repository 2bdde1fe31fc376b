"""Every remedy « Remplir … » is obeyed, and its fault goes; a dossier is filled in a few rounds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from caqes_docs.application.commencer.dossier import DossierDemande, new_dossier
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.dossiers import check_dossiers
from caqes_docs.core.constats import Constat
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.etablissement import Activite
from caqes_docs.data.lecture.introspection import TypeChamp, walk_type
from caqes_docs.data.lecture.provisoire import stand_in
from tests.architecture.depot import RACINE

FINESS = "990000028"
OBLIGATOIRES: dict[tuple[str, ...], Any] = {
    ("etablissement", "statut"): "public",
    ("etablissement", "niveau_signature"): "entite_juridique",
    ("contrat", "reference"): f"CAQES-2018-{FINESS}",
    ("contrat", "regime"): "caqes_1",
    ("contrat", "ars"): "ars-exemple",
    ("contrat", "organisme"): "cpam-99",
}
CLE = re.compile("Remplir «\u00a0([^»]+)\u00a0»")
"""A remedy that names a key of the dossier."""
PLUSIEURS = re.compile(r"indicateur\(?s?\)? à poser \((.+)\)")


def put(donnees: Any, chemin: tuple[str, ...], valeur: Any) -> None:
    """Write a value at a dotted key, as a user would: lists count from one."""
    place, dernier = donnees, chemin[-1]
    for partie, suite in zip(chemin[:-1], chemin[1:], strict=True):
        if isinstance(place, list):
            while len(place) < int(partie):
                place.append({})
            place = place[int(partie) - 1]
            continue
        if not place.get(partie):
            place[partie] = [] if suite.isdigit() else {}
        place = place[partie]
    place[dernier] = valeur


def plausible(chemin: tuple[str, ...]) -> Any:
    """A value of the type of the key."""
    champ = walk_type(TypeChamp("bloc", Dossier), chemin)
    assert champ is not None, chemin
    if champ.sorte == "liste" and champ.element is not None and champ.element.sorte == "bloc":
        return [obligatory(champ.element.classe)]
    if champ.sorte == "liste":
        return [stand_in_text(chemin)]
    if champ.sorte == "bloc":
        return obligatory(champ.classe)
    if champ.sorte == "table":
        return {"2018": "1000"}
    return stand_in(Dossier, chemin)


def stand_in_text(chemin: tuple[str, ...]) -> Any:
    return "mco" if chemin[-1] == "types" else "MCO" if chemin[-1] == "activites" else "texte"


def obligatory(modele: Any) -> dict[str, Any]:
    return {
        nom: plausible_of(modele, nom)
        for nom, champ in modele.model_fields.items()
        if champ.is_required()
    }


def plausible_of(modele: Any, nom: str) -> Any:
    champ = walk_type(TypeChamp("bloc", modele), (nom,))
    assert champ is not None
    return obligatory(champ.classe) if champ.sorte == "bloc" else stand_in(modele, (nom,))


class Essai:
    """A dossier that somebody fills by obeying."""

    def __init__(self, racine: Path, volets: tuple[str, ...] = ()) -> None:
        self.projet = Projet(racine)
        activites = (Activite.MCO, Activite.HAD)
        self.chemin = new_dossier(self.projet, DossierDemande(FINESS, volets, activites))

    def verify(self) -> list[Constat]:
        return list(check_dossiers(Projet(self.projet.racine), [FINESS]).constats)

    def write(self, valeurs: dict[tuple[str, ...], Any]) -> None:
        donnees = yaml.load(self.chemin.read_text("utf-8"), yaml.BaseLoader)
        for chemin, valeur in valeurs.items():
            put(donnees, chemin, valeur)
        self.chemin.write_text(yaml.safe_dump(donnees, allow_unicode=True), "utf-8")


def asked(constats: list[Constat]) -> dict[tuple[str, ...], Any]:
    """What the remedies say to write, each with a value of its type."""
    demandes: dict[tuple[str, ...], Any] = {}
    for constat in constats:
        for cle in CLE.findall(constat.remede or ""):
            chemin = tuple(cle.split("."))
            demandes[chemin] = plausible(chemin)
        groupe = PLUSIEURS.search(constat.message)
        for code in groupe.group(1).split(", ") if groupe else ():
            demandes["contrat", "indicateurs", code] = {
                "reference": {"annee": "2016", "valeur": "50 %"},
                "cibles": {"2018": "60 %"},
            }
    return demandes


class DescribeRemedes:
    @pytest.mark.parametrize("volets", [(), ("transports", "pertinence", "qualite")])
    def it_names_a_key_and_ends_its_fault(self, volets: tuple[str, ...], espace: Path) -> None:
        essai = Essai(espace, volets)
        essai.write({**OBLIGATOIRES, ("contrat", "signature", "date"): "2017-12-20"})
        vus: set[str | None] = set()
        for _ in range(4):
            constats = essai.verify()
            dits = {c.remede for c in constats if CLE.search(c.remede or "")}
            assert dits & vus == set()
            vus |= dits
            essai.write(asked(constats))
        assert len(vus) > 25
        assert dits == set()


class DescribeGuide:
    def it_shows_a_whole_dossier_that_is_clean(self, espace: Path) -> None:
        guide = (RACINE / "docs/guide.md").read_text("utf-8")
        blocs = re.findall(r"```yaml\n(etablissement:.*?)```", guide, re.DOTALL)
        assert len(blocs) == 1
        (espace / f"contracts_data/dossiers/{FINESS}.yaml").write_text(blocs[0], "utf-8")
        assert list(check_dossiers(Projet(espace), [FINESS]).constats) == []


class DescribeTours:
    """The whole of the guide's dossier typed under the skeleton's report, whatever it names."""

    def it_tells_all_that_is_missing_in_the_first_report(self, espace: Path) -> None:
        essai = Essai(espace)
        premier = essai.verify()
        assert {c.code for c in premier} == {"D-011", "D-051", "D-060"}
        essai.write(OBLIGATOIRES)
        second = {(c.code, c.remede) for c in essai.verify()}
        assert second <= {(c.code, c.remede) for c in premier}
        assert len(second) == len(premier) - len(OBLIGATOIRES)

    def it_tells_unknown_records_and_plans_besides_a_wrong_field(self, espace: Path) -> None:
        essai = Essai(espace)
        faux: dict[tuple[str, ...], Any] = {
            ("etablissement", "statut"): "publique",
            ("contrat", "ars"): "ars-ailleurs",
            ("contrat", "plan_actions", "types"): ["mcoo"],
        }
        essai.write({**OBLIGATOIRES, **faux})
        codes = {c.code for c in essai.verify()}
        assert {"D-013", "D-040", "D-062", "D-060"} <= codes
