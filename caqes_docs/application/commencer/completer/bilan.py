"""What a session of questions wrote, as it is told at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caqes_docs.application.commencer.completer.ordre import block_of, dotted
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml, look


def blocks(fichier: FichierYaml, ecrites: Iterable[Chemin]) -> Iterator[tuple[str, str, str]]:
    """Block by block: its key, its lines, what it holds now of what was written."""
    blocs: dict[Chemin, list[Chemin]] = {}
    for chemin in sorted(ecrites, key=lambda c: fichier.source(c).ligne):
        blocs.setdefault(block_of(chemin), []).append(chemin)
    for bloc, siens in blocs.items():
        lignes = dict.fromkeys(str(fichier.source(c).ligne) for c in (siens[0], siens[-1]))
        dits = (f"{dotted(c[len(bloc) :])} {said(look(fichier.donnees, c))}" for c in siens)
        yield dotted(bloc), "–".join(lignes), ", ".join(dits)


def said(valeur: Donnee) -> str:
    """A value as one types it, a list with commas."""
    return ", ".join(map(said, valeur)) if isinstance(valeur, list) else str(valeur or "")


__all__ = ["blocks", "said"]
