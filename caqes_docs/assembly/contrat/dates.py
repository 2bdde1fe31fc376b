"""The dates of an act about one contract: what they choose, and what they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caqes_docs.assembly.etapes import DonneesDuPlan, step_date
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.law.avenant.etat import effect_day
from caqes_docs.law.caqes_1.refus import refused_together
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
    volet: str | None = None
    """The volet proposed apart that the act is about; None for what the contract proposes."""
    avenant: int | None = None
    """The number of the avenant that the act is, or is about."""
    droit_au: dt.date | None = None
    """The day of the law that an avenant moved the contract to."""


@dataclass(frozen=True)
class Dates:
    """The dates of one act."""

    date: dt.date
    """The date that chooses wordings, terms and parameters."""
    edition: dt.date
    """The day the act is drawn up."""
    contenu: dt.date
    """The date at which indicators, volets and target rates are drawn from the catalogue."""
    taux: dt.date | None = None
    """The day whose target rates are printed, when it is another."""


def describe_act(affaire: Affaire, plan: Plan, options: Options) -> Acte:
    """The act, with what is known of its signature; a draft may suppose its date of effect."""
    signature = affaire.dossier.valeur.contrat.signature.date_retenue
    suppose = None if options.definitif else options.date_effet
    effet = effect_date(signature) if signature is not None else suppose
    if affaire.propose is not None:
        effet = effect_day(affaire.propose.valeur) or suppose
    lieu = Lieu(affaire.dossier.fichier, ("contrat", "signature", "date"))
    return Acte(plan.titre, effet, signature, {"date_signature": lieu, "date_effet": lieu})


def contract_dates(
    affaire: Affaire, type_document: TypeDocument, acte: Acte, options: Options
) -> Dates:
    """The dates of an act of the contract itself, or of a volet proposed apart.

    Raises:
        DonneesError: D-051 no date chooses the wordings.
        ClauseError: P-020 the plan leads to no date.
    """
    reference, edition = type_document.plan.reference, options.date_edition
    if reference is None or reference is DateDeReference.REFUS:
        if reference is None:
            date = step_date(type_document, contract_data(affaire, options.volet), edition)
        else:
            date = _refusal_date(affaire, options)
        return Dates(date, edition or date, acte.date_effet or effect_date(date))
    effet = need_effect(affaire, acte)
    if options.droit_au is not None:
        return Dates(options.droit_au, edition or options.droit_au, effet, options.droit_au)
    par_signature = reference is DateDeReference.SIGNATURE
    date = acte.date_signature if par_signature and acte.date_signature else effet
    return Dates(date, edition or acte.date_signature or effet, date)


def contract_data(affaire: Affaire, volet: str | None = None) -> DonneesDuPlan:
    """The contract, or a volet proposed apart, as the paths of plans go through it."""
    contrat, lieu = affaire.dossier.valeur.contrat, Lieu(affaire.dossier.fichier, ("contrat",))
    valeur: object = contrat
    for rang, refus in enumerate(contrat.refus):
        if volet is not None and refus.volet == volet and refus.procedure is not None:
            valeur, lieu = refus, lieu.child("refus").child(rang)
            break
    else:
        if volet is not None:
            valeur, lieu = contrat.volets.get(volet), lieu.child("volets").child(volet)
    return DonneesDuPlan(TypeChamp("bloc", Contrat), valeur, lieu)


def find_proposals(contrat: Contrat) -> tuple[str | None, ...]:
    """What was proposed: the contract (None), and each volet proposed apart."""
    premiers = (contrat.refus[rangs[0]] for rangs in refused_together(contrat))
    apart = [nom for nom, volet in contrat.volets.items() if volet.procedure is not None]
    apart += [refus.volet for refus in premiers if refus.procedure is not None]
    return (None, *dict.fromkeys(apart))


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


def _refusal_date(affaire: Affaire, options: Options) -> dt.date:
    """One act decides on the refusals of a proposal: it bears the last of their dates.

    Raises:
        DonneesError: D-051 no date is known.
    """
    refus = affaire.dossier.valeur.contrat.refus
    propres = [un for un in refus if options.volet == (un.volet if un.procedure else None)]
    decides = (un.decide_le for un in propres or refus if un.decide_le)
    date = max(decides, default=options.date_edition)
    if date is None:
        raise DonneesError(
            "D-051",
            "La date de l’acte manque\u00a0: elle décide des rédactions.",
            remede="Remplir «\u00a0contrat.refus.decide_le\u00a0», ou donner --date-edition pour "
            "un projet.",
            source=affaire.dossier.fichier.source(("contrat", "refus")),
        )
    return date
