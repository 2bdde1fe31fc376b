"""Who validated which words: the records of a library, and the digest that they answer for."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pydantic import Field

from caqes_docs.core.constats import Constat
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.data.lecture.types import Date, Modele, OuiNon, TexteSimple
from caqes_docs.data.lecture.yaml_strict import FichierYaml
from caqes_docs.document.model import ValidationClause
from caqes_docs.redaction.bibliotheque.entete import Entete

FICHIER = "validations.yaml"
"""Beside the clauses of a library: its validations, one added after another."""
Cle: TypeAlias = tuple[str, dt.date]
_IMPRIMES = ("titre", "si", "sinon", "tableaux", "signataires")


class RedactionValidee(Modele):
    """One wording, and the digest of the words that were read."""

    id: TexteSimple = Field(title="identifiant de la clause")
    du: Date = Field(title="date d’effet de la rédaction")
    empreinte: TexteSimple = Field(title="SHA-256 du texte validé")


class Seance(Modele):
    """What one person validated one day."""

    par: TexteSimple = Field(title="nom de qui valide")
    qualite: TexteSimple = Field(title="qualité de qui valide")
    le: Date = Field(title="jour de la validation")
    fictif: OuiNon | None = Field(None, title="validation d’exemple")
    redactions: tuple[RedactionValidee, ...] = Field(title="rédactions validées")


class RegistreValidations(Modele):
    """`validations.yaml`."""

    validations: tuple[Seance, ...] = Field(title="validations")


@dataclass(frozen=True)
class Validation:
    """One wording validated: by whom, for which words, and where it is written."""

    empreinte: str
    fait: ValidationClause
    source: Source


@dataclass(frozen=True)
class Validations:
    """Those of one library, each with the wording that it names, in the order of the file."""

    toutes: tuple[tuple[Cle, Validation], ...] = ()
    constats: tuple[Constat, ...] = ()

    def by_wording(self, anciens: Mapping[str, str]) -> Mapping[Cle, list[Validation]]:
        """The validations of each wording, under the present id of its clause."""
        trouves: dict[Cle, list[Validation]] = defaultdict(list)
        for (identifiant, du), validation in self.toutes:
            trouves[anciens.get(identifiant, identifiant), du].append(validation)
        return trouves


def load_validations(dossier: Path, prefixe: str) -> Validations:
    """The validations of the library in `dossier`; none when nobody validated anything."""
    chemin = dossier / FICHIER
    if not chemin.is_file():
        return Validations()
    charge, constats = load_record(chemin, f"{prefixe}/{FICHIER}", RegistreValidations)
    return Validations(tuple(_each(charge)) if charge else (), tuple(constats))


def _each(charge: Charge[RegistreValidations]) -> Iterator[tuple[Cle, Validation]]:
    for rang, seance in enumerate(charge.valeur.validations):
        fait = ValidationClause(seance.par, seance.qualite, seance.le, bool(seance.fictif))
        for numero, lue in enumerate(seance.redactions):
            source = charge.fichier.source(("validations", rang, "redactions", numero))
            yield (lue.id, lue.du), Validation(lue.empreinte, fait, source)


def words_digest(entete: Entete, fichier: FichierYaml, ecrit: str) -> str:
    """The SHA-256 of all that a wording prints: its text, and the keys that change what is read.

    What is only said of it (references, status, day of its last reading…) does not count.
    """
    donnees = fichier.donnees if isinstance(fichier.donnees, dict) else {}
    imprime = {
        **{cle: donnees[cle] for cle in _IMPRIMES if donnees.get(cle) is not None},
        "role": entete.role,
        "liste_lettres": bool(entete.liste_lettres),
        "texte": ecrit.strip("\n"),
    }
    return hashlib.sha256(json.dumps(imprime, sort_keys=True).encode()).hexdigest()
