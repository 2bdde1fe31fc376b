"""Amounts explained: a tree replayed alone, steps whose figures add up, what is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.application.expliquer.etapes import EtapeDite, told_steps
from caqes_docs.application.expliquer.montants import explain_amounts
from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.interfaces.cli.main import run
from caqes_docs.law.jugement import judge

RACINE = Path(__file__).resolve().parents[4]
CHIFFRES = Context(prec=50, rounding=ROUND_HALF_UP)
CENTIME = Decimal("0.01")


def _product(valeurs: list[Decimal]) -> Decimal:
    produit = Decimal(1)
    for valeur in valeurs:
        produit = CHIFFRES.multiply(produit, valeur)
    return produit


def _total(valeurs: list[Decimal]) -> Decimal:
    somme = Decimal(0)
    for valeur in valeurs:
        somme = CHIFFRES.add(somme, valeur)
    return somme


STRICTES: dict[str, Callable[[list[Any]], Any]] = {
    "somme": _total,
    "produit": _product,
    "difference": lambda v: CHIFFRES.subtract(v[0], v[1]),
    "quotient": lambda v: CHIFFRES.divide(v[0], v[1]) if v[1] else None,
    "minimum": min,
    "maximum": max,
    "oppose": lambda v: CHIFFRES.minus(v[0]),
    "arrondi": lambda v: v[0].quantize(CENTIME, ROUND_HALF_UP, CHIFFRES),
    "entier_inferieur": lambda v: v[0].quantize(Decimal(1), ROUND_DOWN, CHIFFRES),
    "tronque": lambda v: v[0].quantize(CENTIME, ROUND_DOWN, CHIFFRES),
    "au_plus": lambda v: v[0] <= v[1],
    "au_moins": lambda v: v[0] >= v[1],
    "superieur": lambda v: v[0] > v[1],
    "inferieur": lambda v: v[0] < v[1],
    "egal": lambda v: v[0] == v[1],
    "classe": lambda v: v[0] <= v[1],
    "non": lambda v: not v[0],
}
"""What `docs/arbre_de_calcul.md` says of each operation; written without the engine."""


class Rejeu:
    """An interpreter that knows a tree by its JSON alone."""

    def __init__(self, arbre: dict[str, Any]) -> None:
        self.etapes = {etape["repere"]: etape for etape in arbre["etapes"]}
        self.resultat = arbre["resultat"]

    def value(self, repere: int) -> Any:
        """The value of a step, worked out from the leaves."""
        etape = self.etapes[repere]
        if etape["operation"] in ("entree", "parametre", "constante"):
            return self.read(etape)
        valeurs = [self.value(operande) for operande in etape["operandes"]]
        if etape["operation"] == "si":
            return None if valeurs[0] is None else valeurs[1 if valeurs[0] else 2]
        if etape["operation"] in ("et", "ou"):
            decisive = etape["operation"] == "ou"
            if decisive in [v for v in valeurs if v is not None]:
                return decisive
            return None if None in valeurs else not decisive
        return None if None in valeurs else STRICTES[etape["operation"]](valeurs)

    @staticmethod
    def read(etape: dict[str, Any]) -> Any:
        """The value that the document gives to a step."""
        if isinstance(etape["valeur"], str) and etape["nature"] != "texte":
            return Decimal(etape["valeur"])
        return etape["valeur"]


def _document(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code = run(["expliquer", *arguments, "--format", "json", "--projet", str(RACINE)])
    assert code == 0
    return json.loads(capsys.readouterr().out)


def _figure(texte: str) -> Decimal:
    """The number printed: « 30 % », « 9 868 916 € », « −5 € »."""
    propre = re.sub("[\\s\u00a0\u202f€]", "", texte).replace(",", ".").replace("−", "-")
    return Decimal(propre[:-1]) / 100 if propre.endswith("%") else Decimal(propre)


def _is_exact_figure(texte: str) -> bool:
    return bool(re.fullmatch("[-−\u00a0]*[\\d\u202f]+(,\\d+)?(\u00a0[%€])?", texte))


ARITHMETIQUE: dict[str, Callable[[list[Any]], Any]] = {
    " + ": STRICTES["somme"],
    " × ": STRICTES["produit"],
    " − ": STRICTES["difference"],
}


def _adds_up(etape: EtapeDite, chiffres: dict[str, str]) -> bool | None:
    """Whether the figures shown give the one shown; None when they are rounded or not figures."""
    for signe, calcul in ARITHMETIQUE.items():
        termes = etape.operation.split(signe)
        if len(termes) > 1 and all(terme in chiffres for terme in termes):
            montres = [chiffres[terme] for terme in termes]
            if all(map(_is_exact_figure, [*montres, etape.valeur])):
                return bool(calcul([_figure(t) for t in montres]) == _figure(etape.valeur))
    return None


class DescribeArbreEnJson:
    def it_replays_alone_for_every_sample_evaluation(self, projet: Projet, depot: Depot) -> None:
        annees = 0
        for affaire in depot.affaires.values():
            if not affaire.evaluations:
                continue
            document = json.loads(
                json.dumps(
                    explain_amounts(projet, affaire.finess, "montants").as_dict(), default=str
                )
            )
            lus: dict[tuple[int, str], Any] = {}
            for montant in document["montants"]:
                rejeu = Rejeu(montant["arbre"])
                for repere, etape in rejeu.etapes.items():
                    assert rejeu.value(repere) == Rejeu.read(etape), etape["libelle"]
                if not montant["hors_total"]:
                    lus[montant["annee"], montant["sujet"]] = rejeu.value(rejeu.resultat)
            for annee, charge in affaire.evaluations.items():
                annees += 1
                resultat = judge(affaire, charge, projet.droit).resultat
                assert lus[annee, "total"] == resultat.total.valeur
                for volet in resultat.volets:
                    assert lus[annee, volet.volet] == volet.montant.valeur
        assert annees == 24

    def it_holds_no_float_and_splits_every_origin(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(["expliquer", "990780017", "transports", "--format", "json", "--projet", str(RACINE)])
        brut = capsys.readouterr().out
        flottants: list[str] = []
        document = json.loads(brut, parse_float=lambda texte: flottants.append(texte))
        assert flottants == []
        etapes = document["montants"][0]["arbre"]["etapes"]
        entrees = [e for e in etapes if e["operation"] == "entree"]
        assert {e["origine"]["fichier"].split("/")[1] for e in entrees} == {
            "dossiers",
            "evaluations",
        }
        assert all(e["origine"]["ligne"] > 1 and e["origine"]["colonne"] > 1 for e in entrees)

    def it_dates_and_grounds_every_parameter(self, capsys: pytest.CaptureFixture[str]) -> None:
        document = _document(capsys, "2A9780012", "montants", "--annee", "2019")
        parametres = [
            etape
            for montant in document["montants"]
            for etape in montant["arbre"]["etapes"]
            if etape["operation"] == "parametre"
        ]
        assert parametres
        for etape in parametres:
            assert etape["periode"]["du"] <= "2019-12-31"
            assert etape["fondement"]["references"]
            assert etape["fondement"]["certitude"]

    def it_numbers_the_steps_told_before_those_left_aside(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arbre = _document(capsys, "990780017", "transports", "--annee", "2019")["montants"][0]
        etapes = arbre["arbre"]["etapes"]
        retenues = [etape["retenue"] for etape in etapes]
        assert [etape["repere"] for etape in etapes] == list(range(1, len(etapes) + 1))
        assert retenues == sorted(retenues, reverse=True)
        assert False in retenues


class DescribeEtapesDites:
    def it_shows_figures_that_add_up(self, projet: Projet, depot: Depot) -> None:
        verifiees = 0
        for affaire in depot.affaires.values():
            for charge in affaire.evaluations.values():
                resultat = judge(affaire, charge, projet.droit).resultat
                for noeud in (resultat.total, *(v.montant for v in resultat.volets)):
                    etapes = told_steps(noeud)
                    chiffres = {f"({etape.repere})": etape.valeur for etape in etapes}
                    for etape in etapes:
                        juste = _adds_up(etape, chiffres)
                        assert juste is not False, (affaire.finess, etape)
                        verifiees += juste is True
        assert verifiees > 200

    def it_tells_the_branch_left_aside(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires["990780017"]
        resultat = judge(affaire, affaire.evaluations[2019], projet.droit).resultat
        derniere = told_steps(resultat.par_volet["transports"].montant)[-1]
        assert "parce que" in derniere.operation
        assert derniere.precisions[0].startswith("branche non retenue\u00a0: «\u00a0À défaut")


class DescribeSujets:
    def it_gives_every_evaluated_year(self, projet: Projet) -> None:
        expliques = explain_amounts(projet, "990780017", "total")
        assert [montant.annee for montant in expliques.montants] == [2018, 2019]

    def it_explains_a_refusal_to_sign(self, projet: Projet) -> None:
        (montant,) = explain_amounts(projet, "990780157", "refus").montants
        assert montant.noeud.valeur == Decimal("-78432.51")
        assert montant.annee is None

    def it_says_what_is_missing_and_where(self, espace: Path) -> None:
        fichier = espace / "contracts_data/evaluations/990780017-2019.yaml"
        texte = fichier.read_text(encoding="utf-8")
        fichier.write_text(re.sub(r"\n +depense_constatee: .*", "", texte), encoding="utf-8")
        expliques = explain_amounts(Projet(espace), "990780017", "transports", 2019)
        (montant,) = expliques.montants
        assert montant.noeud.valeur is None
        manques = {libelle: (motif, origine) for libelle, motif, origine in montant.manques}
        motif, origine = manques["Dépense constatée"]
        assert motif == "les économies ne peuvent pas être mesurées"
        assert origine.startswith("contracts_data/evaluations/990780017-2019.yaml:")

    def it_prints_the_same_numbers_as_the_tree(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["expliquer", "990780017", "socle", "--projet", str(RACINE)]) == 0
        texte = capsys.readouterr().out
        assert "2018 – Volet obligatoire" in texte
        assert "2019 – Volet obligatoire" in texte
        assert "en vigueur du 1er\u00a0janvier\u00a02018" in texte
        assert "certitude\u00a0: " in texte

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["990780017", "volets"], "U-007"),
            (["990780082", "transports"], "U-017"),
            (["990780017", "refus"], "U-017"),
            (["990780017", "total", "--annee", "2020"], "U-016"),
            (["990780017", "dates", "--annee", "2019"], "U-018"),
            (["990780999", "total"], "U-003"),
        ],
    )
    def it_refuses_in_french(
        self, arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["expliquer", *arguments, "--projet", str(RACINE)]) == 64
        assert code in capsys.readouterr().err


class DescribeEvaluerEnJson:
    def it_gives_exact_amounts_and_where_their_tree_is(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["evaluer", "2A9780012", "--annee", "2019", "--format", "json"]
        assert run([*arguments, "--projet", str(RACINE)]) == 0
        document = json.loads(capsys.readouterr().out)
        (total,) = document["totaux"]
        assert Decimal(total["valeur"]) == Decimal(-20000)
        assert total["arbre"] == "caqes expliquer 2A9780012 total --annee 2019 --format json"
        valeurs = [Decimal(p["valeur"]) for p in document["propositions"]]
        assert sum(valeurs) == Decimal(total["valeur"])
