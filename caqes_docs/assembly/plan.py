"""The plan of a document type: which clauses, in which order, under which headings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from caqes_docs.core.constats import Constat
from caqes_docs.core.errors import ClauseError
from caqes_docs.data.lecture import Charge, load_record
from caqes_docs.data.messages import close_name
from caqes_docs.data.types import Identifiant, Modele, OuiNon, Texte


class PosteClause(Modele):
    """A clause printed with its own title, without a number."""

    clause: Texte = Field(title="clause")


class PosteArticle(Modele):
    """A clause numbered as an article, and its sub-articles."""

    article: Texte = Field(title="clause de l’article")
    sous_articles: tuple[Texte, ...] = Field((), title="clauses des sous-articles")


def _kind(valeur: object) -> str | None:
    if isinstance(valeur, dict):
        for nom in ("clause", "article", "chapitre", "section", "saut"):
            if nom in valeur:
                return nom
    return None


Contenu = Annotated[
    Annotated[PosteClause, Tag("clause")] | Annotated[PosteArticle, Tag("article")],
    Discriminator(_kind),
]


class Chapitre(Modele):
    """A chapter: « Chapitre 1 », its title, its clauses."""

    id: Identifiant = Field(title="identifiant du chapitre")
    titre: Texte = Field(title="titre du chapitre")
    contenu: tuple[Contenu, ...] = Field(title="contenu du chapitre")


class PosteChapitre(Modele):
    """A chapter in the plan."""

    chapitre: Chapitre = Field(title="chapitre")


Poste = Annotated[
    Annotated[PosteClause, Tag("clause")]
    | Annotated[PosteArticle, Tag("article")]
    | Annotated[PosteChapitre, Tag("chapitre")],
    Discriminator(_kind),
]


class Annexe(Modele):
    """An annex: « Annexe 1 », on a new page, portrait or landscape."""

    clause: Texte = Field(title="clause")
    orientation: Literal["portrait", "paysage"] = Field("portrait", title="orientation")


class BandeauxPlan(Modele):
    """Running header and footer, written like clause text."""

    entete_gauche: Texte = Field(title="en-tête, à gauche")
    entete_droite: Texte = Field(title="en-tête, à droite")
    pied_gauche: Texte = Field(title="pied de page, à gauche")


class Plan(Modele):
    """`templates/<type>/plan.yaml`."""

    id: Identifiant = Field(title="identifiant du type")
    titre: Texte = Field(title="titre du document")
    prefixe_fichier: Identifiant = Field(title="début du nom des fichiers")
    coquille: Identifiant = Field(title="charte employée")
    donnees: Literal["contrat"] = Field(title="données attendues")
    date_de_reference: Literal["date_effet", "date_signature"] = Field(
        title="date qui choisit les rédactions"
    )
    regimes: tuple[Identifiant, ...] = Field(title="régimes admis")
    bandeaux: BandeauxPlan = Field(title="en-tête et pied de page")
    sujet: Texte = Field(title="sujet du document")
    couverture: tuple[Texte, ...] = Field((), title="clauses de la couverture")
    sommaire: Texte | None = Field(None, title="titre du sommaire")
    corps: tuple[Poste, ...] = Field(title="corps du document")
    annexes: tuple[Annexe, ...] = Field((), title="annexes")
    par_defaut: OuiNon | None = Field(None, title="produit par défaut pour chaque dossier")


@dataclass(frozen=True)
class TypeDocument:
    """A document type on disk: its plan and its folder (the house style lies beside it)."""

    plan: Plan
    charge: Charge[Plan]
    gabarits: Path

    @property
    def coquille(self) -> Path:
        """The Word shell of the house style."""
        return self.gabarits / self.plan.coquille / "coquille.docx"

    @property
    def feuille(self) -> Path:
        """The style sheet of the house style."""
        return self.gabarits / self.plan.coquille / "style.css"


def load_types(gabarits: Path, prefixe: str) -> tuple[dict[str, TypeDocument], list[Constat]]:
    """Every document type of `gabarits`, by id."""
    types: dict[str, TypeDocument] = {}
    constats: list[Constat] = []
    for chemin in sorted(gabarits.glob("*/plan.yaml")):
        nom = f"{prefixe}/{chemin.relative_to(gabarits).as_posix()}"
        charge, fautes = load_record(chemin, nom, Plan)
        constats.extend(fautes)
        if charge is not None:
            types[charge.valeur.id] = TypeDocument(charge.valeur, charge, gabarits)
    return types, constats


def find_type(types: dict[str, TypeDocument], identifiant: str) -> TypeDocument:
    """The document type `identifiant`.

    Raises:
        ClauseError: P-001 unknown document type.
    """
    if identifiant not in types:
        raise ClauseError(
            "P-001",
            f"Le type de document «\u00a0{identifiant}\u00a0» n’existe pas.",
            remede=close_name(identifiant, types) or f"Types connus\u00a0: {', '.join(types)}.",
        )
    return types[identifiant]


def clauses_of(plan: Plan) -> list[tuple[str, tuple[str | int, ...]]]:
    """Every clause the plan names, with its path in the file."""
    trouvees: list[tuple[str, tuple[str | int, ...]]] = [
        (nom, ("couverture", rang)) for rang, nom in enumerate(plan.couverture)
    ]
    for rang, poste in enumerate(plan.corps):
        if isinstance(poste, PosteChapitre):
            for sous_rang, contenu in enumerate(poste.chapitre.contenu):
                chemin = ("corps", rang, "chapitre", "contenu", sous_rang)
                trouvees.extend(_clauses_of_item(contenu, chemin))
        else:
            trouvees.extend(_clauses_of_item(poste, ("corps", rang)))
    trouvees.extend((a.clause, ("annexes", rang, "clause")) for rang, a in enumerate(plan.annexes))
    return trouvees


def _clauses_of_item(
    poste: PosteClause | PosteArticle, chemin: tuple[str | int, ...]
) -> list[tuple[str, tuple[str | int, ...]]]:
    if isinstance(poste, PosteClause):
        return [(poste.clause, (*chemin, "clause"))]
    return [
        (poste.article, (*chemin, "article")),
        *((nom, (*chemin, "sous_articles", rang)) for rang, nom in enumerate(poste.sous_articles)),
    ]
