"""The texts of a wording that are written like a clause, with the place of their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes
from jinja2.parser import Parser

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.bibliotheque.tableaux import SUITE
from caqes_docs.redaction.controle.expressions.types import ENTETE_TABLEAUX, Faute
from caqes_docs.redaction.langage.moteur import ENVIRONNEMENT


@dataclass(frozen=True)
class Extrait:
    """A text written like a clause, and where its lines stand."""

    texte: str
    place: Callable[[int, int], Source]
    """The place of a line and column of the text (column 0: unknown)."""
    condition: bool = False
    """Whether it is a bare expression (`si`)."""
    faits: nodes.Expr | None = None
    """The condition `si` under which the text is printed."""
    vrai: bool = True
    blocs: bool = False
    """Whether it holds paragraphs, not one line only."""

    def finding(self, faute: Faute) -> Constat:
        """A fault as a finding placed in the file."""
        gravite = Gravite.ERREUR if faute.grave else Gravite.AVERTISSEMENT
        source = self.place(*self._position(faute))
        return Constat(faute.code, gravite, source, faute.message, faute.remede)

    def _position(self, faute: Faute) -> tuple[int, int]:
        """The line of the word, among the pieces of a row, and its column if it stands there once.

        Markdown reads a row of a described table at once, and tells its first piece.
        """
        lignes = self.texte.split("\n")
        if not faute.mot or not 0 < faute.ligne <= len(lignes):
            return faute.ligne, 0
        rang = faute.ligne - 1
        while faute.mot not in lignes[rang] and lignes[rang].endswith(SUITE[0]):
            rang += 1
        if faute.mot not in lignes[rang]:
            return faute.ligne, 0
        ligne = lignes[rang]
        return rang + 1, ligne.index(faute.mot) + 1 if ligne.count(faute.mot) == 1 else 0


def parse_condition(texte: str) -> nodes.Expr:
    """The tree of a bare expression.

    Raises:
        TemplateSyntaxError: it is no expression.
    """
    lecteur = Parser(ENVIRONNEMENT, texte, state="variable")
    expr = lecteur.parse_expression()
    if not lecteur.stream.eos:
        raise TemplateSyntaxError("la condition a une suite inattendue", 1)
    return expr


def excerpts(redaction: Redaction) -> Iterator[Extrait]:
    """The body and the texts of the front matter that are written like it."""
    entete, fichier = redaction.entete, redaction.fichier
    condition: nodes.Expr | None = None
    if entete.si:
        yield Extrait(entete.si, in_header(fichier, ("si",)), condition=True)
        try:
            condition = parse_condition(entete.si)
        except TemplateSyntaxError:
            condition = None
    yield Extrait(redaction.corps, _in_body(redaction), faits=condition, blocs=True)
    if entete.sinon:
        place = in_header(fichier, ("sinon",))
        yield Extrait(entete.sinon, place, faits=condition, vrai=False, blocs=True)
    for texte, chemin in _short_texts(redaction):
        yield Extrait(texte, in_header(fichier, chemin))


def _short_texts(redaction: Redaction) -> Iterator[tuple[str, Chemin]]:
    entete = redaction.entete
    if entete.titre:
        yield entete.titre, ("titre",)
    for rang, tableau in enumerate(entete.tableaux):
        if tableau.legende:
            yield tableau.legende, ("tableaux", rang, "legende")
    for rang, signataire in enumerate(entete.signataires):
        yield signataire.qualite, ("signataires", rang, "qualite")
        yield signataire.mention, ("signataires", rang, "mention")
        yield signataire.nom, ("signataires", rang, "nom")


def in_header(fichier: FichierYaml, chemin: Chemin) -> Callable[[int, int], Source]:
    """Places every line of a text where its value begins in the YAML."""

    def place(_ligne: int, _colonne: int) -> Source:
        return fichier.source(chemin)

    return place


def _in_body(redaction: Redaction) -> Callable[[int, int], Source]:
    def place(ligne: int, colonne: int) -> Source:
        if ligne == ENTETE_TABLEAUX:
            return redaction.fichier.source(("tableaux",))
        lieu = redaction.source(ligne)
        return Source(lieu.fichier, lieu.ligne, lieu.colonne or colonne)

    return place
