"""The verdicts kept from one run to the next, the survivors explained, and the report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.mutation.mutants import Mutant
from tests.mutation.seance import Couverture, Mesure

SURVIVANTS = Path(__file__).with_name("survivants.yaml")


class Registre:
    """Verdicts by name of mutant, valid for one state of the code and of the tests."""

    def __init__(self, dossier: Path, empreinte: str, *, neuf: bool = False) -> None:
        dossier.mkdir(parents=True, exist_ok=True)
        self.chemin = dossier / f"{empreinte[:16]}.jsonl"
        if neuf:
            self.chemin.unlink(missing_ok=True)
        self.verdicts: dict[str, bool] = dict(self._read())
        self.compte = 0

    def _read(self) -> list[tuple[str, bool]]:
        if not self.chemin.exists():
            return []
        lignes = self.chemin.read_text(encoding="utf-8").splitlines()
        return [(nom, tue) for nom, tue in map(json.loads, lignes)]

    def is_known(self, nom: str) -> bool:
        """Whether the mutant was judged in this state."""
        return nom in self.verdicts

    def note(self, nom: str, tue: bool) -> None:
        """Keep a verdict, at once: an interrupted run is taken up where it stopped."""
        self.verdicts[nom] = tue
        self.compte += 1
        with self.chemin.open("a", encoding="utf-8") as flux:
            flux.write(json.dumps([nom, tue]) + "\n")

    def order(self, _nom: str, noms: Sequence[str]) -> Sequence[str]:
        """The tests in the order they are tried."""
        return noms


def build_couverture(message: Mapping[str, Any]) -> Couverture:
    """What the measuring session said."""
    return Couverture(
        {
            nom: Mesure(duree, frozenset((module, ligne) for module, ligne in lignes))
            for nom, (duree, lignes) in message["tests"].items()
        },
        frozenset((module, ligne) for module, ligne in message["chauffe"]),
        frozenset(message["projet"]),
    )


def dump_couverture(couverture: Couverture) -> dict[str, Any]:
    """What `build_couverture` reads."""
    return {
        "tests": {
            nom: [mesure.duree, sorted(mesure.lignes)] for nom, mesure in couverture.tests.items()
        },
        "chauffe": sorted(couverture.chauffe),
        "projet": sorted(couverture.sur_projet),
    }


def load_survivants(chemin: Path = SURVIVANTS) -> dict[str, str]:
    """The reason of each survivor that is accepted, by its name."""
    if not chemin.exists():
        return {}
    groupes = yaml.safe_load(chemin.read_text(encoding="utf-8")) or []
    return {nom: str(groupe["raison"]) for groupe in groupes for nom in groupe["mutants"]}


def render_report(
    mutants: Sequence[Mutant], registre: Registre, expliques: Mapping[str, str], *, entier: bool
) -> tuple[str, bool]:
    """The report, and whether every survivor is explained and every explanation is of use."""
    juges = {m.nom: registre.verdicts[m.nom] for m in mutants if registre.is_known(m.nom)}
    survivants = [nom for nom, tue in juges.items() if not tue]
    tues = len(juges) - len(survivants)
    nus = [nom for nom in survivants if nom not in expliques]
    inutiles = [nom for nom in expliques if juges.get(nom, not entier and nom not in juges)]
    inutiles = [nom for nom in inutiles if entier or nom in juges]
    lignes = [f"  expliqué · {nom} : {expliques[nom]}" for nom in survivants if nom in expliques]
    lignes += [f"✗ inexpliqué · {nom}" for nom in nus]
    lignes += [f"✗ ne survit plus (à ôter de {SURVIVANTS.name}) · {nom}" for nom in inutiles]
    if entier:
        connus = {m.nom for m in mutants}
        absents = [nom for nom in expliques if nom not in connus]
        lignes += [f"✗ n'existe plus (à ôter de {SURVIVANTS.name}) · {nom}" for nom in absents]
        inutiles += absents
    reste = len(juges) - len(survivants) + len(nus)
    lignes.append(
        f"{tues} mutants tués sur {len(juges)} : {_percent(tues, len(juges))} ; "
        f"{_percent(tues, reste)} hors survivants expliqués ({len(survivants) - len(nus)})."
    )
    return "\n".join(lignes), not nus and not inutiles and len(juges) == len(mutants)


def _percent(part: int, tout: int) -> str:
    return f"{100 * part / tout:.1f} %".replace(".", ",") if tout else "–"
