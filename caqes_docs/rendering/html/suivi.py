"""How a page shows tracked changes: struck out or underlined, readable without any colour."""

from __future__ import annotations

from html import escape

from caqes_docs.document.model import Element, ElementSuivi, SensSuivi

_TAGS: dict[SensSuivi, str] = {"ajout": "ins", "retrait": "del"}
FEUILLE_SUIVI = """
.ajout { text-decoration: underline 1pt; font-weight: bold; color: #00438a }
.retrait { text-decoration: line-through 1pt; color: #8a1c00 }
"""
"""Before the sheet of the house style, which may say otherwise."""


def tracked(html: str, sens: SensSuivi | None) -> str:
    """Words inserted or removed; the inner tag is the one that the PDF keeps."""
    if sens is None or not html:
        return html
    return f'<{_TAGS[sens]}><span class="{sens}">{html}</span></{_TAGS[sens]}>'


def item_mark(element: Element, sens: SensSuivi | None) -> str:
    """The mark of an item, its former one struck out when both are shown."""
    mark = escape(element.marque or "•", quote=False)
    if isinstance(element, ElementSuivi) and element.marque_avant:
        former = escape(element.marque_avant, quote=False)
        return tracked(former, "retrait") + tracked(mark, "ajout")
    return tracked(mark, sens)
