"""The tree of a computation as a list of numbered steps that a jurist can follow by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.core.francais import formes
from caqes_docs.core.francais.typographie import NBSP
from caqes_docs.law.calcul.noeud import CONTEXTE, FEUILLES, Nature, Noeud, Operation

_SIGNES = {
    Operation.SOMME: " + ",
    Operation.DIFFERENCE: " − ",
    Operation.PRODUIT: " × ",
    Operation.QUOTIENT: " ÷ ",
    Operation.AU_PLUS: " ≤ ",
    Operation.AU_MOINS: " ≥ ",
    Operation.SUPERIEUR: " > ",
    Operation.INFERIEUR: " < ",
    Operation.EGAL: " = ",
    Operation.CLASSE: ", classe au moins égale à ",
    Operation.ET: " et ",
    Operation.OU: " ou ",
    Operation.AVANT_OU_LE: " au plus tard le ",
}
_FONCTIONS = {
    Operation.MINIMUM: "le plus petit de {}",
    Operation.MAXIMUM: "le plus grand de {}",
    Operation.OPPOSE: "opposé de {}",
    Operation.ARRONDI: "{} arrondi au centime",
    Operation.TRONQUE: "{} ramené au centime inférieur",
    Operation.ENTIER_INFERIEUR: "{} ramené au nombre entier inférieur",
    Operation.ENTIER_SUPERIEUR: "{} porté au nombre entier supérieur",
    Operation.ENTIER_PROCHE: "{} arrondi au nombre entier le plus proche",
    Operation.NON: "non {}",
    Operation.MOIS_APRES: "{0}, prolongé de {1} mois, de quantième à quantième",
    Operation.JOURS_APRES: "{0}, prolongé de {1} jours",
    Operation.PLUS_TARD: "le plus tardif de {}",
}
_D_UN_SEUL = frozenset(
    {Operation.SOMME, Operation.PRODUIT, Operation.MINIMUM, Operation.MAXIMUM, Operation.ET}
)
"""Of one operand only, these give it back as it is."""
_DECIMALES = Decimal("0.000001")


@dataclass(frozen=True)
class EtapeDeCalcul:
    """One step: its number, its words, how it is worked out, its value, its ground."""

    repere: int
    libelle: str
    formule: str
    valeur: str
    noeud: Noeud


def steps(racine: Noeud, apres: Sequence[EtapeDeCalcul] = ()) -> tuple[EtapeDeCalcul, ...]:
    """The steps of `racine`, operands first, each once; a formula names steps by number.

    Only the branch that a condition took is told. Those of `apres` were told before: they are
    named by their number, and numbers go on from there.
    """
    reperes = {id(etape.noeud): etape.repere for etape in apres}
    etapes: list[EtapeDeCalcul] = []
    for noeud in _walk(racine, set(reperes)):
        reperes[id(noeud)] = len(apres) + len(etapes) + 1
        etapes.append(
            EtapeDeCalcul(
                reperes[id(noeud)],
                noeud.libelle,
                _formula(noeud, reperes),
                format_value(noeud),
                noeud,
            )
        )
    return tuple(etapes)


def _walk(noeud: Noeud, vus: set[int]) -> Iterator[Noeud]:
    if id(noeud) in vus:
        return
    vus.add(id(noeud))
    for operande in taken(noeud):
        yield from _walk(operande, vus)
    yield noeud


def taken(noeud: Noeud) -> tuple[Noeud, ...]:
    """The operands that made the value: a condition and the branch that it chose."""
    if noeud.operation is not Operation.SI or noeud.operandes[0].valeur is None:
        return noeud.operandes
    condition, alors, sinon = noeud.operandes
    return (condition, alors if condition.valeur else sinon)


def _formula(noeud: Noeud, reperes: dict[int, int]) -> str:
    if noeud.operation in FEUILLES:
        return ""
    termes = [f"({reperes[id(operande)]})" for operande in taken(noeud)]
    if noeud.operation is Operation.SI and noeud.operandes[0].valeur is None:
        condition, alors, sinon = termes
        return f"{alors} ou {sinon}, selon {condition}, qui n’est pas évaluable"
    if noeud.operation is Operation.SI:
        sens = "oui" if noeud.operandes[0].valeur else "non"
        return f"{termes[1]}, parce que {termes[0]} est «{NBSP}{sens}{NBSP}»"
    return describe(noeud.operation, termes)


_ORIGINES = {
    Operation.ENTREE: "donnée",
    Operation.PARAMETRE: "paramètre du droit",
    Operation.CONSTANTE: "valeur de la règle",
}


def worked_out(etape: EtapeDeCalcul) -> str:
    """How a step is worked out, in words: its formula, or what kind of leaf it is."""
    return _ORIGINES.get(etape.noeud.operation) or etape.formule


def in_force(noeud: Noeud) -> str:
    """When the parameter is in force; empty for any other step."""
    if noeud.periode is None:
        return ""
    du, au = noeud.periode.du, noeud.periode.au
    if au is None:
        return f"en vigueur depuis le {formes.date_longue(du)}"
    return f"en vigueur du {formes.date_longue(du)} au {formes.date_longue(au)}"


def describe(operation: Operation, termes: Sequence[str]) -> str:
    """An operation on its terms, in words; a condition tells both its branches.

    >>> describe(Operation.SI, ["(1)", "(2)", "(3)"])
    '(2) si (1), sinon (3)'
    """
    if operation is Operation.SI:
        return "{1} si {0}, sinon {2}".format(*termes)
    if len(termes) == 1 and operation in _D_UN_SEUL:
        return f"égal à {termes[0]}"
    if operation in (Operation.MOIS_APRES, Operation.JOURS_APRES):
        return _FONCTIONS[operation].format(*termes)
    if operation in _SIGNES:
        return _SIGNES[operation].join(termes)
    return _FONCTIONS[operation].format(" et ".join(termes))


def format_value(noeud: Noeud) -> str:
    """The value as printed; exact where it ends within six decimals, else marked by « ≈ »."""
    valeur = noeud.valeur
    if valeur is None:
        return f"non évaluable ({noeud.motif})" if noeud.motif else "non évaluable"
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, str):
        return valeur
    if isinstance(valeur, dt.date):
        return formes.date_longue(valeur)
    return format_number(valeur, noeud.nature)


def format_number(valeur: Decimal, nature: Nature) -> str:
    """A number in French in its nature; amounts show their cents."""
    if nature is Nature.EURO:
        rond = valeur.quantize(Decimal("0.01"), context=CONTEXTE)
        return ("" if rond == valeur else "≈ ") + formes.euros(rond)
    echelle = _DECIMALES / 100 if nature is Nature.TAUX else _DECIMALES
    rond = valeur.quantize(echelle, context=CONTEXTE).normalize()
    texte = formes.taux(rond) if nature is Nature.TAUX else formes.nombre(rond)
    return ("" if rond == valeur else "≈ ") + texte


def signed(noeud: Noeud) -> str:
    """An amount with its sign, as the grid writes it: « + 30 000 € », « − 50 000 € », « 0 € »."""
    if not isinstance(noeud.valeur, Decimal):
        return "non évaluable"
    return signed_amount(noeud.valeur)


def signed_amount(montant: Decimal) -> str:
    r"""An amount with its sign, to the cent.

    >>> signed_amount(Decimal(0))
    '0\xa0€'
    """
    valeur = montant.quantize(Decimal("0.01"), context=CONTEXTE)
    if valeur == 0:
        return formes.euros(Decimal(0))
    signe = "−" if valeur.is_signed() else "+"
    return f"{signe}{NBSP}{formes.euros(abs(valeur))}"
