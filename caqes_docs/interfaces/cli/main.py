"""`caqes`: its groups of commands, and what becomes of a failure. No rule and no file format here.

The module of a command is imported when it is called, and what it works with when it works.
"""

from __future__ import annotations

import os
import sys

import click

from caqes_docs import __version__
from caqes_docs.core.errors import CaqesError, ExitCode
from caqes_docs.core.systeme import leave_unswept, sweep_seldom
from caqes_docs.interfaces.cli.affichage import say, show_bug, show_error, speak_plainly
from caqes_docs.interfaces.cli.arguments import add
from caqes_docs.interfaces.cli.francais import Groupe, usage_message


@click.group(cls=Groupe, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    __version__, prog_name="caqes", message="caqes %(version)s", help="Afficher la version."
)
def caqes() -> None:
    """Produire les contrats du CAQES : Word à relire, PDF à signer.

    Les données sont dans contracts_data/, les textes dans clauses/, la mise en page dans
    templates/. Commencer par caqes nouveau projet, puis caqes nouveau dossier et caqes
    completer.
    """


@caqes.group()
def nouveau() -> None:
    """Commencer un projet, un dossier, une évaluation, une clause ou un type de document."""


add(
    nouveau,
    projet="commandes.nouveau:NouveauProjet",
    dossier="commandes.nouveau:NouveauDossier",
    volet="commandes.nouveau:NouveauVolet",
    site="commandes.nouveau:NouveauSite",
    ars="commandes.nouveau:NouvelleArs",
    organisme="commandes.nouveau:NouvelOrganisme",
    evaluation="commandes.nouveau:NouvelleEvaluation",
    clause="commandes.nouveau:NouvelleClause",
    type="commandes.nouveau:NouveauType",
)
add(
    caqes,
    completer="commandes.completer:Completer",
    verifier="commandes.verifier:Verifier",
    generer="commandes.generer:Generer",
    evaluer="commandes.evaluer:Evaluer",
    consolider="commandes.region.consolider:Consolider",
    signer="commandes.avenants.signer:Signer",
    etat="commandes.avenants.etat:EtatDuContrat",
    controler="commandes.avenants.controler:Controler",
    impact="commandes.avenants.impact:Impact",
    comparer="commandes.comparer:Comparer",
    simuler="commandes.region.simuler:Simuler",
    cibler="commandes.region.cibler:Cibler",
    echeances="commandes.echeances:Echeances",
    expliquer="commandes.expliquer:Expliquer",
)


@caqes.group()
def clauses() -> None:
    """Contrôler et lire la bibliothèque de clauses, importer un modèle."""


add(
    clauses,
    verifier="commandes.clauses:VerifierClauses",
    liste="commandes.clauses:ListerClauses",
    historique="commandes.clauses:Historique",
    valider="commandes.valider:ValiderClauses",
    importer="commandes.modele:ImporterModele",
)


@caqes.group()
def avenant() -> None:
    """Ouvrir un avenant, en tirer les modifications d’une copie du contrat."""


add(
    avenant,
    nouveau="commandes.avenants.ouvrir:NouvelAvenant",
    deriver="commandes.avenants.ouvrir:DeriverAvenant",
)


add(
    caqes,
    **{"mettre-a-jour": "poste.mise_a_jour:MettreAJour"},
    schema="commandes.schema:Schema",
    migrer="commandes.migrer:Migrer",
)


@caqes.group()
def importer() -> None:
    """Créer des dossiers depuis une table."""


add(importer, finess="commandes.importer:ImporterFiness")
add(
    caqes,
    charte="poste.charte:CharteDuProjet",
    diagnostic="poste.diagnostic:DiagnosticDuPoste",
    erreur="poste.documentation:Erreur",
    aide="poste.documentation:Aide",
    completion="poste.completion:Completion",
)


def main() -> None:
    """Run `caqes` and turn every failure into a French line and a documented exit code."""
    speak_plainly()
    sweep_seldom()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # sought in all that is installed
    if "_CAQES_COMPLETE" in os.environ:
        _ = caqes.commands["completion"]  # makes PowerShell known to click
    code = run(sys.argv[1:])
    leave_unswept()
    sys.exit(code)


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
