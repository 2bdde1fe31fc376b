"""Properties of the targeting: exact, monotone, and never a « no » out of the unknown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import DroitError
from caqes_docs.data.ciblage.modele import EtatCellule, MesureLue, MesuresQualite, MesuresTransports
from caqes_docs.law.ciblage.ciblage import criteres_at
from caqes_docs.law.ciblage.decisions import ORDRE, Issue, combine
from caqes_docs.law.ciblage.pertinence import decide_pertinence
from caqes_docs.law.ciblage.qualite import decide_qualite
from caqes_docs.law.ciblage.seuils import SeuilsCiblage, find_seuils, format_value, seuil_regional
from caqes_docs.law.ciblage.transports import (
    compute_growth,
    decide_transports,
    find_growth,
    format_growth,
)
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Unite
from tests.outils.ciblage import DATE, RACINE, criteres_de, decide_one

SEUILS: SeuilsCiblage = find_seuils(Projet(RACINE).droit, DATE)
MONTANTS = st.decimals(0, 10**12, places=2)
PARTS = st.decimals(0, 1, places=4)
CLASSES = st.sampled_from("ABCDE")


def _transports(montant: Decimal | None, precedent: Decimal | None) -> MesuresTransports:
    return MesuresTransports(MesureLue(montant), MesureLue(precedent))


class DescribeTransports:
    """R-TGT-T."""

    @given(MONTANTS, MONTANTS, st.decimals(0, 10**6, places=2))
    def it_is_monotone_in_the_amount(
        self, montant: Decimal, precedent: Decimal, plus: Decimal
    ) -> None:
        avant = decide_transports(_transports(montant, precedent), SEUILS).issue
        apres = decide_transports(_transports(montant + plus, precedent), SEUILS).issue
        assert avant is not Issue.CIBLE or apres is Issue.CIBLE

    @given(MONTANTS, st.decimals("0.01", 10**12, places=2))
    def it_compares_the_growth_exactly(self, montant: Decimal, precedent: Decimal) -> None:
        critere = decide_transports(_transports(montant, precedent), SEUILS).criteres[0]
        exact = montant * 1000 > precedent * 1022
        assert (critere.issue is Issue.CIBLE) == exact

    @given(st.none() | MONTANTS, st.none() | MONTANTS)
    def it_never_says_no_without_both_amounts(
        self, montant: Decimal | None, precedent: Decimal | None
    ) -> None:
        decision = decide_transports(_transports(montant, precedent), SEUILS)
        if decision.issue is Issue.NON_CIBLE:
            assert montant is not None
            assert precedent

    def it_says_about_when_no_decimal_tells_a_growth_from_its_threshold(self) -> None:
        seuil = Decimal("0.022")
        assert format_growth(seuil + Decimal("1E-20"), seuil) == "2,2\u00a0% environ"
        assert format_growth(seuil + Decimal("4E-15"), seuil) == "2,2\u00a0% environ"
        assert format_growth(seuil + Decimal("1E-14"), seuil) == "2,200000000001\u00a0%"

    def it_rounds_a_growth_to_two_decimals_wherever_that_tells_it_from_the_threshold(self) -> None:
        assert format_growth(Decimal("0.0456789"), Decimal("0.022")) == "4,57\u00a0%"
        assert format_growth(Decimal("0.02204"), Decimal("0.022")) == "2,204\u00a0%"

    def it_divides_to_sixty_digits(self) -> None:
        attendu = Decimal("0." + "3" * 59)
        assert compute_growth(Decimal(4), Decimal(3)) == attendu

    def it_has_no_growth_from_nought(self) -> None:
        assert compute_growth(Decimal(5), Decimal(0)) is None
        donnee = replace(_transports(Decimal(5), Decimal(0)), evolution=MesureLue(Decimal("0.03")))
        assert find_growth(donnee) == Decimal("0.03")
        assert find_growth(_transports(Decimal(5), Decimal(0))) is None

    @given(st.decimals("0.01", 10**9, places=2), st.decimals("0.01", 10**9, places=2))
    def it_never_prints_the_threshold_for_another_value(
        self, montant: Decimal, precedent: Decimal
    ) -> None:
        evolution = compute_growth(montant, precedent)
        assert evolution is not None
        seuil = SEUILS.transports_evolution
        affiche = format_growth(evolution, seuil.valeur)
        assert (affiche == seuil.nu) == (evolution == seuil.valeur)


class DescribeQualite:
    """R-TGT-Q1 to Q5."""

    @given(PARTS, PARTS)
    def it_is_monotone_in_the_rate(self, plus: Decimal, moins: Decimal) -> None:
        plus, moins = max(plus, moins), min(plus, moins)
        haut, bas = (
            decide_qualite(
                MesuresQualite(d31=MesureLue(part), sortie_haute=MesureLue(part)), SEUILS
            ).criteres
            for part in (plus, moins)
        )
        for rang in (1, 2):
            assert haut[rang].issue is not Issue.CIBLE or bas[rang].issue is Issue.CIBLE

    @given(
        st.none() | CLASSES,
        st.none() | PARTS,
        st.none() | PARTS,
        st.lists(st.sampled_from([None, *EtatCellule]), min_size=3, max_size=3),
    )
    def it_never_says_no_while_something_is_unknown(
        self,
        classe: str | None,
        d31: Decimal | None,
        haute: Decimal | None,
        etats: list[EtatCellule | None],
    ) -> None:
        mesures = MesuresQualite(
            MesureLue(None if etats[0] else classe, etats[0]),
            MesureLue(None if etats[1] else d31, etats[1]),
            sortie_haute=MesureLue(None if etats[2] else haute, etats[2]),
        )
        decision = decide_qualite(mesures, SEUILS)
        for critere in decision.criteres:
            assert critere.issue is not Issue.NON_CIBLE or critere.valeur is not None
        if decision.issue is Issue.NON_CIBLE:
            issues = {critere.issue for critere in decision.criteres}
            assert issues <= {Issue.NON_CIBLE, Issue.NON_SOUMIS}

    @pytest.mark.parametrize(
        ("basse", "haute"), [(True, False), (False, True), (False, False), (True, True)]
    )
    def it_is_not_subject_when_one_bound_says_so(self, basse: bool, haute: bool) -> None:
        part = Decimal("0.05")
        mesures = MesuresQualite(
            sortie_basse=MesureLue(part, soumis=basse), sortie_haute=MesureLue(part, soumis=haute)
        )
        critere = decide_qualite(mesures, SEUILS).criteres[2]
        exempt = not (basse and haute)
        assert critere.issue is (Issue.NON_SOUMIS if exempt else Issue.CIBLE)
        assert critere.valeur == (None if exempt else part)

    @given(st.sampled_from([EtatCellule.NON_REPONDANT, EtatCellule.NON_SOUMIS, None]), CLASSES)
    def it_puts_not_subject_before_all_else(self, etat: EtatCellule | None, classe: str) -> None:
        mesures = MesuresQualite(MesureLue(classe, etat, soumis=False))
        assert decide_qualite(mesures, SEUILS).criteres[0].issue is Issue.NON_SOUMIS


class DescribeCombinaison:
    """Outcomes joined by « or »."""

    @given(st.lists(st.sampled_from(list(Issue)), min_size=1))
    def it_depends_on_no_order(self, issues: list[Issue]) -> None:
        assert combine(issues) == combine(reversed(issues)) == combine(sorted(issues))
        assert combine(issues) in issues
        assert (combine(issues) is Issue.CIBLE) == (Issue.CIBLE in issues)

    def it_knows_every_outcome(self) -> None:
        assert set(ORDRE) == set(Issue)


class DescribeSeuils:
    """Dated, with their operator and their text."""

    def it_reads_them_with_their_texts(self) -> None:
        assert [seuil.imprime for seuil in SEUILS.tous] == [
            "plus de 2,2\u00a0%",
            "plus de 500\u202f000\u00a0€",
            "classe C, D ou E",
            "moins de 10\u00a0%",
            "moins de 10\u00a0%",
        ]
        assert all(seuil.textes and seuil.source and seuil.certitude for seuil in SEUILS.tous)

    @pytest.mark.parametrize(
        ("valeur", "imprime"),
        [("E", "classe E"), ("D, E", "classe D ou E"), ("C, D, E", "classe C, D ou E")],
    )
    def it_lists_classes_in_words(self, valeur: str, imprime: str) -> None:
        assert replace(SEUILS.icalin2, valeur=valeur).imprime == imprime

    def it_prints_a_class_as_it_is(self) -> None:
        assert format_value("B", Unite.TEXTE) == "B"

    def it_changes_text_in_2019(self, projet: Projet) -> None:
        seuil = find_seuils(projet.droit, dt.date(2019, 1, 1)).transports_evolution
        assert "arrêté du 12\u00a0décembre 2018" in seuil.textes
        assert seuil.certitude == "source secondaire, à vérifier"

    @pytest.mark.parametrize("annee", [2017, 2020, 2021, 2022])
    def it_is_refused_outside_its_dates(self, annee: int, projet: Projet) -> None:
        with pytest.raises(DroitError) as leve:
            find_seuils(projet.droit, dt.date(annee, 1, 1))
        assert leve.value.code == "L-006"

    def but_it_is_unknown_to_an_empty_library(self) -> None:
        with pytest.raises(DroitError) as leve:
            find_seuils(Droit(), DATE)
        assert leve.value.code == "L-005"


class DescribePertinence:
    """R-TGT-P: the region's own criteria, and only in their dates."""

    def it_keeps_the_reason_with_its_threshold(self, projet: Projet) -> None:
        decision = decide_one({"pert_indication": "26 %"}, SEUILS, criteres_de(projet))
        assert decision.pertinence.issue is Issue.CIBLE
        assert "26\u00a0%" in decision.pertinence.raison
        assert "plus de 25\u00a0%" in decision.pertinence.raison

    def it_marks_the_samples_as_fictitious(self, projet: Projet) -> None:
        assert all(critere.fictif for critere in criteres_de(projet))
        assert all(seuil_regional(critere).fictif for critere in criteres_de(projet))
        assert not any(seuil.fictif for seuil in SEUILS.tous)

    @pytest.mark.parametrize(
        ("mesure", "issue", "valeur"),
        [
            (MesureLue(Decimal("0.99"), soumis=False), Issue.NON_SOUMIS, None),
            (MesureLue(Decimal("0.99"), EtatCellule.NON_SOUMIS), Issue.NON_SOUMIS, None),
            (MesureLue(Decimal("0.99"), soumis=True), Issue.CIBLE, Decimal("0.99")),
            (MesureLue(Decimal("0.99")), Issue.CIBLE, Decimal("0.99")),
        ],
    )
    def it_keeps_no_value_of_who_is_not_subject(
        self, mesure: MesureLue[Decimal], issue: Issue, valeur: Decimal | None, projet: Projet
    ) -> None:
        critere = next(c for c in criteres_de(projet) if c.colonne == "pert_indication")
        decision = decide_pertinence({"pert_indication": mesure}, (critere,)).criteres[0]
        assert (decision.issue, decision.valeur) == (issue, valeur)

    def it_forgets_the_criteria_of_other_days(self, projet: Projet) -> None:
        critere = criteres_de(projet)[0].model_copy(update={"du": DATE, "au": DATE})
        jour = dt.timedelta(1)
        assert criteres_at((critere,), DATE) == (critere,)
        assert criteres_at((critere,), DATE - jour) == criteres_at((critere,), DATE + jour) == ()
