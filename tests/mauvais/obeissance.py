"""A remedy obeyed by a machine, word for word: what it says to delete, write, rename or run.

A remedy may leave the place to its reader (« Retirer cette clé », « Donner « poids » »): each place
that the finding shows is tried in turn, on a copy of the project.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.dossier.parties import Ars
from caqes_docs.data.lecture.introspection import TypeChamp, walk_type
from caqes_docs.data.lecture.provisoire import stand_in
from caqes_docs.data.lecture.yaml_strict import Chemin, read_yaml

_LU = re.compile(
    r"^ *(?:(?P<fichier>[^\s:][^:]*):(?P<ligne>\d+)(?::(?P<colonne>\d+))?  )?"
    r"(?P<code>[A-Z]-\d{3})(?:  (?:erreur|avertissement|à compléter)$|  ?)(?P<message>.*)$"
)
_VALEUR = re.compile(r"\"[^\"]*\"|'[^']*'|[^,}\]#\n]+")
_ENTRE = re.compile("«\u00a0(.+?)\u00a0»")
_RACINES: dict[str, type[BaseModel]] = {
    "dossiers": Dossier,
    "evaluations": Evaluation,
    "ars": Ars,
    "avenants": Avenant,
}
GRAVES = {"X-000", "U-000", *(f"D-{n:03}" for n in range(1, 15))}
"""What a clumsy hand would cause while it hides the fault: no remedy asks for it."""


@dataclass(frozen=True)
class Dit:
    """A finding as the command prints it."""

    code: str
    message: str
    fichier: str = ""
    ligne: int = 0
    colonne: int = 0
    remede: str = ""


def read_findings(texte: str) -> list[Dit]:
    """The findings of what a command printed, with their remedies."""
    dits: list[Dit] = []
    en_tete: re.Match[str] | None = None
    message: list[str] = []
    for ligne in [*texte.splitlines(), "U-999  fin"]:
        trouve = _LU.match(ligne)
        if trouve is None:
            if not ligne.startswith("    "):
                message.append("→ ")  # what follows the findings is no remedy
            message.append(ligne.strip())
            continue
        if en_tete is not None:
            corps, remede, *_ = (" ".join(filter(None, message)) + "→ ").split("→ ")
            dits.append(
                Dit(
                    en_tete["code"],
                    corps.strip(),
                    en_tete["fichier"] or "",
                    int(en_tete["ligne"] or 0),
                    int(en_tete["colonne"] or 0),
                    remede.strip(),
                )
            )
        en_tete, message = trouve, [trouve["message"]]
    return dits


@dataclass
class Main:
    """The hand that obeys: a copy of the project, and the command line."""

    projet: Path
    commande: list[str]
    dit: Dit

    @property
    def chemin(self) -> Path:
        """The file that the finding names."""
        return self.projet / self.dit.fichier

    def edit(self, change: Callable[[str], str]) -> None:
        """Change the line of the finding."""
        lignes = self.chemin.read_text("utf-8").split("\n")
        lignes[self.dit.ligne - 1] = change(lignes[self.dit.ligne - 1])
        self.chemin.write_text("\n".join(lignes), "utf-8")

    def obeys(self, geste: Geste) -> bool:
        """Whether the gesture can be made there."""
        try:
            geste(self)
        except (OSError, LookupError, ValueError, TypeError, AttributeError, AssertionError):
            return False
        return True

    def write_value(self, valeur: str) -> None:
        """Write a value where the finding points."""
        debut = max(self.dit.colonne - 1, 0)
        self.edit(lambda ligne: ligne[:debut] + _VALEUR.sub(lambda _: valeur, ligne[debut:], 1))

    def swap(self, faux: str, juste: str) -> None:
        """Write one word for another, in the line, else in the command."""
        if self.dit.fichier and self.chemin.is_file():
            texte = self.chemin.read_text("utf-8").split("\n")
            rang = max(self.dit.ligne - 1, 0)
            avant, apres = texte[:rang], "\n".join(texte[rang:])
            motif = rf"(?<![\w-]){re.escape(faux)}(?![\w-])"
            self.chemin.write_text(
                "\n".join([*avant, re.sub(motif, lambda _: juste, apres, count=1)]), "utf-8"
            )
        self.commande[:] = [mot.replace(faux, juste) for mot in self.commande]

    def path(self) -> Chemin:
        """The keys that lead to the place of the finding."""
        fichier, _ = read_yaml(self.chemin, self.dit.fichier)
        assert fichier is not None
        place = self.dit.ligne, self.dit.colonne
        trouves = [c for c, p in fichier.positions.items() if p == place]
        return tuple(p for p in max(trouves, key=len) if p != "#cle") if trouves else ()

    def change(self, chemin: Chemin, valeur: Any) -> None:
        """Set the value at a path of keys, or take it away when `valeur` is `...`."""
        donnees = yaml.load(self.chemin.read_text("utf-8"), yaml.BaseLoader)
        place = donnees
        for partie, suite in zip(chemin[:-1], chemin[1:], strict=True):
            if isinstance(place, dict) and not place.get(partie):
                place[partie] = [] if isinstance(suite, int) else {}
            place = place[partie]
        if valeur is ...:
            del place[chemin[-1]]
        elif isinstance(place, dict) and isinstance(place.get(chemin[-1]), dict):
            place[chemin[-1]].update(valeur if isinstance(valeur, dict) else {})
        else:
            place[chemin[-1]] = valeur
        self.chemin.write_text(yaml.safe_dump(donnees, allow_unicode=True), "utf-8")


Geste = Callable[[Main], None]
"""One way of obeying."""


def ways(dit: Dit) -> Iterator[Geste]:
    """The ways of obeying a remedy, likeliest first; none when a person alone can."""
    remede = dit.remede
    for motif, regle in _REGLES:
        trouve = re.search(motif, remede)
        if trouve:
            yield from regle(dit, trouve)


def _near(_: Dit, trouve: re.Match[str]) -> Iterator[Geste]:
    juste = trouve[1]

    def obey(faux: str) -> Geste:
        return lambda main: main.swap(faux, juste)

    mots = _ENTRE.findall(_.message)
    yield from (obey(mot.removeprefix("clause:")) for mot in mots)
    yield lambda main: main.write_value(juste)


def _write(_: Dit, trouve: re.Match[str]) -> Iterator[Geste]:
    valeur = next(filter(None, trouve.groups()), "").strip()
    yield lambda main: main.write_value(valeur)


def _parents(chemin: Chemin) -> Iterator[Chemin]:
    for rang in range(len(chemin), -1, -1):
        yield chemin[:rang]


def _merge(_: Dit, trouve: re.Match[str]) -> Iterator[Geste]:
    for ecrit in _ENTRE.findall(trouve[0]):
        bloc = yaml.load(f"{{{ecrit}}}" if ":" in ecrit else "{}", yaml.BaseLoader)
        for cle, valeur in (bloc or {}).items():
            yield from _at_each(functools.partial(_set, (cle,), valeur))


def _set(cles: Chemin, valeur: Any, main: Main, lieu: Chemin) -> None:
    main.change((*lieu, *cles), valeur)


def _set_plausible(cles: Chemin, main: Main, lieu: Chemin) -> None:
    racine = _RACINES[Path(main.dit.fichier).parent.name]
    _set(cles, plausible(racine, (*lieu, *cles)), main, lieu)


def _fill(_: Dit, trouve: re.Match[str]) -> Iterator[Geste]:
    for ecrit in _ENTRE.findall(trouve[0]):
        if re.fullmatch(r"[\w.-]+", ecrit):
            cles = tuple(int(p) - 1 if p.isdigit() else p for p in ecrit.split("."))
            yield from _at_each(functools.partial(_set_plausible, cles))


def _delete(_: Dit, trouve: re.Match[str]) -> Iterator[Geste]:
    for ecrit in _ENTRE.findall(trouve[0]):
        cles = tuple(ecrit.split("."))
        yield from _at_each(functools.partial(_set, cles, ...))
    yield lambda main: main.change(main.path(), ...)
    yield lambda main: main.change(main.path()[:-1], ...)
    yield lambda main: main.edit(lambda _: "")


def _at_each(change: Callable[[Main, Chemin], None]) -> Iterator[Geste]:
    """The block of the finding, then those that hold it."""
    for montee in range(6):

        def obey(main: Main, rang: int = montee) -> None:
            lieux = list(_parents(main.path()))
            change(main, lieux[rang])

        yield obey


def _drop_option(_: Dit, trouve: re.Match[str]) -> Iterator[Geste]:
    def obey(main: Main) -> None:
        rang = main.commande.index(trouve[1])
        suite = main.commande[rang + 1 : rang + 2]
        fin = rang + (2 if suite and not suite[0].startswith("-") else 1)
        del main.commande[rang:fin]

    yield obey


def _format(_: Dit, trouve: re.Match[str]) -> Iterator[Geste]:
    def obey(main: Main) -> None:
        main.commande[main.commande.index("--formats") + 1] = trouve[1]

    yield obey


def _quote(_: Dit, __: re.Match[str]) -> Iterator[Geste]:
    yield lambda main: main.edit(lambda ligne: re.sub(r"(: |- )(.*)$", r"\1'\2'", ligne, count=1))


def _untab(_: Dit, __: re.Match[str]) -> Iterator[Geste]:
    yield lambda main: main.edit(lambda ligne: ligne.replace("\t", "  "))


def _digits(_: Dit, trouve: re.Match[str]) -> Iterator[Geste]:
    yield lambda main: main.write_value({"cinq": "13001"}.get(trouve[1], "12"))


def _empty(_: Dit, __: re.Match[str]) -> Iterator[Geste]:
    yield lambda main: main.write_value("")


def _remove_file(_: Dit, __: re.Match[str]) -> Iterator[Geste]:
    yield lambda main: main.chemin.unlink()


def _drop_line(_: Dit, __: re.Match[str]) -> Iterator[Geste]:
    yield lambda main: main.edit(lambda _: "")


def _rename(_: Dit, trouve: re.Match[str]) -> Iterator[Geste]:
    def obey(main: Main) -> None:
        main.chemin.rename(main.chemin.with_name(trouve[1]))

    yield obey


def _drop_sign(dit: Dit, _: re.Match[str]) -> Iterator[Geste]:
    codes = re.findall(r"U\+([0-9A-F]{4,6})", dit.message)
    signes = [chr(int(code, 16)) for code in codes]

    def obey(main: Main) -> None:
        texte = main.chemin.read_text("utf-8")
        main.chemin.write_text("".join(s for s in texte if s not in signes), "utf-8")

    yield obey


def _run_first(_: Dit, trouve: re.Match[str]) -> Iterator[Geste]:
    yield lambda main: main.commande.extend(["&&", *trouve[1].split()])


def plausible(racine: type[BaseModel], chemin: Chemin) -> Any:
    """A value of the type of a key, with the obligatory keys of a block."""
    champ = walk_type(TypeChamp("bloc", racine), chemin)
    if champ is None or champ.sorte != "bloc":
        return stand_in(racine, tuple(str(partie) for partie in chemin))
    classe = champ.classe
    assert issubclass(classe, BaseModel)
    champs = classe.model_fields.items()
    return {nom: plausible(classe, (nom,)) for nom, c in champs if c.is_required()}


_REGLES: tuple[tuple[str, Callable[[Dit, re.Match[str]], Iterable[Geste]]], ...] = (
    (r"Vouliez-vous dire «\u00a0(.+?)\u00a0»", _near),
    (r"^(?:Valeurs|Mots) (?:\w+)(?: ici)?\u00a0: (?:«\u00a0)?([^,.\u00a0]+)", _write),
    (r"par exemple (\S+(?:[ \u00a0\u202f](?:%|cm|pt|\d+))*)(?: \(|\.|,| ou |$)", _write),
    (r"Écrire ([^\s«]+@[^\s»]+)\.$|^Écrire «\u00a0([^:»]+)\u00a0»\.$", _write),
    (r"Formats admis\u00a0: (\w+)", _format),
    (r"^Écrire (oui) ou non\.|^Écrire (06), ", _write),
    (r"^Écrire ([\d,]+ (?:pt|cm)) ou davantage", _write),
    (r"(?:Écrire|Choisir|Ajouter|Fixer|Corriger).*«\u00a0[\w ]+: .*»", _merge),
    (r"(?:Remplir|Donner|Ajouter|Compléter|Écrire).*«\u00a0[\w.]+\u00a0»", _fill),
    (r"«\u00a0(\w+): …\u00a0»", _fill),
    (r"(?:[Rr]etirer|[Ee]ffacer|[Ss]upprimer)(?: la ligne)? «\u00a0.*»", _delete),
    (r"\b(?:L[ae]s? )?[Rr]etirer\b|\bsupprimer\b|[Rr]etirer cette clé|l’un des deux", _delete),
    (r"(?:Retirer|Changer) (--[\w-]+)", _drop_option),
    (r"[Ee]ffacer ce caractère|l’effacer|L’effacer", _drop_sign),
    (r"entre guillemets", _quote),
    (r"[Rr]emplacer (?:la tabulation|par une espace)", _untab),
    (r"^Écrire (des|cinq) chiffres", _digits),
    (r"laisser la clé vide|Laisser la case vide", _empty),
    (r"N’en garder qu’une\b|garder qu’une fois", _drop_line),
    (r"le supprimer|N’en garder qu’un\b", _remove_file),
    (r"Le renommer «\u00a0(.+?)\u00a0»", _rename),
    (r"Lancer «\u00a0caqes (migrer)\u00a0»", _run_first),
)
