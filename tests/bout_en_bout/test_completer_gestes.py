"""`caqes completer` as somebody handles it: what is removed, dropped, refused, broken meanwhile."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from caqes_docs.application.commencer.completer import feuille
from caqes_docs.application.commencer.completer.entretien import Entretien
from caqes_docs.application.commencer.fiches import new_fiche
from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import ExitCode
from caqes_docs.data.dossier.etablissement import Activite
from caqes_docs.data.lecture.remplissage import EditionImpossibleError
from caqes_docs.data.lecture.yaml_strict import look
from caqes_docs.interfaces.cli.main import run
from tests.outils.pharmacien import FINESS, asked, begin

Converse = Callable[..., tuple[int, str]]
SEUIL = {
    "contrat.regime": "caqes_1",
    "contrat.signature.date": "2017-12-20",
    "contrat.ars": "ars-exemple",
    "contrat.organisme": "cpam-99",
    "contrat.reference": "CAQES-1",
    "etablissement.statut": "public",
    "etablissement.niveau_signature": "entite_juridique",
    "contrat.socle.sanction.type": "montant",
    "contrat.socle.sanction.bareme.nom": "tout_ou_rien",
    "contrat.socle.declenchement.seuil": "60 %",
    "contrat.socle.niveau.indicateurs.part": "100 %",
}
"""What makes a level of the socle decide, its targets with it."""


class DescribeRetrait:
    """An action of a typical plan that the hospital does not want."""

    def it_makes_a_comment_of_that_of_a_volet(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,), ("transports",))
        asked(entretien)
        actions = ("contrat", "volets", "transports", "actions")
        siennes = {q.chemin: q for q in entretien.file if q.chemin[:4] == actions}
        assert all(q.retirable for q in siennes.values())
        assert entretien.answer(siennes[*actions, 1, "debut"], ["2018-03-01"]) == []
        assert entretien.answer(siennes[*actions, 2, "debut"], ["2018-04-01"]) == []
        avant = entretien.chemin.read_text("utf-8")
        assert entretien.remove(siennes[*actions, 1, "fin"], lambda _: False) == []
        assert entretien.chemin.read_text("utf-8") == avant
        assert entretien.remove(siennes[*actions, 1, "fin"], lambda _: True) == []
        debut = "        - id: TRA-A2\n          modele: TRA-A2\n          debut: 2018-03-01\n"
        note = "".join(f"        # {x[8:]}\n" for x in f"{debut}          fin:".splitlines())
        assert entretien.chemin.read_text("utf-8") == avant.replace(
            f"{debut}          fin:\n", note
        )
        assert entretien.reponses == 1
        assert [(place, dits) for place, _, dits in entretien.written()] == [
            ("contrat.volets.transports.actions.2", "debut 2018-04-01")
        ]
        asked(entretien)
        suite = [q.chemin[4:] for q in entretien.file if q.chemin[:4] == actions]
        assert suite == [
            (0, "debut"),
            (0, "fin"),
            (1, "fin"),
            *((r, c) for r in (2, 3) for c in ("debut", "fin")),
        ]

    def it_leaves_a_volet_without_action_to_the_check(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,), ("transports",))
        for _ in range(5):
            asked(entretien)
            question = next(q for q in entretien.file if "actions" in q.chemin)
            assert entretien.remove(question, lambda _: True) == []
        assert look(entretien.read().donnees, ("contrat", "volets", "transports", "actions")) == []
        dits = [c.message for c in entretien.check() if c.code == "D-060"]
        assert "À compléter\u00a0: volets additionnels, plan d’actions du volet." in dits

    def it_asks_a_motive_for_that_of_the_socle(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        asked(entretien)
        for rang, code in enumerate(("MCO-03", "MCO-08")):
            question = next(q for q in entretien.file if q.chemin[3:4] == (code,))
            assert entretien.remove(question, lambda _: True) == []
            motif = asked(entretien)
            assert motif.libelle.startswith(f"{code}, ")
            assert motif.libelle.endswith("\u00a0: motif du retrait")
            avant = entretien.chemin.read_bytes()
            assert [c.code for c in entretien.answer(motif, ["non"])] == ["D-018"]
            assert entretien.chemin.read_bytes() == avant
            assert entretien.answer(motif, ["L’établissement ne la fait pas."]) == []
            asked(entretien)
            assert not [q for q in entretien.file if code in q.chemin]
            retirees = look(entretien.read().donnees, ("contrat", "plan_actions", "retirer"))
            assert isinstance(retirees, list)
            assert retirees[rang] == {"action": code, "motif": "L’établissement ne la fait pas."}


class DescribeChoixNecessaire:
    def it_asks_what_a_year_without_target_means(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        place = ("contrat", "choix", "annee_sans_cible")
        facultative: list[bool] = []
        for cle, dit in SEUIL.items():
            asked(entretien)
            questions = {".".join(map(str, q.chemin)): q for q in entretien.file}
            assert entretien.answer(questions[cle], [dit]) == []
            asked(entretien)
            facultative += [q.facultative for q in entretien.file if q.chemin == place]
        assert "V-147" in {constat.code for constat in entretien.check()}
        assert facultative == [True] * (len(SEUIL) - 1) + [False]


class DescribeHostile:
    """Somebody who breaks the file, or the terminal, while questions are asked."""

    @pytest.fixture
    def converse(
        self, espace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> Converse:
        def run_with(*saisies: str | Callable[[], str]) -> tuple[int, str]:
            reste = iter(saisies)

            def typed(_invite: str, **_options: object) -> str:
                dit = next(reste)
                return dit if isinstance(dit, str) else dit()

            monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
            monkeypatch.setattr(click, "prompt", typed)
            code = run(["completer", FINESS, "--projet", str(espace)])
            return code, capsys.readouterr().err.replace("\u00a0", " ")

        return run_with

    @pytest.mark.parametrize("detruit", [True, False])
    def it_waits_for_a_file_that_cannot_be_read(
        self, detruit: bool, espace: Path, converse: Converse
    ) -> None:
        chemin = begin(espace, (Activite.MCO,)).chemin
        avant: list[bytes] = []

        def break_it() -> str:
            avant.append(chemin.read_bytes())
            chemin.unlink() if detruit else chemin.write_bytes(avant[0] + b"  faute: [\n")
            return "20/12/2017"

        def mend_it() -> str:
            chemin.write_bytes(avant[0])
            return ""

        code, dit = converse("caqes_1", break_it, "", mend_it, "20/12/2017", "q")
        assert code == ExitCode.OK
        assert "Rien n’est écrit : le fichier a changé, et a une faute." in dit
        assert dit.count("D-001" if detruit else "D-004") == 2
        texte = chemin.read_text("utf-8")
        assert "regime: caqes_1" in texte
        assert "date: 20/12/2017" in texte

    def it_leaves_a_file_that_stays_broken(self, espace: Path, converse: Converse) -> None:
        chemin = begin(espace, (Activite.MCO,)).chemin

        def break_it() -> str:
            chemin.write_bytes(chemin.read_bytes() + b"  faute: [\n")
            return "20/12/2017"

        code, dit = converse("caqes_1", break_it, "q")
        assert code == ExitCode.DONNEES
        assert "D-004" in dit
        assert "regime: caqes_1" in chemin.read_text("utf-8")

    def it_says_again_what_a_protected_file_did_not_take(
        self, espace: Path, converse: Converse
    ) -> None:
        chemin = begin(espace, (Activite.MCO,)).chemin
        avant = chemin.read_bytes()
        chemin.chmod(0o444)
        code, dit = converse("caqes_1", "q")
        assert code == ExitCode.OK
        assert "R-001" in dit
        assert "À écrire à la main : contrat.regime : caqes_1" in dit
        assert chemin.read_bytes() == avant

    def it_never_answers_about_another_item(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        while (question := asked(entretien)).chemin[-1] != "finess":
            entretien.skip(question)
        assert entretien.answer(question, ["990001018"]) == []
        nom = asked(entretien)
        texte = entretien.chemin.read_text("utf-8")
        autre = texte.replace('- finess: "990001018"', '- finess: "990001026"')
        assert autre != texte
        entretien.chemin.write_text(autre, "utf-8")
        assert [c.code for c in entretien.answer(nom, ["Site nord"])] == ["U-068"]
        assert "Site nord" not in entretien.chemin.read_text("utf-8")
        assert entretien.answer(asked(entretien), ["Site nord"]) == []

    def it_says_what_an_editor_has_just_written(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        regime = asked(entretien)
        texte = entretien.chemin.read_text("utf-8").replace("  regime:", "  regime: caqes_2", 1)
        entretien.chemin.write_text(texte, "utf-8")
        (constat,) = entretien.answer(regime, ["caqes_1"])
        assert constat.message == (
            "Le fichier dit «\u00a0caqes_2\u00a0» depuis que la question est posée."
        )
        assert entretien.chemin.read_text("utf-8") == texte

    def it_leaves_in_the_middle_of_an_address(self, espace: Path, converse: Converse) -> None:
        chemin = begin(espace, (Activite.MCO,)).chemin
        saisies = ["1", "2017-12-20", *("p",) * 6]
        code, dit = converse(*saisies, "p", "1 rue du Port", "q")
        assert code == ExitCode.OK, dit
        assert 'lignes: ["1 rue du Port"]' in chemin.read_text("utf-8"), dit

    def it_asks_again_what_a_terminal_garbles(self, espace: Path, converse: Converse) -> None:
        chemin = begin(espace, (Activite.MCO,)).chemin
        garbled = functools.partial(b"caqes_1\xe9".decode, "utf-8")
        code, dit = converse(garbled, "caqes_1\udce9", "caqes_1", "q")
        assert code == ExitCode.OK
        assert dit.count("Un signe n’a pas été compris") == 2
        assert "regime: caqes_1\n" in chemin.read_text("utf-8")

    def it_counts_apart_what_is_optional(self, espace: Path, converse: Converse) -> None:
        begin(espace, (Activite.MCO,))
        _, dit = converse("1", "2017-12-20", *("p",) * 12, "q")
        compte = re.compile(r"  encore \d+ questions nécessaires, \d+ facultatives")
        assert [ligne for ligne in dit.splitlines() if compte.fullmatch(ligne)] != []


class DescribeCodes:
    def it_takes_the_label_of_an_indicator(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,), ("transports",))
        asked(entretien)
        dites = {q.chemin: q for q in entretien.file}
        objectif = dites[
            "contrat", "volets", "transports", "objectifs_complementaires", 0, "indicateur"
        ]
        assert objectif.read("Part des transports partagés") == "TRA-3"
        assert objectif.read("transports partag") == "TRA-3"
        assert objectif.read("transports") == "transports"
        indicateurs = dites["contrat", "plan_actions", "ajouter", 0, "indicateurs"]
        codes = dict(indicateurs.choix)
        virgule = next(code for code in codes if "," in codes[code])
        assert [*map(indicateurs.read, indicateurs.split(f"{codes[virgule]}, NAT-10-1-6"))] == [
            virgule,
            "NAT-10-1-6",
        ]

    def it_takes_it_where_no_list_is_shown(self, espace: Path) -> None:
        projet = Projet(espace)
        entretien = Entretien(projet, new_fiche(projet, "ars", "neuve"))
        asked(entretien)
        (question,) = [q for q in entretien.file if q.chemin == ("taux_cibles", 0, "indicateur")]
        assert question.choix == ()
        assert question.read("répertoire des génériques, prescriptions") == "NAT-10-3-1"


class DescribeElements:
    def it_offers_to_drop_an_item_begun_another_day(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        avant = entretien.chemin.read_text("utf-8")
        asked(entretien)
        question = next(q for q in entretien.file if q.chemin[-1] == "volet")
        assert entretien.answer(question, ["socle"]) == []
        reprise = Entretien(Projet(espace), entretien.chemin)
        asked(reprise)
        (nom,) = [q for q in reprise.file if q.chemin[-3:] == (0, "personne", "nom")]
        assert reprise.is_due(nom)
        assert not reprise.is_begun(nom)
        reprise.drop(nom)
        assert reprise.chemin.read_text("utf-8") == avant

    @pytest.mark.parametrize("cle", ["retirer", "ajouter"])
    def it_begins_none_by_halves(self, cle: str, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        asked(entretien)
        (premiere, *_) = [q for q in entretien.file if q.chemin[2:4] == (cle, 0)]
        entretien.skip_alike(premiere)
        assert [q.chemin for q in entretien.file if q.chemin[2:4] == (cle, 0)] == []

    def it_begins_none_that_could_not_be_dropped(
        self, espace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entretien = begin(espace, (Activite.MCO,))

        def defeated(_contenu: bytes, _chemin: object) -> bytes:
            raise EditionImpossibleError

        monkeypatch.setattr(feuille, "take_out", defeated)
        asked(entretien)
        question = next(q for q in entretien.file if q.chemin[-3:] == ("sites", 0, "finess"))
        assert [c.code for c in entretien.answer(question, ["990001018"])] == ["U-068"]
        assert entretien.a_la_main == {question.chemin: "990001018"}
        assert "990001018" not in entretien.chemin.read_text("utf-8")
