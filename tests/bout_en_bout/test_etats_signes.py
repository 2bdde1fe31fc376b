"""The states around an avenant of a signed contract, once the library has improved."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from caqes_docs.application.avenants import controler
from caqes_docs.application.avenants.controler import control
from caqes_docs.application.avenants.etats import Etats, open_states
from caqes_docs.application.avenants.scelles import registry
from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import RevisionError
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import parse_yaml
from caqes_docs.data.signes.registre import ActeSigne
from caqes_docs.document.empreinte import digest
from caqes_docs.document.model import Document
from caqes_docs.document.revision.forme import document_key
from caqes_docs.document.revision.script import Passage
from caqes_docs.document.texte import document_text
from caqes_docs.interfaces.cli.main import run
from tests.architecture.depot import RACINE
from tests.outils.signes import sign, signable_project

CONTRAT, SANS_VOLET = "990780090", "990780074"
CIRCUIT = "clauses/contrat/socle/circuit.md"
CIBLE = """
  - cle: contrat.indicateurs.NAT-10-1-2.cibles.2019
    apres: "70 %"
"""


@pytest.fixture(scope="module")
def projet(tmp_path_factory: pytest.TempPathFactory) -> Projet:
    """A contract signed, then three years of a library, a law and templates that improve."""
    racine = tmp_path_factory.mktemp("etats")
    sign(signable_project(racine, CONTRAT), CONTRAT)
    circuit = racine / CIRCUIT
    texte = circuit.read_text(encoding="utf-8")
    assert "souscrit, pour les médicaments" in texte
    circuit.write_text(texte.replace("souscrit, pour", "prend, pour"), encoding="utf-8")
    for chemin, avant, apres in (
        ("templates/contrat/plan.yaml", 'sommaire: "Sommaire"', 'sommaire: "Table"'),
        ("clauses/droit/textes/css.yaml", "code de la sécurité sociale", "code amélioré"),
    ):
        fichier = racine / chemin
        ecrit = fichier.read_text(encoding="utf-8")
        assert avant in ecrit
        fichier.write_text(ecrit.replace(avant, apres), encoding="utf-8")
    return Projet(racine)


def _avenant(modifications: str, *, numero: int = 1, plus: str = "") -> Charge[Avenant]:
    texte = f"""
dossier: "{CONTRAT}"
numero: {numero}
cas: objectifs
signature: {{lieu: "Castelbrun", date: 2018-10-22}}
{plus}
modifications: {modifications}
"""
    fichier, fautes = parse_yaml(texte.encode(), f"contracts_data/avenants/{CONTRAT}-{numero}.yaml")
    assert fichier is not None, fautes
    return Charge(Avenant.model_validate(fichier.donnees), fichier)


def _states(projet: Projet, avenant: Charge[Avenant]) -> Etats:
    affaire = projet.named([CONTRAT]).affaires[CONTRAT]
    numero = avenant.valeur.numero
    return open_states(projet, replace(affaire, avenants={numero: avenant}), numero)


class DescribeStates:
    def it_finds_one_operation_whatever_became_of_the_library(self, projet: Projet) -> None:
        """The rewordings of three years are none of the avenant's: one target is added."""
        etats = _states(projet, _avenant(CIBLE))
        assert etats.avant.is_sealed
        assert etats.effet == dt.date(2019, 1, 1)
        assert [type(one) for one in etats.script.operations] == [Passage]
        apres = document_text(etats.apres.document)
        assert "souscrit, pour les médicaments" in apres
        assert "code amélioré" not in apres
        assert "70\u00a0%" in apres
        assert document_key(etats.avant.document) != document_key(etats.apres.document)

    def it_words_what_is_moved_as_the_library_does_today(self, projet: Projet) -> None:
        """A clause moved to another version, another given words of its own."""
        deplacee = """
redactions:
  - {clause: socle.circuit, version: 2018-01-01}
derogations:
  - clause: socle.evaluation
    alineas: ["1. Les parties *conviennent* d’un autre {{ calendrier }}."]
"""
        etats = _states(projet, _avenant("[]", plus=deplacee))
        apres = document_text(etats.apres.document)
        assert "prend, pour les médicaments" in apres
        assert "1. Les parties *conviennent* d’un autre {{ calendrier }}." in apres
        assert [(r.clause, str(r.version)) for r in etats.redactions] == [
            ("socle.circuit", "2018-01-01")
        ]

    def but_a_version_that_is_not_there_is_refused(self, projet: Projet) -> None:
        plus = "redactions: [{clause: socle.circuit, version: 2031-01-01}]"
        with pytest.raises(RevisionError, match="à partir du 2031-01-01") as refus:
            _states(projet, _avenant("[]", plus=plus))
        assert refus.value.code == "A-014"
        assert "2018-01-01" in refus.value.remede

    def it_keeps_to_the_state_that_it_was_written_on(self, projet: Projet) -> None:
        (acte,) = registry(projet).acts(CONTRAT)
        base = f"base: {acte.scelle.etat[:16]}"
        assert _states(projet, _avenant(CIBLE, plus=base)).avant.empreinte == acte.scelle.etat
        with pytest.raises(RevisionError) as refus:
            _states(projet, _avenant(CIBLE, plus="base: 0123456789abcdef"))
        assert refus.value.code == "A-013"
        assert f"{acte.scelle.etat[:16]} (le contrat)" in refus.value.message
        assert "0123456789abcdef (inconnu)" in refus.value.message


class DescribeAddedVolet:
    def it_takes_the_words_of_today_and_the_next_numbers(self, tmp_path: Path) -> None:
        """The library improved after the signature: in the volet alone the contract takes it."""
        projet = signable_project(tmp_path, SANS_VOLET)
        sign(projet, SANS_VOLET)
        vers = tmp_path / "contracts_data/avenants"
        vers.mkdir()
        shutil.copy(RACINE / f"contracts_data/avenants/{SANS_VOLET}-1.yaml", vers)
        for chemin in (CIRCUIT, "clauses/contrat/volets/qualite/objectifs.md"):
            fichier = tmp_path / chemin
            texte = fichier.read_text(encoding="utf-8")
            fichier.write_text(f"{texte.rstrip()}\n\nPhrase nouvelle de {fichier.stem}.\n", "utf-8")
        projet = Projet(tmp_path)
        etats = open_states(projet, projet.named([SANS_VOLET]).affaires[SANS_VOLET], 1)
        assert etats.volets == ("qualite",)
        assert "volet_qualite.objectifs" in [redaction.clause for redaction in etats.redactions]
        apres = document_text(etats.apres.document)
        assert "Phrase nouvelle de objectifs." in apres
        assert "Phrase nouvelle de circuit." not in apres
        avant, numeros = etats.avant.affaire.numeros, etats.apres.affaire.numeros
        assert numeros.items() > avant.items()
        assert numeros["_cl_volet_qualite_objectifs"] == "Article\u00a011-3"
        assert numeros["_cl_volet_qualite_plan_actions"] == "Annexe\u00a07"


class DescribeControler:
    def it_makes_the_same_bytes_after_three_years(
        self, projet: Projet, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["controler", "--projet", str(projet.racine)]) == 0
        assert "identique, octet pour octet" in capsys.readouterr().err

    def but_tells_what_differs_and_why(
        self, projet: Projet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An engine that writes other words, files that were given to sign by another version."""
        copie = tmp_path / "p"
        shutil.copytree(projet.racine, copie)
        dossier = copie / f"contracts_data/dossiers/{CONTRAT}.yaml"
        dossier.write_text(dossier.read_text(encoding="utf-8") + "\n# relu\n", encoding="utf-8")
        refaire = controler.rebuild

        def reword(fonds: Projet, acte: ActeSigne) -> tuple[Document, Document]:
            document, etat = refaire(fonds, acte)
            return replace(document, couverture=document.couverture[1:]), etat

        monkeypatch.setattr(controler, "rebuild", reword)
        monkeypatch.setattr(controler, "__version__", "9.9")
        monkeypatch.setattr(controler, "render", lambda document, *_: digest(document).encode())
        (controle,) = control(Projet(copie), [CONTRAT])
        assert controle.dossier_change
        assert len(controle.ecarts) == 5
        assert "l’acte diffère (1 passage" in controle.ecarts[0]
        assert all("il est en version 9.9" in ecart for ecart in controle.ecarts)

    def and_a_seal_that_was_touched_is_told(self, projet: Projet, tmp_path: Path) -> None:
        copie = tmp_path / "p"
        shutil.copytree(projet.racine, copie)
        touche = copie / f"contracts_data/signes/{CONTRAT}/contrat/entrees/ars/ars-exemple.yaml"
        touche.write_bytes(touche.read_bytes() + b"\n")
        (controle,) = control(Projet(copie), [])
        assert controle.ecarts[0].startswith("il ne se refait pas\u00a0: A-011")
        assert run(["controler", "--projet", str(copie)]) == 6


class DescribeEtat:
    @pytest.mark.parametrize(
        ("jour", "dit"),
        [("2017-12-30", "signé, pas encore en vigueur"), ("2018-01-01", "signé, en vigueur")],
    )
    def it_tells_signature_effect_and_consultation_apart(
        self, projet: Projet, capsys: pytest.CaptureFixture[str], jour: str, dit: str
    ) -> None:
        assert run(["etat", CONTRAT, "--au", jour, "--projet", str(projet.racine)]) == 0
        ecrit = capsys.readouterr().out
        assert f"{dit}\t2017-12-22\t2018-01-01" in ecrit
        assert ecrit.rstrip().endswith("scellé")
