"""The bounds of an evaluation: how a result is given, what decides an amount, which day counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar

import pytest

from caqes_docs.core.constats import Constat
from caqes_docs.data.dossier.evaluation import Releve
from caqes_docs.data.lecture.yaml_strict import FichierYaml
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation, entree
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.mesures import PlaceMesure, Question, evaluate_question, observe_value
from caqes_docs.law.controles.mesures import check_measure
from caqes_docs.law.droit.catalogue import Indicateur
from caqes_docs.law.resultats import Atteinte
from caqes_docs.law.resultats import MesureProposee as MesureRetenue
from tests.outils.affaires import Atelier

ICI = PlaceMesure(
    FichierYaml("evaluation.yaml", {}, {("q",): (4, 2), ("q", "numerateur"): (5, 7)}), ("q",)
)
INDICATEUR = {
    "id": "X1",
    "article": "10-1",
    "obligation": "Essai",
    "libelle": "Essai",
    "type": "ratio",
    "unite": "taux",
    "sens": "min",
    "activites": ["MCO"],
    "certitude": "texte",
}
SOCLE_TENU = '{sanction_proposee: non, appreciation: "Tenu."}'
SOCLE_NON_TENU = (
    '{sanction_proposee: oui, appreciation: "Rien.", modulation: MOD, motif_modulation: "Rien."}'
)
EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle: SOCLE
  pertinence:
    objectif_principal: {valeur: ATTEINT}
    modulation: 100 %
    motif_modulation: "Plan suivi."
"""
PERTINENCE = """
volets:
  pertinence:
    signature: {date: 2017-12-20}
    duree: 5
    donne_lieu_a_sanction: oui
    objectif_principal: {id: P1, libelle: "Objectif", cibles: {2019: "oui"}}
    sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}
    interessement: {prevu: oui, montant_maximum: 300 000, bareme: {nom: saisie}}
"""
SANCTION_DU_SOCLE = """
socle:
  sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}
"""


def evaluation(socle: str = SOCLE_TENU, atteint: str = "non") -> str:
    """The year 2019."""
    return EVALUATION.replace("SOCLE", socle).replace("ATTEINT", atteint)


def question(cible: str | None = None, **champs: Any) -> Question:
    """What is measured by an indicator so changed."""
    indicateur = Indicateur.model_validate(INDICATEUR | champs)
    return Question("X1", "Essai", indicateur, cible, "dossier.yaml:1:1")


def yes_or_no(cible: str | None = "oui") -> Question:
    """An obligation without indicator."""
    return Question("Q1", "Obligation", None, cible, "dossier.yaml:1:1")


def weight(taux: str) -> Noeud:
    """What an objective counts for."""
    return entree("Poids", Decimal(taux) / 100, Nature.TAUX, "dossier.yaml:2:1")


def measure(**champs: Any) -> Releve:
    """A measure as written in the evaluation."""
    return Releve.model_validate(champs)


def codes(constats: Any) -> list[str]:
    """Their codes, in order."""
    return [constat.code for constat in constats if isinstance(constat, Constat)]


class DescribeComposite:
    """Each answer under its name; one too many has a number."""

    DEUX: ClassVar[dict[str, Any]] = {
        "type": "composite",
        "unite": "oui_non",
        "elements": ["Un", "Deux"],
    }
    TROIS: ClassVar[dict[str, Any]] = {**DEUX, "elements": ["Un", "Deux", "Trois"]}

    @pytest.mark.parametrize(
        ("reponses", "libelles", "valeur"),
        [
            (["oui", "oui"], ["Un", "Deux"], True),
            (["oui"], ["Un", "Deux"], None),
            (["oui", "oui", "non"], ["Un", "Deux", "Élément 3"], False),
        ],
    )
    def it_names_every_answer(
        self, reponses: list[str], libelles: list[str], valeur: bool | None
    ) -> None:
        noeud = observe_value(question(**self.DEUX), measure(elements=reponses), ICI)
        assert [operande.libelle for operande in noeud.operandes] == libelles
        assert noeud.valeur is valeur
        assert noeud.motif == ("réponse absente" if valeur is None else "")


class DescribeMesureIncomplete:
    """V-005: a part forgotten would take the result out of the level without a word."""

    @pytest.mark.parametrize(
        ("indicateur", "champs", "manque"),
        [
            ({}, {"numerateur": "1"}, ["«\u00a0denominateur\u00a0»"]),
            ({}, {"denominateur": "1"}, ["«\u00a0numerateur\u00a0»"]),
            ({"type": "evolution"}, {"montant_n": "1"}, ["«\u00a0montant_n_1\u00a0»"]),
            ({"type": "evolution"}, {"montant_n_1": "1"}, ["«\u00a0montant_n\u00a0»"]),
            (DescribeComposite.DEUX, {"elements": ["oui"]}, ["Deux"]),
            (DescribeComposite.DEUX, {"elements": ["non"]}, []),
            (DescribeComposite.TROIS, {"elements": ["oui", "non"]}, []),
            (DescribeComposite.TROIS, {"elements": ["oui", "oui"]}, ["Trois"]),
            (DescribeComposite.DEUX, {"elements": ["oui", "oui"]}, []),
            ({}, {"numerateur": "0", "denominateur": "0"}, []),
            ({}, {"indisponible": "Non livré"}, []),
        ],
    )
    def it_is_told_of_what_weighs(
        self, indicateur: dict[str, Any], champs: dict[str, Any], manque: list[str]
    ) -> None:
        cible = "oui" if "elements" in indicateur else "50 %"
        pesante = replace(question(**indicateur), cible=cible, poids=weight("10"))
        constats = list(check_measure(pesante, measure(**champs), ICI))
        assert codes(constats) == ["V-005"] * bool(manque)
        assert all(", ".join(manque) in constat.message for constat in constats)
        legere = replace(pesante, poids=weight("0"))
        assert codes(check_measure(legere, measure(**champs), ICI)) == []


class DescribeFacons:
    """One way, and the indicator's own."""

    @pytest.mark.parametrize("autre", [{"numerateur": "1"}, {"denominateur": "2"}])
    def it_counts_a_way_as_soon_as_one_of_its_figures_is_there(self, autre: dict[str, str]) -> None:
        deux = measure(valeur="50 %", **autre)
        assert codes(check_measure(question(), deux, ICI)) == ["V-001"]
        noeud = observe_value(question(), deux, ICI)
        assert noeud.motif == "le résultat n’est pas donné comme l’indicateur le demande"

    def it_tells_once_of_two_ways_even_of_one_that_is_not_the_indicators(self) -> None:
        deux = measure(valeur="50 %", numerateur="1")
        assert codes(check_measure(question(type="evolution"), deux, ICI)) == ["V-001"]

    def it_tells_how_a_yes_or_no_is_given(self) -> None:
        (constat,) = check_measure(yes_or_no(), measure(numerateur="1", denominateur="2"), ICI)
        assert (constat.code, str(constat.source)) == ("V-003", "evaluation.yaml:4:2")
        assert constat.remede == (
            "Donner le résultat, ou la valeur publiée sous «\u00a0valeur\u00a0»."
        )

    def it_takes_an_empty_measure_as_none(self) -> None:
        noeud = observe_value(question(), measure(), ICI)
        assert (noeud.operation, noeud.valeur) == (Operation.ENTREE, None)
        assert noeud.motif == observe_value(question(), None, ICI).motif != ""
        assert codes(check_measure(question(), measure(), ICI)) == []

    @pytest.mark.parametrize(
        ("cible", "motif"),
        [
            (None, "aucune cible n’est fixée pour l’année"),
            ("beaucoup", "la cible ne se lit pas"),
            ("50 %", ""),
        ],
    )
    def it_tells_why_there_is_no_target(self, cible: str | None, motif: str) -> None:
        resultat = evaluate_question(question(cible), measure(valeur="60 %"), ICI)
        assert resultat.cible.motif == motif
        assert resultat.verdict.motif == motif
        attendu = Atteinte.NON_EVALUABLE if motif else Atteinte.ATTEINT
        assert resultat.statut is attendu


class DescribePart:
    """V-004: a part never exceeds its whole."""

    @pytest.mark.parametrize(
        ("champs", "attendu"),
        [
            ({"numerateur": "1", "denominateur": "1"}, []),
            ({"numerateur": "2", "denominateur": "1"}, ["V-004"]),
            ({"numerateur": "1", "denominateur": "0"}, []),
            ({"valeur": "0 %"}, []),
            ({"valeur": "100 %"}, []),
            ({"valeur": "100,5 %"}, ["V-004"]),
            ({"valeur": "200 %"}, ["V-004"]),
            ({"valeur": "-0,5 %"}, ["V-004"]),
        ],
    )
    def it_is_told_of_what_does(self, champs: dict[str, str], attendu: list[str]) -> None:
        assert codes(check_measure(question(), measure(**champs), ICI)) == attendu

    def it_is_told_where_it_stands(self) -> None:
        (constat,) = check_measure(question(), measure(numerateur="2", denominateur="1"), ICI)
        assert str(constat.source) == "evaluation.yaml:5:7"

    def but_not_of_a_growth(self) -> None:
        evolution = question(type="evolution")
        assert codes(check_measure(evolution, measure(valeur="150 %"), ICI)) == []


class DescribeCadre:
    """Which day chooses the parameters, and which of them binds."""

    @pytest.fixture
    def cadre(self, atelier: Atelier) -> Cadre:
        contrat = (
            "volets:\n  pertinence: {signature: {date: 2019-06-03}, duree: 3}\n"
            "  qualite: {duree: 3}\n"
        )
        affaire, charge = atelier.load(contrat, evaluation())
        return Cadre(affaire.dossier, charge, atelier.droit, dt.date(2018, 1, 1))

    @pytest.mark.parametrize(
        ("volet", "annee"), [("pertinence", 2020), ("qualite", 2018), ("socle", 2018)]
    )
    def it_dates_a_volet_by_its_own_signature(self, volet: str, annee: int, cadre: Cadre) -> None:
        assert cadre.effect_of(volet) == dt.date(annee, 1, 1)

    def it_grounds_the_least_cap_on_the_last_one(self, cadre: Cadre) -> None:
        noms = ("socle/plafond_sanction", "socle/plafond_reduction_liste_en_sus", "refus/taux")
        noeud = cadre.least_parameter(noms, cadre.effet)
        assert [operande.libelle for operande in noeud.operandes] == [
            cadre.droit.parametres[nom].description for nom in noms
        ]
        assert noeud.valeur == min(operande.nombre for operande in noeud.operandes)
        assert noeud.fondement == noeud.operandes[-1].fondement
        assert noeud.fondement != noeud.operandes[1].fondement

    def it_takes_one_cap_as_it_is(self, cadre: Cadre) -> None:
        noeud = cadre.least_parameter(("refus/taux",), cadre.effet)
        assert noeud.operation is Operation.PARAMETRE

    def it_has_no_evaluation_when_nothing_is_evaluated(self, cadre: Cadre) -> None:
        with pytest.raises(TypeError, match="aucune évaluation"):
            _ = replace(cadre, charge=None).evaluee


class DescribeSommeDesSanctions:
    """The sum of sanctions, whatever is rewarded beside."""

    def it_is_not_lowered_by_a_reward(self, atelier: Atelier) -> None:
        deux = PERTINENCE + PERTINENCE.partition("volets:\n")[2].replace("pertinence", "qualite")
        socle = SOCLE_NON_TENU.replace("MOD", "80 %")
        texte = evaluation(socle, "oui") + (
            "  qualite:\n    objectif_principal: {valeur: non}\n    modulation: 50 %\n"
            '    motif_modulation: "À moitié."\n'
        )
        jugee = atelier.judge(SANCTION_DU_SOCLE + deux, texte)
        assert {r.volet: r.montant.valeur for r in jugee.resultat.volets} == {
            "socle": Decimal("-320000.00"),
            "pertinence": Decimal("300000.00"),
            "qualite": Decimal("-200000.00"),
        }
        assert jugee.resultat.total.valeur == Decimal("-220000.00")

    def it_counts_less_than_a_euro(self, atelier: Atelier) -> None:
        socle = SOCLE_NON_TENU.replace("MOD", "100 %")
        jugee = atelier.judge(SANCTION_DU_SOCLE + PERTINENCE, evaluation(socle), p_2019="50,00")
        montants = [r.montant.valeur for r in jugee.resultat.volets]
        assert montants == [Decimal("-0.50"), Decimal("-0.50")]
        assert jugee.resultat.total.valeur == Decimal("-1.00")

    def it_asks_for_no_products_when_nothing_is_sanctioned(self, atelier: Atelier) -> None:
        texte = evaluation(atteint="oui").replace("exercice_clos: 2019\n", "")
        sans = PERTINENCE.replace("donne_lieu_a_sanction: oui", "donne_lieu_a_sanction: non")
        jugee = atelier.judge(sans, texte)
        assert jugee.resultat.total.valeur == Decimal("300000.00")
        assert codes(jugee.constats) == []


class DescribePoids:
    """V-027: weights are asked for where a level decides something, and nowhere else."""

    def it_asks_no_weight_for_a_scale_that_is_typed(self, atelier: Atelier) -> None:
        resultat = self._run(atelier, "{nom: saisie}")
        assert resultat == (Decimal("300000.00"), [])

    def but_it_does_for_another(self, atelier: Atelier) -> None:
        montant, trouves = self._run(atelier, "{nom: points}")
        assert (montant, trouves) == (None, ["V-027"])

    def it_asks_those_of_the_socle_as_soon_as_one_scale_needs_them(self, atelier: Atelier) -> None:
        contrat = """
socle:
  niveau: {indicateurs: {part: 100 %, mesure: poids}}
  sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: points}}
  interessement: {prevu: oui, montant_maximum: 1 000, bareme: {nom: saisie}}
indicateurs:
  NAT-10-1-1: {cibles: {2019: "4 %"}}
"""
        texte = evaluation().partition("  pertinence")[0]
        texte = texte.replace("volets:", "indicateurs: {NAT-10-1-1: {valeur: 3 %}}\nvolets:")
        assert "V-027" in codes(atelier.judge(contrat, texte).constats)
        saisi = contrat.replace("points", "saisie")
        assert "V-027" not in codes(atelier.judge(saisi, texte).constats)

    def _run(self, atelier: Atelier, bareme: str) -> tuple[Any, list[str]]:
        contrat = PERTINENCE.replace("oui, montant_maximum: 300 000, bareme: {nom: saisie}",
            f"oui, montant_maximum: 300 000, bareme: {bareme}") + (
            '    objectifs_complementaires: [{id: C1, libelle: "Autre", cibles: {2019: "oui"}}]\n'
        )  # fmt: skip
        texte = evaluation(atteint="oui") + "    complementaires: {C1: {valeur: oui}}\n"
        jugee = atelier.judge(contrat, texte)
        return jugee.resultat.par_volet["pertinence"].montant.valeur, codes(jugee.constats)


class DescribeRisques:
    """Annexe 6: the part of the risks that are no longer in default."""

    @pytest.mark.parametrize(
        ("en_defaut", "niveau", "montant"),
        [
            (0, Decimal(1), Decimal("0.00")),
            (1, Decimal("0.75"), Decimal("-100000.00")),
            (4, Decimal(0), Decimal("-400000.00")),
        ],
    )
    def it_modulates_the_sanction(
        self, en_defaut: int, niveau: Decimal, montant: Decimal, atelier: Atelier
    ) -> None:
        contrat = PERTINENCE.replace("pertinence", "qualite").replace(
            "1 %, bareme: {nom: saisie}", "1 %, bareme: {nom: points, sur: risques}"
        )
        texte = evaluation().replace("pertinence", "qualite")
        jugee = atelier.judge(
            contrat + "    nombre_risques: 4\n", f"{texte}    nombre_risques: {en_defaut}\n"
        )
        volet = jugee.resultat.par_volet["qualite"]
        assert (volet.niveau.valeur, volet.montant.valeur) == (niveau, montant)
        assert codes(jugee.constats) == []
        assert volet.niveau.fondement is not None
        assert volet.niveau.fondement.references == ("instruction/2017-234",)


class DescribeObjectifPrincipal:
    def it_decides_nothing_where_there_is_none(self, atelier: Atelier) -> None:
        sans = "".join(
            ligne for ligne in PERTINENCE.splitlines(keepends=True) if "id: P1" not in ligne
        )
        texte = evaluation().replace("    objectif_principal: {valeur: non}\n", "")
        volet = atelier.evaluate(sans, texte).par_volet["pertinence"]
        assert volet.mesure is MesureRetenue.NON_EVALUABLE
        assert volet.raison == (
            "Le résultat n’est pas évaluable\u00a0: Objectif principal atteint\u00a0: non fixé."
        )
        assert volet.montant.valeur is None


class DescribeMesureSansObjet:
    """V-034: what the contract has not is not measured."""

    @pytest.mark.parametrize(
        ("mesure", "message"),
        [
            ("complementaires: {C9: {valeur: oui}}", "L’objectif C9 n’est pas au contrat"),
            ("actions: {A9: {taux: 10 %}}", "L’action A9 n’est pas au contrat"),
            ("objectif_supplementaire: {valeur: oui}", "n’a pas d’objectif supplémentaire"),
        ],
    )
    def it_is_told(self, mesure: str, message: str, atelier: Atelier) -> None:
        texte = f"{evaluation()}    {mesure}\n"
        (constat,) = atelier.judge(PERTINENCE, texte).constats
        assert constat.code == "V-034"
        assert message in constat.message
        assert str(constat.source).startswith("evaluation.yaml:11:")

    def it_is_told_of_a_principal_objective(self, atelier: Atelier) -> None:
        sans = "".join(
            ligne for ligne in PERTINENCE.splitlines(keepends=True) if "id: P1" not in ligne
        )
        (constat,) = atelier.judge(sans, evaluation()).constats
        assert (constat.code, str(constat.source)) == ("V-034", "evaluation.yaml:8:5")
        assert constat.message == "Le volet pertinence n’a pas d’objectif principal au contrat."
        assert constat.remede == (
            "Retirer «\u00a0objectif_principal\u00a0», ou corriger le contrat."
        )

    @pytest.mark.parametrize("vide", ["objectif_supplementaire:", "objectif_supplementaire: {}"])
    def but_not_while_nothing_is_written_there(self, vide: str, atelier: Atelier) -> None:
        assert atelier.judge(PERTINENCE, f"{evaluation()}    {vide}\n").constats == ()


class DescribeDecision:
    """V-061: a decision that is not the proposal says why, whatever its amount."""

    @pytest.mark.parametrize(
        ("decision", "attendu"),
        [
            ("{nature: montant, montant: 400 000}", []),
            ("{nature: interessement, montant: 400 000}", ["V-061", "V-064"]),
            ('{nature: interessement, montant: 400 000, motif: "Oui."}', ["V-064"]),
        ],
    )
    def it_tells_another_measure_of_the_same_amount(
        self, decision: str, attendu: list[str], atelier: Atelier
    ) -> None:
        texte = evaluation() + f"decision:\n  volets:\n    pertinence: {decision}\n"
        assert sorted(codes(atelier.judge(PERTINENCE, texte).constats)) == attendu

    @pytest.mark.parametrize(
        ("decision", "message", "remede"),
        [
            ("{nature: aucune, montant: 10, motif: Rien}", "ne porte aucune valeur", "Retirer"),
            (
                "{nature: montant, motif: Oubli}",
                "porte «\u00a0montant\u00a0»",
                "Donner «\u00a0montant",
            ),
        ],
    )
    def it_tells_the_value_that_its_nature_asks_for(
        self, decision: str, message: str, remede: str, atelier: Atelier
    ) -> None:
        texte = evaluation() + f"decision:\n  volets:\n    pertinence: {decision}\n"
        constats = atelier.judge(PERTINENCE, texte).constats
        (constat,) = (constat for constat in constats if constat.code == "V-062")
        assert message in constat.message
        assert constat.remede.startswith(remede)


class DescribeDateDEffet:
    """V-068: a measure takes effect on the day of its decision at the earliest."""

    MSAP = PERTINENCE.replace(
        "{type: montant, taux_maximum: 1 %, bareme",
        "{type: mise_sous_accord_prealable, duree_maximale_mois: 6, actes: Scanner, bareme",
    )

    @pytest.mark.parametrize(
        ("decision", "effet", "attendu"),
        [
            ("  date: 2020-10-05\n", "2020-10-04", ["V-068"]),
            ("  date: 2020-10-05\n", "2020-10-05", []),
            ("  date: 2020-10-05\n", "2020-10-06", []),
            ("  date: 2020-10-05\n", "", []),
            ("", "2020-10-04", []),
        ],
    )
    def it_is_never_before_the_decision(
        self, decision: str, effet: str, attendu: list[str], atelier: Atelier
    ) -> None:
        jugee = atelier.judge(self.MSAP, self._text(decision, effet))
        assert [code for code in codes(jugee.constats) if code == "V-068"] == attendu

    def it_is_told_with_both_days(self, atelier: Atelier) -> None:
        texte = self._text("  date: 2020-10-05\n", "2020-10-04")
        constats = atelier.judge(self.MSAP, texte).constats
        (constat,) = (constat for constat in constats if constat.code == "V-068")
        ligne = next(n for n, mots in enumerate(texte.splitlines(), 1) if "date_effet" in mots)
        assert str(constat.source).startswith(f"evaluation.yaml:{ligne}:")
        assert constat.message == (
            "La mesure du volet pertinence prendrait effet le 4\u00a0octobre\u00a02020, avant sa "
            "décision du 5\u00a0octobre\u00a02020."
        )

    def _text(self, decision: str, effet: str) -> str:
        return evaluation() + (
            f"decision:\n{decision}  volets:\n    pertinence:\n"
            f"      nature: mise_sous_accord_prealable\n      duree_mois: 6\n"
            f"      date_effet: {effet}\n"
        )
