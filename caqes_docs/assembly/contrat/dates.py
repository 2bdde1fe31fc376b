"""The dates of an act about one contract: what they choose, and what they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.law.droit.droit import effect_date
from caqes_docs.redaction.bibliotheque.plan import DateDeReference, Plan
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


def contract_dates(affaire: Affaire, plan: Plan, acte: Acte, edition: dt.date | None) -> Dates:
    """The dates of an act of the contract itself.

    Raises:
        DonneesError: D-051 no date chooses the wordings.
    """
    if plan.date_de_reference in _AVANT_SIGNATURE:
        date = _date_of_step(affaire, plan.date_de_reference, edition)
        return Dates(date, edition or date, acte.date_effet or effect_date(date))
    effet = need_effect(affaire, acte)
    par_signature = plan.date_de_reference is DateDeReference.SIGNATURE
    date = acte.date_signature if par_signature and acte.date_signature else effet
    return Dates(date, edition or acte.date_signature or effet, date)


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


_AVANT_SIGNATURE = frozenset({DateDeReference.PROPOSITION, DateDeReference.REFUS})
"""The acts that come before the signature, or in its place: no date of effect is asked for."""


def _date_of_step(affaire: Affaire, reference: DateDeReference, edition: dt.date | None) -> dt.date:
    """The date of the proposal, or of the decision on a refusal; that of a draft by default.

    Raises:
        DonneesError: D-051 the date of the step is not known, and no day of edition is given.
    """
    contrat = affaire.dossier.valeur.contrat
    proposition = reference is DateDeReference.PROPOSITION
    date = _proposed_on(contrat) if proposition else _refusal_decided_on(contrat)
    date = date or edition
    if date is None:
        chemin = ("contrat", "proposition", "date") if proposition else ("contrat", "refus")
        champ = "contrat.proposition.date" if proposition else "contrat.refus.decide_le"
        raise DonneesError(
            "D-051",
            "La date de l’acte manque\u00a0: elle décide des rédactions.",
            remede=f"Remplir «\u00a0{champ}\u00a0», ou donner --date-edition pour un projet.",
            source=affaire.dossier.fichier.source(chemin),
        )
    return date


def _proposed_on(contrat: Contrat) -> dt.date | None:
    return contrat.proposition.date if contrat.proposition else None


def _refusal_decided_on(contrat: Contrat) -> dt.date | None:
    """One act decides on every refusal: it bears the last of their dates."""
    return max((refus.decide_le for refus in contrat.refus if refus.decide_le), default=None)
