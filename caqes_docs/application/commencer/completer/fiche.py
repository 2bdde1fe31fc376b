"""The files that are filled by being asked, and what `caqes verifier` says of each alone."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel

from caqes_docs.application.commencer.fiches import FICHES, find_dossier
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.dossiers import as_constat, assemble_draft, check_one
from caqes_docs.application.verifier.provisoire import what_else, with_parties
from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.errors import CaqesError, UsageError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal
from caqes_docs.data.fiches import find_unknown
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.data.lecture.introspection import TypeChamp, walk_type
from caqes_docs.data.lecture.provisoire import load_provisional
from caqes_docs.data.lecture.reperage import spelling
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml, look
from caqes_docs.data.migration.anciens import signal_former
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.jugement import judge

_RACINE = "contracts_data"
_EVALUATION = "évaluation"


class Fiche:
    """A dossier: the other kinds of file say what differs."""

    modele: type[BaseModel] = Dossier
    prefixe = ""
    """The name of the whole, before the keys that remedies name."""
    motif = "sans_objet"
    """The key that says why an indicator has no value."""

    def __init__(self, projet: Projet, chemin: Path) -> None:
        self.projet = projet
        self.chemin = chemin
        self.nom = chemin.relative_to(projet.racine).as_posix()

    @functools.cached_property
    def depot(self) -> Depot:
        """The agencies and the funds, and the dossiers that this file speaks of."""
        return self.projet.depot(("",))

    def champ(self, chemin: Chemin) -> TypeChamp | None:
        """What the model says of a key."""
        return walk_type(TypeChamp("bloc", self.modele), chemin)

    def check(self) -> list[Constat]:
        """What `caqes verifier` says of this file alone."""
        charge, constats = load_record(self.chemin, self.nom, Dossier, signal_former(Dossier))
        if charge is not None:
            inconnues = self._unknown(charge)
            if not inconnues:
                constats += self._check_one(with_parties(charge, self.depot))
            constats += inconnues
        constats += what_else(self.projet, self.depot, constats, self._check_one)
        return sort_constats(constats)

    def foresee(self, fichier: FichierYaml, constats: Sequence[Constat]) -> list[Constat]:
        """What will be said of the terms, once the parties and the reference are known."""
        cles = [("contrat", cle) for cle in ("reference", "ars", "organisme")]
        erreurs = {c.source for c in constats if c.gravite is Gravite.ERREUR}
        affaire = None if self.prefixe or not erreurs else self.affaire(fichier)
        if affaire is None or not erreurs <= {fichier.source(cle) for cle in cles}:
            return []
        return [c for c in check_affaire(affaire, self.projet.droit) if c.source not in erreurs]

    def volets(self, fichier: FichierYaml) -> list[str]:
        """The volets opened by the contract, which somebody is to follow."""
        ouverts = look(fichier.donnees, ("contrat", "volets"))
        return [*ouverts] if isinstance(ouverts, dict) else []

    def _unknown(self, charge: Charge[Dossier]) -> list[Constat]:
        """The parties that it names and that have no record."""
        ars, caisses = self.depot.ars, self.depot.organismes
        return find_unknown(self.projet.racine / _RACINE, _RACINE, charge, ars, caisses)

    def parties(self, sorte: str) -> Iterator[tuple[str, str]]:
        """The agencies or the funds that a contract may name, and what is to be said of each."""
        connues: Mapping[str, Charge[Ars] | Charge[OrganismeLocal]]
        connues = self.depot.ars if sorte == "ars" else self.depot.organismes
        for chemin in sorted((self.projet.racine / _RACINE / FICHES[sorte][1]).glob("*.yaml")):
            charge, a_remplir = (
                connues.get(chemin.stem),
                f"à remplir, caqes completer {chemin.stem}",
            )
            yield chemin.stem, charge.valeur.nom or "" if charge else a_remplir

    def _check_one(self, affaire: Affaire) -> list[Constat]:
        return check_one(self.projet, affaire, None, [])

    def affaire(self, fichier: FichierYaml) -> Affaire | None:
        """What an act is made from, as `fichier` has it; None when too little is known."""
        charge = load_provisional(signal_former(Dossier)(fichier)[0], Dossier)
        return with_parties(charge, self.depot) if charge else None

    def judge(self, fichier: FichierYaml) -> list[Constat]:
        """What the law says of `fichier`, were it written: of a party alone, nothing."""
        affaire = None if self.prefixe else self.affaire(fichier)
        if affaire is None:
            return []
        ars, caisses = dict(self.parties("ars")), dict(self.parties("organisme"))
        racine = self.projet.racine / _RACINE
        absentes = find_unknown(racine, _RACINE, affaire.dossier, ars, caisses)
        inconnues = {constat.source for constat in self._unknown(affaire.dossier)}
        dits = check_affaire(affaire, self.projet.droit)
        return [*absentes, *(constat for constat in dits if constat.source not in inconnues)]

    def consignes(self, fichier: FichierYaml) -> Mapping[str, Sequence[str]]:
        """What the draft says of each datum that it misses."""
        affaire = self.affaire(fichier) if self.prefixe != _EVALUATION else None
        acte = assemble_draft(self.projet, affaire) if affaire else None
        return acte.document.consignes if acte else {}


class _FichePartie(Fiche):
    """An agency or a fund: what is missing is what a contract that names it would print."""

    def __init__(self, projet: Projet, chemin: Path, sorte: str) -> None:
        super().__init__(projet, chemin)
        self.modele, self.prefixe = FICHES[sorte][0], sorte

    @functools.cached_property
    def depot(self) -> Depot:
        """The dossiers that name this party come with it."""
        lus = spelling(self.projet.racine / _RACINE / "dossiers", [self.chemin.stem])
        return self.projet.depot(sorted(lus) or ("",))

    def check(self) -> list[Constat]:
        """What its own model says, then the first contract that names it."""
        charge, constats = load_record(self.chemin, self.nom, self.modele)
        affaire = self.affaire(charge.fichier) if charge else None
        if affaire is not None:
            dits = check_one(self.projet, affaire, None, [])
            constats += [constat for constat in dits if constat.source.fichier == self.nom]
        return sort_constats(constats)

    def affaire(self, fichier: FichierYaml) -> Affaire | None:
        """The first contract that names it."""
        for affaire in self.depot.affaires.values():
            if getattr(affaire.dossier.valeur.contrat, self.prefixe) == self.chemin.stem:
                return self._with(affaire, fichier)
        return None

    def volets(self, _fichier: FichierYaml) -> list[str]:
        """Those of the contracts that name it."""
        contrats = [a.dossier.valeur.contrat for a in self.depot.affaires.values()]
        siens = [c for c in contrats if getattr(c, self.prefixe) == self.chemin.stem]
        return [*dict.fromkeys(nom for contrat in siens for nom in contrat.volets)]

    def _with(self, affaire: Affaire, fichier: FichierYaml) -> Affaire | None:
        if self.modele is Ars:
            ars = load_provisional(fichier, Ars)
            return replace(affaire, ars=ars) if ars else None
        caisse = load_provisional(fichier, OrganismeLocal)
        return replace(affaire, organisme=caisse) if caisse else None


class _FicheEvaluation(Fiche):
    """One year of a contract."""

    modele = Evaluation
    prefixe = _EVALUATION
    motif = "indisponible"

    @functools.cached_property
    def depot(self) -> Depot:
        """The dossier that is evaluated comes with it."""
        return self.projet.named([self.chemin.stem.rpartition("-")[0]])

    def check(self) -> list[Constat]:
        """What its own model says, then the year worked out."""
        charge, constats = load_record(self.chemin, self.nom, Evaluation)
        return sort_constats([*constats, *self._worked_out(charge)])

    def _worked_out(self, charge: Charge[Evaluation] | None) -> list[Constat]:
        affaire = self.depot.affaires.get(charge.valeur.dossier) if charge else None
        if charge is None or affaire is None:
            return []
        try:
            dits = judge(affaire, charge, self.projet.droit).constats
        except CaqesError as error:
            return [as_constat(error, affaire)]
        return [constat for constat in dits if constat.source.fichier == self.nom]

    def judge(self, fichier: FichierYaml) -> list[Constat]:
        """What the year worked out says of `fichier`, were it written."""
        return self._worked_out(load_provisional(fichier, Evaluation))


def open_fiche(projet: Projet, chemin: Path) -> Fiche:
    """The file at `chemin`, as its folder has it."""
    dossier = chemin.relative_to(projet.racine / _RACINE).parts[0]
    for sorte, (_, place) in FICHES.items():
        if dossier == place:
            return _FichePartie(projet, chemin, sorte)
    return (_FicheEvaluation if dossier == "evaluations" else Fiche)(projet, chemin)


def find_fiche(projet: Projet, nom: str) -> Path:
    """The file of an agency, of a fund or of an evaluation by its name, or that of a dossier.

    Raises:
        UsageError: U-003 nothing has that name; U-086 several files have it.
    """
    nu = nom.removesuffix(".yaml")
    places = [*(place for _, place in FICHES.values()), "evaluations"]
    donnees = projet.racine / _RACINE
    trouves = [c for place in places if (c := donnees / place / f"{nu}.yaml").is_file()]
    if len(trouves) > 1:
        raise UsageError(
            "U-086",
            f"Plusieurs fiches s’appellent «\u00a0{nu}\u00a0».",
            remede="Donner à l’une un autre identifiant\u00a0: "
            f"{', '.join(c.relative_to(donnees).as_posix() for c in trouves)}.",
        )
    dossier, _, annee = nu.rpartition("-")
    if not trouves and annee.isdigit() and (donnees / "dossiers" / f"{dossier}.yaml").is_file():
        raise UsageError(
            "U-003",
            f"L’évaluation «\u00a0{nu}\u00a0» n’existe pas.",
            remede=f"La créer\u00a0: caqes nouveau evaluation {dossier} --annee {annee}",
        )
    return trouves[0] if trouves else find_dossier(projet, nom)


__all__ = ["Fiche", "find_fiche", "open_fiche"]
