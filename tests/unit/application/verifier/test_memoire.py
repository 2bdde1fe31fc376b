"""What is remembered of a check of the library: the same findings, forgotten at any change."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from caqes_docs.application.memoire import empreintes, objets, souvenirs
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier import bibliotheque, memoire
from caqes_docs.application.verifier.memoire import recall, remember, verify_library
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.source import Source
from tests.mauvais.cas import BASE, Cas, iter_corpus

CLE = "0f" * 32
CONSTATS = [
    Constat("C-021", Gravite.AVERTISSEMENT, Source("a.md", 3, 5), "Vide\u00a0: rien.", "Écrire."),
    Constat("L-009", Gravite.ERREUR, Source("d\udce9.yaml"), "Deux fois."),
]
CLAUSE = "clauses/contrat/objet/2018-01-01.md"
FAUTES = [cas for cas in iter_corpus() if "clauses verifier" in " ".join(cas.commande)][::5]


@pytest.fixture
def lieu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test remembers."""
    dossier = tmp_path / "memoire"
    monkeypatch.setenv(souvenirs.PLACE, str(dossier))
    for module in (memoire, objets):  # be it edited meanwhile
        monkeypatch.setattr(module, "is_engine_unchanged", lambda: True)
    return dossier


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    """A small project of its own."""
    Cas(BASE, ()).build(tmp_path / "projet")
    return tmp_path / "projet"


def _keep_together(lieu: str, rang: int) -> None:
    os.environ[souvenirs.PLACE] = lieu
    for _ in range(30):
        remember(CLE, CONSTATS[: rang + 1])


class DescribeMemoire:
    """`remember` and `recall`."""

    def it_gives_the_findings_back_whole(self, lieu: Path) -> None:
        remember(CLE, CONSTATS)
        assert recall(CLE) == CONSTATS
        assert [chemin.name for chemin in lieu.iterdir()] == [f"{CLE}.json"]

    def it_tells_a_check_without_findings_from_no_check(self, lieu: Path) -> None:
        assert recall(CLE) is None
        remember(CLE, [])
        assert recall(CLE) == []

    @pytest.mark.parametrize(
        "abime",
        [
            lambda octets: octets[:-1],
            lambda octets: octets.replace(b"C-021", b"C-022"),
            lambda octets: octets.partition(b"\n")[2],
            lambda _octets: b"",
            lambda _octets: b"\xff\xfe",
            lambda _octets: pickle.dumps(CONSTATS),
        ],
    )
    def it_ignores_a_memory_that_was_damaged(
        self, lieu: Path, abime: Callable[[bytes], bytes]
    ) -> None:
        remember(CLE, CONSTATS)
        chemin = lieu / f"{CLE}.json"
        chemin.write_bytes(abime(chemin.read_bytes()))
        assert recall(CLE) is None

    @pytest.mark.parametrize(
        "contenu",
        [
            b"{}x",
            b"3",
            b"null",
            b'["abcdefg"]',
            b'[["C-021"]]',
            b'[["C-021", "grave", "a", 1, 1, "m", "r"]]',
            b'[["C-021", "erreur", "a", true, 1, "m", "r"]]',
            b'[["C-021", "erreur", "a", 1, 1, ["m"], "r"]]',
            b"[" * 100_000,
        ],
    )
    def it_ignores_what_it_never_writes(self, lieu: Path, contenu: bytes) -> None:
        lieu.mkdir()
        sceau = souvenirs._seal(CLE, contenu)
        (lieu / f"{CLE}.json").write_bytes(sceau + b"\n" + contenu)
        assert recall(CLE) is None

    def it_ignores_the_memory_of_another_library(self, lieu: Path) -> None:
        remember(CLE, CONSTATS)
        autre = CLE[::-1]
        (lieu / f"{CLE}.json").rename(lieu / f"{autre}.json")
        assert recall(autre) is None

    def it_does_without_a_place_to_write(self, lieu: Path) -> None:
        lieu.write_text("un fichier", encoding="utf-8")
        remember(CLE, CONSTATS)
        assert recall(CLE) is None
        assert lieu.read_text(encoding="utf-8") == "un fichier"

    def it_leaves_nothing_behind_when_the_place_is_taken(self, lieu: Path) -> None:
        (lieu / f"{CLE}.json").mkdir(parents=True)
        remember(CLE, CONSTATS)
        assert recall(CLE) is None
        assert len(list(lieu.iterdir())) == 1

    def it_remembers_nothing_when_told_so(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv(souvenirs.PLACE, "")
        remember(CLE, CONSTATS)
        assert recall(CLE) is None
        assert list(tmp_path.iterdir()) == []

    def it_lies_in_the_cache_of_the_user(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for nom in (souvenirs.PLACE, "LOCALAPPDATA"):
            monkeypatch.delenv(nom, raising=False)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        remember(CLE, CONSTATS)
        assert (tmp_path / "caqes" / "bibliotheque" / f"{CLE}.json").is_file()

    def it_keeps_those_that_served_last(self, lieu: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(souvenirs._SOUVENIRS_MAX, souvenirs.BIBLIOTHEQUE, 2)
        a, b, c, d = (signe * 64 for signe in "abcd")
        for rang, cle in enumerate((a, b, c)):
            remember(cle, CONSTATS)
            os.utime(lieu / f"{cle}.json", ns=(rang, rang))
        assert recall(b) == CONSTATS  # serves again: younger than c
        remember(d, CONSTATS)
        assert [recall(cle) is not None for cle in (a, b, c, d)] == [False, True, False, True]

    def but_touches_nothing_else_there(self, lieu: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(souvenirs._SOUVENIRS_MAX, souvenirs.BIBLIOTHEQUE, 1)
        lieu.mkdir()
        for rang in range(3):
            (lieu / f"lettre_{rang}.docx").write_bytes(b"de quelqu'un")
        remember(CLE, CONSTATS)
        remember("ab" * 32, CONSTATS)
        noms = sorted(chemin.name for chemin in lieu.iterdir())
        assert noms == [f"{'ab' * 32}.json", *(f"lettre_{rang}.docx" for rang in range(3))]

    def it_is_whole_when_two_runs_write_at_once(self, lieu: Path) -> None:
        contexte = multiprocessing.get_context("spawn")
        runs = [contexte.Process(target=_keep_together, args=(str(lieu), r)) for r in (0, 1)]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        assert [run.exitcode for run in runs] == [0, 0]
        assert recall(CLE) in (CONSTATS[:1], CONSTATS)
        assert [chemin.name for chemin in lieu.iterdir()] == [f"{CLE}.json"]


def _rewrite(chemin: Path) -> None:
    chemin.write_bytes(chemin.read_bytes() + b"\n")


def _add_wording(racine: Path) -> None:
    copie = racine / "clauses/contrat/objet/2019-01-01.md"
    copie.write_bytes((racine / CLAUSE).read_bytes())


CHANGEMENTS: dict[str, Callable[[Path], object]] = {
    "clause": lambda r: _rewrite(r / CLAUSE),
    "clause_ajoutee": _add_wording,
    "clause_retiree": lambda r: (r / CLAUSE).unlink(),
    "clause_renommee": lambda r: (r / CLAUSE).rename(r / "clauses/contrat/objet/2018-02-01.md"),
    "dossier_vide": lambda r: (r / "clauses/contrat/neuve").mkdir(),
    "fichier_d_ailleurs": lambda r: (r / "clauses/contrat/objet/note.txt").touch(),
    "droit": lambda r: _rewrite(r / "clauses/droit/termes.yaml"),
    "catalogue": lambda r: _rewrite(r / "clauses/catalogues/calendrier.yaml"),
    "plan": lambda r: _rewrite(r / "templates/contrat/plan.yaml"),
    "feuille": lambda r: _rewrite(r / "templates/maison/style.css"),
    "charte": lambda r: _rewrite(r / "templates/maison/charte.docx"),
}


class DescribeEmpreinte:
    """`Projet.digest`: the key of the memory."""

    @pytest.mark.parametrize("quoi", CHANGEMENTS)
    def it_changes_with_what_is_checked(self, racine: Path, quoi: str) -> None:
        avant = Projet(racine).digest()
        CHANGEMENTS[quoi](racine)
        apres = Projet(racine).digest()
        assert avant is not None
        assert apres is not None
        assert avant != apres

    @pytest.mark.parametrize("nom", ["_graine", "__pycache__"])
    def and_with_a_wording_in_any_folder(self, nom: str, racine: Path) -> None:
        dossier = racine / "clauses" / nom
        dossier.mkdir()
        (dossier / "avis.md").write_text("un", encoding="utf-8")
        avant = Projet(racine).digest()
        (dossier / "avis.md").write_text("deux", encoding="utf-8")
        assert Projet(racine).digest() != avant

    def it_is_the_same_for_the_same_files_elsewhere(self, racine: Path) -> None:
        avant = Projet(racine).digest()
        _rewrite(racine / "contracts_data/dossiers/990000010.yaml")
        assert Projet(racine.rename(racine.with_name("ailleurs"))).digest() == avant

    def it_changes_with_the_order_of_the_libraries(self, racine: Path, tmp_path: Path) -> None:
        une, deux = tmp_path / "une", tmp_path / "deux"
        for dossier in (une, deux):
            dossier.mkdir()
        suites: Sequence[tuple[Path, ...]] = [(), (une,), (deux,), (une, deux), (deux, une)]
        assert len({Projet(racine, suite).digest() for suite in suites}) == len(suites)

    def it_changes_with_the_engine(self, racine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        avant = Projet(racine).digest()
        monkeypatch.setattr(empreintes, "_ENGINE", "un autre")
        assert Projet(racine).digest() not in (None, avant)

    def it_reads_the_code_of_the_engine(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(empreintes, "_MOTEUR", tmp_path)
        (tmp_path / "__pycache__").mkdir()
        vu = []
        for texte in ("1", "2"):
            (tmp_path / "regle.py").write_text(texte, encoding="utf-8")
            vu.append(empreintes._engine_digest())
        (tmp_path / "__pycache__" / "regle.pyc").write_text("3", encoding="utf-8")
        assert vu[0] != vu[1] == empreintes._engine_digest()

    def but_there_is_none_for_a_library_that_cannot_be_followed(self, racine: Path) -> None:
        (racine / "clauses" / "lien").symlink_to(racine / "templates", target_is_directory=True)
        assert Projet(racine).digest() is None

    def and_none_when_the_engine_is_not_known(
        self, racine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(empreintes, "_LIBRAIRIES", {"nulle_part_installee"})
        assert empreintes._engine_digest() is None
        monkeypatch.setattr(empreintes, "_ENGINE", None)
        assert Projet(racine).digest() is None


def _forbid_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_controle: object) -> None:
        raise AssertionError("checked again")

    monkeypatch.setattr(bibliotheque._Regle, "run", refuse)


class DescribeVerifyLibrary:
    """`verify_library`, with a memory."""

    @pytest.mark.parametrize("cas", FAUTES, ids=[cas.nom for cas in FAUTES])
    def it_finds_the_same_with_and_without(
        self, cas: Cas, lieu: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cas.build(tmp_path / "projet")
        premiers = verify_library(Projet(tmp_path / "projet"))
        connu = Projet(tmp_path / "projet").digest() is not None
        with monkeypatch.context() as sans:
            sans.setenv(souvenirs.PLACE, "")
            assert verify_library(Projet(tmp_path / "projet")) == premiers
        if connu:
            _forbid_checks(monkeypatch)
        assert verify_library(Projet(tmp_path / "projet")) == premiers

    def it_checks_again_what_changed(self, lieu: Path, racine: Path) -> None:
        assert verify_library(Projet(racine)) == []
        (racine / CLAUSE).unlink()
        assert [constat.code for constat in verify_library(Projet(racine))] != []

    def it_remembers_nothing_of_files_that_changed_meanwhile(
        self, lieu: Path, racine: Path
    ) -> None:
        projet = Projet(racine)
        assert projet.droit.textes
        _rewrite(racine / CLAUSE)
        verify_library(projet)
        assert list(lieu.glob("*.json")) == []

    def it_remembers_nothing_of_an_engine_that_changed_meanwhile(
        self, lieu: Path, racine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (memoire, objets):
            monkeypatch.setattr(module, "is_engine_unchanged", empreintes.is_engine_unchanged)
        monkeypatch.setattr(empreintes, "_engine_digest", lambda: "un autre")
        verify_library(Projet(racine))
        assert not lieu.exists()
