"""What the readers of Word and OpenDocument models share."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from caqes_docs.core.errors import UsageError
from caqes_docs.redaction.modele.blocs import A_COTE, BlocModele

PUCE = re.compile(r"^\s*[·•▪◦●■□–—*o-][ \t\u00a0]+|^\t+")
"""How a bullet typed by hand begins its line."""
_TAILLE = 50_000_000


def xml_parser() -> etree.XMLParser:
    """A parser that fetches nothing and expands no entity."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def refuse_bomb(contenu: bytes) -> None:
    """Refuse what would unpack to too much.

    Raises:
        ValueError: it would.
    """
    with zipfile.ZipFile(io.BytesIO(contenu)) as paquet:
        if sum(info.file_size for info in paquet.infolist()) > _TAILLE:
            raise ValueError("too big")


def local_name(noeud: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return str(noeud.tag).rpartition("}")[2] if "}" in str(noeud.tag) else ""


def inside(
    parent: etree._Element, noms: Sequence[str], enveloppes: Sequence[str]
) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, whatever holds them."""
    for enfant in parent:
        if local_name(enfant) in noms:
            yield enfant
        elif local_name(enfant) in enveloppes:
            yield from inside(enfant, noms, enveloppes)


def paragraph_block(texte: str) -> BlocModele:
    """A paragraph, or the item of a list whose bullet was typed by hand."""
    trouve = PUCE.match(texte)
    if trouve is None or not texte[trouve.end() :].strip():
        return BlocModele("texte", texte.strip())
    return BlocModele("puce", texte[trouve.end() :].strip())


def table_blocks(lignes: list[tuple[str, ...]]) -> Iterator[BlocModele]:
    """A table; one of a single column, and a first row of a single cell, are only paragraphs."""
    largeur = max(map(len, lignes), default=0)
    while lignes and len({*lignes[0][1:]} | {A_COTE}) == 1:
        premiere, *lignes = lignes
        yield from (BlocModele("texte", t) for t in "".join(premiere[:1]).split("\n") if t.strip())
    if lignes:
        pleines = tuple((*ligne, *[""] * (largeur - len(ligne))) for ligne in lignes)
        yield BlocModele("table", "", lignes=pleines)


def refuse_loss(textes: Iterable[str], blocs: Sequence[BlocModele]) -> None:
    """Refuse a reading that passes letters of the file by, whatever structure held them.

    The « o » aside, which Word also draws as a bullet.

    Raises:
        UsageError: I-004 letters of `textes` are in no block.
    """
    ecrits = Counter(filter(str.isalnum, "".join(textes).replace("o", "")))
    lus = Counter("".join(bloc.entier for bloc in blocs))
    if perdus := ecrits - lus:
        raise UsageError(
            "I-004",
            f"{perdus.total()} lettre(s) du modèle ne sont pas lues\u00a0: une partie du fichier "
            "a une forme que l’import ne connaît pas. Rien n’est écrit.",
            remede="L’enregistrer en .txt depuis Word ou LibreOffice, puis recommencer.",
        )
