"""Which paragraphs lead to what follows them, and stay on its page."""

from __future__ import annotations

import re

from caqes_docs.document import model as doc
from caqes_docs.document.walk import plain

_ANNONCE = re.compile(r"«|\d+°\s")
"""What an avenant quotes, or numbers: the sentence above leads to it."""


def leads_to(bloc: doc.Paragraphe, following: doc.Paragraphe) -> bool:
    """Whether `bloc` announces `following`, « … : », or is a heading that an avenant quotes."""
    if _is_quoted_heading(bloc):
        return True
    announced = plain(bloc.contenu).rstrip().endswith(":")
    return announced and _ANNONCE.match(plain(following.contenu)) is not None


def _is_quoted_heading(bloc: doc.Paragraphe) -> bool:
    forts = [inline for inline in bloc.contenu if isinstance(inline, doc.Fort)]
    autres = "".join(plain((inline,)) for inline in bloc.contenu if inline not in forts)
    return bool(forts) and autres.strip() == "«"


def closes(bloc: doc.Bloc | None) -> bool:
    """Whether `bloc` closes what is quoted above it: it never opens a page."""
    return isinstance(bloc, doc.Paragraphe) and plain(bloc.contenu).startswith("»")
