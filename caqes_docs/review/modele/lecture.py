"""A model of contract as a jurist has it (Word, OpenDocument, text), as a list of blocks."""

from __future__ import annotations

import zipfile

from lxml import etree

from caqes_docs.core.errors import UsageError
from caqes_docs.redaction.modele.blocs import BlocModele
from caqes_docs.review.modele.opendocument import read_odt
from caqes_docs.review.modele.paquet import PUCE, paragraph_block
from caqes_docs.review.modele.word import read_word

_OLE = b"\xd0\xcf\x11\xe0"


def read_model(contenu: bytes, nom: str) -> tuple[list[BlocModele], list[str]]:
    """The blocks of the model `nom`, and what there is to say of the reading.

    Raises:
        UsageError: I-001 it is not a Word, OpenDocument or text file; I-002 it holds no text.
    """
    suffixe = nom.rpartition(".")[2].lower()
    lire = {"docx": read_word, "odt": read_odt, "txt": _text}.get(suffixe)
    if lire is None:
        raise _refusal(f"«\u00a0.{suffixe}\u00a0» n’est pas un format lu")
    if suffixe != "txt" and contenu.startswith(_OLE):
        raise _refusal("il est chiffré par un mot de passe, ou c’est un ancien Word (.doc)")
    try:
        blocs, dires = lire(contenu)
    except (KeyError, ValueError, zipfile.BadZipFile, etree.LxmlError, RuntimeError) as error:
        raise _refusal(f"ce n’est pas un fichier .{suffixe} lisible") from error
    if not any(bloc.entier.strip() for bloc in blocs):
        raise UsageError(
            "I-002",
            f"«\u00a0{nom}\u00a0» ne contient aucun texte (fichier vide, ou image numérisée).",
            remede="Donner le fichier d’origine\u00a0; une image se reconnaît d’abord par un "
            "logiciel de reconnaissance de caractères.",
        )
    return blocs, dires


def _refusal(pourquoi: str) -> UsageError:
    return UsageError(
        "I-001",
        f"Le modèle ne peut pas être lu\u00a0: {pourquoi}.",
        remede="L’ouvrir dans Word ou LibreOffice, l’enregistrer sans mot de passe en .docx, .odt "
        "ou .txt (UTF-8), puis recommencer.",
    )


def _text(contenu: bytes) -> tuple[list[BlocModele], list[str]]:
    """A line is a paragraph, unless it goes on with the sentence of a long line."""
    if b"\x00" in contenu:
        raise ValueError("binary")
    try:
        texte, dires = contenu.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        texte, dires = contenu.decode("cp1252"), ["Texte lu dans l’encodage de Windows."]
    blocs: list[BlocModele] = []
    avant = ""
    for ligne in texte.splitlines():
        puce = PUCE.match(ligne)
        if avant[50:] and avant[-1] not in ".;:!?" and ligne[:1].islower() and not puce:
            dernier = blocs.pop()
            blocs.append(BlocModele(dernier.genre, f"{dernier.texte} {ligne.strip()}"))
        elif ligne.strip():
            blocs.append(paragraph_block(ligne))
        avant = ligne.rstrip()
    return blocs, dires
