"""What an evaluation says twice, or dates too early: told, since only one of the two counts.

Contrat type, art. 5, 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, IV.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite, fault, warning
from caqes_docs.core.francais.formes import date_longue, euros
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.evaluation import Evaluation, EvaluationVolet
from caqes_docs.data.dossier.volets import BaseNiveau, NomBareme
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.economies import rests_on_savings
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.catalogue import ModeleVolet
from caqes_docs.law.droit.dates import older_year
from caqes_docs.law.resultats import MesureProposee, ResultatEvaluation, ResultatVolet

_SANCTIONS = (MesureProposee.SANCTION, MesureProposee.REDUCTION, MesureProposee.MSAP)
_SANS_SANCTION = (MesureProposee.AUCUNE, MesureProposee.INTERESSEMENT)


def check_coherence(cadre: Cadre, resultat: ResultatEvaluation) -> Iterator[Constat]:
    """Every fault of the year of the products, of the dates, and of what is given twice."""
    yield from _check_exercice(cadre)
    yield from _check_year_over(cadre)
    for volet in resultat.volets:
        evalue = cadre.evaluation.volets.get(volet.volet)
        if evalue is not None:
            yield from check_spending_measured(cadre.evaluee, volet.volet, evalue)
            yield from _check_idle_spending(cadre, volet.volet, evalue)
            yield from _check_proposal(cadre, volet, evalue)
            yield from _check_modulation(cadre, volet.volet, evalue)


def _check_exercice(cadre: Cadre) -> Iterator[Constat]:
    """P is that of the last closed year; which day says « last » no text tells (D. 162-15)."""
    evaluation = cadre.evaluation
    exercice = evaluation.exercice_clos
    decision = evaluation.decision.date if evaluation.decision else None
    jour = decision or evaluation.date
    if exercice is None or jour is None or exercice == jour.year - 1:
        return
    source = cadre.evaluation_source("exercice_clos")
    if exercice >= jour.year:
        yield fault(
            "V-069",
            source,
            f"L’exercice {exercice} n’est pas clos le {date_longue(jour)}.",
            f"Donner le dernier exercice clos ({jour.year - 1}), ou corriger la date.",
        )
        return
    yield older_year(exercice, jour, source)


def _check_year_over(cadre: Cadre) -> Iterator[Constat]:
    """A year is evaluated, and decided on, once it is over (contrat type, art. 5)."""
    evaluation = cadre.evaluation
    fin = dt.date(evaluation.annee, 12, 31)
    decision = evaluation.decision.date if evaluation.decision else None
    for chemin, jour, propos, gravite in (
        (("date",), evaluation.date, "serait évaluée", Gravite.AVERTISSEMENT),
        (("decision", "date"), decision, "serait décidée", Gravite.ERREUR),
    ):
        if jour is not None and jour <= fin:
            yield Constat(
                "V-070",
                gravite,
                cadre.evaluation_source(*chemin),
                f"L’année {evaluation.annee} {propos} le {date_longue(jour)}, avant d’être finie.",
                "Corriger la date ou l’année.",
            )


def _check_proposal(
    cadre: Cadre, resultat: ResultatVolet, evalue: EvaluationVolet
) -> Iterator[Constat]:
    """What evaluators propose counts only where neither a threshold nor the model decides."""
    propose = evalue.sanction_proposee
    contraires = _SANS_SANCTION if propose else _SANCTIONS
    if propose is None or resultat.mesure not in contraires:
        return
    mot = "proposent une sanction" if propose else "ne proposent pas de sanction"
    yield warning(
        "V-072",
        cadre.evaluation_source("volets", resultat.volet, "sanction_proposee"),
        f"Les évaluateurs {mot} pour le volet {resultat.volet}\u00a0; le contrat ou les résultats "
        f"disent autre chose ({resultat.mesure.libelle})\u00a0: {resultat.raison}",
        "Corriger «\u00a0sanction_proposee\u00a0» ou les résultats\u00a0; le directeur général "
        "peut décider autrement, avec un motif, dans les limites du contrat.",
    )


def _check_idle_spending(cadre: Cadre, nom: str, evalue: EvaluationVolet) -> Iterator[Constat]:
    """A spending that no reward of the contract rests on."""
    choix = cadre.contrat.socle if nom == SOCLE else cadre.contrat.volets.get(nom)
    interessement = choix.interessement if choix else None
    if evalue.economies is None or evalue.economies.depense_constatee is None:
        return
    if interessement is not None and interessement.prevu is None:
        return  # V-028 asks first
    decrit = cadre.droit.volets.get(nom)
    transports = decrit is not None and decrit.modele is ModeleVolet.TRANSPORTS
    if rests_on_savings(interessement, transports=transports):
        return
    yield warning(
        "V-074",
        cadre.evaluation_source("volets", nom, "economies", "depense_constatee"),
        f"La dépense constatée du volet {nom} ne compte pas\u00a0: le contrat ne mesure aucune "
        "économie pour ce volet.",
        "La retirer, ou donner au contrat la base des économies.",
    )


def _check_modulation(cadre: Cadre, nom: str, evalue: EvaluationVolet) -> Iterator[Constat]:
    """A modulation that no scale of the contract reads: it would count for nothing, unsaid."""
    if evalue.modulation is None or is_modulation_read(cadre.contrat, nom):
        return
    noms = _scales(cadre.contrat, nom)
    yield warning(
        "V-074",
        cadre.evaluation_source("volets", nom, "modulation"),
        f"La modulation saisie pour le volet {nom} n’est pas lue\u00a0: le barème du contrat "
        f"({', '.join(dict.fromkeys(noms))}) la calcule.",
        "La retirer, ou choisir «\u00a0bareme: {nom: saisie}\u00a0» au contrat\u00a0; le "
        "directeur général peut décider autrement, avec un motif.",
    )


def is_modulation_read(contrat: Contrat, nom: str) -> bool:
    """Whether a scale of the volet leaves the part of the maximum to the evaluators."""
    noms = _scales(contrat, nom)
    return not noms or NomBareme.SAISIE in noms


def are_risks_appreciated(contrat: Contrat, nom: str) -> bool:
    """Whether the number of risks modulates a sanction, and no scale says by how much (X43)."""
    volet = contrat.volets.get(nom)
    if volet is None or volet.nombre_risques is None or volet.sanction is None:
        return False
    bareme = volet.sanction.bareme
    bases = (bareme.sur, *(partie.sur for partie in bareme.parts)) if bareme else ()
    return volet.sanction.selon_risques is None and BaseNiveau.RISQUES not in bases


def _scales(contrat: Contrat, nom: str) -> list[NomBareme]:
    """The scales of the volet, of its sanction and of its reward."""
    choix = contrat.socle if nom == SOCLE else contrat.volets.get(nom)
    clauses = (choix.sanction, choix.interessement) if choix else ()
    return [clause.bareme.nom for clause in clauses if clause and clause.bareme]


def check_spending_measured(
    charge: Charge[Evaluation], nom: str, evalue: EvaluationVolet
) -> Iterator[Constat]:
    """V-071: the spending of the savings is not that of the objective: one of the two is wrong."""
    constatee = evalue.economies.depense_constatee if evalue.economies else None
    mesure = evalue.objectif_principal
    mesuree = mesure.montant_n if mesure else None
    if constatee is not None and mesuree is not None and constatee != mesuree:
        yield fault(
            "V-071",
            charge.fichier.source(("volets", nom, "economies", "depense_constatee")),
            f"La dépense constatée des économies ({euros(constatee)}) n’est pas celle du "
            f"résultat de l’objectif ({euros(mesuree)}).",
            "Corriger l’une des deux\u00a0: c’est la même dépense de la même année.",
        )


def check_spending_of_years(affaire: Affaire, charge: Charge[Evaluation]) -> Iterator[Constat]:
    """V-134: the spending of the year before is not the one that its own evaluation gave."""
    annee = charge.valeur.annee
    precedente = affaire.evaluations.get(annee - 1)
    for nom, evalue in charge.valeur.volets.items() if precedente is not None else ():
        assert precedente is not None
        donnee = evalue.objectif_principal.montant_n_1 if evalue.objectif_principal else None
        avant = _spent(precedente.valeur.volets.get(nom))
        if donnee is not None and avant is not None and donnee != avant:
            yield warning(
                "V-134",
                charge.fichier.source(("volets", nom, "objectif_principal", "montant_n_1")),
                f"La dépense de {annee - 1} ({euros(donnee)}) n’est pas celle de "
                f"l’évaluation de {annee - 1} ({euros(avant)}).",
                "Corriger l’une des deux, ou dire dans «\u00a0perimetre\u00a0» ce qui a changé.",
            )


def _spent(evalue: EvaluationVolet | None) -> Decimal | None:
    """What an evaluation says was spent that year."""
    if evalue is None:
        return None
    mesure, economies = evalue.objectif_principal, evalue.economies
    mesuree = mesure.montant_n if mesure else None
    return mesuree if mesuree is not None or economies is None else economies.depense_constatee
