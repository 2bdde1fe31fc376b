"""Tests of the signed acts on disk: whole or not at all, never over, never touched."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from caqes_docs.core.errors import RevisionError
from caqes_docs.data.lecture.charge import load_record
from caqes_docs.data.signes.fonds import pack, read_tree, tree_name, unpack
from caqes_docs.data.signes.modele import Scelle, act_name, render_scelle
from caqes_docs.data.signes.registre import RegistreSigne

FONDS = {"clauses/a/b.md": "Été".encode(), "templates/x/plan.yaml": b"id: x\n"}
DOSSIER = "990780017"


def _sha(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()


def _scelle(avenant: int | None = None, base: str | None = None) -> Scelle:
    etat = f"état {avenant}".encode()
    return Scelle.model_validate(
        {
            "acte": act_name(avenant),
            "dossier": DOSSIER,
            "reference": 'CAQES « 1 » : \\ "fin"',
            "type": "contrat",
            "signe_le": "2017-12-19",
            "effet": "2018-01-01",
            "moteur": "1",
            "document": _sha(b"acte"),
            "etat": _sha(etat),
            "base": base,
            "bibliotheque": tree_name(FONDS),
            "bibliotheques": {"région": "../région", "b": "/b"},
            "redactions": ({"clause": "a.b", "version": "2020-01-01"},),
            "entrees": {"dossiers/x.yaml": _sha(b"x: y\n")},
            "fichiers": {"contrat.pdf": _sha(b"%PDF")},
        }
    )


def _contents(avenant: int | None = None) -> dict[str, bytes]:
    etat = f"état {avenant}".encode()
    return {"document.json": b"acte", "etat.json": etat, "entrees/dossiers/x.yaml": b"x: y\n"}


@pytest.fixture
def registre(tmp_path: Path) -> RegistreSigne:
    """A register that holds a contract and its avenant n° 2, which amends it."""
    registre = RegistreSigne(tmp_path)
    contrat = _scelle()
    registre.write(contrat, _contents(), FONDS)
    registre.write(_scelle(2, contrat.etat), _contents(2), FONDS)
    return registre


class DescribeSeals:
    def it_reads_a_seal_as_it_was_written(self, tmp_path: Path) -> None:
        chemin = tmp_path / "scelle.yaml"
        chemin.write_bytes(render_scelle(_scelle(2, "b" * 64)))
        charge, constats = load_record(chemin, "scelle.yaml", Scelle)
        assert constats == []
        assert charge is not None
        assert charge.valeur == _scelle(2, "b" * 64)
        assert (charge.valeur.numero, _scelle().numero) == (2, 0)

    def it_keeps_each_act_after_the_one_that_it_amends(self, registre: RegistreSigne) -> None:
        actes = registre.acts(DOSSIER)
        assert registre.finess == [DOSSIER]
        assert [acte.scelle.acte for acte in actes] == ["contrat", "avenant-2"]
        assert actes[1].read("etat.json") == "état 2".encode()
        assert actes[0].entrees == {"dossiers/x.yaml": b"x: y\n"}
        assert registre.library(actes[0].scelle.bibliotheque) == FONDS

    def it_writes_over_nothing_and_leaves_nothing_behind(self, registre: RegistreSigne) -> None:
        with pytest.raises(FileExistsError):
            registre.write(_scelle(), {"document.json": b"autre"}, FONDS)
        assert registre.acts(DOSSIER)[0].read("document.json") == b"acte"
        assert list(registre.racine.rglob(".caqes-*")) == []

    @pytest.mark.parametrize(
        "quoi", ["document.json", "etat.json", "entrees/dossiers/x.yaml", "scelle.yaml"]
    )
    def but_what_was_touched_answers_for_nothing(self, registre: RegistreSigne, quoi: str) -> None:
        (registre.racine / "signes" / DOSSIER / "contrat" / quoi).write_bytes(b"x: autre\n")
        with pytest.raises(RevisionError) as refus:
            registre.acts(DOSSIER)[0].read(quoi.removeprefix("entrees/"))
        assert refus.value.code == "A-011"
        assert quoi in refus.value.message

    def and_an_act_that_follows_none_is_refused(self, registre: RegistreSigne) -> None:
        registre.write(_scelle(3, "0" * 64), _contents(3), FONDS)
        with pytest.raises(RevisionError, match="n’est pas parmi les signés"):
            registre.acts(DOSSIER)


class DescribeLibraries:
    def it_makes_the_same_archive_of_the_same_files(self, tmp_path: Path) -> None:
        for nom, contenu in reversed(FONDS.items()):
            (tmp_path / nom).parent.mkdir(parents=True)
            (tmp_path / nom).write_bytes(contenu)
        (tmp_path / "clauses/.cache").write_bytes(b"x")
        lus = read_tree({nom: tmp_path / nom for nom in ("templates", "clauses")})
        assert lus == FONDS
        assert pack(lus) == pack(FONDS)
        assert unpack(pack(FONDS)) == FONDS

    def but_one_byte_makes_another(self, registre: RegistreSigne) -> None:
        empreinte = tree_name(FONDS)
        assert tree_name({**FONDS, "clauses/a/b.md": b"Ete"}) != empreinte
        (registre.racine / f"signes/bibliotheques/{empreinte}.zip").write_bytes(pack({"a": b""}))
        with pytest.raises(RevisionError, match="n’est plus ce qui a été scellé"):
            registre.library(empreinte)

    def and_no_archive_writes_outside(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("../dehors", "x")
        with pytest.raises(ValueError, match="hors de l’archive"):
            unpack((tmp_path / "a.zip").read_bytes())
        with pytest.raises(ValueError, match="pas une archive"):
            unpack(b"PK")
