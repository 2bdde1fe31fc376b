"""The charte laid over the Word file of the house: its styles, page, headers, logo and address."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from caqes_docs.ooxml.ns import qw
from caqes_docs.ooxml.paquet import read_package
from caqes_docs.ooxml.styles import style_key
from caqes_docs.rendering.charte import POLICES, CharteGraphique, Habillage
from caqes_docs.rendering.docx.charte.gabarits import moved_stop

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.section import Section as WordSection

_COTES = {"haut": "top", "bas": "bottom", "gauche": "left", "droite": "right"}
_PLACES = {"gauche": "left", "centre": "center", "droite": "right"}
_TWIPS = 1440 / 2.54


def dress(octets: bytes, habillage: Habillage) -> bytes:
    """The Word file `octets` as the charte says; the very same when it says nothing."""
    charte = habillage.charte
    if not charte.model_fields_set:
        return octets
    fichier, _ = read_package(octets)
    styles = {style_key(style.name_val): style for style in fichier.styles.element.style_lst}
    for rubrique, cle, geste, noms in _GESTES:
        if getattr(charte, rubrique).is_said(cle):
            valeur = getattr(getattr(charte, rubrique), cle)
            for nom in noms:
                if style_key(nom) in styles:
                    geste(styles[style_key(nom)], valeur)
    _defaults(fichier, charte)
    section = fichier.sections[-1]
    _margins(section, styles.values(), charte)
    _headers(section, habillage)
    ecrit = io.BytesIO()
    fichier.save(ecrit)
    return ecrit.getvalue()


def _ink(porteur: Any, couleur: str) -> None:
    _letters(porteur).get_or_add_color().set(qw("val"), couleur)


def _size(porteur: Any, points: float) -> None:
    lettres, demis = _letters(porteur), str(round(points * 2))
    lettres.get_or_add_sz().set(qw("val"), demis)
    for autre in lettres.findall(qw("szCs")):
        autre.set(qw("val"), demis)


def _font(porteur: Any, famille: str) -> None:
    polices = _letters(porteur).get_or_add_rFonts()
    for usage in ("ascii", "hAnsi", "eastAsia", "cs"):
        polices.set(qw(usage), POLICES[famille])


def _letters(porteur: Any) -> Any:
    """The properties of the letters: of a style, or these themselves."""
    return porteur if porteur.tag == qw("rPr") else porteur.get_or_add_rPr()


def _rules(style: Any, couleur: str) -> None:
    for trait in style.xpath(".//w:pBdr/* | .//w:tblBorders/*"):
        trait.set(qw("color"), couleur)


def _shade(condition: str, style: Any, couleur: str) -> None:
    ou = f"w:tblStylePr[@w:type='{condition}']" if condition else "w:tcPr"
    for fond in style.xpath(f"{ou}//w:shd" if condition else f"{ou}/w:shd"):
        fond.set(qw("fill"), couleur)


def _ruling(style: Any, filets: str) -> None:
    if filets == "horizontaux":
        for trait in style.xpath("w:tblPr/w:tblBorders/*"):
            if trait.tag in (qw("left"), qw("right"), qw("insideV")):
                trait.set(qw("val"), "nil")


_TITRES = ("heading 1", "heading 2", "heading 3", "heading 4", "Title", "TOC Heading")
_COUVERTURE = ("Caqes Couverture Region", "Caqes Couverture Titre", "Caqes Couverture Soustitre")
_MENTIONS = ("Caqes Mention", "Caqes Intertitre", "Caqes Signature Qualite", "caption", "toc 1")
_NOTES = ("Caqes Note", "Caqes Couverture Reference", "Caqes Signature Mention", "toc 3")
_CADRES = ("Caqes Couverture Parties", "Caqes Couverture Reference", "Caqes Signature")
_TABLEAU = ("Caqes Tableau",)
_GESTES: Final[tuple[tuple[str, str, Callable[[Any, Any], None], tuple[str, ...]], ...]] = (
    ("couleurs", "principale", _ink, (*_TITRES, *_COUVERTURE[:2], *_MENTIONS)),
    ("couleurs", "principale", _ink, ("Caqes Cellule Entete",)),
    ("couleurs", "principale", _rules, ("heading 1", "TOC Heading", _COUVERTURE[0])),
    ("couleurs", "principale", _rules, ("Caqes Encart",)),
    ("couleurs", "secondaire", _ink, _COUVERTURE[2:]),
    ("couleurs", "discret", _ink, (*_NOTES, "header", "footer", "Caqes Entete Premiere")),
    ("couleurs", "filets", _rules, (*_CADRES, *_TABLEAU, "header", "footer")),
    ("couleurs", "fond_entete", partial(_shade, "firstRow"), _TABLEAU),
    ("couleurs", "fond_groupe", partial(_shade, "band1Horz"), _TABLEAU),
    ("couleurs", "fond_colonne", partial(_shade, "firstCol"), _TABLEAU),
    ("couleurs", "fond_encart", partial(_shade, ""), ("Caqes Encart",)),
    ("polices", "titres", _font, (*_TITRES, *_COUVERTURE, "Caqes Intertitre")),
    ("tailles", "titre_1", _size, ("heading 1", "TOC Heading")),
    ("tailles", "titre_2", _size, ("heading 2",)),
    ("tailles", "titre_3", _size, ("heading 3",)),
    ("tailles", "titre_4", _size, ("heading 4",)),
    ("tailles", "tableau", _size, ("Caqes Cellule",)),
    ("tailles", "note", _size, ("Caqes Note",)),
    ("tailles", "couverture", _size, ("Caqes Couverture Titre",)),
    ("tableaux", "filets", _ruling, _TABLEAU),
)
"""What each key does, to which styles; the same places as `rendering.pdf.habillage` in the PDF."""


def _defaults(fichier: WordFile, charte: CharteGraphique) -> None:
    """What every style stands on, and the bullets of lists."""
    (lettres,) = fichier.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    if charte.couleurs.is_said("texte"):
        _ink(lettres, charte.couleurs.texte)
    if charte.tailles.is_said("corps"):
        _size(lettres, charte.tailles.corps)
    puces = fichier.part.numbering_part.element.xpath(".//w:rPr[w:rFonts]")
    if charte.polices.is_said("texte"):
        for porteur in (lettres, *puces):
            _font(porteur, charte.polices.texte)
    if charte.couleurs.is_said("principale"):
        for puce in puces:
            _ink(puce, charte.couleurs.principale)


def _margins(section: WordSection, styles: Iterable[Any], charte: CharteGraphique) -> None:
    """The margins; what is set against the right one follows it."""
    (page,) = section._sectPr.xpath("w:pgMar")
    avant = _width(section)
    for nom, cote in _COTES.items():
        if charte.marges.is_said(nom):
            page.set(qw(cote), str(round(getattr(charte.marges, nom) * _TWIPS)))
    apres = _width(section)
    for style in styles if apres != avant else ():
        for arret in style.xpath("w:pPr/w:tabs/w:tab"):
            arret.set(qw("pos"), str(moved_stop(int(arret.get(qw("pos"))), avant, apres)))


def _width(section: WordSection) -> int:
    cotes = (section.page_width, section.left_margin, section.right_margin)
    page, gauche, droite = (cote.twips if cote is not None else 0 for cote in cotes)
    return page - gauche - droite


def _headers(section: WordSection, habillage: Habillage) -> None:
    charte = habillage.charte
    premiere, pied = section.first_page_header, section.first_page_footer
    if charte.couleurs.is_said("projet"):
        for bandeau in (premiere, section.header):
            for lettres in bandeau._element.xpath(".//w:r/w:rPr[w:color]"):
                _ink(lettres, charte.couleurs.projet)
    if charte.logo is not None:
        from docx.shared import Cm

        paragraphe = _aligned(premiere.paragraphs[0].insert_paragraph_before(), charte.logo.place)
        image = io.BytesIO(habillage.image)
        dessin = paragraphe.add_run().add_picture(image, height=Cm(charte.logo.hauteur))
        dessin._inline.docPr.set("descr", charte.logo.alternative)
    modele = pied.paragraphs[0]
    for rang, ligne in enumerate(charte.coordonnees):
        paragraphe = pied.add_paragraph(style=modele.style) if rang else modele
        _aligned(paragraphe, "gauche").add_run(ligne)


def _aligned(paragraphe: Any, place: str) -> Any:
    paragraphe._p.get_or_add_pPr().get_or_add_jc().set(qw("val"), _PLACES[place])
    return paragraphe
