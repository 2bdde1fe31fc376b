"""A value put in a YAML text comes back as it was typed, and nothing else moves."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caqes_docs.data.lecture.remplissage import EditionImpossibleError, clear, fill, unreadable
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, parse_yaml

TEXTE = """\
# En tête
a:
  # le nom
  nom:
  lignes: []
  sites: []
  # en retrait : nom, seuil
  bareme:
  plie: {annee: , valeur: "12,5"}
  actions:
    - id: X
      # le jour
      debut:
fin:
""".encode()
HOSTILES = (
    "{{ x }}", ": #", "a: b # c", "'", '"', "\\", "l’« été » à Sète", "oui", "non", "007", "1e3",
    "null!", "- a", "[x]", "&a", "*a", "!x", "%", "@x", "`", "| x", "> x", "? x", "12:30", "2A",
    "{a: b}", "C:\\x", '"\'\\', "#", "é", "=1+1", "--- x", "true",
)  # fmt: skip


def read(contenu: bytes, chemin: Chemin) -> Donnee:
    fichier, constats = parse_yaml(contenu, "f")
    assert fichier is not None
    assert constats == []
    donnees = fichier.donnees
    for partie in chemin:
        assert isinstance(donnees, dict)
        donnees = donnees[str(partie)]
    return donnees


class DescribeFill:
    @pytest.mark.parametrize("valeur", HOSTILES)
    @pytest.mark.parametrize("chemin", [("a", "nom"), ("a", "plie", "annee"), ("fin",)])
    def it_comes_back_as_typed(self, valeur: str, chemin: Chemin) -> None:
        for texte in (True, False):
            assert read(fill(TEXTE, chemin, valeur, texte=texte), chemin) == valeur

    @given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1).map(str.strip))
    def it_keeps_any_line(self, valeur: str) -> None:
        if valeur and not unreadable(valeur):
            try:
                ecrit = fill(TEXTE, ("a", "nom"), valeur, texte=True)
            except EditionImpossibleError:
                assert "compl" in valeur.casefold()  # « à compléter » says that it lacks
            else:
                assert read(ecrit, ("a", "nom")) == valeur

    @pytest.mark.parametrize(
        ("chemin", "ajoutees"),
        [
            (("a", "nom"), ['  nom: "v"']),
            (("a", "lignes"), ['  lignes: ["v"]']),
            (("a", "sites", 0, "finess"), ["  sites:", '    - finess: "v"']),
            (("a", "bareme", "nom"), ['    nom: "v"']),
            (("a", "bareme", "paliers", 0, "part"), ["    paliers:", '      - part: "v"']),
            (("a", "actions", 0, "debut"), ['      debut: "v"']),
            (("a", "actions", 1, "id"), ['    - id: "v"']),
            (("a", "neuf", "x"), ["  neuf:", '    x: "v"']),
        ],
    )
    def it_moves_nothing_else(self, chemin: Chemin, ajoutees: list[str]) -> None:
        valeur: str | list[str] = ["v"] if chemin[-1] == "lignes" else "v"
        avant, apres = (
            x.decode().splitlines() for x in (TEXTE, fill(TEXTE, chemin, valeur, texte=True))
        )
        ecarts = [x[2:] for x in difflib.ndiff(avant, apres) if x.startswith("+ ")]
        assert ecarts == ajoutees
        assert [x for x in apres if "#" in x] == [x for x in avant if "#" in x]

    def it_never_writes_over_a_value(self) -> None:
        with pytest.raises(EditionImpossibleError):
            fill(TEXTE, ("a", "plie", "valeur"), "v", texte=True)
        with pytest.raises(EditionImpossibleError):
            fill(TEXTE, ("a", "plie"), "v", texte=True)

    @pytest.mark.parametrize("valeur", ["a\x00b", "a\u2028b", "\ue000"])
    def it_tells_the_signs_that_no_file_holds(self, valeur: str) -> None:
        assert [constat.code for constat in unreadable(valeur)] == ["D-003"]


class DescribeClear:
    def it_takes_away_what_says_nothing(self) -> None:
        assert b"bareme" not in clear(TEXTE, ("a", "bareme"))
        assert b"# en retrait" in clear(TEXTE, ("a", "bareme"))

    def but_keeps_what_says_something(self) -> None:
        assert clear(TEXTE, ("a", "plie"), ("a", "actions"), ("a", "rien")) == TEXTE
