"""The house style that every engine reads: colours, fonts, sizes, margins, tables, logo, address.

Jurists write it in `templates/maison/charte.yaml`; `application.verifier.charte` reads it. Each key
is optional. An engine without a look of its own takes the values as they are; Word and WeasyPrint
keep that of `charte.docx` and `style.css` where nothing is written (`is_said`). Colours are
« RRGGBB » without « # », widths in centimetres, sizes in points.

>>> charte = CharteGraphique.model_validate({"couleurs": {"principale": "#000091"}})
>>> charte.couleurs.principale, charte.couleurs.texte, charte.tailles.titre_1
('000091', '1A1A1A', 14.0)
>>> charte.couleurs.is_said("principale"), charte.couleurs.is_said("texte")
(True, False)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

_COULEUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_LONGUEUR = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*(cm|mm)")
_TAILLE = re.compile(r"([0-9]{1,2}(?:[.,][05])?)\s*pt")


POLICES: Final = {"Liberation Sans": "Arial", "Liberation Serif": "Times New Roman"}
"""The families that a charte may name, free and the same letters on every machine; their metric
twins, that Word asks for."""


def _refuse(message: str, remede: str) -> PydanticCustomError:
    """A fault of the file, which the reader places at its line."""
    contexte = {"code": "R-212", "message": message, "remede": remede}
    return PydanticCustomError("caqes", "{message}", contexte)


def _couleur(valeur: object) -> str:
    trouve = _COULEUR.fullmatch(str(valeur).strip())
    if trouve is None:
        raise _refuse(
            f"«\u00a0{valeur}\u00a0» n’est pas une couleur.",
            'Écrire six chiffres hexadécimaux entre guillemets, par exemple "#14315C".',
        )
    return trouve[1].upper()


def _longueur(valeur: object) -> float:
    trouve = _LONGUEUR.fullmatch(str(valeur).strip())
    if trouve is None:
        raise _refuse(
            f"«\u00a0{valeur}\u00a0» n’est pas une longueur.", "Écrire par exemple 2 cm ou 15 mm."
        )
    return float(trouve[1].replace(",", ".")) / (10 if trouve[2] == "mm" else 1)


def _taille(valeur: object) -> float:
    trouve = _TAILLE.fullmatch(str(valeur).strip())
    if trouve is None:
        raise _refuse(
            f"«\u00a0{valeur}\u00a0» n’est pas une taille de caractères.",
            "Écrire des points ou des demi-points, par exemple 10 pt ou 11,5 pt.",
        )
    return float(trouve[1].replace(",", "."))


def _ligne(valeur: object) -> str:
    texte = str(valeur).strip() if isinstance(valeur, str) else ""
    if not texte or any(not (c.isprintable() or c in "\u00a0\u202f") or c in "{}" for c in texte):
        raise _refuse(
            "Un texte d’une ligne est attendu ici, sans accolade.", "L’écrire sur une seule ligne."
        )
    return texte


Couleur = Annotated[str, BeforeValidator(_couleur)]
Longueur = Annotated[float, BeforeValidator(_longueur)]
Taille = Annotated[float, BeforeValidator(_taille)]
LigneEcrite = Annotated[str, BeforeValidator(_ligne)]
FamillePolice = Literal["Liberation Sans", "Liberation Serif"]


class PartieDeCharte(BaseModel):
    """A part of the charte: what was not written has the usual value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def is_said(self, cle: str) -> bool:
        """Whether the file says `cle`; otherwise Word and the style sheet keep their own."""
        return cle in self.model_fields_set


class Couleurs(PartieDeCharte):
    """Of letters, rules and backgrounds."""

    principale: Couleur = Field("14315C", title="titres, filets de la couverture")
    secondaire: Couleur = Field("33496B", title="sous-titres")
    texte: Couleur = Field("1A1A1A", title="corps du texte")
    discret: Couleur = Field("555555", title="en-têtes, pieds de page et notes")
    filets: Couleur = Field("A9B1BD", title="filets des tableaux et des cadres")
    fond_entete: Couleur = Field("E4EAF3", title="fond des têtes de tableau")
    fond_groupe: Couleur = Field("E9EEF6", title="fond des lignes de rubrique")
    fond_colonne: Couleur = Field("F5F7FA", title="fond de la première colonne")
    fond_encart: Couleur = Field("F1F4F9", title="fond des encarts")
    projet: Couleur = Field("A3122B", title="mot PROJET")


class Polices(PartieDeCharte):
    """Families of letters, of `POLICES`."""

    texte: FamillePolice = Field("Liberation Sans", title="police du texte")
    titres: FamillePolice = Field("Liberation Sans", title="police des titres")


class Tailles(PartieDeCharte):
    """Of letters."""

    corps: Taille = Field(10.0, title="corps du texte")
    titre_1: Taille = Field(14.0, title="titres de chapitre")
    titre_2: Taille = Field(11.5, title="titres d’article")
    titre_3: Taille = Field(10.5, title="sous-titres")
    titre_4: Taille = Field(10.0, title="derniers titres")
    tableau: Taille = Field(8.0, title="cellules des tableaux")
    note: Taille = Field(9.0, title="notes")
    couverture: Taille = Field(25.0, title="titre de la couverture")


class Marges(PartieDeCharte):
    """From the edge of the page to the text, cover and landscape pages included."""

    haut: Longueur = Field(2.05, title="marge du haut")
    bas: Longueur = Field(1.95, title="marge du bas")
    gauche: Longueur = Field(2.0, title="marge de gauche")
    droite: Longueur = Field(2.0, title="marge de droite")


class Tableaux(PartieDeCharte):
    """How tables are ruled."""

    filets: Literal["tous", "horizontaux"] = Field("tous", title="filets tracés")


class LogoVoulu(PartieDeCharte):
    """The image at the head of the first page."""

    fichier: LigneEcrite = Field(title="image PNG ou JPEG, à côté de charte.yaml")
    hauteur: Longueur = Field(2.0, title="hauteur imprimée")
    place: Literal["gauche", "centre", "droite"] = Field("gauche", title="place dans la page")
    alternative: LigneEcrite = Field(title="ce que dit un lecteur d’écran")


class CharteGraphique(PartieDeCharte):
    """All of it. `logo` reaches the engines as a `rendering.logos.Logo`, its bytes with it."""

    couleurs: Couleurs = Field(default_factory=Couleurs, title="couleurs")
    polices: Polices = Field(default_factory=Polices, title="polices")
    tailles: Tailles = Field(default_factory=Tailles, title="tailles des caractères")
    marges: Marges = Field(default_factory=Marges, title="marges")
    tableaux: Tableaux = Field(default_factory=Tableaux, title="tableaux")
    logo: LogoVoulu | None = Field(None, title="logo de la première page")
    coordonnees: tuple[LigneEcrite, ...] = Field(
        (), title="bloc d’adresse, au pied de la première page"
    )


USUELLE: Final = CharteGraphique()
"""The charte of a project that writes none."""


@dataclass(frozen=True, slots=True)
class Habillage:
    """A charte, and the bytes of the image that it names."""

    charte: CharteGraphique = USUELLE
    image: bytes = b""


NU: Final = Habillage()
