"""What falls due, day by day: each table is written from D. 162-15 and D. 162-16."""

from __future__ import annotations

import datetime as dt

import pytest

from caqes_docs.core.source import Source
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.law.echeances.dossier import iter_echeances
from caqes_docs.law.echeances.modele import AGENCE, Echeance, EtatEcheance, is_begun
from tests.outils.affaires import Atelier

NON_SIGNE = {"signature": "2030-01-01"}
EVALUATION = 'dossier: "990000010"\nannee: 2019\n'
REPONDRE = "Demander à être entendu ou présenter des observations"
SIGNER = "Signer, demander à être entendu ou présenter des observations"
SECONDE = "Notifier la seconde proposition, si rien n’est signé"
ISSUE = "Signer, ou notifier la sanction encourue"
MESURES = "Notifier les mesures, ou y renoncer"
DECIDER = "Notifier la décision définitive, ou renoncer à sanctionner"
FORCLOS = "Notifier une mesure n’est plus possible\u00a0: les deux mois sont passés"
PROPOSITION = """\
procedure:
  avis: {demande_le: 2017-09-01, attendu_le: 2017-09-20, rendu_le: 2017-09-18, sens: favorable}
  premiere_proposition: {date: 2017-09-25, recue_le: 2017-09-29}
  seconde_proposition: {date: 2017-11-06, recue_le: 2017-11-08}
"""
ANNEE = """\
date: 2020-06-30
donnees: {arretees_le: 2020-06-01}
procedure:
  rapport:
    date: 2020-07-01
    recue_le: 2020-07-03
    observations:
      - {recue_le: 2020-07-20, texte: "Un point."}
  avis_notification: {demande_le: 2020-08-05, attendu_le: 2020-08-20, rendu_le: 2020-08-25}
  notification: {numero: "N", date: 2020-09-10, recue_le: 2020-09-14}
  avis_decision: {demande_le: 2020-10-01, rendu_le: 2020-10-12}
  information: {organisme_le: 2020-10-20, caisse_le: 2020-10-22}
decision:
  numero: "D"
  date: 2020-10-20
  recue_le: 2020-10-23
  volets:
    socle: {nature: montant, montant: "1 000"}
"""


def lister(
    atelier: Atelier, jour: str, contrat: str = "", evaluation: str = "", **etablissement: str
) -> list[tuple[str, ...]]:
    """State, who, what, since and until, of each step."""
    affaire, _ = atelier.load(contrat, EVALUATION + evaluation, **etablissement)
    return [
        (e.etat.value, e.qui, e.quoi, str(e.depuis or ""), str(e.terme or ""))
        for e in iter_echeances(affaire, atelier.droit, dt.date.fromisoformat(jour))
        if e.etape != "Livraison de données"
    ]


class DescribeProposition:
    """A contract that is not signed."""

    @pytest.mark.parametrize(
        ("jour", "attendu"),
        [
            (
                "2017-08-31",
                [("à faire", "agence",
                  "Demander l’avis de l’organisme local sur la proposition", "", "")],
            ),
            (
                "2017-09-17",
                [("à faire", "organisme local", "Rendre l’avis demandé sur la proposition",
                  "2017-09-01", "2017-09-20")],
            ),
            (
                "2017-09-24",
                [("à faire", "agence", "Notifier la première proposition", "2017-09-18", "")],
            ),
            (
                "2017-09-28",
                [("inconnu", "agence", "Établir la date de réception (première proposition)",
                  "2017-09-25", "")],
            ),
            (
                "2017-10-29",
                [
                    ("à faire", "établissement", SIGNER, "2017-09-30", "2017-10-29"),
                    ("à venir", "agence", SECONDE, "2017-10-30", ""),
                ],
            ),
            ("2017-10-30", [("à faire", "agence", SECONDE, "2017-10-30", "")]),
            (
                "2017-11-23",
                [
                    ("à faire", "établissement", SIGNER, "2017-11-09", "2017-11-23"),
                    ("à venir", "agence", ISSUE, "2017-11-24", ""),
                ],
            ),
            ("2017-11-24", [("à faire", "agence", ISSUE, "2017-11-24", "")]),
            ("2030-01-01", []),
        ],
    )  # fmt: skip
    def it_is_seen_from_a_day(
        self, atelier: Atelier, jour: str, attendu: list[tuple[str, ...]]
    ) -> None:
        assert lister(atelier, jour, PROPOSITION, **NON_SIGNE) == attendu

    def it_waits_for_a_hearing_asked_for_in_time(self, atelier: Atelier) -> None:
        contrat = """\
procedure:
  premiere_proposition:
    date: 2017-09-25
    recue_le: 2017-09-29
    audition: {demandee_le: 2017-10-29, prevue_le: 2017-11-10}
"""
        attendu = [
            ("à faire", "agence", "Entendre l’établissement", "2017-10-29", "2017-11-10"),
            ("à venir", "agence", SECONDE, "", ""),
        ]
        assert lister(atelier, "2017-11-10", contrat, **NON_SIGNE) == attendu
        assert lister(atelier, "2017-11-11", contrat, **NON_SIGNE)[0][0] == "en retard"

    def it_follows_a_volet_proposed_later(self, atelier: Atelier) -> None:
        contrat = "volets:\n  transports:\n    procedure:\n      avis: {rendu_le: 2018-05-02}\n"
        affaire, _ = atelier.load(contrat, EVALUATION)
        (seule,) = iter_echeances(affaire, atelier.droit, dt.date(2018, 6, 1))
        assert (seule.procedure, seule.quoi) == (
            "volet transports",
            "Notifier la première proposition",
        )
        assert str(seule.source).endswith("dossier.yaml:22:9")

    def but_not_once_it_is_signed(self, atelier: Atelier) -> None:
        contrat = (
            "volets:\n  transports:\n    signature: {date: 2018-06-04}\n"
            "    procedure:\n      avis: {rendu_le: 2018-05-02}\n"
        )
        (veille,) = lister(atelier, "2018-06-03", contrat)
        assert veille[2] == "Notifier la première proposition"
        assert lister(atelier, "2018-06-05", contrat) == []

    def it_knows_nothing_of_a_volet_before_its_first_step(self, atelier: Atelier) -> None:
        contrat = "volets:\n  transports:\n    procedure:\n      avis: {{demande_le: {}}}\n"
        demander = "Demander l’avis de l’organisme local sur la proposition"
        assert lister(atelier, "2018-05-01", contrat.format("2018-05-02")) == []
        assert [x[2] for x in lister(atelier, "2018-05-01", contrat.format(""))] == [demander]

    def it_follows_a_refusal_to_the_fund(self, atelier: Atelier) -> None:
        contrat = PROPOSITION + (
            "refus:\n  - {volet: transports, constate_le: 2017-11-24, decide_le: 2017-12-04}\n"
        )
        signe = {"signature": "2017-11-20"}
        assert lister(atelier, "2017-12-01", contrat, **signe) == [
            ("à faire", "agence", ISSUE, "2017-11-24", "")
        ]
        receipt = "Établir la date de réception (décision)"
        informer = "Informer la caisse, qui recouvre la sanction"
        assert lister(atelier, "2017-12-05", contrat, **signe) == [
            ("inconnu", "agence", receipt, "2017-12-04", ""),
            ("en retard", "agence", informer, "2017-12-04", "2017-12-04"),
        ]
        assert lister(atelier, "2017-11-23", contrat, **signe) == []
        informee = contrat.replace("2017-12-04}", "2017-12-04, caisse_informee_le: 2017-12-04}")
        assert [x[2] for x in lister(atelier, "2017-12-05", informee, **signe)] == [receipt]
        tout = contrat.replace("transports", "socle")
        assert [x[2] for x in lister(atelier, "2017-12-05", tout, **NON_SIGNE)] == [
            receipt,
            informer,
        ]

    def it_goes_on_while_a_volet_alone_is_refused(self, atelier: Atelier) -> None:
        refus = "refus:\n  - {volet: VOLET, decide_le: 2017-12-04, recue_le: 2017-12-06}\n"
        informer = "Informer la caisse, qui recouvre la sanction"

        def quoi(volet: str) -> list[str]:
            contrat = PROPOSITION + refus.replace("VOLET", volet)
            return [x[2] for x in lister(atelier, "2017-12-06", contrat, **NON_SIGNE)]

        assert quoi("transports") == [ISSUE, informer]
        assert quoi("socle") == [informer]

    def it_counts_a_refusal_from_its_own_day(self, atelier: Atelier) -> None:
        contrat = PROPOSITION + "refus:\n  - {volet: transports, constate_le: 2017-11-24}\n"
        signe = {"signature": "2017-11-20"}
        assert [x[2] for x in lister(atelier, "2017-11-24", contrat, **signe)] == [ISSUE]

    def it_awaits_the_receipt_of_the_second_one(self, atelier: Atelier) -> None:
        contrat = PROPOSITION.replace(", recue_le: 2017-11-08", "")
        assert lister(atelier, "2017-11-10", contrat, **NON_SIGNE) == [
            ("inconnu", "agence", "Établir la date de réception (seconde proposition)",
             "2017-11-06", ""),
        ]  # fmt: skip

    def it_answers_observations_once_received(self, atelier: Atelier) -> None:
        contrat = PROPOSITION.replace(
            "recue_le: 2017-11-08}",
            'recue_le: 2017-11-08, observations: [{recue_le: 2017-11-13, texte: "Un."}, '
            '{recue_le: 2017-11-10, texte: "Deux.", reponse: "Vu."}]}',
        )
        repondre = "Répondre à l’observation de l’établissement"
        for jour, depuis in (("2017-11-12", []), ("2017-11-13", ["2017-11-13"])):
            lignes = lister(atelier, jour, contrat, **NON_SIGNE)
            assert [x[3] for x in lignes if x[2] == repondre] == depuis


class DescribeAnnee:
    """An evaluated year."""

    @pytest.mark.parametrize(
        ("jour", "attendu"),
        [
            ("2020-06-29", []),
            (
                "2020-06-30",
                [("à faire", "agence", "Transmettre le rapport d’évaluation", "2020-06-30", "")],
            ),
            (
                "2020-07-02",
                [("inconnu", "agence", "Établir la date de réception (rapport d’évaluation)",
                  "2020-07-01", "")],
            ),
            (
                "2020-08-03",
                [
                    ("à faire", "établissement", REPONDRE, "2020-07-04", "2020-08-03"),
                    ("à faire", "agence", "Répondre à l’observation de l’établissement",
                     "2020-07-20", ""),
                    ("à faire", "agence",
                     "Demander l’avis de l’organisme local avant de notifier", "", "2020-10-03"),
                    ("à venir", "agence", MESURES, "2020-08-04", "2020-10-03"),
                ],
            ),
            (
                "2020-08-21",
                [
                    ("à faire", "agence", "Répondre à l’observation de l’établissement",
                     "2020-07-20", ""),
                    ("en retard", "organisme local", "Rendre l’avis demandé avant de notifier",
                     "2020-08-05", "2020-08-20"),
                    ("à faire", "agence", MESURES, "2020-08-04", "2020-10-03"),
                ],
            ),
            (
                "2020-09-13",
                [("inconnu", "agence", "Établir la date de réception (notification des mesures)",
                  "2020-09-10", "")],
            ),
            (
                "2020-09-29",
                [
                    ("à faire", "établissement", REPONDRE, "2020-09-15", "2020-09-29"),
                    ("à faire", "agence",
                     "Demander l’avis de l’organisme local avant de décider", "", ""),
                    ("à venir", "agence", DECIDER, "2020-09-30", ""),
                ],
            ),
            (
                "2020-10-19",
                [("à faire", "agence", DECIDER, "2020-09-30", "")],
            ),
            (
                "2020-10-20",
                [
                    ("inconnu", "agence", "Établir la date de réception (décision définitive)",
                     "2020-10-20", ""),
                    ("à faire", "agence", "Informer le service du contrôle médical",
                     "2020-10-20", "2020-10-20"),
                    ("à faire", "agence", "Informer la caisse, qui recouvre la sanction",
                     "2020-10-20", "2020-10-20"),
                ],
            ),
            (
                "2021-01-01",
                [("en retard", "agence", "Informer le service du contrôle médical",
                  "2020-10-20", "2020-10-20")],
            ),
        ],
    )  # fmt: skip
    def it_is_seen_from_a_day(
        self, atelier: Atelier, jour: str, attendu: list[tuple[str, ...]]
    ) -> None:
        assert lister(atelier, jour, evaluation=ANNEE) == attendu

    def it_can_no_longer_be_sanctioned_after_two_months(self, atelier: Atelier) -> None:
        evaluation = "procedure:\n  rapport: {date: 2020-07-01, recue_le: 2020-07-03}\n"
        demander = "Demander l’avis de l’organisme local avant de notifier"
        assert lister(atelier, "2020-10-03", evaluation=evaluation) == [
            ("à faire", "agence", demander, "", "2020-10-03"),
            ("à faire", "agence", MESURES, "2020-08-04", "2020-10-03"),
        ]
        assert lister(atelier, "2020-10-04", evaluation=evaluation) == [
            ("forclos", "agence", FORCLOS, "2020-08-04", "2020-10-03"),
        ]

    def it_begins_once_the_year_is_over(self, atelier: Atelier) -> None:
        evaluation = "date: 2019-12-30\n"
        assert lister(atelier, "2019-12-31", evaluation=evaluation) == []
        (rapport,) = lister(atelier, "2020-01-01", evaluation=evaluation)
        assert rapport[2] == "Transmettre le rapport d’évaluation"

    def it_ends_with_a_renunciation(self, atelier: Atelier) -> None:
        evaluation = (
            "procedure:\n  rapport: {date: 2020-07-01, recue_le: 2020-07-03}\n"
            "  renonciation: {date: 2020-08-10}\n"
        )
        assert lister(atelier, "2020-12-01", evaluation=evaluation) == []

    def but_goes_on_for_the_volets_that_are_not_renounced(self, atelier: Atelier) -> None:
        evaluation = (
            "procedure:\n  rapport: {date: 2020-07-01, recue_le: 2020-07-03}\n"
            "  renonciation: {date: 2020-08-10, volets: [socle]}\n"
        )
        assert lister(atelier, "2020-10-04", evaluation=evaluation) == [
            ("forclos", "agence", FORCLOS, "2020-08-04", "2020-10-03"),
        ]

    def it_gives_a_month_where_acts_need_an_agreement(self, atelier: Atelier) -> None:
        evaluation = ANNEE.replace('numero: "N"', 'actes_envisages: ["Actes"]')
        lignes = lister(atelier, "2020-09-29", evaluation=evaluation)
        assert lignes[0] == ("à faire", "établissement", REPONDRE, "2020-09-15", "2020-10-14")

    @pytest.mark.parametrize(
        ("autre", "informes"),
        [
            ('qualite: {nature: montant, montant: "1"}', 3),
            ("qualite: {nature: aucune}", 3),
            (None, 2),
        ],
    )
    def it_tells_the_fund_of_a_sum_to_recover(
        self, atelier: Atelier, autre: str | None, informes: int
    ) -> None:
        socle = '    socle: {nature: montant, montant: "1 000"}\n'
        volets = socle + f"    {autre}\n" if autre else "    socle: {nature: aucune}\n"
        decision = ANNEE.replace(socle, volets)
        decision = decision.replace(
            "information: {organisme_le: 2020-10-20, caisse_le: 2020-10-22}", "information: {}"
        )
        lignes = lister(atelier, "2020-10-23", evaluation=decision)
        assert len([x for x in lignes if x[2].startswith("Informer")]) == informes


def situer(atelier: Atelier, jour: str, contrat: str = "", evaluation: str = "") -> list[str]:
    """Where each step belongs, its text, and the line that says it."""
    affaire, _ = atelier.load(contrat, EVALUATION + evaluation, signature="2030-01-01")
    return [
        f"{e.procedure} / {e.etape} / {e.article} / {e.source.ligne}:{e.source.colonne}"
        for e in iter_echeances(affaire, atelier.droit, dt.date.fromisoformat(jour))
        if "D. 162-16" in e.article or (contrat and e.etape != "Livraison de données")
    ]


class DescribeLieu:
    """What a line says of itself: procedure, step, article, place."""

    @pytest.mark.parametrize(
        ("jour", "attendu"),
        [
            ("2017-09-17", ["Avis de l’organisme local sur la proposition / D. 162-15 / 20:24"]),
            ("2017-09-24", ["Première proposition / D. 162-15 / 21:27"]),
            ("2017-09-28", ["Première proposition / D. 162-15 / 21:34"]),
            (
                "2017-10-01",
                [
                    "Première proposition / D. 162-15 / 21:27",
                    "Seconde proposition / D. 162-15 / 21:27",
                ],
            ),
            (
                "2017-11-10",
                [
                    "Seconde proposition / D. 162-15 / 22:26",
                    "Signature ou refus / D. 162-15 / 22:26",
                ],
            ),
        ],
    )
    def it_is_told_of_a_proposal(self, atelier: Atelier, jour: str, attendu: list[str]) -> None:
        assert situer(atelier, jour, PROPOSITION) == [f"contrat / {x}" for x in attendu]

    @pytest.mark.parametrize(
        ("jour", "attendu"),
        [
            ("2020-06-30", ["Rapport d’évaluation / D. 162-16, III / 6:3"]),
            ("2020-07-02", ["Rapport d’évaluation / D. 162-16, III / 7:11"]),
            (
                "2020-08-04",
                [
                    "Rapport d’évaluation / D. 162-16, III / 10:9",
                    "Avis de l’organisme local avant de notifier / D. 162-16, III / 11:22",
                    "Notification des mesures / D. 162-16, III / 7:5",
                ],
            ),
            (
                "2020-09-20",
                [
                    "Notification des mesures / D. 162-16, IV / 12:17",
                    "Avis de l’organisme local avant de décider / D. 162-16, IV / 13:18",
                    "Décision définitive / D. 162-16, IV / 12:17",
                ],
            ),
            (
                "2020-10-20",
                [
                    "Décision définitive / D. 162-16, IV / 17:9",
                    "Information / D. 162-16, IV / 17:9",
                    "Information / D. 162-16, III / 17:9",
                ],
            ),
        ],
    )
    def it_is_told_of_a_year(self, atelier: Atelier, jour: str, attendu: list[str]) -> None:
        lieux = situer(atelier, jour, evaluation=ANNEE)
        assert lieux == [f"évaluation 2019 / {x}" for x in attendu]

    def it_is_told_of_a_refusal_and_of_a_meeting(self, atelier: Atelier) -> None:
        contrat = """\
refus:
  - volet: transports
    constate_le: 2017-11-24
    procedure:
      premiere_proposition: {date: 2017-09-25}
  - volet: socle
    constate_le: 2017-11-25
    decide_le: 2017-12-04
rencontres:
  - {nature: reunion_information, objet: "Bilan", prevue_le: 2018-12-11}
"""
        assert situer(atelier, "2018-01-02", contrat) == [
            "refus du volet transports / Première proposition / D. 162-15 / 23:38",
            "refus du volet socle / Décision sur le refus / D. 162-15 / 26:18",
            "refus du volet socle / Décision sur le refus / D. 162-15 / 26:18",
            "contrat / Réunion d’information / instruction, II.a.ii / 28:64",
        ]


class DescribeProcedureEntamee:
    """One step known to have been taken is enough."""

    @pytest.mark.parametrize(
        ("procedure", "attendu"),
        [
            ({}, False),
            ({"avis": {"attendu_le": "2017-09-20"}}, False),
            ({"premiere_proposition": {}}, False),
            ({"avis": {"demande_le": "2017-09-01"}}, True),
            ({"avis": {"rendu_le": "2017-09-18"}}, True),
            ({"premiere_proposition": {"date": "2017-09-25"}}, True),
            ({"seconde_proposition": {"recue_le": "2017-11-08"}}, True),
        ],
    )
    def it_is_begun(self, procedure: dict[str, object], attendu: bool) -> None:
        assert is_begun(ProcedureContrat.model_validate(procedure)) is attendu

    def it_is_the_matter_of_one_establishment_unless_said(self) -> None:
        etat, lieu = EtatEcheance.A_FAIRE, Source("dossier.yaml", 1, 1)
        assert not Echeance("P", "E", "Q", AGENCE, etat, "D. 162-15", lieu).commune
