"""The clause library: one file per wording, the wording chosen by the act's date of effect."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import ClauseError
from caqes_docs.core.periode import Periode, in_force
from caqes_docs.core.source import Source, text_digest
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.lecture.messages import close_name, findings_of
from caqes_docs.data.lecture.yaml_strict import FichierYaml, parse_yaml
from caqes_docs.law.droit.catalogue import VoletDecrit
from caqes_docs.law.droit.chargement import Racine
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.entete import Entete
from caqes_docs.redaction.bibliotheque.nommage import (
    COMMUNES,
    RESERVES,
    check_identity,
    disputed_name,
    misnamed,
    old_name,
    place_id,
)
from caqes_docs.redaction.bibliotheque.tableaux import TexteDeveloppe, write_out
from caqes_docs.redaction.bibliotheque.validations import (
    Validation,
    load_validations,
    words_digest,
)

A_ECRIRE = "Texte de la clause."
"""The body of a wording that nobody wrote yet, as `caqes nouveau clause` makes it."""
_SANS_ENTETE = "Le fichier ne commence pas par un en-tête entre deux lignes «\u00a0---\u00a0»."
_ENTETE = re.compile(rb"---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|$)", re.DOTALL)


@dataclass(frozen=True)
class Redaction:
    """One wording of one clause."""

    entete: Entete
    ecrit: str
    """The text as the file has it."""
    developpe: TexteDeveloppe
    """The text with its described tables written out."""
    fichier: FichierYaml
    bibliotheque: str
    empreinte: str
    validations: tuple[Validation, ...] = ()
    """Those of the library that holds it, whatever words they answer for."""

    @property
    def cle(self) -> tuple[str, dt.date]:
        """What names the wording in its library: its clause, the day it takes effect."""
        return self.entete.id, self.en_vigueur.du

    @functools.cached_property
    def mots(self) -> str:
        """The digest of the words, which a validation answers for."""
        return words_digest(self.entete, self.fichier, self.ecrit)

    @functools.cached_property
    def validation(self) -> Validation | None:
        """The last validation of the present words; an example yields to a true one."""
        presentes = [v for v in self.validations if v.empreinte == self.mots]
        vraies = [v for v in presentes if not v.fait.fictive]
        return next(reversed(vraies or presentes), None)

    @property
    def is_validated(self) -> bool:
        """Whether somebody answers for the present words."""
        return self.validation is not None and not self.validation.fait.fictive

    @property
    def en_vigueur(self) -> Periode:
        """The period of validity of the wording."""
        return self.entete.en_vigueur.periode

    @property
    def corps(self) -> str:
        """The text that is read: the described tables have their rows."""
        return self.developpe.texte

    def source(self, ligne: int = 1) -> Source:
        """A line of the text (1 = its first line) as a place in the file."""
        lieux = self.developpe.lieux
        return lieux[min(ligne, len(lieux)) - 1]


@dataclass(frozen=True)
class Retenue:
    """A wording that an avenant brought into a contract, whatever the date of the contract."""

    redaction: Redaction
    droit: Droit
    date: dt.date
    """Of the law that the wording cites."""


@dataclass(frozen=True)
class Bibliotheque:
    """All the wordings, by clause. A library laid over another replaces a clause whole."""

    clauses: dict[str, tuple[Redaction, ...]] = field(default_factory=dict)
    constats: tuple[Constat, ...] = ()
    remplacees: tuple[str, ...] = ()
    """Clauses that an overlay replaced."""
    anciens: Mapping[str, str] = field(default_factory=dict)
    """The present id of each clause that had another."""
    retenues: Mapping[str, Retenue] = field(default_factory=dict)
    """By clause, the wordings that avenants brought into the contract at hand."""

    def present(self, identifiant: str) -> str:
        """The id that the clause `identifiant` has now."""
        commune = COMMUNES + identifiant.rpartition(".")[2]
        if identifiant.startswith("volet_") and identifiant not in self.clauses:
            return commune if commune in self.clauses else identifiant
        return self.anciens.get(identifiant, identifiant)

    def own(self, volet: VoletDecrit) -> VoletDecrit:
        """`volet` with its own wording of each common clause that it words otherwise."""

        def chosen(nom: str) -> str:
            propre = place_id(nom, volet.id)
            return propre if propre in self.clauses else nom

        annexe = None if volet.annexe is None else chosen(volet.annexe)
        sous_articles = tuple(map(chosen, volet.sous_articles))
        propres = {"article": chosen(volet.article), "annexe": annexe}
        return volet.model_copy(update={**propres, "sous_articles": sous_articles})

    def wording(self, identifiant: str, date: dt.date) -> Redaction:
        """The wording of `identifiant` in force at `date`.

        Raises:
            ClauseError: C-001 unknown clause; C-002 no wording at the date.
        """
        present = self.present(identifiant)
        if present in self.retenues:
            return self.retenues[present].redaction
        redactions = self.clauses.get(present)
        if redactions is None:
            raise ClauseError(
                "C-001",
                f"La clause «\u00a0{identifiant}\u00a0» n’est pas dans la bibliothèque.",
                remede=close_name(identifiant, self.clauses)
                or "L’ajouter, ou retirer son nom du plan.",
            )
        redaction = in_force(redactions, date)
        if redaction is None:
            raise ClauseError(
                "C-002",
                f"Aucune rédaction de «\u00a0{identifiant}\u00a0» n’est en vigueur au {date}.",
                remede="Ajouter une rédaction pour cette date, ou corriger la date de l’acte.",
                source=redactions[-1].fichier.source(("en_vigueur",)),
            )
        return redaction


def load_bibliotheque(racines: Sequence[Racine]) -> Bibliotheque:
    """Read the clauses of `racines`; the last library wins, clause by clause."""
    reunion = _Reunion()
    for racine in racines:
        reunion.lay(racine)
    return Bibliotheque(
        reunion.clauses, tuple(reunion.constats), tuple(reunion.remplacees), reunion.anciens
    )


@dataclass
class _Reunion:
    """Libraries laid over one another."""

    clauses: dict[str, tuple[Redaction, ...]] = field(default_factory=dict)
    constats: list[Constat] = field(default_factory=list)
    remplacees: list[str] = field(default_factory=list)
    anciens: dict[str, str] = field(default_factory=dict)

    def lay(self, racine: Racine) -> None:
        """Add a library: it replaces the clauses that it holds, whatever name it gives them."""
        self.constats.extend(misnamed(racine.dossier, racine.prefixe))
        lues: dict[str, list[Redaction]] = {}
        for redaction in self._read(racine):
            lues.setdefault(redaction.entete.id, []).append(redaction)
        self._learn(lues)
        validations = load_validations(racine.dossier, racine.prefixe)
        self.constats.extend(validations.constats)
        nommees: dict[str, list[Redaction]] = {}
        for identifiant, redactions in lues.items():
            actuel = self.anciens.get(identifiant, identifiant)
            if actuel != identifiant:
                redactions = [self._rename(redaction, actuel) for redaction in redactions]
            nommees.setdefault(actuel, []).extend(redactions)
        faites = validations.by_wording(self.anciens)
        for identifiant, redactions in nommees.items():
            if identifiant in self.clauses:
                self.remplacees.append(identifiant)
            ordre = sorted(redactions, key=lambda redaction: redaction.en_vigueur.du)
            self.clauses[identifiant] = tuple(
                replace(redaction, validations=tuple(faites.get(redaction.cle, ())))
                for redaction in ordre
            )

    def _read(self, racine: Racine) -> Iterator[Redaction]:
        for chemin in sorted(racine.dossier.glob("*/**/*.md")):
            if chemin.relative_to(racine.dossier).parts[0] in RESERVES:
                continue
            redaction, fautes = read_wording(chemin, racine)
            self.constats.extend(fautes)
            if redaction is not None:
                yield redaction

    def _learn(self, lues: Mapping[str, Sequence[Redaction]]) -> None:
        """Take the former ids that the wordings of a library give to their clauses."""
        for identifiant, redactions in lues.items():
            for redaction in redactions:
                for ancien in redaction.entete.ancien_id:
                    if self.clauses.pop(ancien, None):  # of the library below: it takes its place
                        self.remplacees.append(ancien)
                        suivis = [a for a, nom in self.anciens.items() if nom == ancien]
                        self.anciens.update(dict.fromkeys(suivis, identifiant))
                    tenu = ancien in lues
                    deja = ancien if tenu else self.anciens.setdefault(ancien, identifiant)
                    if deja != identifiant:
                        source = redaction.fichier.source(("ancien_id",))
                        self.constats.append(disputed_name(ancien, (identifiant, deja), source))

    def _rename(self, redaction: Redaction, actuel: str) -> Redaction:
        """`redaction` under the present id of its clause."""
        source = redaction.fichier.source(("id",))
        self.constats.append(old_name(redaction.entete.id, actuel, source))
        return replace(redaction, entete=redaction.entete.model_copy(update={"id": actuel}))


def read_wording(chemin: Path, racine: Racine) -> tuple[Redaction | None, list[Constat]]:
    """Read one wording; None when its front matter is unusable."""
    relatif = chemin.relative_to(racine.dossier)
    nom = f"{racine.prefixe}/{relatif.as_posix()}"
    try:
        contenu = chemin.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        message = f"Le fichier ne peut pas être lu\u00a0: {os_reason(error)}."
        return None, [_fault("D-001", Source(nom), message)]
    trouve = _ENTETE.match(contenu)
    if trouve is None:
        return None, [_fault("C-010", Source(nom, 1), _SANS_ENTETE)]
    fichier, constats = parse_yaml(b"\n" + trouve.group(1), nom)
    if fichier is None:
        return None, constats
    try:
        entete = Entete.model_validate(fichier.donnees)
    except ValidationError as error:
        return None, [*constats, *findings_of(error, Entete, fichier)]
    try:
        corps = contenu[trouve.end() :].decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        ligne = _first_bad_line(contenu)
        message = "Le fichier n’est pas enregistré en UTF-8."
        return None, [_fault("D-001", Source(nom, ligne), message)]
    ligne_corps = trouve.group().count(b"\n") + 1
    redaction = Redaction(
        entete,
        corps,
        write_out(entete.tableaux, corps, fichier, ligne_corps),
        fichier,
        racine.nom,
        text_digest(contenu),
    )
    return redaction, [*constats, *check_identity(entete, fichier, relatif)]


def _fault(code: str, source: Source, message: str) -> Constat:
    return Constat(code, Gravite.ERREUR, source, message, _REMEDES.get(code, ""))


def _first_bad_line(contenu: bytes) -> int:
    """The line of the first byte that is no UTF-8."""
    for ligne, octets in enumerate(contenu.split(b"\n"), 1):
        try:
            octets.decode("utf-8")
        except UnicodeDecodeError:
            return ligne
    return 1


_REMEDES = {
    "D-001": "L’enregistrer en UTF-8\u00a0; vérifier qu’il existe et que l’accès en est permis.",
    "C-010": "Commencer le fichier par «\u00a0---\u00a0», les clés, puis «\u00a0---\u00a0».",
}
