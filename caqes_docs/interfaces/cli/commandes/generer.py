"""`caqes generer`: make the acts, then say what lies where."""

from __future__ import annotations

import datetime as dt
import getpass
import itertools
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caqes_docs.core.constats import Gravite, read_constat, sort_constats
from caqes_docs.core.errors import EnvironnementError, UsageError
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli
from caqes_docs.interfaces.cli.noms import complete_types
from caqes_docs.interfaces.cli.produits import Accompli, ArgumentsProduits, show_made

if TYPE_CHECKING:
    from collections.abc import Sequence

    from caqes_docs.application.generer import Bilan
    from caqes_docs.application.projet import Projet
    from caqes_docs.application.verifier.inchange import ReponseConnue


@dataclass(frozen=True, kw_only=True)
class Generer(ArgumentsProduits):
    """Produire les actes, en Word et en PDF."""

    dossiers: tuple[str, ...] = cli.dossiers()
    tous: bool = cli.option("--tous", is_flag=True, help="Produire les actes de tous les dossiers.")
    types: tuple[str, ...] = cli.option(
        "--type",
        metavar="TYPE",
        multiple=True,
        default=("contrat",),
        show_default=True,
        help="Type de document (--types les liste) ; peut être répété.",
        shell_complete=complete_types,
    )
    lister: bool = cli.option(
        "--types", is_flag=True, help="Lister les types de document, sans rien produire."
    )
    ouvrir: bool = cli.option(
        "--ouvrir", is_flag=True, help="Ouvrir l’acte produit, ou le dossier s’il y en a plusieurs."
    )
    definitif: bool = cli.option(
        "--definitif", is_flag=True, help="Acte à signer : refuse toute donnée manquante."
    )
    formats: str | None = cli.formats()
    moteur: str | None = cli.moteur()
    sortie: Path | None = cli.sortie()
    date_effet: dt.date | None = cli.date_effet(
        "Date d’effet d’un projet dont la signature n’est pas datée."
    )
    date_edition: dt.date | None = cli.date_edition()
    annee: int | None = cli.option(
        "--annee",
        type=cli.ANNEE_EVALUEE,
        metavar="ANNÉE",
        help="Année évaluée, pour les documents d’évaluation (par défaut : toutes).",
    )
    numero: int | None = cli.option(
        "--numero",
        type=click.IntRange(1, 99),
        metavar="NUMÉRO",
        help="Numéro de l’avenant, pour son acte et ceux de sa procédure (par défaut : tous).",
    )
    travaux: int | None = cli.option(
        "--travaux",
        type=click.IntRange(1, 64),
        metavar="NOMBRE",
        help="Processus en parallèle, de 1 à 64 (par défaut : un par cœur).",
    )

    def run(self) -> None:
        """List the types, or make the acts."""
        if self.lister:
            _show_types(self.find_projet())
            return
        self._check()
        super().run()

    def work(self, projet: Projet) -> Accompli:
        """Make the acts, one failure never stopping the rest."""
        from caqes_docs.application.generer import Demande, generate
        from caqes_docs.application.production import Trace
        from caqes_docs.application.selection import make_options

        dossier = self.sortie or projet.destination
        options = make_options(
            definitif=self.definitif,
            date_effet=self.date_effet,
            date_edition=self.date_edition,
            annee=self.annee,
            avenant=self.numero,
        )
        demande = Demande(
            dossier,
            cli.parse_formats(self.formats, projet, self.moteur),
            self.types,
            options,
            self.travaux or os.cpu_count() or 1,
            self.tous,
            Trace(user_name(), dt.datetime.now().astimezone()),
        )
        with ecran.progress() as tell:
            faits = itertools.count(1)
            bilan = generate(
                projet, self.dossiers, demande, lambda x: tell(f"{next(faits)} – {x.nom}")
            )
        reponse = _as_json(bilan, projet)
        if self.json:
            ecran.show_json(reponse)
        else:
            _tell(reponse, definitif=self.definitif)
            _show_failures(bilan)
            _show_sum(bilan, dossier)
        fichiers = [dossier / nom for resultat in bilan.resultats for nom in resultat.fichiers]
        if self.ouvrir:
            _open(fichiers, len(bilan.resultats) - len(bilan.echecs), dossier)
        codes = [resultat.erreur.exit_code for resultat in bilan.echecs if resultat.erreur]
        return Accompli(fichiers, [*codes, ecran.findings_code(bilan.constats)], reponse)

    def tell_again(self, connue: ReponseConnue) -> None:
        """The same answer, each act said unchanged."""
        reponse = connue.reponse
        for acte in reponse["actes"]:
            acte["inchange"] = True
        if self.json:
            ecran.show_json({**reponse, "inchange": True})
        else:
            _tell(reponse, definitif=self.definitif)
        if self.ouvrir and connue.fichiers:
            _open(connue.fichiers, len(reponse["actes"]), connue.fichiers[0].parent)

    def _check(self) -> None:
        if self.tous == bool(self.dossiers):
            raise UsageError(
                "U-004",
                "Il faut nommer des dossiers, ou demander --tous, et pas les deux.",
                remede="Par exemple : caqes generer 990780017, ou caqes generer --tous.",
            )
        if self.definitif and self.date_effet:
            raise UsageError(
                "U-005",
                "--date-effet ne sert qu’aux projets\u00a0: un acte définitif tire sa date "
                "d’effet de sa signature.",
                remede="Écrire la date de signature dans le dossier.",
            )


def user_name() -> str:
    """The name of the session; empty where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _show_types(projet: Projet) -> None:
    """The types of document, with what each is made from."""
    lignes = [(nom, t.plan.titre, t.plan.donnees) for nom, t in sorted(projet.types.items())]
    ecran.show_table(("Type", "Titre", "Se fait à partir de"), lignes)


def _open(fichiers: Sequence[Path], actes: int, dossier: Path) -> None:
    """The act made, in the program of the desk; the folder, when there are several."""
    if fichiers:
        click.launch(str(fichiers[0] if actes == 1 else dossier))


_A_RELIRE = ("C-100",)


def _tell(reponse: dict[str, Any], *, definitif: bool) -> None:
    """The acts, then what keeps the drafts from being signed, and what is to be read again.

    All that was found is told beside an act to sign: nobody will look at it again.
    """
    actes = reponse["actes"]
    show_made(actes)
    ecran.show_findings([read_constat(constat) for constat in reponse["constats"]])
    trouves = (read_constat(c) for acte in actes if not acte["erreur"] for c in acte["constats"])
    dits = (c for c in trouves if definitif or c.gravite is Gravite.ERREUR or c.code in _A_RELIRE)
    ecran.show_findings(sort_constats(dits))


def _show_sum(bilan: Bilan, dossier: Path) -> None:
    faits = sum(bool(resultat.fichiers) for resultat in bilan.resultats)
    ecran.say(
        f"{compte(faits, 'acte(s) produit(s)')} dans {dossier}, "
        f"{compte(len(bilan.resultats) - faits, 'échec(s)')}.",
        "red" if bilan.echecs else "green",
    )


def _show_failures(bilan: Bilan) -> None:
    """Each failure under its dossier; what the machine lacks is told once."""
    dits: set[str] = set()
    for resultat in bilan.echecs:
        erreur = resultat.erreur
        assert erreur is not None
        if not isinstance(erreur, EnvironnementError):
            ecran.say(f"{resultat.dossier}, {resultat.type}\u00a0:", "red")
        elif erreur.message in dits:
            continue
        dits.add(erreur.message)
        ecran.show_error(erreur)


def _as_json(bilan: Bilan, projet: Projet) -> dict[str, Any]:
    return {
        "actes": [
            {
                "dossier": resultat.dossier,
                "etablissement": resultat.nom,
                "type": resultat.type,
                "document": projet.types[resultat.type].plan.titre,
                "fichiers": list(resultat.fichiers),
                "empreinte": resultat.empreinte,
                "erreur": resultat.erreur.as_dict() if resultat.erreur else None,
                "constats": [constat.as_dict() for constat in resultat.constats],
            }
            for resultat in bilan.resultats
        ],
        "constats": [constat.as_dict() for constat in bilan.constats],
    }
