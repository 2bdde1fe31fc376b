"""The JSON Schemas: an editor reads YAML 1.2 with them, and underlines nothing that is right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from caqes_docs.application.commencer.dossier import DossierDemande, new_dossier
from caqes_docs.application.commencer.evaluation import draft, is_in_force
from caqes_docs.application.commencer.fiches import new_fiche
from caqes_docs.application.commencer.schema import json_schema
from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.etablissement import Activite
from caqes_docs.data.reglages import render_reglages
from tests.architecture.depot import RACINE

SORTES = {"dossiers": "dossier", "ars": "ars", "organismes": "organisme"}
SORTES["evaluations"] = "evaluation"
SAMPLES = sorted(
    chemin for nom in SORTES for chemin in (RACINE / "contracts_data" / nom).glob("*.yaml")
)


class _Yaml12(yaml.BaseLoader):
    """The core schema of YAML 1.2: what an editor makes of a value without quotes."""


for _nom, _forme, _debut in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{_nom}", re.compile(f"(?:{_forme})$"), _debut)
_Yaml12.add_constructor("tag:yaml.org,2002:null", lambda _l, _n: None)
_Yaml12.add_constructor("tag:yaml.org,2002:bool", lambda _l, n: n.value.lower() == "true")
_Yaml12.add_constructor("tag:yaml.org,2002:int", lambda _l, n: int(n.value.replace("o", ""), 10))
_Yaml12.add_constructor("tag:yaml.org,2002:float", lambda _l, n: float(n.value))

TYPES: dict[str, Callable[[Any], bool]] = {
    "null": lambda v: v is None,
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
}
MUETS = {"$schema", "$defs", "title", "examples", "default", "required", "additionalProperties"}
"""Words that say nothing of their own."""


def complaints(valeur: Any, schema: Any, racine: Any, lieu: str = "") -> Iterator[str]:
    """What an editor would underline, by the words of JSON Schema that ours hold."""
    for mot in set(schema) - MUETS if isinstance(schema, dict) else ():
        yield from REGLES[mot](valeur, schema, racine, lieu)


def _type(valeur: Any, schema: Any, _racine: Any, lieu: str) -> Iterator[str]:
    types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not any(TYPES[nom](valeur) for nom in types):
        yield f"{lieu}: {valeur!r} is no {types}"
    if isinstance(valeur, dict):
        yield from _keys(valeur, schema, _racine, lieu)


def _reference(valeur: Any, schema: Any, racine: Any, lieu: str) -> Iterator[str]:
    yield from complaints(valeur, racine["$defs"][schema["$ref"].rpartition("/")[2]], racine, lieu)


def _listed(valeur: Any, schema: Any, _racine: Any, lieu: str) -> Iterator[str]:
    if valeur not in schema.get("enum", [schema.get("const")]):
        yield f"{lieu}: {valeur!r} is not in the list"


def _pattern(valeur: Any, schema: Any, _racine: Any, lieu: str) -> Iterator[str]:
    if isinstance(valeur, str) and not re.search(schema["pattern"], valeur):
        yield f"{lieu}: {valeur!r} does not match"


def _any_of(valeur: Any, schema: Any, racine: Any, lieu: str) -> Iterator[str]:
    essais = [list(complaints(valeur, choix, racine, lieu)) for choix in schema["anyOf"]]
    yield from min(essais, key=len)


def _items(valeur: Any, schema: Any, racine: Any, lieu: str) -> Iterator[str]:
    for rang, element in enumerate(valeur if isinstance(valeur, list) else ()):
        yield from complaints(element, schema["items"], racine, f"{lieu}[{rang}]")


def _at_least(valeur: Any, schema: Any, _racine: Any, lieu: str) -> Iterator[str]:
    if isinstance(valeur, list) and len(valeur) < schema["minItems"]:
        yield f"{lieu}: too short"


def _names(valeur: Any, schema: Any, racine: Any, lieu: str) -> Iterator[str]:
    for nom in valeur if isinstance(valeur, dict) else ():
        yield from complaints(str(nom), schema["propertyNames"], racine, f"{lieu}.{nom}")


def _nothing(*_: Any) -> Iterator[str]:
    yield from ()


def _keys(valeur: Any, schema: Any, racine: Any, lieu: str) -> Iterator[str]:
    yield from (f"{lieu}.{nom}: missing" for nom in schema.get("required", ()) if nom not in valeur)
    proprietes, autres = schema.get("properties", {}), schema.get("additionalProperties", True)
    for nom, partie in valeur.items():
        dedans = proprietes.get(str(nom), autres)
        if dedans is False:
            yield f"{lieu}.{nom}: unknown key"
        else:
            yield from complaints(partie, dedans, racine, f"{lieu}.{nom}")


REGLES: dict[str, Callable[[Any, Any, Any, str], Iterator[str]]] = {
    "type": _type,
    "$ref": _reference,
    "enum": _listed,
    "const": _listed,
    "pattern": _pattern,
    "anyOf": _any_of,
    "items": _items,
    "minItems": _at_least,
    "propertyNames": _names,
    "properties": _nothing,  # with the type of the block
}


def underlined(texte: str, sorte: str) -> list[str]:
    schema = json.loads(json_schema(sorte))
    return list(complaints(yaml.load(texte, _Yaml12), schema, schema))


def empty_and_obligatory(plaintes: list[str]) -> list[str]:
    """The keys that a skeleton leaves to be filled in before all."""
    return [plainte for plainte in plaintes if ": None is n" not in plainte]


class DescribeSchemas:
    @pytest.mark.parametrize("chemin", SAMPLES, ids=lambda chemin: f"{chemin.stem}")
    def it_underlines_nothing_in_a_sample(self, chemin: Path) -> None:
        assert underlined(chemin.read_text("utf-8"), SORTES[chemin.parent.name]) == []

    def but_a_wrong_value_and_an_unknown_key(self) -> None:
        texte = (RACINE / "contracts_data/dossiers/990780058.yaml").read_text("utf-8")
        faux = texte.replace("statut: ", "statut: x").replace("  raison_sociale:", "  raison:")
        assert len(underlined(faux, "dossier")) == 2

    def it_admits_numbers_without_quotes(self) -> None:
        texte = (RACINE / "contracts_data/dossiers/990780017.yaml").read_text("utf-8")
        nus = re.sub(r'"(\d+)"', r"\1", texte)
        assert nus != texte
        assert underlined(nus, "dossier") == []

    def it_underlines_in_a_new_dossier_what_is_obligatory(
        self, projet: Projet, espace: Path
    ) -> None:
        demande = DossierDemande("990000028", tuple(projet.droit.volets), (Activite.MCO,))
        texte = new_dossier(Projet(espace), demande).read_text("utf-8")
        plaintes = underlined(texte, "dossier")
        assert empty_and_obligatory(plaintes) == []
        assert {plainte.partition(":")[0].rpartition(".")[2] for plainte in plaintes} == {
            *("statut", "niveau_signature", "reference", "regime", "ars", "organisme")
        }
        assert texte.startswith("# yaml-language-server: $schema=")

    @pytest.mark.parametrize("sorte", ["ars", "organisme"])
    def and_in_a_new_record(self, sorte: str, espace: Path) -> None:
        texte = new_fiche(Projet(espace), sorte, "neuf").read_text("utf-8")
        assert empty_and_obligatory(underlined(texte, sorte)) == []
        assert texte.startswith("# yaml-language-server: $schema=")

    def it_reads_the_settings_of_a_project(self) -> None:
        texte = render_reglages("1.0")
        assert texte.startswith("# yaml-language-server: $schema=contracts_data/.schemas/caqes.")
        assert underlined(re.sub(r"(?m)^# (\w+:)", r"\1", texte), "caqes") == []
        assert len(underlined('moteur: "1"\nformats: [odt]\nagences: x\n', "caqes")) == 2

    def it_underlines_nothing_in_a_new_evaluation(self, projet: Projet, depot: Depot) -> None:
        for affaire in depot.affaires.values():
            if is_in_force(affaire, projet.droit, 2019):
                texte = draft(affaire, projet.droit, 2019)
                assert underlined(texte, "evaluation") == []
                assert "\n# yaml-language-server: $schema=" in texte
