"""One expression of a clause, walked: the type of each part, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import TemplateSyntaxError, nodes

from caqes_docs.data.lecture.introspection import fields_of
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.controle.expressions.connu import Connu, known
from caqes_docs.redaction.controle.expressions.ecriture import spelt
from caqes_docs.redaction.controle.expressions.extraits import parse_condition
from caqes_docs.redaction.controle.expressions.types import (
    ARGUMENTS,
    BOOLEEN,
    FILTRES_POUR,
    GRAPHIQUE,
    INCONNU,
    MARQUE,
    Faute,
    TypeEcrit,
    TypeExpr,
    element_of,
    names_of,
    quoted,
    words_of,
    wrong_filter,
    wrong_print,
)
from caqes_docs.redaction.langage.moteur import FILTRES, FORMES_TERME
from caqes_docs.redaction.langage.vocabulaire import Noms

PorteeNoms = Mapping[str, TypeExpr]


def scope_of(noms: Noms) -> PorteeNoms:
    """What every clause may name: the data, and what the language itself gives."""
    return {
        **{
            nom: TypeExpr(TypeEcrit.DONNEE, champ, champ.optionnel)
            for nom, champ in noms.types.items()
        },
        **{nom: TypeExpr(TypeEcrit.FONCTION) for nom in ARGUMENTS},
        "terme": TypeExpr(TypeEcrit.TERMES),
        "saut": MARQUE,
    }


@dataclass(frozen=True)
class Appel:
    """A use of the law or of another clause: `cite('css/…')`, `terme.cnam.defini`."""

    fonction: str
    identifiant: str
    ligne: int
    forme: str = "texte"
    faits: frozenset[tuple[str, object]] = frozenset()
    """What is known to be true or false where the call stands."""


@dataclass
class Expressions:
    """Types what a text writes between braces; `Typeur` adds the conditions."""

    droit: Droit
    fautes: list[Faute] = field(default_factory=list)
    appels: list[Appel] = field(default_factory=list)
    faits: Connu = field(default_factory=dict)

    def condition(self, expr: nodes.Node, portee: PorteeNoms) -> None:
        """Check a condition."""
        raise NotImplementedError

    def check_print(self, expr: nodes.Expr, portee: PorteeNoms) -> None:
        """Check an expression that the clause prints.

        Where a datum is known to be missing, printing it makes the mark « à compléter ».
        """
        if known(expr, self.faits) is False:
            self.alternatives(expr, portee)
            return
        for type_ in self.alternatives(expr, portee):
            faute = wrong_print(type_)
            if faute is not None:
                message = f"{quoted(spelt(expr))} est {faute[0]}, qui ne s’imprime pas."
                self.fault("C-032", expr, message, faute[1])

    def fault(self, code: str, expr: nodes.Node, message: str, remede: str, mot: str = "") -> None:
        """Note a fault at the line of `expr`."""
        self.fautes.append(Faute(code, expr.lineno or 1, message, remede, mot or spelt(expr)))

    def alternatives(self, expr: nodes.Node, portee: PorteeNoms) -> tuple[TypeExpr, ...]:
        """The types that `expr` may have."""
        if isinstance(expr, nodes.CondExpr):
            self.condition(expr.test, portee)
            if expr.expr2 is None:
                self.fault(
                    "C-046",
                    expr,
                    "«\u00a0a if b\u00a0» sans «\u00a0else\u00a0» n’imprime rien de prévu.",
                    "Ajouter «\u00a0else …\u00a0».",
                    "if",
                )
                return self.alternatives(expr.expr1, portee)
            return self.alternatives(expr.expr1, portee) + self.alternatives(expr.expr2, portee)
        if isinstance(expr, nodes.Or):
            return self.alternatives(expr.left, portee) + self.alternatives(expr.right, portee)
        return (self._one(expr, portee),)

    def _one(self, expr: nodes.Node, portee: PorteeNoms) -> TypeExpr:
        if isinstance(expr, nodes.Compare | nodes.And | nodes.Not):
            self.condition(expr, portee)
            return BOOLEEN
        methode = _METHODES.get(type(expr))
        if methode is None:
            return self._forbidden(expr)
        return methode(self, expr, portee)

    def _forbidden(self, expr: nodes.Node) -> TypeExpr:
        if isinstance(expr, nodes.Test):
            quoi, remede = (
                f"Le test «\u00a0is {expr.name}\u00a0»",
                "Écrire {% if donnée %} ou {% if not donnée %}.",
            )
        elif isinstance(expr, nodes.BinExpr | nodes.UnaryExpr | nodes.Concat):
            quoi, remede = (
                "Un calcul",
                "Le faire dans le droit (paramètre) ou dans les données, jamais dans une clause.",
            )
        else:
            quoi, remede = "Cette écriture", "S’en tenir à ce que décrit docs/ecrire_une_clause.md."
        self.fault("C-046", expr, f"{quoi} n’est pas admis dans une clause.", remede)
        return INCONNU

    # --- one case per kind of expression -------------------------------------------------------

    def _const(self, expr: nodes.Const, _portee: PorteeNoms) -> TypeExpr:
        valeur = expr.value
        if valeur is None:
            return TypeExpr(TypeEcrit.RIEN)
        if isinstance(valeur, bool):
            return TypeExpr(TypeEcrit.BOOLEEN, valeur=valeur)
        if isinstance(valeur, int):
            return TypeExpr(TypeEcrit.NOMBRE, valeur=valeur)
        if isinstance(valeur, str):
            return TypeExpr(TypeEcrit.TEXTE, valeur=valeur)
        self.fault(
            "C-046",
            expr,
            "Un nombre à virgule n’est pas admis dans une clause.",
            "Le placer dans un paramètre de droit.",
        )
        return INCONNU

    def _sequence(self, expr: nodes.List | nodes.Tuple, portee: PorteeNoms) -> TypeExpr:
        elements = tuple(type_ for item in expr.items for type_ in self.alternatives(item, portee))
        return TypeExpr(TypeEcrit.LISTE, valeur=elements)

    def _name(self, expr: nodes.Name, portee: PorteeNoms) -> TypeExpr:
        if expr.name in portee:
            return portee[expr.name]
        remede = close_name(expr.name, portee) or f"Noms connus\u00a0: {', '.join(portee)}."
        self.fault(
            "C-030", expr, f"{quoted(expr.name)} n’est pas un nom connu des clauses.", remede
        )
        return INCONNU

    def _getattr(self, expr: nodes.Getattr, portee: PorteeNoms) -> TypeExpr:
        base = self._single(expr.node, portee)
        return self._attribute(expr, base, expr.attr)

    def _single(self, expr: nodes.Node, portee: PorteeNoms) -> TypeExpr:
        """The type of what stands before a dot (the first one, when there are several)."""
        return self.alternatives(expr, portee)[0]

    def _attribute(self, expr: nodes.Getattr | nodes.Getitem, base: TypeExpr, nom: str) -> TypeExpr:
        if base.nature is TypeEcrit.INCONNU:
            return INCONNU
        if base.nature is TypeEcrit.TERMES:
            self._call("terme", nom, expr)
            return TypeExpr(TypeEcrit.TERME, valeur=nom)
        if base.nature is TypeEcrit.TERME and nom in FORMES_TERME:
            self._call("terme", str(base.valeur), expr, nom)
            return base
        if base.nature is TypeEcrit.DONNEE and base.champ is not None:
            champ = base.champ
            if champ.sorte == "table":
                element = element_of(base)
                assert element is not None
                return TypeExpr(TypeEcrit.DONNEE, element.champ, absent=True)
            if champ.sorte == "bloc" and nom in fields_of(champ.classe):
                trouve_champ = fields_of(champ.classe)[nom]
                return TypeExpr(
                    TypeEcrit.DONNEE, trouve_champ, base.absent or trouve_champ.optionnel
                )
        return self._unknown_attribute(expr, base, nom)

    def _unknown_attribute(
        self, expr: nodes.Getattr | nodes.Getitem, base: TypeExpr, nom: str
    ) -> TypeExpr:
        noms = list(names_of(base))
        remede = close_name(nom, noms)
        if not remede:
            remede = (
                f"Noms admis ici\u00a0: {', '.join(noms)}."
                if noms
                else f"{quoted(spelt(expr.node))} est {words_of(base)}\u00a0: rien ne le suit."
            )
        self.fault("C-031", expr, f"{quoted(spelt(expr))} n’existe pas.", remede, nom)
        return INCONNU

    def _getitem(self, expr: nodes.Getitem, portee: PorteeNoms) -> TypeExpr:
        base = self._single(expr.node, portee)
        cle = expr.arg
        if isinstance(cle, nodes.Const) and isinstance(cle.value, str):
            return self._attribute(expr, base, cle.value)
        if base.champ is not None and base.champ.sorte == "table" and isinstance(cle, nodes.Expr):
            self.alternatives(cle, portee)
            return self._attribute(expr, base, "…")
        self.fault(
            "C-046",
            expr,
            f"{quoted(spelt(expr))} vise un rang fixe, qui peut manquer.",
            "Parcourir la liste avec {% for %}.",
        )
        return INCONNU

    def _filter(self, expr: nodes.Filter, portee: PorteeNoms) -> TypeExpr:
        assert expr.node is not None
        types = self.alternatives(expr.node, portee)
        if expr.name not in FILTRES:
            remede = (
                close_name(expr.name, FILTRES) or f"Filtres connus\u00a0: {', '.join(FILTRES)}."
            )
            self.fault(
                "C-043", expr, f"Le filtre {quoted(expr.name)} n’existe pas.", remede, expr.name
            )
            return INCONNU
        if expr.args or expr.kwargs or expr.dyn_args or expr.dyn_kwargs:
            self.fault(
                "C-044",
                expr,
                f"Le filtre {quoted(expr.name)} ne prend pas d’argument.",
                "Retirer les parenthèses.",
                expr.name,
            )
        for type_ in types:
            if wrong_filter(expr.name, type_):
                self.fault(
                    "C-044",
                    expr,
                    f"Le filtre {quoted(expr.name)} met en forme {FILTRES_POUR[expr.name]}, or "
                    f"{quoted(spelt(expr.node))} est {words_of(type_)}.",
                    "Choisir le filtre qui convient, ou le retirer.",
                    expr.name,
                )
        return GRAPHIQUE if expr.name == "graphique" else MARQUE

    def _function(self, expr: nodes.Call, portee: PorteeNoms) -> TypeExpr:
        nom = expr.node.name if isinstance(expr.node, nodes.Name) else ""
        if nom not in ARGUMENTS or portee.get(nom) != TypeExpr(TypeEcrit.FONCTION):
            proche = close_name(nom, ARGUMENTS) if nom else ""
            remede = proche or f"Fonctions connues\u00a0: {', '.join(ARGUMENTS)}."
            self.fault(
                "C-045", expr, f"{quoted(spelt(expr.node))} n’est pas une fonction.", remede, nom
            )
            return INCONNU
        if not self._check_arguments(nom, expr):
            return INCONNU if nom == "parametre" else MARQUE
        argument = expr.args[0]
        assert isinstance(argument, nodes.Const)
        if nom == "a_completer":
            self._datum(str(argument.value), expr, portee)
        elif nom != "a_ecrire":
            self._call(nom, str(argument.value), expr)
        if nom != "parametre":
            return MARQUE
        connu = self.droit.parametres.get(str(argument.value))
        return TypeExpr(TypeEcrit.PARAMETRE, unite=connu.unite if connu else None)

    def _datum(self, ecrit: str, expr: nodes.Call, portee: PorteeNoms) -> None:
        """Check the datum that a text names between quotation marks."""
        try:
            nomme = parse_condition(ecrit)
        except TemplateSyntaxError:
            nomme = nodes.Const(None)
        types = self.alternatives(nomme.set_lineno(expr.lineno, override=True), portee)
        if any(type_.nature not in (TypeEcrit.DONNEE, TypeEcrit.INCONNU) for type_ in types):
            message = f"{quoted(ecrit)} n’est pas une donnée."
            self.fault("C-045", expr, message, f"Écrire {_EXEMPLES['a_completer']}.", ecrit)

    def _check_arguments(self, nom: str, expr: nodes.Call) -> bool:
        moins, plus = ARGUMENTS[nom]
        if expr.kwargs or expr.dyn_args or expr.dyn_kwargs or not moins <= len(expr.args) <= plus:
            combien = "un argument" if plus == 1 else "un ou deux arguments"
            self.fault(
                "C-045",
                expr,
                f"La fonction {quoted(nom)} prend {combien}.",
                f"Écrire {_EXEMPLES[nom]}.",
                nom,
            )
            return False
        for argument, attendu in zip(expr.args, (str, int), strict=False):
            if not isinstance(argument, nodes.Const) or type(argument.value) is not attendu:
                quoi = "un texte écrit entre guillemets" if attendu is str else "un nombre entier"
                self.fault(
                    "C-045",
                    expr,
                    f"L’argument de {quoted(nom)} doit être {quoi}, pour pouvoir être vérifié.",
                    f"Écrire {_EXEMPLES[nom]}.",
                    nom,
                )
                return False
        return True

    def _call(
        self, fonction: str, identifiant: str, expr: nodes.Node, forme: str = "texte"
    ) -> None:
        faits = frozenset((cle, valeur) for cle, valeur in self.faits.items())
        self.appels.append(Appel(fonction, identifiant, expr.lineno or 1, forme, faits))


_METHODES: Mapping[type[nodes.Node], Callable[[Expressions, Any, PorteeNoms], TypeExpr]] = {
    nodes.Const: Expressions._const,
    nodes.List: Expressions._sequence,
    nodes.Tuple: Expressions._sequence,
    nodes.Name: Expressions._name,
    nodes.Getattr: Expressions._getattr,
    nodes.Getitem: Expressions._getitem,
    nodes.Filter: Expressions._filter,
    nodes.Call: Expressions._function,
}
_EXEMPLES = {
    "cite": "{{ cite('css/L162-30-2') }}",
    "article": "{{ article('css/L162-30-2') }}",
    "renvoi": "{{ renvoi('contrat.duree') }}",
    "parametre": "{{ parametre('socle/plafond_sanction') | taux }}",
    "a_ecrire": "{{ a_ecrire('lieu', 20) }}",
    "a_completer": "{{ a_completer('etablissement.sites') }}",
}
