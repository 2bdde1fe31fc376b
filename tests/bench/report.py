"""What the bench shows, in French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from tests.bench.race import Result, Serie

NAMES: Mapping[str, str] = {
    "assemblage": "assemblage seul",
    "assemblage_word": "assemblage + Word",
    "word": "caqes_docs",
    "docxtpl": "docxtpl (boucles)",
    "python_docx": "python-docx",
    "pdf": "caqes_docs (PDF/A-3a, UA-1)",
    "weasyprint": "caqes_docs, --moteur weasyprint",
    "paire": "caqes_docs, Word et PDF",
    "libreoffice_froid": "docxtpl + LibreOffice à froid",
    "libreoffice_chaud": "docxtpl + LibreOffice à chaud",
    "reference": "import docxtpl, weasyprint",
    "froid_word": "caqes generer, Word",
    "froid_word_pdf": "caqes generer, Word et PDF",
    "froid_verifier": "caqes verifier, un dossier",
    "froid_word_neuf": "caqes generer, Word, acte pas encore rédigé",
    "froid_verifier_neuf": "caqes verifier, acte pas encore rédigé",
    "froid_clauses": "caqes clauses verifier, la première fois",
}
AMENDING: Mapping[str, str] = {
    "contrat": "contrat",
    "avenant": "avenant et comparaison, prouvés",
    "consolidee": "version consolidée",
    "somme": "avenant, comparaison, version consolidée",
}
WIDTH = 124


def make_console() -> Console:
    """Where everything is printed: same width in a terminal, a file or a log."""
    return Console(width=WIDTH, highlight=False, markup=False)


def show_race(console: Console, title: str, results: Sequence[Result]) -> None:
    """The table of one race."""
    columns = ("p50", "p95", "min", "CPU p50", "1er appel", "mémoire", "octets", "pages")
    table = _table(title, "", *columns)
    ignored = [result for result in results if result.ignored]
    for result in results:
        name = NAMES[result.name]
        if result.ignored:
            table.add_row(name, "IGNORÉ", *[""] * (len(columns) - 1))
        else:
            table.add_row(name, *_cells(result))
    console.print(table)
    for result in ignored:
        console.print(f"  IGNORÉ {NAMES[result.name]} : {result.ignored}")


def _cells(result: Result) -> list[str]:
    times = [result.median, result.percentile(0.95), min(result.times)]
    times += [result.median_processor, result.first]
    return [
        *(_number(value, 1) for value in times),
        _number(result.memory / 1024, 0),
        _number(result.size, 0) if result.size else "–",
        "–" if result.pages is None else str(result.pages),
    ]


def ratios(format_: str, ours: Result, others: Sequence[Result]) -> list[tuple[str, float]]:
    """« Word : 4,2× plus rapide que docxtpl », with the ratio of the medians."""
    if ours.ignored:
        return []
    found = []
    for other in others:
        if not other.ignored:
            ratio = other.median / ours.median
            speed = "plus rapide" if ratio >= 1 else "plus lent"
            shown = _number(max(ratio, 1 / ratio), 1)
            processor = _number(other.median_processor / ours.median_processor, 1)
            text = f"{format_} : {shown}× {speed} que {NAMES[other.name]}"
            found.append((f"{text} (rapport des temps de processeur : {processor})", ratio))
    return found


def show_series(console: Console, series: Sequence[Serie]) -> None:
    """Series of pairs, each with its ratio to ours, which comes first."""
    table = _table(
        "Paires Word et PDF en série, deux processus", "", "paires", "s", "CPU s", "rapport"
    )
    ours = series[0]
    for serie in series:
        if serie.ignored:
            table.add_row(NAMES[serie.name], "IGNORÉ", "", "", "")
            continue
        ratio = "–" if ours.ignored else _number(serie.elapsed / ours.elapsed, 1)
        shown = (_number(serie.elapsed, 0), _number(serie.processor, 0), ratio)
        table.add_row(NAMES[serie.name], str(serie.acts), *shown)
    console.print(table)


def show_cold(console: Console, spent: Mapping[str, float], reference: str) -> None:
    """Whole commands, with the ratio of each to the reference."""
    table = _table("Un processus neuf par commande", "", "CPU p50", "rapport")
    for name, value in spent.items():
        table.add_row(NAMES[name], _number(value, 0), _number(value / spent[reference], 2))
    console.print(table)


def show_avenant(console: Console, spent: Mapping[str, float]) -> None:
    """An avenant with its redline, and the consolidated version, beside their contract."""
    table = _table("Amender le contrat, Word et PDF (une autre raison sociale à chaque tour)", "")
    table.add_column("CPU p50", justify="right")
    table.add_column("rapport (3 au plus pour la somme)", justify="right")
    contract = spent["contrat"]
    sums = {**spent, "somme": sum(spent.values()) - contract}
    for name, value in sums.items():
        table.add_row(AMENDING[name], _number(value, 0), _number(value / contract, 2))
    console.print(table)


def show_memory(console: Console, title: str, steps: Sequence[tuple[int, int]]) -> None:
    """What one process holds after so many acts."""
    table = _table(title, "actes", *(str(count) for count, _memory in steps))
    table.add_row("mémoire (Mo)", *(_number(memory / 1024, 1) for _count, memory in steps))
    console.print(table)
    for start in (steps[0], steps[len(steps) // 2]):
        count, grown = steps[-1][0] - start[0], steps[-1][1] - start[1]
        if count:
            console.print(
                f"  Du {start[0]}e au {steps[-1][0]}e acte : {_number(grown / 1024, 1)} Mo,"
                f" soit {_number(grown / count, 1)} Kio par acte."
            )


def show_linearity(console: Console, steps: Sequence[Mapping[str, float]]) -> None:
    """Time per page of a comparison, of an avenant, beside that of the shortest act."""
    pages = (f"{_number(step['pages'], 0)} p." for step in steps)
    table = _table("Comparer, amender : temps par page, l’acte le plus court valant 1", "", *pages)
    for name in ("comparer", "amender"):
        table.add_row(name, *(_number(step[name] / steps[0][name], 2) for step in steps))
    console.print(table)


def show_profile(console: Console, profiles: Mapping[str, Sequence[tuple[str, float]]]) -> None:
    """The heaviest modules of each step."""
    for step, modules in profiles.items():
        table = _table(f"Où va le temps : {step}", "module", "part (%)")
        for name, share in modules:
            table.add_row(name, _number(share * 100, 1))
        console.print(table)


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column(first, min_width=30)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _number(value: float, decimals: int) -> str:
    r"""A number as the French write it.

    >>> _number(1234.56, 1)
    '1\u202f234,6'
    """
    return f"{value:,.{decimals}f}".replace(",", "\u202f").replace(".", ",")
