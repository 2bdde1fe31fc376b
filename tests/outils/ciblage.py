"""Tables of the targeting, built from a few cells, and what is decided on them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from caqes_docs.application.projet import Projet
from caqes_docs.application.region.cibler import LISTE, NOTE, DemandeCiblage, decide
from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.ciblage.sujet import describe_targeting
from caqes_docs.core.constats import Constat
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.ciblage.colonnes import FACULTATIVES, OBLIGATOIRES
from caqes_docs.data.ciblage.modele import CriterePertinence, TableCiblage
from caqes_docs.data.ciblage.table import read_ciblage
from caqes_docs.data.tableur.cellules import TableBrute, parse_csv
from caqes_docs.document.model import Document
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement, criteres_at, decide_etablissement
from caqes_docs.law.ciblage.seuils import SeuilsCiblage, find_seuils

RACINE = Path(__file__).resolve().parents[2]
TABLE = RACINE / "contracts_data/ciblage/region_2018.csv"
DATE = dt.date(2018, 1, 1)
FINESS = ("990780017", "990780025", "990780033", "990780041", "2A9780012", "2B9780010")

Ligne = Mapping[str, str]


def criteres_de(projet: Projet) -> tuple[CriterePertinence, ...]:
    """The fictitious criteria of the sample region."""
    ars = projet.depot(("",)).ars["ars-exemple"].valeur
    return criteres_at(ars.criteres_pertinence, DATE)


def seuils_de(projet: Projet) -> SeuilsCiblage:
    """The thresholds of 2018."""
    return find_seuils(projet.droit, DATE)


def colonnes(criteres: Sequence[CriterePertinence]) -> list[str]:
    """Every column that a table may have."""
    return [*OBLIGATOIRES, *FACULTATIVES, *(critere.colonne for critere in criteres)]


def build_csv(
    lignes: Sequence[Ligne], criteres: Sequence[CriterePertinence], separateur: str = ";"
) -> bytes:
    """A CSV table; what a row does not give is empty."""
    sortie = io.StringIO()
    noms = colonnes(criteres)
    ecrivain = csv.DictWriter(sortie, noms, restval="", delimiter=separateur, lineterminator="\n")
    ecrivain.writeheader()
    for rang, ligne in enumerate(lignes):
        ecrivain.writerow({"finess": FINESS[rang % 6], "nom": f"Clinique {rang}", **ligne})
    return sortie.getvalue().encode()


def build_xlsx(table: bytes) -> bytes:
    """The same table as a workbook, with real numbers where a person would have typed them."""
    classeur = Workbook()
    page = classeur.active
    assert page is not None
    for rang, ligne in enumerate(csv.reader(io.StringIO(table.decode()), delimiter=";"), 1):
        for colonne, texte in enumerate(ligne, 1):
            case = page.cell(rang, colonne)
            propre = texte.replace(" ", "").replace("\u00a0", "").replace(",", ".")
            if rang > 1 and colonne > 2 and propre.removesuffix("%").lstrip("-").isdecimal():
                case.value = Decimal(propre.removesuffix("%")) / (100 if "%" in propre else 1)
                case.number_format = "0.00%" if "%" in propre else "General"
            elif texte:
                case.value = texte
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def read(table: TableBrute, criteres: Sequence[CriterePertinence] = ()) -> TableCiblage:
    """The typed table."""
    return read_ciblage(table, criteres)


def faults_of(contenu: bytes, criteres: Sequence[CriterePertinence] = ()) -> list[Constat]:
    """The findings of a CSV table that is refused, or none."""
    try:
        read_ciblage(parse_csv(contenu, "table.csv"), criteres)
    except DonneesError as error:
        return list(error.constats)
    return []


def decide_one(
    ligne: Ligne, seuils: SeuilsCiblage, criteres: Sequence[CriterePertinence] = ()
) -> DecisionEtablissement:
    """The decisions on one row."""
    table = read(parse_csv(build_csv([ligne], criteres), "table.csv"), criteres)
    return decide_etablissement(table.lignes[0], seuils, criteres)


def sample_targeting(projet: Projet) -> Iterator[Document]:
    """The regional list and every note of the sample region."""
    campagne = decide(projet, DemandeCiblage(TABLE, 2018, Path("output")))
    for decision in (None, *campagne.a_noter):
        type_document = projet.types[NOTE if decision else LISTE]
        sujet = describe_targeting(type_document, campagne, decision)
        yield assemble(
            type_document, sujet, projet.bibliotheque, projet.droit, definitif=True
        ).document
