"""`caqes signer`: what is sealed, and what is refused."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from caqes_docs.application.avenants import retour
from caqes_docs.application.avenants.retour import read_return
from caqes_docs.application.avenants.scelles import registry, sealed_affaire, sealed_project
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import RevisionError
from caqes_docs.document.empreinte import canonical_json
from caqes_docs.interfaces.cli.main import run
from tests.outils.signes import sign, signable_project

CONTRAT = "990780090"
SIGNE_LE = "2017-12-22"


@pytest.fixture(scope="module")
def projet(tmp_path_factory: pytest.TempPathFactory) -> Projet:
    """A project whose only contract is sealed."""
    projet = signable_project(tmp_path_factory.mktemp("signe"), CONTRAT)
    sign(projet, CONTRAT)
    return projet


class DescribeSignature:
    def it_keeps_the_act_and_all_that_it_was_made_from(self, projet: Projet) -> None:
        (acte,) = registry(projet).acts(CONTRAT)
        scelle = acte.scelle
        assert (scelle.acte, scelle.exemple, scelle.base) == ("contrat", False, None)
        assert set(scelle.entrees) == {
            f"dossiers/{CONTRAT}.yaml",
            "ars/ars-exemple.yaml",
            "organismes/cpam-99.yaml",
        }
        for nom, somme in scelle.fichiers.items():
            octets = (projet.racine / "output" / nom).read_bytes()
            assert hashlib.sha256(octets).hexdigest() == somme
        assert {Path(nom).suffix for nom in scelle.fichiers} == {".docx", ".pdf"}
        refait = assemble_checked(
            sealed_project(registry(projet), scelle),
            sealed_affaire(acte),
            projet.types["contrat"],
            Options(definitif=True),
        )
        assert canonical_json(refait.document) == acte.read("document.json")

    def it_is_never_sealed_twice(self, projet: Projet, capsys: pytest.CaptureFixture[str]) -> None:
        avant = {c: c.read_bytes() for c in projet.racine.rglob("signes/**/*") if c.is_file()}
        commande = ["signer", CONTRAT, "--le", SIGNE_LE, "--projet", str(projet.racine)]
        assert run(commande) == 6
        dit = capsys.readouterr().err
        assert "A-009" in dit
        assert "comme signé le 22\u00a0décembre\u00a02017" in dit
        assert {c: c.read_bytes() for c in avant} == avant

    def it_refuses_another_day_than_that_of_the_dossier(
        self, projet: Projet, capsys: pytest.CaptureFixture[str]
    ) -> None:
        commande = ["signer", CONTRAT, "--le", "2017-12-20", "--projet", str(projet.racine)]
        assert run(commande) == 6
        dit = capsys.readouterr().err
        assert "A-008" in dit
        assert "le dit signé le 22\u00a0décembre\u00a02017" in dit

    def it_accepts_the_file_that_came_back(self, projet: Projet, tmp_path: Path) -> None:
        """Signed by addition, its beginning is the file given to sign; what differs is refused."""
        (emis,) = (projet.racine / "output").glob("*.pdf")
        octets = emis.read_bytes()
        signe = tmp_path / "signe.pdf"
        signe.write_bytes(octets + b"\n% signature")
        somme = hashlib.sha256(signe.read_bytes()).hexdigest()
        assert read_return(signe, octets) == (somme, True)
        signe.write_bytes(b"%PDF-1.7\n")
        for chemin, raison in (
            (signe, "son texte ne se lit pas"),
            (tmp_path / "absent.pdf", "ne peut pas être lu"),
            (Path(__file__), "n’est pas un PDF"),
        ):
            with pytest.raises(RevisionError, match=raison) as refus:
                read_return(chemin, octets)
            assert refus.value.code == "A-010"

    @pytest.mark.parametrize("meme", [True, False])
    def but_a_file_written_anew_must_say_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meme: bool
    ) -> None:
        textes = {b"%PDF b": "Le contrat\nsigné" if meme else "Le contrat amendé"}
        monkeypatch.setattr(
            "caqes_docs.review.texte_pdf.pdf_text", lambda o: textes.get(o, "Le contrat signé")
        )
        signe = tmp_path / "signe.pdf"
        signe.write_bytes(b"%PDF b")
        if meme:
            assert read_return(signe, b"%PDF a")[1] is False
        else:
            with pytest.raises(RevisionError, match="mot pour mot"):
                retour.read_return(signe, b"%PDF a")


class DescribeExemple:
    def it_says_on_each_page_and_in_its_seal_that_nothing_is_signed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        projet = signable_project(tmp_path, CONTRAT, validated=False)
        commande = ["signer", CONTRAT, "--le", SIGNE_LE, "--projet", str(tmp_path)]
        commande += ["--sortie", str(tmp_path / "output")]
        assert run(commande) == 2
        assert "C-075" in capsys.readouterr().err
        assert not (tmp_path / "contracts_data/signes").exists()
        assert run([*commande, "--exemple"]) == 0
        assert "n’est pas signé" in capsys.readouterr().err
        (acte,) = registry(projet).acts(CONTRAT)
        assert acte.scelle.exemple
        assert b'"projet":"EXEMPLE"' in acte.read("etat.json")
        assert all(nom.rpartition(".")[0].endswith("_exemple") for nom in acte.scelle.fichiers)

    def but_an_act_that_can_be_signed_is_no_trial(self, projet: Projet, tmp_path: Path) -> None:
        shutil.copytree(projet.racine, tmp_path / "p")
        shutil.rmtree(tmp_path / "p/contracts_data/signes")
        with pytest.raises(RevisionError) as refus:
            sign(Projet(tmp_path / "p"), CONTRAT, exemple=True)
        assert refus.value.code == "A-012"
