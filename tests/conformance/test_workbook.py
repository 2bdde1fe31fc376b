"""LibreOffice Calc works the evaluations out again, and finds what the engine finds.

Without Calc these tests are skipped, except in continuous integration, where it is demanded.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import os
import random
from decimal import Decimal
from pathlib import Path

import judge_workbook
import office_calc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_calc import POISON, Calc, find_calc, poison, type_in
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from caqes_docs.application.evaluer import BilanEvaluation, evaluate_years, render_classeur
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.evaluation.classeur.formules import write_formula
from caqes_docs.document.classeur import Case, Chiffre, Classeur, Feuille, Formule
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation, compute, entree
from caqes_docs.rendering.xlsx import write_xlsx
from tests.outils.arbres import is_safe, montants
from tests.outils.tableur import Tableur

ROOT = Path(__file__).resolve().parents[2]
COUNT = 150
ENDS = (Operation.ARRONDI, Operation.TRONQUE)
HALF_CENTS = (("0.3", "0.05"), ("0.005", "1"), ("0.125", "0.2"), ("0.35", "0.1"), ("0.015", "1"))
"""A rate and a base whose odd multiples give half a cent."""


@pytest.fixture(scope="module")
def calc(tmp_path_factory: pytest.TempPathFactory) -> Calc:
    """LibreOffice Calc."""
    program = find_calc()
    if program is None and os.environ.get("CI") == "true":
        pytest.fail("LibreOffice Calc est exigé en intégration continue")
    if program is None:
        pytest.skip("LibreOffice Calc absent")
    return Calc(program, tmp_path_factory.mktemp("calc"))


@pytest.fixture(scope="module")
def project() -> Projet:
    return Projet(ROOT)


@pytest.fixture(scope="module")
def years(project: Projet) -> BilanEvaluation:
    return evaluate_years(project, ())


@pytest.fixture(scope="module")
def workbook(project: Projet, years: BilanEvaluation) -> bytes:
    return render_classeur(years, project)


@pytest.fixture(scope="module")
def recalculated(calc: Calc, workbook: bytes) -> Workbook:
    """What Calc makes of it."""
    return opened(calc, workbook)


def opened(calc: Calc, workbook: bytes) -> Workbook:
    """The values that Calc works out."""
    result = calc.recalculate(workbook)
    assert result is not None
    return load_workbook(io.BytesIO(result), data_only=True)


def same_cents(value: object, node: Noeud) -> bool:
    """Whether a cell says the amount of the engine, or says that neither knows."""
    if node.valeur is None:
        return value == "non évaluable"
    return isinstance(value, (int, float)) and f"{value + 0:.2f}" == f"{node.nombre + 0:.2f}"


def test_every_amount_and_total_is_that_of_the_engine(
    years: BilanEvaluation, recalculated: Workbook
) -> None:
    rows = recalculated["Synthèse"].iter_rows(min_row=2, values_only=True)
    found = {(row[1], row[2], row[4]): row[6] for row in rows if "hors total" not in str(row[5])}
    amounts = [
        (affaire.finess, resultat.annee, label, node)
        for affaire, resultat in years.evaluations
        for label, node in [
            *((volet.libelle, volet.montant) for volet in resultat.volets),
            ("TOTAL", resultat.total),
        ]
    ]
    wrong = [key[:3] for key in amounts if not same_cents(found[key[:3]], key[3])]
    assert len(years.evaluations) == 24
    assert len(amounts) > 80
    assert wrong == []


def test_every_step_is_that_of_another_spreadsheet(workbook: bytes, recalculated: Workbook) -> None:
    ours, steps = Tableur(workbook), 0
    for name in ours.feuilles[1:-1]:
        for row in ours.rangees(name):
            if isinstance(ours.brute(name, f"A{row}"), int):
                steps += 1
                value = recalculated[name][f"D{row}"].value
                expected = ours.connue(name, f"D{row}")
                if isinstance(expected, float):
                    assert value == pytest.approx(expected, rel=1e-13, abs=1e-15), (name, row)
                else:
                    assert value == ("#N/A" if expected is None else expected), (name, row)
    assert steps > 3000


def test_a_stored_value_is_never_believed(workbook: bytes, recalculated: Workbook) -> None:
    poisoned = load_workbook(io.BytesIO(poison(workbook)), data_only=True)
    assert poisoned["Synthèse"]["G2"].value == float(POISON)
    values = {cell.value for sheet in recalculated for row in sheet.iter_rows() for cell in row}
    assert float(POISON) not in values


@pytest.mark.parametrize(
    ("name", "step", "value"),
    [
        ("990780041 2018", "Montant de l’année évaluée (Transports", "3200000"),
        ("2A9780012 2019", "Produits reçus", "1000000"),
        ("990780041 2018", "Dépense constatée", "3000000.1"),
        ("990780181 2019", "Produits reçus", "50000000.01"),
    ],
)
def test_a_changed_datum_changes_the_amounts(
    calc: Calc, workbook: bytes, recalculated: Workbook, name: str, step: str, value: str
) -> None:
    ours = Tableur(workbook)
    row = next(r for r in ours.rangees(name) if str(ours.brute(name, f"B{r}")).startswith(step))
    changed = type_in(workbook, ours.feuilles.index(name) + 1, f"C{row}", value)
    ours.type_in(name, f"C{row}", float(value))
    after = opened(calc, changed)["Synthèse"]
    rows = [r for r in range(2, after.max_row) if str(after[f"J{r}"].value).startswith(name)]
    before = [recalculated["Synthèse"][f"G{r}"].value for r in rows]
    values = [after[f"G{r}"].value for r in rows]
    assert values != before
    assert values == pytest.approx([ours.case("Synthèse", f"G{r}") for r in rows], abs=1e-9)
    assert any(after[f"I{r}"].value != 0 for r in rows)


def drawn(trees: st.SearchStrategy[Noeud]) -> list[Noeud]:
    """Trees that hypothesis draws, always the same."""
    found: list[Noeud] = []

    @settings(max_examples=COUNT, derandomize=True, database=None, deadline=None)
    @given(trees)
    def collect(tree: Noeud) -> None:
        if is_safe(tree):
            found.append(tree)

    collect()
    return found


def test_random_amounts_are_those_of_the_engine(
    calc: Calc, project: Projet, years: BilanEvaluation
) -> None:
    affaire, model = years.evaluations[0]
    nodes = drawn(montants())
    made = tuple(
        (affaire, dataclasses.replace(model, annee=1000 + rank, volets=(), total=node))
        for rank, node in enumerate(nodes)
    )
    bilan = BilanEvaluation((), (), (), evaluations=made)
    sheet = opened(calc, render_classeur(bilan, project))["Synthèse"]
    wrong = [
        node
        for row, node in enumerate(nodes, 2)
        if sheet[f"C{row}"].value != 998 + row or not same_cents(sheet[f"G{row}"].value, node)
    ]
    assert len(nodes) > COUNT // 2
    assert wrong == []


def hard_amount(rank: int, dice: random.Random) -> Noeud:
    """(B − C) × A: on half a cent, just below a cent, or anywhere."""

    def leaf(value: Decimal, nature: Nature) -> Noeud:
        return entree("Donnée", value, nature, "e.yaml:1:1")

    a, b = map(Decimal, HALF_CENTS[rank % len(HALF_CENTS)])
    c = Decimal(dice.randrange(10 ** dice.randrange(3, 10))) / 100
    b = c + b * (2 * dice.randrange(50_000) + 1)
    if rank % 3 == 1:
        a = Decimal(1)
        b = c + Decimal(dice.choice(("0.0099985", "0.0000015", "0.0199985", "0.2")))
        c = Decimal(0)
    elif rank % 3 == 2:
        a, b = Decimal(dice.randrange(10_000)) / 10_000, Decimal(dice.randrange(10**9)) / 100
    amounts = [leaf(b, Nature.EURO), leaf(c, Nature.EURO)]
    gap = compute(Operation.DIFFERENCE, "Écart", Nature.EURO, amounts)
    rate = leaf(a * dice.choice((1, -1)), Nature.TAUX)
    return compute(Operation.PRODUIT, "Produit", Nature.EURO, (rate, gap))


def test_hard_roundings_are_those_of_the_engine(calc: Calc) -> None:
    dice = random.Random(2018)
    nodes = [hard_amount(rank, dice) for rank in range(6000)]
    rows: list[tuple[Case, ...]] = []
    expected = []
    for row, node in enumerate(nodes, 2):
        rate, gap = node.operandes
        values = (rate, *gap.operandes)
        ends = [compute(end, "Fin", Nature.EURO, (node,)) for end in ENDS]
        assert all(is_safe(end) for end in ends)
        rows.append(
            (
                *(Chiffre(value.nombre) for value in values),
                Formule(write_formula(gap, (f"B{row}", f"C{row}"))),
                Formule(write_formula(node, (f"A{row}", f"D{row}"))),
                *(Formule(write_formula(end, (f"E{row}",))) for end in ends),
            )
        )
        expected.append(ends)
    sheet = Feuille("Essai", tuple("ABCDEFG"), (20,) * 7, tuple(rows))
    workbook = write_xlsx(Classeur("Essai", "Essai", dt.date(2018, 1, 1), (sheet,)))
    found = opened(calc, workbook)["Essai"].iter_rows(min_row=2, min_col=6, values_only=True)
    wrong = [
        (end, value)
        for values, ends in zip(found, expected, strict=True)
        for value, end in zip(values, ends, strict=True)
        if not same_cents(value, end)
    ]
    assert wrong == []


@pytest.mark.usefixtures("calc")
def test_judge_finds_no_fault_in_it(workbook: bytes, tmp_path: Path) -> None:
    path = tmp_path / "evaluations.xlsx"
    path.write_bytes(workbook)
    answer = judge_workbook.judge_workbook([path])
    assert (answer.files, answer.findings) == (1, {})


def test_judge_reports_gaps_errors_and_stored_values(workbook: bytes) -> None:
    values = load_workbook(io.BytesIO(workbook))
    page = values["Synthèse"]
    for cells in page.iter_rows(min_row=2):
        cells[8].value = 0
    faults = ((2, 0.01), (3, "écart"), (4, "#NAME?"), (5, None), (6, float(POISON)))
    for row, value in faults:
        page[f"I{row}"].value = value
    out = io.BytesIO()
    values.save(out)
    said = [line for line in judge_workbook.compare(workbook, out.getvalue()) if "!I" in line]
    assert said == [
        "Synthèse!I2 : écart de 0.01",
        "Synthèse!I3 : écart de écart",
        "Synthèse!I4 : #NAME?",
        "Synthèse!I5 : formule sans valeur",
        "Synthèse!I6 : valeur enregistrée crue, formule non recalculée",
    ]


def test_missing_calc_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "libreoffice-calc" in judge_workbook.judge_workbook([]).skipped
    assert office_calc.find_calc() is None
