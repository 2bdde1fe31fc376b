"""K3: 5 % of the products for all volets together (D. 162-16, III, 1°), or less by contract."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.law.calcul.explication import steps
from caqes_docs.law.calcul.noeud import replay
from caqes_docs.law.jugement import AnneeJugee
from tests.outils.affaires import Atelier
from tests.outils.partage import examples

CONTRAT = """
choix: {plafond_global_sanctions: PLAFOND}
socle:
  sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}
"""
EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle:
    sanction_proposee: OUVERTE
    appreciation: "Peu."
    modulation: 80 %
    motif_modulation: "Peu."
"""


class DescribePlafondGlobal:
    @pytest.mark.parametrize(
        ("plafond", "ouverte", "total", "dit"),
        [
            ("'0,5 %'", "oui", "-200000.00", ["de − 320 000 € à − 200 000 €"]),
            ("'0,8 %'", "oui", "-320000.00", []),
            ("'0,5 %'", "non", "0", []),
            ("null", "oui", "-320000.00", []),
            ("'0,5 %'", "null", None, []),
        ],
    )
    def it_is_told_when_it_lowers_the_total(
        self, plafond: str, ouverte: str, total: str | None, dit: list[str], atelier: Atelier
    ) -> None:
        resultat = atelier.evaluate(
            CONTRAT.replace("PLAFOND", plafond), EVALUATION.replace("OUVERTE", ouverte)
        )
        assert resultat.total.valeur == (None if total is None else Decimal(total))
        espaces = str.maketrans("\u00a0\u202f", "  ")
        assert len(resultat.avertissements) == len(dit)
        for message, mots in zip(resultat.avertissements, dit, strict=True):
            assert mots in message.translate(espaces)
            assert "0,5 % des produits (choisi au contrat)" in message.translate(espaces)


SIX = tuple(f"regional{rang}" for rang in range(6))
"""Volets of a region's own: with the four of the texts, at 1 % each, 5 % are out of reach."""
_VOLET = """\
  {nom}:
    signature: {{lieu: "Exempleville", date: 2017-12-20}}
    duree: 3
    donne_lieu_a_sanction: oui
    objectif_principal: {{id: "{nom}", cibles: {{2019: oui}}}}
    sanction: {{type: montant, taux_maximum: '{taux}', bareme: {{nom: saisie}}}}
    interessement: {{prevu: oui, montant_maximum: 1 000, bareme: {{nom: saisie}}}}
"""
_MESURE = """\
  {nom}: {{objectif_principal: {{valeur: {atteint}}}, modulation: 100 %, motif_modulation: Peu}}
"""
_PRISE = "    {nom}: {{nature: montant, montant: '{montant}', motif: Décidé}}\n"


@pytest.fixture(scope="module")
def region(projet: Projet, depot: Depot, tmp_path_factory: pytest.TempPathFactory) -> Atelier:
    """Where a library describes six volets more."""
    modele = projet.droit.volets["pertinence"]
    siens = {nom: modele.model_copy(update={"id": nom}) for nom in SIX}
    droit = replace(projet.droit, volets={**projet.droit.volets, **siens})
    return Atelier(droit, depot, tmp_path_factory.mktemp("region"))


def judge_six(
    region: Atelier,
    produits: str,
    taux: str = "1 %",
    *,
    plafond: str = "null",
    recompense: bool = False,
    decide: str = "",
) -> AnneeJugee:
    """Six volets of which all fail, or all but the last; `decide`: the amount decided for each."""
    contrat = f"choix: {{plafond_global_sanctions: {plafond}}}\nvolets:\n"
    contrat += "".join(_VOLET.format(nom=nom, taux=taux) for nom in SIX)
    texte = 'dossier: "990000010"\nannee: 2019\nexercice_clos: 2019\nvolets:\n'
    texte += '  socle: {sanction_proposee: non, appreciation: "Tenu."}\n'
    for rang, nom in enumerate(SIX):
        atteint = "oui" if recompense and rang == 5 else "non"
        texte += _MESURE.format(nom=nom, atteint=atteint)
    if decide:
        texte += "decision:\n  volets:\n"
        texte += "".join(_PRISE.format(nom=nom, montant=decide) for nom in SIX)
    return region.judge(contrat, texte, p_2019=produits)


class DescribeCinqPourCent:
    def it_bounds_the_sanctions_of_all_volets(self, region: Atelier) -> None:
        jugee = judge_six(region, "40 000 000")
        assert [v.montant.valeur for v in jugee.resultat.volets[1:]] == [Decimal(-400000)] * 6
        assert jugee.resultat.total.valeur == Decimal("-2000000.00")
        (dit,) = jugee.resultat.avertissements
        assert "5\u00a0% des produits (article D. 162-16, III, 1°)" in dit
        assert [c.code for c in jugee.constats] == []

    def it_leaves_what_reaches_it_exactly(self, region: Atelier) -> None:
        jugee = judge_six(region, "40 000 000", recompense=True)
        assert jugee.resultat.total.valeur == Decimal(1000) - 2_000_000
        assert jugee.resultat.avertissements == ()

    def it_is_lowered_by_the_contract_alone(self, region: Atelier) -> None:
        plus_bas = judge_six(region, "40 000 000", plafond="'4,5 %'")
        assert plus_bas.resultat.total.valeur == Decimal("-1800000.00")
        assert "(choisi au contrat)" in plus_bas.resultat.avertissements[0]
        plus_haut = judge_six(region, "40 000 000", plafond="6 %")
        assert plus_haut.resultat.total.valeur == Decimal("-2000000.00")

    def it_is_in_whole_cents_and_stops_nothing(self, region: Atelier) -> None:
        # 5 % of 20 202 020.25 is 1 010 101.0125; 1 % is 202 020.2025
        jugee = judge_six(region, "20 202 020,25", decide="202 020,20")
        assert jugee.resultat.total.valeur == Decimal("-1010101.01")
        fautes = [c for c in jugee.constats if c.code == "V-063"]
        assert len(fautes) == 1
        assert "1\u202f010\u202f101,01\u00a0€" in fautes[0].message

    def it_bounds_what_is_decided(self, region: Atelier) -> None:
        juste = judge_six(region, "20 202 020,26", decide="168 350,16")
        assert [c.code for c in juste.constats if c.code == "V-063"] == []
        trop = judge_six(region, "20 202 020,26", decide="168 350,17")
        assert [c.code for c in trop.constats if c.code == "V-063"] == ["V-063"]

    def it_asks_for_no_products_when_nothing_is_sanctioned(self, atelier: Atelier) -> None:
        sans = EVALUATION.replace("OUVERTE", "non").replace("exercice_clos: 2019", "")
        jugee = atelier.judge(CONTRAT.replace("PLAFOND", "'0,5 %'"), sans)
        assert jugee.resultat.total.valeur == 0
        assert "V-020" not in {c.code for c in jugee.constats}

    @settings(max_examples=examples(60), deadline=None)
    @given(
        st.decimals(0, 99_999_999_999, places=2),
        st.decimals(0, Decimal("0.01"), places=6),
        st.sampled_from(["null", "'0,3 %'", "'3,333333 %'", "5 %"]),
        st.decimals(0, 999_999, places=2),
    )
    def it_is_never_exceeded_whatever_the_products(
        self, region: Atelier, produits: Decimal, taux: Decimal, plafond: str, decide: Decimal
    ) -> None:
        jugee = judge_six(
            region, f"{produits:f}", f"{taux * 100:f} %", plafond=plafond, decide=f"{decide:f}"
        )
        permis = {"null": "0.05", "'0,3 %'": "0.003", "'3,333333 %'": "0.03333333", "5 %": "0.05"}
        borne = (Decimal(permis[plafond]) * produits).quantize(Decimal("0.01"), ROUND_DOWN)
        total = jugee.resultat.total
        somme = sum(v.montant.nombre for v in jugee.resultat.volets)
        assert total.nombre == max(somme, -borne)
        assert replay(total) == total.valeur
        assert steps(total)[-1].valeur
        assert bool(jugee.resultat.avertissements) is (total.nombre != somme)
        assert ("V-063" in {c.code for c in jugee.constats if "somme" in c.message}) is (
            6 * decide > borne
        )
