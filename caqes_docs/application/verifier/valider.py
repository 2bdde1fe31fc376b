"""Record who answers for which wordings, in the library that holds them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.sorties import write_whole
from caqes_docs.application.verifier.signature import printed_wordings
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.ecriture import quote
from caqes_docs.data.lecture.edition import Edition, EditionImpossibleError
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.lecture.yaml_strict import Donnee, parse_yaml
from caqes_docs.redaction.bibliotheque.plan import clauses_of
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.bibliotheque.types import find_type
from caqes_docs.redaction.bibliotheque.validations import FICHIER

_ICI = Source("ligne de commande")
_DEBUT = (
    "# Qui répond de quels mots. Écrit par «\u00a0caqes clauses valider\u00a0»\u00a0: une "
    "validation s’ajoute, aucune ne s’efface.\n"
    "# «\u00a0empreinte\u00a0»\u00a0: SHA-256 de ce que la rédaction imprime\u00a0; un mot changé, "
    "et la validation ne vaut plus.\n"
    "validations: []\n"
)


@dataclass(frozen=True)
class Designation:
    """Which wordings are meant."""

    noms: tuple[str, ...] = ()
    """Ids, or patterns (`contrat.*`)."""
    types: tuple[str, ...] = ()
    dossier: str | None = None
    """Those that its acts of these types print (its contract, when no type is given)."""
    toutes: bool = False
    au: dt.date | None = None
    """Those in force that day alone."""
    annee: int | None = None


@dataclass(frozen=True)
class Validateur:
    """Who validates, and when."""

    par: str
    qualite: str
    le: dt.date
    fictif: bool = False
    """An example, which answers for nothing."""


@dataclass(frozen=True)
class BilanValidation:
    """What was recorded, and what was already."""

    nouvelles: tuple[Redaction, ...]
    deja: tuple[Redaction, ...]
    fichiers: tuple[str, ...]


def validate(
    projet: Projet, choix: Designation, qui: Validateur, aujourd_hui: dt.date
) -> BilanValidation:
    """Record the validation of the wordings chosen, each in its own library.

    Raises:
        DonneesError: C-070 nothing is recorded (C-071 who or when is not said, C-072 a name leads
            to no wording; all listed); C-073 the file of validations cannot be added to.
        RenduError: R-001 it cannot be written.
    """
    fautes = [*_check_validator(qui, aujourd_hui)]
    choisies = _Selection(projet, choix, fautes).wordings()
    if fautes:
        message = f"Rien n’est enregistré\u00a0: {compte(len(fautes), 'faute(s)')}."
        raise DonneesError("C-070", message, fautes)
    deja = tuple(r for r in choisies if r.is_validated or (qui.fictif and r.validation))
    nouvelles = tuple(r for r in choisies if r not in deja)
    contenus: list[tuple[Path, bytes, str]] = []
    for racine in projet.racines:
        siennes = [r for r in nouvelles if _library(projet, r) == racine.dossier]
        if siennes:
            chemin, nom = racine.dossier / FICHIER, f"{racine.prefixe}/{FICHIER}"
            contenus.append((chemin, _extended(chemin, nom, siennes, qui), nom))
    for chemin, contenu, _ in contenus:
        write_whole(chemin, contenu)
    return BilanValidation(nouvelles, deja, tuple(nom for *_, nom in contenus))


def _library(projet: Projet, redaction: Redaction) -> Path:
    """The folder of the library that holds a wording."""
    racines = [r for r in projet.racines if redaction.fichier.nom.startswith(f"{r.prefixe}/")]
    return max(racines, key=lambda racine: len(racine.prefixe)).dossier


def _check_validator(qui: Validateur, aujourd_hui: dt.date) -> Iterator[Constat]:
    for option, valeur, exemple in (
        ("--par", qui.par, "Claire Martin"),
        ("--qualite", qui.qualite, "juriste de l’agence"),
    ):
        fichier, _ = parse_yaml(f"v: {quote(valeur)}".encode(), "")
        lu = fichier.donnees.get("v") if fichier and isinstance(fichier.donnees, dict) else None
        if not isinstance(lu, str) or not any(map(str.isalpha, lu)):
            remede = f'Écrire {option} "{exemple}".'
            yield fault("C-071", _ICI, f"{option} ne nomme personne, ni rien.", remede)
    if qui.le > aujourd_hui:
        message = f"--le donne le {date_longue(qui.le)}, qui n’est pas encore venu."
        yield fault("C-071", _ICI, message, "Donner le jour où les mots ont été relus.")


@dataclass
class _Selection:
    """The wordings that a choice means, each once, by clause and date."""

    projet: Projet
    choix: Designation
    fautes: list[Constat]

    def wordings(self) -> tuple[Redaction, ...]:
        """The wordings; what leads to none is added to the faults."""
        choix, clauses = self.choix, self.projet.bibliotheque.clauses
        trouvees: list[Redaction] = []
        if choix.toutes:
            trouvees += [r for redactions in clauses.values() for r in redactions]
        for nom in choix.noms:
            trouvees += self._named(nom)
        if choix.dossier is not None:
            trouvees += self._printed(choix.dossier)
        else:
            plans = [find_type(self.projet.types, t, _TOUS).plan for t in choix.types]
            noms = {nom for plan in plans for nom, _ in clauses_of(plan)}
            trouvees += [r for nom in noms for r in clauses.get(nom, ())]
        uniques = {r.cle: r for r in trouvees if choix.au is None or r.en_vigueur.holds(choix.au)}
        if not uniques and not self.fautes:
            message = "Aucune rédaction n’est désignée."
            remede = "Nommer des clauses, ou donner --type, --dossier ou --toutes."
            self.fautes.append(fault("C-072", _ICI, message, remede))
        return tuple(uniques[cle] for cle in sorted(uniques))

    def _named(self, nom: str) -> list[Redaction]:
        bibliotheque = self.projet.bibliotheque
        clauses = bibliotheque.clauses
        exact = bibliotheque.present(nom)
        noms = [exact] if exact in clauses else [c for c in clauses if fnmatchcase(c, nom)]
        if not noms:
            message = f"«\u00a0{nom}\u00a0» ne désigne aucune clause de la bibliothèque."
            remede = close_name(nom, clauses) or "Voir «\u00a0caqes clauses liste\u00a0»."
            self.fautes.append(fault("C-072", _ICI, message, remede))
        return [r for trouve in noms for r in clauses[trouve]]

    def _printed(self, nom: str) -> list[Redaction]:
        projet = self.projet
        (affaire,) = select(projet.named((nom,)), (nom,))
        options = Options(annee=self.choix.annee)
        return [
            redaction
            for id_type in self.choix.types or ("contrat",)
            for redaction in printed_wordings(
                projet,
                assemble_act(
                    find_type(projet.types, id_type),
                    affaire,
                    projet.bibliotheque,
                    projet.droit,
                    options,
                ),
            )
        ]


_TOUS = ("contrat", "autoevaluation", "evaluation", "evaluation_regionale", "ciblage", "simulation")


def _extended(chemin: Path, nom: str, redactions: Sequence[Redaction], qui: Validateur) -> bytes:
    """The file of validations with one more, all that it held untouched."""
    contenu = chemin.read_bytes() if chemin.exists() else f"{_DEBUT}".encode()
    try:
        edition = Edition(contenu)
        edition.append(("validations",), [_record(redactions, qui)])
        return edition.apply()
    except (EditionImpossibleError, UnicodeDecodeError) as error:
        raise DonneesError(
            "C-073",
            f"La validation ne peut pas être ajoutée à {nom}, écrit autrement que par la commande.",
            remede="Y écrire «\u00a0validations:\u00a0», puis une liste dont chaque élément "
            "commence par «\u00a0- par:\u00a0».",
            source=Source(nom),
        ) from error


def _record(redactions: Sequence[Redaction], qui: Validateur) -> tuple[list[str], Donnee]:
    """The lines of one record, and the data that they must be read as."""
    tetes = {"par": qui.par, "qualite": qui.qualite, "le": qui.le.isoformat()}
    if qui.fictif:
        tetes["fictif"] = "oui"
    lues = [
        {"id": r.entete.id, "du": r.en_vigueur.du.isoformat(), "empreinte": r.mots}
        for r in redactions
    ]
    lignes = [f"- par: {quote(qui.par)}", f"  qualite: {quote(qui.qualite)}"]
    lignes += [f"  {cle}: {valeur}" for cle, valeur in tetes.items() if cle in ("le", "fictif")]
    lignes.append("  redactions:")
    for lue in lues:
        lignes.append("    - {" + ", ".join(f"{cle}: {mot}" for cle, mot in lue.items()) + "}")
    donnees: Donnee = {**tetes, "redactions": [dict(lue) for lue in lues]}
    return lignes, donnees
