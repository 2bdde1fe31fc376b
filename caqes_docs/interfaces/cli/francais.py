"""Click, speaking French: headings of the help, and usage errors with the close name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import Any

import click
from click.core import augment_usage_errors

NBSP = "\u00a0"
_REQUIS = "[obligatoire]"


class _Formateur(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002
        """The usage line, its heading in French."""
        super().write_usage(prog, args, prefix=f"Usage{NBSP}: ")


class _Contexte(click.Context):
    formatter_class = _Formateur


class _Aide(click.Command):
    """What commands and groups share: French headings and help option."""

    context_class = _Contexte

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Afficher cette aide."
        return option

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The arguments that need a word."""
        self._write_section("Arguments", click.Argument, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options."""
        self._write_section("Options", click.Option, ctx, formatter)

    def _write_section(
        self,
        titre: str,
        genre: type[click.Parameter],
        ctx: click.Context,
        formatter: click.HelpFormatter,
    ) -> None:
        lignes = [
            (nom, _in_french(aide))
            for parametre in self.get_params(ctx)
            if isinstance(parametre, genre)
            for nom, aide in [parametre.get_help_record(ctx) or ("", "")]
            if aide
        ]
        if lignes:
            with formatter.section(f"{titre}{NBSP}"):
                formatter.write_dl(lignes)


def _in_french(aide: str) -> str:
    """What click adds to the help of an option."""
    aide = aide.replace("[default: ", f"[par défaut{NBSP}: ").replace("[required]", _REQUIS)
    return aide.replace("; required]", "; obligatoire]")


class OptionRepetee(click.BadOptionUsage):
    """An option that takes one value is given twice: click would keep the last without a word."""

    def __init__(self, nom: str, ctx: click.Context) -> None:
        super().__init__(nom, f"{nom} is given twice", ctx)


class Commande(_Aide):
    """A command of `caqes`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, but for an option given twice.

        Raises:
            OptionRepetee: an option that takes one value is given twice.
        """
        with augment_usage_errors(ctx):  # else the advice would be the help of the whole program
            _, _, ordre = self.make_parser(ctx).parse_args(list(args))
        for option in self.params:
            seule = isinstance(option, click.Option) and not (option.multiple or option.is_flag)
            if seule and ordre.count(option) > 1:
                raise OptionRepetee(option.opts[0], ctx)
        return super().parse_args(ctx, args)


class Commandes(MutableMapping[str, click.Command]):
    """The commands of a group by name, each built when it is looked at."""

    def __init__(self) -> None:
        self._noms: dict[str, click.Command | Callable[[], click.Command]] = {}

    def foresee(self, nom: str, build: Callable[[], click.Command]) -> None:
        """Have the command `nom` built by `build` on the day it serves."""
        self._noms[nom] = build

    def __getitem__(self, nom: str) -> click.Command:
        trouve = self._noms[nom]
        if not isinstance(trouve, click.Command):
            trouve = self._noms[nom] = trouve()
        return trouve

    def __setitem__(self, nom: str, commande: click.Command) -> None:
        self._noms[nom] = commande

    def __delitem__(self, nom: str) -> None:
        del self._noms[nom]

    def __iter__(self) -> Iterator[str]:
        return iter(self._noms)

    def __len__(self) -> int:
        return len(self._noms)

    def __contains__(self, nom: object) -> bool:
        return nom in self._noms


class Groupe(_Aide, click.Group):
    """A group of commands, with the close name when one is mistyped."""

    commands: Commandes

    def __init__(self, *args: Any, **attrs: Any) -> None:
        attrs.setdefault("subcommand_metavar", "COMMANDE [ARGUMENTS]...")
        super().__init__(*args, **attrs)
        self.commands = Commandes()

    command_class = Commande

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands, in the order they were declared."""
        _Aide.format_options(self, ctx, formatter)
        lignes = [
            (nom, commande.get_short_help_str(limit=90))
            for nom in self.list_commands(ctx)
            if (commande := self.get_command(ctx, nom)) is not None and not commande.hidden
        ]
        if lignes:
            with formatter.section(f"Commandes{NBSP}"):
                formatter.write_dl(lignes)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order they were declared."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named, or the close name of a mistyped one."""
        nom = args[0]
        if nom not in self.commands and not nom.startswith("-"):
            proches = difflib.get_close_matches(nom, self.commands)
            raise click.NoSuchOption(nom, possibilities=proches, ctx=ctx)
        return super().resolve_command(ctx, args)


Groupe.group_class = Groupe


def usage_message(error: click.UsageError) -> tuple[str, str]:
    """What is wrong with the command line, and what to do, in French."""
    aide = error.ctx.command_path if error.ctx else "caqes"
    remede = f"Voir «{NBSP}{aide} --help{NBSP}»."
    if isinstance(error, click.NoSuchOption):
        genre = "L’option" if error.option_name.startswith("-") else "La commande"
        proches = error.possibilities or []
        if proches:
            remede = f"{did_you_mean(proches[0], proches)}{remede}"
        return f"{genre} «{NBSP}{error.option_name}{NBSP}» n’existe pas.", remede
    if isinstance(error, click.MissingParameter):
        return f"Il manque {_parameter_name(error.param)}.", remede
    if isinstance(error, click.BadOptionUsage):
        return f"L’option «{NBSP}{error.option_name}{NBSP}» {_misuse(error)}.", remede
    if isinstance(error, click.BadParameter):
        return _bad_parameter(error), f"{_close_choice(error)}{remede}"
    if "unexpected extra argument" in error.message:
        return "Il y a un argument de trop.", remede
    if isinstance(error, click.BadArgumentUsage):
        return "Il y a trop ou trop peu d’arguments.", remede
    return f"La commande ne peut pas être comprise{NBSP}: {error.format_message()}", remede


def did_you_mean(nom: str, noms: Iterable[str]) -> str:
    """The word of `noms` that a mistyped one stands for, asked back; else nothing."""
    connus = list(map(str, noms))
    proches = difflib.get_close_matches(nom.casefold(), connus, n=1) or [
        connu for connu in connus if nom and connu.startswith(nom.casefold())
    ]
    return f"Vouliez-vous dire «{NBSP}{proches[0]}{NBSP}»\u202f? " if proches else ""


def _close_choice(error: click.BadParameter) -> str:
    genre: Any = error.param.type if error.param is not None else None
    saisie = re.match("'(.*)' is not", error.message)
    if saisie is None or not isinstance(genre, click.Choice):
        return ""
    return did_you_mean(saisie[1], genre.choices)


def _misuse(error: click.BadOptionUsage) -> str:
    if isinstance(error, OptionRepetee):
        return "est donnée plusieurs fois"
    return "attend une valeur" if "requires" in error.message else "n’attend pas de valeur"


def _parameter_name(parametre: click.Parameter | None) -> str:
    if isinstance(parametre, click.Argument):
        return f"l’argument {parametre.human_readable_name}"
    return f"l’option {parametre.opts[0]}" if parametre is not None else "un argument"


def _bad_parameter(error: click.BadParameter) -> str:
    parametre = error.param
    nom = _parameter_name(parametre)
    genre: Any = parametre.type if parametre is not None else None
    if isinstance(genre, click.Choice):
        admises = ", ".join(map(str, genre.choices))
        return f"Valeur non admise pour {nom}{NBSP}; valeurs admises{NBSP}: {admises}."
    if isinstance(genre, click.Path):
        lieu = re.search("'(.*)'", error.message)
        dit = f" «{NBSP}{lieu[1]}{NBSP}»," if lieu else ""
        return f"Le fichier ou dossier{dit} donné pour {nom}, n’existe pas ou ne peut pas être lu."
    if isinstance(genre, click.IntRange):
        return f"{nom[0].upper()}{nom[1:]} attend un nombre de {genre.min} à {genre.max}."
    return f"Valeur non admise pour {nom}{NBSP}: {error.message}"
