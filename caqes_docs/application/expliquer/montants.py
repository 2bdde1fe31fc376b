"""Tell how amounts are worked out: the tree of each, its inputs, its ground, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caqes_docs.application.evaluer import iter_evaluations
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.verifier.dossiers import as_constat
from caqes_docs.core.constats import Constat, sort_constats
from caqes_docs.core.errors import CaqesError, UsageError
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.law.calcul.arbre import SCHEMA, as_dict, exact, missing_leaves
from caqes_docs.law.calcul.explication import format_value, signed
from caqes_docs.law.calcul.noeud import Noeud
from caqes_docs.law.caqes_1.montants import negative
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.jugement import judge, judge_all_refusals
from caqes_docs.law.resultats import ResultatEvaluation, ResultatRefus, ResultatVolet

TOUS, TOTAL, REFUS = "montants", "total", "refus"


@dataclass(frozen=True)
class MontantExplique:
    """One amount, or a rate or a length of time that stands outside the total, with its tree."""

    annee: int | None
    """None for a refusal to sign, which belongs to no evaluated year."""
    sujet: str
    libelle: str
    mesure: str
    raison: str
    noeud: Noeud
    hors_total: bool = False

    @property
    def ecrit(self) -> str:
        """The value as printed: signed when it enters the total."""
        return format_value(self.noeud) if self.hors_total else signed(self.noeud)

    @property
    def manques(self) -> tuple[tuple[str, str, str], ...]:
        """What keeps the amount from being known: words, motive, place."""
        return tuple(
            (typographier(n.libelle), typographier(n.motif), n.origine)
            for n in missing_leaves(self.noeud)
        )

    def as_dict(self) -> dict[str, object]:
        """The amount as JSON-ready data."""
        return {
            "annee": self.annee,
            "sujet": self.sujet,
            "libelle": self.libelle,
            "mesure": self.mesure,
            "raison": self.raison,
            "hors_total": self.hors_total,
            "valeur": exact(self.noeud.valeur),
            "ecrit": self.ecrit,
            "manques": [
                {"libelle": libelle, "motif": motif or None, "origine": origine or None}
                for libelle, motif, origine in self.manques
            ],
            "arbre": as_dict(self.noeud),
        }


@dataclass(frozen=True)
class MontantsExpliques:
    """The amounts asked for, and what there is to say about them."""

    finess: str
    nom: str
    montants: tuple[MontantExplique, ...]
    constats: tuple[Constat, ...]

    def as_dict(self) -> dict[str, object]:
        """The whole as JSON-ready data."""
        return {
            "schema": SCHEMA,
            "dossier": self.finess,
            "etablissement": self.nom,
            "montants": [montant.as_dict() for montant in self.montants],
            "constats": [constat.as_dict() for constat in self.constats],
        }


def amount_subjects(projet: Projet) -> tuple[str, ...]:
    """The subjects that are amounts: all of them, the total, refusals, and each volet."""
    return (TOUS, TOTAL, REFUS, SOCLE, *projet.droit.volets)


def explain_amounts(
    projet: Projet, nom: str, sujet: str, annee: int | None = None
) -> MontantsExpliques:
    """The amounts of one dossier: of one year, or of each evaluated year.

    Raises:
        UsageError: U-003 no such dossier; U-016 no evaluation; U-017 nothing to tell of `sujet`.
    """
    affaire = select(projet.named([nom]), [nom])[0]
    constats = list(check_affaire(affaire, projet.droit))
    montants: list[MontantExplique] = []
    refusee = False
    for _, charge in iter_evaluations([affaire], annee) if sujet != REFUS else ():
        try:
            jugee = judge(affaire, charge, projet.droit)
        except CaqesError as error:
            constats.append(as_constat(error, affaire))
            refusee = True
            continue
        constats.extend(jugee.constats)
        montants.extend(_of_year(jugee.resultat))
    if sujet in (TOUS, REFUS):
        juges = judge_all_refusals(affaire, projet.droit)
        constats.extend(juges.constats)
        montants.extend(amount for r in juges.resultats for amount in _of_refusal(r))
    retenus = tuple(m for m in montants if sujet in (TOUS, m.sujet))
    if not retenus and not refusee:
        raise _nothing(affaire, sujet, annee, montants)
    return MontantsExpliques(
        affaire.finess,
        affaire.dossier.valeur.etablissement.nom_affiche,
        retenus,
        tuple(sort_constats(constats)),
    )


def _nothing(
    affaire: Affaire, sujet: str, annee: int | None, montants: list[MontantExplique]
) -> UsageError:
    if sujet == REFUS:
        return UsageError(
            "U-017",
            "Ce dossier n’a aucun refus de signer.",
            remede="Ses autres montants\u00a0: caqes expliquer DOSSIER montants.",
        )
    annees = ", ".join(map(str, affaire.evaluations)) or "aucune"
    if not montants:
        return UsageError(
            "U-016",
            "Aucune évaluation ne correspond à la demande.",
            remede="Créer contracts_data/evaluations/FINESS-ANNEE.yaml, ou changer --annee "
            f"(années évaluées\u00a0: {annees}).",
        )
    connus = ", ".join(dict.fromkeys(m.sujet for m in montants)) or "aucun"
    periode = f" en {annee}" if annee else ""
    return UsageError(
        "U-017",
        f"Ce dossier n’a aucun montant «\u00a0{sujet}\u00a0»{periode}.",
        remede=f"Montants de ce dossier\u00a0: {connus} (années évaluées\u00a0: {annees}).",
    )


def _of_year(resultat: ResultatEvaluation) -> Iterator[MontantExplique]:
    for volet in resultat.volets:
        yield _amount(resultat, volet, volet.montant, hors_total=False)
        autre = volet.non_monetaire
        for noeud in (autre.taux, autre.duree_mois) if autre else ():
            if noeud is not None:
                yield _amount(resultat, volet, noeud, hors_total=True)
    yield MontantExplique(
        resultat.annee, TOTAL, "Total de l’évaluation", "", "", resultat.total, hors_total=False
    )


def _amount(
    resultat: ResultatEvaluation, volet: ResultatVolet, noeud: Noeud, *, hors_total: bool
) -> MontantExplique:
    libelle = volet.libelle
    if hors_total:
        libelle = f"{libelle}, hors total\u00a0: {noeud.libelle}"
    return MontantExplique(
        resultat.annee,
        volet.volet,
        typographier(libelle),
        typographier(volet.mesure_dite),
        typographier(volet.raison),
        noeud,
        hors_total,
    )


def _of_refusal(resultat: ResultatRefus) -> Iterator[MontantExplique]:
    montant = resultat.montant
    moins = None if montant is None else negative("Sanction du refus, en moins", montant)
    for noeud in (moins, resultat.taux):
        if noeud is not None:
            yield MontantExplique(
                None,
                REFUS,
                resultat.libelle,
                "sanction fixe",
                "Refus de conclure le contrat ou l’un de ses volets.",
                noeud,
                hors_total=noeud is resultat.taux,
            )
