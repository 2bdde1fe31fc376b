"""Somebody answers for every wording, as a final act asks: whatever the words are today."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import replace
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.valider import Designation, Validateur, validate
from caqes_docs.core.source import Source
from caqes_docs.document.model import ValidationClause
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque, Redaction
from caqes_docs.redaction.bibliotheque.validations import Validation

JOUR = dt.date(2026, 11, 29)
QUI = Validateur("Juriste fictif", "essai du logiciel", JOUR)


def validate_all(racine: Path, *bibliotheques: Path) -> None:
    """Record in the project at `racine` that somebody answers for all its wordings."""
    validate(Projet(racine, bibliotheques), Designation(toutes=True), QUI, JOUR)


def make_signable(racine: Path) -> None:
    """Validate all the wordings of a sample project, and call none of its values an example."""
    validate_all(racine)
    for chemin in (racine / "contracts_data").rglob("*.yaml"):
        texte = chemin.read_text(encoding="utf-8")
        if "fictif: oui" in texte:
            chemin.write_text(re.sub(r",? *fictif: oui\n?", "", texte), encoding="utf-8")


def answer_for(redaction: Redaction, fait: ValidationClause | None = None) -> Redaction:
    """The wording, validated."""
    fait = fait or ValidationClause(QUI.par, QUI.qualite, QUI.le)
    return replace(redaction, validations=(Validation(redaction.mots, fait, Source("essai")),))


class ProjetValide(Projet):
    """A project that nothing on disk validates, all of whose words somebody answers for."""

    @functools.cached_property
    def bibliotheque(self) -> Bibliotheque:
        """The clauses of the libraries, validated as they are."""
        lue = super().bibliotheque
        clauses = {nom: tuple(map(answer_for, lues)) for nom, lues in lue.clauses.items()}
        return replace(lue, clauses=clauses)
