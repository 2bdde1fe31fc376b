"""The columns of the table of the targeting: which ones there are, which ones there must be."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.source import Source
from caqes_docs.data.ciblage.modele import CriterePertinence
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.tableur.cellules import TableBrute

OBLIGATOIRES = (
    "finess",
    "nom",
    "transports_montant_n",
    "transports_montant_n_1",
    "icalin2",
    "d31",
    "document_sortie_haute",
)
_TITRES = 10
"""How many rows of titles are looked through before the header."""
FACULTATIVES = (
    "socle_seul",
    "transports_exercice",
    "transports_evolution",
    "document_sortie_basse",
    "icalin2_soumis",
    "d31_soumis",
    "document_sortie_soumis",
)


def find_columns(
    table: TableBrute, criteres: Sequence[CriterePertinence], echues: Collection[str] = ()
) -> tuple[dict[str, int], list[Constat]]:
    """The rank of each column, and what is wrong with the header.

    `echues` are the columns of regional criteria that do not hold at the date.
    """
    regionales = tuple(critere.colonne for critere in criteres)
    attendues = (*OBLIGATOIRES, *regionales)
    connues = (*OBLIGATOIRES, *FACULTATIVES, *regionales)
    noms = [cellule.texte.casefold() for cellule in table.entete]
    if "finess" not in noms:
        for ligne in table.lignes[:_TITRES]:
            if "finess" in [cellule.texte.casefold() for cellule in ligne]:
                return {}, [_title_above(table, ligne[0].source)]
    constats = [*_unknown(table, connues, echues), *_missing(table, noms, attendues)]
    rangs: dict[str, int] = {}
    for rang, nom in enumerate(noms):
        if nom in rangs:
            constats.append(
                _fault(
                    table.entete[rang].source,
                    f"La colonne «\u00a0{nom}\u00a0» est donnée deux fois.",
                    "N’en garder qu’une\u00a0: rien ne dit laquelle fait foi.",
                )
            )
        elif nom in connues:
            rangs[nom] = rang
    return rangs, constats


def _title_above(table: TableBrute, entetes: Source) -> Constat:
    return _fault(
        table.entete[0].source,
        f"Cette ligne n’est pas celle des en-têtes, qui sont plus bas ({entetes}).",
        "Supprimer les lignes de titre au-dessus des en-têtes.",
    )


def _unknown(
    table: TableBrute, connues: Sequence[str], echues: Collection[str]
) -> Iterator[Constat]:
    for rang, cellule in enumerate(table.entete):
        if cellule.texte.casefold() in connues:
            continue
        if not cellule.texte and not any(
            len(ligne) > rang and ligne[rang].texte for ligne in table.lignes
        ):
            continue
        quoi = f"La colonne «\u00a0{cellule.texte}\u00a0» n’est pas connue."
        if not cellule.texte:
            quoi = f"La colonne {rang + 1} n’a pas de nom."
        remede = close_name(cellule.texte.casefold(), connues)
        if cellule.texte.casefold() in echues:
            quoi = (
                f"Le critère de la colonne «\u00a0{cellule.texte}\u00a0» ne vaut pas à cette date."
            )
            remede = "Prolonger ses dates dans la fiche de l’agence, ou retirer la colonne."
        yield _fault(
            cellule.source,
            quoi,
            remede
            or "La retirer, ou déclarer le critère dans la fiche de l’agence. Colonnes "
            f"connues\u00a0: {', '.join(connues)}.",
        )


def _missing(table: TableBrute, noms: list[str], attendues: Sequence[str]) -> Iterator[Constat]:
    """Columns that are not there; one that is only misspelt is told once, as unknown."""
    inconnues = [nom for nom in noms if nom and nom not in attendues]
    for attendue in attendues:
        if attendue in noms:
            continue
        if any(close_name(nom, attendues).find(f"\u00a0{attendue}\u00a0") > 0 for nom in inconnues):
            continue
        yield _fault(
            table.entete[0].source,
            f"La colonne «\u00a0{attendue}\u00a0» manque.",
            "L’ajouter\u00a0; une case peut y rester vide, elle vaut «\u00a0non connu\u00a0».",
        )


def _fault(source: Source, message: str, remede: str) -> Constat:
    return Constat("D-091", Gravite.ERREUR, source, message, remede)
