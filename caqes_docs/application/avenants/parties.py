"""The parties to an avenant: those that its contract names, as their office holders are that day.

A sealed contract keeps the agency and the fund that it was made from: their rates, their plans and
their calendar are stipulated. Who represents them is not: an avenant is signed by whoever holds the
office, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from caqes_docs.data.avenant.situe import Situe, plain, situate, spread
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal
from caqes_docs.data.lecture.charge import Charge

_AGENCE = ("directeur_general", "delegation")
_ORGANISME = ("representant",)
P = TypeVar("P", Ars, OrganismeLocal)


def with_parties(affaire: Affaire, presentes: Depot) -> Affaire:
    """The data with the parties that its contract names, represented as `presentes` says."""
    contrat = affaire.dossier.valeur.contrat
    ars, organisme = presentes.ars.get(contrat.ars), presentes.organismes.get(contrat.organisme)
    return replace(
        affaire,
        ars=_held(affaire.ars, ars, _AGENCE) if ars else affaire.ars,
        organisme=_held(affaire.organisme, organisme, _ORGANISME)
        if organisme
        else affaire.organisme,
    )


def holds_others(affaire: Affaire) -> bool:
    """Whether the contract names other parties than those at hand."""
    contrat = affaire.dossier.valeur.contrat
    return (contrat.ars, contrat.organisme) != (affaire.ars.valeur.id, affaire.organisme.valeur.id)


def _held(scellee: Charge[P], presente: Charge[P], titulaires: tuple[str, ...]) -> Charge[P]:
    """The party as it was sealed, but who holds its offices; another party is taken whole."""
    if presente.valeur.id != scellee.valeur.id:
        return presente
    racine, aujourd_hui = _keys(scellee), _keys(presente)
    if all(_said(racine, cle) == _said(aujourd_hui, cle) for cle in titulaires):
        return scellee
    gardees = {cle: un for cle, un in racine.items() if cle not in titulaires}
    tenues = {cle: aujourd_hui[cle] for cle in titulaires if cle in aujourd_hui}
    arbre = replace(situate(scellee.fichier), contenu={**gardees, **tenues})
    source = presente.fichier
    fichier = replace(
        spread(arbre, scellee.fichier), empreinte=source.empreinte, contenu=source.contenu
    )
    return Charge(type(scellee.valeur).model_validate(fichier.donnees), fichier)


def _keys(partie: Charge[P]) -> Mapping[str, Situe]:
    contenu = situate(partie.fichier).contenu
    assert isinstance(contenu, Mapping)
    return contenu


def _said(cles: Mapping[str, Situe], cle: str) -> object:
    return plain(cles[cle]) if cle in cles else None
