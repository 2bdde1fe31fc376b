"""A contract moved by avenant to the law of a later day: the difference is computed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from caqes_docs.application.avenants.acte import build_avenant
from caqes_docs.application.avenants.controler import control
from caqes_docs.application.avenants.etats import open_states, state_on
from caqes_docs.application.avenants.signer import DemandeSignature, sign_avenant
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.document.texte import blocks_text
from tests.outils.affaires import plain
from tests.outils.signes import sign, signable_project

DOSSIER = "990780082"
AVENANT = """dossier: "990780082"
numero: {numero}
cas: {cas}
objet: "la mise à jour du délai de recours"
demandeur: agence
motif: "le délai de recours a changé"
procedure:
  avis: {{rendu_le: 2019-03-29, sens: favorable}}
  premiere_proposition: {{date: 2019-04-23, recue_le: 2019-04-25}}
avis_medical: {{instance: CME, date: 2019-04-02, sens: favorable}}
{quoi}
signature: {{lieu: "Vaubrune", date: {signe}, originaux: 3}}
"""
MODIFICATION = """modifications:
  - cle: contrat.plan_actions.ajouter.CHSF-01.pilote
    avant: "Président de la commission médicale d’établissement"
    apres: "Pharmacien gérant"
"""


def _edit(chemin: Path, ancien: str, nouveau: str) -> None:
    texte = chemin.read_text(encoding="utf-8")
    assert texte.count(ancien) == 1, ancien
    chemin.write_text(texte.replace(ancien, nouveau), encoding="utf-8")


def _write(projet: Projet, numero: int, cas: str, quoi: str, signe: str) -> None:
    chemin = projet.racine / f"contracts_data/avenants/{DOSSIER}-{numero}.yaml"
    chemin.parent.mkdir(exist_ok=True)
    chemin.write_text(AVENANT.format(numero=numero, cas=cas, quoi=quoi, signe=signe), "utf-8")


@pytest.fixture(scope="module")
def projet(tmp_path_factory: pytest.TempPathFactory) -> Projet:
    """A sealed contract; then a delay that changes in 2020, and a clause better worded."""
    projet = signable_project(tmp_path_factory.mktemp("droit"), DOSSIER, validated=False)
    _edit(
        projet.racine / f"contracts_data/dossiers/{DOSSIER}.yaml",
        "\n  choix:\n",
        "\n  arrete_referentiels: 2017-04-27\n  choix:\n",
    )
    sign(projet, DOSSIER, exemple=True)
    droit, clauses = (projet.racine / f"clauses/{nom}" for nom in ("droit", "contrat"))
    suivante = (
        'au: 2019-12-31\n    valeur: "2"\n    references: [instruction/2017-234]\n'
        '    certitude: texte\n    source: "Contrat type, art. 9"\n'
        '  - du: 2020-01-01\n    au: 2021-12-31\n    valeur: "3"\n'
    )
    _edit(
        droit / "parametres/contrat/delai_recours.yaml",
        'au: 2021-12-31\n    valeur: "2"\n',
        suivante,
    )
    _edit(clauses / "conditions/recours.md", "dans un délai de", "dans le délai suivant :")
    _write(projet, 1, "orientations_nationales", "droit_au: 2020-01-01", "2019-05-20")
    _write(projet, 2, "erreur_materielle", MODIFICATION, "2019-06-03")
    return Projet(projet.racine)


def _changes(projet: Projet, numero: int) -> str:
    """The amending articles of an avenant of the contract."""
    (affaire,) = projet.named([DOSSIER]).select([DOSSIER])
    etats, charge = open_states(projet, affaire, numero), affaire.avenants[numero]
    acte = build_avenant(projet, projet.types["avenant"], etats, charge, Options())
    return plain(blocks_text(acte.assemblage.document.corps)).partition("Tableau comparatif")[0]


class DescribeDroitAu:
    def it_computes_what_the_law_changes_and_leaves_better_words_alone(
        self, projet: Projet
    ) -> None:
        dit = _changes(projet, 1)
        assert "qui dépendent du droit en vigueur deviennent ceux du 1er janvier 2020" in dit
        assert "les mots : « deux mois » sont remplacés par les mots : « trois mois »" in dit
        assert "dans le délai suivant" not in dit

    def and_what_comes_after_starts_from_that_law(self, projet: Projet) -> None:
        demande = DemandeSignature(dt.date(2019, 5, 20), projet.racine / "output", exemple=True)
        sign_avenant(projet, DOSSIER, 1, demande)
        assert [bilan.ecarts for bilan in control(projet, ())] == [(), ()]
        dit = _changes(projet, 2)
        assert "Pharmacien gérant" in dit
        assert "mois » sont remplacés" not in dit
        (affaire,) = projet.named([DOSSIER]).select([DOSSIER])
        etat = state_on(projet, affaire, dt.date(2020, 6, 1))
        assert "dans un délai de trois mois" in plain(blocks_text(etat.document.corps))
