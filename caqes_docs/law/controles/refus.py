"""Faults of the refusals to sign: against the dossier, against themselves, out of procedure.

CSS, art. D. 162-15; instruction DSS/A1/CNAMTS/2017/234, II.a.ii.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.errors import DroitError
from caqes_docs.data.dossier.contrat import Dossier, SanctionDeRefus
from caqes_docs.data.dossier.volets import Refus, TypeSanction, Volet
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.caqes_1.refus import refused_together
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.procedure.refus import check_refusal_steps
from caqes_docs.law.controles.stipulations.choix import unit_untold
from caqes_docs.law.droit.dates import older_year
from caqes_docs.law.droit.droit import Droit


def check_refusals(dossier: Charge[Dossier], droit: Droit) -> Iterator[Constat]:
    """V-047: a refusal that contradicts the dossier, or itself (R-REF-1, R-SOC-5); its steps."""
    refus = dossier.valeur.contrat.refus
    for rang, un_refus in enumerate(refus):
        source = dossier.fichier.source(("contrat", "refus", rang))
        deja = [autre.volet for autre in refus[:rang]]
        yield from _check_exercice(dossier, rang, un_refus)
        if un_refus.sanction is TypeSanction.REDUCTION and un_refus.unite is None:
            yield unit_untold(source)
        yield from check_refusal_steps(dossier, droit, rang)
        try:
            for message, remede in _contradictions(dossier, droit, un_refus, deja):
                yield fault("V-047", source, message, remede)
        except DroitError as error:
            yield fault(error.code, source, error.message, error.remede)
    if dossier.valeur.contrat.choix.sanction_refus_de_plusieurs_volets is SanctionDeRefus.UNIQUE:
        yield from _check_single(dossier)


def _check_single(dossier: Charge[Dossier]) -> Iterator[Constat]:
    """V-047: one sanction for several volets has one nature, and one closed year (X35)."""
    refus = dossier.valeur.contrat.refus
    for premier, *autres in refused_together(dossier.valeur.contrat):
        for rang in autres:
            for cle in ("sanction", "exercice"):
                if getattr(refus[rang], cle) != getattr(refus[premier], cle):
                    yield fault(
                        "V-047",
                        dossier.fichier.source(("contrat", "refus", rang, cle)),
                        f"La sanction est unique, et le refus du volet {refus[rang].volet} n’a "
                        f"pas le même «\u00a0{cle}\u00a0» que celui du volet "
                        f"{refus[premier].volet}.",
                        "Écrire la même valeur, ou choisir «\u00a0par_volet\u00a0».",
                    )


def _check_exercice(dossier: Charge[Dossier], rang: int, refus: Refus) -> Iterator[Constat]:
    """V-069: an older year than the last closed one: which day says « last » no text tells."""
    jour, exercice = refus.constate_le, refus.exercice
    if jour is None or exercice is None or exercice >= jour.year - 1:
        return
    source = dossier.fichier.source(("contrat", "refus", rang, "exercice"))
    yield older_year(exercice, jour, source)


def _contradictions(
    dossier: Charge[Dossier], droit: Droit, refus: Refus, deja: Sequence[str]
) -> Iterator[tuple[str, str]]:
    contrat, nom = dossier.valeur.contrat, refus.volet
    connus = (SOCLE, *droit.volets)
    volet = contrat.volets.get(nom)
    signe = volet.signature.date_retenue if volet and volet.signature else None
    if nom not in connus:
        yield (
            f"Le volet refusé «\u00a0{nom}\u00a0» n’existe pas.",
            f"Volets\u00a0: {', '.join(connus)}.",
        )
    if nom in deja:
        yield f"Le refus du volet {nom} est écrit deux fois.", "N’en garder qu’un."
    if signe is not None or (nom == SOCLE and contrat.signature.date_retenue is not None):
        yield f"Le volet {nom} est à la fois signé et refusé.", "Retirer la signature ou le refus."
    if refus.sanction is TypeSanction.REDUCTION and not dossier.valeur.etablissement.liste_en_sus:
        yield (
            "La diminution de la prise en charge n’est pas opposable à un établissement qui "
            "n’utilise pas la liste en sus.",
            "Écrire «\u00a0sanction: montant\u00a0», ou «\u00a0liste_en_sus: oui\u00a0».",
        )
    yield from _proposed_apart(refus, volet)
    yield from _misdated(refus)
    if refus.constate_le is None:
        return
    if refus.decide_le is not None and refus.decide_le < refus.constate_le:
        yield "Le refus serait sanctionné avant d’être constaté.", "Corriger l’une des deux dates."
    if refus.exercice is not None and refus.exercice >= refus.constate_le.year:
        yield (
            f"L’exercice {refus.exercice} n’était pas clos le jour où le refus est constaté.",
            f"Donner le dernier exercice clos ({refus.constate_le.year - 1}).",
        )


def _proposed_apart(refus: Refus, volet: Volet | None) -> Iterator[tuple[str, str]]:
    """A volet proposed apart and refused: the decision cites the procedure of the refusal."""
    if volet is not None and volet.procedure is not None and refus.procedure is None:
        yield (
            f"Le volet {refus.volet} a été proposé à part, et son refus ne porte pas cette "
            "procédure\u00a0: la décision citerait les propositions du contrat.",
            f"Déplacer «\u00a0volets.{refus.volet}.procedure\u00a0» sous le refus.",
        )


def _misdated(refus: Refus) -> Iterator[tuple[str, str]]:
    """Motives told after their answer; a reduction's bounds: with it, after its decision."""
    if refus.motifs_le and refus.decide_le and refus.motifs_le > refus.decide_le:
        yield (
            "La décision répond à des motifs que l’établissement ne fait valoir qu’après elle.",
            "Corriger «\u00a0motifs_le\u00a0» ou «\u00a0decide_le\u00a0».",
        )
    debut, fin = refus.date_effet, refus.date_fin
    remede = "Corriger «\u00a0date_effet\u00a0» ou «\u00a0date_fin\u00a0»."
    if refus.sanction is not TypeSanction.REDUCTION and (debut or fin or refus.unite):
        yield (
            "Une date d’effet ou de fin, ou une unité, est donnée, et la sanction n’est pas une "
            "diminution.",
            "Retirer «\u00a0date_effet\u00a0», «\u00a0date_fin\u00a0» et «\u00a0unite\u00a0».",
        )
    elif debut is not None and fin is not None and fin < debut:
        yield "La diminution finirait avant de commencer.", remede
    elif debut is not None and refus.decide_le is not None and debut < refus.decide_le:
        yield "La diminution prendrait effet avant sa décision.", remede
