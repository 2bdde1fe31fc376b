"""`caqes mettre-a-jour`: each fate of a file, nothing lost, all of it or nothing."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from caqes_docs import __version__
from caqes_docs.application.commencer import mise_a_jour, nouveau, origine
from caqes_docs.application.sorties import write_whole
from caqes_docs.core.errors import ExitCode
from caqes_docs.core.source import text_digest
from caqes_docs.data.origine import FICHIER, load_origine, render_origine
from caqes_docs.interfaces.cli.main import run
from tests.architecture.depot import RACINE
from tests.outils.validation import validate_all

DUREE = "clauses/contrat/conditions/duree.md"
OBJET = "clauses/contrat/conditions/objet.md"
AVANT = "Une phrase de la version précédente.\n"
SIENNE = "Une phrase de la région.\n"
STYLE = "templates/maison/style.css"
FICHIERS = {nom: (RACINE / nom).read_bytes() for nom in (DUREE, OBJET, STYLE)}
NOUVEAU, ANCIEN = f"{DUREE}.nouveau", f"{DUREE}.ancien"


class ProjetSuivi:
    """A new project, and what an older version would have put in it."""

    def __init__(self, racine: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.racine = racine
        self._capsys = capsys
        assert run(["nouveau", "projet", str(racine)]) == ExitCode.OK

    def run(self, *arguments: str, attendu: int = 0) -> str:
        self._capsys.readouterr()
        assert run(["mettre-a-jour", *arguments, "--projet", str(self.racine)]) == attendu
        dit = self._capsys.readouterr()
        return dit.out + dit.err

    def read(self, nom: str) -> str:
        return (self.racine / nom).read_bytes().decode()

    def write(self, nom: str, texte: str) -> None:
        (self.racine / nom).write_bytes(texte.encode())

    def receive(self, nom: str, texte: str, version: str = "0.0.9") -> None:
        """Let the file be what the project received from an older version."""
        self.write(nom, texte)
        self.record({nom: text_digest(texte.encode())}, version)

    def record(self, recus: dict[str, str], version: str) -> None:
        connus = load_origine(self.racine)
        assert connus is not None
        contenu = render_origine(version, {**connus.fichiers, **recus})
        (self.racine / FICHIER).write_bytes(contenu)

    def state(self) -> dict[str, bytes]:
        fichiers = (chemin for chemin in self.racine.rglob("*") if chemin.is_file())
        return {str(chemin): chemin.read_bytes() for chemin in fichiers}


@pytest.fixture
def suivi(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> ProjetSuivi:
    """A new project of three files: the version has no other."""
    for module in (origine, nouveau):
        monkeypatch.setattr(module, "seed_files", lambda: FICHIERS)
    return ProjetSuivi(tmp_path / "Mon agence d’été", capsys)


def shipped(nom: str) -> str:
    return FICHIERS[nom].decode()


def findings(dit: str) -> list[str]:
    return [code for code in ("D-115", "D-116", "D-117", "D-118") if f"{code}  " in dit]


class DescribeFichiers:
    """The three ways: what was received, what the project has, what the version has."""

    def it_leaves_a_new_project_alone(self, suivi: ProjetSuivi) -> None:
        avant = suivi.state()
        dit = suivi.run("--appliquer")
        assert dit == f"Version {__version__}\u00a0: rien ne change.\nLe projet est à jour.\n"
        assert suivi.state() == avant

    def it_shows_what_changes_and_writes_nothing(self, suivi: ProjetSuivi) -> None:
        suivi.receive(DUREE, AVANT)
        avant = suivi.state()
        dit = suivi.run()
        assert f"-{AVANT}" in dit
        assert f"--- {DUREE} (le vôtre)" in dit
        assert f"Version 0.0.9 → {__version__}\u00a0: 1 à remplacer." in dit
        assert "Rien n’a été écrit." in dit
        assert suivi.state() == avant

    def it_replaces_what_the_project_did_not_touch(self, suivi: ProjetSuivi) -> None:
        suivi.receive(DUREE, AVANT)
        assert "caqes clauses verifier" in suivi.run("--appliquer")
        assert suivi.read(DUREE) == shipped(DUREE)
        assert not (suivi.racine / NOUVEAU).exists()
        assert "Le projet est à jour." in suivi.run()

    def it_keeps_what_only_the_project_changed(self, suivi: ProjetSuivi) -> None:
        suivi.write(DUREE, SIENNE)
        assert f"gardé\t{DUREE}" in suivi.run("--appliquer")
        assert suivi.read(DUREE) == SIENNE

    def it_shows_both_texts_of_a_conflict_and_writes_over_none(self, suivi: ProjetSuivi) -> None:
        suivi.receive(DUREE, AVANT)
        suivi.write(DUREE, SIENNE)
        dit = suivi.run("--appliquer", attendu=ExitCode.DONNEES)
        assert f"-{SIENNE}" in dit
        assert f"\n+{shipped(DUREE).splitlines()[-1]}" in dit
        assert findings(dit) == ["D-115"]
        assert "Changé par vous et par la version" in dit
        assert suivi.read(DUREE) == SIENNE
        assert suivi.read(NOUVEAU) == shipped(DUREE)

    def it_tells_a_conflict_until_it_is_settled(self, suivi: ProjetSuivi) -> None:
        suivi.receive(DUREE, AVANT)
        suivi.write(DUREE, SIENNE)
        suivi.run("--appliquer", attendu=ExitCode.DONNEES)
        dit = suivi.run(attendu=ExitCode.DONNEES)
        assert findings(dit) == ["D-116"]
        assert "Rien d’autre à prendre." in dit
        assert run(["clauses", "liste", "--projet", str(suivi.racine)]) == ExitCode.OK
        (suivi.racine / NOUVEAU).unlink()
        assert "1 gardé." in suivi.run()

    def it_adds_what_is_new(self, suivi: ProjetSuivi) -> None:
        recus = load_origine(suivi.racine)
        assert recus is not None
        sans = {nom: digest for nom, digest in recus.fichiers.items() if nom != DUREE}
        (suivi.racine / FICHIER).write_bytes(render_origine("0.0.9", sans))
        (suivi.racine / DUREE).unlink()
        assert f"à ajouter\t{DUREE}" in suivi.run("--appliquer")
        assert suivi.read(DUREE) == shipped(DUREE)

    def it_does_not_bring_back_what_the_project_took_away(self, suivi: ProjetSuivi) -> None:
        (suivi.racine / DUREE).unlink()
        assert f"retiré par vous\t{DUREE}" in suivi.run("--appliquer")
        suivi.record({DUREE: text_digest(AVANT.encode())}, "0.0.9")
        assert "Retiré par vous, changé par la version" in suivi.run(
            "--appliquer", attendu=ExitCode.DONNEES
        )
        assert not (suivi.racine / DUREE).exists()
        assert suivi.read(NOUVEAU) == shipped(DUREE)

    def it_takes_away_what_the_version_has_no_more(self, suivi: ProjetSuivi) -> None:
        suivi.receive("clauses/contrat/vieille.md", AVANT)
        assert "à ôter\tclauses/contrat/vieille.md" in suivi.run("--appliquer")
        assert not (suivi.racine / "clauses/contrat/vieille.md").exists()

    def but_not_when_the_project_changed_it(self, suivi: ProjetSuivi) -> None:
        suivi.receive("clauses/contrat/vieille.md", AVANT)
        suivi.write("clauses/contrat/vieille.md", SIENNE)
        dit = suivi.run("--appliquer", attendu=ExitCode.DONNEES)
        assert "Changé par vous, retiré par la version" in dit
        assert suivi.read("clauses/contrat/vieille.md") == SIENNE
        assert "rien ne change" in suivi.run()

    def it_leaves_the_files_of_the_project_alone(self, suivi: ProjetSuivi) -> None:
        siens = "clauses/contrat/mienne.md", "contracts_data/dossiers/990000010.yaml"
        for nom in siens:
            suivi.write(nom, SIENNE)
        suivi.receive(DUREE, AVANT)
        suivi.run("--appliquer")
        assert [suivi.read(nom) for nom in siens] == [SIENNE, SIENNE]

    def it_sees_no_change_in_other_ends_of_lines(self, suivi: ProjetSuivi) -> None:
        for chemin in (suivi.racine / "clauses").rglob("*.md"):
            contenu = chemin.read_bytes().replace(b"\n", b"\r\n")
            chemin.write_bytes(b"\xef\xbb\xbf" + contenu)
        assert "rien ne change" in suivi.run("--appliquer")

    def it_gives_its_answer_as_json(self, suivi: ProjetSuivi) -> None:
        suivi.receive(DUREE, AVANT)
        dit = json.loads(suivi.run("--format", "json"))
        (fichier,) = dit["fichiers"]
        assert (fichier["fichier"], fichier["sort"]) == (DUREE, "à remplacer")
        assert (dit["version_du_projet"], dit["applique"]) == ("0.0.9", False)


class DescribePrendre:
    """`--prendre`: the text of the version, whatever the project made of it."""

    def it_puts_the_text_of_the_project_aside(self, suivi: ProjetSuivi) -> None:
        suivi.write(DUREE, SIENNE)
        suivi.run("--prendre", "clauses\\contrat", "--appliquer")
        assert (suivi.read(DUREE), suivi.read(ANCIEN)) == (shipped(DUREE), SIENNE)

    def it_settles_a_conflict(self, suivi: ProjetSuivi) -> None:
        suivi.receive(DUREE, AVANT)
        suivi.write(DUREE, SIENNE)
        suivi.run("--appliquer", attendu=ExitCode.DONNEES)
        suivi.run("--prendre", DUREE, "--appliquer")
        assert suivi.read(ANCIEN) == SIENNE
        assert not (suivi.racine / NOUVEAU).exists()
        assert "rien ne change" in suivi.run("--prendre", DUREE)

    def it_refuses_a_name_that_nothing_bears(self, suivi: ProjetSuivi) -> None:
        assert "U-076" in suivi.run("--prendre", "duree.md", attendu=ExitCode.USAGE)

    @pytest.mark.parametrize("cote", [NOUVEAU, ANCIEN])
    def it_writes_over_no_text_put_aside_and_changed(self, suivi: ProjetSuivi, cote: str) -> None:
        suivi.receive(DUREE, AVANT)
        suivi.write(DUREE, SIENNE)
        suivi.write(cote, "travail en cours\n")
        avant = suivi.state()
        dit = suivi.run("--prendre", DUREE, "--appliquer", attendu=ExitCode.USAGE)
        assert "U-077" in dit
        assert suivi.state() == avant


class DescribeOrigine:
    """The record, and what can be known without it."""

    def it_takes_for_changed_what_it_can_not_tell(self, suivi: ProjetSuivi) -> None:
        (suivi.racine / FICHIER).unlink()
        assert "Version inconnue → " in suivi.run()
        suivi.write(DUREE, SIENNE)
        dit = suivi.run("--appliquer", attendu=ExitCode.DONNEES)
        assert "rien ne dit qui l’a changé" in dit
        assert suivi.read(DUREE) == SIENNE
        assert load_origine(suivi.racine) is not None

    def it_tells_the_faults_of_the_record(self, suivi: ProjetSuivi) -> None:
        suivi.write(FICHIER, "<<<<<<< HEAD\nversion: 1\n")
        assert f"{FICHIER}:" in suivi.run(attendu=ExitCode.DONNEES)

    @pytest.mark.parametrize(
        "nom", ["../dehors.md", "clauses/../../dehors.md", "contracts_data/dossiers/x.md"]
    )
    def it_never_leads_out_of_what_the_software_gave(self, suivi: ProjetSuivi, nom: str) -> None:
        suivi.receive(nom, AVANT)
        assert "rien ne change" in suivi.run("--appliquer")
        assert suivi.read(nom) == AVANT

    def it_does_not_go_back(self, suivi: ProjetSuivi) -> None:
        suivi.record({}, "99.0")
        assert "U-078" in suivi.run("--appliquer", attendu=ExitCode.USAGE)

    def it_refuses_the_software_itself(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["mettre-a-jour", "--projet", str(RACINE)]) == ExitCode.USAGE
        code = "U-075"
        assert capsys.readouterr().err.startswith(code)

    def it_names_a_file_that_it_can_not_read(self, suivi: ProjetSuivi) -> None:
        (suivi.racine / DUREE).unlink()
        (suivi.racine / DUREE).mkdir()
        dit = suivi.run(attendu=ExitCode.USAGE)
        assert "U-079" in dit
        assert "c’est un dossier" in dit


class DescribeRelecture:
    """What the jurists are to read again."""

    def it_tells_the_validations_that_no_longer_hold(self, suivi: ProjetSuivi) -> None:
        duree, objet = shipped(DUREE), shipped(OBJET)
        suivi.receive(DUREE, f"{duree}Une phrase de plus.\n")
        suivi.receive(OBJET, objet.replace("verifie_le: 20", "verifie_le: 19", 1))
        validate_all(suivi.racine)
        dit = suivi.run()
        assert dit.count("D-118") == 1
        assert f"{DUREE}  D-118" in dit
        assert "validés par Juriste fictif" in dit
        assert "caqes clauses valider contrat.duree" in dit

    def it_tells_what_a_regional_library_hides(self, suivi: ProjetSuivi) -> None:
        region = suivi.racine.parent / "region"
        (region / "contrat").mkdir(parents=True)
        (region / "contrat/duree.md").write_bytes(FICHIERS[DUREE])
        suivi.receive(DUREE, AVANT)
        dit = suivi.run("--bibliotheque", str(region))
        assert findings(dit) == ["D-117"]
        assert "la bibliothèque region remplace" in dit


class DescribeInterruption:
    """All of it or nothing; cut short, the same command takes it up again."""

    def _fail(self, monkeypatch: pytest.MonkeyPatch, panne: Callable[[], BaseException]) -> None:
        remplacer = Path.replace

        def refuse(provisoire: Path, cible: Path) -> Path:
            if cible.name == "duree.md" and provisoire.name.startswith(".caqes-"):
                monkeypatch.setattr(Path, "replace", remplacer)
                raise panne()
            return remplacer(provisoire, cible)

        monkeypatch.setattr(Path, "replace", refuse)

    def _outdate(self, suivi: ProjetSuivi) -> None:
        for nom in (OBJET, DUREE, STYLE):
            suivi.receive(nom, AVANT)

    @pytest.mark.parametrize(
        ("panne", "code", "mots"),
        [
            (PermissionError(errno.EACCES, ""), ExitCode.RENDU, "s’il est ouvert dans Word"),
            (OSError(errno.ENOSPC, ""), ExitCode.RENDU, "le disque est plein"),
        ],
    )
    def it_puts_back_what_it_had_written(
        self,
        suivi: ProjetSuivi,
        monkeypatch: pytest.MonkeyPatch,
        panne: OSError,
        code: ExitCode,
        mots: str,
    ) -> None:
        self._outdate(suivi)
        avant = suivi.state()
        self._fail(monkeypatch, lambda: panne)
        dit = suivi.run("--appliquer", attendu=code)
        assert "duree.md" in dit
        assert mots in dit
        assert suivi.state() == avant
        suivi.run("--appliquer")
        assert suivi.read(DUREE) == shipped(DUREE)

    def it_puts_it_back_when_the_user_stops_it(
        self, suivi: ProjetSuivi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._outdate(suivi)
        avant = suivi.state()
        self._fail(monkeypatch, KeyboardInterrupt)
        assert "Interrompu." in suivi.run("--appliquer", attendu=ExitCode.INTERROMPU)
        assert suivi.state() == avant

    def it_is_taken_up_again_after_a_power_cut(
        self, suivi: ProjetSuivi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._outdate(suivi)
        suivi.write(STYLE, SIENNE)
        faites: list[Path] = []

        def write(chemin: Path, contenu: bytes) -> None:
            if len(faites) == 2:
                raise SystemExit
            faites.append(chemin)
            write_whole(chemin, contenu)

        monkeypatch.setattr(mise_a_jour, "write_whole", write)
        with pytest.raises(SystemExit):
            run(["mettre-a-jour", "--appliquer", "--projet", str(suivi.racine)])
        monkeypatch.undo()
        assert "1 à remplacer" not in suivi.run("--appliquer", attendu=ExitCode.DONNEES)
        assert [suivi.read(nom) for nom in (OBJET, DUREE)] == [shipped(OBJET), shipped(DUREE)]
        assert "1 gardé" in suivi.run(attendu=ExitCode.DONNEES)


class DescribeProjetNeuf:
    """A project as `caqes nouveau projet` makes it."""

    def it_is_up_to_date(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        ou = str(tmp_path / "neuf")
        assert run(["nouveau", "projet", ou, "--exemple"]) == ExitCode.OK
        assert run(["mettre-a-jour", "--projet", ou]) == ExitCode.OK
        assert capsys.readouterr().err.endswith("Le projet est à jour.\n")
        recu = load_origine(tmp_path / "neuf")
        assert recu is not None
        assert "clauses/validations.yaml" not in recu.fichiers
        assert all(nom.startswith(origine.PLACES) for nom in recu.fichiers)
