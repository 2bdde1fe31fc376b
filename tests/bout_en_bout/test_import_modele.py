"""`caqes clauses importer`: every word of a model in a clause, a heading or the report."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from caqes_docs.application.commencer import preuve
from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.bibliotheque import check_library
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.constats import has_errors
from caqes_docs.core.errors import ExitCode, UsageError
from caqes_docs.document.texte import document_text
from caqes_docs.interfaces.cli.main import run
from caqes_docs.rendering.texte import write_texte
from caqes_docs.review.modele.lecture import read_model
from caqes_docs.review.texte_docx import docx_text
from caqes_docs.review.texte_pdf import pdf_text
from tests.outils.ciblage import RACINE
from tests.outils.modeles import odt_model, text_model, word_file, word_model

FORMES = {"docx": word_model, "odt": odt_model, "txt": text_model}
DOSSIERS = sorted(p.stem for p in (RACINE / "contracts_data/dossiers").glob("*.yaml"))
SOURCES = os.environ.get("CAQES_SOURCES")
sans_sources = pytest.mark.skipif(SOURCES is None, reason="CAQES_SOURCES n’est pas donnée")


def _import(dossier: Path, modele: Path, *options: str) -> int:
    projet = ["--projet", str(RACINE), "--le", "2026-11-30"]
    return run(["clauses", "importer", str(modele), "--vers", str(dossier), *projet, *options])


@pytest.fixture(params=sorted(FORMES))
def modele(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Our small model in one of the three forms."""
    chemin = tmp_path / f"modele.{request.param}"
    chemin.write_bytes(FORMES[request.param]())
    return chemin


class DescribeImport:
    """Our small model, in Word, OpenDocument and text."""

    def it_gives_a_library_without_error_and_the_words_of_the_model(
        self, modele: Path, tmp_path: Path
    ) -> None:
        vers = tmp_path / "region"
        assert _import(vers, modele) == 0
        projet = Projet(RACINE, (vers,))
        assert not has_errors(list(check_library(projet)))
        affaire = projet.depot().affaires["990780058"]
        acte = assemble_act(
            projet.types["contrat"], affaire, projet.bibliotheque, projet.droit, Options()
        )
        lu = document_text(acte.document).replace("\u00a0", " ").replace("\u202f", " ")
        assert "Chapitre 1\nRègles communes" in lu
        assert "Article 1er : Objet du contrat\nLe contrat définit les engagements de l’établ" in lu
        assert "• volet de {{ base }} : *un* | deux_trois # 10 %" in lu
        assert "• second point, avec \\ et {% bloc %} et <b>signes</b>" in lu
        assert "\n2018. Première année, du " in lu
        assert "Article 3 : Clause propre à la région\n" in lu
        assert "\nLa caisse est représentée par " in lu
        assert "suit l’article L. 162-30-2." in lu

    def it_tells_the_jurist_what_it_doubts_and_what_it_replaced(
        self, modele: Path, tmp_path: Path
    ) -> None:
        vers = tmp_path / "region"
        _import(vers, modele)
        rapport = docx_text((vers / "rapport_import.docx").read_bytes())
        for dit in ("sans clause de la bibliothèque", "L. 999-12", "[préciser le code]", "XXXX"):
            assert dit in rapport
        clause = (vers / "contrat/clause_propre_a_la_region.md").read_text(encoding="utf-8")
        assert "a_verifier: oui" in clause
        assert "{{ organisme.representant.prenom }} {{ organisme.representant.nom }}" in clause
        assert "statut: texte_officiel" in clause

    def it_says_when_the_folder_that_would_hold_it_is_read_only(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def refuse(**_: object) -> str:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        modele = tmp_path / "modele.txt"
        modele.write_text("Article 1 : Objet\nLe contrat a un objet.\n", encoding="utf-8")
        monkeypatch.setattr("tempfile.mkdtemp", refuse)
        vers = tmp_path / "calque"
        assert _import(vers, modele) == ExitCode.RENDU
        attendu = f"R-001  « {vers} » ne peut pas être écrit : "
        assert capsys.readouterr().err.replace("\u00a0", " ").startswith(attendu)

    def it_writes_the_same_bytes_again(self, modele: Path, tmp_path: Path) -> None:
        ecrits = []
        for nom in ("a", "b"):
            _import(tmp_path / nom, modele, "--statut", "modele_regional")
            ecrits.append(
                {
                    p.relative_to(tmp_path / nom): p.read_bytes()
                    for p in sorted((tmp_path / nom).rglob("*"))
                    if p.is_file()
                }
            )
        assert ecrits[0] == ecrits[1]

    def but_nothing_is_written_when_a_word_is_lost(
        self,
        modele: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(preuve, "_plan_words", lambda _calque: Counter())
        assert _import(tmp_path / "region", modele) == 64
        assert "I-004" in capsys.readouterr().err
        assert [p.name for p in tmp_path.iterdir()] == [modele.name]

    def and_a_folder_that_holds_something_is_refused(self, modele: Path, tmp_path: Path) -> None:
        (tmp_path / "region").mkdir()
        (tmp_path / "region/note.txt").write_text("à garder", encoding="utf-8")
        assert _import(tmp_path / "region", modele) == 64
        assert _import(tmp_path / "region", modele, "--remplacer") == 0
        assert (tmp_path / "region/note.txt").read_text(encoding="utf-8") == "à garder"
        assert sorted(p.name for p in tmp_path.iterdir()) == sorted([modele.name, "region"])

    def and_a_place_that_cannot_be_taken_keeps_what_it_held(
        self, modele: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "region").mkdir()
        (tmp_path / "region/note.txt").write_text("à garder", encoding="utf-8")
        renomme = Path.rename

        def busy(chemin: Path, vers: Path) -> Path:
            if Path(vers).name == "region" and not chemin.name.endswith("-ancien"):
                raise PermissionError(13, "ouvert ailleurs")
            return renomme(chemin, vers)

        monkeypatch.setattr(Path, "rename", busy)
        assert _import(tmp_path / "region", modele, "--remplacer") != 0
        assert [p.name for p in (tmp_path / "region").iterdir()] == ["note.txt"]
        assert sorted(p.name for p in tmp_path.iterdir()) == sorted([modele.name, "region"])


class DescribeWord:
    """What Word alone has."""

    def it_reads_tracked_changes_tables_fields_and_footers(self) -> None:
        blocs, dires = read_model(word_model(), "modele.docx")
        texte = "\n".join(bloc.entier for bloc in blocs)
        assert "Le texte nouveau" in texte
        assert "ancien" not in texte
        assert "\ue010Nom_ARS\ue011«champ»\ue012\ue010Médecin désigné\ue011" in texte
        assert any("1 insertion(s) gardée(s), 1 suppression(s)" in dire for dire in dires)
        assert [b.lignes for b in blocs if b.genre == "table"] == [
            (("Année", "Part | maximum"), ("2018", ""))
        ]
        assert [b.texte for b in blocs if b.genre == "hors"] == ["Version du modèle"]
        assert [b.marque for b in blocs if b.texte == "étape numérotée"] == ["1."]

    def it_reads_cells_and_rows_that_stand_in_content_controls(self) -> None:
        case = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
        tenue = f"<w:sdt><w:sdtContent>{case.format('tenue')}</w:sdtContent></w:sdt>"
        rang = f"<w:tr>{case.format('libre')}{tenue}</w:tr>"
        table = f"<w:tbl>{rang}<w:sdt><w:sdtContent>{rang}</w:sdtContent></w:sdt></w:tbl>"
        (bloc,) = read_model(word_file(table), "modele.docx")[0]
        assert bloc.lignes == (("libre", "tenue"), ("libre", "tenue"))

    def but_words_in_an_unknown_place_are_never_passed_by(self) -> None:
        perdu = "<w:inconnu><w:p><w:r><w:t>engagement</w:t></w:r></w:p></w:inconnu>"
        lu = "<w:p><w:r><w:t>Article 1</w:t></w:r></w:p>"
        with pytest.raises(UsageError) as faute:
            read_model(word_file(lu + perdu), "modele.docx")
        assert faute.value.code == "I-004"

    @pytest.mark.parametrize(
        ("nom", "contenu", "code"),
        [
            ("vide.txt", b"", "I-002"),
            ("binaire.txt", b"\x00\x01", "I-001"),
            ("ancien.doc", b"\xd0\xcf\x11\xe0", "I-001"),
            ("chiffre.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", "I-001"),
            ("texte.docx", b"bonjour", "I-001"),
            ("texte.odt", b"PK\x03\x04", "I-001"),
        ],
    )
    def but_another_file_is_refused_with_a_remedy(
        self,
        nom: str,
        contenu: bytes,
        code: str,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        (tmp_path / nom).write_bytes(contenu)
        assert _import(tmp_path / "region", tmp_path / nom) == 64
        dit = capsys.readouterr().err
        assert code in dit
        assert "→" in dit
        assert not (tmp_path / "region").exists()


@pytest.fixture(scope="module")
def officiel(tmp_path_factory: pytest.TempPathFactory) -> tuple[Projet, str]:
    """The library of the official text, and its chapters 1 and 2."""
    vers = tmp_path_factory.mktemp("officiel") / "region"
    (source,) = Path(str(SOURCES)).glob("000_*.txt")
    assert _import(vers, source) == 0
    texte = source.read_text(encoding="utf-8")
    texte = texte[texte.index("Chapitre 1.") : texte.index("Date d’effet du contrat")]
    return Projet(RACINE, (vers,)), texte


@sans_sources
class DescribeSources:
    """The official texts, which the repository does not hold."""

    def it_prints_chapters_1_and_2_of_the_model_word_for_word(
        self, officiel: tuple[Projet, str]
    ) -> None:
        projet, texte = officiel
        voulu = _words(texte)
        for nom, affaire in projet.depot().affaires.items():
            acte = assemble_act(
                projet.types["contrat"], affaire, projet.bibliotheque, projet.droit, Options()
            )
            lu = write_texte(acte.document)
            debut = lu.index("Chapitre\u00a01\n")
            fin = min(
                i
                for m in ("Chapitre\u00a03\n", "Annexes et prise d’effet\n")
                if (i := lu.find(m, debut)) > 0
            )
            assert _words(lu[debut:fin]) == voulu, nom

    @pytest.mark.long
    @pytest.mark.parametrize("dossier", DOSSIERS)
    def and_so_do_the_word_and_pdf_files(self, dossier: str, officiel: tuple[Projet, str]) -> None:
        projet, texte = officiel
        type_ = projet.types["contrat"]
        acte = assemble_act(
            type_, projet.depot().affaires[dossier], projet.bibliotheque, projet.droit, Options()
        )
        for forme, lire in (("docx", docx_text), ("pdf", pdf_text)):
            lu = unicodedata.normalize("NFKC", lire(render(acte.document, type_, forme)))
            assert "".join(_words(lu)).count("".join(_words(texte))) == 1, forme

    def it_makes_a_plan_of_eight_articles_of_the_convention(self, tmp_path: Path) -> None:
        (source,) = Path(str(SOURCES)).glob("004_*.txt")
        assert _import(tmp_path / "region", source, "--type", "convention") == 0
        projet = Projet(RACINE, (tmp_path / "region",))
        corps = projet.types["convention"].plan.corps
        assert sum(hasattr(poste, "article") for poste in corps) == 8
        assert not has_errors(list(check_library(projet)))


def _words(texte: str) -> list[str]:
    """The words in order, once the digit 1 typed for an l is put right."""
    juste = re.sub(r"\b1'(?=\w)", "l'", texte).replace("Article 1 ", "Article 1er ")
    return re.findall(r"[^\W_]+", juste.lower())
