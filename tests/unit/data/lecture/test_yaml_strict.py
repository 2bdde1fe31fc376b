"""Tests of `data.lecture.yaml_strict`: text stays text, every fault has its place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from caqes_docs.core.source import Source
from caqes_docs.data.lecture.yaml_strict import (
    TAILLE_MAX,
    Donnee,
    FichierYaml,
    parse_yaml,
    read_yaml,
)


def _read(texte: str | bytes) -> FichierYaml:
    contenu = texte if isinstance(texte, bytes) else texte.encode()
    fichier, constats = parse_yaml(contenu, "f.yaml")
    assert constats == []
    assert fichier is not None
    return fichier


def _faults(texte: str | bytes) -> list[str]:
    """`CODE ligne:colonne` of each finding."""
    contenu = texte if isinstance(texte, bytes) else texte.encode()
    constats = parse_yaml(contenu, "f.yaml")[1]
    assert all(constat.source.fichier == "f.yaml" for constat in constats)
    return [f"{c.code} {c.source.ligne}:{c.source.colonne}" for c in constats]


def _message(texte: str) -> str:
    (constat,) = parse_yaml(texte.encode(), "f.yaml")[1]
    return constat.message


class DescribeTexte:
    """Nothing is guessed."""

    @pytest.mark.parametrize(
        "scalaire",
        [
            "060785011", "2A9780012", "NO", "oui", "true", "12:30", "1_000", "0x10", "1e3",
            "2017-12-20", "3,9 %", "NULL", "Null", ".5", "+33", "=", "<<", "-1",
        ],
    )  # fmt: skip
    def it_keeps_a_scalar_as_written(self, scalaire: str) -> None:
        assert _read(f"a: {scalaire}\n").donnees == {"a": scalaire}

    def it_knows_what_is_missing_however_its_accents_are_coded(self) -> None:
        assert _read("a: a\u0300 comple\u0301ter\n").donnees == {"a": None}
        assert _read("a: Se\u0300te, \u0958\n").donnees == {"a": "Se\u0300te, \u0958"}

    @pytest.mark.parametrize("cle", ["060785011", "NO", "2018", "12:30", "null", "~"])
    def and_a_key_too(self, cle: str) -> None:
        assert _read(f"{cle}: x\n").donnees == {cle: "x"}

    @pytest.mark.parametrize(
        "vide",
        ["", "~", "null", '""', "''", '" "', "à compléter", "À COMPLETER.", "a completer", '"~x"'],
    )
    def it_takes_these_for_missing(self, vide: str) -> None:
        attendu = "~x" if "x" in vide else None
        assert _read(f"a: {vide}\n").donnees == {"a": attendu}

    @pytest.mark.parametrize("texte", ['"null"', '"~"'])
    def but_not_between_quotes(self, texte: str) -> None:
        assert _read(f"a: {texte}\n").donnees == {"a": texte.strip('"')}

    @given(
        st.recursive(
            st.text(st.characters(exclude_categories=["C", "Z"], max_codepoint=0xD7FF), min_size=1),
            lambda enfants: (
                st.lists(enfants, max_size=3)
                | st.dictionaries(st.text("abcé09", min_size=1), enfants, max_size=3)
            ),
            max_leaves=8,
        )
    )
    def it_reads_back_whatever_yaml_writes(self, donnees: Donnee) -> None:
        ecrit = yaml.safe_dump({"a": donnees}, allow_unicode=True)
        assert _read(ecrit).donnees == {"a": donnees}

    @given(st.text(max_size=60) | st.text("a:-[]{}#&*!|>'\"%@` \t\n\r\ufeff\x85", max_size=30))
    def it_never_fails_on_any_text(self, texte: str) -> None:
        fichier, constats = parse_yaml(texte.encode("utf-8", "surrogatepass"), "f.yaml")
        assert fichier is not None or constats
        lignes = texte.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        # What is never closed may be told on the line after the last.
        assert all(0 <= constat.source.ligne <= lignes + 1 for constat in constats)

    @given(st.binary(max_size=60))
    def and_on_any_bytes(self, contenu: bytes) -> None:
        fichier, constats = parse_yaml(contenu, "f.yaml")
        assert fichier is not None or constats


class DescribePlaces:
    """Lines and columns, counted from 1, in characters."""

    FICHIER = _read(
        "# é\nétablissement:\n  sites:\n    - nom: «é» x\n      ville: y\n  plat: {é: 1, b: 2}\n"
    )

    @pytest.mark.parametrize(
        ("chemin", "place"),
        [
            ((), (2, 1)),
            (("établissement",), (3, 3)),
            (("établissement", "sites"), (4, 5)),
            (("établissement", "sites", 0, "nom"), (4, 12)),
            (("établissement", "sites", 0, "ville"), (5, 14)),
            (("établissement", "plat", "b"), (6, 19)),
        ],
    )
    def it_knows_each_value(self, chemin: tuple[str | int, ...], place: tuple[int, int]) -> None:
        assert self.FICHIER.source(chemin) == Source("f.yaml", *place)

    def it_knows_each_key(self) -> None:
        assert self.FICHIER.key_source(("établissement", "plat", "b")) == Source("f.yaml", 6, 16)
        assert self.FICHIER.key_source(("établissement",)) == Source("f.yaml", 2, 1)

    def it_falls_back_on_the_nearest_parent(self) -> None:
        absent = ("établissement", "sites", 0, "adresse", "commune")
        assert self.FICHIER.source(absent) == Source("f.yaml", 4, 7)
        assert _read("a: 1\n").source(("b", "c")) == Source("f.yaml", 1, 1)

    @pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
    def it_counts_the_lines_of_every_system(self, fin: str) -> None:
        assert _faults(fin.join(["a: 1", "b: 2", "b: 3", ""])) == ["D-005 3:1"]

    def it_does_not_count_a_byte_order_mark(self) -> None:
        assert _read(b"\xef\xbb\xbfa: 1\n").source(("a",)) == Source("f.yaml", 1, 4)


class DescribeFichier:
    """The file as a whole."""

    @pytest.mark.parametrize(
        ("contenu", "place"),
        [
            (b"a: b\nnom: \xe9t\xe9\n", "2:6"),
            ("a: é".encode() + b"\xe9", "1:5"),
            (b"\xef\xbb\xbfa: b\n\xe9: 1\n", "2:1"),
            ("a: b".encode("utf-16"), "1:1"),
        ],
    )
    def it_wants_utf_8(self, contenu: bytes, place: str) -> None:
        assert _faults(contenu) == [f"D-001 {place}"]

    def it_says_that_it_cannot_be_read(self, tmp_path: Path) -> None:
        fichier, (constat,) = read_yaml(tmp_path, "dossiers/x.yaml")
        assert fichier is None
        assert (constat.code, str(constat.source)) == ("D-001", "dossiers/x.yaml")

    def it_refuses_more_than_two_megabytes(self) -> None:
        assert _faults(b"#" * (TAILLE_MAX + 1)) == ["D-002 0:0"]
        assert _read(b"a: 1\n" + b"#" * (TAILLE_MAX - 5)).donnees == {"a": "1"}

    @pytest.mark.parametrize("vide", ["", "\n", "# rien\n", "---\n", "null\n", "~", "à compléter"])
    def it_refuses_a_file_that_says_nothing(self, vide: str) -> None:
        assert _faults(vide) == ["D-008 1:1"]

    def it_keeps_the_bytes_and_their_digest(self) -> None:
        fichier = _read("a: 1\n")
        assert fichier.contenu == b"a: 1\n"
        assert fichier.empreinte == _read("a: 1\n").empreinte != _read("a: 2\n").empreinte

    @pytest.mark.parametrize(
        "caractere",
        ["\x00", "\x07", "\x7f", "\x85", "\x9f", "\u2028", "\ufeff", "\uffff", "\ue000", "\uf8ff"],
    )
    def it_refuses_what_cannot_be_seen(self, caractere: str) -> None:
        assert _faults(f'a: 1\nb: "é{caractere}"\n') == ["D-003 2:6"]

    @pytest.mark.parametrize("caractere", ["\t", "\u00a0", "\u202f", "é", "œ", "😀", "𐎀"])
    def but_not_spaces_letters_or_pictures(self, caractere: str) -> None:
        assert _read(f'a: "x{caractere}y"\n').donnees == {"a": f"x{caractere}y"}

    @pytest.mark.parametrize("chaine", ["[", "- ", "{a: "])
    @pytest.mark.parametrize("niveaux", [41, 900, 4000])
    def it_refuses_a_structure_too_deep(self, chaine: str, niveaux: int) -> None:
        constats = parse_yaml((chaine * niveaux).encode(), "f.yaml")[1]
        assert {constat.code for constat in constats} <= {"D-004", "D-006"}
        assert constats

    @pytest.mark.parametrize("chaine", ["[", "- "])
    def and_a_structure_much_too_deep(self, chaine: str) -> None:
        programme = (
            "from caqes_docs.data.lecture.yaml_strict import parse_yaml;"
            f"print(parse_yaml(b'{chaine}' * 100_000, 'f')[1][0].code)"
        )
        fini = subprocess.run(
            [sys.executable, "-c", programme], capture_output=True, text=True, check=False
        )
        assert (fini.returncode, fini.stdout) == (0, "D-006\n")


class DescribeStructure:
    """What YAML allows and a dossier does not."""

    def it_refuses_a_key_given_twice(self) -> None:
        assert _faults("a: 1\nb: 2\na: 3\n") == ["D-005 3:1"]
        assert "ligne 1" in _message("a: 1\nb: 2\na: 3\n")
        assert _faults("x:\n  - {a: 1, a: 2}\n") == ["D-005 2:12"]

    def but_not_in_two_blocks(self) -> None:
        assert _read("x: {a: 1}\ny: {a: 2}\n").donnees == {"x": {"a": "1"}, "y": {"a": "2"}}

    @pytest.mark.parametrize(
        "texte", ["a: &x 1\nb: *x\n", "a: &x [1]\nb:\n  - *x\n", "a: &x [*x]\n"]
    )
    def it_refuses_an_alias(self, texte: str) -> None:
        assert _faults(texte)[0] == "D-006 1:4"

    def and_a_bomb_of_aliases(self) -> None:
        lignes = ["a0: &a0 [x, x]"]
        lignes += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
        bombe = "\n".join(lignes)
        assert {faute[:5] for faute in _faults(bombe)} == {"D-006"}
        assert parse_yaml(bombe.encode(), "f.yaml")[0] is None

    def and_an_anchor_that_would_swallow_a_word(self) -> None:
        assert _faults("nom: &Co Clinique\n") == ["D-006 1:6"]

    def it_tells_a_hidden_value_once_with_the_quotes_to_put(self) -> None:
        fichier, (constat,) = parse_yaml(b"couleur: #000091\n", "f.yaml")
        assert fichier is not None
        assert fichier.donnees == {"couleur": "#000091"}
        assert constat.remede.endswith('\u00a0: "#000091".')

    @pytest.mark.parametrize("etiquette", ["!", "!ici", "!<x>", "!!python/object:os.system"])
    def it_refuses_a_tag(self, etiquette: str) -> None:
        constats = parse_yaml(f"a: {etiquette} x\n".encode(), "f.yaml")[1]
        attendus = [] if etiquette.startswith("!!") else ["D-007"]
        assert [constat.code for constat in constats] == attendus

    @pytest.mark.parametrize("texte", ["? [x]\n: 1\n", "? {a: 1}\n: 1\n"])
    def it_refuses_a_key_that_is_no_word(self, texte: str) -> None:
        assert _faults(texte) == ["D-009 1:3"]

    @pytest.mark.parametrize(
        ("texte", "place"),
        [
            ("nom: CH Nord # 1\n", "1:14"),
            ("nom: CH\n  Nord #1\n", "2:8"),
            ("l:\n  - a # b\n", "2:7"),
            ("couleur: #000091\n", "1:10"),
            ("l:\n  - #1\n", "2:5"),
            ("l: {a: #1}\n", "1:8"),
            ("l: [a, #1]\nb: c\n", "1:8"),
        ],
    )
    def it_refuses_a_comment_that_may_be_the_end_of_a_value(self, texte: str, place: str) -> None:
        assert _faults(texte) == [f"D-014 {place}"]

    @pytest.mark.parametrize(
        ("texte", "donnees"),
        [
            ("nom: 'CH' # 1\n", {"nom": "CH"}),
            ("nom: CH#1\n", {"nom": "CH#1"}),
            ("l: [a, b] # c\n", {"l": ["a", "b"]}),
            ("# seul\na: 1\n  # seul\n", {"a": "1"}),
            ("a: # seul\n", {"a": None}),
        ],
    )
    def but_not_one_that_cannot(self, texte: str, donnees: Donnee) -> None:
        assert _read(texte).donnees == donnees


class DescribeSyntaxe:
    """D-004: what is wrong, in French, where it begins."""

    @pytest.mark.parametrize(
        ("texte", "place", "indice"),
        [
            ("a:\n\tb: 1\n", "2:1", "tabulation"),
            ("a: 1\n\tb: 2\n", "2:1", "tabulation"),
            ("a: CH : Nord\n", "1:7", "Deux-points"),
            ("a: CH: Nord\n", "1:6", "Deux-points"),
            ('a: "abc\nb: 1\nc: 2\n', "1:4", "Un guillemet ouvert n’est jamais refermé."),
            ("a: 1\nbcd\ne: 2\n", "2:1", "Une clé n’est pas suivie de deux-points."),
            ("a: *b\n", "1:4", "astérisque"),
            ("a: @b\n", "1:4", "signe réservé"),
            ("a: %b\n", "1:4", "signe réservé"),
            ("a: [x, y\nb: 1\n", "2:2", "crochet"),
            ("a: {x: 1\nb: 2\n", "2:2", "accolade"),
            ("a: 'l'eau'\n", "1:7", "se referme avant la fin"),
            ('a: "dit "oui""\n', "1:10", "se referme avant la fin"),
            ('a: "C:\\Temp"\n', "1:7", "barre"),
            ("a: > 50 %\n", "1:4", "commence par « > »"),
            ("a: >= 60 %\n", "1:4", "commence par « > »"),
            ("a: & Cie\n", "1:4", "commence par « & »"),
            ("a:\n  b: 1\n c: 2\n", "3:2", "retrait"),
            ("a: - b\n", "1:4", "commence par « - »"),
            ("a: 1\n---\nb: 2\n", "2:1", "deux documents"),
            ("a: b\nc: d: e\nf\n", "2:5", "Deux-points"),
        ],
    )
    def it_is_told_at_its_place(self, texte: str, place: str, indice: str) -> None:
        assert _faults(texte) == [f"D-004 {place}"]
        assert indice.replace(" ", "\u00a0") in _message(texte).replace(" ", "\u00a0")

    @given(st.text("ab:-[]{},#&*!|>'\"%@` \n\t", max_size=24))
    @example("---")
    def it_never_speaks_english(self, texte: str) -> None:
        for constat in parse_yaml(texte.encode(), "f.yaml")[1]:
            dit = f"{constat.message} {constat.remede}".lower()
            assert not {"the", "not", "found", "expected", "while"} & set(dit.split())
