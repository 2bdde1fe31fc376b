"""The identity table: strict reading, hostile rows, refusals in French."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caqes_docs.core.constats import Gravite
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.identifiants import is_finess
from caqes_docs.data.finess.table import COLONNES, LigneFiness, load_table, parse_table
from tests.unit.data.finess.essais import AUTRE_ENTITE, ENTITE, SITE, SITE_2, ligne, table

VRAIE_TABLE = Path(__file__).parents[5] / "shared" / "finess" / "ID_2023r.csv"


def refus(contenu: bytes) -> tuple[str, int, str, str]:
    """Code, line, message and remedy of a refusal."""
    with pytest.raises(DonneesError) as pris:
        parse_table(contenu, "table.csv")
    (constat,) = pris.value.constats
    return pris.value.code, constat.source.ligne, constat.message, constat.remede


def fautes(contenu: bytes) -> list[tuple[str, int, str]]:
    """Code, line and message of the findings."""
    lue = parse_table(contenu, "table.csv")
    return [(constat.code, constat.source.ligne, constat.message) for constat in lue.constats]


def lignes_fautives(contenu: bytes) -> set[int]:
    """The lines of all findings, refusal included, and 0."""
    try:
        constats = parse_table(contenu, "table.csv").constats
    except DonneesError as error:
        constats = error.constats
    return {0, *(constat.source.ligne for constat in constats)}


class DescribeParseTable:
    """`parse_table`, on rows that are as they should be."""

    def it_reads_a_row(self) -> None:
        lue = parse_table(table(ligne(rscom="SAINT-CÔME", compd="PARC BLEU")), "table.csv")
        assert lue.constats == ()
        assert lue.lues == 1
        assert lue.presents == {SITE}
        assert lue.lignes == (
            LigneFiness(
                numero=2,
                finess=SITE,
                finess_juridique=ENTITE,
                nom="CH DE PORTCLAIR",
                complement="SAINT-CÔME",
                statut_juridique="13",
                groupe="1",
                categorie="355",
                espic="1",
                siret="99900003700013",
                siren="999000037",
                region="93",
                departement="99",
                voie=("1", "R", "DU PORT"),
                complements_adresse=("PARC BLEU", "BP 9"),
                code_postal="99000",
                commune="PORTCLAIR CEDEX",
            ),
        )

    @pytest.mark.parametrize("encodage", ["cp1252", "utf-8", "utf-8-sig"])
    def it_finds_the_encoding(self, encodage: str) -> None:
        lue = parse_table(table(ligne(rs="L’HÔPITAL – ÉTOILE"), encodage=encodage), "table.csv")
        assert [rang.nom for rang in lue.lignes] == ["L’HÔPITAL – ÉTOILE"]

    def it_keeps_a_name_as_it_is_written(self) -> None:
        nom = 'CLINIQUE "L\'ÉTOILE" ; * & <SUD>  : # 1'
        assert parse_table(table(ligne(rs=nom)), "table.csv").lignes[0].nom == nom

    def it_takes_headers_in_capitals_and_in_any_order(self) -> None:
        entete, corps = table(ligne()).split(b"\n", 1)
        lue = parse_table(entete.upper() + b"\n" + corps, "table.csv")
        assert [rang.finess for rang in lue.lignes] == [SITE]

    def it_knows_the_entity_s_own_row(self) -> None:
        lue = parse_table(table(ligne(fi=ENTITE, sir="999000037")), "table.csv")
        assert lue.lignes[0].est_entite
        assert (lue.lignes[0].siret, lue.lignes[0].siren) == (None, "999000037")

    def it_counts_the_lines_of_the_file_not_the_rows(self) -> None:
        lue = parse_table(table(ligne()) + b"\n\n" + table(ligne(fi=SITE_2)).split(b"\n")[1], "t")
        assert [rang.numero for rang in lue.lignes] == [2, 5]


class DescribeHostileRows:
    """Rows left out, each with its line; the others are read."""

    def it_refuses_a_false_key(self) -> None:
        faux = SITE[:8] + str((int(SITE[8]) + 1) % 10)
        assert fautes(table(ligne(fi=faux), ligne(fi=SITE_2))) == [
            (
                "D-082",
                2,
                f"Le FINESS du site «\u00a0{faux}\u00a0» est faux\u00a0: sa clé de contrôle ne "
                "tombe pas juste.",
            )
        ]

    def it_sees_that_a_spreadsheet_ate_a_zero(self) -> None:
        with pytest.raises(DonneesError) as refus:
            parse_table(table(ligne(fi_ej="10000024"), ligne(), ligne(fi="9,90E+08")), "t.csv")
        (constat,) = refus.value.constats
        assert (constat.code, str(constat.source)) == ("D-080", "t.csv:2")
        assert constat.message == (
            "Un tableur a abîmé 2 numéros FINESS, entre les lignes 2 et 4\u00a0: «\u00a010000024"
            "\u00a0» a perdu des chiffres."
        )

    def it_says_which_cell_lost_its_accents(self) -> None:
        assert fautes(table(ligne(rs="CLINIQUE DE L’Ã‰TOILE"), ligne(), encodage="utf-8")) == [
            (
                "D-081",
                2,
                "Colonne «\u00a0rs\u00a0»\u00a0: «\u00a0L’Ã‰TOILE\u00a0» a perdu ses accents"
                "\u00a0: le fichier a été lu dans un autre encodage que le sien.",
            )
        ]

    @pytest.mark.parametrize("numero", ["", "99 000 101", "٩٩٠٠٠٠١٠١", "ABCDEFGHI"])
    def it_refuses_what_is_no_number(self, numero: str) -> None:
        (faute,) = fautes(table(ligne(fi=numero), ligne(), encodage="utf-8"))
        assert faute == (
            "D-082",
            2,
            f"Le FINESS du site «\u00a0{numero}\u00a0» est faux\u00a0: neuf caractères sont "
            "attendus, "
            "département puis sept chiffres.",
        )

    def it_keeps_the_first_of_two_rows_of_a_site(self) -> None:
        contenu = table(ligne(), ligne(rs="AUTRE", fi_ej=AUTRE_ENTITE))
        message = f"Le FINESS {SITE} est déjà à la ligne 2\u00a0: celle-ci est laissée de côté."
        assert fautes(contenu) == [("D-083", 3, message)]
        assert [rang.nom for rang in parse_table(contenu, "t").lignes] == ["CH DE PORTCLAIR"]

    def it_refuses_a_row_cut_short(self) -> None:
        contenu = table(ligne()) + b"ID;2023\n"
        assert fautes(contenu) == [("D-081", 3, "La ligne n’a que 2 cases.")]

    @pytest.mark.parametrize(
        ("nom", "message"),
        [
            ("CH\nNORD", "La colonne «\u00a0rs\u00a0» contient un retour à la ligne (U+000A)."),
            ("CH\tNORD", "La colonne «\u00a0rs\u00a0» contient un caractère interdit (U+0009)."),
            ("CH \u2028", "La colonne «\u00a0rs\u00a0» contient un caractère interdit (U+2028)."),
            ("CH \ue001", "La colonne «\u00a0rs\u00a0» contient un caractère interdit (U+E001)."),
            ("CH \ufffd", "La colonne «\u00a0rs\u00a0» contient un caractère interdit (U+FFFD)."),
        ],
    )
    def it_refuses_characters_that_a_dossier_may_not_hold(self, nom: str, message: str) -> None:
        if nom.endswith("\u2028"):
            nom = "CH \u2028 NORD"
        assert [faute[::2] for faute in fautes(table(ligne(rs=nom), encodage="utf-8"))] == [
            ("D-081", message)
        ]

    def it_refuses_bytes_of_no_encoding(self) -> None:
        contenu = table(ligne(rs="CH É")).replace("É".encode("cp1252"), b"\x81")
        assert [faute[:2] for faute in fautes(contenu)] == [("D-081", 2)]

    @pytest.mark.parametrize("nom", ["", "   ", "À compléter", "~", "null"])
    def it_wants_a_name(self, nom: str) -> None:
        assert fautes(table(ligne(rs=nom))) == [
            ("D-081", 2, "Le nom (colonne «\u00a0rs\u00a0») manque.")
        ]

    def it_wants_codes_of_two_characters(self) -> None:
        assert fautes(table(ligne(reg="1", dep="6"))) == [
            ("D-081", 2, "«\u00a01\u00a0» n’est pas un code de la colonne «\u00a0reg\u00a0»."),
            ("D-081", 2, "«\u00a06\u00a0» n’est pas un code de la colonne «\u00a0dep\u00a0»."),
        ]

    def it_leaves_a_false_siret_and_a_false_postcode_to_fill_in(self) -> None:
        lue = parse_table(table(ligne(sir="99900003700017", cpo="6000")), "table.csv")
        assert (lue.lignes[0].siret, lue.lignes[0].code_postal) == (None, None)
        assert [(c.code, c.gravite) for c in lue.constats] == [
            ("D-086", Gravite.AVERTISSEMENT),
            ("D-086", Gravite.AVERTISSEMENT),
        ]

    def but_it_remembers_that_the_table_names_the_site(self) -> None:
        lue = parse_table(table(ligne(rs=""), ligne(fi=SITE_2)), "table.csv")
        assert lue.presents == {SITE, SITE_2}


class DescribeRefusals:
    """Files that are no such table: nothing is read from them."""

    @pytest.mark.parametrize("contenu", [b"", b"\n \n", b"\xef\xbb\xbf"])
    def it_refuses_an_empty_file(self, contenu: bytes) -> None:
        assert refus(contenu)[0] == "D-080"

    def it_refuses_headers_alone(self) -> None:
        assert refus(table())[2] == "La table n’a aucune ligne sous ses en-têtes."

    def it_names_the_missing_columns_and_those_expected(self) -> None:
        code, rang, message, remede = refus(table(ligne()).replace(b"fi_ej;stj;", b"x;y;"))
        assert (code, rang, message) == ("D-080", 1, "Colonnes absentes\u00a0: fi_ej, stj.")
        assert remede.startswith(f"Colonnes attendues\u00a0: {', '.join(COLONNES)}.")

    def it_refuses_a_column_given_twice(self) -> None:
        contenu = table(ligne()).replace(b"rscom", b"rs", 1)
        assert refus(contenu)[2] == "Colonnes données deux fois\u00a0: rs."

    @pytest.mark.parametrize(("signe", "nom"), [(",", "«\u00a0,\u00a0»"), ("\t", "la tabulation")])
    def it_names_the_wrong_separator(self, signe: str, nom: str) -> None:
        contenu = table(ligne()).replace(b";", signe.encode())
        attendu = f"Les colonnes sont séparées par {nom}, non par le point-virgule."
        assert refus(contenu)[2] == attendu

    def it_refuses_nul_bytes(self) -> None:
        message = "Le fichier contient des octets nuls (UTF-16, ou abîmé)."
        assert refus(table(ligne(), encodage="utf-16"))[2] == message
        assert refus(table(ligne()) + b"\0")[2] == message

    def it_refuses_a_workbook(self) -> None:
        assert refus(b"PK\x03\x04...")[2] == "Le fichier est un classeur, non un fichier CSV."

    def it_knows_the_etalab_export(self) -> None:
        assert refus(b"finess;etalab;91;2024-01-10\nstructureet;990001018\n")[2].startswith(
            "C’est l’extraction FINESS"
        )

    def it_stops_at_a_quote_never_closed(self) -> None:
        contenu = table(ligne(), ligne(fi=SITE_2)) + b'ID;"CH NORD;1;2\n'
        code, rang, message, _ = refus(contenu)
        assert (code, rang) == ("D-080", 4)
        assert message.startswith("La table ne se lit plus à partir de cette ligne")

    def it_refuses_an_endless_cell(self) -> None:
        assert refus(table(ligne(rs="A" * 200_000)))[0] == "D-080"

    def it_says_that_a_file_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(DonneesError) as pris:
            load_table(tmp_path / "rien.csv", "rien.csv")
        assert pris.value.constats[0].code == "D-080"

    @given(st.binary(max_size=400))
    def it_never_fails_otherwise(self, contenu: bytes) -> None:
        for essai in (contenu, table(ligne()) + contenu):
            assert lignes_fautives(essai) >= {0}


@pytest.mark.skipif(not VRAIE_TABLE.is_file(), reason="la table réelle n’est pas à côté du dépôt")
class DescribeRealTable:
    """The table of the SAE 2023, when it lies beside the repository."""

    def it_reads_every_row(self) -> None:
        lue = load_table(VRAIE_TABLE, VRAIE_TABLE.name)
        assert lue.constats == ()
        assert (lue.lues, len(lue.lignes)) == (3975, 3975)
        juridiques = {rang.finess_juridique for rang in lue.lignes}
        assert len(juridiques) == 2176
        assert all(is_finess(numero) for numero in juridiques | lue.presents)
        provence = [rang for rang in lue.lignes if rang.region == "93"]
        assert (len(provence), len({rang.finess_juridique for rang in provence})) == (357, 249)
