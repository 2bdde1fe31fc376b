"""The report of an import, for the jurist: tables in Word, lines in the terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.document import model as doc
from caqes_docs.redaction.modele.calque import Calque

Tables = Sequence[tuple[str, tuple[str, ...], tuple[int, ...], Sequence[tuple[str, ...]]]]
"""Title, column titles, shares of the width, rows."""


def tables(calque: Calque, compte: dict[str, int]) -> Tables:
    """What there is to tell, each table with its rows; an empty one is left out."""
    renvois = [(dit, _followed(nom), _short(ou)) for dit, nom, ou in calque.renvois]
    blancs = [(b.modele, b.ecrit or "(retiré)", _short(b.ou)) for b in calque.blancs]
    fautes = [(_shown(c.avant), _shown(c.apres), _short(c.ou)) for c in calque.corrections]
    lois = [(court, nom) for nom, court in sorted(calque.inconnus.items())]
    ou = [(_OU[cle], str(nombre)) for cle, nombre in compte.items()]
    lignes: list[Sequence[tuple[str, ...]]] = [ou, _articles(calque), calque.absentes, renvois]
    lignes += [calque.obligations.perdues, blancs, fautes, lois, calque.reste]
    return [(*tete, rangs) for tete, rangs in zip(_TABLES, lignes, strict=True) if rangs]


_TABLES: tuple[tuple[str, tuple[str, ...], tuple[int, ...]], ...] = (
    ("Compte des mots", ("Où", "Mots"), (3, 1)),
    ("Articles", ("Modèle", "Titre", "Clause", "Note", "Avis"), (2, 5, 4, 1, 2)),
    (
        "Clauses de la bibliothèque que le modèle n’a pas",
        ("Clause", "Ce qu’elle devient"),
        (2, 5),
    ),
    (
        "Renvois à un article du modèle",
        ("Modèle", "Écrit à la place", "Passage"),
        (2, 4, 6),
    ),
    (
        "Obligations du registre non retrouvées dans le texte importé",
        ("Obligation", "Clause", "Ce qu’elle dit"),
        (2, 3, 6),
    ),
    ("Blancs et consignes du modèle", ("Modèle", "Écrit à la place", "Passage"), (3, 3, 6)),
    (
        "Fautes de frappe corrigées, cases fusionnées répétées",
        ("Avant", "Après", "Passage"),
        (1, 1, 4),
    ),
    (
        "Articles de loi inconnus de la bibliothèque, à vérifier",
        ("Article", "Identifiant"),
        (1, 1),
    ),
    ("Mots qui ne sont dans aucune clause", ("Pourquoi", "Texte"), (2, 5)),
)


def _followed(nom: str) -> str:
    return f"numéro de {nom}, où qu’il soit imprimé" if nom else "laissé tel quel"


def _articles(calque: Calque) -> Sequence[tuple[str, ...]]:
    return [
        (
            r.partie.nom,
            r.partie.titre or "—",
            r.clause or f"nouvelle\u00a0: {_clause_of(calque, r.partie.etiquette)}",
            f"{r.note:.2f}".replace(".", ",") if r.clause else "—",
            "sûr" if r.certain else "à relire" if r.clause else "sans clause de la bibliothèque",
        )
        for r in calque.rapproches
    ]


_OU = {
    "modele": "Modèle, tel qu’il est lu",
    "clauses": "Dans les clauses, relues",
    "plan": "Dans les titres du plan",
    "rapport": "Dans ce rapport",
}


def render_report(
    calque: Calque, dires: Sequence[str], compte: dict[str, int], projet: Projet, le: dt.date
) -> bytes:
    """The Word file of the report."""
    source = calque.reglage.source
    corps: list[doc.Bloc] = [_text(f"Modèle\u00a0: {source}."), *map(_text, dires)]
    for rang, (titre, colonnes, largeurs, lignes) in enumerate(tables(calque, compte), 1):
        table = doc.Tableau(
            tuple(map(doc.Colonne, largeurs)),
            (tuple(map(_head, colonnes)),),
            tuple(tuple(map(_cell, ligne)) for ligne in lignes),
            (doc.Texte(titre),),
        )
        titre_section = doc.Titre(1, "", (doc.Texte(titre),))
        corps.append(doc.Section(f"_import_{rang}", titre_section, (table,)))
    titre = "Rapport d’import d’un modèle"
    document = doc.Document(
        doc.Metadonnees("rapport_import", titre, titre, "", calque.reglage.type, le),
        doc.Bandeaux(titre, source.partition(",")[0], calque.reglage.type),
        (),
        tuple(corps),
        brouillon=True,
    )
    return render(document, next(iter(projet.types.values())), "docx")


def _clause_of(calque: Calque, etiquette: str) -> str:
    return next((nom for dite, nom in calque.etiquettes if dite == etiquette), "")


def _short(texte: str) -> str:
    propre = " ".join(texte.split())
    return propre if len(propre) < 160 else f"{propre[:157]}…"


def _shown(texte: str) -> str:
    return texte.strip() or ("(rien)" if not texte else f"(espaces\u00a0: {len(texte)})")


def _clean(texte: str) -> str:
    garde = (c for c in texte if c.isprintable() or c in "\u00a0\u202f")
    return "".join(c for c in garde if not "\ue000" <= c <= "\uf8ff")


def _text(texte: str) -> doc.Paragraphe:
    return doc.Paragraphe((doc.Texte(typographier(_clean(texte))),))


def _cell(texte: str) -> doc.Cellule:
    return doc.Cellule((doc.Paragraphe(tuple(_inlines(texte)), "cellule"),))


def _inlines(texte: str) -> Iterator[doc.Inline]:
    for rang, ligne in enumerate(texte.split("\n")):
        if rang:
            yield doc.SautLigne()
        yield doc.Texte(_clean(ligne) or "—")


def _head(texte: str) -> doc.Cellule:
    return doc.Cellule((doc.Paragraphe((doc.Texte(texte),), "cellule"),), entete=True)
