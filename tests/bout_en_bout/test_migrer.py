"""`caqes migrer` carries the sample region of a former version, and says all that it leaves.

`region_ancienne.tar.xz` holds the records of that region as they stood before the two procedures
were dated steps.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from caqes_docs.application.projet import find_projet
from caqes_docs.interfaces.cli.main import run

ICI = Path(__file__).resolve().parent
RACINE = ICI.parents[1]
DIT = {
    ("D-140", "La décision n’est pas du même jour que son envoi"): 23,
    (
        "D-140",
        "La dépense dont se mesurent les économies est désormais une donnée du contrat, signée",
    ): 9,
    ("D-140", "Le délai de réponse n’est plus une donnée"): 14,
    ("D-140", "Le numéro de l’ancienne notification n’est pas repris"): 23,
    ("D-142", "La réponse de l’agence valait pour les observations et pour l’audition"): 3,
    (
        "D-142",
        "Le second avis de l’organisme local, avant la décision définitive, n’est pas écrit",
    ): 14,
    ("D-142", "L’ancienne notification était l’envoi de la décision"): 14,
    ("D-142", "Un refus est constaté sans seconde proposition"): 1,
}
"""What is told, and how many times: all that remains to be written by hand."""


@pytest.fixture
def ancienne(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of today whose data are those of a former version."""
    for nom in ("clauses", "templates"):
        shutil.copytree(RACINE / nom, tmp_path / nom)
    shutil.unpack_archive(ICI / "region_ancienne.tar.xz", tmp_path, filter="data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contenus(projet: Path) -> dict[str, bytes]:
    """Every file of data."""
    fichiers = sorted((projet / "contracts_data").rglob("*.yaml"))
    return {f.relative_to(projet).as_posix(): f.read_bytes() for f in fichiers}


def commentaires(contenu: bytes) -> Counter[str]:
    """The comments of a file, wherever they stand."""
    lignes = (ligne.strip() for ligne in contenu.decode().splitlines())
    return Counter(ligne for ligne in lignes if ligne.startswith("#"))


class DescribeAncienneRegion:
    def it_is_refused_as_it_is(self, ancienne: Path) -> None:
        constats = find_projet(None).depot().constats
        assert {c.code for c in constats} == {"D-010"}
        assert all("caqes migrer" in c.remede for c in constats)

    def it_is_carried_whole_and_read(
        self, ancienne: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        avant = contenus(ancienne)
        assert run(["migrer", "--format", "json"]) == 0
        bilan = json.loads(capsys.readouterr().out)
        apres = contenus(ancienne)
        assert find_projet(None).depot().constats == ()
        assert {x["fichier"] for x in bilan["fichiers"]} == {
            nom for nom in avant if avant[nom] != apres[nom]
        }
        assert all(not commentaires(avant[x]) - commentaires(apres[x]) for x in avant)
        dits = [(c["code"], re.split("\u00a0:| \\(D", c["message"])[0]) for c in bilan["constats"]]
        assert Counter(dits) == DIT
        assert run(["migrer"]) == 0
        assert contenus(ancienne) == apres

    def it_shows_first_what_it_would_do(
        self, ancienne: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        avant = contenus(ancienne)
        assert run(["migrer", "--essai", "contracts_data/dossiers/990780157.yaml"]) == 0
        sortie = capsys.readouterr()
        assert "+    premiere_proposition:" in sortie.out
        assert "rien n’a été écrit" in sortie.err
        assert contenus(ancienne) == avant
