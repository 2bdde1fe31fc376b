"""What is wrong in the writing of a YAML file, told to who has never heard of YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.source import Source

_SYNTAXE = {
    "mapping values are not allowed": (
        "Deux-points suivi d’une espace à l’intérieur d’un texte.",
        'Mettre tout le texte entre guillemets droits : "…".',
    ),
    "violates indentation": (
        "Une tabulation sert de retrait.",
        "Remplacer la tabulation par des espaces.",
    ),
    "found undefined alias": (
        "Le texte commence par un astérisque, que YAML lit comme un alias.",
        'Mettre tout le texte entre guillemets droits : "…".',
    ),
    "could not find expected ':'": (
        "Une clé n’est pas suivie de deux-points.",
        "Écrire «\u00a0clé: valeur\u00a0», avec une espace après les deux-points.",
    ),
    "unknown escape character": (
        "Entre guillemets doubles, la barre « \\ » annonce un signe spécial.",
        "Entourer le texte de guillemets simples.",
    ),
    "expected a single document": (
        "Le fichier contient deux documents, séparés par «\u00a0---\u00a0».",
        "Effacer cette ligne, ou ranger la suite dans un autre fichier.",
    ),
    "did not find expected key": (
        "Le retrait ou les guillemets de ce bloc ne sont pas réguliers.",
        "Aligner les clés d’un même bloc et vérifier les guillemets.",
    ),
    "found unexpected end of stream": (
        "Un guillemet ouvert n’est jamais refermé.",
        "Refermer le guillemet.",
    ),
    "did not find expected ','": (
        "Un crochet ou une accolade n’est pas refermé, ou une virgule manque.",
        "Écrire [a, b] ou {clé: valeur, clé: valeur}, et refermer.",
    ),
    "cannot start any token": (
        "Une tabulation sert de retrait, ou le texte commence par un signe réservé (@, `, %…).",
        "Remplacer la tabulation par des espaces, ou mettre le texte entre guillemets droits.",
    ),
}


_DURE = re.compile(r"^([ -]*)(?:[\w.-]+:)?([\u00a0\u2007\u202f])", re.MULTILINE)


def _hard_space(texte: str, nom: str) -> Constat | None:
    """The first no-break space that stands where YAML wants an ordinary one, or None."""
    trouve = _DURE.search(texte)
    if trouve is None:
        return None
    debut = texte.rfind("\n", 0, trouve.start(2)) + 1
    source = Source(nom, texte.count("\n", 0, debut) + 1, trouve.start(2) - debut + 1)
    ou = "après les deux-points" if ":" in trouve.group() else "au début de la ligne"
    return fault(
        "D-004",
        source,
        f"L’espace {ou} est insécable (U+{ord(trouve.group(2)):04X})\u00a0: YAML ne la lit pas.",
        "L’effacer et la retaper\u00a0; elle vient souvent d’un copier-coller de Word.",
    )


def hidden_value(reste: str) -> str | None:
    """The value at the beginning of `reste` that its « # » hides: glued to it, it is no comment.

    >>> hidden_value(" #000091}"), hidden_value(" # à fixer")
    ('#000091', None)
    """
    trouve = _CACHEE.match(reste)
    return trouve[1] if trouve else None


def tell_hidden(valeur: str, source: Source) -> Constat:
    """D-014: a value that YAML takes for a comment."""
    return fault(
        "D-014",
        source,
        f"«\u00a0{valeur}\u00a0» serait perdu\u00a0: un dièse ouvre un commentaire.",
        f'Mettre la valeur entre guillemets droits\u00a0: "{valeur}".',
    )


_CACHEE = re.compile(r"\s+(#[^\s#,\]}]+)")
_CACHEE_ICI = re.compile(r"[:,\[{-](\s+)(#[^\s#,\]}]+)")
_RESERVE = re.compile(
    r"""^\s*(?:-\s+)*[^\s:#"']+:\s+([>|?&,\]}%@`-].*)$|^\s*-\s+([>|?&,\]}%@`].*)$"""
)
_FERME = re.compile(r"""(?:^|[:,\[{-])\s*(["'])(?:(?!\1).)*\1\s*[^\s,:\]}#]""")


def explain_syntax(error: yaml.MarkedYAMLError, texte: str, nom: str) -> Constat:
    """What is wrong where YAML stopped: the first cause that a reader would recognize."""
    lignes = texte.split("\n")
    probleme = f"{error.context or ''} {error.problem or ''}"
    ouvert = probleme.startswith("while scanning") and "violates" not in probleme
    marque = error.context_mark if ouvert else error.problem_mark
    source = Source(nom, marque.line + 1, marque.column + 1) if marque else Source(nom)
    connue = _hard_space(texte, nom) or _hidden(lignes[: source.ligne], probleme, nom)
    if connue is not None:
        return connue
    ligne = lignes[source.ligne - 1] if source.ligne <= len(lignes) else ""
    message, remede = _told(probleme, ligne)
    return fault("D-004", source, message, remede)


def _hidden(lignes: Sequence[str], probleme: str, nom: str) -> Constat | None:
    """The « # » that hides the end of a bracket, or None."""
    if "expected ','" in probleme or "flow" in probleme:
        for rang in range(len(lignes), 0, -1):
            trouve = _CACHEE_ICI.search(lignes[rang - 1])
            if trouve is not None and not lignes[rang - 1].lstrip().startswith("#"):
                return tell_hidden(trouve[2], Source(nom, rang, trouve.start(2) + 1))
    return None


def _told(probleme: str, ligne: str) -> tuple[str, str]:
    """The message and the remedy."""
    reserve = _RESERVE.match(ligne)
    if reserve is not None:
        texte = (reserve[1] or reserve[2]).strip().replace('"', "")
        return (
            f"Le texte commence par «\u00a0{texte[:1]}\u00a0», un signe réservé.",
            f'Mettre tout le texte entre guillemets droits\u00a0: "{texte}".',
        )
    if "did not find expected" in probleme and _FERME.search(ligne):
        return (
            "Un guillemet se referme avant la fin du texte.",
            "Employer l’apostrophe ’ et les guillemets « » dans le texte, ou l’entourer de l’autre "
            "sorte de guillemets.",
        )
    for indice, dit in _SYNTAXE.items():
        if indice in probleme:
            return dit
    return (
        "Le fichier n’est pas un YAML correct.",
        "Vérifier le retrait, les deux-points et les guillemets autour de cette ligne.",
    )
