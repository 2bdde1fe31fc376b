"""What the user means: which dossiers, which agency, which act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.constats import has_errors
from caqes_docs.core.errors import DonneesError, UsageError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.parties import Ars
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.messages import close_name


def select(depot: Depot, noms: Sequence[str]) -> list[Affaire]:
    """The affaires named, or all of them.

    Raises:
        UsageError: U-003 a name leads to nothing.
        DonneesError: D-000 it leads to a faulty dossier, or to several.
    """
    for nom in noms:
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
        raise UsageError(
            "U-003",
            f"Aucun dossier ne s’appelle «\u00a0{nom}\u00a0».",
            remede=_close_dossier(nom, depot)
            or "Donner le nom du fichier, le FINESS juridique ou la référence du contrat.",
        ) from None


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
) -> Options:
    """The options of an act; see `assembly.contrat.dates.Options`."""
    return Options(definitif, date_effet, date_edition, annee)
