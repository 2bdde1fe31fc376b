"""`caqes signer`: what is sealed, and what is refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from caqes_docs.application.avenants import retour
from caqes_docs.application.avenants.controler import control
from caqes_docs.application.avenants.etats import state_on
from caqes_docs.application.avenants.retour import read_return
from caqes_docs.application.avenants.scelles import registry, sealed_affaire, sealed_project
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import RevisionError
from caqes_docs.data.signes.registre import RegistreSigne
from caqes_docs.document.empreinte import canonical_json
from caqes_docs.document.lecture import read_document
from caqes_docs.document.texte import document_text
from caqes_docs.interfaces.cli.main import run
from caqes_docs.review.texte_docx import docx_text
from caqes_docs.review.texte_pdf import pdf_text
from tests.architecture.depot import RACINE
from tests.outils.signes import sign, signable_project

CONTRAT, CHAINE = "990780090", "990780124"
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


class DescribeRetour:
    """`caqes signer --depuis`, from the command to the seal."""

    @pytest.fixture
    def commande(self, projet: Projet, tmp_path: Path) -> list[str]:
        """Seal the contract again, in a project where nothing is sealed yet."""
        shutil.copytree(projet.racine, tmp_path / "p", ignore=shutil.ignore_patterns("signes"))
        shutil.rmtree(tmp_path / "p/output")
        commande = ["signer", CONTRAT, "--le", SIGNE_LE, "--projet", str(tmp_path / "p")]
        return [*commande, "--sortie", str(tmp_path / "o")]

    def it_seals_the_digest_of_the_file_that_came_back(
        self, projet: Projet, commande: list[str], tmp_path: Path
    ) -> None:
        (emis,) = (projet.racine / "output").glob("*.pdf")
        (tmp_path / "signe.pdf").write_bytes(emis.read_bytes() + b"\n% signature")
        assert run([*commande, "--depuis", str(tmp_path / "signe.pdf")]) == 0
        (acte,) = registry(Projet(tmp_path / "p")).acts(CONTRAT)
        revenu = hashlib.sha256((tmp_path / "signe.pdf").read_bytes()).hexdigest()
        assert acte.scelle.retour == revenu
        assert (tmp_path / "o" / emis.name).read_bytes() == emis.read_bytes()

    def but_writes_nothing_when_it_is_another_act(
        self, commande: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run([*commande, "--depuis", __file__]) == 6
        assert "A-010" in capsys.readouterr().err
        assert not (tmp_path / "o").exists()
        assert not (tmp_path / "p/contracts_data/signes").exists()


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
        dit = capsys.readouterr().err
        assert "n’est pas signé" in dit
        assert "Le contrat CAQES-" in dit
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


def _command(projet: Projet, numero: int, jour: str) -> list[str]:
    commande = ["signer", CHAINE, "--avenant", str(numero), "--le", jour]
    return [*commande, "--projet", str(projet.racine), "--sortie", str(projet.racine / "o")]


@pytest.fixture(scope="module")
def chaine(tmp_path_factory: pytest.TempPathFactory) -> Projet:
    """A contract and three of its avenants, all sealed."""
    projet = signable_project(tmp_path_factory.mktemp("chaine"), CHAINE)
    sign(projet, CHAINE)
    vers = projet.racine / "contracts_data/avenants"
    vers.mkdir()
    for numero, jour in ((1, "2018-11-20"), (2, "2019-10-21"), (3, "2020-03-09")):
        shutil.copy(RACINE / f"contracts_data/avenants/{CHAINE}-{numero}.yaml", vers)
        assert run(_command(projet, numero, jour)) == 0
    return projet


class DescribeAvenants:
    """A volet is added, a plan changed, another volet ended: the chain of the samples."""

    def it_seals_each_on_the_state_that_the_one_before_left(self, chaine: Projet) -> None:
        contrat, *avenants = (acte.scelle for acte in registry(chaine).acts(CHAINE))
        bases = [contrat.etat, *(scelle.etat for scelle in avenants[:-1])]
        assert [scelle.base for scelle in avenants] == bases
        effets = [str(scelle.effet) for scelle in avenants]
        assert effets == ["2019-01-01", "2020-01-01", "2020-12-31"]
        assert [scelle.volets for scelle in avenants] == [("transports",), (), ()]
        for rang, scelle in enumerate(avenants, 1):
            assert f"avenants/{CHAINE}-{rang}.yaml" in scelle.entrees
            assert all(nom.startswith(f"avenant_{rang}_") for nom in scelle.fichiers)

    def it_makes_them_all_again_byte_for_byte(self, chaine: Projet) -> None:
        assert [controle.ecarts for controle in control(chaine, [CHAINE])] == [(), (), (), ()]

    def it_tells_what_is_signed_and_to_come_apart(
        self, chaine: Projet, capsys: pytest.CaptureFixture[str]
    ) -> None:
        commande = ["etat", CHAINE, "--au", "2020-06-01", "--projet", str(chaine.racine)]
        assert run([*commande, "--format", "json"]) == 0
        dit = json.loads(capsys.readouterr().out)
        noms = [[acte["acte"] for acte in dit[cle]] for cle in ("en_vigueur", "a_venir")]
        presents = ["Contrat", "Avenant n°\u00a01", "Avenant n°\u00a02"]
        assert noms == [presents, ["Avenant n°\u00a03"]]
        assert dit["empreinte"] == registry(chaine).acts(CHAINE)[2].scelle.etat

    def it_writes_the_consolidated_version_of_a_day(self, chaine: Projet, tmp_path: Path) -> None:
        """What each sealed act did under its article, and the act of the day is the last."""
        commande = ["etat", CHAINE, "--au", "2021-01-01", "--projet", str(chaine.racine)]
        assert run([*commande, "--formats", "txt", "--sortie", str(tmp_path)]) == 0
        (fichier,) = tmp_path.glob(f"version_consolidee_{CHAINE}_*_2021-01-01.txt")
        texte = fichier.read_text(encoding="utf-8").replace("\u00a0", " ")
        assert "Modifié par l’avenant n° 1, article 3, effet le 1er janvier 2019.\n" in texte
        assert "La page de garde : modifiée par l’avenant n° 1, article 2" in texte
        assert "Volets additionnels\nArticle 11 : (supprimé" in texte
        assert "Modifié par l’avenant n° 2, article 2, effet le 1er janvier 2020." in texte
        assert "(supprimé par l’avenant n° 3, article 4, effet le 31 décembre 2020)" in texte
        assert "seuls les actes signés font foi" in texte
        assert "Fait à" not in texte

    def and_in_word_and_pdf_which_say_the_same(self, chaine: Projet, tmp_path: Path) -> None:
        commande = ["etat", CHAINE, "--au", "2020-01-01", "--projet", str(chaine.racine)]
        assert run([*commande, "--formats", "docx,pdf", "--sortie", str(tmp_path)]) == 0
        word, pdf = sorted(tmp_path.glob("version_consolidee_*"))
        textes = (docx_text(word.read_bytes()), pdf_text(pdf.read_bytes()))
        for texte in (" ".join(t.replace("\u00a0", " ").split()) for t in textes):
            assert "Modifié par l’avenant n° 2, article 2, effet le 1er janvier 2020." in texte
            assert "l’avenant n° 3" not in texte

    def but_no_state_is_written_between_two_effects(
        self, chaine: Projet, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The second avenant would have effect after the one that was written on it."""
        contrat, premier, deuxieme, dernier = registry(chaine).acts(CHAINE)
        retarde = deuxieme.scelle.model_copy(update={"effet": dt.date(2021, 1, 1)})
        actes = [contrat, premier, replace(deuxieme, scelle=retarde), dernier]
        monkeypatch.setattr(RegistreSigne, "acts", lambda _registre, _dossier: actes)
        affaire = chaine.named([CHAINE]).affaires[CHAINE]
        with pytest.raises(RevisionError, match="ne l’a que le 1er") as refus:
            state_on(chaine, affaire, dt.date(2020, 12, 31))
        assert refus.value.code == "A-015"

    def and_no_avenant_amends_a_contract_that_is_not_sealed(
        self, chaine: Projet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run([*_command(chaine, 1, "2018-11-20"), "--exemple"]) == 6
        assert "A-009" in capsys.readouterr().err
        shutil.copytree(chaine.racine, tmp_path / "p")
        shutil.rmtree(tmp_path / f"p/contracts_data/signes/{CHAINE}/avenant-3")
        projet = Projet(tmp_path / "p")
        assert run([*_command(projet, 3, "2020-03-09"), "--exemple"]) == 6
        assert "est signé pour de bon" in capsys.readouterr().err
        shutil.rmtree(tmp_path / f"p/contracts_data/signes/{CHAINE}")
        assert run(_command(projet, 1, "2018-11-20")) == 6
        dit = capsys.readouterr().err
        assert "A-018" in dit
        assert "n’est pas scellé" in dit


@pytest.fixture(scope="module")
def change(tmp_path_factory: pytest.TempPathFactory) -> Projet:
    """A sealed contract whose agency has changed its delegate, and a sealed avenant."""
    projet = signable_project(tmp_path_factory.mktemp("titulaires"), CONTRAT)
    sign(projet, CONTRAT)
    agence = projet.racine / "contracts_data/ars/ars-exemple.yaml"
    texte = agence.read_text(encoding="utf-8")
    texte = texte.replace('"Solène"', '"Ariane"').replace('"Marchetti"', '"Verdier"')
    agence.write_text(texte.replace("Immeuble Le Cadastre", "Immeuble Neuf"), encoding="utf-8")
    vers = projet.racine / "contracts_data/avenants"
    vers.mkdir()
    shutil.copy(RACINE / f"contracts_data/avenants/{CONTRAT}-1.yaml", vers)
    commande = ["signer", CONTRAT, "--avenant", "1", "--le", "2018-10-22"]
    commande += ["--projet", str(projet.racine), "--sortie", str(projet.racine / "o")]
    assert run(commande) == 0
    return Projet(projet.racine)


class DescribeTitulaires:
    """The agency changes its delegate, and a rate of a later year, between contract and avenant."""

    def it_names_the_new_one_in_the_avenant_alone(self, change: Projet) -> None:
        contrat, avenant = registry(change).acts(CONTRAT)
        ancien, nouveau = (acte.read("document.json").decode() for acte in (contrat, avenant))
        assert "Verdier" not in ancien
        assert "Immeuble Neuf" not in nouveau
        textes = read_document(avenant.read("document.json"), avenant.nom)
        dit = " ".join(document_text(textes).replace("\u00a0", " ").split())
        assert (
            "l’agence régionale de santé est représentée par Mme Ariane Verdier, directrice de "
            "l’offre de soins, et non plus par Mme Solène Marchetti" in dit
        )
        assert "les mots : « Solène Marchetti » sont remplacés par les mots : « Ariane" in dit

    def it_makes_both_again_byte_for_byte(self, change: Projet) -> None:
        assert [controle.ecarts for controle in control(change, [CONTRAT])] == [(), ()]

    def and_a_day_tells_who_it_was(self, change: Projet, tmp_path: Path) -> None:
        for jour, present, absent in (
            ("2018-06-01", "Marchetti", "Verdier"),
            ("2019-01-01", "Verdier", "Marchetti"),
        ):
            commande = ["etat", CONTRAT, "--au", jour, "--projet", str(change.racine)]
            assert run([*commande, "--formats", "txt", "--sortie", str(tmp_path)]) == 0
            (fichier,) = tmp_path.glob(f"version_consolidee_*_{jour}.txt")
            texte = fichier.read_text(encoding="utf-8")
            assert (present in texte, absent in texte) == (True, False)
