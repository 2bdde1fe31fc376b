"""Who represents the establishment on a day: a fact, which no avenant waits for (D. 162-15, 16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, warning
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.parties import Personne
from caqes_docs.data.lecture.charge import Charge

_CLE = "etablissement.representant"


def represented_on(affaire: Affaire, jour: dt.date) -> Etablissement:
    """The establishment as one writes to it on `jour`: its new head once in office."""
    etablissement = affaire.dossier.valeur.etablissement
    entres = sorted(
        (charge.valeur.prise_de_fonctions, numero)
        for numero, charge in affaire.avenants.items()
        if charge.valeur.prise_de_fonctions and charge.valeur.prise_de_fonctions <= jour
    )
    for _, numero in entres:
        ancien = etablissement.representant or Personne()
        nouveau = _newcomer(ancien, affaire.avenants[numero].valeur)
        etablissement = etablissement.model_copy(update={"representant": nouveau})
    return etablissement


def _newcomer(ancien: Personne, avenant: Avenant) -> Personne:
    champs: dict[str, object] = ancien.model_dump(mode="json", exclude_none=True)
    for modification in avenant.modifications:
        if modification.cle == _CLE and isinstance(modification.apres, dict):
            champs = dict(modification.apres)
        elif modification.cle.startswith(f"{_CLE}."):
            champs[modification.cle.removeprefix(f"{_CLE}.")] = modification.apres
    return Personne.model_validate(champs)


def check_taking_office(charge: Charge[Avenant]) -> Iterator[Constat]:
    """V-347: another name, and no day from which one writes to it."""
    if charge.valeur.prise_de_fonctions is not None:
        return
    for rang, modification in enumerate(charge.valeur.modifications):
        if modification.cle in (_CLE, f"{_CLE}.nom"):
            yield warning(
                "V-347",
                charge.fichier.source(("modifications", rang, "cle")),
                f"L’avenant n°\u00a0{charge.valeur.numero} change le représentant légal de "
                "l’établissement sans dire depuis quel jour\u00a0: jusqu’à l’effet de l’avenant, "
                "les lettres restent adressées à l’ancien.",
                "Remplir «\u00a0prise_de_fonctions\u00a0» dans l’avenant\u00a0: les lettres "
                "datées de ce jour ou d’après sont adressées au nouveau.",
            )
            return
