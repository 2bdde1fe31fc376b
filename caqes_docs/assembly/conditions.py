"""Whether a dossier has a document of a type: the condition `produit_si` of the plan."""

from __future__ import annotations

from jinja2 import TemplateError

from caqes_docs.assembly.noms import NOMS
from caqes_docs.assembly.sujet import CODE_SANS_OBJET
from caqes_docs.core.errors import ClauseError, DonneesError
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.core.source import Source
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.langage.fonctions import views
from caqes_docs.redaction.langage.moteur import compile_condition
from caqes_docs.redaction.langage.vocabulaire import Valeurs


def check_produced(type_document: TypeDocument, valeurs: Valeurs, lieu: Source) -> None:
    """Refuse a document that the dossier does not call for; it needs no date to be told.

    `valeurs` are known before the act has a date; `lieu` is where the dossier says them.

    Raises:
        DonneesError: D-099 the condition does not hold.
        ClauseError: C-020 the condition cannot be evaluated.
    """
    plan = type_document.plan
    if plan.produit_si is None:
        return
    contexte = views(valeurs, NOMS.types, lambda _vue: None)
    source = type_document.charge.fichier.source(("produit_si", "condition"))
    try:
        remplie = bool(compile_condition(plan.produit_si.condition)(**contexte))
    except (TemplateError, TypeError, AttributeError) as error:
        raise ClauseError(
            "C-020",
            f"La condition du plan «\u00a0{plan.id}\u00a0» ne s’évalue pas\u00a0: une donnée "
            "qu’elle nomme n’existe pas, ou ne se compare pas ainsi.",
            remede="Corriger «\u00a0produit_si\u00a0».",
            source=source,
        ) from error
    if not remplie:
        raise DonneesError(
            CODE_SANS_OBJET,
            f"Pas de document «\u00a0{plan.id}\u00a0» ici. {typographier(plan.produit_si.sinon)}",
            remede=f"Retirer ce document de la demande, ou compléter les données\u00a0: il suppose "
            f"«\u00a0{plan.produit_si.condition}\u00a0».",
            source=lieu,
        )
