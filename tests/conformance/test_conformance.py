"""The judges' chair itself: what is found, what is skipped, what the exit code says.

Outside programs are replaced by tiny scripts: these tests need none of them.
"""

from __future__ import annotations

from pathlib import Path

import conformance
import docx
import judge_libreoffice
import judge_pages
import judge_pdf
import judge_word
import pytest
from judge_libreoffice import Office, headings_are_kept
from verdict import ToolAnswer, Verdict, run_tool, verdict
from word_samples import bookmark, par, replaced, word


def script(path: Path, text: str) -> Path:
    """An executable shell script."""
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def judged(monkeypatch: pytest.MonkeyPatch, *verdicts: Verdict) -> None:
    """Make the judges answer these verdicts."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(conformance, "sit", lambda *_, **__: list(verdicts))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lot").mkdir()
    for name in ("a.docx", "lot/b.DOCX", "lot/~$b.docx", "lot/c.pdf", "lot/d.txt"):
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def test_files_are_found_below_the_folder(folder: Path) -> None:
    found = conformance.find_files(folder, ".docx")
    assert [path.name for path in found] == ["a.docx", "b.DOCX"]


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    assert conformance.main([str(tmp_path)]) == 1


def test_absent_folder_is_a_wrong_command_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        conformance.main([str(tmp_path / "absent")])
    assert stop.value.code == 2


def test_skipped_judge_counts_only_when_demanded(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    judged(monkeypatch, Verdict("qpdf", skipped="qpdf absent"), Verdict("page", files=1))
    assert conformance.main([str(folder)]) == 0
    assert "IGNORÉ (qpdf absent)" in capsys.readouterr().out
    assert conformance.main([str(folder), "--exiger"]) == 1
    monkeypatch.setenv("CI", "true")
    assert conformance.main([str(folder)]) == 1


def test_findings_are_shown_with_relative_paths(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "lot" / "c.pdf"
    judged(monkeypatch, verdict("qpdf", [(path, [f"{path}: faute"]), (folder / "a.docx", [])]))
    assert conformance.main([str(folder)]) == 1
    shown = capsys.readouterr().out
    assert "qpdf — lot/c.pdf\n  - lot/c.pdf: faute" in shown
    assert str(folder) not in shown


def test_own_checks_judge_each_file(tmp_path: Path) -> None:
    good, bad = tmp_path / "bon.docx", tmp_path / "faux.docx"
    good.write_bytes(word())
    bad.write_bytes(word(par("", "Absent")))
    answer = judge_word.judge_own([good, bad])
    assert answer.files == 2
    assert list(answer.findings) == [bad]


@pytest.mark.parametrize(
    ("said", "finding"),
    [
        ('{"ok": true, "errors": []}', None),
        ('{"ok": false, "errors": [{"path": "/x.xml", "description": "d"}]}', "/x.xml : d"),
        ('{"ok": false, "errors": []}', "refusé sans explication"),
        ("Boum", "pas de verdict du validateur (Boum)"),
    ],
)
def test_sdk_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, finding: str | None
) -> None:
    home = tmp_path / "ooxml/node_modules/@xarsh/x"
    home.mkdir(parents=True)
    script(home / "ooxml-validator", f"echo '{said}'")
    monkeypatch.setattr(judge_word, "CACHE", tmp_path)
    answer = judge_word.judge_sdk([tmp_path / "a.docx"])
    assert list(answer.findings.values()) == ([[finding]] if finding else [])


def test_missing_programs_are_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(judge_word, "CACHE", tmp_path)
    monkeypatch.setattr(judge_pdf, "CACHE", tmp_path)
    for judge in (
        judge_word.judge_sdk,
        judge_pdf.judge_qpdf,
        judge_pdf.judge_verapdf,
        judge_libreoffice.judge_libreoffice,
    ):
        assert judge([tmp_path / "a"]).skipped


def test_verapdf_without_a_line_for_a_file_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "verapdf/classes").mkdir(parents=True)
    (tmp_path / "verapdf/classes/JugeVeraPdf.class").touch()
    line = f'{{"file":"{tmp_path}/a.pdf","profile":"PDF/A-3a","compliant":true,"failures":[]}}'
    script(tmp_path / "java", f"echo '{line}'; echo plus de mémoire >&2; exit 3")
    monkeypatch.setattr(judge_pdf, "CACHE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    answer = judge_pdf.judge_verapdf([tmp_path / "a.pdf"])
    assert answer.findings == {
        tmp_path / "a.pdf": ["PDF/UA-1 : pas de verdict de veraPDF (plus de mémoire)"]
    }


# Stands for LibreOffice: « converts » every file after --outdir, but dies on 00001.docx.
FAKE_OFFICE = """
while [ "$1" != --convert-to ]; do shift; done
kind=${2%%:*}; shift 3; folder=$1; shift; mkdir -p "$folder"
for file; do
  case $file in *00001.docx) exit 134;; esac
  name=${file##*/}; cp "$file" "$folder/${name%.docx}.$kind"
done
"""


def test_office_starts_again_after_the_file_that_stops_it(tmp_path: Path) -> None:
    office = Office(str(script(tmp_path / "soffice", FAKE_OFFICE)), tmp_path)
    originals = [tmp_path / f"{name}.docx" for name in "abc"]
    for path in originals:
        path.write_bytes(word())
    copies = office.copy(originals)
    office.convert(copies, "docx")
    assert [office.output(copy, "docx").exists() for copy in copies] == [True, False, True]


def test_lost_clause_anchor_is_reported(tmp_path: Path) -> None:
    before, after = tmp_path / "a.docx", tmp_path / "b.docx"
    before.write_bytes(word())
    after.write_bytes(replaced(bookmark("_cl_objet", 1), ""))
    findings = list(judge_libreoffice.compare(before, after))
    assert findings == [
        "signets de clause changés au réexport (perdus : _cl_objet ; ajoutés : aucun)"
    ]
    assert list(judge_libreoffice.compare(before, before)) == []


def test_lost_text_is_reported(tmp_path: Path) -> None:
    before, after = tmp_path / "a.docx", tmp_path / "b.docx"
    before.write_bytes(word())
    after.write_bytes(word(body=par(bookmark("_cl_objet", 1))))
    assert "texte perdu" in next(judge_libreoffice.compare(before, after))


def test_program_that_hangs_is_stopped_with_its_children(tmp_path: Path) -> None:
    answer = run_tool([script(tmp_path / "lent", "sleep 30 & wait")], timeout=0.3)
    assert answer.code is None


def printed(*pages: list[tuple[float, str]]) -> str:
    """What pdftotext says of upright pages, given the tops and the words of their lines."""
    lines = [
        "".join(
            f'<line xMin="60" yMin="{top}" xMax="90" yMax="{top + 10}"><word>{told}</word></line>'
            for top, told in page
        )
        for page in pages
    ]
    return "".join(
        ["<doc>", *(f'<page height="842"><block>{x}</block></page>' for x in lines), "</doc>"]
    )


HEAD, FOOT = (38.0, "Agence"), (800.0, "Page 2 sur 3")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ([], "vide"),
        ([(80.0, "Un mot")], "remplie à 5%"),
        ([(400.0, "Un mot"), (700.0, "Article 4")], "titre en bas de page : Article 4"),
        ([(400.0, "Fait à Portclair"), (500.0, "(cachet)")], "signature seule sur la page"),
    ],
)
def test_pages_are_judged_without_their_heads_and_feet(
    monkeypatch: pytest.MonkeyPatch, body: list[tuple[float, str]], told: str
) -> None:
    full = [HEAD, (400.0, "Un mot"), (700.0, "Deux mots"), FOOT]
    out = printed(full, [HEAD, *body, FOOT], full)
    monkeypatch.setattr(judge_pages, "run_tool", lambda *_: ToolAnswer(0, out, ""))
    assert list(judge_pages.page_findings(Path("note_2019_990780017.pdf"))) == [f"p. 2 : {told}"]


def test_a_contract_keeps_to_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    out = printed(*[[HEAD, (700.0, "Un mot"), FOOT]] * 31)
    monkeypatch.setattr(judge_pages, "run_tool", lambda *_: ToolAnswer(0, out, ""))
    path = Path("contrat_990780017_CAQES.pdf")
    assert list(judge_pages.page_findings(path)) == ["31 pages, pour 30 au plus"]
    assert [line.split() for line in judge_pages.pages_table([path])][1] == [
        *("contrat", "1", "31–31", "30", "89%"),
    ]


def test_only_a_file_that_ties_its_headings_is_excused_for_those_that_libreoffice_leaves(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    heading = document.add_heading("Article 1", 3)
    document.save(str(tmp_path / "tied.docx"))
    assert heading.style is not None
    heading.style.paragraph_format.keep_with_next = False
    document.save(str(tmp_path / "loose.docx"))
    docx.Document().save(str(tmp_path / "none.docx"))
    told = [headings_are_kept(tmp_path / f"{name}.docx") for name in ("tied", "loose", "none")]
    assert told == [True, False, False]
