"""The journal of the legal cases: everything that each gives, readable line by line.

`pytest --accept` rewrites it: read the `git diff` as one reads a note de calcul.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Template
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.depot import Depot
from caqes_docs.law.calcul.explication import format_value, signed, steps
from caqes_docs.law.calcul.noeud import Noeud
from caqes_docs.law.jugement import AnneeJugee
from caqes_docs.law.resultats import ResultatObjectif, ResultatVolet
from tests.cas.test_cas import CAS, FICHIERS
from tests.outils.affaires import Atelier

ICI = Path(__file__).parent
DETAILLES = (
    "socle-plafond-global",
    "socle-diminution",
    "socle-interessement-prevu",
    "niveau-actions-selon-leurs-poids",
    "niveau-reponses-par-oui-et-par-non",
    "transports-T13-atteinte-atteint",
    "transports-T13-atteinte-manque",
    "pertinence-manque-msap",
    "qualite-un-risque-leve-sur-trois",
    "qualite-paliers-lus-comme-ecrits",
)
"""Cases whose every step is written."""


class DescribeJournal:
    """`tests/cas/journal_*.txt`."""

    @pytest.mark.parametrize("famille", FICHIERS)
    def it_reads_as_accepted(
        self,
        famille: str,
        projet: Projet,
        depot: Depot,
        tmp_path: Path,
        request: pytest.FixtureRequest,
    ) -> None:
        atelier = Atelier(projet.droit, depot, tmp_path)
        texte = "\n".join(
            ligne
            for param in CAS
            if str(param.id).startswith(f"{famille}-")
            for ligne in _case(atelier, str(param.id), *param.values)
        )
        texte = f"{texte}\n".replace("\u202f", " ").replace("\u00a0", " ")
        journal = ICI / f"journal_{famille}.txt"
        if request.config.getoption("--accept"):
            journal.write_text(texte, encoding="utf-8")
        assert texte == journal.read_text(encoding="utf-8")

    def it_details_cases_that_exist(self) -> None:
        assert set(DETAILLES) <= {str(param.id) for param in CAS}


def _case(atelier: Atelier, nom: str, famille: Any, cas: Any) -> Iterator[str]:
    yield f"## {nom}"
    if "dossier" in cas["attendu"]:
        yield f"   contrat refusé : {', '.join(cas['attendu']['dossier'])}"
        return
    valeurs = famille["defauts"] | cas.get("avec", {})
    contrat, evaluation = (
        Template(famille[cle]).substitute(valeurs) for cle in ("contrat", "evaluation")
    )
    jugee = atelier.judge(contrat, evaluation, **cas.get("etablissement", {}))
    yield from _result(jugee)
    if nom in DETAILLES:
        for volet in jugee.resultat.volets:
            yield from _steps(volet.libelle, volet.montant)
            if volet.non_monetaire is not None:
                yield from _steps(
                    "Hors total", volet.non_monetaire.taux or volet.non_monetaire.duree_mois
                )
        yield from _steps("Total", jugee.resultat.total)


def _result(jugee: AnneeJugee) -> Iterator[str]:
    resultat = jugee.resultat
    yield f"   année {resultat.annee}, au {resultat.date}"
    for objectif in resultat.indicateurs:
        if objectif.poids is not None or objectif.observe.is_known:
            yield f"   {_objective(objectif)}"
    for volet in resultat.volets:
        yield from _volet(volet)
    yield f"   TOTAL {signed(resultat.total)}{_why(resultat.total)}"
    for constat in jugee.constats:
        yield f"   {constat.source} {constat.code} {constat.gravite.value}"
    for avertissement in resultat.avertissements:
        yield f"   avertissement : {avertissement}"


def _volet(volet: ResultatVolet) -> Iterator[str]:
    yield f"   {volet.volet} : {volet.mesure.libelle}, {signed(volet.montant)}. {volet.raison}"
    chiffres = (volet.niveau, volet.maximum, volet.modulation, volet.montant)
    noms = ("niveau", "maximum", "part", "montant")
    for nom, noeud in zip(noms, chiffres, strict=True):
        yield f"     {nom} {format_value(noeud)}{_ground(noeud)}"
    for objectif in (volet.principal, volet.supplementaire, *volet.complementaires):
        if objectif is not None:
            yield f"     {_objective(objectif)}"
    autre = volet.non_monetaire
    if autre is not None:
        chiffre = autre.taux or autre.duree_mois
        assert chiffre is not None
        yield f"     hors total, {autre.mesure.value} : {format_value(chiffre)} {autre.actes}"


def _objective(resultat: ResultatObjectif) -> str:
    poids = format_value(resultat.poids) if resultat.poids is not None else "sans poids"
    return (
        f"{resultat.code} {resultat.statut.libelle} : {format_value(resultat.observe)} pour "
        f"{format_value(resultat.cible)}, {poids}{_ground(resultat.verdict)} {resultat.site}"
    ).rstrip()


def _ground(noeud: Noeud) -> str:
    if noeud.fondement is None:
        return ""
    return f" [{noeud.fondement.regle}, {noeud.fondement.certitude.value}]"


def _why(noeud: Noeud) -> str:
    return f" ({noeud.motif})" if noeud.motif else ""


def _steps(titre: str, noeud: Noeud | None) -> Iterable[str]:
    if noeud is None:
        return
    yield f"   · {titre}"
    for etape in steps(noeud):
        formule = f" = {etape.formule}" if etape.formule else ""
        origine = f" <{etape.noeud.origine}>" if etape.noeud.origine else ""
        yield (
            f"     ({etape.repere}) {etape.libelle}{formule} : {etape.valeur}"
            f"{_ground(etape.noeud)}{origine}"
        )
