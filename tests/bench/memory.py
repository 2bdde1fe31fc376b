"""Flat memory: one process makes act after act; what it holds must not grow.

Run as a process of its own; prints one JSON line per milestone.
"""

from __future__ import annotations

import itertools
import json
import sys

from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import CaqesError
from caqes_docs.data.depot import Affaire
from caqes_docs.document.model import Document
from caqes_docs.rendering.docx.charte.charte import load_charte
from caqes_docs.rendering.docx.writer import write_docx
from caqes_docs.rendering.typst.moteur import write_pdf
from tests.bench import content
from tests.bench.statm import current_memory


def main() -> int:
    """`memory.py word|pdf 10 100 200 300`: what the process holds after as many acts."""
    kind, *milestones = sys.argv[1:]
    wanted = set(map(int, milestones))
    dossiers = itertools.cycle(_producible())
    for count in range(1, max(wanted) + 1):
        document = _document(next(dossiers))
        _write(document, kind)
        if count in wanted:
            sys.stdout.write(json.dumps({"count": count, "memory": current_memory()}) + "\n")
            sys.stdout.flush()
    return 0


def _producible() -> list[Affaire]:
    """The sample dossiers from which a contract can be made."""
    found = []
    for affaire in content.project().depot().affaires.values():
        try:
            _document(affaire)
        except CaqesError:
            continue
        found.append(affaire)
    return found


def _document(affaire: Affaire) -> Document:
    project = content.project()
    return assemble_act(
        content.contract_type(), affaire, project.bibliotheque, project.droit, Options()
    ).document


def _write(document: Document, kind: str) -> None:
    type_document = content.contract_type()
    if kind == "pdf":
        write_pdf(document)
    else:
        write_docx(document, load_charte(type_document.charte))


if __name__ == "__main__":
    sys.exit(main())
