"""`caqes clauses valider`: who answers for which wordings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli


@dataclass(frozen=True, kw_only=True)
class ValiderClauses(cli.ArgumentsReponse):
    """Enregistrer qui répond des mots de quelles rédactions."""

    clauses: tuple[str, ...] = cli.argument(
        nargs=-1, help="Identifiants, ou motifs entre guillemets : 'contrat.*'."
    )
    types: tuple[str, ...] = cli.option(
        "--type",
        metavar="TYPE",
        multiple=True,
        help="Toutes les clauses que nomme un type de document ; peut être répété.",
    )
    dossier: str | None = cli.option(
        "--dossier",
        metavar="NOM",
        help="Seules celles qu’imprime l’acte de ce dossier (le contrat, ou ceux de --type).",
    )
    annee: int | None = cli.option(
        "--annee", type=cli.ANNEE_EVALUEE, metavar="ANNÉE", help="Année évaluée, avec --dossier."
    )
    toutes: bool = cli.option("--toutes", is_flag=True, help="Toutes les rédactions.")
    au: dt.date | None = cli.option(
        "--au", type=cli.JOUR, help="Seules les rédactions en vigueur à cette date."
    )
    par: str = cli.option("--par", metavar="NOM", required=True, help="Prénom et nom.")
    qualite: str = cli.option("--qualite", metavar="QUALITÉ", required=True, help="Sa qualité.")
    le: dt.date = cli.option(
        "--le", type=cli.JOUR, required=True, help="Jour où les mots ont été relus."
    )
    fictif: bool = cli.option(
        "--fictif", is_flag=True, help="Validation d’exemple : elle ne permet pas de signer."
    )

    def run(self) -> None:
        """Record the validation, then say of what."""
        from caqes_docs.application.verifier.valider import Designation, Validateur, validate

        choix = Designation(
            self.clauses, self.types, self.dossier, self.toutes, self.au, self.annee
        )
        qui = Validateur(_line(self.par), _line(self.qualite), self.le, self.fictif)
        bilan = validate(self.find_projet(), choix, qui, dt.datetime.now().astimezone().date())
        nouvelles = [redaction.fichier.nom for redaction in bilan.nouvelles]
        deja = [redaction.fichier.nom for redaction in bilan.deja]
        if self.json:
            dits = {"validees": nouvelles, "deja": deja, "fichiers": list(bilan.fichiers)}
            ecran.show_json(dits)
            return
        for nom in nouvelles:
            ecran.say(f"validée        {nom}")
        for nom in deja:
            ecran.say(f"déjà validée   {nom}")
        ou = f" dans {', '.join(bilan.fichiers)}" if nouvelles else ""
        ecran.say(
            f"{compte(len(nouvelles), 'rédaction(s) validée(s)')}{ou}, "
            f"{compte(len(deja), 'déjà validée(s)')} avec les mêmes mots.",
            "green",
        )


def _line(texte: str) -> str:
    return " ".join(texte.split())
