"""The plan of a document type: which clauses, in which order, under which headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag

from caqes_docs.core.constats import Constat
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.data.lecture.types import Identifiant, Modele, OuiNon, TexteGabarit
from caqes_docs.document.model import Orientation
from caqes_docs.law.droit.catalogue import VoletDecrit
from caqes_docs.redaction.bibliotheque.charte import renew_plan, word_file
from caqes_docs.redaction.bibliotheque.entete import several
from caqes_docs.redaction.bibliotheque.nommage import place_id
from caqes_docs.redaction.bibliotheque.reference import DateDeReference

Donnees: TypeAlias = Literal[
    "contrat",
    "avenant",
    "autoevaluation",
    "evaluation",
    "evaluation_regionale",
    "ciblage",
    "ciblage_regional",
    "simulation",
]


class PosteClause(Modele):
    """A clause printed with its own title, without a number; landscape for a wide table."""

    clause: TexteGabarit = Field(title="clause")
    orientation: Orientation = Field("portrait", title="orientation")


class PosteArticle(Modele):
    """A clause numbered as an article, and its sub-articles."""

    article: TexteGabarit = Field(title="clause de l’article")
    sous_articles: tuple[TexteGabarit, ...] = Field((), title="clauses des sous-articles")


class PosteVolets(Modele):
    """Here stand the volets additionnels that the contract holds, one article each."""

    volets: OuiNon = Field(title="volets du contrat")


class PosteVolet(PosteArticle):
    """The article of one volet, printed when the contract holds it."""

    volet: TexteGabarit = Field(title="volet")


class PosteVoletsDecrits(PosteVolets):
    """The same once the library has told which volets there are."""

    postes: tuple[PosteVolet, ...] = Field(title="articles des volets")


class PosteModifications(Modele):
    """Here stand what an avenant brings: the articles that amend, or the annexes that it joins."""

    modifications: OuiNon = Field(title="ce par quoi un avenant modifie le contrat")


def _kind(valeur: object) -> str | None:
    if isinstance(valeur, dict):
        for nom in ("clause", "article", "chapitre", "volets", "modifications"):
            if nom in valeur:
                return nom
    return None


Contenu = Annotated[
    Annotated[PosteClause, Tag("clause")]
    | Annotated[PosteArticle, Tag("article")]
    | Annotated[PosteVolets, Tag("volets")],
    Discriminator(_kind),
]


class Chapitre(Modele):
    """A chapter: « Chapitre 1 », its title, its clauses."""

    id: Identifiant = Field(title="identifiant du chapitre")
    titre: TexteGabarit = Field(title="titre du chapitre")
    contenu: tuple[Contenu, ...] = Field(title="contenu du chapitre")


class PosteChapitre(Modele):
    """A chapter in the plan."""

    chapitre: Chapitre = Field(title="chapitre")


Poste = Annotated[
    Annotated[PosteClause, Tag("clause")]
    | Annotated[PosteArticle, Tag("article")]
    | Annotated[PosteChapitre, Tag("chapitre")]
    | Annotated[PosteModifications, Tag("modifications")],
    Discriminator(_kind),
]


class Annexe(Modele):
    """An annex: « Annexe 1 », on a new page, portrait or landscape."""

    clause: TexteGabarit = Field(title="clause")
    orientation: Orientation = Field("portrait", title="orientation")
    suite: OuiNon = Field(False, title="sur la page de l’annexe qui précède")
    numerotee: OuiNon = Field(True, title="numérotée parmi les annexes")


class AnnexeVolets(Modele):
    """Here stand the annexes of the volets that the contract holds."""

    volets: OuiNon = Field(title="volets du contrat")
    orientation: Orientation = Field("portrait", title="orientation")
    suite: OuiNon = Field(False, title="sur la page de l’annexe qui précède")


class AnnexeVolet(Annexe):
    """The annex of one volet, printed when the contract holds it."""

    volet: TexteGabarit = Field(title="volet")


class AnnexesVoletsDecrits(AnnexeVolets):
    """The same once the library has told which volets there are."""

    annexes: tuple[AnnexeVolet, ...] = Field(title="annexes des volets")


PosteAnnexe = Annotated[
    Annotated[Annexe, Tag("clause")]
    | Annotated[AnnexeVolets, Tag("volets")]
    | Annotated[PosteModifications, Tag("modifications")],
    Discriminator(_kind),
]


class BandeauxPlan(Modele):
    """Running header and footer, written like clause text."""

    entete_gauche: TexteGabarit = Field(title="en-tête, à gauche")
    entete_droite: TexteGabarit = Field(title="en-tête, à droite")
    pied_gauche: TexteGabarit = Field(title="pied de page, à gauche")


class Condition(Modele):
    """When a dossier has such a document, and what to say of one that has none."""

    condition: TexteGabarit = Field(title="condition")
    sinon: TexteGabarit = Field(title="ce qui est dit quand la condition n’est pas remplie")


class Plan(Modele):
    """`templates/<type>/plan.yaml`."""

    id: Identifiant = Field(title="identifiant du type")
    ancien_id: Annotated[tuple[Identifiant, ...], BeforeValidator(several)] = Field(
        (), title="noms de types que celui-ci remplace"
    )
    titre: TexteGabarit = Field(title="titre du document")
    prefixe_fichier: Identifiant = Field(title="début du nom des fichiers")
    charte: Identifiant = Field(title="charte employée")
    donnees: Donnees = Field(title="données attendues")
    date_de_reference: TexteGabarit | None = Field(None, title="date qui choisit les rédactions")
    etape: TexteGabarit | None = Field(None, title="étape de la procédure qu’est l’acte")
    regimes: tuple[Identifiant, ...] = Field(title="régimes admis")
    produit_si: Condition | None = Field(None, title="dossiers qui ont ce document")
    bandeaux: BandeauxPlan = Field(title="en-tête et pied de page")
    sujet: TexteGabarit = Field(title="sujet du document")
    couverture: tuple[TexteGabarit, ...] = Field((), title="clauses de la couverture")
    sommaire: TexteGabarit | None = Field(None, title="titre du sommaire")
    corps: tuple[Poste, ...] = Field(title="corps du document")
    annexes: tuple[PosteAnnexe, ...] = Field((), title="annexes")
    par_defaut: OuiNon | None = Field(None, title="produit par défaut pour chaque dossier")
    modele_impose: OuiNon | None = Field(None, title="un texte national impose son modèle")

    @property
    def reference(self) -> DateDeReference | None:
        """The date of reference, when it is not that of a step."""
        noms = tuple(DateDeReference)
        return next((nom for nom in noms if nom.value == self.date_de_reference), None)


@dataclass(frozen=True)
class TypeDocument:
    """A document type on disk: its plan and its folder (the house style lies beside it)."""

    plan: Plan
    charge: Charge[Plan]
    gabarits: Path

    @property
    def charte(self) -> Path:
        """The Word file of the house style."""
        return word_file(self.gabarits / self.plan.charte)

    @property
    def feuille(self) -> Path:
        """The style sheet of the house style."""
        return self.gabarits / self.plan.charte / "style.css"


def load_types(
    gabarits: Path, prefixe: str, volets: Iterable[VoletDecrit] = ()
) -> tuple[dict[str, TypeDocument], list[Constat]]:
    """Every document type of `gabarits`, by id; `volets` are those that the library describes."""
    decrits = tuple(volets)
    types: dict[str, TypeDocument] = {}
    constats: list[Constat] = []
    for chemin in sorted(gabarits.glob("*/plan.yaml")):
        nom = f"{prefixe}/{chemin.relative_to(gabarits).as_posix()}"
        charge, fautes = load_record(chemin, nom, Plan, renew_plan)
        constats.extend(fautes)
        if charge is not None:
            plan = describe_volets(charge.valeur, decrits)
            types[plan.id] = TypeDocument(plan, charge, gabarits)
    return types, constats


def describe_volets(plan: Plan, volets: Iterable[VoletDecrit]) -> Plan:
    """`plan` with the places of the volets that the library describes."""
    decrits = tuple(volets)
    corps = tuple(_describe_item(poste, decrits) for poste in plan.corps)
    annexes = tuple(_describe_annex(annexe, decrits) for annexe in plan.annexes)
    return plan.model_copy(update={"corps": corps, "annexes": annexes})


def _describe_item(poste: Poste, volets: tuple[VoletDecrit, ...]) -> Poste:
    if not isinstance(poste, PosteChapitre):
        return poste
    contenu = tuple(
        _articles_of(element, volets) if isinstance(element, PosteVolets) else element
        for element in poste.chapitre.contenu
    )
    return PosteChapitre(chapitre=poste.chapitre.model_copy(update={"contenu": contenu}))


def _articles_of(poste: PosteVolets, volets: tuple[VoletDecrit, ...]) -> PosteVolets:
    if not poste.volets:
        return poste
    postes = tuple(
        PosteVolet(article=volet.article, sous_articles=volet.sous_articles, volet=volet.id)
        for volet in volets
    )
    return PosteVoletsDecrits.model_construct(volets=True, postes=postes)


def _describe_annex(poste: PosteAnnexe, volets: tuple[VoletDecrit, ...]) -> PosteAnnexe:
    if not isinstance(poste, AnnexeVolets) or not poste.volets:
        return poste
    annexes = tuple(
        AnnexeVolet.model_construct(
            clause=volet.annexe,
            orientation=poste.orientation,
            suite=poste.suite,
            volet=volet.id,
        )
        for volet in volets
        if volet.annexe is not None
    )
    return AnnexesVoletsDecrits.model_construct(
        volets=True, orientation=poste.orientation, suite=poste.suite, annexes=annexes
    )


@dataclass(frozen=True)
class ClauseDuPlan:
    """A clause that a plan names: where, for which volet, and whether it gets a number."""

    nom: str
    chemin: tuple[str | int, ...]
    volet: str | None = None
    numerotee: bool = False

    @property
    def place(self) -> str:
        """The id that it has in the act."""
        return place_id(self.nom, self.volet)


def iter_clauses(plan: Plan) -> Iterator[ClauseDuPlan]:
    """Every clause the plan names, in order."""
    for rang, nom in enumerate(plan.couverture):
        yield ClauseDuPlan(nom, ("couverture", rang))
    for rang, poste in enumerate(plan.corps):
        if isinstance(poste, PosteChapitre):
            for sous_rang, contenu in enumerate(poste.chapitre.contenu):
                yield from _item_clauses(contenu, ("corps", rang, "chapitre", "contenu", sous_rang))
        else:
            yield from _item_clauses(poste, ("corps", rang))
    for rang, annexe in enumerate(plan.annexes):
        yield from _annex_clauses(annexe, ("annexes", rang))


def _annex_clauses(annexe: PosteAnnexe, chemin: tuple[str | int, ...]) -> Iterator[ClauseDuPlan]:
    if isinstance(annexe, Annexe):
        yield ClauseDuPlan(annexe.clause, (*chemin, "clause"), numerotee=bool(annexe.numerotee))
    elif isinstance(annexe, AnnexesVoletsDecrits):
        for propre in annexe.annexes:
            yield ClauseDuPlan(propre.clause, (*chemin, "volets"), propre.volet, numerotee=True)


def _item_clauses(
    poste: PosteClause | PosteArticle | PosteVolets | PosteModifications,
    chemin: tuple[str | int, ...],
) -> Iterator[ClauseDuPlan]:
    if isinstance(poste, PosteClause):
        yield ClauseDuPlan(poste.clause, (*chemin, "clause"))
    elif isinstance(poste, PosteArticle):
        yield ClauseDuPlan(poste.article, (*chemin, "article"), numerotee=True)
        for rang, nom in enumerate(poste.sous_articles):
            yield ClauseDuPlan(nom, (*chemin, "sous_articles", rang), numerotee=True)
    elif isinstance(poste, PosteVoletsDecrits):
        for article in poste.postes:
            for nom in (article.article, *article.sous_articles):
                yield ClauseDuPlan(nom, (*chemin, "volets"), article.volet, numerotee=True)


def clauses_of(plan: Plan) -> list[tuple[str, tuple[str | int, ...]]]:
    """Every clause the plan names, with its path in the file."""
    return [(clause.nom, clause.chemin) for clause in iter_clauses(plan)]
