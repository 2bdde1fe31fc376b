"""`caqes completer` where one answer rests on another: halves, measures, lists that go on."""

from __future__ import annotations

from pathlib import Path

from caqes_docs.application.commencer.completer.cles import awaits
from caqes_docs.application.commencer.completer.entretien import Entretien
from caqes_docs.application.commencer.evaluation import new_evaluations
from caqes_docs.application.commencer.fiches import new_fiche
from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import fault
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.yaml_strict import parse_yaml
from tests.outils.pharmacien import asked


class DescribePaires:
    def it_refuses_a_part_above_its_whole(self, espace: Path) -> None:
        projet = Projet(espace)
        chemin = espace / "contracts_data/evaluations/990780082-2019.yaml"
        chemin.unlink()
        new_evaluations(projet, ["990780082"], 2019)
        entretien = Entretien(projet, chemin)
        assert entretien.answer(asked(entretien), ["15/06/2020"]) == []
        assert entretien.answer(asked(entretien), ["102"]) == []
        avant = chemin.read_bytes()
        assert [c.code for c in entretien.answer(asked(entretien), ["100"])] == ["V-004"]
        assert chemin.read_bytes() == avant
        assert entretien.answer(asked(entretien), ["120"]) == []

    def it_writes_the_half_of_a_pair(self) -> None:
        texte = b"modulation: 50 %\nmotif_modulation:\n"
        remede = "Remplir «\u00a0modulation\u00a0» et «\u00a0motif_modulation\u00a0»."
        constat = fault("V-024", Source("e.yaml", 1, 1), "La modulation.", remede)
        for suite, attendue in ((b"", True), (b" Dit.\n", False)):
            fichier, _ = parse_yaml(texte.rstrip(b"\n") + (suite or b"\n"), "e.yaml")
            assert fichier is not None
            assert awaits(constat, fichier, ("modulation",)) is attendue


class DescribeReferents:
    def it_offers_every_volet_and_says_who_has_nobody(self, espace: Path) -> None:
        projet = Projet(espace)
        entretien = Entretien(projet, new_fiche(projet, "ars", "neuve"))
        asked(entretien)
        (question,) = [q for q in entretien.file if q.chemin == ("referents", 0, "volet")]
        assert [nom for nom, _ in question.choix] == ["socle", *projet.droit.volets]
