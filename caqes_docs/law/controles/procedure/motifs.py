"""V-288, V-341, V-342: the reasons that people write or owe, beside what the file computes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from caqes_docs.core.constats import Constat, Gravite, fault, warning
from caqes_docs.data.dossier.evaluation import NatureDecision
from caqes_docs.data.dossier.procedure import ProcedureEvaluation
from caqes_docs.law.calcul.noeud import Nature, Noeud
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.coherence import are_risks_appreciated
from caqes_docs.law.controles.decision import SANCTIONS
from caqes_docs.law.resultats import Atteinte, MesureProposee, ResultatVolet

_POURCENT = re.compile(r"(\d+(?:,\d+)?)\s?%")
_ISSUE = re.compile(r"\b(?:cible|objectif|objectif principal) (atteint|manqué)e?\b", re.IGNORECASE)
_CONTRAIRES = {"atteint": Atteinte.NON_ATTEINT, "manqué": Atteinte.ATTEINT}
_PROPOSEES = (MesureProposee.SANCTION, MesureProposee.REDUCTION, MesureProposee.MSAP)
_REMEDE = "Corriger la phrase, ou la donnée qu’elle contredit\u00a0: l’acte imprime les deux."


def check_motives(cadre: Cadre, volets: Sequence[ResultatVolet]) -> Iterator[Constat]:
    """Every reason written for a volet: an outcome or a percentage that its file does not hold."""
    decision = cadre.evaluation.decision
    for resultat in volets:
        nom = resultat.volet
        vu, prise = cadre.volet(nom), decision.volets.get(nom) if decision else None
        for chemin, texte in (
            (("volets", nom, "motif_modulation"), vu.motif_modulation),
            (("volets", nom, "appreciation"), vu.appreciation),
            (("decision", "volets", nom, "motif"), prise.motif if prise else None),
        ):
            yield from _check_text(cadre, chemin, texte or "", resultat)
        yield from _check_risks(cadre, resultat)
        yield from _check_accord(cadre, resultat.volet)


def _check_risks(cadre: Cadre, resultat: ResultatVolet) -> Iterator[Constat]:
    """V-341: a sanction says what is drawn from a number of risks that the contract leaves open."""
    nom, decision = resultat.volet, cadre.evaluation.decision
    prise = decision.volets.get(nom) if decision else None
    notifiee = (cadre.evaluation.procedure or ProcedureEvaluation()).notification is not None
    prononcee = prise is not None and prise.nature in SANCTIONS
    if not prononcee and not (notifiee and resultat.mesure in _PROPOSEES):
        return
    vu = cadre.volet(nom)
    absents = [cle for cle in ("nombre_risques", "motif_modulation") if getattr(vu, cle) is None]
    if absents and are_risks_appreciated(cadre.contrat, nom):
        cles = "\u00a0» et «\u00a0".join(absents)
        yield Constat(
            "V-341",
            Gravite.MANQUE,
            cadre.evaluation_source("volets", nom),
            f"Le contrat prend en compte le nombre des risques du volet {nom} dans la modulation, "
            "sans y attacher de part\u00a0: la sanction ne dit pas ce qui en est tiré.",
            f"Remplir «\u00a0{cles}\u00a0» du volet évalué\u00a0: la part du barème est maintenue "
            "ou réduite, et pourquoi.",
        )


def _check_accord(cadre: Cadre, nom: str) -> Iterator[Constat]:
    """V-342: the finding of an MSAP is established, and not only named (L. 162-1-17)."""
    volet, decision = cadre.contrat.volets.get(nom), cadre.evaluation.decision
    prise = decision.volets.get(nom) if decision else None
    if prise is None or prise.nature is not NatureDecision.MSAP or cadre.volet(nom).constat_msap:
        return
    if volet is not None and volet.sanction is not None and volet.sanction.motif_msap is not None:
        yield Constat(
            "V-342",
            Gravite.MANQUE,
            cadre.evaluation_source("volets", nom),
            f"La mise sous accord préalable du volet {nom} nomme le constat que la loi demande, "
            "sans l’établir\u00a0: une cible manquée n’est pas ce constat (CSS, art. "
            "L.\u00a0162-1-17).",
            "Remplir «\u00a0constat_msap\u00a0» du volet évalué\u00a0: le référentiel (titre et "
            "date) ou la moyenne, la proportion, et ce à quoi elle est comparée.",
        )


def _check_text(
    cadre: Cadre, chemin: tuple[str, ...], texte: str, resultat: ResultatVolet
) -> Iterator[Constat]:
    source = cadre.evaluation_source(*chemin)
    principal = resultat.principal
    dit = _ISSUE.search(texte)
    contraire = _CONTRAIRES[dit[1].lower()] if dit else None
    if dit and principal and principal.statut is contraire:
        yield fault(
            "V-288",
            source,
            f"Le volet {resultat.volet} est motivé par «\u00a0{dit[0]}\u00a0», et son objectif "
            f"principal est {principal.statut.libelle}.",
            _REMEDE,
        )
    connus = _shares(cadre, resultat)
    for nombre in dict.fromkeys(_POURCENT.findall(texte)):
        if Decimal(nombre.replace(",", ".")) not in connus:
            yield warning(
                "V-288",
                source,
                f"Le volet {resultat.volet} est motivé par «\u00a0{nombre}\u00a0%\u00a0», qui "
                "n’est aucun de ses chiffres\u00a0: ni un résultat, ni une cible, ni un niveau, "
                "ni une part.",
                _REMEDE,
            )


def _shares(cadre: Cadre, resultat: ResultatVolet) -> set[Decimal]:
    """Every percentage of the volet as acts print it: contract, measures, results, level, part."""
    noeuds = [resultat.niveau, resultat.modulation, resultat.maximum, resultat.montant]
    noeuds += [pesee.niveau for pesee in resultat.parts]
    autre = resultat.non_monetaire
    if autre is not None:
        noeuds += [n for n in (autre.taux, autre.maximum, autre.modulation) if n]
    objectifs = (resultat.principal, resultat.supplementaire, *resultat.complementaires)
    for objectif in (*objectifs, *(mesure for _, mesure in resultat.mesures)):
        if objectif is not None:
            noeuds += [objectif.observe, objectif.cible]
    nom, contrat = resultat.volet, cadre.contrat
    termes = contrat.socle if nom == SOCLE else contrat.volets.get(nom)
    ecrits = [modele.model_dump() for modele in (termes, cadre.volet(nom)) if modele]
    trouves = (*_written(ecrits), *(taux for noeud in noeuds for taux in _rates(noeud)))
    return {abs(taux * 100).quantize(Decimal("0.01"), ROUND_HALF_UP) for taux in trouves}


def _rates(noeud: Noeud) -> Iterator[Decimal]:
    """The rates of a step and of all those it comes from."""
    if noeud.nature is Nature.TAUX and isinstance(noeud.valeur, Decimal):
        yield noeud.valeur
    for operande in noeud.operandes:
        yield from _rates(operande)


def _written(valeur: object) -> Iterator[Decimal]:
    """Every number written in a part of a file."""
    if isinstance(valeur, Decimal):
        yield valeur
    elif isinstance(valeur, dict):
        yield from _written(tuple(valeur.values()))
    elif isinstance(valeur, list | tuple):
        for element in valeur:
            yield from _written(element)
