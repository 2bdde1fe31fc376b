"""Three evaluations, the pencil beside the tree: the page that a jurist reads; `--accept`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.law.calcul.explication import EtapeDeCalcul, signed, steps, worked_out
from caqes_docs.law.jugement import judge
from caqes_docs.law.resultats import ResultatEvaluation
from tests.outils.partage import read_cases

RACINE = Path(__file__).resolve().parents[2]
PAGE = RACINE / "docs" / "calculs_cote_a_cote.md"
CAS = RACINE / "tests" / "cas" / "calculs_a_la_main.yaml"
CALCULS: list[dict[str, Any]] = read_cases(CAS)["calculs"]
CHOISIES = (("2A9780012", 2019), ("990780017", 2019), ("990780124", 2019))
ENTETE = """# Trois évaluations, le crayon et l’arbre

Cette page est écrite par un test. Pour chaque montant, le calcul fait à la main, qui ne vient pas
du logiciel (`tests/cas/calculs_a_la_main.yaml`) ; en dessous, l’arbre du logiciel, tel que la note
de calcul l’imprime. Un autre test échoue si un centime diffère. L’arbre du volet obligatoire, long,
n’est que dans la note de calcul.
"""


def page(projet: Projet, depot: Depot) -> str:
    """The whole page, in Markdown."""
    lignes = [ENTETE]
    for finess, annee in CHOISIES:
        affaire = depot.affaires[finess]
        resultat = judge(affaire, affaire.evaluations[annee], projet.droit).resultat
        nom = affaire.dossier.valeur.etablissement.nom_affiche
        lignes.append(f"## {nom}, {annee}\n")
        for calcul in CALCULS:
            if (calcul["dossier"], calcul.get("annee")) == (finess, annee):
                lignes.extend(_amount(calcul, resultat))
    return "\n".join(lignes) + "\n"


def _amount(calcul: dict[str, Any], resultat: ResultatEvaluation) -> Iterator[str]:
    nom = calcul["volet"]
    noeud = resultat.total if nom == "total" else resultat.par_volet[nom].montant
    yield f"### {nom.capitalize()}\n"
    yield f"À la main : **{calcul['attendu']}**\n"
    yield from (f"{rang}. {etape}" for rang, etape in enumerate(calcul["etapes"], 1))
    yield f"\nLe logiciel : **{signed(noeud)}**\n"
    if nom != "socle":
        yield "| n° | étape | opération | valeur | donnée ou fondement |"
        yield "| --- | --- | --- | --- | --- |"
        yield from map(_row, steps(noeud))
        yield ""


def _row(etape: EtapeDeCalcul) -> str:
    noeud = etape.noeud
    fondement = noeud.fondement.source if noeud.fondement else ""
    source = " – ".join(filter(None, (noeud.origine.rsplit(":", 1)[0], fondement)))
    return f"| {etape.repere} | {etape.libelle} | {worked_out(etape)} | {etape.valeur} | {source} |"


class DescribeCoteACote:
    def it_is_the_page_of_the_documentation(
        self, projet: Projet, depot: Depot, request: pytest.FixtureRequest
    ) -> None:
        texte = page(projet, depot)
        if request.config.getoption("--accept"):
            PAGE.write_text(texte, encoding="utf-8")
        assert texte == PAGE.read_text(encoding="utf-8")

    def it_shows_three_evaluations_by_hand(self) -> None:
        faites = {(c["dossier"], c.get("annee")) for c in CALCULS}
        assert set(CHOISIES) <= faites
