"""Comparing and amending an act from 10 to 200 pages: time per page, as a ratio to the first."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from caqes_docs.document import model as doc
from caqes_docs.document.amendement.avenant import build_amendment
from caqes_docs.document.revision.appliquer import apply, mark
from caqes_docs.document.revision.comparer import compare
from tests.outils.revisions import act, article, paragraph, table

PAGES = (10, 50, 100, 200)
ARTICLES_A_PAGE = 2


def long_act(pages: int, cible: int) -> doc.Document:
    """An act of about `pages` pages: a tenth of its articles say `cible`."""
    bodies: list[Any] = []
    for rang in range(pages * ARTICLES_A_PAGE):
        value = cible if rang % 10 == 0 else 50
        words = (
            f"L’obligation {rang} est remplie lorsque le taux atteint {value}\u00a0% à la fin de"
            f" l’année ; l’établissement {rang} en rend compte au comité de suivi du contrat."
        )
        rows = tuple((f"IND-{rang}-{k}", f"{k}\u00a0%") for k in range(8))
        bodies.append(
            article(str(rang + 1), *(paragraph(f"{words} ({k})") for k in range(8)), table(*rows))
        )
    return replace(act(*bodies))


def measure_linearity(rounds: int) -> list[dict[str, float]]:
    """For each length: milliseconds per page to compare, and to amend; the best of `rounds`."""
    found: list[dict[str, float]] = []
    for pages in PAGES:
        a, b = long_act(pages, 60), long_act(pages, 75)
        comparing = min(_spent(_compare, a, b) for _ in range(rounds))
        amending = min(_spent(build_amendment, a, b) for _ in range(rounds))
        found.append({"pages": pages, "comparer": comparing / pages, "amender": amending / pages})
    return found


def _compare(a: doc.Document, b: doc.Document) -> None:
    script = compare(a, b)
    apply(a, script)
    mark(a, script)


def _spent(work: Any, a: doc.Document, b: doc.Document) -> float:
    start = time.process_time()
    work(a, b)
    return 1000 * (time.process_time() - start)
