"""The tables that a front matter describes: their columns, and what fills their rows."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, ValidatorFunctionWrapHandler, WrapValidator

from caqes_docs.data.lecture.types import Entier, Modele, OuiNon, TexteGabarit
from caqes_docs.document.texte import TIRET


def _line(valeur: Any) -> Any:
    """Words alone are a line that is always printed."""
    return {"texte": valeur} if isinstance(valeur, str) else valeur


def _several(valeur: Any) -> Any:
    """One line alone is a cell; a dash alone is an empty one, which prints it."""
    if valeur == TIRET:
        return []
    return [valeur] if isinstance(valeur, str | dict) else valeur


def _dash_or_words(valeur: Any, lire: ValidatorFunctionWrapHandler) -> Any:
    """A dash is no place-holder here: it is what stands for nothing."""
    return valeur if valeur == TIRET else lire(valeur)


class LigneDeCase(Modele):
    """A line of a cell: printed always, if its datum is known (`facultatif`), or on a condition.

    `suite` goes on with the line before it, if its datum is known or on its condition. Of several
    cases (`cas`), the first whose condition holds is printed.
    """

    texte: TexteGabarit | None = Field(None, title="texte de la ligne")
    facultatif: TexteGabarit | None = Field(None, title="texte imprimé si sa donnée est renseignée")
    suite: TexteGabarit | None = Field(None, title="suite de la ligne, si sa donnée est renseignée")
    si: TexteGabarit | None = Field(None, title="condition d’impression de la ligne")
    sinon: Annotated[TexteGabarit, WrapValidator(_dash_or_words)] | None = Field(
        None, title="texte imprimé quand la condition est fausse"
    )
    cas: tuple[LigneDeCase, ...] = Field((), title="cas, dont le premier qui convient s’imprime")


LignesDeCase: TypeAlias = Annotated[
    tuple[Annotated[LigneDeCase, BeforeValidator(_line)], ...], BeforeValidator(_several)
]


class ColonneDecrite(Modele):
    """A column: its heading, its share of the width, and what its cells hold."""

    titre: TexteGabarit = Field(title="titre de la colonne")
    largeur: Entier = Field(title="largeur relative")
    alignement: Literal["gauche", "centre", "droite"] = Field("gauche", title="alignement")
    texte: LignesDeCase = Field((), title="lignes de chaque case")
    facultative: OuiNon = Field(False, title="absente quand toutes ses cases seraient un tiret")
    silence: TexteGabarit = Field("", title="mots d’une case vide, au lieu d’un tiret")


class PartieDecrite(Modele):
    """Rows that go together: one per element of a list, or one alone."""

    si: TexteGabarit | None = Field(None, title="condition d’impression de la partie")
    intertitre: TexteGabarit | None = Field(None, title="intertitre, sur toute la largeur")
    groupes: TexteGabarit | None = Field(
        None, title="liste dont chaque élément, « groupe », a ses lignes"
    )
    parties: tuple[PartieDecrite, ...] = Field((), title="parties de chaque groupe")
    lignes: TexteGabarit | None = Field(
        None, title="liste dont chaque élément, « ligne », fait une ligne"
    )
    cases: tuple[LignesDeCase, ...] = Field((), title="cases, au lieu de celles des colonnes")
    vide: TexteGabarit | None = Field(None, title="phrase imprimée quand la liste est vide")
    cases_vides: tuple[LignesDeCase, ...] = Field(
        (), title="cases imprimées quand la liste est vide"
    )


class TableauEntete(PartieDecrite):
    """What the front matter says of one table: all of it, or the looks of one that the text draws.

    A described table has a name, by which the text calls it.
    """

    nom: TexteGabarit | None = Field(None, title="nom du tableau, pour {{ tableau('…') }}")
    comme: TexteGabarit | None = Field(None, title="tableau dont il reprend les colonnes")
    largeurs: tuple[Entier, ...] = Field((), title="largeurs relatives des colonnes")
    legende: TexteGabarit | None = Field(None, title="légende")
    entete_colonne: OuiNon | None = Field(None, title="première colonne en en-tête de ligne")
    colonnes: tuple[ColonneDecrite, ...] = Field((), title="colonnes")

    @property
    def facultatives(self) -> tuple[int, ...]:
        """The ranks of the columns that are left out when they hold nothing."""
        return tuple(rang for rang, colonne in enumerate(self.colonnes) if colonne.facultative)
