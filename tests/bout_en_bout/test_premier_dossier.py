"""The first dossier of a pharmacist, from the skeleton to the contract to sign, by being asked."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from caqes_docs.application.commencer.completer.entretien import Entretien, said
from caqes_docs.application.commencer.dossier import DossierDemande, new_dossier
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.dossiers import check_dossiers
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import ExitCode
from caqes_docs.data.dossier.etablissement import Activite
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, look, parse_yaml
from caqes_docs.interfaces.cli.main import run
from tests.architecture.depot import RACINE
from tests.outils.pharmacien import Pharmacien
from tests.outils.validation import make_signable

ACTIVITES = {"990000028": (Activite.HAD,), "990780058": (Activite.MCO, Activite.HAD)}


PAR_FICHIER: dict[str, set[Chemin]] = {
    "990000028": set(),
    "990780058": {("contrat", "indicateurs"), ("contrat", "plan_actions")},
}
"""What is still written by hand: regional indicators taken besides, means of an action."""


def leaves(donnees: Donnee, chemin: Chemin = ()) -> Iterator[tuple[Chemin, str]]:
    """Every value of a file, with its place."""
    if isinstance(donnees, dict):
        for cle, valeur in donnees.items():
            yield from leaves(valeur, (*chemin, cle))
    elif isinstance(donnees, list):
        for rang, valeur in enumerate(donnees):
            yield from leaves(valeur, (*chemin, rang))
    else:
        yield chemin, said(donnees)


def known(finess: str) -> Donnee:
    """What the pharmacist knows: the whole dossier of the guide, or one of the sample region."""
    if finess == "990000028":
        guide = (RACINE / "docs/guide.md").read_text("utf-8")
        texte = re.findall(r"```yaml\n(etablissement:.*?)```", guide, re.DOTALL)[0]
    else:
        texte = (RACINE / f"contracts_data/dossiers/{finess}.yaml").read_text("utf-8")
    fichier, _ = parse_yaml(texte.encode(), finess)
    assert fichier is not None
    return fichier.donnees


def begin(racine: Path, finess: str) -> Entretien:
    """The questions of the skeleton that `caqes nouveau dossier` writes."""
    (racine / f"contracts_data/dossiers/{finess}.yaml").unlink(missing_ok=True)
    projet = Projet(racine)
    return Entretien(projet, new_dossier(projet, DossierDemande(finess, (), ACTIVITES[finess])))


def verify(racine: Path, finess: str) -> list[Constat]:
    """One round of `caqes verifier`: what keeps the contract from being signed."""
    constats = check_dossiers(Projet(racine), [finess]).constats
    return [c for c in constats if c.gravite is not Gravite.AVERTISSEMENT]


class DescribePremierDossier:
    @pytest.mark.parametrize(("finess", "touches"), [("990000028", 680), ("990780058", 2050)])
    def it_reaches_a_final_contract_in_two_rounds(
        self, finess: str, touches: int, espace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entretien = begin(espace, finess)
        avant = entretien.chemin.read_text("utf-8")
        tours = [verify(espace, finess)]
        pharmacien = Pharmacien(known(finess))
        pharmacien.fill(entretien)
        tours.append(verify(espace, finess))
        assert tours[0]
        assert tours[1] == []
        assert pharmacien.refus == []
        assert pharmacien.touches <= touches
        assert pharmacien.reclamees == []
        donnees = entretien.read().donnees
        a_la_main = [c for c, dit in leaves(pharmacien.sait) if said(look(donnees, c)) != dit]
        assert {c[:2] for c in a_la_main} <= PAR_FICHIER[finess]
        self._is_faithful(avant, entretien, pharmacien)
        make_signable(espace)
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        commande = ["generer", finess, "--definitif", "--formats", "docx", "--projet", str(espace)]
        assert run(commande) == ExitCode.OK
        assert len(list((espace / "output").glob(f"contrat_{finess}_*_definitif.docx"))) == 1

    def _is_faithful(self, avant: str, entretien: Entretien, pharmacien: Pharmacien) -> None:
        """Each answer is in the file as it was known; each comment is where it was, in order."""
        donnees = entretien.read().donnees
        dites = [chemin for chemin in pharmacien.dites if chemin not in pharmacien.passees]
        assert len(dites) > 45
        assert [look(donnees, c) for c in dites] == [look(pharmacien.sait, c) for c in dites]
        apres = entretien.chemin.read_text("utf-8").splitlines()
        notes = [ligne for ligne in avant.splitlines() if ligne.lstrip().startswith("#")]
        assert [ligne for ligne in apres if ligne.lstrip().startswith("#")] == notes

    def it_asks_the_same_as_the_report(self, espace: Path) -> None:
        entretien = begin(espace, "990000028")
        assert entretien.check() == list(check_dossiers(Projet(espace), ["990000028"]).constats)


class DescribeOrdre:
    def it_begins_with_what_decides_then_the_socle(self, espace: Path) -> None:
        entretien = begin(espace, "990000028")
        assert entretien.next() is not None
        chemins = [".".join(map(str, question.chemin)) for question in entretien.file]
        assert chemins[:2] == ["contrat.regime", "contrat.signature.date"]
        assert all(c.startswith("contrat.socle") for c in chemins[2:6])
        assert chemins[6] == "contrat.choix.forme_recours"

    def it_tells_who_asks_and_who_knows(self, espace: Path) -> None:
        entretien = begin(espace, "990000028")
        entretien.next()
        dites = {q.chemin: q for q in entretien.file}
        forme = dites["contrat", "choix", "forme_recours"]
        assert forme.pourquoi[0].startswith("Demandé par\u00a0: article")
        assert forme.pourquoi[1].startswith("Qui le sait\u00a0:")
        assert [nom for nom, _ in forme.choix] == ["lettre_recommandee", "tout_moyen_probant"]
        assert entretien.example(dites["etablissement", "adresse", "code_postal"]) == "13001"


class DescribeReprise:
    def it_goes_on_where_it_was_left(self, espace: Path) -> None:
        entretien = begin(espace, "990000028")
        for saisie in ("caqes_1", "20/12/2017"):
            question = entretien.next()
            assert question is not None
            assert entretien.answer(question, [saisie]) == []
        suivante = entretien.next()
        assert suivante is not None
        reprise = Entretien(Projet(espace), entretien.chemin)
        assert reprise.next() == suivante
        assert look(reprise.read().donnees, ("contrat", "signature", "date")) == "20/12/2017"

    @pytest.mark.parametrize(
        ("saisie", "code"), [("2017-12-32", "D-020"), ("hier", "D-020"), ("2014-01-01", "D-055")]
    )
    def it_writes_no_wrong_answer(self, saisie: str, code: str, espace: Path) -> None:
        entretien = begin(espace, "990000028")
        regime = entretien.next()
        assert regime is not None
        entretien.answer(regime, ["1"])
        avant = entretien.chemin.read_bytes()
        date = entretien.next()
        assert date is not None
        assert [c.code for c in entretien.answer(date, [saisie])] == [code]
        assert entretien.chemin.read_bytes() == avant
        assert entretien.next() == date


class DescribeTerminal:
    """What is typed, and what is seen, in a terminal of its own."""

    def it_asks_answers_and_leaves(self, espace: Path) -> None:
        entretien = begin(espace, "990000028")
        maitre, esclave = pty.openpty()
        os.write(maitre, b"1\n2017-12-32\n?\n20/12/2017\nq\n")
        commande = [sys.executable, "-m", "caqes_docs", "completer", "990000028"]
        fait = subprocess.run(
            commande, cwd=espace, stdin=esclave, capture_output=True, timeout=300, check=False
        )
        os.close(esclave)
        os.close(maitre)
        dit = " ".join(fait.stderr.decode().replace("\u00a0", " ").split())
        assert fait.returncode == ExitCode.OK
        assert "1 caqes_1 : CAQES 2018-2021 (contrat socle et volets additionnels) 2 caqes_2" in dit
        assert "D-020 Le 32/12/2017 n’existe pas au calendrier. → Corriger la date." in dit
        assert dit.count("Qui le sait : l’agence régionale de santé, d’accord") == 2
        assert "2 réponses dans contracts_data/dossiers/990000028.yaml. Il reste" in dit
        assert dit.endswith("Reprendre : caqes completer 990000028")  # D-011: no draft yet
        assert look(entretien.read().donnees, ("contrat", "signature", "date")) == "20/12/2017"

    def it_keeps_the_answers_when_interrupted(
        self, espace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        entretien = begin(espace, "990000028")
        saisies = iter(["caqes_1"])

        def type_then_break(*_args: object, **_options: object) -> str:
            for saisie in saisies:
                return saisie
            raise click.exceptions.Abort

        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(click, "prompt", type_then_break)
        code = run(["completer", "990000028", "--projet", str(espace)])
        assert code == ExitCode.INTERROMPU
        dit = capsys.readouterr().err
        assert "1 réponse dans contracts_data" in dit
        run(["verifier", "990000028", "--projet", str(espace)])
        compte = capsys.readouterr().err.rpartition("1 dossier contrôlé\u00a0: ")[2].strip()
        assert f"Il reste {compte}\n" in dit
        assert look(entretien.read().donnees, ("contrat", "regime")) == "caqes_1"
