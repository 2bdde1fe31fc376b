"""`caqes.yaml`, at the root of a project: what its commands take when no option says otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from caqes_docs.core.errors import DonneesError
from caqes_docs.data.lecture.charge import load_record
from caqes_docs.data.lecture.types import Identifiant, Modele, TexteSimple

FICHIER = "caqes.yaml"


class Reglages(Modele):
    """The settings of a project; a path is relative to its root."""

    moteur: TexteSimple | None = Field(None, title="version du logiciel qui a créé le projet")
    bibliotheques: tuple[TexteSimple, ...] = Field((), title="bibliothèques régionales")
    agence: Identifiant | None = Field(None, title="agence, par le nom de sa fiche")
    formats: tuple[Literal["docx", "pdf", "txt", "json"], ...] = Field((), title="formats produits")
    moteur_pdf: Literal["weasyprint", "typst"] | None = Field(None, title="moteur qui fait les PDF")
    destination: TexteSimple | None = Field(None, title="dossier des fichiers produits")


def load_reglages(racine: Path) -> Reglages:
    """The settings of the project at `racine`; those of every project when it has no file.

    Raises:
        DonneesError: D-000 the file has errors (all listed).
    """
    chemin = racine / FICHIER
    if not chemin.exists():
        return Reglages.model_construct()
    charge, constats = load_record(chemin, FICHIER, Reglages)
    if charge is None:
        message = f"Les réglages du projet, {FICHIER}, ont des erreurs."
        raise DonneesError("D-000", message, constats)
    return charge.valeur


def render_reglages(moteur: str) -> str:
    """The settings of a new project, each with what it does."""
    return f"""\
# yaml-language-server: $schema=contracts_data/.schemas/caqes.schema.json
# Réglages du projet : ce que les commandes emploient quand aucune option ne dit autre chose.
# Ôter le dièse d’une ligne pour s’en servir. Les chemins partent de ce dossier.

# Version de caqes_docs qui a créé le projet.
moteur: "{moteur}"

# Bibliothèque de la région, posée sur clauses/ (--bibliotheque). Elle est rangée comme clauses/ :
# region/FAMILLE/CLAUSE.md, region/droit/…, region/catalogues/…, region/templates/TYPE/plan.yaml
# bibliotheques: [../region]

# Agence des nouveaux dossiers et des documents de la région : sa fiche, ars/NOM.yaml (--ars).
# agence: ars-exemple

# Formats produits (--formats) : docx, pdf, txt, json.
# formats: [docx, pdf]

# Moteur qui fait les PDF (--moteur) : typst, ou weasyprint, qui demande Pango.
# moteur_pdf: typst

# Dossier des fichiers produits (--sortie).
# destination: output
"""
