"""The text of a model in the language of the clauses: every sign comes out as it was."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from caqes_docs.redaction.modele.blocs import A_COTE, CHAMP, BlocModele

_SIGNES = re.compile(
    r"(<(?=[/!A-Za-z])|&(?=[A-Za-z#]))|[\\`*_{}\[\]#|<>&~^!=]|(?<=\{)%|(?<=-)-|-(?=-)"
)
"""Signs that a backslash keeps as they are; those of HTML are handed over as values."""
_DEBUT = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+:])")
_ARTICLE = re.compile(r"\b[LRD](?:\.[ \u00a0\u202f]?|[ \u00a0\u202f])?\*?\d{3,4}(?:-\d+)+\b")
_RENVOI = re.compile(
    r"\b(?:article|art\.)[ \u00a0]+(\d+(?:-\d+)*)(?:\s?er)?\b(?!-)"
    r"(?!,?\s(?:du (?!présent)|de la (?!présente)|de l[’'](?!établiss)|des (?!présent)|susvisé))",
    re.I,
)
"""An article of the model itself: one of a code, of a law or of a rule is followed by its name."""
_TROU = r"(?:[.…_]{4,}|…{2,}|_{2,}|\b(?:X{2,}|x{3,})(?![^\W_]))"
_NOTE = r"\*?\[\*?[^\[\]]{1,900}\*?\]\*?"
_BLANC = re.compile(
    rf"{_TROU}(?:(?:[ /]+|[ /]*20){_TROU})*(?: ?\[(?:à )?(?i:préci|indiqu|complét)[^\[\]]+\])?"
    rf"|[☐□❏❑]|{_NOTE}|{CHAMP.pattern}"
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
    (r"FINESS\s*(n°)?\s*:?\s*$", "{{ etablissement.finess }}"),
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
    numeros: Mapping[str, str] = field(default_factory=dict)
    """The clause of each article of the model, by number."""
    renvois: list[tuple[str, str, str]] = field(default_factory=list)
    """(as written, the clause that it now follows or nothing, passage)."""
    titres: list[int] = field(default_factory=list)
    """The levels of the headings of the text at hand."""
    case: str = ""
    """The titles of the row and of the column of the cell at hand."""
    blancs: list[Blanc] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def body(self, blocs: Sequence[BlocModele]) -> str:
        """The Markdown of `blocs`."""
        sortie, pile = "", list[int]()
        self.titres = sorted({bloc.niveau for bloc in blocs if bloc.genre == "titre"})
        for bloc in blocs:
            dans = pile and (bloc.genre == "suite" or _is_bullet(bloc))
            while pile and (not dans or (_is_bullet(bloc) and pile[-1] >= bloc.niveau)):
                pile.pop()
            ecrit = self._block(bloc, "  " * len(pile))
            if _is_bullet(bloc):
                pile.append(bloc.niveau)
            joint = (
                ("\\\n" if bloc.genre == "suite" else "\n" if dans else "\n\n") if sortie else ""
            )
            sortie += joint + ecrit if ecrit else ""
        return sortie + "\n"

    def _block(self, bloc: BlocModele, retrait: str) -> str:
        if bloc.genre == "table":
            return self._table(bloc)
        puce = _is_bullet(bloc)
        lignes = bloc.texte.split("\n")
        texte = f"\\\n{retrait}{'  ' * puce}".join(filter(None, map(self.line, lignes)))
        if bloc.marque:
            texte = f"{escape(bloc.marque)} {texte}"
        if bloc.genre == "titre":
            return f"{'#' * min(2 + self.titres.index(bloc.niveau), 3)} {texte}"
        return f"{retrait}{'- ' * puce}{texte}" if texte else ""

    def _table(self, bloc: BlocModele) -> str:
        rangs = [
            [
                self._cell(case, f"{ligne[0]} {titre}")
                for case, titre in zip(ligne, titres, strict=True)
            ]
            for titres in bloc.lignes[:1]
            for ligne in bloc.lignes
        ]
        filet = "| --- " * len(rangs[0]) + "|"
        lignes = [f"| {' | '.join(rang)} |" for rang in rangs]
        return "\n".join([lignes[0], filet, *lignes[1:]])

    def _cell(self, texte: str, ou: str) -> str:
        if texte == A_COTE:
            return ""
        self.case = shown(ou)
        ecrit = " {{ saut }} ".join(filter(None, map(self.line, texte.split("\n"))))
        self.case = ""
        if ecrit:
            return ecrit
        ecrit = _to_fill(shown(ou) or "case vide du modèle", "")
        self.blancs.append(Blanc("(case vide)", ecrit, ou, compte=False))
        return ecrit

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
        for trouve, ecrit in self._links(texte):
            sortie += escape(texte[reste : trouve.start()], debut=not avant and not sortie) + ecrit
            reste = trouve.end()
        return sortie + escape(texte[reste:], debut=not avant and not sortie)

    def _links(self, texte: str) -> Iterator[tuple[re.Match[str], str]]:
        """The articles of law, and those of the model itself, with what stands in their place."""
        for trouve in re.finditer(f"{_ARTICLE.pattern}|{_RENVOI.pattern}", texte, re.I):
            if trouve[1] is None:
                nom = self.citer(trouve.group())
                self.references.append(nom)
                yield trouve, f"{{{{ article('{nom}') }}}}"
                continue
            nom = self.numeros.get(trouve[1], "") if trouve.group().startswith("article") else ""
            self.renvois.append((trouve.group(), nom, texte))
            if nom:
                yield trouve, f"{{{{ renvoi('{nom}') }}}}"

    def _blank(self, trouve: re.Match[str], texte: str) -> str:
        dit, avant, suite = trouve.group(), texte[: trouve.start()], texte[trouve.end() :]
        note = dit.partition("[")[2].strip("*[]")
        champ = trouve.lastindex and trouve[1]
        if champ:
            ecrit = _named(champ) or _to_fill(champ)
        elif note and _CONDITION.fullmatch(note):
            ecrit = ""
        elif note and not _CONSIGNE.match(note):
            self.blancs.append(Blanc(dit, "texte gardé entre crochets", texte, compte=False))
            return escape(dit, debut=not avant)
        else:
            ecrit = _value(avant) or _to_fill(
                note or _last_words(avant) or self.case or _first_words(suite)
            )
        self.blancs.append(Blanc(shown(dit), ecrit, shown(texte)))
        return ecrit


def _is_bullet(bloc: BlocModele) -> bool:
    """Whether it is the item of a list without a mark of its own."""
    return bloc.genre == "puce" and not bloc.marque


def shown(texte: str) -> str:
    """A text as the model shows it: a field is what it shows."""
    return CHAMP.sub(r"\2", texte)


def _value(avant: str) -> str:
    """The value of the vocabulary that a context is sure to ask for, or an empty string."""
    return next((v for motif, v in _VALEURS if re.search(motif, avant, re.I)), "")


def _named(champ: str) -> str:
    plat = champ.lower().replace("é", "e").replace("_", " ")
    return next((valeur for motif, valeur in _NOMS if re.search(motif, plat)), "")


def _last_words(texte: str) -> str:
    """What leads to a blank in its sentence, from a word on; another blank is none of it."""
    phrase = re.split(r"(?<=\w\w)\s?[.;?!] ", _BLANC.sub(" ", texte).rstrip(" :"))[-1]
    mots = re.findall(r"\S*\w\S*", phrase)[-5:]
    return " ".join(itertools.dropwhile(lambda mot: mot.lower() in _OUTILS, mots))


def _first_words(texte: str) -> str:
    """What follows a blank that nothing leads to, as the words beside a box to tick."""
    return " ".join(re.findall(r"\w\S*", _BLANC.sub(" ", texte))[:4])


_OUTILS = ("à", "au", "aux", "de", "des", "du", "est", "et", "la", "le", "les", "en", "par", "sont")


def _to_fill(libelle: str, place: str = ", 20") -> str:
    propre = re.sub(r"[^\w ’,.()-]+", " ", libelle.replace("_", " "))
    propre = " ".join(propre.split()).strip(" ,.-")[:80]
    return f"{{{{ a_ecrire('{propre or 'à compléter'}'{place}) }}}}"


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
