"""Make the acts: one at a time or all of them, one failure never stopping the rest."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from caqes_docs import __version__
from caqes_docs.application.production import (
    FORMATS,
    Production,
    Sortie,
    Trace,
    produce,
    record,
)
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import ActeDemande, asked_acts, is_of_a_proposal, select
from caqes_docs.application.sorties import file_name, prepare_folder
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import CODE_SANS_OBJET, Assemblage
from caqes_docs.core.constats import Constat, Gravite, sort_constats, warning
from caqes_docs.core.errors import CaqesError, DonneesError, UsageError, contained
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.source import Source
from caqes_docs.core.systeme import sweep_seldom
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.types import find_type


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
    trace: Trace = Trace()


@dataclass(frozen=True)
class Resultat:
    """What became of one act."""

    dossier: str
    nom: str
    """Raison sociale, for the table."""
    type: str
    fichiers: tuple[str, ...] = ()
    empreintes: tuple[str, ...] = ()
    """The SHA-256 of each file."""
    constats: tuple[Constat, ...] = ()
    erreur: CaqesError | None = None
    empreinte: str = ""
    preuves: Mapping[str, object] | None = None
    """What proves an avenant, in its record too."""

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
            written there; U-022 a year that no act has; U-085 a date of effect that none takes.
        ClauseError: P-001 an unknown document type.
    """
    refuse_unsound(projet)
    types = [find_type(projet.types, nom) for nom in demande.types]
    _refuse_idle(types, demande.options)
    depot = projet.named(noms)
    affaires = select(depot, noms)
    if not affaires and not depot.constats:
        raise UsageError(
            "U-009",
            "Le projet n’a aucun dossier\u00a0: il n’y a rien à produire.",
            remede="En créer\u00a0: caqes nouveau dossier FINESS, ou caqes importer finess TABLE.",
        )
    _refuse_idle_effect(affaires, types, demande.options)
    prepare_folder(demande.sortie)
    resultats: list[Resultat] = []
    actes = [
        acte
        for affaire in affaires
        for type_ in types
        for acte in asked_acts(depot, affaire, type_, demande.options, tous=demande.tous)
    ]
    for resultat in _wanted(_each(projet, actes, demande), actes, demande):
        resultats.append(resultat)
        suivi(resultat)
    bilan = Bilan(tuple(resultats), _unread(depot, affaires if noms else None, types))
    record(demande.sortie, _recorded(bilan, projet, demande))
    return bilan


def _wanted(
    resultats: Iterator[Resultat], actes: Sequence[ActeDemande], demande: Demande
) -> Iterator[Resultat]:
    """Without the acts that a dossier does not call for; when it was named, one says so.

    A type that concerns several proposals of a dossier is made for those that call for it.
    """
    restes = Counter((acte.stem, acte.type.plan.id) for acte in actes)
    faits: set[tuple[str, str]] = set()
    for resultat in resultats:
        cle = (resultat.dossier, resultat.type)
        restes[cle] -= 1
        if not resultat.is_without_object:
            faits.add(cle)
            yield resultat
        elif not demande.tous and not restes[cle] and cle not in faits:
            yield resultat


_SANS_ANNEE = ("contrat", "avenant")


def _refuse_idle(types: Sequence[TypeDocument], options: Options) -> None:
    """U-022: a year, or the number of an avenant, that no document asked for is of."""
    annee, numero = options.annee, options.avenant
    if annee is not None and all(type_.plan.donnees in _SANS_ANNEE for type_ in types):
        raise UsageError(
            "U-022",
            f"--annee {annee} ne change rien\u00a0: les actes demandés sont ceux du contrat, qui "
            "n’a pas d’année.",
            remede="Retirer --annee, ou demander un document d’évaluation (--type).",
        )
    for type_ in types:
        if numero is not None and type_.plan.donnees != "avenant" and not is_of_a_proposal(type_):
            raise UsageError(
                "U-022",
                f"--numero {numero} ne change rien à «\u00a0{type_.plan.id}\u00a0»\u00a0: c’est le "
                "numéro d’un avenant.",
                remede="Retirer --numero, ou demander l’avenant ou un acte de sa procédure "
                "(--type avenant, lettre_proposition…).",
            )


def _refuse_idle_effect(
    affaires: Sequence[Affaire], types: Sequence[TypeDocument], options: Options
) -> None:
    if any(type_.plan.donnees == "avenant" for type_ in types):
        return
    if options.date_effet is not None and all(
        affaire.dossier.valeur.contrat.signature.date_retenue for affaire in affaires
    ):
        raise UsageError(
            "U-085",
            "--date-effet ne change rien\u00a0: un contrat signé prend effet d’après sa signature.",
            remede="Retirer --date-effet, ou la date de signature si le contrat n’est pas signé.",
        )


def _unread(
    depot: Depot, affaires: Sequence[Affaire] | None, types: Sequence[TypeDocument]
) -> tuple[Constat, ...]:
    """What was told on reading: of all files, or of those that the acts are made from."""
    if affaires is None:
        return tuple(sort_constats(depot.constats))
    contrats = all(type_.plan.donnees == "contrat" for type_ in types)
    lus = depot.constats_of(affaires)
    return tuple(sort_constats(c for c in lus if not contrats or c.gravite is not Gravite.ERREUR))


def _each(projet: Projet, actes: Sequence[ActeDemande], demande: Demande) -> Iterator[Resultat]:
    if demande.travaux < 2 or len(actes) < 2:
        for acte in actes:
            yield make_one(projet, acte, demande)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    contexte = multiprocessing.get_context("spawn")
    rendus = 0
    with (
        contextlib.suppress(BrokenProcessPool, BrokenPipeError),
        ProcessPoolExecutor(
            demande.travaux, contexte, initializer=_start_worker, initargs=(projet, demande)
        ) as equipe,
    ):
        taches = [
            (a.affaire, a.type.plan.id, (a.annee, a.erreurs, a.volet, a.avenant)) for a in actes
        ]
        for resultat in equipe.map(_work, taches):
            rendus += 1
            yield resultat
    for acte in actes[rendus:]:  # the machine killed the team: work alone
        yield make_one(projet, acte, demande)


_ATELIER: dict[str, tuple[Projet, Demande]] = {}


def _start_worker(projet: Projet, demande: Demande) -> None:
    sweep_seldom()
    _ATELIER["ici"] = (Projet(projet.racine, projet.bibliotheques, projet.reglages), demande)


def _work(acte: tuple[Affaire, str, tuple[Any, ...]]) -> Resultat:
    projet, demande = _ATELIER["ici"]
    affaire, identifiant, reste = acte
    type_ = find_type(projet.types, identifiant)
    return make_one(projet, ActeDemande(affaire, type_, *reste), demande)


def make_one(projet: Projet, acte: ActeDemande, demande: Demande) -> Resultat:
    """One act: checked, assembled, written; its failure is part of the result."""
    affaire, plan = acte.affaire, acte.type.plan
    dossier = affaire.dossier.valeur
    nom, stem = dossier.etablissement.nom_affiche, acte.stem
    options = replace(demande.options, annee=acte.annee, volet=acte.volet, avenant=acte.avenant)
    base = file_name(
        "_".join((plan.prefixe_fichier, *acte.precisions)),
        affaire.finess,
        dossier.contrat.reference,
        definitif=options.definitif,
    )
    try:
        if acte.erreurs:
            nombre = compte(len(acte.erreurs), "erreur(s)")
            raise DonneesError("D-000", f"Ses fichiers ont {nombre}.", acte.erreurs)
        with contained():
            assemblage, faits = _made(
                projet, acte, options, Sortie(demande.sortie, base, demande.formats)
            )
    except CaqesError as error:
        if options.definitif:
            error.constats = (*error.constats, *_older(demande.sortie, base))
        return Resultat(stem, nom, plan.id, constats=error.constats, erreur=error)
    manque = faits.manques[-1] if faits.manques else None
    return Resultat(
        stem,
        nom,
        plan.id,
        faits.fichiers,
        faits.empreintes,
        assemblage.constats,
        manque,
        faits.empreinte,
        faits.preuves,
    )


def _made(
    projet: Projet, acte: ActeDemande, options: Options, sortie: Sortie
) -> tuple[Assemblage, Production]:
    if acte.type.plan.donnees == "avenant":
        from caqes_docs.application.avenants.acte import produce_avenant

        return produce_avenant(projet, acte.affaire, acte.type, options, sortie)
    assemblage = assemble_checked(projet, acte.affaire, acte.type, options)
    faits = produce(assemblage.document, acte.type, *sortie)
    return assemblage, faits


def _older(sortie: Path, base: str) -> list[Constat]:
    """D-102: the final act that a former run left, and that the refused one does not replace."""
    chemins = (sortie / f"{base}.{nom_format}" for nom_format in FORMATS)
    return [
        warning(
            "D-102",
            Source(str(chemin)),
            "Cet acte définitif, d’une production précédente, est resté là\u00a0: il n’est pas "
            "celui qui vient d’être refusé.",
            "Ne pas l’envoyer pour lui\u00a0; le ranger ailleurs s’il ne vaut plus.",
        )
        for chemin in chemins
        if chemin.exists()
    ]


def _recorded(bilan: Bilan, projet: Projet, demande: Demande) -> list[dict[str, object]]:
    """What was made from what, by whom, when, act by act, for the record."""
    quand = demande.trace.quand
    commun = {
        "quand": quand.isoformat(timespec="seconds") if quand else None,
        "qui": demande.trace.qui or None,
        "moteur": __version__,
        "bibliotheques": [racine.nom for racine in projet.racines],
        "clauses_remplacees": list(projet.bibliotheque.remplacees),
        "definitif": demande.options.definitif,
    }
    return [
        {
            **commun,
            "dossier": resultat.dossier,
            "type": resultat.type,
            "fichiers": dict(zip(resultat.fichiers, resultat.empreintes, strict=True)),
            "document": resultat.empreinte or None,
            "a_completer": resultat.a_completer,
            **({"preuves": resultat.preuves} if resultat.preuves else {}),
            "erreur": resultat.erreur.code if resultat.erreur else None,
        }
        for resultat in bilan.resultats
    ]
