"""Tests of `law.controles.procedure`: the avis before the decision, dates in their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.depot import Depot
from tests.outils.affaires import Atelier

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


def findings(
    atelier: Atelier, etapes: dict[tuple[str, str], str], nature: str, suite: str = ""
) -> list[Constat]:
    """What the procedure of that year has wrong."""
    blocs: dict[str, list[str]] = {"decision": []}
    for (bloc, cle), date in etapes.items():
        blocs.setdefault(bloc, []).append(f"  {cle}: {date}")
    blocs["decision"] += ["  volets:", f"    pertinence: {nature}", "    socle: {nature: aucune}"]
    lignes = (ligne for bloc, cles in blocs.items() for ligne in (f"{bloc}:", *cles))
    jugee = atelier.judge(CONTRAT, EVALUATION + "\n".join(lignes) + "\n" + suite)
    return [constat for constat in jugee.constats if constat.code in ("V-067", "V-068")]


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
            (("decision", "date"), "2020-09-10", "avant que la lettre d’intention soit reçue"),
            (("decision", "date"), "2020-09-13", "avant que la lettre d’intention soit reçue"),
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

    @pytest.mark.parametrize(
        ("etape", "mots"),
        [("observations_le", "avant les observations"), ("audition_tenue_le", "avant l’audition")],
    )
    def but_one_decides_after_the_establishment_was_heard(
        self, etape: str, mots: str, atelier: Atelier
    ) -> None:
        jour_meme = ETAPES | {("contradictoire", etape): "2020-10-05"}
        assert findings(atelier, jour_meme, RECOMPENSE) == []
        tard = ETAPES | {("contradictoire", etape): "2020-10-06"}
        (constat,) = findings(atelier, tard, RECOMPENSE)
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
        assert [c.code for c in findings(atelier, sans_jour, RECOMPENSE)] == ["V-067"]
        preparee = {cle: date for cle, date in sans_jour.items() if cle[0] != "notification"}
        assert findings(atelier, preparee, RECOMPENSE) == []

    def it_decides_after_the_letter_even_when_nobody_says_when_it_came(
        self, atelier: Atelier
    ) -> None:
        sans = {cle: date for cle, date in ETAPES.items() if cle != ("contradictoire", "recue_le")}
        assert findings(atelier, sans, RECOMPENSE) == []
        tot = sans | {("contradictoire", "intention_le"): "2020-10-06"}
        (constat,) = findings(atelier, tot, RECOMPENSE)
        assert "prise avant la lettre d’intention" in constat.message

    @pytest.mark.parametrize(
        ("etape", "mots"),
        [
            ("observations_le", "observations seraient présentées avant la lettre"),
            ("audition_tenue_le", "L’audition serait tenue avant la lettre"),
        ],
    )
    def and_hears_the_establishment_after_it(self, etape: str, mots: str, atelier: Atelier) -> None:
        lettre = ETAPES["contradictoire", "intention_le"]
        assert findings(atelier, ETAPES | {("contradictoire", etape): lettre}, RECOMPENSE) == []
        tot = ETAPES | {("contradictoire", etape): "2020-01-02"}
        (constat,) = findings(atelier, tot, RECOMPENSE)
        assert mots in constat.message


DONNEES = """
date: {date}
donnees:
  arretees_le: {arret}
  livraisons:
    - {{producteur: "CNAM", donnees: "Transports"}}
    - {{producteur: "ATIH", donnees: "PMSI", recue_le: {recue}}}
"""


class DescribeDonnees:
    """Data are closed once received, then the year is evaluated, then decided on."""

    @pytest.mark.parametrize(
        ("recue", "arret", "date", "mots"),
        [
            ("2020-07-20", "2020-07-20", "2020-07-20", []),
            ("2020-07-21", "2020-07-20", "2020-08-31", ["La livraison de ATIH est reçue"]),
            ("2020-07-20", "2020-07-21", "2020-07-20", ["avant que ses données soient arrêtées"]),
            ("2020-07-20", "2020-07-20", "2020-09-01", []),
            ("2020-07-20", "2020-07-20", "2020-10-05", []),
            ("2020-07-20", "2020-07-20", "2020-10-06", ["serait prise avant l’évaluation"]),
        ],
    )
    def it_takes_the_steps_in_their_order(
        self, recue: str, arret: str, date: str, mots: list[str], atelier: Atelier
    ) -> None:
        suite = DONNEES.format(recue=recue, arret=arret, date=date)
        constats = findings(atelier, ETAPES, RECOMPENSE, suite)
        erreurs = [constat for constat in constats if constat.gravite is Gravite.ERREUR]
        assert len(erreurs) == len(mots)
        for constat, mot in zip(erreurs, mots, strict=True):
            assert constat.code == "V-068"
            assert mot in constat.message

    @pytest.mark.parametrize(("date", "combien"), [("2020-09-01", 0), ("2020-09-02", 1)])
    def it_warns_of_an_avis_asked_for_before_what_it_is_about(
        self, date: str, combien: int, atelier: Atelier
    ) -> None:
        suite = DONNEES.format(recue="2020-07-20", arret="2020-07-20", date=date)
        constats = findings(atelier, ETAPES, RECOMPENSE, suite)
        assert [c.gravite for c in constats] == [Gravite.AVERTISSEMENT] * combien
        assert all("avant l’évaluation du" in constat.message for constat in constats)


class DescribeDelaiDeReponse:
    """Received on 14 September: the establishment answers, or the delay ends, then one decides."""

    @pytest.mark.parametrize(
        ("jours", "reponse", "attendu"),
        [("20", "", []), ("21", "", ["le 5 octobre 2020"]), ("21", "2020-09-20", [])],
    )
    def it_ends_before_the_decision(
        self, jours: str, reponse: str, attendu: list[str], atelier: Atelier
    ) -> None:
        etapes = ETAPES | {("contradictoire", "delai_jours"): jours}
        if reponse:
            etapes |= {("contradictoire", "observations_le"): reponse}
        constats = findings(atelier, etapes, RECOMPENSE)
        assert [constat.gravite for constat in constats] == [Gravite.AVERTISSEMENT] * len(attendu)
        for constat, mot in zip(constats, attendu, strict=True):
            assert mot in constat.message.replace("\u00a0", " ")


class DescribeEffetAvantReception:
    @pytest.mark.parametrize(
        ("effet", "gravites"),
        [
            ("2020-10-04", [Gravite.ERREUR]),
            ("2020-10-05", [Gravite.AVERTISSEMENT]),
            ("2020-10-08", [Gravite.AVERTISSEMENT]),
            ("2020-10-09", []),
        ],
    )
    def it_is_told(self, effet: str, gravites: list[Gravite], atelier: Atelier) -> None:
        nature = f"{{nature: interessement, montant: 40 000, date_effet: {effet}}}"
        assert [c.gravite for c in findings(atelier, ETAPES, nature)] == gravites

    def but_not_before_the_notification_is_received(self, atelier: Atelier) -> None:
        sans = {cle: jour for cle, jour in ETAPES.items() if cle[0] != "notification"}
        nature = "{nature: interessement, montant: 40 000, date_effet: 2020-10-05}"
        assert findings(atelier, sans, nature) == []


class DescribeContradictoire:
    """V-078: a sanction is decided once the establishment could answer."""

    CONTRAT = CONTRAT.replace("sanction: non", "sanction: oui").replace(
        "    interessement:",
        "    sanction: {type: montant, taux_maximum: 1 %, bareme: {nom: saisie}}\n"
        "    interessement:",
    )

    @pytest.mark.parametrize(
        ("etape", "date", "decision", "attendu"),
        [
            ("", "2020-10-05", "{nature: montant, montant: 400 000}", ["V-078"]),
            ("", "", "{nature: montant, montant: 400 000}", []),
            ("", "2020-10-05", '{nature: aucune, motif: "Effort."}', []),
            ("recue_le: 2020-09-14", "2020-10-05", "{nature: montant, montant: 1}", ["V-078"]),
            ("intention_le: 2020-09-11", "2020-10-05", "{nature: montant, montant: 1}", []),
        ],
    )
    def it_comes_before_a_sanction(
        self, etape: str, date: str, decision: str, attendu: list[str], atelier: Atelier
    ) -> None:
        texte = EVALUATION.replace("{valeur: oui}", "{valeur: non}") + (
            f"avis_organisme: {{rendu_le: 2020-09-10}}\ncontradictoire: {{{etape}}}\n"
            f"decision:\n  date: {date}\n  volets:\n    pertinence: {decision}\n"
        )
        constats = atelier.judge(self.CONTRAT, texte).constats
        assert [c.code for c in constats if c.code == "V-078"] == attendu

    @pytest.mark.parametrize(("jours", "attendu"), [("0", ["V-068"]), ("1", []), ("null", [])])
    def it_leaves_a_day_at_least(self, jours: str, attendu: list[str], atelier: Atelier) -> None:
        texte = f"{EVALUATION}contradictoire: {{delai_jours: {jours}}}\n"
        constats = [c for c in atelier.judge(CONTRAT, texte).constats if c.code == "V-068"]
        assert [c.code for c in constats] == attendu
        assert all("délai de réponse est nul" in constat.message for constat in constats)
