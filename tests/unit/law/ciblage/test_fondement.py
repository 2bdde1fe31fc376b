"""The ground of each volet of the sample region, and what contradicts it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.ciblage import check_tables, check_targeting
from caqes_docs.core.constats import Gravite
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.ciblage import FigureCiblage
from caqes_docs.law.ciblage.decisions import Issue
from caqes_docs.law.ciblage.fondement import CiblageDeclare, check_grounds

SIGNES = {
    "2A9780012": ("transports", "pertinence"),
    "2B9780010": ("pertinence", "qualite"),
    "990780017": ("transports", "pertinence", "qualite"),
    "990780025": ("transports", "qualite"),
    "990780033": ("pertinence",),
    "990780041": ("transports",),
    "990780066": ("transports",),
    "990780116": ("qualite",),
    "990780124": ("pertinence",),
    "990780181": ("transports",),
    "990780199": ("transports", "pertinence"),
}
"""Every volet of the samples that takes effect in 2018."""
CHEMIN = ("contrat", "volets", "transports", "ciblage", "chiffres", 0)


@pytest.fixture(scope="module")
def ciblage(projet: Projet) -> CiblageDeclare:
    """The targeting that the sample agency declares."""
    ars = projet.depot(("",)).ars["ars-exemple"]
    assert list(check_tables(projet, ars)) == []
    declare = projet.ciblages[ars.fichier.nom, 0]
    assert isinstance(declare, CiblageDeclare)
    return declare


@pytest.fixture(scope="module")
def chu(projet: Projet) -> Affaire:
    """The dossier whose three volets are signed."""
    return projet.depot(("990780017",)).affaires["990780017"]


def _codes(affaire: Affaire, ciblage: CiblageDeclare) -> list[tuple[str, Gravite, int]]:
    return [(c.code, c.gravite, c.source.ligne) for c in check_grounds(affaire.dossier, ciblage)]


class DescribeRegion:
    """The samples agree with the table of their region."""

    def it_grounds_every_signed_volet(self, projet: Projet, ciblage: CiblageDeclare) -> None:
        signes: dict[str, tuple[str, ...]] = {}
        for affaire in projet.depot().affaires.values():
            assert list(check_targeting(projet, affaire)) == []
            decision = ciblage.decisions[affaire.finess]
            noms = tuple(affaire.dossier.valeur.contrat.volets)
            issues = {volet.volet.value: volet.issue for volet in decision.volets}
            retenus = tuple(
                nom for nom in noms if issues[nom] in (Issue.CIBLE, Issue.APPRECIATION_ARS)
            )
            if noms:
                signes[affaire.finess] = retenus
        assert signes == SIGNES

    def it_grounds_the_refused_volet(self, ciblage: CiblageDeclare) -> None:
        decision = ciblage.decisions["990780157"].transports
        assert (decision.issue, [c.issue for c in decision.criteres]) == (
            Issue.CIBLE,
            [Issue.CIBLE, Issue.NON_CIBLE],
        )

    def it_leaves_the_missing_d31_to_the_agency(self, ciblage: CiblageDeclare) -> None:
        assert ciblage.decisions["2B9780010"].qualite.issue is Issue.APPRECIATION_ARS


class DescribeContradictions:
    """What is not grounded, at its line."""

    def it_refuses_a_volet_that_the_table_sets_aside(
        self, chu: Affaire, ciblage: CiblageDeclare
    ) -> None:
        qualite = ciblage.decisions["990780017"].qualite
        criteres = tuple(replace(c, issue=Issue.NON_CIBLE) for c in qualite.criteres)
        autre = replace(qualite, issue=Issue.NON_CIBLE, criteres=criteres)
        decision = replace(ciblage.decisions["990780017"], qualite=autre)
        ecarte = replace(ciblage, decisions={"990780017": decision})
        lieu = chu.dossier.fichier.source(("contrat", "volets", "qualite", "ciblage")).ligne
        assert _codes(chu, ecarte) == [("V-256", Gravite.ERREUR, lieu)]

    def it_warns_about_what_is_not_known_or_not_there(
        self, chu: Affaire, ciblage: CiblageDeclare
    ) -> None:
        assert [c[:2] for c in _codes(chu, replace(ciblage, decisions={}))] == [
            ("V-259", Gravite.AVERTISSEMENT)
        ] * 3
        decision = ciblage.decisions["990780017"]
        ouvert = replace(decision.pertinence, issue=Issue.INDETERMINE)
        inconnu = replace(ciblage, decisions={"990780017": replace(decision, pertinence=ouvert)})
        assert [c[:2] for c in _codes(chu, inconnu)] == [("V-257", Gravite.AVERTISSEMENT)]

    def it_says_nothing_of_another_year(self, chu: Affaire, ciblage: CiblageDeclare) -> None:
        assert _codes(chu, replace(ciblage, annee=2019, decisions={})) == []

    @pytest.mark.parametrize(
        ("figure", "cles"),
        [
            ({"valeur": "3,4 %", "seuil": "plus de 2,2 %", "annee": 2016}, []),
            ({"valeur": "3 %"}, []),
            ({"valeur": "3,40 %"}, []),
            ({"valeur": "3,41 %"}, ["valeur"]),
            ({"valeur": "0,034"}, ["valeur"]),
            ({"seuil": "2 %"}, ["seuil"]),
            ({"annee": 2017}, ["annee"]),
            ({"valeur": "4 %", "seuil": "3 %", "annee": 2015}, ["valeur", "seuil", "annee"]),
        ],
    )
    def it_compares_a_figure_at_its_own_precision(
        self, figure: dict[str, object], cles: list[str], chu: Affaire, ciblage: CiblageDeclare
    ) -> None:
        dite = FigureCiblage.model_validate(
            {"critere": "Évolution", "colonne": "transports_evolution"}
            | {cle: str(valeur) for cle, valeur in figure.items()}
        )
        volets = dict(chu.dossier.valeur.contrat.volets)
        motif = volets["transports"].ciblage
        assert motif is not None
        change = motif.model_copy(update={"chiffres": (dite,)})
        volets["transports"] = volets["transports"].model_copy(update={"ciblage": change})
        contrat = chu.dossier.valeur.contrat.model_copy(update={"volets": volets})
        valeur = chu.dossier.valeur.model_copy(update={"contrat": contrat})
        constats = list(check_grounds(replace(chu.dossier, valeur=valeur), ciblage))
        assert [c.code for c in constats] == ["V-258"] * len(cles)
        lieux = [str(chu.dossier.fichier.source((*CHEMIN, cle))) for cle in cles]
        assert [str(c.source) for c in constats] == lieux
