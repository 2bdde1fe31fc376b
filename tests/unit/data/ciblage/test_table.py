"""The table of the targeting: hostile cells, both forms, every fault at its place."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.tableur.cellules import TAILLE_MAX, parse_csv
from caqes_docs.data.tableur.lecture import load_tableur
from caqes_docs.data.tableur.xlsx import parse_xlsx
from caqes_docs.law.ciblage.ciblage import decide_etablissement
from tests.outils.ciblage import (
    FINESS,
    TABLE,
    build_csv,
    build_xlsx,
    criteres_de,
    faults_of,
    read,
    seuils_de,
)


def _codes(ligne: dict[str, str]) -> list[str]:
    return [constat.code for constat in faults_of(build_csv([ligne], ()))]


def _classeur(valeur: str | float, forme: str = "General", colonne: str = "C2") -> bytes:
    """A one-row workbook, with `valeur` in one cell."""
    classeur = load_workbook(io.BytesIO(build_xlsx(build_csv([{}], ()))))
    page = classeur.active
    assert page is not None
    page[colonne].value = valeur
    page[colonne].number_format = forme
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _refused(contenu: bytes, feuille: str | None = None) -> DonneesError:
    with pytest.raises(DonneesError) as leve:
        read(parse_xlsx(contenu, "t.xlsx", feuille))
    return leve.value


class DescribeCases:
    """One cell at a time."""

    @pytest.mark.parametrize(
        ("ligne", "code"),
        [
            ({"finess": "990780018"}, "D-031"),
            ({"finess": "60785011"}, "D-030"),
            ({"finess": ""}, "D-092"),
            ({"nom": ""}, "D-092"),
            ({"nom": "Cli\u200bnique"}, "D-003"),
            ({"nom": "[nom]"}, "D-015"),
            ({"transports_montant_n": "beaucoup"}, "D-021"),
            ({"transports_montant_n": "1,234"}, "D-021"),
            ({"transports_montant_n": "1e6"}, "D-021"),
            ({"transports_montant_n": "٣"}, "D-021"),
            ({"transports_montant_n": "NR"}, "D-093"),
            ({"transports_montant_n": "-1"}, "D-093"),
            ({"transports_evolution": "2,2"}, "D-022"),
            ({"transports_evolution": "NaN %"}, "D-022"),
            ({"transports_exercice": "17"}, "D-025"),
            ({"icalin2": "F"}, "D-093"),
            ({"icalin2": "A+"}, "D-093"),
            ({"icalin2": "non renseigné"}, "D-093"),
            ({"icalin2_soumis": "peut-être"}, "D-024"),
            ({"d31": "9,9"}, "D-022"),
            ({"d31": "100,1 %"}, "D-093"),
            ({"d31": "-1 %"}, "D-093"),
            ({"d31": "non répondant"}, "D-093"),
            ({"document_sortie_haute": "non renseigné"}, "D-093"),
            ({"document_sortie_basse": "5 %", "document_sortie_haute": "NR"}, "D-094"),
            ({"document_sortie_basse": "9 %", "document_sortie_haute": "8 %"}, "D-094"),
            ({"d31": '=HYPERLINK("x")'}, "D-096"),
            ({"nom": "@SUM(1)"}, "D-096"),
        ],
    )
    def it_is_refused(self, ligne: dict[str, str], code: str) -> None:
        assert code in _codes(ligne)

    @pytest.mark.parametrize(
        "ligne",
        [
            {"transports_montant_n": "1 250 000,50"},
            {"transports_montant_n": "1\u202f250\u202f000,50\u00a0€"},
            {"transports_evolution": "-2,25\u00a0%"},
            {"icalin2": "c"},
            {"icalin2": "Non-Répondant"},
            {"d31": "0 %"},
            {"document_sortie_haute": "100 %"},
            {"nom": 'Clinique <b>"Nord"</b> {{ nom }} | & *'},
        ],
    )
    def it_is_accepted(self, ligne: dict[str, str]) -> None:
        assert _codes(ligne) == []

    def it_tells_every_fault_at_once(self) -> None:
        contenu = build_csv([{"d31": "1"}, {"icalin2": "F"}, {"nom": "", "d31": "2"}], ())
        lignes = [(c.source.ligne, c.code) for c in faults_of(contenu)]
        assert lignes == [(2, "D-022"), (3, "D-093"), (4, "D-092"), (4, "D-022")]

    @given(st.text(max_size=30))
    def it_never_fails_on_any_text(self, texte: str) -> None:
        for colonne in ("nom", "icalin2", "d31", "transports_montant_n"):
            assert all(c.message and c.code for c in faults_of(build_csv([{colonne: texte}], ())))


class DescribeTables:
    """The whole table."""

    def it_refuses_the_same_establishment_twice(self) -> None:
        contenu = build_csv([{}, {"finess": FINESS[0]}], ())
        assert [c.code for c in faults_of(contenu)] == ["D-095"]

    def it_reads_commas_and_tabs_too(self, projet: Projet) -> None:
        criteres = criteres_de(projet)
        lignes = [{"transports_montant_n": "1,50", "d31": "9,9 %"}]
        lues = [
            read(parse_csv(build_csv(lignes, criteres, sep), "t.csv"), criteres).lignes
            for sep in (";", ",", "\t")
        ]
        assert lues[0] == lues[1] == lues[2]

    def it_reads_latin_1_when_announced(self) -> None:
        contenu = build_csv([{"nom": "Hôpital d’Exemple"}], ()).decode().encode("cp1252")
        with pytest.raises(DonneesError, match="lisible"):
            parse_csv(contenu, "t.csv")
        assert read(parse_csv(contenu, "t.csv", "latin-1")).lignes[0].nom == "Hôpital d’Exemple"

    def it_reads_a_byte_order_mark(self) -> None:
        assert read(parse_csv(b"\xef\xbb\xbf" + build_csv([{}], ()), "t.csv")).lignes

    @pytest.mark.parametrize(
        "contenu", [b"", b"\n\n", b"finess;nom\n", b"\x00\x01", b'a;"b\nc', b"\xff\xfe"]
    )
    def it_refuses_what_is_no_table(self, contenu: bytes, tmp_path: Path) -> None:
        chemin = tmp_path / "t.csv"
        chemin.write_bytes(contenu)
        with pytest.raises(DonneesError) as leve:
            load_tableur(chemin, "t.csv")
        assert leve.value.code == "D-090"

    def it_refuses_an_encoding_for_a_workbook(self, tmp_path: Path) -> None:
        chemin = tmp_path / "t.xlsx"
        chemin.write_bytes(build_xlsx(build_csv([{}], ())))
        with pytest.raises(DonneesError, match="lisible") as leve:
            load_tableur(chemin, "t.xlsx", "latin-1")
        assert [c.message for c in leve.value.constats] == ["Un classeur dit son encodage."]

    def it_refuses_a_file_that_is_too_big(self, tmp_path: Path) -> None:
        chemin = tmp_path / "t.csv"
        chemin.write_bytes(b"a" * (TAILLE_MAX + 1))
        with pytest.raises(DonneesError):
            load_tableur(chemin, "t.csv")

    def it_names_the_columns_that_are_nearly_right(self) -> None:
        fautes = faults_of(b"finess;nom;icalin;d31\n990780017;A;B;1 %\n")
        assert any("icalin2" in c.remede for c in fautes)
        absentes = {"transports_montant_n", "transports_montant_n_1", "document_sortie_haute"}
        assert absentes <= {mot for c in fautes for mot in c.message.split("\u00a0")}


class DescribeClasseurs:
    """The same table as a workbook."""

    def it_decides_like_the_csv(self, projet: Projet) -> None:
        criteres, seuils = criteres_de(projet), seuils_de(projet)
        contenu = TABLE.read_bytes()

        def issues(table: Any) -> list[Any]:
            decisions = [decide_etablissement(x, seuils, criteres) for x in table.lignes]
            return [
                (d.finess, [(c.issue, c.valeur, c.raison) for c in d.criteres]) for d in decisions
            ]

        du_csv = issues(read(parse_csv(contenu, "t.csv"), criteres))
        du_classeur = issues(read(parse_xlsx(build_xlsx(contenu), "t.xlsx"), criteres))
        assert du_csv == du_classeur
        assert len(du_csv) == 20

    @pytest.mark.parametrize(
        ("valeur", "forme", "colonne", "code"),
        [
            ("=1+1", "General", "C2", "D-096"),
            ("#DIV/0!", "General", "C2", "D-096"),
            (0.099, "General", "F2", "D-022"),
            (99078001, "0", "A2", "D-030"),
        ],
    )
    def it_refuses_a_cell_at_its_place(
        self, valeur: str | float, forme: str, colonne: str, code: str
    ) -> None:
        erreur = _refused(_classeur(valeur, forme, colonne))
        (constat,) = erreur.constats
        assert constat.code == code
        assert str(constat.source) == f"t.xlsx:Sheet!{colonne}"

    def it_reads_a_percentage_exactly(self) -> None:
        contenu = _classeur(0.022, "0.0%", "F2")
        (ligne,) = read(parse_xlsx(contenu, "t.xlsx")).lignes
        assert str(ligne.qualite.d31.valeur) == "0.022"

    def it_asks_which_sheet(self) -> None:
        classeur = Workbook()
        classeur.create_sheet("Autre")
        sortie = io.BytesIO()
        classeur.save(sortie)
        assert "Sheet, Autre" in _refused(sortie.getvalue()).constats[0].remede
        assert "Absente" in _refused(sortie.getvalue(), "Absente").constats[0].message

    @pytest.mark.parametrize("contenu", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100])
    def it_refuses_a_damaged_workbook(self, contenu: bytes) -> None:
        assert _refused(contenu).code == "D-090"

    def it_refuses_an_archive_that_is_no_workbook(self) -> None:
        sortie = io.BytesIO()
        with zipfile.ZipFile(sortie, "w") as archive:
            archive.writestr("a.txt", "rien")
        assert _refused(sortie.getvalue()).code == "D-090"

    def it_refuses_entities(self) -> None:
        sortie = io.BytesIO()
        with zipfile.ZipFile(sortie, "w") as archive:
            archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
        assert "entités" in _refused(sortie.getvalue()).constats[0].message
