"""What `caqes nouveau dossier` writes: what is optional is commented, never left empty."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import yaml

from caqes_docs.application.commencer.dossier import draft_volet
from caqes_docs.application.commencer.evaluation import draft
from caqes_docs.application.commencer.squelette import skeleton
from caqes_docs.application.projet import Projet
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.introspection import TypeChamp, walk_type


def keys(valeur: Any, chemin: str = "") -> Iterator[str]:
    """The paths of the keys that are written."""
    for cle, partie in valeur.items() if isinstance(valeur, dict) else ():
        yield f"{chemin}{cle}"
        yield from keys(partie, f"{chemin}{cle}.")


class DescribeSqueletteDeDossier:
    def it_comments_every_optional_key(self) -> None:
        texte = skeleton(Dossier)
        facultatives = set(re.findall(r"\((?:facultatif|s’il y a lieu)\).*\n +# (\w+):\n", texte))
        ecrites = {chemin.rpartition(".")[2] for chemin in keys(yaml.safe_load(texte))}
        assert {"plafond_global_sanctions", "procedure", "siren", "unite"} <= facultatives
        communes = {"adresse", "bareme", "indicateurs", "sites", "taux_maximum"}
        assert facultatives & ecrites <= communes  # the name of another key too

    def and_each_is_a_key_once_its_sign_is_taken_away(self) -> None:
        otes = re.sub(r"(?m)^( +)# (\w+):$", r"\1\2:", skeleton(Dossier))
        chemins = list(keys(yaml.safe_load(otes)))
        racine = TypeChamp("bloc", Dossier)
        assert len(chemins) > 80
        assert [c for c in chemins if walk_type(racine, c.split(".")) is None] == []

    def and_asks_for_a_theme_where_the_contract_prints_one(self, projet: Projet) -> None:
        jour = dt.date(2018, 1, 1)
        volets = {nom: draft_volet(projet.droit, nom, jour) for nom in projet.droit.volets}
        assert [nom for nom in volets if "      thematique:" in volets[nom]] == ["pertinence"]


class DescribeSqueletteDEvaluation:
    def it_writes_no_optional_key(self, projet: Projet) -> None:
        affaire = projet.named(["990780025"]).affaires["990780025"]
        texte = draft(affaire, projet.droit, 2019)
        ecrites = {chemin.rpartition(".")[2] for chemin in keys(yaml.safe_load(texte))}
        assert {"tenue", "taux", "recue_le", "volets"} <= ecrites
        for cle in ("synthese", "contexte", "commentaire", "preuve", "mode", "numero_envoi"):
            assert cle not in ecrites
            assert re.search(rf"(?m)^ *#.*\b{cle}:", texte)
