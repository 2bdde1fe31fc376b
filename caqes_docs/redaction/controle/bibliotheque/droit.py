"""The law that wordings rely on: known, in force whenever the wording may be chosen, declared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from caqes_docs.core.constats import Constat, Gravite, fault, warning
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.source import Source
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.controle.expressions.types import quoted
from caqes_docs.redaction.controle.redaction import Usage

_INCONNUS = ("L-001", "L-003", "L-005")
_CITATIONS = ("cite", "article")


def check_law(
    redaction: Redaction, usages: Sequence[Usage], droit: Droit, dates: Sequence[dt.date]
) -> Iterator[Constat]:
    """The law cited by a wording, at each of the dates that may choose it."""
    yield from check_usages(usages, droit, dates)
    for rang, nom in enumerate(redaction.entete.references):
        source = redaction.fichier.source(("references", rang))
        yield from _ask(droit.text, nom, source, dates)
    yield from _check_declared(redaction, usages)


def check_usages(
    usages: Sequence[Usage], droit: Droit, dates: Sequence[dt.date]
) -> Iterator[Constat]:
    """Texts, parameters and terms that a text uses: known, and in force at each date."""
    questions: Mapping[str, Callable[[str, dt.date], object]] = {
        "cite": droit.text,
        "article": droit.text,
        "parametre": droit.parameter,
        "terme": droit.term,
    }
    for usage in usages:
        question = questions.get(usage.appel.fonction)
        if question is not None:
            yield from _ask(question, usage.appel.identifiant, usage.source, dates)
            if usage.appel.fonction == "terme":
                yield from _form(usage, droit, dates)


def _ask(
    question: Callable[[str, dt.date], object],
    identifiant: str,
    source: Source,
    dates: Sequence[dt.date],
) -> Iterator[Constat]:
    """The first refusal of the law; without any date, only an unknown id is a fault."""
    for date in dates or (dt.date.min,):
        try:
            question(identifiant, date)
        except DroitError as error:
            if dates or error.code in _INCONNUS:
                yield Constat(error.code, Gravite.ERREUR, source, error.message, error.remede)
            return
        except ValueError:
            return  # a value that does not read in its unit: L-011 says so


def _form(usage: Usage, droit: Droit, dates: Sequence[dt.date]) -> Iterator[Constat]:
    """A form of a term (`.de`, `.a`) that the term does not give at a date."""
    nom, forme = usage.appel.identifiant, usage.appel.forme
    for date in dates:
        try:
            valeur = droit.term(nom, date)
        except DroitError:
            return
        if getattr(valeur, forme) is None:
            yield fault(
                "L-016",
                usage.source,
                f"Le terme {quoted(nom)} n’a pas de forme {quoted(forme)} au {date_longue(date)}.",
                f"Écrire «\u00a0{forme}: …\u00a0» dans droit/termes.yaml, ou employer le terme "
                "seul.",
            )
            return


def _check_declared(redaction: Redaction, usages: Sequence[Usage]) -> Iterator[Constat]:
    """A cited text is declared; a declared one need not be cited: it may be the legal ground."""
    declarees = redaction.entete.references
    cites: set[str] = set()
    for usage in usages:
        nom = usage.appel.identifiant
        if usage.appel.fonction not in _CITATIONS:
            continue
        if nom not in declarees and nom not in cites:
            yield fault(
                "C-051",
                usage.source,
                f"Le texte {quoted(nom)} est cité, mais l’en-tête ne le déclare pas.",
                f"Ajouter «\u00a0{nom}\u00a0» à «\u00a0references\u00a0».",
            )
        cites.add(nom)


# --- when the library was last read again --------------------------------------------------------


def check_age(
    code: str, quoi: str, verifie_le: dt.date, source: Source, jour: dt.date
) -> Iterator[Constat]:
    """A last reading older than twelve months, or in the future."""
    if verifie_le > jour:
        yield warning(
            code,
            source,
            f"{quoi}\u00a0: la dernière relecture serait du {date_longue(verifie_le)}, après le "
            f"{date_longue(jour)}.",
            "Corriger «\u00a0verifie_le\u00a0».",
        )
    elif (jour.year - 1, jour.month, jour.day) > (
        verifie_le.year,
        verifie_le.month,
        verifie_le.day,
    ):
        yield warning(
            code,
            source,
            f"{quoi}\u00a0: dernière relecture le {date_longue(verifie_le)}, il y a plus de douze "
            "mois.",
            "Le relire sur Légifrance, puis mettre «\u00a0verifie_le\u00a0» à jour.",
        )


def check_ages(redactions: Iterable[Redaction], droit: Droit, jour: dt.date) -> Iterator[Constat]:
    """The age of every wording (C-042) and of every parameter (L-012)."""
    for redaction in redactions:
        source = redaction.fichier.source(("verifie_le",))
        quoi = f"La rédaction de {quoted(redaction.entete.id)}"
        yield from check_age("C-042", quoi, redaction.entete.verifie_le, source, jour)
    for nom, parametre in droit.parametres.items():
        source = droit.sources.get(f"paramètre:{nom}", Source("clauses/droit"))
        quoi = f"Le paramètre {quoted(nom)}"
        yield from check_age("L-012", quoi, parametre.verifie_le, source, jour)
