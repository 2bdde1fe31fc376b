"""A simulated year is the evaluated year with one input changed: same engine, same cents."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caqes_docs.application.projet import Projet
from caqes_docs.application.region.simuler import DemandeSimulation, simulate_year
from caqes_docs.assembly.simulation.table import find_objective
from caqes_docs.core.errors import CaqesError, UsageError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.evaluation import Economies, EvaluationVolet
from caqes_docs.law.avenant.chaine import state_of_year
from caqes_docs.law.jugement import judge
from caqes_docs.law.resultats import MesureProposee, ResultatEvaluation, ResultatVolet
from caqes_docs.law.simulation.grandeurs import NIVEAU, Genre, Grandeur, iter_grandeurs
from caqes_docs.law.simulation.hypotheses import hypotheses
from caqes_docs.law.simulation.simulation import VARIABLE, Point, Scenario, simulate
from tests.outils.partage import examples, read_cases

RACINE = Path(__file__).resolve().parents[4]
CAS = RACINE / "tests/cas/calculs_a_la_main.yaml"
VARIES = ("990780017",)
"""A dossier that has every volet."""
MILLIONIEME = Decimal("0.00000001")


def _by_hand(dossier: str, annee: int, volet: str) -> Decimal:
    """The amount worked out with a pencil."""
    calculs = read_cases(CAS)["calculs"]
    return next(
        Decimal(calcul["attendu"])
        for calcul in calculs
        if (calcul["dossier"], calcul.get("annee"), calcul["volet"]) == (dossier, annee, volet)
    )


def _amounts(projet: Projet, *demande: str, **bornes: str) -> dict[str, Decimal]:
    dossier, annee, volet, *nom = demande
    valeurs = (bornes["de"], bornes["a"], bornes["pas"])
    indicateur = nom[0] if nom else None
    bilan = simulate_year(
        projet, DemandeSimulation(dossier, int(annee), volet, indicateur, *valeurs)
    )
    return {
        ligne.valeur: point.volet.montant.nombre
        for ligne, point in zip(bilan.resolue.lignes, bilan.simulation.points, strict=True)
    }


class DescribeMontantsALaMain:
    """Three establishments, against the pencil."""

    def it_gives_a_reward_up_to_the_target(self, projet: Projet) -> None:
        montants = _amounts(
            projet, "990780017", "2019", "transports", de="1 %", a="2 %", pas="0,5 %"
        )
        # 30 % of (10 164 983,48 − 9 868 916 × (1 + rate)), × 58,333… %.
        assert montants == {
            "1\u00a0%": Decimal("34541.21"),
            "1,5\u00a0%": Decimal("25905.90"),
            "2\u00a0%": Decimal(0),
        }

    def it_holds_the_spending_that_is_supposed(self, projet: Projet) -> None:
        tenue = ("depense_constatee=9 957 700",)
        demande = DemandeSimulation(
            "990780017", 2019, "transports", None, "0 %", "1 %", "1 %", tenue
        )
        bilan = simulate_year(projet, demande)
        attendu = _by_hand("990780017", 2019, "transports")
        assert [p.volet.montant.valeur for p in bilan.simulation.points] == [attendu] * 2
        assert not bilan.resolue.depense_suivie

    def it_starts_from_the_spending_that_is_supposed(self, projet: Projet) -> None:
        # 30 % of (10 164 983,48 − 10 000 000 × 1,01) × 58,333… %
        depart = ("depense_precedente=10 000 000",)
        demande = DemandeSimulation(
            "990780017", 2019, "transports", None, "1 %", "1 %", "1 %", depart
        )
        bilan = simulate_year(projet, demande)
        assert [p.volet.montant.valeur for p in bilan.simulation.points] == [Decimal("11372.11")]
        assert bilan.resolue.lignes[0].depense == "10\u202f100\u202f000\u00a0€"
        dites = [h for h in bilan.resolue.hypotheses if "précédente" in h.libelle]
        assert [(h.valeur, h.sorte) for h in dites] == [
            ("10\u202f000\u202f000\u00a0€", "hypothese")
        ]

    def it_gives_a_sanction_above_the_target(self, projet: Projet) -> None:
        montants = _amounts(projet, "2A9780012", "2019", "pertinence", de="25%", a="26%", pas="1%")
        attendu = _by_hand("2A9780012", 2019, "pertinence")
        assert montants == {"25\u00a0%": Decimal(0), "26\u00a0%": attendu}

    def it_follows_the_scale_of_the_actions(self, projet: Projet) -> None:
        attendu = _by_hand("990780124", 2019, "transports")
        montants = _amounts(
            projet,
            "990780124",
            "2019",
            "transports",
            NIVEAU,
            de="20 %",
            a="80 %",
            pas="30 %",
        )
        # 0,3 % of 69 915 083,37 is 209 745,25011: the whole, a half, nothing.
        assert montants == {
            "20\u00a0%": Decimal("-209745.25"),
            "50\u00a0%": attendu,
            "80\u00a0%": Decimal(0),
        }

    def it_follows_the_savings(self, projet: Projet) -> None:
        options = {"de": "960 000", "a": "1 020 000", "pas": "30 000"}
        montants = _amounts(
            projet, "2A9780012", "2019", "transports", "depense_constatee", **options
        )
        # 30 % of 1 020 000 − spending.
        attendus = [Decimal(18000), Decimal(9000), Decimal(0)]
        assert list(montants.values()) == attendus


def _observed(grandeur: Grandeur, volet: ResultatVolet, affaire: Affaire, an: int) -> object:
    """What the evaluation says of a quantity, or None."""
    resultat = Point("", _RESULTATS[affaire.finess, an], volet)
    objectif = find_objective(resultat, grandeur)
    if objectif is not None:
        valeur = (objectif.cible if grandeur.contrat else objectif.observe).valeur
        if isinstance(valeur, bool):
            return "oui" if valeur else "non"
        return valeur
    if grandeur.nom == NIVEAU:
        return volet.niveau.valeur
    vu = affaire.evaluations[an].valeur.volets.get(volet.volet, EvaluationVolet())
    if grandeur.nom == "depense_constatee":
        return (vu.economies or Economies()).depense_constatee
    if grandeur.nom in vu.actions:
        return vu.actions[grandeur.nom].taux
    if grandeur.nom == "modulation":
        return vu.modulation
    if grandeur.nom == "nombre_risques":
        return None if vu.nombre_risques is None else Decimal(vu.nombre_risques)
    return None


_RESULTATS: dict[tuple[str, int], ResultatEvaluation] = {}


def _is_written_exactly(grandeur: Grandeur, valeur: object) -> bool:
    if isinstance(valeur, Decimal) and grandeur.genre is Genre.TAUX and grandeur.nom != NIVEAU:
        return valeur == valeur.quantize(MILLIONIEME)
    return True


class DescribeValeurObservee:
    """At the value that was observed, the simulation gives the evaluation."""

    @pytest.mark.parametrize(
        ("dossiers", "moins"),
        [(VARIES, 30), pytest.param(None, 500, marks=pytest.mark.long)],
        ids=["choisis", "tous"],
    )
    def it_gives_the_evaluated_amounts(
        self, dossiers: tuple[str, ...] | None, moins: int, projet: Projet, depot: Depot
    ) -> None:
        essais = 0
        for affaire in depot.affaires.values() if dossiers is None else depot.select(dossiers):
            for annee, charge in affaire.evaluations.items():
                resultat = judge(affaire, charge, projet.droit).resultat
                _RESULTATS[affaire.finess, annee] = resultat
                etat = state_of_year(affaire, annee)
                for volet in resultat.volets:
                    essais += self._compare(projet, etat, annee, volet)
        assert essais > moins

    @staticmethod
    def _compare(projet: Projet, affaire: Affaire, annee: int, volet: ResultatVolet) -> int:
        resultat, essais = _RESULTATS[affaire.finess, annee], 0
        for grandeur in iter_grandeurs(affaire, projet.droit, volet.volet, annee):
            valeur = _observed(grandeur, volet, affaire, annee)
            if valeur is None:
                continue
            assert isinstance(valeur, Decimal | str)
            observe = valeur
            if not _is_written_exactly(grandeur, valeur):
                valeur = Decimal(valeur).quantize(MILLIONIEME)
            scenario = Scenario(affaire, annee, grandeur, (valeur,))
            (point,) = simulate(scenario, projet.droit).points
            ou = (affaire.finess, annee, grandeur.nom)
            if scenario.precedente and not _is_written_exactly(grandeur, observe):
                # A rate cut at the millionth moves the spending, and 30 % of it, by that much.
                ecart = scenario.precedente[0] * MILLIONIEME * Decimal("0.3")
                assert abs(point.volet.montant.nombre - volet.montant.nombre) <= ecart, ou
                essais += 1
                continue
            assert (point.volet.mesure, point.volet.montant.valeur) == (
                volet.mesure,
                volet.montant.valeur,
            ), ou
            assert point.resultat.total.valeur == resultat.total.valeur, ou
            essais += 1
        return essais


class DescribeSansEvaluation:
    """At negotiation there is a contract, and what one supposes."""

    def _ask(self, *hypotheses: str, volet: str = "transports") -> DemandeSimulation:
        bornes = ("1 %", "2 %", "1 %")
        return DemandeSimulation("990780017", 2019, volet, None, *bornes, hypotheses)

    @pytest.fixture
    def nu(self, espace: Path) -> Projet:
        """The project before any evaluation of the CHU."""
        for fichier in (espace / "contracts_data/evaluations").glob("990780017-*.yaml"):
            fichier.unlink()
        return Projet(espace)

    def it_needs_every_hypothesis_to_be_said(self, nu: Projet) -> None:
        bilan = simulate_year(nu, self._ask())
        assert {point.volet.montant.valeur for point in bilan.simulation.points} == {None}
        codes = {constat.code for constat in bilan.simulation.constats}
        assert "V-080" in codes

    def it_works_out_the_amounts_once_they_are(self, nu: Projet) -> None:
        supposees = (
            "exercice_clos=2019",
            "supplementaire=oui",
            "depense_constatee=9 957 700",
            "niveau=75 %",
        )
        bilan = simulate_year(nu, self._ask(*supposees))
        montants = [point.volet.montant.valeur for point in bilan.simulation.points]
        assert montants == [_by_hand("990780017", 2019, "transports"), Decimal(0)]
        # The other volets are not supposed: their lack is told, and the total is not known.
        assert [c.code for c in bilan.simulation.constats if c.code.startswith("V-08")] == ["V-081"]
        assert bilan.simulation.points[0].resultat.total.valeur is None

    def it_names_the_origin_of_every_hypothesis(self, nu: Projet) -> None:
        supposees = ("exercice_clos=2019", "supplementaire=oui", "niveau=75 %")
        bilan = simulate_year(nu, self._ask(*supposees))
        origines = {h.libelle: h.origine for h in hypotheses(bilan.simulation)}
        assert origines["Niveau de réalisation supposé"] == "hypothèse donnée à la simulation"
        assert VARIABLE not in origines.values()
        assert all(origines.values())

    @pytest.mark.parametrize("nom", ["CHUP-T1", "principal", "depense_constatee", "cible"])
    def it_never_lists_what_varies_among_what_is_held(self, nom: str, projet: Projet) -> None:
        pas = "1 000 000" if nom == "depense_constatee" else "1 %"
        haut = "2 000 000" if nom == "depense_constatee" else "2 %"
        bas = "1 000 000" if nom == "depense_constatee" else "1 %"
        demande = DemandeSimulation("990780017", 2019, "transports", nom, bas, haut, pas)
        simulation = simulate_year(projet, demande).simulation
        libelles = [h.libelle for h in hypotheses(simulation)]
        varie = simulation.scenario.grandeur.libelle
        assert varie not in libelles
        assert f"Résultat\u00a0: {varie}" not in libelles

    def it_says_that_a_hypothesis_changes_nothing(self, nu: Projet) -> None:
        bilan = simulate_year(nu, self._ask("modulation=50 %"))
        assert hypotheses(bilan.simulation)[-1].libelle == "Modulation proposée (sans effet ici)"

    def it_lists_the_closed_year_and_the_other_volets(self, nu: Projet) -> None:
        bilan = simulate_year(nu, self._ask("exercice_clos=2019", "socle:niveau=90 %"))
        supposees = [(h.libelle, h.valeur) for h in hypotheses(bilan.simulation)][:2]
        assert supposees == [
            ("Dernier exercice clos", "2019"),
            ("Niveau de réalisation (volet socle)", "90\u00a0%"),
        ]

    def it_supposes_a_target_that_is_being_negotiated(self, nu: Projet) -> None:
        supposees = (
            "cible=1,9 %",
            "cible_supplementaire=oui",
            "exercice_clos=2019",
            "supplementaire=oui",
            "niveau=100 %",
            "depense_de_reference=1 000 000",
            "depense_constatee=980 235,26",
        )
        bornes = ("1,8 %", "2 %", "0,1 %")
        demande = DemandeSimulation("990780017", 2021, "transports", None, *bornes, supposees)
        bilan = simulate_year(nu, demande)
        # 30 % of 100 000, up to 1,9 %.
        montants = [point.volet.montant.valeur for point in bilan.simulation.points]
        assert montants == [Decimal(30000), Decimal(30000), Decimal(0)]
        assert bilan.resolue.cible == "au plus 1,9\u00a0%"

    def it_supposes_the_other_volets_too(self, nu: Projet) -> None:
        supposees = (
            "exercice_clos=2019",
            "supplementaire=oui",
            "depense_constatee=9 957 700",
            "niveau=75 %",
            "socle:niveau=90 %",
            "pertinence:principal=20 %",
            "qualite:principal=50 %",
        )
        bilan = simulate_year(nu, self._ask(*supposees))
        total = bilan.simulation.points[0].resultat.total.valeur
        assert total == _by_hand("990780017", 2019, "transports")


class DescribeSansSignature:
    """A contract not yet signed takes effect on the day supposed."""

    @pytest.fixture
    def projet_a_negocier(self, espace: Path) -> Projet:
        """The CHU with no date of signature, for the contract nor for its volets."""
        fichier = espace / "contracts_data/dossiers/990780017.yaml"
        lignes = fichier.read_text(encoding="utf-8").splitlines()
        gardees = [
            ligne.replace(", date: 2017-12-19}", "}")
            for ligne in lignes
            if ligne.strip() not in ("date: 2017-12-19", "date: 2017-12-20")
        ]
        fichier.write_text("\n".join(gardees) + "\n", encoding="utf-8")
        return Projet(espace)

    def it_gives_the_amounts_of_the_date_supposed(self, projet_a_negocier: Projet) -> None:
        demande = DemandeSimulation(
            "990780017", 2019, "transports", None, "1 %", "2 %", "1 %", (), dt.date(2018, 1, 1)
        )
        bilan = simulate_year(projet_a_negocier, demande)
        montants = [point.volet.montant.valeur for point in bilan.simulation.points]
        assert montants == [Decimal("34541.21"), Decimal(0)]
        assert bilan.resolue.date_effet_supposee == dt.date(2018, 1, 1)

    def it_asks_for_that_date(self, projet_a_negocier: Projet) -> None:
        demande = DemandeSimulation("990780017", 2019, "transports", None, "1 %", "2 %", "1 %")
        with pytest.raises(CaqesError) as faute:
            simulate_year(projet_a_negocier, demande)
        assert "--date-effet" in faute.value.remede


HOSTILES = [
    ({"de": "1", "a": "2 %", "pas": "1 %"}, "U-042"),
    ({"de": "1 %", "a": "deux", "pas": "1 %"}, "U-042"),
    ({"de": "1 %", "a": "2 %", "pas": "0 %"}, "U-042"),
    ({"de": "1 %", "a": "2 %", "pas": "-1 %"}, "U-042"),
    ({"de": "2 %", "a": "1 %", "pas": "1 %"}, "U-041"),
    ({"de": "0 %", "a": "900 %", "pas": "0,000001 %"}, "U-041"),
    ({"de": "0 %", "a": "1 %"}, "U-040"),
    ({"de": "-101 %", "a": "1 %", "pas": "1 %"}, "U-043"),
    ({"indicateur": "niveau", "de": "0 %", "a": "101 %", "pas": "1 %"}, "U-043"),
    ({"indicateur": "CHUP-T1", "de": "-1 %", "a": "10 %", "pas": "1 %"}, "U-043"),
    ({"indicateur": "depense_constatee", "de": "-5", "a": "10", "pas": "1"}, "U-043"),
    ({"indicateur": "supplementaire", "pas": "1"}, "U-040"),
    ({"indicateur": "supplementaire", "de": "peut-être"}, "U-042"),
    ({"indicateur": "CHUP-T9", "de": "0 %", "a": "1 %", "pas": "1 %"}, "U-044"),
    ({"volet": "cuisine", "de": "0 %", "a": "1 %", "pas": "1 %"}, "U-044"),
    ({"hypotheses": ("niveau",), "de": "0 %", "a": "1 %", "pas": "1 %"}, "U-046"),
    ({"hypotheses": ("=5 %",), "de": "0 %", "a": "1 %", "pas": "1 %"}, "U-046"),
    ({"hypotheses": ("principal=5 %",), "de": "0 %", "a": "1 %", "pas": "1 %"}, "U-046"),
    ({"hypotheses": ("CHUP-TP=5 %",), "de": "0 %", "a": "1 %", "pas": "1 %"}, "U-046"),
    (
        {"hypotheses": ("niveau=5 %", "niveau=6 %"), "de": "0 %", "a": "1 %", "pas": "1 %"},
        "U-046",
    ),
    ({"hypotheses": ("exercice_clos=19",), "de": "0 %", "a": "1 %", "pas": "1 %"}, "U-042"),
    ({"date_effet": dt.date(2018, 1, 1), "de": "0 %", "a": "1 %", "pas": "1 %"}, "U-045"),
]


class DescribeSaisiesImpossibles:
    @pytest.mark.parametrize(("demande", "code"), HOSTILES)
    def it_refuses_in_french(self, demande: dict[str, object], code: str, projet: Projet) -> None:
        arguments = {"volet": "transports", **demande}
        with pytest.raises(UsageError) as faute:
            simulate_year(projet, DemandeSimulation("990780017", 2019, **arguments))  # type: ignore[arg-type]  # the table mixes types
        assert faute.value.code == code
        assert faute.value.remede

    @given(texte=st.text(max_size=30))
    @settings(max_examples=examples(10), deadline=None)
    def it_never_breaks_on_what_is_typed(self, texte: str) -> None:
        projet = _PROJET
        for demande in (
            DemandeSimulation("990780017", 2019, "transports", texte, texte, texte, texte),
            DemandeSimulation("990780017", 2019, texte, None, "0 %", "1 %", "1 %"),
            DemandeSimulation(
                "990780017", 2019, "transports", None, "0 %", "1 %", "1 %", (f"niveau={texte}",)
            ),
        ):
            assert _outcome(projet, demande) in ("simulée", "refusée")


_PROJET = Projet(RACINE)


def _outcome(projet: Projet, demande: DemandeSimulation) -> str:
    """What becomes of a request: anything but a refusal in French escapes."""
    try:
        simulate_year(projet, demande)
    except CaqesError as error:
        return "refusée" if error.message else "refusée sans un mot"
    return "simulée"


class DescribeCible:
    """A target may vary too, at negotiation."""

    def it_moves_the_threshold(self, projet: Projet) -> None:
        options = {"de": "28 %", "a": "29 %", "pas": "1 %"}
        montants = _amounts(projet, "2A9780012", "2019", "pertinence", "cible", **options)
        # Observed: 178 ÷ 622 = 28,6 %.
        assert list(montants.values()) == [Decimal(-50000), Decimal(0)]

    def it_reaches_a_complementary_objective(self, projet: Projet) -> None:
        demande = DemandeSimulation("2A9780012", 2019, "pertinence", "cible_GOL-P2C")
        bilan = simulate_year(projet, demande)
        # The answer is « non »: aimed at, it is reached, and all is done.
        assert [ligne.atteinte for ligne in bilan.resolue.lignes] == ["atteint", "non atteint"]
        assert [ligne.niveau for ligne in bilan.resolue.lignes] == ["100\u00a0%", "50\u00a0%"]


class DescribeHorsEuros:
    def it_gives_the_rate_cut_apart(self, projet: Projet) -> None:
        demande = DemandeSimulation("990780017", 2019, "socle", None, "60 %", "70 %", "10 %")
        bas, haut = simulate_year(projet, demande).simulation.points
        assert bas.volet.mesure is MesureProposee.REDUCTION
        assert bas.volet.non_monetaire is not None
        assert bas.volet.non_monetaire.taux is not None
        assert bas.volet.non_monetaire.taux.valeur == Decimal("0.05")
        assert haut.volet.mesure is MesureProposee.AUCUNE

    def it_names_a_volet_that_is_not_in_force(self, projet: Projet) -> None:
        demande = DemandeSimulation("990780017", 2021, "pertinence", None, "0 %", "1 %", "1 %")
        with pytest.raises(CaqesError) as faute:
            simulate_year(projet, demande)
        assert faute.value.code == "V-082"

    def but_not_one_that_an_avenant_renewed(self, projet: Projet) -> None:
        """Three years from 2018, then two more by the second avenant."""
        demande = DemandeSimulation("990780017", 2021, "qualite", None, "0 %", "1 %", "1 %")
        assert len(simulate_year(projet, demande).simulation.points) == 2
