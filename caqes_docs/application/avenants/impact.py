"""Which contracts print a clause, a parameter or a text, and what today's library would change.

What is printed is looked for in what the contracts say: the clause by its name, the text by its
citations. A parameter leaves no name in the words: it is printed when another value of it makes
another contract. Nothing is estimated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from caqes_docs.application.avenants.etats import EtatContrat, sealed_state
from caqes_docs.application.avenants.scelles import registry
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.dossiers import as_constat
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import CONTRAT
from caqes_docs.core.constats import Constat, sort_constats
from caqes_docs.core.errors import CaqesError, RevisionError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.document import model as doc
from caqes_docs.document.revision.alineas import place
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.script import Numero, Script
from caqes_docs.document.texte import blocks_text
from caqes_docs.document.walk import iter_divisions, iter_document_inlines, plain
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque, Retenue
from caqes_docs.redaction.bibliotheque.types import find_type

GenreCherche = Literal["clause", "parametre", "texte"]
TAUX = "taux_cibles/"


@dataclass(frozen=True)
class Cherche:
    """What is looked for."""

    genre: GenreCherche
    id: str

    @property
    def libelle(self) -> str:
        """The words for a reader."""
        mots = {"clause": "la clause", "parametre": "le paramètre", "texte": "le texte"}
        return f"{mots[self.genre]} «\u00a0{self.id}\u00a0»"


@dataclass(frozen=True)
class PassageTouche:
    """One passage that today's library would write otherwise."""

    lieu: str
    avant: str
    apres: str


@dataclass(frozen=True)
class ContratTouche:
    """One contract that prints it."""

    dossier: str
    reference: str
    nom: str
    acte: str
    """The last signed act; empty when nothing is sealed."""
    ecarts: tuple[PassageTouche, ...]

    @property
    def groupe(self) -> tuple[tuple[str, str], ...]:
        """What contracts of one group have in common: the words of their differences."""
        return tuple((ecart.avant, ecart.apres) for ecart in self.ecarts)


@dataclass(frozen=True)
class BilanImpact:
    """All the contracts that print it, and those that were looked at."""

    cherche: Cherche
    touches: tuple[ContratTouche, ...]
    examines: int
    constats: tuple[Constat, ...] = ()
    """Why some dossiers could not be looked at."""

    @property
    def groupes(self) -> list[tuple[tuple[PassageTouche, ...], list[ContratTouche]]]:
        """The contracts by what differs, the largest group first."""
        tries: dict[object, list[ContratTouche]] = {}
        for contrat in self.touches:
            tries.setdefault(contrat.groupe, []).append(contrat)
        groupes = sorted(tries.values(), key=lambda g: (-len(g), g[0].dossier))
        return [(groupe[0].ecarts, groupe) for groupe in groupes]

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data."""
        return {
            "genre": self.cherche.genre,
            "id": self.cherche.id,
            "examines": self.examines,
            "contrats": len(self.touches),
            "groupes": [
                {
                    "contrats": [contrat.reference for contrat in contrats],
                    "ecarts": [[e.lieu, e.avant, e.apres] for e in ecarts],
                }
                for ecarts, contrats in self.groupes
            ],
            "constats": [constat.as_dict() for constat in self.constats],
        }


def find_impact(projet: Projet, cherche: Cherche) -> BilanImpact:
    """The contracts of the project that print what is looked for, signed or not.

    Raises:
        RevisionError: A-016 neither the library nor a contract knows it; A-011 a seal was touched.
    """
    refuse_unsound(projet)
    depot = projet.depot()
    registre = registry(projet)
    touches, constats = [], list(depot.constats)
    stems = sorted({*depot.affaires, *registre.finess})
    for stem in stems:
        actes = registre.acts(stem)
        etat = sealed_state(projet, actes) if actes else None
        try:
            touche = _touched(projet, _Fabrique(projet, etat, depot.affaires.get(stem)), cherche)
        except CaqesError as error:
            constats += error.constats or [as_constat(error, depot.affaires[stem])]
        else:
            touches += [touche] if touche is not None else []
    if not touches:
        _refuse_unknown(projet, cherche)
    return BilanImpact(cherche, tuple(touches), len(stems), tuple(sort_constats(constats)))


def _refuse_unknown(projet: Projet, cherche: Cherche) -> None:
    connus = {
        "clause": projet.bibliotheque.clauses,
        "parametre": projet.droit.parametres,
        "texte": projet.droit.textes,
    }[cherche.genre]
    if cherche.id not in connus:
        raise RevisionError(
            "A-016",
            f"Ni la bibliothèque ni aucun contrat ne connaît {cherche.libelle}.",
            remede=close_name(cherche.id, connus) or "Vérifier l’identifiant.",
        )


def _touched(projet: Projet, fabrique: _Fabrique, cherche: Cherche) -> ContratTouche | None:
    if not fabrique.prints(cherche):
        return None
    ecarts: tuple[PassageTouche, ...] = ()
    if fabrique.scelle is not None:
        avant, apres = fabrique.document, fabrique.renewed(projet, cherche)
        ecarts = tuple(_differences(avant, compare(avant, apres)))
    affaire = fabrique.affaire
    nom = affaire.dossier.valeur.etablissement.nom_affiche
    return ContratTouche(affaire.stem, affaire.reference, nom, fabrique.acte, ecarts)


def _differences(avant: doc.Document, script: Script) -> Iterator[PassageTouche]:
    for operation in script.operations:
        if isinstance(operation, Numero):
            mots = (operation.avant, operation.apres)
        else:
            mots = (_words(operation.avant), _words(operation.apres))
        yield PassageTouche(place(avant, operation), *mots)


def _words(noeuds: tuple[Any, ...]) -> str:
    """The words of what an operation takes away, or brings."""
    if noeuds and isinstance(noeuds[0], doc.Element):
        return "\n".join(blocks_text(element.blocs) for element in noeuds)
    if noeuds and isinstance(noeuds[0], tuple):
        return "\n".join(
            " | ".join(blocks_text(cellule.blocs) for cellule in ligne) for ligne in noeuds
        )
    blocs = all(isinstance(noeud, get_args(doc.Bloc)) for noeud in noeuds)
    return blocks_text(noeuds) if noeuds and blocs else plain(noeuds)


_CHIFFRE = re.compile(r"[0-9]")


def _disturbed(droit: Droit, parametre: str) -> Droit:
    """The law in which each value of a parameter is another one."""
    une = droit.parametres[parametre]
    autres = tuple(
        v.model_copy(
            update={
                "valeur": _CHIFFRE.sub(lambda c: "2" if c[0] == "1" else "1", v.valeur)
                if _CHIFFRE.search(v.valeur)
                else f"{v.valeur} ?"
            }
        )
        for v in une.valeurs
    )
    troublee = une.model_copy(update={"valeurs": autres})
    return replace(droit, parametres={**droit.parametres, parametre: troublee})


class _Fabrique:
    """A contract made again, with another value of one thing."""

    def __init__(self, projet: Projet, etat: EtatContrat | None, affaire: Affaire | None) -> None:
        self.projet = etat.composition.projet if etat else projet
        donnees = etat.affaire if etat else affaire
        assert donnees is not None  # a contract has a dossier, or is sealed
        self.affaire = donnees
        self.scelle = etat.document if etat else None
        self.acte = etat.actes[-1].scelle.acte if etat else ""
        self.document = self.make()

    def make(
        self, droit: Droit | None = None, bibliotheque: Bibliotheque | None = None
    ) -> doc.Document:
        """The contract, with another law or another library."""
        return assemble_act(
            find_type(self.projet.types, CONTRAT),
            self.affaire,
            bibliotheque or self.projet.bibliotheque,
            droit or self.projet.droit,
            Options(definitif=self.scelle is not None),
        ).document

    def prints(self, cherche: Cherche) -> bool:
        """Whether the contract prints it."""
        document = self.scelle or self.document
        if cherche.genre == "clause":
            divisions = iter_divisions(document.couverture + document.corps)
            clauses = {b.identite.id for b in divisions if isinstance(b, doc.Clause)}
            return cherche.id in clauses
        if cherche.genre == "texte":
            inlines = iter_document_inlines(document)
            return any(isinstance(i, doc.Citation) and i.reference == cherche.id for i in inlines)
        droit = self.projet.droit
        if cherche.id not in droit.parametres:
            return False
        try:
            return bool(compare(self.document, self.make(_disturbed(droit, cherche.id))))
        except CaqesError:
            return True  # the contract cannot even be made with another value

    def renewed(self, projet: Projet, cherche: Cherche) -> doc.Document:
        """The contract as it would be with today's wording, value or citation of it."""
        nom, droit, bibliotheque = cherche.id, self.projet.droit, self.projet.bibliotheque
        if cherche.genre == "parametre" and nom in projet.droit.parametres:
            neufs = {**droit.parametres, nom: projet.droit.parametres[nom]}
            return self.make(replace(droit, parametres=neufs))
        if cherche.genre == "texte" and nom in projet.droit.textes:
            return self.make(replace(droit, textes={**droit.textes, nom: projet.droit.textes[nom]}))
        if cherche.genre == "clause" and nom in projet.bibliotheque.clauses:
            signature = self.affaire.dossier.valeur.contrat.signature.date_retenue
            assert signature is not None  # the contract is sealed
            date = effect_date(signature)
            une = Retenue(projet.bibliotheque.wording(nom, date), droit, date)
            retenues = {**bibliotheque.retenues, nom: une}
            return self.make(bibliotheque=replace(bibliotheque, retenues=retenues))
        return self.document
