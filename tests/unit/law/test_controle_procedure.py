"""Tests of `law.controle_procedure`: the avis before the decision, dates in their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat
from caqes_docs.data.depot import Depot
from tests.affaires import Atelier

CONTRAT = """
volets:
  pertinence:
    signature: {lieu: "Exempleville", date: 2017-12-20}
    duree: 5
    donne_lieu_a_sanction: non
    objectif_principal: {id: P1, libelle: "Objectif", cibles: {2019: "oui"}}
    interessement: {prevu: oui, montant_maximum: 40 000, bareme: {nom: saisie}}
"""
EVALUATION = """
dossier: "990000010"
annee: 2019
exercice_clos: 2019
volets:
  socle: {sanction_proposee: non, appreciation: "Obligations tenues."}
  pertinence:
    objectif_principal: {valeur: oui}
    modulation: 100 %
    motif_modulation: "Plan achevé."
"""
ETAPES = {
    ("avis_organisme", "demande_le"): "2020-09-01",
    ("avis_organisme", "rendu_le"): "2020-09-10",
    ("contradictoire", "intention_le"): "2020-09-11",
    ("contradictoire", "recue_le"): "2020-09-14",
    ("decision", "date"): "2020-10-05",
    ("notification", "date"): "2020-10-07",
    ("notification", "recue_le"): "2020-10-09",
}


@pytest.fixture
def atelier(projet: Projet, depot: Depot, tmp_path: Path) -> Atelier:
    """Where made-up contracts are evaluated."""
    return Atelier(projet.droit, depot, tmp_path)


def findings(atelier: Atelier, etapes: dict[tuple[str, str], str], nature: str) -> list[Constat]:
    """What the procedure of that year has wrong."""
    blocs: dict[str, list[str]] = {"decision": []}
    for (bloc, cle), date in etapes.items():
        blocs.setdefault(bloc, []).append(f"  {cle}: {date}")
    blocs["decision"] += ["  volets:", f"    pertinence: {nature}", "    socle: {nature: aucune}"]
    lignes = (ligne for bloc, cles in blocs.items() for ligne in (f"{bloc}:", *cles))
    resultat = atelier.evaluate(CONTRAT, EVALUATION + "\n".join(lignes) + "\n")
    return [constat for constat in resultat.constats if constat.code in ("V-067", "V-068")]


RECOMPENSE = "{nature: interessement, montant: 40 000}"


class DescribeCheckProcedure:
    def it_has_nothing_to_say_of_steps_in_order(self, atelier: Atelier) -> None:
        assert findings(atelier, ETAPES, RECOMPENSE) == []

    def it_takes_steps_of_one_day(self, atelier: Atelier) -> None:
        assert findings(atelier, dict.fromkeys(ETAPES, "2020-09-01"), RECOMPENSE) == []

    @pytest.mark.parametrize(
        ("etape", "date", "mots"),
        [
            (("avis_organisme", "rendu_le"), "2020-08-31", "rendu avant d’être demandé"),
            (("contradictoire", "recue_le"), "2020-09-10", "reçue avant d’être envoyée"),
            (("decision", "date"), "2020-09-10", "prise avant la lettre d’intention"),
            (("notification", "date"), "2020-10-04", "notifiée avant d’être prise"),
            (("notification", "recue_le"), "2020-10-06", "reçue avant d’être envoyée"),
        ],
    )
    def but_a_step_that_comes_too_early_is_told(
        self, etape: tuple[str, str], date: str, mots: str, atelier: Atelier
    ) -> None:
        (constat,) = findings(atelier, ETAPES | {etape: date}, RECOMPENSE)
        assert constat.code == "V-068"
        assert mots in constat.message

    def but_nothing_is_decided_before_the_avis(self, atelier: Atelier) -> None:
        tard = ETAPES | {("avis_organisme", "rendu_le"): "2020-10-06"}
        (constat,) = findings(atelier, tard, RECOMPENSE)
        assert "avant l’avis de l’organisme local" in constat.message

    def it_asks_for_the_avis_of_a_measure(self, atelier: Atelier) -> None:
        sans = {cle: date for cle, date in ETAPES.items() if cle[0] != "avis_organisme"}
        (constat,) = findings(atelier, sans, RECOMPENSE)
        assert constat.code == "V-067"
        demande = sans | {("avis_organisme", "demande_le"): "2020-09-01"}
        assert [c.code for c in findings(atelier, demande, RECOMPENSE)] == ["V-067"]

    def but_not_when_no_measure_is_taken_or_the_decision_has_no_day(self, atelier: Atelier) -> None:
        sans = {cle: date for cle, date in ETAPES.items() if cle[0] != "avis_organisme"}
        assert findings(atelier, sans, '{nature: aucune, motif: "Circonstances."}') == []
        sans_jour = {cle: date for cle, date in sans.items() if cle != ("decision", "date")}
        assert findings(atelier, sans_jour, RECOMPENSE) == []
