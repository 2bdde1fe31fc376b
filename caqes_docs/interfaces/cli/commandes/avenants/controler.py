"""`caqes controler`: each signed act made again from what was sealed."""

from __future__ import annotations

from dataclasses import dataclass

from caqes_docs.core.errors import ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli


@dataclass(frozen=True, kw_only=True)
class Controler(cli.ArgumentsReponse):
    """Refaire chaque acte scellé de ce dont il est fait : mêmes octets, ou ce qui diffère."""

    dossiers: tuple[str, ...] = cli.dossiers(" (par défaut : tous les actes scellés)")

    def run(self) -> None:
        """Make them again, then tell."""
        from caqes_docs.application.avenants.controler import control

        controles = control(self.find_projet(), self.dossiers)
        differents = [controle for controle in controles if controle.ecarts]
        if self.json:
            ecran.show_json({"actes": [controle.as_dict() for controle in controles]})
        else:
            for controle in controles:
                scelle = controle.acte.scelle
                essai = " (essai)" if scelle.exemple else ""
                dit = "diffère" if controle.ecarts else "identique, octet pour octet"
                ecran.say(f"{scelle.reference}, {scelle.acte}{essai}\u00a0: {dit}.")
                for ecart in controle.ecarts:
                    ecran.say(f"    {ecart}.", "red")
                if controle.dossier_change:
                    ecran.say(
                        "    Le dossier du projet a changé depuis la signature\u00a0: ce qui vaut "
                        "est ce qui est scellé."
                    )
            ecran.say(f"{compte(len(controles), 'acte(s) scellé(s) contrôlé(s)')}.")
        ecran.leave_with(ExitCode.RELECTURE if differents else ExitCode.OK)
