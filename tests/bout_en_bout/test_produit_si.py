"""The documents that only some dossiers have, and the acts that come before the signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from caqes_docs.application.generer import Demande, generate
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.dates import Options, contract_dates, describe_act
from caqes_docs.assembly.contrat.refus import resolve_refus
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.law.jugement import judge_refusals

REFUSE = "990780157"


def without_signature(affaire: Affaire) -> Affaire:
    """The same dossier before any date of signature is set."""
    dossier = affaire.dossier.valeur
    signature = dossier.contrat.signature.model_copy(update={"date": None})
    contrat = dossier.contrat.model_copy(update={"signature": signature})
    charge = replace(affaire.dossier, valeur=dossier.model_copy(update={"contrat": contrat}))
    return replace(affaire, dossier=charge)


class DescribeProduitSi:
    def it_passes_over_the_years_without_decision(self, projet: Projet, tmp_path: Path) -> None:
        demande = Demande(
            tmp_path, ("txt",), ("decision_definitive",), Options(annee=2019), tous=True, travaux=1
        )
        bilan = generate(projet, [], demande)
        decides = {
            affaire.finess
            for affaire in projet.depot().affaires.values()
            if 2019 in affaire.evaluations and affaire.evaluations[2019].valeur.decision
        }
        assert {r.dossier for r in bilan.resultats} == decides
        assert "2B9780010" not in decides
        assert len(list(tmp_path.glob("*.txt"))) + len(bilan.echecs) == len(decides)

    def but_it_says_why_when_the_dossier_is_named(self, projet: Projet, tmp_path: Path) -> None:
        demande = Demande(tmp_path, ("txt",), ("decision_definitive",), Options(annee=2019))
        (resultat,) = generate(projet, ["2B9780010"], demande).resultats
        assert isinstance(resultat.erreur, DonneesError)
        assert resultat.erreur.code == "D-099"
        assert "pas encore décidé" in resultat.erreur.message


class DescribeRefus:
    def it_works_out_the_sanction_of_the_sample(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires[REFUSE]
        sanctions = judge_refusals(affaire, projet.droit).resultats
        decision = resolve_refus(affaire, projet.droit, sanctions).decision
        assert decision is not None
        assert (decision.reductions, decision.unique) == ((), False)
        (mesure,) = decision.sommes
        assert mesure.designations == ("le volet relatif aux transports",)
        assert (mesure.montant, mesure.exercice) == (Decimal("78432.51"), 2016)
        assert mesure.calcul is not None
        assert mesure.calcul.etapes[-1].valeur == "78\u202f432,51\u00a0€"


class DescribeActesDAvantLaSignature:
    def it_dates_a_proposal_and_draws_its_contents_from_the_effect(
        self, projet: Projet, depot: Depot
    ) -> None:
        lettre = projet.types["lettre_proposition"]
        affaire = depot.affaires[REFUSE]
        dates = contract_dates(
            affaire, lettre, describe_act(affaire, lettre.plan, Options()), Options()
        )
        assert dates.date == dt.date(2017, 9, 25)
        assert dates.contenu == dt.date(2018, 1, 1)

    def it_needs_no_signature(self, projet: Projet, depot: Depot) -> None:
        affaire = without_signature(depot.affaires["990780207"])
        lettre = projet.types["lettre_proposition"]
        edition = dt.date(2018, 10, 4)
        acte = describe_act(affaire, lettre.plan, Options())
        assert acte.date_effet is None
        assert contract_dates(
            affaire, lettre, acte, Options(date_edition=edition)
        ).contenu == dt.date(2019, 1, 1)
        with pytest.raises(DonneesError) as faute:
            contract_dates(affaire, lettre, acte, Options())
        assert faute.value.code == "D-051"
        assert "contrat.procedure.premiere_proposition.date" in faute.value.remede
