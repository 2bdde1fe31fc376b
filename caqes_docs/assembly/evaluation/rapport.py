"""The report of one evaluated year: counts, charts, sites, and the year evaluated before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from caqes_docs.assembly.contrat.indicateurs import article_key
from caqes_docs.assembly.contrat.vocabulaire import PlanResolu
from caqes_docs.assembly.evaluation import vocabulaire_rapport as voc
from caqes_docs.assembly.evaluation.annee import (
    follow_ups,
    group_deliveries,
    resolve_deliveries,
    year_changes,
    year_meetings,
)
from caqes_docs.assembly.evaluation.avancement import follow_socle, follow_volet
from caqes_docs.assembly.evaluation.decomptes import count_results, outcome
from caqes_docs.assembly.evaluation.evaluee import (
    Evaluee,
    article_numbers,
    judge_year,
    resolve_result,
    short_label,
)
from caqes_docs.assembly.evaluation.evolution import Precedente, build_evolution, earlier
from caqes_docs.assembly.evaluation.graphiques import result_key
from caqes_docs.assembly.evaluation.vocabulaire import LigneResultat
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.errors import CaqesError
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import EvaluationVolet, Releve
from caqes_docs.data.dossier.parties import VoletId
from caqes_docs.law.calcul.explication import signed
from caqes_docs.law.droit.actions import complete_actions
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.resultats import Atteinte, ResultatEvaluation, ResultatObjectif, ResultatVolet
from caqes_docs.law.resultats import MesureProposee as MesureProposee
from caqes_docs.redaction.langage.vues import Lieu

_HORS_EUROS = frozenset({MesureProposee.MSAP, MesureProposee.REDUCTION})


def resolve_rapport(
    evaluee: Evaluee, droit: Droit, plan: PlanResolu, avant: Precedente
) -> voc.RapportResolu:
    """What the report adds to an evaluated year; `plan` is that of the contract."""
    return _Rapport(evaluee, droit, avant).resolve(plan)


@dataclass(frozen=True)
class _Objectif:
    """A result with its volet, its rank there, and the measure it comes from."""

    volet: str
    rang: str
    resultat: ResultatObjectif
    ligne: LigneResultat

    @property
    def resolu(self) -> voc.LigneObjectifEvalue:
        return voc.LigneObjectifEvalue(self.volet, self.rang, self.ligne)


class _Rapport:
    """The report being put together."""

    def __init__(self, evaluee: Evaluee, droit: Droit, avant: Precedente) -> None:
        self.affaire = evaluee.affaire
        self.charge = evaluee.charge
        self.resultat = evaluee.resultat
        self.droit = droit
        self.articles = article_numbers(droit)
        self.avant = avant
        self.lieu = Lieu(evaluee.charge.fichier, (), "évaluation")

    def resolve(self, plan_du_socle: PlanResolu) -> voc.RapportResolu:
        """The whole report."""
        evaluation = self.charge.valeur
        objectifs = {v.volet: tuple(self._objectives(v)) for v in self._volets()}
        tous = [
            *self.resultat.indicateurs,
            *(o.resultat for lot in objectifs.values() for o in lot),
        ]
        return voc.RapportResolu(
            decompte=count_results(self.resultat.indicateurs),
            synthese=tuple(
                synthesis_line(v, self.resultat, self.droit) for v in self.resultat.volets
            ),
            articles=tuple(self._articles()),
            plan=follow_socle(plan_du_socle, evaluation.actions, self.lieu.child("actions")),
            volets=tuple(self._volet(v, objectifs[v.volet]) for v in self._volets()),
            evolution=build_evolution(tous, self.avant),
            **self._surroundings(),
        )

    def _surroundings(self) -> dict[str, Any]:
        """Deliveries, meetings, changes and perspectives around the evaluated year."""
        annee = self.charge.valeur.annee
        livraisons = resolve_deliveries(self.affaire, self.charge, self.droit)
        return {
            "livraisons": livraisons,
            "etats": group_deliveries(livraisons),
            "rencontres": year_meetings(self.affaire, annee),
            "changements": year_changes(self.affaire, annee),
            "suites": follow_ups(self.affaire, self.charge),
        }

    def _volets(self) -> Iterator[ResultatVolet]:
        """The volets additionnels that are evaluated."""
        return (v for v in self.resultat.volets if v.volet != VoletId.SOCLE)

    def _indicators(self) -> Iterator[_Objectif]:
        mesures = self.charge.valeur.indicateurs
        for resultat in self.resultat.indicateurs:
            lieu = self.lieu.child("indicateurs")
            ligne = self._line(resultat, mesures.get(resultat.code), lieu)
            yield _Objectif("Volet obligatoire", f"Article {ligne.article}", resultat, ligne)

    def _line(self, resultat: ResultatObjectif, mesure: Releve | None, lieu: Lieu) -> LigneResultat:
        ligne = resolve_result(resultat, mesure, self.articles, lieu)
        return replace(ligne, precedent=earlier(resultat, self.avant))

    def _articles(self) -> Iterator[voc.ArticleRapport]:
        """The indicators of the socle, article by article."""
        groupes: dict[str, list[_Objectif]] = {}
        for objectif in self._indicators():
            groupes.setdefault(objectif.ligne.article, []).append(objectif)
        for article in sorted(groupes, key=article_key):
            yield voc.ArticleRapport(
                article,
                count_results(o.resultat for o in groupes[article]),
                tuple(
                    o.ligne
                    for o in groupes[article]
                    if o.resultat.statut is not Atteinte.SANS_OBJET
                ),
            )

    def _objectives(self, volet: ResultatVolet) -> Iterator[_Objectif]:
        """The objectives of a volet, with what each one is."""
        vu, lieu = self._told(volet), self.lieu.child("volets").child(volet.volet)
        court = short_label(self.droit, volet)
        seuls = (
            ("Objectif principal", volet.principal, vu.objectif_principal),
            ("Objectif supplémentaire", volet.supplementaire, vu.objectif_supplementaire),
        )
        for rang, resultat, mesure in seuls:
            if resultat is not None:
                yield _Objectif(court, rang, resultat, self._line(resultat, mesure, lieu))
        for resultat in volet.complementaires:
            mesure = vu.complementaires.get(resultat.code)
            ligne = self._line(resultat, mesure, lieu)
            yield _Objectif(court, "Objectif complémentaire", resultat, ligne)
        for action, resultat in volet.mesures:
            mesure = vu.mesures.get(resultat.code)
            rang = f"Indicateur de l’action {action}"
            yield _Objectif(court, rang, resultat, self._line(resultat, mesure, lieu))

    def _volet(self, volet: ResultatVolet, objectifs: tuple[_Objectif, ...]) -> voc.VoletRapport:
        pose = self.affaire.dossier.valeur.contrat.volets[volet.volet]
        lieu = self.lieu.child("volets").child(volet.volet).child("actions")
        return voc.VoletRapport(
            volet.volet,
            short_label(self.droit, volet),
            tuple(o.resolu for o in objectifs),
            follow_volet(
                complete_actions(self.droit, volet.volet, pose), self._told(volet).actions, lieu
            ),
        )

    def _told(self, volet: ResultatVolet) -> EvaluationVolet:
        """What the evaluation says of a volet."""
        return self.charge.valeur.volets.get(volet.volet, EvaluationVolet())


def find_previous(
    affaire: Affaire, annee: int, droit: Droit
) -> tuple[Precedente, tuple[Constat, ...]]:
    """The last year evaluated before `annee`, and why it cannot be worked out."""
    annees = [an for an in affaire.evaluations if an < annee]
    if not annees:
        return Precedente(None, {}), ()
    charge = affaire.evaluations[max(annees)]
    try:
        resultat = judge_year(affaire, charge, droit).resultat
    except CaqesError as error:
        source = error.source or charge.fichier.source(("annee",))
        constat = Constat(error.code, Gravite.ERREUR, source, error.message, error.remede)
        return Precedente(None, {}), (constat,)
    return Precedente(max(annees), {result_key(r): r for r in iter_results(resultat)}), ()


def iter_results(resultat: ResultatEvaluation) -> Iterator[ResultatObjectif]:
    """Every result of a year: indicators, then the objectives of the volets."""
    yield from resultat.indicateurs
    for volet in resultat.volets:
        if volet.volet == VoletId.SOCLE:
            continue
        seuls = (volet.principal, volet.supplementaire)
        yield from (objectif for objectif in seuls if objectif is not None)
        yield from volet.complementaires


def synthesis_line(
    volet: ResultatVolet, resultat: ResultatEvaluation, droit: Droit
) -> voc.LigneSynthese:
    """A volet in one line: what came of it, what is proposed, how much."""
    hors_euros = volet.mesure in _HORS_EUROS
    return voc.LigneSynthese(
        short_label(droit, volet),
        typographier(outcome(volet, resultat)),
        typographier(volet.mesure_dite),
        "hors total" if hors_euros else signed(volet.montant),
    )
