"""Former keys met when a file is read: each is told with what carries it over."""

from __future__ import annotations

import copy

from pydantic import BaseModel

from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Renouveau
from caqes_docs.data.lecture.introspection import keys_at
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml
from caqes_docs.data.migration.chemins import iter_former, path
from caqes_docs.data.migration.etapes import Migration
from caqes_docs.data.migration.table import MIGRATIONS

MODELES: dict[str, type[BaseModel]] = {"dossier": Dossier, "evaluation": Evaluation}
"""The model of each kind of file that the table migrates."""


def find_sorte(donnees: Donnee) -> str | None:
    """The kind of a file by its keys; None for another one.

    >>> find_sorte({"etablissement": None, "contrat": None}), find_sorte({"id": "ars-93"})
    ('dossier', None)
    """
    cles = set(donnees) if isinstance(donnees, dict) else set()
    if {"dossier", "annee"} <= cles:
        return "evaluation"
    return "dossier" if {"etablissement", "contrat"} <= cles else None


def migrations_of(sorte: str | None) -> tuple[Migration, ...]:
    """The migrations of a kind of file: those whose key its model does not know any more."""
    return tuple(
        migration
        for migration in MIGRATIONS
        if migration.sorte == sorte and not _is_known(migration)
    )


def _is_known(migration: Migration) -> bool:
    *parents, cle = path(migration.cle, "*")
    return cle in keys_at(MODELES[migration.sorte], tuple(parents))


def signal_former(modele: type[BaseModel]) -> Renouveau:
    """What takes the former keys out of a file read as a `modele`, and tells each."""
    sorte = next((nom for nom, connu in MODELES.items() if connu is modele), None)
    anciennes = migrations_of(sorte)

    def renew(fichier: FichierYaml) -> tuple[FichierYaml, list[Constat]]:
        trouvees = [
            (path(migration.cle, joker), migration)
            for migration in anciennes
            for joker in iter_former(fichier.donnees, migration.cle)
        ]
        if not trouvees:
            return fichier, []
        donnees = copy.deepcopy(fichier.donnees)
        for chemin, _ in trouvees:
            _drop(donnees, chemin)
        neuf = FichierYaml(
            fichier.nom, donnees, fichier.positions, fichier.empreinte, fichier.contenu
        )
        return neuf, [_constat(fichier, chemin, migration) for chemin, migration in trouvees]

    return renew


def _constat(fichier: FichierYaml, chemin: Chemin, migration: Migration) -> Constat:
    return fault(
        "D-010",
        fichier.key_source(chemin),
        f"La clé «\u00a0{chemin[-1]}\u00a0» est d’une version antérieure\u00a0: ce qu’elle dit est "
        f"désormais dans «\u00a0{migration.devient}\u00a0».",
        "Lancer «\u00a0caqes migrer\u00a0», qui récrit le fichier.",
    )


def _drop(donnees: Donnee, chemin: Chemin) -> None:
    for partie in chemin[:-1]:
        donnees = donnees[str(partie)] if isinstance(donnees, dict) else None
    if isinstance(donnees, dict):
        del donnees[str(chemin[-1])]
