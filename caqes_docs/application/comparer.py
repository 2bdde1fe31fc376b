"""Two states of an act compared: the redline in every format, and what proves it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from caqes_docs import __version__
from caqes_docs.application.production import Trace, record, render
from caqes_docs.application.projet import DOSSIERS, Projet, find_projet
from caqes_docs.application.selection import read_alone, select
from caqes_docs.application.sorties import prepare_folder, write_whole
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import DonneesError, EnvironnementError, RevisionError, UsageError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.depot import Affaire
from caqes_docs.document import model as doc
from caqes_docs.document.empreinte import digest, manifest
from caqes_docs.document.lecture import read_document
from caqes_docs.document.revision.alineas import place
from caqes_docs.document.revision.appliquer import accept, apply, invert, mark, reject
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.forme import document_key
from caqes_docs.document.revision.garde import (
    ALWAYS,
    EtatActe,
    build_comparison,
    counts,
    nature,
    untracked,
)
from caqes_docs.document.revision.marques import moved_anchors
from caqes_docs.document.revision.notation import marked_text
from caqes_docs.document.revision.script import Script
from caqes_docs.document.revision.serie import script_data, script_digest
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
    _prove(a.document, b.document, script)
    marked = mark(a.document, script)
    hors_suivi = untracked(a.document, b.document, moved_anchors(marked))
    seuls = tuple(nom for nom in noms if _is_path(nom) and _project_of(nom) is None)
    if not script:
        return BilanComparaison(script, hors_suivi=hors_suivi, seuls=seuls)
    auteur = demande.auteur or b.document.metadonnees.auteur
    date = demande.date or b.document.metadonnees.date
    shown = build_comparison(a, b, script, auteur, date)
    prepare_folder(demande.sortie)
    rendus, manques = _rendered(shown, type_, demande.formats, a, b)
    base = f"comparaison_{_base(a)}_{_base(b)}"
    proofs = _proofs(a, b, script, hors_suivi, {f".{nom}": octets for nom, octets in rendus})
    proofs |= {"auteur": auteur, "date": date.isoformat()}
    rendus.append(("preuves.json", _json(proofs)))
    for extension, octets in rendus:
        write_whole(demande.sortie / f"{base}.{extension}", octets)
    fichiers = tuple(f"{base}.{extension}" for extension, _ in rendus)
    record(demande.sortie, [_recorded(noms, demande, fichiers, rendus, digest(shown))])
    return BilanComparaison(script, fichiers, hors_suivi, tuple(manques), seuls)


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


# -- the proofs --


def _prove(a: doc.Document, b: doc.Document, script: Script) -> None:
    """A-006: the script does not make B of A, or what shows it is neither A nor B."""
    marked, after = mark(a, script), apply(a, script)
    key_a, key_b = document_key(a), document_key(b)
    held = {
        "appliqué à A, le script donne B": document_key(after) == key_b,
        "son inverse, appliqué à B, donne A": document_key(apply(after, invert(a, script)))
        == key_a,
        "tout accepter donne B": document_key(accept(marked)) == key_b,
        "tout refuser donne A": document_key(reject(marked)) == key_a,
        "un script vide, et lui seul, dit que rien ne change": bool(script) == (key_a != key_b),
    }
    _refuse_unproved([nom for nom, holds in held.items() if not holds])


def _refuse_unproved(manquees: Sequence[str]) -> None:
    if manquees:
        raise RevisionError(
            "A-006",
            f"La comparaison ne se prouve pas\u00a0: {', '.join(manquees)}. Rien n’est écrit.",
            remede="Transmettre les deux états à l’équipe du logiciel.",
        )


def _rendered(
    shown: doc.Document, type_: TypeDocument, formats: Sequence[str], a: EtatActe, b: EtatActe
) -> tuple[list[tuple[str, bytes]], list[EnvironnementError]]:
    """The files, once the Word one is proved from its XML alone."""
    rendus: list[tuple[str, bytes]] = []
    manques: list[EnvironnementError] = []
    for nom_format in formats:
        try:
            if nom_format == "txt":
                octets = marked_text(shown).encode()
            else:
                octets = render(shown, type_, nom_format, manifest(shown))
        except EnvironnementError as error:
            manques.append(error)
            continue
        if nom_format == "docx":
            _prove_word(octets, type_, a, b, moved_anchors(shown))
        rendus.append((nom_format, octets))
    return rendus, manques


def _prove_word(
    octets: bytes, type_: TypeDocument, a: EtatActe, b: EtatActe, deplaces: frozenset[str]
) -> None:
    from caqes_docs.review.suivi.blocs import differences, read_body
    from caqes_docs.review.suivi.controle import lint_file
    from caqes_docs.review.suivi.resolution import VueSuivie

    faults = list(lint_file(octets))
    vues: tuple[tuple[VueSuivie, EtatActe], ...] = (("acceptée", b), ("refusée", a))
    for vue, etat in vues:
        lu = read_body(octets, vue, sans_page=True)
        attendu = read_body(render(etat.document, type_, "docx"))
        faults += (f"Word, vue {vue}, {one}" for one in differences(lu, attendu, deplaces))
    _refuse_unproved(faults[:5])


def _proofs(
    a: EtatActe,
    b: EtatActe,
    script: Script,
    hors_suivi: tuple[str, ...],
    fichiers: dict[str, bytes],
) -> dict[str, object]:
    """What the comparison rests on, for whoever checks it again."""
    return {
        "moteur": __version__,
        "etats": {
            lettre: {
                "nom": etat.nom,
                "type": etat.document.metadonnees.type,
                "reference": etat.document.metadonnees.reference,
                "empreinte": etat.empreinte,
            }
            for lettre, etat in (("A", a), ("B", b))
        },
        "script": {"empreinte": script_digest(script), "operations": len(script.operations)},
        "natures": counts(script),
        "egalites": {
            "appliquer_A_donne_B": True,
            "inverse_B_donne_A": True,
            "accepter_donne_B": True,
            "refuser_donne_A": True,
            "word_accepte_donne_B": ".docx" in fichiers or None,
            "word_refuse_donne_A": ".docx" in fichiers or None,
        },
        "fichiers": {nom: hashlib.sha256(octets).hexdigest() for nom, octets in fichiers.items()},
        "jamais_suivi": list(ALWAYS),
        "non_suivi": list(hors_suivi),
        "modifications": [
            {"ou": place(a.document, operation), "nature": nature(operation), **data}
            for operation, data in zip(script.operations, script_data(script), strict=True)
        ],
    }


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _recorded(
    noms: tuple[str, str],
    demande: DemandeComparaison,
    fichiers: tuple[str, ...],
    rendus: Sequence[tuple[str, bytes]],
    empreinte: str,
) -> dict[str, object]:
    quand = demande.trace.quand
    sommes = (hashlib.sha256(octets).hexdigest() for _, octets in rendus)
    return {
        "quand": quand.isoformat(timespec="seconds") if quand else None,
        "qui": demande.trace.qui or None,
        "moteur": __version__,
        "comparaison": list(noms),
        "fichiers": dict(zip(fichiers, sommes, strict=True)),
        "document": empreinte,
    }
