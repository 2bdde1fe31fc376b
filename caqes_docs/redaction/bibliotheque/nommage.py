"""How a wording is named: its file, its id, and the ids that its clause had before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.saisie import has_hidden_extension, unread_for_its_name
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.types import Modele
from caqes_docs.data.lecture.yaml_strict import FichierYaml
from caqes_docs.redaction.bibliotheque.entete import STATUTS, Entete

COMMUNES = "volets."
"""How the ids of the clauses that are common to all volets begin."""

RESERVES = frozenset({"droit", "catalogues"})
"""The folders of a library that hold no clause."""


@dataclass(frozen=True)
class NomDeFichier:
    """What the place of a file says of its wording."""

    clause: str
    date: str | None
    """The date that the name holds: a second wording has one."""
    complet: str | None
    """The whole id, in the former layout: a folder per clause, a file named by each date."""


def parse_name(relatif: Path) -> NomDeFichier:
    """What a path inside the library says.

    >>> parse_name(Path("contrat/conditions/duree.2022-01-01.md"))
    NomDeFichier(clause='duree', date='2022-01-01', complet=None)
    >>> parse_name(Path("contrat/duree/2018-01-01.md"))
    NomDeFichier(clause='duree', date='2018-01-01', complet='contrat.duree')
    """
    dossiers = relatif.parts[:-1]
    if len(dossiers) == 2 and _is_date(relatif.stem):
        return NomDeFichier(dossiers[-1], relatif.stem, ".".join(dossiers))
    clause, _, date = relatif.stem.partition(".")
    return NomDeFichier(clause, date or None, None)


def place_id(identifiant: str, volet: str | None) -> str:
    """The id that a clause has in an act: a common clause has one in each volet.

    >>> place_id("volets.duree", "transports"), place_id("contrat.duree", None)
    ('volet_transports.duree', 'contrat.duree')
    """
    if volet is None or not identifiant.startswith(COMMUNES):
        return identifiant
    return f"volet_{volet}.{identifiant.removeprefix(COMMUNES)}"


def _is_date(texte: str) -> bool:
    try:
        dt.date.fromisoformat(texte)
    except ValueError:
        return False
    return True


def check_identity(entete: Entete, fichier: FichierYaml, relatif: Path) -> Iterator[Constat]:
    """The place of a file says its id and its date; the front matter must agree."""
    nom = parse_name(relatif)
    if nom.complet is not None and entete.id != nom.complet:
        yield _fault(
            "C-011",
            fichier.source(("id",)),
            f"L’identifiant devrait être «\u00a0{nom.complet}\u00a0», d’après le dossier.",
            "Corriger l’identifiant ou déplacer le dossier.",
        )
    elif entete.id.rpartition(".")[2] != nom.clause:
        yield _fault(
            "C-011",
            fichier.source(("id",)),
            f"L’identifiant devrait finir par «\u00a0{nom.clause}\u00a0», d’après le nom du "
            "fichier.",
            "Corriger l’identifiant ou renommer le fichier.",
        )
    if nom.date is not None and nom.date != entete.en_vigueur.du.isoformat():
        yield _fault(
            "C-012",
            fichier.source(("en_vigueur",)),
            f"Le fichier s’appelle {relatif.name} mais entre en vigueur le {entete.en_vigueur.du}.",
            "Renommer le fichier d’après sa date d’entrée en vigueur.",
        )
    if entete.statut not in STATUTS:
        yield _fault(
            "C-013",
            fichier.source(("statut",)),
            f"Statut «\u00a0{entete.statut}\u00a0» inconnu\u00a0; admis\u00a0: "
            f"{', '.join(STATUTS)}.",
            "Choisir l’un des statuts admis.",
        )


def _fault(code: str, source: Source, message: str, remede: str) -> Constat:
    return Constat(code, Gravite.ERREUR, source, message, remede)


def renamed(valeur: Any, present: Callable[[str], str]) -> Any:
    """`valeur`, a plan or a part of it, with the present id of every clause that it names."""
    if type(valeur) is str:
        return present(valeur)
    if isinstance(valeur, tuple):
        return tuple(renamed(element, present) for element in valeur)
    if isinstance(valeur, Modele):
        parts = {nom: renamed(part, present) for nom, part in valeur}
        return valeur.model_copy(update=parts)
    return valeur


def old_name(ancien: str, nouveau: str, source: Source) -> Constat:
    """The warning where a clause is called by a name that it no longer has."""
    return Constat(
        "C-065",
        Gravite.AVERTISSEMENT,
        source,
        f"«\u00a0{ancien}\u00a0» est l’ancien identifiant de «\u00a0{nouveau}\u00a0»\u00a0: il est "
        "encore compris, mais ne le sera plus dans une prochaine version.",
        f"Écrire «\u00a0{nouveau}\u00a0».",
    )


def disputed_name(ancien: str, clauses: tuple[str, str], source: Source) -> Constat:
    """The fault of an old id that would lead to two clauses."""
    une, autre = clauses
    return _fault(
        "C-066",
        source,
        f"«\u00a0{ancien}\u00a0» serait l’ancien identifiant de «\u00a0{une}\u00a0», mais il mène "
        f"déjà à «\u00a0{autre}\u00a0».",
        "Retirer «\u00a0ancien_id\u00a0» de l’une des deux clauses.",
    )


def misnamed(dossier: Path, prefixe: str) -> Iterator[Constat]:
    """The files of a library that are not read, for an editor added « .txt » to their names."""
    for chemin in sorted(dossier.rglob("*.txt")):
        if has_hidden_extension(chemin.name):
            yield unread_for_its_name(Source(f"{prefixe}/{chemin.relative_to(dossier).as_posix()}"))
