"""`caqes`: its groups of commands, and what becomes of a failure. No rule and no file format here.

A module of `commandes` imports what it works with when it works, so that `--help` answers at once.
"""

from __future__ import annotations

import sys

import click

from caqes_docs import __version__
from caqes_docs.core.errors import CaqesError, ExitCode
from caqes_docs.core.systeme import sweep_seldom
from caqes_docs.interfaces.cli.affichage import say, show_bug, show_error, speak_plainly
from caqes_docs.interfaces.cli.arguments import add
from caqes_docs.interfaces.cli.commandes.avenants.controler import Controler
from caqes_docs.interfaces.cli.commandes.avenants.etat import EtatDuContrat
from caqes_docs.interfaces.cli.commandes.avenants.impact import Impact
from caqes_docs.interfaces.cli.commandes.avenants.ouvrir import DeriverAvenant, NouvelAvenant
from caqes_docs.interfaces.cli.commandes.avenants.signer import Signer
from caqes_docs.interfaces.cli.commandes.clauses import Historique, ListerClauses, VerifierClauses
from caqes_docs.interfaces.cli.commandes.comparer import Comparer
from caqes_docs.interfaces.cli.commandes.completer import Completer
from caqes_docs.interfaces.cli.commandes.echeances import Echeances
from caqes_docs.interfaces.cli.commandes.evaluer import Evaluer
from caqes_docs.interfaces.cli.commandes.expliquer import Expliquer
from caqes_docs.interfaces.cli.commandes.generer import Generer
from caqes_docs.interfaces.cli.commandes.importer import ImporterFiness
from caqes_docs.interfaces.cli.commandes.migrer import Migrer
from caqes_docs.interfaces.cli.commandes.modele import ImporterModele
from caqes_docs.interfaces.cli.commandes.nouveau import (
    NouveauDossier,
    NouveauProjet,
    NouveauSite,
    NouveauType,
    NouveauVolet,
    NouvelleArs,
    NouvelleClause,
    NouvelleEvaluation,
    NouvelOrganisme,
)
from caqes_docs.interfaces.cli.commandes.region.cibler import Cibler
from caqes_docs.interfaces.cli.commandes.region.consolider import Consolider
from caqes_docs.interfaces.cli.commandes.region.simuler import Simuler
from caqes_docs.interfaces.cli.commandes.schema import Schema
from caqes_docs.interfaces.cli.commandes.valider import ValiderClauses
from caqes_docs.interfaces.cli.commandes.verifier import Verifier
from caqes_docs.interfaces.cli.francais import Groupe, usage_message
from caqes_docs.interfaces.cli.poste.charte import CharteDuProjet
from caqes_docs.interfaces.cli.poste.completion import Completion
from caqes_docs.interfaces.cli.poste.diagnostic import DiagnosticDuPoste
from caqes_docs.interfaces.cli.poste.documentation import Aide, Erreur
from caqes_docs.interfaces.cli.poste.mise_a_jour import MettreAJour


@click.group(cls=Groupe, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    __version__, prog_name="caqes", message="caqes %(version)s", help="Afficher la version."
)
def caqes() -> None:
    """Produire les contrats du CAQES : Word à relire, PDF à signer.

    Les données sont dans contracts_data/, les textes dans clauses/, la mise en page dans
    templates/. Commencer par « caqes verifier ».
    """


add(
    caqes,
    completer=Completer,
    verifier=Verifier,
    generer=Generer,
    evaluer=Evaluer,
    consolider=Consolider,
    signer=Signer,
    etat=EtatDuContrat,
    controler=Controler,
    impact=Impact,
    comparer=Comparer,
    simuler=Simuler,
    cibler=Cibler,
    echeances=Echeances,
    expliquer=Expliquer,
)


@caqes.group()
def clauses() -> None:
    """Contrôler et lire la bibliothèque de clauses, importer un modèle."""


add(
    clauses,
    verifier=VerifierClauses,
    liste=ListerClauses,
    historique=Historique,
    valider=ValiderClauses,
    importer=ImporterModele,
)


@caqes.group()
def avenant() -> None:
    """Ouvrir un avenant, en tirer les modifications d’une copie du contrat."""


add(avenant, nouveau=NouvelAvenant, deriver=DeriverAvenant)


@caqes.group()
def nouveau() -> None:
    """Commencer un projet, un dossier, une évaluation, une clause ou un type de document."""


add(
    nouveau,
    projet=NouveauProjet,
    dossier=NouveauDossier,
    volet=NouveauVolet,
    site=NouveauSite,
    ars=NouvelleArs,
    organisme=NouvelOrganisme,
    evaluation=NouvelleEvaluation,
    clause=NouvelleClause,
    type=NouveauType,
)
add(caqes, **{"mettre-a-jour": MettreAJour}, schema=Schema, migrer=Migrer)


@caqes.group()
def importer() -> None:
    """Créer des dossiers depuis une table."""


add(importer, finess=ImporterFiness)
add(
    caqes,
    charte=CharteDuProjet,
    diagnostic=DiagnosticDuPoste,
    erreur=Erreur,
    aide=Aide,
    completion=Completion,
)


def main() -> None:
    """Run `caqes` and turn every failure into a French line and a documented exit code."""
    speak_plainly()
    sweep_seldom()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run `caqes` with `arguments`; the exit code is returned."""
    try:
        code = caqes.main(arguments, prog_name="caqes", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return ExitCode.USAGE
    except click.UsageError as error:
        message, remede = usage_message(error)
        say(f"U-000  {message}", "red")
        say(f"    → {remede}")
        return ExitCode.USAGE
    except click.exceptions.Abort:
        say("Interrompu.")
        return ExitCode.INTERROMPU
    except CaqesError as error:
        show_error(error)
        return error.exit_code
    except BrokenPipeError:
        return ExitCode.OK
    except Exception as error:
        return show_bug(error)
    return code if isinstance(code, int) else ExitCode.OK
