"""Tests of `law.controles.procedure`: what a fault says, where, and how grave it is."""

from __future__ import annotations

import datetime as dt

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.source import Source
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.lecture.yaml_strict import parse_yaml
from caqes_docs.law.controles.procedure.contrat import check_proposal
from caqes_docs.law.controles.procedure.etapes import Fait, follows
from caqes_docs.law.procedure.delais import Support

PROCEDURE = """\
avis: {rendu_le: 2017-08-30}
premiere_proposition:
  date: 2017-09-04
  recue_le: 2017-09-06
  audition: {demandee_le: 2017-10-02}
seconde_proposition:
  date: 2017-10-12
"""


def told(projet: Projet, *change: tuple[str, str]) -> list[Constat]:
    """The faults of the procedure of an avenant, which no contract holds (K9)."""
    texte = PROCEDURE
    for avant, apres in change:
        assert avant in texte
        texte = texte.replace(avant, apres)
    fichier, constats = parse_yaml(texte.encode(), "avenant.yaml")
    assert fichier is not None, constats
    procedure = ProcedureContrat.model_validate(fichier.donnees)
    return list(check_proposal(Support(projet.droit, fichier), procedure, None))


class DescribeFaute:
    """Each fault of an avenant: the place, what is wrong, the article, the remedy."""

    @pytest.mark.parametrize(
        ("change", "place", "message", "remede"),
        [
            (
                (),
                "avenant.yaml:7:9",
                "L’envoi de la seconde proposition porte la date du 12 octobre 2017, alors que le "
                "délai ouvert par la réception de la première proposition n’est pas fini : "
                "l’audition, demandée à temps, n’est pas tenue (CSS, art. D. 162-15).",
                "Tenir l’audition, qui prolonge le délai, et remplir « "
                "premiere_proposition.audition ».",
            ),
            (
                (("demandee_le: 2017-10-02", "convoquee_le: 2017-10-02"),),
                "avenant.yaml:7:9",
                "L’envoi de la seconde proposition porte la date du 12 octobre 2017, alors que le "
                "délai ouvert par la réception de la première proposition n’est pas fini : le jour "
                "où l’audition a été demandée n’est pas connu (CSS, art. D. 162-15).",
                "Tenir l’audition, qui prolonge le délai, et remplir « "
                "premiere_proposition.audition ».",
            ),
            (
                (
                    (
                        "demandee_le: 2017-10-02",
                        "demandee_le: 2017-10-02, tenue_le: 2017-10-12, reponse: Non",
                    ),
                ),
                "avenant.yaml:7:9",
                "L’envoi de la seconde proposition porte la date du 12 octobre 2017 : le délai "
                "ouvert par la réception de la première proposition, prolongé jusqu’à l’audition, "
                "finit le 12 octobre 2017 (CSS, art. D. 162-15).",
                "Reprendre l’acte après ce jour, ou corriger l’une des dates.",
            ),
            (
                (
                    ("  audition: {demandee_le: 2017-10-02}\n", ""),
                    ("2017-10-12", "2017-10-06"),
                ),
                "avenant.yaml:6:9",
                "L’envoi de la seconde proposition porte la date du 6 octobre 2017 : le délai "
                "ouvert par la réception de la première proposition finit le 6 octobre 2017 (CSS, "
                "art. D. 162-15).",
                "Reprendre l’acte après ce jour, ou corriger l’une des dates.",
            ),
            (
                (("  recue_le: 2017-09-06\n", ""), ("  audition: {demandee_le: 2017-10-02}\n", "")),
                "avenant.yaml:3:3",
                "Rien ne prouve la réception de la première proposition, que suit l’envoi de la "
                "seconde proposition du 12 octobre 2017 : le délai qu’elle ouvre n’a pas de fin "
                "connue (CSS, art. D. 162-15).",
                "Remplir « premiere_proposition.recue_le » d’après l’accusé de réception.",
            ),
            (
                (
                    ("  audition: {demandee_le: 2017-10-02}\n", ""),
                    ("2017-10-12", "2017-10-09"),
                ),
                "avenant.yaml:6:9",
                "L’envoi de la seconde proposition porte la date du 9 octobre 2017, juste après le "
                "délai fini le 6 octobre 2017 : aucun texte ne dit si ce délai est franc ni ce que "
                "change un jour chômé (X32).",
                "Pour ne rien risquer, attendre le 10 octobre 2017.",
            ),
            (
                (
                    ("  audition: {demandee_le: 2017-10-02}\n", ""),
                    ("avis: {rendu_le: 2017-08-30}", "avis: {demande_le: 2017-08-30}"),
                ),
                "avenant.yaml:3:9",
                "L’envoi de la première proposition porte la date du 4 septembre 2017, et rien ne "
                "dit que l’organisme local a rendu son avis (CSS, art. D. 162-15).",
                "Remplir « avis.rendu_le » : l’avis précède l’acte.",
            ),
        ],
    )
    def it_is_told(
        self,
        change: tuple[tuple[str, str], ...],
        place: str,
        message: str,
        remede: str,
        projet: Projet,
    ) -> None:
        (constat,) = told(projet, *change)
        assert str(constat.source) == place
        assert constat.message.replace("\u00a0", " ") == message
        assert constat.remede.replace("\u00a0", " ") == remede

    def it_is_none_when_every_step_is_regular(self, projet: Projet) -> None:
        tenue = "demandee_le: 2017-10-02, tenue_le: 2017-10-06, reponse: Non"
        assert told(projet, ("demandee_le: 2017-10-02", tenue)) == []


class DescribeFollows:
    def it_may_only_warn(self) -> None:
        avant = Fait(Source("a.yaml"), "l’évaluation", dt.date(2020, 6, 2))
        apres = Fait(Source("a.yaml"), "la demande d’avis", dt.date(2020, 6, 1))
        trouves = (*follows(avant, apres), *follows(avant, apres, grave=False))
        assert [c.gravite for c in trouves] == [Gravite.ERREUR, Gravite.AVERTISSEMENT]

    def and_says_which_day_is_the_grave_one(self, projet: Projet) -> None:
        (constat, *_) = told(projet, ("recue_le: 2017-09-06", "recue_le: 2017-09-03"))
        assert constat.gravite is Gravite.ERREUR
        assert constat.message.replace("\u00a0", " ") == (
            "La réception de la première proposition porte la date du 3 septembre 2017, antérieure "
            "à celle de l’envoi de la première proposition (4 septembre 2017)."
        )
