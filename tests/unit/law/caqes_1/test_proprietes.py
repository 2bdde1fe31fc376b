"""What holds for every evaluation, whatever the contract: caps, sums, grounds, order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from string import Template
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.volets import Bareme
from caqes_docs.data.lecture.yaml_strict import FichierYaml
from caqes_docs.law.calcul.fondements import SANCTION
from caqes_docs.law.calcul.noeud import FEUILLES, Nature, Noeud, entree, iter_noeuds, replay
from caqes_docs.law.caqes_1.baremes import BaremePose, Effet, check_scale, compute_part
from caqes_docs.law.caqes_1.montants import amount
from caqes_docs.law.resultats import MesureProposee, ResultatEvaluation
from tests.outils.affaires import Atelier
from tests.outils.partage import examples, read_cases

CAS = Path(__file__).parents[3] / "cas"
SOCLE = read_cases(CAS / "socle.yaml")
TRANSPORTS = read_cases(CAS / "transports.yaml")
MIXTE = next(cas["avec"] for cas in SOCLE["cas"] if cas["id"] == "plafond-global")

taux = st.decimals(0, 1, places=3)
euros = st.decimals(0, 99_999_999, places=2)


@pytest.fixture(scope="module")
def atelier(projet: Projet, depot: Depot, tmp_path_factory: pytest.TempPathFactory) -> Atelier:
    """Made-up contracts under the law of the repository."""
    return Atelier(projet.droit, depot, tmp_path_factory.mktemp("atelier"))


def percent(valeur: Decimal) -> str:
    """A rate as written in a flow mapping."""
    return f"'{valeur * 100:f} %'"


MESURES = Template(
    "$nom: {objectif_principal: {valeur: $reponse}, economies: {depense_constatee: '$constatee'},"
    " modulation: $modulation, motif_modulation: Plan}"
)


@st.composite
def contracts(draw: st.DrawFn) -> dict[str, Any]:
    """A contract with a socle and two volets, all in euros, and its evaluated year."""
    maximum = percent(draw(st.decimals(0, Decimal("0.01"), places=4)))
    avec = {
        **MIXTE,
        "annee": draw(st.sampled_from(["2018", "2019"])),
        "sanction": f"{{type: montant, taux_maximum: {maximum}, bareme: {{nom: saisie}}}}",
        "plafond": draw(st.sampled_from(["null", "'0,1 %'", "'0,7 %'"])),
        "dmi": f"{{numerateur: {draw(st.integers(0, 100))}, denominateur: 100}}",
    }
    cibles = "1 100 000", f"'{draw(euros):f}'"
    avec["volets"] = avec["volets"].replace(*cibles)
    for nom in ("transports", "pertinence"):
        avec[nom] = MESURES.substitute(
            nom=nom,
            reponse=draw(st.sampled_from(["oui", "non"])),
            constatee=draw(euros),
            modulation=percent(draw(taux)),
        )
    return {"avec": avec, "p_2019": f"{draw(euros):f}"}


def run(atelier: Atelier, cas: dict[str, Any]) -> ResultatEvaluation:
    """The result of a drawn contract."""
    valeurs = SOCLE["defauts"] | cas["avec"]
    textes = (Template(SOCLE[cle]).substitute(valeurs) for cle in ("contrat", "evaluation"))
    return atelier.evaluate(*textes, p_2019=cas["p_2019"])


def trees(resultat: ResultatEvaluation) -> Iterator[Noeud]:
    """Every tree of the result."""
    yield resultat.total
    for volet in resultat.volets:
        yield from (volet.montant, volet.maximum)


class DescribeEvaluation:
    """Any contract."""

    @settings(max_examples=examples(60), deadline=None)
    @given(contracts())
    def it_never_exceeds_a_cap(self, atelier: Atelier, cas: dict[str, Any]) -> None:
        produits = Decimal(cas["p_2019"])
        for volet in run(atelier, cas).volets:
            if volet.mesure is MesureProposee.SANCTION:
                assert -produits / 100 <= volet.montant.nombre <= 0
                assert -volet.montant.nombre <= volet.maximum.nombre
            elif volet.mesure is MesureProposee.INTERESSEMENT:
                assert 0 <= volet.montant.nombre <= volet.maximum.nombre
            else:
                assert volet.montant.valeur == 0

    @settings(max_examples=examples(60), deadline=None)
    @given(contracts())
    def it_adds_up_to_the_cent(self, atelier: Atelier, cas: dict[str, Any]) -> None:
        resultat = run(atelier, cas)
        montants = [volet.montant.nombre for volet in resultat.volets]
        assert all(montant == montant.quantize(Decimal("0.01")) for montant in montants)
        plus = sum((m for m in montants if m > 0), Decimal(0))
        moins = sum((-m for m in montants if m < 0), Decimal(0))
        plafond = {"null": None, "'0,1 %'": "0.001", "'0,7 %'": "0.007"}[cas["avec"]["plafond"]]
        total = resultat.total.nombre
        if plafond is None:
            assert total == plus - moins
        else:
            permis = Decimal(plafond) * Decimal(cas["p_2019"])
            assert plus - total <= permis
            assert total >= plus - moins

    @settings(max_examples=examples(30), deadline=None)
    @given(contracts())
    def it_sanctions_nothing_in_a_suspended_year(
        self, atelier: Atelier, cas: dict[str, Any]
    ) -> None:
        cas["avec"]["annee"] = "2018"
        for volet in run(atelier, cas).volets:
            assert volet.mesure is not MesureProposee.SANCTION
            assert volet.montant.nombre >= 0

    @settings(max_examples=examples(30), deadline=None)
    @given(contracts())
    def it_can_be_replayed_from_its_leaves(self, atelier: Atelier, cas: dict[str, Any]) -> None:
        for arbre in trees(run(atelier, cas)):
            for noeud in iter_noeuds(arbre):
                assert replay(noeud) == noeud.valeur
                assert not isinstance(noeud.valeur, float)

    @settings(max_examples=examples(30), deadline=None)
    @given(contracts())
    def it_gives_no_amount_without_article(
        self, atelier: Atelier, projet: Projet, cas: dict[str, Any]
    ) -> None:
        for arbre in trees(run(atelier, cas)):
            for noeud in iter_noeuds(arbre):
                if noeud.operation in FEUILLES:
                    assert noeud.origine or noeud.fondement, noeud.libelle
                    continue
                assert noeud.fondement is not None, noeud.libelle
                assert noeud.fondement.regle.startswith("R-")
                if noeud.fondement.regle != "R-ALL-5":  # its text is the evaluation’s (V-289)
                    assert noeud.fondement.references
                assert set(noeud.fondement.references) <= set(projet.droit.textes)

    @settings(max_examples=examples(20), deadline=None)
    @given(st.permutations(["C1", "C2"]), st.booleans())
    def it_does_not_depend_on_the_order_of_the_lines(
        self, atelier: Atelier, ordre: list[str], manque: bool
    ) -> None:
        valeurs = TRANSPORTS["defauts"] | {"poids": "30 %", "c2": "{valeur: non}"}
        if manque:
            valeurs |= {"autre": "{valeur: non}"}
        contrat, evaluation = (
            Template(TRANSPORTS[cle]).substitute(valeurs) for cle in ("contrat", "evaluation")
        )
        lignes = contrat.splitlines(keepends=True)
        rangs = [i for i, ligne in enumerate(lignes) if "- {id: C" in ligne]
        poses = [next(lignes[i] for i in rangs if f"id: {nom}," in lignes[i]) for nom in ordre]
        for rang, ligne in zip(rangs, poses, strict=True):
            lignes[rang] = ligne
        resultat = atelier.evaluate("".join(lignes), evaluation)
        attendu = Decimal("-250000.00") if manque else Decimal("11250.00")
        assert resultat.total.valeur == attendu


class DescribeMontant:
    """Maximum × part."""

    @given(st.decimals(0, 10_000_000, places=6), taux)
    def it_never_exceeds_its_maximum(self, maximum: Decimal, part: Decimal) -> None:
        haut = _leaf(maximum)
        montant = amount("Montant", haut, _leaf(part), SANCTION)
        assert 0 <= montant.nombre <= maximum
        assert abs(montant.nombre - maximum * part) < Decimal("0.01")
        assert replay(montant) == montant.valeur

    @given(st.decimals(0, 10_000_000, places=6), taux, taux)
    def it_grows_with_the_part(self, maximum: Decimal, a: Decimal, b: Decimal) -> None:
        moins, plus = sorted((a, b))
        haut = _leaf(maximum)
        bas = amount("Montant", haut, _leaf(moins), SANCTION)
        assert bas.nombre <= amount("Montant", haut, _leaf(plus), SANCTION).nombre


def _leaf(valeur: Decimal) -> Noeud:
    return entree("Feuille", valeur, Nature.NOMBRE, "x:1:1")


@st.composite
def scales(draw: st.DrawFn) -> Bareme:
    """A scale without fault, of any method, that falls or grows as its effect asks."""
    nom = draw(st.sampled_from(["tout_ou_rien", "lineaire", "paliers", "points"]))
    bas, haut = sorted(draw(st.lists(taux, min_size=2, max_size=2, unique=True)))
    champs: dict[str, dict[str, Any]] = {
        "tout_ou_rien": {"seuil": percent_of(haut)},
        "lineaire": {"de": percent_of(bas), "a": percent_of(haut)},
        "paliers": {
            "paliers": [
                {"a_partir_de": "0 %", "part": percent_of(bas)},
                {"a_partir_de": percent_of(haut or Decimal(1)), "part": percent_of(haut)},
            ]
        },
        "points": {},
    }
    return Bareme.model_validate({"nom": nom, **champs[nom]})


def percent_of(valeur: Decimal) -> str:
    """A rate as a file writes it."""
    return f"{valeur * 100:f} %".replace(".", ",")


class DescribeBareme:
    """More attained never gives less reward, nor more sanction."""

    @given(scales(), taux, taux)
    def it_is_monotone(self, bareme: Bareme, a: Decimal, b: Decimal) -> None:
        moins, plus = sorted((a, b))
        for effet, sens in ((Effet.INTERESSEMENT, 1), (Effet.SANCTION, -1)):
            pose = BaremePose(_turned(bareme, effet), FichierYaml("x.yaml", None, {}), ())
            assert list(check_scale(pose, effet)) == []
            bas, haut = (
                compute_part(pose, _leaf(niveau), effet, _leaf(niveau)).nombre
                for niveau in (moins, plus)
            )
            assert 0 <= bas <= 1
            assert sens * bas <= sens * haut


def _turned(bareme: Bareme, effet: Effet) -> Bareme:
    """The steps of a sanction fall."""
    if effet is Effet.INTERESSEMENT or not bareme.paliers:
        return bareme
    parts = [palier.part for palier in reversed(bareme.paliers)]
    paliers = tuple(
        palier.model_copy(update={"part": part})
        for palier, part in zip(bareme.paliers, parts, strict=True)
    )
    return bareme.model_copy(update={"paliers": paliers})
