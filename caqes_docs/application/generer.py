"""Make the acts: one at a time or all of them, one failure never stopping the rest."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import file_name, prepare_folder, write_whole
from caqes_docs.application.verifier.actes import faults_of_act, refuse_to_sign
from caqes_docs.application.verifier.bibliotheque import verify_library
from caqes_docs.assembly.assembler import Assemblage, Options, assemble
from caqes_docs.assembly.conditions import CODE_SANS_OBJET
from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.errors import (
    BibliothequeError,
    CaqesError,
    DonneesError,
    EnvironnementError,
    UsageError,
)
from caqes_docs.core.francais.accord import compte
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.document.empreinte import Manifeste, manifest
from caqes_docs.document.model import Document
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.redaction.bibliotheque.plan import TypeDocument, find_type
from caqes_docs.rendering.docx.charte.charte import load_coquille
from caqes_docs.rendering.docx.writer import write_docx
from caqes_docs.rendering.json import write_json
from caqes_docs.rendering.pdf.writer import write_pdf
from caqes_docs.rendering.texte import write_texte

FORMATS = ("docx", "pdf", "txt", "json")


@dataclass(frozen=True)
class Demande:
    """What the user asks for."""

    sortie: Path
    formats: tuple[str, ...] = ("docx", "pdf")
    types: tuple[str, ...] = ("contrat",)
    options: Options = Options()
    travaux: int = 1
    """Processes that share the work; the files and the report do not depend on it."""
    tous: bool = False
    """Every dossier is asked for: those that have nothing of a type are passed over."""


@dataclass(frozen=True)
class Resultat:
    """What became of one act."""

    dossier: str
    nom: str
    """Raison sociale, for the table."""
    type: str
    fichiers: tuple[str, ...] = ()
    constats: tuple[Constat, ...] = ()
    erreur: CaqesError | None = None
    empreinte: str = ""

    @property
    def is_without_object(self) -> bool:
        """Whether the dossier has no such document."""
        return self.erreur is not None and self.erreur.code == CODE_SANS_OBJET

    @property
    def a_completer(self) -> int:
        """How many data are still missing."""
        return sum(constat.gravite is Gravite.MANQUE for constat in self.constats)


@dataclass(frozen=True)
class Bilan:
    """What became of all of them."""

    resultats: tuple[Resultat, ...]
    constats: tuple[Constat, ...] = field(default=())
    """Findings that kept a dossier from being read at all."""

    @property
    def echecs(self) -> tuple[Resultat, ...]:
        """The acts that could not be made."""
        return tuple(resultat for resultat in self.resultats if resultat.erreur is not None)


def generate(
    projet: Projet,
    noms: Sequence[str],
    demande: Demande,
    suivi: Callable[[Resultat], None] = lambda _resultat: None,
) -> Bilan:
    """Make the acts of the dossiers named (all of them when none is).

    Raises:
        BibliothequeError: C-000 the library has errors (all listed).
        UsageError: U-003 a name leads to no dossier; U-009 there is none; U-008 nothing can be
            written where the files are to go.
        ClauseError: P-001 an unknown document type.
    """
    fautes = [c for c in verify_library(projet) if c.gravite is Gravite.ERREUR]
    if fautes:
        raise BibliothequeError(sort_constats(fautes))
    types = [find_type(projet.types, nom) for nom in demande.types]
    depot = projet.depot()
    affaires = select(depot, noms)
    if not affaires and not depot.constats:
        raise UsageError(
            "U-009",
            "Le projet n’a aucun dossier\u00a0: il n’y a rien à produire.",
            remede="En créer\u00a0: caqes nouveau dossier FINESS, ou caqes importer finess TABLE.",
        )
    prepare_folder(demande.sortie)
    resultats: list[Resultat] = []
    for resultat in _each(projet, affaires, types, demande):
        if demande.tous and resultat.is_without_object:
            continue
        resultats.append(resultat)
        suivi(resultat)
    bilan = Bilan(tuple(resultats), _unread(depot, affaires if noms else None, types))
    write_whole(demande.sortie / "manifeste.json", _manifest(bilan, projet))
    return bilan


def select(depot: Depot, noms: Sequence[str]) -> list[Affaire]:
    """The affaires named, or all of them.

    Raises:
        UsageError: U-003 a name leads to nothing; D-… it leads to a faulty dossier.
    """
    try:
        return depot.select(noms)
    except KeyError as error:
        nom = str(error.args[0])
        fautes = [c for c in depot.constats if Path(c.source.fichier).stem == Path(nom).stem]
        if fautes:
            raise DonneesError(
                "D-000", f"Le dossier «\u00a0{nom}\u00a0» a des erreurs.", fautes
            ) from None
        raise UsageError(
            "U-003",
            f"Aucun dossier ne s’appelle «\u00a0{nom}\u00a0».",
            remede=close_name(nom, depot.affaires)
            or "Donner le nom du fichier, le FINESS juridique ou la référence du contrat.",
        ) from None


def _unread(
    depot: Depot, affaires: Sequence[Affaire] | None, types: Sequence[TypeDocument]
) -> tuple[Constat, ...]:
    """What could not be read: of all files, or of the evaluations that the acts are made from."""
    if affaires is None:
        return tuple(sort_constats(depot.constats))
    if all(type_.plan.donnees == "contrat" for type_ in types):
        return ()
    return tuple(sort_constats(depot.constats_of(affaires)))


def _each(
    projet: Projet, affaires: Iterable[Affaire], types: Sequence[TypeDocument], demande: Demande
) -> Iterator[Resultat]:
    actes = [
        acte for affaire in affaires for type_ in types for acte in _acts(affaire, type_, demande)
    ]
    if demande.travaux < 2 or len(actes) < 2:
        for acte in actes:
            yield make_one(projet, acte, demande)
        return
    contexte = multiprocessing.get_context("spawn")
    rendus = 0
    with (
        contextlib.suppress(BrokenProcessPool, BrokenPipeError),
        ProcessPoolExecutor(
            demande.travaux, contexte, initializer=_start_worker, initargs=(projet, demande)
        ) as equipe,
    ):
        taches = [(acte.affaire, acte.type.plan.id, acte.annee) for acte in actes]
        for resultat in equipe.map(_work, taches):
            rendus += 1
            yield resultat
    for acte in actes[rendus:]:  # the machine killed the team: work alone
        yield make_one(projet, acte, demande)


@dataclass(frozen=True)
class ActeDemande:
    """One act to make: of which dossier, of which type, of which evaluated year."""

    affaire: Affaire
    type: TypeDocument
    annee: int | None = None


def _acts(affaire: Affaire, type_: TypeDocument, demande: Demande) -> list[ActeDemande]:
    """The acts of one type: one, or one for each evaluated year asked for.

    A dossier without the evaluation has none when all are asked for; named, it is a failure.
    """
    voulue = demande.options.annee
    if type_.plan.donnees != "evaluation":
        return [ActeDemande(affaire, type_, voulue)]
    annees = [annee for annee in affaire.evaluations if voulue in (None, annee)]
    if not annees and not demande.tous:
        return [ActeDemande(affaire, type_, voulue)]
    return [ActeDemande(affaire, type_, annee) for annee in annees]


_ATELIER: dict[str, tuple[Projet, Demande]] = {}


def _start_worker(projet: Projet, demande: Demande) -> None:
    _ATELIER["ici"] = (Projet(projet.racine, projet.bibliotheques), demande)


def _work(acte: tuple[Affaire, str, int | None]) -> Resultat:
    projet, demande = _ATELIER["ici"]
    affaire, identifiant, annee = acte
    return make_one(
        projet, ActeDemande(affaire, find_type(projet.types, identifiant), annee), demande
    )


def make_one(projet: Projet, acte: ActeDemande, demande: Demande) -> Resultat:
    """One act: checked, assembled, written; its failure is part of the result."""
    affaire, plan = acte.affaire, acte.type.plan
    dossier = affaire.dossier.valeur
    nom, stem = dossier.etablissement.nom_affiche, Path(affaire.dossier.fichier.nom).stem
    options = replace(demande.options, annee=acte.annee)
    try:
        assemblage = assemble_checked(projet, affaire, acte.type, options)
        base = file_name(
            plan.prefixe_fichier
            if plan.donnees == "contrat" or acte.annee is None
            else f"{plan.prefixe_fichier}_{acte.annee}",
            affaire.finess,
            dossier.contrat.reference,
            definitif=options.definitif,
        )
        manifeste = manifest(assemblage.document)
        fichiers, manque = _write_files(assemblage.document, manifeste, acte.type, demande, base)
    except CaqesError as error:
        return Resultat(stem, nom, plan.id, (), error.constats, error)
    return Resultat(stem, nom, plan.id, fichiers, assemblage.constats, manque, manifeste.empreinte)


def assemble_checked(
    projet: Projet, affaire: Affaire, type_document: TypeDocument, options: Options
) -> Assemblage:
    """The assembled act, after the checks that compare the dossier with the law.

    Raises:
        DonneesError: the dossier contradicts the catalogue or the law (all faults listed).
    """
    fautes = check_affaire(affaire, projet.droit, options.date_effet)
    erreurs = [faute for faute in fautes if faute.gravite is Gravite.ERREUR]
    if erreurs:
        raise DonneesError("D-000", f"Le dossier a {compte(len(erreurs), 'erreur(s)')}.", erreurs)
    assemblage = assemble(type_document, affaire, projet.bibliotheque, projet.droit, options)
    propres = faults_of_act(projet, type_document.plan, assemblage)
    if options.definitif:
        refuse_to_sign(propres)
    constats = tuple(sort_constats({*assemblage.constats, *fautes, *propres}))
    return Assemblage(assemblage.document, constats, assemblage.faits)


def _write_files(
    document: Document,
    manifeste: Manifeste,
    type_document: TypeDocument,
    demande: Demande,
    base: str,
) -> tuple[tuple[str, ...], EnvironnementError | None]:
    """The files written, once all are made: no Word is left beside a PDF that was refused.

    A format that the machine cannot make does not stop the others.
    """
    rendus: list[tuple[str, bytes]] = []
    manque: EnvironnementError | None = None
    for nom_format in demande.formats:
        try:
            rendus.append((nom_format, render(document, type_document, nom_format, manifeste)))
        except EnvironnementError as error:
            manque = error
    chemins = [demande.sortie / f"{base}.{nom_format}" for nom_format, _ in rendus]
    for chemin, (_, contenu) in zip(chemins, rendus, strict=True):
        write_whole(chemin, contenu)
    return tuple(chemin.name for chemin in chemins), manque


def render(
    document: Document,
    type_document: TypeDocument,
    nom_format: str,
    manifeste: Manifeste | None = None,
) -> bytes:
    """The bytes of `document` in one format of `FORMATS`.

    `manifeste` spares its computation to who has it already.

    Raises:
        EnvironnementError: the machine lacks what the format needs.
        RenduError: the house style is unusable.
    """
    if nom_format == "docx":
        coquille = load_coquille(type_document.coquille)
        return write_docx(document, coquille, manifeste=manifeste)
    if nom_format == "pdf":
        return write_pdf(document, type_document.feuille.read_text(encoding="utf-8"))
    if nom_format == "json":
        return write_json(document)
    return write_texte(document).encode()


def _manifest(bilan: Bilan, projet: Projet) -> bytes:
    """What was made from what, for the record: no date, no path of the machine."""
    actes = [
        {
            "dossier": resultat.dossier,
            "type": resultat.type,
            "fichiers": list(resultat.fichiers),
            "empreinte": resultat.empreinte,
            "a_completer": resultat.a_completer,
            "erreur": resultat.erreur.code if resultat.erreur else None,
        }
        for resultat in bilan.resultats
    ]
    contenu = {
        "bibliotheques": [racine.nom for racine in projet.racines],
        "clauses_remplacees": list(projet.bibliotheque.remplacees),
        "actes": actes,
    }
    return (json.dumps(contenu, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


__all__ = ["FORMATS", "Bilan", "Demande", "Resultat", "generate", "make_one", "render"]
