"""The documentation that travels with the product: a code explained, a subject of the guide."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caqes_docs.core.errors import UsageError
from caqes_docs.core.francais.typographie import fold
from caqes_docs.core.ressources import graine
from caqes_docs.data.lecture.messages import close_name

DOCUMENTS = {
    "guide": "Guide de l’utilisateur",
    "erreurs": "Ce que disent les erreurs, et que faire",
    "regles": "Règles de droit et points à trancher",
    "ecrire_une_clause": "Écrire une clause ou un type de document",
    "importer_un_modele": "Importer un modèle de contrat",
    "ajouter_un_volet": "Ajouter un volet régional",
    "faire_un_avenant": "Faire un avenant",
    "arbre_de_calcul": "L’arbre de calcul, en JSON",
}
"""The documents shipped (see pyproject.toml), each by the name that `caqes aide` knows."""
_TITRE = re.compile(r"^(#{1,3}) +(.+)$")
_CODE = re.compile(r"\b[A-Z]-[0-9]{3}\b")
_LIEN = re.compile(r"\[([^]]+)\]\((\w+)\.md(?:#[^)]*)?\)")
_CODES = ("erreurs", "regles")


@dataclass(frozen=True)
class Rubrique:
    """A section of a document: its title and its Markdown, sub-sections included."""

    document: str
    niveau: int
    titre: str
    texte: str

    @property
    def code(self) -> str:
        """The code that the section explains, or its first word: « D-041 », « X6 »."""
        trouve = _CODE.search(self.titre)
        return trouve.group() if trouve else self.titre.split(" ")[0]


def read_document(nom: str) -> str:
    """The Markdown of a document, its links told as commands."""
    texte = (graine() / "docs" / f"{nom}.md").read_text(encoding="utf-8")
    return _LIEN.sub(lambda lien: _as_command(lien[1], lien[2]), texte)


def _as_command(mots: str, nom: str) -> str:
    return f"{mots} (`caqes aide {nom}`)" if nom in DOCUMENTS else mots


def read_sections(nom: str) -> list[Rubrique]:
    """The sections of a document, each with those under it."""
    lignes = read_document(nom).splitlines()
    titres: list[tuple[int, int, str]] = []
    en_code = False
    for rang, ligne in enumerate(lignes):
        en_code ^= ligne.startswith("```")
        if not en_code and (tete := _TITRE.match(ligne)):
            titres.append((rang, len(tete[1]), tete[2]))
    rubriques = []
    for ordre, (rang, niveau, titre) in enumerate(titres):
        suite = (debut for debut, autre, _ in titres[ordre + 1 :] if autre <= niveau)
        texte = "\n".join(lignes[rang : next(suite, len(lignes))]).strip()
        rubriques.append(Rubrique(nom, niveau, titre, texte))
    return [rubrique for rubrique in rubriques if rubrique.niveau > 1]


def list_codes() -> list[tuple[str, str]]:
    """Every code, with what it says."""
    rubriques = [r for r in read_sections("erreurs") if _CODE.search(r.titre)]
    return [(r.code, re.sub(rf"^{r.code} – | \({r.code}\)", "", r.titre)) for r in rubriques]


def explain_code(saisie: str) -> Rubrique:
    """The section that explains a code of a message, or a mark of a rule.

    Raises:
        UsageError: U-060 nothing bears this code.
    """
    demande = re.sub(r"^([A-Z])-?([0-9]{1,3})$", _full_code, saisie.strip().upper())
    connus = {r.code: r for nom in _CODES for r in reversed(read_sections(nom)) if r.niveau == 3}
    for cherche in (demande, saisie.strip().upper()):
        if cherche in connus:
            return connus[cherche]
    proches = difflib.get_close_matches(demande, connus, n=3, cutoff=0.5)
    raise UsageError(
        "U-060",
        f"Le code «\u00a0{saisie}\u00a0» n’existe pas.",
        remede=f"Codes proches\u00a0: {', '.join(proches)}. " * bool(proches)
        + "«\u00a0caqes erreur\u00a0» les donne tous.",
    )


def _full_code(morceaux: re.Match[str]) -> str:
    return f"{morceaux[1]}-{int(morceaux[2]):03d}"


def list_subjects() -> list[tuple[str, str]]:
    """What `caqes aide` can show: the documents, then the sections of the guide."""
    titres = [(r.niveau, r.titre) for r in read_sections("guide")]
    return [*DOCUMENTS.items(), *(("", "  " * (n - 2) + titre) for n, titre in titres)]


def find_help(sujet: str) -> str:
    """The Markdown of a document, or of the sections whose title says `sujet`.

    Raises:
        UsageError: U-061 no title says so.
    """
    nu = fold(sujet)
    if nu.removesuffix(".md") in DOCUMENTS:
        return read_document(nu.removesuffix(".md"))
    for nom in DOCUMENTS:
        if nom in _CODES:
            continue
        rubriques = read_sections(nom)
        if trouvees := _outermost([r for r in rubriques if _speaks_of(r, nu)]):
            return "\n\n".join(r.texte for r in trouvees)
    raise UsageError(
        "U-061",
        f"Aucune page de l’aide n’a pour titre «\u00a0{sujet}\u00a0».",
        remede=_where_else(nu) + "«\u00a0caqes aide\u00a0» donne la liste des sujets.",
    )


def _speaks_of(rubrique: Rubrique, nu: str) -> bool:
    titre = fold(rubrique.titre)
    if nu.isdigit():
        return titre.startswith(f"{nu}. ")
    mots = re.findall(r"\w+", nu)
    return bool(mots) and all(re.search(rf"\b{mot}", titre) for mot in mots)


def _outermost(rubriques: Sequence[Rubrique]) -> list[Rubrique]:
    """Those that no other one holds."""
    return [r for r in rubriques if not any(r is not a and r.texte in a.texte for a in rubriques)]


def _where_else(nu: str) -> str:
    """The document whose name is near, or the section of the guide that holds the words."""
    if proche := close_name(nu, DOCUMENTS):
        return f"{proche} "
    siennes: Iterable[Rubrique] = read_sections("guide") if nu else ()
    titres = [r.titre for r in siennes if nu in fold(r.texte)]
    return f"Le guide en parle sous «\u00a0{titres[-1]}\u00a0». " if titres else ""
