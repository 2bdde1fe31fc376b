"""What the codes of the identity table mean, for those whose meaning is sure.

Their labels, and the nomenclatures that they come from, are in `codes.yaml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from caqes_docs.data.dossier.etablissement import Activite, NiveauSignature, Statut
from caqes_docs.data.dossier.parties import SorteOrganisme

_TABLES = yaml.safe_load(Path(__file__).with_name("codes.yaml").read_bytes())
ESPIC: Mapping[str, str] = _TABLES["espic"]
STATUTS_JURIDIQUES: Mapping[str, str] = _TABLES["statuts_juridiques"]
CATEGORIES: Mapping[str, str] = _TABLES["categories"]
REGIONS: Mapping[str, str] = _TABLES["regions"]
VOIES: Mapping[str, str] = _TABLES["voies"]
"""Types of way written in full; another one is left as the table writes it."""

HOPITAL_DES_ARMEES = "114"

STATUTS: Mapping[tuple[str, str], Statut] = {
    ("1", "1"): Statut.PUBLIC,
    ("2", "0"): Statut.PRIVE_LUCRATIF,
    ("3", "6"): Statut.ESPIC,
    ("3", "7"): Statut.PRIVE_NON_LUCRATIF,
}
"""By group of the legal status (`stjr`) and code ESPIC. Other pairs decide nothing: code 9 is
« indéterminé », codes 2 to 5 are those of before the law of 21 July 2009."""

ACTIVITES: Mapping[str, Activite] = {
    "109": Activite.SSR,
    "122": Activite.MCO,
    "127": Activite.HAD,
    "141": Activite.DIALYSE,
    "146": Activite.DIALYSE,
    "156": Activite.PSY,
    "161": Activite.PSY,
    "292": Activite.PSY,
    "362": Activite.USLD,
    "412": Activite.PSY,
    "425": Activite.PSY,
    "430": Activite.PSY,
    "444": Activite.PSY,
}
"""The activity that the category names; the site may have others. Categories 101, 106, 114, 128,
129, 131, 355, 365 and 695 to 699 name none: too many of their sites do something else. SAE 2023,
table FILTRE: 537 of the 795 sites of category 355 have MCO, 104 of the 107 of category 128; but all
of 127, 141, 161, 292 and 362 have what is said here, and 688 of the 689 of 109."""

PRINCIPALES = ("101", "355", "131", "114", "365", "128", "122", "129", "106", "292", "161", "109")
"""Categories in the order in which they make a site the main one of its entity."""

NIVEAUX: Mapping[Statut, NiveauSignature] = {
    Statut.PUBLIC: NiveauSignature.ENTITE_JURIDIQUE,
    Statut.ESPIC: NiveauSignature.ENTITE_JURIDIQUE,
    Statut.PRIVE_NON_LUCRATIF: NiveauSignature.ENTITE_JURIDIQUE,
    Statut.PRIVE_LUCRATIF: NiveauSignature.SITE,
    Statut.ARMEES: NiveauSignature.SITE,
}
"""Instruction DSS/A1/CNAMTS/2017/234, II.a.i and its footnote 4; a military hospital has no legal
personality of its own."""

PLANS_TYPES: Mapping[Activite, str] = {activite: activite.value.lower() for activite in Activite}

_OUTRE_MER: Mapping[str, str] = {"9A": "971", "9B": "972", "9C": "973", "9D": "974", "9F": "976"}
_SORTES: Mapping[str, SorteOrganisme] = {
    "48": SorteOrganisme.CCSS,
    "971": SorteOrganisme.CGSS,
    "972": SorteOrganisme.CGSS,
    "973": SorteOrganisme.CGSS,
    "974": SorteOrganisme.CGSS,
    "976": SorteOrganisme.CSS,
}
NOMS_ORGANISMES: Mapping[SorteOrganisme, str] = {
    SorteOrganisme.CPAM: "Caisse primaire d’assurance maladie",
    SorteOrganisme.CGSS: "Caisse générale de sécurité sociale",
    SorteOrganisme.CSS: "Caisse de sécurité sociale",
    SorteOrganisme.CCSS: "Caisse commune de sécurité sociale",
    SorteOrganisme.CNMSS: "Caisse nationale militaire de sécurité sociale",
}


def departement_insee(code: str) -> str:
    """The usual code of a département: the SAE writes 9A for 971.

    >>> departement_insee("9D"), departement_insee("2A")
    ('974', '2A')
    """
    return _OUTRE_MER.get(code, code)


def organisme_of(departement: str) -> SorteOrganisme:
    """The kind of fund of a département (usual code).

    >>> organisme_of("06").value, organisme_of("974").value, organisme_of("48").value
    ('CPAM', 'CGSS', 'CCSS')
    """
    return _SORTES.get(departement, SorteOrganisme.CPAM)
