"""The words of a clause: no HTML, no invisible character, no article of law written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import nodes

from caqes_docs.core.saisie import find_pictogram
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.controle.expressions.types import Faute, quoted

HTML = re.compile(r"</?[A-Za-z][^<>\n]*>|<!--|&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffc-\uffff]"
    "|[\ue000-\uf8ff]"
)
_ARTICLE = re.compile(r"\b[LRD](?:\.[ \u00a0\u202f]?|[ \u00a0\u202f])?\*?(\d{3,4}(?:-\d+)+)\b")
_RAW = re.compile(r"\{%[-+]?\s*raw\b")
_SANS_LETTRES = re.compile(r"[^A-Za-z0-9-]")


def check_characters(texte: str) -> Iterator[Faute]:
    """Invisible or reserved characters, and `raw`, anywhere in a text."""
    for ligne, contenu in enumerate(texte.split("\n"), 1):
        for trouve in _INVISIBLE.finditer(contenu):
            caractere = trouve.group()
            yield Faute(
                "C-053",
                ligne,
                f"Caractère interdit U+{ord(caractere):04X}, invisible ou réservé.",
                "Effacer ce caractère\u00a0; il vient souvent d’un copier-coller.",
                caractere,
            )
        signe = find_pictogram(contenu)
        if signe is not None:
            yield Faute(
                "C-053",
                ligne,
                f"{quoted(signe)} (U+{ord(signe):04X}) est un signe que les polices des actes "
                "n’ont pas.",
                "Le remplacer par des mots, ou l’effacer.",
                signe,
            )
        if _RAW.search(contenu):
            yield Faute(
                "C-046",
                ligne,
                "L’instruction «\u00a0raw\u00a0» n’est pas admise dans une clause.",
                "La retirer, avec «\u00a0endraw\u00a0».",
                "raw",
            )


def check_words(arbre: nodes.Template, droit: Droit) -> Iterator[Faute]:
    """HTML and hand-written articles, in what stands outside the braces."""
    for donnees in arbre.find_all(nodes.TemplateData):
        for motif, fabrique in ((HTML, _html), (_ARTICLE, _article)):
            for trouve in motif.finditer(donnees.data):
                ligne = (donnees.lineno or 1) + donnees.data.count("\n", 0, trouve.start())
                yield fabrique(trouve, ligne, droit)


def _html(trouve: re.Match[str], ligne: int, _droit: Droit) -> Faute:
    return Faute(
        "C-054",
        ligne,
        f"Le HTML n’est pas admis dans une clause\u00a0: {quoted(trouve.group())}.",
        "Employer le Markdown (**gras**, *italique*) ou le caractère lui-même.",
        trouve.group(),
    )


def _article(trouve: re.Match[str], ligne: int, droit: Droit) -> Faute:
    numero = _SANS_LETTRES.sub("", trouve.group())
    connu = next(
        (
            texte.id
            for texte in droit.textes.values()
            if _SANS_LETTRES.sub("", texte.court) == numero
        ),
        None,
    )
    remede = (
        f"Écrire {{{{ article('{connu}') }}}} ou {{{{ cite('{connu}') }}}}."
        if connu
        else "L’ajouter à droit/textes/, puis le citer par {{ article('…') }}."
    )
    return Faute(
        "C-035",
        ligne,
        f"L’article {quoted(trouve.group())} est écrit à la main\u00a0: rien ne vérifie qu’il "
        "est en vigueur.",
        remede,
        trouve.group(),
    )
