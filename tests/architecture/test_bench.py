"""The act of the bench follows the library: it is still found when chapters and annexes change."""

from __future__ import annotations

from caqes_docs.document.model import Tableau
from caqes_docs.document.walk import iter_document
from tests.bench.content import ROWS, bench_document, flat_parts


class DescribeBenchDocument:
    """`bench_document`."""

    def it_has_five_tables_of_thirty_rows(self) -> None:
        tables = [bloc for bloc in iter_document(bench_document()) if isinstance(bloc, Tableau)]
        assert [len(table.lignes) for table in tables] == [ROWS] * 5

    def it_is_told_in_parts_to_the_other_libraries(self) -> None:
        kinds = {part.kind for part in flat_parts(bench_document().corps)}
        assert kinds == {"titre", "texte", "puce", "tableau", "cadres"}
