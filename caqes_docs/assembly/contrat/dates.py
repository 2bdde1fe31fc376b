"""The dates of an act about one contract: what they choose, and what they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caqes_docs.assembly.etapes import DonneesDuPlan, step_date
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.law.droit.droit import effect_date
from caqes_docs.redaction.bibliotheque.plan import Plan, TypeDocument
from caqes_docs.redaction.bibliotheque.reference import DateDeReference
from caqes_docs.redaction.langage.vocabulaire import Acte
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class Options:
    """How an act is made. Every date is an input."""

    definitif: bool = False
    date_effet: dt.date | None = None
    """Stands in for an unknown signature, in a draft only."""
    date_edition: dt.date | None = None
    """Written in the properties of the files; the date of signature or of effect by default."""
    annee: int | None = None
    """The year evaluated, for the documents of an evaluation."""


@dataclass(frozen=True)
class Dates:
    """The dates of one act."""

    date: dt.date
    """The date that chooses wordings, terms and parameters."""
    edition: dt.date
    """The day the act is drawn up."""
    contenu: dt.date
    """The date at which indicators, volets and target rates are drawn from the catalogue."""


def describe_act(affaire: Affaire, plan: Plan, options: Options) -> Acte:
    """The act, with what is known of its signature; a draft may suppose its date of effect."""
    signature = affaire.dossier.valeur.contrat.signature.date_retenue
    suppose = None if options.definitif else options.date_effet
    effet = effect_date(signature) if signature is not None else suppose
    lieu = Lieu(affaire.dossier.fichier, ("contrat", "signature", "date"))
    return Acte(plan.titre, effet, signature, {"date_signature": lieu, "date_effet": lieu})


def contract_dates(
    affaire: Affaire, type_document: TypeDocument, acte: Acte, edition: dt.date | None
) -> Dates:
    """The dates of an act of the contract itself.

    Raises:
        DonneesError: D-051 no date chooses the wordings.
        ClauseError: P-020 the plan leads to no date.
    """
    reference = type_document.plan.reference
    if reference is None or reference is DateDeReference.REFUS:
        if reference is None:
            date = step_date(type_document, contract_data(affaire), edition)
        else:
            date = _refusal_date(affaire, edition)
        return Dates(date, edition or date, acte.date_effet or effect_date(date))
    effet = need_effect(affaire, acte)
    par_signature = reference is DateDeReference.SIGNATURE
    date = acte.date_signature if par_signature and acte.date_signature else effet
    return Dates(date, edition or acte.date_signature or effet, date)


def contract_data(affaire: Affaire) -> DonneesDuPlan:
    """The contract as the paths of its plans go through it."""
    lieu = Lieu(affaire.dossier.fichier, ("contrat",))
    return DonneesDuPlan(TypeChamp("bloc", Contrat), affaire.dossier.valeur.contrat, lieu)


def need_effect(affaire: Affaire, acte: Acte) -> dt.date:
    """The date of effect.

    Raises:
        DonneesError: D-051 it is not known.
    """
    if acte.date_effet is None:
        raise DonneesError(
            "D-051",
            "La date de signature manque\u00a0: elle décide de la date d’effet, donc des "
            "rédactions.",
            remede="Remplir «\u00a0contrat.signature.date\u00a0», ou donner --date-effet pour "
            "un projet.",
            source=affaire.dossier.fichier.source(("contrat", "signature", "date")),
        )
    return acte.date_effet


def _refusal_date(affaire: Affaire, edition: dt.date | None) -> dt.date:
    """One act decides on every refusal: it bears the last of their dates; or the day of edition.

    Raises:
        DonneesError: D-051 no date is known.
    """
    refus = affaire.dossier.valeur.contrat.refus
    date = max((un.decide_le for un in refus if un.decide_le), default=edition)
    if date is None:
        raise DonneesError(
            "D-051",
            "La date de l’acte manque\u00a0: elle décide des rédactions.",
            remede="Remplir «\u00a0contrat.refus.decide_le\u00a0», ou donner --date-edition pour "
            "un projet.",
            source=affaire.dossier.fichier.source(("contrat", "refus")),
        )
    return date
