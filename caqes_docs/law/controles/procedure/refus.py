"""The timing of a refusal: after a second proposal, its fifteen days, its answers (D. 162-15)."""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.dossier.contrat import Contrat, Dossier
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.dossier.volets import Refus
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.controles.procedure.contrat import ACTES, ARTICLE
from caqes_docs.law.controles.procedure.etapes import Examen, Fait
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.procedure.contrat import SECONDE, contract_delays
from caqes_docs.law.procedure.delais import Support


def refusal_procedure(contrat: Contrat, rang: int) -> tuple[ProcedureContrat, Chemin]:
    """The procedure that led to a refusal, and its place: its own, its volet's, the contract's."""
    refus = contrat.refus[rang]
    volet = contrat.volets.get(refus.volet)
    if refus.procedure is not None:
        return refus.procedure, ("contrat", "refus", rang, "procedure")
    if volet is not None and volet.procedure is not None:
        return volet.procedure, ("contrat", "volets", refus.volet, "procedure")
    return contrat.procedure or ProcedureContrat(), ("contrat", "procedure")


def check_refusal_steps(dossier: Charge[Dossier], droit: Droit, rang: int) -> Iterator[Constat]:
    """Every fault of procedure of one refusal (K1, K7)."""
    refus = dossier.valeur.contrat.refus[rang]
    procedure, racine = refusal_procedure(dossier.valeur.contrat, rang)
    support = Support(droit, dossier.fichier, racine)
    examen, faits = Examen(support, ARTICLE), _facts(dossier, rang, refus)
    acte = next((fait for fait in faits if fait.jour is not None), None)
    if acte is not None:
        seconde = procedure.seconde_proposition
        yield from examen.check_proof(SECONDE, ACTES[SECONDE], seconde, acte)
        yield from examen.check_answers(SECONDE, seconde, acte)
        yield from examen.check_known(SECONDE, seconde, acte)
        yield from _check_end(examen, procedure, acte)
    yield from _check_motives(examen, procedure, dossier, rang)
    yield from _check_information(dossier, rang, refus)


def _facts(dossier: Charge[Dossier], rang: int, refus: Refus) -> tuple[Fait, ...]:
    """The refusal found, then decided: the first that is dated must leave the delay its time."""
    lieu: Chemin = ("contrat", "refus", rang)
    source = dossier.fichier.source
    return (
        Fait(source((*lieu, "constate_le")), "le constat du refus", refus.constate_le),
        Fait(source((*lieu, "decide_le")), "la décision de refus", refus.decide_le),
    )


def _check_end(examen: Examen, procedure: ProcedureContrat, acte: Fait) -> Iterator[Constat]:
    try:
        delai = contract_delays(examen.support, procedure).get(SECONDE)
    except DroitError as error:
        yield fault(error.code, examen.support.source(SECONDE), error.message, error.remede)
        return
    yield from examen.check_end(delai, acte)
    yield from examen.check_late_hearing(delai, procedure.seconde_proposition, acte)


def _check_motives(
    examen: Examen, procedure: ProcedureContrat, dossier: Charge[Dossier], rang: int
) -> Iterator[Constat]:
    """V-348: motives told within the delay are observations, which the act says it did not have."""
    seconde, jour = procedure.seconde_proposition, dossier.valeur.contrat.refus[rang].motifs_le
    if seconde is None or jour is None or seconde.observations:
        return
    try:
        delai = contract_delays(examen.support, procedure).get(SECONDE)
    except DroitError:
        return
    if delai and delai.premier_jour and delai.terme and delai.premier_jour <= jour <= delai.terme:
        yield fault(
            "V-348",
            dossier.fichier.source(("contrat", "refus", rang, "motifs_le")),
            f"L’établissement a motivé son refus le {date_longue(jour)}, avant la fin du délai, le "
            f"{date_longue(delai.terme)}, et la seconde proposition n’a pas d’observations : "
            f"la décision dirait qu’aucune n’a été présentée ({ARTICLE}).",
            f"Écrire ces motifs et leur réponse dans {examen.key(SECONDE, 'observations')}, et "
            "retirer « motifs », « motifs_le » et « reponse » du "
            "refus.",
        )


def _check_information(dossier: Charge[Dossier], rang: int, refus: Refus) -> Iterator[Constat]:
    """V-109: the caisse is told at the same time as the establishment."""
    decide, informee = refus.decide_le, refus.caisse_informee_le
    if decide is None or informee is None or informee == decide:
        return
    constat = fault if informee < decide else warning
    yield constat(
        "V-109",
        dossier.fichier.source(("contrat", "refus", rang, "caisse_informee_le")),
        f"La caisse est informée le {date_longue(informee)}, et non le jour de la décision, le "
        f"{date_longue(decide)}\u00a0: elle l’est simultanément ({ARTICLE}).",
        "Corriger l’une des deux dates, ou informer la caisse le jour même.",
    )
