"""What a migration is made of: steps, each a line of the table that names keys and moves nothing.

A place is written « a.b.c »; a number is the rank of an item, « * » any key.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Deplacer:
    """The key `de` becomes `vers`. Nothing is done where `de` is not there, or `si` is not filled.

    Where `vers` holds the same value, `de` goes; another one, `de` stays and `sinon` says why.
    """

    de: str
    vers: str
    si: str = ""
    sinon: Dire | None = None


@dataclass(frozen=True)
class Retirer:
    """The key `de` has no place any more: what it holds is kept as a comment, and told."""

    de: str
    dire: Dire | None = None
    """None where earlier steps have told it."""


@dataclass(frozen=True)
class Dire:
    """What the user must know: what was not carried and why, then what to write by hand, where."""

    ou: str
    message: str
    remede: str


@dataclass(frozen=True)
class Omission:
    """What the text asks for, and the former keys did not hold: told once the file is migrated.

    It is missing where `si` holds something, other than the word `hors`, and no `sauf` does.
    """

    si: str
    sauf: tuple[str, ...]
    dire: Dire
    hors: str = ""


@dataclass(frozen=True)
class Migration:
    """What becomes of the former key `cle` of a kind of file; done whole or not at all."""

    sorte: str
    """« dossier » or « evaluation »."""
    cle: str
    devient: str
    """Where it now stands, in words for whoever meets it."""
    etapes: tuple[Deplacer | Retirer, ...]
    omissions: tuple[Omission, ...] = ()
