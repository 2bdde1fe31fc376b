"""The acts of a contract at a date: what is in effect, what is signed and to come, what is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from caqes_docs.application.avenants.etats import EtatContrat, own_avenant, state_on
from caqes_docs.application.avenants.scelles import registry
from caqes_docs.application.avenants.signer import refuse_faulty
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.verifier.memoire import refuse_unsound
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.signes.modele import Scelle
from caqes_docs.law.avenant.etat import effect_day, signature_day, state_in_words
from caqes_docs.law.droit.droit import effect_date


@dataclass(frozen=True)
class LigneActe:
    """One act of a contract."""

    acte: str
    etat: str
    signature: dt.date | None
    effet: dt.date | None
    objet: str
    scelle: str
    """« scellé », « essai » when nothing was signed, empty when it is not sealed."""

    def is_in_effect(self, jour: dt.date) -> bool:
        """Whether it is part of what the contract says on `jour`."""
        return self.etat.startswith("signé") and self.effet is not None and self.effet <= jour

    def as_dict(self) -> dict[str, object]:
        """The act as JSON-ready data."""
        return {cle: str(v) if v is not None else None for cle, v in asdict(self).items()}


@dataclass(frozen=True)
class BilanEtat:
    """A contract at a date; `jour` is the day that was asked for, neither effect nor signature."""

    affaire: Affaire
    """The data as the files of the project have them."""
    jour: dt.date
    lignes: tuple[LigneActe, ...]
    etat: EtatContrat | None
    """None as long as the contract is a draft."""

    @property
    def en_vigueur(self) -> list[LigneActe]:
        """The acts that make what the contract says that day."""
        return [ligne for ligne in self.lignes if ligne.is_in_effect(self.jour)]

    @property
    def a_venir(self) -> list[LigneActe]:
        """What is signed and has no effect yet."""
        signes = (ligne for ligne in self.lignes if ligne.etat.startswith("signé"))
        return [ligne for ligne in signes if not ligne.is_in_effect(self.jour)]

    @property
    def autres(self) -> list[LigneActe]:
        """What is not signed, or no longer stands."""
        return [ligne for ligne in self.lignes if not ligne.etat.startswith("signé")]

    def as_dict(self) -> dict[str, object]:
        """The result as JSON-ready data."""
        return {
            "reference": self.affaire.reference,
            "consultation": self.jour.isoformat(),
            "en_vigueur": [ligne.as_dict() for ligne in self.en_vigueur],
            "a_venir": [ligne.as_dict() for ligne in self.a_venir],
            "autres": [ligne.as_dict() for ligne in self.autres],
            "scelle": self.etat is not None and self.etat.is_sealed,
            "empreinte": self.etat.empreinte if self.etat else None,
        }


def tell_state(projet: Projet, nom: str, jour: dt.date) -> BilanEtat:
    """What the contract of a dossier is made of on `jour`.

    Raises:
        UsageError: U-003 no such dossier. DonneesError: D-000 its files have errors.
        RevisionError: A-011 what was sealed was touched; A-015 no state is written for that day.
    """
    refuse_unsound(projet)
    depot = projet.named([nom])
    (affaire,) = select(depot, [nom])
    refuse_faulty(nom, depot.errors_of(affaire, amende=True))
    scelles = {acte.scelle.numero: acte for acte in registry(projet).acts(affaire.stem)}
    avenants = {numero: charge.valeur for numero, charge in affaire.avenants.items()}
    avenants |= {numero: own_avenant(acte).valeur for numero, acte in scelles.items() if numero}
    seaux = {numero: acte.scelle for numero, acte in scelles.items()}
    lignes = (_contract(affaire, jour, seaux.get(0)), *_avenants(avenants, jour, seaux))
    etat = state_on(projet, affaire, jour) if lignes[0].signature else None
    return BilanEtat(affaire, jour, lignes, etat)


def _contract(affaire: Affaire, jour: dt.date, scelle: Scelle | None) -> LigneActe:
    signature = affaire.dossier.valeur.contrat.signature.date_retenue
    if scelle is not None:
        signature = scelle.signe_le
    effet = effect_date(signature) if signature else None
    etat = "projet"
    if effet is not None:
        etat = "signé, en vigueur" if effet <= jour else "signé, pas encore en vigueur"
    return LigneActe("Contrat", etat, signature, effet, "", _sealed(scelle))


def _avenants(
    avenants: Mapping[int, Avenant], jour: dt.date, scelles: Mapping[int, Scelle]
) -> Iterator[LigneActe]:
    for numero, avenant in sorted(avenants.items()):
        yield LigneActe(
            f"Avenant n°\u00a0{numero}",
            state_in_words(avenant, jour),
            signature_day(avenant),
            effect_day(avenant),
            avenant.objet or avenant.cas.libelle,
            _sealed(scelles.get(numero)),
        )


def _sealed(scelle: Scelle | None) -> str:
    if scelle is None:
        return ""
    return "essai" if scelle.exemple else "scellé"
