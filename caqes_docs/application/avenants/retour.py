"""A signed file that comes back: is it the act that was given to sign?"""

from __future__ import annotations

import hashlib
from pathlib import Path

from caqes_docs.core.errors import CaqesError, EnvironnementError, RevisionError, contained
from caqes_docs.core.systeme import os_reason


def read_return(chemin: Path, emis: bytes) -> tuple[str, bool]:
    """The SHA-256 of the signed PDF, and whether it begins with the file that was given to sign.

    A platform that writes the file anew is accepted when it says the same, word for word.

    Raises:
        RevisionError: A-010 it cannot be read, or says something else than the act.
    """
    try:
        octets = chemin.read_bytes()
    except OSError as error:
        raise _other(chemin, f"il ne peut pas être lu ({os_reason(error)})") from error
    empreinte = hashlib.sha256(octets).hexdigest()
    if octets.startswith(emis):
        return empreinte, True
    if not octets.startswith(b"%PDF"):
        raise _other(chemin, "ce n’est pas un PDF")
    from caqes_docs.review.texte_pdf import canonical, pdf_text

    try:
        with contained():
            meme = canonical(pdf_text(octets)) == canonical(pdf_text(emis))
    except EnvironnementError:
        raise
    except CaqesError as error:
        raise _other(chemin, "son texte ne se lit pas") from error
    if not meme:
        raise _other(chemin, "il ne dit pas, mot pour mot, ce que dit l’acte du dossier")
    return empreinte, False


def _other(chemin: Path, raison: str) -> RevisionError:
    return RevisionError(
        "A-010",
        f"«\u00a0{chemin}\u00a0» n’est pas l’acte à sceller, signé\u00a0: {raison}.",
        remede="Donner le PDF signé qui vient de l’acte définitif de ce dossier\u202f; un papier "
        "numérisé n’a pas de texte\u00a0: signer sans --depuis, et le conserver à part.",
    )
