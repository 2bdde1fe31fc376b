"""What the user means: which dossiers, which agency, which act."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.dates import Options, find_proposals
from caqes_docs.core.constats import Constat, has_errors
from caqes_docs.core.errors import DonneesError, UsageError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.parties import Ars
from caqes_docs.data.fiches import find_unknown
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.migration.anciens import signal_former
from caqes_docs.law.avenant.etat import EtatAvenant, avenant_state
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.reference import DateDeReference

DEMANDE = (
    "Donner le nom du fichier, le FINESS juridique, la référence du contrat, ou une partie du nom "
    "de l’établissement."
)


def select(depot: Depot, noms: Sequence[str]) -> list[Affaire]:
    """The affaires named, or all of them.

    Raises:
        UsageError: U-003 a name leads to nothing; U-092 it is the path of another file.
        DonneesError: D-000 it leads to a faulty dossier, or to several.
    """
    for nom in noms:
        _refuse_other_file(depot, nom)
        if len(depot.named(nom)) > 1:
            fautes = [c for c in depot.constats if c.code == "D-041"]
            message = f"«\u00a0{nom}\u00a0» désigne plusieurs dossiers."
            raise DonneesError("D-000", message, fautes)
    try:
        return depot.select(noms)
    except KeyError as error:
        nom = str(error.args[0])
        nu = Path(nom).name.partition(".")[0]
        fautes = [c for c in depot.constats if Path(c.source.fichier).name.partition(".")[0] == nu]
        if fautes:
            raise DonneesError(
                "D-000", f"Le dossier «\u00a0{nom}\u00a0» a des erreurs.", fautes
            ) from None
        if homonymes := depot.called(nom):
            raise UsageError(
                "U-003",
                f"Plusieurs établissements ont «\u00a0{nom}\u00a0» dans leur nom.",
                remede=f"Préciser\u00a0: {list_some(homonymes)}.",
            ) from None
        raise UsageError(
            "U-003",
            f"Aucun dossier ne s’appelle «\u00a0{nom}\u00a0».",
            remede=_close_dossier(nom, depot) or DEMANDE,
        ) from None


def _refuse_other_file(depot: Depot, nom: str) -> None:
    """A path must not lead to the dossier of the same name of this project, without a word."""
    chemin = Path(nom)
    if chemin.suffix not in (".yaml", ".yml") or not chemin.is_file():
        return
    siens = depot.named(nom)
    with contextlib.suppress(OSError):
        if siens and siens[0].dossier.fichier.contenu != chemin.read_bytes():
            raise UsageError(
                "U-092",
                f"«\u00a0{nom}\u00a0» est un autre fichier que "
                f"«\u00a0{siens[0].dossier.fichier.nom}\u00a0», le dossier du projet.",
                remede="Donner --projet s’il est d’un autre projet, ou nommer le dossier par son "
                "FINESS\u00a0; «\u00a0caqes comparer\u00a0» montre ce qui les sépare.",
            )


def read_alone(projet: Projet, chemin: Path) -> Affaire:
    """The dossier of a file kept outside of the project, with the records of the project.

    Raises:
        DonneesError: D-000 the file has errors (all listed).
    """
    charge, constats = load_record(chemin, chemin.as_posix(), Dossier, signal_former(Dossier))
    depot = projet.depot()
    donnees = projet.racine / "contracts_data"
    if charge is not None:
        constats += find_unknown(donnees, "contracts_data", charge, depot.ars, depot.organismes)
    if charge is None or has_errors(constats):
        raise DonneesError("D-000", f"Le dossier «\u00a0{chemin}\u00a0» a des erreurs.", constats)
    contrat, finess = charge.valeur.contrat, charge.valeur.etablissement.finess
    affaire = Affaire(charge, depot.ars[contrat.ars], depot.organismes[contrat.organisme])
    siens = (a for a in depot.affaires.values() if a.finess == finess)
    sien = next(siens, affaire)
    return replace(affaire, evaluations=sien.evaluations, numeros=sien.numeros)


def list_some(affaires: Sequence[Affaire]) -> str:
    """Some of the establishments that a word may mean."""
    dits = [f"{a.dossier.valeur.etablissement.nom_affiche} ({a.finess})" for a in affaires[:4]]
    return ", ".join(dits) + ("…" if len(affaires) > len(dits) else "")


def _close_dossier(nom: str, depot: Depot) -> str:
    """The dossier that a mistyped name, number or establishment means."""
    noms = {
        connu: affaire.dossier.valeur.etablissement.nom_affiche
        for stem, affaire in depot.affaires.items()
        for connu in (stem, affaire.finess, affaire.reference)
    }
    for stem, affaire in depot.affaires.items():
        if nom in {site.finess for site in affaire.dossier.valeur.etablissement.sites}:
            return f"C’est le numéro d’un site\u00a0: demander «\u00a0{stem}\u00a0»."
    seuls = {stem: noms[stem] for stem in depot.affaires}
    return close_name(nom, seuls, seuls) or close_name(nom, noms)


@dataclass(frozen=True)
class ActeDemande:
    """One act to make: of which dossier, of which type, of which evaluated year."""

    affaire: Affaire
    type: TypeDocument
    annee: int | None = None
    erreurs: tuple[Constat, ...] = ()
    """The errors on its files: no act is made from a file that contradicts another."""
    volet: str | None = None
    """The volet proposed apart that it is about, if any."""
    avenant: int | None = None
    """The number of the avenant that it is."""

    @property
    def stem(self) -> str:
        """The name of the dossier."""
        return Path(self.affaire.dossier.fichier.nom).stem

    @property
    def precisions(self) -> tuple[str, ...]:
        """What its file name says besides the type: the number, the year, or the volet."""
        donnees = self.type.plan.donnees
        annee = None if donnees in ("contrat", "avenant") else self.annee
        avenant = self.avenant
        if avenant is not None and donnees != "avenant":
            return (f"avenant_{avenant}",)
        return tuple(str(un) for un in (avenant, annee, self.volet) if un is not None)


def asked_acts(
    depot: Depot, affaire: Affaire, type_: TypeDocument, options: Options, *, tous: bool
) -> list[ActeDemande]:
    """The acts of one type: one, one for each evaluated year asked for, proposal or avenant.

    The proposals are those of the contract, then those of its avenants.

    A dossier without the evaluation or the avenant has none when all are asked for; named, it is a
    failure. An avenant that was refused, or given up, is made when its number is given.
    """
    annee, donnees = options.annee, type_.plan.donnees
    if donnees == "avenant":
        etats = {n: avenant_state(charge.valeur) for n, charge in affaire.avenants.items()}
        voulus = [
            n for n, etat in etats.items() if etat not in (EtatAvenant.REFUSE, EtatAvenant.ANNULE)
        ]
        connus = [n for n in etats if n == options.avenant] if options.avenant else voulus
        erreurs = depot.errors_of(affaire, amende=True)
        numeros = connus if connus or tous else [options.avenant or 1]
        return [ActeDemande(affaire, type_, None, erreurs, avenant=n) for n in numeros]
    if donnees == "contrat" and is_of_a_proposal(type_):
        actes = list(_proposals(depot, affaire, type_, options))
        if actes or tous or options.avenant is None:
            return actes
        erreurs = depot.errors_of(affaire, amende=True)
        return [ActeDemande(affaire, type_, None, erreurs, avenant=options.avenant)]
    if donnees != "evaluation":
        return [ActeDemande(affaire, type_, annee, depot.errors_of(affaire))]
    annees = [connue for connue in affaire.evaluations if annee in (None, connue)]
    demandees = annees if annees or tous else [annee]
    return [ActeDemande(affaire, type_, une, depot.errors_of(affaire, une)) for une in demandees]


def _proposals(
    depot: Depot, affaire: Affaire, type_: TypeDocument, options: Options
) -> Iterator[ActeDemande]:
    if options.avenant is None:
        erreurs = depot.errors_of(affaire)
        for volet in find_proposals(affaire.dossier.valeur.contrat):
            yield ActeDemande(affaire, type_, options.annee, erreurs, volet)
    erreurs = depot.errors_of(affaire, amende=True)
    for numero in affaire.avenants:
        if options.avenant in (None, numero):
            yield ActeDemande(affaire, type_, None, erreurs, avenant=numero)


def is_of_a_proposal(type_: TypeDocument) -> bool:
    """Whether the dossier may have one such act for each volet proposed apart, and avenant."""
    plan = type_.plan
    return plan.etape is not None or plan.reference is DateDeReference.REFUS


def find_ars(projet: Projet, nom: str | None) -> Charge[Ars]:
    """The agency asked for, or that of the project, or the only one."""
    nom = nom or projet.reglages.agence
    depot = projet.depot(("",))
    fautes = [c for c in depot.constats if c.source.fichier.startswith("contracts_data/ars/")]
    if has_errors(fautes):
        raise DonneesError("D-000", "La fiche de l’agence a des erreurs.", fautes)
    if nom is None and len(depot.ars) == 1:
        return next(iter(depot.ars.values()))
    if nom is not None and nom in depot.ars:
        return depot.ars[nom]
    connues = ", ".join(depot.ars) or "aucune"
    quoi = (
        "Rien ne dit de quelle agence est la table."
        if nom is None
        else f"L’agence «\u00a0{nom}\u00a0» n’a pas de fiche."
    )
    remede = close_name(nom or "", depot.ars) or f"Donner --ars. Fiches\u00a0: {connues}."
    raise UsageError("U-030", quoi, remede=remede)


def make_options(
    *,
    definitif: bool = False,
    date_effet: dt.date | None = None,
    date_edition: dt.date | None = None,
    annee: int | None = None,
    avenant: int | None = None,
) -> Options:
    """The options of an act; see `assembly.contrat.dates.Options`."""
    return Options(definitif, date_effet, date_edition, annee, avenant=avenant)
