"""Decisions of a targeting + library + law → the note of an establishment, or the regional list."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib

from caqes_docs import __version__
from caqes_docs.assembly.assembler import with_contents, wordings_digest, write_parts
from caqes_docs.assembly.ciblage.contexte import build_targeting_context, reference_date
from caqes_docs.assembly.ciblage.decisions import Ciblage
from caqes_docs.assembly.ciblage.releve import render_releve
from caqes_docs.core.errors import ClauseError
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.document.model import Document, Metadonnees, Piece
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque
from caqes_docs.redaction.langage.vocabulaire import Acte

_RELEVE = "Décisions de ciblage, avec leurs valeurs, leurs seuils et leurs sources"


def assemble_targeting(
    type_document: TypeDocument,
    campagne: Ciblage,
    decision: DecisionEtablissement | None,
    bibliotheque: Bibliotheque,
    droit: Droit,
    date_edition: dt.date | None = None,
) -> Document:
    """The note of `decision`, or without one the list and synthesis of the region.

    Raises:
        DroitError: L-008 the year is outside the regime, or the law does not answer then.
        ClauseError: a clause, a reference or the plan is faulty.
    """
    plan, date = type_document.plan, reference_date(campagne.annee)
    _check_regime(type_document, droit, date)
    acte = Acte(plan.titre, date, None)
    contexte = functools.partial(build_targeting_context, campagne, decision, acte, droit)
    corps, couverture, bandeaux, sujet = write_parts(
        type_document, bibliotheque, date, contexte, definitif=True
    )
    releve = render_releve(campagne, decision)
    return Document(
        metadonnees=_metadata(type_document, campagne, decision, sujet, date_edition or date),
        bandeaux=bandeaux,
        couverture=couverture,
        corps=with_contents(plan, corps),
        brouillon=False,
        pieces=(Piece("ciblage.json", releve, "application/json", _RELEVE),),
        provenance={
            "logiciel": f"caqes_docs {__version__}",
            "ciblage": hashlib.sha256(releve).hexdigest(),
            "ars": campagne.ars.fichier.empreinte,
            "plan": type_document.charge.fichier.empreinte,
            "clauses": wordings_digest(corps + couverture, bibliotheque, date),
        },
    )


def _check_regime(type_document: TypeDocument, droit: Droit, date: dt.date) -> None:
    regimes = type_document.plan.regimes
    if not regimes:
        raise ClauseError(
            "P-002",
            f"Le document «\u00a0{type_document.plan.id}\u00a0» n’admet aucun régime.",
            remede="En nommer un dans son plan.",
            source=type_document.charge.fichier.source(("regimes",)),
        )
    droit.regime(regimes[0], date)


def _metadata(
    type_document: TypeDocument,
    campagne: Ciblage,
    decision: DecisionEtablissement | None,
    sujet: str,
    date: dt.date,
) -> Metadonnees:
    qui = decision.nom if decision else campagne.ars.valeur.region
    code = decision.finess if decision else campagne.ars.valeur.id
    return Metadonnees(
        type=type_document.plan.id,
        titre=f"{typographier(type_document.plan.titre)} – {qui}",
        sujet=sujet,
        auteur=campagne.ars.valeur.nom,
        reference=f"CIBLAGE-{campagne.annee}-{code}",
        date=date,
        mots_cles=("CAQES", "ciblage", str(campagne.annee), code),
    )
