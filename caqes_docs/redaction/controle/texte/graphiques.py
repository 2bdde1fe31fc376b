"""A chart has a paragraph of its own: anywhere else, it is a fault at its line."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from jinja2 import nodes

from caqes_docs.redaction.controle.expressions.types import Faute
from caqes_docs.redaction.controle.texte.markdown import GRAPHIQUE, layouts, prints_chart
from caqes_docs.redaction.langage.markdown_reader import BLOCS


def check_charts(arbre: nodes.Template, *, blocs: bool) -> Iterator[Faute]:
    """The charts of a text that do not stand alone; `blocs` says whether it holds paragraphs."""
    charts = [filtre for filtre in arbre.find_all(nodes.Filter) if prints_chart(filtre)]
    if not charts:
        return
    if not blocs:
        yield from (_fault(chart.lineno or 1) for chart in charts)
        return
    for squelette in layouts(arbre, lignes=True):
        jetons = BLOCS.parse(squelette.texte)
        for avant, jeton in itertools.pairwise(jetons):
            if jeton.type != "inline" or GRAPHIQUE not in jeton.content or jeton.map is None:
                continue
            paragraphe = avant.type == "paragraph_open" and avant.level == 0
            if paragraphe and jeton.content.strip() == GRAPHIQUE:
                continue
            rank = jeton.content[: jeton.content.index(GRAPHIQUE)].count("\n")
            yield _fault(squelette.line(jeton.map[0] + rank))


def _fault(ligne: int) -> Faute:
    return Faute(
        "C-064",
        ligne,
        "Un graphique se trouve dans une phrase, un titre, une liste ou un tableau.",
        "Le placer seul dans son paragraphe, entre deux lignes vides.",
        "graphique",
    )
