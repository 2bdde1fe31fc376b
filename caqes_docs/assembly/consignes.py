"""What a draft tells a jurist of each missing datum: what, asked by which article, known by whom.

Paths and lines of files are for the terminal; nothing of them is said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from caqes_docs.core.francais.typographie import typographier
from caqes_docs.document import model as doc
from caqes_docs.document.texte import reference_words
from caqes_docs.document.walk import iter_blocks, iter_divisions, iter_inlines, own_inlines, plain
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import TexteCite
from caqes_docs.redaction.bibliotheque.places import Place


def missing_instructions(
    blocs: tuple[doc.Bloc, ...], places: Iterable[Place], droit: Droit
) -> dict[str, tuple[str, ...]]:
    """By path, what is said of each datum missing from `blocs`, where it is first asked."""
    par_ancre = {place.ancre: place for place in places}
    consignes: dict[str, tuple[str, ...]] = {}
    for clause in iter_divisions(blocs):
        if isinstance(clause, doc.Clause):
            for manque in _missing(clause):
                if manque.chemin not in consignes:
                    lignes = _lines(manque, clause, par_ancre[clause.ancre], droit)
                    consignes[manque.chemin] = tuple(map(typographier, lignes))
    return consignes


def _missing(clause: doc.Clause) -> Iterator[doc.ACompleter]:
    for bloc in iter_blocks((clause,)):
        for contenu in own_inlines(bloc):
            yield from (i for i in iter_inlines(contenu) if isinstance(i, doc.ACompleter))


def _lines(manque: doc.ACompleter, clause: doc.Clause, place: Place, droit: Droit) -> Iterator[str]:
    yield f"Il manque : {manque.libelle}."
    yield f"Demandé par : {_asking(clause, place, droit.textes)}."
    qui = droit.holder(manque.chemin)
    if qui:
        yield f"Qui le sait : {qui}."


def _asking(clause: doc.Clause, place: Place, textes: Mapping[str, TexteCite]) -> str:
    """The article of the act, and the texts that its clause stands on."""
    article = reference_words(place.numero)
    if not article and clause.titre is not None:
        article = f"« {plain(clause.titre.contenu)} »"
    references = place.redaction.entete.references if place.redaction else ()
    cites = (textes[nom] for nom in references if nom in textes)
    noms = (t.libelle if t.libelle.startswith("article") else t.court for t in cites)
    droits = dict.fromkeys(noms)
    return f"{article or 'cet acte'} ({', '.join(droits)})" if droits else article or "cet acte"
