"""Import the identity table of establishments: one draft dossier per legal entity, then updates.

`contracts_data/.import/` remembers, by FINESS, what the last import wrote: it goes with the
dossiers, under the same version control.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from caqes_docs.application.commencer.dossier import draft_terms
from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import write_whole
from caqes_docs.core.constats import Constat, Gravite, has_errors, sort_constats
from caqes_docs.core.errors import CaqesError, UsageError
from caqes_docs.core.source import Source
from caqes_docs.data.dossier.contrat import Dossier, Regime
from caqes_docs.data.finess import fiches as import_fiches
from caqes_docs.data.finess import squelette
from caqes_docs.data.finess.codes import REGIONS, departement_insee
from caqes_docs.data.finess.entites import Portee, build_entites
from caqes_docs.data.finess.fusion import (
    Memoire,
    build_memoire,
    find_a_verifier,
    merge_dossier,
    parse_memoire,
)
from caqes_docs.data.finess.manques import Manque, iter_manques
from caqes_docs.data.finess.modeles import EntiteFiness
from caqes_docs.data.finess.table import TableFiness, load_table
from caqes_docs.data.lecture.charge import load_record
from caqes_docs.data.lecture.reperage import find_record
from caqes_docs.data.lecture.yaml_strict import FichierYaml, parse_yaml
from caqes_docs.data.migration.anciens import signal_former
from caqes_docs.law.droit.droit import effect_date

DONNEES = "contracts_data"
_DEPARTEMENT = re.compile(r"[0-9]{2}|2[ABab]|9[A-Fa-f]|97[0-9]", re.ASCII)
_IDENTIFIANT = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}")


@dataclass(frozen=True)
class DemandeImport:
    """What the user asks for; one region or one département at least."""

    regions: tuple[str, ...] = ()
    """INSEE codes."""
    departements: tuple[str, ...] = ()
    """Usual codes (06, 2A, 974)."""
    date_signature: dt.date | None = None
    """Written into the drafts."""
    ars: str | None = None
    """Id of the agency, when it is not `ars-<region>`."""
    regime: str = Regime.CAQES_1.value
    essai: bool = False
    """Say what would be done, write nothing."""


class EtatImport(enum.StrEnum):
    """What became of a dossier."""

    CREE = "créé"
    MIS_A_JOUR = "mis à jour"
    INCHANGE = "inchangé"
    ECARTE = "écarté"


@dataclass(frozen=True)
class EntiteImportee:
    """One legal entity."""

    finess: str
    nom: str
    """Its name, else the one that the draft proposes."""
    fichier: str
    etat: EtatImport
    sites: int
    conflits: int = 0


@dataclass(frozen=True)
class BilanImport:
    """What the import did."""

    table: str
    lignes: int
    """Rows read."""
    retenues: int
    """Rows that the dossiers of this import hold."""
    entites: tuple[EntiteImportee, ...]
    fiches: tuple[str, ...]
    """Records of agencies and funds created."""
    manques: tuple[Manque, ...]
    constats: tuple[Constat, ...] = field(default=())

    def count(self, etat: EtatImport) -> int:
        """How many entities came to `etat`."""
        return sum(entite.etat is etat for entite in self.entites)

    @property
    def conflits(self) -> int:
        """How many values the table and the dossiers do not agree on."""
        return sum(entite.conflits for entite in self.entites)


def import_finess(projet: Projet, fichier: Path, demande: DemandeImport) -> BilanImport:
    """Create or update the dossiers of a region from the table `fichier`.

    Raises:
        UsageError: U-020 no region nor département, an unknown one, or one without any row.
        DonneesError: D-080 the file is not a readable table.
        DroitError: L-007, L-008 the date of signature is outside the regime.
    """
    _check_demande(projet, demande)
    table = load_table(fichier, fichier.name)
    departements = frozenset(departement_insee(code.upper()) for code in demande.departements)
    portee = Portee(frozenset(demande.regions), departements)
    entites, constats = build_entites(table, portee)
    if not (entites or constats or table.constats):
        raise _nothing(table, demande)
    importation = _Importation(projet, table, demande)
    importation.constats.extend([*table.constats, *constats])
    resultats = [importation.import_one(entite) for entite in entites]
    importation.report_gone(entites)
    return BilanImport(
        table.nom,
        table.lues,
        sum(entite.lignes for entite in entites),
        tuple(resultats),
        tuple(importation.fiches),
        tuple(iter_manques(entites)),
        tuple(sort_constats(importation.constats)),
    )


def _check_demande(projet: Projet, demande: DemandeImport) -> None:
    """Raise on the first thing asked that cannot be done."""
    if not demande.regions and not demande.departements:
        raise _refusal(
            "Rien ne dit quels établissements importer.",
            "Donner --region (code de l’INSEE, par exemple 93) ou --departement (par exemple 06).",
        )
    for code in demande.regions:
        if code not in REGIONS:
            connues = ", ".join(f"{code} {nom}" for code, nom in REGIONS.items())
            message = f"«\u00a0{code}\u00a0» n’est pas le code d’une région."
            raise _refusal(message, f"Codes de l’INSEE\u00a0: {connues}.")
    for code in demande.departements:
        if not _DEPARTEMENT.fullmatch(code):
            message = f"«\u00a0{code}\u00a0» n’est pas le code d’un département."
            raise _refusal(message, "Écrire deux caractères (06, 2A), ou 971 à 976 outre-mer.")
    _check_contract(projet, demande)


def _check_contract(projet: Projet, demande: DemandeImport) -> None:
    if demande.ars is not None and not _IDENTIFIANT.fullmatch(demande.ars):
        message = f"«\u00a0{demande.ars}\u00a0» ne peut pas servir d’identifiant."
        raise _refusal(message, "N’employer que lettres sans accent, chiffres, point et tiret.")
    if demande.ars is not None and len(set(demande.regions)) > 1:
        message = "Une seule agence est donnée pour plusieurs régions."
        raise _refusal(message, "Importer une région à la fois, ou ne pas donner --ars.")
    if demande.regime not in list(Regime):
        admis = ", ".join(regime.value for regime in Regime)
        raise _refusal(
            f"Régime «\u00a0{demande.regime}\u00a0» inconnu.", f"Régimes\u00a0: {admis}."
        )
    if demande.date_signature is not None:
        projet.droit.regime(demande.regime, effect_date(demande.date_signature))


def _refusal(message: str, remede: str) -> UsageError:
    return UsageError("U-020", message, remede=remede)


def _nothing(table: TableFiness, demande: DemandeImport) -> UsageError:
    presentes = ", ".join(sorted({ligne.region for ligne in table.lignes}))
    voulus = ", ".join((*demande.regions, *demande.departements))
    return _refusal(
        f"La table «\u00a0{table.nom}\u00a0» n’a aucun établissement de {voulus}.",
        f"Régions de la table\u00a0: {presentes}.",
    )


class _Importation:
    """One run: writes the records, gathers the findings."""

    def __init__(self, projet: Projet, table: TableFiness, demande: DemandeImport) -> None:
        self.racine = projet.racine / DONNEES
        self.droit = projet.droit
        self.table = table
        self.demande = demande
        self.constats: list[Constat] = []
        self.fiches: list[str] = []

    def import_one(self, entite: EntiteFiness) -> EntiteImportee:
        """Create or update the dossier of `entite`; its failure stops nothing else."""
        dossiers = self.racine / "dossiers"
        neuf = dossiers / f"{entite.finess}.yaml"
        chemin = find_record(dossiers, entite.finess) or neuf
        nom = f"{DONNEES}/{chemin.relative_to(self.racine).as_posix()}"
        try:
            etat, conflits = self._dossier(entite, chemin, nom)
        except CaqesError as error:
            self._add(error.code, Source(nom), error.message, error.remede, Gravite.ERREUR)
            etat, conflits = EtatImport.ECARTE, 0
        return EntiteImportee(
            entite.finess, entite.nom_affiche, nom, etat, len(entite.sites), conflits
        )

    def _dossier(self, entite: EntiteFiness, chemin: Path, nom: str) -> tuple[EtatImport, int]:
        if chemin.exists():
            return self._update(entite, chemin, nom)
        self._parties(entite)
        contenu = squelette.render_dossier(entite, self._contract(entite), self.table.nom).encode()
        self._write(chemin, contenu)
        self._remember(entite.finess, build_memoire(entite, self.demande.date_signature))
        self._to_check(contenu, nom)
        return EtatImport.CREE, 0

    def _update(self, entite: EntiteFiness, chemin: Path, nom: str) -> tuple[EtatImport, int]:
        charge, constats = load_record(chemin, nom, Dossier, signal_former(Dossier))
        if charge is None or has_errors(constats):
            self.constats.extend(constats)
            return EtatImport.ECARTE, 0
        base = self._memory(entite.finess)
        if base is not None and base.region != entite.region:
            self._other_region(entite, base, charge.fichier)
            return EtatImport.ECARTE, 0
        fusion = merge_dossier(
            charge.fichier, base, entite, self.demande.date_signature, self.table.presents
        )
        self.constats.extend([*fusion.conflits, *fusion.avis])
        change = fusion.contenu != charge.fichier.contenu
        if change:
            self._write(chemin, fusion.contenu)
        self._remember(entite.finess, fusion.memoire)
        self._to_check(fusion.contenu, nom)
        return (EtatImport.MIS_A_JOUR if change else EtatImport.INCHANGE), len(fusion.conflits)

    def _other_region(self, entite: EntiteFiness, base: Memoire, fichier: FichierYaml) -> None:
        self._add(
            "D-089",
            fichier.source(("contrat", "ars")),
            "Ce dossier a été importé pour la région "
            f"{REGIONS.get(base.region, base.region)}\u00a0: les sites de "
            f"{REGIONS[entite.region]} n’y sont pas ajoutés.",
            "Tenir le contrat de chaque région dans son propre projet.",
            Gravite.AVERTISSEMENT,
        )

    def _contract(self, entite: EntiteFiness) -> squelette.EnTeteContrat:
        date = self.demande.date_signature
        annee = f"{effect_date(date).year}-" if date else ""
        reference = f"CAQES-{annee}{entite.finess}"
        suite = draft_terms(self.droit, entite.activites, effect_date(date) if date else None)
        return squelette.EnTeteContrat(
            reference, self.demande.regime, self._ars(entite), date, suite
        )

    def _ars(self, entite: EntiteFiness) -> str:
        return self.demande.ars or f"ars-{entite.region}"

    def _parties(self, entite: EntiteFiness) -> None:
        """The records of the agency and of the fund, created where there is none."""
        ars, organisme = self._ars(entite), entite.organisme
        self._record("ars", ars, import_fiches.render_ars(ars, entite.region, self.table.nom))
        self._record(
            "organismes",
            organisme,
            import_fiches.render_organisme(
                organisme, entite.sorte_organisme, entite.departement, self.table.nom
            ),
        )

    def _record(self, dossier: str, identifiant: str, texte: str) -> None:
        chemin = self.racine / dossier / f"{identifiant}.yaml"
        nom = f"{DONNEES}/{dossier}/{identifiant}.yaml"
        if nom not in self.fiches and find_record(chemin.parent, identifiant) is None:
            self._write(chemin, texte.encode())
            self.fiches.append(nom)

    def _memory_path(self, finess: str) -> Path:
        return self.racine / ".import" / f"{finess}.json"

    def _memory(self, finess: str) -> Memoire | None:
        chemin = self._memory_path(finess)
        return parse_memoire(chemin.read_bytes()) if chemin.is_file() else None

    def _remember(self, finess: str, memoire: Memoire) -> None:
        chemin, contenu = self._memory_path(finess), memoire.to_bytes()
        if not chemin.is_file() or chemin.read_bytes() != contenu:
            self._write(chemin, contenu)

    def _write(self, chemin: Path, contenu: bytes) -> None:
        if not self.demande.essai:
            write_whole(chemin, contenu)

    def _to_check(self, contenu: bytes, nom: str) -> None:
        fichier, _ = parse_yaml(contenu, nom)
        for chemin in find_a_verifier(fichier) if fichier else ():
            self._add(
                "D-084",
                fichier.key_source(chemin) if fichier else Source(nom),
                f"«\u00a0{chemin[-1]}\u00a0» est repris de la table faute de mieux\u00a0: à "
                "vérifier.",
                "Le corriger au besoin, puis effacer le commentaire «\u00a0À vérifier\u00a0» "
                "du dossier.",
                Gravite.AVERTISSEMENT,
            )

    def report_gone(self, entites: Iterable[EntiteFiness]) -> None:
        """Entities imported before for these regions, of which the table knows nothing more."""
        regions = {entite.region for entite in entites}
        connues = {ligne.finess_juridique for ligne in self.table.lignes}
        for chemin in sorted((self.racine / ".import").glob("*.json")):
            memoire = parse_memoire(chemin.read_bytes())
            if memoire is None or memoire.region not in regions or chemin.stem in connues:
                continue
            dossier = find_record(self.racine / "dossiers", chemin.stem)
            if dossier is not None:
                self._add(
                    "D-088",
                    Source(f"{DONNEES}/{dossier.relative_to(self.racine).as_posix()}"),
                    f"L’entité {chemin.stem} n’est plus dans la table.",
                    "Retirer son dossier si elle a fermé ou fusionné\u00a0; l’import ne retire "
                    "rien.",
                    Gravite.AVERTISSEMENT,
                )

    def _add(self, code: str, source: Source, message: str, remede: str, gravite: Gravite) -> None:
        self.constats.append(Constat(code, gravite, source, message, remede))
