"""Each line of the table of migrations, alone; then what a migration says of what it leaves."""

from __future__ import annotations

import pytest

from caqes_docs.core.constats import Gravite
from caqes_docs.data.lecture.yaml_strict import parse_yaml
from caqes_docs.data.migration.migrer import Migre, migrate
from caqes_docs.data.migration.table import MIGRATIONS


def migre(cle: str, texte: str) -> Migre:
    """`texte`, once the former key `cle` is carried over."""
    fichier, constats = parse_yaml(texte.encode(), "f.yaml")
    assert fichier is not None
    assert constats == []
    return migrate(fichier, [m for m in MIGRATIONS if m.cle == cle])


def texte(resultat: Migre) -> str:
    """The file carried over."""
    return resultat.apres.contenu.decode()


def dits(resultat: Migre) -> list[tuple[str, int, str]]:
    """The code, line and first words of what is told."""
    return [
        (c.code, c.source.ligne, c.message.partition("\u00a0:")[0].partition(" (")[0])
        for c in resultat.constats(essai=False)
    ]


class DescribeProposition:
    """`contrat.proposition` → `contrat.procedure.premiere_proposition`."""

    def it_becomes_the_first_proposal_with_its_hearing(self) -> None:
        resultat = migre(
            "contrat.proposition",
            "contrat:\n  reference: A\n\n  # Envoi.\n  proposition:\n    date: 2017-11-06\n"
            "    recue_le: 2017-11-08\n    # À temps.\n    audition_demandee_le: 2017-11-22\n"
            "    audition_tenue_le: 2017-12-08\n\n  annexe_au_cpom: non\n",
        )
        assert texte(resultat) == (
            "contrat:\n  reference: A\n\n  procedure:\n    # Envoi.\n    premiere_proposition:\n"
            "      date: 2017-11-06\n      recue_le: 2017-11-08\n      audition:\n"
            "        # À temps.\n        demandee_le: 2017-11-22\n        tenue_le: 2017-12-08\n\n"
            "  annexe_au_cpom: non\n"
        )
        assert dits(resultat) == []

    def it_is_read_between_braces(self) -> None:
        resultat = migre(
            "contrat.proposition",
            "contrat:\n  proposition: {date: 2017-11-06, audition_tenue_le: 2017-12-08}\n",
        )
        assert texte(resultat) == (
            "contrat:\n  procedure:\n    premiere_proposition:\n      date: 2017-11-06\n"
            "      audition:\n        tenue_le: 2017-12-08\n"
        )

    def it_leaves_nothing_of_an_empty_skeleton_but_its_comments(self) -> None:
        resultat = migre("contrat.proposition", "contrat:\n  # Envoi.\n  proposition:\n  a: 1\n")
        assert texte(resultat) == "contrat:\n  # Envoi.\n  a: 1\n"
        vide = "contrat:\n  proposition:\n    date:\n    audition_tenue_le:\n"
        assert texte(migre("contrat.proposition", vide)) == (
            "contrat:\n  procedure:\n    premiere_proposition:\n      date:\n"
        )

    def it_tells_a_refusal_without_second_proposal(self) -> None:
        resultat = migre(
            "contrat.proposition",
            "contrat:\n  proposition:\n    date: 2017-11-06\n  refus:\n    - volet: socle\n",
        )
        assert dits(resultat) == [
            ("D-142", 3, "Un refus est constaté sans seconde proposition"),
        ]
        (constat,) = resultat.constats(essai=True)
        assert constat.gravite is Gravite.MANQUE
        assert constat.source.ligne == 5
        assert "contrat.procedure.seconde_proposition" in constat.remede

    def but_a_place_that_is_taken_is_left_alone(self) -> None:
        avant = (
            "contrat:\n  proposition:\n    date: 2017-11-06\n  procedure:\n"
            "    premiere_proposition:\n      date: 2017-11-07\n"
        )
        resultat = migre("contrat.proposition", avant)
        assert texte(resultat) == avant
        assert not resultat.change
        assert dits(resultat) == [
            ("D-141", 3, "«\u00a0contrat.proposition\u00a0» n’a pas pu être repris"),
        ]


CONTRADICTOIRE = """\
# La lettre.
contradictoire:
  intention_le: 2020-09-25
  recue_le: 2020-09-28
  # Quinze jours.
  delai_jours: 15
  observations_le: 2020-10-08
  observations: "Un plan."
  audition_tenue_le: 2020-10-19
  reponse: "Le plan vaut pour l’avenir."
"""


class DescribeContradictoire:
    """`contradictoire` → `procedure.rapport`."""

    def it_becomes_the_sending_of_the_report(self) -> None:
        resultat = migre("contradictoire", CONTRADICTOIRE)
        assert texte(resultat) == (
            """\
procedure:
  # La lettre.
  rapport:
    date: 2020-09-25
    recue_le: 2020-09-28
    # Quinze jours.
    # Non repris par « caqes migrer » :
    # delai_jours: 15
    observations:
      - recue_le: 2020-10-08
        texte: "Un plan."
        reponse: "Le plan vaut pour l’avenir."
    audition:
      tenue_le: 2020-10-19
"""
        )
        assert dits(resultat) == [
            ("D-140", 4, "Le délai de réponse n’est plus une donnée"),
            ("D-142", 14, "La réponse de l’agence valait pour les observations et pour l’audition"),
        ]

    @pytest.mark.parametrize(
        ("avant", "apres"),
        [
            ("  intention_le: 1\n", "    date: 1\n"),
            ("  delai_jours:\n  recue_le: 1\n", "    recue_le: 1\n"),
            (
                "  observations_le: 1\n  reponse: r\n",
                "    observations:\n      - recue_le: 1\n        reponse: r\n",
            ),
            (
                "  observations: o\n  reponse:\n",
                "    observations:\n      - texte: o\n        reponse:\n",
            ),
            (
                "  audition_tenue_le: 1\n  reponse: r\n",
                "    audition:\n      tenue_le: 1\n      reponse: r\n",
            ),
            ("  intention_le: 1\n  observations:\n  reponse:\n", "    date: 1\n"),
        ],
    )
    def it_carries_each_key(self, avant: str, apres: str) -> None:
        resultat = migre("contradictoire", f"contradictoire:\n{avant}")
        assert texte(resultat) == f"procedure:\n  rapport:\n{apres}"
        assert dits(resultat) == []

    def it_tells_an_answer_to_nothing(self) -> None:
        resultat = migre("contradictoire", "contradictoire:\n  intention_le: 1\n  reponse: r\n")
        assert texte(resultat) == (
            "procedure:\n  rapport:\n    date: 1\n    # Non repris par «\u00a0caqes "
            "migrer\u00a0»\u00a0:\n    # reponse: r\n"
        )
        assert [x[:2] for x in dits(resultat)] == [("D-140", 3)]


class DescribeAvis:
    """`avis_organisme` → `procedure.avis_notification`."""

    def it_joins_the_procedure(self) -> None:
        resultat = migre(
            "avis_organisme",
            "avis_organisme: {demande_le: 2020-09-03, sens: favorable}\nprocedure:\n"
            "  rapport:\n    date: 2020-09-25\n",
        )
        assert texte(resultat) == (
            "procedure:\n  rapport:\n    date: 2020-09-25\n"
            "  avis_notification: {demande_le: 2020-09-03, sens: favorable}\n"
        )
        assert dits(resultat) == []


class DescribeNotification:
    """`notification` → what the decision says of its sending."""

    def it_gives_the_decision_its_receipt_and_keeps_the_rest_as_a_comment(self) -> None:
        resultat = migre(
            "notification",
            "decision:\n  numero: D\n  date: 2020-10-28\n"
            "  volets: {socle: {nature: aucune}, transports: {nature: montant}}\n\n"
            "# Envoi.\nnotification:\n  numero: N\n  date: 2020-10-30\n  recue_le: 2020-11-02\n",
        )
        assert texte(resultat) == (
            "decision:\n  numero: D\n  date: 2020-10-28\n"
            "  volets: {socle: {nature: aucune}, transports: {nature: montant}}\n"
            "  recue_le: 2020-11-02\n\n# Envoi.\n"
            "# Non repris par «\u00a0caqes migrer\u00a0»\u00a0:\n# notification:\n"
            "#   numero: N\n#   date: 2020-10-30\n"
        )
        assert dits(resultat) == [
            ("D-140", 2, "Le numéro de l’ancienne notification n’est pas repris"),
            ("D-140", 3, "La décision n’est pas du même jour que son envoi"),
            ("D-142", 1, "L’ancienne notification était l’envoi de la décision"),
            ("D-142", 1, "Le second avis de l’organisme local, avant la décision définitive, "
             "n’est pas écrit"),
        ]  # fmt: skip

    def it_leaves_nothing_where_all_is_carried(self) -> None:
        resultat = migre(
            "notification",
            "decision:\n  volets: {socle: {nature: aucune}}\n\nnotification:\n"
            "  numero: N\n  date: 2020-10-30\n  recue_le:\n",
        )
        assert texte(resultat) == (
            "decision:\n  volets: {socle: {nature: aucune}}\n  recue_le:\n  numero: N\n"
            "  date: 2020-10-30\n"
        )

    def it_says_nothing_of_the_same_day_twice(self) -> None:
        resultat = migre(
            "notification", "decision:\n  date: 2020-10-30\nnotification:\n  date: 2020-10-30\n"
        )
        assert texte(resultat) == "decision:\n  date: 2020-10-30\n"
        assert dits(resultat) == []


class DescribeDepenseDeReference:
    """`economies.depense_de_reference` → the contract, by hand: it was never signed."""

    def it_is_kept_as_a_comment_and_told(self) -> None:
        resultat = migre(
            "volets.*.economies.depense_de_reference",
            "volets:\n  transports:\n    economies:\n      depense_de_reference: 1 100\n"
            "      depense_constatee: 1 000\n",
        )
        assert texte(resultat) == (
            "volets:\n  transports:\n    economies:\n"
            "      # Non repris par «\u00a0caqes migrer\u00a0»\u00a0:\n"
            "      # depense_de_reference: 1 100\n      depense_constatee: 1 000\n"
        )
        assert [dit[0] for dit in dits(resultat)] == ["D-140"]


class DescribeMigrations:
    """What is true of any of them."""

    @pytest.mark.parametrize("saut", ["\n", "\r\n"])
    @pytest.mark.parametrize("marque", [b"", b"\xef\xbb\xbf"])
    def it_changes_nothing_the_second_time(self, saut: str, marque: bytes) -> None:
        avant = CONTRADICTOIRE + "avis_organisme:\n  sens: favorable\nnotification:\n  date: 1\n"
        contenu = marque + avant.replace("\n", saut).encode()
        fichier, _ = parse_yaml(contenu, "f.yaml")
        assert fichier is not None
        une = migrate(fichier, MIGRATIONS)
        deux = migrate(une.apres, MIGRATIONS)
        assert une.change
        assert not deux.change
        assert deux.dits == ()
        assert une.apres.contenu.startswith(marque)
        assert une.apres.contenu.count(b"\r\n") == (
            une.apres.contenu.count(b"\n") if saut == "\r\n" else 0
        )

    def it_names_each_key_once(self) -> None:
        cles = [(m.sorte, m.cle) for m in MIGRATIONS]
        assert len(set(cles)) == len(cles)
        assert {m.sorte for m in MIGRATIONS} == {"dossier", "evaluation"}
