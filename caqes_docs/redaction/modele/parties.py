"""A model cut into its parts: what precedes, chapters, articles, what closes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from caqes_docs.redaction.modele.blocs import BlocModele

SortePartie = Literal[
    "liminaire", "visas", "convenu", "preambule", "chapitre", "article", "fin", "annexe", "hors"
]

_NUMERO = (
    r"(?:\d+(?:[-.]\d+)*(?:\s?er|°)?(?:\s(?:bis|ter|quater))?|premi(?:er|ère)|unique|[IVX]+(?:er)?)"
    r"(?![^\W_])"
)
_ARTICLE = re.compile(
    rf"(?P<mot>Article|Art\.)\s+(?P<numero>{_NUMERO})(?P<sep>[\s:.–—-]*)(?P<titre>.*)",
    re.IGNORECASE | re.DOTALL,
)
_CHAPITRE = re.compile(
    rf"(?P<mot>Chapitre|Titre|Partie)\s+(?P<numero>{_NUMERO})(?P<sep>[\s:.–—-]*)(?P<titre>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SORTES: tuple[tuple[SortePartie, re.Pattern[str]], ...] = (
    ("article", _ARTICLE),
    ("chapitre", _CHAPITRE),
)
_SOUS = re.compile(r"(\d+)[.-](\d+)[\s:.)–—-]*(?P<titre>\D.*)")
"""A numbered heading below an article: « 5.1. Évaluation annuelle » below article 5."""
_FIN = re.compile(r"(Fait\s+(à|en|le)\b|Date d[’']effet du contrat|Signatures?\s*$)", re.I)
_ANNEXE = re.compile(r"Annexes?\b.{0,80}$", re.I)
_VISA = re.compile(r"V[Uu]\b")
_CONVENU = re.compile(r"Il (a été|est) convenu ce qui suit\s*:?\s*$", re.I)
_PREAMBULE = re.compile(r"Préambule\s*$", re.I)


@dataclass
class Partie:
    """A part of a model: its number and title as written, its blocks."""

    sorte: SortePartie
    numero: str = ""
    titre: str = ""
    etiquette: str = ""
    """The words that announce the number: « Article 10-1 : »."""
    blocs: list[BlocModele] = field(default_factory=list)

    @property
    def nom(self) -> str:
        """How the report calls it."""
        if self.sorte in ("article", "chapitre"):
            return f"{self.sorte.capitalize()} {self.numero}"
        return _NOMS[self.sorte]

    @property
    def texte(self) -> str:
        """All its words, its title aside."""
        return "\n".join(bloc.entier for bloc in self.blocs)


_NOMS = {
    "liminaire": "Avant le premier article",
    "visas": "Visas",
    "convenu": "Formule de convention",
    "preambule": "Préambule",
    "fin": "Fin",
    "annexe": "Annexe",
    "hors": "Hors du texte",
}


def split(blocs: Sequence[BlocModele]) -> list[Partie]:
    """The parts of the model, in order; each block is in one of them."""
    parties = [Partie("liminaire")]
    hors: list[Partie] = []
    for bloc in blocs:
        if bloc.genre in ("hors", "note"):
            ou = parties[-1].nom if bloc.genre == "note" else ""
            hors.append(Partie("hors", ou, blocs=[bloc]))
            continue
        if bloc.genre == "puce" and (_ARTICLE.match(bloc.marque) or _CHAPITRE.match(bloc.marque)):
            bloc = replace(bloc, genre="titre")
        ouverte = _opening(bloc, parties[-1])
        if ouverte is not None:
            parties.append(ouverte)
        elif _is_title_of(bloc, parties[-1]):
            parties[-1].titre = bloc.texte
        else:
            parties[-1].blocs.append(bloc)
    return [p for p in _without_note([*parties, *hors]) if p.blocs or p.titre or p.etiquette]


def _without_note(parties: list[Partie]) -> Iterator[Partie]:
    """The parts; the note that carries a model in its annex is no part of the model."""
    annexes = [i for i, bloc in enumerate(parties[0].blocs) if re.fullmatch(r"ANNEXE", bloc.texte)]
    if annexes:
        note = parties[0].blocs[: annexes[-1] + 1]
        parties[0].blocs = parties[0].blocs[annexes[-1] + 1 :]
        yield Partie("hors", blocs=note)
    yield from parties


def _opening(bloc: BlocModele, avant: Partie) -> Partie | None:
    """The part that the block opens, or None."""
    if bloc.genre in ("titre", "texte"):
        entete = f"{bloc.marque} {bloc.texte}".strip() if bloc.genre == "titre" else bloc.texte
        if (numerotee := _numbered(entete, bloc, avant)) is not None:
            return numerotee
    if avant.sorte in ("article", "chapitre", "fin", "annexe"):
        return _closing(bloc, avant)
    return _before_articles(bloc, avant)


def _numbered(entete: str, bloc: BlocModele, avant: Partie) -> Partie | None:
    """The article, the chapter, or the heading « 5.1. » below article 5, that `entete` opens."""
    for sorte, motif in _SORTES:
        trouve = motif.fullmatch(entete)
        if trouve and _is_heading(trouve, bloc):
            numero = re.sub(r"(?i)\s?er$|°|^premi.*|^unique$", "", trouve["numero"]) or "1"
            etiquette = entete[: trouve.start("titre")]
            return Partie(sorte, numero.replace(".", "-"), trouve["titre"], etiquette)
    trouve = _SOUS.fullmatch(entete) if bloc.genre == "titre" and _may_divide(avant) else None
    if trouve and trouve[1] == avant.numero.partition("-")[0]:
        etiquette = entete[: trouve.start("titre")]
        return Partie("article", f"{trouve[1]}-{trouve[2]}", trouve["titre"], etiquette)
    return None


def _may_divide(avant: Partie) -> bool:
    """Whether a numbered heading opens a sub-article: not in an article that is only headings."""
    textes = bool(avant.blocs) and all(bloc.genre != "titre" for bloc in avant.blocs)
    return avant.sorte == "article" and ("-" in avant.numero or textes)


def _closing(bloc: BlocModele, avant: Partie) -> Partie | None:
    if avant.sorte == "article" and bloc.genre != "table" and _FIN.match(bloc.texte):
        return Partie("fin", blocs=[bloc])
    annexe = avant.sorte != "chapitre" and bloc.genre in ("titre", "texte")
    return Partie("annexe", blocs=[bloc]) if annexe and _ANNEXE.match(bloc.texte) else None


def _before_articles(bloc: BlocModele, avant: Partie) -> Partie | None:
    if _PREAMBULE.match(bloc.texte):
        return Partie("preambule", titre=bloc.texte)
    if _CONVENU.match(bloc.texte):
        return Partie("convenu", blocs=[bloc])
    visa = _VISA.match(bloc.texte) and avant.sorte != "visas"
    return Partie("visas", blocs=[bloc]) if visa else None


def _is_heading(trouve: re.Match[str], bloc: BlocModele) -> bool:
    """A heading style, a separator or nothing after the number, or a short title."""
    titre = trouve["titre"]
    court = len(titre) < 400 and "\n" not in titre
    nu = titre[:1].isupper() and len(titre) < 150 and titre[-1:] not in ".;,:"
    return court and (bloc.genre == "titre" or not titre or bool(trouve["sep"].strip()) or nu)


def _is_title_of(bloc: BlocModele, partie: Partie) -> bool:
    """Whether the block is the title of the heading just met, which has none yet."""
    vide = partie.sorte in ("article", "chapitre") and not partie.titre and not partie.blocs
    return (
        vide
        and bloc.genre in ("titre", "texte")
        and len(bloc.texte) < 250
        and (bloc.genre == "titre" or bloc.texte[-1:] not in ".;:")
    )
