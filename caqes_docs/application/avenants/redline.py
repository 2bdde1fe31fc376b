"""What shows the changes of an act, in every format, and what proves it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from caqes_docs import __version__
from caqes_docs.application.production import extension_of, render, render_body
from caqes_docs.application.sorties import write_whole
from caqes_docs.core.errors import EnvironnementError, RevisionError
from caqes_docs.document import model as doc
from caqes_docs.document.empreinte import digest, manifest
from caqes_docs.document.revision.alineas import place
from caqes_docs.document.revision.appliquer import accept, apply, invert, mark, reject
from caqes_docs.document.revision.forme import ClesNoeuds
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


@dataclass(frozen=True)
class Redline:
    """What shows a script, made and proved, ready to be written."""

    rendus: tuple[tuple[str, bytes], ...]
    """By extension, the proofs last."""
    document: str
    """The digest of the document that they show."""
    preuves: Mapping[str, object]
    hors_suivi: tuple[str, ...]
    manques: tuple[EnvironnementError, ...]

    @property
    def empreintes(self) -> tuple[str, ...]:
        """The SHA-256 of each file."""
        return tuple(hashlib.sha256(octets).hexdigest() for _, octets in self.rendus)

    def write(self, sortie: Path, base: str) -> tuple[str, ...]:
        """Write the files; their names."""
        for extension, octets in self.rendus:
            write_whole(sortie / f"{base}.{extension}", octets)
        return tuple(f"{base}.{extension}" for extension, _ in self.rendus)


def build_redline(
    type_: TypeDocument,
    etats: tuple[EtatActe, EtatActe],
    script: Script,
    formats: Sequence[str],
    suivi: tuple[str, dt.date],
) -> Redline:
    """What shows the `script` that makes B of A, with its proofs.

    `suivi`: the author and the date of its changes.

    Raises:
        RevisionError: A-006 a proof does not hold.
    """
    a, b = etats
    auteur, date = suivi
    moved = moved_anchors(prove(a.document, b.document, script))
    hors_suivi = untracked(a.document, b.document, moved)
    shown = build_comparison(a, b, script, auteur, date)
    rendus, manques = _rendered(shown, type_, formats, a, b)
    proofs = _proofs(a, b, script, hors_suivi, {f".{nom}": octets for nom, octets in rendus})
    proofs |= {"auteur": auteur, "date": date.isoformat()}
    rendus.append(("preuves.json", _json(proofs)))
    return Redline(tuple(rendus), digest(shown), proofs, hors_suivi, tuple(manques))


def prove(a: doc.Document, b: doc.Document, script: Script) -> doc.Document:
    """What shows the script; A-006: it does not make B of A, or what shows it is neither."""
    marked, after = mark(a, script), apply(a, script)
    cles = ClesNoeuds()
    key_a, key_b = cles.document(a), cles.document(b)
    held = {
        "appliqué à A, le script donne B": cles.document(after) == key_b,
        "son inverse, appliqué à B, donne A": cles.document(apply(after, invert(a, script)))
        == key_a,
        "tout accepter donne B": cles.document(accept(marked)) == key_b,
        "tout refuser donne A": cles.document(reject(marked)) == key_a,
        "un script vide, et lui seul, dit que rien ne change": bool(script) == (key_a != key_b),
    }
    _refuse_unproved([nom for nom, holds in held.items() if not holds])
    return marked


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
        rendus.append((extension_of(nom_format), octets))
    return rendus, manques


def _prove_word(
    octets: bytes, type_: TypeDocument, a: EtatActe, b: EtatActe, deplaces: frozenset[str]
) -> None:
    from caqes_docs.review.suivi.blocs import differences, open_word, parse_body
    from caqes_docs.review.suivi.controle import lint_changes
    from caqes_docs.review.suivi.resolution import VueSuivie

    fichier = open_word(octets)
    faults = list(lint_changes(fichier.body))
    vues: tuple[tuple[VueSuivie, EtatActe], ...] = (("acceptée", b), ("refusée", a))
    for vue, etat in vues:
        lu = fichier.view(vue, sans_page=True)
        attendu = fichier.read(parse_body(render_body(etat.document, type_)))
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
