"""Same inputs, same bytes: across runs, time zones, languages and hash seeds."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caqes_docs.application.generer import Demande, generate
from caqes_docs.application.production import REGISTRE
from caqes_docs.application.projet import Projet

LETTRE, CONTRAT = ("990780157", "decision_refus"), ("990780058", "contrat")
MILIEUX = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Noumea", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
)


def _digests(dossier: Path) -> dict[str, str]:
    return {
        chemin.name: hashlib.sha256(chemin.read_bytes()).hexdigest()
        for chemin in sorted(dossier.iterdir())
        if chemin.name != REGISTRE  # it says when
    }


def _generate_elsewhere(
    racine: Path, sortie: Path, milieu: dict[str, str], acte: tuple[str, str]
) -> dict[str, str]:
    dossier, type_ = acte
    commande = [sys.executable, "-m", "caqes_docs", "generer", dossier, "--travaux", "1"]
    commande += ["--type", type_]
    commande += ["--projet", str(racine), "--sortie", str(sortie), "--formats", "docx,pdf,txt,json"]
    subprocess.run(commande, check=True, env={**os.environ, **milieu}, capture_output=True)
    return _digests(sortie)


class DescribeDeterminisme:
    """The bytes of an act."""

    @pytest.mark.parametrize("acte", [LETTRE, pytest.param(CONTRAT, marks=pytest.mark.long)])
    def it_gives_the_same_bytes_in_other_time_zones_and_languages(
        self, acte: tuple[str, str], projet: Projet, tmp_path: Path
    ) -> None:
        ici, ailleurs = (
            _generate_elsewhere(projet.racine, tmp_path / str(rang), milieu, acte)
            for rang, milieu in enumerate(MILIEUX)
        )
        assert len(ici) == 4
        assert ici == ailleurs

    @pytest.mark.parametrize("travaux", [2])
    def it_does_not_depend_on_how_the_work_is_shared(
        self, projet: Projet, tmp_path: Path, travaux: int
    ) -> None:
        noms = ["990780058", "990780082", "2A9780012"]
        for nom, nombre in (("seul", 1), ("ensemble", travaux)):
            demande = Demande(tmp_path / nom, ("docx", "txt"), travaux=nombre)
            generate(Projet(projet.racine), noms, demande)
        assert _digests(tmp_path / "seul") == _digests(tmp_path / "ensemble")
