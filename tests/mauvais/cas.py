r"""A case of the corpus: one Markdown file with what is broken and what the command must say.

Outside the fenced blocks, the file is prose for the reader. A block names what it does:

* ``remplacer FICHIER``: in that file of the base project, the text before the line `↦` becomes the
  text after it (`FICHIER.docx!part` reaches inside a Word file);
* ``ecrire FICHIER``, ``octets FICHIER`` (ASCII with `\xNN` escapes), ``repeter N FICHIER``: the
  file's whole content; ``effacer FICHIER`` removes it;
* ``commande``: the command line; ``attendu N``: its exit code, stdout then stderr.

Before they are broken, somebody answers for the wordings of the base that a final act prints.
"""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.outils.validation import validate_all

CORPUS = Path(__file__).resolve().parent
BASE = CORPUS / "base"
MAISON = CORPUS.parents[1] / "templates" / "maison"
_BLOC = re.compile(r"^```(\S+)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FLECHE = "↦\n"


@dataclass(frozen=True)
class Bloc:
    """A fenced block: what it does, to what, with which text."""

    action: str
    cible: str
    texte: str


@dataclass(frozen=True)
class Cas:
    """One broken project."""

    chemin: Path
    blocs: tuple[Bloc, ...]

    @property
    def nom(self) -> str:
        """`D-031`, or `D-031-variante`."""
        return self.chemin.stem

    @property
    def code(self) -> str:
        """The code that the case provokes."""
        return self.nom[:5]

    @property
    def commande(self) -> list[str]:
        """The arguments of `caqes`."""
        return self._seul("commande").texte.split()[1:]

    @property
    def attendu(self) -> str:
        """What the command must print: stdout, then stderr."""
        return self._seul("attendu").texte

    @property
    def sortie(self) -> int:
        """The exit code."""
        return int(self._seul("attendu").cible)

    def _seul(self, action: str) -> Bloc:
        (trouve,) = (bloc for bloc in self.blocs if bloc.action == action)
        return trouve

    def build(self, projet: Path) -> None:
        """Copy the base project to `projet`, then break it."""
        shutil.copytree(BASE, projet)
        shutil.copytree(MAISON, projet / "templates" / "maison")
        if any(bloc.action == "commande" and "--definitif" in bloc.texte for bloc in self.blocs):
            validate_all(projet)
        for bloc in self.blocs:
            if bloc.action not in ("commande", "attendu"):
                _apply(bloc, projet)
        _keep_one_socle(projet / "contracts_data/dossiers/990000010.yaml")

    def accept(self, sortie: int, texte: str) -> None:
        """Take what the command printed as what it must print."""
        ancien = self.chemin.read_text(encoding="utf-8")
        debut = ancien.index("```attendu")
        nouveau = f"{ancien[:debut]}```attendu {sortie}\n{texte}```\n"
        self.chemin.write_text(nouveau, encoding="utf-8")


def _keep_one_socle(dossier: Path) -> None:
    """A case with a socle of its own does without that of the base, its last line."""
    if not dossier.is_file():
        return
    octets = dossier.read_bytes()
    debut, saut, fin = octets.rstrip(b"\n").rpartition(b"\n")
    if fin.startswith(b"  socle:") and b"\n  socle:" in debut:
        dossier.write_bytes(debut + saut)


def read_cas(chemin: Path) -> Cas:
    """The case written at `chemin`."""
    texte = chemin.read_text(encoding="utf-8")
    return Cas(chemin, tuple(Bloc(*trouve) for trouve in _BLOC.findall(texte)))


def iter_corpus() -> Iterator[Cas]:
    """Every case, by name."""
    yield from map(read_cas, sorted(CORPUS.glob("[A-Z]-*.md")))


def _apply(bloc: Bloc, projet: Path) -> None:
    if bloc.action == "repeter":
        nombre, cible = bloc.cible.split()
        _write(projet / cible, bloc.texte.encode() * int(nombre))
        return
    if "!" in bloc.cible:
        archive, membre = bloc.cible.split("!")
        _rewrite_part(projet / archive, membre, bloc.texte)
        return
    chemin = projet / bloc.cible
    match bloc.action:
        case "remplacer":
            _write(chemin, _replace(chemin.read_text(encoding="utf-8"), bloc.texte).encode())
        case "ecrire":
            _write(chemin, bloc.texte.encode())
        case "octets":
            _write(chemin, bloc.texte.encode().decode("unicode_escape").encode("latin-1"))
        case "effacer":
            chemin.unlink()
        case _:
            raise ValueError(f"{bloc.action}: action inconnue")


def _replace(texte: str, changement: str) -> str:
    avant, apres = changement.split(_FLECHE)
    avant, apres = avant.removesuffix("\n"), apres.removesuffix("\n")
    if texte.count(avant) != 1:
        raise ValueError(f"{avant!r} figure {texte.count(avant)} fois")
    return texte.replace(avant, apres)


def _write(chemin: Path, contenu: bytes) -> None:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_bytes(contenu)


def _rewrite_part(archive: Path, membre: str, changement: str) -> None:
    sortie = io.BytesIO()
    with zipfile.ZipFile(archive) as lue, zipfile.ZipFile(sortie, "w") as ecrite:
        for nom in lue.namelist():
            contenu = lue.read(nom)
            if nom == membre:
                contenu = _replace(contenu.decode(), changement).encode()
            ecrite.writestr(nom, contenu)
    archive.write_bytes(sortie.getvalue())
