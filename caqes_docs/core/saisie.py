"""What people or tables type and no act may print: hidden or damaged signs, place-holders."""

from __future__ import annotations

import re
import unicodedata

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.source import Source

_CACHE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ue000-\uf8ff\ufe00-\ufe0f\ufeff\ufffd-\uffff]"
)
_PICTOGRAMME = re.compile(
    "[\u20e3\u231a-\u2328\u23cf-\u23ff\u2600-\u27bf\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U00010000-\U0010ffff]"
)
_REPONSE = re.compile(
    r"(?i:oui|non|ok|vrai|faux|true|false|yes|no|x|n/?[acsd]|s/?o|sans objet|sans motif|aucune?|"
    r"néant|rien|motif)\W*|\W*\w{0,2}\W*|[\d\W]+"
)
_RIEN = r"(?:[^\w€%]|_)+|\[.*\]|(?i:x{3,}|tbd|todo)"
_VIDE = re.compile(_RIEN)
_MANQUANT = re.compile(r"(?i:[àa]\s*compl[ée]ter)\.?")
_PROVISOIRE = re.compile(
    rf"{_RIEN}|\{{.*\}}|«\s?\w+\s?»|<[^<>]*>|--.*--|"
    r"(?i:xx|n/?[acd]|n\.\s?[cd]\.?|inconnue?s?|"
    r"[àa] (?:compl[ée]ter|pr[ée]ciser|d[ée]finir|d[ée]terminer|renseigner|confirmer|remplir)\b.*)"
)
_ENTRE = str.maketrans("", "", "()[]\"'“”")
_LETTRE = r"[^\W\d_]"
PERDUS = "a perdu ses accents"
_DOUTES = (
    (
        re.compile(
            r"#(?:N/A|REF\s?!|VALEUR\s?!|VALUE!|DIV/0\s?!|NOM\s?\?|NAME\?|NUL\s?!|NULL!|NOMBRE\s?!"
            r"|NUM!)|#{4,}|_x[0-9A-F]{4}_"
        ),
        "est un reste de tableur",
        "Écrire la valeur.",
    ),
    (
        re.compile(
            r"Erreur\s?! (?:Signet|Source|Référence|Nom|Liaison)\b[^.]*|MERGEFIELD|"
            r"(?:Cliquez|Appuyez) ou (?:appuyez|cliquez|tapez) ici[^.]*|_{3,}|\.{4,}|…{2,}"
        ),
        "est un reste de modèle Word, ou un blanc à remplir",
        "Écrire la valeur\u00a0; si elle n’est pas connue, laisser la clé vide.",
    ),
    (
        re.compile(
            r"\S*(?:[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Å[“’¸]|ï»¿|"
            rf"{_LETTRE}[™Õƒ‚„†‡ˆ‰‹•˜›¢£¤¥¦¨¬®¯±¶¸¹¼½¾¿×÷“”]{_LETTRE}|(?<=[a-zà-ÿ])[ŽŠÕÐ])\S*"
            rf"|(?<![\w/:])\w*{_LETTRE}\?{_LETTRE}\w*(?![\w=/&])"
        ),
        f"{PERDUS}\u00a0: le fichier a été lu dans un autre encodage que le sien",
        "Reprendre le fichier d’origine et l’enregistrer en UTF-8 (dans Excel, «\u00a0CSV UTF-8"
        "\u00a0»), ou corriger les mots.",
    ),
    (
        re.compile(r"[“„‟][^“”„]*[”“]"),
        "garde ses guillemets courbes, qui seraient imprimés",
        'Les remplacer par des guillemets droits ("…"), qui ne font pas partie du texte.',
    ),
)
"""What is found in a text, what to say of it, and the remedy; the last one is the whole text."""
_SOUPCON = re.compile(
    r"[#_?…ÃÂÅŽŠÐÕâï™ƒ‚„‟†‡ˆ‰‹•˜›¢£¤¥¦¨¬®¯±¶¸¹¼½¾¿×÷“”]|\.{4}"
    "|Erreur|MERGEFIELD|Cliquez|Appuyez"
)
"""A sign at least of each doubt that stands within a text: nearly no text has one."""


def find_hidden(texte: str) -> str | None:
    r"""The first invisible, damaged or reserved character of `texte`, or None.

    >>> find_hidden("Sainte-Anne"), find_hidden("Sainte\u00adAnne")
    (None, '\xad')
    """
    trouve = _CACHE.search(texte)
    return trouve.group() if trouve else None


def find_pictogram(texte: str) -> str | None:
    """The first emoji, symbol or sign that the fonts of the acts do not have, or None.

    >>> find_pictogram("Clinique du Soleil ☀"), find_pictogram("n° 3 – 12 m² ≥ 5 €")
    ('☀', None)
    """
    trouve = _PICTOGRAMME.search(texte)
    return trouve.group() if trouve else None


def is_mere_answer(texte: str) -> bool:
    """Whether `texte` says yes, no or nothing where a reason is awaited.

    >>> [is_mere_answer(mot) for mot in ("oui", "Sans objet.", "n/a", "12", "Pas de MCO")]
    [True, True, True, True, False]
    """
    return _REPONSE.fullmatch(texte.strip()) is not None


def find_doubt(texte: str) -> tuple[str, str, str] | None:
    r"""What shows that `texte` is damaged or left over: the words, what they are, the remedy.

    >>> find_doubt("Fait à #N/A")[0], find_doubt("l’hÃ´pital local")[0]
    ('#N/A', 'l’hÃ´pital')
    >>> find_doubt("H™pital")[0], find_doubt("H?pital de Sète")[0], find_doubt("“Clinique”")[0]
    ('H™pital', 'H?pital', '“Clinique”')
    >>> find_doubt("Faut-il un avenant\u202f? Oui, à l’Âge d’or (n° 3), M. Šimić")
    """
    *partout, entier = _DOUTES
    for motif, quoi, remede in partout if _SOUPCON.search(texte) else ():
        trouve = motif.search(texte)
        if trouve:
            return trouve.group(), quoi, remede
    motif, quoi, remede = entier
    return (texte, quoi, remede) if motif.fullmatch(texte.strip()) else None


def is_blank(texte: str) -> bool:
    """Whether `texte`, of the library, says nothing: a word such as « inconnu » is what it prints.

    >>> [is_blank(mot) for mot in ("[nom]", "____", "inconnu")]
    [True, True, False]
    """
    return _VIDE.fullmatch(texte.strip()) is not None


def is_missing(texte: str) -> bool:
    """Whether `texte` is how one says that a value will come later.

    >>> [is_missing(mot) for mot in ("à compléter", "A completer.", "", "à revoir")]
    [True, True, True, False]
    """
    nu = unicodedata.normalize("NFC", texte.strip())
    return not nu or _MANQUANT.fullmatch(nu) is not None


def is_placeholder(texte: str) -> bool:
    """Whether `texte` only holds the place of a value to come.

    >>> [is_placeholder(mot) for mot in ("…", "[nom]", "TBD", "XXX", "X", "12 %")]
    [True, True, True, True, False, False]
    >>> [is_placeholder(mot) for mot in ("____", "(à préciser)", "{{ commune }}", "NC", "Nancy")]
    [True, True, True, True, False]
    """
    nu = unicodedata.normalize("NFC", texte).strip()
    return any(_PROVISOIRE.fullmatch(mot) for mot in (nu, nu.translate(_ENTRE).strip(" .")))


def has_hidden_extension(nom: str) -> bool:
    """Whether an editor added « .txt » to the name that its user gave.

    >>> [has_hidden_extension(nom) for nom in ("9.yaml.txt", "c.MD.txt", "note.txt", "9.yaml")]
    [True, True, False, False]
    """
    return nom.casefold().endswith((".yaml.txt", ".yml.txt", ".md.txt"))


def unread_for_its_name(source: Source) -> Constat:
    """D-103: a file that is not read, for an editor added « .txt » to its name."""
    nom = source.fichier.rpartition("/")[2]
    return fault(
        "D-103",
        source,
        f"Ce fichier n’est pas lu\u00a0: son nom finit par «\u00a0.{nom.split('.', 1)[1]}\u00a0».",
        f"Le renommer «\u00a0{nom[:-4]}\u00a0»\u00a0; dans Windows, Affichage, cocher "
        "«\u00a0Extensions de noms de fichiers\u00a0» pour voir ce «\u00a0.txt\u00a0».",
    )
