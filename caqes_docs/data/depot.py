"""The dossiers of a project: `ars/`, `organismes/` and `dossiers/`, loaded and linked by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.saisie import has_hidden_extension, unread_for_its_name
from caqes_docs.core.source import Source
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal
from caqes_docs.data.fiches import find_unknown
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.data.lecture.reperage import is_folder, may_spell, recognise, spelling
from caqes_docs.data.migration.anciens import signal_former
from caqes_docs.data.suites import AVENANTS, EVALUATIONS, SorteDeFichier

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Affaire:
    """All that one act is made from on the data side."""

    dossier: Charge[Dossier]
    ars: Charge[Ars]
    organisme: Charge[OrganismeLocal]
    evaluations: Mapping[int, Charge[Evaluation]] = field(default_factory=dict)
    """By evaluated year."""
    avenants: Mapping[int, Charge[Avenant]] = field(default_factory=dict)
    """By number."""
    numeros: Mapping[str, str] = field(default_factory=dict)
    """The numbers that the signed contract gave, by anchor: empty as long as nothing is signed."""
    joints: frozenset[str] = frozenset()
    """The volets that avenants joined to the contract: it prints them as its own."""
    appliques: tuple[Charge[Avenant], ...] = ()
    """The avenants that the dossier holds already, in their order; `avenants` are the others."""
    propose: Charge[Avenant] | None = None
    amende: Charge[Dossier] | None = None
    """The avenant whose proposal the dossier tells, and the contract that it amends, if any."""

    @property
    def finess(self) -> str:
        """The FINESS of the legal entity."""
        return self.dossier.valeur.etablissement.finess

    @property
    def stem(self) -> str:
        """The name of the file of the dossier, without its extension."""
        return Path(self.dossier.fichier.nom).stem

    @property
    def reference(self) -> str:
        """The number of the contract."""
        return self.dossier.valeur.contrat.reference


@dataclass(frozen=True)
class Depot:
    """The whole of `contracts_data/`."""

    ars: Mapping[str, Charge[Ars]] = field(default_factory=dict)
    organismes: Mapping[str, Charge[OrganismeLocal]] = field(default_factory=dict)
    affaires: Mapping[str, Affaire] = field(default_factory=dict)
    """By name of the dossier's file, without its extension."""
    constats: tuple[Constat, ...] = ()
    fichiers_suites: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The evaluations and avenants of each dossier: files, whatever their names, and numbers."""

    def errors_of(
        self, affaire: Affaire, annee: int | None = None, *, amende: bool = False
    ) -> tuple[Constat, ...]:
        """The errors on the files of one act: those of the contract, and of the year evaluated.

        Those of the avenants count for a year, which is judged on the contract as they left it, and
        where the contract is taken as amended (`amende`).
        """
        stem = Path(affaire.dossier.fichier.nom).stem
        numeros = self.fichiers_suites.get(stem, {})

        def counts(nom: str) -> bool:
            if "/avenants/" in nom:
                return amende or annee is not None
            return (
                "/evaluations/" not in nom
                or (annee is not None and numeros.get(nom) == annee)
                or Path(nom).stem == f"{stem}-{annee}"
            )

        return tuple(
            constat
            for constat in self.constats_of([affaire])
            if constat.gravite is Gravite.ERREUR and counts(constat.source.fichier)
        )

    def constats_of(self, affaires: Iterable[Affaire]) -> list[Constat]:
        """The findings on the files of `affaires`, with those that could not be read."""
        noms: set[str] = set()
        debuts: tuple[str, ...] = ()
        for affaire in affaires:
            parties = (affaire.dossier.fichier, affaire.ars.fichier, affaire.organisme.fichier)
            noms.update(fichier.nom for fichier in parties)
            noms.update(self.fichiers_suites.get(affaire.stem, ()))
            debuts += (f"{affaire.stem}-",)
        lieux = ((c, Path(c.source.fichier)) for c in self.constats)
        return [
            constat
            for constat, lieu in lieux
            if constat.source.fichier in noms
            or (not _SUITES.isdisjoint(lieu.parts) and lieu.name.startswith(debuts))
        ]

    def select(self, noms: Iterable[str]) -> list[Affaire]:
        """The affaires named by file, FINESS or contract reference, each once; all for no name.

        Raises:
            KeyError: a name leads to nothing (its argument is the name).
        """
        if not (demandes := list(noms)):
            return list(self.affaires.values())
        trouves: dict[str, Affaire] = {}
        for nom in demandes:
            if not (siennes := self.named(nom)):
                raise KeyError(nom)
            trouves[siennes[0].stem] = siennes[0]
        return list(trouves.values())

    def named(self, nom: str) -> list[Affaire]:
        """Those of that file or number, else that of the only establishment so called."""
        appeles = self.called(nom)
        return self.numbered(nom) or (appeles if len(appeles) == 1 else [])

    def numbered(self, nom: str) -> list[Affaire]:
        """The affaire of that file, or all those of that FINESS or contract reference."""
        cle = _key(nom)
        if cle in self.affaires:
            return [self.affaires[cle]]
        return [a for a in self.affaires.values() if cle in (a.finess, a.reference)]

    def called(self, nom: str) -> list[Affaire]:
        """Those of the establishments in whose name these words stand."""
        dits = {c: a.dossier.valeur.etablissement.raison_sociale for c, a in self.affaires.items()}
        return [self.affaires[cle] for cle in recognise(nom, dits)]


_SUITES = frozenset({EVALUATIONS.dossier, AVENANTS.dossier})


def load_depot(racine: Path, prefixe: str, seulement: Iterable[str] = ()) -> Depot:
    """Read the dossiers below `racine` (shown to the user as `prefixe`).

    `seulement` restricts the dossiers that are read to those file names (without extension).
    """
    lecteur = _Lecteur(racine, prefixe)
    ars = lecteur.index("ars", Ars)
    organismes = lecteur.index("organismes", OrganismeLocal)
    voulus = set(seulement)

    lus = lecteur.each("dossiers", Dossier, lambda c: not voulus or c.stem in voulus)
    dossiers = {chemin.stem: charge for chemin, charge in lus}
    evaluations = lecteur.suites(EVALUATIONS, dossiers, voulus)
    avenants = lecteur.suites(AVENANTS, dossiers, voulus)
    affaires = {
        nom: replace(affaire, evaluations=evaluations.get(nom, {}), avenants=avenants.get(nom, {}))
        for nom, charge in dossiers.items()
        if (affaire := lecteur.link(charge, ars, organismes)) is not None
    }
    lecteur.check_unique(dossiers)
    return Depot(ars, organismes, affaires, tuple(lecteur.constats), lecteur.fichiers)


def load_named(racine: Path, prefixe: str, noms: Sequence[str]) -> Depot:
    """A depot where `select(noms)`, and `constats_of` its answer, are those of `load_depot`.

    Only the dossiers that spell one of the names are read, and those that spell the FINESS or the
    contract number of these. All are when a name leads to none, or to one that has a fault.
    """
    dossiers = racine / "dossiers"
    lus = spelling(dossiers, map(_key, noms)) if noms else set()
    depot = load_depot(racine, prefixe, lus)
    try:
        affaires = depot.select(noms)
        numeros = {a.finess for a in affaires} | {a.reference for a in affaires}
        if lus and not (autres := spelling(dossiers, numeros)) <= lus:
            lus |= autres
            depot = load_depot(racine, prefixe, lus)
            affaires = depot.select(noms)
        complet = not depot.constats_of(affaires) and all(map(depot.numbered, noms))
    except KeyError:
        complet = False
    return depot if complet or not lus else load_depot(racine, prefixe)


def _key(nom: str) -> str:
    return Path(nom).stem if nom.endswith((".yaml", ".yml")) else nom


class _Lecteur:
    def __init__(self, racine: Path, prefixe: str) -> None:
        self.racine = racine
        self.prefixe = prefixe
        self.constats: list[Constat] = []
        self.fichiers: dict[str, dict[str, int]] = {}

    def each(
        self, dossier: str, modele: type[M], garde: Callable[[Path], bool] = lambda _chemin: True
    ) -> Iterator[tuple[Path, Charge[M]]]:
        """The records of a folder, those whose path `garde` keeps."""
        vus: dict[str, str] = {}
        for chemin in self._listed(dossier):
            relatif = chemin.relative_to(self.racine).as_posix()
            nom = f"{self.prefixe}/{relatif.encode(errors='replace').decode()}"
            if self._is_aside(chemin, nom):
                continue
            deja = vus.setdefault(chemin.stem, nom)
            if deja != nom:
                message = "À l’extension ou au dossier près, ce fichier porte le même nom que"
                self._twice(message, Source(deja), Source(nom))
                continue
            if garde(chemin):
                charge, constats = load_record(chemin, nom, modele, signal_former(modele))
                self.constats.extend(constats)
                if charge is not None:
                    yield chemin, charge

    def _listed(self, dossier: str) -> list[Path]:
        """The files of a folder and below it, hidden ones aside; a folder refused is told."""
        try:
            chemins = sorted((self.racine / dossier).iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            message = f"Ce dossier ne peut pas être lu\u00a0: {os_reason(error)}."
            remede = "Vérifier que c’est un dossier et que l’accès en est permis."
            self._add("D-001", Source(f"{self.prefixe}/{dossier}"), message, remede)
            return []
        visibles = (c for c in chemins if not c.name.startswith("."))
        lus = ([c] if not is_folder(c) else self._listed(f"{dossier}/{c.name}") for c in visibles)
        return [chemin for dedans in lus for chemin in dedans]

    def _is_aside(self, chemin: Path, nom: str) -> bool:
        """Whether the file is not read; it is told, lest somebody believe that it was."""
        if chemin.suffix not in (".yaml", ".yml"):
            if has_hidden_extension(chemin.name):
                self.constats.append(unread_for_its_name(Source(nom)))
            elif not chemin.is_dir():
                message = "Ce fichier n’est pas lu\u00a0: son nom ne finit pas par .yaml."
                remede = "Le renommer si c’est une fiche, sinon le ranger ailleurs."
                self._add("D-048", Source(nom), message, remede, Gravite.AVERTISSEMENT)
            return True
        if not chemin.name.isprintable():
            message = "Le nom de ce fichier contient des caractères illisibles."
            self._add("D-048", Source(nom), message, "Le renommer\u00a0: FINESS.yaml.")
            return True
        return False

    def index(self, dossier: str, modele: type[Any]) -> dict[str, Charge[Any]]:
        """Records by id; the id is the file's name."""
        table: dict[str, Charge[Any]] = {}
        for chemin, charge in self.each(dossier, modele):
            if charge.valeur.id != chemin.stem:
                self._add(
                    "D-042",
                    charge.fichier.source(("id",)),
                    f"L’identifiant «\u00a0{charge.valeur.id}\u00a0» ne correspond pas "
                    "au nom du fichier.",
                    "Renommer le fichier ou corriger l’identifiant.",
                )
            table[charge.valeur.id] = charge
        return table

    def suites(
        self, sorte: SorteDeFichier[M], dossiers: Mapping[str, Charge[Dossier]], voulus: Set[str]
    ) -> dict[str, dict[int, Charge[M]]]:
        """The files that follow each dossier, by number; those of `voulus`, all when empty."""
        table: dict[str, dict[int, Charge[M]]] = {}

        def is_wanted(chemin: Path) -> bool:
            return (
                not voulus
                or any(chemin.stem.startswith(f"{nom}-") for nom in voulus)
                or may_spell(chemin, voulus)
            )

        for chemin, charge in self.each(sorte.dossier, sorte.modele, is_wanted):
            nom, numero = sorte.key(charge.valeur)
            # A dossier that does not read has its own finding: the same fault is not told twice.
            ecrit = any((self.racine / "dossiers").rglob(f"{nom}.y*ml"))
            connu = nom in dossiers or bool(voulus) or ecrit
            self.constats += sorte.misplaced(chemin, charge, None if connu else dossiers)
            deja = table.setdefault(nom, {}).setdefault(numero, charge)
            if deja is not charge:
                lieux = (c.fichier.source((sorte.cle,)) for c in (deja, charge))
                self._twice(sorte.deja.format(numero, nom), *lieux)
            self.fichiers.setdefault(nom, {})[charge.fichier.nom] = numero
        return {nom: dict(sorted(suite.items())) for nom, suite in table.items()}

    def link(
        self,
        charge: Charge[Dossier],
        ars: Mapping[str, Charge[Ars]],
        organismes: Mapping[str, Charge[OrganismeLocal]],
    ) -> Affaire | None:
        """The dossier with its parties, or None when one is unknown."""
        manquantes = find_unknown(self.racine, self.prefixe, charge, ars, organismes)
        self.constats += manquantes
        if manquantes:
            return None
        contrat = charge.valeur.contrat
        return Affaire(charge, ars[contrat.ars], organismes[contrat.organisme])

    def check_unique(self, dossiers: Mapping[str, Charge[Dossier]]) -> None:
        """A FINESS or a contract reference belongs to one dossier only."""
        vus: dict[tuple[str, str], Source] = {}
        for nom, charge in dossiers.items():
            dossier, fichier = charge.valeur, charge.fichier
            if dossier.etablissement.finess != nom:
                self._add(
                    "D-042",
                    fichier.source(("etablissement", "finess")),
                    f"Le FINESS {dossier.etablissement.finess} ne correspond pas au nom "
                    f"du fichier «\u00a0{nom}\u00a0».",
                    "Nommer le dossier d’après le FINESS juridique.",
                )
            for quoi, valeur, chemin in (
                ("FINESS juridique", dossier.etablissement.finess, ("etablissement", "finess")),
                ("numéro de contrat", dossier.contrat.reference, ("contrat", "reference")),
            ):
                source = fichier.source(chemin)
                deja = vus.setdefault((quoi, valeur), source)
                if deja is not source:
                    self._twice(f"Le {quoi} {valeur} est aussi celui de", deja, source)

    def _twice(self, propos: str, premier: Source, second: Source) -> None:
        """D-041, told on each of the two: neither is right before the other is corrected."""
        for ici, ailleurs in ((premier, second), (second, premier)):
            self._add("D-041", ici, f"{propos} {ailleurs}.", "N’en garder qu’un, ou corriger.")

    def _add(
        self, code: str, source: Source, message: str, remede: str, grave: Gravite = Gravite.ERREUR
    ) -> None:
        self.constats.append(Constat(code, grave, source, message, remede))
