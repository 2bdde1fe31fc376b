"""The target rates of one contract, and which of its targets an avenant set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.contrat.vocabulaire import LigneTaux, TauxCibles
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.parties import Ars, TauxCible
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.droit.droit import Droit, ValeurDroit
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class Cibles:
    """The targets of an indicator or an objective, by year, according to who wrote them."""

    prevues: Mapping[int, str | None]
    fixees: Mapping[int, str | None]
    """Those that an avenant wrote: each is opposed to the establishment, whatever its year."""


def targets(cibles: Mapping[int, str | None], lieu: Lieu) -> Cibles:
    """The targets of what stands at `lieu`: one that is read in another file is an avenant's."""
    chez = lieu.source.fichier
    ailleurs = {
        annee for annee in cibles if lieu.child("cibles").child(str(annee)).source.fichier != chez
    }
    return Cibles(
        {annee: cible for annee, cible in cibles.items() if annee not in ailleurs},
        {annee: cible for annee, cible in cibles.items() if annee in ailleurs},
    )


def resolve_taux(ars: Charge[Ars], droit: Droit, annee: int, edition: dt.date) -> TauxCibles:
    """National and regional target rates of `annee`, as known when the act is drawn up.

    A rate published after that day is left out: the act could not have held it.
    """
    regionaux = {
        taux.indicateur: (rang, taux)
        for rang, taux in enumerate(ars.valeur.taux_cibles)
        if taux.annee == annee and _is_known(taux.connu_le, edition)
    }
    lignes = []
    for identifiant, parametre in droit.parametres.items():
        if not identifiant.startswith("taux_cibles/"):
            continue
        national = droit.target_rate(identifiant, annee)
        if national is not None and not _is_known(national.version.connu_le, edition):
            national = None
        rang, regional = regionaux.get(parametre.indicateur or "", (0, None))
        if national is not None or regional is not None:
            lieu = Lieu(ars.fichier, ("taux_cibles", rang, "valeur"), "ars")
            lignes.append(_rate_line(parametre.description, annee, national, regional, lieu))
    return TauxCibles(tuple(lignes))


def _is_known(connu_le: dt.date | None, edition: dt.date) -> bool:
    return connu_le is None or connu_le <= edition


def _rate_line(
    description: str,
    annee: int,
    national: ValeurDroit | None,
    regional: TauxCible | None,
    lieu: Lieu,
) -> LigneTaux:
    sources = [national.version.source] if national else []
    sources += [regional.source] if regional else []
    valeur = national.valeur if national else None
    return LigneTaux(
        typographier(description),
        annee,
        valeur if isinstance(valeur, Decimal) else None,
        regional.valeur if regional else None,
        typographier(" ; ".join(dict.fromkeys(sources))),
        {"regional": lieu} if regional else {},
    )
