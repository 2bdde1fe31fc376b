"""Tests of `law.caqes_1.niveau`: what a level weighs, to the value, and why it is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.niveau import Niveau, PartNiveau
from caqes_docs.data.dossier.volets import Volet
from caqes_docs.law.calcul.fondements import AIDE
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation, constante, entree
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.niveau.cibles import tell_untargeted
from caqes_docs.law.caqes_1.niveau.obligations import level_of_obligations
from caqes_docs.law.caqes_1.niveau.pesee import Compte, compute_niveau, compute_niveau_actions
from caqes_docs.law.caqes_1.niveau.plan import level_of_plan, plan_actions
from caqes_docs.law.caqes_1.niveau.risques import by_risks
from caqes_docs.law.caqes_1.niveau.socle import LIBELLE, level_of_socle
from caqes_docs.law.resultats import Atteinte, ResultatObjectif
from tests.outils.affaires import Atelier, plain

Cadrer = Callable[..., Cadre]
PLAN = """\
plan_actions:
  ajouter:
    - {id: A-1, article: "10-1", libelle: "Première"}
    - {id: A-2, article: "10-2", libelle: "Seconde"}
"""
RISQUES = """\
volets:
  qualite:
    duree: 3
    nombre_risques: CONTRAT
    sanction:
      type: montant
      selon_risques:
        compte: COMPTE
        parts:
          - {nombre: 0, part: 10 %}
          - {nombre: 1, part: 40 %}
          - {nombre: 2, part: 100 %}
"""
_TYPES = {"had": ("H-1", "H-2"), "mco": ("M-1",)}
ENTIER = entree("Modulation", Decimal("0.5"), Nature.TAUX, "ici")


@pytest.fixture
def cadrer(projet: Projet, depot: Depot, tmp_path: Path) -> Cadrer:
    """The year 2019 of a made-up contract."""

    def run(contrat: str = PLAN, evaluation: str = "") -> Cadre:
        texte = f'dossier: "990000010"\nannee: 2019\n{evaluation}'
        affaire, charge = Atelier(projet.droit, depot, tmp_path).load(contrat, texte)
        return Cadre(affaire.dossier, charge, projet.droit, dt.date(2018, 1, 1))

    return run


def result(
    code: str,
    statut: Atteinte = Atteinte.ATTEINT,
    poids: str | None = None,
    **reste: Any,
) -> ResultatObjectif:
    """A result as it is weighed."""
    oui = entree(code, statut is Atteinte.ATTEINT, Nature.OUI_NON, "ici")
    pese = None if poids is None else entree("Poids", Decimal(poids), Nature.TAUX, "ici")
    return ResultatObjectif(code, code, statut, oui, oui, oui, pese, **reste)


def steps(noeud: Noeud) -> list[str]:
    """The labels of the tree."""
    return [plain(noeud.libelle), *(mot for fils in noeud.operandes for mot in steps(fils))]


class DescribeSansCible:
    """What is told of results that have no target of the year."""

    @pytest.mark.parametrize(
        ("poids", "mots"),
        [
            ((), "à A"),
            ((None, "0"), "à A et B"),
            (("0.6",), "à A, qui pèse 60 % des poids"),
            (("0.25", "0.05"), "à A et B, qui pèsent 30 % des poids"),
            (("0.25", None), "à A et B, qui pèsent 25 % des poids"),
        ],
    )
    def it_is_told_with_its_weight(
        self, poids: tuple[str | None, ...], mots: str, cadrer: Cadrer
    ) -> None:
        vus = [
            result(code, Atteinte.NON_EVALUABLE, pese, sans_cible=True)
            for code, pese in zip("AB", poids or (None,), strict=False)
        ]
        (phrase,) = tell_untargeted(cadrer(), vus)
        suite = "ces résultats ne sont comparés" if " et " in mots else "ce résultat n’est comparé"
        assert plain(phrase) == (
            f"Le contrat ne fixe pas de cible pour 2019 {mots} : {suite} à rien."
        )

    def it_is_told_apart_when_an_earlier_target_holds(self, cadrer: Cadrer) -> None:
        (phrase,) = tell_untargeted(cadrer(), [result("A", poids="0.4", annee_cible=2018)])
        assert plain(phrase) == (
            "Le contrat ne fixe pas de cible pour 2019 à A, qui pèse 40 % des poids : sa "
            "dernière cible vaut encore, selon le contrat."
        )


class DescribePesee:
    """Each level that is not known says why."""

    def it_is_over_what_could_be_evaluated(self) -> None:
        vus = [
            result("A", poids="0.6"),
            result("B", Atteinte.NON_ATTEINT, "0.2"),
            result("C", Atteinte.NON_EVALUABLE, "0.2"),
            result("D", Atteinte.SANS_OBJET),
        ]
        assert compute_niveau("Niveau", vus).valeur == Decimal("0.75")

    @pytest.mark.parametrize(
        ("vus", "motif"),
        [
            ([], "aucune obligation pondérée n’a pu être évaluée"),
            (
                [result("A", Atteinte.NON_EVALUABLE, "1")],
                "aucune obligation pondérée n’a pu être évaluée",
            ),
            (
                [
                    result("A", Atteinte.NON_EVALUABLE, "1", sans_cible=True),
                    result("B", Atteinte.SANS_OBJET),
                ],
                "le contrat ne fixe pas de cible pour cette année",
            ),
            (
                [result("A", poids="1"), result("B"), result("C", Atteinte.NON_ATTEINT)],
                "obligations sans poids : B, C",
            ),
        ],
    )
    def it_leaves_none_out_without_a_word(self, vus: list[ResultatObjectif], motif: str) -> None:
        niveau = compute_niveau("Niveau", vus)
        assert (niveau.valeur, plain(niveau.motif)) == (None, motif)

    @pytest.mark.parametrize(
        ("poids", "motif"),
        [
            ((), "le plan n’a pas d’action"),
            ((None, "1", None), "actions sans poids : A, C"),
        ],
    )
    def it_weighs_every_action(self, poids: tuple[str | None, ...], motif: str) -> None:
        actions = [
            Compte(
                nom, ENTIER, None if p is None else constante("P", Decimal(p), Nature.TAUX, AIDE)
            )
            for nom, p in zip("ABC", poids, strict=False)
        ]
        niveau = compute_niveau_actions("Avancement", actions)
        assert (niveau.valeur, plain(niveau.motif)) == (None, motif)


class DescribePlan:
    """The actions of the plan, and how far each has come."""

    @pytest.mark.parametrize(
        ("plan", "attendu"),
        [
            (None, []),
            ({"types": ["had"]}, ["H-1", "H-2"]),
            (
                {"types": ["had", "mco"], "retirer": [{"action": "H-1", "motif": "Faite"}]},
                ["H-2", "M-1"],
            ),
            ({"types": ["mco", "had"]}, ["M-1", "H-1", "H-2"]),
            ({"types": ["had", "inconnu"]}, None),
            (
                {
                    "types": ["mco"],
                    "ajouter": [
                        {"id": "X", "article": "10-1", "libelle": "X"},
                        {"id": "M-1", "article": "10-1", "libelle": "M"},
                    ],
                },
                ["M-1", "X"],
            ),
        ],
    )
    def it_is_the_typical_plans_as_adapted(
        self, plan: Any, attendu: list[str] | None, projet: Projet
    ) -> None:
        modeles = projet.droit.plans_types.values()
        action = next(action for modele in modeles for action in modele.actions)
        deux = {
            nom: modele.model_copy(
                update={"actions": tuple(action.model_copy(update={"id": i}) for i in ids)}
            )
            for (nom, ids), modele in zip(_TYPES.items(), modeles, strict=False)
        }
        contrat = Contrat.model_validate(
            {"reference": "R", "regime": "caqes_1", "ars": "a", "organisme": "o", "signature": {}}
            | ({} if plan is None else {"plan_actions": plan})
        )
        assert plan_actions(contrat, replace(projet.droit, plans_types=deux)) == attendu

    @pytest.mark.parametrize(
        ("premiere", "seconde", "valeur"),
        [
            ("0 %", "100 %", "0.5"),
            ("100 %", "100 %", "1"),
            ("0 %", "0 %", "0"),
            ("-1 %", "100 %", None),
            ("101 %", "100 %", None),
        ],
    )
    def it_is_between_nothing_and_all(
        self, premiere: str, seconde: str, valeur: str | None, cadrer: Cadrer
    ) -> None:
        suivi = f"actions: {{A-1: {{taux: {premiere}}}, A-2: {{taux: {seconde}}}}}\n"
        niveau = self._level(cadrer(PLAN, suivi))
        assert niveau.valeur == (None if valeur is None else Decimal(valeur))

    def it_is_unknown_while_an_action_is_not_told(self, cadrer: Cadrer) -> None:
        niveau = self._level(cadrer(PLAN, "actions: {A-1: {taux: 10 %}}\n"))
        assert (niveau.valeur, niveau.motif) == (None, "avancement de A-2 inconnu")

    def _level(self, cadre: Cadre) -> Noeud:
        return level_of_plan(cadre, PartNiveau.model_validate({"mesure": "nombre"}))


class DescribeObligations:
    """What « en partie » is worth is a choice of the contract (X42)."""

    def it_has_no_step_for_what_the_contract_does_not_admit(self, cadrer: Cadrer) -> None:
        cadre = cadrer()
        tenues = "".join(f"  {nom}: {{tenue: oui}}\n" for nom in cadre.droit.obligations_evaluees)
        cadre = cadrer(PLAN, f"obligations_generales:\n{tenues}")
        niveau = level_of_obligations(cadre, PartNiveau.model_validate({"mesure": "nombre"}))
        assert niveau.valeur == 1
        assert not [mot for mot in steps(niveau) if "en partie" in mot]

    def it_says_which_answer_is_missing(self, cadrer: Cadrer) -> None:
        cadre = cadrer()
        premiere, mots = next(iter(cadre.droit.obligations_evaluees.items()))
        tenues = "".join(
            f"  {nom}: {{tenue: {'en partie' if nom == premiere else 'oui'}}}\n"
            for nom in cadre.droit.obligations_evaluees
        )
        cadre = cadrer(PLAN, f"obligations_generales:\n{tenues}")
        niveau = level_of_obligations(cadre, PartNiveau.model_validate({"mesure": "nombre"}))
        attendu = f"rien ne dit si l’obligation {premiere} est tenue ({mots})"
        assert (niveau.valeur, niveau.motif) == (None, attendu)


class DescribeSocle:
    """The parts of the level, each for its share (X41)."""

    VUS = (result("I", poids="0.5"), result("J", Atteinte.NON_ATTEINT, "0.3"))

    def it_is_the_level_of_its_only_part(self, cadrer: Cadrer) -> None:
        niveau, (part,) = self._level(cadrer, {"indicateurs": {"part": "100 %", "mesure": "poids"}})
        assert (niveau.libelle, niveau.valeur) == (LIBELLE, Decimal("0.625"))
        assert niveau.operation is Operation.QUOTIENT
        assert (part.part, part.niveau.libelle) == (1, "Indicateurs atteints")

    def it_adds_up_two_parts(self, cadrer: Cadrer) -> None:
        niveau, parts = self._level(
            cadrer,
            {
                "indicateurs": {"part": "60 %", "mesure": "poids"},
                "actions": {"part": "40 %", "mesure": "nombre"},
            },
        )
        assert niveau.operation is Operation.SOMME
        assert niveau.valeur == Decimal("0.575")  # 60 % × 62,5 % + 40 % × 50 %
        assert [p.part for p in parts] == [Decimal("0.6"), Decimal("0.4")]

    def it_counts_each_indicator_for_one(self, cadrer: Cadrer) -> None:
        niveau, _ = self._level(cadrer, {"indicateurs": {"part": "100 %", "mesure": "nombre"}})
        assert [fils.valeur for fils in niveau.operandes] == [1, 2]

    @pytest.mark.parametrize(
        ("niveau", "motif"),
        [
            ({}, "le contrat ne dit pas ce que pèse ce niveau"),
            (
                {"indicateurs": {"part": "99 %", "mesure": "poids"}},
                "le contrat ne dit pas ce que pèse ce niveau",
            ),
            (
                {"indicateurs": {"part": "100 %"}},
                "rien ne dit comment les indicateurs sont comptés",
            ),
            ({"actions": {"part": "100 %"}}, "rien ne dit ce qui est compté, ni comment"),
        ],
    )
    def it_is_unknown_while_the_contract_does_not_say_it(
        self, niveau: Any, motif: str, cadrer: Cadrer
    ) -> None:
        trouve, _ = self._level(cadrer, niveau)
        assert (trouve.valeur, trouve.motif) == (None, motif)

    def _level(self, cadrer: Cadrer, niveau: Any) -> tuple[Noeud, Any]:
        cadre = cadrer(PLAN, "actions: {A-1: {taux: 20 %}, A-2: {taux: 80 %}}\n")
        return level_of_socle(cadre, Niveau.model_validate(niveau), self.VUS)


class DescribeRisques:
    """X43: the part of the maximum that the number of risks opens."""

    @pytest.mark.parametrize(
        ("compte", "contrat", "vus", "libelle", "part"),
        [
            ("contrat", "1", "2", "Part du maximum pour 1 risque", "0.4"),
            ("contrat", "2", "1", "Part du maximum pour 2 risques", "1"),
            ("en_defaut", "2", "1", "Part du maximum pour 1 risque", "0.4"),
            ("en_defaut", "2", "0", "Part du maximum pour 0 risque", "0.1"),
            ("null", "2", "1", "Part du maximum pour 2 risques", "1"),
        ],
    )
    def it_is_that_of_the_risks_that_the_contract_counts(
        self, compte: str, contrat: str, vus: str, libelle: str, part: str, cadrer: Cadrer
    ) -> None:
        cadre, noeud = self._by_risks(cadrer, compte, contrat, vus)
        assert (noeud.operandes[0].libelle, noeud.operandes[0].valeur) == (libelle, Decimal(part))
        assert noeud.valeur == Decimal(part) / 2
        assert cadre.constats == []

    @pytest.mark.parametrize(
        ("compte", "contrat", "vus", "mots"),
        [
            ("contrat", "null", "1", "Le contrat ne dit pas combien"),
            ("en_defaut", "2", "null", "L’évaluation ne dit pas combien"),
        ],
    )
    def it_asks_for_the_number_that_is_missing(
        self, compte: str, contrat: str, vus: str, mots: str, cadrer: Cadrer
    ) -> None:
        cadre, noeud = self._by_risks(cadrer, compte, contrat, vus)
        assert noeud.valeur is None
        (constat,) = cadre.constats
        assert constat.code == "V-037"
        assert constat.message.startswith(mots)

    def it_is_unknown_for_a_number_that_the_contract_does_not_name(self, cadrer: Cadrer) -> None:
        cadre, noeud = self._by_risks(cadrer, "contrat", "3", "0")
        part = noeud.operandes[0]
        assert (noeud.valeur, part.motif) == (
            None,
            "le contrat ne dit pas la part de ce nombre de risques",
        )
        assert cadre.constats == []
        ici = ("volets", "qualite", "sanction", "selon_risques", "parts", 0, "part")
        assert part.origine == cadre.in_contract(*ici)

    def it_leaves_alone_a_volet_that_does_not_say_it(self, cadrer: Cadrer) -> None:
        cadre = cadrer(RISQUES.replace("CONTRAT", "1").replace("COMPTE", "contrat"))
        assert by_risks(cadre, "qualite", Volet(), ENTIER) is ENTIER

    def _by_risks(self, cadrer: Cadrer, compte: str, contrat: str, vus: str) -> tuple[Cadre, Noeud]:
        texte = RISQUES.replace("CONTRAT", contrat).replace("COMPTE", compte)
        cadre = cadrer(texte, f"volets: {{qualite: {{nombre_risques: {vus}}}}}\n")
        return cadre, by_risks(cadre, "qualite", cadre.contrat.volets["qualite"], ENTIER)
