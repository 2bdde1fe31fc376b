"""What a search tried, told at the end of a long run: its counts, and the seeds that it drew."""

from __future__ import annotations

DIT = "dit"
"""The property under which a test says what it tried."""
GRAINES: list[int] = []
"""Those that the test at hand drew."""


def drawn() -> list[tuple[str, object]]:
    """What there is to tell of the test that has just run; its seeds make the same search again."""
    graines = sorted(set(GRAINES))
    GRAINES.clear()
    return [(DIT, f"{len(graines)} graines : {' '.join(map(str, graines))}")] if graines else []
