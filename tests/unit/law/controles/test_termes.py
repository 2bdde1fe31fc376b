"""What `verifier` says of the terms of a contract: a choice to make, or a fault; and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.depot import Depot
from caqes_docs.law.controles.stipulations.volets import check_volets
from tests.outils.affaires import Atelier

Trouves = Callable[..., list[Constat]]
EFFET = dt.date(2018, 1, 1)
EVALUATION = 'dossier: "990000010"\nannee: 2019\n'
PERTINENCE = """\
volets:
  pertinence:
    signature: {date: 2017-12-20}
    duree: 3
    donne_lieu_a_sanction: oui
    objectif_principal: {id: P, indicateur: PER-1}
    objectifs_complementaires: [{id: C, libelle: Un, poids: 1 %}]
    actions: [{id: A, libelle: Deux, poids: 1 %}]
    sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: points, sur: actions}}
    interessement: {prevu: oui, montant_maximum: 1, bareme: {nom: points, sur: objectifs}}
"""
ACTIONS = "    actions: [{id: A, libelle: Deux, poids: 1 %}]\n"
MONTANT = "type: montant, taux_maximum: 1 %, bareme: {nom: points, sur: actions}"
MSAP = "type: mise_sous_accord_prealable, duree_maximale_mois: 5, bareme: {nom: "


@pytest.fixture
def trouves(projet: Projet, depot: Depot, tmp_path: Path) -> Trouves:
    """What a made-up contract raises, once it is changed."""

    def run(contrat: str, avant: str = "", apres: str = "", **etablissement: str) -> list[Constat]:
        assert avant in contrat
        atelier = Atelier(projet.droit, depot, tmp_path)
        affaire, _ = atelier.load(contrat.replace(avant, apres), EVALUATION, **etablissement)
        return list(check_volets(affaire, projet.droit, EFFET))

    return run


def told(constats: list[Constat]) -> set[tuple[str, Gravite]]:
    """Codes and gravities."""
    return {(constat.code, constat.gravite) for constat in constats}


class DescribeTermes:
    """Each term in its turn."""

    def it_finds_nothing_in_terms_that_are_whole(self, trouves: Trouves) -> None:
        socle = "socle: {sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}}\n"
        refuse = ("V-133", Gravite.ERREUR)  # no savings: nothing bounds the amount
        assert told(trouves(PERTINENCE + socle)) == {refuse}
        assert told(trouves(PERTINENCE)) == {refuse, ("V-164", Gravite.MANQUE)}

    @pytest.mark.parametrize(
        ("avant", "apres", "code", "gravite"),
        [
            ("taux_maximum: 1 %", "taux_maximum: null", "V-021", Gravite.MANQUE),
            (", bareme: {nom: points, sur: actions}", "", "V-023", Gravite.MANQUE),
            ("montant_maximum: 1", "emploi: Postes", "V-025", Gravite.MANQUE),
            ("montant_maximum: 1", "taux_maximum: 1 %", "V-026", Gravite.MANQUE),
            ("prevu: oui", "prevu: null", "V-028", Gravite.MANQUE),
            ("sanction: oui", "sanction: null", "V-030", Gravite.MANQUE),
            (", sur: objectifs", "", "V-035", Gravite.MANQUE),
            (f"poids: 1 %}}]\n{ACTIONS}", "poids: null}]\n", "V-163", Gravite.ERREUR),
            ("Deux, poids: 1 %", "Deux, poids: null", "V-027", Gravite.MANQUE),
            ("Deux, poids: 1 %", "Deux, poids: 0 %", "V-027", Gravite.ERREUR),
            (MONTANT, f"{MSAP}points}}", "V-138", Gravite.MANQUE),
            ("{id: A, libelle: Deux, poids: 1 %}", "{id: A, modele: X}, {id: B}", "D-129", None),
        ],
    )
    def it_tells_a_choice_from_a_fault(
        self, avant: str, apres: str, code: str, gravite: Gravite | None, trouves: Trouves
    ) -> None:
        vus = [c for c in trouves(PERTINENCE, avant, apres) if c.code == code]
        assert {c.gravite for c in vus} == {gravite or Gravite.ERREUR}
        assert len({(c.source, c.message) for c in vus}) == 1

    @pytest.mark.parametrize("nom", ["tout_ou_rien, seuil: 50 %}", "saisie}, arrondi_mois: proche"])
    def but_asks_for_no_rule_of_whole_months_in_vain(self, nom: str, trouves: Trouves) -> None:
        assert "V-138" not in {c.code for c in trouves(PERTINENCE, MONTANT, MSAP + nom)}

    @pytest.mark.parametrize(
        ("code", "remede"),
        [("PER-11", "Vouliez-vous dire « PER-1 » ?"), ("Z", "Indicateurs connus : PER-1, PER-2")],
    )
    def it_says_which_indicators_there_are(self, code: str, remede: str, trouves: Trouves) -> None:
        vus = trouves(PERTINENCE, "indicateur: PER-1", f"indicateur: {code}")
        (constat,) = (c for c in vus if c.code == "V-033")
        assert constat.remede.replace("\u00a0", " ").replace("\u202f", " ").startswith(remede)

    def it_says_which_part_measures_nothing(self, trouves: Trouves) -> None:
        parts = "parts: [{sur: risques, part: 50 %}, {sur: actions, part: 50 %}]"
        vus = trouves(PERTINENCE, "nom: points, sur: actions", f"nom: points, {parts}")
        (constat,) = (c for c in vus if c.code == "V-160")
        assert "risques" in constat.message
        assert str(constat.source) == "dossier.yaml:27:81"


class DescribeSocle:
    """The volet obligatoire, whether the evaluation would say it or not."""

    @pytest.mark.parametrize(
        ("sanction", "liste", "attendu"),
        [
            ("montant, taux_maximum: 1 %", "oui", []),
            ("montant, taux_maximum: 2 %", "oui", [("V-022", Gravite.ERREUR)]),
            ("reduction_liste_en_sus, taux_maximum: 30 %, unite: points", "oui", []),
            ("reduction_liste_en_sus, taux_maximum: 30 %", "oui", [("V-137", Gravite.MANQUE)]),
            (
                "reduction_liste_en_sus, taux_maximum: 31 %, unite: part",
                "null",
                [("V-022", Gravite.ERREUR)],
            ),
        ],
    )
    def it_keeps_its_maximum_even_where_nothing_would_open_it(
        self, sanction: str, liste: str, attendu: list[tuple[str, Gravite]], trouves: Trouves
    ) -> None:
        contrat = (
            "socle:\n  declenchement: {seuil: 0 %}\n"
            "  niveau: {indicateurs: {part: 100 %, mesure: nombre}}\n"
            f"  sanction: {{type: {sanction}, bareme: {{nom: saisie}}}}\n"
        )
        nul = ("V-275", Gravite.ERREUR)
        assert sorted(told(trouves(contrat, liste_en_sus=liste))) == [*attendu, nul]

    @pytest.mark.parametrize(
        ("clause", "code", "gravite"),
        [
            ("interessement: {prevu: non}", "V-041", Gravite.MANQUE),
            ("sanction: {bareme: {nom: saisie}}", "V-041", Gravite.MANQUE),
            (f"sanction: {{{MSAP}saisie}}}}", "V-041", Gravite.ERREUR),
            ("sanction: {type: montant, bareme: {nom: saisie}}", "V-021", Gravite.MANQUE),
            ("sanction: {type: reduction_liste_en_sus}", "V-043", Gravite.MANQUE),
        ],
    )
    def it_tells_a_choice_from_a_fault(
        self, clause: str, code: str, gravite: Gravite, trouves: Trouves
    ) -> None:
        constats = trouves(f"socle: {{{clause}}}\n", liste_en_sus="null")
        assert {c.gravite for c in constats if c.code == code} == {gravite}
