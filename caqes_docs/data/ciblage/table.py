"""The table of the targeting, typed: every fault of every cell at once, at its place.

Nothing is guessed. An empty cell is a value that nobody knows; a word stands for what it says.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.typographie import fold
from caqes_docs.core.source import Source
from caqes_docs.data.ciblage.coherence import check_ligne
from caqes_docs.data.ciblage.colonnes import find_columns
from caqes_docs.data.ciblage.modele import (
    CriterePertinence,
    EtatCellule,
    LigneCiblage,
    MesureLue,
    MesuresQualite,
    MesuresTransports,
    TableCiblage,
    UniteCritere,
)
from caqes_docs.data.lecture.types import (
    AU_BESOIN,
    Annee,
    Finess,
    Montant,
    Nombre,
    OuiNon,
    Taux,
    TexteSimple,
)
from caqes_docs.data.tableur.cellules import CelluleLue, TableBrute

T = TypeVar("T")

_TAUX: TypeAdapter[Decimal] = TypeAdapter(Taux, config=AU_BESOIN)
_MONTANT: TypeAdapter[Decimal] = TypeAdapter(Montant, config=AU_BESOIN)
_NOMBRE: TypeAdapter[Decimal] = TypeAdapter(Nombre, config=AU_BESOIN)
_TEXTE: TypeAdapter[str] = TypeAdapter(TexteSimple, config=AU_BESOIN)
_FINESS: TypeAdapter[str] = TypeAdapter(Finess, config=AU_BESOIN)
_ANNEE: TypeAdapter[int] = TypeAdapter(Annee, config=AU_BESOIN)
_OUI_NON: TypeAdapter[bool] = TypeAdapter(OuiNon, config=AU_BESOIN)
_CLASSES = ("A", "B", "C", "D", "E")
_MOTS = {
    "non repondant": EtatCellule.NON_REPONDANT,
    "nr": EtatCellule.NON_REPONDANT,
    "non soumis": EtatCellule.NON_SOUMIS,
    "ns": EtatCellule.NON_SOUMIS,
    "non renseigne": EtatCellule.NON_RENSEIGNE,
}
_REPONSES = (EtatCellule.NON_REPONDANT, EtatCellule.NON_SOUMIS)


def read_ciblage(
    table: TableBrute, criteres: Sequence[CriterePertinence], echues: Collection[str] = ()
) -> TableCiblage:
    """The typed table; `echues` are the columns of criteria that do not hold at the date.

    Raises:
        DonneesError: D-090 the table has faults (all listed, in reading order).
    """
    rangs, constats = find_columns(table, criteres, echues)
    if constats:
        raise _refused(table.nom, [*constats, *table.constats])
    lecture = _LectureLignes(rangs, criteres, len(table.entete))
    lignes = tuple(lecture.row(cellules) for cellules in table.lignes)
    fautes = [*table.constats, *lecture.constats]
    if fautes:
        raise _refused(table.nom, fautes)
    return TableCiblage(table.nom, tuple(x for x in lignes if x is not None), table.contenu)


def _refused(nom: str, constats: Sequence[Constat]) -> DonneesError:
    return DonneesError(
        "D-090", f"La table «\u00a0{nom}\u00a0» a {compte(len(constats), 'erreur(s)')}.", constats
    )


class _LectureLignes:
    """One pass over the rows."""

    def __init__(
        self, rangs: Mapping[str, int], criteres: Sequence[CriterePertinence], largeur: int
    ) -> None:
        self.rangs = rangs
        self.criteres = criteres
        self.largeur = largeur
        self.constats: list[Constat] = []
        self.vus: dict[str, Source] = {}

    def row(self, cellules: tuple[CelluleLue, ...]) -> LigneCiblage | None:
        """The establishment of a row, or None when its row has a fault."""
        avant = len(self.constats)
        if len(cellules) > self.largeur:
            self._fault(
                "D-092",
                cellules[0].source,
                f"La ligne a {len(cellules)} cases pour {self.largeur} colonnes.",
                "Vérifier les séparateurs et les guillemets de la ligne.",
            )
            return None
        rangee = _Rangee(cellules, self.rangs, self.constats)
        ligne = LigneCiblage(
            self._finess(rangee),
            rangee.required("nom", _TEXTE),
            rangee.cell("finess").source,
            _transports(rangee),
            _qualite(rangee),
            {critere.colonne: _pertinence(rangee, critere) for critere in self.criteres},
            rangee.answer("socle_seul") or False,
        )
        if len(self.constats) == avant:
            self.constats.extend(check_ligne(ligne))
        return ligne if len(self.constats) == avant else None

    def _finess(self, rangee: _Rangee) -> str:
        finess = rangee.required("finess", _FINESS)
        cellule = rangee.cell("finess")
        if finess:
            premiere = self.vus.setdefault(finess, cellule.source)
            if premiere is not cellule.source:
                self._fault(
                    "D-095",
                    cellule.source,
                    f"Le FINESS {finess} est déjà donné en {premiere}.",
                    "Une ligne par établissement\u00a0: rien ne dit laquelle fait foi.",
                )
        return finess

    def _fault(self, code: str, source: Source, message: str, remede: str) -> None:
        self.constats.append(Constat(code, Gravite.ERREUR, source, message, remede))


class _Rangee:
    """The cells of one row, read by name of column."""

    def __init__(
        self, cellules: tuple[CelluleLue, ...], rangs: Mapping[str, int], constats: list[Constat]
    ) -> None:
        self.cellules = cellules
        self.rangs = rangs
        self.constats = constats

    def cell(self, colonne: str) -> CelluleLue:
        """The cell of `colonne`; an empty one when the row or the table does not reach it."""
        rang = self.rangs.get(colonne)
        if rang is None or rang >= len(self.cellules):
            return CelluleLue("", self.cellules[0].source if self.cellules else Source("table"))
        return self.cellules[rang]

    def required(self, colonne: str, adaptateur: TypeAdapter[str]) -> str:
        """A text that cannot be missing; empty once its fault is noted."""
        cellule = self.cell(colonne)
        if not cellule.texte:
            self.fault("D-092", colonne, "la case est vide.", "Compléter la ligne, ou la retirer.")
            return ""
        return self.parse(colonne, adaptateur) or ""

    def parse(self, colonne: str, adaptateur: TypeAdapter[T]) -> T | None:
        """The value of a cell; None when it is empty, or faulty (noted)."""
        texte = self.cell(colonne).texte
        if not texte:
            return None
        try:
            return adaptateur.validate_python(texte)
        except ValidationError as error:
            contexte: dict[str, Any] = error.errors()[0].get("ctx", {})
            self.fault(contexte["code"], colonne, contexte["message"], contexte["remede"])
            return None

    def measure(
        self, colonne: str, adaptateur: TypeAdapter[T], mots: Sequence[EtatCellule] = ()
    ) -> MesureLue[T]:
        """The value of a cell, or one of the words `mots` in its place."""
        cellule = self.cell(colonne)
        etat = _MOTS.get(fold(cellule.texte.replace("-", " ")))
        if etat is None:
            return MesureLue(self.parse(colonne, adaptateur), source=cellule.source)
        if etat not in mots:
            admis = ", ".join(f"«\u00a0{mot.value}\u00a0»" for mot in mots)
            self.fault(
                "D-093",
                colonne,
                f"«\u00a0{cellule.texte}\u00a0» n’a pas de sens dans cette colonne.",
                f"Mots admis ici\u00a0: {admis}." if admis else "Laisser la case vide.",
            )
            return MesureLue(source=cellule.source)
        return MesureLue(etat=etat, source=cellule.source)

    def answer(self, colonne: str) -> bool | None:
        """The answer of a yes/no column, or None."""
        return self.parse(colonne, _OUI_NON)

    def fault(self, code: str, colonne: str, message: str, remede: str) -> None:
        """Note a fault of a cell."""
        complet = f"Colonne «\u00a0{colonne}\u00a0»\u00a0: {message}"
        source = self.cell(colonne).source
        self.constats.append(Constat(code, Gravite.ERREUR, source, complet, remede))


def _transports(rangee: _Rangee) -> MesuresTransports:
    return MesuresTransports(
        rangee.measure("transports_montant_n", _MONTANT),
        rangee.measure("transports_montant_n_1", _MONTANT),
        rangee.measure("transports_evolution", _TAUX),
        rangee.parse("transports_exercice", _ANNEE),
    )


def _qualite(rangee: _Rangee) -> MesuresQualite:
    infections = _class(rangee)
    medicaments = rangee.measure("d31", _TAUX, (EtatCellule.NON_RENSEIGNE, EtatCellule.NON_SOUMIS))
    basse = rangee.measure("document_sortie_basse", _TAUX, _REPONSES)
    haute = rangee.measure("document_sortie_haute", _TAUX, _REPONSES)
    sortie = rangee.answer("document_sortie_soumis")
    return MesuresQualite(
        replace(infections, soumis=rangee.answer("icalin2_soumis")),
        replace(medicaments, soumis=rangee.answer("d31_soumis")),
        replace(basse, soumis=sortie),
        replace(haute, soumis=sortie),
    )


def _class(rangee: _Rangee) -> MesureLue[str]:
    mesure = rangee.measure("icalin2", _TEXTE, _REPONSES)
    if mesure.valeur is None:
        return mesure
    classe = mesure.valeur.upper()
    if classe not in _CLASSES:
        rangee.fault(
            "D-093",
            "icalin2",
            f"«\u00a0{mesure.valeur}\u00a0» n’est pas une classe.",
            "Écrire A, B, C, D ou E, «\u00a0non répondant\u00a0» ou «\u00a0non soumis\u00a0».",
        )
        return MesureLue(source=mesure.source)
    return replace(mesure, valeur=classe)


def _pertinence(rangee: _Rangee, critere: CriterePertinence) -> MesureLue[Decimal]:
    adaptateur = _TAUX if critere.unite is UniteCritere.TAUX else _NOMBRE
    return rangee.measure(critere.colonne, adaptateur, (EtatCellule.NON_SOUMIS,))
