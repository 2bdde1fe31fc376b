"""What falls due around a contract: meetings foreseen, data to be delivered (instruction, II)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import DonneesEvaluation, Evaluation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.droit.dates import is_running
from caqes_docs.law.droit.diffusions import Diffusion, iter_deliveries
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.echeances.modele import ETABLISSEMENT, Echeance, EtatEcheance, Suite

_RENCONTRES, _DONNEES = "instruction, II.a.ii", "instruction, II.b.ii"


def iter_meetings(suite: Suite, affaire: Affaire) -> Iterator[Echeance]:
    """The meetings whose day is known and which were not held."""
    for rang, rencontre in enumerate(affaire.dossier.valeur.contrat.rencontres):
        tenue = rencontre.tenue_le
        if rencontre.prevue_le is None or (tenue is not None and tenue <= suite.jour):
            continue
        nom = rencontre.nature.libelle
        tenir = suite.make(
            nom[0].upper() + nom[1:],
            f"Tenir la rencontre\u00a0: {rencontre.objet}",
            _RENCONTRES,
            "contrat",
            "rencontres",
            rang,
            "prevue_le",
        )
        yield _foreseen(suite, tenir, rencontre.prevue_le)


def iter_expected(
    suite: Suite, affaire: Affaire, charge: Charge[Evaluation], droit: Droit
) -> Iterator[Echeance]:
    """The data that a year waits for, until they are frozen."""
    evaluation, contrat = charge.valeur, affaire.dossier.valeur.contrat
    donnees = evaluation.donnees or DonneesEvaluation()
    if donnees.arretees_le is not None and donnees.arretees_le <= suite.jour:
        return
    annee = evaluation.annee
    suivis = {"socle", *(n for n, volet in contrat.volets.items() if is_running(volet, annee))}
    fin, etablissement = dt.date(annee, 12, 31), affaire.dossier.valeur.etablissement
    for diffusion in iter_deliveries(affaire.ars.valeur, droit, fin, suivis, etablissement):
        attendue = diffusion.donnee.calendar_year(annee)
        limite = None if attendue is None else diffusion.limit(attendue)
        if attendue is None or limite is None or _has_come(diffusion, evaluation, suite.jour):
            continue
        livrer = suite.make(
            "Livraison de données", diffusion.label(attendue), _DONNEES, "donnees", "livraisons"
        )
        propre = diffusion.donnee.autoevaluation
        qui = ETABLISSEMENT if propre else diffusion.donnee.producteur
        yield _foreseen(suite, replace(livrer, qui=qui, commune=not propre), limite)


def _has_come(diffusion: Diffusion, evaluation: Evaluation, jour: dt.date) -> bool:
    if diffusion.donnee.autoevaluation:
        auto = evaluation.autoevaluation
        return auto is not None and (auto.recue_le is None or auto.recue_le <= jour)
    livraisons = evaluation.donnees.livraisons if evaluation.donnees else ()
    return any(
        livraison.donnee == diffusion.donnee.id
        and (livraison.recue_le is None or livraison.recue_le <= jour)
        for livraison in livraisons
    )


def _foreseen(suite: Suite, echeance: Echeance, terme: dt.date) -> Echeance:
    return suite.due(replace(echeance, etat=EtatEcheance.A_VENIR), terme)
