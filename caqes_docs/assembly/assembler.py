"""Data + library + law → one closed document, everything resolved."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from caqes_docs import __version__
from caqes_docs.assembly.conditions import check_produced
from caqes_docs.assembly.contexte import bind_volet, build_context
from caqes_docs.assembly.contrat.dates import DatesDemandees, Faits, establish_facts
from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.errors import ClauseError, DonneesError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.core.source import parse_source
from caqes_docs.data.depot import Affaire
from caqes_docs.document.model import (
    ACompleter,
    Bandeaux,
    Bloc,
    Clause,
    Document,
    EntreeSommaire,
    Metadonnees,
    Piece,
    Renvoi,
    SautDePage,
    Section,
    Sommaire,
    Texte,
    Titre,
)
from caqes_docs.document.texte import heading_text
from caqes_docs.document.walk import iter_divisions, iter_document_inlines, plain
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.avertissements import notices
from caqes_docs.redaction.bibliotheque.numerotation import Numeroteur, Place, Renvois
from caqes_docs.redaction.bibliotheque.plan import Plan, TypeDocument
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque
from caqes_docs.redaction.langage.clause import Manques, evaluate, render_clause, render_line
from caqes_docs.redaction.langage.vues import Signal, raw

MARQUE_PROJET = "PROJET"
_PROFONDEUR_SOMMAIRE = 3


@dataclass(frozen=True)
class Options:
    """How an act is made. Every date is an input."""

    definitif: bool = False
    date_effet: dt.date | None = None
    """Stands in for an unknown signature, in a draft only."""
    date_edition: dt.date | None = None
    """Written in the properties of the files; the date of signature or of effect by default."""
    annee: int | None = None
    """The year evaluated, for the documents of an evaluation."""


@dataclass(frozen=True)
class Assemblage:
    """A document and what there is to say about it."""

    document: Document
    constats: tuple[Constat, ...]
    faits: Faits


def assemble(
    type_document: TypeDocument,
    affaire: Affaire,
    bibliotheque: Bibliotheque,
    droit: Droit,
    options: Options,
) -> Assemblage:
    """The act of `affaire`.

    Raises:
        DonneesError: D-051 no date; D-060 data missing from a final act (all listed); D-099.
        DroitError: the law does not answer at the act's date.
        ClauseError: a clause, a reference or the plan is faulty.
    """
    plan, dates = type_document.plan, _dates(options)
    check_produced(type_document, affaire, droit, dates)
    faits = establish_facts(affaire, droit, plan, dates)
    _check_regime(plan, faits)
    contexte = functools.partial(build_context, faits)
    corps, couverture, bandeaux, sujet = write_parts(
        type_document, bibliotheque, faits.date, contexte, definitif=options.definitif
    )
    document = Document(
        metadonnees=_metadata(plan, faits, sujet),
        bandeaux=bandeaux,
        couverture=couverture,
        corps=with_contents(plan, corps),
        brouillon=not options.definitif,
        pieces=_pieces(affaire, faits),
        provenance=_provenance(type_document, affaire, corps + couverture, bibliotheque, faits),
    )
    constats = sort_constats(missing_findings(document))
    if options.definitif and constats:
        raise DonneesError(
            "D-060",
            "L’acte définitif ne peut pas être produit\u00a0: "
            f"{compte(len(constats), 'donnée(s) à compléter')}.",
            constats,
        )
    return Assemblage(document, tuple(constats), faits)


def _dates(options: Options) -> DatesDemandees:
    """The dates asked for; a final act takes none in place of its signature."""
    date_effet = None if options.definitif else options.date_effet
    return DatesDemandees(date_effet, options.date_edition, options.annee)


def _check_regime(plan: Plan, faits: Faits) -> None:
    contrat = faits.affaire.dossier.valeur.contrat
    source = faits.affaire.dossier.fichier.source(("contrat", "regime"))
    if contrat.regime.value not in plan.regimes:
        raise ClauseError(
            "P-002",
            f"Le document «\u00a0{plan.id}\u00a0» n’existe pas sous le régime "
            f"«\u00a0{contrat.regime.value}\u00a0».",
            remede=f"Régimes admis\u00a0: {', '.join(plan.regimes)}.",
            source=source,
        )
    faits.droit.regime(contrat.regime.value, faits.acte.date_effet or faits.date_du_contenu)


def write_parts(
    type_document: TypeDocument,
    bibliotheque: Bibliotheque,
    date: dt.date,
    build: Callable[[Callable[[str], Renvoi], Signal], dict[str, object]],
    *,
    definitif: bool,
) -> tuple[tuple[Bloc, ...], tuple[Bloc, ...], Bandeaux, str]:
    """Body, cover, running lines and subject; `build` gives what the clauses may name."""
    plan = type_document.plan
    renvois, manques = Renvois(), Manques()
    contexte = build(renvois, manques)
    volets = raw(contexte.get("volets"))
    numeroteur = Numeroteur(
        bibliotheque,
        date,
        lambda redaction, volet: evaluate(redaction, bind_volet(contexte, volet)),
        frozenset(ligne.id for ligne in volets.lignes) if volets else frozenset(),
    )
    couverture = numeroteur.cover(plan)
    places = numeroteur.number(plan)
    renvois.learn(couverture + places)
    avis = {} if definitif else notices((*couverture, *places))
    redacteur = _Redacteur(contexte, manques, avis)

    def header(cle: str, texte: str) -> str:
        source = type_document.charge.fichier.source(("bandeaux", cle))
        return plain(render_line(texte, contexte, source))

    gauche = header("entete_gauche", plan.bandeaux.entete_gauche)
    droite = header("entete_droite", plan.bandeaux.entete_droite)
    pied = header("pied_gauche", plan.bandeaux.pied_gauche)
    projet = "" if definitif else MARQUE_PROJET
    bandeaux = Bandeaux(gauche, droite, pied, projet=projet)
    sujet = plain(
        render_line(plan.sujet, contexte, type_document.charge.fichier.source(("sujet",)))
    )
    corps = tuple(redacteur.place(place) for place in places)
    return corps, tuple(redacteur.place(place) for place in couverture), bandeaux, sujet


@dataclass
class _Redacteur:
    """Turns numbered places into blocks."""

    contexte: dict[str, object]
    manques: Manques
    avis: Mapping[str, str]
    """The notices of a draft, by anchor of clause."""

    def place(self, place: Place) -> Bloc:
        if place.chapitre is not None:
            contenu = (Texte(typographier(place.chapitre.titre)),)
            titre = Titre(1, place.numero, contenu, sur_deux_lignes=True)
            return Section(place.ancre, titre, tuple(map(self.place, place.contenu)))
        contexte = bind_volet(self.contexte, place.volet)
        clause = render_clause(place, contexte, self.manques, self.avis.get(place.ancre))
        if place.annexe is None and not place.paysage:
            return clause
        return _section(place, clause)


def _section(place: Place, clause: Clause) -> Section:
    """The division of an annex, on a new page, or of a clause on landscape pages."""
    titre = clause.titre or Titre(1, place.numero, (), sur_deux_lignes=True)
    interne = replace(clause, titre=None)
    return Section(
        f"{place.ancre[:36]}_ann",
        titre,
        (interne,),
        orientation="paysage" if place.paysage else "portrait",
        nouvelle_page=place.annexe is not None,
    )


def with_contents(plan: Plan, corps: tuple[Bloc, ...]) -> tuple[Bloc, ...]:
    """The body under its contents, when the plan wants one."""
    if plan.sommaire is None:
        return corps
    entrees = []
    for bloc in iter_divisions(corps):
        if bloc.titre is not None:
            texte = heading_text(bloc.titre).replace("\n", "\u00a0: ")
            entrees.append(EntreeSommaire(bloc.titre.niveau, texte, bloc.ancre))
    visibles = tuple(entree for entree in entrees if entree.niveau <= _PROFONDEUR_SOMMAIRE)
    titre = (Texte(typographier(plan.sommaire)),)
    return (Sommaire(titre, visibles), SautDePage(), *corps)


def _metadata(plan: Plan, faits: Faits, sujet: str) -> Metadonnees:
    contrat = faits.affaire.dossier.valeur.contrat
    etablissement = faits.affaire.dossier.valeur.etablissement
    return Metadonnees(
        type=plan.id,
        titre=f"{typographier(plan.titre)} – {etablissement.nom_affiche}",
        sujet=sujet,
        auteur=faits.affaire.ars.valeur.nom,
        reference=contrat.reference,
        date=faits.edition,
        mots_cles=("CAQES", contrat.reference, etablissement.finess),
    )


def _pieces(affaire: Affaire, faits: Faits) -> tuple[Piece, ...]:
    dossier = Piece(
        "dossier.yaml",
        affaire.dossier.fichier.contenu,
        "application/yaml",
        "Données du dossier qui ont servi à établir l’acte",
    )
    if faits.evaluation is None:
        return (dossier,)
    evaluation = Piece(
        "evaluation.yaml",
        faits.evaluation.fichier.contenu,
        "application/yaml",
        "Données de l’évaluation qui ont servi à établir l’acte",
    )
    return (dossier, evaluation)


def _provenance(
    type_document: TypeDocument,
    affaire: Affaire,
    blocs: tuple[Bloc, ...],
    bibliotheque: Bibliotheque,
    faits: Faits,
) -> dict[str, str]:
    return {
        "logiciel": f"caqes_docs {__version__}",
        "dossier": affaire.dossier.fichier.empreinte,
        "ars": affaire.ars.fichier.empreinte,
        "organisme": affaire.organisme.fichier.empreinte,
        **({"evaluation": faits.evaluation.fichier.empreinte} if faits.evaluation else {}),
        "plan": type_document.charge.fichier.empreinte,
        "clauses": wordings_digest(blocs, bibliotheque, faits.date),
    }


def wordings_digest(blocs: tuple[Bloc, ...], bibliotheque: Bibliotheque, date: dt.date) -> str:
    """The digest of the wordings that `blocs` were made from."""
    clauses = hashlib.sha256()
    for bloc in iter_divisions(blocs):
        if isinstance(bloc, Clause):
            clauses.update(bibliotheque.wording(bloc.identite.id, date).empreinte.encode())
    return clauses.hexdigest()


def missing_findings(document: Document) -> list[Constat]:
    """What is missing, once per place; indicators that are not posed at all are told together."""
    manques = [
        inline for inline in iter_document_inlines(document) if isinstance(inline, ACompleter)
    ]
    absents: dict[str, list[str]] = {}
    constats = []
    for manque in manques:
        parties = manque.chemin.split(".")
        if parties[:2] == _INDICATEURS and _is_shared(manque, manques):
            absents.setdefault(manque.origine, []).append(parties[2])
        else:
            constats.append(_missing_one(manque))
    for origine, codes in absents.items():
        noms = list(dict.fromkeys(codes))
        constats.append(
            Constat(
                "D-060",
                Gravite.MANQUE,
                parse_source(origine),
                f"À compléter\u00a0: {compte(len(noms), 'indicateur(s)')} à poser "
                f"({', '.join(noms)}).",
                "Donner à chacun sa référence et sa cible, ou «\u00a0sans_objet\u00a0» "
                "et le motif.",
            )
        )
    return constats


_INDICATEURS = ["contrat", "indicateurs"]


def _is_shared(manque: ACompleter, manques: list[ACompleter]) -> bool:
    """Whether another indicator is missing at the very same place: neither stands in the file."""
    code = manque.chemin.split(".")[2]
    return any(
        autre.origine == manque.origine and autre.chemin.split(".")[2:3] != [code]
        for autre in manques
    )


def _missing_one(manque: ACompleter) -> Constat:
    return Constat(
        "D-060",
        Gravite.MANQUE,
        parse_source(manque.origine),
        f"À compléter\u00a0: {manque.libelle}.",
        f"Remplir «\u00a0{manque.chemin}\u00a0».",
    )
