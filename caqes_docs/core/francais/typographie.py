"""French typography: the spaces, quotes and raised letters of printed words."""

from __future__ import annotations

import functools
import re
import unicodedata

NBSP = "\u00a0"


FINE = "\u202f"


_JETON = "\ue000"
"""The token of a value: counts as a word for the spaces around it."""


_REGLES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"(?<=\S)'"), "’"),
    (re.compile(r'(?<![\w"])["“]\s*([^"“”]*[^"“”\s])\s*["”](?!\w)'), r"« \1 »"),
    (re.compile(r"«[ \u00a0\u202f]*"), f"«{NBSP}"),
    (re.compile(r"[ \u00a0\u202f]*»"), f"{NBSP}»"),
    (re.compile(r"(?<=[^\s:])[ \u00a0\u202f]+(?=[;!?](?:\s|$|[»)]))"), FINE),
    (re.compile(r"[ \u00a0\u202f]+(?=:(?:[\s\ue000]|$))"), NBSP),
    (re.compile(rf"(?<=[\d{_JETON}])[ \u00a0\u202f]+(?=[%€])"), NBSP),
    (re.compile(r"(?<=\b\d)[ \u202f](?=\d{3}\b)|(?<=\b\d\d)[ \u202f](?=\d{3}\b)"), FINE),
    (re.compile(r"(?<=\b\d{3})[ \u202f](?=\d{3}\b)"), FINE),
    (re.compile(r"\b([LRD])\. ?(?=\d)"), rf"\1.{NBSP}"),
    (re.compile(r"\b([Aa]rt\.|[Nn]°|[Pp]\.) +(?=\S)"), rf"\1{NBSP}"),
    (re.compile(rf"\b(FINESS|SIREN) +(?=[\d{_JETON}])"), rf"\1{NBSP}"),
    (re.compile(r"\b(M\.|Mme|Dr|Pr) +(?=[A-ZÉÈÀÂÎÔÛÇ\ue000])"), rf"\1{NBSP}"),
    (
        re.compile(
            rf"(?<=[\d{_JETON}]) +(?=(?:ans?|mois|jours?|heures|euros?|sites?)\b)",
        ),
        NBSP,
    ),
    (
        re.compile(r"\b(articles?|annexes?|chapitres?|Articles?|Annexes?|Chapitres?) (?=[\dIVX])"),
        rf"\1{NBSP}",
    ),
    (
        re.compile(
            r"\b(\d{1,2}|1er) (?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre"
            r"|octobre|novembre|décembre)\b)"
        ),
        rf"\1{NBSP}",
    ),
    (re.compile(r"(?<=[a-zé])[ ](?=(?:–)\s)"), NBSP),
)


def fold(texte: str) -> str:
    """`texte` without capitals nor accents, a single space between words: what is compared.

    >>> fold("Évaluer  une année"), fold("Œuvre")
    ('evaluer une annee', 'oeuvre')
    """
    nu = unicodedata.normalize("NFKD", texte.casefold().replace("œ", "oe"))
    return " ".join("".join(s for s in nu if not unicodedata.combining(s)).split())


def bare(mots: str) -> str:
    """Words as they are recognised: without capitals, accents nor joining signs.

    >>> bare("Valserre-l’Étoile "), bare("tout_ou_rien")
    ('valserre l etoile', 'tout ou rien')
    """
    return fold(re.sub("[_’'–-]", " ", mots)).strip(" .")


@functools.lru_cache(maxsize=8192)
def typographier(texte: str) -> str:
    r"""`texte` with French typography: no-break spaces, curly apostrophes, ellipsis.

    Made for the library's own words; data never pass here.

    >>> typographier("l'article L. 162-30-2 : « oui » ; 1 000 euros")
    'l’article L.\xa0162-30-2\xa0: «\xa0oui\xa0»\u202f; 1\u202f000\xa0euros'
    >>> typographier("FINESS 990780157")
    'FINESS\xa0990780157'
    """
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return texte


_SIGNE = r"[^\s<>«»()]"
ADRESSE = re.compile(
    rf"(?<!{_SIGNE})(?:{_SIGNE}*(?:@|://|\bwww\.){_SIGNE}*"
    rf"|{_SIGNE}+\.(?:pdf|docx?|odt|xlsx?|csv|txt|ya?ml|md|json|png|jpe?g)\b)"
)
"""An e-mail address, a URL or the name of a file: signs that somebody copies, not words."""
_ELIDE = r"(?<![^\W_])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)"
_SAISIES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), "’"),
    (re.compile(rf"(?i:({_ELIDE}))'(?=[\d«\"“(\ue000])"), r"\1’"),
    (re.compile(r"(?<=\S) -- (?=\S)"), f"{NBSP}– "),
    (re.compile(r"«[ \u00a0\u202f]*(?=\S)"), f"«{NBSP}"),
    (re.compile(r"(?<=[^\s«])[ \u00a0\u202f]*»"), f"{NBSP}»"),
    (re.compile(r"(?<=[^\s:])[ \u00a0]+(?=[;!?](?:[\s»)]|$))"), FINE),
    (
        re.compile(
            r"(?<=\S) (?=:(?:\s|$))|(?<=\d) (?=(?:%|€|euros?\b)(?:\W|$))"
            r"|(?:(?<=\bM\.)|(?<=\b[DP]r)|(?<=\bMme)) (?=[A-ZÉÈÀÂÎÔÛÇ])"
            r"|(?:(?<=\b[Aa]rt\.)|(?<=\b[Aa]rticle)) (?=[\dLRD])|(?<=\b[Nn]°) (?=\w)"
        ),
        NBSP,
    ),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))(?<![\d ]\d{4} )(?<!\b0\d )"), FINE),
)
_GUILLEMETS = (
    re.compile(r'(?<!\w)"\s*([^"]*[^"\s])\s*"(?!\w)'),
    re.compile(r"(?<!\w)“\s*([^“”]*[^“”\s])\s*”(?!\w)"),
)


@functools.lru_cache(maxsize=8192)
def typographier_saisie(texte: str) -> str:
    r"""`texte`, typed by somebody, with the apostrophes, quotes and spaces of the acts.

    Signs and spaces take the place of others; no word is changed, and what is copied rather than
    read (e-mail address, URL, name of a file) stays as it was typed.

    >>> typographier_saisie('l\'avis : "oui" ; à n\'importe.qui@chu-d\'x.fr')
    "l’avis\xa0: «\xa0oui\xa0»\u202f; à n'importe.qui@chu-d'x.fr"
    >>> typographier_saisie("M. Dupont, article 14, 1 958 000 euros, 04 13 55 80 10")
    'M.\xa0Dupont, article\xa014, 1\u202f958\u202f000\xa0euros, 04 13 55 80 10'
    >>> typographier_saisie('dit “le mandat”, "le “second” mandat"')
    'dit «\xa0le mandat\xa0», «\xa0le “second” mandat\xa0»'
    """
    adresses = iter(ADRESSE.findall(texte))
    texte = ADRESSE.sub(_JETON, texte)
    for paire in _GUILLEMETS:
        texte = paire.sub(_quoted, texte)
    for motif, remplacement in _SAISIES:
        texte = motif.sub(remplacement, texte)
    return re.sub(_JETON, lambda _: next(adresses), texte)


def _quoted(trouve: re.Match[str]) -> str:
    avant = trouve.string[: trouve.start()]
    ouverts = avant.count("«") > avant.count("»")
    return f"“{trouve[1]}”" if ouverts else f"« {trouve[1]} »"


_PREMIER = re.compile(r"(?<![\w])1er(?=s?\b)")


def split_exposants(texte: str) -> list[tuple[str, bool]]:
    """`texte` cut into (run, raised?) pairs: the « er » of « 1er » is raised.

    >>> split_exposants("le 1er janvier")
    [('le 1', False), ('er', True), (' janvier', False)]
    """
    morceaux: list[tuple[str, bool]] = []
    reste = 0
    for trouve in _PREMIER.finditer(texte):
        morceaux.append((texte[reste : trouve.start() + 1], False))
        morceaux.append(("er", True))
        reste = trouve.end()
    if reste < len(texte):
        morceaux.append((texte[reste:], False))
    return morceaux
