"""Target the establishments of a region: decisions, notes, regional list, workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from caqes_docs.application.production import produce
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import find_ars
from caqes_docs.application.sorties import prepare_folder, write_whole
from caqes_docs.application.verifier.ciblage import read_region
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.ciblage.classeur import build_classeur
from caqes_docs.assembly.ciblage.decisions import Ciblage
from caqes_docs.assembly.ciblage.releve import as_dict
from caqes_docs.assembly.ciblage.sujet import describe_targeting, reference_date
from caqes_docs.core.errors import (
    CaqesError,
    DonneesError,
    UsageError,
)
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement, decide_etablissement
from caqes_docs.law.ciblage.criteres_regionaux import check_criteres
from caqes_docs.law.ciblage.seuils import find_seuils, seuil_regional
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.types import find_type
from caqes_docs.rendering.xlsx import write_xlsx

NOTE, LISTE = "note_ciblage", "liste_ciblage"


@dataclass(frozen=True)
class DemandeCiblage:
    """What the user asks for."""

    table: Path
    annee: int
    sortie: Path
    formats: tuple[str, ...] = ("docx", "pdf")
    ars: str | None = None
    """Id of the agency, when the project has several."""
    encodage: str = "utf-8"
    feuille: str | None = None
    date_edition: dt.date | None = None


@dataclass(frozen=True)
class BilanCiblage:
    """What the targeting came to, and what was written."""

    campagne: Ciblage
    fichiers: tuple[str, ...]
    erreurs: tuple[CaqesError, ...] = field(default=())

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data."""
        return {
            "annee": self.campagne.annee,
            "table": self.campagne.table,
            "etablissements": [as_dict(decision) for decision in self.campagne.decisions],
            "fichiers": list(self.fichiers),
            "erreurs": [erreur.as_dict() for erreur in self.erreurs],
        }


def target(
    projet: Projet, demande: DemandeCiblage, suivi: Callable[[str], None] = lambda _nom: None
) -> BilanCiblage:
    """Decide on each row of the table, then write what the decisions give.

    Raises:
        UsageError: U-030 which agency? U-031 the table does not exist; U-008 nothing can be
            written where the files are to go.
        DonneesError: D-090 the table has faults; D-097 the agency's criteria do.
        DroitError: L-006, L-008 no threshold at the year; L-022 a threshold without operator.
        BibliothequeError: C-000 the library has errors.
        ClauseError: P-001 a document type is missing.
    """
    campagne = decide(projet, demande)
    refuse_unsound(projet)
    return _Edition(projet, demande, campagne, suivi).run()


def decide(projet: Projet, demande: DemandeCiblage) -> Ciblage:
    """The decisions alone; raises as `target` does."""
    ars = find_ars(projet, demande.ars)
    date = reference_date(demande.annee)
    fautes = list(check_criteres(ars.valeur.criteres_pertinence, ars.fichier))
    if fautes:
        raise DonneesError("D-000", "Les critères de l’agence ont des erreurs.", fautes)
    if not demande.table.is_file():
        raise UsageError(
            "U-031",
            f"La table «\u00a0{demande.table}\u00a0» n’existe pas.",
            remede="Vérifier le chemin du fichier CSV ou XLSX.",
        )
    table, criteres = read_region(
        ars.valeur, demande.table, date, demande.encodage, demande.feuille
    )
    seuils = find_seuils(projet.droit, date)
    decisions = tuple(decide_etablissement(ligne, seuils, criteres) for ligne in table.lignes)
    regionaux = tuple(seuil_regional(critere) for critere in criteres)
    return Ciblage(demande.annee, ars, table.nom, decisions, (*seuils.tous, *regionaux))


class _Edition:
    """Writes the files; the failure of one stops no other."""

    def __init__(
        self,
        projet: Projet,
        demande: DemandeCiblage,
        campagne: Ciblage,
        suivi: Callable[[str], None],
    ) -> None:
        self.projet = projet
        self.demande = demande
        self.campagne = campagne
        self.suivi = suivi
        self.fichiers: list[str] = []
        self.erreurs: dict[tuple[str, str], CaqesError] = {}

    def run(self) -> BilanCiblage:
        """Every file of the targeting."""
        note = find_type(self.projet.types, NOTE, ("ciblage",))
        liste = find_type(self.projet.types, LISTE, ("ciblage_regional",))
        prepare_folder(self.demande.sortie)
        annee = self.demande.annee
        self._document(liste, None, f"{liste.plan.prefixe_fichier}_{annee}")
        for decision in self.campagne.a_noter:
            nom = f"{note.plan.prefixe_fichier}_{decision.finess}_{annee}"
            self._document(note, decision, nom)
        date = self.demande.date_edition or reference_date(annee)
        classeur = f"ciblage_{annee}.xlsx"
        try:
            contenu = write_xlsx(build_classeur(self.campagne, date))
            write_whole(self.demande.sortie / classeur, contenu)
        except CaqesError as error:
            self._note(error)
        else:
            self._told(classeur)
        return BilanCiblage(self.campagne, tuple(self.fichiers), tuple(self.erreurs.values()))

    def _document(
        self, type_document: TypeDocument, decision: DecisionEtablissement | None, base: str
    ) -> None:
        try:
            sujet = describe_targeting(
                type_document, self.campagne, decision, self.demande.date_edition
            )
            document = assemble(
                type_document, sujet, self.projet.bibliotheque, self.projet.droit, definitif=True
            ).document
            faits = produce(
                document, type_document, self.demande.sortie, base, self.demande.formats
            )
        except CaqesError as error:
            self._note(error)
            return
        for manque in faits.manques:
            self._note(manque)
        for nom in faits.fichiers:
            self._told(nom)

    def _told(self, nom: str) -> None:
        self.fichiers.append(nom)
        self.suivi(nom)

    def _note(self, error: CaqesError) -> None:
        """An error told once, however many documents meet it."""
        self.erreurs.setdefault((error.code, error.message), error)
