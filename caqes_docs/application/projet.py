"""A project on disk: where its clauses, templates, data and output lie, loaded once."""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from caqes_docs.application.memoire.empreintes import data_digest, library_digest
from caqes_docs.application.memoire.objets import (
    recall_templates,
    remember_templates,
    remembered,
)
from caqes_docs.application.memoire.souvenirs import DEPOTS
from caqes_docs.core.constats import Constat
from caqes_docs.core.errors import UsageError
from caqes_docs.data.depot import Affaire, Depot, load_depot, load_named
from caqes_docs.data.reglages import FICHIER, Reglages, load_reglages
from caqes_docs.law.droit.chargement import Racine, load_droit
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.nommage import misnamed, renamed
from caqes_docs.redaction.bibliotheque.plan import TypeDocument, load_types
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque, load_bibliotheque

if TYPE_CHECKING:
    from caqes_docs.law.ciblage.fondement import CiblageDeclare

DOSSIERS = ("clauses", "templates", "contracts_data")
_NOMMES_MAX = 4
"""Beyond so many dossiers named, their acts are not remembered."""


@dataclass(frozen=True)
class FondsCommun:
    """What all the acts of a project rest on."""

    droit: Droit
    bibliotheque: Bibliotheque
    types: dict[str, TypeDocument]
    constats: list[Constat]
    """Findings about the plans themselves."""


@dataclass(frozen=True)
class Projet:
    """The folders of a project. `bibliotheques` are the regional libraries laid over `clauses/`."""

    racine: Path
    bibliotheques: tuple[Path, ...] = ()
    reglages: Reglages = Reglages.model_construct()
    """What its `caqes.yaml` says."""

    @property
    def destination(self) -> Path:
        """Where files are written when no option says otherwise."""
        return self.racine / (self.reglages.destination or "output")

    @property
    def racines(self) -> tuple[Racine, ...]:
        """The libraries, the national one first."""
        nationale = Racine("nationale", self.racine / "clauses", "clauses")
        regionales = (
            Racine(chemin.resolve().name, chemin, chemin.as_posix())
            for chemin in self.bibliotheques
        )
        return (nationale, *regionales)

    def digest(self) -> str | None:
        """The digest of the libraries, plans and engine as they are now, or None."""
        dossiers = [(racine.nom, racine.prefixe, racine.dossier) for racine in self.racines]
        return library_digest([*dossiers, ("", "templates", self.racine / "templates")])

    @functools.cached_property
    def empreinte(self) -> str | None:
        """The digest taken before any of them was read."""
        return self.digest()

    @property
    def droit(self) -> Droit:
        """The law of the libraries."""
        return self.fonds.droit

    @property
    def bibliotheque(self) -> Bibliotheque:
        """The clauses of the libraries."""
        return self.fonds.bibliotheque

    @property
    def types(self) -> dict[str, TypeDocument]:
        """The document types, by id."""
        return self.fonds.types

    @functools.cached_property
    def lu(self) -> tuple[FondsCommun, str | None]:
        """The law, the clauses and the types, remembered from the last reading of the same.

        With them, their digest; None when a file changed while they were read.
        """
        recall_templates()
        fonds, cle = remembered(self.empreinte, self.digest, FondsCommun, self._read)
        chartes = self.racine / "templates"
        types = {nom: replace(t, gabarits=chartes) for nom, t in fonds.types.items()}
        return replace(fonds, types=types), cle

    @property
    def fonds(self) -> FondsCommun:
        """What all the acts rest on."""
        return self.lu[0]

    def _read(self) -> FondsCommun:
        return self.lay(load_droit(self.racines), load_bibliotheque(self.racines))

    def lay(self, droit: Droit, bibliotheque: Bibliotheque) -> FondsCommun:
        """This law and these clauses, with the types of the project, that take their volets."""
        volets = [*map(bibliotheque.own, droit.volets.values())]
        chartes = self.racine / "templates"
        types, constats = load_types(chartes, "templates", volets)
        constats += misnamed(chartes, "templates")
        for racine in self.racines[1:]:
            siens, fautes = load_types(
                racine.dossier / "templates", f"{racine.prefixe}/templates", volets
            )
            types |= {nom: replace(t, gabarits=chartes) for nom, t in siens.items()}
            constats += fautes
        present = bibliotheque.present
        actuels = {nom: replace(t, plan=renamed(t.plan, present)) for nom, t in types.items()}
        return FondsCommun(droit, bibliotheque, actuels, constats)

    @property
    def type_constats(self) -> list[Constat]:
        """Findings about the plans themselves."""
        return self.fonds.constats

    @functools.cached_property
    def ciblages(self) -> dict[tuple[str, int], CiblageDeclare | tuple[Constat, ...]]:
        """The targetings of the tables that agencies declare, as they are read."""
        return {}

    def keep_templates(self) -> None:
        """Remember the templates that were compiled."""
        remember_templates()

    def depot(self, seulement: Iterable[str] = ()) -> Depot:
        """The dossiers, all of them or those named."""
        return load_depot(self.racine / "contracts_data", "contracts_data", seulement)

    def named(self, noms: Sequence[str]) -> Depot:
        """A depot to select `noms` from; all the dossiers when there is no name.

        That of a few names is remembered, for as long as no dossier changes.
        """
        dossier = self.racine / "contracts_data"
        read = functools.partial(load_named, dossier, "contracts_data", noms)
        if not noms:
            return read()
        digest = functools.partial(data_digest, dossier, noms)
        depot, cle = remembered(digest(), digest, Depot, read, DEPOTS)
        if cle is not None and len(noms) <= _NOMMES_MAX:
            self._lues.update((id(affaire), (affaire, cle)) for affaire in depot.affaires.values())
        return depot

    @functools.cached_property
    def _lues(self) -> dict[int, tuple[Affaire, str]]:
        """The affaires named, as they were read, with the digest of all the data."""
        return {}

    def act_key(self, affaire: Affaire, type_document: TypeDocument, quoi: str) -> str | None:
        """The digest of all that an act rests on: the data, the library, `quoi`.

        None when it cannot be told: an affaire or a library that is not as it was read.
        """
        fonds, cle = self.lu
        lue, donnees = self._lues.get(id(affaire), (None, None))
        nom = type_document.plan.id
        lus = (lue, fonds.types.get(nom), fonds.droit, fonds.bibliotheque)
        siens = (affaire, type_document, self.droit, self.bibliotheque)
        if cle is None or any(x is not y for x, y in zip(lus, siens, strict=True)):
            return None
        tout = [cle, donnees, affaire.dossier.fichier.nom, nom, quoi]
        return hashlib.sha256(json.dumps(tout).encode()).hexdigest()


def find_projet(
    demande: Path | None, bibliotheques: Sequence[Path] = (), *, neuve: bool = False
) -> Projet:
    """The project at `demande`, or the nearest one above the current folder.

    With `neuve`, a library may be a folder that is empty, or to be created.

    Raises:
        UsageError: U-001 no project there; U-002 a library that does not exist; U-054 one from
            which nothing is read.
        DonneesError: D-000 `caqes.yaml` has errors (all listed).
    """
    for candidat in [demande] if demande else _here_and_above():
        if all(os.path.isdir(candidat / nom) for nom in DOSSIERS):  # noqa: PTH112 - never raises
            _refuse_closed(candidat)
            reglages = load_reglages(candidat)
            liees = (os.path.normpath(candidat / nom) for nom in reglages.bibliotheques)
            siennes = tuple(bibliotheques) or tuple(map(Path, liees))
            for chemin in siennes:
                if not (neuve and _is_new(chemin)):
                    _refuse_unread(chemin)
            return Projet(candidat, siennes, reglages)
    ou = f"dans «\u00a0{demande}\u00a0»" if demande else "ici ni dans les dossiers parents"
    raise UsageError(
        "U-001",
        f"Aucun projet {ou}\u00a0: il doit contenir {', '.join(f'{nom}/' for nom in DOSSIERS)}.",
        remede="Se placer dans le projet, donner --projet, ou créer un projet\u00a0: "
        "caqes nouveau projet DOSSIER.",
    )


def _is_new(dossier: Path) -> bool:
    return not dossier.exists() or (dossier.is_dir() and not any(dossier.iterdir()))


def _refuse_unread(bibliotheque: Path) -> None:
    """A library that is not there, or not laid out as one, would change no word in silence."""
    if not bibliotheque.is_dir():
        raise UsageError(
            "U-002",
            f"La bibliothèque «\u00a0{bibliotheque}\u00a0» n’est pas un dossier.",
            remede=f"Vérifier le chemin donné à --bibliotheque, ou dans {FICHIER}.",
        )
    dedans = bibliotheque / "clauses"
    if dedans.is_dir() or not _is_read(bibliotheque):
        raise UsageError(
            "U-054",
            f"Rien ne se lit dans la bibliothèque «\u00a0{bibliotheque}\u00a0»\u00a0: elle "
            "se range comme clauses/\u00a0: FAMILLE/CLAUSE.md, droit/, catalogues/, templates/.",
            remede=f"Donner «\u00a0{dedans}\u00a0»."
            if dedans.is_dir()
            else "Y ranger ainsi les fichiers, ou donner un autre dossier.",
        )


def _is_read(bibliotheque: Path) -> bool:
    """Whether something there is read; what vanishes meanwhile is not."""
    try:
        return any(True for motif in _LUS for _ in bibliotheque.glob(motif))
    except OSError:
        return False


_LUS = ("*/**/*.md", "droit/**/*.yaml", "catalogues/**/*.yaml", "templates/*/plan.yaml")
"""What is read of a library."""


def _here_and_above() -> list[Path]:
    try:
        ici = Path.cwd()
    except OSError:  # the current folder was deleted
        return []
    return [ici, *ici.parents]


def _refuse_closed(racine: Path) -> None:
    for nom in DOSSIERS:
        if not os.access(racine / nom, os.R_OK | os.X_OK):
            raise UsageError(
                "U-001",
                f"Le dossier {nom}/ du projet ne peut pas être lu\u00a0: l’accès est refusé.",
                remede="Demander l’accès à qui tient ce dossier.",
            )
