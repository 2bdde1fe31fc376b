"""What the properties of a file say of its words: whose they are, and how many are validated."""

from __future__ import annotations

from collections import Counter

from caqes_docs.core.francais.accord import compte
from caqes_docs.document.model import Clause, Document
from caqes_docs.document.walk import iter_divisions

_NOMS = {
    "texte_officiel": "reprise(s) d’un texte officiel",
    "modele_regional": "reprise(s) d’un modèle régional",
    "redaction_propre": "de rédaction propre à la bibliothèque",
}


def words_status(document: Document) -> str:
    """One line: « 3 clauses : 3 de rédaction propre à la bibliothèque ; 1 validée »."""
    divisions = iter_divisions(document.couverture + document.corps)
    identites = [bloc.identite for bloc in divisions if isinstance(bloc, Clause)]
    nombres = Counter(identite.statut for identite in identites)
    statuts = [compte(nombres[cle], nom) for cle, nom in _NOMS.items() if nombres[cle]]
    validees = sum(i.validation is not None and not i.validation.fictive for i in identites)
    return (
        f"{compte(len(identites), 'clause(s)')}\u00a0: {', '.join(statuts)}\u202f; "
        f"{compte(validees, 'validée(s)')}"
    )
