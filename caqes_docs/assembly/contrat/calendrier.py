"""The calendar of data of one contract."""

from __future__ import annotations

import datetime as dt

from caqes_docs.assembly.contrat.vocabulaire import CalendrierResolu, LigneCalendrier, VoletsResolus
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.parties import Ars
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.langage.vues import Lieu


def resolve_calendrier(
    ars: Charge[Ars], droit: Droit, date: dt.date, volets: VoletsResolus
) -> CalendrierResolu:
    """The calendar at `date`, for the volets of the contract.

    The region's own periods replace the national ones.
    """
    suivis = {SOCLE, *(ligne.id for ligne in volets.lignes)}
    propres = {ligne.donnee: (rang, ligne) for rang, ligne in enumerate(ars.valeur.calendrier)}
    lignes = []
    for donnee in droit.calendrier.donnees:
        if not donnee.holds(date) or donnee.volet not in suivis:
            continue
        periode, origines = donnee.periode, {}
        if donnee.id in propres and propres[donnee.id][1].periode:
            rang, ligne = propres[donnee.id]
            periode = str(ligne.periode)
            lieu = Lieu(ars.fichier, ("calendrier", rang, "periode"), "ars")
            origines = {"periode": lieu}
        lignes.append(
            LigneCalendrier(
                typographier(donnee.libelle),
                donnee.volet,
                typographier(donnee.producteur),
                periode,
                origines,
            )
        )
    return CalendrierResolu(tuple(lignes))
