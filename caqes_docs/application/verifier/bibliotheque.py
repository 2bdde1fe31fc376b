"""Check the clause library, the law and the plans together, without making any act."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.charte import FICHIER, read_charte
from caqes_docs.assembly.actes import build_subject
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.noms import NOMS
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import CaqesError
from caqes_docs.core.periode import in_force
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.document.model import Renvoi
from caqes_docs.redaction.bibliotheque.charte import check_former_file
from caqes_docs.redaction.bibliotheque.plan import TypeDocument, clauses_of
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.controle.bibliotheque.anciens import check_old_names
from caqes_docs.redaction.controle.bibliotheque.dates import (
    change_days,
    dates_of_plan,
    effect_dates,
)
from caqes_docs.redaction.controle.bibliotheque.droit import check_ages, check_law, check_usages
from caqes_docs.redaction.controle.bibliotheque.etapes import check_steps
from caqes_docs.redaction.controle.bibliotheque.obligations import check_obligations
from caqes_docs.redaction.controle.bibliotheque.paysage import check_landscape
from caqes_docs.redaction.controle.bibliotheque.plan import (
    check_never_chosen,
    check_periods,
    check_plan,
    check_prefixes,
    check_references,
    check_roles,
    check_unused,
    check_written,
)
from caqes_docs.redaction.controle.bibliotheque.portee import check_holders, check_scope
from caqes_docs.redaction.controle.bibliotheque.registres import (
    check_grounds,
    check_law_references,
    check_typical_plans,
    check_volet_caps,
)
from caqes_docs.redaction.controle.bibliotheque.validations import check_validations
from caqes_docs.redaction.controle.expressions.couverture import Couverture
from caqes_docs.redaction.controle.redaction import Usage, analyse_plan, analyse_wording
from caqes_docs.redaction.langage.fonctions import library_functions, views
from caqes_docs.rendering.docx.charte.charte import check_charte
from caqes_docs.rendering.pdf.feuille import check_sheet
from caqes_docs.rendering.roles import ROLES


def check_library(projet: Projet) -> Iterator[Constat]:
    """Every finding that depends neither on today's date nor on the dossiers."""
    yield from _Regle(projet).run()


def check_meanwhile(
    projet: Projet, date_du_jour: dt.date | None, *, couverture: bool, validations: bool = False
) -> Iterator[Constat]:
    """What today's date, the dossiers or the validations make of a library without fault."""
    if validations:
        yield from check_validations(_wordings(projet), toutes=True)
    if date_du_jour is not None:
        yield from check_ages(_wordings(projet), projet.droit, date_du_jour)
    if couverture:
        yield from _coverage(projet)


def _wordings(projet: Projet) -> list[Redaction]:
    return [
        redaction for redactions in projet.bibliotheque.clauses.values() for redaction in redactions
    ]


class _Regle:
    """One check: what several rules need is worked out once."""

    def __init__(self, projet: Projet) -> None:
        self.projet = projet
        self.droit = projet.droit
        self.bibliotheque = projet.bibliotheque
        self.redactions = _wordings(projet)
        changements = change_days(self.droit, self.bibliotheque)
        self.sans_date = {nom: list(check_steps(t, NOMS)) for nom, t in projet.types.items()}
        self.dates = {
            nom: []
            if self.sans_date[nom]
            else dates_of_plan(type_document.plan, self.droit, changements)
            for nom, type_document in projet.types.items()
        }
        self.imprimees = {n: dict(clauses_of(t.plan)) for n, t in projet.types.items()}
        self.effets = sorted(
            {
                date
                for regime in self.droit.regimes.values()
                for date in effect_dates(regime.effet.periode, changements)
            }
        )
        self.possibles: dict[str, set[dt.date]] = {}
        for cle, noms in self.imprimees.items():
            for nom in noms:
                self.possibles.setdefault(nom, set()).update(self.dates[cle])
        self.renvois: dict[str, list[tuple[Redaction, Usage]]] = {}

    def run(self) -> Iterator[Constat]:
        """Every finding, rule by rule."""
        yield from self.droit.constats
        yield from self.bibliotheque.constats
        yield from self.projet.type_constats
        for redaction in self.redactions:
            yield from self._wording(redaction)
        yield from check_roles(self.redactions, ROLES)
        yield from check_periods(self.bibliotheque)
        yield from check_unused(self.bibliotheque, self.projet.types)
        yield from check_validations(self.redactions, toutes=False)
        for nom, type_document in self.projet.types.items():
            yield from self._type(type_document, self.dates[nom])
        for chemin in {type_document.charte for type_document in self.projet.types.values()}:
            yield from _check_charte(chemin, self.projet.racine)
        for chemin in {type_document.feuille for type_document in self.projet.types.values()}:
            yield from _check_sheet(chemin, self.projet.racine)
        types = self.projet.types.values()
        yield from check_prefixes(types)
        yield from check_old_names(types, self.bibliotheque, self.droit, self.renvois)
        yield from check_obligations(self.bibliotheque, self.droit, self.possibles)
        yield from check_grounds(self.droit)
        yield from check_holders(self.droit, NOMS)
        yield from check_law_references(self.droit)
        yield from check_volet_caps(self.droit)
        yield from check_typical_plans(self.droit, self.effets)

    def _wording(self, redaction: Redaction) -> Iterator[Constat]:
        nom = redaction.entete.id
        possibles = self.possibles.get(nom)
        dates = sorted(
            date
            for date in (self.effets if possibles is None else possibles)
            if redaction.en_vigueur.holds(date)
        )
        analyse = analyse_wording(redaction, self.droit, NOMS)
        yield from analyse.constats
        yield from check_written(redaction)
        yield from check_law(redaction, analyse.usages, self.droit, dates)
        if possibles:
            yield from check_never_chosen(redaction, dates)
        self.renvois.setdefault(nom, []).extend(
            (redaction, usage) for usage in analyse.usages if usage.appel.fonction == "renvoi"
        )

    def _type(self, type_document: TypeDocument, dates: list[dt.date]) -> Iterator[Constat]:
        analyse = analyse_plan(type_document, self.droit, NOMS)
        yield from analyse.constats
        yield from check_usages(analyse.usages, self.droit, dates)
        yield from check_plan(type_document, self.bibliotheque, self.droit, dates)
        yield from self.sans_date[type_document.plan.id]
        yield from check_scope(type_document, self.bibliotheque, NOMS)
        yield from check_landscape(type_document, self.bibliotheque)
        yield from check_references(type_document, self.bibliotheque, self.renvois)
        yield from _check_house_style(type_document, self.projet.racine)


def _check_house_style(type_document: TypeDocument, racine: Path) -> Iterator[Constat]:
    """The files of the house style that a plan names."""
    source = type_document.charge.fichier.source(("charte",))
    for chemin in (type_document.charte, type_document.feuille):
        if not _is_file(chemin):
            yield Constat(
                "P-006",
                Gravite.ERREUR,
                source,
                f"Le fichier {_shown(chemin, racine)} de la charte "
                f"«\u00a0{type_document.plan.charte}\u00a0» manque.",
                "Corriger le nom de la charte, ou y placer ce fichier.",
            )


def _check_sheet(chemin: Path, racine: Path) -> Iterator[Constat]:
    """The faults of a style sheet."""
    if not _is_file(chemin):
        return
    nom = _shown(chemin, racine)
    try:
        yield from check_sheet(chemin.read_text(encoding="utf-8-sig"), nom)
    except (OSError, UnicodeDecodeError):
        yield Constat(
            "P-006",
            Gravite.ERREUR,
            Source(nom),
            "La feuille de style n’est pas enregistrée en UTF-8, ou ne peut pas être lue.",
            "L’enregistrer de nouveau en choisissant l’encodage «\u00a0UTF-8\u00a0».",
        )


def _check_charte(chemin: Path, racine: Path) -> Iterator[Constat]:
    """The faults of a Word file of a house style, and its name of before."""
    nom = _shown(chemin, racine)
    yield from check_former_file(chemin, nom)
    graphique = chemin.with_name(FICHIER)
    yield from read_charte(graphique, _shown(graphique, racine)).constats
    if _is_file(chemin):
        for constat in check_charte(chemin):
            yield replace(constat, source=Source(nom))


def _is_file(chemin: Path) -> bool:
    """Whether a file is there; false where the access is refused (`Path.is_file` would raise)."""
    return os.path.isfile(chemin)  # noqa: PTH113


def _shown(chemin: Path, racine: Path) -> str:
    return chemin.relative_to(racine).as_posix() if chemin.is_relative_to(racine) else str(chemin)


# --- coverage -------------------------------------------------------------------------------


def _coverage(projet: Projet) -> Iterator[Constat]:
    """The conditions of each type's clauses, tried on every dossier."""
    couverture = Couverture()
    for affaire in projet.depot().affaires.values():
        for type_document in projet.types.values():
            try:
                _try_one(projet, affaire, type_document, couverture)
            except CaqesError:
                continue  # the check of the dossiers tells what is wrong with this one
    if couverture.contextes:
        yield from couverture.findings()


def _try_one(
    projet: Projet, affaire: Affaire, type_document: TypeDocument, couverture: Couverture
) -> None:
    plan, regime = type_document.plan, affaire.dossier.valeur.contrat.regime.value
    if plan.donnees != "contrat":
        return
    if regime not in plan.regimes or regime not in projet.droit.regimes:
        return
    defaut = projet.droit.regimes[regime].effet.du
    sujet = build_subject(type_document, affaire, projet.droit, Options(date_effet=defaut))
    contexte = views(sujet.valeurs, NOMS.types, lambda _vue: None)
    contexte.update(library_functions(projet.droit, sujet.date, _no_reference))
    redactions = (
        in_force(projet.bibliotheque.clauses.get(nom, ()), sujet.date)
        for nom in dict(clauses_of(plan))
    )
    couverture.run([r for r in redactions if r is not None], contexte)


def _no_reference(_identifiant: str) -> Renvoi:
    return Renvoi("", "")
