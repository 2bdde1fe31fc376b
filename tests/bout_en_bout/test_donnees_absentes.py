"""Every act of an evaluated year with each optional datum absent in turn.

A draft says « à compléter », or leaves the sentence out; what the law needs stops the act to sign.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from _pytest.mark import ParameterSet
from pydantic import BaseModel

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import CaqesError, DonneesError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.evaluation import Decision
from caqes_docs.data.dossier.mesures import MotifMsap
from caqes_docs.data.dossier.procedure import ProcedureEvaluation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.document.model import Document

Cles = tuple[str, ...]
_M = TypeVar("_M", bound=BaseModel)
EDITION = dt.date(2020, 12, 15)
ACTES = (
    "transmission_rapport",
    "demande_avis_notification",
    "notification",
    "demande_avis_decision",
    "renonciation",
    "information_caisse",
    "information_controle_medical",
    "decision_definitive",
)
_ENVOI = {"mode": "lettre recommandée", "numero_envoi": "1A 234", "numero": "CAQES-2020-1"}
_ENTENDU = {
    "audition": {
        "demandee_le": "2020-09-10",
        "tenue_le": "2020-09-20",
        "resume": "La directrice a été entendue.",
        "reponse": "Ces éléments étaient connus.",
    },
    "observations": [
        {
            "recue_le": "2020-09-10",
            "texte": "Le délai est bref.",
            "reponse": "C’est celui du texte.",
        }
    ],
}
_AVIS = {"demande_le": "2020-10-06", "attendu_le": "2020-10-20", "rendu_le": "2020-10-19"}
PROCEDURE = ProcedureEvaluation.model_validate(
    {
        "rapport": {"date": "2020-09-02", "recue_le": "2020-09-04", **_ENVOI, **_ENTENDU},
        "avis_notification": {**_AVIS, "sens": "favorable", "observations": "Rien à ajouter."},
        "notification": {
            "date": "2020-10-26",
            "recue_le": "2020-10-28",
            "actes_envisages": ["actes de chirurgie de la main"],
            **_ENVOI,
            **_ENTENDU,
        },
        "avis_decision": {**_AVIS, "sens": "favorable"},
        "renonciation": {
            "date": "2020-12-16",
            "volets": ["socle"],
            "motif": "Les patients ont changé.",
            **_ENVOI,
        },
        "information": {"organisme_le": "2020-12-16"},
    }
)
DECISION = Decision.model_validate(
    {
        "numero": "CAQES-2020-D",
        "date": "2020-12-15",
        "mode": "lettre recommandée",
        "procedure_accord": {"adresse": "12 rue X", "delai_jours": "15", "silence": "refus"},
        "volets": {
            "socle": {
                "nature": "reduction_liste_en_sus",
                "taux": "10 %",
                "date_effet": "2021-02-01",
                "duree_mois": "6",
                "motif": "Retard dans le déploiement.",
            },
            "transports": {
                "nature": "interessement",
                "montant": "30 000",
                "verse_par": "l’agence",
                "verse_avant": "2021-03-01",
            },
            "pertinence": {
                "nature": "mise_sous_accord_prealable",
                "date_effet": "2021-02-01",
                "duree_mois": "3",
                "actes": "actes de chirurgie de la main",
                "volume": "150 demandes au plus",
                "motif": "Trois mois sur les six possibles.",
            },
        },
    }
)
MESURES = frozenset({"indicateurs", "actions", "volets"})
"""What is measured is tried by the tests of the law."""


def iter_optional(modele: BaseModel, avant: Cles = ()) -> Iterator[Cles]:
    """The path of every datum of `modele` that could be left out, and is not."""
    for cle, champ in type(modele).model_fields.items():
        valeur, chemin = getattr(modele, cle), (*avant, cle)
        if valeur in (None, (), {}) or (not avant and cle in MESURES):
            continue
        if not champ.is_required():
            yield chemin
        for rang, enfant in _children(valeur):
            yield from iter_optional(enfant, (*chemin, *rang))


def _children(valeur: object) -> Iterator[tuple[Cles, BaseModel]]:
    if isinstance(valeur, BaseModel):
        yield (), valeur
    elif isinstance(valeur, dict):
        yield from (((cle,), e) for cle, e in valeur.items() if isinstance(e, BaseModel))
    elif isinstance(valeur, tuple):
        yield from (((str(n),), e) for n, e in enumerate(valeur) if isinstance(e, BaseModel))


def without(valeur: Any, chemin: Cles) -> Any:
    """`valeur` with nothing at `chemin`."""
    cle, *reste = chemin
    if isinstance(valeur, BaseModel):
        ancien = getattr(valeur, cle)
        vide = type(valeur).model_fields[cle].get_default(call_default_factory=True)
        return valeur.model_copy(update={cle: without(ancien, tuple(reste)) if reste else vide})
    if isinstance(valeur, dict):
        return {**valeur, cle: without(valeur[cle], tuple(reste))}
    rang = int(cle)
    return (*valeur[:rang], without(valeur[rang], tuple(reste)), *valeur[rang + 1 :])


@pytest.fixture(scope="module")
def affaire(depot: Depot) -> Affaire:
    """A dossier whose year has every step, and every datum of each."""
    complete = depot.affaires["2A9780012"]
    charge = complete.evaluations[2019]
    valeur = charge.valeur.model_copy(update={"procedure": PROCEDURE, "decision": DECISION})
    complete = _justified(complete)
    return replace(complete, evaluations={2019: replace(charge, valeur=valeur)})


def _justified(affaire: Affaire) -> Affaire:
    """The dossier, whose contract says which finding would justify an MSAP (L. 162-1-17)."""
    contrat = affaire.dossier.valeur.contrat
    volet = contrat.volets["pertinence"]
    assert volet.sanction is not None
    sanction = volet.sanction.model_copy(update={"motif_msap": MotifMsap.ECART})
    volets = {**contrat.volets, "pertinence": volet.model_copy(update={"sanction": sanction})}
    contrat = contrat.model_copy(update={"volets": volets})
    dossier = affaire.dossier.valeur.model_copy(update={"contrat": contrat})
    return replace(affaire, dossier=replace(affaire.dossier, valeur=dossier))


def iter_affaires(affaire: Affaire) -> Iterator[tuple[str, Affaire]]:
    """The dossier without each optional datum in turn, with the path of what is absent."""
    for chemin, annee in iter_charges(affaire.evaluations[2019]):
        yield chemin, replace(affaire, evaluations={2019: annee})
    for chemin, ars in iter_charges(affaire.ars):
        yield f"ars.{chemin}", replace(affaire, ars=ars)
    for chemin, organisme in iter_charges(affaire.organisme):
        yield f"organisme.{chemin}", replace(affaire, organisme=organisme)


def iter_charges(charge: Charge[_M]) -> Iterator[tuple[str, Charge[_M]]]:
    """The file without each optional datum in turn: neither its value nor its key is there."""
    for chemin in iter_optional(charge.valeur):
        positions = {
            place: ou
            for place, ou in charge.fichier.positions.items()
            if tuple(map(str, place[: len(chemin)])) != chemin
        }
        fichier = replace(charge.fichier, positions=positions)
        yield (
            ".".join(chemin),
            replace(charge, fichier=fichier, valeur=without(charge.valeur, chemin)),
        )


def act(projet: Projet, affaire: Affaire, type_: str, *, definitif: bool) -> Document:
    """The act of one type for the year 2019 of this dossier."""
    options = Options(annee=2019, definitif=definitif, date_edition=EDITION)
    return assemble_act(
        projet.types[type_], affaire, projet.bibliotheque, projet.droit, options
    ).document


def long(type_: str) -> ParameterSet:
    """A type that `make test` leaves out: the last one stays."""
    return pytest.param(type_, marks=pytest.mark.long)


def _code(projet: Projet, affaire: Affaire, type_: str) -> str:
    """Why there is no draft, or an empty string."""
    try:
        act(projet, affaire, type_, definitif=False)
    except CaqesError as error:
        return error.code
    return ""


NECESSAIRES = {
    "demande_avis_notification": ("procedure.rapport.recue_le",),
    "notification": (
        "procedure.rapport.date",
        "procedure.rapport.recue_le",
        "procedure.rapport.observations.0.reponse",
        "procedure.avis_notification",
        "procedure.notification.numero",
    ),
    "demande_avis_decision": ("procedure.notification.recue_le",),
    "decision_definitive": (
        "procedure",
        "procedure.rapport",
        "procedure.rapport.recue_le",
        "procedure.rapport.observations.0.reponse",
        "procedure.avis_notification.rendu_le",
        "procedure.notification.recue_le",
        "procedure.notification.observations.0.reponse",
        "procedure.notification.audition.reponse",
        "procedure.avis_decision",
        "decision.numero",
        "decision.procedure_accord.delai_jours",
        "decision.volets.socle.date_effet",
        "decision.volets.socle.duree_mois",
        "decision.volets.pertinence.date_effet",
        "decision.volets.pertinence.duree_mois",
        "organisme.service_medical",
        "ars.tribunal_administratif",
    ),
    "information_caisse": ("decision.numero", "procedure.avis_decision.rendu_le"),
}
"""What the texts require of each act, and is refused at the signature when it is not known."""
FACULTATIFS = {
    "transmission_rapport": ("ars.delegation", "autoevaluation", "procedure.rapport.mode"),
    "notification": ("procedure.rapport.observations", "procedure.rapport.audition"),
    "decision_definitive": (
        "ars.delegation",
        "procedure.rapport.observations",
        "procedure.rapport.audition",
        "procedure.notification.observations",
        "procedure.notification.audition",
        "procedure.renonciation",
        "decision.volets.pertinence.volume",
    ),
    "renonciation": ("procedure.renonciation.volets", "procedure.notification"),
}
"""What an act does without: the plainest case can be signed."""


class DescribeDonneeAbsente:
    @pytest.mark.parametrize("type_", [*map(long, ACTES[:-1]), ACTES[-1]])
    def it_never_stops_a_draft(self, type_: str, projet: Projet, affaire: Affaire) -> None:
        """No clause prints nothing (C-021); a step that is not taken has no act (D-099)."""
        codes = {chemin: _code(projet, sans, type_) for chemin, sans in iter_affaires(affaire)}
        assert len(codes) > 60
        assert set(codes.values()) <= {"", "D-099"}
        assert {c.split(".")[0] for c, code in codes.items() if code} <= {"procedure", "decision"}

    def it_decides_no_msap_without_the_finding_that_justifies_it(
        self, projet: Projet, depot: Depot, affaire: Affaire
    ) -> None:
        """L. 162-1-17 names four, and asks for one: the contract says which."""
        sans = replace(affaire, dossier=depot.affaires["2A9780012"].dossier)
        with pytest.raises(DonneesError) as faute:
            act(projet, sans, "decision_definitive", definitif=True)
        assert [c for c in faute.value.constats if "constat qui justifie" in c.message]

    @pytest.mark.parametrize("type_", ACTES)
    def it_can_be_signed_when_all_is_there(
        self, type_: str, projet: Projet, affaire: Affaire
    ) -> None:
        assert not act(projet, affaire, type_, definitif=True).brouillon

    @pytest.mark.parametrize(
        ("type_", "chemin"), [(t, c) for t, chemins in NECESSAIRES.items() for c in chemins]
    )
    def it_stops_the_act_to_sign_when_the_law_needs_it(
        self, type_: str, chemin: str, projet: Projet, affaire: Affaire
    ) -> None:
        with pytest.raises(DonneesError) as faute:
            act(projet, dict(iter_affaires(affaire))[chemin], type_, definitif=True)
        assert faute.value.code == "D-060"
        assert faute.value.constats

    @pytest.mark.parametrize(
        ("type_", "chemin"), [(t, c) for t, chemins in FACULTATIFS.items() for c in chemins]
    )
    def but_not_when_it_is_only_one_case_among_others(
        self, type_: str, chemin: str, projet: Projet, affaire: Affaire
    ) -> None:
        sans = dict(iter_affaires(affaire))[chemin]
        assert not act(projet, sans, type_, definitif=True).brouillon
