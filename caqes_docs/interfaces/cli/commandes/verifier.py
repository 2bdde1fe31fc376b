"""`caqes verifier`: every fault of every dossier in one report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caqes_docs.core.constats import Gravite
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli
from caqes_docs.interfaces.cli.produits import Accompli, ArgumentsProduits

if TYPE_CHECKING:
    from caqes_docs.application.projet import Projet


@dataclass(frozen=True, kw_only=True)
class Verifier(ArgumentsProduits):
    """Contrôler les dossiers, tous d’un coup, sans rien produire."""

    dossiers: tuple[str, ...] = cli.dossiers(" (par défaut : tous)")
    date_effet: dt.date | None = cli.date_effet(
        "Date d’effet des projets dont la signature n’est pas datée."
    )

    def work(self, projet: Projet) -> Accompli:
        """Check, then say what is wrong and how much of it there is."""
        from caqes_docs.application.verifier.dossiers import check_dossiers

        rapport = check_dossiers(projet, self.dossiers, self.date_effet)
        erreurs = rapport.count(Gravite.ERREUR)
        if self.json:
            constats = [constat.as_dict() for constat in rapport.constats]
            a_signer = [{**dit.as_dict(), "contrats": n} for dit, n in rapport.a_signer]
            dit = {"dossiers": rapport.dossiers, "constats": constats, "a_la_signature": a_signer}
            ecran.show_json(dit)
        else:
            ecran.show_findings(rapport.constats)
            ecran.show_foreseen(rapport.a_signer)
            ecran.say(
                f"{compte(rapport.dossiers, 'dossier(s) contrôlé(s)')}\u00a0: "
                f"{ecran.tally(rapport.constats)}.",
                "red" if erreurs else "green",
            )
        return Accompli(codes=[ecran.findings_code(rapport.constats)])
