"""`caqes evaluer`: the proposals, and all that keeps one from being worked out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caqes_docs.core.constats import Gravite
from caqes_docs.core.francais.accord import compte
from caqes_docs.interfaces.cli import affichage as ecran
from caqes_docs.interfaces.cli import arguments as cli
from caqes_docs.interfaces.cli.produits import Accompli, ArgumentsProduits

if TYPE_CHECKING:
    from caqes_docs.application.evaluer import BilanEvaluation, LigneProposition
    from caqes_docs.application.projet import Projet


@dataclass(frozen=True, kw_only=True)
class Evaluer(ArgumentsProduits):
    """Calculer les intéressements et les sanctions proposés, volet par volet.

    Sans DOSSIERS, toutes les évaluations. Le directeur général de l’agence décide.
    """

    dossiers: tuple[str, ...] = cli.dossiers()
    annee: int | None = cli.option(
        "--annee", type=cli.ANNEE_EVALUEE, metavar="ANNÉE", help="Année évaluée."
    )
    xlsx: Path | None = cli.option(
        "--xlsx",
        type=cli.CLASSEUR,
        metavar="FICHIER",
        help="Écrire aussi le calcul dans un classeur, chaque montant en formules.",
    )

    def work(self, projet: Projet) -> Accompli:
        """Work out the proposals; write the workbook when one is asked for."""
        from caqes_docs.application.evaluer import evaluate_years, write_classeur

        bilan = evaluate_years(projet, self.dossiers, self.annee)
        if not self.json:
            _show(bilan)
        ecrit = self.xlsx is not None and write_classeur(bilan, projet, self.xlsx)
        if self.json:
            ecran.show_json(
                {
                    "propositions": [_as_json(ligne) for ligne in bilan.lignes],
                    "totaux": [_as_json(ligne) for ligne in bilan.totaux],
                    "refus": [_as_json(ligne) for ligne in bilan.refus],
                    "constats": [constat.as_dict() for constat in bilan.constats],
                    "classeur": str(self.xlsx) if ecrit else None,
                }
            )
        elif self.xlsx is not None:
            _show_workbook(self.xlsx, written=ecrit)
        codes = [ecran.findings_code(bilan.constats)]
        return Accompli([self.xlsx] if self.xlsx is not None and ecrit else (), codes)


def _as_json(ligne: LigneProposition) -> dict[str, object]:
    """The line, with the command that gives the tree of its amount."""
    annee = f" --annee {ligne.annee}" if ligne.annee else ""
    arbre = f"caqes expliquer {ligne.dossier} {ligne.sujet}{annee} --format json"
    return {**dataclasses.asdict(ligne), "arbre": arbre}


def _show(bilan: BilanEvaluation) -> None:
    from caqes_docs.application.evaluer import NON_EVALUABLE

    lignes = [
        (ligne.dossier, str(ligne.annee), ligne.volet, ligne.mesure, ligne.montant, ligne.detail)
        for dossier in _groups(bilan)
        for ligne in dossier
    ]
    lignes += [(x.dossier, "", x.volet, x.mesure, x.montant, x.detail) for x in bilan.refus]
    ecran.show_table(("Dossier", "Année", "Volet", "Proposition", "Montant", "Hors total"), lignes)
    for ligne in bilan.lignes:
        if ligne.mesure == NON_EVALUABLE:
            ecran.say(f"{ligne.dossier} {ligne.annee}, {ligne.volet}\u00a0: {ligne.raison}")
    ecran.show_findings(bilan.constats)
    erreurs = sum(constat.gravite is Gravite.ERREUR for constat in bilan.constats)
    juges = " et ".join(
        compte(combien, nom)
        for combien, nom in (
            (len(bilan.totaux), "évaluation(s)"),
            (len(bilan.refus), "refus de signer"),
        )
        if combien
    )
    ecran.say(
        f"{juges or 'Aucune évaluation'}\u00a0: {compte(erreurs, 'erreur(s)')}. Ce sont des "
        "propositions\u00a0: le directeur général décide.",
        "red" if erreurs else "green",
    )


def _show_workbook(chemin: Path, *, written: bool) -> None:
    if written:
        ecran.say(f"Le calcul, en formules, est dans {chemin}.", "green")
    else:
        ecran.say(f"Rien n’a pu être calculé\u00a0: {chemin} n’est pas écrit.", "red")


def _groups(bilan: BilanEvaluation) -> Iterator[list[LigneProposition]]:
    """The lines of each evaluated year, its total last."""
    for total in bilan.totaux:
        propres = [x for x in bilan.lignes if (x.dossier, x.annee) == (total.dossier, total.annee)]
        yield [*propres, total]
