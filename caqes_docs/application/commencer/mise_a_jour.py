"""Take the national clauses, law and plans of the version installed, the project's changes kept."""

from __future__ import annotations

import contextlib
import difflib
import fnmatch
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from caqes_docs import __version__
from caqes_docs.application.commencer.origine import (
    NOUVEAU,
    EcartDeVersion,
    FichierSuivi,
    Sort,
    compare_project,
)
from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import erase, write_whole
from caqes_docs.core.constats import Constat, warning
from caqes_docs.core.errors import UsageError
from caqes_docs.core.ressources import graine
from caqes_docs.core.source import Source, text_digest
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.origine import FICHIER, render_origine
from caqes_docs.law.droit.chargement import Racine
from caqes_docs.redaction.bibliotheque.redactions import Redaction, read_wording
from caqes_docs.redaction.bibliotheque.validations import load_validations

ANCIEN = ".ancien"
"""What is added to the name of the project's own text when the version's is preferred to it."""


@dataclass(frozen=True)
class BilanMiseAJour:
    """What the update changes, and what is left to settle."""

    ecart: EcartDeVersion
    fichiers: tuple[FichierSuivi, ...]
    """The files, once those that were asked for are taken."""
    pris: tuple[str, ...]
    """Those asked for: the project's own text is put aside."""
    constats: tuple[Constat, ...]
    ecritures: dict[Path, bytes | None]
    """What each file will hold, the record last; None when it is no more."""

    @property
    def is_settled(self) -> bool:
        """Whether no conflict is left."""
        return not any(constat.code in ("D-115", "D-116") for constat in self.constats)

    @property
    def versions(self) -> str:
        """From which version, to which."""
        avant = self.ecart.origine.version if self.ecart.origine else "inconnue"
        return avant if avant == __version__ else f"{avant} → {__version__}"

    def counts(self) -> Counter[Sort]:
        """How many files of each fate."""
        return Counter(suivi.sort for suivi in self.fichiers)

    def diff(self) -> str:
        """What changes, and both texts of each conflict, as a patch."""
        return "".join(map(_diff, self.fichiers))

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data."""
        origine = self.ecart.origine
        return {
            "version_du_projet": origine.version if origine else None,
            "version": __version__,
            "fichiers": [
                {"fichier": x.nom, "sort": x.sort.mot, "diff": _diff(x)} for x in self.fichiers
            ],
            "constats": [constat.as_dict() for constat in self.constats],
        }


def update_project(projet: Projet, motifs: Sequence[str], *, appliquer: bool) -> BilanMiseAJour:
    """What the version installed changes in the project; written only when `appliquer`.

    `motifs` name files whose text is taken from the version whatever the project made of them.

    Raises:
        UsageError: U-075, U-078, U-079 as `compare_project`; U-076 a name that nothing bears; U-077
            a text put aside was changed since.
        DonneesError: D-000 the record of the project has errors.
        RenduError: R-001 a file cannot be written; none is then changed.
    """
    ecart = compare_project(projet)
    pris = _asked(ecart, motifs)
    fichiers = tuple(_take(suivi) if suivi.nom in pris else suivi for suivi in ecart.fichiers)
    constats = (
        *_conflicts(fichiers, ecart, pris),
        *_hidden(projet, fichiers),
        *_to_validate(projet, fichiers),
    )
    ecritures = dict(_writings(projet.racine, fichiers, pris))
    _refuse_lost(projet.racine, ecart, ecritures)
    if ecritures or not ecart.is_current:
        ecritures[projet.racine / FICHIER] = render_origine(__version__, ecart.empreintes)
    if appliquer:
        _write_all(ecritures)
    return BilanMiseAJour(ecart, fichiers, pris, constats, ecritures)


def _asked(ecart: EcartDeVersion, motifs: Sequence[str]) -> tuple[str, ...]:
    """The files that `motifs` name among those that are not the version's."""
    noms = [*(suivi.nom for suivi in ecart.fichiers), *ecart.restes]
    pris: list[str] = []
    for motif in motifs:
        propre = motif.replace("\\", "/").rstrip("/")
        trouves = [
            nom
            for nom in (*noms, *ecart.empreintes)
            if fnmatch.fnmatchcase(nom, propre) or nom.startswith(f"{propre}/")
        ]
        pris += [nom for nom in trouves if nom in noms]
        if not trouves:
            raise UsageError(
                "U-076",
                f"Aucun fichier à reprendre ne s’appelle «\u00a0{motif}\u00a0».",
                remede=close_name(propre, sorted({*noms, *ecart.empreintes}))
                or "Donner un nom que liste «\u00a0caqes mettre-a-jour\u00a0», un dossier, ou "
                'un motif entre guillemets\u00a0: --prendre "clauses/courriers/*".',
            )
    return tuple(dict.fromkeys(pris))


def _take(suivi: FichierSuivi) -> FichierSuivi:
    sort = Sort.OTE if suivi.livre is None else Sort.REMPLACE if suivi.sien else Sort.AJOUTE
    return replace(suivi, sort=sort)


def _conflicts(
    fichiers: Sequence[FichierSuivi], ecart: EcartDeVersion, pris: Sequence[str]
) -> Iterator[Constat]:
    for suivi in fichiers:
        if suivi.sort is Sort.CONFLIT:
            remede = f"Le texte de la version se range à côté, dans {suivi.nom}{NOUVEAU}\u00a0: en "
            remede += "reporter ce qui vaut, puis effacer ce fichier. Ou prendre celui de la "
            remede += f"version\u00a0: --prendre {suivi.nom}"
            sans = "Le vérifier, puis l’effacer si rien ne s’en sert plus."
            message = _why(suivi)
            yield warning("D-115", Source(suivi.nom), message, remede if suivi.livre else sans)
    for nom in ecart.restes:
        if nom not in pris:
            remede = f"Reporter dans {nom} ce qui vaut de {nom}{NOUVEAU}, puis effacer ce dernier."
            message = "Un conflit d’une mise à jour précédente reste à trancher."
            yield warning("D-116", Source(f"{nom}{NOUVEAU}"), message, remede)


def _why(suivi: FichierSuivi) -> str:
    if not suivi.connu:
        return "N’est pas celui de la version, et rien ne dit qui l’a changé\u00a0: il est gardé."
    if suivi.sien is None:
        return "Retiré par vous, changé par la version\u00a0: il n’est pas remis."
    if suivi.livre is None:
        return "Changé par vous, retiré par la version\u00a0: il est gardé."
    return "Changé par vous et par la version\u00a0: le vôtre est gardé."


def _hidden(projet: Projet, fichiers: Sequence[FichierSuivi]) -> Iterator[Constat]:
    """What the version changes and a regional library replaces: the change would not be seen."""
    regionales = projet.racines[1:]
    for suivi in _changed(fichiers) if regionales else ():
        relatif = suivi.nom.removeprefix("clauses/")
        par = {racine.nom for racine in regionales if (racine.dossier / relatif).exists()}
        redaction = _wording(graine(), suivi.nom) or _wording(projet.racine, suivi.nom)
        if redaction is not None:
            actuelles = projet.bibliotheque.clauses.get(redaction.entete.id, ())
            par |= {x.bibliotheque for x in actuelles} - {projet.racines[0].nom}
        if par:
            noms = ", ".join(sorted(par))
            message = f"La version change ce fichier, que la bibliothèque {noms} remplace."
            remede = "Y reporter ce qui vaut\u00a0: les actes n’impriment que ses mots."
            yield warning("D-117", Source(suivi.nom), message, remede)


def _to_validate(projet: Projet, fichiers: Sequence[FichierSuivi]) -> Iterator[Constat]:
    """The wordings that somebody answered for, and whose words change."""
    toutes = load_validations(projet.racine / "clauses", "clauses").toutes
    validees = {(cle, v.empreinte): v.fait for cle, v in toutes if not v.fait.fictive}
    for suivi in _changed(fichiers) if validees else ():
        avant, apres = (_wording(racine, suivi.nom) for racine in (projet.racine, graine()))
        fait = validees.get((avant.cle, avant.mots)) if avant else None
        if fait and apres and (apres.cle, apres.mots) not in validees:
            message = f"Ces mots, validés par {fait.par}, changent\u00a0: nul n’en répond plus."
            remede = f"Les relire, puis\u00a0: caqes clauses valider {apres.entete.id}"
            yield warning("D-118", Source(suivi.nom), message, remede)


def _changed(fichiers: Sequence[FichierSuivi]) -> list[FichierSuivi]:
    return [x for x in fichiers if x.sort in (Sort.REMPLACE, Sort.AJOUTE, Sort.OTE)]


def _wording(racine: Path, nom: str) -> Redaction | None:
    """The wording that a file of `racine` holds, if it is one."""
    chemin = racine / nom
    if not (nom.startswith("clauses/") and nom.endswith(".md") and chemin.is_file()):
        return None
    return read_wording(chemin, Racine("", racine / "clauses", "clauses"))[0]


def _writings(
    racine: Path, fichiers: Sequence[FichierSuivi], pris: Sequence[str]
) -> Iterator[tuple[Path, bytes | None]]:
    for suivi in fichiers:
        chemin = racine / suivi.nom
        if suivi.sort is Sort.CONFLIT and suivi.livre is not None:
            yield Path(f"{chemin}{NOUVEAU}"), suivi.livre
        elif suivi.sort in (Sort.REMPLACE, Sort.AJOUTE, Sort.OTE):
            if suivi.nom in pris and suivi.sien is not None:
                yield Path(f"{chemin}{ANCIEN}"), suivi.sien
            yield chemin, suivi.livre
    for nom in pris:
        if (racine / f"{nom}{NOUVEAU}").exists():
            yield racine / f"{nom}{NOUVEAU}", None


def _refuse_lost(racine: Path, ecart: EcartDeVersion, ecritures: dict[Path, bytes | None]) -> None:
    """A text put aside that somebody changed since is not written over, nor erased."""
    recus = ecart.origine.fichiers if ecart.origine else {}
    for chemin, contenu in ecritures.items():
        if chemin.suffix not in (NOUVEAU, ANCIEN) or not chemin.exists():
            continue
        mis = {None if contenu is None else text_digest(contenu)}
        if chemin.suffix == NOUVEAU:
            nom = chemin.relative_to(racine).as_posix().removesuffix(NOUVEAU)
            mis |= {recus.get(nom), ecart.empreintes.get(nom)}
        if text_digest(chemin.read_bytes()) not in mis:
            raise UsageError(
                "U-077",
                f"«\u00a0{chemin}\u00a0», mis de côté par une mise à jour précédente, a été "
                "changé depuis.",
                remede="En reporter ce qui vaut, l’effacer ou le ranger ailleurs, puis "
                "recommencer.",
            )


def _write_all(ecritures: dict[Path, bytes | None]) -> None:
    """All of it or nothing: at the first refusal, what was written is put back as it was.

    Cut short before that, it is taken up again by the same command: the record is written last.
    """
    faites: dict[Path, bytes | None] = {}
    try:
        for chemin, contenu in ecritures.items():
            avant = chemin.read_bytes() if chemin.exists() else None
            faites[chemin] = avant
            _put(chemin, contenu)
    except BaseException:
        for chemin, avant in reversed(faites.items()):
            with contextlib.suppress(Exception):
                _put(chemin, avant)
        raise


def _put(chemin: Path, contenu: bytes | None) -> None:
    if contenu is None:
        erase(chemin)
    else:
        write_whole(chemin, contenu)


def _diff(suivi: FichierSuivi) -> str:
    """From the project's text to the version's; a project's own change is not told again."""
    if suivi.sort in (Sort.GARDE, Sort.RETIRE, Sort.OTE):
        return ""
    cotes = [x or b"" for x in (suivi.sien, suivi.livre)]
    if any(b"\0" in cote for cote in cotes):
        return f"{suivi.nom}\u00a0: fichier Word ou image, à comparer dans Word.\n"
    avant, apres = (cote.decode("utf-8-sig", "replace").splitlines() for cote in cotes)
    noms = (f"{suivi.nom} (le vôtre)", f"{suivi.nom} (version {__version__})")
    lignes = difflib.unified_diff(avant, apres, *noms, lineterm="")
    return "".join(f"{ligne}\n" for ligne in lignes)
