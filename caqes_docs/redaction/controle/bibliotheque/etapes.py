"""Paths of a plan in the data of its subject: the date it goes by, the step which the act is."""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.lecture.introspection import TypeChamp, fields_of
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.reference import (
    ANCIENNES,
    Cles,
    DateDeReference,
    find_date_path,
    find_step,
    is_date,
    split_path,
)
from caqes_docs.redaction.controle.expressions.types import quoted
from caqes_docs.redaction.langage.vocabulaire import Noms


def check_steps(type_document: TypeDocument, noms: Noms) -> Iterator[Constat]:
    """The date of reference and the step of a plan."""
    plan = type_document.plan
    racine = noms.racines.get(plan.donnees)
    if plan.etape is not None:
        yield from _check_step(type_document, racine)
    elif plan.date_de_reference is None:
        yield fault(
            "P-020",
            type_document.charge.fichier.source(("id",)),
            f"Le plan {quoted(plan.id)} ne dit pas quelle date choisit ses rédactions.",
            "Écrire «\u00a0date_de_reference\u00a0», ou «\u00a0etape\u00a0» si l’acte est une "
            "étape de la procédure.",
        )
    if plan.date_de_reference is not None and plan.reference is None:
        yield from _check_date(type_document, plan.date_de_reference, racine)


def _check_step(type_document: TypeDocument, racine: TypeChamp | None) -> Iterator[Constat]:
    """An unknown step (P-021), or one that has no date to go by (P-021)."""
    plan, etape = type_document.plan, str(type_document.plan.etape)
    trouvee = find_step(racine, split_path(etape))
    source = type_document.charge.fichier.source(("etape",))
    if trouvee is None or trouvee.sorte != "bloc":
        yield fault(
            "P-021",
            source,
            f"{quoted(etape)} n’est pas une étape des données de ce document.",
            _remedy(racine, etape),
        )
    elif plan.date_de_reference is None and find_date_path(racine, None, etape) is None:
        yield fault(
            "P-021",
            source,
            f"L’étape {quoted(etape)} n’a pas de date\u00a0: rien ne choisit les rédactions.",
            "Écrire aussi «\u00a0date_de_reference\u00a0».",
        )


def _check_date(
    type_document: TypeDocument, ecrite: str, racine: TypeChamp | None
) -> Iterator[Constat]:
    """A path that leads to nothing, or to something that is not a date (P-020)."""
    trouvee = find_step(racine, split_path(ecrite))
    if is_date(trouvee):
        return
    faute = "n’existe pas dans les données" if trouvee is None else "n’est pas une date"
    ancienne = ANCIENNES.get(ecrite)
    yield fault(
        "P-020",
        type_document.charge.fichier.source(("date_de_reference",)),
        f"{quoted(ecrite)} {faute}\u00a0: rien ne choisit les rédactions.",
        f"Écrire maintenant «\u00a0{ancienne}\u00a0»." if ancienne else _remedy(racine, ecrite),
    )


def _remedy(racine: TypeChamp | None, ecrit: str) -> str:
    """What could be written instead of the first key that leads nowhere."""
    cles = split_path(ecrit)
    rang = max(rang for rang in range(len(cles)) if not rang or _keys(racine, cles[:rang]))
    permises = [*_keys(racine, cles[:rang]), *(map(str, DateDeReference) if not rang else ())]
    return close_name(cles[rang], permises) or f"Clés possibles ici\u00a0: {', '.join(permises)}."


def _keys(racine: TypeChamp | None, chemin: Cles) -> list[str]:
    """The keys that a path may go on with: blocks and dates."""
    bloc = find_step(racine, chemin)
    if bloc is None or bloc.sorte != "bloc":
        return []
    return [cle for cle, c in fields_of(bloc.classe).items() if c.sorte == "bloc" or is_date(c)]
