"""The sentences on the cover, whose lines nobody counts: each is a « mention », quoted whole."""

from __future__ import annotations

from caqes_docs.document.amendement.formules import Formules
from caqes_docs.document.amendement.textes import mention_words
from caqes_docs.document.amendement.unites import EditionAlineas, inner_quotes


def mentions_said(edition: EditionAlineas, count: int, formules: Formules) -> str:
    """« la mention : « a » est supprimée », and the like; empty when no words designate it."""
    unite, debut, fin = edition.unite, edition.debut, edition.fin
    new = "les mentions suivantes\u00a0:" if count > 1 else "la mention suivante\u00a0:"
    if debut == fin:
        where, rang = ("après", debut - 1) if debut else ("avant", 0)
        if not mention_words(unite, rang):
            return ""
        come = "sont insérées" if count > 1 else "est insérée"
        return f"{where} la mention\u00a0: {_quoted(mention_words(unite, rang))}, {come} {new}"
    words = [mention_words(unite, rang) for rang in range(debut, fin)]
    if not all(words):
        return ""
    one = len(words) == 1
    old = f"{'la mention' if one else 'les mentions'}\u00a0: {' et '.join(map(_quoted, words))}"
    s, are = ("", "est") if one else ("s", "sont")
    return f"{old} {are} " + (f"remplacée{s} par {new}" if count else f"{formules.supprime}e{s}")


def _quoted(words: str) -> str:
    return f"«\u00a0{inner_quotes(words)}\u00a0»"
