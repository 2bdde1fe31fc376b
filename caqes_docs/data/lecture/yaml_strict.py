"""Strict YAML: every scalar stays text, every value knows its line, nothing is silently accepted.

`060785011` keeps its zero, `NO` is not False, `12:30` is not 750. Duplicate keys, anchors, tags,
control characters, wrong encodings and oversized files are findings. An empty value, `~`, `null`
and « à compléter » all mean: missing.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.saisie import is_missing
from caqes_docs.core.source import Source, text_digest
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.lecture.syntaxe import explain_syntax, hidden_value, tell_hidden

Donnee: TypeAlias = "str | None | list[Donnee] | dict[str, Donnee]"
Chemin: TypeAlias = tuple[str | int, ...]

TAILLE_MAX = 2_000_000
PROFONDEUR_MAX = 40
_BUREAUTIQUE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")
"""How a Word file, a workbook, a PDF begin."""
_CONTROLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_RESERVE = re.compile("[\ue000-\uf8ff]")
CLE = "#cle"
"""Last part of the place of a key, beside that of its value."""


@dataclass(frozen=True)
class FichierYaml:
    """A file once read: its data (text only), the place of each value, and its bytes' digest."""

    nom: str
    """Path as shown to the user, relative to the project."""
    donnees: Donnee
    positions: dict[Chemin, tuple[int, int]] = field(repr=False)
    empreinte: str = ""
    contenu: bytes = field(default=b"", repr=False)
    ailleurs: Mapping[Chemin, str] = field(default_factory=dict, repr=False)
    """The file of each value that another one gives: what an avenant changes."""

    def source(self, chemin: Chemin = ()) -> Source:
        """The place of the value at `chemin`, or of the nearest parent that stands in the file."""
        reste = tuple(chemin)
        while reste not in self.positions and reste:
            reste = reste[:-1]
        ligne, colonne = self.positions.get(reste, (1, 1))
        return Source(self.ailleurs.get(reste, self.nom), ligne, colonne)

    def key_source(self, chemin: Chemin) -> Source:
        """The place of the key that introduces `chemin`, else of the value."""
        ligne_colonne = self.positions.get((*chemin, CLE))
        if ligne_colonne is None:
            return self.source(chemin)
        return Source(self.ailleurs.get((*chemin, CLE), self.nom), *ligne_colonne)


class _TexteSeul(yaml.CSafeLoader):
    """A loader without implicit typing: used to compose nodes only."""


_TexteSeul.yaml_implicit_resolvers = {}


def read_yaml(chemin: Path, nom: str) -> tuple[FichierYaml | None, list[Constat]]:
    """Read one file; the first member is None when nothing usable could be read."""
    try:
        contenu = chemin.read_bytes()
    except OSError as error:
        message = f"Le fichier ne peut pas être lu\u00a0: {os_reason(error)}."
        remede = "Vérifier qu’il existe et que l’accès en est permis."
        return None, [fault("D-001", Source(nom), message, remede)]
    return parse_yaml(contenu, nom)


def parse_yaml(contenu: bytes, nom: str) -> tuple[FichierYaml | None, list[Constat]]:
    """Parse bytes; see `read_yaml`."""
    texte, constats = _decode(contenu, nom)
    if texte is None:
        return None, constats
    try:
        constats = _scan(texte, nom)
        if constats:
            return None, constats
        noeud = yaml.compose(texte, Loader=_TexteSeul)
    except yaml.MarkedYAMLError as error:
        return None, [explain_syntax(error, texte, nom)]
    except RecursionError:
        return None, [_too_deep(Source(nom))]
    if noeud is None:
        return None, [_empty(nom)]
    lecture = _LectureYaml(nom, texte.split("\n"))
    donnees = lecture.build(noeud, (), 0)
    if donnees is None:
        return None, lecture.constats or [_empty(nom)]
    fichier = FichierYaml(nom, donnees, lecture.positions, text_digest(contenu), contenu)
    if any(constat.code == "D-006" for constat in lecture.constats):
        return None, lecture.constats
    return fichier, lecture.constats


def look(donnees: Donnee, chemin: Chemin) -> Donnee:
    """What stands at `chemin`; None when nothing does."""
    for partie in chemin:
        if isinstance(donnees, dict):
            donnees = donnees.get(str(partie))
        elif isinstance(donnees, list) and isinstance(partie, int) and partie < len(donnees):
            donnees = donnees[partie]
        else:
            return None
    return donnees


def _decode(contenu: bytes, nom: str) -> tuple[str | None, list[Constat]]:
    if len(contenu) > TAILLE_MAX:
        return None, [
            fault(
                "D-002",
                Source(nom),
                f"Le fichier pèse {len(contenu)} octets, plus que le maximum de {TAILLE_MAX}.",
                "Vérifier qu’il s’agit bien d’un dossier, et non d’une table ou d’une image.",
            )
        ]
    if contenu.startswith(_BUREAUTIQUE):
        return None, [
            fault(
                "D-001",
                Source(nom),
                "C’est un document de traitement de texte ou un classeur, non un fichier de texte.",
                "En recopier le contenu dans un fichier de texte (.yaml), par exemple créé par "
                "«\u00a0caqes nouveau dossier\u00a0».",
            )
        ]
    try:
        texte = re.sub("\r\n?", "\n", contenu.removeprefix(BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        avant = error.object[: error.start].decode()
        ligne, colonne = avant.count("\n") + 1, len(avant) - avant.rfind("\n")
        return None, [
            fault(
                "D-001",
                Source(nom, ligne, colonne),
                "Le fichier n’est pas enregistré en UTF-8.",
                "L’enregistrer de nouveau en choisissant l’encodage «\u00a0UTF-8\u00a0».",
            )
        ]
    constats = list(_forbidden_characters(texte, nom))
    return (None if constats else texte), constats


def _forbidden_characters(texte: str, nom: str) -> Iterator[Constat]:
    if not _CONTROLE.search(texte) and not _RESERVE.search(texte):
        return
    for numero, ligne in enumerate(texte.split("\n"), 1):
        for trouve in (*_CONTROLE.finditer(ligne.rstrip("\r")), *_RESERVE.finditer(ligne)):
            yield fault(
                "D-003",
                Source(nom, numero, trouve.start() + 1),
                f"Caractère interdit U+{ord(trouve.group()):04X}, invisible ou réservé.",
                "Effacer ce caractère\u00a0; il vient souvent d’un copier-coller.",
            )


def _scan(texte: str, nom: str) -> list[Constat]:
    """Anchors, and a depth that would exhaust the composer, seen before anything is built.

    The pass is skipped for the ordinary file, which has neither « & » nor many brackets.
    """
    ouvertures = texte.count("[") + texte.count("{") + texte.count("- ") + texte.count("? ")
    if "&" not in texte and ouvertures <= PROFONDEUR_MAX:
        return []
    profondeur = 0
    for evenement in yaml.parse(texte, Loader=_TexteSeul):
        marque = evenement.start_mark
        if isinstance(evenement, yaml.CollectionStartEvent):
            profondeur += 1
        elif isinstance(evenement, yaml.CollectionEndEvent):
            profondeur -= 1
        ancre = getattr(evenement, "anchor", None)
        source = Source(nom, marque.line + 1, marque.column + 1) if marque else Source(nom)
        if profondeur > PROFONDEUR_MAX + 1:
            return [_too_deep(source)]
        if ancre is not None:
            return [
                fault(
                    "D-006",
                    source,
                    f"«\u00a0{ancre}\u00a0», précédé de & ou de *, disparaîtrait du texte.",
                    "Mettre le texte entre guillemets, ou recopier la valeur.",
                )
            ]
    return []


class _LectureYaml:
    """One pass over the nodes: data, positions and findings."""

    def __init__(self, nom: str, lignes: list[str]) -> None:
        self.nom = nom
        self.lignes = lignes
        self.positions: dict[Chemin, tuple[int, int]] = {}
        self.constats: list[Constat] = []
        self._vus: set[int] = set()

    def build(self, noeud: yaml.Node, chemin: Chemin, profondeur: int) -> Donnee:
        position = (noeud.start_mark.line + 1, noeud.start_mark.column + 1)
        self.positions[chemin] = position
        if id(noeud) in self._vus or profondeur > PROFONDEUR_MAX:
            self._add(
                "D-006", position, "Alias, ou structure trop profonde.", "Recopier la valeur."
            )
            return None
        self._vus.add(id(noeud))
        ligne = "".join(self.lignes[position[0] - 1 : position[0]])  # none after a « --- » alone
        etiquette = re.match(r"!(?!!)\S*", ligne[position[1] - 1 :])
        if etiquette is not None:
            message = f"«\u00a0{etiquette[0]}\u00a0» serait perdu\u00a0: YAML y voit une étiquette."
            remede = "Le retirer, ou mettre le texte entre guillemets."
            self._add("D-007", position, message, remede)
        if isinstance(noeud, yaml.MappingNode):
            return self._mapping(noeud, chemin, profondeur)
        if isinstance(noeud, yaml.SequenceNode):
            return [
                self.build(fils, (*chemin, rang), profondeur + 1)
                for rang, fils in enumerate(noeud.value)
            ]
        assert isinstance(noeud, yaml.ScalarNode)
        return self._hidden(noeud) or _scalar(noeud)

    def _hidden(self, noeud: yaml.ScalarNode) -> str | None:
        """« CH Nord # 1 » would lose its end: a comment must stand on a line of its own.

        A value that is wholly hidden is returned: it is told once, not as missing besides.
        """
        fin = noeud.end_mark
        reste = self.lignes[fin.line][fin.column :] if fin.line < len(self.lignes) else ""
        place = (fin.line + 1, fin.column + len(reste) - len(reste.lstrip()) + 1)
        if noeud.style or not reste.lstrip().startswith("#"):
            return None
        if not noeud.value:
            cachee = hidden_value(reste)
            self.constats += [tell_hidden(cachee, Source(self.nom, *place))] if cachee else []
            return cachee
        self._add(
            "D-014",
            place,
            f"Ce qui suit «\u00a0#\u00a0» serait perdu\u00a0: «\u00a0{reste.strip()}\u00a0».",
            "Mettre la valeur entre guillemets, ou le commentaire sur sa propre ligne.",
        )
        return None

    def _mapping(
        self, noeud: yaml.MappingNode, chemin: Chemin, profondeur: int
    ) -> dict[str, Donnee]:
        donnees: dict[str, Donnee] = {}
        for noeud_cle, noeud_valeur in noeud.value:
            position = (noeud_cle.start_mark.line + 1, noeud_cle.start_mark.column + 1)
            if not isinstance(noeud_cle, yaml.ScalarNode):
                self._add("D-009", position, "Une clé doit être un mot simple.", "La réécrire.")
                continue
            cle = noeud_cle.value
            if cle in donnees:
                premiere = self.positions[(*chemin, cle, CLE)][0]
                self._add(
                    "D-005",
                    position,
                    f"La clé «\u00a0{cle}\u00a0» est déjà donnée à la ligne {premiere}.",
                    "N’en garder qu’une\u00a0: rien ne dit laquelle fait foi.",
                )
                continue
            self.positions[(*chemin, cle, CLE)] = position
            donnees[cle] = self.build(noeud_valeur, (*chemin, cle), profondeur + 1)
        return donnees

    def _add(self, code: str, position: tuple[int, int], message: str, remede: str) -> None:
        self.constats.append(fault(code, Source(self.nom, *position), message, remede))


def _scalar(noeud: yaml.ScalarNode) -> str | None:
    texte = str(noeud.value)
    vide = not noeud.style and texte in ("", "~", "null")
    return None if vide or is_missing(texte) else texte


def _too_deep(source: Source) -> Constat:
    message = f"Le fichier imbrique plus de {PROFONDEUR_MAX} niveaux."
    return fault("D-006", source, message, "Fermer les crochets et les accolades, ou les retirer.")


def _empty(nom: str) -> Constat:
    return fault("D-008", Source(nom, 1, 1), "Le fichier est vide.", "Le remplir, ou le supprimer.")
