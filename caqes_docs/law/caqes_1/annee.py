"""One evaluated year: results, amounts, total, and every finding at once.

Contrat type, art. 5, 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, IV (R-ALL-1 to R-ALL-6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.francais import formes
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.dossier.volets import Volet
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.calcul.explication import signed, signed_amount
from caqes_docs.law.calcul.noeud import (
    Fondement,
    Nature,
    Noeud,
    Operation,
    compute,
    constante,
    entree,
)
from caqes_docs.law.caqes_1.bornes import check_bounds
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.mesures import PlaceMesure, Question, evaluate_question
from caqes_docs.law.caqes_1.socle import SOCLE, evaluate_socle
from caqes_docs.law.caqes_1.volets import evaluate_volet
from caqes_docs.law.controles.coherence import check_coherence
from caqes_docs.law.controles.decision import check_decision
from caqes_docs.law.controles.mesures import check_measure
from caqes_docs.law.controles.procedure import check_procedure
from caqes_docs.law.controles.socle import check_socle
from caqes_docs.law.droit.applicabilite import inapplicable
from caqes_docs.law.droit.catalogue import Famille
from caqes_docs.law.droit.dates import last_day
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.droit.modeles import Certitude
from caqes_docs.law.resultats import ResultatEvaluation, ResultatObjectif, ResultatVolet

TOTAL = Fondement(
    "R-ALL-3",
    "contrat type, art. 6\u00a0; grille, ligne «\u00a0TOTAL\u00a0»",
    Certitude.TEXTE,
    ("instruction/2017-234", "css/D162-16"),
)
_PLAFOND = Fondement(
    "R-ALL-4",
    "plafond global choisi par les parties\u00a0; aucun texte retrouvé n’en fixe",
    Certitude.DEDUCTION,
    ("instruction/2017-234",),
)


def evaluate(
    affaire: Affaire,
    charge: Charge[Evaluation],
    droit: Droit,
    niveaux: Mapping[str, Noeud] | None = None,
) -> ResultatEvaluation:
    """The year worked out; what is missing is a finding and leaves the amount unknown.

    `niveaux` are the levels of realisation that a simulation supposes, by volet.

    Raises:
        DonneesError: V-050 the contract has no date of effect, or the year is before it.
    """
    effet = _effect(affaire, charge)
    cadre = Cadre(affaire, charge, droit, effet, niveaux=niveaux or {})
    suspension = _suspension(cadre)
    indicateurs = _indicators(cadre)
    volets = [evaluate_socle(cadre, indicateurs, suspension)]
    for nom, volet in sorted(cadre.contrat.volets.items()):
        if is_running(volet, charge.valeur.annee):
            volets.append(evaluate_volet(cadre, droit.volet(nom, cadre.effet), volet, suspension))
        elif nom in charge.valeur.volets:
            _not_running(cadre, nom)
    ordre = [SOCLE, *droit.volets]
    volets.sort(key=lambda resultat: ordre.index(resultat.volet))
    _unknown_volets(cadre, {resultat.volet for resultat in volets})
    total = compute_total(cadre, volets)
    avertissements = (*_capped(cadre, volets, total), *_warnings(cadre, volets))
    check_socle(cadre)
    cadre.constats.extend(_check(cadre, volets, suspension))
    return ResultatEvaluation(
        charge.valeur.annee,
        charge.valeur.date or cadre.effet,
        indicateurs,
        tuple(volets),
        total,
        tuple(sort_constats(_unique(cadre.constats))),
        avertissements,
    )


def _check(cadre: Cadre, volets: list[ResultatVolet], suspension: Noeud) -> Iterable[Constat]:
    """What is out of bounds, out of order, or said twice."""
    yield from check_bounds(cadre.contrat, cadre.affaire.dossier.fichier, ("contrat",))
    yield from check_bounds(cadre.evaluation, cadre.evaluee.fichier, ())
    yield from check_decision(cadre, volets, suspension)
    yield from check_procedure(cadre)
    yield from check_coherence(cadre, volets)


def _unique(constats: Iterable[Constat]) -> list[Constat]:
    return list(dict.fromkeys(constats))


def _effect(affaire: Affaire, charge: Charge[Evaluation]) -> dt.date:
    signature = affaire.dossier.valeur.contrat.signature.date_retenue
    annee = charge.valeur.annee
    if signature is None or effect_date(signature).year > annee:
        raise DonneesError(
            "V-050",
            f"Le contrat n’est pas en vigueur en {annee}, ou sa date de signature manque\u00a0: "
            "rien ne peut être évalué.",
            remede="Corriger l’année évaluée ou la date de signature.",
            source=charge.fichier.source(("annee",)),
        )
    return effect_date(signature)


def is_running(volet: Volet, annee: int) -> bool:
    """Whether the year lies between the volet's date of effect and its last day (R-DATE-5)."""
    signature = volet.signature.date_retenue if volet.signature else None
    if signature is None or volet.duree is None:
        return False
    effet = effect_date(signature)
    return effet.year <= annee <= last_day(effet, volet.duree).year


def _not_running(cadre: Cadre, nom: str) -> None:
    cadre.fault(
        "V-051",
        cadre.evaluee.fichier.key_source(("volets", nom)),
        f"Le volet {nom} n’est pas en vigueur en {cadre.evaluation.annee}, ou sa signature et sa "
        "durée manquent.",
        "Corriger le dossier, ou retirer le volet de l’évaluation.",
    )


def _unknown_volets(cadre: Cadre, connus: set[str]) -> None:
    for nom in cadre.evaluation.volets:
        if nom not in connus and nom not in cadre.contrat.volets:
            cadre.fault(
                "V-052",
                cadre.evaluee.fichier.key_source(("volets", nom)),
                f"Le contrat n’a pas de volet «\u00a0{nom}\u00a0».",
                f"Volets du contrat\u00a0: {', '.join(sorted(connus))}.",
            )


def _suspension(cadre: Cadre) -> Noeud:
    """Whether sanctions are suspended on the results of that year (X9)."""
    texte = cadre.parameter("sanctions/suspendues", dt.date(cadre.evaluation.annee, 12, 31))
    sol = texte.fondement or TOTAL
    oui = constante("Réponse qui suspend les sanctions", "oui", Nature.TEXTE, sol)
    return compute(
        Operation.EGAL,
        "Sanctions suspendues cette année",
        Nature.OUI_NON,
        (texte, oui),
        sol,
    )


def _indicators(cadre: Cadre) -> tuple[ResultatObjectif, ...]:
    """The indicators of the socle, in the order of the catalogue."""
    resultats = []
    catalogue = cadre.droit.indicators(cadre.effet)
    for code, indicateur in catalogue.items():
        pose = cadre.contrat.indicateurs.get(code)
        national = cadre.droit.family(code) is Famille.NATIONAL
        if pose is None and not national:
            continue
        motif = pose.sans_objet if pose else inapplicable(indicateur, cadre.etablissement)
        coefficient = pose.coefficient if pose else None
        question = Question(
            code,
            indicateur.libelle,
            indicateur,
            pose.cibles.get(cadre.evaluation.annee) if pose else None,
            cadre.in_contract("indicateurs", code, "cibles", str(cadre.evaluation.annee)),
            None
            if coefficient is None
            else entree(
                f"Coefficient\u00a0: {code}",
                coefficient,
                Nature.TAUX,
                cadre.in_contract("indicateurs", code, "coefficient"),
            ),
            (pose.site if pose else None) or "",
            motif or "",
        )
        place = PlaceMesure(cadre.evaluee.fichier, ("indicateurs", code))
        mesure = cadre.evaluation.indicateurs.get(code)
        cadre.constats.extend(check_measure(question, mesure, place))
        resultats.append(evaluate_question(question, mesure, place))
    _check_codes(cadre, {resultat.code for resultat in resultats})
    return tuple(resultats)


def _check_codes(cadre: Cadre, connus: set[str]) -> None:
    for code in cadre.evaluation.indicateurs:
        if code not in connus:
            cadre.fault(
                "V-053",
                cadre.evaluee.fichier.key_source(("indicateurs", code)),
                f"L’indicateur {code} n’est pas au contrat.",
                "Corriger le code, ou retirer la mesure.",
            )


# --------------------------------------------------------------------------------------------
# The total


def compute_total(cadre: Cadre, volets: list[ResultatVolet]) -> Noeud:
    """The sum of the displayed amounts, after the global cap when the parties set one."""
    signes = [resultat.montant for resultat in volets]
    total = compute(Operation.SOMME, "Total de l’évaluation", Nature.EURO, signes, TOTAL)
    plafond = cadre.contrat.choix.plafond_global_sanctions
    if plafond is None or total.valeur is None:
        return total
    zero = constante("Zéro", Decimal(0), Nature.EURO, TOTAL)
    plus = _sum("Somme des intéressements", Operation.MAXIMUM, signes, zero)
    moins = _sum("Somme des sanctions", Operation.MINIMUM, signes, zero)
    borne = compute(
        Operation.MAXIMUM,
        "Somme des sanctions, plafond global compris",
        Nature.EURO,
        (moins, _floor(cadre, plafond)),
        _PLAFOND,
    )
    return compute(Operation.SOMME, "Total de l’évaluation", Nature.EURO, (plus, borne), TOTAL)


def _sum(libelle: str, borne: Operation, montants_signes: list[Noeud], zero: Noeud) -> Noeud:
    """The sum of the amounts of one sign: the others count for nothing."""
    retenus = [
        compute(
            borne,
            f"{montant.libelle}, dans la {libelle.lower()}",
            Nature.EURO,
            (montant, zero),
            TOTAL,
        )
        for montant in montants_signes
    ]
    return compute(Operation.SOMME, libelle, Nature.EURO, retenus, TOTAL)


def _floor(cadre: Cadre, plafond: Decimal) -> Noeud:
    """The most that sanctions may take together, to the cent, as a negative amount.

    The cap bounds the sanctions, not the total: a reward does not make room for more of them.
    """
    taux = entree(
        "Plafond global des sanctions, choisi au contrat",
        plafond,
        Nature.TAUX,
        cadre.in_contract("choix", "plafond_global_sanctions"),
    )
    maximum = compute(
        Operation.PRODUIT,
        "Plafond global, en euros",
        Nature.EURO,
        (taux, cadre.need_base()),
        _PLAFOND,
    )
    rond = compute(
        Operation.TRONQUE, "Plafond global, au centime", Nature.EURO, (maximum,), _PLAFOND
    )
    return compute(Operation.OPPOSE, "Plafond global, en moins", Nature.EURO, (rond,), _PLAFOND)


def _capped(cadre: Cadre, volets: list[ResultatVolet], total: Noeud) -> Iterator[str]:
    """Why the amounts of the volets do not add up to the total: the cap that the parties chose."""
    plafond = cadre.contrat.choix.plafond_global_sanctions
    if plafond is None or total.valeur is None:
        return
    somme = sum((r.montant.nombre for r in volets), start=Decimal(0))
    if somme != total.nombre:
        yield (
            f"Le plafond global des sanctions, choisi au contrat ({formes.taux(plafond)} des "
            f"produits), "
            f"ramène le total de {signed_amount(somme)} à {signed(total)}."
        )


def _warnings(cadre: Cadre, volets: list[ResultatVolet]) -> Iterable[str]:
    """The sum of sanctions above 1 % of P: no text found caps it (R-ALL-4)."""
    sanctions = [-r.montant.nombre for r in volets if r.montant.valeur is not None]
    somme = sum((montant for montant in sanctions if montant > 0), start=Decimal(0))
    if not somme:
        return
    plafond = cadre.parameter("volets/plafond_sanction")
    if cadre.base.valeur is not None and somme > plafond.nombre * cadre.base.nombre:
        message = (
            "La somme des sanctions dépasse 1 % des produits\u00a0: aucun texte retrouvé ne la "
            "plafonne, à vérifier avant toute décision."
        )
        source = cadre.evaluation_source("volets")
        cadre.constats.append(
            Constat(
                "V-054",
                Gravite.AVERTISSEMENT,
                source,
                message,
                "Choisir «\u00a0plafond_global_sanctions\u00a0» au contrat, ou motiver.",
            )
        )
        yield message
