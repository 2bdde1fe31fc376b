"""Faults of a clause that `caqes verifier` should tell as plainly as `caqes clauses verifier` does.

The first command a jurist runs must not answer « C-020 » or break down on a faulty clause.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.region.consolider import DemandeRegionale, gather
from caqes_docs.assembly import actes
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.data.depot import Affaire
from caqes_docs.interfaces.cli.main import run
from caqes_docs.law.calcul.noeud import Noeud
from caqes_docs.law.caqes_1 import annee
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from tests.mauvais.cas import BASE, Bloc, Cas

OBJET = "clauses/contrat/objet/2018-01-01.md"
DONNEE = "{{ etablissement.raison_sociale }}"


def _verify(projet: Path, ecrit: str) -> int:
    bloc = Bloc("remplacer", OBJET, f"{DONNEE}\n↦\n{ecrit}\n")
    Cas(BASE, (bloc,)).build(projet)
    return int(run(["verifier", "--projet", str(projet), "--format", "json"]))


class DescribeClauseFautive:
    """`caqes verifier`, when the library itself is wrong."""

    @pytest.mark.parametrize(
        ("ecrit", "mot"),
        [
            ("{{ etablissement.raison_social }}", "raison_social"),
            ("{{ etablissement.raison_sociale | euros }}", "euros"),
            ("{{ etablissement.sites[9].nom }}", "sites"),
            ("{{ etablissement.raison_sociale }", "accolade"),
        ],
    )
    def it_names_what_is_wrong(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], ecrit: str, mot: str
    ) -> None:
        assert _verify(tmp_path / "p", ecrit) == 2
        (constat,) = json.loads(capsys.readouterr().out)["constats"]
        assert mot in f"{constat['message']} {constat['remede']}"
        assert "object has no" not in constat["message"]

    def it_never_breaks_down(self, tmp_path: Path) -> None:
        assert _verify(tmp_path / "p", "{{ etablissement.raison_sociale | date_longue }}") == 2

    def it_never_prints_the_letters_of_a_name(self, tmp_path: Path) -> None:
        assert _verify(tmp_path / "p", "{{ etablissement.raison_sociale | liste }}") == 2


class DescribeActeRefuse:
    """`caqes generer`, when one of the formats is refused."""

    def it_leaves_no_word_beside_a_pdf_that_was_refused(self, tmp_path: Path) -> None:
        bloc = Bloc("remplacer", OBJET, f"{DONNEE}\n↦\n{DONNEE} ꀀ\n")
        Cas(BASE, (bloc,)).build(tmp_path / "p")
        assert run(["generer", "--tous", "--projet", str(tmp_path / "p")]) == 5
        assert [chemin.name for chemin in (tmp_path / "p" / "output").iterdir()] == [
            "registre.jsonl"
        ]


class DescribePanne:
    """A fault of the program on one dossier: "X-000" names it, and the others are done."""

    @pytest.fixture
    def region(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Two dossiers that have an evaluation; the engine breaks down on the second."""
        projet = tmp_path / "p"
        Cas(BASE, ()).build(projet)
        donnees = projet / "contracts_data"
        (donnees / "evaluations").mkdir()
        for finess, site in (("990000010", "990001018"), ("990000028", "990001026")):
            texte = (donnees / "dossiers/990000010.yaml").read_text(encoding="utf-8")
            texte = texte.replace("990000010", finess).replace("990001018", site)
            (donnees / f"dossiers/{finess}.yaml").write_text(texte, encoding="utf-8")
            (donnees / f"evaluations/{finess}-2018.yaml").write_text(
                f'dossier: "{finess}"\nannee: 2018\ndate: 2019-05-02\nexercice_clos: 2017\n'
                'indicateurs: {NAT-1: {valeur: "3 %"}}\n'
                "volets: {socle: {sanction_proposee: non, appreciation: Tenu}}\n",
                encoding="utf-8",
            )
        vrai = annee.compute_total

        def compute_total(cadre: Cadre, *reste: Any) -> Noeud:
            if cadre.etablissement.finess == "990000028":
                raise ValueError("montant non arrondi")
            return vrai(cadre, *reste)

        monkeypatch.setattr(annee, "compute_total", compute_total)
        return projet

    @pytest.mark.parametrize("commande", ["evaluer", "verifier"])
    def it_stops_no_other_dossier(
        self, commande: str, region: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run([commande, "--projet", str(region), "--format", "json"]) == 70
        sortie = json.loads(capsys.readouterr().out)
        (panne,) = [c for c in sortie["constats"] if c["code"] == "X-000"]
        assert panne["fichier"].endswith("990000028.yaml")
        assert "ValueError\u00a0: montant non arrondi" in panne["message"]
        assert str(region) not in panne["message"]
        if commande == "evaluer":
            assert [total["dossier"] for total in sortie["totaux"]] == ["990000010"]

    def it_stops_no_other_act(self, region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        vrai = actes.assemble_act

        def assemble_act(type_: TypeDocument, affaire: Affaire, *reste: Any) -> Assemblage:
            if affaire.finess == "990000028":
                raise KeyError("cle")
            return vrai(type_, affaire, *reste)

        monkeypatch.setattr(actes, "assemble_act", assemble_act)
        arguments = [
            "generer",
            "--tous",
            "--formats",
            "txt",
            "--travaux",
            "1",
            "--projet",
            str(region),
        ]
        assert run(arguments) == 70
        faits = [chemin.name for chemin in (region / "output").glob("*.txt")]
        assert len(faits) == 1
        assert "990000010" in faits[0]

    def it_leaves_it_out_of_the_sums_of_a_region(self, region: Path) -> None:
        demande = DemandeRegionale(2018, region / "output")
        campagne, constats = gather(Projet(region), demande)
        assert [e.affaire.finess for e in campagne.evaluees] == ["990000010"]
        ((affaire, motif),) = campagne.ecartees
        assert affaire.finess == "990000028"
        assert "montant non arrondi" in motif
        assert [c.code for c in constats if c.code == "X-000"] == ["X-000"]
