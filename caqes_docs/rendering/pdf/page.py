"""The HTML page handed over to WeasyPrint, without what a page of the web may need.

`write_html` writes well-formed elements, so that the XML parser of Python, written in C, reads
them; and few of them, so that a short sheet replaces the default sheet of WeasyPrint, whose rules
on marks of lists and footnotes make it compute six styles per element for nothing.
"""

from __future__ import annotations

import functools
import re
from typing import Any
from xml.etree import ElementTree

_VOID = re.compile(r"<((?:br|col|img|input|meta)\b[^>]*)>")

_DEFAULTS = """
html, body, div, section, main, p, h1, h2, h3, h4, h5, h6, ul, ol, li, input { display: block }
head, meta, style, title { display: none }
table {
  display: table;
  box-sizing: border-box;
  text-indent: initial;
}
caption { display: table-caption }
colgroup { display: table-column-group }
col { display: table-column }
thead { display: table-header-group }
tbody { display: table-row-group }
tr { display: table-row }
td, th { display: table-cell }
strong, th { font-weight: bold }
em { font-style: italic }
br::before { content: "\\A"; white-space: pre-line }
ul, ol { break-before: avoid }
h1 { bookmark-level: 1 }
h2 { bookmark-level: 2 }
h3 { bookmark-level: 3 }
h4 { bookmark-level: 4 }
h5 { bookmark-level: 5 }
h6 { bookmark-level: 6 }
"""


def make_page(weasyprint: Any, html: str, url_fetcher: Any) -> Any:
    """The page `html`, as `weasyprint.HTML` would have read it."""
    return _page_class(weasyprint)(html, url_fetcher)


@functools.lru_cache(maxsize=1)
def _page_class(weasyprint: Any) -> Any:
    from cssselect2 import ElementWrapper

    defaults = weasyprint.CSS(string=_DEFAULTS)

    class Page(weasyprint.HTML):  # type: ignore[misc]
        """A page read as XML, dressed by our own defaults."""

        def __init__(self, html: str, url_fetcher: Any) -> None:
            root = ElementTree.fromstring(_VOID.sub(r"<\1/>", html))
            self.base_url = None
            self.url_fetcher = url_fetcher
            self.media_type = "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: ARG002
            return [defaults]

    return Page
