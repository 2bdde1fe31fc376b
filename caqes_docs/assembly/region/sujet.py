"""The evaluations of a region as a subject: the regional report of one year."""

from __future__ import annotations

import hashlib
import json

from caqes_docs.assembly.region.campagne import AnneeRegionale, amount
from caqes_docs.assembly.region.sommes import resolve_region
from caqes_docs.assembly.sujet import Sujet
from caqes_docs.document.model import Piece
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.langage.vocabulaire import Acte
from caqes_docs.redaction.langage.vues import Lieu

_RELEVE = "Mesures et montants proposés, établissement par établissement"


def describe_region(type_document: TypeDocument, campagne: AnneeRegionale, droit: Droit) -> Sujet:
    """The subject of the regional report; it is made under no regime of its own."""
    ars, releve = campagne.ars, render_record(campagne)
    return Sujet(
        nom=ars.valeur.region,
        reference=f"EVALUATION-{campagne.annee}-{ars.valeur.id}",
        mots_cles=("CAQES", "évaluation", str(campagne.annee), ars.valeur.id),
        ars=ars,
        date=campagne.date,
        edition=campagne.date,
        acte=Acte(type_document.plan.titre, None, None),
        lieu=Lieu(None, (), "acte"),
        noms={"bilan": (resolve_region(campagne, droit), Lieu(None, (), "bilan"))},
        regime=None,
        pieces=(Piece("consolidation.json", releve, "application/json", _RELEVE),),
        provenance={
            "consolidation": hashlib.sha256(releve).hexdigest(),
            "ars": ars.fichier.empreinte,
        },
        designation="Le rapport",
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
