"""Say why an act reads as it does: dates, wordings, terms, parameters, indicators left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.contrat.vocabulaire import IndicateursResolus
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.core.errors import CaqesError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.signature import RegleDate, Signature
from caqes_docs.data.dossier.volets import Volet
from caqes_docs.document.model import Citation, Clause
from caqes_docs.document.walk import iter_document, iter_document_inlines
from caqes_docs.law.droit.dates import last_day
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.droit.modeles import Terme
from caqes_docs.redaction.bibliotheque.types import find_type


@dataclass(frozen=True, slots=True)
class Explication:
    """One thing explained: what, its value, why, and on what ground."""

    sujet: str
    quoi: str
    valeur: str
    raison: str
    source: str


def explain(
    projet: Projet, nom: str, type_id: str, options: Options, sujet: str = ""
) -> list[Explication]:
    """The explanations of the act of dossier `nom`; `sujet` keeps one chapter of them.

    Raises:
        CaqesError: the act cannot be assembled.
    """
    affaire = select(projet.named([nom]), [nom])[0]
    assemblage = assemble_checked(
        projet, affaire, find_type(projet.types, type_id), options, entier=True
    )
    toutes = [
        *_dates(assemblage, affaire),
        *_clauses(assemblage),
        *_indicators(assemblage),
        *_law(assemblage, projet.droit),
        *_citations(assemblage, projet.droit),
    ]
    return [explication for explication in toutes if not sujet or explication.sujet == sujet]


SUJETS = ("dates", "clauses", "indicateurs", "droit", "citations")


def _dates(assemblage: Assemblage, affaire: Affaire) -> Iterator[Explication]:
    acte, contrat = assemblage.sujet.acte, affaire.dossier.valeur.contrat
    signature = acte.date_signature
    yield _signature("date de signature", signature, contrat.signature, affaire, ("signature",))
    raison = (
        "1er janvier qui suit la signature (R-DATE-1, contrat type, art. 2)"
        if signature
        else "donnée par --date-effet"
    )
    if acte.date_effet is not None:
        yield Explication("dates", "date d’effet", date_longue(acte.date_effet), raison, "")
    for nom, volet in contrat.volets.items():
        yield from _volet_dates(nom, volet, affaire)


def _volet_dates(nom: str, volet: Volet, affaire: Affaire) -> Iterator[Explication]:
    """The dates of a volet: its own signature, the effect that follows, its last day."""
    jour = volet.signature.date_retenue if volet.signature else None
    chemin = ("volets", nom, "signature")
    yield _signature(f"volet {nom}, date de signature", jour, volet.signature, affaire, chemin)
    if jour is None:
        return
    effet = effect_date(jour)
    raison = "1er janvier qui suit la signature du volet (R-DATE-2, contrat type, art. 2)"
    yield Explication("dates", f"volet {nom}, date d’effet", date_longue(effet), raison, "")
    if volet.duree:
        fin = last_day(effet, volet.duree)
        source = str(affaire.dossier.fichier.source(("contrat", "volets", nom, "duree")))
        raison = f"durée de {volet.duree} ans (R-DATE-5, contrat type, art. 2)"
        yield Explication("dates", f"volet {nom}, dernier jour", date_longue(fin), raison, source)


_REGLES = {
    RegleDate.DERNIERE: "la dernière des signatures des parties (derniere_signature)",
    RegleDate.FIXEE: "la date que les parties ont fixée (date_fixee)",
}


def _signature(
    objet: str,
    jour: dt.date | None,
    signature: Signature | None,
    affaire: Affaire,
    chemin: tuple[str, ...],
) -> Explication:
    """A date of signature, and the rule that chooses it among those of the parties."""
    regle = signature.regle if signature else None
    cle = "dates_des_parties" if regle is RegleDate.DERNIERE else "date"
    return Explication(
        "dates",
        objet,
        date_longue(jour) if jour else "inconnue (projet)",
        _REGLES[regle] if regle else "écrite dans le dossier",
        str(affaire.dossier.fichier.source(("contrat", *chemin, cle))),
    )


def _clauses(assemblage: Assemblage) -> Iterator[Explication]:
    for bloc in iter_document(assemblage.document):
        if isinstance(bloc, Clause):
            identite = bloc.identite
            yield Explication(
                "clauses",
                identite.id,
                f"rédaction du {date_longue(identite.version)}",
                f"en vigueur au {date_longue(assemblage.sujet.date)}\u00a0; "
                f"{identite.statut}, bibliothèque {identite.bibliotheque}",
                identite.source,
            )


def _indicators(assemblage: Assemblage) -> Iterator[Explication]:
    resolus = assemblage.sujet.noms["indicateurs"][0]
    assert isinstance(resolus, IndicateursResolus)
    for ligne in resolus.sans_objet:
        lieu = ligne.origines.get("motif")
        yield Explication(
            "indicateurs",
            ligne.code,
            "sans objet",
            ligne.motif,
            str(lieu.source) if lieu else "catalogue",
        )
    for indicateur in resolus.tous:
        cible = f"{indicateur.sens} {indicateur.cible or '(à compléter)'}".strip()
        yield Explication(
            "indicateurs",
            indicateur.code,
            f"cible {indicateur.annee_cible}\u00a0: {cible}",
            indicateur.libelle,
            str(indicateur.origines["cible"].source),
        )


def _law(assemblage: Assemblage, droit: Droit) -> Iterator[Explication]:
    date = assemblage.sujet.date
    for identifiant in droit.parametres:
        try:
            valeur = droit.parameter(identifiant, date)
        except CaqesError as error:
            yield Explication("droit", identifiant, "aucune valeur", error.message, "")
            continue
        yield Explication(
            "droit",
            identifiant,
            valeur.version.valeur,
            f"{valeur.version.certitude.value}\u00a0; {', '.join(valeur.version.references)}",
            valeur.version.source,
        )
    for terme in droit.termes.values():
        yield from _term(droit, terme, date)


def _term(droit: Droit, terme: Terme, date: dt.date) -> Iterator[Explication]:
    try:
        valeur = droit.term(terme.id, date)
    except CaqesError as error:
        yield Explication("droit", terme.id, "aucun nom", error.message, "")
        return
    yield Explication(
        "droit",
        terme.id,
        valeur.texte,
        f"nom en usage\u00a0; {valeur.certitude.value}",
        valeur.source,
    )


def _citations(assemblage: Assemblage, droit: Droit) -> Iterator[Explication]:
    cites = dict.fromkeys(
        inline.reference
        for inline in iter_document_inlines(assemblage.document)
        if isinstance(inline, Citation)
    )
    for reference in cites:
        texte = droit.text(reference, assemblage.sujet.date)
        yield Explication(
            "citations", reference, texte.libelle, texte.certitude.value, texte.source
        )
