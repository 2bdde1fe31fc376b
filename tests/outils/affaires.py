"""A dossier and its evaluation from a few lines of YAML: the law tried on made-up contracts."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.jugement import AnneeJugee, judge
from caqes_docs.law.resultats import ResultatEvaluation

M = TypeVar("M", bound=BaseModel)

_DOSSIER = """\
etablissement:
  raison_sociale: "Centre hospitalier d’Essai"
  finess: "990000010"
  statut: {statut}
  niveau_signature: entite_juridique
  liste_en_sus: {liste_en_sus}
  sites:
    - {{finess: "990001018", nom: "Site d’essai", activites: [MCO]}}
  produits_assurance_maladie:
    - {{exercice: 2018, montant: "{p_2018}"}}
    - {{exercice: 2019, montant: "{p_2019}"}}

contrat:
  reference: CAQES-2018-990000010
  regime: caqes_1
  ars: ars-exemple
  organisme: cpam-99
  signature: {{lieu: "Exempleville", date: {signature}}}
"""
ETABLISSEMENT = {
    "statut": "public",
    "liste_en_sus": "oui",
    "p_2018": "38 217 465,75",
    "p_2019": "40 000 000",
    "signature": "2017-12-20",
}


def plain(texte: str) -> str:
    """`texte` with ordinary blanks."""
    return texte.replace("\u00a0", " ").replace("\u202f", " ")


@dataclass(frozen=True)
class Atelier:
    """Where made-up contracts are evaluated under the law of the repository."""

    droit: Droit
    depot: Depot
    dossier: Path

    def load(
        self, contrat: str, evaluation: str, **etablissement: str
    ) -> tuple[Affaire, Charge[Evaluation]]:
        """The affaire and the evaluation; `contrat` is what follows the base dossier's contract.

        Raises:
            AssertionError: the data have a fault of their own.
        """
        base = _DOSSIER.format(**(ETABLISSEMENT | etablissement))
        texte = base + textwrap.indent(contrat, "  ")
        dossier = self._read("dossier.yaml", texte, Dossier)
        charge = self._read("evaluation.yaml", evaluation, Evaluation)
        ars, organisme = self.depot.ars["ars-exemple"], self.depot.organismes["cpam-99"]
        return Affaire(dossier, ars, organisme, {charge.valeur.annee: charge}), charge

    def judge(self, contrat: str, evaluation: str, **etablissement: str) -> AnneeJugee:
        """The result of the year, and its findings."""
        affaire, charge = self.load(contrat, evaluation, **etablissement)
        return judge(affaire, charge, self.droit)

    def evaluate(self, contrat: str, evaluation: str, **etablissement: str) -> ResultatEvaluation:
        """The result of the year."""
        return self.judge(contrat, evaluation, **etablissement).resultat

    def _read(self, nom: str, texte: str, modele: type[M]) -> Charge[M]:
        chemin = self.dossier / nom
        chemin.write_text(texte, encoding="utf-8")
        charge, constats = load_record(chemin, nom, modele)
        assert charge is not None, constats
        return charge
