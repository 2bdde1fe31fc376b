"""No word lost: the files written are read back as an act would read them, and counted."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from caqes_docs.core.errors import UsageError
from caqes_docs.document.model import AEcrire, SautLigne, Texte
from caqes_docs.document.texte import blocks_text
from caqes_docs.document.walk import plain
from caqes_docs.law.droit.chargement import Racine
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.redactions import read_wording
from caqes_docs.redaction.langage.clause import nest
from caqes_docs.redaction.langage.markdown_reader import Lecture
from caqes_docs.redaction.langage.moteur import Registre
from caqes_docs.redaction.modele.blocs import words
from caqes_docs.redaction.modele.calque import Calque

_EXPRESSION = re.compile(r"\{\{ ?(?:(article|renvoi)\('([^']+)'\)|.*?) ?\}\}")


def check_words(
    modele: Counter[str], calque: Calque, dossier: Path, droit: Droit
) -> dict[str, int]:
    """How many words went where.

    Raises:
        UsageError: I-004 the words written and reported are not those of the model.
    """
    attendus = Counter(modele)
    for correction in calque.corrections:
        attendus.subtract(words(correction.avant))
        attendus.update(words(correction.apres))
    clauses = sum(
        (_clause_words(calque, dossier, nom, droit) for nom in calque.clauses.values()), Counter()
    )
    plan, rapport = _plan_words(calque), Counter[str]()
    for blanc in calque.blancs:
        if blanc.compte:
            rapport.update(words(blanc.modele))
    for _, texte in calque.reste:
        rapport.update(words(texte))
    ecrits = clauses + plan + rapport
    perdus, ajoutes = attendus - ecrits, ecrits - attendus
    if perdus or ajoutes:
        raise UsageError(
            "I-004",
            "Le compte des mots ne ferme pas\u00a0: "
            f"perdus {_some(perdus)}\u00a0; en trop {_some(ajoutes)}. Rien n’est écrit.",
            remede="Transmettre le modèle à l’équipe du logiciel, ou simplifier le passage nommé.",
        )
    parts = (("modele", modele), ("clauses", clauses), ("plan", plan), ("rapport", rapport))
    return {nom: sum(mots.values()) for nom, mots in parts}


def _first(numero: str) -> str:
    return "1er" if numero == "1" else numero


def _some(mots: Counter[str]) -> str:
    return ", ".join(f"«\u00a0{mot}\u00a0» ×{n}" for mot, n in sorted(mots.items())[:12]) or "aucun"


def _clause_words(calque: Calque, dossier: Path, nom: str, droit: Droit) -> Counter[str]:
    """The words that a clause prints; those of a value are none of the model's."""
    redaction, constats = read_wording(dossier / nom, Racine("import", dossier, "import"))
    if redaction is None:
        raise UsageError(
            "I-004", f"«\u00a0{nom}\u00a0» ne se relit pas\u00a0: {constats[0].message}"
        )

    def put(texte: str) -> tuple[str, Registre]:
        registre = Registre()

        def value(trouve: re.Match[str]) -> str:
            cite = trouve[2]
            if trouve[1] == "renvoi":
                numero = next(n for n, vise in calque.numeros.items() if vise == cite)
                return registre.put(Texte(f"article {_first(numero)}"))
            if cite is None:
                return registre.put(SautLigne() if "saut" in trouve[0] else AEcrire("", 3))
            connu = droit.textes.get(cite)
            return registre.put(Texte(connu.court if connu else calque.inconnus[cite]))

        return _EXPRESSION.sub(value, texte), registre

    titre, registre = put(redaction.entete.titre or "")
    mots = words(plain(Lecture(registre).read_line(titre)))
    corps, registre = put(redaction.corps)
    return mots + words(blocks_text(nest(Lecture(registre).read(corps), 1, "import")))


def _plan_words(calque: Calque) -> Counter[str]:
    """The words of the headings that the plan numbers, and of its chapters.

    A number that the plan would change stays with the report.
    """
    mots: Counter[str] = Counter()
    numeros = calque.plan.numbers()
    titres = {chapitre["id"]: chapitre["titre"] for chapitre in calque.plan.chapters()}
    for etiquette, nom in calque.etiquettes:
        if words(etiquette.replace("1er", "1")) == words(numeros.get(nom, "").replace("1er", "1")):
            mots.update(words(etiquette))
        else:
            raison = f"Numéro du modèle\u00a0; l’acte imprime «\u00a0{numeros.get(nom)}\u00a0»"
            calque.reste.append((raison, etiquette))
        mots.update(words(titres.get(nom, "").replace("\\", "")))
    return mots
