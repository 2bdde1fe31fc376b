"""The targeting of an agency's tables, and the grounds of the volets against it.

What reads a table and judges it is imported when an agency declares one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.errors import CaqesError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.charge import Charge

if TYPE_CHECKING:
    from caqes_docs.data.ciblage.modele import CriterePertinence, TableCiblage, TableDeclaree
    from caqes_docs.data.dossier.parties import Ars
    from caqes_docs.law.ciblage.fondement import CiblageDeclare

_DONNEES = "contracts_data"


def read_region(
    ars: Ars, chemin: Path, date: dt.date, encodage: str | None = None, feuille: str | None = None
) -> tuple[TableCiblage, tuple[CriterePertinence, ...]]:
    """The table of a region, and its criteria that hold at `date`.

    Raises:
        DonneesError: D-090 the table has faults.
    """
    from caqes_docs.data.ciblage.table import read_ciblage
    from caqes_docs.data.tableur.lecture import load_tableur
    from caqes_docs.law.ciblage.ciblage import criteres_at

    criteres = criteres_at(ars.criteres_pertinence, date)
    echues = {c.colonne for c in ars.criteres_pertinence} - {c.colonne for c in criteres}
    brute = load_tableur(chemin, chemin.name, encodage or "utf-8", feuille)
    return read_ciblage(brute, criteres, echues), criteres


def check_targeting(projet: Projet, affaire: Affaire) -> Iterator[Constat]:
    """The grounds of the volets of `affaire`, year by year of the tables of its agency."""
    for rang, annonce in enumerate(affaire.ars.valeur.tables_de_ciblage):
        ciblage = _declared(projet, affaire.ars, rang, annonce)
        if not isinstance(ciblage, tuple):
            from caqes_docs.law.ciblage.fondement import check_grounds

            yield from check_grounds(affaire.dossier, ciblage)


def check_tables(projet: Projet, ars: Charge[Ars]) -> Iterator[Constat]:
    """D-150: the tables that an agency declares, and that cannot be read."""
    for rang, annonce in enumerate(ars.valeur.tables_de_ciblage):
        ciblage = _declared(projet, ars, rang, annonce)
        if isinstance(ciblage, tuple):
            yield from ciblage


def _declared(
    projet: Projet, ars: Charge[Ars], rang: int, annonce: TableDeclaree
) -> CiblageDeclare | tuple[Constat, ...]:
    """The targeting of one declared table, read once for a project, or why it cannot be."""
    cle = (ars.fichier.nom, rang)
    if cle not in projet.ciblages:
        projet.ciblages[cle] = _read(projet, ars, rang, annonce)
    return projet.ciblages[cle]


def _read(
    projet: Projet, ars: Charge[Ars], rang: int, annonce: TableDeclaree
) -> CiblageDeclare | tuple[Constat, ...]:
    source = ars.fichier.source(("tables_de_ciblage", rang, "fichier"))
    nom = f"{_DONNEES}/{annonce.fichier}"
    chemin = projet.racine / _DONNEES / annonce.fichier
    if not chemin.is_file():
        return (
            fault(
                "D-150",
                source,
                f"La table de ciblage de {annonce.annee}, «\u00a0{nom}\u00a0», n’existe pas.",
                f"Corriger le chemin, donné depuis {_DONNEES}/, ou retirer la ligne.",
            ),
        )
    from caqes_docs.law.ciblage.criteres_regionaux import check_criteres

    if any(check_criteres(ars.valeur.criteres_pertinence, ars.fichier)):
        return ()
    from caqes_docs.assembly.ciblage.sujet import reference_date
    from caqes_docs.law.ciblage.ciblage import decide_etablissement
    from caqes_docs.law.ciblage.fondement import CiblageDeclare
    from caqes_docs.law.ciblage.seuils import find_seuils

    try:
        date = reference_date(annonce.annee)
        table, criteres = read_region(ars.valeur, chemin, date, annonce.encodage, annonce.feuille)
        seuils = find_seuils(projet.droit, date)
    except CaqesError as error:
        return (*error.constats, fault("D-150", source, error.message, error.remede))
    decisions = {x.finess: decide_etablissement(x, seuils, criteres) for x in table.lignes}
    return CiblageDeclare(annonce.annee, nom, decisions)
