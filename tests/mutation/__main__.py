"""`make mutation`: changes the law line by line, and says which changes no test notices."""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence

from tests.mutation.chargeur import PAQUET, RACINE
from tests.mutation.mutants import Mutant, iter_mutants
from tests.mutation.rapport import (
    Registre,
    build_couverture,
    dump_couverture,
    load_survivants,
    render_report,
)
from tests.mutation.seance import (
    COURT_CIRCUIT,
    DELAI,
    SURVIT,
    TESTS,
    TUE,
    Bassin,
    Couverture,
    Seance,
    in_fork,
    judge_cold,
    open_session,
    sources,
)

CACHE = RACINE / ".cache" / "mutation"
GRAINE = 162_30  # the same sample for everybody
LOURDES = ("jinja2", "pydantic", "yaml", "docx", "openpyxl", "xlsxwriter", "babel", "weasyprint")
_FONDS = ("caqes_docs", "clauses", "templates", "contracts_data", "tests")


def find_mutants(modules: Sequence[str]) -> list[Mutant]:
    """Every mutant of the law, or of the modules whose path contains one of the names asked."""
    chemins = sorted(PAQUET.rglob("*.py"))
    noms = [chemin.relative_to(PAQUET).as_posix() for chemin in chemins]
    return [
        mutant
        for nom, chemin in zip(noms, chemins, strict=True)
        if not modules or any(voulu in nom for voulu in modules)
        for mutant in iter_mutants(nom, chemin.read_text(encoding="utf-8"))
    ]


def fingerprint(juges: Sequence[str] = TESTS) -> str:
    """The digest of all that a verdict depends on."""
    condense = hashlib.sha256("\0".join(juges).encode())
    for chemin in sources(RACINE / fond for fond in _FONDS):
        if chemin.parent != RACINE / "tests" / "mutation":
            condense.update(f"{chemin.relative_to(RACINE)}\0".encode())
            condense.update(hashlib.sha256(chemin.read_bytes()).digest())
    return condense.hexdigest()


def _say(texte: str) -> None:
    sys.stdout.write(f"{texte}\n")
    sys.stdout.flush()


def _budget(couverture: Couverture, noms: Sequence[str]) -> int:
    return 20 + int(5 * sum(couverture.tests[nom].duree for nom in noms))


class Campagne:
    """The mutants to judge, and the verdicts."""

    def __init__(
        self, mutants: Sequence[Mutant], registre: Registre, juges: Sequence[str] = TESTS
    ) -> None:
        self.mutants = {mutant.nom: mutant for mutant in mutants}
        self.registre = registre
        self.juges = juges
        self.couverture = Couverture()
        self.froids: list[str] = []
        self.debut = time.monotonic()

    def run(self) -> None:
        """Judge what is not known yet: grafts in one session, the others one session each."""
        reste = [nom for nom in self.mutants if not self.registre.is_known(nom)]
        random.Random(GRAINE).shuffle(reste)  # what is judged so far is a fair sample
        if not reste:
            return
        for nom in LOURDES:
            importlib.import_module(nom)
        lecture, ecriture = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(lecture)
            self._serve(reste, ecriture)
        os.close(ecriture)
        with os.fdopen(lecture, encoding="utf-8") as flux:
            for ligne in flux:
                self._hear(json.loads(ligne))
        _, etat = os.waitpid(pid, 0)
        if etat:
            sys.exit("La séance de mesure a échoué : « make test » d'abord.")
        self._judge_cold()

    def _serve(self, reste: Sequence[str], ecriture: int) -> None:
        """In a fork: the session that measures and judges the grafted mutants."""
        flux = os.fdopen(ecriture, "w", encoding="utf-8", buffering=1)

        def tell(**message: object) -> None:
            flux.write(json.dumps(message) + "\n")

        def work(seance: Seance) -> None:
            seance.modules = frozenset(self.mutants[nom].module for nom in reste)
            mesure = dump_couverture(in_fork(seance.measure, seance.warm()))
            tell(**mesure)
            couverture = build_couverture(mesure)
            taches = {}
            for nom in reste:
                mutant = self.mutants[nom]
                noms = self.registre.order(nom, couverture.find_tests(mutant))
                if not noms:
                    tell(nom=nom, verdict=SURVIT, tests=0)
                elif not couverture.is_cold(mutant):
                    taches[nom] = (_later(seance, mutant, noms), _budget(couverture, noms))
                else:
                    tell(nom=nom, verdict=COURT_CIRCUIT)
            for nom, verdict in Bassin().run(taches):
                tell(nom=nom, verdict=verdict)

        os._exit(open_session(work, self.juges))

    def _hear(self, message: dict[str, object]) -> None:
        if "chauffe" in message:
            self.couverture = build_couverture(message)
            _say(f"{len(self.couverture.tests)} tests mesurés ({self._elapsed()})")
            return
        nom, verdict = str(message["nom"]), message["verdict"]
        if verdict == COURT_CIRCUIT:
            self.froids.append(nom)
        else:
            self._note(nom, int(str(verdict)))

    def _judge_cold(self) -> None:
        taches = {}
        for nom in self.froids:
            mutant = self.mutants[nom]
            noms = self.registre.order(nom, self.couverture.find_tests(mutant))
            taches[nom] = (_cold(mutant, noms), 30 + _budget(self.couverture, noms))
        for nom, verdict in Bassin().run(taches):
            self._note(nom, verdict)

    def _note(self, nom: str, verdict: int) -> None:
        self.registre.note(nom, verdict in (TUE, DELAI))
        faits = self.registre.compte
        if verdict == SURVIT:
            _say(f"survit · {nom}")
        if faits % 100 == 0:
            _say(f"{faits} mutants jugés ({self._elapsed()})")

    def _elapsed(self) -> str:
        return f"{time.monotonic() - self.debut:.0f} s"


def _later(seance: Seance, mutant: Mutant, noms: Sequence[str]) -> Callable[[], int]:
    return lambda: seance.judge(mutant, noms)


def _cold(mutant: Mutant, noms: Sequence[str]) -> Callable[[], int]:
    return lambda: judge_cold(mutant, noms)


def _arguments() -> argparse.Namespace:
    lecteur = argparse.ArgumentParser(prog="make mutation", description=__doc__)
    lecteur.add_argument("modules", nargs="*", help="modules à muter (tous, sans rien)")
    lecteur.add_argument("--echantillon", type=int, metavar="N", help="N mutants tirés au sort")
    lecteur.add_argument("--juges", nargs="+", default=TESTS, help="fichiers d’essais qui jugent")
    lecteur.add_argument("--a-neuf", action="store_true", help="oublier les verdicts gardés")
    return lecteur.parse_args()


def main() -> int:
    """The score, and 1 when a survivor is not explained or an explained one is killed."""
    os.chdir(RACINE)
    demande = _arguments()
    mutants = find_mutants(demande.modules)
    entier = not demande.modules and demande.echantillon is None
    if demande.echantillon is not None:
        tires = random.Random(GRAINE).sample(mutants, min(demande.echantillon, len(mutants)))
        mutants = sorted(tires, key=mutants.index)
    registre = Registre(CACHE, fingerprint(demande.juges), neuf=demande.a_neuf)
    campagne = Campagne(mutants, registre, demande.juges)
    _say(f"{len(mutants)} mutants")
    campagne.run()
    texte, juste = render_report(mutants, registre, load_survivants(), entier=entier)
    _say(texte)
    return 0 if juste else 1


if __name__ == "__main__":
    sys.exit(main())
