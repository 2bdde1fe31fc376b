"""The text of a model in the language of the clauses: every sign comes out as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from caqes_docs.redaction.modele.blocs import CHAMP, BlocModele

_SIGNES = re.compile(
    r"(<(?=[/!A-Za-z])|&(?=[A-Za-z#]))|[\\`*_{}\[\]#|<>&~^!=]|(?<=\{)%|(?<=-)-|-(?=-)"
)
"""Signs that a backslash keeps as they are; those of HTML are handed over as values."""
_DEBUT = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+:])")
_ARTICLE = re.compile(r"\b[LRD](?:\.[ \u00a0\u202f]?|[ \u00a0\u202f])?\*?\d{3,4}(?:-\d+)+\b")
_BLANC = re.compile(
    r"\*?\[\*?[^\[\]]{1,900}\*?\]\*?|[.…_]{4,}|…{2,}|_{2,}|\b(?:X{2,}|x{3,})(?![^\W_])"
    rf"|{CHAMP.pattern}"
)
_REPRESENTE = re.compile(r"[Rr]eprésentée?\s+par\s*:?\s*$")
_CONDITION = re.compile(r"le cas échéant", re.I)
_CONSIGNE = re.compile(
    r"(le cas échéant,? )?(à )?(préci|décri|indiqu|complét|insér|mentionn)", re.I
)

_VALEURS: tuple[tuple[str, str], ...] = (
    (r"Fait à\s*$", "{{ contrat.signature.lieu }}"),
    (r"Fait à.*,? le\s*$", "{{ contrat.signature.date | date_longue }}"),
    (r"(région|\bARS)\s*$", "{{ ars.region }}"),
    (
        r"(agence|\bARS).*représentée par\s*$",
        "{{ ars.directeur_general.prenom }} {{ ars.directeur_general.nom }}",
    ),
    (
        r"(organisme local|CPAM|caisse).*représentée? par\s*$",
        "{{ organisme.representant.prenom }} {{ organisme.representant.nom }}",
    ),
    (
        r"établissement.*représenté par\s*$",
        "{{ etablissement.representant.prenom }} {{ etablissement.representant.nom }}",
    ),
    (r"FINESS\s*:?\s*$", "{{ etablissement.finess }}"),
    (r"établissement( de santé)?\s*:?\s*$", "{{ etablissement.raison_sociale }}"),
    (r"(organisme local|CPAM)[^.]{0,40}:\s*$", "{{ organisme.nom }}"),
    (r"(contrat|référence)\s*n°\s*$", "{{ contrat.reference }}"),
    (r"(prend effet|en vigueur) (le|au)\s*$", "{{ acte.date_effet | date_longue }}"),
)
_NOMS: tuple[tuple[str, str], ...] = (
    (r"finess", "{{ etablissement.finess }}"),
    (r"siren", "{{ etablissement.siren }}"),
    (r"region", "{{ ars.region }}"),
    (r"raison|etablissement", "{{ etablissement.raison_sociale }}"),
    (r"\bars\b|agence", "{{ ars.nom }}"),
    (r"organisme|cpam|caisse", "{{ organisme.nom }}"),
    (r"date.?effet", "{{ acte.date_effet | date_longue }}"),
    (r"reference|numero.?contrat", "{{ contrat.reference }}"),
)


@dataclass(frozen=True)
class Blanc:
    """A blank of the model, and what is written in its place (empty: nothing)."""

    modele: str
    ecrit: str
    ou: str
    compte: bool = True
    """Whether its own words are nowhere else."""


@dataclass
class Plume:
    """Writes the text of one clause; `citer` gives the id of an article of law."""

    citer: Callable[[str], str]
    blancs: list[Blanc] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def body(self, blocs: Sequence[BlocModele]) -> str:
        """The Markdown of `blocs`."""
        morceaux: list[str] = []
        lettres = {bloc.marque for bloc in blocs if bloc.genre == "puce" and bloc.marque}
        for rang, bloc in enumerate(blocs):
            ecrit = self._block(bloc)
            suite = bloc.genre == "puce" and rang and blocs[rang - 1].genre == "puce"
            if ecrit and morceaux:
                morceaux.append("\n" if suite and not lettres else "\n\n")
            morceaux.append(ecrit)
        return "".join(morceaux) + "\n"

    def _block(self, bloc: BlocModele) -> str:
        if bloc.genre == "table":
            return self._table(bloc)
        if bloc.genre == "titre":
            return f"{'#' * min(max(bloc.niveau, 2), 3)} {self.line(f'{bloc.marque} {bloc.texte}')}"
        puce = bloc.genre == "puce" and not bloc.marque
        retrait = "  " * (bloc.niveau + 1) if puce else ""
        lignes = f"{bloc.marque} {bloc.texte}".strip().split("\n")
        texte = f"\\\n{retrait}".join(filter(None, map(self.line, lignes)))
        return f"{'  ' * bloc.niveau}- {texte}" if puce and texte else texte

    def _table(self, bloc: BlocModele) -> str:
        rangs = [[self._cell(case) for case in ligne] for ligne in bloc.lignes]
        filet = "| --- " * len(rangs[0]) + "|"
        lignes = [f"| {' | '.join(rang)} |" for rang in rangs]
        return "\n".join([lignes[0], filet, *lignes[1:]])

    def _cell(self, texte: str) -> str:
        lignes = filter(None, map(self.line, texte.split("\n")))
        return " {{ saut }} ".join(lignes) or "{{ a_ecrire('case vide du modèle') }}"

    def line(self, texte: str) -> str:
        """One line, its blanks and articles of law as expressions."""
        texte = texte.replace("\t", " ").strip()
        sortie, reste = "", 0
        for blanc in _BLANC.finditer(texte):
            sortie += self._words(texte[reste : blanc.start()], sortie)
            sortie += self._blank(blanc, texte)
            reste = blanc.end()
        sortie += self._words(texte[reste:], sortie)
        if _REPRESENTE.search(texte):
            ecrit = _value(texte) or "{{ a_ecrire('représentant', 20) }}"
            self.blancs.append(Blanc("(rien)", ecrit, texte, compte=False))
            sortie += f" {ecrit}"
        return re.sub(r" {2,}", " ", sortie).strip()

    def _words(self, texte: str, avant: str) -> str:
        sortie, reste = "", 0
        for article in _ARTICLE.finditer(texte):
            nom = self.citer(article.group())
            self.references.append(nom)
            sortie += escape(texte[reste : article.start()], debut=not avant and not sortie)
            sortie += f"{{{{ article('{nom}') }}}}"
            reste = article.end()
        return sortie + escape(texte[reste:], debut=not avant and not sortie)

    def _blank(self, trouve: re.Match[str], texte: str) -> str:
        dit, avant = trouve.group(), texte[: trouve.start()]
        note = dit.strip("*[]").strip("*") if "[" in dit else ""
        champ = trouve.lastindex and trouve[1]
        if champ:
            ecrit = _named(champ) or _to_fill(champ)
        elif note and _CONDITION.fullmatch(note):
            ecrit = ""
        elif note and not _CONSIGNE.match(note):
            self.blancs.append(Blanc(dit, "texte gardé entre crochets", texte, compte=False))
            return escape(dit, debut=not avant)
        else:
            ecrit = (
                _to_fill(note)
                if note
                else _value(avant) or _to_fill(_last_words(avant) or _last_words(texte[:40]))
            )
        self.blancs.append(Blanc(CHAMP.sub(r"\2", dit), ecrit, texte))
        return ecrit


def _value(avant: str) -> str:
    """The value of the vocabulary that a context is sure to ask for, or an empty string."""
    return next((v for motif, v in _VALEURS if re.search(motif, avant, re.I)), "")


def _named(champ: str) -> str:
    plat = champ.lower().replace("é", "e").replace("_", " ")
    return next((valeur for motif, valeur in _NOMS if re.search(motif, plat)), "")


def _last_words(texte: str) -> str:
    """What leads to a blank, cut between words; another blank is none of it."""
    return " ".join(_BLANC.sub(" ", texte)[-60:].split()[-5:])


def _to_fill(libelle: str) -> str:
    propre = re.sub(r"[^\w ’,.()-]+", "’", libelle.replace("_", " ")).strip()[:80]
    return f"{{{{ a_ecrire('{propre or 'à compléter'}', 20) }}}}"


def escape(texte: str, *, debut: bool = True) -> str:
    r"""`texte` so that Markdown and the language of clauses print it as it is.

    >>> escape("1. {{ x }} *y*")
    '1\\. \\{\\{ x \\}\\} \\*y\\*'
    """
    ecrit = _SIGNES.sub(
        lambda m: f"{{{{ '{m[1]}' }}}}" if m[1] else f"\\{m[0]}",
        texte,
    )
    if debut:
        ecrit = _DEBUT.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", ecrit)
    return ecrit
