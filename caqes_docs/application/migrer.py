"""Carry dossiers and evaluations of a former version over, in place, comments and layout kept."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import write_whole
from caqes_docs.core.constats import Constat, has_errors, sort_constats
from caqes_docs.core.errors import UsageError
from caqes_docs.data.lecture.yaml_strict import read_yaml
from caqes_docs.data.migration.anciens import find_sorte, migrations_of
from caqes_docs.data.migration.migrer import Migre, migrate

_DONNEES = ("dossiers", "evaluations")


@dataclass(frozen=True)
class BilanMigration:
    """What became of the files."""

    migres: tuple[Migre, ...]
    """Those that changed."""
    inchanges: int
    ecartes: int
    """Files that could not be read."""
    constats: tuple[Constat, ...]

    def diff(self) -> str:
        """What changes, as a patch."""
        return "".join(map(_diff, self.migres))

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data."""
        return {
            "fichiers": [{"fichier": x.avant.nom, "diff": _diff(x)} for x in self.migres],
            "inchanges": self.inchanges,
            "ecartes": self.ecartes,
            "constats": [constat.as_dict() for constat in self.constats],
        }


def migrate_files(projet: Projet, chemins: Sequence[Path], *, essai: bool) -> BilanMigration:
    """Carry over the files named, or all those of the project; write nothing when `essai`.

    Raises:
        UsageError: U-050 no such file or folder; U-051 what is named is no record to migrate.
        RenduError: R-001 a file cannot be written; those before it are.
    """
    migres: dict[Path, Migre] = {}
    constats: list[Constat] = []
    ecartes = 0
    for chemin in _files(projet, chemins):
        fichier, fautes = read_yaml(chemin, _name(projet, chemin))
        if fichier is None or has_errors(fautes):
            constats += fautes
            ecartes += 1
            continue
        sorte = find_sorte(fichier.donnees)
        if sorte is not None:
            migres[chemin] = migrate(fichier, migrations_of(sorte))
        elif chemin in chemins:
            raise UsageError(
                "U-051",
                f"«\u00a0{chemin}\u00a0» n’est ni un dossier ni une évaluation.",
                remede="Les fiches d’agence et d’organisme n’ont rien à migrer.",
            )
    changes = {chemin: migre for chemin, migre in migres.items() if migre.change}
    for chemin, migre in changes.items() if not essai else ():
        write_whole(chemin.resolve(), migre.apres.contenu)
    for migre in migres.values():
        constats += migre.constats(essai=essai)
    restes = len(migres) - len(changes)
    return BilanMigration(tuple(changes.values()), restes, ecartes, tuple(sort_constats(constats)))


def _files(projet: Projet, chemins: Sequence[Path]) -> Iterator[Path]:
    """Each file once, in order."""
    racine = projet.racine / "contracts_data"
    vus: set[Path] = set()
    for chemin in chemins or [racine / nom for nom in _DONNEES if (racine / nom).is_dir()]:
        if not chemin.exists():
            raise UsageError(
                "U-050",
                f"«\u00a0{chemin}\u00a0» n’existe pas.",
                remede="Donner un fichier ou un dossier de contracts_data/, ou rien pour tout.",
            )
        for fichier in _records(chemin) if chemin.is_dir() else [chemin]:
            if fichier.resolve() not in vus:
                vus.add(fichier.resolve())
                yield fichier


def _records(dossier: Path) -> list[Path]:
    """What is named as a YAML file in a folder of records, or in those of a project; no other.

    Raises:
        UsageError: U-051 the folder holds neither dossiers nor evaluations.
    """
    seuls = [dossier] if dossier.name in _DONNEES else []
    lieux = seuls or [dossier / p / nom for p in ("", "contracts_data") for nom in _DONNEES]
    if not any(lieu.is_dir() for lieu in lieux):
        raise UsageError(
            "U-051",
            f"«\u00a0{dossier}\u00a0» ne contient ni dossiers ni évaluations.",
            remede="Donner un projet, son dossier contracts_data/, dossiers/ ou evaluations/, ou "
            "des fichiers.",
        )
    return sorted(chemin for lieu in lieux for chemin in lieu.glob("[!.]*.y*ml"))


def _name(projet: Projet, chemin: Path) -> str:
    """The file as the user is told of it: from the project, when it is there."""
    entier = chemin.absolute()
    racine = projet.racine.absolute()
    nom = entier.relative_to(racine) if entier.is_relative_to(racine) else chemin
    return nom.as_posix().encode(errors="replace").decode()


def _diff(migre: Migre) -> str:
    avant, apres = (x.contenu.decode("utf-8-sig").splitlines() for x in (migre.avant, migre.apres))
    nom = migre.avant.nom
    lignes = difflib.unified_diff(avant, apres, nom, nom, lineterm="")
    return "".join(f"{ligne}\n" for ligne in lignes)
