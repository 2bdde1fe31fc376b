"""The body of an OpenDocument model."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from caqes_docs.redaction.modele.blocs import BlocModele
from caqes_docs.review.modele.paquet import (
    local_name,
    refuse_bomb,
    refuse_loss,
    table_blocks,
    xml_parser,
)

_TEXTE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read_odt(contenu: bytes) -> tuple[list[BlocModele], list[str]]:
    """The blocks of an OpenDocument model, and what there is to say of them."""
    refuse_bomb(contenu)
    with zipfile.ZipFile(io.BytesIO(contenu)) as paquet:
        if b"encryption-data" in paquet.read("META-INF/manifest.xml"):
            raise ValueError("encrypted")
        racine = etree.fromstring(paquet.read("content.xml"), xml_parser())
    suivi = racine.find(f".//{_TEXTE}tracked-changes")
    dires = [] if suivi is None else ["Suivi des modifications\u00a0: le texte accepté est lu."]
    corps = next(racine.iter("{urn:oasis:names:tc:opendocument:xmlns:office:1.0}text"))
    blocs = list(_odt_blocks(corps))
    if suivi is not None:
        etree.strip_elements(racine, f"{_TEXTE}tracked-changes", with_tail=False)
    refuse_loss(map(str, corps.itertext()), blocs)
    return blocs, dires


def _odt_blocks(parent: etree._Element, niveau: int = -1) -> Iterator[BlocModele]:
    for enfant in parent:
        nom = local_name(enfant)
        texte = "".join(_odt_text(enfant)).strip() if nom in ("p", "h") else ""
        if nom == "h" and texte:
            yield BlocModele("titre", texte, int(enfant.get(f"{_TEXTE}outline-level") or 1))
        elif texte:
            yield BlocModele("texte" if niveau < 0 else "puce", texte, max(niveau, 0))
        elif nom == "list":
            yield from _odt_blocks(enfant, niveau + 1)
        elif nom == "table":
            yield from table_blocks(
                [
                    tuple(
                        "\n".join(b.entier for b in _odt_blocks(case))
                        for case in rang
                        if case.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
                    )
                    for rang in enfant.iter(f"{_TABLE}table-row")
                ]
            )
        elif nom == "table-of-content":
            yield from (
                BlocModele("hors", "".join(_odt_text(p))) for p in enfant.iter(f"{_TEXTE}p")
            )
        elif nom in ("list-item", "list-header", "section"):
            yield from _odt_blocks(enfant, niveau)


_ODT: dict[str, Callable[[etree._Element], str]] = {
    "s": lambda n: " " * int(n.get(f"{_TEXTE}c") or 1),
    "tab": lambda _n: "\t",
    "line-break": lambda _n: "\n",
}


def _odt_text(noeud: etree._Element) -> Iterator[str]:
    yield noeud.text or ""
    for enfant in noeud:
        nom = local_name(enfant)
        if nom in _ODT:
            yield _ODT[nom](enfant)
        elif nom in ("placeholder", "text-input", "database-display"):
            champ = enfant.get(f"{_TEXTE}column-name") or enfant.get(f"{_TEXTE}description")
            yield f"\ue010{champ or 'à compléter'}\ue011{''.join(_odt_text(enfant))}\ue012"
        elif nom:
            yield from _odt_text(enfant)
        yield enfant.tail or ""
