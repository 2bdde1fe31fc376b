"""Options of an act, for the interfaces (which know nothing of the assembly)."""

from __future__ import annotations

import datetime as dt

from caqes_docs.assembly.contrat.dates import Options


def make_options(
    *,
    definitif: bool = False,
    date_effet: dt.date | None = None,
    date_edition: dt.date | None = None,
    annee: int | None = None,
) -> Options:
    """The options of an act; see `assembly.contrat.dates.Options`."""
    return Options(definitif, date_effet, date_edition, annee)
