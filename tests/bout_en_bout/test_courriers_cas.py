"""What is wrong in an evaluation stops its letters and its decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.interfaces.cli.main import run


class DescribeActeFaux:
    """What the evaluation has wrong stops the act to be signed, and is told beside a draft."""

    @pytest.mark.parametrize(
        ("avant", "apres", "code"),
        [
            ("      montant: 50 000\n", "      montant: 60 000\n", "V-061"),
            (
                "      montant: 50 000\n",
                '      montant: 9 000 000\n      motif: "ferme"\n',
                "V-063",
            ),
            ("      taux: 10 %\n", "      taux: 90 %\n", "V-063"),
            (
                "      nature: montant\n      montant: 50 000\n",
                "      nature: aucune\n      montant: 50 000\n",
                "V-062",
            ),
            ("  date: 2020-11-17\n", "  date: 2020-09-10\n", "V-100"),
            ("  date: 2020-11-17\n", "  date: 2020-11-11\n", "V-103"),
            ("    date: 2020-10-23\n", "    date: 2020-12-21\n", "V-105"),
            ("      date_effet: 2020-12-01\n", "      date_effet: 2020-01-01\n", "V-068"),
        ],
    )
    def it_is_not_made_to_be_signed(
        self,
        avant: str,
        apres: str,
        code: str,
        espace: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        chemin = espace / "contracts_data/evaluations/2A9780012-2019.yaml"
        texte = chemin.read_text(encoding="utf-8")
        assert texte.count(avant) == 1
        chemin.write_text(texte.replace(avant, apres), encoding="utf-8")
        commande = ["generer", "2A9780012", "--annee", "2019", "--type", "decision_definitive"]
        commande += ["--formats", "txt", "--projet", str(espace), "--sortie", str(espace / "o")]
        assert run([*commande, "--definitif"]) == 2
        capture = capsys.readouterr()
        assert code in capture.out + capture.err
        assert list((espace / "o").glob("*.txt")) == []
        assert run(commande) == 0
        capture = capsys.readouterr()
        assert code in capture.out + capture.err

    @pytest.mark.parametrize("type_", ["decision_refus", "contrat"])
    def nor_is_one_that_a_hasty_second_proposal_leads_to(
        self, type_: str, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The hearing asked for in time was held on 8 November: the month goes to that day."""
        chemin = espace / "contracts_data/dossiers/990780157.yaml"
        texte = chemin.read_text(encoding="utf-8")
        assert texte.count("      date: 2017-11-14\n") == 1
        chemin.write_text(
            texte.replace("      date: 2017-11-14\n", "      date: 2017-11-08\n"), encoding="utf-8"
        )
        commande = ["generer", "990780157", "--type", type_, "--formats", "txt"]
        commande += ["--projet", str(espace), "--sortie", str(espace / "o")]
        assert run([*commande, "--definitif"]) == 2
        capture = capsys.readouterr()
        assert "V-103" in capture.out + capture.err
        assert run(commande) == 0
        capture = capsys.readouterr()
        assert "V-103" in capture.out + capture.err

    def and_no_regional_report_adds_it_up_to_be_signed(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        chemin = espace / "contracts_data/evaluations/2A9780012-2019.yaml"
        texte = chemin.read_text(encoding="utf-8")
        faux = texte.replace("      montant: 50 000\n", "      montant: 9 000 000\n")
        chemin.write_text(faux, encoding="utf-8")
        commande = ["consolider", "--annee", "2019", "--definitif", "--formats", "txt"]
        commande += ["--projet", str(espace), "--sortie", str(espace / "o")]
        assert run(commande) == 2
        capture = capsys.readouterr()
        assert "V-063" in capture.out + capture.err
        assert not (espace / "o").exists()
