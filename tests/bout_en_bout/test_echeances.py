"""`caqes echeances`: one list, in each of its forms, read back by what others use."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import icalendar
import openpyxl
import pytest

from caqes_docs.core.francais.typographie import typographier
from caqes_docs.interfaces.cli.main import run
from tests.mauvais.cas import BASE, Cas

ECRIT = '=HYPERLINK("http://x.invalid";"é") ; « O’Brien » <b>, a\\nb'
HOSTILE = typographier(ECRIT)
ENTETE = [
    "État", "Échéance", "Dossier", "Établissement", "Procédure", "Étape", "À faire", "Par",
    "Depuis", "Texte", "Fichier",
]  # fmt: skip
EVALUATION = """\
dossier: "990000010"
annee: 2018
procedure:
  rapport: {date: 2019-07-01, recue_le: 2019-07-03}
donnees: {arretees_le: 2019-06-01}
"""
FICHIER = "contracts_data/evaluations/990000010-2018.yaml"
LIGNES = [
    ["à faire", "2019-10-03", "990000010", f"'{HOSTILE}", "évaluation 2018",
     "Avis de l’organisme local avant de notifier",
     "Demander l’avis de l’organisme local avant de notifier", "agence", "", "D. 162-16, III",
     f"{FICHIER}:4:3"],
    ["à faire", "2019-10-03", "990000010", f"'{HOSTILE}", "évaluation 2018",
     "Notification des mesures", "Notifier les mesures, ou y renoncer", "agence", "2019-08-04",
     "D. 162-16, III", f"{FICHIER}:4:12"],
]  # fmt: skip
JOUR = "2019-09-01"


@pytest.fixture
def lancer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., tuple[int, bytes, str]]:
    """Run a command in a small project whose establishment has a hostile name."""
    projet = tmp_path / "projet"
    Cas(BASE, ()).build(projet)
    dossier = projet / "contracts_data" / "dossiers" / "990000010.yaml"
    lignes = dossier.read_text(encoding="utf-8").splitlines(keepends=True)
    (rang,) = (r for r, ligne in enumerate(lignes) if ligne.startswith("  raison_sociale:"))
    lignes[rang] = f"  raison_sociale: '{ECRIT.replace(chr(39), chr(39) * 2)}'\n"
    dossier.write_text("".join(lignes), encoding="utf-8")
    (projet / "contracts_data" / "evaluations").mkdir(exist_ok=True)
    (projet / FICHIER).write_text(EVALUATION, encoding="utf-8")
    droit = Path(__file__).resolve().parents[2] / "clauses" / "droit"
    for nom in ("parametres/procedure", "textes"):
        for source in (droit / nom).iterdir():
            cible = projet / "clauses" / "droit" / nom / source.name
            cible.parent.mkdir(exist_ok=True)
            cible.write_bytes(source.read_bytes())
    monkeypatch.chdir(projet)

    def run_it(*arguments: str) -> tuple[int, bytes, str]:
        code = run(["echeances", *arguments])
        capture = capfdbinary.readouterr()
        return int(code), capture.out, capture.err.decode()

    return run_it


class DescribeFormes:
    """The same list as a table, CSV, a workbook, a calendar and JSON."""

    def it_is_a_table(self, lancer: Callable[..., tuple[int, bytes, str]]) -> None:
        code, sortie, dit = lancer("--au", JOUR)
        lignes = [ligne.split("\t") for ligne in sortie.decode().splitlines()]
        assert code == 0
        assert lignes[0] == [ENTETE[rang] for rang in (0, 1, 2, 3, 4, 6, 7, 10)]
        assert lignes[1][:4] == ["à faire", "03/10/2019", "990000010", HOSTILE]
        assert len(lignes) == 1 + len(LIGNES)
        assert dit == "2 échéances au 1er\u00a0septembre\u00a02019 (à faire\u00a0: 2).\n"

    def it_is_a_csv_file_that_no_spreadsheet_runs(
        self, lancer: Callable[..., tuple[int, bytes, str]], tmp_path: Path
    ) -> None:
        fichier = tmp_path / "liste.csv"
        fichier.write_bytes(b"ancien")
        code, sortie, _ = lancer("--au", JOUR, "--vers", str(fichier))
        assert (code, sortie) == (0, b"")
        contenu = fichier.read_bytes()
        assert contenu.startswith(b"\xef\xbb\xbf")
        lues = list(csv.reader(io.StringIO(contenu.decode("utf-8-sig")), delimiter=";"))
        assert lues == [ENTETE, *LIGNES]
        _, affiche, _ = lancer("990000010", "--au", JOUR, "--format", "csv")
        assert affiche == contenu[3:]

    def it_is_a_workbook_without_formula(
        self, lancer: Callable[..., tuple[int, bytes, str]], tmp_path: Path
    ) -> None:
        fichier = tmp_path / "liste.xlsx"
        assert lancer("--au", JOUR, "--vers", str(fichier))[0] == 0
        (feuille,) = openpyxl.load_workbook(fichier).worksheets
        assert [case.value for case in feuille[1]] == ENTETE
        assert feuille["D2"].value == HOSTILE
        assert feuille["D2"].data_type == "s"
        assert feuille["B2"].value.date() == dt.date(2019, 10, 3)
        encore = fichier.read_bytes()
        assert lancer("--au", JOUR, "--vers", str(fichier))[0] == 0
        assert fichier.read_bytes() == encore

    def it_is_a_calendar_that_a_library_reads_back(
        self, lancer: Callable[..., tuple[int, bytes, str]], tmp_path: Path
    ) -> None:
        fichier = tmp_path / "liste.ics"
        assert lancer("--au", JOUR, "--vers", str(fichier))[0] == 0
        contenu = fichier.read_bytes()
        assert contenu.count(b"\n") == contenu.count(b"\r\n")
        assert max(map(len, contenu.split(b"\r\n"))) <= 75
        agenda = icalendar.Calendar.from_ical(contenu)
        evenements = agenda.walk("VEVENT")
        assert len(evenements) == 2
        avis = evenements[0]
        assert avis.decoded("dtstart") == dt.date(2019, 10, 3)
        assert avis.decoded("dtend") == dt.date(2019, 10, 4)
        assert avis.decoded("dtstamp") == dt.datetime(2019, 9, 1, tzinfo=dt.UTC)
        assert str(avis["summary"]) == (
            f"{HOSTILE}\u00a0: Demander l’avis de l’organisme local avant de notifier"
        )
        assert "Texte\u00a0: D. 162-16, III" in str(avis["description"])
        _, le_lendemain, _ = lancer("--au", "2019-09-02", "--format", "ics")
        suivants = icalendar.Calendar.from_ical(le_lendemain).walk("VEVENT")
        assert [str(e["uid"]) for e in suivants] == [str(e["uid"]) for e in evenements]
        assert len({str(e["uid"]) for e in evenements}) == 2

    def it_says_what_the_calendar_leaves_out(
        self, lancer: Callable[..., tuple[int, bytes, str]]
    ) -> None:
        _, sortie, dit = lancer("--au", "2019-07-02", "--format", "ics")
        assert icalendar.Calendar.from_ical(sortie).walk("VEVENT") == []
        assert dit.splitlines()[-1] == "1 étape sans date, absente de l’agenda."

    def it_is_json(self, lancer: Callable[..., tuple[int, bytes, str]]) -> None:
        _, sortie, _ = lancer("--au", JOUR, "--format", "json")
        lue = json.loads(sortie)
        assert lue["jour"] == JOUR
        assert [x["echeance"] for x in lue["echeances"]] == ["2019-10-03", "2019-10-03"]
        assert lue["echeances"][0]["source"] == f"{FICHIER}:4:3"

    def but_a_folder_is_not_a_file(
        self, lancer: Callable[..., tuple[int, bytes, str]], tmp_path: Path
    ) -> None:
        (tmp_path / "liste.csv").mkdir()
        code, _, dit = lancer("--au", JOUR, "--vers", str(tmp_path / "liste.csv"))
        assert code == 5
        assert dit.startswith("R-001")
        assert list((tmp_path / "liste.csv").iterdir()) == []
        assert list(tmp_path.glob(".caqes-*")) == []


class DescribeRegion:
    """The sample region."""

    def it_lists_it_whole_in_one_order(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(Path(__file__).resolve().parents[2])
        assert run(["echeances", "--au", "2020-10-01", "--format", "json"]) == 0
        lignes = json.loads(capsys.readouterr().out)["echeances"]
        etats = ["forclos", "en retard", "inconnu", "à faire", "à venir"]
        rangs = [(etats.index(x["etat"]), x["echeance"] or "9", x["dossier"]) for x in lignes]
        assert rangs == sorted(rangs)
        assert len(lignes) > 10

    def it_tells_once_what_several_dossiers_wait_for(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(Path(__file__).resolve().parents[2])
        assert run(["echeances", "--au", "2018-02-01", "--format", "json"]) == 0
        toutes = json.loads(capsys.readouterr().out)["echeances"]
        livrees = [x for x in toutes if x["etape"] == "Livraison de données"]
        attendues = [
            (x["procedure"], x["a_faire"])
            for x in livrees
            if x["par"] == "Caisse nationale de l’assurance maladie"
        ]
        assert len(set(attendues)) == len(attendues) > 3
        assert any(x["etablissement"].endswith(" établissements") for x in livrees)
