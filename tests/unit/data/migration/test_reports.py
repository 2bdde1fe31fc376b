"""What leaves an evaluation for its dossier: the spending that the contract must fix."""

from __future__ import annotations

import pytest

from caqes_docs.data.lecture.yaml_strict import parse_yaml
from caqes_docs.data.migration.migrer import Migre
from caqes_docs.data.migration.reports import Couple, carry_over
from caqes_docs.data.migration.table import MIGRATIONS

EVALUATION = """\
annee: 2019
volets:
  transports:
    economies:
      # Arrêtée à la signature.
      depense_de_reference: 1 020 000
      depense_constatee: 920 000
"""
DOSSIER = """\
contrat:
  volets:
    transports:
      interessement:
        base_economies: cible
        # Part des économies.
        taux_maximum: 30 %
"""


def lu(texte: str) -> Migre:
    """A file to which nothing has happened yet."""
    fichier, constats = parse_yaml(texte.encode(), "f.yaml")
    assert fichier is not None
    assert constats == []
    return Migre(fichier, fichier, ())


def reporter(evaluation: str, dossier: str | None) -> tuple[str, str, list[tuple[str, int]]]:
    """Both files carried over, and the code and line of what is told."""
    couple = Couple(lu(evaluation), None if dossier is None else lu(dossier))
    fait = carry_over(couple, MIGRATIONS)
    fichiers = [fait.evaluation, *([fait.dossier] if fait.dossier else [])]
    dits = [(c.code, c.source.ligne) for x in fichiers for c in x.constats(essai=False)]
    apres = fait.dossier.apres.contenu.decode() if fait.dossier else ""
    return fait.evaluation.apres.contenu.decode(), apres, dits


class DescribeReport:
    """`volets.*.economies.depense_de_reference` → `depenses_cibles` of the contract."""

    def it_writes_the_year_in_the_contract(self) -> None:
        evaluation, dossier, dits = reporter(EVALUATION, DOSSIER)
        assert evaluation == EVALUATION.replace("      depense_de_reference: 1 020 000\n", "")
        assert dossier == DOSSIER + '        depenses_cibles:\n          2019: "1 020 000"\n'
        assert dits == [("D-140", 9)]

    def it_joins_the_years_that_stand_there(self) -> None:
        avant = DOSSIER + "        depenses_cibles:\n          2018: 1 004 700\n"
        _, dossier, _ = reporter(EVALUATION, avant)
        assert dossier == avant + '          2019: "1 020 000"\n'

    def it_opens_braces_on_the_way(self) -> None:
        dossier = 'contrat: {socle: {interessement: {base_economies: cible, emploi: "x"}}}\n'
        _, apres, _ = reporter(EVALUATION.replace("transports", "socle"), dossier)
        assert apres == (
            "contrat:\n  socle:\n    interessement:\n      base_economies: cible\n"
            '      emploi: "x"\n      depenses_cibles:\n        2019: "1 020 000"\n'
        )

    def it_says_nothing_where_the_contract_says_the_same(self) -> None:
        avant = DOSSIER + '        depenses_cibles: {2019: "1 020 000"}\n'
        evaluation, dossier, dits = reporter(EVALUATION, avant)
        assert "depense_de_reference" not in evaluation
        assert (dossier, dits) == (avant, [])

    @pytest.mark.parametrize(
        "dossier",
        [
            None,
            DOSSIER.replace("cible", "tendanciel"),
            DOSSIER.replace("base_economies: cible", "prevu: oui"),
            DOSSIER + '        depenses_cibles: {2019: "1 020 001"}\n',
        ],
    )
    def but_what_the_contract_cannot_take_is_kept_and_told(self, dossier: str | None) -> None:
        evaluation, apres, dits = reporter(EVALUATION, dossier)
        assert evaluation == EVALUATION.replace(
            "      depense_de_reference",
            "      # Non repris par «\u00a0caqes migrer\u00a0»\u00a0:\n"
            "      # depense_de_reference",
        )
        assert apres == (dossier or "")
        assert dits == [("D-140", 8)]

    def it_leaves_no_empty_key(self) -> None:
        vide = EVALUATION.replace(" 1 020 000", "")
        evaluation, dossier, dits = reporter(vide, DOSSIER)
        assert evaluation == vide.replace("      depense_de_reference:\n", "")
        assert (dossier, dits) == (DOSSIER, [])

    def but_a_layout_that_defeats_it_leaves_both_alone(self) -> None:
        dossier = "{contrat: {volets: {transports: {interessement: {base_economies: cible}}}}}\n"
        assert reporter(EVALUATION, dossier) == (EVALUATION, dossier, [("D-141", 6)])
