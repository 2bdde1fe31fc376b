"""Scales: their part, their direction, and what they lack."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caqes_docs.data.dossier.volets import Bareme
from caqes_docs.data.lecture.yaml_strict import FichierYaml
from caqes_docs.law.calcul.noeud import Nature, Noeud, entree, iter_noeuds, replay
from caqes_docs.law.caqes_1.baremes import BaremePose, Effet, check_scale, compute_part

_FICHIER = FichierYaml("dossier.yaml", None, {})
UN = Decimal(1)
taux = st.decimals(0, 1, places=4)
paliers = st.lists(st.tuples(taux, taux), max_size=4)


def pose(**champs: object) -> BaremePose:
    """A scale of a contract."""
    return BaremePose(Bareme.model_validate(champs), _FICHIER, ())


def level(valeur: Decimal | None) -> Noeud:
    """A level of realisation."""
    return entree("Niveau", valeur, Nature.TAUX, "x:1:1", motif="" if valeur else "inconnu")


def part(bareme: BaremePose, niveau: Decimal | None, effet: Effet) -> Noeud:
    """The part at a level; the typed modulation is 40 %."""
    saisie = entree("Modulation", Decimal("0.4"), Nature.TAUX, "x:1:1")
    return compute_part(bareme, level(niveau), effet, saisie)


def ladder(*marches: tuple[str, str]) -> BaremePose:
    """A scale by steps."""
    return pose(nom="paliers", paliers=[{"a_partir_de": a, "part": b} for a, b in marches])


@st.composite
def scales(draw: st.DrawFn) -> BaremePose:
    """Any scale that a contract could write, sound or not."""
    nom = draw(st.sampled_from(["tout_ou_rien", "lineaire", "paliers", "points"]))
    ecrits = [f"{valeur * 100:f} %" for valeur in draw(st.tuples(taux, taux, taux))]
    marches = [
        {"a_partir_de": f"{a * 100:f} %", "part": f"{b * 100:f} %"} for a, b in draw(paliers)
    ]
    return pose(nom=nom, seuil=ecrits[0], de=ecrits[1], a=ecrits[2], paliers=marches)


class DescribePart:
    """What a scale keeps of the maximum."""

    @pytest.mark.parametrize(
        ("niveau", "recompense", "sanction"),
        [("0.59", "0", "1"), ("0.60", "1", "0"), ("1", "1", "0")],
    )
    def it_is_all_or_nothing_from_the_threshold(
        self, niveau: str, recompense: str, sanction: str
    ) -> None:
        bareme = pose(nom="tout_ou_rien", seuil="60 %")
        obtenus = [part(bareme, Decimal(niveau), effet).valeur for effet in Effet]
        assert obtenus == [Decimal(recompense), Decimal(sanction)]

    @pytest.mark.parametrize(
        ("niveau", "attendu"), [("0.2", "0"), ("0.5", "0"), ("0.6", "0.2"), ("1", "1")]
    )
    def it_is_linear_between_two_levels(self, niveau: str, attendu: str) -> None:
        bareme = pose(nom="lineaire", de="50 %", a="100 %")
        obtenu = part(bareme, Decimal(niveau), Effet.INTERESSEMENT)
        assert obtenu.valeur == Decimal(attendu)
        assert part(bareme, Decimal(niveau), Effet.SANCTION).valeur == 1 - Decimal(attendu)

    @pytest.mark.parametrize(
        ("niveau", "attendu"), [("0", "1"), ("0.39", "1"), ("0.4", "0.25"), ("0.8", "0")]
    )
    def it_reads_the_steps_of_a_sanction_as_written(self, niveau: str, attendu: str) -> None:
        bareme = ladder(("0 %", "100 %"), ("40 %", "25 %"), ("80 %", "0 %"))
        assert part(bareme, Decimal(niveau), Effet.SANCTION).valeur == Decimal(attendu)

    def it_is_the_level_itself_by_points(self) -> None:
        bareme = pose(nom="points")
        assert part(bareme, Decimal("0.7"), Effet.INTERESSEMENT).valeur == Decimal("0.7")
        assert part(bareme, Decimal("0.7"), Effet.SANCTION).valeur == Decimal("0.3")

    def it_is_what_the_evaluators_typed(self) -> None:
        for effet in Effet:
            assert part(pose(nom="saisie"), None, effet).valeur == Decimal("0.4")

    @pytest.mark.parametrize("nom", ["tout_ou_rien", "lineaire", "points"])
    def it_is_not_known_without_a_level(self, nom: str) -> None:
        bareme = pose(nom=nom, seuil="50 %", de="0 %", a="100 %")
        noeud = part(bareme, None, Effet.SANCTION)
        assert (noeud.valeur, noeud.motif) == (None, "inconnu")

    @given(scales(), taux, taux)
    def it_rewards_and_spares_those_who_do_more(
        self, bareme: BaremePose, a: Decimal, b: Decimal
    ) -> None:
        moins, plus = sorted((a, b))
        for effet in Effet:
            if list(check_scale(bareme, effet)):
                continue
            bas, haut = part(bareme, moins, effet).nombre, part(bareme, plus, effet).nombre
            assert 0 <= bas <= 1
            assert bas <= haut if effet is Effet.INTERESSEMENT else bas >= haut

    @given(scales(), taux, st.sampled_from(Effet))
    def it_can_be_replayed_and_is_grounded(
        self, bareme: BaremePose, niveau: Decimal, effet: Effet
    ) -> None:
        assume(not list(check_scale(bareme, effet)))
        noeud = part(bareme, niveau, effet)
        assert replay(noeud) == noeud.valeur
        assert all(pas.fondement for pas in iter_noeuds(noeud) if pas.operandes)


class DescribeControle:
    """What a scale lacks."""

    @pytest.mark.parametrize(
        "bareme",
        [
            pose(nom="tout_ou_rien"),
            pose(nom="tout_ou_rien", seuil="101 %"),
            pose(nom="lineaire", de="50 %"),
            pose(nom="lineaire", a="50 %"),
            pose(nom="lineaire", de="50 %", a="50 %"),
            pose(nom="paliers"),
            ladder(("50 %", "0 %"), ("20 %", "100 %")),
            ladder(("20 %", "0 %"), ("20 %", "100 %")),
        ],
    )
    def it_tells_what_is_missing_or_out_of_order(self, bareme: BaremePose) -> None:
        for effet in Effet:
            assert {c.code for c in check_scale(bareme, effet)} == {"V-010"}

    @pytest.mark.parametrize(
        ("bareme", "cles"),
        [
            (pose(nom="tout_ou_rien"), ["seuil"]),
            (pose(nom="lineaire"), ["de", "a"]),
            (pose(nom="lineaire", de="50 %"), ["a"]),
        ],
    )
    def it_names_the_keys_to_fill(self, bareme: BaremePose, cles: list[str]) -> None:
        (constat,) = check_scale(bareme, Effet.SANCTION)
        dits = re.findall("Remplir «\u00a0([^»]+)\u00a0»", constat.remede)
        assert [dit.rpartition(".")[2] for dit in dits] == cles

    def it_wants_the_steps_of_a_reward_to_rise(self) -> None:
        bareme = ladder(("0 %", "50 %"), ("50 %", "10 %"))
        assert list(check_scale(bareme, Effet.INTERESSEMENT))
        assert not list(check_scale(bareme, Effet.SANCTION))

    def it_wants_the_steps_of_a_sanction_to_start_from_nothing_done(self) -> None:
        assert list(check_scale(ladder(("10 %", "50 %")), Effet.SANCTION))
        assert not list(check_scale(ladder(("10 %", "50 %")), Effet.INTERESSEMENT))
