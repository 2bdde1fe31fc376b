"""The identity table of the SAE survey (DREES), read strictly: one row per establishment.

Nothing is repaired: a row whose numbers are wrong is left out and named; a file whose shape is
wrong is refused whole, so that half a table is never taken for the table.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.core import identifiants
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.saisie import find_hidden, is_placeholder
from caqes_docs.core.source import Source
from caqes_docs.core.systeme import os_reason
from caqes_docs.data.finess.fautes import row_faults

COLONNES = (
    "fi", "rs", "fi_ej", "stj", "stjr", "cat", "espic", "sir", "reg", "dep",
    "numvoi", "typvoi", "nomvoi", "bp", "cpo", "libcom",
)  # fmt: skip
FACULTATIVES = ("rscom", "compd")
TAILLE_MAX = 100_000_000
_PUISSANCE = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")


@dataclass(frozen=True, slots=True)
class LigneFiness:
    """One row: a site, or the legal entity itself when both numbers are the same."""

    numero: int
    """Line of the file."""
    finess: str
    finess_juridique: str
    nom: str
    complement: str
    statut_juridique: str
    groupe: str
    """Group of the legal status: 1 public, 2 commercial, 3 private and non-profit."""
    categorie: str
    espic: str
    siret: str | None
    siren: str | None
    region: str
    departement: str
    voie: tuple[str, str, str]
    """Number, type and name of the way."""
    complements_adresse: tuple[str, str]
    """What stands before the way (building, park…), and after it (BP, CS, lieu-dit)."""
    code_postal: str | None
    commune: str

    @property
    def est_entite(self) -> bool:
        """Whether the row describes the legal entity, not a site (SAE column `nat`)."""
        return self.finess == self.finess_juridique


@dataclass(frozen=True)
class TableFiness:
    """A table once read."""

    nom: str
    """Path as shown to the user."""
    lignes: tuple[LigneFiness, ...]
    lues: int
    """Rows read, faulty ones included."""
    presents: frozenset[str]
    """Every site number that the table names, be its row faulty: none of these is a closed site."""
    constats: tuple[Constat, ...]


def load_table(chemin: Path, nom: str) -> TableFiness:
    """Read the table at `chemin` (shown to the user as `nom`).

    Raises:
        DonneesError: D-080 the file is not a readable table of that form.
    """
    try:
        if chemin.stat().st_size > TAILLE_MAX:
            raise _refusal(nom, 0, "Le fichier est trop gros pour une table d’identité.", _REMEDE)
        contenu = chemin.read_bytes()
    except OSError as error:
        message = f"Le fichier ne peut pas être lu\u00a0: {os_reason(error)}."
        raise _refusal(nom, 0, message, "Vérifier le chemin et les droits.") from error
    return parse_table(contenu, nom)


def parse_table(contenu: bytes, nom: str) -> TableFiness:
    """The table held by `contenu`; see `load_table`."""
    lecteur = csv.reader(io.StringIO(_decode(contenu, nom), newline=""), delimiter=";", strict=True)
    lecture = _LectureTable(nom)
    try:
        rangs = _columns(next(lecteur), nom)
        for cellules in lecteur:
            if cellules:
                lecture.add(lecteur.line_num, cellules, rangs)
    except csv.Error as error:
        raise _refusal(
            nom,
            lecteur.line_num,
            "La table ne se lit plus à partir de cette ligne.",
            "Vérifier les guillemets de la ligne, ou télécharger la table de nouveau.",
        ) from error
    if not lecture.lues:
        raise _refusal(nom, 1, "La table n’a aucune ligne sous ses en-têtes.", _REMEDE)
    lecture.check_spreadsheet()
    return lecture.table()


_REMEDE = "Donner la table d’identité de la SAE (ID_…csv, DREES), telle que téléchargée."


def _decode(contenu: bytes, nom: str) -> str:
    """UTF-8 when it is, else Windows-1252, of which Latin-1 text is a part."""
    if not contenu.removeprefix(b"\xef\xbb\xbf").strip():
        raise _refusal(nom, 0, "Le fichier est vide.", _REMEDE)
    if contenu.startswith(b"PK\x03\x04"):
        remede = "L’enregistrer au format CSV (séparateur point-virgule)."
        raise _refusal(nom, 0, "Le fichier est un classeur, non un fichier CSV.", remede)
    if b"\0" in contenu:
        remede = "L’enregistrer de nouveau en UTF-8, ou télécharger la table de nouveau."
        raise _refusal(nom, 0, "Le fichier contient des octets nuls (UTF-16, ou abîmé).", remede)
    try:
        return contenu.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenu.decode("cp1252", errors="replace")


def _columns(entete: list[str], nom: str) -> dict[str, int]:
    """Place of each column, by lower-case name."""
    noms = [cellule.strip().lower() for cellule in entete]
    if noms[:2] == ["finess", "etalab"]:
        raise _refusal(
            nom,
            1,
            "C’est l’extraction FINESS «\u00a0etalab\u00a0», qui ne donne ni statut juridique "
            "ni région.",
            _REMEDE,
        )
    manquantes = [colonne for colonne in COLONNES if colonne not in noms]
    if len(manquantes) == len(COLONNES):
        separateur = next((s for s in (",", "\t", "|") if entete and s in entete[0]), None)
        premieres = noms[0].split(separateur) if separateur and noms else noms
        autres = {nom.strip(' "') for nom in premieres}
        if any("finess" in nom for nom in autres):
            quoi = "un fichier du répertoire FINESS"
            if {"finess", "nom"} <= autres:
                quoi = "une table de ciblage (caqes cibler)"
            message = f"C’est {quoi}, et non la table de la SAE."
            raise _refusal(nom, 1, message, _REMEDE)
        if separateur is not None and len(autres.intersection(COLONNES)) > 2:
            quoi = "la tabulation" if separateur == "\t" else f"«\u00a0{separateur}\u00a0»"
            message = f"Les colonnes sont séparées par {quoi}, non par le point-virgule."
            raise _refusal(nom, 1, message, "L’enregistrer avec le point-virgule pour séparateur.")
    if manquantes:
        raise _refusal(
            nom,
            1,
            f"Colonnes absentes\u00a0: {', '.join(manquantes)}.",
            f"Colonnes attendues\u00a0: {', '.join(COLONNES)}. {_REMEDE}",
        )
    doubles = sorted({colonne for colonne in COLONNES if noms.count(colonne) > 1})
    if doubles:
        message = f"Colonnes données deux fois\u00a0: {', '.join(doubles)}."
        raise _refusal(nom, 1, message, "N’en garder qu’une\u00a0: rien ne dit laquelle fait foi.")
    return {
        colonne: noms.index(colonne) for colonne in (*COLONNES, *FACULTATIVES) if colonne in noms
    }


class _LectureTable:
    """One pass over the rows."""

    def __init__(self, nom: str) -> None:
        self.nom = nom
        self.lues = 0
        self.lignes: dict[str, LigneFiness] = {}
        self.presents: set[str] = set()
        self.constats: list[Constat] = []
        self.abimes: list[tuple[int, str]] = []

    def table(self) -> TableFiness:
        return TableFiness(
            self.nom,
            tuple(self.lignes.values()),
            self.lues,
            frozenset(self.presents),
            tuple(self.constats),
        )

    def check_spreadsheet(self) -> None:
        """Refuse a table that a spreadsheet saved again: one cause, told once.

        Raises:
            DonneesError: D-080 numbers lost their leading zero, or are written as powers of ten.
        """
        if not self.abimes:
            return
        lignes = [numero for numero, _ in self.abimes]
        exemple = self.abimes[0][1]
        message = (
            f"Un tableur a abîmé {compte(len(lignes), 'numéro(s)')} FINESS, entre les lignes "
            f"{min(lignes)} et {max(lignes)}\u00a0: «\u00a0{exemple}\u00a0» a perdu des chiffres."
        )
        remede = "Donner la table telle que téléchargée, sans l’enregistrer dans un tableur."
        raise _refusal(self.nom, lignes[0], message, remede)

    def add(self, numero: int, cellules: list[str], rangs: Mapping[str, int]) -> None:
        self.lues += 1
        if len(cellules) <= max(rangs.values()):
            self._fault("D-081", numero, f"La ligne n’a que {len(cellules)} cases.", _INCOMPLETE)
            return
        valeurs = {colonne: _meaningful(cellules[rang]) for colonne, rang in rangs.items()}
        self.presents.add(valeurs["fi"].upper())
        self.abimes += [
            (numero, valeurs[colonne])
            for colonne in ("fi", "fi_ej")
            if identifiants.is_shortened_finess(valeurs[colonne])
            or _PUISSANCE.fullmatch(valeurs[colonne])
        ]
        fautes = list(row_faults(valeurs))
        for code, message, remede in fautes:
            self._fault(code, numero, message, remede)
        if fautes:
            return
        ligne = self._row(numero, valeurs)
        premiere = self.lignes.setdefault(ligne.finess, ligne)
        if premiere is not ligne:
            self._fault(
                "D-083",
                numero,
                f"Le FINESS {ligne.finess} est déjà à la ligne {premiere.numero}\u00a0: "
                "celle-ci est laissée de côté.",
                "Vérifier la table\u00a0: un établissement n’y figure qu’une fois.",
            )

    def _row(self, numero: int, valeurs: Mapping[str, str]) -> LigneFiness:
        finess, juridique = valeurs["fi"].upper(), valeurs["fi_ej"].upper()
        siret, siren = self._siret(numero, valeurs["sir"])
        return LigneFiness(
            numero,
            finess,
            juridique,
            valeurs["rs"],
            valeurs.get("rscom", ""),
            valeurs["stj"],
            valeurs["stjr"],
            valeurs["cat"],
            valeurs["espic"],
            siret,
            siren,
            valeurs["reg"],
            valeurs["dep"],
            (valeurs["numvoi"], valeurs["typvoi"], valeurs["nomvoi"]),
            (valeurs.get("compd", ""), valeurs["bp"]),
            self._code_postal(numero, valeurs["cpo"]),
            valeurs["libcom"],
        )

    def _siret(self, numero: int, texte: str) -> tuple[str | None, str | None]:
        """SIRET and SIREN: the SAE writes the nine figures of the SIREN when it knows no more."""
        if not texte:
            return None, None
        if len(texte) == 9 and identifiants.is_siren(texte):
            return None, texte
        if identifiants.is_siret(texte):
            return texte, texte[:9]
        self._fault(
            "D-086",
            numero,
            f"Le SIRET «\u00a0{texte}\u00a0» est faux\u00a0: il est laissé à compléter.",
            "Le recopier depuis le répertoire Sirene.",
            Gravite.AVERTISSEMENT,
        )
        return None, None

    def _code_postal(self, numero: int, texte: str) -> str | None:
        if re.fullmatch(r"\d{5}", texte, re.ASCII):
            return texte
        if texte:
            self._fault(
                "D-086",
                numero,
                f"«\u00a0{texte}\u00a0» n’est pas un code postal\u00a0: il est laissé à compléter.",
                "Si un tableur a effacé le zéro de tête, télécharger la table de nouveau.",
                Gravite.AVERTISSEMENT,
            )
        return None

    def _fault(
        self, code: str, numero: int, message: str, remede: str, gravite: Gravite = Gravite.ERREUR
    ) -> None:
        self.constats.append(Constat(code, gravite, Source(self.nom, numero), message, remede))


_INCOMPLETE = "La ligne est laissée de côté\u00a0; vérifier ses points-virgules et ses guillemets."


def _refusal(nom: str, ligne: int, message: str, remede: str) -> DonneesError:
    constat = Constat("D-080", Gravite.ERREUR, Source(nom, ligne), message, remede)
    return DonneesError(
        "D-080", f"«\u00a0{nom}\u00a0» n’est pas une table d’établissements lisible.", [constat]
    )


def _meaningful(cellule: str) -> str:
    """The text of a cell; a lone dash or dot, or what only holds a place, is empty."""
    texte = cellule.strip()
    lisible = any(caractere.isalnum() for caractere in texte) and not is_placeholder(texte)
    return texte if lisible or find_hidden(texte) else ""
