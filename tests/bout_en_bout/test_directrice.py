"""An agency whose director is a woman: its acts name « la directrice générale »."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.parties import Civilite
from caqes_docs.document.texte import document_text

DOSSIER = "990780157"


def led_by_a_woman(affaire: Affaire, *, delegue: bool) -> Affaire:
    """The same dossier, its agency led by Mme Anne Vauquelin."""
    ars = affaire.ars.valeur
    assert ars.directeur_general is not None
    directrice = ars.directeur_general.model_copy(
        update={"civilite": Civilite.MADAME, "prenom": "Anne", "qualite": "directrice générale"}
    )
    delegation = ars.delegation if delegue else None
    changes = {"directeur_general": directrice, "delegation": delegation}
    return replace(affaire, ars=replace(affaire.ars, valeur=ars.model_copy(update=changes)))


class DescribeDirectrice:
    def it_signs_by_interim_when_it_is_so(self, projet: Projet, depot: Depot) -> None:
        affaire = led_by_a_woman(depot.affaires[DOSSIER], delegue=False)
        ars = affaire.ars.valeur
        assert ars.directeur_general is not None
        qualite = {"qualite": "directrice générale par intérim"}
        changes = {"directeur_general": ars.directeur_general.model_copy(update=qualite)}
        affaire = replace(affaire, ars=replace(affaire.ars, valeur=ars.model_copy(update=changes)))
        acte = assemble_act(
            projet.types["decision_refus"], affaire, projet.bibliotheque, projet.droit, Options()
        )
        texte = " ".join(document_text(acte.document).split())
        assert texte.count("La directrice générale par intérim de l’agence régionale de santé") == 2

    @pytest.mark.parametrize(
        ("type_", "delegue", "attendus"),
        [
            (
                "contrat",
                False,
                ["Mme Anne Vauquelin, directrice générale", "La directrice générale de l’agence"],
            ),
            (
                "contrat",
                True,
                ["signant pour la directrice générale et par délégation",
                 "Pour la directrice générale de l’agence"],
            ),
            ("decision_refus", False, ["La directrice générale de l’agence régionale de santé"]),
            (
                "decision_refus",
                True,
                ["consentie par la directrice générale", "Pour la directrice générale"],
            ),
            ("lettre_proposition", False, ["La directrice générale de l’agence"]),
        ],
    )  # fmt: skip
    def it_is_named_so(
        self, type_: str, delegue: bool, attendus: list[str], projet: Projet, depot: Depot
    ) -> None:
        affaire = led_by_a_woman(depot.affaires[DOSSIER], delegue=delegue)
        acte = assemble_act(
            projet.types[type_], affaire, projet.bibliotheque, projet.droit, Options()
        )
        texte = " ".join(document_text(acte.document).split())
        assert [mots for mots in attendus if mots not in texte] == []
