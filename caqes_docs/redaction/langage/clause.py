"""One wording and a context make the blocks of one clause."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import TemplateError, TemplateSyntaxError

from caqes_docs.core.errors import CaqesError, ClauseError
from caqes_docs.core.source import Source
from caqes_docs.document import model as doc
from caqes_docs.redaction.bibliotheque.numerotation import LONGUEUR_ANCRE
from caqes_docs.redaction.bibliotheque.places import Place
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.langage.markdown_reader import FormeTableau, Intertitre, Lecture, demote
from caqes_docs.redaction.langage.moteur import ConstructionError, compile_condition, render
from caqes_docs.redaction.langage.vues import FACULTATIVE, EcritureError, Vue, lieu_of, missing


@dataclass
class Manques:
    """Hears which missing data a condition was tested on.

    A final act says nothing of an optional key that was left empty: it is kept apart, to be told.
    """

    definitif: bool = False
    noeuds: dict[str, doc.ACompleter] = field(default_factory=dict)
    tus: dict[str, doc.ACompleter] = field(default_factory=dict)

    def __call__(self, vue: Vue) -> None:
        """Note that the answer of `vue` is unknown."""
        noeud, ici = missing(vue), str(lieu_of(vue))
        if not noeud.cles.endswith(FACULTATIVE):
            self.noeuds[ici] = noeud
        else:
            (self.tus if self.definitif else self.noeuds).setdefault(ici, noeud)

    def drain(self) -> tuple[doc.Bloc, ...]:
        """The warnings to print, and forget them."""
        blocs = tuple(
            doc.Paragraphe(
                (doc.Texte("Cette clause dépend d’une réponse\u00a0: "), noeud), "avertissement"
            )
            for noeud in self.noeuds.values()
        )
        self.noeuds.clear()
        return blocs


def evaluate(redaction: Redaction, contexte: Mapping[str, object]) -> bool:
    """Whether the condition `si` of a wording holds.

    Raises:
        ClauseError: C-020 the condition cannot be evaluated.
    """
    if not redaction.entete.si:
        return True
    try:
        return bool(compile_condition(redaction.entete.si)(**contexte))
    except (TemplateError, TypeError, AttributeError) as error:
        source = redaction.fichier.source(("si",))
        raise _render_fault(error, source) from error


def render_line(texte: str, contexte: Mapping[str, object], source: Source) -> doc.Inlines:
    """A short text (title, caption, name) as inlines."""
    try:
        rendu, registre = render(texte, contexte)
    except (TemplateError, TypeError, AttributeError) as error:
        raise _render_fault(error, source) from error
    return Lecture(registre).read_line(rendu.strip())


def render_clause(
    place: Place, contexte: Mapping[str, object], manques: Manques, avis: str | None = None
) -> doc.Clause:
    """The clause at `place`, with its number and title, under the notice `avis`.

    Raises:
        ClauseError: C-020 the wording cannot be rendered; C-021 it prints nothing.
    """
    redaction = place.redaction
    assert redaction is not None
    entete = redaction.entete
    blocs = tuple(_body(place, redaction, contexte))
    if entete.signataires:
        blocs = (*blocs, _signatures(redaction, contexte))
    if not blocs and not place.contenu:
        raise ClauseError(
            "C-021",
            f"La clause «\u00a0{entete.id}\u00a0» n’imprime rien.",
            remede="Lui donner un texte, une condition «\u00a0si\u00a0», ou la retirer du plan.",
            source=redaction.source(),
        )
    avertissements = manques.drain()
    if avis is not None:
        avertissements = (doc.Paragraphe((doc.Texte(avis),), "avertissement"), *avertissements)
    identite = doc.IdentiteClause(
        entete.id,
        entete.en_vigueur.du,
        entete.statut,
        redaction.bibliotheque,
        redaction.fichier.nom,
        None if redaction.validation is None else redaction.validation.fait,
    )
    return doc.Clause(
        identite, place.ancre, _title(place, redaction, contexte), (*avertissements, *blocs)
    )


def _title(place: Place, redaction: Redaction, contexte: Mapping[str, object]) -> doc.Titre | None:
    titre = redaction.entete.titre
    if titre is None:
        return None
    contenu = render_line(titre, contexte, redaction.fichier.source(("titre",)))
    seule = place.annexe is not None and not place.annexe.suite
    return doc.Titre(place.niveau, place.numero, contenu, seule)


def _body(place: Place, redaction: Redaction, contexte: Mapping[str, object]) -> list[doc.Bloc]:
    entete = redaction.entete
    source = redaction.corps if place.imprimee else str(entete.sinon)
    try:
        texte, registre = render(source, contexte)
    except (TemplateError, TypeError, AttributeError) as error:
        raise _render_fault(error, redaction.source(_line_of(error))) from error
    except CaqesError as error:
        error.source = error.source or redaction.source(_line_of(error))
        raise
    formes = tuple(
        FormeTableau(
            forme.largeurs,
            render_line(forme.legende, contexte, redaction.fichier.source(("tableaux",)))
            if forme.legende
            else (),
            bool(forme.entete_colonne),
            forme.facultatives,
            tuple(colonne.silence for colonne in forme.colonnes),
        )
        for forme in redaction.developpe.formes
    )
    lecture = Lecture(registre, entete.role, formes, bool(entete.liste_lettres))
    try:
        lus = lecture.read(texte)
    except (TypeError, ValueError) as error:
        raise _render_fault(error, redaction.source()) from error
    niveau = place.niveau + 1 if entete.titre else place.niveau
    return list(nest(lus, niveau, place.ancre))


def nest(lus: list[doc.Bloc | Intertitre], niveau: int, ancre: str) -> tuple[doc.Bloc, ...]:
    """Blocks under the headings that introduce them, as nested sections."""
    sortie: list[doc.Bloc] = []
    rang = 0
    while rang < len(lus):
        bloc = lus[rang]
        rang += 1
        if not isinstance(bloc, Intertitre):
            sortie.append(bloc)
            continue
        fin = rang
        while fin < len(lus) and not _closes(lus[fin], bloc):
            fin += 1
        petite_ancre = f"{ancre[: LONGUEUR_ANCRE - 4]}_{len(sortie) + 1}"
        dedans = nest(lus[rang:fin], niveau + 1, petite_ancre)
        sortie.append(doc.Section(petite_ancre, demote(bloc, niveau), dedans))
        rang = fin
    return tuple(sortie)


def _closes(bloc: doc.Bloc | Intertitre, ouvert: Intertitre) -> bool:
    return isinstance(bloc, Intertitre) and bloc.rang <= ouvert.rang


def _signatures(redaction: Redaction, contexte: Mapping[str, object]) -> doc.BlocSignature:
    def line(texte: str, rang: int, cle: str) -> doc.Inlines:
        return render_line(texte, contexte, redaction.fichier.source(("signataires", rang, cle)))

    return doc.BlocSignature(
        tuple(
            doc.Signataire(
                line(signataire.qualite, rang, "qualite"),
                line(signataire.mention, rang, "mention"),
                line(signataire.nom, rang, "nom"),
                signataire.champ,
            )
            for rang, signataire in enumerate(redaction.entete.signataires)
        )
    )


def _line_of(error: BaseException) -> int:
    """The line of the template where `error` arose (Jinja keeps it in the traceback)."""
    lignes = [
        cadre.lineno or 1
        for cadre in traceback.extract_tb(error.__traceback__)
        if cadre.filename in ("<template>", "<unknown>")
    ]
    return getattr(error, "lineno", None) or (lignes[-1] if lignes else 1)


def _render_fault(error: BaseException, source: Source) -> ClauseError:
    if isinstance(error, ConstructionError):
        message = str(error.message)
    elif isinstance(error, EcritureError):
        message = str(error.args[0])
    elif isinstance(error, TemplateSyntaxError):
        message = "une accolade manque, ou est en trop"
    else:
        message = "une donnée nommée entre accolades n’existe pas"
    return ClauseError(
        "C-020",
        f"La clause ne peut pas être rédigée\u00a0: {message}.",
        remede="Lancer «\u00a0caqes clauses verifier\u00a0» pour le détail.",
        source=source,
    )
