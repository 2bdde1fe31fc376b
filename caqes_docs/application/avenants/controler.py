"""Each signed act made again from what was sealed: the same bytes, or what differs and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from caqes_docs import __version__
from caqes_docs.application.avenants.acte import build_avenant
from caqes_docs.application.avenants.etats import next_state, own_avenant, sealed_state
from caqes_docs.application.avenants.scelles import (
    registry,
    sealed_affaire,
    sealed_depot,
    sealed_project,
)
from caqes_docs.application.avenants.signer import marked_example
from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import CaqesError, contained
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.source import same_bytes
from caqes_docs.data.signes.modele import DOCUMENT, ETAT
from caqes_docs.data.signes.registre import ActeSigne
from caqes_docs.document.empreinte import canonical_json
from caqes_docs.document.lecture import read_document
from caqes_docs.document.model import Document, Piece
from caqes_docs.document.revision.alineas import place
from caqes_docs.document.revision.comparer import compare
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.types import find_type


@dataclass(frozen=True)
class Controle:
    """What became of one signed act."""

    acte: ActeSigne
    ecarts: tuple[str, ...]
    """What is no longer the same, and why; nothing when every byte is."""
    dossier_change: bool = False
    """The dossier of the project is no longer the one that was signed."""

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data."""
        scelle = self.acte.scelle
        return {
            "dossier": scelle.dossier,
            "acte": scelle.acte,
            "reference": scelle.reference,
            "exemple": scelle.exemple,
            "identique": not self.ecarts,
            "ecarts": list(self.ecarts),
            "dossier_change": self.dossier_change,
        }


def control(projet: Projet, noms: Sequence[str]) -> list[Controle]:
    """The signed acts of the dossiers named (all of them when none is), made again.

    Raises:
        UsageError: U-003 a name leads to no dossier. RevisionError: A-011 a broken chain.
    """
    registre = registry(projet)
    finess = registre.finess
    if noms:
        affaires = select(projet.named(noms), noms)
        finess = [affaire.stem for affaire in affaires]
    return [
        Controle(acte, tuple(_told(projet, acte)), _is_edited(projet, acte))
        for dossier in finess
        for acte in registre.acts(dossier)
    ]


def _is_edited(projet: Projet, acte: ActeSigne) -> bool:
    chemin = projet.racine / f"contracts_data/dossiers/{acte.scelle.dossier}.yaml"
    scelle = acte.scelle.entrees.get(f"dossiers/{acte.scelle.dossier}.yaml")
    return chemin.is_file() and hashlib.sha256(chemin.read_bytes()).hexdigest() != scelle


def _told(projet: Projet, acte: ActeSigne) -> Iterator[str]:
    """What differs, in French."""
    try:
        with contained():
            yield from _compared(projet, acte)
    except CaqesError as error:
        yield f"il ne se refait pas\u00a0: {error.code}, {error.message}"


def _compared(projet: Projet, acte: ActeSigne) -> Iterator[str]:
    fonds = sealed_project(registry(projet), acte.scelle)
    type_ = find_type(fonds.types, acte.scelle.type)
    octets = acte.read(DOCUMENT)
    chaine = registry(projet).acts(acte.scelle.dossier)
    enregistre = _with_pieces(read_document(octets, acte.nom), octets, chaine)
    refait, etat = rebuild(projet, acte)
    if canonical_json(etat) != acte.read(ETAT):
        yield f"refait, l’état du contrat après lui diffère{_why(acte)}"
    if canonical_json(refait) != octets:
        script = compare(enregistre, refait)
        lieux = "\u202f; ".join(place(enregistre, one) for one in script.operations[:3])
        nombre = compte(len(script.operations), "passage(s)")
        yield f"refait des données scellées, l’acte diffère ({nombre}\u00a0: {lieux}){_why(acte)}"
    yield from _files(enregistre, type_, acte, "l’acte enregistré")
    yield from _files(refait, type_, acte, "les données scellées")


def _files(document: Document, type_: TypeDocument, acte: ActeSigne, source: str) -> Iterator[str]:
    for nom, somme in acte.scelle.fichiers.items():
        contenu = render(document, type_, nom.rpartition(".")[2])
        if hashlib.sha256(contenu).hexdigest() != somme:
            yield f"{nom}, refait d’après {source}, n’a plus les mêmes octets{_why(acte)}"


def _why(acte: ActeSigne) -> str:
    avant = acte.scelle.moteur
    if avant != __version__:
        return f"\u00a0: le logiciel était en version {avant}, il est en version {__version__}"
    return f"\u00a0: même version du logiciel ({avant}), une bibliothèque de ce poste a changé"


def rebuild(projet: Projet, acte: ActeSigne) -> tuple[Document, Document]:
    """The act made again from its sealed data and library, and what the contract says then."""
    fonds = sealed_project(registry(projet), acte.scelle)
    type_ = find_type(fonds.types, acte.scelle.type)
    if acte.scelle.numero == 0:
        options = Options(definitif=True)
        affaire = sealed_affaire(acte)
        fait = assemble_act(type_, affaire, fonds.bibliotheque, fonds.droit, options).document
        fait = marked_example(fait) if acte.scelle.exemple else fait
        return fait, fait
    actes = registry(projet).acts(acte.scelle.dossier)
    rang = [un.scelle.acte for un in actes].index(acte.scelle.acte)
    charge, avant = own_avenant(acte), sealed_state(projet, actes[:rang])
    etats = next_state(fonds, avant, charge, acte.scelle.effet, sealed_depot(acte))
    options = Options(definitif=True, avenant=acte.scelle.numero)
    avenant = build_avenant(fonds, type_, etats, charge, options, exemples=True)
    document = avenant.assemblage.document
    return marked_example(document) if acte.scelle.exemple else document, avenant.apres.document


def _with_pieces(document: Document, octets: bytes, chaine: Sequence[ActeSigne]) -> Document:
    """The act as it was saved, with the files that travel in it, its own or of an earlier act."""
    contenus = (same_bytes(octets) for acte in chaine for octets in acte.entrees.values())
    connus = {hashlib.sha256(contenu).hexdigest(): contenu for contenu in contenus}
    pieces = (
        Piece(une["nom"], connus[une["sha256"]], une["type_mime"], une["description"])
        for une in json.loads(octets)["pieces"]
    )
    return replace(document, pieces=tuple(pieces))
