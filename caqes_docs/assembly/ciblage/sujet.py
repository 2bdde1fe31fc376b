"""The decisions of a targeting as subjects: the note of an establishment, the regional list."""

from __future__ import annotations

import datetime as dt
import hashlib

from caqes_docs.assembly.ciblage.decisions import Ciblage, resolve_etablissement, resolve_region
from caqes_docs.assembly.ciblage.releve import render_releve
from caqes_docs.assembly.sujet import RegimeDuSujet, Sujet
from caqes_docs.document.model import Piece
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.langage.vocabulaire import Acte
from caqes_docs.redaction.langage.vues import Lieu

_RELEVE = "Décisions de ciblage, avec leurs valeurs, leurs seuils et leurs sources"


def describe_targeting(
    type_document: TypeDocument,
    campagne: Ciblage,
    decision: DecisionEtablissement | None,
    date_edition: dt.date | None = None,
) -> Sujet:
    """The subject of the note of `decision`, or without one of the list of the region."""
    date, releve = reference_date(campagne.annee), render_releve(campagne, decision)
    nom = decision.nom if decision else campagne.ars.valeur.region
    code = decision.finess if decision else campagne.ars.valeur.id
    nulle_part = Lieu(None, (), "ciblage")
    return Sujet(
        nom=nom,
        reference=f"CIBLAGE-{campagne.annee}-{code}",
        mots_cles=("CAQES", "ciblage", str(campagne.annee), code),
        ars=campagne.ars,
        date=date,
        edition=date_edition or date,
        acte=Acte(type_document.plan.titre, date, None),
        lieu=nulle_part,
        noms={"region": (resolve_region(campagne), Lieu(None, (), "région"))}
        if decision is None
        else {"ciblage": (resolve_etablissement(campagne, decision), nulle_part)},
        regime=RegimeDuSujet(date),
        pieces=(Piece("ciblage.json", releve, "application/json", _RELEVE),),
        provenance={
            "ciblage": hashlib.sha256(releve).hexdigest(),
            "ars": campagne.ars.fichier.empreinte,
        },
    )


def reference_date(annee: int) -> dt.date:
    """The day that chooses thresholds and wordings of a targeting: the first of its year."""
    return dt.date(annee, 1, 1)
