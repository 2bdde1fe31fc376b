"""The document as JSON: every node, its words and where they come from."""

from __future__ import annotations

import json

from caqes_docs.document.empreinte import document_data
from caqes_docs.document.model import Document


def write_json(document: Document) -> bytes:
    """The canonical JSON of `document`, indented for a reader; same document, same bytes."""
    data = document_data(document)
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
