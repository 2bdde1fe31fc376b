"""Two states of sample acts: what their comparison says, proves and writes."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from caqes_docs.application import comparer
from caqes_docs.application.avenants.redline import build_redline
from caqes_docs.application.production import MOTEURS
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.charge import load_record
from caqes_docs.document import model as doc
from caqes_docs.document.lecture import read_document
from caqes_docs.document.revision.appliquer import accept, apply, invert, mark, reject
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.forme import document_key
from caqes_docs.document.revision.garde import EtatActe
from caqes_docs.document.revision.script import Passage, Script
from caqes_docs.document.walk import plain
from caqes_docs.interfaces.cli.main import run
from caqes_docs.rendering.json import write_json
from tests.outils.revisions import act, paragraph
from tests.outils.tirages import DIT
from tests.unit.rendering.pdf.essais import failures

RACINE = Path(__file__).resolve().parents[2]
CHU = "990780017"
PARTS = 10
"""In how many tests the pairs of the region are proved, for both processes to share them."""
COUPES: dict[str, tuple[str, str]] = {
    "cible": ('cibles: {2018: "70 %", 2019: "80 %"}', 'cibles: {2018: "70 %", 2019: "85 %"}'),
    "adresse": ('lignes: ["1 avenue de la Corniche", "CS 90001"]', 'lignes: ["3 rue du Port"]'),
    "action": (r"      - id: CHUP-02\n(?:        .*\n)+", ""),
    "volet": (r"    pertinence:\n(?:      .*\n|\n|    #.*\n)+", ""),
    "representant": ('    nom: "Fabrègues"', '    nom: "Delmas"'),
}
"""What is cut of the dossier, or changed in it, by name."""

Modifier = Callable[[str], doc.Document]


@pytest.fixture(scope="module")
def modifier(projet: Projet, depot: Depot, tmp_path_factory: pytest.TempPathFactory) -> Modifier:
    """The contract of the sample hospital, its dossier edited."""
    texte = (RACINE / "contracts_data" / "dossiers" / f"{CHU}.yaml").read_text("utf-8")
    chemin = tmp_path_factory.mktemp("etats") / f"{CHU}.yaml"

    def run(nom: str) -> doc.Document:
        avant, apres = COUPES[nom]
        motif = avant if apres == "" else re.escape(avant)
        edited, times = re.subn(motif, apres, texte, count=1)
        assert times == 1, nom
        chemin.write_text(edited, encoding="utf-8")
        charge, constats = load_record(chemin, chemin.name, Dossier)
        assert charge is not None, constats
        affaire = replace(depot.affaires[CHU], dossier=charge)
        type_ = projet.types["contrat"]
        return assemble_act(type_, affaire, projet.bibliotheque, projet.droit, Options()).document

    return run


def proved(a: doc.Document, b: doc.Document) -> Script:
    """The script of two states, once its equalities are."""
    script = compare(a, b)
    after, marked = apply(a, script), mark(a, script)
    assert document_key(after) == document_key(b) == document_key(accept(marked))
    assert document_key(reject(marked)) == document_key(a)
    assert document_key(apply(after, invert(a, script))) == document_key(a)
    return script


class DescribeDossiersModifies:
    """The contract of one hospital, whose dossier changes."""

    @pytest.mark.parametrize("nom", COUPES)
    def it_proves_what_changes(
        self, nom: str, assembler: Callable[..., Assemblage], modifier: Modifier
    ) -> None:
        a, b = assembler(CHU).document, modifier(nom)
        assert proved(a, b)
        assert proved(b, a)

    def it_finds_each_place_of_a_target(
        self, assembler: Callable[..., Assemblage], modifier: Modifier
    ) -> None:
        script = proved(assembler(CHU).document, modifier("cible"))
        words = [
            (plain(one.avant).strip(), plain(one.apres).strip())
            for one in script.operations
            if isinstance(one, Passage)
        ]
        assert len(words) == len(script.operations)
        assert all("80" in before and "85" in after for before, after in words)

    def it_makes_one_operation_of_a_name(
        self, assembler: Callable[..., Assemblage], modifier: Modifier
    ) -> None:
        script = proved(assembler(CHU).document, modifier("representant"))
        assert all(isinstance(one, Passage) for one in script.operations)
        assert len(script.operations) <= 3

    @pytest.mark.long
    @pytest.mark.parametrize("part", range(PARTS))
    def it_proves_every_pair_of_the_region(
        self,
        part: int,
        depot: Depot,
        assembler: Callable[..., Assemblage],
        record_property: Callable[[str, object], None],
    ) -> None:
        tous = list(combinations(sorted(depot.affaires), 2))
        assert len(tous) > 100
        faits = [proved(*(assembler(nom).document for nom in deux)) for deux in tous[part::PARTS]]
        operations = sum(len(script.operations) for script in faits)
        record_property(DIT, f"{len(faits)} paires sur {len(tous)}, {operations} opérations")
        assert all(script.operations for script in faits)


class DescribeActeEnregistre:
    """A document read back from its JSON."""

    def it_says_the_same(self, assembler: Callable[..., Assemblage]) -> None:
        document = assembler(CHU).document
        read = read_document(write_json(document), "acte.json")
        assert read == replace(document, pieces=(), consignes=read.consignes)
        assert document_key(read) == document_key(document)


class DescribeCommande:
    """`caqes comparer`."""

    def _compare(self, *arguments: str | Path, formats: str = "txt") -> int:
        words: Sequence[str] = [str(argument) for argument in arguments]
        return run(["comparer", "--projet", str(RACINE), *words, "--formats", formats])

    def _saved(self, dossier: Path, nom: str, document: doc.Document) -> Path:
        chemin = dossier / f"{nom}.json"
        chemin.write_bytes(write_json(document))
        return chemin

    def it_writes_the_comparison_and_its_proofs_the_same_twice(
        self, tmp_path: Path, assembler: Callable[..., Assemblage], modifier: Modifier
    ) -> None:
        a = self._saved(tmp_path, "a", assembler(CHU).document)
        b = self._saved(tmp_path, "b", modifier("adresse"))
        made: list[dict[str, bytes]] = []
        for sortie in (tmp_path / "un", tmp_path / "deux"):
            assert self._compare(a, b, "--sortie", sortie, formats="docx,txt") == 0
            made.append({one.name: one.read_bytes() for one in sortie.glob("comparaison_*")})
        assert made[0] == made[1]
        assert sorted(made[0]) == [f"comparaison_a_b.{x}" for x in ("docx", "preuves.json", "txt")]
        assert "[-1 avenue de la Corniche" in made[0]["comparaison_a_b.txt"].decode()
        proofs = json.loads(made[0]["comparaison_a_b.preuves.json"])
        assert all(proofs["egalites"].values())
        assert proofs["script"]["operations"] == len(proofs["modifications"]) > 0
        lignes = (tmp_path / "un" / "registre.jsonl").read_text("utf-8").splitlines()
        assert json.loads(lignes[0])["comparaison"] == [str(a), str(b)]

    @pytest.mark.parametrize("moteur", MOTEURS)
    def it_makes_a_valid_pdf_by_each_engine(self, moteur: str, projet: Projet) -> None:
        a, b = (EtatActe(dit, act(paragraph(f"Le taux est {dit}.")), "0" * 64) for dit in "23")
        script = compare(a.document, b.document)
        suivi = "Mme R.", dt.date(2026, 3, 2)
        made = build_redline(projet.types["contrat"], (a, b), script, (f"pdf-{moteur}",), suivi)
        (extension, octets), (proofs, _) = made.rendus
        assert (extension, proofs) == ("pdf", "preuves.json")
        assert failures(octets) == []

    def it_reads_a_file_alone_with_the_project_in_force(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        avant = tmp_path / "vieux" / f"{CHU}.yaml"
        avant.parent.mkdir()
        texte = (RACINE / "contracts_data/dossiers" / f"{CHU}.yaml").read_text("utf-8")
        nom = '    nom: "Fabrègues"'
        avant.write_text(texte.replace(nom, '    nom: "Delmas"', 1), encoding="utf-8")
        assert self._compare(avant, CHU, "--sortie", tmp_path) == 0
        assert "est lu avec les clauses et les fiches du projet" in capsys.readouterr().err
        (fait,) = tmp_path.glob("comparaison_*.txt")
        assert re.search(r"\[-Delmas-\]\{\+Fabrègues\+\}", fait.read_text("utf-8"))

    def it_tells_two_states_that_say_the_same(
        self,
        tmp_path: Path,
        assembler: Callable[..., Assemblage],
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        a = self._saved(tmp_path, "a", assembler(CHU).document)
        assert self._compare(a, CHU, "--sortie", tmp_path / "rien") == 7
        assert "Aucune modification de fond" in capsys.readouterr().err
        assert not (tmp_path / "rien").exists()

    @pytest.mark.parametrize(
        ("contenu", "dit"),
        [
            ("{", "JSON illisible, ligne 1, colonne 2"),
            ('{"type_noeud": "Clause"}', "un nœud Document est attendu, pas Clause"),
            ("[]", "un objet est attendu"),
        ],
    )
    def it_refuses_what_is_no_saved_act(
        self, contenu: str, dit: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        faux = tmp_path / "faux.json"
        faux.write_text(contenu, encoding="utf-8")
        assert self._compare(faux, faux) == 6
        ecrit = capsys.readouterr()
        assert "A-002" in ecrit.out + ecrit.err
        assert dit in ecrit.out + ecrit.err

    def it_refuses_a_comparison_and_a_node_changed_by_hand(
        self,
        tmp_path: Path,
        assembler: Callable[..., Assemblage],
        modifier: Modifier,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        a = assembler(CHU).document
        marked = self._saved(tmp_path, "m", mark(a, compare(a, modifier("adresse"))))
        assert self._compare(marked, marked) == 6
        assert "c’est déjà une comparaison" in capsys.readouterr().err
        data = json.loads(write_json(a))
        data["corps"][0]["surprise"] = 1
        changed = tmp_path / "c.json"
        changed.write_text(json.dumps(data), encoding="utf-8")
        assert self._compare(changed, changed) == 6
        assert "surprise" in capsys.readouterr().err

    def it_refuses_two_kinds_of_acts(
        self,
        tmp_path: Path,
        assembler: Callable[..., Assemblage],
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        a = assembler(CHU).document
        other = replace(a, metadonnees=replace(a.metadonnees, type="evaluation"))
        paths = [self._saved(tmp_path, nom, one) for nom, one in (("a", a), ("b", other))]
        assert self._compare(*paths) == 6
        assert "A-005" in capsys.readouterr().err

    def it_writes_nothing_that_is_not_proved(
        self,
        tmp_path: Path,
        assembler: Callable[..., Assemblage],
        modifier: Modifier,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def one_short(a: doc.Document, b: doc.Document) -> Script:
            return Script(compare(a, b).operations[1:])

        a = self._saved(tmp_path, "a", assembler(CHU).document)
        b = self._saved(tmp_path, "b", modifier("adresse"))
        monkeypatch.setattr(comparer, "compare", one_short)
        assert self._compare(a, b, "--sortie", tmp_path / "rien") == 6
        dit = capsys.readouterr().err
        assert "A-006" in dit
        assert "tout accepter donne B" in dit
        assert not (tmp_path / "rien").exists()
