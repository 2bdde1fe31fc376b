"""Tests of `assembly.region.etat`: counts that add up, whoever is counted."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.region.consolider import DemandeRegionale, gather
from caqes_docs.assembly.region.campagne import AnneeRegionale
from caqes_docs.assembly.region.etat import resolve_state
from caqes_docs.assembly.region.vocabulaire_etat import EtatRegional, LigneDepartement
from caqes_docs.data.dossier.parties import CreditFir


@pytest.fixture(scope="module")
def campagne(projet: Projet) -> AnneeRegionale:
    """The sample region in 2019."""
    return gather(projet, DemandeRegionale(2019, Path("output")))[0]


@pytest.fixture(scope="module")
def etat(campagne: AnneeRegionale, projet: Projet) -> EtatRegional:
    """Its state."""
    return resolve_state(campagne, projet.droit)


def _sum(etat: EtatRegional, champ: str) -> int:
    return sum(getattr(ligne, champ) for ligne in etat.departements)


class DescribeResolveState:
    """`resolve_state`."""

    def it_counts_every_dossier_once_by_status(self, etat: EtatRegional) -> None:
        statuts = ("publics", "espic", "prives_lucratifs", "prives_non_lucratifs", "armees")
        assert _sum(etat, "nombre") == etat.nombre == 20
        assert sum(_sum(etat, statut) for statut in statuts) == 20

    def it_counts_every_autoevaluation_once(self, etat: EtatRegional) -> None:
        etats = ("recues", "en_retard", "manquantes")
        assert sum(_sum(etat, nom) for nom in etats) == _sum(etat, "attendues") == 19

    def it_tells_those_that_came_late(self, campagne: AnneeRegionale, projet: Projet) -> None:
        ars = campagne.ars.valeur
        calendrier = tuple(
            ligne.model_copy(
                update={"quand": ligne.quand and ligne.quand.model_copy(update={"jour": 1})}
            )
            for ligne in ars.calendrier
        )
        tot = replace(campagne.ars, valeur=ars.model_copy(update={"calendrier": calendrier}))
        etat = resolve_state(replace(campagne, ars=tot), projet.droit)
        assert _sum(etat, "en_retard") > 0
        assert _sum(etat, "manquantes") == 7

    def it_keeps_each_column_in_its_place(self) -> None:
        noms = [f.name for f in fields(LigneDepartement)]
        assert noms[2:13] == [
            "publics",
            "espic",
            "prives_lucratifs",
            "prives_non_lucratifs",
            "armees",
            "mco",
            "had",
            "dialyse",
            "ssr",
            "psy",
            "usld",
        ]

    def it_says_where_each_contract_stands(self, etat: EtatRegional) -> None:
        refus = next(s for s in etat.signataires if s.finess == "990780157")
        assert (refus.etat, refus.refuses) == ("en vigueur", ("Transports",))

    def it_gathers_the_members_of_a_ght(self, etat: EtatRegional) -> None:
        assert [(g.signes, len(g.membres)) for g in etat.groupements] == [(4, 4)]

    def it_says_both_supports_of_a_ght_when_its_members_disagree(
        self, campagne: AnneeRegionale, projet: Projet
    ) -> None:
        autre, affaires = "Centre hospitalier d’Ailleurs", []
        for affaire in campagne.affaires:
            dossier = affaire.dossier.valeur
            if affaire.finess == "990780199" and dossier.etablissement.ght:
                ght = dossier.etablissement.ght.model_copy(update={"etablissement_support": autre})
                seul = dossier.etablissement.model_copy(update={"ght": ght})
                change = dossier.model_copy(update={"etablissement": seul})
                affaire = replace(affaire, dossier=replace(affaire.dossier, valeur=change))
            affaires.append(affaire)
        etat = resolve_state(replace(campagne, affaires=tuple(affaires)), projet.droit)
        support = "Centre hospitalier universitaire de Portclair"
        assert [g.support for g in etat.groupements] == [f"{autre} ; {support}"]

    @pytest.mark.parametrize(
        ("credits", "depasse", "reste"),
        [("250000", False, "220 000 €"), ("30000", False, "0 €"), ("29999.99", True, None)],
    )
    def it_compares_the_fir_with_its_credits(
        self,
        campagne: AnneeRegionale,
        projet: Projet,
        credits: str,
        depasse: bool,
        reste: str | None,
    ) -> None:
        credit = CreditFir.model_construct(annee=2019, montant=Decimal(credits), source=None)
        ars = campagne.ars.valeur.model_copy(update={"credits_fir": (credit,)})
        autre = replace(campagne, ars=replace(campagne.ars, valeur=ars))
        fir = resolve_state(autre, projet.droit).fir
        assert fir.depasse is depasse
        if reste is not None:
            assert str(fir.reste).replace("\u202f", " ").replace("\u00a0", " ") == reste

    def but_compares_nothing_without_credits(
        self, campagne: AnneeRegionale, projet: Projet
    ) -> None:
        ars = campagne.ars.valeur.model_copy(update={"credits_fir": ()})
        autre = replace(campagne, ars=replace(campagne.ars, valeur=ars))
        fir = resolve_state(autre, projet.droit).fir
        assert (fir.credits, fir.reste, fir.depasse) == (None, None, False)

    def it_counts_why_results_are_missing(self, etat: EtatRegional) -> None:
        assert sum(motif.nombre for motif in etat.indisponibles) == 3
        assert etat.pertinence == 6
