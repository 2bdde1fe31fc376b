"""`make demo`: the commands of a first visit, one line each, then where their documents lie.

A step is written « Titre : the words after caqes ». Its answer is asked for as JSON and believed
on proof: each document it announces is there, and no other step announced it. A failure, a
document lost or written twice is told, the other steps go on, and the exit code says it. What has
not changed since the last visit is not made again (`--si-change`): the answer says so.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caqes_docs.core.errors import ExitCode
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli.affichage import progress, say, show_table, speak_plainly
from caqes_docs.interfaces.cli.main import run
from caqes_docs.interfaces.cli.produits import show_numbers

MODELE = "990780017"
"""The dossier to look at first: it has every volet."""


@dataclass(frozen=True)
class Etape:
    """A command, and what it is for."""

    titre: str
    mots: tuple[str, ...]

    @property
    def dossier(self) -> Path:
        """Where its documents go."""
        for option, ou in zip(self.mots, self.mots[1:], strict=False):
            if option == "--sortie":
                return Path(ou)
            if option == "--xlsx":
                return Path(ou).parent
        return Path("output")


@dataclass(frozen=True)
class Bilan:
    """What a step came to."""

    etape: Etape
    code: int
    reponse: dict[str, Any]
    debut: float
    """When it began, as files are dated."""

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing was made, for nothing has changed."""
        return bool(self.reponse.get("inchange"))

    @property
    def actes(self) -> list[dict[str, Any]]:
        """The acts that were to be made."""
        return list(self.reponse.get("actes", ()))

    @property
    def fichiers(self) -> list[Path]:
        """The documents announced, those to read first."""
        noms = [nom for acte in self.actes for nom in acte["fichiers"]]
        noms += self.reponse.get("fichiers", ())
        chemins = [self.etape.dossier / nom for nom in noms]
        chemins += [Path(nom) for nom in [self.reponse.get("classeur")] if nom]
        return sorted(chemins, key=lambda chemin: MODELE not in chemin.name)

    @property
    def nombres(self) -> str:
        """How many of what, in a few words."""
        if "dossiers" in self.reponse:
            return compte(self.reponse["dossiers"], "dossier(s)")
        actes = f"{compte(len(self.actes), 'acte(s)')}, " if self.actes else ""
        return actes + compte(len(self.fichiers), "fichier(s)")

    @property
    def constats(self) -> str:
        """How many findings of each gravity, to be read with the command itself."""
        trouves = [*self.reponse.get("constats", ())]
        trouves += [constat for acte in self.actes for constat in acte["constats"]]
        nombres = Counter(constat["gravite"] for constat in trouves)
        noms = {"erreur": "erreur(s)", "avertissement": "avertissement(s)"}
        return "".join(f", {compte(n, noms.get(g, g))}" for g, n in sorted(nombres.items()))

    @property
    def fautes(self) -> list[str]:
        """What failed, one line each."""
        erreurs = [
            (f"{acte['dossier']}\u00a0: ", acte["erreur"]) for acte in self.actes if acte["erreur"]
        ]
        erreurs += [("", erreur) for erreur in self.reponse.get("erreurs", ())]
        lignes = [f"{qui}{e['code']}  {e['message']}" for qui, e in erreurs]
        lignes += [f"document perdu\u00a0: {x}" for x in self.fichiers if not self._is_new(x)]
        if self.code and not lignes:
            lignes = [f"code {self.code}\u00a0; le détail\u00a0: caqes {' '.join(self.etape.mots)}"]
        return lignes

    def _is_new(self, chemin: Path) -> bool:
        """Whether the document is there, made now (clocks of two seconds) or said unchanged."""
        neuf = chemin.is_file() and chemin.stat().st_mtime >= self.debut - 2
        return neuf or (self.is_unchanged and chemin.is_file())


def parse_step(ligne: str) -> Etape:
    """The step written « Titre : commande »."""
    titre, _, commande = ligne.partition(" : ")
    return Etape(titre, tuple(commande.split()))


def run_step(etape: Etape) -> Bilan:
    """Run the command; what it says to who watches goes by, its answer is kept."""
    debut = time.time()
    with contextlib.redirect_stdout(io.StringIO()) as dit:
        code = run([*etape.mots, "--format", "json", "--si-change"])
    try:
        reponse = json.loads(dit.getvalue())
    except ValueError:
        reponse = {}
        code = code or ExitCode.INTERNE
    return Bilan(etape, code, reponse, debut)


def main(lignes: Sequence[str]) -> int:
    """Run the steps, tell each in one line, then show where everything lies."""
    bilans: list[Bilan] = []
    for rang, etape in enumerate(map(parse_step, lignes), 1):
        with progress() as tell:
            tell(f"{rang}/{len(lignes)}  {etape.titre}…")
            bilan = run_step(etape)
        duree = f"{time.time() - bilan.debut:.0f}\u00a0s"
        bilans.append(bilan)
        dit = f"{bilan.nombres}{bilan.constats} ({'inchangé' if bilan.is_unchanged else duree})"
        couleur = "red" if bilan.fautes else "green"
        say(f"{rang}/{len(lignes)}  {etape.titre}\u00a0: {dit}", couleur)
        for faute in bilan.fautes:
            say(f"    {faute}", "red")
    return _conclude(bilans)


def _conclude(bilans: Sequence[Bilan]) -> int:
    """The table of what was made; the exit code."""
    faits = [bilan for bilan in bilans if bilan.fichiers]
    show_table(
        ("Quoi", "Combien", "Où", "À ouvrir d’abord"),
        [(x.etape.titre, x.nombres, str(x.etape.dossier), x.fichiers[0].name) for x in faits],
    )
    show_numbers(sorted((a for x in faits for a in x.actes), key=lambda a: a["dossier"] != MODELE))
    chemins = Counter(chemin for bilan in faits for chemin in bilan.fichiers)
    doubles = [chemin for chemin, nombre in chemins.items() if nombre > 1]
    for chemin in doubles:
        say(f"document écrit deux fois\u00a0: {chemin}", "red")
    echecs = sum(bool(bilan.fautes) for bilan in bilans)
    bilan_dit = f"{compte(len(chemins), 'document(s)')}, {compte(echecs, 'étape(s) en échec')}."
    say(bilan_dit, "red" if echecs or doubles else "green")
    if faits and not echecs:
        say(f"Ouvrir d’abord\u00a0: {faits[0].fichiers[0]}")
    codes = [bilan.code or ExitCode.INTERNE for bilan in bilans if bilan.fautes]
    return int(max(codes, default=ExitCode.INTERNE if doubles else ExitCode.OK))


if __name__ == "__main__":
    speak_plainly()
    sys.exit(main(sys.argv[1:]))
