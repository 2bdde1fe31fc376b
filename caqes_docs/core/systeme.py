"""What the operating system refuses, in French; how often memory is swept."""

from __future__ import annotations

import errno
import gc

_RAISONS = {
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’opération n’est pas permise",
    errno.ENOENT: "il n’existe pas",
    errno.ENOTDIR: "un fichier tient la place d’un dossier",
    errno.EISDIR: "c’est un dossier",
    errno.ENOSPC: "le disque est plein",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENAMETOOLONG: "le nom est trop long",
    errno.EBUSY: "il est occupé par un autre programme",
    errno.EEXIST: "c’est un fichier, non un dossier",
    errno.ELOOP: "le lien revient sur lui-même",
    errno.EINVAL: "ce nom n’est pas admis",
    errno.ETXTBSY: "un autre programme le tient ouvert",
    errno.EMFILE: "trop de fichiers sont ouverts",
}
_WINDOWS = {
    32: "un autre programme le tient ouvert",
    33: "un autre programme le tient ouvert",
    123: "ce nom n’est pas admis",
    206: "le chemin est trop long",
}
"""What Windows says more precisely by a number of its own."""
CHEMIN_MAX = 260
"""Where Windows stops reading a path."""


def os_reason(error: OSError) -> str:
    """Why the system refused, as the end of a French sentence."""
    raison = _WINDOWS.get(getattr(error, "winerror", None) or 0)
    return raison or _RAISONS.get(error.errno or 0, f"le système refuse (code {error.errno})")


def sweep_seldom() -> None:
    """Let the objects of a command pile up: nearly all of them live until it ends."""
    gc.set_threshold(400_000, 20, 20)


def leave_unswept() -> None:
    """At the end all is given back to the system: nothing is sought there to be swept."""
    gc.disable()
    gc.freeze()
