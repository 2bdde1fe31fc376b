"""A new table laid over a dossier that people have worked on: a three-way comparison, key by key.

What the last import wrote is kept beside the dossiers (`Memoire`). A value that nobody changed
since follows the table; a value that somebody changed stays; when both moved, it is a conflict:
listed, and left as it is until they agree.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.finess.modeles import EntiteFiness, SiteFiness
from caqes_docs.data.finess.squelette import (
    A_VERIFIER,
    PROPOSITION,
    FaitsTable,
    compute_faits,
    compute_faits_site,
    render_site,
)
from caqes_docs.data.lecture.ecriture import ValeurTable, render_valeur
from caqes_docs.data.lecture.edition import Edition, EditionImpossibleError
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml, parse_yaml

SITES: Chemin = ("etablissement", "sites")
ADRESSE = ("lignes", "code_postal", "commune")
_ABSENT = object()


@dataclass(frozen=True)
class Memoire:
    """What the last import wrote in a dossier: the common ancestor of table and dossier."""

    region: str
    faits: FaitsTable
    sites: Mapping[str, FaitsTable]

    def to_bytes(self) -> bytes:
        """The record as stable JSON."""
        contenu = {"version": 1, "region": self.region, "faits": self.faits, "sites": self.sites}
        return (json.dumps(contenu, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def parse_memoire(contenu: bytes) -> Memoire | None:
    """The record held by `contenu`; None when it is not one."""
    try:
        donnees = json.loads(contenu)
        return Memoire(
            str(donnees["region"]),
            _facts(donnees["faits"]),
            {str(finess): _facts(faits) for finess, faits in donnees["sites"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _facts(donnees: Mapping[str, object]) -> FaitsTable:
    return {cle: _value(valeur) for cle, valeur in donnees.items()}


def _value(valeur: object) -> ValeurTable:
    if isinstance(valeur, list | tuple):
        return tuple(str(element) for element in valeur)
    return None if valeur is None else str(valeur)


def build_memoire(entite: EntiteFiness, date_signature: dt.date | None) -> Memoire:
    """The record of a dossier just created."""
    sites = {site.finess: compute_faits_site(site) for site in entite.sites}
    return Memoire(entite.region, compute_faits(entite, date_signature), sites)


@dataclass(frozen=True)
class Fusion:
    """The dossier as it should now be, and what could not be decided."""

    contenu: bytes
    memoire: Memoire
    conflits: tuple[Constat, ...] = ()
    avis: tuple[Constat, ...] = ()


def merge_dossier(
    fichier: FichierYaml,
    base: Memoire | None,
    entite: EntiteFiness,
    date_signature: dt.date | None,
    presents: frozenset[str],
) -> Fusion:
    """`fichier`, a valid dossier, brought up to date with the table.

    `presents` are all the sites that the table names: one that is not there is closed.
    """
    fusion = _Fusion(fichier, base, entite)
    fusion.compare((), compute_faits(entite, date_signature), base.faits if base else {})
    fusion.compare_sites(presents)
    return fusion.result()


@dataclass
class _Fusion:
    fichier: FichierYaml
    base: Memoire | None
    entite: EntiteFiness
    constats: list[tuple[str, Chemin, str, str]] = field(default_factory=list)
    """Code, place, message and remedy: the lines are known once the file is edited."""
    faits: dict[str, ValeurTable] = field(default_factory=dict)
    sites: dict[str, dict[str, ValeurTable]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.edition = Edition(self.fichier.contenu)
        self.a_verifier = frozenset(find_a_verifier(self.fichier))
        self.faits = dict(self.base.faits) if self.base else {}
        self.sites = {f: dict(s) for f, s in self.base.sites.items()} if self.base else {}

    def compare(self, racine: Chemin, table: FaitsTable, base: FaitsTable, site: str = "") -> None:
        """Compare the facts of one block; the address is one fact when its block is empty."""
        memoire = self.sites.setdefault(site, {}) if site else self.faits
        blocs = self._empty_blocks(racine, table, base)
        for cle, valeur in table.items():
            parent = cle.rpartition(".")[0]
            if parent in blocs or self._agree((*racine, *cle.split(".")), cle, valeur, base):
                memoire[cle] = valeur

    def _empty_blocks(self, racine: Chemin, table: FaitsTable, base: FaitsTable) -> set[str]:
        """The empty « adresse: » that the table now fills, each filled here."""
        remplis = set()
        for parent in {cle.rpartition(".")[0] for cle in table if cle.endswith("adresse.lignes")}:
            chemin: Chemin = (*racine, *parent.split("."))
            valeurs = {nom: table[f"{parent}.{nom}"] for nom in ADRESSE}
            connue = any(base.get(f"{parent}.{nom}") is not None for nom in ADRESSE)
            if connue or not any(valeurs.values()) or self._checked(chemin):
                continue
            if _get(self.fichier.donnees, chemin) is None and self._fill(chemin, valeurs):
                remplis.add(parent)
        return remplis

    def _fill(self, chemin: Chemin, valeurs: FaitsTable) -> bool:
        lignes = [
            f"{nom}: {render_valeur(nom, valeur)}".rstrip() for nom, valeur in valeurs.items()
        ]
        try:
            self.edition.set_block(chemin, lignes, {nom: _data(v) for nom, v in valeurs.items()})
            self.edition.erase_comment(chemin, PROPOSITION)
        except EditionImpossibleError:
            return False
        return True

    def _agree(self, chemin: Chemin, cle: str, valeur: ValeurTable, base: FaitsTable) -> bool:
        """Whether dossier and table agree at `chemin`, once edited if that was allowed."""
        if valeur is None:
            return False
        ici, connue = _get(self.fichier.donnees, chemin), base.get(cle, _ABSENT)
        nous = _normal(ici)
        if valeur in (nous, connue):
            return nous == valeur
        douteuse = self._checked(chemin)
        libre = nous == connue or (nous is None and connue is _ABSENT)
        if libre and not douteuse and self._edit(chemin, valeur):
            return True
        if nous is not None or not douteuse:
            self._conflict(chemin, nous, valeur)
        return False

    def _edit(self, chemin: Chemin, valeur: ValeurTable) -> bool:
        try:
            self.edition.set(chemin, valeur)
            self.edition.erase_comment(chemin, PROPOSITION)
        except EditionImpossibleError:
            return False
        return True

    def _checked(self, chemin: Chemin) -> bool:
        """Whether the table's value is doubtful and no comment « À vérifier » stands to say so.

        Somebody erased it, having checked, or it was never there: the value is then theirs.
        """
        cle = chemin[1] if len(chemin) > 1 else ""
        return cle in self.entite.notes and chemin[:2] not in self.a_verifier

    def compare_sites(self, presents: frozenset[str]) -> None:
        """Update the sites that stand in both, append the new ones, name those that left."""
        ici = dict(self._present())
        connus = self.base.sites if self.base else {}
        nouveaux: list[SiteFiness] = []
        for site in self.entite.sites:
            connu, rang = connus.get(site.finess), ici.get(site.finess)
            if rang is not None:
                self.compare((*SITES, rang), compute_faits_site(site), connu or {}, site.finess)
            elif not connu:
                nouveaux.append(site)
        self._add(nouveaux)
        dans_la_table = {site.finess for site in self.entite.sites}
        for finess, rang in ici.items():
            if finess in connus and finess not in dans_la_table:
                self._left(finess, rang, ailleurs=finess in presents)

    def _present(self) -> Iterator[tuple[str, int]]:
        sites = _get(self.fichier.donnees, SITES)
        for rang, site in enumerate(sites if isinstance(sites, list) else []):
            finess = site.get("finess") if isinstance(site, dict) else None
            if isinstance(finess, str):
                yield "".join(finess.split()).upper(), rang

    def _add(self, nouveaux: list[SiteFiness]) -> None:
        """Append new sites; to a dossier that no import wrote, they are proposed each time."""
        libres = [s for s in nouveaux if self.base and s.finess not in self.base.sites]
        elements = [(lignes := render_site(site, 0), _read(lignes)) for site in libres]
        try:
            if elements:
                self.edition.append(SITES, elements)
        except EditionImpossibleError:
            libres = []
        self.sites.update((site.finess, dict(compute_faits_site(site))) for site in libres)
        for site in nouveaux:
            if site in libres:
                continue
            self.sites[site.finess] = {}
            self._report(
                "D-087",
                SITES,
                f"Le site {site.finess} «\u00a0{site.nom}\u00a0» est dans la table, non dans le "
                "dossier.",
                "L’ajouter à «\u00a0sites\u00a0» s’il relève de ce contrat.",
            )

    def _left(self, finess: str, rang: int, *, ailleurs: bool) -> None:
        ou = (
            "n’est plus rattaché à cette entité dans la table"
            if ailleurs
            else "n’est plus dans la table"
        )
        self._report(
            "D-088",
            (*SITES, rang, "finess"),
            f"Le site {finess} {ou}.",
            "Le retirer du dossier s’il n’en relève plus\u00a0; l’import ne retire rien.",
        )

    def _conflict(self, chemin: Chemin, nous: ValeurTable, valeur: ValeurTable) -> None:
        self._report(
            "D-087",
            chemin,
            f"«\u00a0{chemin[-1]}\u00a0» diffère\u00a0: la table donne "
            f"«\u00a0{_show(valeur)}\u00a0», le dossier «\u00a0{_show(nous)}\u00a0».",
            "Le dossier est laissé tel quel\u00a0: le corriger si la table dit vrai.",
        )

    def _report(self, code: str, chemin: Chemin, message: str, remede: str) -> None:
        self.constats.append((code, chemin, message, remede))

    def result(self) -> Fusion:
        """The edited dossier; untouched, and said so, if its layout defeats the edits."""
        try:
            contenu = self.edition.apply()
            memoire = Memoire(self.entite.region, self.faits, self.sites)
        except EditionImpossibleError:
            contenu = self.fichier.contenu
            memoire = self.base or Memoire(self.entite.region, {}, {})
            self._report(
                "D-087",
                ("etablissement",),
                "La mise en forme de ce dossier ne permet pas de le mettre à jour "
                "sans le réécrire.",
                "Reporter à la main ce que la table a changé.",
            )
        edite, _ = parse_yaml(contenu, self.fichier.nom)
        constats = [
            Constat(code, Gravite.AVERTISSEMENT, (edite or self.fichier).source(chemin), *textes)
            for code, chemin, *textes in self.constats
        ]
        conflits = tuple(constat for constat in constats if constat.code == "D-087")
        avis = tuple(constat for constat in constats if constat.code != "D-087")
        return Fusion(contenu, memoire, conflits, avis)


def find_a_verifier(fichier: FichierYaml) -> Iterator[Chemin]:
    """The keys under a comment « À vérifier », those that somebody emptied left out."""
    lignes = fichier.contenu.decode("utf-8-sig").split("\n")
    for chemin, (ligne, _) in fichier.positions.items():
        if not chemin or chemin[-1] != "#cle" or ligne < 2:
            continue
        marquee = lignes[ligne - 2].lstrip().startswith(A_VERIFIER)
        if marquee and _get(fichier.donnees, chemin[:-1]) is not None:
            yield chemin[:-1]


def _read(lignes: Iterable[str]) -> Donnee:
    """The data of an item just written."""
    fichier, _ = parse_yaml(("\n".join(lignes) + "\n").encode(), "")
    donnees = fichier.donnees if fichier else None
    return donnees[0] if isinstance(donnees, list) else None


def _get(donnees: Donnee, chemin: Chemin) -> object:
    """What stands at `chemin`; `_ABSENT` when a key is not there, None when it is empty."""
    valeur: object = donnees
    for partie in chemin:
        if isinstance(valeur, dict):
            valeur = valeur.get(partie, _ABSENT)
        elif isinstance(valeur, list):
            valeur = valeur[int(partie)]
        else:
            return _ABSENT
    return valeur


def _normal(valeur: object) -> ValeurTable:
    if isinstance(valeur, list):
        return tuple(str(element or "").strip() for element in valeur)
    return valeur.strip() if isinstance(valeur, str) else None


def _data(valeur: ValeurTable) -> Donnee:
    return list(valeur) if isinstance(valeur, tuple) else valeur


def _show(valeur: ValeurTable) -> str:
    if valeur is None:
        return "(vide)"
    return ", ".join(valeur) if isinstance(valeur, tuple) else valeur
