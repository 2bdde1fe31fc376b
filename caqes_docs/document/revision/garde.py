"""The document that shows two states of an act: a first page, then the act with its changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from caqes_docs.core.francais.accord import compte
from caqes_docs.document import model as doc
from caqes_docs.document.revision.appliquer import accept, mark
from caqes_docs.document.revision.marques import COMPARAISON, moved_anchors
from caqes_docs.document.revision.script import Changement, Numero, Script
from caqes_docs.document.texte import heading_text
from caqes_docs.document.walk import iter_divisions

ALWAYS = (
    "les en-têtes et les pieds de page, ceux de l’état B",
    "le sommaire, celui de l’état B",
    "les numéros de page et les champs de Word",
    "les sauts de page, les coupures de section et l’orientation des pages",
    "les propriétés du fichier et les pièces jointes au PDF",
    "la typographie seule (espaces insécables, traits d’union, apostrophes, gras)",
)
"""What a comparison never tracks, as its first page says."""
_INFORMATION = (
    "Document d’information, sans valeur contractuelle\u00a0: seuls les actes signés font foi."
)

_LIRE = (
    "Ce qui est retiré de l’état A est barré\u202f; ce qui est ajouté par l’état B est souligné. "
    "Dans Word, tout accepter donne l’état B, tout refuser donne l’état A."
)


@dataclass(frozen=True, slots=True)
class EtatActe:
    """One of the two states: what the user called it, and the act."""

    nom: str
    document: doc.Document
    empreinte: str


def untracked(a: doc.Document, b: doc.Document, deplaces: frozenset[str]) -> tuple[str, ...]:
    """What differs between two states and is not shown as a change, in French."""
    return tuple(_untracked(a, b, deplaces))


def _untracked(a: doc.Document, b: doc.Document, deplaces: frozenset[str]) -> Iterator[str]:
    for nom, libelle in (
        ("entete_gauche", "en-tête, à gauche"),
        ("entete_droite", "en-tête, à droite"),
        ("pied_gauche", "pied de page"),
        ("projet", "mention de projet"),
    ):
        before, after = getattr(a.bandeaux, nom), getattr(b.bandeaux, nom)
        if before != after:
            yield f"{libelle}\u00a0: «\u00a0{before}\u00a0» → «\u00a0{after}\u00a0»"
    for ancre in sorted(deplaces):
        titre = next((d.titre for d in iter_divisions(b.corps) if d.ancre == ancre), None)
        nom = heading_text(titre).replace("\n", "\u00a0: ") if titre else ancre
        yield f"déplacé, montré comme retiré puis ajouté\u00a0: {nom}"


def build_comparison(
    a: EtatActe, b: EtatActe, script: Script, auteur: str, date: dt.date
) -> doc.Document:
    """The document that any writer prints: `auteur` and `date` are those of its changes."""
    marked = mark(a.document, script)
    moved = moved_anchors(marked)
    properties = replace(
        b.document.metadonnees,
        type=COMPARAISON,
        titre=f"Comparaison – {b.document.metadonnees.titre}",
        auteur=auteur,
        date=date,
    )
    body = (*marked.couverture, doc.SautDePage()) if marked.couverture else ()
    return replace(
        marked,
        metadonnees=properties,
        bandeaux=replace(b.document.bandeaux, projet="COMPARAISON"),
        couverture=_first_page(a, b, script, untracked(a.document, b.document, moved)),
        corps=(*body, *_with_contents(marked)),
        brouillon=True,
        consignes={},
        pieces=(),
        provenance={"etat_a": a.empreinte, "etat_b": b.empreinte},
    )


def _with_contents(marked: doc.Document) -> tuple[doc.Bloc, ...]:
    """The body, whose contents are those of the second state."""
    return tuple(
        _contents(bloc, marked) if isinstance(bloc, doc.Sommaire) else bloc for bloc in marked.corps
    )


def _contents(sommaire: doc.Sommaire, marked: doc.Document) -> doc.Sommaire:
    deepest = max((entree.niveau for entree in sommaire.entrees), default=0)
    entries = tuple(
        doc.EntreeSommaire(
            one.titre.niveau, heading_text(one.titre).replace("\n", "\u00a0: "), one.ancre
        )
        for one in iter_divisions(accept(marked).corps)
        if one.titre is not None and one.titre.niveau <= deepest
    )
    return replace(sommaire, entrees=entries)


def counts(script: Script) -> dict[str, int]:
    """How many operations insert, remove, replace."""
    return dict(Counter(map(nature, script.operations)))


def nature(operation: Changement) -> str:
    """Whether an operation inserts, removes or replaces."""
    if isinstance(operation, Numero) or (operation.avant and operation.apres):
        return "remplacement"
    return "ajout" if operation.apres else "suppression"


def _first_page(
    a: EtatActe, b: EtatActe, script: Script, hors_suivi: tuple[str, ...]
) -> tuple[doc.Bloc, ...]:
    total = compte(len(script.operations), "modification(s)")
    parts = ", ".join(compte(n, f"{nom}(s)") for nom, n in sorted(counts(script).items()))
    return (
        _paragraph("Comparaison de deux états d’un acte", "couverture_titre"),
        _paragraph(b.document.metadonnees.titre, "couverture_soustitre"),
        doc.Encart((_paragraph(_INFORMATION),), "avertissement"),
        _states(a, b),
        _paragraph(f"De l’état A à l’état B\u00a0: {total} ({parts})."),
        _paragraph(_LIRE),
        _paragraph("Ne sont pas suivis\u00a0:"),
        doc.Liste(tuple(doc.Element((_paragraph(un),)) for un in _ended((*ALWAYS, *hors_suivi)))),
    )


def _ended(lignes: tuple[str, ...]) -> Iterator[str]:
    yield from (f"{ligne}\u202f;" for ligne in lignes[:-1])
    yield f"{lignes[-1]}."


def _paragraph(texte: str, role: str = "corps") -> doc.Paragraphe:
    return doc.Paragraphe((doc.Texte(texte),), role)


def _states(a: EtatActe, b: EtatActe) -> doc.Tableau:
    header = ("État", "Ce qui est comparé", "Référence de l’acte", "Empreinte (SHA-256)")
    rows = (
        (lettre, etat.nom, etat.document.metadonnees.reference, etat.empreinte[:16])
        for lettre, etat in (("A", a), ("B", b))
    )
    return doc.Tableau(
        tuple(doc.Colonne(largeur) for largeur in (8, 40, 26, 26)),
        (tuple(_cell(titre, entete=True) for titre in header),),
        tuple(tuple(_cell(mot) for mot in row) for row in rows),
        (doc.Texte("Les deux états"),),
    )


def _cell(texte: str, *, entete: bool = False) -> doc.Cellule:
    return doc.Cellule((_paragraph(texte, "cellule"),), entete=entete)
