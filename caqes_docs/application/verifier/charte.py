"""The charte of a project: read for the engines, and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import write_whole
from caqes_docs.core.constats import Constat, Gravite, fault, sort_constats, warning
from caqes_docs.core.errors import RenduError, UsageError
from caqes_docs.core.ressources import graine
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.rendering.charte import CharteGraphique, Habillage, PartieDeCharte

FICHIER = "charte.yaml"
_VIDE = "D-008"
"""The finding on a file that says nothing: at first, all of it is a comment."""
_CONTRASTE = 4.5
"""Of letters on their background: level AA of the rules of accessibility (WCAG 1.4.3)."""
_FONDS = {
    "principale": ("", "fond_entete", "fond_groupe"),
    "secondaire": ("",),
    "texte": ("", "fond_colonne", "fond_encart"),
    "discret": ("",),
    "projet": ("",),
}
"""What the letters of each colour are printed on; no name is the paper."""
_LISIBLES = {"corps": 9.0, "tableau": 7.0, "note": 8.0}
_PAPIER = 21.0
"""The short side of A4: the width of an upright page, the height of the other."""
_MARGE_MIN, _LARGEUR_MIN, _LOGO_MAX = 1.0, 11.0, 6.0


@dataclass(frozen=True)
class CharteLue:
    """A charte as it is written, and what there is to say of it."""

    nom: str
    """The file, as users see it."""
    habillage: Habillage
    constats: tuple[Constat, ...]
    is_read: bool = True
    """Whether its values are those of the file."""

    @property
    def valeurs(self) -> list[tuple[str, str, str, bool]]:
        """Each value: its part, its name, the value, whether the file says it."""
        return list(_rows(self.habillage.charte)) if self.is_read else []


def load_habillage(word: Path) -> Habillage:
    """The charte beside the Word file `word`, its image with it.

    Raises:
        RenduError: it has errors, or its image cannot be shown; the message lists them.
    """
    lue = read_charte(word.with_name(FICHIER), FICHIER, check=False)
    fautes = [constat for constat in lue.constats if constat.gravite is Gravite.ERREUR]
    if fautes:
        dit = " ; ".join(f"{constat.code} {constat.message}" for constat in fautes)
        message = f"La charte {FICHIER} ne peut pas servir\u00a0: {dit}"
        raise RenduError(fautes[0].code, message, remede=fautes[0].remede)
    return lue.habillage


def read_charte(chemin: Path, nom: str, *, check: bool = True) -> CharteLue:
    """The charte at `chemin`, shown as `nom`; the usual one where there is no file."""
    if not chemin.exists():
        return CharteLue(nom, Habillage(), ())
    charge, constats = load_record(chemin, nom, CharteGraphique)
    if charge is None:
        fautes = [constat for constat in constats if constat.code != _VIDE]
        return CharteLue(nom, Habillage(), tuple(sort_constats(fautes)), is_read=not fautes)
    image, fautes = _image(charge, chemin.parent)
    if check:
        fautes += _check(charge, image)
    return CharteLue(nom, Habillage(charge.valeur, image), tuple(sort_constats(fautes)))


def read_chartes(projet: Projet) -> list[CharteLue]:
    """Those that the document types of a project name."""
    dossiers = sorted({type_.charte.parent for type_ in projet.types.values()})
    return [
        read_charte(dossier / FICHIER, f"templates/{dossier.name}/{FICHIER}")
        for dossier in dossiers
    ]


def write_chartes(projet: Projet) -> list[str]:
    """Put the file, all in comments, beside each Word file that has none; their names.

    Raises:
        RenduError: R-001 a file cannot be written.
        UsageError: U-090 each charte has its file already.
    """
    modele = (graine() / "templates" / "maison" / FICHIER).read_bytes()
    dossiers = sorted({type_.charte.parent for type_ in projet.types.values()})
    neufs = [dossier / FICHIER for dossier in dossiers if not (dossier / FICHIER).exists()]
    if not neufs:
        raise UsageError(
            "U-090",
            f"Chaque charte a déjà son {FICHIER}\u00a0: rien n’est écrit.",
            remede="L’ouvrir et ôter le dièse des lignes à changer.",
        )
    for chemin in neufs:
        write_whole(chemin, modele)
    return [f"templates/{chemin.parent.name}/{FICHIER}" for chemin in neufs]


def _rows(charte: PartieDeCharte, partie: str = "") -> Iterator[tuple[str, str, str, bool]]:
    for nom, champ in type(charte).model_fields.items():
        valeur = getattr(charte, nom)
        if isinstance(valeur, PartieDeCharte):
            yield from _rows(valeur, nom)
        else:
            yield partie or nom, champ.title or nom, _spoken(partie, valeur), charte.is_said(nom)


def _spoken(partie: str, valeur: object) -> str:
    if isinstance(valeur, tuple):
        return " / ".join(valeur)
    if isinstance(valeur, float):
        return f"{valeur:g} {'pt' if partie == 'tailles' else 'cm'}".replace(".", ",")
    return f"#{valeur}" if partie == "couleurs" else str(valeur or "aucun")


def _image(charge: Charge[CharteGraphique], dossier: Path) -> tuple[bytes, list[Constat]]:
    """The image of the logo, or R-213: why it cannot be shown."""
    logo = charge.valeur.logo
    if logo is None:
        return b"", []
    from caqes_docs.rendering.docx.charte.images import why_not

    contenu = b""
    if Path(logo.fichier).name != logo.fichier:
        refus = "n’est pas à côté de charte.yaml"
    else:
        try:
            contenu = (dossier / logo.fichier).read_bytes()
            refus = why_not(contenu)
        except OSError as error:
            refus = f"ne peut pas être lue ({os_reason(error)})"
    message = f"L’image «\u00a0{logo.fichier}\u00a0» {refus}\u00a0: le logo ne serait pas imprimé."
    remede = "Placer à côté de charte.yaml une image PNG ou JPEG (couleurs RVB), et la nommer ici."
    source = charge.fichier.source(("logo", "fichier"))
    return contenu, [fault("R-213", source, message, remede)] if refus else []


def _check(charge: Charge[CharteGraphique], image: bytes) -> Iterator[Constat]:
    yield from _contrasts(charge)
    yield from _page(charge, image)
    charte, source = charge.valeur, charge.fichier.source
    for nom, mini in _LISIBLES.items():
        if getattr(charte.tailles, nom) < mini:
            message = f"À moins de {mini:g} pt, ce texte se lit mal imprimé."
            ou = source(("tailles", nom))
            yield warning("R-217", ou, message, f"Écrire {mini:g} pt ou davantage.")
    if charte.polices.texte != "Liberation Sans":
        yield warning(
            "R-218",
            source(("polices", "texte")),
            "Les numéros de page du sommaire de Word sont estimés d’après Liberation Sans\u00a0: "
            "avec une autre police du texte, ils peuvent différer d’une page.",
            "Dans Word, cliquer dans le sommaire et appuyer sur F9. Le PDF est exact.",
        )


def _contrasts(charge: Charge[CharteGraphique]) -> Iterator[Constat]:
    """R-214: letters that the background drowns."""
    couleurs = charge.valeur.couleurs
    for encre, fonds in _FONDS.items():
        for fond in fonds:
            dits = [nom for nom in (encre, fond) if nom and couleurs.is_said(nom)]
            papier = getattr(couleurs, fond) if fond else "FFFFFF"
            rapport = compute_contrast(getattr(couleurs, encre), papier)
            if dits and rapport < _CONTRASTE:
                sur = fond or "papier blanc"
                yield warning(
                    "R-214",
                    charge.fichier.source(("couleurs", dits[0])),
                    f"«\u00a0{encre}\u00a0» se lit mal sur «\u00a0{sur}\u00a0»\u00a0: contraste de "
                    f"{rapport:.1f}".replace(".", ",")
                    + ", pour 4,5 au moins (WCAG 2.1, AA).",
                    "Foncer la couleur des lettres, ou éclaircir le fond.",
                )


def compute_contrast(encre: str, fond: str) -> float:
    """The ratio of two luminances, as WCAG 2.1 has it.

    >>> compute_contrast("000000", "FFFFFF"), round(compute_contrast("767676", "FFFFFF"), 2)
    (21.0, 4.54)
    """
    claire, sombre = sorted((_luminance(encre), _luminance(fond)), reverse=True)
    return (claire + 0.05) / (sombre + 0.05)


def _luminance(couleur: str) -> float:
    parts = [int(couleur[rang : rang + 2], 16) / 255 for rang in (0, 2, 4)]
    rouge, vert, bleu = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * rouge + 0.7152 * vert + 0.0722 * bleu


def _page(charge: Charge[CharteGraphique], image: bytes) -> Iterator[Constat]:
    """R-215: margins that leave no room; R-216: a logo that does not fit."""
    marges, source = charge.valeur.marges, charge.fichier.source
    petites = [nom for nom in type(marges).model_fields if getattr(marges, nom) < _MARGE_MIN]
    for nom in petites:
        message = f"Une marge de moins de {_MARGE_MIN:g} cm sort de ce qu’une imprimante atteint."
        yield fault("R-215", source(("marges", nom)), message, "Écrire 1 cm ou davantage.")
    largeur = _PAPIER - marges.gauche - marges.droite
    hauteur = _PAPIER - marges.haut - marges.bas
    if largeur < _LARGEUR_MIN or hauteur < _LARGEUR_MIN:
        message = "Les marges laissent moins de 11 cm au texte d’une page droite ou couchée."
        yield fault("R-215", source(("marges",)), message, "Les réduire.")
    logo = charge.valeur.logo
    if logo is None or not image:
        return
    from caqes_docs.rendering.docx.charte.images import shape_of

    voulue = logo.hauteur * shape_of(image)
    if logo.hauteur > _LOGO_MAX or voulue > largeur:
        taille = f"{voulue:.1f} cm de large sur {logo.hauteur:g} cm de haut".replace(".", ",")
        message = f"Le logo ferait {taille}\u00a0: il ne tient pas en tête de la page."
        remede = f"Réduire sa hauteur\u00a0: {_LOGO_MAX:g} cm au plus, et la largeur du texte."
        yield fault("R-216", source(("logo",)), message, remede)
