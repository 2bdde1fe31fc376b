"""Actions that one act would print twice under the same words, told and never refused."""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.core.constats import Constat, warning
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import ActionAdaptee
from caqes_docs.law.droit.actions import complete_actions
from caqes_docs.law.droit.droit import Droit


def check_doubles(affaire: Affaire, droit: Droit) -> Iterator[Constat]:
    """D-180: two actions of the socle, or of one volet, that say the same thing."""
    contrat, fichier = affaire.dossier.valeur.contrat, affaire.dossier.fichier
    yield from _same_words(_of_the_socle(affaire, droit))
    for nom, volet in contrat.volets.items():
        yield from _same_words(
            (action.id, action.libelle, fichier.source(("contrat", "volets", nom, "actions", rang)))
            for rang, action in enumerate(complete_actions(droit, nom, volet))
        )


def _of_the_socle(affaire: Affaire, droit: Droit) -> Iterator[tuple[str, str | None, Source]]:
    """The actions that the annex prints: number, words, place in the file."""
    plan, fichier = affaire.dossier.valeur.contrat.plan_actions, affaire.dossier.fichier
    if plan is None:
        return
    retires = {retrait.action for retrait in plan.retirer}
    for rang, nom in enumerate(plan.types):
        source = fichier.source(("contrat", "plan_actions", "types", rang))
        modele = droit.plans_types.get(nom)
        for action in modele.actions if modele else ():
            if action.id not in retires:
                change = plan.adapter.get(action.id) or ActionAdaptee()
                yield action.id, change.libelle or action.libelle, source
    for rang, ajoutee in enumerate(plan.ajouter):
        source = fichier.source(("contrat", "plan_actions", "ajouter", rang, "libelle"))
        yield ajoutee.id, ajoutee.libelle, source


def _same_words(actions: Iterator[tuple[str, str | None, Source]]) -> Iterator[Constat]:
    vues: dict[str, str] = {}
    for numero, libelle, source in actions:
        mots = " ".join((libelle or numero).replace("’", "'").casefold().split()).rstrip(".")
        if mots not in vues:
            vues[mots] = numero
            continue
        autre = "" if vues[mots] == numero else f", la première sous le numéro {vues[mots]}"
        yield warning(
            "D-180",
            source,
            f"L’action {numero} serait imprimée deux fois{autre}.",
            "Retirer l’une des deux, ou dire en quoi elles diffèrent.",
        )
