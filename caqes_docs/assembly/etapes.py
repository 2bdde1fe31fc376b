"""The step which an act is: the date it goes by, and what its clauses may say of the step."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caqes_docs.core.errors import ClauseError, DonneesError, DroitError
from caqes_docs.data.dossier.procedure import (
    Audition,
    Avis,
    Envoi,
    Etape,
    Observation,
    ProcedureContrat,
    ProcedureEvaluation,
)
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.procedure.contrat import contract_delays
from caqes_docs.law.procedure.delais import Delai, Support
from caqes_docs.law.procedure.evaluation import envisages_msap, evaluation_delays
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.reference import (
    Cles,
    find_date_path,
    find_step,
    first_date,
    split_path,
)
from caqes_docs.redaction.langage.vocabulaire import Valeurs, champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class EtapeResolue:
    """The step which the act is, as its clauses print it."""

    libelle: str = champ("nom de l’étape")
    numero: str | None = champ("numéro de l’acte")
    reference: str | None = champ("référence de la lettre")
    date: dt.date | None = champ("date de l’acte")
    mode: str | None = champ("mode d’envoi")
    numero_envoi: str | None = champ("numéro d’envoi ou de suivi")
    recue_le: dt.date | None = champ("date de réception")
    audition: Audition | None = champ("audition de l’établissement")
    observations: tuple[Observation, ...] = champ("observations de l’établissement")
    avis: Avis | None = champ("avis de l’organisme local")
    dernier_jour: dt.date | None = champ("dernier jour du délai, avant toute audition")
    a_temps: bool = champ("audition demandée avant la fin du délai (oui ou non)")
    tardive: bool = champ("audition demandée après la fin du délai (oui ou non)")
    origines: Mapping[str, Lieu] = lieux()


TYPES: Mapping[str, TypeChamp] = {"etape": TypeChamp("bloc", EtapeResolue, optionnel=True)}
"""What the clauses of an act that is a step may name."""


@dataclass(frozen=True)
class DonneesDuPlan:
    """The data of a subject, where the paths of its plans start."""

    racine: TypeChamp
    valeur: object
    lieu: Lieu
    defaut: Cles | None = None
    """The date gone by when the plan names none of the data."""

    def at(self, chemin: Cles) -> tuple[object, Lieu]:
        """The datum at `chemin` (None when a part of the way is missing), and its place."""
        valeur, lieu = self.valeur, self.lieu
        for cle in chemin:
            valeur, lieu = getattr(valeur, cle, None), lieu.child(cle)
        return valeur, lieu


def step_date(
    type_document: TypeDocument, donnees: DonneesDuPlan, edition: dt.date | None
) -> dt.date:
    """The date that the plan goes by, or the day of edition of a draft.

    Raises:
        ClauseError: P-020 the plan leads to no date.
        DonneesError: D-051 the date is not known, and no day of edition is given.
    """
    plan = type_document.plan
    chemin = donnees.defaut
    if plan.reference is None:
        chemin = find_date_path(donnees.racine, plan.date_de_reference, plan.etape)
    if chemin is None:
        raise ClauseError(
            "P-020",
            f"Le plan «\u00a0{plan.id}\u00a0» ne mène à aucune date des données.",
            remede="Lancer «\u00a0caqes clauses verifier\u00a0» pour le détail.",
            source=type_document.charge.fichier.source(("date_de_reference",)),
        )
    valeur, lieu = donnees.at(chemin)
    date = valeur if isinstance(valeur, dt.date) else edition
    if date is None:
        raise DonneesError(
            "D-051",
            "La date de l’acte manque\u00a0: elle décide des rédactions.",
            remede=f"Remplir «\u00a0{lieu}\u00a0», ou donner --date-edition pour un projet.",
            source=lieu.source,
        )
    return date


def step_values(type_document: TypeDocument, donnees: DonneesDuPlan, droit: Droit) -> Valeurs:
    """The name `etape` of a plan that says which step it is; nothing for the others."""
    if type_document.plan.etape is None:
        return {}
    chemin = split_path(type_document.plan.etape)
    valeur, lieu = donnees.at(chemin)
    delai = _delay(donnees, chemin, droit)
    return {"etape": (_resolve(valeur, find_step(donnees.racine, chemin), lieu, delai), lieu)}


def _delay(donnees: DonneesDuPlan, chemin: Cles, droit: Droit) -> Delai | None:
    """The delay that the step opens, as far as the law of its day tells."""
    procedure, lieu = donnees.at(chemin[:-1])
    if lieu.fichier is None:
        return None
    support = Support(droit, lieu.fichier, lieu.chemin)
    delais: Mapping[str, Delai] = {}
    with contextlib.suppress(DroitError):
        if isinstance(procedure, ProcedureContrat):
            delais = contract_delays(support, procedure)
        elif isinstance(procedure, ProcedureEvaluation):
            msap = envisages_msap(procedure, getattr(donnees.valeur, "decision", None))
            delais = evaluation_delays(support, procedure, msap=msap)
    return delais.get(chemin[-1])


def _resolve(
    valeur: object, type_: TypeChamp | None, lieu: Lieu, delai: Delai | None
) -> EtapeResolue | None:
    if valeur is None or type_ is None:
        return None
    cle_date = first_date(type_) or "date"
    envoi = valeur if isinstance(valeur, Envoi) else Envoi()
    etape = valeur if isinstance(valeur, Etape) else Etape()
    return EtapeResolue(
        libelle=type_.titre,
        numero=envoi.numero,
        reference=getattr(valeur, "reference", None),
        date=getattr(valeur, cle_date, None),
        mode=envoi.mode,
        numero_envoi=envoi.numero_envoi,
        recue_le=envoi.recue_le,
        audition=etape.audition,
        observations=etape.observations,
        avis=valeur if isinstance(valeur, Avis) else None,
        dernier_jour=delai.initial.jour if delai else None,
        a_temps=delai is not None and delai.a_temps is True,
        tardive=delai is not None and delai.a_temps is False,
        origines={
            "date": lieu.child(cle_date),
            "avis": lieu,
            "dernier_jour": lieu.child("recue_le"),
        },
    )
