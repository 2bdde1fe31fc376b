"""Two states of an act compared: the redline in every format, and what proves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from caqes_docs import __version__
from caqes_docs.application.avenants.redline import build_redline, prove
from caqes_docs.application.production import Trace, record
from caqes_docs.application.projet import DOSSIERS, Projet, find_projet
from caqes_docs.application.selection import read_alone, select
from caqes_docs.application.sorties import prepare_folder
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import DonneesError, EnvironnementError, RevisionError, UsageError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.depot import Affaire
from caqes_docs.document.empreinte import digest
from caqes_docs.document.lecture import read_document
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.garde import (
    EtatActe,
    counts,
    untracked,
)
from caqes_docs.document.revision.script import Script
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.types import find_type


@dataclass(frozen=True)
class DemandeComparaison:
    """What the user asks for."""

    sortie: Path
    formats: tuple[str, ...] = ("docx", "pdf")
    type: str = "contrat"
    options: Options = Options()
    auteur: str | None = None
    date: dt.date | None = None
    """Author and date of the changes; those of state B by default, never today's."""
    trace: Trace = Trace()


@dataclass(frozen=True)
class BilanComparaison:
    """What came of it."""

    script: Script
    fichiers: tuple[str, ...] = ()
    hors_suivi: tuple[str, ...] = ()
    manques: tuple[EnvironnementError, ...] = ()
    seuls: tuple[str, ...] = ()
    """The states that are a file alone, read with the clauses and the records of the project."""

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data."""
        return {
            "modifications": len(self.script.operations),
            "natures": counts(self.script),
            "fichiers": list(self.fichiers),
            "non_suivi": list(self.hors_suivi),
            "manques": [manque.as_dict() for manque in self.manques],
            "lus_avec_ce_projet": list(self.seuls),
        }


def compare_states(
    projet: Projet, noms: tuple[str, str], demande: DemandeComparaison
) -> BilanComparaison:
    """Compare two states and write what shows it; nothing when they say the same.

    Raises:
        RevisionError: A-002 a saved act that cannot be read; A-005 two kinds of acts; A-006 a
            proof that does not hold: nothing is written.
        UsageError: U-003 an unknown dossier; U-091 a path to no file. DonneesError: D-000 its files
            have errors.
    """
    type_, a, b = _both(projet, noms, demande)
    script = compare(a.document, b.document)
    seuls = tuple(nom for nom in noms if _is_path(nom) and _project_of(nom) is None)
    if not script:
        prove(a.document, b.document, script)
        hors_suivi = untracked(a.document, b.document, frozenset())
        return BilanComparaison(script, hors_suivi=hors_suivi, seuls=seuls)
    auteur = demande.auteur or b.document.metadonnees.auteur
    date = demande.date or b.document.metadonnees.date
    redline = build_redline(type_, (a, b), script, demande.formats, (auteur, date))
    prepare_folder(demande.sortie)
    base = f"comparaison_{_base(a)}_{_base(b)}"
    fichiers = redline.write(demande.sortie, base)
    sommes = dict(zip(fichiers, redline.empreintes, strict=True))
    record(demande.sortie, [_recorded(noms, demande, sommes, redline.document)])
    return BilanComparaison(script, fichiers, redline.hors_suivi, redline.manques, seuls)


# -- the two states --


def _both(
    projet: Projet, noms: tuple[str, str], demande: DemandeComparaison
) -> tuple[TypeDocument, EtatActe, EtatActe]:
    a, b = (_state(projet, nom, demande) for nom in noms)
    kinds = [etat.document.metadonnees.type for etat in (a, b)]
    if kinds[0] != kinds[1]:
        raise RevisionError(
            "A-005",
            f"Les deux états ne sont pas du même acte\u00a0: «\u00a0{kinds[0]}\u00a0» et "
            f"«\u00a0{kinds[1]}\u00a0».",
            remede="Comparer deux états d’un même type de document (--type pour un dossier).",
        )
    return find_type(projet.types, kinds[1]), a, b


def _state(projet: Projet, nom: str, demande: DemandeComparaison) -> EtatActe:
    if nom.lower().endswith(".json"):
        document = read_document(_read(Path(nom)), nom)
        return EtatActe(Path(nom).name, document, digest(document))
    ailleurs = _project_of(nom) if _is_path(nom) else projet
    refuse_unsound(ailleurs or projet)
    affaire = _dossier(ailleurs, nom, demande) if ailleurs else read_alone(projet, Path(nom))
    type_ = find_type((ailleurs or projet).types, demande.type)
    document = assemble_checked(ailleurs or projet, affaire, type_, demande.options).document
    return EtatActe(nom, document, digest(document))


def _read(chemin: Path) -> bytes:
    try:
        return chemin.read_bytes()
    except OSError as error:
        raise RevisionError(
            "A-002",
            f"«\u00a0{chemin}\u00a0» ne peut pas être lu\u00a0: {os_reason(error)}.",
            remede="Vérifier le chemin\u202f; «\u00a0caqes generer --formats json\u00a0» écrit un "
            "tel fichier.",
        ) from error


def _is_path(nom: str) -> bool:
    """Whether a state is given by the path of a file, not by the name of a dossier.

    Raises:
        UsageError: U-091 there is no such file.
    """
    chemin = Path(nom)
    if chemin.suffix not in (".yaml", ".yml") or (len(chemin.parts) < 2 and not chemin.is_file()):
        return False
    if not chemin.is_file():
        raise UsageError(
            "U-091",
            f"«\u00a0{nom}\u00a0» n’est pas un fichier.",
            remede="Vérifier le chemin, ou nommer un dossier du projet par son FINESS.",
        )
    return True


def _project_of(nom: str) -> Projet | None:
    """The project that keeps, among its dossiers, the file at that path: another state of it."""
    chemin = Path(nom).resolve()
    for parent in chemin.parents:
        siens = parent / "contracts_data" / "dossiers"
        if chemin.is_relative_to(siens) and all((parent / nom).is_dir() for nom in DOSSIERS):
            return find_projet(parent)
    return None


def _dossier(projet: Projet, nom: str, demande: DemandeComparaison) -> Affaire:
    cle = Path(nom).stem if _is_path(nom) else nom
    depot = projet.named([cle])
    (affaire,) = select(depot, [cle])
    fautes = depot.errors_of(affaire, demande.options.annee)
    if fautes:
        nombre = compte(len(fautes), "erreur(s)")
        raise DonneesError("D-000", f"Les fichiers de «\u00a0{nom}\u00a0» ont {nombre}.", fautes)
    return affaire


def _base(etat: EtatActe) -> str:
    """What a state is called in the name of a file."""
    return Path(etat.nom).name.partition(".")[0]


def _recorded(
    noms: tuple[str, str],
    demande: DemandeComparaison,
    fichiers: Mapping[str, str],
    empreinte: str,
) -> dict[str, object]:
    quand = demande.trace.quand
    return {
        "quand": quand.isoformat(timespec="seconds") if quand else None,
        "qui": demande.trace.qui or None,
        "moteur": __version__,
        "comparaison": list(noms),
        "fichiers": dict(fichiers),
        "document": empreinte,
    }
