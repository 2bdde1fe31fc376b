"""The workbook of evaluations, recalculated without the product and without LibreOffice."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from caqes_docs.application.evaluer import BilanEvaluation, evaluate_years, render_classeur
from caqes_docs.application.projet import Projet
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.interfaces.cli.main import caqes, run
from caqes_docs.law.calcul.noeud import FEUILLES, Noeud, Operation, ValeurNoeud, apply, iter_noeuds
from tests.outils.tableur import Tableur

ESSAI, MIXTE = "990780041 2019", "2A9780012 2019"


@pytest.fixture(scope="module")
def bilan(projet: Projet) -> BilanEvaluation:
    """Every evaluation of the sample region."""
    return evaluate_years(projet, ())


@pytest.fixture(scope="module")
def contenu(bilan: BilanEvaluation, projet: Projet) -> bytes:
    """Their workbook."""
    return render_classeur(bilan, projet)


@pytest.fixture(scope="module")
def ouvert(contenu: bytes) -> Tableur:
    """The workbook open, which takes a while."""
    return Tableur(contenu)


@pytest.fixture
def tableur(ouvert: Tableur) -> Iterator[Tableur]:
    """The same; what a test types in is undone."""
    yield ouvert
    ouvert.undo()


def rows(tableur: Tableur) -> dict[tuple[str, str, str], int]:
    """The rows of the synthesis by FINESS, year and volet; a rate has the name of its measure."""
    trouvees = {}
    for rang in tableur.rangees("Synthèse"):
        finess, annee, volet, mesure = (tableur.brute("Synthèse", f"{c}{rang}") for c in "BCEF")
        hors_total = mesure if "hors total" in mesure else volet
        trouvees[str(finess), str(annee), str(hors_total)] = rang
    return trouvees


def row_of(tableur: Tableur, feuille: str, debut: str) -> int:
    """The first row of a sheet whose step begins so."""
    return next(
        rang
        for rang in tableur.rangees(feuille)
        if str(tableur.brute(feuille, f"B{rang}")).startswith(debut)
        and tableur.brute(feuille, f"A{rang}")
    )


def agrees(calcule: object, attendu: ValeurNoeud) -> bool:
    """Whether the workbook says what the engine says, to the cent where there are cents."""
    if attendu is None:
        return calcule in (None, "non évaluable")
    if isinstance(attendu, Decimal):
        return isinstance(calcule, float) and abs(Decimal(calcule) - attendu) < Decimal("1e-7")
    return calcule == attendu


def to_cell(valeur: ValeurNoeud) -> object:
    """As typed."""
    return float(valeur) if isinstance(valeur, Decimal) else valeur


class DescribeClasseur:
    def it_comes_to_every_amount_and_total_of_the_engine(
        self, bilan: BilanEvaluation, tableur: Tableur
    ) -> None:
        reperes = rows(tableur)
        assert len(bilan.evaluations) == 24
        montants = [
            (affaire.finess, str(resultat.annee), nom, noeud)
            for affaire, resultat in bilan.evaluations
            for nom, noeud in [
                *((str(v.libelle), v.montant) for v in resultat.volets),
                ("TOTAL", resultat.total),
            ]
        ]
        ecarts = [
            (finess, annee, nom)
            for finess, annee, nom, noeud in montants
            if not agrees(tableur.case("Synthèse", f"G{reperes[finess, annee, nom]}"), noeud.valeur)
        ]
        assert len(montants) > 80
        assert ecarts == []

    def it_finds_no_gap_in_the_synthesis(self, tableur: Tableur) -> None:
        rangees = tableur.rangees("Synthèse")
        assert {tableur.case("Synthèse", f"I{rang}") for rang in rangees} == {0.0}

    def it_has_a_formula_in_every_value_and_no_value_in_any_formula(
        self, tableur: Tableur, contenu: bytes
    ) -> None:
        for feuille in tableur.feuilles[1:-1]:
            for rang in tableur.rangees(feuille):
                if isinstance(tableur.brute(feuille, f"A{rang}"), int):
                    assert str(tableur.brute(feuille, f"D{rang}")).startswith("=")
        with zipfile.ZipFile(io.BytesIO(contenu)) as paquet:
            textes = [paquet.read(nom) for nom in paquet.namelist() if "/sheet" in nom]
        assert len(textes) == len(tableur.feuilles)
        assert not [texte for texte in textes if re.search(rb"</f><v>[^<]", texte)]

    def it_locks_all_but_what_may_be_changed(self, tableur: Tableur) -> None:
        classeur = tableur.classeur
        assert [page.protection.sheet for page in classeur] == [
            page.title not in ("Synthèse", "Mode d’emploi") for page in classeur
        ]
        page = classeur[MIXTE]
        ouvertes = {
            case.coordinate[0] for ligne in page for case in ligne if not case.protection.locked
        }
        assert ouvertes == {"C"}
        assert not page[f"C{row_of(tableur, MIXTE, 'Produits reçus')}"].protection.locked

    def it_expects_of_each_datum_what_it_holds(self, tableur: Tableur) -> None:
        """No reminder is broken by the data themselves."""
        sortes: set[str] = set()
        for page in tableur.classeur:
            for regle in page.data_validations.dataValidation:
                valeur = page[str(regle.sqref)].value
                sortes.add(regle.type)
                if regle.type == "list":
                    assert valeur in str(regle.formula1).strip('"').split(",")
                elif valeur != "non évaluable":
                    haut = float(regle.formula2 or "inf")
                    assert float(regle.formula1) <= float(valeur) <= haut, page[str(regle.sqref)]
        assert sortes == {"list", "decimal"}

    def it_shows_a_gap_when_the_amount_proposed_was_another(self, tableur: Tableur) -> None:
        rang = rows(tableur)["2A9780012", "2019", "TOTAL"]
        tableur.type_in("Synthèse", f"H{rang}", -19_999.99)
        assert tableur.case("Synthèse", f"I{rang}") == pytest.approx(-0.01)
        tableur.type_in("Synthèse", f"H{rang}", "non évaluable")
        assert tableur.case("Synthèse", f"I{rang}") == "écart"
        assert tableur.case("Synthèse", f"I{tableur.rangees('Synthèse')[-1]}") == 1

    def it_writes_the_same_bytes_twice(self, projet: Projet, contenu: bytes) -> None:
        assert render_classeur(evaluate_years(Projet(projet.racine), ()), projet) == contenu


def replay_with(noeud: Noeud, donnee: Noeud, valeur: ValeurNoeud) -> ValeurNoeud:
    """The value of `noeud` for the engine, were that datum worth `valeur`."""
    if noeud.operation in FEUILLES:
        memes = (noeud.origine, noeud.libelle) == (donnee.origine, donnee.libelle)
        return valeur if memes else noeud.valeur
    return apply(noeud.operation, [replay_with(o, donnee, valeur) for o in noeud.operandes])


def other(valeur: ValeurNoeud) -> ValeurNoeud:
    """Another value of the same kind."""
    if isinstance(valeur, Decimal):
        return valeur + (Decimal("0.1") if valeur < 2 else Decimal(1000))
    return not valeur if isinstance(valeur, bool) else valeur


class DescribeUneDonneeChangee:
    @pytest.mark.parametrize(
        "feuille", [ESSAI, MIXTE, pytest.param("990780181 2019", marks=pytest.mark.long)]
    )
    def it_changes_the_total_as_the_engine_would(
        self, feuille: str, bilan: BilanEvaluation, tableur: Tableur
    ) -> None:
        total = next(r.total for a, r in bilan.evaluations if f"{a.finess} {r.annee}" == feuille)
        finess, annee = feuille.split()
        place = rows(tableur)[finess, annee, "TOTAL"]
        donnees = {
            (noeud.origine, noeud.libelle): noeud
            for noeud in iter_noeuds(total)
            if noeud.operation is Operation.ENTREE and isinstance(noeud.valeur, (bool, Decimal))
        }
        places: dict[tuple[str, str], list[int]] = defaultdict(list)
        for rang in tableur.rangees(feuille):
            origine = str(tableur.brute(feuille, f"F{rang}")).split(" – ")[0]
            places[origine, tableur.brute(feuille, f"B{rang}")].append(rang)
        changes = 0
        for donnee in donnees.values():
            rangees = places[donnee.origine, typographier(donnee.libelle)]
            assert len(rangees) == 1, donnee
            avant = tableur.brute(feuille, f"C{rangees[0]}")
            nouvelle = other(donnee.valeur)
            tableur.type_in(feuille, f"C{rangees[0]}", to_cell(nouvelle))
            attendu = replay_with(total, donnee, nouvelle)
            assert agrees(tableur.case("Synthèse", f"G{place}"), attendu), donnee
            changes += attendu != total.valeur
            tableur.type_in(feuille, f"C{rangees[0]}", avant)
        assert changes > 3

    @pytest.mark.parametrize("saisie", [None, "sans objet", "non évaluable"])
    def and_a_datum_that_goes_leaves_the_amount_unknown(
        self, tableur: Tableur, saisie: str | None
    ) -> None:
        total = rows(tableur)["2A9780012", "2019", "TOTAL"]
        tableur.type_in(MIXTE, f"C{row_of(tableur, MIXTE, 'Produits reçus')}", saisie)
        assert tableur.case("Synthèse", f"G{total}") == "non évaluable"

    def and_a_datum_found_at_last_gives_an_amount(self, tableur: Tableur) -> None:
        feuille = "2B9780010 2019"
        inconnues = [
            rang
            for rang in tableur.rangees(feuille)
            if tableur.brute(feuille, f"C{rang}") == "non évaluable"
        ]
        total = rows(tableur)["2B9780010", "2019", "TOTAL"]
        assert len(inconnues) == 1
        assert tableur.case("Synthèse", f"G{total}") == "non évaluable"
        tableur.type_in(feuille, f"C{inconnues[0]}", 0.2)
        assert tableur.case("Synthèse", f"G{total}") == 40_000
        assert tableur.case("Synthèse", f"I{total}") == "écart"


class DescribeCommande:
    def it_writes_the_workbook_that_is_asked_for(self, tmp_path: Path, projet: Projet) -> None:
        chemin = tmp_path / "calculs" / "essai.xlsx"
        arguments = ["evaluer", "2A9780012", "--annee", "2019", "--xlsx", str(chemin)]
        resultat = CliRunner().invoke(caqes, [*arguments, "--projet", str(projet.racine)])
        assert resultat.exit_code == 0
        assert Tableur(chemin.read_bytes()).feuilles == ["Synthèse", MIXTE, "Mode d’emploi"]
        assert [fichier.name for fichier in chemin.parent.iterdir()] == ["essai.xlsx"]

    def but_refuses_another_kind_of_file(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        assert run(["evaluer", "--xlsx", str(tmp_path / "essai.ods")]) == 64
        assert "n’est pas un nom en .xlsx" in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []
