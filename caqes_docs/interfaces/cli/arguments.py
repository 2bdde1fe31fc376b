"""A command is one typed object: its fields are its arguments and options, `run` its work.

A field is declared once, with its type and its place on the command line; `add` gives click the
rest. What a command needs to work is imported in `run`, so that `--help` answers at once.
"""

from __future__ import annotations

import datetime as dt
import functools
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caqes_docs.core.errors import UsageError
from caqes_docs.interfaces.cli.francais import Commande, Groupe, did_you_mean
from caqes_docs.interfaces.cli.noms import complete_dossiers, complete_etats

if TYPE_CHECKING:
    from caqes_docs.application.projet import Projet


class ValeurSaisie(click.ParamType[Any]):
    """A value that `lire` makes of its text; a `ValueError` says why not, in French."""

    def __init__(self, name: str, lire: Callable[[str], Any]) -> None:
        self.name = name
        self.lire = lire

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value, or a French complaint."""
        try:
            return self.lire(value) if isinstance(value, str) else value
        except ValueError as error:
            return self.fail(f"«\u00a0{value}\u00a0» {error}.", param, ctx)


def _parse_year(texte: str) -> int:
    if not re.fullmatch("[0-9]{4}", texte) or texte == "0000":
        raise ValueError("n’est pas une année AAAA")
    return int(texte)


def _parse_day(texte: str) -> dt.date:
    ecrite = re.sub(r"^(\d{2})/(\d{2})/(\d{4})$", r"\3-\2-\1", texte, flags=re.ASCII)
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", ecrite):
        raise ValueError("n’est pas une date AAAA-MM-JJ, ni JJ/MM/AAAA")
    try:
        return dt.date.fromisoformat(ecrite)
    except ValueError:
        raise ValueError("n’existe pas au calendrier") from None


def _parse_workbook(texte: str) -> Path:
    if Path(texte).suffix.lower() != ".xlsx":
        raise ValueError("n’est pas un nom en .xlsx")
    return Path(texte)


ANNEE = ValeurSaisie("AAAA", _parse_year)
ANNEE_EVALUEE = click.IntRange(2017, 2100)
CHEMIN = click.Path(path_type=Path)
CLASSEUR = ValeurSaisie("FICHIER.xlsx", _parse_workbook)
JOUR = ValeurSaisie("AAAA-MM-JJ", _parse_day)


def argument(**attributs: Any) -> Any:
    """A field that is given by its place; `attributs` are those of `click.Argument`."""
    return field(metadata={"parametre": lambda nom: click.Argument([nom], **attributs)})


def option(*drapeaux: str, **attributs: Any) -> Any:
    """A field that is given by a flag; `attributs` are those of `click.Option`."""
    return field(metadata={"parametre": lambda nom: click.Option([nom, *drapeaux], **attributs)})


def dossiers(aide: str = "") -> Any:
    """The field of the dossiers named; `aide` says what none means."""
    noms = "Noms de fichiers, numéros FINESS, références de contrat ou noms d’établissements"
    return argument(nargs=-1, help=f"{noms}{aide}.", shell_complete=complete_dossiers)


def dossier() -> Any:
    """The field of one dossier."""
    return argument(
        help="Nom du fichier, numéro FINESS, référence du contrat ou nom de l’établissement.",
        shell_complete=complete_dossiers,
    )


def etat(lettre: str) -> Any:
    """The field of one state of an act."""
    return argument(
        metavar=lettre,
        help=f"L’état {lettre}\u00a0: nom d’un dossier, chemin d’un .yaml, ou acte en .json.",
        shell_complete=complete_etats,
    )


def formats(quels: str = "Formats") -> Any:
    """The field of the formats to make."""
    return option(
        "--formats",
        metavar="LISTE",
        help=f"{quels}, séparés par des virgules : docx, pdf, txt, json (par défaut : docx,pdf, ou "
        "ceux de caqes.yaml).",
    )


def moteur() -> Any:
    """The field of the engine of the PDF."""
    return option(
        "--moteur",
        type=click.Choice(["typst", "weasyprint"]),
        help="Ce qui fait le PDF (par défaut : typst, ou celui de caqes.yaml).",
    )


def sortie(
    aide: str = "Dossier des fichiers produits (par défaut : output/, ou celui de caqes.yaml).",
) -> Any:
    """The field of the folder to write in."""
    return option("--sortie", type=CHEMIN, metavar="DOSSIER", help=aide)


def date_edition(aide: str = "Date inscrite dans les propriétés des fichiers.") -> Any:
    """The field of the date that the files bear."""
    return option("--date-edition", type=JOUR, help=aide)


def date_effet(aide: str) -> Any:
    """The field of the date of effect of a draft."""
    return option("--date-effet", type=JOUR, help=aide)


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """What was typed after the name of a command."""

    def run(self) -> None:
        """Do what the command is for."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class ArgumentsProjet(Arguments):
    """Those of a command that works on a project."""

    projet: Path | None = option(
        "--projet",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="DOSSIER",
        help="Dossier du projet (par défaut : le dossier courant ou l’un de ses parents).",
    )
    bibliotheque: tuple[Path, ...] = option(
        "--bibliotheque",
        type=CHEMIN,
        multiple=True,
        metavar="DOSSIER",
        help="Bibliothèque régionale posée sur clauses/ ; peut être répétée.",
    )

    def find_projet(self) -> Projet:
        """The project named, or the one around the current folder."""
        from caqes_docs.application.projet import find_projet

        return find_projet(self.projet, self.bibliotheque)


@dataclass(frozen=True, kw_only=True)
class ArgumentsReponse(ArgumentsProjet):
    """Those of a command whose answer may be asked for as JSON."""

    sortie_format: str = option(
        "--format",
        type=click.Choice(["texte", "json"]),
        default="texte",
        help="Forme de la réponse.",
    )

    @property
    def json(self) -> bool:
        """Whether JSON is asked for."""
        return self.sortie_format == "json"


def add(groupe: click.Group, **commandes: str) -> None:
    """Add commands to `groupe`: the name of each, and the class of its arguments, read later."""
    assert isinstance(groupe, Groupe)
    for nom, lieu in commandes.items():
        groupe.commands.foresee(nom, functools.partial(_build, nom, lieu))


def _build(nom: str, lieu: str) -> click.Command:
    module, _, classe = lieu.partition(":")
    arguments: type[Arguments] = getattr(import_module(f"{__package__}.{module}"), classe)

    def start(**valeurs: Any) -> None:
        from caqes_docs.application.memoire.codes import recall_codes, remember_codes

        recall_codes()
        try:
            arguments(**valeurs).run()
        finally:
            remember_codes()

    champs = {champ.name: champ.metadata["parametre"] for champ in fields(arguments)}
    # Its own fields, then those of the class above: the help ends with the common options.
    noms = dict.fromkeys(n for c in arguments.__mro__ for n in inspect.get_annotations(c))
    parametres: list[click.Parameter] = [champs[n](n) for n in noms]
    return Commande(nom, callback=start, params=parametres, help=arguments.__doc__)


def parse_formats(
    formats: str | None, projet: Projet, moteur: str | None = None
) -> tuple[str, ...]:
    """The formats asked for, each once; those of the project when none is.

    « pdf » is told with its engine when one is chosen.

    Raises:
        UsageError: U-006 no format, or one that does not exist.
    """
    from caqes_docs.application.production import FORMATS

    moteur = moteur or projet.reglages.moteur_pdf
    if formats is None:
        return _with_engine(projet.reglages.formats or ("docx", "pdf"), moteur)
    demandes = tuple(dict.fromkeys(nom.strip() for nom in formats.split(",") if nom.strip()))
    inconnus = [nom for nom in demandes if nom not in FORMATS]
    if inconnus or not demandes:
        raise UsageError(
            "U-006",
            f"Format inconnu\u00a0: {', '.join(inconnus) or 'aucun'}.",
            remede=did_you_mean("".join(inconnus[:1]), FORMATS)
            + f"Formats admis\u00a0: {', '.join(FORMATS)}.",
        )
    return _with_engine(demandes, moteur)


def _with_engine(formats: tuple[str, ...], moteur: str | None) -> tuple[str, ...]:
    pdf = f"pdf-{moteur}" if moteur else "pdf"
    return tuple(dict.fromkeys(pdf if nom == "pdf" else nom for nom in formats))
