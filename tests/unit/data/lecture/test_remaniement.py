"""Blocks moved, renamed, unfolded and put aside: what is not moved stays where it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caqes_docs.data.lecture.remaniement import Remaniement
from caqes_docs.data.lecture.texte import EditionImpossibleError
from caqes_docs.data.lecture.yaml_strict import Chemin, parse_yaml
from tests.outils.partage import examples

ETAPE = """\
# En-tête.

a: 1

# Ce que dit b.
b:
  # Le jour.
  jour: 2018-01-01
  texte: "a # b"
    # plus loin
c: 3
"""


def deplace(texte: str, de: Chemin, vers: Chemin) -> str:
    """`texte` once a block is moved."""
    remaniement = Remaniement(texte.encode())
    remaniement.move(de, vers)
    return remaniement.apply().decode()


def ecarte(texte: str, chemin: Chemin, titre: str = "") -> str:
    """`texte` once a block is put aside."""
    remaniement = Remaniement(texte.encode())
    remaniement.put_aside(chemin, titre)
    return remaniement.apply().decode()


def deplie(texte: str, chemin: Chemin) -> str:
    """`texte` once braces are unfolded."""
    remaniement = Remaniement(texte.encode())
    remaniement.unfold(chemin)
    return remaniement.apply().decode()


class DescribeMove:
    """`move`: lines, comments and layout."""

    def it_renames_in_place(self) -> None:
        assert deplace(ETAPE, ("b", "jour"), ("b", "date")) == ETAPE.replace("jour:", "date:")

    def it_keeps_the_place_under_new_keys(self) -> None:
        attendu = """\
# En-tête.

a: 1

p:
  # Ce que dit b.
  q:
    # Le jour.
    jour: 2018-01-01
    texte: "a # b"
      # plus loin
c: 3
"""
        assert deplace(ETAPE, ("b",), ("p", "q")) == attendu

    def it_joins_a_block_that_stands_there_as_its_last_key(self) -> None:
        texte = "p:\n  x: 1\n  # de p\n\n# de b\nb: |\n  deux\n\n  lignes\n\nc: 3\n"
        attendu = "p:\n  x: 1\n  # de p\n  # de b\n  y: |\n    deux\n\n    lignes\n\nc: 3\n"
        assert deplace(texte, ("b",), ("p", "y")) == attendu

    def it_fills_an_empty_key(self) -> None:
        assert deplace("p:\n# de p\nb: 1\n", ("b",), ("p", "x")) == "p:\n  # de p\n  x: 1\n"
        assert deplace("p:\n  x:\n  y: 2\nb: 1\n", ("b",), ("p", "x")) == "p:\n  y: 2\n  x: 1\n"

    def it_begins_a_list_then_completes_its_item(self) -> None:
        texte = "e:\n  # du jour\n  jour: 1\n  mot: 2\n"
        un = deplace(texte, ("e", "jour"), ("e", "l", 0, "recue"))
        assert un == "e:\n  l:\n    # du jour\n    - recue: 1\n  mot: 2\n"
        deux = deplace(un, ("e", "mot"), ("e", "l", 0, "texte"))
        assert deux == "e:\n  l:\n    # du jour\n    - recue: 1\n      texte: 2\n"

    def it_leaves_the_key_of_a_block_that_it_empties(self) -> None:
        assert deplace("a:\n  b: 1\nc:\n  d: 2\n", ("c", "d"), ("a", "d")) == (
            "a:\n  b: 1\n  d: 2\nc:\n"
        )

    def it_moves_up_from_far_in(self) -> None:
        texte = "a:\n    b:\n        # c\n        c: >\n            x\n            y\n    d: 1\n"
        assert deplace(texte, ("a", "b", "c"), ("e",)) == (
            "a:\n    b:\n    d: 1\n# c\ne: >\n    x\n    y\n"
        )

    def it_keeps_the_ends_of_lines_the_mark_and_a_last_line_without_end(self) -> None:
        texte = "\ufeffp:\r\n  x: 1\r\nb: 2"
        assert deplace(texte, ("b",), ("p", "y")) == "\ufeffp:\r\n  x: 1\r\n  y: 2\r\n"

    def it_leaves_no_hole(self) -> None:
        assert deplace("p:\n  x: 1\n\nb: 2\n\nc: 3\n", ("b",), ("p", "y")) == (
            "p:\n  x: 1\n  y: 2\n\nc: 3\n"
        )

    @pytest.mark.parametrize(
        ("texte", "de", "vers"),
        [
            ("a: 1\nb: 2\n", ("a",), ("b",)),
            ("a: 1\n", ("z",), ("b",)),
            ("l:\n  - a: 1\n    b: 2\n", ("l", 0, "a"), ("c",)),
            ("p: {a: 1}\n", ("p", "a"), ("b",)),
            ("b: 1\np: {a: 1}\n", ("b",), ("p", "c")),
            ("b: 1\np: [a]\n", ("b",), ("p", "c")),
            ("{a: 1}", ("a",), ("b",)),
        ],
    )
    def but_it_refuses_what_it_could_not_do_without_rewriting(
        self, texte: str, de: Chemin, vers: Chemin
    ) -> None:
        with pytest.raises(EditionImpossibleError):
            deplace(texte, de, vers)


class DescribePutAside:
    """`put_aside`: nothing that was written is lost."""

    def it_makes_a_comment_of_a_block(self) -> None:
        attendu = """\
# En-tête.

a: 1

# Ce que dit b.
# Retiré :
# b:
#   # Le jour.
#   jour: 2018-01-01
#   texte: "a # b"
#     # plus loin
c: 3
"""
        assert ecarte(ETAPE, ("b",), "Retiré :") == attendu

    def it_keeps_only_the_comments_of_a_key_without_title(self) -> None:
        assert ecarte("a:\n  # de b\n  b:\n  c: 1\n", ("a", "b")) == "a:\n  # de b\n  c: 1\n"
        assert ecarte("a:\n  b:\n  c: 1\n", ("a", "b")) == "a:\n  c: 1\n"


class DescribeUnfold:
    """`unfold`: braces on lines of their own."""

    def it_gives_each_key_its_line(self) -> None:
        texte = 'a:\n  p: {x: 1, "y": {z: [1, 2]}, v: , w}  # fin\nb: 2\n'
        attendu = 'a:\n  p:\n    x: 1\n    "y": {z: [1, 2]}\n    v:\n    w:  # fin\nb: 2\n'
        assert deplie(texte, ("a", "p")) == attendu

    def it_keeps_comments_between_braces(self) -> None:
        texte = "p: {\n  # un\n  x: 1,\n  y: 2, # deux\n  # fin\n}\n"
        assert deplie(texte, ("p",)) == ("p:\n  # un\n  x: 1\n  y: 2\n  # deux\n  # fin\n")

    def it_unfolds_items_and_empty_braces(self) -> None:
        assert deplie("l: [{a: 1, b: 2}]\n", ("l",)) == "l:\n  - {a: 1, b: 2}\n"
        assert deplie("l:\n  - {a: 1, b: 2}\n", ("l", 0)) == "l:\n  - a: 1\n    b: 2\n"
        assert deplie("p: {}\n", ("p",)) == "p:\n"


CLES = st.sampled_from(["a", "b", "c", "d"])
FEUILLES = st.sampled_from(["1", '"x # y"', "''", "[1, 2]", "{k: 1}", "", "|\n{}u\n{}  v"])


@st.composite
def blocs(draw: st.DrawFn, retrait: int = 0, profondeur: int = 0) -> str:
    """A block of keys with comments and empty lines anywhere."""
    texte = ""
    for cle in draw(st.lists(CLES, min_size=1, max_size=3, unique=True)):
        if draw(st.booleans()):
            texte += f"{' ' * draw(st.sampled_from([0, retrait, retrait + 2]))}# {draw(CLES)}\n"
        texte += draw(st.sampled_from(["", "\n"]))
        marge = " " * retrait
        if profondeur < 2 and draw(st.booleans()):
            dedans = draw(blocs(retrait + draw(st.sampled_from([1, 2, 4])), profondeur + 1))
            texte += f"{marge}{cle}:\n{dedans}"
        else:
            feuille = draw(FEUILLES).replace("{}", marge + "  ", 2)
            feuille = feuille if "|" in feuille else feuille.replace(marge + "  ", "")
            texte += f"{marge}{cle}: {feuille}".rstrip() + "\n"
    return texte


def commentaires(texte: str) -> list[str]:
    """The comments of a text, in no order."""
    lignes = (ligne.strip() for ligne in texte.splitlines())
    return sorted(ligne for ligne in lignes if ligne.startswith("#"))


class DescribeAnyText:
    """Whatever the layout: done exactly, or refused."""

    @settings(max_examples=examples(300))
    @given(
        blocs(),
        st.lists(CLES, min_size=1, max_size=3),
        st.lists(CLES, min_size=1, max_size=3),
    )
    def it_loses_no_comment_and_no_value(self, texte: str, de: list[str], vers: list[str]) -> None:
        fichier, _ = parse_yaml(texte.encode(), "x.yaml")
        if fichier is None:
            return
        remaniement = Remaniement(texte.encode())
        valeur = remaniement.value(tuple(de))
        try:
            remaniement.move(tuple(de), tuple(vers))
            neuf = remaniement.apply()
        except EditionImpossibleError:
            return
        assert commentaires(neuf.decode()) == commentaires(texte)
        relu = Remaniement(neuf)
        assert relu.value(tuple(vers)) == valeur
