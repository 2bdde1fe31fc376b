"""Every text of a wording that is written like a clause, walked statement by statement."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import TemplateSyntaxError, nodes

from caqes_docs.core.constats import Constat
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.controle.expressions.connu import Connu, assume, forget
from caqes_docs.redaction.controle.expressions.ecriture import spelt
from caqes_docs.redaction.controle.expressions.extraits import (
    Extrait,
    excerpts,
    in_header,
    parse_condition,
)
from caqes_docs.redaction.controle.expressions.typage import Appel, PorteeNoms, Typeur, scope_of
from caqes_docs.redaction.controle.expressions.types import (
    INCONNU,
    Faute,
    TypeEcrit,
    TypeExpr,
    element_of,
    quoted,
    words_of,
)
from caqes_docs.redaction.controle.texte.graphiques import check_charts
from caqes_docs.redaction.controle.texte.listes import check_lists
from caqes_docs.redaction.controle.texte.markdown import check_structure
from caqes_docs.redaction.controle.texte.mots import check_characters, check_words
from caqes_docs.redaction.controle.texte.signes import check_signs
from caqes_docs.redaction.controle.texte.tableaux import check_tables
from caqes_docs.redaction.controle.texte.vide import check_emptiness
from caqes_docs.redaction.langage.moteur import parse
from caqes_docs.redaction.langage.vocabulaire import Noms


@dataclass(frozen=True)
class Usage:
    """A call with the place where it is written."""

    appel: Appel
    source: Source


@dataclass
class Analyse:
    """What the walk of some texts found, where `portee` is what they may name."""

    portee: PorteeNoms
    constats: list[Constat] = field(default_factory=list)
    usages: list[Usage] = field(default_factory=list)
    arbre: nodes.Template | None = None
    """The tree of the body, when it can be read."""


def analyse_wording(redaction: Redaction, droit: Droit, noms: Noms) -> Analyse:
    """Check every text of a wording; `noms` are those that a clause may use."""
    analyse = Analyse(scope_of(noms), list(check_tables(redaction)))
    for extrait in excerpts(redaction):
        arbre = analyse_excerpt(extrait, droit, analyse)
        if arbre is not None and extrait.texte is redaction.corps:
            analyse.arbre = arbre
            fautes = (check_structure(redaction, arbre), check_emptiness(redaction, arbre))
            for faute in itertools.chain(*fautes, check_lists(extrait.texte)):
                analyse.constats.append(extrait.finding(faute))
    return analyse


def analyse_plan(type_document: TypeDocument, droit: Droit, noms: Noms) -> Analyse:
    """Check the running headers and the subject of a document type."""
    analyse = Analyse(scope_of(noms))
    plan, fichier = type_document.plan, type_document.charge.fichier
    textes: list[tuple[str, Chemin]] = [
        (plan.bandeaux.entete_gauche, ("bandeaux", "entete_gauche")),
        (plan.bandeaux.entete_droite, ("bandeaux", "entete_droite")),
        (plan.bandeaux.pied_gauche, ("bandeaux", "pied_gauche")),
        (plan.sujet, ("sujet",)),
    ]
    for texte, chemin in textes:
        analyse_excerpt(Extrait(texte, in_header(fichier, chemin)), droit, analyse)
    if plan.produit_si is not None:
        place = in_header(fichier, ("produit_si", "condition"))
        analyse_excerpt(Extrait(plan.produit_si.condition, place, condition=True), droit, analyse)
    return analyse


def analyse_excerpt(extrait: Extrait, droit: Droit, analyse: Analyse) -> nodes.Template | None:
    """Check one text; its tree, or None when it cannot be read."""
    faits = dict(assume(extrait.faits, extrait.vrai)) if extrait.faits is not None else {}
    typeur = Typeur(droit, faits=faits)
    arbre: nodes.Template | None = None
    try:
        if extrait.condition:
            typeur.condition(parse_condition(extrait.texte), analyse.portee)
        else:
            arbre = parse(extrait.texte)
            _Marche(typeur).block(arbre.body, analyse.portee)
    except TemplateSyntaxError as error:
        typeur.fautes.append(_syntax_fault(error))
    typeur.fautes.extend(check_characters(extrait.texte))
    if arbre is not None:
        typeur.fautes.extend(check_words(arbre, droit))
        typeur.fautes.extend(check_signs(extrait.texte, blocs=extrait.blocs))
        typeur.fautes.extend(check_charts(arbre, blocs=extrait.blocs))
    analyse.constats.extend(extrait.finding(faute) for faute in dict.fromkeys(typeur.fautes))
    analyse.usages.extend(Usage(appel, extrait.place(appel.ligne, 0)) for appel in typeur.appels)
    return arbre


_SYNTAXE: tuple[tuple[str, str, str], ...] = (
    (
        "Unexpected end of template",
        "Un {% if %} ou un {% for %} n’est pas refermé.",
        "Ajouter {% endif %} ou {% endfor %}.",
    ),
    (
        "unexpected end of template",
        "L’expression s’arrête trop tôt.",
        "La compléter, ou la refermer par }} ou %}.",
    ),
    (
        "unexpected '}'",
        "Une accolade manque ou est en trop.",
        "Écrire {{ … }} avec deux accolades de chaque côté.",
    ),
    (
        "unknown tag",
        "Cette instruction n’existe pas, ou ne se trouve pas à sa place.",
        "N’employer que if, elif, else, endif, for et endfor, chacun dans son bloc.",
    ),
    (
        "expected token 'end of print statement'",
        "L’expression entre accolades a une suite inattendue.",
        "Vérifier les guillemets, les parenthèses et les espaces.",
    ),
    (
        "expected token 'end of statement block'",
        "L’instruction a une suite inattendue.",
        "Écrire == pour comparer\u00a0; vérifier les guillemets.",
    ),
    ("Missing end of comment", "Un commentaire {# n’est pas refermé.", "Ajouter #}."),
    (
        "unexpected char",
        "Un caractère ne peut pas se trouver entre accolades.",
        "Employer des guillemets droits ' ou \\\" entre les accolades.",
    ),
)


def _syntax_fault(error: TemplateSyntaxError) -> Faute:
    message = error.message or ""
    for indice, phrase, remede in _SYNTAXE:
        if indice in message:
            return Faute("C-022", error.lineno, phrase, remede)
    return Faute(
        "C-022",
        error.lineno,
        f"L’écriture entre accolades n’est pas correcte ({message.rstrip('.')}).",
        "Vérifier les accolades, les guillemets et les {% endif %}.",
    )


class _Marche:
    """Walks the statements of one text."""

    def __init__(self, typeur: Typeur) -> None:
        self.typeur = typeur

    def block(self, corps: Iterable[nodes.Node], portee: PorteeNoms) -> None:
        """Check statements in order."""
        for noeud in corps:
            if isinstance(noeud, nodes.Output):
                for expr in noeud.nodes:
                    if not isinstance(expr, nodes.TemplateData):
                        self.typeur.check_print(expr, portee)
            elif isinstance(noeud, nodes.If):
                self._choice(noeud, portee)
            elif isinstance(noeud, nodes.For):
                self._loop(noeud, portee)
            else:
                self._forbidden(noeud)

    def _under(
        self, faits: Mapping[str, object], corps: Sequence[nodes.Node], portee: PorteeNoms
    ) -> None:
        avant = self.typeur.faits
        self.typeur.faits = faits
        self.block(corps, portee)
        self.typeur.faits = avant

    def _choice(self, noeud: nodes.If, portee: PorteeNoms) -> None:
        depart: Connu = self.typeur.faits
        faits = dict(depart)
        for branche in (noeud, *noeud.elif_):
            self.typeur.faits = faits
            self.typeur.condition(branche.test, portee)
            self._under({**faits, **dict(assume(branche.test, True))}, branche.body, portee)
            faits = {**faits, **dict(assume(branche.test, False))}
        self._under(faits, noeud.else_, portee)
        self.typeur.faits = depart

    def _loop(self, noeud: nodes.For, portee: PorteeNoms) -> None:
        element = self._element(noeud, portee)
        dedans = dict(portee)
        faits = dict(self.typeur.faits)
        if isinstance(noeud.target, nodes.Name):
            dedans[noeud.target.name] = element
            faits = forget(faits, noeud.target.name)
        else:
            self.typeur.fault(
                "C-046",
                noeud,
                "Une boucle ne prend qu’un nom.",
                "Écrire {% for s in etablissement.sites %}.",
                "for",
            )
            dedans.update({nom.name: INCONNU for nom in noeud.target.find_all(nodes.Name)})
        if noeud.test is not None:
            self.typeur.condition(noeud.test, dedans)
            faits.update(assume(noeud.test, True))
        if noeud.recursive:
            self.typeur.fault(
                "C-046",
                noeud,
                "Une boucle «\u00a0recursive\u00a0» n’est pas admise.",
                "Retirer ce mot.",
                "recursive",
            )
        self._under(faits, noeud.body, dedans)
        vide = {} if noeud.test is not None else dict(assume(noeud.iter, False))
        self._under({**self.typeur.faits, **vide}, noeud.else_, portee)

    def _element(self, noeud: nodes.For, portee: PorteeNoms) -> TypeExpr:
        """The type of the loop's variable; what is not a list, or has no `else`, is a fault."""
        types = self.typeur.alternatives(noeud.iter, portee)
        elements = [element_of(type_) for type_ in types if type_.nature is not TypeEcrit.INCONNU]
        if None in elements:
            mots = words_of(types[elements.index(None)])
            self.typeur.fault(
                "C-049",
                noeud,
                f"{quoted(spelt(noeud.iter))} ne se parcourt pas\u00a0: c’est {mots}.",
                "Parcourir une liste, ou imprimer la donnée directement.",
                spelt(noeud.iter),
            )
        ecrite = all(type_.nature is TypeEcrit.LISTE and type_.valeur for type_ in types)
        if not noeud.else_ and not (ecrite and noeud.test is None):
            self.typeur.fault(
                "C-034",
                noeud,
                f"La boucle sur {quoted(spelt(noeud.iter))} n’a pas de {{% else %}}\u00a0: "
                "rien ne s’imprimerait si la liste était vide.",
                "Ajouter {% else %} avant {% endfor %}, avec ce qui s’imprime alors.",
                spelt(noeud.iter),
            )
        return next((element for element in elements if element is not None), INCONNU)

    def _forbidden(self, noeud: nodes.Node) -> None:
        mot = _INSTRUCTIONS.get(type(noeud), type(noeud).__name__.lower())
        self.typeur.fault(
            "C-046",
            noeud,
            f"L’instruction {quoted(mot)} n’est pas admise dans une clause.",
            "N’employer que if et for\u00a0; placer les calculs dans le droit ou les données.",
            mot,
        )


_INSTRUCTIONS: Mapping[type[nodes.Node], str] = {
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
    nodes.FromImport: "from",
    nodes.ScopedEvalContextModifier: "autoescape",
}
