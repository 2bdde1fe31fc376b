"""Finding a project, whatever stands in the way."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from caqes_docs import __version__
from caqes_docs.application.projet import find_projet
from caqes_docs.application.selection import find_ars
from caqes_docs.core.errors import UsageError
from caqes_docs.interfaces.cli.main import run


class DescribeFindProjet:
    """`application.projet.find_projet`."""

    def it_tells_a_folder_that_is_closed(
        self, espace: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(os, "access", lambda chemin, _mode: chemin.name != "clauses")
        with pytest.raises(UsageError, match=r"clauses/ du projet ne peut pas être lu") as pris:
            find_projet(espace)
        assert pris.value.code == "U-001"

    def it_tells_that_the_current_folder_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone() -> Path:
            raise FileNotFoundError

        monkeypatch.setattr(Path, "cwd", gone)
        with pytest.raises(UsageError, match="Aucun projet") as pris:
            find_projet(None)
        assert pris.value.code == "U-001"


class DescribeReglages:
    """`caqes.yaml`: what its commands take when no option says otherwise."""

    def it_binds_the_library_the_agency_the_formats_and_the_destination(
        self, espace: Path, tmp_path: Path
    ) -> None:
        siennes, autre = tmp_path / "region", tmp_path / "autre"
        for bibliotheque, mot in ((siennes, "région"), (autre, "autre")):
            (bibliotheque / "lettre_x").mkdir(parents=True)
            (bibliotheque / "lettre_x/texte.md").write_text(
                "---\nid: lettre_x.texte\nstatut: redaction_propre\nen_vigueur: {du: 2018-01-01}\n"
                f"verifie_le: 2026-11-22\n---\nMots d’une {mot}.\n",
                encoding="utf-8",
            )
        (espace / "caqes.yaml").write_text(
            f"bibliotheques: [{os.path.relpath(siennes, espace)}]\nagence: ars-exemple\n"
            "formats: [txt]\ndestination: o/actes\n",
            encoding="utf-8",
        )
        projet = ["--projet", str(espace)]
        assert run(["nouveau", "type", "lettre_x", "--titre", "Lettre", *projet]) == 0
        commande = ["generer", "990780017", "--type", "lettre_x", *projet]
        assert run(commande) == 0
        (fait,) = (espace / "o/actes").glob("lettre-x_*")
        assert fait.suffix == ".txt"
        assert "Mots d’une région." in fait.read_text(encoding="utf-8")
        assert run([*commande, "--bibliotheque", str(autre), "--formats", "json"]) == 0
        (json,) = (espace / "o/actes").glob("lettre-x_*.json")
        assert "Mots d’une autre." in json.read_text(encoding="utf-8")
        assert find_ars(find_projet(espace), None).valeur.id == "ars-exemple"

    def it_comes_commented_with_a_new_project(self, tmp_path: Path) -> None:
        assert run(["nouveau", "projet", str(tmp_path / "p")]) == 0
        projet = find_projet(tmp_path / "p")
        assert projet.reglages.moteur == __version__
        ecrit = (tmp_path / "p/caqes.yaml").read_text(encoding="utf-8")
        (tmp_path / "region/f").mkdir(parents=True)
        (tmp_path / "region/f/c.md").write_text("---\n", encoding="utf-8")
        cles = re.sub(r"(?m)^# (?=[a-z]+: )", "", ecrit)
        (tmp_path / "p/caqes.yaml").write_text(cles, encoding="utf-8")
        lie = find_projet(tmp_path / "p")
        assert lie.bibliotheques == (tmp_path / "region",)
        assert lie.reglages.formats == ("docx", "pdf")
        assert lie.destination == tmp_path / "p/output"
