"""What the clauses of a targeting may name: `ciblage` for a note, `region` for the list; `ars`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from caqes_docs.assembly.ciblage.decisions import Ciblage, resolve_etablissement, resolve_region
from caqes_docs.assembly.contexte import library_functions, views
from caqes_docs.document.model import Renvoi
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.langage.vocabulaire import Acte
from caqes_docs.redaction.langage.vues import Lieu, Signal


def build_targeting_context(
    campagne: Ciblage,
    decision: DecisionEtablissement | None,
    acte: Acte,
    droit: Droit,
    renvoi: Callable[[str], Renvoi],
    signal: Signal,
) -> dict[str, object]:
    """The names of a note (`decision` is its establishment), or of the regional list."""
    nulle_part = Lieu(None, (), "ciblage")
    valeurs: dict[str, tuple[object, Lieu]] = {
        "ars": (campagne.ars.valeur, Lieu(campagne.ars.fichier, (), "ars")),
        "acte": (acte, nulle_part),
    }
    if decision is None:
        valeurs["region"] = (resolve_region(campagne), Lieu(None, (), "région"))
    else:
        valeurs["ciblage"] = (resolve_etablissement(campagne, decision), nulle_part)
    contexte = views(valeurs, signal)
    contexte.update(library_functions(droit, reference_date(campagne.annee), renvoi))
    return contexte


def reference_date(annee: int) -> dt.date:
    """The day that chooses thresholds and wordings of a targeting: the first of its year."""
    return dt.date(annee, 1, 1)
