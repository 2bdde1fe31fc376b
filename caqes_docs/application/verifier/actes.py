"""What the law has to say of the data that an act prints, beyond its dossier."""

from __future__ import annotations

from collections.abc import Iterable

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.assembler import Assemblage
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.francais.accord import compte
from caqes_docs.law.caqes_1.annee import evaluate
from caqes_docs.law.caqes_1.refus import evaluate_refusals
from caqes_docs.redaction.bibliotheque.plan import DateDeReference, Plan


def faults_of_act(projet: Projet, plan: Plan, assemblage: Assemblage) -> list[Constat]:
    """The findings on the evaluated year, or on the refusals, that the act is about."""
    faits = assemblage.faits
    if faits.evaluation is not None:
        return list(evaluate(faits.affaire, faits.evaluation, projet.droit).constats)
    if plan.date_de_reference is DateDeReference.REFUS:
        return list(evaluate_refusals(faits.affaire, projet.droit)[1])
    return []


def refuse_to_sign(fautes: Iterable[Constat]) -> None:
    """A final act states nothing that the law contradicts.

    Raises:
        DonneesError: D-000 the evaluation, or the refusal, has errors (all listed).
    """
    erreurs = [faute for faute in fautes if faute.gravite is Gravite.ERREUR]
    if erreurs:
        message = (
            "L’acte définitif ne peut pas être produit\u00a0: "
            f"{compte(len(erreurs), 'erreur(s)')} dans les données qu’il imprime."
        )
        raise DonneesError("D-000", message, erreurs)
