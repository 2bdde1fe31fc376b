"""What the contract must say of its levels of realisation before it is signed, and the year after.

Contrat type, art. 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, IV.a: what decides an amount is
known from the signature (R-SOC-1, X40 to X42).
"""

from __future__ import annotations

from collections.abc import Iterator

from caqes_docs.core.constats import Constat, Gravite, fault, warning
from caqes_docs.core.francais import formes
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.volets import (
    BaseNiveau,
    Objectif,
    Volet,
    VoletSocle,
)
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.caqes_1.baremes import needs_level
from caqes_docs.law.caqes_1.niveau.socle import INDICATEURS, parts_chosen
from caqes_docs.law.caqes_1.realisation import bases_of
from caqes_docs.law.caqes_1.socle import SOCLE, check_coefficients, level_decides
from caqes_docs.law.controles.niveau.parts import Parts
from caqes_docs.law.droit.droit import Droit, effect_date

_RACINE: Chemin = ("contrat", SOCLE)


def check_levels(dossier: Charge[Dossier], droit: Droit) -> Iterator[Constat]:
    """What the levels of a contract weigh, before any year is evaluated."""
    socle = dossier.valeur.contrat.socle or VoletSocle()
    yield from _check_chosen(dossier, socle)
    yield from check_coefficients(dossier, socle, Gravite.MANQUE)
    yield from Parts(dossier, droit, socle).check()
    yield from _check_scales(dossier, socle)


def check_opening(dossier: Charge[Dossier]) -> Iterator[Constat]:
    """V-280: nothing says when a sanction of the socle opens, nor that evaluators will (R-SOC-2).

    The texts give no threshold, and the parties may do without: the evaluation then waits for a
    reasoned proposal. Told before the signature; of an evaluated year, V-040 says what is missing.
    """
    socle = dossier.valeur.contrat.socle or VoletSocle()
    dit = socle.declenchement
    sanction = socle.sanction.type if socle.sanction else None
    if sanction is not None and (dit is None or (dit.seuil is None and not dit.ponderation)):
        yield warning(
            "V-280",
            dossier.fichier.key_source((*_RACINE, "declenchement")),
            "Le contrat ne dit pas quand le volet obligatoire ouvre une sanction\u00a0: "
            "l’évaluation n’en dira rien tant que les évaluateurs ne l’auront pas proposé et "
            "motivé (V-040).",
            "Remplir «\u00a0contrat.socle.declenchement.seuil\u00a0»\u00a0; si les parties n’en "
            "veulent pas, le dire dans «\u00a0contrat.socle.declenchement.ponderation\u00a0».",
        )


def check_years(dossier: Charge[Dossier]) -> Iterator[Constat]:
    """V-147: the contract is not signed without saying what a year without target becomes."""
    contrat = dossier.valeur.contrat
    socle = contrat.socle or VoletSocle()
    pesent = level_decides(socle) and INDICATEURS in parts_chosen(socle.niveau)
    cas = [_RACINE] if pesent else []
    cas += [("contrat", "volets", nom) for nom, volet in contrat.volets.items() if _lacks(volet)]
    if cas and contrat.choix.annee_sans_cible is None:
        yield untold_years(dossier, cas[0])
    yield from _check_deciding_years(dossier)


def untold_years(dossier: Charge[Dossier], chemin: Chemin) -> Constat:
    """V-147: a level rests on targets, and nothing says what a year without target becomes."""
    return fault(
        "V-147",
        dossier.fichier.source(chemin),
        "Un niveau de réalisation dépend de cibles, et le contrat ne dit pas ce qu’il en est "
        "l’année pour laquelle une cible n’est pas fixée\u00a0: aucun texte ne le dit.",
        "Choisir «\u00a0choix: {annee_sans_cible: non_evaluee}\u00a0», «\u00a0derniere_cible\u00a0»"
        " ou «\u00a0poids_repartis\u00a0».",
    )


def _check_deciding_years(dossier: Charge[Dossier]) -> Iterator[Constat]:
    """V-328: the objective that decides has no target some years, and nothing says what follows."""
    contrat = dossier.valeur.contrat
    if contrat.choix.sans_cible_decisive is not None:
        return
    for nom, volet in contrat.volets.items():
        decisifs = (volet.objectif_principal, volet.objectif_supplementaire)
        sans = sorted({a for o in decisifs if o for a in _years_without(volet, o)})
        if sans:
            yield Constat(
                "V-328",
                Gravite.MANQUE,
                dossier.fichier.source(("contrat", "volets", nom)),
                f"L’objectif qui déclenche l’intéressement ou la sanction du volet {nom} n’a pas "
                f"de cible pour {formes.liste([str(annee) for annee in sans])}, et le contrat ne "
                "dit pas ce que devient alors le volet\u00a0: aucun texte ne le dit.",
                "Remplir «\u00a0contrat.choix.objectif_principal_sans_cible\u00a0» "
                "(«\u00a0derniere_cible\u00a0» ou «\u00a0non_juge\u00a0»), ou fixer ces cibles.",
            )


def _years_without(volet: Volet, objectif: Objectif) -> list[int]:
    """The years of the volet for which an objective that has targets has none."""
    signature = volet.signature.date_retenue if volet.signature else None
    if signature is None or volet.duree is None or not (objectif.indicateur or objectif.cibles):
        return []
    debut = effect_date(signature).year
    annees = range(debut, debut + volet.duree)
    return [annee for annee in annees if objectif.cibles.get(annee) is None]


def _lacks(volet: Volet) -> bool:
    """Whether a scale of the volet weighs objectives that have no target one of its years."""
    baremes = [clause.bareme for clause in (volet.sanction, volet.interessement) if clause]
    pesent = any(
        needs_level(bareme) and BaseNiveau.OBJECTIFS in bases_of(volet, bareme)
        for bareme in baremes
    )
    return pesent and any(_years_without(volet, o) for o in volet.objectifs_complementaires)


def _check_chosen(dossier: Charge[Dossier], socle: VoletSocle) -> Iterator[Constat]:
    """V-145: something rests on the level of the socle, and nothing says what it weighs."""
    if level_decides(socle) and not parts_chosen(socle.niveau):
        yield fault(
            "V-145",
            dossier.fichier.source((*_RACINE, "niveau")),
            "Un seuil ou un barème dépend du niveau de réalisation du volet obligatoire, et le "
            "contrat ne dit pas ce que ce niveau pèse\u00a0: indicateurs, plan d’actions, "
            "obligations générales (contrat type, art. 6).",
            "Remplir «\u00a0contrat.socle.niveau.indicateurs.part\u00a0» et «\u00a0mesure\u00a0», "
            "et de même sous «\u00a0actions\u00a0» et «\u00a0obligations_generales\u00a0» ce qui "
            "pèse aussi\u00a0: les parts font 100 %.",
        )


def _check_scales(dossier: Charge[Dossier], socle: VoletSocle) -> Iterator[Constat]:
    """V-152: the socle is judged as a whole: `niveau` alone says what its scales measure."""
    for nom, clause in (("sanction", socle.sanction), ("interessement", socle.interessement)):
        if clause is not None and clause.bareme is not None and clause.bareme.sur is not None:
            yield fault(
                "V-152",
                dossier.fichier.source((*_RACINE, nom, "bareme", "sur")),
                "Le volet obligatoire se juge dans son ensemble\u00a0: son barème ne mesure pas "
                f"les seuls «\u00a0{clause.bareme.sur}\u00a0» (contrat type, art. 6).",
                "Retirer «\u00a0sur\u00a0», et dire ce que pèse le niveau sous «\u00a0socle: "
                "{niveau: …}\u00a0».",
            )
