"""What falls due: a step, who must take it, since when and until when, seen from one day."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from caqes_docs.core.source import Source
from caqes_docs.data.dossier.procedure import Audition, Avis, Envoi, Etape, ProcedureContrat
from caqes_docs.data.lecture.types import Modele
from caqes_docs.law.procedure.delais import Delai, Support

M = TypeVar("M", bound=Modele)

AGENCE, ETABLISSEMENT, ORGANISME = "agence", "établissement", "organisme local"
_PREVUES = frozenset({"attendu_le", "prevue_le", "date_effet", "date_fin"})
"""Days to come are known beforehand."""


class EtatEcheance(enum.StrEnum):
    """Where a step stands, the most pressing first."""

    FORCLOS = "forclos"
    """Its delay is over: it can no longer be taken."""
    EN_RETARD = "en retard"
    """It should have been taken."""
    INCONNU = "inconnu"
    """Its receipt is not proved: no delay is counted."""
    A_FAIRE = "à faire"
    A_VENIR = "à venir"
    """Its day has not come."""


@dataclass(frozen=True)
class Echeance:
    """One step that is not taken."""

    procedure: str
    etape: str
    quoi: str
    qui: str
    etat: EtatEcheance
    article: str
    source: Source
    depuis: dt.date | None = None
    """The day from which it can, or could, be taken."""
    terme: dt.date | None = None
    """The last day; None where no text fixes one, or while it is not known."""
    commune: bool = False
    """Whether it is one thing for all the establishments that wait for it."""


@dataclass(frozen=True)
class Suite:
    """A procedure on the way: its name, the day it is seen from, where it is written."""

    nom: str
    jour: dt.date
    support: Support

    def make(self, etape: str, quoi: str, article: str, *chemin: str | int) -> Echeance:
        """A step of the agency to take now; `replace` says the rest."""
        source = self.support.source(*chemin)
        return Echeance(self.nom, etape, quoi, AGENCE, EtatEcheance.A_FAIRE, article, source)

    def due(self, echeance: Echeance, terme: dt.date | None) -> Echeance:
        """`echeance` with the day on which it is due: late once that day is over."""
        retard = terme is not None and terme < self.jour
        etat = EtatEcheance.EN_RETARD if retard else echeance.etat
        return replace(echeance, terme=terme, etat=etat)

    def after(self, echeance: Echeance, delai: Delai) -> Echeance:
        """`echeance`, which waits for the end of a delay of somebody else."""
        fin = delai.terme
        debut = None if fin is None else fin + dt.timedelta(1)
        etat = EtatEcheance.A_VENIR if debut is None or debut > self.jour else EtatEcheance.A_FAIRE
        return replace(echeance, depuis=debut, etat=etat)


def known_at(modele: M, jour: dt.date) -> M:
    """`modele` as it was known on that day: what is dated later had not happened.

    Days that are foreseen stay.
    """
    connus: dict[str, object] = {}
    for nom in type(modele).model_fields:
        connus[nom] = _known(getattr(modele, nom), nom, jour)
    return modele.model_copy(update=connus)


def _known(valeur: object, nom: str, jour: dt.date) -> object:
    if isinstance(valeur, dt.date):
        return valeur if nom in _PREVUES or valeur <= jour else None
    if isinstance(valeur, Modele):
        return known_at(valeur, jour)
    if isinstance(valeur, tuple):
        return tuple(_known(x, nom, jour) for x in valeur if not _is_to_come(x, jour))
    return valeur


def _is_to_come(element: object, jour: dt.date) -> bool:
    """Whether nobody had received it: an observation of a later day."""
    recue = getattr(element, "recue_le", None)
    return isinstance(recue, dt.date) and recue > jour


def is_sent(envoi: Envoi | None) -> bool:
    """Whether an act is known to have left."""
    return envoi is not None and (envoi.date or envoi.recue_le) is not None


def is_begun(procedure: ProcedureContrat) -> bool:
    """Whether one step of a proposal is known to have been taken."""
    avis = procedure.avis
    actes = (procedure.premiere_proposition, procedure.seconde_proposition)
    return bool(avis and (avis.demande_le or avis.rendu_le)) or any(map(is_sent, actes))


def iter_avis(
    suite: Suite, avis: Avis | None, quand: str, article: str, cle: str
) -> Iterator[Echeance]:
    """The avis of the organisme local: to ask for, then to give."""
    demande = avis.demande_le if avis else None
    if avis is not None and avis.rendu_le is not None:
        return
    etape = f"Avis de l’organisme local {quand}"
    if demande is None:
        yield suite.make(etape, f"Demander l’avis de l’organisme local {quand}", article, cle)
        return
    rendre = suite.make(etape, f"Rendre l’avis demandé {quand}", article, cle, "demande_le")
    attendu = avis.attendu_le if avis else None
    yield suite.due(replace(rendre, qui=ORGANISME, depuis=demande), attendu)


def iter_answers(
    suite: Suite, nom: str, etape: Etape, delai: Delai, article: str, quoi: str
) -> Iterator[Echeance]:
    """What an act received calls for: proof, a hearing, `quoi` of the establishment, replies."""
    cle = nom[0].lower() + nom[1:]
    chemin = delai.etape
    if etape.recue_le is None:
        preuve = suite.make(nom, f"Établir la date de réception ({cle})", article, chemin, "date")
        yield replace(preuve, depuis=etape.date, etat=EtatEcheance.INCONNU)
        return
    yield from _hearing(suite, nom, etape.audition, article, chemin)
    if delai.terme is not None and suite.jour <= delai.terme:
        repondre = replace(suite.make(nom, quoi, article, chemin), qui=ETABLISSEMENT)
        yield replace(repondre, depuis=delai.premier_jour, terme=delai.terme)
    for rang, observation in enumerate(etape.observations):
        if observation.reponse is None:
            lieu = (chemin, "observations", rang)
            repondre = suite.make(
                nom, "Répondre à l’observation de l’établissement", article, *lieu
            )
            yield replace(repondre, depuis=observation.recue_le)


def _hearing(
    suite: Suite, nom: str, audition: Audition | None, article: str, chemin: str
) -> Iterator[Echeance]:
    if audition is None or audition.demandee_le is None or audition.tenue_le is not None:
        return
    entendre = suite.make(nom, "Entendre l’établissement", article, chemin, "audition")
    yield suite.due(replace(entendre, depuis=audition.demandee_le), audition.prevue_le)
