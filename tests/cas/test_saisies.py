"""What people really gave to software of this trade, and what they must get here."""

from __future__ import annotations

import functools
import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from caqes_docs.core.errors import DonneesError
from caqes_docs.data.tableur.cellules import TableBrute, parse_csv
from caqes_docs.data.tableur.xlsx import parse_xlsx
from caqes_docs.interfaces.cli.main import run
from tests.mauvais.cas import BASE, Cas
from tests.outils.ciblage import build_csv, build_xlsx, read
from tests.outils.partage import read_cases
from tests.outils.validation import validate_all

CAS: dict[str, Any] = read_cases(Path(__file__).with_name("saisies.yaml"))
TABLES = {nom for nom, cas in CAS.items() if "table" in cas or "classeur" in cas}
FICHIERS = {
    "dossier": "contracts_data/dossiers/990000010.yaml",
    "objet": "clauses/contrat/objet/2018-01-01.md",
    "style": "templates/maison/style.css",
}
LIGNE = {"nom": "Hôpital d’Étretat", "transports_montant_n": "4 968 417,75"}


@pytest.fixture(scope="module")
def valide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, all of whose words somebody answers for."""
    racine = tmp_path_factory.mktemp("saisies") / "projet"
    Cas(BASE, ()).build(racine)
    validate_all(racine)
    return racine


def plain(texte: str) -> str:
    """`texte` with ordinary spaces, as the file of cases is typed."""
    return texte.replace("\u202f", " ").replace("\u00a0", " ")


def spoil(projet: Path, cas: dict[str, Any]) -> None:
    """Give the project what the case gives."""
    for nom, (avant, apres) in cas.get("remplace", {}).items():
        texte = (projet / FICHIERS[nom]).read_text("utf-8")
        assert texte.count(avant) == 1
        (projet / FICHIERS[nom]).write_text(texte.replace(avant, apres), "utf-8")
    for nom, suite in cas.get("ajoute", {}).items():
        with (projet / FICHIERS[nom]).open("a", encoding="utf-8") as fichier:
            fichier.write(suite)
    for nom, texte in cas.get("ecris", {}).items():
        (projet / nom).write_text(texte, "utf-8")
    if "relu_en" in cas:
        dossier = projet / FICHIERS["dossier"]
        dossier.write_text(dossier.read_bytes().decode(cas["relu_en"]), "utf-8")


def table(cas: dict[str, Any]) -> TableBrute:
    """The targeting table of a case, read as the command reads it."""
    if "classeur" in cas:
        return parse_xlsx(workbook(dict(cas["classeur"])), "t.xlsx")
    donne = cas["table"]
    texte = build_csv([LIGNE | donne.get("cases", {})], ()).decode()
    octets = texte.replace("\n", donne.get("sauts", "\n")).encode(donne.get("encodage", "utf-8"))
    return parse_csv(octets, "t.csv", donne.get("lu_en", "utf-8"))


def workbook(cases: dict[str, Any]) -> bytes:
    """A workbook of one establishment, with the cells that the case gives."""
    classeur = load_workbook(io.BytesIO(build_xlsx(build_csv([{}, {}], ()))))
    page = classeur.worksheets[0]
    if "titre" in cases:
        page.insert_rows(1)
        page["A1"] = cases.pop("titre")
        page.merge_cells("A1:F1")
    if "masque" in cases:
        page.row_dimensions[cases.pop("masque")].hidden = True
    for repere, (valeur, forme) in cases.items():
        page[repere].value, page[repere].number_format = valeur, forme
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


class DescribeCommandes:
    """Dossiers, clauses and tables of establishments, through the command."""

    @pytest.mark.parametrize("nom", [nom for nom in CAS if nom not in TABLES])
    def it_gives_what_the_user_must_get(
        self,
        nom: str,
        valide: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        cas = CAS[nom]
        projet = tmp_path / "projet"
        shutil.copytree(valide, projet)
        spoil(projet, cas)
        monkeypatch.chdir(projet)
        sortie = run(cas["commande"].split())
        capture = capsys.readouterr()
        dit = plain(capture.out + capture.err)
        assert sortie == cas["sortie"], dit
        assert [mots for mots in cas.get("dit", ()) if mots not in dit] == [], dit
        actes = [plain(f.read_text("utf-8")) for f in projet.glob("output/*.txt")]
        assert [mots for mots in cas.get("imprime", ()) if mots not in "".join(actes)] == [], actes
        assert [mots for mots in cas.get("jamais", ()) if mots in dit] == []
        assert dit.count(cas.get("une_fois", "\0")) <= 1
        assert len(list(projet.glob("output/contrat_*"))) == cas.get("actes", len(actes))


class DescribeTables:
    """Tables of the targeting, in CSV and in a workbook."""

    @pytest.mark.parametrize("nom", [nom for nom in CAS if "lu" in CAS[nom]])
    def it_reads_what_people_see(self, nom: str) -> None:
        premiere = read(table(CAS[nom])).lignes[0]
        lu = {
            chemin: str(functools.reduce(getattr, chemin.split("."), premiere))
            for chemin in CAS[nom]["lu"]
        }
        assert lu == CAS[nom]["lu"]

    @pytest.mark.parametrize("nom", sorted(nom for nom in TABLES if "lu" not in CAS[nom]))
    def it_says_in_one_finding_what_is_wrong(self, nom: str) -> None:
        with pytest.raises(DonneesError) as leve:
            read(table(CAS[nom]))
        (constat,) = leve.value.constats
        dit = plain(f"{constat.source} {constat.code} {constat.message} {constat.remede}")
        assert [mots for mots in CAS[nom]["dit"] if mots not in dit] == []
