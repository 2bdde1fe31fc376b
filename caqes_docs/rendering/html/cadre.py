"""What stands around the text of an HTML page: its head, and what runs on each page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from caqes_docs.core.errors import RenduError
from caqes_docs.document.model import Bandeaux, Metadonnees
from caqes_docs.rendering.logos import COURANT, PIED, PREMIERE, Logo, logo_url


def build_head(metadonnees: Metadonnees, feuille: str) -> str:
    """The inside of `head`: title, properties, and the style sheet when there is one."""
    if "</style" in feuille.lower():
        raise RenduError("R-203", "La feuille de style contient une balise « </style> ».")
    properties = {
        "author": metadonnees.auteur,
        "description": metadonnees.sujet,
        "keywords": ", ".join(metadonnees.mots_cles),
        "dcterms.identifier": metadonnees.reference,
        "dcterms.created": f"{metadonnees.date}T00:00:00Z",
        "dcterms.modified": f"{metadonnees.date}T00:00:00Z",
    }
    metas = "".join(
        f'<meta name="{name}" content="{escape(value)}">'
        for name, value in properties.items()
        if value
    )
    style = f"<style>{feuille}</style>" if feuille else ""
    title = escape(metadonnees.titre, quote=False)
    return f'<meta charset="utf-8"><title>{title}</title>{metas}{style}'


def build_running(bandeaux: Bandeaux, logos: Sequence[Logo]) -> str:
    """Headers and footers as elements, so that no word goes through a CSS string."""
    images = {"entete-gauche": COURANT, "pied-gauche": PIED}
    words = {
        "entete-gauche": escape(bandeaux.entete_gauche, quote=False),
        "entete-droite": escape(bandeaux.entete_droite, quote=False),
        "pied-gauche": escape(bandeaux.pied_gauche, quote=False),
        "pied-droite": _page_words(bandeaux.page),
        "projet": escape(bandeaux.projet, quote=False),
    }
    return "".join(
        f'<div class="courant {name}" aria-hidden="true">{inside}</div>'
        for name, text in words.items()
        for inside in _running(logos, images.get(name), text)
    )


def _running(logos: Sequence[Logo], usage: tuple[str, str] | None, text: str) -> Iterator[str]:
    """What runs: under the logos of the first page, words alone; then, with those of its use."""
    images = build_logos(logos, usage) if usage else ""
    if images and any(logo.usage == PREMIERE for logo in logos):
        yield text
    if images or text:
        yield images + text


def build_logos(logos: Sequence[Logo], usage: tuple[str, str], auteur: str = "") -> str:
    """The images of one use; `auteur` names those that nobody did."""
    sans_nom = f"Logo\u00a0: {auteur}" if auteur else "Logo"
    return "".join(
        f'<img src="{logo_url(rang)}" style="{logo.style()}"'
        f' alt="{escape(logo.alternative or sans_nom)}">'
        for rang, logo in enumerate(logos)
        if logo.usage == usage
    )


def _page_words(modele: str) -> str:
    counters = {"{page}": "numero-page", "{total}": "nombre-pages"}
    return "".join(
        f'<span class="{counters[part]}"></span>' if part in counters else escape(part, quote=False)
        for part in re.split(r"(\{page\}|\{total\})", modele)
    )
