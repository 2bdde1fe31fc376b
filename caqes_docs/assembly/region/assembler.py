"""Evaluations of a region + library + law → the regional report of one year."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from caqes_docs import __version__
from caqes_docs.assembly.assembler import (
    missing_findings,
    with_contents,
    wordings_digest,
    write_parts,
)
from caqes_docs.assembly.contexte import library_functions, views
from caqes_docs.assembly.region.sommes import AnneeRegionale, amount, resolve_region
from caqes_docs.core.constats import Constat, sort_constats
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.document.model import Document, Metadonnees, Piece, Renvoi
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque
from caqes_docs.redaction.langage.vocabulaire import Acte
from caqes_docs.redaction.langage.vues import Lieu, Signal

_RELEVE = "Mesures et montants proposés, établissement par établissement"


@dataclass(frozen=True)
class AssemblageRegional:
    """A document and the data that it lacks."""

    document: Document
    constats: tuple[Constat, ...]


def assemble_region(
    type_document: TypeDocument,
    campagne: AnneeRegionale,
    bibliotheque: Bibliotheque,
    droit: Droit,
    *,
    definitif: bool = False,
) -> AssemblageRegional:
    """The regional report of `campagne`.

    Raises:
        DonneesError: D-060 data missing from a final act (all listed).
        DroitError: the law does not answer at the date of the report.
        ClauseError: a clause, a reference or the plan is faulty.
    """
    contexte = functools.partial(
        _context, campagne, Acte(type_document.plan.titre, None, None), droit
    )
    document = _document(type_document, campagne, bibliotheque, contexte, definitif=definitif)
    constats = sort_constats(missing_findings(document))
    if definitif and constats:
        raise DonneesError(
            "D-060",
            "Le rapport définitif ne peut pas être produit\u00a0: "
            f"{compte(len(constats), 'donnée(s) à compléter')}.",
            constats,
        )
    return AssemblageRegional(document, tuple(constats))


def _document(
    type_document: TypeDocument,
    campagne: AnneeRegionale,
    bibliotheque: Bibliotheque,
    contexte: Callable[[Callable[[str], Renvoi], Signal], dict[str, object]],
    *,
    definitif: bool,
) -> Document:
    corps, couverture, bandeaux, sujet = write_parts(
        type_document, bibliotheque, campagne.date, contexte, definitif=definitif
    )
    releve = render_record(campagne)
    return Document(
        metadonnees=_metadata(type_document, campagne, sujet),
        bandeaux=bandeaux,
        couverture=couverture,
        corps=with_contents(type_document.plan, corps),
        brouillon=not definitif,
        pieces=(Piece("consolidation.json", releve, "application/json", _RELEVE),),
        provenance={
            "logiciel": f"caqes_docs {__version__}",
            "consolidation": hashlib.sha256(releve).hexdigest(),
            "ars": campagne.ars.fichier.empreinte,
            "plan": type_document.charge.fichier.empreinte,
            "clauses": wordings_digest(corps + couverture, bibliotheque, campagne.date),
        },
    )


def _context(
    campagne: AnneeRegionale,
    acte: Acte,
    droit: Droit,
    renvoi: Callable[[str], Renvoi],
    signal: Signal,
) -> dict[str, object]:
    """The names of the regional report: `bilan`, `ars`, `acte` and the functions."""
    valeurs: dict[str, tuple[object, Lieu]] = {
        "ars": (campagne.ars.valeur, Lieu(campagne.ars.fichier, (), "ars")),
        "acte": (acte, Lieu(None, (), "acte")),
        "bilan": (resolve_region(campagne, droit), Lieu(None, (), "bilan")),
    }
    contexte = views(valeurs, signal)
    contexte.update(library_functions(droit, campagne.date, renvoi))
    return contexte


def _metadata(type_document: TypeDocument, campagne: AnneeRegionale, sujet: str) -> Metadonnees:
    ars = campagne.ars.valeur
    return Metadonnees(
        type=type_document.plan.id,
        titre=f"{typographier(type_document.plan.titre)} – {ars.region}",
        sujet=sujet,
        auteur=ars.nom,
        reference=f"EVALUATION-{campagne.annee}-{ars.id}",
        date=campagne.date,
        mots_cles=("CAQES", "évaluation", str(campagne.annee), ars.id),
    )


def render_record(campagne: AnneeRegionale) -> bytes:
    """The amounts that the report adds up, as JSON, with the digests of the files they come from.

    Unknown amounts are null.
    """
    etablissements = [
        {
            "finess": e.affaire.finess,
            "dossier": e.affaire.dossier.fichier.empreinte,
            "evaluation": e.charge.fichier.empreinte,
            "volets": {
                v.volet: {"mesure": v.mesure.value, "montant": _written(amount(v))}
                for v in e.resultat.volets
            },
            "total": _written(e.total),
        }
        for e in campagne.evaluees
    ]
    contenu = {"annee": campagne.annee, "etablissements": etablissements}
    return (json.dumps(contenu, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _written(valeur: object) -> str | None:
    return None if valeur is None else str(valeur)
