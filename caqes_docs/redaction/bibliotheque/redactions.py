"""The clause library: one file per wording, the wording chosen by the act's date of effect."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, ValidationError

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import ClauseError
from caqes_docs.core.periode import Periode, in_force
from caqes_docs.core.source import Source
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.lecture.messages import close_name, findings_of
from caqes_docs.data.lecture.types import Date, Entier, Modele, OuiNon, TexteLong, TexteSimple
from caqes_docs.data.lecture.yaml_strict import FichierYaml, parse_yaml
from caqes_docs.law.droit.chargement import Racine
from caqes_docs.law.droit.modeles import PeriodeDroit

_ENTETE = re.compile(rb"---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|$)", re.DOTALL)
_FAMILLES_RESERVEES = {"droit", "catalogues"}


class TableauEntete(Modele):
    """What the front matter says of one table."""

    largeurs: tuple[Entier, ...] = Field((), title="largeurs relatives des colonnes")
    legende: TexteSimple | None = Field(None, title="légende")
    entete_colonne: OuiNon | None = Field(None, title="première colonne en en-tête de ligne")


class SignataireEntete(Modele):
    """What the front matter says of one signature box."""

    champ: TexteSimple = Field(title="nom du champ de signature")
    qualite: TexteSimple = Field(title="qualité du signataire")
    mention: TexteSimple = Field(title="mention sous la qualité")
    nom: TexteSimple = Field(title="nom du signataire")


class Entete(Modele):
    """The front matter of a wording."""

    id: TexteSimple = Field(title="identifiant de la clause")
    titre: TexteSimple | None = Field(None, title="titre imprimé")
    statut: TexteSimple = Field(title="statut de la rédaction")
    en_vigueur: PeriodeDroit = Field(title="période de validité")
    references: tuple[TexteSimple, ...] = Field((), title="textes cités")
    obligations: tuple[TexteSimple, ...] = Field((), title="obligations portées")
    verifie_le: Date = Field(title="dernière relecture")
    a_verifier: OuiNon | None = Field(None, title="rédaction à vérifier")
    si: TexteSimple | None = Field(None, title="condition d’impression")
    sinon: TexteLong | None = Field(None, title="texte imprimé quand la condition est fausse")
    role: TexteSimple = Field("corps", title="rôle des paragraphes")
    liste_lettres: OuiNon | None = Field(None, title="listes numérotées par des lettres")
    tableaux: tuple[TableauEntete, ...] = Field((), title="tableaux")
    signataires: tuple[SignataireEntete, ...] = Field((), title="signataires")
    remarque: TexteLong | None = Field(None, title="remarque pour les rédacteurs")


STATUTS = ("texte_officiel", "modele_regional", "redaction_propre")


@dataclass(frozen=True)
class Redaction:
    """One wording of one clause."""

    entete: Entete
    corps: str
    ligne_corps: int
    """Line of the file where the text begins."""
    fichier: FichierYaml
    bibliotheque: str
    empreinte: str

    @property
    def en_vigueur(self) -> Periode:
        """The period of validity of the wording."""
        return self.entete.en_vigueur.periode

    def source(self, ligne: int = 1) -> Source:
        """A line of the text (1 = its first line) as a place in the file."""
        return Source(self.fichier.nom, self.ligne_corps + ligne - 1)


@dataclass(frozen=True)
class Bibliotheque:
    """All the wordings, by clause. A library laid over another replaces a clause whole."""

    clauses: dict[str, tuple[Redaction, ...]] = field(default_factory=dict)
    constats: tuple[Constat, ...] = ()
    remplacees: tuple[str, ...] = ()
    """Clauses that an overlay replaced."""

    def wording(self, identifiant: str, date: dt.date) -> Redaction:
        """The wording of `identifiant` in force at `date`.

        Raises:
            ClauseError: C-001 unknown clause; C-002 no wording at the date.
        """
        redactions = self.clauses.get(identifiant)
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
    clauses: dict[str, tuple[Redaction, ...]] = {}
    constats: list[Constat] = []
    remplacees: list[str] = []
    for racine in racines:
        lues: dict[str, list[Redaction]] = {}
        for chemin in sorted(racine.dossier.glob("*/*/*.md")):
            if chemin.relative_to(racine.dossier).parts[0] in _FAMILLES_RESERVEES:
                continue
            redaction, fautes = read_wording(chemin, racine)
            constats.extend(fautes)
            if redaction is not None:
                lues.setdefault(redaction.entete.id, []).append(redaction)
        for identifiant, redactions in lues.items():
            if identifiant in clauses:
                remplacees.append(identifiant)
            clauses[identifiant] = tuple(redactions)
    return Bibliotheque(clauses, tuple(constats), tuple(remplacees))


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
        return None, [
            _fault(
                "C-010",
                Source(nom, 1),
                "Le fichier ne commence pas par un en-tête entre deux lignes «\u00a0---\u00a0».",
            )
        ]
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
    redaction = Redaction(
        entete,
        corps,
        trouve.group().count(b"\n") + 1,
        fichier,
        racine.nom,
        hashlib.sha256(contenu).hexdigest(),
    )
    return redaction, [*constats, *_check_identity(redaction, relatif)]


def _check_identity(redaction: Redaction, relatif: Path) -> list[Constat]:
    """The file's place says its id and its date; both must agree with the front matter."""
    entete, constats = redaction.entete, []
    attendu = ".".join(relatif.parts[:-1])
    if entete.id != attendu:
        constats.append(
            _fault(
                "C-011",
                redaction.fichier.source(("id",)),
                f"L’identifiant devrait être «\u00a0{attendu}\u00a0», d’après le dossier.",
            )
        )
    if relatif.stem != entete.en_vigueur.du.isoformat():
        constats.append(
            _fault(
                "C-012",
                redaction.fichier.source(("en_vigueur",)),
                f"Le fichier s’appelle {relatif.name} mais entre en vigueur le "
                f"{entete.en_vigueur.du}.",
            )
        )
    if entete.statut not in STATUTS:
        constats.append(
            _fault(
                "C-013",
                redaction.fichier.source(("statut",)),
                f"Statut «\u00a0{entete.statut}\u00a0» inconnu\u00a0; admis\u00a0: "
                f"{', '.join(STATUTS)}.",
            )
        )
    return constats


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
    "C-011": "Corriger l’identifiant ou déplacer le dossier.",
    "C-012": "Renommer le fichier d’après sa date d’entrée en vigueur.",
    "C-013": "Choisir l’un des statuts admis.",
}
