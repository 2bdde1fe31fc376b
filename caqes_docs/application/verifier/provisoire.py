"""What a dossier with faults would still miss: told in the same report, not one round later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import CaqesError, contained
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal
from caqes_docs.data.fiches import find_unknown
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.provisoire import load_provisional
from caqes_docs.data.lecture.yaml_strict import parse_yaml, read_yaml
from caqes_docs.data.migration.anciens import signal_former

M = TypeVar("M", bound=BaseModel)
_DITS = {"D-051", "D-052", "D-053", "D-060", "D-062", "D-063", "D-069", "D-072"}
"""What rests on its own words alone, never on a value put in."""


def what_else(
    projet: Projet,
    depot: Depot,
    constats: list[Constat],
    check: Callable[[Affaire], list[Constat]],
) -> Iterator[Constat]:
    """What the dossiers that `constats` refuse would be told next, their faults once corrected."""
    for nom in sorted({c.source.fichier for c in constats if c.gravite is Gravite.ERREUR}):
        chemin = projet.racine / nom
        lu = chemin.suffix in (".yaml", ".yml") and chemin.is_file()
        if "/dossiers/" not in nom or Path(nom).stem in depot.affaires or not lu:
            continue
        fichier, _ = read_yaml(chemin, nom)
        if fichier is None:
            continue
        fichier, _ = signal_former(Dossier)(fichier)
        charge = load_provisional(fichier, Dossier)
        if charge is not None:
            ici = {str(constat.source) for constat in constats}
            yield from _told(projet, depot, charge, ici, check)


def _told(
    projet: Projet,
    depot: Depot,
    charge: Charge[Dossier],
    ici: set[str],
    check: Callable[[Affaire], list[Constat]],
) -> Iterator[Constat]:
    donnees = projet.racine / "contracts_data"
    for constat in find_unknown(donnees, "contracts_data", charge, depot.ars, depot.organismes):
        ecrit = constat.source != charge.fichier.source(("contrat",))
        if ecrit and str(constat.source) not in ici:
            yield constat
    affaire = with_parties(charge, depot)
    try:
        with contained():
            trouves = check(affaire)
    except CaqesError:
        return  # the faults told already explain it
    for constat in trouves:
        dit = constat.code in _DITS
        if dit and constat.source.fichier == charge.fichier.nom and str(constat.source) not in ici:
            yield constat


def with_parties(charge: Charge[Dossier], depot: Depot) -> Affaire:
    """The dossier with its parties, or others in the place of those that are not known yet."""
    contrat = charge.valeur.contrat
    return Affaire(
        charge,
        depot.ars.get(contrat.ars) or _any(depot.ars, Ars),
        depot.organismes.get(contrat.organisme) or _any(depot.organismes, OrganismeLocal),
    )


def _any(connues: Mapping[str, Charge[M]], modele: type[M]) -> Charge[M]:
    """A party in the place of the one that is not known yet."""
    vide, _ = parse_yaml(b"{}", "")
    seule = load_provisional(vide, modele) if vide else None
    assert seule is not None  # a record of obligatory keys alone
    return next(iter(connues.values()), seule)
