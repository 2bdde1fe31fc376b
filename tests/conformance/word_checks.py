"""Our own reading of a Word file: the faults that the Open XML SDK lets through.

`check_word(data)` returns French findings; an empty list means that nothing was found.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator

from word_archive import check_content_types, check_empty_parts, check_entries, check_relations
from word_fields import check_fields
from word_marks import check_bookmarks, check_comments, check_links, check_unique_ids
from word_package import WordPackage, open_package
from word_styles import check_language, check_numbering, check_styles
from word_text import (
    check_accessibility,
    check_headings,
    check_leftovers,
    check_spaces,
    check_tables,
)

Check = Callable[[WordPackage], Iterator[str]]

CHECKS: tuple[Check, ...] = (
    check_entries,
    check_content_types,
    check_relations,
    check_empty_parts,
    check_bookmarks,
    check_links,
    check_unique_ids,
    check_comments,
    check_fields,
    check_styles,
    check_numbering,
    check_language,
    check_leftovers,
    check_spaces,
    check_headings,
    check_tables,
)


def check_word(data: bytes, *, accessibility: bool = False) -> list[str]:
    """Findings of every check on one Word file, each said once.

    :param accessibility: also ask for a title, header rows and alternative texts.
    """
    try:
        package = open_package(data)
    except zipfile.BadZipFile as fault:
        return [f"fichier illisible : ce n'est pas une archive ({fault})"]
    checks = (*CHECKS, check_accessibility) if accessibility else CHECKS
    return list(dict.fromkeys(line for check in checks for line in check(package)))
