"""The articles of a model against our clauses: by number, title and likeness of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from caqes_docs.core.francais.typographie import fold
from caqes_docs.redaction.bibliotheque.plan import Plan, PosteArticle, PosteChapitre
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.modele.parties import Partie

SUR, DOUTEUX = 0.6, 0.4
"""The likeness from which a match is sure, and under which there is none."""
_ETRANGERS = 0.6
"""What is left of a likeness when no word of the two titles is the same."""

_GABARIT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@dataclass(frozen=True)
class Rapprochement:
    """A part of the model, the clause that it is the wording of, how alike they are."""

    partie: Partie
    clause: str | None
    note: float

    @property
    def certain(self) -> bool:
        """Whether a jurist need not look."""
        return self.clause is not None and self.note >= SUR


def numbers(plan: Plan) -> dict[str, str]:
    """The number of each article of a plan, the volets aside."""
    numeros: dict[str, str] = {}
    rang = 0
    for poste in plan.corps:
        for element in poste.chapitre.contenu if isinstance(poste, PosteChapitre) else (poste,):
            if isinstance(element, PosteArticle):
                rang += 1
                numeros[element.article] = str(rang)
                for sous, nom in enumerate(element.sous_articles, 1):
                    numeros[nom] = f"{rang}-{sous}"
    return numeros


def match(
    parties: Iterable[Partie], clauses: Sequence[Redaction], numeros: dict[str, str]
) -> list[Rapprochement]:
    """The best clause of each article, no clause twice."""
    articles = [partie for partie in parties if partie.sorte == "article"]
    notes = sorted(
        (
            (_likeness(partie, clause, numeros), -rang, clause.entete.id, partie)
            for rang, partie in enumerate(articles)
            for clause in clauses
        ),
        key=lambda note: note[:3],
        reverse=True,
    )
    trouves: dict[int, Rapprochement] = {}
    pris: set[str] = set()
    for note, rang, identifiant, partie in notes:
        if note >= DOUTEUX and identifiant not in pris and -rang not in trouves:
            trouves[-rang] = Rapprochement(partie, identifiant, note)
            pris.add(identifiant)
    rapproches = [trouves.get(r, Rapprochement(p, None, 0)) for r, p in enumerate(articles)]
    tetes = {r.partie.numero: numeros.get(r.clause or "") for r in rapproches}
    return [_within(r, tetes, numeros) for r in rapproches]


def _within(
    rapproche: Rapprochement, tetes: dict[str, str | None], numeros: dict[str, str]
) -> Rapprochement:
    """No match of two sub-articles whose articles are matched with others."""
    sien, notre = rapproche.partie.numero, numeros.get(rapproche.clause or "", "")
    if "-" not in sien or "-" not in notre:
        return rapproche
    tete = tetes.get(sien.partition("-")[0])
    ailleurs = tete is not None and tete != notre.partition("-")[0]
    return Rapprochement(rapproche.partie, None, 0) if ailleurs else rapproche


def _likeness(partie: Partie, clause: Redaction, numeros: dict[str, str]) -> float:
    numero = numeros.get(clause.entete.id) == partie.numero
    sien, notre = plain(partie.titre), plain(clause.entete.titre or "")
    titre = SequenceMatcher(None, sien, notre).ratio()
    corps = _common(stems(partie.texte), stems(_GABARIT.sub(" ", clause.ecrit)))
    note = float(0.2 * numero + 0.45 * titre + 0.35 * corps)
    if sien and sien == notre:
        return max(note, 0.8)
    return note if not sien or stems(sien) & stems(notre) else _ETRANGERS * note


def _common(un: set[str], autre: set[str]) -> float:
    """The share of the shorter of two sets of words that the other holds."""
    return len(un & autre) / max(min(len(un), len(autre)), 1)


def stems(texte: str) -> set[str]:
    """The roots of the full words of a text."""
    return {mot[:6] for mot in plain(texte).split() if len(mot) > 3}


def plain(texte: str) -> str:
    """Small letters without accents, a space between words."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(_GABARIT.sub(" ", texte))))


def carries(texte: str, resume: str) -> bool:
    """Whether an imported text seems to hold what an obligation sums up."""
    voulus = stems(resume)
    return len(voulus & stems(texte)) >= 0.5 * len(voulus)
