"""A region's own volet joined to a signed contract by avenant: what its people type, no Python."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from caqes_docs.interfaces.cli.main import run
from tests.architecture.depot import RACINE
from tests.outils.signes import signable_project

REGION = Path(__file__).with_name("volet_coordination")
DOSSIER = "990780082"
VOLET = (
    (REGION / "volet.yaml")
    .read_text(encoding="utf-8")
    .replace('      signature: {lieu: "Portclair", date: 2017-12-14}\n', "")
    .replace("duree: 3", "duree: 2")
    .replace('{2018: "50 %", 2019: "80 %"}', '{2020: "50 %", 2021: "80 %"}')
    .replace("2018-01-01", "2020-01-01")
    .replace("2019-12-31", "2021-12-31")
    .replace("2018-12-31", "2020-12-31")
)
AVIS = "avis_medical: {instance: CME, date: 2019-04-02, sens: favorable}"
REMPLI = {
    "objet:": 'objet: "l’ajout d’un volet relatif à la coordination avec la ville"',
    "demandeur:": "demandeur: agence",
    "motif:": 'motif: "la lettre de liaison arrive tard chez le médecin traitant"',
    "    demande_le:": "    demande_le: 2019-03-11",
    "    rendu_le:": "    rendu_le: 2019-03-29",
    "    sens:": "    sens: favorable",
    "    date:": "    date: 2019-04-23",
    "    mode:": "    mode: lettre_recommandee",
    "    recue_le:": "    recue_le: 2019-04-25",
    "# avis_medical: {instance: CME, date: , sens: }": AVIS,
    "# cdu_associee: oui": "cdu_associee: oui",
    "  lieu:": '  lieu: "Vaubrune"',
    "  date:": "  date: 2019-05-20",
}
EVALUATION = """dossier: "990780082"
annee: 2020
exercice_clos: 2019
date: 2021-06-12
volets:
  coordination:
    objectif_principal: {numerateur: 612, denominateur: 1 000}
    actions: {FER-C1A: {taux: 60 %}, FER-C1B: {taux: 50 %}}
    economies: {depense_constatee: 450 000}
"""


def _fill(avenant: Path) -> None:
    lignes = avenant.read_text(encoding="utf-8").splitlines()
    avenant.write_text("\n".join(REMPLI.get(une, une) for une in lignes), encoding="utf-8")


def _run(projet: Path, *arguments: str) -> int:
    return int(run([*arguments, "--projet", str(projet)]))


@pytest.fixture(scope="module")
def preparee(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose contract was signed without the region's library, then amended with it."""
    racine = tmp_path_factory.mktemp("region")
    projet = racine / "projet"
    signable_project(projet, DOSSIER, validated=False)
    shutil.copytree(RACINE / "contracts_data/ciblage", projet / "contracts_data/ciblage")
    assert _run(projet, "signer", DOSSIER, "--le", "2017-12-14", "--exemple") == 0
    shutil.copytree(REGION / "clauses", racine / "bibliotheque")
    (projet / "caqes.yaml").write_text("bibliotheques: [../bibliotheque]\n", encoding="utf-8")
    assert _run(projet, "avenant", "nouveau", DOSSIER, "--cas", "ajout_volet") == 0
    copie = projet / f"contracts_data/copies/{DOSSIER}-1.yaml"
    copie.write_text(f"{copie.read_text(encoding='utf-8')}\n{VOLET}", encoding="utf-8")
    assert _run(projet, "avenant", "deriver", DOSSIER, "--numero", "1") == 0
    _fill(projet / f"contracts_data/avenants/{DOSSIER}-1.yaml")
    return projet


@pytest.fixture
def region(preparee: Path, tmp_path: Path) -> Path:
    """The same, for one test to change."""
    return Path(shutil.copytree(preparee.parent, tmp_path / "region")) / preparee.name


@pytest.fixture
def signee(region: Path) -> Path:
    """The same, its avenant sealed."""
    commande = ("signer", DOSSIER, "--avenant", "1", "--le", "2019-05-20", "--exemple")
    assert _run(region, *commande) == 0
    return region


class DescribeAvenantDeLaRegion:
    def it_makes_the_act_from_what_was_typed(
        self, region: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        avenant = region / f"contracts_data/avenants/{DOSSIER}-1.yaml"
        assert "- cle: contrat.volets.coordination\n" in avenant.read_text(encoding="utf-8")
        assert _run(region, "verifier", DOSSIER) == 0
        assert "0 erreur, 0 donnée à compléter" in capsys.readouterr().err
        sortie = ("--sortie", str(region / "o"), "--formats", "txt,docx")
        assert _run(region, "generer", DOSSIER, "--type", "avenant", *sortie) == 0
        (acte,) = (region / "o").glob("avenant_1_*.txt")
        dit = acte.read_text(encoding="utf-8").replace("\u00a0", " ")
        assert "« Article 11 : Volet additionnel relatif à la coordination avec la ville\n" in dit
        # The region's own parameter, as it is at the effect of the avenant: 7 days before 2019.
        assert "de la lettre de liaison en 2 jours au plus. Il prend effet le 1er janvier" in dit
        assert "Après la ligne « Volet obligatoire » du tableau « Grille d’évaluation" in dit
        assert "est insérée une annexe 7, jointe au présent avenant." in dit
        (preuves,) = (region / "o").glob("comparaison_avenant_1_*.preuves.json")
        egalites = json.loads(preuves.read_text(encoding="utf-8"))["egalites"]
        assert set(egalites.values()) == {True}

    def it_is_sealed_with_the_library_of_the_region(
        self, signee: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Once signed, nothing in it waits for the folder of the region."""
        sortie = ("--sortie", str(signee / "o"), "--formats", "txt")
        assert _run(signee, "etat", DOSSIER, "--au", "2020-06-01", *sortie) == 0
        (version,) = (signee / "o").glob("version_consolidee_*.txt")
        dit = version.read_text(encoding="utf-8").replace("\u00a0", " ")
        assert dit.count("Créé par l’avenant n° 1") == 2
        assert "Article 11-2 : Intéressement et sanction" in dit
        capsys.readouterr()
        (signee / "caqes.yaml").rename(signee / "de_cote")
        assert _run(signee, "controler") == 0
        (signee / "de_cote").rename(signee / "caqes.yaml")
        assert capsys.readouterr().err.count("identique, octet pour octet") == 2

    def it_is_evaluated_on_its_own_scale(
        self, signee: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Progress: 70 % × 60 % + 30 % × 50 % = 57 %; 12 000 × 57 % = 6 840."""
        (signee / "contracts_data/evaluations").mkdir(exist_ok=True)
        evaluation = signee / f"contracts_data/evaluations/{DOSSIER}-2020.yaml"
        evaluation.write_text(EVALUATION, encoding="utf-8")
        capsys.readouterr()
        _run(signee, "evaluer", DOSSIER, "--annee", "2020", "--format", "json")
        propositions = json.loads(capsys.readouterr().out)["propositions"]
        (ligne,) = [une for une in propositions if "coordination" in une["volet"]]
        assert (ligne["mesure"], ligne["montant"]) == ("intéressement", "+\u00a06\u202f840\u00a0€")

    def but_a_volet_is_named_when_it_is_changed(
        self, signee: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        avenant = signee / f"contracts_data/avenants/{DOSSIER}-2.yaml"
        assert _run(signee, "avenant", "nouveau", DOSSIER, "--cas", "objectifs") == 0
        texte = avenant.read_text(encoding="utf-8")
        modification = "modifications:\n  - {cle: contrat.volets, retirer: oui}\n"
        avenant.write_text(texte.replace("modifications: []\n", modification), encoding="utf-8")
        assert _run(signee, "verifier", DOSSIER) == 2
        assert "Modifier chaque volet à part" in capsys.readouterr().out
