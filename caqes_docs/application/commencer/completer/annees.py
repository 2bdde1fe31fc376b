"""The years that a contract, or one of its volets, is about."""

from __future__ import annotations

import datetime as dt

from caqes_docs.application.commencer.completer.fiche import Fiche
from caqes_docs.application.commencer.dossier import effect_of
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml, look

_VOLETS = ("contrat", "volets")


def effect_at(fiche: Fiche, fichier: FichierYaml, chemin: Chemin) -> dt.date:
    """The date of effect of the contract, or of the volet that holds `chemin`."""
    dates = [look(fichier.donnees, ("contrat", "signature", "date"))]
    if chemin[:2] == _VOLETS and len(chemin) > 2:
        dates.insert(0, look(fichier.donnees, (*chemin[:3], "signature", "date")))
    return effect_of(next((date for date in dates if date), None), fiche.projet.droit)


def years_of(fiche: Fiche, fichier: FichierYaml, chemin: Chemin) -> range:
    """The years of the volet that holds `chemin`; of the socle, the first."""
    duree: Donnee = None
    if chemin[:2] == _VOLETS:
        duree = look(fichier.donnees, (*chemin[:3], "duree"))
    debut = effect_at(fiche, fichier, chemin).year
    return range(debut, debut + (int(str(duree)) if str(duree).isdigit() else 1))


def next_year(fiche: Fiche, fichier: FichierYaml, chemin: Chemin) -> int | None:
    """The year after the last of the targets at `chemin`, if the contract may know it."""
    cibles = look(fichier.donnees, chemin)
    if not isinstance(cibles, dict) or not cibles or not all(cibles.values()):
        return None
    suivante = max(int(annee) for annee in cibles if annee.isdigit()) + 1
    if chemin[:2] == _VOLETS:
        return suivante if suivante in years_of(fiche, fichier, chemin) else None
    regime = fiche.projet.droit.regimes.get(str(look(fichier.donnees, ("contrat", "regime"))))
    fin = regime.effet.periode.au if regime else None
    return suivante if fin is None or suivante <= fin.year else None


__all__ = ["effect_at", "next_year", "years_of"]
