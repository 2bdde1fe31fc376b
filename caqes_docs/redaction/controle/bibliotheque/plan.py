"""Plans against the library: known clauses, unbroken periods, references that lead somewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError

from caqes_docs.core.constats import Constat, Gravite, fault, warning
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.periode import in_force, overlaps_and_gaps
from caqes_docs.core.saisie import is_placeholder
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.numerotation import anchor
from caqes_docs.redaction.bibliotheque.plan import (
    ClauseDuPlan,
    PosteChapitre,
    TypeDocument,
    clauses_of,
    iter_clauses,
)
from caqes_docs.redaction.bibliotheque.redactions import A_ECRIRE, Bibliotheque, Redaction
from caqes_docs.redaction.controle.expressions.connu import assume
from caqes_docs.redaction.controle.expressions.extraits import parse_condition
from caqes_docs.redaction.controle.expressions.types import quoted
from caqes_docs.redaction.controle.redaction import Usage

RenvoisParClause = Mapping[str, Sequence[tuple[Redaction, Usage]]]
"""The references of each clause, by the clause that holds them."""


def check_periods(bibliotheque: Bibliotheque) -> Iterator[Constat]:
    """Wordings of one clause that overlap (C-037), or leave days without any (C-036)."""
    for identifiant, redactions in bibliotheque.clauses.items():
        chevauchements, lacunes = overlaps_and_gaps(redactions)
        for code, paires, mot in (
            ("C-037", chevauchements, "se chevauchent"),
            ("C-036", lacunes, "laissent un trou"),
        ):
            for avant, apres in paires:
                yield Constat(
                    code,
                    Gravite.ERREUR,
                    apres.fichier.source(("en_vigueur",)),
                    f"Deux rédactions de {quoted(identifiant)} {mot}\u00a0: {avant.en_vigueur} "
                    f"({avant.fichier.nom}), puis {apres.en_vigueur}.",
                    f"Ajuster «\u00a0au\u00a0» en {avant.fichier.source(('en_vigueur',))}, "
                    "ou la date de ce fichier.",
                )


def check_plan(
    type_document: TypeDocument, bibliotheque: Bibliotheque, droit: Droit, dates: Sequence[dt.date]
) -> Iterator[Constat]:
    """One plan: its regimes, its clauses, and a wording of each at every date."""
    plan, fichier = type_document.plan, type_document.charge.fichier
    for rang, nom in enumerate(plan.regimes):
        if nom not in droit.regimes:
            yield Constat(
                "P-005",
                Gravite.ERREUR,
                fichier.source(("regimes", rang)),
                f"Le régime {quoted(nom)} n’est pas dans droit/regimes.yaml.",
                close_name(nom, droit.regimes)
                or f"Régimes connus\u00a0: {', '.join(droit.regimes)}.",
            )
    ancres: dict[str, Source] = {}
    for nom, chemin in _named(type_document):
        source = fichier.source(chemin)
        deja = ancres.setdefault(anchor(nom), source)
        if deja is not source:
            yield Constat(
                "P-004",
                Gravite.ERREUR,
                source,
                f"{quoted(nom)} prend la place déjà tenue en {deja}\u00a0: les renvois seraient "
                "ambigus.",
                "Ne citer la clause qu’une fois, ou changer l’identifiant.",
            )
    for nom, chemin in dict(clauses_of(plan)).items():
        yield from _check_wordings(nom, fichier.source(chemin), bibliotheque, dates)
    yield from _check_titles(type_document, bibliotheque)
    doubles = (c for date in dates for c in _check_annexes(type_document, bibliotheque, date))
    yield from dict.fromkeys(doubles)


def _check_titles(type_document: TypeDocument, bibliotheque: Bibliotheque) -> Iterator[Constat]:
    """C-116: wordings without a title, where the plan numbers their clause as an article."""
    for clause in iter_clauses(type_document.plan):
        for redaction in bibliotheque.clauses.get(clause.nom, ()) if clause.numerotee else ():
            if not redaction.entete.titre:
                yield fault(
                    "C-116",
                    redaction.fichier.source(("id",)),
                    f"Le plan {quoted(type_document.plan.id)} fait de {quoted(clause.nom)} un "
                    "article ou une annexe, et cette rédaction n’a pas de titre\u00a0: son numéro "
                    "manquerait.",
                    "Ajouter «\u00a0titre\u00a0» à l’en-tête de la rédaction.",
                )


def _check_annexes(
    type_document: TypeDocument, bibliotheque: Bibliotheque, date: dt.date
) -> Iterator[Constat]:
    """C-123: two annexes of one act under the same title."""
    vus: dict[str, str] = {}
    for clause in iter_clauses(type_document.plan):
        redaction = in_force(bibliotheque.clauses.get(clause.nom, ()), date)
        titre = redaction.entete.titre if redaction else None
        if redaction is None or titre is None or clause.chemin[0] != "annexes":
            continue
        if (deja := vus.setdefault(titre.casefold(), clause.nom)) != clause.nom:
            yield warning(
                "C-123",
                redaction.fichier.source(("titre",)),
                f"{quoted(deja)} et {quoted(clause.nom)} sont deux annexes du plan "
                f"{quoted(type_document.plan.id)} sous le même titre\u00a0: «\u00a0{titre}\u00a0».",
                "Dire dans chaque titre ce qui est propre à l’annexe.",
            )


def check_prefixes(types: Iterable[TypeDocument]) -> Iterator[Constat]:
    """C-118: two types whose files would bear the same name, each in the place of the other."""
    vus: dict[str, Source] = {}
    for type_document in types:
        prefixe = type_document.plan.prefixe_fichier
        source = type_document.charge.fichier.source(("prefixe_fichier",))
        deja = vus.setdefault(prefixe.casefold(), source)
        if deja is not source:
            yield fault(
                "C-118",
                source,
                f"{quoted(prefixe)} commence déjà le nom des fichiers d’un autre type, en {deja}"
                "\u00a0: l’un s’écrirait à la place de l’autre.",
                "Donner à ce type un autre «\u00a0prefixe_fichier\u00a0».",
            )


def _named(type_document: TypeDocument) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Clauses and chapters: all that takes an anchor."""
    for clause in iter_clauses(type_document.plan):
        yield clause.place, clause.chemin
    for rang, poste in enumerate(type_document.plan.corps):
        if isinstance(poste, PosteChapitre):
            yield poste.chapitre.id, ("corps", rang, "chapitre", "id")


def _check_wordings(
    nom: str, source: Source, bibliotheque: Bibliotheque, dates: Sequence[dt.date]
) -> Iterator[Constat]:
    redactions = bibliotheque.clauses.get(nom)
    if redactions is None:
        yield Constat(
            "P-003",
            Gravite.ERREUR,
            source,
            f"La clause {quoted(nom)} n’est pas dans la bibliothèque.",
            close_name(nom, bibliotheque.clauses) or "L’ajouter, ou retirer son nom du plan.",
        )
        return
    debut = min(redaction.en_vigueur.du for redaction in redactions)
    fins = [redaction.en_vigueur.au for redaction in redactions]
    fin = None if None in fins else max(au for au in fins if au is not None)
    for date in dates:
        dans_un_trou = debut <= date and (fin is None or date <= fin)
        if in_force(redactions, date) is None and not dans_un_trou:
            yield Constat(
                "C-002",
                Gravite.ERREUR,
                source,
                f"Aucune rédaction de {quoted(nom)} n’est en vigueur au {date_longue(date)}, "
                "que les régimes de ce plan admettent.",
                "Ajouter une rédaction pour cette date, ou prolonger «\u00a0en_vigueur\u00a0» en "
                f"{redactions[-1].fichier.source(('en_vigueur',))}.",
            )
            return


def check_unused(
    bibliotheque: Bibliotheque, types: Mapping[str, TypeDocument]
) -> Iterator[Constat]:
    """Clauses that no plan prints."""
    employees = {nom for type_ in types.values() for nom, _ in clauses_of(type_.plan)}
    for nom, redactions in bibliotheque.clauses.items():
        if nom not in employees:
            yield Constat(
                "C-038",
                Gravite.AVERTISSEMENT,
                redactions[0].fichier.source(("id",)),
                f"Aucun plan n’imprime la clause {quoted(nom)}.",
                "La citer dans un plan, ou la retirer de la bibliothèque.",
            )


def check_written(redaction: Redaction) -> Iterator[Constat]:
    """C-115: a wording that nobody wrote, or of which a paragraph only holds a place."""
    for rang, ligne in enumerate(redaction.ecrit.splitlines(), 1):
        texte = ligne.strip(" -*#>|:")
        if texte == A_ECRIRE or (texte and "{" not in texte and is_placeholder(texte)):
            yield fault(
                "C-115",
                redaction.source(rang),
                f"{quoted(texte)} tient la place du texte et serait imprimé tel quel.",
                "Écrire le texte de la clause.",
            )


def check_never_chosen(redaction: Redaction, dates: Sequence[dt.date]) -> Iterator[Constat]:
    """A wording whose validity holds no possible date."""
    if not dates:
        yield Constat(
            "C-060",
            Gravite.AVERTISSEMENT,
            redaction.fichier.source(("en_vigueur",)),
            "Cette rédaction n’est jamais choisie\u00a0: aucune date d’effet possible ne tombe "
            f"dans sa période ({redaction.en_vigueur}).",
            "Corriger sa période, ou la retirer.",
        )


def check_roles(redactions: Sequence[Redaction], roles: Collection[str]) -> Iterator[Constat]:
    """Roles that no style dresses."""
    for redaction in redactions:
        role = redaction.entete.role
        if role not in roles:
            yield Constat(
                "C-039",
                Gravite.ERREUR,
                redaction.fichier.source(("role",)),
                f"Le rôle {quoted(role)} n’existe pas.",
                close_name(role, roles) or f"Rôles connus\u00a0: {', '.join(roles)}.",
            )


# --- references from clause to clause ------------------------------------------------------------


@dataclass(frozen=True)
class _Cible:
    """What a reference may lead to: its clause, whether it has a number."""

    numero: bool
    redactions: tuple[Redaction, ...] = ()
    volet: str | None = None


def check_references(
    type_document: TypeDocument, bibliotheque: Bibliotheque, renvois: RenvoisParClause
) -> Iterator[Constat]:
    """References of the clauses of a plan to places that this plan does not hold, or not always."""
    cibles = _targets(type_document, bibliotheque)
    for clause in iter_clauses(type_document.plan):
        for redaction, usage in renvois.get(clause.nom, ()):
            vise = _aimed(usage.appel.identifiant, clause, cibles, bibliotheque)
            if vise not in cibles:
                yield Constat(
                    "C-003",
                    Gravite.ERREUR,
                    usage.source,
                    f"Le renvoi vise {quoted(vise)}, que le plan "
                    f"{quoted(type_document.plan.id)} ne contient pas.",
                    close_name(vise, cibles) or "Corriger le renvoi, ou ajouter la clause au plan.",
                )
            else:
                yield from _check_target(vise, usage, cibles[vise], redaction)


def _aimed(
    ecrit: str, clause: ClauseDuPlan, cibles: Mapping[str, _Cible], bibliotheque: Bibliotheque
) -> str:
    """The place that a reference leads to; « .plan_actions » is that of the volet of `clause`."""
    if ecrit.startswith(".") and clause.volet is not None:
        siennes = (nom for nom, cible in cibles.items() if cible.volet == clause.volet)
        return next((nom for nom in siennes if nom.endswith(ecrit)), ecrit)
    return ecrit if ecrit in cibles else bibliotheque.present(ecrit)


def _targets(type_document: TypeDocument, bibliotheque: Bibliotheque) -> dict[str, _Cible]:
    plan = type_document.plan
    cibles: dict[str, _Cible] = {}
    for poste in plan.corps:
        if isinstance(poste, PosteChapitre):
            cibles[poste.chapitre.id] = _Cible(True)
    for clause in iter_clauses(plan):
        redactions = bibliotheque.clauses.get(clause.nom, ())
        cibles[clause.place] = _Cible(clause.numerotee, redactions, clause.volet)
    return cibles


def _check_target(
    vise: str, usage: Usage, cible: _Cible, redaction: Redaction
) -> Iterator[Constat]:
    for visee in cible.redactions:
        if not visee.en_vigueur.overlaps(redaction.en_vigueur):
            continue
        if not cible.numero and not visee.entete.titre:
            yield Constat(
                "C-061",
                Gravite.ERREUR,
                usage.source,
                f"Le renvoi vise {quoted(vise)}, qui n’a ni numéro ni titre\u00a0: rien ne "
                "s’imprimerait.",
                "Viser un article, une annexe ou une clause titrée.",
            )
            return
        if visee.entete.si and not visee.entete.sinon and not _granted(usage, visee):
            yield Constat(
                "C-062",
                Gravite.AVERTISSEMENT,
                usage.source,
                f"Le renvoi vise {quoted(vise)}, qui ne s’imprime que sous une condition "
                f"({visee.fichier.source(('si',))}).",
                "Placer le renvoi sous la même condition, ou donner un «\u00a0sinon\u00a0» à la "
                "clause visée.",
            )
            return


def _granted(usage: Usage, visee: Redaction) -> bool:
    """Whether the condition of the clause aimed at is known to hold where the reference stands."""
    try:
        exige = set(assume(parse_condition(str(visee.entete.si)), True))
    except TemplateSyntaxError:
        return True
    return exige <= usage.appel.faits
