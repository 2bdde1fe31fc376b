"""The template language of the clauses: Jinja decides structure, values travel as opaque tokens.

Each `{{ … }}` becomes a private-use token; the node it stands for waits in a register. The value
itself never meets the Markdown parser nor another template.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes, pass_context
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from caqes_docs.core.francais import formes, typographie
from caqes_docs.document.model import ACompleter, Graphique, Inline, Texte, Valeur
from caqes_docs.law.droit.droit import Droit, ValeurDroit
from caqes_docs.law.droit.modeles import Unite, ValeurTerme
from caqes_docs.redaction.langage.compiles import compiled
from caqes_docs.redaction.langage.graphiques import SEUL, chart_node
from caqes_docs.redaction.langage.personnes import FILTRES_PERSONNE
from caqes_docs.redaction.langage.vues import EcritureError, Vue, missing, printed, raw, simple_text

JETON = "\ue000"
"""The one character that stands for a value; values are taken back in reading order."""

_REGISTRE = "_registre"


class Termes:
    """`terme.juge_recouvrement`: the name at the act's date; `.defini`, `.de`, `.a` its forms."""

    def __init__(self, droit: Droit, date: dt.date) -> None:
        self._droit = droit
        self._date = date

    def __getattr__(self, nom: str) -> ValeurTerme:
        if nom.startswith("_"):
            raise AttributeError(nom)
        return self._droit.term(nom, self._date)


class ConstructionError(TemplateSyntaxError):
    """A construct of Jinja that the language of the clauses does not have."""


@dataclass
class Registre:
    """The nodes that the tokens of one rendering stand for, in reading order."""

    noeuds: deque[Inline | Graphique] = field(default_factory=deque)

    def put(self, noeud: Inline | Graphique) -> str:
        """Register `noeud` and return its token."""
        self.noeuds.append(noeud)
        return JETON

    def take(self) -> Inline:
        """The node of the next token, in running text.

        Raises:
            EcritureError: it is a chart, which has a paragraph of its own.
        """
        noeud = self.noeuds.popleft()
        if isinstance(noeud, Graphique):
            raise EcritureError(SEUL)
        return noeud

    def take_chart(self, texte: str) -> Graphique | None:
        """The chart that the paragraph `texte` consists of, or None: nothing is taken then."""
        if texte.strip() != JETON or not isinstance(self.noeuds[0], Graphique):
            return None
        noeud = self.noeuds.popleft()
        assert isinstance(noeud, Graphique)
        return noeud


@pass_context
def _finalize(context: Context, valeur: object) -> str:
    registre = context.parent[_REGISTRE]
    assert isinstance(registre, Registre)
    return registre.put(node_of(valeur))


def node_of(valeur: object) -> Inline:
    """The inline that prints `valeur`.

    Raises:
        TypeError: it cannot be printed as it is; the message says what to do.
    """
    if isinstance(valeur, Vue):
        return printed(valeur)
    if isinstance(valeur, Undefined):
        raise EcritureError(f"«\u00a0{valeur._undefined_name}\u00a0» n’existe pas")
    if isinstance(valeur, ValeurTerme):
        return Texte(typographie.typographier(valeur.texte))
    if isinstance(valeur, ValeurDroit):
        return Texte(format_droit(valeur))
    if isinstance(valeur, str):
        return Texte(typographie.typographier(valeur))
    if isinstance(valeur, int) and not isinstance(valeur, bool):
        return Texte(str(valeur))
    if hasattr(valeur, "__dataclass_fields__"):
        return valeur  # type: ignore[return-value]
    raise EcritureError("cette expression ne s’imprime pas")


@pass_context
def to_complete(context: Context, nom: str) -> ACompleter:
    """The mark of the datum `nom`, as if it were missing: what a clause prints of an empty list."""
    racine, *parties = nom.split(".")
    vue = functools.reduce(ENVIRONNEMENT.getattr, parties, context.resolve(racine))
    if not isinstance(vue, Vue):
        raise EcritureError(f"«\u00a0{nom}\u00a0» n’existe pas")
    return missing(vue)


def format_droit(valeur: ValeurDroit) -> str:
    """A parameter as printed: « 1 % », « 500 000 € », « quinze jours »."""
    brut = valeur.valeur
    if isinstance(brut, str):
        return typographie.typographier(brut)
    if valeur.unite is Unite.TAUX:
        return formes.taux(brut)
    if valeur.unite is Unite.EURO:
        return formes.euros(brut)
    if valeur.unite in (Unite.JOUR, Unite.MOIS):
        pluriel = "jours" if brut > 1 else "jour"
        mot = "mois" if valeur.unite is Unite.MOIS else pluriel
        return f"{formes.en_lettres(brut)}{typographie.NBSP}{mot}"
    return formes.nombre(brut)


def _filter(
    nom: str, forme: Callable[[Any], str], attendu: tuple[type, ...], unite: Unite | None = None
) -> Callable[[object], Inline]:
    """The filter `nom`: it formats values of the types `attendu`, parameters of the `unite`."""
    refus = f"le filtre «\u00a0{nom}\u00a0» ne convient pas à cette donnée"

    def checked(valeur: object) -> str:
        if not isinstance(valeur, attendu) or isinstance(valeur, bool):
            raise EcritureError(refus)
        return forme(valeur)

    def apply(valeur: object) -> Inline:
        if isinstance(valeur, ACompleter):
            return valeur
        if isinstance(valeur, ValeurDroit):
            if valeur.unite is not unite:
                raise EcritureError(refus)
            return Texte(forme(valeur.valeur))
        if not isinstance(valeur, Vue):
            return Texte(checked(valeur))
        brut = raw(valeur)
        return missing(valeur) if brut in (None, ()) else printed(valeur, checked(brut))

    return apply


def _join(valeurs: Any) -> str:
    return formes.liste([simple_text(raw(valeur)) for valeur in valeurs])


def _delay(valeur: object) -> Inline:
    if not isinstance(valeur, ValeurDroit) or valeur.unite not in DUREES:
        raise EcritureError("le filtre «\u00a0delai\u00a0» met en forme un paramètre de durée")
    assert isinstance(valeur.valeur, Decimal)
    return Texte(formes.delai(valeur.valeur, valeur.unite.value))


DUREES = (Unite.JOUR, Unite.MOIS)


def _capital(valeur: object) -> Inline:
    noeud = node_of(valeur)
    if isinstance(noeud, Texte):
        return Texte(formes.majuscule(noeud.texte))
    if isinstance(noeud, Valeur) and noeud.contenu:
        premier, *suite = noeud.contenu
        premier = type(premier)(formes.majuscule(premier.texte))
        return Valeur((premier, *suite), noeud.chemin, noeud.origine)
    return noeud


FILTRES: Mapping[str, Callable[[object], Inline | Graphique]] = {
    "date_longue": _filter("date_longue", formes.date_longue, (dt.date,)),
    "euros": _filter("euros", formes.euros, (Decimal,), Unite.EURO),
    "taux": _filter("taux", formes.taux, (Decimal,), Unite.TAUX),
    "nombre": _filter("nombre", formes.nombre, (Decimal, int), Unite.NOMBRE),
    "delai": _delay,
    "liste": _filter("liste", _join, (tuple, list)),
    "lettres": _filter("lettres", formes.en_lettres, (int,), Unite.NOMBRE),
    "ville": _filter("ville", formes.ville, (str,)),
    "a_ville": _filter("a_ville", formes.a_ville, (str,)),
    "majuscule": _capital,
    "graphique": chart_node,
    **FILTRES_PERSONNE,
}
"""The filters a clause may use; nothing else of Jinja's is left."""


class _Environnement(ImmutableSandboxedEnvironment):
    """A sandbox whose only readable objects are ours: data views and the names of the library."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The same answer as Jinja's, found at once for the parts of a `Vue`: most of them."""
        if type(obj) is Vue and not attribute.startswith("_"):
            try:
                return Vue.__getattr__(obj, attribute)
            except AttributeError:
                pass
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Public parts of a `Vue`, and the forms of a term; nothing else has attributes."""
        if attr.startswith("_"):
            return False
        return isinstance(obj, Vue | Termes) or (
            isinstance(obj, ValeurTerme) and attr in FORMES_TERME
        )


FORMES_TERME = ("texte", "defini", "de", "a")

ENVIRONNEMENT = _Environnement(
    undefined=StrictUndefined,
    finalize=_finalize,
    autoescape=False,
    optimized=False,  # folding constants costs more than it saves in a template used a few times
)
ENVIRONNEMENT.filters.clear()
ENVIRONNEMENT.filters.update(FILTRES)
ENVIRONNEMENT.globals.clear()
ENVIRONNEMENT.tests.clear()


_ADMIS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Filter,
    nodes.Call,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.List,
    nodes.Tuple,
)


def allowed_only(gabarit: nodes.Template) -> nodes.Template:
    """`gabarit`, once sure that it holds nothing beyond the language of the clauses.

    Raises:
        ConstructionError: a macro, a `set`, an arithmetic operation…; `lineno` says where.
    """
    pile: list[nodes.Node] = [gabarit]
    while pile:
        noeud = pile.pop()
        if not isinstance(noeud, _ADMIS):
            nom = type(noeud).__name__.lower()
            raise ConstructionError(f"«\u00a0{nom}\u00a0» n’est pas admis", noeud.lineno)
        pile.extend(noeud.iter_child_nodes())
    return gabarit


@functools.lru_cache(maxsize=2048)
def compile_template(source: str) -> Template:
    """The template of `source`, compiled once per process (the key is the text itself)."""
    code = compiled(source, lambda texte: ENVIRONNEMENT.compile(allowed_only(parse(texte))))
    return Template.from_code(ENVIRONNEMENT, code, ENVIRONNEMENT.make_globals(None))


@functools.lru_cache(maxsize=2048)
def compile_condition(expression: str) -> Callable[..., object]:
    """The condition of `expression`, compiled once per process."""
    return ENVIRONNEMENT.compile_expression(expression, undefined_to_none=False)


_BALISES_SEULES = re.compile(r"(?m)^[ \t]*((?:\{%(?:(?!%\}).)*%\}[ \t]*)+)\n")


_FINS_DE_LIGNE = re.compile("\r\n|\r|\n")


def prepare(source: str) -> str:
    """`source` where a line of tags alone leaves no line behind, and no other line is touched.

    A paragraph that ends with a tag keeps the blank line that follows it. The newline goes into a
    comment, so that the lines of the file are still counted.
    """
    return _BALISES_SEULES.sub(lambda trouve: f"{trouve.group(1).rstrip()}{{#\n#}}", source)


@functools.lru_cache(maxsize=2048)
def parse(source: str) -> nodes.Template:
    """The syntax tree of a clause, made once: nobody changes it."""
    return ENVIRONNEMENT.parse(prepare(source))


def render(source: str, contexte: Mapping[str, object]) -> tuple[str, Registre]:
    """The text of `source` with tokens in place of values, and the register of the tokens."""
    registre = Registre()
    if "{" not in source:  # half of the texts of an act: nothing to run
        return "\n".join(_FINS_DE_LIGNE.split(source)).removesuffix("\n"), registre
    return compile_template(source).render({**contexte, _REGISTRE: registre}), registre
