"""Tests of `valider`: who answers for which words, recorded beside them."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from caqes_docs.application.bibliotheque import list_wordings
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.memoire import verify_library
from caqes_docs.application.verifier.valider import Designation, Validateur, validate
from caqes_docs.core.errors import DonneesError
from caqes_docs.interfaces.cli.main import run
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from tests.mauvais.cas import BASE, MAISON

JOUR = dt.date(2026, 11, 1)
QUI = Validateur("Claire d’Essai", 'juriste "d\'essai"', JOUR)
OBJET = "clauses/contrat/objet/2018-01-01.md"


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    """A small project of its own."""
    shutil.copytree(BASE, tmp_path / "p")
    shutil.copytree(MAISON, tmp_path / "p" / "templates" / "maison")
    return tmp_path / "p"


def _change(racine: Path, avant: str, apres: str, fichier: str = OBJET) -> None:
    chemin = racine / fichier
    texte = chemin.read_text(encoding="utf-8")
    assert texte.count(avant) == 1
    chemin.write_text(texte.replace(avant, apres), encoding="utf-8")


def _wording(racine: Path, nom: str = "contrat.objet") -> Redaction:
    (redaction,) = Projet(racine).bibliotheque.clauses[nom]
    return redaction


class DescribeValider:
    """`validate`."""

    def it_records_the_words_of_today(self, racine: Path) -> None:
        bilan = validate(Projet(racine), Designation(("contrat.objet",)), QUI, JOUR)
        assert [r.entete.id for r in bilan.nouvelles] == ["contrat.objet"]
        validation = _wording(racine).validation
        assert validation is not None
        assert (validation.fait.par, validation.fait.qualite) == (QUI.par, QUI.qualite)
        assert validation.empreinte == _wording(racine).mots
        assert not _wording(racine, "contrat.duree").is_validated

    def it_adds_nothing_for_the_same_words(self, racine: Path) -> None:
        validate(Projet(racine), Designation(("contrat.*",)), QUI, JOUR)
        avant = (racine / "clauses/validations.yaml").read_bytes()
        bilan = validate(Projet(racine), Designation(toutes=True), QUI, JOUR)
        assert (len(bilan.nouvelles), len(bilan.deja)) == (0, 3)
        assert (racine / "clauses/validations.yaml").read_bytes() == avant

    def it_adds_a_record_for_other_words_and_keeps_the_file(self, racine: Path) -> None:
        validate(Projet(racine), Designation(toutes=True), QUI, JOUR)
        registre = racine / "clauses/validations.yaml"
        annote = registre.read_text(encoding="utf-8") + "# lu en commission\n"
        registre.write_text(annote, encoding="utf-8")
        _change(racine, 'titre: "', 'titre: "Nouvel ')
        bilan = validate(Projet(racine), Designation(toutes=True), QUI, JOUR)
        assert [r.entete.id for r in bilan.nouvelles] == ["contrat.objet"]
        apres = registre.read_text(encoding="utf-8")
        assert all(ligne in apres.splitlines() for ligne in annote.splitlines())
        assert apres.count("- par:") == 2
        assert _wording(racine).is_validated

    @pytest.mark.parametrize(
        ("avant", "apres", "change"),
        [
            ("verifie_le: 2026-11-22", "verifie_le: 2026-11-23", False),
            ("statut: redaction_propre", "statut: modele_regional", False),
            ('titre: "', 'role: corps\ntitre: "', False),
            ('titre: "', 'si: oui\ntitre: "', True),
            ('titre: "', 'liste_lettres: oui\ntitre: "', True),
            ('titre: "', 'titre: "L’', True),
        ],
    )
    def it_answers_for_what_is_printed_alone(
        self, avant: str, apres: str, change: bool, racine: Path
    ) -> None:
        validate(Projet(racine), Designation(toutes=True), QUI, JOUR)
        _change(racine, avant, apres)
        assert _wording(racine).is_validated is not change

    def it_ignores_how_lines_end(self, racine: Path) -> None:
        mots = _wording(racine).mots
        chemin = racine / OBJET
        chemin.write_bytes(chemin.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
        assert _wording(racine).mots == mots

    def it_writes_in_the_library_that_holds_the_wording(self, racine: Path) -> None:
        region = racine / "region"
        (region / "contrat").mkdir(parents=True)
        shutil.copy(racine / OBJET, region / "contrat/objet.md")
        bilan = validate(Projet(racine, (region,)), Designation(toutes=True), QUI, JOUR)
        assert len(bilan.fichiers) == 2
        assert "contrat.objet" in (region / "validations.yaml").read_text(encoding="utf-8")
        nationale = (racine / "clauses/validations.yaml").read_text(encoding="utf-8")
        assert re.findall("id: ([a-z.]+)", nationale) == ["contrat.duree", "contrat.signatures"]
        assert not _wording(racine).is_validated

    def it_records_nothing_when_anything_is_wrong(self, racine: Path) -> None:
        personne = Validateur("", "à compléter", JOUR + dt.timedelta(1))
        with pytest.raises(DonneesError) as faute:
            validate(Projet(racine), Designation(("contrat.objet", "zz")), personne, JOUR)
        assert [c.code for c in faute.value.constats] == ["C-071"] * 3 + ["C-072"]
        assert not (racine / "clauses/validations.yaml").exists()

    def it_takes_a_true_validation_over_an_example(self, racine: Path) -> None:
        exemple = Validateur("Personne", "exemple", JOUR, fictif=True)
        validate(Projet(racine), Designation(toutes=True), exemple, JOUR)
        assert not _wording(racine).is_validated
        lignes = list_wordings(Projet(racine), None, a_valider=True)
        assert len(lignes) == 3
        assert lignes[0].validation.endswith("(exemple)")
        assert len(validate(Projet(racine), Designation(toutes=True), QUI, JOUR).nouvelles) == 3
        assert len(validate(Projet(racine), Designation(toutes=True), exemple, JOUR).deja) == 3
        assert _wording(racine).is_validated


class DescribeControle:
    """What the check of the library says of validations."""

    def it_tells_of_words_changed_since(self, racine: Path) -> None:
        assert verify_library(Projet(racine)) == []
        validate(Projet(racine), Designation(("contrat.objet",)), QUI, JOUR)
        assert verify_library(Projet(racine)) == []
        _change(racine, 'titre: "', 'titre: "L’')
        assert [c.code for c in verify_library(Projet(racine))] == ["C-076"]
        assert list_wordings(Projet(racine), None)[1].validation == "changée depuis"

    def it_tells_of_all_the_others_when_asked(
        self, racine: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        validate(Projet(racine), Designation(("contrat.objet",)), QUI, JOUR)
        assert run(["clauses", "verifier", "--validations", "--projet", str(racine)]) == 0
        dit = capsys.readouterr()
        assert (dit.out + dit.err).count("C-075") == 2


class DescribeCommande:
    """`caqes clauses valider` on the sample region."""

    def it_validates_what_the_act_of_a_dossier_prints(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        commande = ["clauses", "valider", "--dossier", "990780058", "--projet", str(espace)]
        qui = ["--par", "Claire  d’Essai", "--qualite", "juriste", "--le", "2026-11-01"]
        assert run([*commande, *qui]) == 0
        assert "rédactions validées dans clauses/validations.yaml" in capsys.readouterr().err
        faites = {r.id for r in list_wordings(Projet(espace), None) if "Claire d’" in r.validation}
        assert {"couverture.titre", "contrat.objet", "contrat.recours"} <= faites
        assert not [nom for nom in faites if nom.startswith("volets.")]

    def it_refuses_a_sample_that_is_but_an_example(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        commande = ["generer", "990780058", "--definitif", "--formats", "txt"]
        assert run([*commande, "--projet", str(espace)]) == 2
        dit = capsys.readouterr()
        assert {"C-075", "V-230"} <= set(re.findall("[CV]-[0-9]{3}", dit.out + dit.err))
        assert not list((espace / "output").glob("contrat*"))

    def and_a_new_project_carries_no_validation(self, tmp_path: Path) -> None:
        assert run(["nouveau", "projet", str(tmp_path / "neuf")]) == 0
        assert not (tmp_path / "neuf/clauses/validations.yaml").exists()
        assert (tmp_path / "neuf/clauses/contrat").is_dir()
