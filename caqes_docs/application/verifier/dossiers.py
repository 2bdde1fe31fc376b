"""Check everything at once, before anything is produced."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.verifier.actes import assemble_known, foresee
from caqes_docs.application.verifier.avenants import check_names
from caqes_docs.application.verifier.ciblage import check_tables, check_targeting
from caqes_docs.application.verifier.memoire import verify_library
from caqes_docs.application.verifier.provisoire import what_else
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import CONTRAT, Assemblage
from caqes_docs.core.constats import Constat, Gravite, has_errors, sort_constats, warning
from caqes_docs.core.errors import CaqesError, DonneesError, PanneError, contained
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.lecture.reperage import iter_records
from caqes_docs.law.avenant.controles import check_avenants
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.ciblage.criteres_regionaux import check_criteres
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.controles.procedure.contrat import check_proposals
from caqes_docs.law.jugement import judge, judge_all_refusals
from caqes_docs.redaction.bibliotheque.plan import TypeDocument


@dataclass(frozen=True)
class Rapport:
    """The findings of a check, and what was checked."""

    dossiers: int
    constats: tuple[Constat, ...]
    a_signer: tuple[tuple[Constat, int], ...] = ()
    """What a contract to sign will be told besides, once per code, and of how many contracts."""

    def count(self, gravite: Gravite) -> int:
        """How many findings of one gravity."""
        return sum(constat.gravite is gravite for constat in self.constats)


def check_dossiers(
    projet: Projet, noms: Sequence[str] = (), date_effet: dt.date | None = None
) -> Rapport:
    """Every fault of every dossier and of the library, in one report.

    While the library has errors no act is assembled: its faults would be told once per dossier.

    Raises:
        UsageError: U-003 a name leads to no dossier.
    """
    depot = projet.named(noms)
    constats = [c for c in verify_library(projet) if c.gravite is Gravite.ERREUR]
    bibliotheque_saine = not constats
    try:
        affaires = select(depot, noms) if noms else list(depot.affaires.values())
    except DonneesError as error:
        constats += error.constats
        constats += _what_else(projet, depot, constats, date_effet) if bibliotheque_saine else ()
        return Rapport(len(noms), tuple(sort_constats(constats)))
    constats += depot.constats if not noms else depot.constats_of(affaires)
    constats += _check_agencies(projet, depot, affaires if noms else None)
    a_signer: list[Constat] = []
    for affaire in affaires:
        try:
            with contained():
                constats += (
                    check_one(projet, affaire, date_effet, a_signer)
                    if bibliotheque_saine
                    else check_affaire(affaire, projet.droit, date_effet)
                )
        except PanneError as error:
            constats.append(as_constat(error, affaire))
    if bibliotheque_saine and not noms:
        constats += _what_else(projet, depot, constats, date_effet)
    dossiers = projet.racine / "contracts_data/dossiers"
    lus = len(affaires) if noms else len(list(iter_records(dossiers)))
    if not lus and not depot.constats:
        constats.append(_NO_DOSSIER)
    return Rapport(lus, tuple(sort_constats(constats)), tuple(_by_code(a_signer, constats)))


def _by_code(
    a_signer: Sequence[Constat], constats: Sequence[Constat]
) -> Iterator[tuple[Constat, int]]:
    """The first finding of each code, and their number; what is told already is left out."""
    restent = [constat for constat in a_signer if constat not in constats]
    nombres = Counter(constat.code for constat in restent)
    for code in sorted(nombres):
        yield next(constat for constat in restent if constat.code == code), nombres[code]


def _what_else(
    projet: Projet, depot: Depot, constats: list[Constat], date_effet: dt.date | None
) -> list[Constat]:
    check = functools.partial(check_one, projet, date_effet=date_effet, a_signer=[])
    return list(what_else(projet, depot, constats, check))


def _check_agencies(
    projet: Projet, depot: Depot, affaires: Sequence[Affaire] | None
) -> Iterator[Constat]:
    """The targeting that the agencies declare; of those of `affaires` alone, when given."""
    seules = None if affaires is None else {affaire.ars.fichier.nom for affaire in affaires}
    for charge in depot.ars.values():
        if seules is None or charge.fichier.nom in seules:
            yield from check_criteres(charge.valeur.criteres_pertinence, charge.fichier)
            yield from check_tables(projet, charge)


_NO_DOSSIER = warning(
    "D-047",
    Source("contracts_data/dossiers"),
    "Le projet n’a aucun dossier\u00a0: il n’y a rien à contrôler.",
    "En créer un\u00a0: caqes nouveau dossier FINESS, ou caqes importer finess TABLE.",
)


def check_one(
    projet: Projet,
    affaire: Affaire,
    date_effet: dt.date | None,
    a_signer: list[Constat],
) -> list[Constat]:
    """The faults of one dossier, what its acts would miss included.

    `a_signer` receives what its contract to sign will be told besides, when nothing is wrong.
    """
    fautes = check_affaire(affaire, projet.droit, date_effet)
    if any(faute.gravite is Gravite.ERREUR for faute in fautes):
        return [*fautes, *_missing(projet, affaire, date_effet, fautes)]
    fautes.extend(check_targeting(projet, affaire))
    fautes.extend(check_avenants(affaire, projet.droit))
    fautes.extend(check_names(projet, affaire))
    fautes.extend(_check_evaluations(projet, affaire))
    options = Options(date_effet=date_effet)
    for type_document in _usual_types(projet):
        try:
            assemblage = assemble_known(projet, affaire, type_document, options)
        except CaqesError as error:
            if error.code != "D-051" or not _is_refused(affaire):
                fautes.append(as_constat(error, affaire))
                if error.code == "D-051":
                    fautes += _missing(projet, affaire, date_effet, fautes)
        else:
            fautes.extend(assemblage.constats)
            if type_document.plan.id == CONTRAT and not has_errors(fautes):
                a_signer += foresee(projet, affaire, assemblage)
    return fautes


def _usual_types(projet: Projet) -> list[TypeDocument]:
    """The types of act that every dossier has."""
    return [x for x in projet.types.values() if x.plan.par_defaut or x.plan.id == CONTRAT]


def _missing(
    projet: Projet, affaire: Affaire, date_effet: dt.date | None, fautes: Sequence[Constat]
) -> list[Constat]:
    """What the contract misses besides its faults."""
    acte = assemble_draft(projet, affaire, date_effet)
    if acte is None:
        return []  # the faults told with it explain it
    ici = {faute.source for faute in fautes}
    codes = any(faute.code == "D-052" for faute in fautes)  # misspelt, not missing
    return [
        constat
        for constat in acte.constats
        if constat.gravite is Gravite.MANQUE
        and constat.source not in ici
        and not (codes and "contrat.indicateurs" in constat.remede)
    ]


def assemble_draft(
    projet: Projet, affaire: Affaire, date_effet: dt.date | None = None
) -> Assemblage | None:
    """The contract, on the first day of its regime when it has no date; None if it has faults."""
    contrat = affaire.dossier.valeur.contrat
    if contrat.signature.date_retenue is None and date_effet is None:
        date_effet = projet.droit.regimes[contrat.regime.value].effet.periode.du
    try:
        with contained():
            options = Options(date_effet=date_effet)
            return assemble_known(projet, affaire, projet.types[CONTRAT], options)
    except (CaqesError, KeyError):
        return None


def _is_refused(affaire: Affaire) -> bool:
    """Whether the contract itself is refused: it awaits no signature."""
    return any(refus.volet == SOCLE for refus in affaire.dossier.valeur.contrat.refus)


def _check_evaluations(projet: Projet, affaire: Affaire) -> Iterator[Constat]:
    """The faults of the procedures, of the refusals and of the evaluated years of a dossier."""
    yield from check_proposals(affaire, projet.droit)
    yield from judge_all_refusals(affaire, projet.droit).constats
    for charge in affaire.evaluations.values():
        try:
            yield from judge(affaire, charge, projet.droit).constats
        except CaqesError as error:
            yield as_constat(error, affaire)


def as_constat(error: CaqesError, affaire: Affaire) -> Constat:
    """An exception as a finding, placed in the dossier when it has no place of its own."""
    source = error.source or affaire.dossier.fichier.source(("contrat",))
    gravite = Gravite.MANQUE if error.code == "D-051" else Gravite.ERREUR
    return Constat(error.code, gravite, source, error.message, error.remede)


__all__ = ["Rapport", "assemble_draft", "check_dossiers", "check_one"]
