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
from caqes_docs.data.migration.anciens import find_sorte, is_former, migrations_of
from caqes_docs.data.migration.chemins import get
from caqes_docs.data.migration.migrer import Migre, migrate
from caqes_docs.data.migration.reports import Couple, carry_over

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
        UsageError: U-050 no such file or folder; U-051 a file named that is no record to migrate.
        RenduError: R-001 a file cannot be written; those before it are.
    """
    lot = _Lot(projet)
    for chemin in _files(projet, chemins):
        if not lot.read(chemin) and chemin in chemins:
            raise UsageError(
                "U-051",
                f"«\u00a0{chemin}\u00a0» n’est ni un dossier ni une évaluation.",
                remede="Les fiches d’agence et d’organisme n’ont rien à migrer.",
            )
    lot.carry_over()
    migres = {chemin: migre for chemin, migre in lot.migres.items() if migre.change}
    # What an evaluation leaves to its dossier stands there before it is gone.
    for chemin in sorted(migres, key=lambda chemin: lot.sortes[chemin]) if not essai else ():
        write_whole(chemin, migres[chemin].apres.contenu)
    dits = (constat for migre in lot.migres.values() for constat in migre.constats(essai=essai))
    return BilanMigration(
        tuple(migres.values()),
        len(lot.migres) - len(migres),
        lot.ecartes,
        tuple(sort_constats([*lot.constats, *dits])),
    )


class _Lot:
    """The files of one run, by their real path."""

    def __init__(self, projet: Projet) -> None:
        self.projet = projet
        self.migres: dict[Path, Migre] = {}
        self.sortes: dict[Path, str] = {}
        self.lus: set[Path] = set()
        self.constats: list[Constat] = []
        self.ecartes = 0

    def read(self, chemin: Path) -> bool:
        """Read and migrate one file; False when it is no record to migrate."""
        self.lus.add(chemin.resolve())
        fichier, fautes = read_yaml(chemin, _name(self.projet, chemin))
        if fichier is None or has_errors(fautes):
            self.constats += fautes
            self.ecartes += 1
            return True
        sorte = find_sorte(fichier.donnees)
        if sorte is not None:
            self.migres[chemin.resolve()] = migrate(fichier, migrations_of(sorte))
            self.sortes[chemin.resolve()] = sorte
        return sorte is not None

    def carry_over(self) -> None:
        """Give the dossiers what the evaluations must leave to them."""
        migrations = migrations_of("evaluation")
        for chemin in [x for x, sorte in self.sortes.items() if sorte == "evaluation"]:
            evaluation = self.migres[chemin]
            if not any(m.report and is_former(evaluation.apres.donnees, m) for m in migrations):
                continue
            dossier = self._dossier(chemin, evaluation)
            couple = Couple(evaluation, None if dossier is None else self.migres[dossier])
            couple = carry_over(couple, migrations)
            self.migres[chemin] = couple.evaluation
            if dossier is not None and couple.dossier is not None:
                self.migres[dossier] = couple.dossier

    def _dossier(self, chemin: Path, evaluation: Migre) -> Path | None:
        """The dossier beside an evaluation, read if it was not yet."""
        nom = str(get(evaluation.apres.donnees, ("dossier",)))
        for suffixe in (".yaml", ".yml"):
            cible = chemin.parent.parent / "dossiers" / f"{nom}{suffixe}"
            if Path(nom).name == nom and cible.is_file():
                reel = cible.resolve()
                if reel not in self.lus:
                    self.read(cible)
                return reel if self.sortes.get(reel) == "dossier" else None
        return None


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
        for fichier in sorted(_records(chemin)) if chemin.is_dir() else [chemin]:
            if fichier.resolve() not in vus:
                vus.add(fichier.resolve())
                yield fichier


def _records(dossier: Path) -> Iterator[Path]:
    """The YAML files below a folder, hidden ones aside."""
    for chemin in dossier.rglob("*"):
        visible = not any(nom.startswith(".") for nom in chemin.relative_to(dossier).parts)
        if visible and chemin.suffix in (".yaml", ".yml") and chemin.is_file():
            yield chemin


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


__all__ = ["BilanMigration", "migrate_files"]
