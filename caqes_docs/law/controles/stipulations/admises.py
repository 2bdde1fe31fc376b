"""The terms of a contract against the table of what is admissible, which the library holds.

`catalogues/socle.yaml` and `catalogues/volets/*.yaml` say it volet by volet, with the place of each
line in the texts (R-ALL-2, R-TRA-3, R-PER-1, R-QUA-1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite, fault, warning
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.risques import CompteRisques
from caqes_docs.data.dossier.volets import (
    Bareme,
    BaseNiveau,
    NomBareme,
    Volet,
)
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.caqes_1.mesures import parse_value
from caqes_docs.law.caqes_1.objectifs import iter_measures, iter_objectives
from caqes_docs.law.controles.stipulations.choix import ChoixPoses
from caqes_docs.law.droit.catalogue import Appui, Indicateur, Sens, Stipulations, TypeIndicateur
from caqes_docs.law.droit.droit import Droit

_MOTS = {
    TypeIndicateur.RATIO: "une part",
    TypeIndicateur.EVOLUTION: "une évolution",
    TypeIndicateur.NOMBRE: "un nombre",
    TypeIndicateur.CLASSE: "une classe",
    TypeIndicateur.BOOLEEN: "un oui ou non",
    TypeIndicateur.COMPOSITE: "une réponse composée",
}


def check_socle_present(affaire: Affaire) -> Iterator[Constat]:
    """V-164: every contract has the volet obligatoire, whose sanction is known at signature."""
    if affaire.dossier.valeur.contrat.socle is None:
        yield Constat(
            "V-164",
            Gravite.MANQUE,
            affaire.dossier.fichier.key_source(("contrat",)),
            "Le contrat ne dit rien de la sanction du volet obligatoire, que l’établissement doit "
            "connaître dès la signature (CSS, art. D. 162-16, I, 3°\u00a0; instruction, IV.a).",
            "Ajouter «\u00a0socle\u00a0» au contrat, avec «\u00a0sanction\u00a0».",
        )


def check_targets_of_the_texts(affaire: Affaire, droit: Droit, effet: dt.date) -> Iterator[Constat]:
    """D-121: a target less demanding than the one that the instruction gives (annexe 3 b)."""
    catalogue = droit.indicators(effet)
    for code, pose in affaire.dossier.valeur.contrat.indicateurs.items():
        indicateur = catalogue.get(code)
        texte = indicateur.cible_instruction if indicateur else None
        for annee, cible in pose.cibles.items():
            if indicateur and texte and cible and _is_looser(cible, texte, indicateur):
                yield warning(
                    "D-121",
                    affaire.dossier.fichier.source(
                        ("contrat", "indicateurs", code, "cibles", str(annee))
                    ),
                    f"La cible de {code}, «\u00a0{cible}\u00a0», est moins exigeante que celle de "
                    f"l’instruction, «\u00a0{texte}\u00a0» (annexe 3 b).",
                    "Vérifier que c’est voulu, ou corriger la cible.",
                )


def _is_looser(cible: str, texte: str, indicateur: Indicateur) -> bool:
    """Whether a target asks for less than another, in the direction of the indicator."""
    lue, attendue = (parse_value(valeur, indicateur.unite) for valeur in (cible, texte))
    if isinstance(lue, str) and isinstance(attendue, str):
        return lue > attendue  # classes: A is the best
    if not isinstance(lue, Decimal) or not isinstance(attendue, Decimal):
        return False
    return lue > attendue if indicateur.sens is Sens.MAX else lue < attendue


def check_admissible(pose: ChoixPoses, etablissement: Etablissement) -> Iterator[Constat]:
    """What the table of the volet refuses."""
    yield from _check_nature(pose, etablissement)
    clauses = {"sanction": pose.choix.sanction, "interessement": pose.choix.interessement}
    for cle, clause in clauses.items():
        if clause is not None and clause.bareme is not None:
            yield from _check_scale(pose, clause.bareme, cle)
    yield from _check_risks(pose)
    yield from _check_parts(pose)


def _check_nature(pose: ChoixPoses, etablissement: Etablissement) -> Iterator[Constat]:
    """V-042: a cut of the liste en sus for who does not use it; its nature is V-031, V-041."""
    nature = pose.choix.sanction.type if pose.choix.sanction else None
    if pose.admis is None or nature not in pose.admis.avec_liste_en_sus:
        return
    if etablissement.liste_en_sus is False:
        yield fault(
            "V-042",
            pose.source("sanction", "type"),
            "L’établissement n’utilise pas la liste en sus\u00a0: la diminution ne lui est pas "
            "opposable.",
            "Choisir une sanction en euros, s’il y a lieu.",
        )


def _check_scale(pose: ChoixPoses, bareme: Bareme, clause: str) -> Iterator[Constat]:
    """V-160: a scale on what the volet cannot be measured on."""
    decrit = pose.decrit
    if decrit is None or bareme.nom is NomBareme.SAISIE:
        return
    bases = [partie.sur for partie in bareme.parts]
    for base in bases or filter(None, [bareme.sur]):
        if base not in (decrit.bareme_sur or BaseNiveau):
            yield fault(
                "V-160",
                pose.source(clause, "bareme", "parts" if bareme.parts else "sur"),
                f"Le barème du volet {decrit.id} ne se mesure pas sur «\u00a0{base}\u00a0»"
                f"{_place(decrit.appuis.bareme_sur)}.",
                f"Écrire «\u00a0sur\u00a0» parmi\u00a0: {', '.join(decrit.bareme_sur or ())}.",
            )
    poids = sum((partie.part for partie in bareme.parts), start=Decimal(0))
    if bareme.parts and (poids != 1 or len(set(bases)) < len(bases) or bareme.sur is not None):
        yield fault(
            "V-166",
            pose.source(clause, "bareme", "parts"),
            "Les parts d’un barème qui mesure plusieurs choses à la fois font 100 %, chaque chose "
            "y est une fois, et «\u00a0sur\u00a0» n’est pas donné.",
            "Corriger «\u00a0parts\u00a0», par exemple - {sur: risques, part: 50 %} et "
            "- {sur: objectifs, part: 50 %}.",
        )


def _check_risks(pose: ChoixPoses) -> Iterator[Constat]:
    """V-162, V-077: a volet on risks counts one at least, and no more than the texts know."""
    decrit = pose.decrit
    if decrit is None or not isinstance(pose.choix, Volet):
        return
    nombre, source = pose.choix.nombre_risques, pose.source("nombre_risques")
    lieu = _place(decrit.appuis.risques)
    if decrit.risques_minimum is not None and (nombre or 0) < decrit.risques_minimum:
        yield Constat(
            "V-162",
            Gravite.MANQUE if nombre is None else Gravite.ERREUR,
            source,
            f"Le volet {decrit.id} se conclut sur {decrit.risques_minimum} risque au moins, et sa "
            f"sanction dépend de leur nombre{lieu}.",
            "Écrire «\u00a0nombre_risques\u00a0»\u00a0: ceux qui ont fait cibler l’établissement.",
        )
    elif decrit.risques is not None and nombre is not None and nombre > decrit.risques:
        yield fault(
            "V-077",
            source,
            f"Le volet {decrit.id} compte {nombre} risques\u00a0: les textes en connaissent "
            f"{decrit.risques}{lieu}.",
            "Corriger «\u00a0nombre_risques\u00a0».",
        )


def _check_parts(pose: ChoixPoses) -> Iterator[Constat]:
    """V-167: every number of risks that may be counted has its part, which never falls."""
    sanction = pose.choix.sanction
    selon = sanction.selon_risques if sanction else None
    if selon is None or not isinstance(pose.choix, Volet):
        return
    source = pose.source("sanction", "selon_risques")
    total = pose.choix.nombre_risques or 0
    possibles = range(total + 1) if selon.compte is CompteRisques.EN_DEFAUT else (total,)
    dits = [partie.nombre for partie in selon.parts]
    parts = [partie.part for partie in sorted(selon.parts, key=lambda p: p.nombre)]
    if selon.compte is None:
        yield Constat(
            "V-167",
            Gravite.MANQUE,
            source,
            "Rien ne dit si la sanction compte les risques que vise le contrat ou ceux que "
            "l’évaluation constate encore\u00a0: l’instruction permet les deux lectures.",
            "Écrire «\u00a0compte: contrat\u00a0» ou «\u00a0compte: en_defaut\u00a0».",
        )
    elif set(possibles) - set(dits) or len(set(dits)) < len(dits) or parts != sorted(parts):
        yield fault(
            "V-167",
            source,
            "La part du maximum selon le nombre de risques se donne une fois pour chaque nombre "
            f"possible ({', '.join(map(str, possibles))}), et ne baisse pas quand il augmente.",
            "Compléter «\u00a0parts\u00a0», par exemple - {nombre: 1, part: 40 %}.",
        )


def check_objectives(pose: ChoixPoses, effet: dt.date) -> Iterator[Constat]:
    """V-033, V-161: indicators that the catalogue ignores, a principal objective without figure."""
    if pose.decrit is None or not isinstance(pose.choix, Volet):
        return
    catalogue = pose.droit.volet_indicators(effet, pose.decrit.id)
    mesures = [(chemin, mesure) for chemin, _, mesure in iter_measures(pose.choix)]
    for chemin, objectif in [*iter_objectives(pose.choix), *mesures]:
        code = objectif.indicateur
        if code is not None and code not in catalogue:
            yield unknown_indicator(
                code, catalogue, pose.fichier.source((*pose.chemin, *chemin, "indicateur"))
            )
        elif chemin == ("objectif_principal",):
            yield from _check_principal(pose, pose.decrit, catalogue.get(code or ""))


def unknown_indicator(code: str, catalogue: Mapping[str, Indicateur], source: Source) -> Constat:
    """V-033: an objective measured by an indicator that the library ignores."""
    return fault(
        "V-033",
        source,
        f"L’indicateur {code} n’est pas au catalogue du volet.",
        close_name(code, catalogue)
        or f"Indicateurs connus\u00a0: {', '.join(catalogue) or 'aucun'}.",
    )


def _check_principal(
    pose: ChoixPoses, decrit: Stipulations, indicateur: Indicateur | None
) -> Iterator[Constat]:
    """V-161: the principal objective has a figure; that of transports is a growth of spending."""
    admis = decrit.objectif_principal
    sorte = indicateur.type if indicateur else TypeIndicateur.BOOLEEN
    if admis is None or sorte in admis:
        return
    nom = pose.chemin[-1]
    codes = [
        code
        for code, i in pose.droit.volet_indicators(pose.debut, str(nom)).items()
        if i.type in admis
    ]
    yield fault(
        "V-161",
        pose.source("objectif_principal"),
        f"L’objectif principal du volet {nom}, qui ouvre la sanction ou l’intéressement, est "
        f"{_MOTS[sorte]}\u00a0: il doit être {_or([_MOTS[type_] for type_ in admis])}"
        f"{_place(decrit.appuis.objectif_principal)}.",
        f"Donner «\u00a0indicateur\u00a0» parmi\u00a0: {', '.join(codes) or 'aucun au catalogue'}.",
    )


def _or(mots: Sequence[str]) -> str:
    return " ou ".join(filter(None, (", ".join(mots[:-1]), mots[-1])))


def _place(appui: Appui | None) -> str:
    """Where the text says it, in brackets."""
    return f" ({appui.source})" if appui else ""
