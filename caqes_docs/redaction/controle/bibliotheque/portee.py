"""Names that a clause may use only in some places: `volet` means nothing outside a volet."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.data.lecture.introspection import walk_type
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.plan import ClauseDuPlan, TypeDocument, iter_clauses
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque, Redaction
from caqes_docs.redaction.controle.expressions.extraits import Extrait, excerpts, in_header
from caqes_docs.redaction.controle.expressions.types import quoted
from caqes_docs.redaction.langage.moteur import parse
from caqes_docs.redaction.langage.vocabulaire import Noms

_MOT = re.compile(r"\w+")


def check_scope(
    type_document: TypeDocument, bibliotheque: Bibliotheque, noms: Noms
) -> Iterator[Constat]:
    """Clauses of a plan that name what this kind of document does not have."""
    yield from _check_condition(type_document, noms)
    for clause in iter_clauses(type_document.plan):
        for redaction in bibliotheque.clauses.get(clause.nom, ()):
            yield from _check_wording(redaction, clause, type_document, noms)


def _check_condition(type_document: TypeDocument, noms: Noms) -> Iterator[Constat]:
    """The condition of a plan holds before the act has a date: it names data alone."""
    plan, fichier = type_document.plan, type_document.charge.fichier
    if plan.produit_si is None:
        return
    place = in_header(fichier, ("produit_si", "condition"))
    extrait = Extrait(plan.produit_si.condition, place, condition=True)
    permis = noms.sans_date & _known(type_document, noms)
    for nom in sorted(_names(extrait, noms) - permis):
        yield fault(
            "P-007",
            extrait.place(1, 0),
            f"La condition du plan {quoted(plan.id)} nomme {quoted(nom)}, qui n’est pas encore "
            "connu\u00a0: elle décide si le document existe, avant toute date.",
            f"N’y nommer que des données\u00a0: {', '.join(sorted(permis))}.",
        )


def _check_wording(
    redaction: Redaction, clause: ClauseDuPlan, type_document: TypeDocument, noms: Noms
) -> Iterator[Constat]:
    permis = _known(type_document, noms, dans_un_volet=clause.volet is not None)
    for extrait in excerpts(redaction):
        suspects = noms.of() & set(_MOT.findall(extrait.texte)) - permis
        for nom in sorted(_names(extrait, noms) & suspects) if suspects else ():
            yield fault(
                "P-007",
                extrait.place(1, 0),
                f"Le plan {quoted(type_document.plan.id)} imprime cette clause là où "
                f"{quoted(nom)} n’existe pas.",
                "Retirer la clause de ce plan, ou n’y nommer que ce que ce document connaît.",
            )


def _known(
    type_document: TypeDocument, noms: Noms, *, dans_un_volet: bool = True
) -> frozenset[str]:
    """The names that the clauses of a plan may use."""
    connus = noms.of(type_document.plan.donnees, dans_un_volet=dans_un_volet)
    return connus if type_document.plan.etape is not None else connus - noms.de_l_etape


def _names(extrait: Extrait, noms: Noms) -> frozenset[str]:
    """The names known to some document that the text uses; unknown ones are told elsewhere."""
    texte = f"{{% if {extrait.texte} %}}{{% endif %}}" if extrait.condition else extrait.texte
    return _free_names(texte) & noms.of()


@functools.lru_cache(maxsize=2048)
def _free_names(texte: str) -> frozenset[str]:
    try:
        return frozenset(_free(parse(texte)))
    except TemplateSyntaxError:
        return frozenset()


def _free(noeud: nodes.Node, tenus: frozenset[str] = frozenset()) -> Iterator[str]:
    """The names that no loop around them binds."""
    if isinstance(noeud, nodes.Name):
        yield from () if noeud.name in tenus else (noeud.name,)
        return
    dedans = tenus
    if isinstance(noeud, nodes.For):
        cibles = (*noeud.target.find_all(nodes.Name), noeud.target)
        dedans |= {"loop", *(cible.name for cible in cibles if isinstance(cible, nodes.Name))}
    for champ, valeur in noeud.iter_fields():
        for enfant in valeur if isinstance(valeur, list) else (valeur,):
            if isinstance(enfant, nodes.Node):
                yield from _free(enfant, tenus if champ in ("iter", "else_") else dedans)


def check_holders(droit: Droit, noms: Noms) -> Iterator[Constat]:
    """C-101: the register says who knows a datum that no file has."""
    racines = {**noms.types, "évaluation": noms.racines["evaluation"]}
    for chemin in droit.detenteurs:
        racine, *parties = chemin.split(".")
        proche = close_name(racine, racines) if racine not in racines else ""
        if racine not in racines or walk_type(racines[racine], parties) is None:
            yield warning(
                "C-101",
                droit.sources[f"détenteur:{chemin}"],
                f"Aucune donnée ne porte le chemin {quoted(chemin)}\u00a0: personne ne sera nommé.",
                proche or "Corriger le chemin, ou retirer la ligne.",
            )
