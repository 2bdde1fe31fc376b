"""A model cut into its parts: what precedes, chapters, articles, what closes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from caqes_docs.redaction.modele.blocs import BlocModele

SortePartie = Literal[
    "liminaire", "visas", "convenu", "preambule", "chapitre", "article", "fin", "hors"
]

_NUMERO = r"(?:\d+(?:[-.]\d+)*(?:\s?er)?|premier|[IVX]+)\b"
_ARTICLE = re.compile(
    rf"(?P<mot>Article|Art\.)\s+(?P<numero>{_NUMERO})\s*(?P<sep>[:.–—-]*)\s*(?P<titre>.*)",
    re.IGNORECASE | re.DOTALL,
)
_CHAPITRE = re.compile(
    rf"(?P<mot>Chapitre|Titre)\s+(?P<numero>{_NUMERO})\s*(?P<sep>[:.–—-]*)\s*(?P<titre>.*)",
    re.IGNORECASE | re.DOTALL,
)
_FIN = re.compile(
    r"(Fait\s+(à|en|le)\b|Date d[’']effet du contrat|Signatures?\s*$|Annexes?\b.{0,80}$)", re.I
)
_VISA = re.compile(r"Vu\b")
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
    "hors": "Hors du texte",
}


def split(blocs: Sequence[BlocModele]) -> list[Partie]:
    """The parts of the model, in order; each block is in one of them."""
    parties = [Partie("liminaire")]
    hors = Partie("hors")
    for bloc in blocs:
        if bloc.genre == "hors":
            hors.blocs.append(bloc)
            continue
        ouverte = _opening(bloc, parties[-1])
        if ouverte is not None:
            parties.append(ouverte)
        elif _is_title_of(bloc, parties[-1]):
            parties[-1].titre = bloc.texte
        else:
            parties[-1].blocs.append(bloc)
    parties.append(hors)
    return [p for p in _without_note(parties) if p.blocs or p.titre or p.etiquette]


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
    entete = f"{bloc.marque} {bloc.texte}".strip() if bloc.genre == "titre" else bloc.texte
    if bloc.genre not in ("titre", "texte"):
        return None
    for sorte, motif in (("article", _ARTICLE), ("chapitre", _CHAPITRE)):
        trouve = motif.fullmatch(entete)
        if trouve and _is_heading(trouve, bloc):
            etiquette = entete[: trouve.start("titre")]
            numero = re.sub(r"\s?er$|^premier$", "", trouve["numero"]) or "1"
            return Partie(sorte, numero.replace(".", "-"), trouve["titre"], etiquette)  # type: ignore[arg-type]
    if avant.sorte == "article" and _FIN.match(bloc.texte):
        return Partie("fin", blocs=[bloc])
    if avant.sorte in ("article", "chapitre", "fin"):
        return None
    return _before_articles(bloc, avant)


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
    return court and (bloc.genre == "titre" or not titre or bool(trouve["sep"]) or nu)


def _is_title_of(bloc: BlocModele, partie: Partie) -> bool:
    """Whether the block is the title of the heading just met, which has none yet."""
    vide = partie.sorte in ("article", "chapitre") and not partie.titre and not partie.blocs
    return (
        vide
        and bloc.genre in ("titre", "texte")
        and len(bloc.texte) < 250
        and (bloc.genre == "titre" or bloc.texte[-1:] not in ".;:")
    )
