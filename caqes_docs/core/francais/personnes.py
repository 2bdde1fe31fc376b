r"""How letters name a person: by name, in the opening words, above a signature.

>>> appel("Mme", "directrice générale"), appel("Dr", "médecin-conseil"), appel(None, None)
('Madame la directrice générale', 'Docteur', 'Madame, Monsieur')
>>> appel("M.", "directeur, chargé d’une direction commune")
'Monsieur le directeur'
>>> fonction("Mme", "directrice de l’offre de soins"), fonction("M.", "adjoint")
('la directrice de l’offre de soins', 'l’adjoint')
>>> titre("Pr", "directrice générale"), titre("Dr", "médecin-conseil"), titre("Mme", None)
('la Pr', 'le Dr', 'Mme')
>>> de("Dr Anne Castagnède"), de("M. Aubry"), de("Anne Aubry")
('du Dr Anne Castagnède', 'de M. Aubry', 'd’Anne Aubry')
"""

from __future__ import annotations

import re

_TITRES = {
    "directeur": "le ",
    "directrice": "la ",
    "président": "le ",
    "présidente": "la ",
    "administrateur": "l’",
    "administratrice": "l’",
    "coordonnateur": "le ",
    "coordonnatrice": "la ",
}
"""The offices that a letter greets, with their article."""
_FEMININS = ("trice", "ente")
_VOYELLES = tuple("aeiouyâàéèêëîïôùûAEIOUÂÀÉÈÊÎÔ")
_SOI = {"Mme": "Madame", "M.": "Monsieur", "Dr": "Docteur", "Pr": "Professeur"}
_ARTICLES = {"Mme": "la ", "M.": "le "}


def appel(civilite: str | None, qualite: str | None) -> str:
    """The opening words of a letter; an office that nobody greets by is left out."""
    mot, office = _office(qualite), re.split(" par intérim|,", qualite or "")[0]
    if mot not in _TITRES:
        return _SOI.get(civilite or "", "Madame, Monsieur")
    feminin = civilite == "Mme" or (civilite != "M." and mot.endswith(_FEMININS))
    return f"{'Madame' if feminin else 'Monsieur'} {_TITRES[mot]}{office}"


def fonction(civilite: str | None, qualite: str) -> str:
    """The office with its article, as it stands above a signature."""
    article = _TITRES.get(_office(qualite)) or _ARTICLES.get(civilite or "", "")
    return ("l’" if article and qualite.startswith(_VOYELLES) else article) + qualite


def titre(civilite: str, qualite: str | None) -> str:
    """How a text that names a person begins: « Mme », « le Dr », and « la Pr » by her office."""
    if civilite not in ("Dr", "Pr"):
        return civilite
    return f"{'la' if _office(qualite).endswith(_FEMININS) else 'le'} {civilite}"


def de(nom: str) -> str:
    """« du Dr Aubry », « de Mme Aubry »: what follows « à l’attention »."""
    if nom.startswith(("Dr", "Pr")):
        return f"du {nom}"
    return f"d’{nom}" if nom.startswith(_VOYELLES) else f"de {nom}"


def _office(qualite: str | None) -> str:
    return re.split(r"[ ,-]", qualite or "", maxsplit=1)[0]
