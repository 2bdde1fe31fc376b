"""The whole source: what the charte says, the look, the properties, the pages and their heads."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from caqes_docs.document import model as doc
from caqes_docs.rendering.charte import USUELLE, CharteGraphique, Marges
from caqes_docs.rendering.logos import COURANT, PIED, PREMIERE, Logo
from caqes_docs.rendering.typst.corps import Pli
from caqes_docs.rendering.typst.finition import ADRESSE_CHAMP
from caqes_docs.rendering.typst.litteraux import array, literal, words

_RUNNING_HEIGHT = 0.9


def write_source(
    document: doc.Document, charte: CharteGraphique = USUELLE, logos: Sequence[Logo] = ()
) -> str:
    """The typst source of `document`, as `charte` wants it to look, under `logos`."""
    return "\n".join(
        (
            *_charte(charte),
            f"#let adresse-champ = {literal(ADRESSE_CHAMP)}",
            _look(),
            _properties(document.metadonnees),
            *_running(document.bandeaux, logos, charte.coordonnees),
            *_pages(document, charte, _first_logos(document, logos)),
        )
    )


@functools.cache
def _look() -> str:
    return Path(__file__).with_name("preambule.typ").read_text(encoding="utf-8")


def _charte(charte: CharteGraphique) -> Iterator[str]:
    """What `preambule.typ` reads: colours, letters, margins, rules."""
    couleurs, tailles, marges = charte.couleurs, charte.tailles, charte.marges
    for nom, couleur in (("bleu", "principale"), ("encre", "texte"), ("rouge", "projet")):
        yield f'#let {nom} = rgb("#{getattr(couleurs, couleur)}")'
    for nom in ("secondaire", "discret", "fond_entete", "fond_groupe", "fond_colonne"):
        yield f'#let {nom.replace("_", "-")} = rgb("#{getattr(couleurs, nom)}")'
    yield f'#let fond-encart = rgb("#{couleurs.fond_encart}")'
    yield f'#let filet = rgb("#{couleurs.filets}")'
    for nom, taille in tailles.model_dump().items():
        yield f"#let taille-{nom.replace('_', '-')} = {taille}pt"
    for nom, police in charte.polices.model_dump().items():
        yield f"#let police-{nom} = {literal(police)}"
    yield f"#let horizontaux = {str(charte.tableaux.filets == 'horizontaux').lower()}"
    vide = 5.6 if charte.logo is None else max(5.2 - charte.logo.hauteur, 1)
    yield f"#let vide-couverture = {vide:.2f}cm"
    yield f"#let marges = {_margins(marges)}"


def _margins(marges: Marges) -> str:
    """Those of upright pages, of landscape ones and of the cover, the usual ones a little apart."""

    def sides(*usual: float) -> str:
        names = (("top", "haut"), ("bottom", "bas"), ("left", "gauche"), ("right", "droite"))
        values = (
            f"{name}: {getattr(marges, cle) if marges.is_said(cle) else mine}cm"
            for (name, cle), mine in zip(names, usual, strict=True)
        )
        return f"({', '.join(values)})"

    return (
        f"(portrait: {sides(2.07, 1.97, 2.0, 2.0)}, paysage: {sides(1.87, 1.77, 1.6, 1.6)},"
        f" couverture: {sides(2.35, 2.15, 2.5, 2.5)})"
    )


def _properties(metadonnees: doc.Metadonnees) -> str:
    jour = metadonnees.date
    return (
        f"#set document(title: {literal(metadonnees.titre)}, author: {literal(metadonnees.auteur)},"
        f" description: {literal(metadonnees.sujet)},"
        f" keywords: {array(map(literal, metadonnees.mots_cles))},"
        f" date: datetime(year: {jour.year}, month: {jour.month}, day: {jour.day}))"
    )


def _running(
    bandeaux: doc.Bandeaux, logos: Sequence[Logo], coordonnees: Sequence[str]
) -> Iterator[str]:
    """What runs on each page, and the page itself."""
    gauche = _beside(logos, COURANT, words(bandeaux.entete_gauche))
    pied = _beside(logos, PIED, words(bandeaux.pied_gauche))
    numeros = "".join(
        {"{page}": "#page;", "{total}": "#total;"}.get(part) or words(part)
        for part in re.split(r"(\{page\}|\{total\})", bandeaux.page)
    )
    projet, droite = words(bandeaux.projet), words(bandeaux.entete_droite)
    yield f"#let tete = en-tete({gauche}, [{projet}], [{droite}])"
    yield f"#let tete-couverture = en-tete([], [{projet}], [], filets: false)"
    adresse = f"[{'#linebreak()'.join(map(words, coordonnees))}]" if coordonnees else "none"
    yield f"#let bas = pied({pied}, (page, total) => [{numeros}], adresse: {adresse})"
    yield f"#let bas-couverture = pied(none, none, adresse: {adresse})"
    yield '#set page(paper: "a4", header-ascent: 0.35cm, footer-descent: 0.35cm)'
    yield f"#let fond(part) = filigrane({literal(bandeaux.projet)}, part)"


def _beside(logos: Sequence[Logo], usage: tuple[str, str], texte: str) -> str:
    """Words under the images of their use; words alone on a page that has those of the first."""
    images = "".join(
        _image(logo, min(1.0, _RUNNING_HEIGHT / logo.hauteur)) + "#linebreak()"
        for logo in logos
        if logo.usage == usage
    )
    if images and any(logo.usage == PREMIERE for logo in logos):
        return f"context if here().page() == 1 [{texte}] else [{images}{texte}]"
    return f"[{images}{texte}]"


def _image(logo: Logo, part: float = 1.0, alternative: str = "") -> str:
    """The image, `part` of its size."""
    octets = array(map(str, logo.contenu))
    size = f"width: {logo.largeur * part:.3f}cm, height: {logo.hauteur * part:.3f}cm"
    alt = f", alt: {literal(alternative)}" if alternative else ""
    return f"#box(image(bytes({octets}), {size}{alt}))"


def _first_logos(document: doc.Document, logos: Sequence[Logo]) -> str:
    """The images that the first page opens with."""
    first = [logo for logo in logos if logo.usage == PREMIERE]
    if not first:
        return ""
    auteur = document.metadonnees.auteur
    nameless = f"Logo\u00a0: {auteur}" if auteur else "Logo"
    images = "#h(0.4cm)".join(
        _image(logo, alternative=logo.alternative or nameless) for logo in first
    )
    return f"#block(below: 0.4cm, width: 100%, align({first[0].alignement})[{images}])"


def _pages(document: doc.Document, charte: CharteGraphique, logos: str) -> Iterator[str]:
    pli = Pli(document, charte)
    if document.couverture:
        yield (
            "#page(margin: marges.couverture, header: tete-couverture, footer: bas-couverture,"
            f" background: fond(1))[{logos}\n{pli.blocs(document.couverture)}]"
        )
        logos = ""
    turned: str | None = None
    for bloc, after in zip_longest(document.corps, document.corps[1:]):
        way = bloc.orientation if isinstance(bloc, doc.Section) else "portrait"
        if way != turned and not isinstance(bloc, doc.SautDePage):
            yield _page_rule(way)
            turned = way
        if logos:
            yield logos
            logos = ""
        yield pli.blocs((bloc,), after)
    if turned is None:
        yield _page_rule("portrait") + logos


def _page_rule(way: str) -> str:
    flat = way == "paysage"
    return (
        f"#set page(flipped: {str(flat).lower()}, margin: marges.{way}, header: tete, footer: bas,"
        f" background: fond({'0.707' if flat else '1'}))"
    )
