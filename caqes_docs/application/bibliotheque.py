"""Read the clause library: its wordings, and how a clause changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import itertools

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat
from caqes_docs.core.errors import ClauseError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.redaction.bibliotheque.nommage import old_name
from caqes_docs.redaction.bibliotheque.redactions import Redaction


@dataclasses.dataclass(frozen=True)
class LigneRedaction:
    """One wording, as listed."""

    id: str
    periode: str
    statut: str
    bibliotheque: str
    titre: str
    fichier: str
    validation: str
    """Who answers for the present words, or why nobody does."""

    def as_dict(self) -> dict[str, str]:
        """The line as JSON-ready data."""
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True)
class VersionClause:
    """One wording and what it changed, line by line (`+`, `-`)."""

    ligne: LigneRedaction
    changements: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The step as JSON-ready data."""
        return {**self.ligne.as_dict(), "changements": list(self.changements)}


def list_wordings(
    projet: Projet, au: dt.date | None, *, a_valider: bool = False
) -> list[LigneRedaction]:
    """Every wording by clause and date: those in force at `au`, or that nobody answers for."""
    return [
        _line(redaction)
        for identifiant in sorted(projet.bibliotheque.clauses)
        for redaction in projet.bibliotheque.clauses[identifiant]
        if (au is None or redaction.en_vigueur.holds(au))
        and not (a_valider and redaction.is_validated)
    ]


def history(projet: Projet, clause: str) -> list[VersionClause]:
    """The successive wordings of `clause`.

    Raises:
        ClauseError: C-001 no such clause.
    """
    clauses = projet.bibliotheque.clauses
    actuel = projet.bibliotheque.present(clause)
    if actuel not in clauses:
        raise ClauseError(
            "C-001",
            f"La clause «\u00a0{clause}\u00a0» n’est pas dans la bibliothèque.",
            remede=close_name(clause, clauses) or "Voir «\u00a0caqes clauses liste\u00a0».",
        )
    etapes: list[VersionClause] = []
    avant: Redaction | None = None
    for redaction in clauses[actuel]:
        etapes.append(VersionClause(_line(redaction), _changes(avant, redaction)))
        avant = redaction
    return etapes


def renamed_findings(projet: Projet, clause: str) -> tuple[Constat, ...]:
    """What there is to say of a clause asked for by a former id."""
    actuel = projet.bibliotheque.present(clause)
    return () if actuel == clause else (old_name(clause, actuel, Source("ligne de commande")),)


def _changes(avant: Redaction | None, apres: Redaction) -> tuple[str, ...]:
    if avant is None:
        return ()
    lignes = difflib.unified_diff(_written(avant), _written(apres), lineterm="", n=0)
    return tuple(ligne for ligne in lignes if not ligne.startswith(("---", "+++", "@@")))


def _written(redaction: Redaction) -> list[str]:
    """What a jurist writes to be printed: the described tables, then the text."""
    entete = redaction.fichier.contenu.decode().splitlines()
    tables = itertools.dropwhile(lambda ligne: ligne != "tableaux:", entete)
    decrits = itertools.takewhile(lambda ligne: ligne.startswith((" ", "-")), [*tables][1:])
    return [*decrits, *redaction.ecrit.splitlines()]


def _line(redaction: Redaction) -> LigneRedaction:
    entete = redaction.entete
    return LigneRedaction(
        entete.id,
        str(redaction.en_vigueur),
        entete.statut,
        redaction.bibliotheque,
        entete.titre or "",
        redaction.fichier.nom,
        _answered(redaction),
    )


def _answered(redaction: Redaction) -> str:
    """Who answers for the words of a wording, or why nobody does."""
    presente = redaction.validation
    if presente is None:
        return "changée depuis" if redaction.validations else "non"
    fait = presente.fait
    exemple = " (exemple)" if fait.fictive else ""
    return f"{fait.par}, {fait.qualite}, {date_longue(fait.le)}{exemple}"
