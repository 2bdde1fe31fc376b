"""Seal a signed act: its words, the data and the library that they come from, never to move."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from caqes_docs import __version__
from caqes_docs.application.avenants.acte import build_avenant
from caqes_docs.application.avenants.etats import Etats, find_avenant, open_states
from caqes_docs.application.avenants.retour import read_return
from caqes_docs.application.avenants.scelles import library_files, registry
from caqes_docs.application.production import Rendus, Trace, make_files, record
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.sorties import file_name, prepare_folder, unwritten
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.application.verifier.signature import files_of
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.core.constats import Constat
from caqes_docs.core.errors import DonneesError, RevisionError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml
from caqes_docs.data.signes.fonds import tree_name
from caqes_docs.data.signes.modele import DOCUMENT, ENTREES, ETAT, Scelle, act_name
from caqes_docs.data.signes.registre import ActeSigne
from caqes_docs.document.empreinte import canonical_json
from caqes_docs.document.model import Document
from caqes_docs.law.avenant.etat import signature_day
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.types import find_type

EXEMPLE = "EXEMPLE"
"""What each page of an act sealed as a trial bears."""
FORMATS = ("docx", "pdf")


@dataclass(frozen=True)
class DemandeSignature:
    """What the user asks for."""

    le: dt.date
    sortie: Path
    depuis: Path | None = None
    exemple: bool = False
    """Seal an act of the samples, whose words or values are but examples, as a trial."""
    trace: Trace = Trace()


@dataclass(frozen=True)
class BilanSignature:
    """What was sealed, and where."""

    scelle: Scelle
    dossier: str
    fichiers: tuple[str, ...]
    constats: tuple[Constat, ...]
    reecrit: bool = False
    """The signed file says the same, but is not the one that was given to sign."""

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data."""
        return {
            "scelle": self.scelle.model_dump(mode="json", exclude_none=True),
            "dossier": self.dossier,
            "fichiers": list(self.fichiers),
            "reecrit": self.reecrit,
            "constats": [constat.as_dict() for constat in self.constats],
        }


def sign_contract(projet: Projet, nom: str, demande: DemandeSignature) -> BilanSignature:
    """Seal the contract of a dossier, and write the files that were given to sign.

    Raises:
        RevisionError: A-008 signed another day; A-009 sealed already; A-010 the file that came
            back is another act; A-012 a trial of what is no example.
        DonneesError: what a final act refuses.
    """
    refuse_unsound(projet)
    type_ = find_type(projet.types, "contrat")
    depot = projet.named([nom])
    (affaire,) = select(depot, [nom])
    refuse_faulty(nom, depot.errors_of(affaire))
    signature = affaire.dossier.valeur.contrat.signature
    refuse_other_day(affaire.dossier.fichier, ("contrat",), signature.date_retenue, demande.le)
    refuse_sealed(projet, affaire, act_name(None))
    options = Options(definitif=True)
    assemblage = assemble_checked(projet, affaire, type_, options, exemples=demande.exemple)
    if demande.exemple:
        assemblage = replace(assemblage, document=marked_example(assemblage.document))
    effet = assemblage.sujet.acte.date_effet
    assert effet is not None  # a final contract is signed
    octets = canonical_json(assemblage.document)
    entrees = _inputs(files_of(affaire, None))
    acte = ActeASceller(act_name(None), affaire, type_, assemblage, octets, effet, entrees)
    return seal(projet, acte, demande)


def _inputs(fichiers: Iterable[FichierYaml]) -> dict[str, bytes]:
    return {f.nom.removeprefix("contracts_data/"): f.contenu for f in fichiers}


def sign_avenant(
    projet: Projet, nom: str, numero: int, demande: DemandeSignature
) -> BilanSignature:
    """Seal an avenant of a sealed contract, and what the contract says once it has effect.

    Raises:
        RevisionError: A-008, A-009, A-010 as for a contract; A-013 the state that it was written on
            has moved; A-018 its contract is not sealed, or is but a trial.
        DonneesError: what a final act refuses.
    """
    refuse_unsound(projet)
    type_ = find_type(projet.types, "avenant")
    depot = projet.named([nom])
    (affaire,) = select(depot, [nom])
    refuse_faulty(nom, depot.errors_of(affaire, amende=True))
    charge = find_avenant(affaire, numero)
    refuse_other_day(charge.fichier, (), signature_day(charge.valeur), demande.le)
    refuse_sealed(projet, affaire, act_name(numero))
    contrat = _sealed_contract(projet, affaire, exemple=demande.exemple)
    etats = open_states(projet, affaire, numero)
    options = Options(definitif=True, avenant=numero)
    fait = build_avenant(projet, type_, etats, charge, options, exemples=demande.exemple)
    assemblage = fait.assemblage
    if demande.exemple:
        assemblage = replace(assemblage, document=marked_example(assemblage.document))
    octets = canonical_json(fait.apres.document)
    parties = (etats.apres.affaire.ars.fichier, etats.apres.affaire.organisme.fichier)
    entrees = {**contrat.entrees, **_inputs([charge.fichier, *parties])}
    acte = ActeASceller(
        act_name(numero), affaire, type_, assemblage, octets, etats.effet, entrees, etats
    )
    return seal(projet, acte, demande)


def _sealed_contract(projet: Projet, affaire: Affaire, *, exemple: bool) -> ActeSigne:
    """The contract that an avenant amends, sealed as a trial when the avenant is one."""
    actes = registry(projet).acts(affaire.stem)
    if not actes or actes[0].scelle.exemple is not exemple:
        quoi = "n’est pas scellé" if not actes else "n’est qu’un essai"
        quoi = quoi if not exemple or not actes else "est signé pour de bon"
        raise RevisionError(
            "A-018",
            f"Le contrat {affaire.reference} {quoi}\u00a0: un avenant modifie un contrat signé, et "
            "l’essai d’un avenant celui d’un contrat d’essai.",
            remede="Retirer --exemple."
            if actes and exemple
            else f"Sceller d’abord le contrat\u00a0: caqes signer {affaire.stem} --le …",
        )
    return actes[0]


@dataclass(frozen=True)
class ActeASceller:
    """An act ready to be sealed."""

    nom: str
    affaire: Affaire
    type: TypeDocument
    assemblage: Assemblage
    etat: bytes
    """What the contract says once the act has effect."""
    effet: dt.date
    entrees: Mapping[str, bytes]
    """The data that it is made from, by path below `contracts_data/`."""
    etats: Etats | None = None
    """The states around an avenant."""

    @property
    def document(self) -> Document:
        """The act."""
        return self.assemblage.document


def seal(projet: Projet, acte: ActeASceller, demande: DemandeSignature) -> BilanSignature:
    """Write the files of the act, then its seal, once all is made and what came back is read."""
    rendus, (retour, tel_quel) = _made(acte), (None, True)
    if demande.depuis is not None:
        retour, tel_quel = read_return(demande.depuis, dict(rendus.fichiers)["pdf"])
    prepare_folder(demande.sortie)
    faits = rendus.write(demande.sortie, _named(acte, demande))
    fonds = library_files(projet)
    document = canonical_json(acte.document)
    scelle = Scelle.model_validate(
        {
            "acte": acte.nom,
            "dossier": acte.affaire.stem,
            "reference": acte.affaire.reference,
            "type": acte.type.plan.id,
            "signe_le": demande.le.isoformat(),
            "effet": acte.effet.isoformat(),
            "exemple": "oui" if demande.exemple else "non",
            "moteur": __version__,
            "document": _sha256(document),
            "etat": _sha256(acte.etat),
            "base": acte.etats.avant.empreinte if acte.etats else None,
            "redactions": [r.model_dump(mode="json") for r in acte.etats.redactions]
            if acte.etats
            else [],
            "volets": acte.etats.volets if acte.etats else (),
            "bibliotheque": tree_name(fonds),
            "bibliotheques": {racine.nom: racine.prefixe for racine in projet.racines[1:]},
            "entrees": {nom: _sha256(contenu) for nom, contenu in acte.entrees.items()},
            "fichiers": dict(zip(faits.fichiers, faits.empreintes, strict=True)),
            "retour": retour,
        }
    )
    contenus = {f"{ENTREES}/{nom}": contenu for nom, contenu in acte.entrees.items()}
    _write(projet, scelle, {DOCUMENT: document, ETAT: acte.etat, **contenus}, fonds)
    record(demande.sortie, [_recorded(scelle, demande.trace)])
    return BilanSignature(
        scelle, _shown(scelle), faits.fichiers, acte.assemblage.constats, not tel_quel
    )


def _made(acte: ActeASceller) -> Rendus:
    rendus = make_files(acte.document, acte.type, FORMATS)
    for manque in rendus.manques:
        raise manque
    return rendus


def _named(acte: ActeASceller, demande: DemandeSignature) -> str:
    plan, affaire = acte.type.plan, acte.affaire
    numero = acte.nom.removeprefix("avenant-")
    prefixe = f"{plan.prefixe_fichier}_{numero}" if acte.etats else plan.prefixe_fichier
    base = file_name(prefixe, affaire.finess, affaire.reference, definitif=True)
    return f"{base.removesuffix('_definitif')}_exemple" if demande.exemple else base


def marked_example(document: Document) -> Document:
    """The act, which says on every page that it is but a trial."""
    return replace(document, bandeaux=replace(document.bandeaux, projet=EXEMPLE))


def refuse_faulty(nom: str, fautes: tuple[Constat, ...]) -> None:
    """D-000: the files of the dossier have errors."""
    if fautes:
        nombre = compte(len(fautes), "erreur(s)")
        raise DonneesError("D-000", f"Les fichiers de «\u00a0{nom}\u00a0» ont {nombre}.", fautes)


def refuse_other_day(
    fichier: FichierYaml, chemin: Chemin, ecrite: dt.date | None, le: dt.date
) -> None:
    """A-008: the data say that the act is signed another day, or do not say when."""
    if ecrite == le:
        return
    dit = f"signé le {date_longue(ecrite)}" if ecrite else "sans date de signature"
    raise RevisionError(
        "A-008",
        f"L’acte serait scellé comme signé le {date_longue(le)}, et «\u00a0{fichier.nom}\u00a0» "
        f"le dit {dit}.",
        remede="Écrire dans le dossier la date à laquelle l’acte a été signé, ou donner celle du "
        "dossier à --le.",
        source=fichier.source((*chemin, "signature", "date")),
    )


def refuse_sealed(projet: Projet, affaire: Affaire, nom: str) -> None:
    """A-009: the act is sealed already."""
    dossier = affaire.stem
    for acte in registry(projet).acts(dossier):
        if acte.scelle.acte == nom:
            raise RevisionError(
                "A-009",
                f"L’acte est déjà scellé, comme signé le {date_longue(acte.scelle.signe_le)}"
                f"\u00a0: {acte.nom}.",
                remede="Ce n’est qu’un essai\u00a0: supprimer ce dossier pour sceller le vrai acte."
                if acte.scelle.exemple
                else "Un acte signé ne bouge plus\u00a0: ce qui change se fait par avenant.",
            )


def _write(
    projet: Projet, scelle: Scelle, contenus: Mapping[str, bytes], fonds: Mapping[str, bytes]
) -> None:
    with _writing(Path(_shown(scelle))):
        registry(projet).write(scelle, contenus, fonds)


@contextlib.contextmanager
def _writing(chemin: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritten(chemin, error) from error


def _shown(scelle: Scelle) -> str:
    return f"contracts_data/signes/{scelle.dossier}/{scelle.acte}"


def _recorded(scelle: Scelle, trace: Trace) -> dict[str, object]:
    return {
        "quand": trace.quand.isoformat(timespec="seconds") if trace.quand else None,
        "qui": trace.qui or None,
        "moteur": scelle.moteur,
        "scelle": _shown(scelle),
        "exemple": scelle.exemple,
        "fichiers": dict(scelle.fichiers),
        "document": scelle.document,
    }


def _sha256(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()
