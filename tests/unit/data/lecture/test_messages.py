"""Tests of `data.lecture.messages`: the complaints of the models, in French, at their place."""

from __future__ import annotations

import enum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.introspection import keys_at
from caqes_docs.data.lecture.messages import close_name, findings_of
from caqes_docs.data.lecture.types import Annee, Entier, Modele, OuiNon, TexteSimple
from caqes_docs.data.lecture.yaml_strict import parse_yaml


class Couleur(enum.StrEnum):
    """A closed list, one value of which holds a space."""

    BLEU = "bleu"
    VERT = "vert d’été"


class Piece(Modele):
    """A nested block."""

    nom: TexteSimple = Field(title="nom")
    surface: Entier | None = Field(None, title="surface")


class Maison(Modele):
    """A record with a field of every kind."""

    couleur: Couleur = Field(title="couleur")
    pieces: tuple[Piece, ...] = Field((), title="pièces")
    entree: Piece | None = Field(None, title="entrée")
    loyers: dict[Annee, TexteSimple | None] = Field(default_factory=dict, title="loyers")
    habitee: OuiNon | None = Field(None, title="habitée")


def _constats(texte: str) -> list[Constat]:
    fichier, fautes = parse_yaml(texte.encode(), "m.yaml")
    assert fichier is not None
    assert fautes == []
    with pytest.raises(ValidationError) as leve:
        Maison.model_validate(fichier.donnees)
    return findings_of(leve.value, Maison, fichier)


def _dit(texte: str) -> list[tuple[str, str, str, str]]:
    """Code, place, message and remedy of each finding, no-break spaces made plain."""
    return [
        (
            constat.code,
            str(constat.source).removeprefix("m.yaml:"),
            constat.message.replace("\u00a0", " ").replace("\u202f", " "),
            constat.remede.replace("\u00a0", " ").replace("\u202f", " "),
        )
        for constat in _constats(texte)
    ]


class DescribeCloseName:
    """`close_name`."""

    @pytest.mark.parametrize(
        ("nom", "noms", "attendu"),
        [
            ("raison_social", ["finess", "raison_sociale"], "raison_sociale"),
            ("NAT-10-5-1", ["NAT-10-5-2", "REG-01"], "NAT-10-5-2"),
            ("dyalise", ["mco", "dialyse"], "dialyse"),
        ],
    )
    def it_proposes_the_nearest(self, nom: str, noms: list[str], attendu: str) -> None:
        assert close_name(nom, noms) == f"Vouliez-vous dire «\u00a0{attendu}\u00a0»\u202f?"

    @pytest.mark.parametrize("noms", [[], ["tout_autre_chose"]])
    def but_nothing_far_away(self, noms: list[str]) -> None:
        assert close_name("xyz", noms) == ""

    @given(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=4))
    def it_only_proposes_what_exists(self, nom: str, noms: list[str]) -> None:
        phrase = close_name(nom, noms)
        assert not phrase or any(f"«\u00a0{connu}\u00a0»" in phrase for connu in noms)


class DescribeFindingsOf:
    """`findings_of`."""

    def it_tells_an_unknown_key_at_the_key(self) -> None:
        assert _dit("couleur: bleu\npieces:\n  - nom: a\n    surfacee: 3\n") == [
            (
                "D-010",
                "4:5",
                "La clé « surfacee » n’existe pas ici.",
                "Vouliez-vous dire « surface » ?",
            )
        ]

    def it_lists_the_keys_when_none_is_near(self) -> None:
        assert _dit("couleur: bleu\nentree: {nom: a, xyz: 3}\n") == [
            (
                "D-010",
                "2:18",
                "La clé « xyz » n’existe pas ici.",
                "Clés admises ici : nom, surface.",
            )
        ]

    def it_tells_a_misspelt_key_once(self) -> None:
        assert _dit("couleurs: bleu\n") == [
            (
                "D-010",
                "1:1",
                "La clé « couleurs » n’existe pas ici.",
                "Vouliez-vous dire « couleur » ?",
            )
        ]

    def but_a_missing_key_at_its_block(self) -> None:
        assert _dit("couleur: bleu\nentree:\n  surface: 3\n") == [
            ("D-011", "2:1", "La clé « nom » manque.", "Ajouter « nom: … » dans ce bloc.")
        ]

    def and_the_block_of_a_list_at_its_first_line(self) -> None:
        ((code, place, _, _),) = _dit("couleur: bleu\npieces:\n  - surface: 3\n")
        assert (code, place) == ("D-011", "3:5")

    @pytest.mark.parametrize(
        ("texte", "place", "quoi"),
        [
            ("couleur:\n", "1:9", "« couleur »"),
            ("couleur: bleu\nentree: {nom: }\n", "2:15", "« nom »"),
            ("couleur: bleu\npieces: [{nom: à compléter}]\n", "2:16", "« nom »"),
            ("couleur: bleu\npieces:\n  -\n", "3:4", "Cet élément"),
        ],
    )
    def it_tells_what_is_required_and_empty(self, texte: str, place: str, quoi: str) -> None:
        remede = "Remplir cette clé." if "«" in quoi else "Le remplir, ou retirer son tiret."
        assert _dit(texte) == [("D-011", place, f"{quoi} est obligatoire et vide.", remede)]

    @pytest.mark.parametrize(
        ("texte", "place", "message"),
        [
            ("couleur: bleu\nentree: a\n", "2:9", "Un bloc de clés est attendu ici."),
            ("couleur: bleu\nloyers: a\n", "2:9", "Un bloc de clés est attendu ici."),
            ("- couleur: bleu\n", "1:1", "Un bloc de clés est attendu ici."),
            (
                "couleur: bleu\npieces: a\n",
                "2:9",
                "Une liste est attendue ici (une ligne par élément, précédée d’un tiret).",
            ),
            ("couleur: bleu\nentree: {nom: [a]}\n", "2:15", "Un texte est attendu ici."),
            ("couleur: [bleu]\n", "1:10", "Cette valeur n’a pas la forme attendue."),
        ],
    )
    def it_tells_a_wrong_shape(self, texte: str, place: str, message: str) -> None:
        ((code, ou, dit, _),) = _dit(texte)
        assert (code, ou, dit) == ("D-012", place, message)

    def it_lists_the_values_admitted(self) -> None:
        assert _dit("couleur: vert\n") == [
            (
                "D-013",
                "1:10",
                "« vert » n’est pas une valeur admise.",
                "Vouliez-vous dire « vert d’été » ? Valeurs admises : bleu, vert d’été.",
            )
        ]

    def but_it_does_not_suggest_the_word_that_stands_there(self) -> None:
        ((*_, remede),) = _dit("couleur: vert d’e\u0301te\u0301\n")
        assert remede.startswith("Le retaper : ses accents y sont des signes à part")

    def it_tells_a_wrong_key_of_a_table_at_its_line(self) -> None:
        ((code, place, message, _),) = _dit("couleur: bleu\nloyers:\n  2018: a\n  18: b\n")
        assert (code, place, message) == ("D-025", "4:7", "« 18 » n’est pas une année.")

    def it_tells_every_fault_at_once(self) -> None:
        texte = "couleur: rouge\nhabitee: yes\npieces:\n  - {nom: a, surface: x}\nxyz: 1\n"
        assert [(code, place) for code, place, _, _ in _dit(texte)] == [
            ("D-013", "1:10"),
            ("D-023", "4:23"),
            ("D-024", "2:10"),
            ("D-010", "5:1"),
        ]

    def it_speaks_of_errors_only(self) -> None:
        (constat,) = _constats("couleur: rouge\n")
        assert constat.gravite is Gravite.ERREUR
        assert constat.source == Source("m.yaml", 1, 10)


class DescribeKeysAt:
    """`introspection.keys_at`, behind the close names."""

    @pytest.mark.parametrize(
        ("chemin", "cles"),
        [
            ((), ["couleur", "pieces", "entree", "loyers", "habitee"]),
            (("pieces", 3), ["nom", "surface"]),
            (("entree",), ["nom", "surface"]),
            (("couleur",), []),
            (("absent", "x"), []),
        ],
    )
    def it_follows_a_path(self, chemin: tuple[str | int, ...], cles: list[str]) -> None:
        assert keys_at(Maison, chemin) == cles
