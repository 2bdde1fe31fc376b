"""What stops the work: one family of exceptions, each with its code, exit code and remedy.

Findings about the user's content are `Constat` values; an exception is raised only when there is
nothing left to do. Every code has its section in `docs/erreurs.md`.
"""

from __future__ import annotations

import contextlib
import enum
import traceback
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from caqes_docs.core.constats import Constat
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.source import Source


class ExitCode(enum.IntEnum):
    """Exit codes of the command line (documented in `docs/erreurs.md`)."""

    OK = 0
    DONNEES = 2
    DROIT = 3
    CLAUSE = 4
    RENDU = 5
    RELECTURE = 6
    IDENTIQUE = 7
    USAGE = 64
    ENVIRONNEMENT = 69
    INTERNE = 70
    INTERROMPU = 130


class CaqesError(Exception):
    """Root of the family. `message` and `remede` are French sentences for the user."""

    exit_code: ExitCode = ExitCode.INTERNE

    def __init__(
        self, code: str, message: str, *, remede: str = "", source: Source | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remede = remede
        self.source = source
        self.constats: tuple[Constat, ...] = ()

    def as_dict(self) -> dict[str, str]:
        """The error as JSON-ready data."""
        return {"code": self.code, "message": self.message, "remede": self.remede}

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the passage from a worker process, attributes included."""
        return (_rebuild, (type(self), self.message), self.__dict__)


def _rebuild(classe: type[CaqesError], message: str) -> CaqesError:
    error = classe.__new__(classe, message)
    Exception.__init__(error, message)
    return error


class PanneError(CaqesError):
    """A fault of the program on one dossier: it stops that one, and no other."""

    exit_code = ExitCode.INTERNE

    def __init__(self, error: Exception) -> None:
        derniere = traceback.extract_tb(error.__traceback__)[-1:]
        lieu = "".join(f", {PurePath(p.filename).name}, ligne {p.lineno}" for p in derniere)
        quoi = f"{type(error).__name__}\u00a0: {error}{lieu}"
        super().__init__(
            "X-000",
            f"Erreur interne du logiciel sur ce dossier ({quoi}).",
            remede="Le transmettre avec ce message à l’équipe du logiciel\u00a0; les autres "
            "dossiers sont traités.",
        )


@contextlib.contextmanager
def contained() -> Iterator[None]:
    """Let a fault of the program stop the dossier at hand alone.

    Raises:
        PanneError: X-000 the fault, as an error of the family.
    """
    try:
        yield
    except CaqesError:
        raise
    except Exception as error:
        raise PanneError(error) from error


class UsageError(CaqesError):
    """The command cannot be understood, or its project cannot be found."""

    exit_code = ExitCode.USAGE


class DonneesError(CaqesError):
    """The data hold errors; `constats` lists them all."""

    exit_code = ExitCode.DONNEES

    def __init__(
        self,
        code: str,
        message: str,
        constats: Sequence[Constat] = (),
        *,
        remede: str = "",
        source: Source | None = None,
    ) -> None:
        super().__init__(code, message, remede=remede, source=source)
        self.constats = tuple(constats)


class DroitError(CaqesError):
    """The law held by the library does not answer at the date asked."""

    exit_code = ExitCode.DROIT


class ClauseError(CaqesError):
    """The clause library or a plan is faulty."""

    exit_code = ExitCode.CLAUSE


class BibliothequeError(ClauseError):
    """The library has errors, all listed in `constats`: no act may be drawn from it."""

    def __init__(self, constats: Sequence[Constat]) -> None:
        super().__init__(
            "C-000",
            f"La bibliothèque a {compte(len(constats), 'erreur(s)')}\u00a0: aucun acte n’en est "
            "tiré.",
            remede="Les corriger, puis «\u00a0caqes clauses verifier\u00a0».",
        )
        self.constats = tuple(constats)


class RenduError(CaqesError):
    """A file could not be written as promised."""

    exit_code = ExitCode.RENDU


class RevisionError(CaqesError):
    """Two states of an act cannot be compared, or their comparison could not be proved."""

    exit_code = ExitCode.RELECTURE


class EnvironnementError(CaqesError):
    """Something is missing on this machine (library, font, program)."""

    exit_code = ExitCode.ENVIRONNEMENT
