"""Work out evaluated years: every amount, and every finding, of one dossier or of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.sorties import write_whole
from caqes_docs.application.verifier.dossiers import as_constat
from caqes_docs.assembly.evaluation.classeur.feuilles import build_classeur
from caqes_docs.core.constats import Constat, has_errors, sort_constats
from caqes_docs.core.errors import CaqesError, PanneError, UsageError, contained
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.calcul.explication import format_value, signed
from caqes_docs.law.calcul.noeud import Noeud
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.jugement import judge, judge_all_refusals
from caqes_docs.law.resultats import (
    MesureProposee,
    ResultatEvaluation,
    ResultatRefus,
    ResultatVolet,
)
from caqes_docs.rendering.xlsx import write_xlsx

NON_EVALUABLE = MesureProposee.NON_EVALUABLE.libelle
"""The words of a proposal that could not be worked out: its reason says what is missing."""


@dataclass(frozen=True)
class LigneProposition:
    """A volet of one evaluated year, in words."""

    dossier: str
    nom: str
    annee: int
    volet: str
    mesure: str
    montant: str
    detail: str
    raison: str
    sujet: str = ""
    """The subject under which `caqes expliquer` tells the tree of the amount."""
    valeur: str | None = None
    """The signed amount, exactly, as decimal text; None when it is not known."""


@dataclass(frozen=True)
class BilanEvaluation:
    """What became of the years asked for."""

    lignes: tuple[LigneProposition, ...]
    totaux: tuple[LigneProposition, ...]
    constats: tuple[Constat, ...]
    refus: tuple[LigneProposition, ...] = ()
    """The sanctions of refusals to sign, which no year of evaluation holds."""
    evaluations: tuple[tuple[Affaire, ResultatEvaluation], ...] = ()
    """What the lines tell, with its computation."""
    sanctions_refus: tuple[tuple[Affaire, ResultatRefus], ...] = ()


def evaluate_years(
    projet: Projet, noms: Sequence[str], annee: int | None = None
) -> BilanEvaluation:
    """The proposals of the evaluated years of the dossiers named (all of them when none is).

    Raises:
        UsageError: U-003 a name leads to no dossier; U-016 nothing is evaluated.
    """
    depot = projet.named(noms)
    affaires = select(depot, noms)
    constats = depot.constats_of(affaires) if noms else list(depot.constats)
    trouvees = list(iter_evaluations(affaires, annee))
    refus = [(a, refus) for a in affaires for refus in _refusals(projet, a, constats)]
    rien = not trouvees and (annee is not None or not refus)
    if rien and not has_errors(constats):
        raise UsageError(
            "U-016",
            "Aucune évaluation ne correspond à la demande.",
            remede="Créer contracts_data/evaluations/FINESS-ANNEE.yaml, ou changer --annee.",
        )
    faites: list[tuple[Affaire, ResultatEvaluation]] = []
    for affaire, charge in trouvees:
        try:
            with contained():
                constats.extend(check_affaire(affaire, projet.droit))
                jugee = judge(affaire, charge, projet.droit)
        except CaqesError as error:
            constats.append(as_constat(error, affaire))
            continue
        constats.extend(jugee.constats)
        faites.append((affaire, jugee.resultat))
    return BilanEvaluation(
        tuple(_line(a, resultat, volet) for a, resultat in faites for volet in resultat.volets),
        tuple(_total(a, resultat) for a, resultat in faites),
        tuple(sort_constats(set(constats))),
        tuple(_refusal(a, resultat) for a, resultat in refus),
        tuple(faites),
        tuple(refus),
    )


def write_classeur(bilan: BilanEvaluation, projet: Projet, chemin: Path) -> bool:
    """Write the workbook of `bilan`; False when nothing could be worked out.

    Raises:
        RenduError: R-001 the file cannot be written; R-120, R-124 a text that no file can hold.
    """
    if not bilan.evaluations and not bilan.sanctions_refus:
        return False
    write_whole(chemin, render_classeur(bilan, projet))
    return True


def render_classeur(bilan: BilanEvaluation, projet: Projet) -> bytes:
    """The workbook; its bytes depend on nothing but the evaluations and the law."""
    textes = projet.droit.textes
    return write_xlsx(build_classeur(bilan.evaluations, bilan.sanctions_refus, textes))


def iter_evaluations(
    affaires: Sequence[Affaire], annee: int | None
) -> Iterator[tuple[Affaire, Charge[Evaluation]]]:
    """The evaluations of `affaires`, of one year or of all."""
    for affaire in affaires:
        for an, charge in affaire.evaluations.items():
            if annee in (None, an):
                yield affaire, charge


def _refusals(
    projet: Projet, affaire: Affaire, constats: list[Constat]
) -> tuple[ResultatRefus, ...]:
    try:
        with contained():
            juges = judge_all_refusals(affaire, projet.droit)
    except PanneError as error:
        constats.append(as_constat(error, affaire))
        return ()
    constats.extend(juges.constats)
    return juges.resultats


def _negative(montant: Noeud) -> str:
    """The amount as a sanction, or why it is not known."""
    return f"−\u00a0{format_value(montant)}" if montant.is_known else format_value(montant)


def _refusal(affaire: Affaire, resultat: ResultatRefus) -> LigneProposition:
    return LigneProposition(
        affaire.finess,
        affaire.dossier.valeur.etablissement.nom_affiche,
        0,
        resultat.libelle,
        "sanction fixe",
        "—" if resultat.montant is None else _negative(resultat.montant),
        "" if resultat.taux is None else format_value(resultat.taux),
        "Refus de conclure le contrat ou l’un de ses volets."
        if resultat.avenant is None
        else f"Refus de conclure l’avenant n°\u00a0{resultat.avenant}.",
        "refus",
        None if resultat.montant is None else _exact(resultat.montant, signe=-1),
    )


def _line(affaire: Affaire, resultat: ResultatEvaluation, volet: ResultatVolet) -> LigneProposition:
    autre = volet.non_monetaire
    detail = ""
    if autre is not None and autre.taux is not None:
        detail = format_value(autre.taux)
    elif autre is not None and autre.duree_mois is not None:
        connue = autre.duree_mois.is_known
        detail = f"{format_value(autre.duree_mois)}\u00a0mois" if connue else "durée non évaluable"
    return LigneProposition(
        affaire.finess,
        affaire.dossier.valeur.etablissement.nom_affiche,
        resultat.annee,
        typographier(volet.libelle),
        typographier(volet.mesure_dite),
        signed(volet.montant),
        detail,
        typographier(volet.raison),
        volet.volet,
        _exact(volet.montant),
    )


def _total(affaire: Affaire, resultat: ResultatEvaluation) -> LigneProposition:
    return LigneProposition(
        affaire.finess,
        affaire.dossier.valeur.etablissement.nom_affiche,
        resultat.annee,
        "TOTAL",
        "",
        signed(resultat.total),
        "",
        "",
        "total",
        _exact(resultat.total),
    )


def _exact(noeud: Noeud, signe: int = 1) -> str | None:
    return None if not noeud.is_known else format(noeud.nombre * signe, "f")
