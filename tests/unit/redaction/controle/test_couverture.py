"""Which conditions the dossiers try both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.bibliotheque import check_meanwhile
from caqes_docs.application.verifier.memoire import verify_library
from caqes_docs.core.constats import Gravite

ENTETE = """---
id: contrat.objet
titre: "Objet"
statut: redaction_propre
en_vigueur: {du: 2018-01-01, au: 2021-12-31}
verifie_le: 2026-01-01
---
"""
DEBUT = 8
ARTICLE = "clauses/contrat/conditions/objet.md"


@pytest.fixture
def espace(espace: Path) -> Path:
    """A public hospital and a private clinic alone: enough to try a condition both ways."""
    for chemin in (espace / "contracts_data/dossiers").glob("*.yaml"):
        if chemin.stem not in ("990780017", "990780033", "990780108"):
            chemin.unlink()
    for chemin in (espace / "contracts_data/evaluations").glob("*.yaml"):
        chemin.unlink()
    return espace


def lignes(espace: Path, corps: str) -> list[tuple[int, str]]:
    """Where the conditions of `contrat.objet` are not tried, and how."""
    (espace / ARTICLE).write_text(ENTETE + corps, encoding="utf-8")
    return [
        (
            c.source.ligne - DEBUT + 1,
            c.message.split("»\u00a0: ")[0].split("» ")[1].split(" dans")[0],
        )
        for c in check_meanwhile(Projet(espace), None, couverture=True)
        if c.code == "C-041" and c.source.fichier == ARTICLE
    ]


class DescribeCouverture:
    """Conditions over the sample region."""

    def it_names_the_conditions_that_never_change(self, espace: Path) -> None:
        corps = (
            "A\n{% if etablissement.raison_sociale == 'Inconnu' %}\nB\n{% endif %}\n"
            "{% if etablissement.raison_sociale != 'Inconnu' %}\nC\n{% endif %}\n"
            "{% if etablissement.statut == 'public' %}\nD\n{% endif %}\n"
        )
        assert lignes(espace, corps) == [(2, "n’est jamais vraie"), (5, "n’est jamais fausse")]

    def it_names_the_outer_condition_only(self, espace: Path) -> None:
        corps = (
            "A\n{% if etablissement.raison_sociale == 'Inconnu' %}\n"
            "{% if etablissement.ght %}\nB\n{% endif %}\n{% endif %}\n"
        )
        assert lignes(espace, corps) == [(2, "n’est jamais vraie")]

    def it_names_a_condition_never_reached(self, espace: Path) -> None:
        corps = (
            "A\n{% for i in indicateurs.had %}\n"
            "{% if i.pilote %}\nB\n{% endif %}\n{% else %}\n-\n{% endfor %}\n"
        )
        for dossier in (espace / "contracts_data/dossiers").glob("*.yaml"):
            if "HAD" in dossier.read_text(encoding="utf-8"):
                dossier.unlink()
        assert lignes(espace, corps) == [(3, "n’est jamais atteinte")]

    def it_tries_the_condition_of_the_clause(self, espace: Path) -> None:
        (espace / ARTICLE).write_text(
            ENTETE.replace("verifie_le", "si: \"etablissement.raison_sociale == 'X'\"\nverifie_le")
            + "A\n",
            encoding="utf-8",
        )
        constats = verify_library(Projet(espace), couverture=True)
        trouves = [c for c in constats if c.code == "C-041" and c.source.fichier == ARTICLE]
        assert [(c.source.ligne, c.gravite) for c in trouves] == [(6, Gravite.AVERTISSEMENT)]
