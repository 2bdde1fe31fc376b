"""A batch goes to its end, even when the machine kills the processes that share the work."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Self

import pytest

from caqes_docs import __version__
from caqes_docs.application.generer import Demande, generate
from caqes_docs.application.projet import Projet
from caqes_docs.interfaces.cli.main import run
from tests.outils.validation import make_signable

NOMS = ["990780058", "990780082", "2A9780012"]


class _Killed:
    """A team of processes that dies after its first act."""

    def __init__(
        self, _travaux: int, _contexte: Any, initializer: Callable[..., None], initargs: Any
    ) -> None:
        initializer(*initargs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_faute: object) -> None:
        return

    def map(self, travail: Callable[[Any], Any], taches: Sequence[Any]) -> Iterator[Any]:
        yield travail(taches[0])
        raise BrokenProcessPool


class DescribeGenerate:
    """`application.generer.generate`."""

    def it_works_alone_when_the_team_dies(
        self, projet: Projet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", _Killed)
        bilan = generate(projet, NOMS, Demande(tmp_path, ("txt",), travaux=2))
        assert [resultat.dossier for resultat in bilan.resultats] == NOMS
        assert bilan.echecs == ()
        assert len(list(tmp_path.glob("*.txt"))) == len(NOMS)

    def it_makes_nothing_of_a_dossier_and_of_its_copy(self, espace: Path, tmp_path: Path) -> None:
        dossiers = espace / "contracts_data" / "dossiers"
        shutil.copy(dossiers / "990780058.yaml", dossiers / "990780058 - Copie.yaml")
        sortie = tmp_path / "sortie"
        bilan = generate(Projet(espace), [], Demande(sortie, ("txt",)))
        refuses = {r.dossier: r.erreur.code for r in bilan.echecs if r.erreur}
        assert refuses == {"990780058": "D-000", "990780058 - Copie": "D-000"}
        assert {c.code for r in bilan.echecs for c in r.constats} == {"D-041", "D-042"}
        assert not list(sortie.glob("*990780058*"))
        assert list(sortie.glob("*990780082*"))

    def it_makes_no_act_of_a_year_that_two_files_evaluate(
        self, espace: Path, tmp_path: Path
    ) -> None:
        annees = espace / "contracts_data" / "evaluations"
        shutil.copy(annees / "990780017-2019.yaml", annees / "000.yaml")
        demande = Demande(tmp_path / "sortie", ("txt",), ("grille_evaluation", "contrat"))
        bilan = generate(Projet(espace), ["990780017"], demande)
        assert [(r.type, r.erreur and r.erreur.code) for r in bilan.resultats] == [
            ("grille_evaluation", None),
            ("grille_evaluation", "D-000"),
            ("contrat", None),
        ]


class DescribeRegistre:
    """`registre.jsonl`: one line for each act, none taken away."""

    def it_only_grows_and_holds_the_digests_of_the_files(self, espace: Path) -> None:
        commande = ["generer", "--projet", str(espace), "--formats", "txt,json"]
        for finess in ("990780058", "990780165"):
            assert run([*commande, finess]) == 0
        assert run([*commande, "990780058", "--definitif"]) == 2
        lignes = (espace / "output/registre.jsonl").read_text(encoding="utf-8").splitlines()
        premier, second, refuse = map(json.loads, lignes)
        assert [x["dossier"] for x in (premier, second, refuse)] == [
            "990780058",
            "990780165",
            "990780058",
        ]
        for fait in (premier, second):
            assert fait["moteur"] == __version__
            assert dt.datetime.fromisoformat(fait["quand"]).tzinfo is not None
            assert len(fait["fichiers"]) == 2
            for nom, somme in fait["fichiers"].items():
                contenu = (espace / "output" / nom).read_bytes()
                assert hashlib.sha256(contenu).hexdigest() == somme
        assert (refuse["definitif"], refuse["erreur"], refuse["fichiers"]) == (True, "D-000", {})


class DescribeActeASigner:
    """`generer --definitif`: what `verifier` would say is told beside the act."""

    def it_tells_the_warnings_of_its_dossier(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        make_signable(espace)
        dossier = espace / "contracts_data/dossiers/990780017.yaml"
        lu = dossier.read_text(encoding="utf-8")
        vide = lu.replace("instance: CME\n    date: 2017-11-28", "instance: CME\n    date:")
        assert vide != lu
        dossier.write_text(vide, encoding="utf-8")
        commande = ["990780017", "--projet", str(espace)]
        assert run(["verifier", *commande]) == 0
        verifie = capsys.readouterr().out
        assert "À la signature" not in verifie
        assert run(["generer", *commande, "--definitif", "--formats", "txt"]) == 0
        dit = capsys.readouterr().out
        for code in ("D-070", "D-110"):
            (tete,) = (ligne for ligne in verifie.splitlines() if f"  {code}  " in ligne)
            assert tete in dit
        (acte,) = (espace / "output").glob("*_definitif.txt")
        assert "compléter" not in acte.read_text(encoding="utf-8")
