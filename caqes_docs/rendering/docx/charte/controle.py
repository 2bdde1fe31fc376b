"""What a charte must hold, and must not: looks, never words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import TemplateError
from jinja2.meta import find_undeclared_variables
from lxml import etree

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import RenduError
from caqes_docs.core.source import Source
from caqes_docs.ooxml.ns import qw
from caqes_docs.ooxml.styles import style_key
from caqes_docs.rendering.docx.charte.gabarits import (
    PLACEHOLDERS,
    environment,
    field_names,
    own_words,
)
from caqes_docs.rendering.docx.charte.images import check_images
from caqes_docs.rendering.docx.charte.lecture import Archive, Bandeau, open_archive, read_file
from caqes_docs.rendering.roles import ROLES

ANCHOR = "[[corps]]"
HEADING_STYLES = tuple(f"heading {level}" for level in range(1, 5))
WORKING_STYLES = (
    *(f"toc {level}" for level in range(1, 4)),
    "TOC Heading",
    "caption",
    "annotation text",
    "annotation reference",
    "List Bullet",
    "List Bullet 2",
    "List Bullet 3",
    *(f"Caqes {kind}{level}" for kind in ("Liste", "Suite") for level in range(1, 4)),
    "Caqes Cellule Entete",
    "Caqes Puce Cellule",
    "Caqes Liste Cellule",
    "Caqes Separateur",
    "Caqes Fin Section",
    "Caqes Tableau",
    "Caqes Encart",
    "Caqes Encart Avertissement",
    "Caqes Signature",
)
_TAKE_BACK = "Reprendre ce style dans la charte d'origine (Organiser les styles)."
_REQUIRED = {
    ("header", "default"): ("projet",),
    ("header", "first"): ("projet",),
    ("footer", "default"): ("page_avant", "page_entre", "page_apres"),
}


def check_charte(path: Path) -> list[Constat]:
    """The faults of the charte at `path`; empty when it can serve."""
    try:
        archive = open_archive(path, read_file(path))
    except RenduError as error:
        return [Constat(error.code, Gravite.ERREUR, Source(str(path)), error.message, error.remede)]
    return [*check_archive(archive), *_as_constats(archive, check_images(archive))]


def check_archive(archive: Archive) -> list[Constat]:
    """The faults of an open charte."""
    found = (*_check_body(archive), *_check_styles(archive), *_check_headers(archive))
    return _as_constats(archive, found)


def _as_constats(archive: Archive, found: Iterable[_Finding]) -> list[Constat]:
    source = Source(str(archive.chemin))
    return [
        Constat(code, Gravite.ERREUR, source, message, remede) for code, message, remede in found
    ]


_Finding = tuple[str, str, str]


def _check_body(archive: Archive) -> Iterator[_Finding]:
    texts = archive.fichier.element.iter(qw("t"))
    text = "".join(str(node.text or "") for node in texts)
    if text.count(ANCHOR) != 1:
        yield (
            "R-102",
            f"Le repère {ANCHOR} doit figurer une fois et une seule dans le corps.",
            f"Écrire {ANCHOR} seul dans un paragraphe.",
        )
    words = text.replace(ANCHOR, "").strip()
    if words:
        yield (
            "R-103",
            f"Le corps contient un texte qui n'appartient à aucune clause : « {words[:80]} ».",
            "Effacer ce texte : les mots de l'acte viennent de la bibliothèque de clauses.",
        )


def _check_styles(archive: Archive) -> Iterator[_Finding]:
    known = archive.styles.par_nom
    for role, look in ROLES.items():
        if style_key(look.style_word) not in known:
            yield (
                "R-105",
                f"Le style {look.style_word} du rôle « {role} » manque.",
                _TAKE_BACK,
            )
    for name in HEADING_STYLES + WORKING_STYLES:
        if style_key(name) not in known:
            yield (
                "R-106",
                f"Le style « {name} » manque.",
                _TAKE_BACK,
            )


def _check_headers(archive: Archive) -> Iterator[_Finding]:
    for missing in sorted(set(_REQUIRED) - {bandeau.usage for bandeau in archive.bandeaux}):
        yield (
            "R-108",
            f"Il manque {_spoken(missing)}.",
            "Cocher « Première page différente » et remplir chaque en-tête et pied de page.",
        )
    for bandeau in archive.bandeaux:
        yield from _check_header(bandeau)


def _check_header(bandeau: Bandeau) -> Iterator[_Finding]:
    use = bandeau.usage
    where = _spoken(use)
    try:
        names = find_undeclared_variables(environment().parse(bandeau.xml))
        root = etree.fromstring(bandeau.xml.encode())
    except (TemplateError, etree.XMLSyntaxError):
        faute = f"Un repère est mal écrit dans {where}\u00a0: une accolade manque, ou est en trop."
        yield ("R-109", faute, "Le retaper d’un trait\u00a0: {{ nom }}.")
        return
    for unknown in sorted(names.difference(PLACEHOLDERS)):
        known = ", ".join(sorted(PLACEHOLDERS))
        yield ("R-104", f"Repère inconnu dans {where} : {unknown}.", f"Repères connus : {known}.")
    for required in _REQUIRED.get(use, ()):
        if required not in names:
            yield (
                "R-108",
                f"Le repère {required} manque dans {where}.",
                f"Écrire {{{{ {required} }}}} à sa place.",
            )
    yield from _check_words(root, use)


def _check_words(root: etree._Element, use: tuple[str, str]) -> Iterator[_Finding]:
    words = own_words(root)
    if any(character.isalnum() for character in words):
        yield (
            "R-107",
            f"Un texte est écrit à demeure dans {_spoken(use)} : « {words.strip()[:80]} ».",
            "L'effacer : les en-têtes ne portent que des repères.",
        )
    fields = [name for paragraph in root.iter(qw("p")) for name in field_names(paragraph)]
    if use == ("footer", "default"):
        for name in ("PAGE", "NUMPAGES"):
            if name not in fields:
                yield (
                    "R-108",
                    f"Le champ {name} manque dans {_spoken(use)}.",
                    "Insertion, QuickPart, Champ.",
                )


def _spoken(use: tuple[str, str]) -> str:
    kind = "l'en-tête" if use[0] == "header" else "le pied de page"
    return f"{kind} {'courant' if use[1] == 'default' else 'de la première page'}"
