"""Own indicators (D-128), themes (D-130, V-181), proofs (V-182), targets that fall back (V-285)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat, IndicateurContrat
from caqes_docs.data.dossier.indicateurs import IndicateurPropre, TypeIndicateur
from caqes_docs.data.dossier.volets import Objectif
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.objectifs import iter_objectives
from caqes_docs.law.droit.catalogue import Indicateur, Sens
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.valeurs import parse_indicateur


def check_own(affaire: Affaire, droit: Droit) -> Iterator[Constat]:
    """D-128: an own indicator of the same code as the catalogue's, or that nobody could measure.

    D-130: a theme chosen for an indicator that does not offer it.
    """
    connus = {i.id: i for registre in droit.registres for i in registre.indicateurs}
    fichier, contrat = affaire.dossier.fichier, affaire.dossier.valeur.contrat
    for code, pose in contrat.indicateurs.items():
        if code in connus:
            lieu = fichier.source(("contrat", "indicateurs", code, "choix"))
            yield from check_themes("D-130", connus[code], pose.choix, lieu)
    for code, propre in contrat.indicateurs_propres.items():
        source = fichier.key_source(("contrat", "indicateurs_propres", code))
        if code in connus:
            yield fault(
                "D-128",
                source,
                f"Le code {code} est déjà celui d’un indicateur du catalogue.",
                "Donner à l’indicateur propre un code qui lui soit propre.",
            )
        elif manque := _missing(propre, droit) or _unposed(code, propre, contrat):
            yield fault(
                "D-128",
                source,
                f"L’indicateur propre {code} ne pourrait pas être mesuré\u00a0: {manque}.",
                "Compléter sa définition\u00a0: le contrat l’imprime.",
            )


def _missing(propre: IndicateurPropre, droit: Droit) -> str:
    if propre.volet is None and propre.article is None:
        return "«\u00a0article\u00a0» ou «\u00a0volet\u00a0» manque"
    if propre.volet is not None and propre.volet not in droit.volets:
        return f"le volet «\u00a0{propre.volet}\u00a0» n’existe pas"
    if propre.type is TypeIndicateur.COMPOSITE and not propre.elements:
        return "«\u00a0elements\u00a0» manque"
    ratio = propre.type is TypeIndicateur.RATIO
    if ratio and (propre.numerateur is None or propre.denominateur is None):
        return "«\u00a0numerateur\u00a0» ou «\u00a0denominateur\u00a0» manque"
    return ""


def _unposed(code: str, propre: IndicateurPropre, contrat: Contrat) -> str:
    if propre.volet is None and code not in contrat.indicateurs:
        return "«\u00a0indicateurs\u00a0» ne lui donne ni référence ni cible"
    return ""


def check_themes(
    code: str, indicateur: Indicateur, choix: Sequence[str], source: Source
) -> Iterator[Constat]:
    """A theme, or a criterion, that the indicator does not offer."""
    connus = {theme.id for theme in indicateur.choix}
    for theme in choix:
        if theme not in connus:
            yield fault(
                code,
                source,
                f"L’indicateur {indicateur.id} n’a pas de thème «\u00a0{theme}\u00a0».",
                close_name(theme, connus)
                or f"Thèmes\u00a0: {', '.join(sorted(connus)) or 'aucun'}.",
            )


def check_progress(affaire: Affaire, droit: Droit, effet: dt.date) -> Iterator[Constat]:
    """V-285: a target worse than its reference, as the direction of the indicator has it.

    A growth is compared to none: a slower year before does not make of the allowed one a fall.
    """
    contrat, fichier = affaire.dossier.valeur.contrat, affaire.dossier.fichier
    catalogue = droit.indicators(effet)
    poses: list[tuple[Chemin, IndicateurContrat | Objectif, Indicateur | None]] = [
        (("contrat", "indicateurs", code), pose, catalogue.get(code))
        for code, pose in contrat.indicateurs.items()
    ]
    for nom, volet in contrat.volets.items():
        siens = droit.volet_indicators(effet, nom) if nom in droit.volets else {}
        poses += [
            (("contrat", "volets", nom, *chemin), objectif, siens.get(objectif.indicateur or ""))
            for chemin, objectif in iter_objectives(volet)
        ]
    for chemin, pose, indicateur in poses:
        depart = pose.reference.valeur if pose.reference else None
        for annee, cible in pose.cibles.items():
            if indicateur and depart and cible and _is_worse(cible, depart, indicateur):
                yield warning(
                    "V-285",
                    fichier.source((*chemin, "cibles", str(annee))),
                    f"La cible {annee} ({indicateur.sens.libelle} {cible}) demande moins que la "
                    f"valeur de référence ({depart})\u00a0: {indicateur.id} pourrait reculer.",
                    "Vérifier les deux valeurs, et que les parties le veulent.",
                )


def _is_worse(cible: str, depart: str, indicateur: Indicateur) -> bool:
    """Whether `cible` is below what is had already, or above where less is wanted."""
    if indicateur.sens is Sens.AUCUN or indicateur.type is TypeIndicateur.EVOLUTION:
        return False
    try:
        vise, avant = (parse_indicateur(texte, indicateur.unite) for texte in (cible, depart))
    except ValueError:
        return False  # D-053
    if isinstance(vise, str) or isinstance(avant, str):
        return str(vise) > str(avant)  # the class A is the best
    if indicateur.type is TypeIndicateur.RATIO and not 0 <= vise <= 1:
        return False  # D-068
    return vise < avant if indicateur.sens is Sens.MIN else vise > avant


def check_details(cadre: Cadre) -> Iterator[Constat]:
    """V-181, V-182: themes and proofs of the measures of the socle."""
    catalogue = cadre.droit.indicators(cadre.effet)
    for code, mesure in cadre.evaluation.indicateurs.items():
        if code not in catalogue:
            continue  # told by the check of what the contract has not
        source = cadre.evaluation_source("indicateurs", code)
        yield from check_themes("V-181", catalogue[code], mesure.choix, source)
        if mesure.preuves and len(mesure.preuves) != len(mesure.elements):
            yield fault(
                "V-182",
                cadre.evaluation_source("indicateurs", code, "preuves"),
                f"Indicateur {code}\u00a0: éléments répondus, {len(mesure.elements)}\u00a0; "
                f"preuves, {len(mesure.preuves)}. Rien ne dit laquelle appuie quelle réponse.",
                "Donner une preuve par élément, dans l’ordre («\u00a0aucune\u00a0» s’il n’y en a "
                "pas).",
            )
