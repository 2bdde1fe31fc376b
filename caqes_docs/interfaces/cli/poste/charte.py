"""`caqes charte`: what the house style says, and what is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass

from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli


@dataclass(frozen=True, kw_only=True)
class CharteDuProjet(cli.ArgumentsReponse):
    """Montrer et contrôler la charte : logo, couleurs, polices, tailles, marges, adresse.

    Elle s’écrit une fois, dans templates/maison/charte.yaml, et vaut pour le Word et le PDF.
    """

    ecrire: bool = cli.option(
        "--ecrire", is_flag=True, help="Créer charte.yaml, toutes ses lignes en commentaire."
    )

    def run(self) -> None:
        """Show each charte, then what there is to say of it."""
        from caqes_docs.application.verifier.charte import read_chartes, write_chartes

        projet = self.find_projet()
        if self.ecrire:
            for nom in write_chartes(projet):
                ecran.say(f"{nom} est créé\u00a0: ôter le dièse des lignes à changer.", "green")
            return
        lues = read_chartes(projet)
        constats = [constat for lue in lues for constat in lue.constats]
        lignes = [
            (lue.nom, partie, quoi, valeur, "charte.yaml" if dite else "usuelle")
            for lue in lues
            for partie, quoi, valeur, dite in lue.valeurs
        ]
        if self.json:
            cles = ("fichier", "rubrique", "quoi", "valeur", "origine")
            ecran.show_json(
                {
                    "valeurs": [dict(zip(cles, ligne, strict=True)) for ligne in lignes],
                    "constats": [constat.as_dict() for constat in constats],
                }
            )
        else:
            if lignes:
                entetes = ("Rubrique", "Quoi", "Valeur", "Origine")
                ecran.show_table(entetes, [ligne[1:] for ligne in lignes])
            ecran.show_findings(constats)
            dites = sum(ligne[4] != "usuelle" for ligne in lignes)
            bilan = (
                f"{compte(dites, 'valeur(s) écrite(s)')}, {compte(len(constats), 'constat(s)')}."
            )
            ecran.say(bilan, "yellow" if constats else "green")
        ecran.leave_with(ecran.findings_code(constats))
