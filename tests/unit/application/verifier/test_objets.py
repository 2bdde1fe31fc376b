"""What is remembered as objects and code: the same values, from nobody else, or nothing."""

from __future__ import annotations

import datetime as dt
import marshal
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from caqes_docs.application import projet
from caqes_docs.application.generer import Demande, generate
from caqes_docs.application.memoire import empreintes, objets, souvenirs
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier import actes
from caqes_docs.assembly import actes as acte
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import CONTRAT, Assemblage
from caqes_docs.core.source import Source
from caqes_docs.law.droit.chargement import Racine, load_droit
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.langage import compiles, moteur
from tests.mauvais.cas import BASE, Cas
from tests.outils.validation import ProjetValide, make_signable

CLE = "0f" * 32
GABARIT = "{% if x %}Prix\u00a0: {{ x }}.{% endif %}"


@pytest.fixture
def lieu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test remembers."""
    monkeypatch.setenv(souvenirs.PLACE, str(tmp_path / "memoire"))
    monkeypatch.setattr(objets, "is_engine_unchanged", lambda: True)
    return tmp_path / "memoire"


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The codes of this test alone."""
    neufs: dict[str, bytes] = {}
    for module in (compiles, objets):
        monkeypatch.setattr(module, "CODES", neufs)
    monkeypatch.setattr(objets, "_CONNUS", set())
    return neufs


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    """A small project of its own."""
    Cas(BASE, ()).build(tmp_path / "projet")
    return tmp_path / "projet"


class _Mine:
    """Runs when it is taken back."""

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return sys.exit, ("ran",)


class DescribeRecallValue:
    """`recall_value`, `remember_value`."""

    def it_gives_the_value_back(self, lieu: Path) -> None:
        objets.remember_value(CLE, Source("a", 1, 2))
        assert objets.recall_value(CLE, Source) == Source("a", 1, 2)
        assert objets.recall_value(CLE, dt.date) is None

    @pytest.mark.parametrize(
        "contenu",
        [
            pickle.dumps(_Mine()),
            pickle.dumps(os.path.join),
            b"ccaqes_docs.core.source\nhashlib\n.",
            b"ccaqes_docs.core.source\ntext_digest\n.",
            b"ccaqes_docs.application.projet\nPath\n.",
            b"",
            b"\x80\x05\x95",
        ],
    )
    def it_calls_nothing_but_classes_of_this_software(self, lieu: Path, contenu: bytes) -> None:
        souvenirs.remember_bytes(CLE, contenu, souvenirs.FONDS)
        assert objets.recall_value(CLE, object) is None

    @pytest.mark.parametrize("quoi", ["fonds", f"fonds/{CLE}.bin"])
    def it_reads_nothing_that_others_may_write(self, lieu: Path, quoi: str) -> None:
        objets.remember_value(CLE, Source("a"))
        droits = (lieu / quoi).stat().st_mode
        (lieu / quoi).chmod(droits | 0o020)
        assert objets.recall_value(CLE, Source) is None
        (lieu / quoi).chmod(droits)
        assert objets.recall_value(CLE, Source) == Source("a")


class DescribeProjet:
    """`Projet.droit`, `.bibliotheque`, `.types`, remembered."""

    def they_are_those_that_were_read(self, lieu: Path, racine: Path) -> None:
        lu, connu = Projet(racine), Projet(racine)
        assert lu.droit.textes
        (garde,) = (lieu / "fonds").iterdir()
        assert (connu.droit, connu.bibliotheque, connu.types) == (
            lu.droit,
            lu.bibliotheque,
            lu.types,
        )
        assert connu.type_constats == lu.type_constats
        assert [*(lieu / "fonds").iterdir()] == [garde]

    def they_are_read_again_once_a_file_has_changed(self, lieu: Path, racine: Path) -> None:
        assert "objet" in str(Projet(racine).bibliotheque.clauses)
        (racine / "clauses/contrat/objet/2018-01-01.md").unlink()
        assert "contrat.objet" not in Projet(racine).bibliotheque.clauses
        assert len(list((lieu / "fonds").iterdir())) == 2

    def and_when_the_memory_is_damaged(self, lieu: Path, racine: Path) -> None:
        lu = Projet(racine).droit
        (garde,) = (lieu / "fonds").iterdir()
        entier = garde.read_bytes()
        garde.write_bytes(entier[:-9])
        assert Projet(racine).droit == lu
        assert garde.read_bytes()[:64] == entier[:64]

    def and_nothing_is_kept_of_files_that_changed_meanwhile(
        self, lieu: Path, racine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def touch(racines: Sequence[Racine]) -> Droit:
            (racine / "clauses/neuve.txt").touch()
            return load_droit(racines)

        monkeypatch.setattr(projet, "load_droit", touch)
        assert Projet(racine).droit.textes
        assert not (lieu / "fonds").exists()

    def they_are_those_of_the_same_files_elsewhere(self, lieu: Path, racine: Path) -> None:
        assert Projet(racine).types
        ailleurs = Projet(racine.rename(racine.with_name("ailleurs")))
        assert {t.gabarits for t in ailleurs.types.values()} == {ailleurs.racine / "templates"}
        assert len(list((lieu / "fonds").iterdir())) == 1


class DescribeNamed:
    """`Projet.named`, remembered."""

    def it_gives_the_dossiers_that_were_read(self, lieu: Path, racine: Path) -> None:
        lu = Projet(racine).named(["990000010"])
        assert Projet(racine).named(["990000010"]) == lu
        assert len(list((lieu / "depots").iterdir())) == 1

    def but_not_once_a_dossier_has_changed(self, lieu: Path, racine: Path) -> None:
        assert Projet(racine).named(["990000010"]).constats == ()
        (racine / "contracts_data/dossiers/990000010.yaml").write_text("a: 1\n", encoding="utf-8")
        assert Projet(racine).named(["990000010"]).constats != ()

    def and_nothing_of_all_the_dossiers(self, lieu: Path, racine: Path) -> None:
        assert Projet(racine).named([]).affaires
        assert not lieu.exists()


def _draft(
    racine: Path, options: Options | None = None, classe: type[Projet] = Projet
) -> Assemblage:
    """The contract, by a command of its own."""
    projet = classe(racine)
    (affaire,) = projet.named(["990000010"]).affaires.values()
    return actes.assemble_known(projet, affaire, projet.types[CONTRAT], options or Options())


class DescribeAssembleKnown:
    """`assemble_known`: what was checked is not assembled again to be made."""

    def it_gives_the_act_that_was_assembled(
        self, lieu: Path, racine: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fait = _draft(racine)
        monkeypatch.setattr(acte, "assemble_act", lambda *_: pytest.fail("made again"))
        connu = _draft(racine)
        assert (connu.document, connu.constats) == (fait.document, fait.constats)
        assert connu.sujet == replace(fait.sujet, noms={})
        assert len(list((lieu / "actes").iterdir())) == 1

    @pytest.mark.parametrize(
        "fichier",
        ["contracts_data/ars/ars-exemple.yaml", "clauses/contrat/objet/2018-01-01.md"],
    )
    def but_not_once_a_file_has_changed(self, lieu: Path, racine: Path, fichier: str) -> None:
        _draft(racine)
        with (racine / fichier).open("a", encoding="utf-8") as suite:
            suite.write("\n")
        _draft(racine)
        assert len(list((lieu / "actes").iterdir())) == 2

    def nor_under_other_options(self, lieu: Path, racine: Path) -> None:
        jour = dt.date(2018, 3, 1)
        _draft(racine)
        assert _draft(racine, Options(date_edition=jour)).sujet.edition == jour

    def nor_when_it_is_to_be_signed(self, lieu: Path, racine: Path) -> None:
        make_signable(racine)
        _draft(racine, Options(definitif=True))
        assert not (lieu / "actes").exists()

    def nor_with_words_that_were_not_read(self, lieu: Path, racine: Path) -> None:
        _draft(racine, classe=ProjetValide)
        assert not (lieu / "actes").exists()

    def nor_from_an_affaire_that_is_not_as_it_was_read(self, lieu: Path, racine: Path) -> None:
        projet = Projet(racine)
        (affaire,) = projet.named(["990000010"]).affaires.values()
        contrat = projet.types[CONTRAT]
        assert projet.act_key(affaire, contrat, "") is not None
        assert projet.act_key(replace(affaire), contrat, "") is None
        assert projet.act_key(affaire, replace(contrat), "") is None


class DescribeCharte:
    """The charte that Word and the PDF take their looks from, remembered."""

    def it_gives_the_same_files(self, lieu: Path, racine: Path) -> None:
        fait = Demande(lieu / "un", ("docx", "pdf")), Demande(lieu / "deux", ("docx", "pdf"))
        premiers, seconds = (generate(Projet(racine), ["990000010"], x).resultats for x in fait)
        assert premiers == seconds
        assert len(premiers[0].empreintes) == 2
        assert len(list((lieu / "chartes").iterdir())) == 2


class DescribeTemplates:
    """`remember_templates`, `recall_templates`."""

    def they_are_compiled_once(
        self, lieu: Path, codes: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        moteur.compile_template.cache_clear()
        texte, _ = moteur.render(GABARIT, {"x": "12"})
        objets.remember_templates()
        codes.clear()
        objets.recall_templates()
        assert len(codes) == 1
        moteur.compile_template.cache_clear()
        monkeypatch.setattr(moteur, "parse", None)
        assert moteur.render(GABARIT, {"x": "12"})[0] == texte

    def they_join_those_of_another_command(self, lieu: Path, codes: dict[str, bytes]) -> None:
        code = marshal.dumps(compile("1", "x", "eval"))
        codes["une"] = code
        objets.remember_templates()
        codes.clear()
        objets._CONNUS.clear()
        codes["autre"] = code
        objets.remember_templates()
        codes.clear()
        objets.recall_templates()
        assert set(codes) == {"une", "autre"}

    def but_not_without_end(
        self, lieu: Path, codes: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(objets, "_GABARITS_MAX", 2)
        codes.update(une=b"1", deux=b"2")
        objets.remember_templates()
        codes["trois"] = b"3"
        objets.remember_templates()
        codes.clear()
        objets.recall_templates()
        assert set(codes) == {"trois"}

    @pytest.mark.parametrize("contenu", [b"", b"abime", marshal.dumps(3)])
    def but_what_is_damaged_is_as_if_it_were_not_there(
        self, lieu: Path, codes: dict[str, bytes], contenu: bytes
    ) -> None:
        cle = empreintes.loaded_engine()
        assert cle is not None
        souvenirs.remember_bytes(cle, contenu, souvenirs.GABARITS)
        objets.recall_templates()
        assert codes == {}
