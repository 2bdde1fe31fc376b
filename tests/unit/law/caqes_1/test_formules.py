"""The matrix of the transports, the refusal, the level: rules that no case file reaches."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.periode import Periode
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.volets import Refus, Volet
from caqes_docs.law.calcul.noeud import Fondement, Nature, Noeud, Operation, apply, entree
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.montants_volet import reward_is_allowed
from caqes_docs.law.caqes_1.niveau.pesee import Compte, compute_niveau_actions
from caqes_docs.law.caqes_1.ouverture import six_cells
from caqes_docs.law.caqes_1.refus import evaluate_refusal
from caqes_docs.law.droit.dates import volet_period
from caqes_docs.law.droit.modeles import Certitude
from caqes_docs.law.resultats import ResultatRefus
from tests.outils.affaires import Atelier

SOL = Fondement("R-TRA-1", "essai", Certitude.INSTRUCTION)
EVALUATION = 'dossier: "990000010"\nannee: 2019\n'


SIX_CASES: dict[tuple[bool, bool | None], tuple[bool, bool]] = {
    # (target reached, supplementary objective reached; None: there is none): reward, sanction
    (True, True): (True, False),
    (False, True): (False, False),
    (True, False): (False, True),
    (False, False): (False, True),
    (True, None): (True, False),
    (False, None): (False, True),
}
"""The matrix of annexe 4, § 3, cell by cell."""


def answer(valeur: bool | None) -> Noeud:
    """A yes, a no, or nothing known."""
    return entree("Réponse", valeur, Nature.OUI_NON, "x:1:1", motif="" if valeur else "inconnu")


def cells(cible: bool | None, autre: bool | None, *, existe: bool = True) -> tuple[Any, Any]:
    """What the matrix opens: reward, sanction."""
    travail = SimpleNamespace(
        fondement=SOL,
        principal=SimpleNamespace(verdict=answer(cible)),
        supplementaire=SimpleNamespace(verdict=answer(autre)) if existe else None,
    )
    recompense, sanction = six_cells(cast(Any, travail))
    return recompense.valeur, sanction.valeur


class DescribeMatrice:
    """Instruction, annexe 4, § 3."""

    @pytest.mark.parametrize(("reponses", "attendu"), SIX_CASES.items())
    def it_opens_what_each_cell_says(
        self, reponses: tuple[bool, bool | None], attendu: tuple[bool, bool]
    ) -> None:
        cible, autre = reponses
        assert cells(cible, autre, existe=autre is not None) == attendu

    def it_decides_without_the_target_when_the_other_objective_is_missed(self) -> None:
        assert cells(None, False) == (False, True)

    @pytest.mark.parametrize(("cible", "autre"), [(None, True), (True, None), (None, None)])
    def but_it_does_not_guess(self, cible: bool | None, autre: bool | None) -> None:
        assert cells(cible, autre)[0] is None


class DescribeInteressement:
    """X10: when a reward may be foreseen (T22)."""

    def it_is_refused_before_the_law_for_2018_on_quality(self, projet: Projet) -> None:
        qualite = projet.droit.volets["qualite"]
        assert not reward_is_allowed(qualite, dt.date(2017, 12, 31))
        assert reward_is_allowed(qualite, dt.date(2018, 1, 1))

    def it_is_refused_where_the_library_has_none(self, projet: Projet) -> None:
        fermee = projet.droit.volets["qualite"].model_copy(update={"interessement": False})
        assert not reward_is_allowed(fermee, dt.date(2019, 1, 1))


class DescribeRefus:
    """R-REF-1, X8: fixed, never modulated."""

    @pytest.fixture
    def cadre(self, projet: Projet, depot: Depot, tmp_path: Path) -> Cadre:
        affaire, charge = Atelier(projet.droit, depot, tmp_path).load("", EVALUATION)
        return Cadre(affaire.dossier, charge, projet.droit, dt.date(2018, 1, 1))

    def it_is_one_per_cent_of_the_products(self, cadre: Cadre) -> None:
        resultat = self._refuse(cadre, volet="transports", sanction="montant", exercice="2018")
        assert resultat is not None
        assert resultat.montant is not None
        assert resultat.montant.valeur == Decimal("382174.66")

    def it_is_thirty_per_cent_on_the_volet_of_products(self, cadre: Cadre) -> None:
        resultat = self._refuse(cadre, volet="socle", sanction="reduction_liste_en_sus")
        assert resultat is not None
        assert resultat.taux is not None
        assert (resultat.montant, resultat.taux.valeur) == (None, Decimal("0.3"))

    @pytest.mark.parametrize(
        ("volet", "sanction"), [("transports", "reduction_liste_en_sus"), ("socle", None)]
    )
    def but_it_is_a_finding_when_not_chosen_or_not_admitted(
        self, cadre: Cadre, volet: str, sanction: str | None
    ) -> None:
        assert self._refuse(cadre, volet=volet, sanction=sanction) is None
        assert [constat.code for constat in cadre.constats] == ["V-045"]

    def and_its_amount_is_not_known_without_the_products(self, cadre: Cadre) -> None:
        resultat = self._refuse(cadre, volet="transports", sanction="montant", exercice="2016")
        assert resultat is not None
        assert resultat.montant is not None
        assert resultat.montant.valeur is None
        assert [constat.code for constat in cadre.constats] == ["V-020"]

    def _refuse(self, cadre: Cadre, **champs: Any) -> ResultatRefus | None:
        return evaluate_refusal(cadre, 0, Refus.model_validate(champs))


class DescribeAnnee:
    """The year must be one of the contract (V-050)."""

    def it_is_refused_before_the_contract_takes_effect(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        atelier = Atelier(projet.droit, depot, tmp_path)
        with pytest.raises(DonneesError) as refus:
            atelier.evaluate("", EVALUATION.replace("2019", "2017"))
        assert refus.value.code == "V-050"


class DescribePeriode:
    """R-DATE-2 and R-DATE-5: from the volet's own signature."""

    def it_runs_from_its_date_of_effect_to_its_last_day(self) -> None:
        periode = volet_period(_volet(duree="1", signature={"date": "2018-11-20"}))
        assert periode == Periode(dt.date(2019, 1, 1), dt.date(2019, 12, 31))

    @pytest.mark.parametrize("champs", [{}, {"duree": "3"}, {"signature": {"date": "2018-11-20"}}])
    def but_it_is_not_known_without_signature_and_duration(self, champs: dict[str, Any]) -> None:
        assert volet_period(_volet(**champs)) is None


def _volet(**champs: Any) -> Volet:
    return Volet.model_validate(champs)


class DescribeNiveauDesActions:
    """The progress of a plan."""

    def it_is_not_known_when_the_plan_weighs_none(self) -> None:
        noeud = compute_niveau_actions("Niveau", [_action("1"), _action("0.5")])
        assert (noeud.valeur, noeud.motif) == (None, "actions sans poids\u00a0: A1, A0.5")

    def it_is_weighted_when_the_plan_weighs_them(self) -> None:
        noeud = compute_niveau_actions("Niveau", [_action("1", "0.8"), _action("0.5", "0.2")])
        assert noeud.valeur == Decimal("0.9")

    def it_counts_a_weight_of_zero_for_nothing(self) -> None:
        noeud = compute_niveau_actions("Niveau", [_action("1", "0"), _action("0.5", "0.2")])
        assert noeud.valeur == Decimal("0.5")

    def but_it_is_not_known_when_some_have_a_weight_only(self) -> None:
        noeud = compute_niveau_actions("Niveau", [_action("1", "0.8"), _action("0.5")])
        assert (noeud.valeur, noeud.motif) == (None, "actions sans poids\u00a0: A0.5")

    def and_not_when_a_progress_or_the_plan_is_missing(self) -> None:
        action = _action("1", "0.5")
        inconnue = replace(action, taux=replace(action.taux, valeur=None, motif="?"))
        assert compute_niveau_actions("Niveau", [inconnue, action]).valeur is None
        assert compute_niveau_actions("Niveau", []).motif == "le plan n’a pas d’action"


def _action(taux: str, poids: str | None = None) -> Compte:
    pese = None if poids is None else entree("Poids", Decimal(poids), Nature.TAUX, "x:1:1")
    avance = entree("Avancement", Decimal(taux), Nature.TAUX, "x:1:1")
    return Compte(f"A{taux}", avance, pese)


class DescribeOperations:
    """Arithmetic that a reader can redo."""

    @pytest.mark.parametrize(
        ("operation", "valeur", "attendu"),
        [
            (Operation.ARRONDI, "1.005", "1.01"),
            (Operation.ARRONDI, "-1.005", "-1.01"),
            (Operation.TRONQUE, "1.009", "1.00"),
            (Operation.TRONQUE, "1.00", "1.00"),
            (Operation.ENTIER_INFERIEUR, "2.999", "2"),
            (Operation.ENTIER_INFERIEUR, "2.9999999999999999", "3"),
            (Operation.ENTIER_SUPERIEUR, "2.001", "3"),
            (Operation.ENTIER_SUPERIEUR, "2.0000000000000001", "2"),
            (Operation.ENTIER_PROCHE, "2.5", "3"),
            (Operation.ENTIER_PROCHE, "2.49", "2"),
        ],
    )
    def it_rounds_to_the_cent(self, operation: Operation, valeur: str, attendu: str) -> None:
        assert apply(operation, [Decimal(valeur)]) == Decimal(attendu)

    def it_never_makes_zero_of_what_is_not_known(self) -> None:
        assert apply(Operation.SOMME, [Decimal(1), None]) is None
        assert apply(Operation.QUOTIENT, [Decimal(1), Decimal(0)]) is None
        assert apply(Operation.SI, [None, Decimal(1), Decimal(1)]) is None
