"""A subject + a plan + the library + the law → one closed document, everything resolved."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from caqes_docs import __version__
from caqes_docs.assembly.consignes import missing_instructions
from caqes_docs.assembly.contrat.articles import moved_articles, renumbered
from caqes_docs.assembly.manques import missing_findings
from caqes_docs.assembly.noms import NOMS
from caqes_docs.assembly.sujet import Assemblage, Sujet
from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.errors import ClauseError, DonneesError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.typographie import typographier, typographier_saisie
from caqes_docs.document import model as doc
from caqes_docs.document.relecture import proofread
from caqes_docs.document.texte import heading_text
from caqes_docs.document.walk import iter_divisions, plain
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.avertissements import notices, own_words
from caqes_docs.redaction.bibliotheque.numerotation import Numeroteur, Renvois
from caqes_docs.redaction.bibliotheque.places import Place
from caqes_docs.redaction.bibliotheque.plan import Plan, TypeDocument
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque
from caqes_docs.redaction.langage.clause import Manques, evaluate, render_clause, render_line
from caqes_docs.redaction.langage.fonctions import bind_volet, library_functions, views
from caqes_docs.redaction.langage.vues import raw

MARQUE_PROJET = "PROJET"
_PROFONDEUR_SOMMAIRE = 2


def assemble(
    type_document: TypeDocument,
    sujet: Sujet,
    bibliotheque: Bibliotheque,
    droit: Droit,
    *,
    definitif: bool,
) -> Assemblage:
    """The document of `sujet`.

    Raises:
        DonneesError: D-060 data missing from a final document (all listed).
        DroitError: the law does not answer at the subject's date.
        ClauseError: P-002 not under that regime; a clause, a reference or the plan is faulty.
    """
    document, constats = assemble_words(
        type_document, sujet, bibliotheque, droit, definitif=definitif
    )
    return Assemblage(document, sujet, (*constats, *sort_constats(proofread(document))))


def assemble_words(
    type_document: TypeDocument,
    sujet: Sujet,
    bibliotheque: Bibliotheque,
    droit: Droit,
    *,
    definitif: bool,
) -> tuple[doc.Document, list[Constat]]:
    """The document and what is missing from it, not proofread; raises as `assemble` does."""
    _check_regime(type_document, sujet, droit)
    assembleur = _Assembleur(type_document, sujet, bibliotheque, droit, definitif)
    document = assembleur.document()
    constats = sort_constats(missing_findings(document, assembleur.manques.tus.values()))
    manques = [c for c in constats if c.gravite is Gravite.MANQUE]
    if definitif and manques:
        raise DonneesError(
            "D-060",
            f"{sujet.designation} définitif ne peut pas être produit\u00a0: "
            f"{compte(len(manques), 'donnée(s) à compléter')}.",
            manques,
        )
    return document, constats


def _check_regime(type_document: TypeDocument, sujet: Sujet, droit: Droit) -> None:
    plan, regime = type_document.plan, sujet.regime
    if regime is None:
        return
    if regime.id is None and not plan.regimes:
        raise ClauseError(
            "P-002",
            f"Le document «\u00a0{plan.id}\u00a0» n’admet aucun régime.",
            remede="En nommer un dans son plan.",
            source=type_document.charge.fichier.source(("regimes",)),
        )
    if regime.id is not None and regime.id not in plan.regimes:
        raise ClauseError(
            "P-002",
            f"Le document «\u00a0{plan.id}\u00a0» n’existe pas sous le régime "
            f"«\u00a0{regime.id}\u00a0».",
            remede=f"Régimes admis\u00a0: {', '.join(plan.regimes)}.",
            source=regime.source,
        )
    droit.regime(regime.id or plan.regimes[0], regime.date)


class _Assembleur:
    """One document being made."""

    def __init__(
        self,
        type_document: TypeDocument,
        sujet: Sujet,
        bibliotheque: Bibliotheque,
        droit: Droit,
        definitif: bool,
    ) -> None:
        self.type = type_document
        self.plan = type_document.plan
        self.sujet = sujet
        self.bibliotheque = bibliotheque
        self.droit = droit
        self.definitif = definitif
        self.renvois, self.manques = Renvois(bibliotheque.present), Manques(definitif)
        self.contexte = views(sujet.valeurs, NOMS.types, self.manques)
        self.contexte.update(library_functions(droit, sujet.date, self.renvois))

    def document(self) -> doc.Document:
        """The whole document."""
        couverture, places = self._places()
        avis = notices((*couverture, *places))
        redacteur = _Redacteur(self.contexte, self.manques, avis, self._law_of_brought())
        bandeaux = self._running_lines()
        objet = self._line(self.plan.sujet, ("sujet",))
        corps = tuple(redacteur.place(place) for place in places)
        blocs_couverture = (
            *(redacteur.place(place) for place in couverture),
            *self._own_words((*couverture, *places)),
        )
        return doc.Document(
            metadonnees=self._metadata(objet),
            bandeaux=bandeaux,
            couverture=blocs_couverture,
            corps=_with_contents(self.plan, corps),
            brouillon=not self.definitif,
            consignes=missing_instructions(
                blocs_couverture + corps, self.renvois.places.values(), self.droit
            ),
            pieces=self.sujet.pieces,
            provenance={
                "logiciel": f"caqes_docs {__version__}",
                **self.sujet.provenance,
                "plan": self.type.charge.fichier.empreinte,
                "clauses": _wordings_digest(
                    corps + blocs_couverture, self.bibliotheque, self.sujet.date
                ),
            },
        )

    def _law_of_brought(self) -> dict[str, dict[str, object]]:
        """What the clauses brought by avenants may call: the law of their own date."""
        return {
            clause: library_functions(une.droit, une.date, self.renvois)
            for clause, une in self.bibliotheque.retenues.items()
        }

    def _places(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """The numbered places of the cover and of the body; references lead to them."""
        volets = raw(self.contexte.get("volets"))
        numeroteur = Numeroteur(
            self.bibliotheque,
            self.sujet.date,
            lambda redaction, volet: evaluate(redaction, bind_volet(self.contexte, volet)),
            frozenset(ligne.id for ligne in volets.lignes) if volets else frozenset(),
            self.sujet.modifications,
            self.sujet.numeros,
        )
        couverture = numeroteur.cover(self.plan)
        places = numeroteur.number(self.plan)
        self.renvois.learn(couverture + places)
        self._follow(moved_articles(places))
        return couverture, places

    def _follow(self, numeros: Mapping[str, str]) -> None:
        """Name in the annexes the articles of the contrat type as this act numbers them."""
        suivis = {
            nom: (renumbered(valeur, numeros), lieu)
            for nom, (valeur, lieu) in self.sujet.valeurs.items()
            if numeros and nom in ("indicateurs", "plan")
        }
        self.contexte.update(views(suivis, NOMS.types, self.manques))

    def _own_words(self, places: tuple[Place, ...]) -> Iterator[doc.Bloc]:
        """On the cover of a draft, that its words are not those of the imposed model."""
        propres = "" if self.definitif or not self.plan.modele_impose else own_words(places)
        if propres:
            yield doc.Paragraphe((doc.Texte(propres),), "avertissement")

    def _running_lines(self) -> doc.Bandeaux:
        bandeaux = self.plan.bandeaux
        gauche, droite, pied = (
            self._line(texte, ("bandeaux", cle))
            for cle, texte in (
                ("entete_gauche", bandeaux.entete_gauche),
                ("entete_droite", bandeaux.entete_droite),
                ("pied_gauche", bandeaux.pied_gauche),
            )
        )
        return doc.Bandeaux(gauche, droite, pied, projet="" if self.definitif else MARQUE_PROJET)

    def _line(self, texte: str, chemin: tuple[str, ...]) -> str:
        source = self.type.charge.fichier.source(chemin)
        return plain(render_line(texte, self.contexte, source))

    def _metadata(self, objet: str) -> doc.Metadonnees:
        return doc.Metadonnees(
            type=self.plan.id,
            titre=f"{typographier(self.plan.titre)} – {typographier_saisie(self.sujet.nom)}",
            sujet=objet,
            auteur=self.sujet.ars.valeur.nom,
            reference=self.sujet.reference,
            date=self.sujet.edition,
            mots_cles=self.sujet.mots_cles,
        )


@dataclass
class _Redacteur:
    """Turns numbered places into blocks."""

    contexte: dict[str, object]
    manques: Manques
    avis: Mapping[str, str]
    """The notices of a draft, by anchor of clause."""
    droits: Mapping[str, Mapping[str, object]]
    """The law that a clause cites, when it is not that of the date of the act."""

    def place(self, place: Place) -> doc.Bloc:
        if place.chapitre is not None:
            contenu = (doc.Texte(typographier(place.chapitre.titre)),)
            titre = doc.Titre(1, place.numero, contenu, sur_deux_lignes=True)
            return doc.Section(place.ancre, titre, tuple(map(self.place, place.contenu)))
        if place.apport is not None:
            return replace(place.apport, titre=replace(place.apport.titre, numero=place.numero))
        sien = self.droits.get(place.redaction.entete.id, {}) if place.redaction else {}
        contexte = bind_volet({**self.contexte, **sien}, place.volet)
        clause = render_clause(place, contexte, self.manques, self.avis.get(place.ancre))
        if place.annexe is None and not place.paysage:
            return clause
        return _section(place, clause)


def _section(place: Place, clause: doc.Clause) -> doc.Section:
    """The division of an annex, on a new page, or of a clause on landscape pages."""
    titre = clause.titre or doc.Titre(1, place.numero, (), sur_deux_lignes=True)
    interne = replace(clause, titre=None)
    return doc.Section(
        f"{place.ancre[:36]}_ann",
        titre,
        (interne,),
        orientation="paysage" if place.paysage else "portrait",
        nouvelle_page=place.annexe is not None and not place.annexe.suite,
    )


def _with_contents(plan: Plan, corps: tuple[doc.Bloc, ...]) -> tuple[doc.Bloc, ...]:
    """The body under its contents, when the plan wants one."""
    if plan.sommaire is None:
        return corps
    entrees = []
    for bloc in iter_divisions(corps):
        if bloc.titre is not None:
            texte = heading_text(bloc.titre).replace("\n", "\u00a0: ")
            entrees.append(doc.EntreeSommaire(bloc.titre.niveau, texte, bloc.ancre))
    visibles = tuple(entree for entree in entrees if entree.niveau <= _PROFONDEUR_SOMMAIRE)
    titre = (doc.Texte(typographier(plan.sommaire)),)
    return (doc.Sommaire(titre, visibles), *corps)


def _wordings_digest(blocs: tuple[doc.Bloc, ...], bibliotheque: Bibliotheque, date: dt.date) -> str:
    """The digest of the wordings that `blocs` were made from."""
    clauses = hashlib.sha256()
    for bloc in iter_divisions(blocs):
        if isinstance(bloc, doc.Clause):
            clauses.update(bibliotheque.wording(bloc.identite.id, date).empreinte.encode())
    return clauses.hexdigest()
