"""The acts about one dossier: the contract, its autoévaluations, its evaluated years.

What evaluations alone need is imported when one is asked for: a contract does without it.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.conditions import check_produced
from caqes_docs.assembly.contrat.dates import (
    Dates,
    Options,
    contract_data,
    contract_dates,
    describe_act,
    need_effect,
)
from caqes_docs.assembly.contrat.sujet import dated_values, describe_contract, undated_values
from caqes_docs.assembly.contrat.vocabulaire import PlanResolu
from caqes_docs.assembly.etapes import DonneesDuPlan, EtapeResolue, step_values
from caqes_docs.assembly.sujet import CODE_SANS_OBJET, CONTRAT, Assemblage, Sujet
from caqes_docs.core.constats import Constat
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.avenant.chaine import state_before, state_of_year
from caqes_docs.law.avenant.proposition import proposal_of
from caqes_docs.law.avenant.representant import represented_on
from caqes_docs.law.controles.procedure.contrat import check_proposals
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.propres import name_medical_body, own_law
from caqes_docs.redaction.bibliotheque.plan import Plan, TypeDocument
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque
from caqes_docs.redaction.bibliotheque.reference import DateDeReference
from caqes_docs.redaction.langage.vocabulaire import Valeurs

if TYPE_CHECKING:
    from caqes_docs.assembly.evaluation.evaluee import Evaluee


def assemble_act(
    type_document: TypeDocument,
    affaire: Affaire,
    bibliotheque: Bibliotheque,
    droit: Droit,
    options: Options,
) -> Assemblage:
    """The act of `affaire`; raises as `build_subject` and `assemble` do."""
    sujet = build_subject(type_document, affaire, droit, options)
    return assemble(type_document, sujet, bibliotheque, droit, definitif=options.definitif)


def build_subject(
    type_document: TypeDocument, affaire: Affaire, droit: Droit, options: Options
) -> Sujet:
    """What the act of `affaire` is about; its year, if any, is worked out once.

    Raises:
        DonneesError: D-051 no date; D-046 no evaluation of that year; D-099 no such document.
        DroitError: the law does not answer at the act's date.
        ClauseError: C-020 the condition of the plan cannot be evaluated.
    """
    return _Acte(type_document, affaire, droit, options).subject()


def of_its_subject(plan: Plan, affaire: Affaire, options: Options) -> Affaire:
    """The contract as the act is about it: in the year evaluated, or as an avenant is proposed.

    Raises:
        DonneesError: D-046 no evaluation of that year; an avenant cannot be put on the contract.
    """
    annee = options.annee
    if options.avenant is not None and affaire.propose is None:
        propose = need_avenant(affaire, options.avenant)
        return proposal_of(state_before(affaire, options.avenant), propose)
    if plan.donnees == "evaluation":
        from caqes_docs.assembly.evaluation.sujet import find_evaluation

        annee = find_evaluation(affaire, annee).valeur.annee
    elif plan.donnees != "autoevaluation":
        return affaire
    return affaire if annee is None else state_of_year(affaire, annee)


def need_avenant(affaire: Affaire, numero: int | None) -> Charge[Avenant]:
    """The file of that avenant.

    Raises:
        DonneesError: D-099 there is none.
    """
    if numero is None or numero not in affaire.avenants:
        raise DonneesError(
            CODE_SANS_OBJET,
            f"Le dossier n’a pas d’avenant n°\u00a0{numero}.",
            remede="Écrire ses modifications dans contracts_data/avenants/.",
            source=affaire.dossier.fichier.source(("contrat",)),
        )
    return affaire.avenants[numero]


class _Acte:
    """The subject being put together; what costs is worked out when it is first asked for."""

    def __init__(
        self, type_document: TypeDocument, affaire: Affaire, droit: Droit, options: Options
    ) -> None:
        self.type = type_document
        self.affaire = affaire = of_its_subject(type_document.plan, affaire, options)
        dossier = affaire.dossier.valeur
        self.droit = name_medical_body(own_law(droit, dossier.contrat), dossier.etablissement)
        self.options = options
        self.acte = describe_act(affaire, type_document.plan, options)

    @functools.cached_property
    def evaluee(self) -> Evaluee:
        from caqes_docs.assembly.evaluation.evaluee import judge_year
        from caqes_docs.assembly.evaluation.sujet import find_evaluation

        charge = find_evaluation(self.affaire, self.options.annee)
        return judge_year(self.affaire, charge, self.droit)

    @functools.cached_property
    def sans_date(self) -> tuple[Valeurs, tuple[Constat, ...]]:
        valeurs, constats = undated_values(self.affaire, self.droit, self.options.volet)
        donnees = contract_data(self.affaire, self.options.volet)
        if self.type.plan.donnees == "evaluation":
            from caqes_docs.assembly.evaluation.sujet import evaluated_values, evaluation_data

            valeurs = {**valeurs, **evaluated_values(self.evaluee, self.droit)}
            donnees = evaluation_data(self.evaluee.charge)
        return {**valeurs, **self._step(donnees)}, constats

    def _step(self, donnees: DonneesDuPlan) -> Valeurs:
        """The step that the act is; that of an avenant is told as such."""
        valeurs, propose = step_values(self.type, donnees, self.droit), self.affaire.propose
        for nom, (etape, lieu) in valeurs.items():
            if propose and isinstance(etape, EtapeResolue) and etape.avis is None:
                dite = f"{etape.libelle} de l’avenant n°\u00a0{propose.valeur.numero}"
                return {nom: (replace(etape, libelle=dite), lieu)}
        return valeurs

    def subject(self) -> Sujet:
        """The whole subject."""
        self._check_produced()
        match self.type.plan.donnees:
            case "evaluation":
                return self._evaluation()
            case "autoevaluation":
                return self._frame()
            case _:
                return self._contract()

    def _check_produced(self) -> None:
        if self.type.plan.produit_si is None:
            return
        lieu = self.affaire.dossier.fichier.source(("contrat",))
        if self.type.plan.donnees == "evaluation":
            lieu = self.evaluee.charge.fichier.source(("annee",))
        check_produced(self.type, self.sans_date[0], lieu)

    def _dated(self, dates: Dates) -> Valeurs:
        noms = {**self.sans_date[0], **dated_values(self.affaire, self.droit, dates)}
        if self.type.plan.id != CONTRAT:
            lieu = noms["etablissement"][1]
            noms["etablissement"] = (represented_on(self.affaire, dates.date), lieu)
        return noms

    def _contract(self) -> Sujet:
        dates = contract_dates(self.affaire, self.type, self.acte, self.options)
        sujet = describe_contract(self.affaire, self.acte, dates, self._dated(dates))
        refus = self.type.plan.reference is DateDeReference.REFUS
        propositions = tuple(check_proposals(self.affaire, self.droit))
        constats = propositions + (self.sans_date[1] if refus else ())
        siens = self.affaire.numeros if self.type.plan.id == CONTRAT else {}
        if self.affaire.propose is not None:
            numero = f"avenant n°\u00a0{self.affaire.propose.valeur.numero}"
            sujet = replace(sujet, reference=f"{sujet.reference}, {numero}")
        return replace(sujet, constats=constats, numeros=siens)

    def _frame(self) -> Sujet:
        from caqes_docs.assembly.evaluation.cadre import frame_values, year_asked

        effet = need_effect(self.affaire, self.acte)
        annee = year_asked(self.affaire, self.type.plan, effet, self.options.annee)
        fin = dt.date(annee, 12, 31)
        dates = Dates(fin, self.options.date_edition or fin, fin)
        noms = self._dated(dates)
        noms = {**noms, **frame_values(self.affaire, self.droit, annee, noms)}
        return describe_contract(self.affaire, self.acte, dates, noms)

    def _evaluation(self) -> Sujet:
        from caqes_docs.assembly.evaluation.sujet import (
            describe_evaluation,
            evaluation_dates,
            find_evaluation,
            report_values,
        )

        need_effect(self.affaire, self.acte)
        charge = find_evaluation(self.affaire, self.options.annee)
        dates = evaluation_dates(charge, self.type, self.options.date_edition)
        noms = self._dated(dates)
        plan = noms["plan"][0]
        assert isinstance(plan, PlanResolu)
        rapport, constats = report_values(self.evaluee, self.droit, plan)
        sujet = describe_contract(self.affaire, self.acte, dates, {**noms, **rapport})
        return describe_evaluation(sujet, self.evaluee, constats)
