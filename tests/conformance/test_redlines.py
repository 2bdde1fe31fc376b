"""The judge of tracked changes: what LibreOffice makes of them, and what it must never let pass."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import judge_redlines
import pytest
from judge_redlines import find_python
from verdict import ToolAnswer

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.document.amendement.avenant import build_amendment
from caqes_docs.document.empreinte import manifest
from caqes_docs.document.revision.garde import EtatActe, build_comparison
from tests.outils.amendements import Negociation

RACINE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def redlines(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Comparisons of negotiated contracts, as Word files."""
    folder = tmp_path_factory.mktemp("redlines")
    type_ = Projet(RACINE).types["contrat"]
    made = []
    for seed in (5, 8, 11, 21, 34, 55):
        parties = Negociation(seed)
        a = parties.contract()
        amendment = build_amendment(a, parties.amended(a, 6))
        states = (EtatActe("a", a, "0" * 64), EtatActe("b", amendment.brut, "1" * 64))
        shown = build_comparison(*states, amendment.script, "ARS", dt.date(2020, 1, 1))
        path = folder / f"{seed}.docx"
        path.write_bytes(render(shown, type_, "docx", manifest(shown)))
        made.append(path)
    return made


def test_libreoffice_finds_both_states(redlines: list[Path]) -> None:
    judged = judge_redlines.judge_redlines(redlines)
    if judged.skipped:
        assert find_python() is None or "soffice" in judged.skipped
        return
    assert judged.files == len(redlines)
    assert judged.findings == {}


def test_a_judge_that_times_out_is_a_finding(
    redlines: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judge_redlines, "find_python", lambda: "/usr/bin/false")
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/false")
    monkeypatch.setattr(judge_redlines, "run_tool", lambda *_a, **_k: ToolAnswer(None, "", ""))
    judged = judge_redlines.judge_redlines(redlines[:1])
    assert judged.findings[redlines[0]] == [
        "tout accepté : LibreOffice n'a rien rendu",
        "tout refusé : LibreOffice n'a rien rendu",
    ]


def test_a_mark_that_is_left_is_a_finding(
    redlines: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def copies(command: list[str], timeout: float) -> ToolAnswer:
        for name in ("accepté", "refusé"):
            source = Path(command[-1])
            source.with_name(f"{source.stem}.{name}.docx").write_bytes(source.read_bytes())
        return ToolAnswer(0, "", "")

    monkeypatch.setattr(judge_redlines, "find_python", lambda: "/usr/bin/false")
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/false")
    monkeypatch.setattr(judge_redlines, "run_tool", copies)
    judged = judge_redlines.judge_redlines(redlines[:1])
    assert any("il reste des marques" in line for line in judged.findings[redlines[0]])


def test_a_file_without_changes_is_not_judged(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"no package")
    assert judge_redlines.judge_redlines([path]).files == 0
