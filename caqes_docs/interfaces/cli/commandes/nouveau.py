"""`caqes nouveau …`: begin a project, a dossier, an evaluation, a wording, a kind of document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli

if TYPE_CHECKING:
    from caqes_docs.application.projet import Projet

_ACTIVITES = "Activités, séparées par des virgules : MCO,HAD,dialyse,SSR,PSY,USLD."


@dataclass(frozen=True, kw_only=True)
class NouveauProjet(cli.Arguments):
    """Créer un projet : clauses, charte et données, à modifier librement."""

    destination: Path = cli.argument(type=cli.CHEMIN, help="Dossier à créer.")
    exemple: bool = cli.option("--exemple", is_flag=True, help="Y mettre aussi la région fictive.")

    def run(self) -> None:
        """Create it, then say what to type next."""
        from caqes_docs.application.commencer.nouveau import new_project

        ou = self.destination
        noms = new_project(ou, exemple=self.exemple)
        ecran.say(f"Projet créé dans «\u00a0{ou}\u00a0»\u00a0: {', '.join(noms)}.", "green")
        dans = ecran.quoted_path(ou)
        if self.exemple:
            ecran.say(f"Essayer\u00a0: caqes generer --tous --projet {dans}")
        else:
            ecran.say(f"Continuer\u00a0: caqes nouveau dossier FINESS --projet {dans}")


@dataclass(frozen=True, kw_only=True)
class NouveauDossier(cli.ArgumentsProjet):
    """Créer le dossier vide d’un établissement, avec les indicateurs qui lui sont demandés."""

    finess: str = cli.argument(help="Numéro FINESS de l’entité juridique.")
    volets: str = cli.option(
        "--volets",
        metavar="LISTE",
        default="",
        help="Volets additionnels à ouvrir, séparés par des virgules : transports,qualite.",
    )
    activites: str = cli.option("--activites", metavar="LISTE", default="", help=_ACTIVITES)
    date_effet: dt.date | None = cli.date_effet(
        "Date d’effet prévue : elle choisit les catalogues."
    )

    def run(self) -> None:
        """Create it, then say where it lies."""
        from caqes_docs.application.commencer.dossier import (
            DossierDemande,
            new_dossier,
            read_activities,
            told_of_effect,
        )

        volets = tuple(nom.strip() for nom in self.volets.split(",") if nom.strip())
        activites = read_activities(self.activites)
        demande = DossierDemande(self.finess, volets, activites, self.date_effet)
        projet = self.find_projet()
        chemin = new_dossier(projet, demande)
        ecran.say(f"Dossier créé\u00a0: {chemin}.", "green")
        jour = dt.datetime.now().astimezone().date()
        for phrase in told_of_effect(projet.droit, self.date_effet, jour):
            ecran.say(phrase, "yellow")
        ecran.say(f"Le remplir en répondant à des questions\u00a0: caqes completer {self.finess}")


@dataclass(frozen=True, kw_only=True)
class NouvelleArs(cli.ArgumentsProjet):
    """Créer la fiche vide d’une agence régionale de santé."""

    identifiant: str = cli.argument(help="Identifiant, nom du fichier : ars-bretagne.")

    def run(self) -> None:
        """Create it, then say where it lies."""
        _begin_fiche(self.find_projet(), "ars", self.identifiant)


@dataclass(frozen=True, kw_only=True)
class NouvelOrganisme(cli.ArgumentsProjet):
    """Créer la fiche vide d’un organisme local d’assurance maladie."""

    identifiant: str = cli.argument(help="Identifiant, nom du fichier : cpam-35.")

    def run(self) -> None:
        """Create it, then say where it lies."""
        _begin_fiche(self.find_projet(), "organisme", self.identifiant)


def _begin_fiche(projet: Projet, sorte: str, identifiant: str) -> None:
    from caqes_docs.application.commencer.fiches import new_fiche

    chemin = new_fiche(projet, sorte, identifiant)
    cle = f"{sorte}: {identifiant}"
    ecran.say(f"Fiche créée\u00a0: {chemin}. Un dossier la nomme par «\u00a0{cle}\u00a0».", "green")


@dataclass(frozen=True, kw_only=True)
class NouveauVolet(cli.ArgumentsProjet):
    """Ouvrir un volet additionnel dans un dossier : objectifs, plan d’actions, sanction."""

    finess: str = cli.argument(help="Numéro FINESS de l’entité juridique.")
    volet: str = cli.argument(help="Identifiant du volet : transports, pertinence, qualite…")

    def run(self) -> None:
        """Write it, then say where."""
        from caqes_docs.application.commencer.fiches import new_volet

        chemin = new_volet(self.find_projet(), self.finess, self.volet)
        ecran.say(f"Volet «\u00a0{self.volet}\u00a0» ouvert, à remplir\u00a0: {chemin}.", "green")


@dataclass(frozen=True, kw_only=True)
class NouveauSite(cli.ArgumentsProjet):
    """Ajouter un site géographique à un dossier."""

    finess: str = cli.argument(help="Numéro FINESS de l’entité juridique.")
    site: str = cli.argument(help="Numéro FINESS du site.")
    nom: str | None = cli.option("--nom", metavar="NOM", help="Nom du site.")
    activites: str = cli.option("--activites", metavar="LISTE", default="", help=_ACTIVITES)

    def run(self) -> None:
        """Write it, then say where."""
        from caqes_docs.application.commencer.dossier import read_activities
        from caqes_docs.application.commencer.fiches import new_site

        activites = read_activities(self.activites)
        chemin = new_site(self.find_projet(), self.finess, self.site, self.nom, activites)
        ecran.say(f"Site {self.site} ajouté, à remplir\u00a0: {chemin}.", "green")


@dataclass(frozen=True, kw_only=True)
class NouvelleEvaluation(cli.ArgumentsProjet):
    """Créer l’évaluation vide d’une année : ce que le contrat demande de mesurer.

    Sans DOSSIERS, pour chaque contrat en vigueur cette année-là. Rien n’est écrasé.
    """

    dossiers: tuple[str, ...] = cli.dossiers()
    annee: int = cli.option(
        "--annee", type=cli.ANNEE_EVALUEE, metavar="ANNÉE", required=True, help="Année à évaluer."
    )

    def run(self) -> None:
        """Create them, then say which were left aside."""
        from caqes_docs.application.commencer.evaluation import new_evaluations

        bilan = new_evaluations(self.find_projet(), self.dossiers, self.annee)
        for chemin in bilan.fichiers:
            click.echo(str(chemin))
        for noms, motif in (
            (bilan.existantes, f"déjà évalués en {self.annee}"),
            (bilan.hors_annee, f"contrat non signé, ou pas en vigueur en {self.annee}"),
        ):
            if noms:
                ecran.say(f"Laissés de côté ({motif})\u00a0: {', '.join(noms)}.")
        nombre = compte(len(bilan.fichiers), "évaluation(s) à remplir")
        ecran.say(f"{nombre}. Ensuite\u00a0: caqes evaluer --annee {self.annee}", "green")


@dataclass(frozen=True, kw_only=True)
class NouvelleClause(cli.ArgumentsProjet):
    """Créer une rédaction de clause (FAMILLE.CLAUSE) : celle en vigueur est reprise, puis close."""

    identifiant: str = cli.argument(help="Identifiant de la clause : contrat.duree.")
    du: dt.date = cli.option(
        "--du", type=cli.JOUR, required=True, help="Date d’entrée en vigueur de la rédaction."
    )
    titre: str | None = cli.option("--titre", metavar="TITRE", help="Titre imprimé.")

    def run(self) -> None:
        """Create it, then say where it lies."""
        from caqes_docs.application.commencer.redaction import new_clause
        from caqes_docs.application.projet import find_projet
        from caqes_docs.core.francais.formes import date_longue

        projet = find_projet(self.projet, self.bibliotheque, neuve=True)
        le = dt.datetime.now().astimezone().date()
        fait = new_clause(projet, self.identifiant, self.du, self.titre, le)
        if not fait.reprise:
            suite = "L’écrire, puis la citer dans un plan de templates/."
            ecran.say(f"Rédaction créée\u00a0: {fait.chemin}. {suite}", "green")
            if fait.proche:
                ecran.say(f"C’est une clause neuve. {fait.proche} Effacer alors ce fichier.")
            return
        ecran.say(f"Rédaction créée\u00a0: {fait.chemin}, reprise de {fait.reprise}.", "green")
        for place in fait.copiees:
            ecran.say(f"Copiée avec elle, la clause étant remplacée tout entière\u00a0: {place}.")
        if fait.close:
            ecran.say(f"La rédaction précédente s’arrête au {date_longue(fait.close)}.")
        ecran.say("Y changer les mots, puis\u00a0: caqes clauses verifier")


@dataclass(frozen=True, kw_only=True)
class NouveauType(cli.ArgumentsProjet):
    """Créer un type de document (une lettre, un avenant…)."""

    identifiant: str = cli.argument(help="Identifiant, nom du dossier du plan : lettre_accord.")
    titre: str = cli.option("--titre", metavar="TITRE", required=True, help="Titre du document.")

    def run(self) -> None:
        """Create it, then say how to write its clause."""
        from caqes_docs.application.commencer.nouveau import new_type

        chemin = new_type(self.find_projet(), self.identifiant, self.titre)
        ecran.say(f"Type créé\u00a0: {chemin}.", "green")
        clause = f"{self.identifiant}.texte"
        ecran.say(f"Écrire sa clause\u00a0: caqes nouveau clause {clause} --du AAAA-MM-JJ")
