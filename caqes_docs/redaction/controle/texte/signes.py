"""Signs of Markdown that clauses do not have: they would be printed as they are typed.

The text is read as the whole of CommonMark would: what it finds there and `markdown_reader` would
not is a fault, and so is a sign that even CommonMark leaves among the words.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from caqes_docs.redaction.controle.expressions.types import Faute, quoted
from caqes_docs.redaction.controle.texte.markdown import layouts, pieces
from caqes_docs.redaction.controle.texte.mots import HTML
from caqes_docs.redaction.langage.moteur import parse

_LECTEUR = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
_FIN = Token("", "", 0)

Nom = tuple[str, str]
"""What a construct is called, and what to do instead."""

_CODE: Nom = (
    "du code entre accents graves",
    "Les retirer\u00a0; pour mettre en valeur, écrire **gras** ou *italique*.",
)
_LIEN: Nom = (
    "un lien",
    "Écrire le texte seul\u00a0; pour un autre article, employer renvoi('…').",
)
_NOTE: Nom = ("une note de bas de page", "Placer ce texte dans la phrase ou dans un paragraphe.")
_CONSTRUITS: dict[str, Nom] = {
    "blockquote_open": (
        "une citation («\u00a0>\u00a0» en début de ligne)",
        "Écrire le passage entre guillemets «\u00a0…\u00a0».",
    ),
    "fence": ("un bloc de code", "Retirer les lignes qui l’ouvrent et le ferment."),
    "hr": (
        "un filet (tirets, étoiles ou soulignés seuls sur leur ligne)",
        "Le retirer\u00a0; pour séparer, écrire un intertitre «\u00a0##\u00a0».",
    ),
    "link_open": _LIEN,
    "image": ("une image", "La retirer\u00a0: une clause n’imprime que du texte."),
    "code_inline": _CODE,
    "s_open": ("un texte barré", "Retirer ce texte, ou les signes ~~."),
}
_GUILLEMET: Nom = ("un guillemet droit qui ne se ferme pas", "Écrire «\u00a0…\u00a0».")
_SOULIGNE: Nom = ("un titre souligné par des tirets ou des signes =", "Écrire «\u00a0## Titre».")
_SIGNES: tuple[tuple[re.Pattern[str], Nom], ...] = tuple(
    (re.compile(motif), nom)
    for motif, nom in (
        (r"\[\^[^\]\s]+\]", _NOTE),
        (
            r"^\[[ xX]\](?=\s)",
            ("une case à cocher", "La retirer, ou écrire a_ecrire('…') pour une place à remplir."),
        ),
        (r"\[\[|\][\[(]", _LIEN),
        (
            r"(?<![LRD]\.)(?<![LRD]\.[ \u00a0])\*+",
            (
                "une étoile qui ne met rien en forme",
                "Fermer **gras** ou *italique* au ras des mots\u00a0; écrire \\* pour une étoile.",
            ),
        ),
        (
            r"(?<![^\W_])_+|_+(?![^\W_])",
            (
                "un souligné qui ne met rien en forme",
                "Le retirer\u00a0; pour une place à remplir, employer a_ecrire('…').",
            ),
        ),
        (
            r"\.{4,}|…{2,}|(?:\. ){3,}",
            ("des points de conduite", "Pour une place à remplir, employer a_ecrire('…')."),
        ),
        (r"`+", _CODE),
        (r"^#+", ("un dièse", "Écrire «\u00a0## Titre», avec une espace, au ras de la marge.")),
        (r"~~+|~\S+~", ("un tilde", "Écrire les mots sans ces signes.")),
        (r"==+", ("un surlignage", "Écrire **gras**.")),
        (
            r"(?<!\[)\^",
            ("un accent circonflexe seul", "Écrire l’exposant\u00a0: m², 1er."),
        ),
        (r"(?<!-)--+", ("des tirets doublés", "Écrire un seul tiret\u00a0: –.")),
        (r"[{}]", ("une accolade seule", "Écrire {{ … }} avec deux accolades de chaque côté.")),
        (r"^(?::::+|!!!|:(?=\s))", ("un encadré", "Écrire un paragraphe ordinaire.")),
        (r"(?<!\w):[a-z0-9_+-]+:(?!\w)", ("un nom d’émoticône", "Le retirer.")),
        (r'^[^"]*(?:"[^"]*"[^"]*)*"[^"]*$', _GUILLEMET),
        (r"^'(?=\w)", _GUILLEMET),
        (r"(?<=[\s(«])'(?=\w)", _GUILLEMET),
        (r"\\", ("une barre oblique inverse", "La retirer\u00a0; elle ne finit qu’une ligne.")),
        (r"(?<=[^|])\|", ("une barre hors d’un tableau", "Faire un tableau, ou la retirer.")),
    )
)
_TABLEAU = re.compile(r"\s*\|")


_MOTS_HTML: Nom = ("du HTML", "Employer le Markdown (**gras**, *italique*).")

Trouve = tuple[int, Nom, str]
"""The line of a text (from 0) where a construct stands, what it is, and the sign that shows it."""


@functools.lru_cache(maxsize=2048)
def check_signs(source: str, *, blocs: bool) -> tuple[Faute, ...]:
    """Constructs that would be printed verbatim, in every branch of a text; each once.

    Raises:
        TemplateSyntaxError: the text cannot be read.
    """
    fautes: dict[Faute, None] = {}
    for squelette in layouts(parse(source), lignes=True):
        texte = squelette.texte
        for debut, morceau in pieces(texte) if blocs else [(0, texte)]:
            for rang, nom, mot in _signs(morceau, blocs=blocs):
                fautes.setdefault(_fault(squelette.line(debut + rang), nom, mot))
    return tuple(fautes)


@functools.lru_cache(maxsize=4096)
def _signs(texte: str, *, blocs: bool) -> tuple[Trouve, ...]:
    """The constructs of one piece of a layout."""
    return tuple(_read(texte, blocs=blocs))


def _read(texte: str, *, blocs: bool) -> Iterator[Trouve]:
    env: dict[str, Any] = {}
    jetons = (_LECTEUR.parse if blocs else _LECTEUR.parseInline)(texte, env)
    lignes, rang = texte.split("\n"), 0
    for jeton in jetons:
        rang = jeton.map[0] if jeton.map else rang
        nom = _name(jeton)
        if nom is not None:
            yield rang, nom, ""
        elif jeton.type == "html_block":
            yield from _html(rang, jeton.content)
        elif jeton.type == "inline":
            yield from _inline(jeton.children or (), rang, lignes)
    for cle, cible in env.get("references", {}).items():
        yield cible["map"][0], _NOTE if cle.startswith("^") else _LIEN, ""


def _inline(enfants: Sequence[Token], rang: int, lignes: list[str]) -> Iterator[Trouve]:
    debut, liens = True, 0
    for enfant, suivant in itertools.pairwise((*enfants, _FIN)):
        nom = _name(enfant, suivant)
        liens += enfant.nesting if enfant.type.startswith("link_") else 0
        if enfant.type in ("softbreak", "hardbreak"):
            rang += 1
        elif nom is not None:
            yield rang, nom, ""
        elif enfant.type == "html_inline":
            yield from _html(rang, enfant.content)
        elif enfant.type == "text" and not liens and not _is_row(lignes, rang):
            yield from _text(rang, enfant.content, debut=debut)
        debut = enfant.type in ("softbreak", "hardbreak") or (debut and not enfant.content)


def _text(rang: int, texte: str, *, debut: bool) -> Iterator[Trouve]:
    for motif, nom in _SIGNES:
        trouve = motif.search(texte)
        if trouve and (debut or not motif.pattern.startswith("^")):
            yield rang, nom, trouve.group()


def _html(rang: int, texte: str) -> Iterator[Trouve]:
    if HTML.search(texte) is None:  # what it finds is told by `check_words`
        yield rang, _MOTS_HTML, ""


def _fault(ligne: int, nom: Nom, mot: str) -> Faute:
    quoi, remede = nom
    signe = f" ({quoted(mot)})" if mot else ""
    message = f"Ceci s’imprimerait tel quel, sans mise en forme\u00a0: {quoi}{signe}."
    return Faute("C-063", ligne, message, remede, mot)


def _name(jeton: Token, suivant: Token = _FIN) -> Nom | None:
    if jeton.type == "link_open" and suivant.content.startswith("^"):
        return _NOTE
    if jeton.type == "heading_open" and not jeton.markup.startswith("#"):
        return _SOULIGNE
    return _CONSTRUITS.get(jeton.type)


def _is_row(lignes: list[str], rang: int) -> bool:
    """Whether the line is a stray row of a table, which `check_structure` tells."""
    return rang < len(lignes) and _TABLEAU.match(lignes[rang]) is not None
