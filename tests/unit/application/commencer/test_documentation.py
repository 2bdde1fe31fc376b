"""The documentation that travels: codes explained, subjects found."""

from __future__ import annotations

import pytest

from caqes_docs.application.commencer.documentation import (
    DOCUMENTS,
    explain_code,
    find_help,
    list_codes,
    list_subjects,
    read_document,
)
from caqes_docs.core.errors import ExitCode, UsageError
from caqes_docs.interfaces.cli.main import run


class DescribeErreur:
    """`caqes erreur`."""

    @pytest.mark.parametrize("saisie", ["D-041", "d41", " d041 ", "D-41"])
    def it_finds_a_code_however_it_is_typed(self, saisie: str) -> None:
        rubrique = explain_code(saisie)
        assert rubrique.code == "D-041"
        assert "Que faire" in rubrique.texte

    def it_explains_every_code_and_no_neighbour(self) -> None:
        for code, titre in list_codes():
            texte = explain_code(code).texte
            assert titre in texte
            assert texte.count("\n### ") == 0

    @pytest.mark.parametrize("repere", ["X6", "R-DATE-5"])
    def it_explains_a_mark_of_the_rules(self, repere: str) -> None:
        assert explain_code(repere).texte.startswith(f"### {repere} – ")

    def but_an_unknown_code_gets_the_close_ones(self) -> None:
        with pytest.raises(UsageError) as refus:
            explain_code("D-999")
        assert refus.value.code == "U-060"
        assert "D-099" in refus.value.remede

    def it_tells_without_a_project(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
    ) -> None:
        monkeypatch.chdir(str(tmp_path))
        assert run(["erreur", "U-060", "X-000"]) == ExitCode.OK
        dit = capsys.readouterr().out
        assert dit.index("Code inconnu") < dit.index("Erreur interne")
        assert run(["erreur"]) == ExitCode.OK
        assert len(capsys.readouterr().out.splitlines()) == len(list_codes()) + 1


class DescribeAide:
    """`caqes aide`."""

    @pytest.mark.parametrize("sujet", ["6", "evaluer", "Évaluer une année"])
    def it_finds_a_section_by_number_or_words(self, sujet: str) -> None:
        texte = find_help(sujet)
        assert texte.startswith("## 6. Évaluer une année")
        assert "### Suivre un montant" in texte
        assert "## 7." not in texte

    def it_shows_a_whole_document(self) -> None:
        assert find_help("regles.md") == read_document("regles")

    def it_lists_what_it_can_show(self) -> None:
        noms = [nom for nom, _ in list_subjects() if nom]
        assert noms == list(DOCUMENTS)
        assert all(find_help(titre.strip()) for nom, titre in list_subjects() if not nom)

    def it_tells_links_as_commands(self) -> None:
        assert all(".md)" not in read_document(nom) for nom in DOCUMENTS)

    def but_an_unknown_subject_is_sent_where_the_guide_speaks_of_it(self) -> None:
        with pytest.raises(UsageError) as refus:
            find_help("libreoffice impossible")
        assert refus.value.code == "U-061"
        with pytest.raises(UsageError) as refus:
            find_help("externally-managed-environment")
        assert "10. Installer" in refus.value.remede
