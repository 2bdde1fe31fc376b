"""The plan under which an imported model is printed: ours, or a new one."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher
from typing import Any

import yaml

from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.modele.blocs import words
from caqes_docs.redaction.modele.ecriture import escape
from caqes_docs.redaction.modele.rapprochement import plain

_LIMINAIRES = (".visas", ".convenu", ".preambule")
_PARENT = 0.6
"""How alike a chapter of the model and one of ours are, that the one is the other."""


class PlanImporte:
    """A plan as its file has it, put in the order of the model, with its chapters."""

    def __init__(self, identifiant: str, type_document: TypeDocument | None) -> None:
        if type_document is not None:
            contenu = type_document.charge.fichier.contenu
            self.plan: dict[str, Any] = yaml.load(contenu, yaml.BaseLoader)
        else:
            self.plan = _new_plan(identifiant)
        self._depart = self.render() if type_document is not None else ""
        self.corps: list[Any] = self.plan["corps"]
        self.ici, self.rang, self.sous = self.corps, 0, 0
        """Where the next clause goes: a list, a rank in it, a rank below its last article."""
        self.chapitres: list[dict[str, Any]] = []
        """The chapters of the model, as they came."""

    @property
    def change(self) -> bool:
        """Whether it is no longer our plan."""
        return self.render() != self._depart

    def chapters(self) -> list[dict[str, Any]]:
        """The chapters, in order."""
        return [poste["chapitre"] for poste in self.corps if "chapitre" in poste]

    def chapter(self, titre: str, noms: Collection[str]) -> str:
        """The id of the chapter that holds most of `noms`, or is alike; it takes the title."""
        libres = [c for c in self.chapters() if not any(c is deja for deja in self.chapitres)]
        notes = [(_kinship(c, titre, noms), c) for c in libres]
        note, choisi = max(notes, key=lambda note: note[0], default=(0.0, {}))
        rang = self._after_chapters()
        if note < _PARENT:
            choisi = {"id": f"chapitre_{len(self.chapters()) + 1}", "titre": "", "contenu": []}
            self.corps.insert(rang, {"chapitre": choisi})
        elif (place := self._rank_of(choisi)) < rang:
            self.corps.insert(rang - 1, self.corps.pop(place))
        if words(choisi["titre"]) != words(titre):
            choisi["titre"] = escape(titre)
        self.chapitres.append(choisi)
        self.ici, self.rang, self.sous = choisi["contenu"], 0, 0
        return str(choisi["id"])

    def _rank_of(self, chapitre: dict[str, Any]) -> int:
        return next(i for i, p in enumerate(self.corps) if p.get("chapitre") is chapitre)

    def _after_chapters(self) -> int:
        """Where the next chapter of the model goes."""
        if self.chapitres:
            return self._rank_of(self.chapitres[-1]) + 1
        return next((i for i, p in enumerate(self.corps) if "chapitre" in p), len(self.corps))

    def opening_clause(self) -> str | None:
        """The clause without a number that opens the chapter at hand."""
        return self.ici[0].get("clause") if self.ici else None

    def place(self, nom: str, sorte: str = "article", *, sous: bool = False) -> None:
        """Print a clause next: where it stands if nothing but ours comes before, else moved."""
        parent = self.ici[self.rang - 1] if self.rang else {}
        dessous = sous and "article" in parent
        liste = parent.setdefault("sous_articles", []) if dessous else self.ici
        ailleurs, place = self._find(nom)
        if ailleurs is liste and place >= (self.sous if dessous else self.rang):
            rang = place
        else:
            ancien = self.drop(nom)
            self.rang -= ailleurs is self.ici and place < self.rang
            rang = self.sous - (ailleurs is liste) if dessous else self.rang
            reprise = isinstance(ancien, dict) and not dessous
            liste.insert(rang, ancien if reprise else nom if dessous else {sorte: nom})
        self.rang, self.sous = (self.rang, rang + 1) if dessous else (rang + 1, 0)

    def _find(self, nom: str) -> tuple[list[Any], int]:
        listes = [self.corps, *(c["contenu"] for c in self.chapters())]
        listes += [p["sous_articles"] for liste in listes for p in liste if "sous_articles" in p]
        for liste in listes:
            for rang, poste in enumerate(liste):
                if nom in ((poste,) if isinstance(poste, str) else poste.values()):
                    return liste, rang
        return [], -1

    def drop(self, nom: str) -> Any:
        """Print a clause no more; what the plan said of it."""
        liste, rang = self._find(nom)
        return liste.pop(rang) if liste else None

    def prune(self) -> list[str]:
        """Take out the chapters without an article left; the clauses that were there."""
        vides = [
            p
            for p in self.corps
            if "chapitre" in p
            and p["chapitre"] not in self.chapitres
            and all("clause" in poste for poste in p["chapitre"]["contenu"])
        ]
        self.corps[:] = [poste for poste in self.corps if poste not in vides]
        return [poste["clause"] for p in vides for poste in p["chapitre"]["contenu"]]

    def bare_clauses(self) -> list[str]:
        """The clauses without a number whose words a model may have, in order."""
        liminaires = [p["clause"] for p in self.corps if p.get("clause", "").endswith(_LIMINAIRES)]
        contenus = (poste for chapitre in self.chapters() for poste in chapitre["contenu"])
        return [*liminaires, *(poste["clause"] for poste in contenus if "clause" in poste)]

    def numbers(self) -> dict[str, str]:
        """The words of the number of each article and chapter, as printed."""
        numeros: dict[str, str] = {}
        article, volets = 0, ""
        for rang, chapitre in enumerate(self.chapters(), 1):
            numeros[chapitre["id"]] = f"Chapitre {rang}"
        for poste in self.corps:
            for element in poste["chapitre"]["contenu"] if "chapitre" in poste else (poste,):
                volets = volets or (", plus ceux des volets" if "volets" in element else "")
                if "article" in element:
                    article += 1
                    er = "er" if article == 1 else ""
                    numeros[element["article"]] = f"Article {article}{er}{volets}"
                    for sous, nom in enumerate(element.get("sous_articles", ()), 1):
                        numeros[nom] = f"Article {article}-{sous}{volets}"
        return numeros

    def render(self) -> str:
        """The file of the plan."""
        return yaml.safe_dump(self.plan, allow_unicode=True, sort_keys=False, width=10**6)


def _kinship(chapitre: dict[str, Any], titre: str, noms: Collection[str]) -> float:
    """How much of a chapter of the model, its title or its articles, is in one of ours."""
    siens = {poste["article"] for poste in chapitre["contenu"] if "article" in poste}
    part = len(siens & {*noms}) / max(len(siens), len(noms), 1)
    return max(part, SequenceMatcher(None, plain(chapitre["titre"]), plain(titre)).ratio())


def _new_plan(identifiant: str) -> dict[str, Any]:
    titre = identifiant.replace("_", " ").capitalize()
    return {
        "id": identifiant,
        "titre": titre,
        "prefixe_fichier": identifiant,
        "charte": "maison",
        "donnees": "contrat",
        "date_de_reference": "date_effet",
        "regimes": ["caqes_1"],
        "bandeaux": {
            "entete_gauche": "{{ ars.nom }}",
            "entete_droite": titre,
            "pied_gauche": titre,
        },
        "sujet": titre,
        "corps": [],
    }
