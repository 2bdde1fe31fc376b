"""Begin things without programming: a project, a document type."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

from caqes_docs import __version__
from caqes_docs.application.commencer.origine import seed_files
from caqes_docs.application.commencer.schema import MODELES, json_schema
from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import prepare_folder, write_whole
from caqes_docs.core.errors import UsageError
from caqes_docs.core.identifiants import is_portable_name
from caqes_docs.core.ressources import graine
from caqes_docs.core.source import text_digest
from caqes_docs.data.lecture.reperage import find_record
from caqes_docs.data.origine import FICHIER as FICHIER_ORIGINE
from caqes_docs.data.origine import render_origine
from caqes_docs.data.reglages import FICHIER as FICHIER_REGLAGES
from caqes_docs.data.reglages import render_reglages
from caqes_docs.redaction.bibliotheque.validations import FICHIER as VALIDATIONS

IDENTIFIANT = re.compile(r"[a-z][a-z0-9_]*")
"""How a family, a clause or a document type is named."""
_DONNEES = ("ars", "organismes", "dossiers", "ciblage", "avenants", "evaluations")


def new_project(destination: Path, *, exemple: bool) -> list[str]:
    """Create a project; the names of what was created, relative to it.

    Raises:
        UsageError: U-010 the folder already holds something; U-008 it cannot be created.
    """
    prepare_folder(destination)
    if any(destination.iterdir()):
        raise UsageError(
            "U-010",
            f"«\u00a0{destination}\u00a0» existe déjà et n’est pas vide.",
            remede="Choisir un dossier neuf\u00a0: rien n’est jamais écrasé.",
        )
    source = graine()
    livres = seed_files()
    for nom, contenu in livres.items():
        write_whole(destination / nom, contenu)
    for nom in _DONNEES:
        if exemple and (source / "contracts_data" / nom).is_dir():
            shutil.copytree(source / "contracts_data" / nom, destination / "contracts_data" / nom)
        else:
            (destination / "contracts_data" / nom).mkdir(parents=True)
    if exemple:
        shutil.copy(source / "contracts_data" / "LISEZ-MOI.md", destination / "contracts_data")
        shutil.copy(source / "clauses" / VALIDATIONS, destination / "clauses")
    (destination / "output").mkdir()
    write_whole(destination / FICHIER_REGLAGES, render_reglages(__version__).encode())
    recus = {nom: text_digest(contenu) for nom, contenu in livres.items()}
    write_whole(destination / FICHIER_ORIGINE, render_origine(__version__, recus))
    return sorted(chemin.name for chemin in destination.iterdir())


def write_schemas(dossier: Path) -> list[Path]:
    """Write the JSON Schemas of every kind of file.

    Raises:
        UsageError: U-008 the folder cannot be created.
    """
    prepare_folder(dossier)
    chemins = []
    for nom in MODELES:
        chemin = dossier / f"{nom}.schema.json"
        write_whole(chemin, json_schema(nom))
        chemins.append(chemin)
    return chemins


def new_type(projet: Projet, identifiant: str, titre: str) -> Path:
    """Create a document type whose body is one clause to write; the path of its plan.

    Raises:
        UsageError: U-014 the identifier is not a plain name; U-015 no title; U-012 the type exists.
    """
    if not IDENTIFIANT.fullmatch(identifiant):
        raise UsageError(
            "U-014",
            f"«\u00a0{identifiant}\u00a0» n’est pas un identifiant de type de document.",
            remede="Employer des minuscules sans accent, des chiffres et le tiret bas.",
        )
    if not titre.strip():
        raise UsageError(
            "U-015",
            "Le titre du document est vide.",
            remede='Le donner entre guillemets\u00a0: --titre "Lettre d’envoi".',
        )
    refuse_reserved("U-014", identifiant)
    chemin = projet.racine / "templates" / identifiant / "plan.yaml"
    refuse_existing(chemin)
    regimes = ", ".join(projet.droit.regimes)
    texte = (
        f"id: {identifiant}\ntitre: {quoted(titre)}\n"
        f"prefixe_fichier: {identifiant.replace('_', '-')}\n"
        f"charte: maison\ndonnees: contrat\ndate_de_reference: date_effet\nregimes: [{regimes}]\n"
        'bandeaux:\n  entete_gauche: "{{ ars.nom }}"\n  entete_droite: "{{ contrat.reference }}"\n'
        f'  pied_gauche: "{{{{ etablissement.raison_sociale }}}}"\nsujet: {quoted(titre)}\n'
        f"corps:\n  - clause: {identifiant}.texte\n"
    )
    write_whole(chemin, texte.encode())
    return chemin


def refuse_reserved(code: str, *noms: str) -> None:
    """No file can bear a name that Windows reserves.

    Raises:
        UsageError: `code`, one of `noms` is such a name.
    """
    for nom in noms:
        if not is_portable_name(nom):
            raise UsageError(
                code,
                f"«\u00a0{nom}\u00a0» est un nom que Windows réserve.",
                remede="En choisir un autre\u00a0: aucun fichier ne peut s’y appeler ainsi.",
            )


def quoted(texte: str) -> str:
    r"""`texte` as a double-quoted YAML scalar, whatever it holds.

    >>> print(quoted('a : b # "c"'))
    "a : b # \"c\""
    """
    return json.dumps(texte, ensure_ascii=False)


def refuse_existing(chemin: Path) -> None:
    """Nothing is ever overwritten, nor is a record kept in a folder below doubled.

    Raises:
        UsageError: U-012 something stands there.
    """
    deja = chemin if os.path.lexists(chemin) else None
    if deja is None and chemin.suffix == ".yaml":
        deja = find_record(chemin.parent, chemin.stem)
    if deja is not None:
        raise UsageError(
            "U-012",
            f"«\u00a0{deja}\u00a0» existe déjà.",
            remede="Le modifier, ou choisir un autre nom\u00a0: rien n’est jamais écrasé.",
        )
