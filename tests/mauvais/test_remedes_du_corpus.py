"""Every remedy of the corpus: what it names exists; obeyed by a machine, its fault goes.

`A_LA_MAIN` lists the codes whose remedies a person alone can follow, and why. A new code is obeyed,
or listed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.introspection import TypeChamp, walk_type
from caqes_docs.interfaces.cli.main import caqes, run
from tests.architecture.depot import RACINE
from tests.mauvais.cas import Cas, iter_corpus
from tests.mauvais.obeissance import GRAVES, Dit, Main, read_findings, ways

VALEUR = "la valeur juste, que son auteur seul connaît"
MOTS = "des mots à écrire ou à récrire, par un juriste"
BIBLIOTHEQUE = "un choix de la bibliothèque, du droit ou d’un plan, entre plusieurs"
FICHIER = "un fichier à refaire hors du logiciel : Word, tableur, image, encodage"
TABLE = "une table à corriger d’après sa source"
COMMANDE = "une autre commande, au choix de son auteur"
PROCEDURE = "un acte à refaire, ou une date à vérifier dans les pièces"
RENVOI = "la faute est dite ailleurs, avec son remède"
RIEN = "rien n’est à changer"
A_LA_MAIN = {
    VALEUR: (
        "D-009 D-012 D-030 D-031 D-032 D-033 D-036 D-042 D-058 D-061 D-065 D-068 D-069 D-121 "
        "D-125 D-128 D-129 D-130 D-151 D-180 V-001 V-004 V-005 V-006 V-010 V-011 V-012 V-020 V-022 "
        "V-024 V-027 V-032 V-033 V-034 V-035 V-036 V-038 V-040 V-042 V-052 V-055 V-056 V-057 "
        "V-058 V-059 V-060 V-062 V-063 V-064 V-066 V-069 V-071 V-072 V-073 V-075 V-077 V-110 "
        "V-131 V-132 V-133 V-134 V-148 V-149 V-150 V-163 V-166 V-167 V-169 V-181 V-182 V-256 "
        "V-342 V-347 "
        "V-341 V-329 V-330 V-257 V-259 V-275 V-277 V-285 V-289 V-290 V-293 V-301 V-304 V-307 V-310"
    ),
    PROCEDURE: (
        "D-055 D-056 D-073 D-074 D-141 D-142 V-050 V-068 V-070 V-100 V-103 V-104 V-105 V-106 "
        "V-109 V-111 V-136 V-190 V-200 V-273 V-286 V-287 V-274 V-276 V-305 V-308 V-311 "
        "V-313 V-314 V-340 V-348"
    ),
    MOTS: (
        "C-010 C-022 C-030 C-034 C-035 C-048 C-049 C-051 C-054 C-061 C-062 C-064 C-067 C-073 "
        "C-075 C-076 C-077 C-090 C-100 C-115 C-116 C-122 C-123 C-135 D-017 D-019 P-011 V-288 "
        "V-334"
    ),
    BIBLIOTHEQUE: (
        "C-002 C-011 C-012 C-013 C-032 C-036 C-037 C-041 C-042 C-046 C-059 C-117 C-118 L-002 "
        "L-004 L-006 L-007 L-008 L-009 L-010 L-011 L-012 L-013 L-015 L-016 L-017 L-018 L-021 "
        "L-022 L-031 L-032 P-002 P-004 P-009"
    ),
    FICHIER: (
        "A-002 D-001 D-002 D-103 I-001 I-002 I-005 P-006 R-001 R-101 R-102 R-103 R-104 R-105 R-106 "
        "R-107 R-108 R-109 R-206 R-210 R-211 R-213 R-214 U-079"
    ),
    TABLE: (
        "D-080 D-081 D-082 D-083 D-084 D-085 D-086 D-087 D-088 D-090 D-094 D-095 D-096 D-097 D-100"
    ),
    COMMANDE: (
        "C-070 C-071 C-072 D-046 D-047 D-048 D-099 D-165 I-003 P-001 P-008 U-001 U-002 U-004 U-005 "
        "U-007 U-008 U-009 U-010 U-011 U-012 U-013 U-014 U-015 U-016 U-017 U-019 U-020 U-021 "
        "U-031 U-040 U-041 U-042 U-043 U-046 U-050 U-052 U-053 U-054 U-060 U-061 U-067 U-068 "
        "U-070 U-076 U-077 U-078 U-080 U-086 U-090 U-091 U-092 U-093 V-080 V-081 V-082"
    ),
    RENVOI: ("C-000 C-020 D-000 D-102"),
    RIEN: ("D-070 D-089 D-140 R-218 U-051"),
}
"""Why, and the codes."""
LISTES = {code: pourquoi for pourquoi, codes in A_LA_MAIN.items() for code in codes.split()}
CORPUS = tuple(iter_corpus())
PAR_CODE: dict[str, list[Cas]] = {}
for _cas in CORPUS:
    PAR_CODE.setdefault(_cas.code, []).append(_cas)
REMEDES = sorted({dit.remede for cas in CORPUS for dit in read_findings(cas.attendu)})
_RACINES = (TypeChamp("bloc", Dossier), TypeChamp("bloc", Evaluation))


def said(
    commande: list[str], projet: Path, ou: pytest.MonkeyPatch, lu: pytest.CaptureFixture[str]
) -> list[Dit]:
    """What the command finds, once those that precede it have run."""
    ou.chdir(projet)
    if "&&" in commande:
        run(commande[commande.index("&&") + 1 :])
        commande = commande[: commande.index("&&")]
    lu.readouterr()
    run(commande)
    capture = lu.readouterr()
    return read_findings((capture.out + capture.err).replace(str(projet), "<PROJET>"))


def keys(modele: type[BaseModel] = BaseModel) -> Iterator[str]:
    """The keys of every record."""
    yield from modele.model_fields
    for plus_fin in modele.__subclasses__():
        yield from keys(plus_fin)


def commands(groupe: click.Command, mots: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The commands, by their words, and their options."""
    yield (" ".join(mots), *(o for p in groupe.params for o in p.opts))
    if isinstance(groupe, click.Group):
        for nom, commande in groupe.commands.items():
            yield from commands(commande, (*mots, nom))


class DescribeNoms:
    """What remedies name."""

    def it_is_commands_that_exist(self) -> None:
        connues = {mots for mots, *_ in commands(caqes)}
        citees = {
            mots.strip()
            for remede in REMEDES
            for mots in re.findall(r"caqes((?: [a-z-]+)+)", remede)
        }
        faux = {
            c for c in citees if not any(c == k or c.startswith(f"{k} ") for k in connues - {""})
        }
        assert faux - {"--help"} == set()

    def it_is_options_that_exist(self) -> None:
        connues = {option for _, *options in commands(caqes) for option in options}
        ailleurs = {"--help", "--force", "--upgrade"}  # of click, pipx and pip
        citees = {mot for remede in REMEDES for mot in re.findall(r"--[a-z][a-z-]*", remede)}
        assert citees - connues - ailleurs == set()

    def it_is_keys_that_exist(self) -> None:
        citees = {mot for r in REMEDES for mot in re.findall(r"«\u00a0(\w+(?:\.\w+)+)\u00a0»", r)}
        chemins = {
            c for c in citees if c.split(".")[0] in ("contrat", "etablissement", "procedure")
        }
        assert len(chemins) > 12
        inconnus = {
            c for c in chemins if not any(walk_type(racine, c.split(".")) for racine in _RACINES)
        }
        assert inconnus - {mot for r in REMEDES if "Vouliez" in r for mot in inconnus} == set()
        seules = {
            mot
            for remede in REMEDES
            for mot in re.findall(
                r"(?:Remplir|Donner|Corriger) (?:son )?«\u00a0(\w+)\u00a0»", remede
            )
        }
        assert seules - set(keys()) == set()

    def it_is_documents_that_exist(self) -> None:
        cites = {mot for remede in REMEDES for mot in re.findall(r"docs/[\w/]+\.md", remede)}
        assert [nom for nom in cites if not (RACINE / nom).is_file()] == []


class DescribeObeissance:
    """A remedy obeyed."""

    @pytest.mark.parametrize("code", sorted(PAR_CODE.keys() - LISTES.keys()))
    def it_ends_its_fault(
        self,
        code: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        for rang, cas in enumerate(PAR_CODE[code]):
            avant = tmp_path / f"avant{rang}"
            cas.build(avant)
            connus = {(dit.code, dit.message) for dit in read_findings(cas.attendu)}
            for dit in read_findings(cas.attendu):
                for geste in ways(dit) if dit.code == code else ():
                    copie = tmp_path / "projet"
                    shutil.rmtree(copie, ignore_errors=True)
                    shutil.copytree(avant, copie)
                    main = Main(copie, list(cas.commande), dit)
                    if not main.obeys(geste):
                        continue
                    reste = said(main.commande, copie, monkeypatch, capsys)
                    neufs = {d.code for d in reste if (d.code, d.message) not in connus}
                    graves = GRAVES - ({"D-011"} if code < "D-010" else set())
                    reste_ici = (code, dit.message) in {(d.code, d.message) for d in reste}
                    if not reste_ici and not neufs & graves:
                        return
        pytest.fail(f"{code} : aucun remède suivi n’ôte la faute ; le corriger, ou lister le code")

    def it_lists_codes_of_the_corpus_once(self) -> None:
        tous = [code for codes in A_LA_MAIN.values() for code in codes.split()]
        assert sorted(tous) == sorted(set(tous) & PAR_CODE.keys())
