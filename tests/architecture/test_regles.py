"""`docs/regles.md`: every rule R-… and point X… that the repository cites, and what holds it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import yaml

from tests.architecture.depot import RACINE, fichiers_suivis, modules

PAGE = RACINE / "docs" / "regles.md"
CERTITUDES = {"texte", "instruction", "secondaire", "déduction", "silence", "contradiction"}
REPERE = re.compile(r"\b(R-[A-Z]{3,4}-[A-Z0-9]+|X\d{1,2})\b")
_REGLE = re.compile(r"R-[A-Z]{3,4}-[A-Z0-9]+")
_ENTREE = re.compile(rf"^### {REPERE.pattern} – .+?$(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_LIGNE = re.compile(r"^- \*\*(.+?)\*\*\s: (.+(?:\n  .+)*)", re.MULTILINE)
_DEF = re.compile(r"^ *def (\w+)", re.MULTILINE)
_CAS = re.compile(r"^ *- \{?id: ([^,\s]+)", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_TEXTES = {".py", ".md", ".yaml", ".txt"}


@dataclass(frozen=True)
class Entree:
    """One rule or point of the page; `lignes` holds its « Source », its « Certitude » and so on."""

    repere: str
    lignes: dict[str, str]


@cache
def entrees() -> tuple[Entree, ...]:
    """The entries of the page, in its order."""
    trouvees = _ENTREE.findall(PAGE.read_text(encoding="utf-8"))
    return tuple(Entree(repere, dict(_LIGNE.findall(corps))) for repere, corps in trouvees)


@cache
def _cites() -> dict[str, str]:
    """Each mark cited outside the page, and one of the files that cite it."""
    return {
        repere: fichier.relative_to(RACINE).as_posix()
        for fichier in fichiers_suivis()
        if fichier.suffix in _TEXTES and fichier != PAGE
        for repere in REPERE.findall(fichier.read_text(encoding="utf-8"))
    }


def _definies(dossier: str) -> Iterator[str]:
    """The names of the functions of a folder."""
    return chain.from_iterable(_DEF.findall(module.texte) for module in modules(dossier))


@cache
def _essais() -> tuple[str, ...]:
    """`file-case` for each legal case, and the name of every test."""
    cas = (
        f"{fichier.stem}-{cas}"
        for fichier in sorted((RACINE / "tests" / "cas").glob("*.yaml"))
        for cas in _CAS.findall(fichier.read_text(encoding="utf-8"))
    )
    return (*cas, *_definies("tests"))


@cache
def _fonctions() -> frozenset[str]:
    return frozenset(_definies("caqes_docs"))


@cache
def _cles() -> frozenset[str]:
    """The keys of what users fill in: the fields of the models of `data`."""
    return frozenset(
        noeud.target.id
        for module in modules("caqes_docs/data")
        for noeud in ast.walk(module.arbre)
        if isinstance(noeud, ast.AnnAssign) and isinstance(noeud.target, ast.Name)
    )


def _exists(nom: str) -> bool:
    """Whether a function, a parameter of the law (`famille/nom`) or a file has that name."""
    if "/" not in nom:
        return nom in _fonctions()
    parametre = RACINE / "clauses" / "droit" / "parametres" / f"{nom}.yaml"
    return parametre.is_file() or (RACINE / nom).is_file()


def _imprimees() -> Iterator[tuple[str, str]]:
    """Each rule and the certainty that the law gives it, in code and in parameters."""
    for module in modules("caqes_docs/law"):
        for appel in (n for n in ast.walk(module.arbre) if isinstance(n, ast.Call)):
            premier = appel.args[0] if appel.args else None
            if isinstance(premier, ast.Constant) and _REGLE.fullmatch(str(premier.value)):
                dites = re.findall(r"Certitude\.(\w+)", ast.unparse(appel))
                yield from ((str(premier.value), dite.lower()) for dite in dites)
    for fichier in (RACINE / "clauses" / "droit" / "parametres").rglob("*.yaml"):
        parametre = yaml.safe_load(fichier.read_text(encoding="utf-8"))
        for valeur in parametre["valeurs"] if "regle" in parametre else ():
            yield parametre["regle"], valeur["certitude"]


class DescribePage:
    """The page as a whole."""

    def it_has_an_entry_for_each_mark_cited(self) -> None:
        absents = _cites().keys() - {entree.repere for entree in entrees()}
        assert {repere: _cites()[repere] for repere in absents} == {}

    def it_has_one_entry_for_each(self) -> None:
        reperes = [entree.repere for entree in entrees()]
        assert sorted({r for r in reperes if reperes.count(r) > 1}) == []

    def it_says_the_certainties_that_acts_print(self) -> None:
        dites = {e.repere: e.lignes["Certitude"].replace("é", "e") for e in entrees()}
        assert [paire for paire in set(_imprimees()) if paire[1] not in dites[paire[0]]] == []


class DescribeEntree:
    """Each rule, each point."""

    def it_has_its_source_and_its_certainty(self) -> None:
        assert [e.repere for e in entrees() if len(e.lignes.get("Source", "").split()) < 2] == []
        parts = {
            (entree.repere, re.split(r"[\s.]", part)[0])
            for entree in entrees()
            for part in re.split(r"\s; ", entree.lignes.get("Certitude", ""))
        }
        assert [part for part in sorted(parts) if part[1] not in CERTITUDES] == []

    def it_names_the_functions_parameters_and_files_that_apply_it(self) -> None:
        assert [paire for paire in _named("Tenu par") if not _exists(paire[1])] == []

    def it_names_keys_that_can_be_filled_in(self) -> None:
        cles = [(r, cle) for r, nom in _named("Données") for cle in nom.split(".")]
        assert [paire for paire in cles if paire[1] not in _cles() | {"<volet>", "<code>"}] == []

    def it_names_the_cases_that_try_it(self) -> None:
        inconnus = [
            (repere, debut)
            for repere, debut in _named("Essais")
            if not any(essai.startswith(debut) for essai in _essais())
        ]
        assert inconnus == []

    def it_is_cited_tested_or_applied(self) -> None:
        tenues = {r for ligne in ("Tenu par", "Données", "Essais") for r, _ in _named(ligne)}
        assert [e.repere for e in entrees() if e.repere not in tenues | _cites().keys()] == []

    def and_a_rule_says_why_no_case_tries_it(self) -> None:
        essais = {e.repere: e.lignes.get("Essais", "") for e in entrees() if e.repere[0] == "R"}
        muettes = [r for r, texte in essais.items() if not _CODE.search(texte)]
        assert [r for r in muettes if len(essais[r].removeprefix("aucun").split()) < 4] == []

    def and_a_point_says_who_decides(self) -> None:
        points = [entree for entree in entrees() if entree.repere.startswith("X")]
        assert [entree.repere for entree in points if "Qui décide" not in entree.lignes] == []


def _named(ligne: str) -> list[tuple[str, str]]:
    """Each mark, and what its line of that name names between backquotes."""
    return [(e.repere, nom) for e in entrees() for nom in _CODE.findall(e.lignes.get(ligne, ""))]
