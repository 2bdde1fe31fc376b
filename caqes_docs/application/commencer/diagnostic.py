"""Is all in order here: this machine, then this project, and what to do where it is not."""

from __future__ import annotations

import datetime as dt
import enum
import os
import platform
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from caqes_docs import __version__
from caqes_docs.application.projet import Projet
from caqes_docs.core.errors import CaqesError, EnvironnementError, ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.ressources import graine

_MOTEURS = (
    "typst",
    "pikepdf",
    "docxtpl",
    "python-docx",
    "lxml",
    "pydantic",
    "openpyxl",
    "xlsxwriter",
)


class Etat(enum.StrEnum):
    """What becomes of a point looked at."""

    EN_ORDRE = "en ordre"
    A_VOIR = "à voir"
    MANQUE = "manque"


@dataclass(frozen=True)
class PointVu:
    """One thing looked at."""

    quoi: str
    etat: Etat
    constat: str
    faire: str = ""
    code: ExitCode = ExitCode.OK
    """The exit code that it calls for."""

    def as_dict(self) -> dict[str, object]:
        """The point as JSON-ready data."""
        return asdict(self) | {"code": int(self.code)}


def examine_machine(sortie: Path) -> Iterator[PointVu]:
    """Versions, seed, PDF engines, and the right to write."""
    systeme = f"{platform.system()} {platform.release()}, {platform.machine()}"
    yield PointVu("caqes-docs", Etat.EN_ORDRE, f"version {__version__}, dans {sys.prefix}")
    yield PointVu("Python", Etat.EN_ORDRE, f"{platform.python_version()}, {systeme}")
    yield _libraries()
    yield from _seed()
    yield from _pdf()
    yield PointVu("Terminal", Etat.EN_ORDRE, f"encodage {sys.stdout.encoding}")
    yield _writable(sortie)


def _libraries() -> PointVu:
    trouvees, absentes = [], []
    for nom in _MOTEURS:
        try:
            trouvees.append(f"{nom} {version(nom)}")
        except PackageNotFoundError:
            absentes.append(nom)
    if absentes:
        constat = f"introuvables\u00a0: {', '.join(absentes)}"
        faire = "Réinstaller\u00a0: pipx reinstall caqes-docs (ou pip install dans son venv)."
        return PointVu("Modules", Etat.MANQUE, constat, faire, ExitCode.ENVIRONNEMENT)
    return PointVu("Modules", Etat.EN_ORDRE, ", ".join(trouvees))


def _seed() -> Iterator[PointVu]:
    try:
        yield PointVu("Clauses livrées", Etat.EN_ORDRE, str(graine()))
    except EnvironnementError as error:
        yield PointVu("Clauses livrées", Etat.MANQUE, error.message, error.remede, error.exit_code)


def _pdf() -> Iterator[PointVu]:
    """The usual engine, and the other one, which nobody has to have."""
    from caqes_docs.rendering.pdf.writer import load_weasyprint
    from caqes_docs.rendering.typst.moteur import engine_name

    try:
        yield PointVu("Moteur du PDF", Etat.EN_ORDRE, engine_name())
    except EnvironnementError as error:
        code = error.exit_code
        yield PointVu("Moteur du PDF", Etat.MANQUE, error.message, error.remede, code)
    try:
        dit = f"WeasyPrint {load_weasyprint().__version__}"
    except EnvironnementError:
        dit = "WeasyPrint absent\u202f; rien n’en dépend"
    yield PointVu("Autre moteur du PDF", Etat.EN_ORDRE, dit)


def _writable(sortie: Path) -> PointVu:
    """Whether files can be put in `sortie`, which may not exist yet."""
    present = next((d for d in (sortie, *sortie.parents) if d.exists()), sortie)
    if present.is_dir() and os.access(present, os.W_OK | os.X_OK):
        return PointVu("Écriture", Etat.EN_ORDRE, str(sortie))
    constat = f"rien ne peut être écrit dans {present}"
    faire = "Donner un autre dossier par --sortie, ou demander le droit d’y écrire."
    return PointVu("Écriture", Etat.MANQUE, constat, faire, ExitCode.ENVIRONNEMENT)


def examine_project(projet: Projet) -> Iterator[PointVu]:
    """The project: its library, who answers for it, its dossiers."""
    yield PointVu("Projet", Etat.EN_ORDRE, str(projet.racine.resolve()))
    try:
        yield from _library(projet)
    except CaqesError as error:
        yield PointVu("Bibliothèque", Etat.MANQUE, error.message, error.remede, error.exit_code)
    donnees = projet.racine / "contracts_data"
    for quoi, nom in (("dossier(s)", "dossiers"), ("évaluation(s)", "evaluations")):
        nombre = len([*(donnees / nom).rglob("*.y*ml")])
        yield PointVu(nom.capitalize().replace("E", "É"), Etat.EN_ORDRE, compte(nombre, quoi))
    if not any((donnees / "ars").glob("*.y*ml")):
        faire = "Créer la fiche de l’agence\u00a0: caqes nouveau ars IDENTIFIANT."
        yield PointVu("Agence", Etat.A_VOIR, "aucune fiche dans contracts_data/ars/", faire)


def _library(projet: Projet) -> Iterator[PointVu]:
    redactions = [r for ensemble in projet.bibliotheque.clauses.values() for r in ensemble]
    validees = sum(redaction.is_validated for redaction in redactions)
    relues: list[dt.date] = [redaction.entete.verifie_le for redaction in redactions]
    noms = ", ".join(racine.nom for racine in projet.racines)
    dernier = f", la dernière relue le {date_longue(max(relues))}" if relues else ""
    nombre = compte(len(redactions), "rédaction(s)")
    yield PointVu("Bibliothèque", Etat.EN_ORDRE, f"{noms}\u00a0: {nombre}{dernier}")
    if validees == len(redactions):
        yield PointVu("Validations", Etat.EN_ORDRE, "toutes les rédactions")
    else:
        constat = f"{validees} sur {len(redactions)}\u00a0: un acte définitif en dépend"
        faire = "Faire relire les rédactions, puis «\u00a0caqes clauses valider\u00a0»."
        yield PointVu("Validations", Etat.A_VOIR, constat, faire)
    yield from _age(projet)


def _age(projet: Projet) -> Iterator[PointVu]:
    """How the project stands from the version installed: nothing updates it by itself."""
    from caqes_docs.application.commencer.origine import Sort, compare_project, is_the_software

    if is_the_software(projet):
        return
    try:
        ecart = compare_project(projet)
    except CaqesError as error:
        yield PointVu("Mise à jour", Etat.A_VOIR, error.message, error.remede)
        return
    sorts = Counter(suivi.sort for suivi in ecart.fichiers)
    siens = [compte(sorts.pop(Sort.GARDE, 0), "fichier(s) changé(s) par vous")]
    siens += [compte(n, "retiré(s) par vous") for n in [sorts.pop(Sort.RETIRE, 0)] if n]
    version = ecart.origine.version if ecart.origine else "inconnue"
    if ecart.origine and not sorts and not ecart.restes:
        constat = f"à jour de la version {__version__}\u202f; {', '.join(siens)}"
        yield PointVu("Mise à jour", Etat.EN_ORDRE, constat)
        return
    a_faire = [compte(n, sort.value) for sort, n in sorts.items()]
    a_faire += [compte(len(ecart.restes), "conflit(s) à trancher")] if ecart.restes else []
    constat = f"projet de version {version}, logiciel {__version__}\u202f; {', '.join(a_faire)}"
    faire = "Voir ce qui change\u00a0: caqes mettre-a-jour. Puis l’y prendre\u00a0: --appliquer."
    yield PointVu("Mise à jour", Etat.A_VOIR, constat, faire)
