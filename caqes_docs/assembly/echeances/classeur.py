"""The steps that fall due as a sheet: one line each, every column of the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from caqes_docs.assembly.echeances.releve import LigneEcheance
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.document.classeur import Case, Classeur, Feuille, Jour

ENTETE = (
    "État",
    "Échéance",
    "Dossier",
    "Établissement",
    "Procédure",
    "Étape",
    "À faire",
    "Par",
    "Depuis",
    "Texte",
    "Fichier",
)
_LARGEURS = (11, 12, 12, 36, 18, 28, 48, 18, 12, 18, 44)


def build_classeur(lignes: Sequence[LigneEcheance], jour: dt.date) -> Classeur:
    """The workbook of the list, dated `jour`."""
    return Classeur(f"Échéances au {date_longue(jour)}", "", jour, (build_feuille(lignes, jour),))


def build_feuille(lignes: Sequence[LigneEcheance], jour: dt.date) -> Feuille:
    """The sheet alone."""
    titre = f"Échéances au {date_longue(jour)}"
    return Feuille("Échéances", ENTETE, _LARGEURS, tuple(map(_line, lignes)), titre)


def _line(ligne: LigneEcheance) -> tuple[Case, ...]:
    e = ligne.echeance
    return (
        e.etat.value,
        _day(e.terme),
        ligne.dossier,
        ligne.etablissement,
        e.procedure,
        e.etape,
        e.quoi,
        e.qui,
        _day(e.depuis),
        e.article,
        str(e.source),
    )


def _day(jour: dt.date | None) -> Case:
    return None if jour is None else Jour(jour)
