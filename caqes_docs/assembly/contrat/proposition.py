"""What is proposed to the establishment, and what a refusal would cost (D. 162-15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.contrat.contacts import volet_in_words
from caqes_docs.assembly.contrat.refus import number
from caqes_docs.assembly.contrat.vocabulaire_refus import LigneRefus, RefusResolus
from caqes_docs.assembly.contrat.volets import is_original
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.volets import FigureCiblage, MotifCiblage, Volet
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.catalogue import VoletDecrit
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.jugement import judge_incurred
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class VoletPropose:
    """A volet additionnel of the proposal, signed since or refused."""

    libelle: str = champ("volet proposé")
    designation: str = champ("volet proposé, dans une phrase")
    duree: int | None = champ("durée du volet, en années")
    motif: str | None = champ("motif du ciblage")
    chiffres: tuple[FigureCiblage, ...] = champ("chiffres du ciblage")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class SanctionEncourue:
    """What a refusal would cost on the day of the second proposal, when it can be known."""

    exercice: int = champ("dernier exercice clos")
    produits: Decimal = champ("produits reçus des régimes obligatoires")
    montant: Decimal = champ("montant de la sanction encourue")


@dataclass(frozen=True)
class PropositionResolue:
    """The proposal of the contract: the volets that it held, and what a refusal would cost."""

    volets: tuple[VoletPropose, ...] = champ("volets additionnels proposés")
    designations: tuple[str, ...] = champ("volets proposés, dans une phrase")
    encourue: SanctionEncourue | None = champ("sanction encourue")


def resolve_proposition(affaire: Affaire, droit: Droit, refus: RefusResolus) -> PropositionResolue:
    """The volets signed with the contract, then those that were refused with it."""
    contrat = affaire.dossier.valeur.contrat
    racine = Lieu(affaire.dossier.fichier, ("contrat", "volets"))
    proposes = [
        _signed(droit, decrit, contrat.volets[nom], racine.child(nom))
        for nom, decrit in droit.volets.items()
        if nom in contrat.volets and is_original(nom, contrat)
    ]
    proposes += [_refused(r) for r in refus.lignes if r.id != SOCLE and not r.a_part]
    designations = (volet_in_words(droit, SOCLE), *(volet.designation for volet in proposes))
    return PropositionResolue(tuple(proposes), designations, _incurred(affaire, droit))


def _signed(droit: Droit, decrit: VoletDecrit, volet: Volet, lieu: Lieu) -> VoletPropose:
    ciblage = volet.ciblage or MotifCiblage()
    return VoletPropose(
        typographier(decrit.libelle),
        volet_in_words(droit, decrit.id),
        volet.duree,
        ciblage.motif,
        ciblage.chiffres,
        {"motif": lieu.child("ciblage").child("motif"), "duree": lieu.child("duree")},
    )


def _refused(ligne: LigneRefus) -> VoletPropose:
    origines = {"motif": ligne.origines["motif_ciblage"]}
    return VoletPropose(
        ligne.intitule, ligne.designation, None, ligne.motif_ciblage, ligne.chiffres, origines
    )


def _incurred(affaire: Affaire, droit: Droit) -> SanctionEncourue | None:
    jour = _proposed_again_on(affaire.dossier.valeur.contrat)
    if jour is None:
        return None
    try:
        montant = number(judge_incurred(affaire, droit, jour))
    except DroitError:
        return None
    etablissement, exercice = affaire.dossier.valeur.etablissement, jour.year - 1
    produits = {p.exercice: p.montant for p in etablissement.produits_assurance_maladie}
    return None if montant is None else SanctionEncourue(exercice, produits[exercice], montant)


def _proposed_again_on(contrat: Contrat) -> dt.date | None:
    procedure = contrat.procedure
    seconde = procedure.seconde_proposition if procedure else None
    return seconde.date if seconde else None
