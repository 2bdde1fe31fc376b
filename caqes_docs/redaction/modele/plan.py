"""The plan under which an imported model is printed: ours, or a new one."""

from __future__ import annotations

from typing import Any

import yaml

from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.modele.ecriture import escape
from caqes_docs.redaction.modele.rapprochement import plain


class PlanImporte:
    """A plan as its file has it, changed where the model says otherwise."""

    def __init__(self, identifiant: str, type_document: TypeDocument | None) -> None:
        self.nouveau = type_document is None
        self.change = self.nouveau
        if type_document is not None:
            contenu = type_document.charge.fichier.contenu
            self.plan: dict[str, Any] = yaml.load(contenu, yaml.BaseLoader)
        else:
            self.plan = _new_plan(identifiant)
        self.ici: list[Any] = self.plan["corps"]
        self.rang = 0
        """Where the next unknown clause goes: a list of the plan, and a rank in it."""

    def chapters(self) -> list[dict[str, Any]]:
        """The chapters, in order."""
        return [poste["chapitre"] for poste in self.plan["corps"] if "chapitre" in poste]

    def chapter(self, rang: int, titre: str) -> str:
        """The id of chapter `rang` (from 1), which takes the title of the model."""
        chapitres = self.chapters()
        if rang > len(chapitres):
            neuf = {"id": f"chapitre_{rang}", "titre": escape(titre), "contenu": []}
            self.plan["corps"].append({"chapitre": neuf})
            self.change = True
            chapitres.append(neuf)
        chapitre = chapitres[rang - 1]
        if plain(chapitre["titre"]) != plain(titre):
            chapitre["titre"], self.change = escape(titre), True
        self.ici, self.rang = chapitre["contenu"], 0
        return str(chapitre["id"])

    def opening_clause(self, rang: int) -> str | None:
        """The clause without a number that opens chapter `rang`."""
        contenu = self.chapters()[rang - 1]["contenu"]
        return contenu[0].get("clause") if contenu else None

    def pass_by(self, nom: str) -> None:
        """Stand after a clause that the plan has."""
        for liste in (self.plan["corps"], *(c["contenu"] for c in self.chapters())):
            for rang, poste in enumerate(liste):
                if nom in (
                    poste.get("clause"),
                    poste.get("article"),
                    *poste.get("sous_articles", ()),
                ):
                    self.ici, self.rang = liste, rang + 1

    def add_clause(self, nom: str) -> None:
        """Print a clause here, without a number."""
        self._insert({"clause": nom})

    def add_article(self, nom: str, *, sous: bool) -> None:
        """Print an article here, or a sub-article of the last one."""
        avant = self.ici[self.rang - 1] if self.rang else {}
        if sous and "article" in avant:
            avant.setdefault("sous_articles", []).append(nom)
            self.change = True
        else:
            self._insert({"article": nom})

    def _insert(self, poste: dict[str, Any]) -> None:
        self.ici.insert(self.rang, poste)
        self.rang += 1
        self.change = True

    def numbers(self) -> dict[str, str]:
        """The words of the number of each article and chapter, as printed."""
        numeros: dict[str, str] = {}
        article = 0
        for rang, chapitre in enumerate(self.chapters(), 1):
            numeros[chapitre["id"]] = f"Chapitre {rang}"
        for poste in self.plan["corps"]:
            for element in poste["chapitre"]["contenu"] if "chapitre" in poste else (poste,):
                if "article" in element:
                    article += 1
                    numeros[element["article"]] = f"Article {article}" + (
                        "er" if article == 1 else ""
                    )
                    for sous, nom in enumerate(element.get("sous_articles", ()), 1):
                        numeros[nom] = f"Article {article}-{sous}"
        return numeros

    def render(self) -> str:
        """The file of the plan."""
        return yaml.safe_dump(self.plan, allow_unicode=True, sort_keys=False, width=10**6)


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
