"""The charte as a style sheet, laid after that of the house: what is written, and nothing else."""

from __future__ import annotations

from typing import Final

from caqes_docs.rendering.charte import CharteGraphique

_PADDING = 0.35
"""Centimetres between the text and the rules that run above and below it, in `style.css`."""
_VIDE_COUVERTURE = 5.2
"""Centimetres above the title of a cover, of which a logo takes its part."""
_REGLES: Final = {
    "couleurs.principale": """
h1, h2, h3, h4, .mention, .intertitre, .couverture-region, .couverture-titre, caption, thead th,
.groupe th, .graphique-titre, .signature-qualite, .sommaire-titre, .entrees .niveau-1
{ color: %s }
h1, .encart, .couverture-region { border-color: %s }""",
    "couleurs.secondaire": ".couverture-soustitre { color: %s }",
    "couleurs.texte": "html { color: %s }",
    "couleurs.discret": ".courant:not(.projet), .coordonnees, .a-ecrire, .note,"
    " .couverture-reference, .signature-mention { color: %s }",
    "couleurs.filets": """
@page { border-color: %s }
th, td, .case-blanc, .couverture-parties, .couverture-reference, .entree { border-color: %s }""",
    "couleurs.fond_entete": "thead th { background: %s }",
    "couleurs.fond_groupe": ".groupe th { background: %s }",
    "couleurs.fond_colonne": "tbody th { background: %s }",
    "couleurs.fond_encart": ".encart { background: %s }",
    "couleurs.projet": ".projet { color: %s }",
    "polices.texte": "html { font-family: %s }",
    "polices.titres": "h1, h2, h3, h4, h5, h6, .intertitre, .couverture-region, .couverture-titre,"
    " .couverture-soustitre, .sommaire-titre { font-family: %s }",
    "tailles.corps": "html { font-size: %s }",
    "tailles.titre_1": "h1, .sommaire-titre { font-size: %s } h1 .numero { font-size: 0.82em }",
    "tailles.titre_2": "h2 { font-size: %s }",
    "tailles.titre_3": "h3 { font-size: %s }",
    "tailles.titre_4": "h4, h5, h6 { font-size: %s }",
    "tailles.tableau": "table { font-size: %s }",
    "tailles.note": ".note { font-size: %s }",
    "tailles.couverture": ".couverture-titre { font-size: %s }",
    "tableaux.filets": "th, td { border-left-style: %s; border-right-style: %s }",
}
"""What each key changes; its value stands for each « %s »."""
_COTES = {"haut": "top", "bas": "bottom", "gauche": "left", "droite": "right"}
_ADRESSE = """
@page :first { @bottom-left { content: %s } }
@page couverture:first { @bottom-left { content: %s } }
@page :first { @bottom-left { white-space: pre-line; font-size: 8pt; color: #%s } }
@page couverture:first { @bottom-left { white-space: pre-line; font-size: 8pt; color: #%s } }"""


def build_sheet(charte: CharteGraphique) -> str:
    """The rules that dress the pages as `charte` says; empty when it says nothing."""
    regles = [
        modele.replace("%s", _value(charte, rubrique, nom))
        for cle, modele in _REGLES.items()
        for rubrique, nom in [cle.split(".")]
        if getattr(charte, rubrique).is_said(nom)
    ]
    regles += [
        f"@page {page} {{ margin-{cote}: {_margin(charte, nom):.2f}cm }}"
        for nom, cote in _COTES.items()
        if charte.marges.is_said(nom)
        for page in ("", "paysage", "couverture")
    ]
    if charte.logo is not None:
        reste = max(_VIDE_COUVERTURE - charte.logo.hauteur, 1)
        regles.append(f".couverture-titre {{ margin-top: {reste:.2f}cm }}")
    if charte.coordonnees:
        lignes = _css_string("\n".join(charte.coordonnees))
        encre = charte.couleurs.discret
        regles.append(_ADRESSE % (lignes, lignes, encre, encre))
    return "\n".join(regles)


def _value(charte: CharteGraphique, rubrique: str, nom: str) -> str:
    valeur = getattr(getattr(charte, rubrique), nom)
    match rubrique:
        case "couleurs":
            return f"#{valeur}"
        case "polices":
            return f'"{valeur}"'
        case "tailles":
            return f"{valeur:g}pt"
        case _:
            return "solid" if valeur == "tous" else "none"


def _margin(charte: CharteGraphique, nom: str) -> float:
    voulue: float = getattr(charte.marges, nom)
    return max(voulue - _PADDING, 0) if nom in ("haut", "bas") else voulue


def _css_string(texte: str) -> str:
    r"""`texte` as a string of CSS, whatever it holds.

    >>> _css_string('a"b')
    '"a\\22 b"'
    """
    dit = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in texte)
    return f'"{dit}"'
