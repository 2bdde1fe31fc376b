"""What an impact is written in: a table for a spreadsheet, and one page in French."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from caqes_docs.application.avenants.impact import BilanImpact, ContratTouche, PassageTouche
from caqes_docs.application.production import produce
from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import prepare_folder, write_whole
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.document import model as doc
from caqes_docs.document.classeur import Feuille
from caqes_docs.redaction.bibliotheque.types import find_type
from caqes_docs.rendering.csv import write_csv

_ENTETE = (
    *("Dossier", "Référence", "Établissement", "Dernier acte scellé"),
    *("Groupe", "Passage", "Rédaction du contrat", "Rédaction d’aujourd’hui"),
)
_NOMMES = 12
"""How many contracts of a group the page names: the table has them all."""


def write_impact(
    projet: Projet, bilan: BilanImpact, sortie: Path, formats: Sequence[str], jour: dt.date
) -> tuple[str, ...]:
    """Write the table and the page; the names of the files.

    Raises:
        RenduError: R-001 a file cannot be written. EnvironnementError: no PDF can be made here.
    """
    prepare_folder(sortie)
    base = f"impact_{bilan.cherche.genre}_{bilan.cherche.id.replace('/', '-')}"
    write_whole(sortie / f"{base}.csv", write_csv(build_table(bilan)).encode("utf-8-sig"))
    page = build_page(bilan, jour)
    faits = produce(page, find_type(projet.types, "contrat"), sortie, base, formats)
    for manque in faits.manques:
        raise manque
    return (f"{base}.csv", *faits.fichiers)


def build_table(bilan: BilanImpact) -> Feuille:
    """One row for each passage of each contract; one for a contract where nothing differs."""
    lignes = tuple(
        (
            *(contrat.dossier, contrat.reference, contrat.nom, contrat.acte),
            *(rang, ecart.lieu, ecart.avant, ecart.apres),
        )
        for rang, (_, contrats) in enumerate(bilan.groupes, 1)
        for contrat in contrats
        for ecart in contrat.ecarts or (PassageTouche("", "", ""),)
    )
    return Feuille("Impact", _ENTETE, (12, 24, 40, 16, 8, 30, 60, 60), lignes)


def build_page(bilan: BilanImpact, jour: dt.date) -> doc.Document:
    """The page: how many contracts, then what differs, group by group."""
    scelles = sum(bool(contrat.acte) for contrat in bilan.touches)
    dits = (
        f"{compte(len(bilan.touches), 'contrat(s)')} sur {bilan.examines} impriment "
        f"{bilan.cherche.libelle}, dont {compte(scelles, 'scellé(s)')}, au {date_longue(jour)}.",
        "Un contrat scellé garde sa rédaction\u00a0: ce qui suit ne s’y applique que par avenant. "
        "Un contrat qui n’est pas scellé sera produit avec la rédaction d’aujourd’hui.",
    )
    titre = f"Contrats qui impriment {bilan.cherche.libelle}"
    blocs = (*map(_paragraph, dits), *_groups(bilan))
    section = doc.Section("_impact", doc.Titre(1, "", (doc.Texte(titre),)), blocs)
    return doc.Document(
        metadonnees=doc.Metadonnees("impact", titre, titre, "caqes_docs", bilan.cherche.id, jour),
        bandeaux=doc.Bandeaux("Impact d’un changement", bilan.cherche.id, "Document d’information"),
        couverture=(),
        corps=(section,),
        brouillon=False,
        consignes={},
        pieces=(),
        provenance={},
    )


def _groups(bilan: BilanImpact) -> Iterator[doc.Bloc]:
    lignes = tuple(
        (
            _cell(str(rang)),
            _cell(_differences(ecarts, contrats)),
            _cell(str(len(contrats))),
            _cell(_names(contrats)),
        )
        for rang, (ecarts, contrats) in enumerate(bilan.groupes, 1)
    )
    if lignes:
        noms = ("Groupe", "Ce qui diffère", "Contrats", "Lesquels")
        entete = tuple(_cell(nom, entete=True) for nom in noms)
        largeurs = tuple(doc.Colonne(largeur) for largeur in (10, 48, 12, 30))
        legende = (doc.Texte("Les contrats, selon ce qui y serait changé"),)
        yield doc.Tableau(largeurs, (entete,), lignes, legende)


def _differences(ecarts: Sequence[PassageTouche], contrats: Sequence[ContratTouche]) -> str:
    if not ecarts:
        return "Rien" if contrats[0].acte else "Rien n’est scellé"
    return "\u202f; ".join(
        f"{e.lieu}\u00a0: «\u00a0{e.avant.strip()}\u00a0» → «\u00a0{e.apres.strip()}\u00a0»"
        for e in ecarts
    )


def _names(contrats: Sequence[ContratTouche]) -> str:
    noms = ", ".join(contrat.reference for contrat in contrats[:_NOMMES])
    reste = len(contrats) - _NOMMES
    return f"{noms} et {compte(reste, 'autre(s)')}" if reste > 0 else noms


def _paragraph(texte: str) -> doc.Paragraphe:
    return doc.Paragraphe((doc.Texte(texte),), "corps")


def _cell(texte: str, *, entete: bool = False) -> doc.Cellule:
    return doc.Cellule((doc.Paragraphe((doc.Texte(texte),), "cellule"),), entete=entete)
