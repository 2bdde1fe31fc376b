"""The examples of a contract, in words: a hypothesis, the measure, how its amount is reckoned.

The law works them out as it does an evaluation (`law.caqes_1.exemples`); here each is only told.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from caqes_docs.assembly.contrat.vocabulaire import LigneExemple, LigneVolet
from caqes_docs.core.francais import formes
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.volets import BaseNiveau, NomBareme
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation
from caqes_docs.law.droit.catalogue import ModeleVolet, VoletDecrit
from caqes_docs.law.resultats import Branche, Exemple, MesureProposee

_OBLIGATIONS = {
    BaseNiveau.ACTIONS: "plan d’actions réalisé à",
    BaseNiveau.OBJECTIFS: "objectifs complémentaires réalisés à",
    BaseNiveau.RISQUES: "risques levés :",
    None: "obligations complémentaires réalisées à",
}
_MESURES = {
    MesureProposee.INTERESSEMENT: "Intéressement",
    MesureProposee.SANCTION: "Sanction financière",
    MesureProposee.REDUCTION: "Diminution de la prise en charge",
    MesureProposee.MSAP: "Mise sous accord préalable",
}
_AUCUNES = {
    MesureProposee.INTERESSEMENT: "Aucun intéressement",
    MesureProposee.SANCTION: "Aucune sanction",
    MesureProposee.REDUCTION: "Aucune diminution",
    MesureProposee.MSAP: "Aucune mise sous accord préalable",
}
"""What a scale that gives nothing comes to: no measure « of 0 € » is announced."""


def volet_lines(
    exemples: Iterable[Exemple], ligne: LigneVolet, decrit: VoletDecrit
) -> tuple[LigneExemple, ...]:
    """The examples of a volet, each line once."""
    matrice = decrit.modele is ModeleVolet.TRANSPORTS
    sujet, accord = ("Cible", "atteinte") if matrice else ("Objectif principal", "atteint")
    cible = ligne.principal.cible if ligne.principal else None
    if ligne.principal and cible not in (None, "oui"):
        sujet += f" ({ligne.principal.sens} {cible})".replace("( ", "(")
    deux = matrice and ligne.supplementaire is not None
    tenu = f"{sujet} {accord}" + (", objectif supplémentaire atteint" if deux else "")
    debuts = {
        Branche.TENU: tenu,
        Branche.PARTAGE: f"{sujet} non {accord}, objectif supplémentaire atteint",
        Branche.MANQUE: "Objectif supplémentaire non atteint" if deux else f"{sujet} non {accord}",
    }
    lignes = []
    for exemple in exemples:
        debut = debuts[exemple.branche]
        if exemple.branche is Branche.TENU and exemple.economies is not None:
            debut += f", {formes.euros(exemple.economies)} d’économies"
        niveau = _level_words(exemple, ligne)
        if exemple.branche is Branche.PARTAGE:
            lignes.append(_line(debut, "Ni intéressement, ni sanction"))
        else:
            lignes.append(_told(exemple, debut, niveau))
    return tuple(dict.fromkeys(lignes))


def socle_lines(exemples: Iterable[Exemple]) -> tuple[LigneExemple, ...]:
    """The examples of the volet obligatoire, each line once."""
    return tuple(
        dict.fromkeys(
            _told(
                exemple,
                "Sanction ouverte",
                f"obligations du volet réalisées à {rate_words(exemple.niveau)}",
            )
            if exemple.branche is Branche.MANQUE
            else _line(
                f"Obligations du volet réalisées à {rate_words(exemple.niveau)} ou plus",
                "Aucune sanction",
            )
            for exemple in exemples
        )
    )


def _line(
    hypothese: str, mesure: str, calcul: str = "aucun", montant: Decimal | None = None
) -> LigneExemple:
    return LigneExemple(
        typographier(hypothese), typographier(mesure), typographier(calcul), montant
    )


def _level_words(exemple: Exemple, ligne: LigneVolet) -> str:
    """The level supposed, in the words of what is measured: « risques levés : 1 sur 3 »."""
    bareme = exemple.bareme
    if bareme is not None and bareme.parts:
        return f"niveau de réalisation de {rate_words(exemple.niveau)}"
    base, total = bareme.sur if bareme else None, ligne.nombre_risques
    if base is BaseNiveau.RISQUES and total:
        leves = (exemple.niveau * total).to_integral_value()
        return f"{_OBLIGATIONS[base]} {leves} sur {total}"
    return f"{_OBLIGATIONS[base]} {rate_words(exemple.niveau)}"


def _told(exemple: Exemple, debut: str, niveau: str) -> LigneExemple:
    """One result; what could not be worked out is said, whatever the level."""
    resultat, autre = exemple.resultat, exemple.resultat.non_monetaire
    if resultat.mesure is MesureProposee.NON_EVALUABLE:
        return _line(debut, "Non évaluable", resultat.raison)
    mesure = _MESURES[resultat.mesure]
    maximum = (autre.maximum if autre else None) or resultat.maximum
    modulation = (autre.modulation if autre else None) or resultat.modulation
    calcul = _words(maximum, exemple)
    duree = autre.duree_mois if autre else None
    if calcul is None or not modulation.is_known or (duree and not duree.is_known):
        motif = modulation.motif or maximum.motif or (duree and duree.motif)
        return _line(debut, mesure, f"La mesure n’est pas évaluable : {motif}.")
    montant = resultat.montant.valeur
    euros = abs(montant) if isinstance(montant, Decimal) and autre is None else None
    if modulation.nombre == 0:
        return _line(f"{debut}, {niveau}", _AUCUNES[resultat.mesure], montant=euros)
    if resultat.mesure is MesureProposee.MSAP:
        return _line(debut, f"{mesure}, {formes.nombre(maximum.nombre)} mois au plus")
    if exemple.bareme is not None and exemple.bareme.nom is NomBareme.SAISIE:
        au_plus = f"{mesure}, {calcul} au plus" if autre else f"{mesure}, au plus"
        hypothese = f"{debut}, modulation proposée et motivée à l’évaluation"
        return _line(hypothese, au_plus, calcul, euros)
    if autre is not None and autre.taux is not None:
        mesure += ", ".join(filter(None, (f" de {rate_words(autre.taux.nombre)}", autre.unite)))
    hypothese = f"{debut}, {niveau}"
    return _line(hypothese, mesure, f"{calcul} × {rate_words(modulation.nombre)}", euros)


def _words(noeud: Noeud, exemple: Exemple) -> str | None:
    """How a maximum is reckoned; None when more than the products is missing to know it."""
    if noeud is exemple.produits:
        if not noeud.is_known:
            return "produits du dernier exercice clos"
        return f"{formes.euros(noeud.nombre)} (produits de {exemple.exercice})"
    if noeud.operation is Operation.PRODUIT:
        facteurs = [_words(facteur, exemple) for facteur in noeud.operandes]
        connus = [facteur for facteur in facteurs if facteur is not None]
        return " × ".join(connus) if len(connus) == len(facteurs) else None
    if not noeud.is_known:
        return None
    if noeud.operation is Operation.MINIMUM:
        return _words(min(noeud.operandes, key=lambda operande: operande.nombre), exemple)
    return rate_words(noeud.nombre) if noeud.nature is Nature.TAUX else formes.euros(noeud.nombre)


def rate_words(fraction: Decimal) -> str:
    r"""A rate as printed; the amount is reckoned on the whole of it.

    >>> rate_words(Decimal("0.5")), rate_words(Decimal(5) / Decimal(6))
    ('50\xa0%', 'environ 83,33\xa0%')
    """
    affiche = fraction.quantize(Decimal("0.0001"))
    mots = formes.taux(affiche.normalize())
    return mots if affiche == fraction else f"environ {mots}"
