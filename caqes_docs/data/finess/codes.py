"""What the codes of the identity table mean, for those whose meaning is sure.

Sources: nomenclatures des objets de santé (ANS), TRE_R72 « FinessStatutJuridique » (2024-03-29),
TRE_R73 « ESPIC » (2023-12-15), TRE_R66 « CategorieEtablissement » and its list for the SAE 2024;
INSEE, code officiel géographique (regions) and Sirene (types of way).
"""

from __future__ import annotations

from collections.abc import Mapping

from caqes_docs.data.dossier.etablissement import Activite, NiveauSignature, Statut
from caqes_docs.data.dossier.parties import SorteOrganisme

HOPITAL_DES_ARMEES = "114"

STATUTS: Mapping[tuple[str, str], Statut] = {
    ("1", "1"): Statut.PUBLIC,
    ("2", "0"): Statut.PRIVE_LUCRATIF,
    ("3", "6"): Statut.ESPIC,
    ("3", "7"): Statut.PRIVE_NON_LUCRATIF,
}
"""By group of the legal status (`stjr`) and code ESPIC. Other pairs decide nothing: code 9 is
« indéterminé », codes 2 to 5 are those of before the law of 21 July 2009."""

ESPIC: Mapping[str, str] = {
    "0": "non concerné",
    "1": "établissement public de santé",
    "6": "établissement de santé privé d’intérêt collectif",
    "7": "établissement privé non lucratif, non déclaré d’intérêt collectif",
    "9": "indéterminé",
}

STATUTS_JURIDIQUES: Mapping[str, str] = {
    "01": "État",
    "10": "établissement public national d’hospitalisation",
    "11": "établissement public départemental d’hospitalisation",
    "12": "établissement public interdépartemental d’hospitalisation",
    "13": "établissement public communal d’hospitalisation",
    "14": "établissement public intercommunal d’hospitalisation",
    "15": "établissement public régional d’hospitalisation",
    "16": "syndicat interhospitalier",
    "28": "groupement d’intérêt public",
    "29": "groupement de coopération sanitaire public",
    "40": "régime général de sécurité sociale",
    "41": "régime spécial de sécurité sociale",
    "43": "mutualité sociale agricole",
    "47": "société mutualiste",
    "49": "autre organisme mutualiste",
    "60": "association loi 1901 non reconnue d’utilité publique",
    "61": "association loi 1901 reconnue d’utilité publique",
    "62": "association de droit local",
    "63": "fondation",
    "64": "congrégation",
    "65": "autre organisme privé à but non lucratif",
    "70": "personne physique",
    "71": "société en nom collectif",
    "72": "société à responsabilité limitée",
    "73": "société anonyme",
    "74": "société civile",
    "75": "autre société",
    "76": "groupement d’intérêt économique",
    "77": "autre organisme privé à caractère commercial",
    "78": "entreprise unipersonnelle à responsabilité limitée",
    "79": "société civile de moyens",
    "85": "société d’exercice libéral à responsabilité limitée",
    "86": "société d’exercice libéral à forme anonyme",
    "87": "société d’exercice libéral en commandite par actions",
    "88": "société civile professionnelle",
    "89": "groupement de coopération sanitaire privé",
    "91": "société d’exercice libéral par actions simplifiée",
    "93": "société en commandite",
    "95": "société par actions simplifiée",
}

CATEGORIES: Mapping[str, str] = {
    "101": "Centre hospitalier régional",
    "106": "Centre hospitalier, ex-hôpital local",
    "109": "Établissement de santé privé autorisé en soins de suite et de réadaptation",
    "114": "Hôpital des armées",
    "122": "Établissement de soins obstétriques et chirurgico-gynécologiques",
    "127": "Hospitalisation à domicile",
    "128": "Établissement de soins chirurgicaux",
    "129": "Établissement de soins médicaux",
    "131": "Centre de lutte contre le cancer",
    "141": "Centre de dialyse",
    "146": "Structure d’alternative à la dialyse en centre",
    "156": "Centre médico-psychologique",
    "161": "Maison de santé pour maladies mentales",
    "292": "Centre hospitalier spécialisé dans la lutte contre les maladies mentales",
    "355": "Centre hospitalier",
    "362": "Établissement de soins de longue durée",
    "365": "Établissement de soins pluridisciplinaire",
    "412": "Appartement thérapeutique",
    "425": "Centre d’accueil thérapeutique à temps partiel",
    "430": "Centre de postcure pour malades mentaux",
    "433": "Établissement sanitaire des prisons",
    "444": "Centre de crise ou d’accueil permanent",
    "695": "Groupement de coopération sanitaire de moyens, exploitant",
    "696": "Groupement de coopération sanitaire de moyens",
    "697": "Groupement de coopération sanitaire, établissement de santé",
    "698": "Autre établissement soumis aux dispositions de la loi hospitalière",
    "699": "Entité ayant autorisation",
}

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

REGIONS: Mapping[str, str] = {
    "01": "Guadeloupe",
    "02": "Martinique",
    "03": "Guyane",
    "04": "La Réunion",
    "06": "Mayotte",
    "11": "Île-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comté",
    "28": "Normandie",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Bretagne",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d’Azur",
    "94": "Corse",
}

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

VOIES: Mapping[str, str] = {
    "ALL": "ALLEE",
    "AV": "AVENUE",
    "BD": "BOULEVARD",
    "CAR": "CARREFOUR",
    "CHE": "CHEMIN",
    "CRS": "COURS",
    "DOM": "DOMAINE",
    "ESP": "ESPLANADE",
    "FG": "FAUBOURG",
    "GR": "GRANDE RUE",
    "HAM": "HAMEAU",
    "IMP": "IMPASSE",
    "LD": "LIEU-DIT",
    "LOT": "LOTISSEMENT",
    "MTE": "MONTEE",
    "PL": "PLACE",
    "PLT": "PLATEAU",
    "PRV": "PARVIS",
    "QUA": "QUARTIER",
    "R": "RUE",
    "RES": "RESIDENCE",
    "RLE": "RUELLE",
    "ROC": "ROCADE",
    "RPT": "ROND-POINT",
    "RTE": "ROUTE",
    "SEN": "SENTIER",
    "SQ": "SQUARE",
    "TRA": "TRAVERSE",
}
"""Types of way written in full; another one is left as the table writes it."""


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
