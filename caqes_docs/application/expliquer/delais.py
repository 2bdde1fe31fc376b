"""Tell how delays are counted: of the proposals of a dossier, of the steps of its years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caqes_docs.application.expliquer.montants import MontantExplique, MontantsExpliques
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.core.errors import UsageError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.procedure.contrat import contract_delays
from caqes_docs.law.procedure.delais import Delai, Support
from caqes_docs.law.procedure.evaluation import NOTIFIER, envisages_msap, evaluation_delays

DELAIS = "delais"


def explain_delays(projet: Projet, nom: str, annee: int | None = None) -> MontantsExpliques:
    """The delays that the steps of a dossier open: those of one year, or all of them.

    Raises:
        UsageError: U-003 no such dossier; U-017 no step opens a delay.
        DroitError: L-005, L-006 the law does not answer at the day of a step.
    """
    affaire = select(projet.named([nom]), [nom])[0]
    delais = tuple(_all(affaire, projet.droit, annee))
    if not delais:
        raise UsageError(
            "U-017",
            "Aucune étape de ce dossier n’ouvre un délai.",
            remede="Dater une étape sous «\u00a0procedure\u00a0», ou changer --annee.",
        )
    etablissement = affaire.dossier.valeur.etablissement
    return MontantsExpliques(affaire.finess, etablissement.nom_affiche, delais, ())


def _all(affaire: Affaire, droit: Droit, annee: int | None) -> Iterator[MontantExplique]:
    for chemin, quoi, procedure in _proposals(affaire) if annee is None else ():
        support = Support(droit, affaire.dossier.fichier, chemin)
        yield from _told(contract_delays(support, procedure), quoi, None)
    for numero, avenant in affaire.avenants.items() if annee is None else ():
        if (suivie := avenant.valeur.procedure) is not None:
            delais = contract_delays(Support(droit, avenant.fichier, ("procedure",)), suivie)
            yield from _told(delais, f" (avenant n°\u00a0{numero})", None)
    for charge in affaire.evaluations.values():
        valeur = charge.valeur
        if valeur.procedure is not None and annee in (None, valeur.annee):
            support = Support(droit, charge.fichier, ("procedure",))
            msap = envisages_msap(valeur.procedure, valeur.decision)
            delais = evaluation_delays(support, valeur.procedure, msap=msap)
            yield from _told(delais, "", valeur.annee)


def _proposals(affaire: Affaire) -> Iterator[tuple[Chemin, str, ProcedureContrat]]:
    """Each procedure of the dossier: its place, what it proposes."""
    contrat = affaire.dossier.valeur.contrat
    if contrat.procedure is not None:
        yield ("contrat", "procedure"), "", contrat.procedure
    for nom, volet in contrat.volets.items():
        if volet.procedure is not None:
            yield ("contrat", "volets", nom, "procedure"), f" (volet {nom})", volet.procedure
    for rang, refus in enumerate(contrat.refus):
        if refus.procedure is not None:
            lieu: Chemin = ("contrat", "refus", rang, "procedure")
            yield lieu, f" (volet {refus.volet}, refusé)", refus.procedure


def _told(delais: Mapping[str, Delai], quoi: str, annee: int | None) -> Iterator[MontantExplique]:
    for delai in delais.values():
        ouvert = f"Délai ouvert par la réception {delai.acte}{quoi}, dernier jour"
        libelle = "Délai pour notifier, dernier jour" if delai.etape == NOTIFIER else ouvert
        raison = "Prolongé jusqu’à l’audition demandée à temps." if delai.proroge else ""
        yield MontantExplique(annee, DELAIS, libelle, "", raison, delai.fin, hors_total=True)
