"""A described table written out in the language of the clauses, each piece with its place.

What the front matter describes becomes the rows that a jurist would otherwise draw with bars,
`{% for %}` and `{% if %}`: one reader and one set of checks serve both. A piece of a row stands on
a line of its own for the templates and on none for Markdown, so that a fault is told where the
piece is described.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from caqes_docs.core.source import Source
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml
from caqes_docs.document.texte import TIRET
from caqes_docs.redaction.bibliotheque import entete_tableaux as entete

APPEL = re.compile(
    r"^[ \t]*\{\{[ \t]*tableau\([ \t]*(['\"])(?P<nom>[^'\"]*)\1[ \t]*\)[ \t]*\}\}[ \t]*$"
)
_TRAITS = {"gauche": "---", "centre": ":---:", "droite": "---:"}
_DESSINE = re.compile(r"^[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*$")
_DONNEE = re.compile(r"\{\{-?\s*([A-Za-z_][\w.]*)")
_SAUT = "{{ saut }}"
SUITE = ("{#", "#}")
"""What ends a piece of a row, and begins the next, on the next line of the templates."""

_LIEN = "\n".join(SUITE)

Morceau = tuple[str, Chemin]
"""A piece of a row, and where it is described."""


@dataclass(frozen=True)
class TexteDeveloppe:
    """A text whose described tables are written out."""

    texte: str
    lieux: tuple[Source, ...]
    """The place of each of its lines."""
    formes: tuple[entete.TableauEntete, ...]
    """The looks of its tables, in order."""


def datum_of(facultatif: str) -> str | None:
    """The first datum that an optional line names: the line is printed when it is known.

    >>> datum_of("Site : {{ ligne.site }}")
    'ligne.site'
    """
    trouve = _DONNEE.search(facultatif)
    return trouve.group(1) if trouve else None


def write_out(
    tableaux: Sequence[entete.TableauEntete], corps: str, fichier: FichierYaml, ligne_corps: int
) -> TexteDeveloppe:
    """`corps` with the rows of each described table where its name is called."""
    decrits = {table.nom: rang for rang, table in enumerate(tableaux) if table.nom is not None}
    dessines = [table for table in tableaux if table.nom is None]
    ecriture = _Ecriture(tableaux, fichier)
    formes: list[entete.TableauEntete] = []
    for rang, ligne in enumerate(corps.split("\n")):
        appel = APPEL.match(ligne)
        decrit = decrits.get(appel["nom"]) if appel else None
        if decrit is not None and (modele := ecriture.columns(decrit)[0]).colonnes:
            ecriture.table(decrit)
            formes.append(_widths(tableaux[decrit], modele))
            continue
        ecriture.line("" if appel else ligne, Source(fichier.nom, ligne_corps + rang))
        if _DESSINE.match(ligne) and dessines:
            vus = sum(forme.nom is None for forme in formes)
            formes.append(dessines[min(vus, len(dessines) - 1)])
    texte = "".join(ecriture.textes).removesuffix("\n")
    return TexteDeveloppe(texte, tuple(ecriture.lieux), tuple(formes if decrits else tableaux))


def _widths(table: entete.TableauEntete, colonnes: entete.TableauEntete) -> entete.TableauEntete:
    """`table` with its columns, be they those of another, and their widths."""
    largeurs = tuple(colonne.largeur for colonne in colonnes.colonnes)
    return table.model_copy(update={"largeurs": largeurs, "colonnes": colonnes.colonnes})


@dataclass
class _Ecriture:
    """A text being written, and the place of each of its lines."""

    tableaux: Sequence[entete.TableauEntete]
    fichier: FichierYaml
    textes: list[str] = field(default_factory=list)
    lieux: list[Source] = field(default_factory=list)

    def line(self, texte: str, lieu: Source) -> None:
        """Add a line."""
        self.textes.append(f"{texte}\n")
        self.lieux.append(lieu)

    def columns(self, rang: int) -> tuple[entete.TableauEntete, Chemin]:
        """The table that gives its columns to table `rang`, and where it is described."""
        noms = [table.nom for table in self.tableaux]
        comme = self.tableaux[rang].comme
        if comme is not None and comme in noms:
            rang = noms.index(comme)
        return self.tableaux[rang], ("tableaux", rang, "colonnes")

    def table(self, rang: int) -> None:
        """Add the rows of table `rang`."""
        table, chemin = self.tableaux[rang], ("tableaux", rang)
        decrit, ou = self.columns(rang)
        colonnes = _Colonnes(
            tuple(colonne.texte for colonne in decrit.colonnes),
            tuple((*ou, k, "texte") for k in range(len(decrit.colonnes))),
        )
        titres = [[(c.titre, (*ou, k, "titre"))] for k, c in enumerate(decrit.colonnes)]
        self._row(titres)
        self.line(f"|{'|'.join(_TRAITS[c.alignement] for c in decrit.colonnes)}|", self._at(ou))
        self._part(table, chemin, colonnes)

    def _at(self, chemin: Chemin) -> Source:
        return self.fichier.source(chemin)

    def _tag(self, texte: str, chemin: Chemin) -> None:
        self.line(f"{{% {texte} %}}", self._at(chemin))

    def _part(self, partie: entete.PartieDecrite, chemin: Chemin, colonnes: _Colonnes) -> None:
        """Add the rows of a part, under its condition and its heading."""
        if partie.si is not None:
            self._tag(f"if {partie.si}", (*chemin, "si"))
        if partie.groupes is not None:
            self._tag(f"for groupe in {partie.groupes}", (*chemin, "groupes"))
        self._heading(partie.intertitre, (*chemin, "intertitre"), colonnes)
        for rang, sous_partie in enumerate(partie.parties):
            self._part(sous_partie, (*chemin, "parties", rang), colonnes)
        if partie.groupes is not None:
            self._otherwise(partie, chemin, colonnes)
        elif not partie.parties:
            self._rows(partie, chemin, colonnes)
        if partie.si is not None:
            self._tag("endif", (*chemin, "si"))

    def _rows(self, partie: entete.PartieDecrite, chemin: Chemin, colonnes: _Colonnes) -> None:
        propres = colonnes
        if partie.cases:
            ou = tuple((*chemin, "cases", k) for k in range(len(partie.cases)))
            propres = colonnes.filled(partie.cases, ou)
        if partie.lignes is not None:
            self._tag(f"for ligne in {partie.lignes}", (*chemin, "lignes"))
            self._row(propres.cells())
            self._otherwise(partie, chemin, colonnes)
        elif partie.cases or partie.intertitre is None:
            self._row(propres.cells())

    def _otherwise(self, partie: entete.PartieDecrite, chemin: Chemin, colonnes: _Colonnes) -> None:
        """Add what is printed of an empty list, and close the loop."""
        self._tag("else", chemin)
        self._heading(partie.vide, (*chemin, "vide"), colonnes)
        if partie.cases_vides:
            ou = tuple((*chemin, "cases_vides", k) for k in range(len(partie.cases_vides)))
            self._row(colonnes.filled(partie.cases_vides, ou).cells())
        self._tag("endfor", chemin)

    def _heading(self, texte: str | None, chemin: Chemin, colonnes: _Colonnes) -> None:
        """Add a row whose words span the table."""
        if texte is not None:
            self.line(f"| {texte} {'| ' * len(colonnes.cases)}".rstrip(), self._at(chemin))

    def _row(self, cases: Iterable[Sequence[Morceau]]) -> None:
        """Add a row: each piece stands on a line of the templates, all on one of Markdown."""
        morceaux: list[Morceau] = []
        for case in cases:
            (premier, ou), *suite = case
            morceaux += [(f"| {premier}", ou), *suite]
        textes = [texte for texte, _ in morceaux]
        self.textes.append(f"{_LIEN.join(textes)} |\n")
        self.lieux.extend(self._at(chemin) for _, chemin in morceaux)


@dataclass(frozen=True)
class _Colonnes:
    """The cells of a row, and where each is described."""

    cases: tuple[entete.LignesDeCase, ...]
    chemins: tuple[Chemin, ...]

    def filled(self, cases: Sequence[entete.LignesDeCase], chemins: Sequence[Chemin]) -> _Colonnes:
        """A row of as many cells, where those that are not given are empty."""
        manque = max(len(self.cases) - len(cases), 0)
        return _Colonnes(
            (*cases, *((),) * manque)[: len(self.cases)],
            (*chemins, *(chemins[-1],) * manque)[: len(self.cases)],
        )

    def cells(self) -> Iterator[list[Morceau]]:
        """The pieces of each cell."""
        for case, chemin in zip(self.cases, self.chemins, strict=True):
            yield list(_cell(case, chemin)) or [(TIRET, chemin)]


def _cell(case: entete.LignesDeCase, chemin: Chemin) -> Iterator[Morceau]:
    """The lines of a cell, those that may be missing under their condition.

    A line goes to the next one when another stands before it; an empty cell prints a dash.
    """
    avant: list[str] = []
    sure, seule = False, len(case) == 1
    for rang, ligne in enumerate(case):
        saut = "" if ligne.suite else _SAUT if sure else _if(avant, _SAUT)
        if ligne.cas:
            yield from _alternatives(saut, ligne, (*chemin, rang))
            sure = True
            continue
        texte, condition = _words(ligne), _condition(ligne)
        sinon = TIRET if seule and ligne.sinon is None else ligne.sinon
        if condition is None:
            ecrit = f"{saut}{texte}"
        elif sinon is not None:
            ecrit = f"{saut}{{% if {condition} %}}{texte}{{% else %}}{sinon}{{% endif %}}"
        else:
            ecrit = f"{{% if {condition} %}}{saut}{texte}{{% endif %}}"
            avant.append(condition)
        yield ecrit, (*chemin, rang)
        sure = sure or condition is None or sinon is not None
    if not sure and avant:
        yield f"{{% if not ({' or '.join(avant)}) %}}{TIRET}{{% endif %}}", chemin


def _alternatives(saut: str, ligne: entete.LigneDeCase, chemin: Chemin) -> Iterator[Morceau]:
    """The cases of a line: the first that suits is printed, a dash when none does."""
    mot = f"{saut}{{% if"
    for rang, cas in enumerate(ligne.cas):
        condition = _condition(cas)
        yield f"{mot} {condition} %}}" if condition else "{% else %}", (*chemin, "cas", rang, "si")
        yield _words(cas), (*chemin, "cas", rang, "texte")
        mot = "{% elif"
    if ligne.cas[-1].si is not None:
        yield f"{{% else %}}{TIRET}", chemin
    yield "{% endif %}", chemin


def _words(ligne: entete.LigneDeCase) -> str:
    """The words of a line; what goes on with another stands apart from it by a space."""
    if ligne.suite is not None:
        return ligne.suite if ligne.suite.startswith((",", ".")) else f" {ligne.suite}"
    return ligne.texte or ligne.facultatif or ""


def _condition(ligne: entete.LigneDeCase) -> str | None:
    if ligne.si is not None:
        return ligne.si if re.fullmatch(r"[\w.]+", ligne.si) else f"({ligne.si})"
    nomme = ligne.facultatif or ligne.suite
    return None if nomme is None else datum_of(nomme)


def _if(conditions: Sequence[str], texte: str) -> str:
    """`texte` when one of the conditions holds; nothing without any."""
    if not conditions:
        return ""
    return f"{{% if {' or '.join(conditions)} %}}{texte}{{% endif %}}"
