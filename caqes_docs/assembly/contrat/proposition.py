"""What is proposed to the establishment, and what a refusal would cost (D. 162-15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.contrat.contacts import volet_in_words
from caqes_docs.assembly.contrat.dates import contract_data
from caqes_docs.assembly.contrat.refus import number, refused_in_words
from caqes_docs.assembly.contrat.vocabulaire_refus import LigneRefus, RefusResolus
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.avenant.modele import Avenant, CasAvenant, Demandeur
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.ciblage import FigureCiblage, MotifCiblage
from caqes_docs.data.dossier.procedure import (
    Avis,
    Etape,
    ProcedureContrat,
    SecondeProposition,
)
from caqes_docs.data.dossier.volets import Volet
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.avenant.etat import effect_day, signature_day
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.catalogue import VoletDecrit
from caqes_docs.law.droit.dates import is_original
from caqes_docs.law.droit.droit import Droit, effect_date
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
class AvenantAnterieur:
    """An earlier avenant of the same contract, signed."""

    numero: int = champ("numéro de l’avenant antérieur")
    signe_le: dt.date = champ("date de signature de l’avenant antérieur")
    effet: dt.date = champ("date d’effet de l’avenant antérieur")
    a_venir: bool = champ("effet postérieur à la signature du présent avenant (oui ou non)")
    objet: str | None = champ("objet de l’avenant antérieur")
    dernier: bool = champ("dernier de la liste (oui ou non)")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class AvenantPropose:
    """The avenant that is proposed, when it is not the contract."""

    numero: int = champ("numéro de l’avenant proposé")
    objet: str | None = champ("objet de l’avenant proposé")
    motif: str | None = champ("motif de l’avenant proposé")
    commun_accord: bool = champ("avenant que les parties demandent d’un commun accord (oui ou non)")
    resiliation: bool = champ("résiliation d’un volet (oui ou non)")
    contrat_signe_le: dt.date | None = champ("date de signature du contrat")
    contrat_effet: dt.date | None = champ("date d’effet du contrat")
    anterieurs: tuple[AvenantAnterieur, ...] = champ("avenants antérieurs")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class PropositionResolue:
    """A proposal: of the contract, a volet apart or an avenant; how it went, what is at risk."""

    avenant: AvenantPropose | None = champ("avenant proposé")
    a_part: bool = champ("volet proposé à part du contrat (oui ou non)")
    volets: tuple[VoletPropose, ...] = champ("volets additionnels proposés")
    designations: tuple[str, ...] = champ("volets proposés, dans une phrase")
    avis: Avis | None = champ("avis de l’organisme local sur la proposition")
    premiere: Etape | None = champ("première proposition")
    seconde: SecondeProposition | None = champ("seconde proposition")
    encourue: SanctionEncourue | None = champ("sanction encourue")
    origines: Mapping[str, Lieu] = lieux()


def resolve_proposition(
    affaire: Affaire, droit: Droit, refus: RefusResolus, volet: str | None
) -> PropositionResolue:
    """What is proposed with the contract, signed since or refused; or `volet` alone, apart."""
    contrat = affaire.dossier.valeur.contrat
    racine = Lieu(affaire.dossier.fichier, ("contrat", "volets"))
    proposes = [
        _signed(droit, decrit, contrat.volets[nom], racine.child(nom))
        for nom, decrit in droit.volets.items()
        if nom in contrat.volets and (nom == volet if volet else is_original(nom, contrat))
    ]
    refuses = refus.decision.lignes if volet and refus.decision else refus.lignes
    ailleurs = (SOCLE, *(contrat.volets if affaire.propose else ()))
    proposes += [_refused(r) for r in refuses if r.id not in ailleurs and r.a_part == bool(volet)]
    designations = tuple(propose.designation for propose in proposes)
    if affaire.propose is not None:
        designations = (refused_in_words(affaire, droit, SOCLE),)
    elif not volet:
        designations = (volet_in_words(droit, SOCLE), *designations)
    procedure, lieu = contract_data(affaire, volet).at(("procedure",))
    suivie = procedure if isinstance(procedure, ProcedureContrat) else ProcedureContrat()
    return PropositionResolue(
        a_part=volet is not None,
        volets=tuple(proposes),
        avenant=_avenant(affaire, affaire.propose) if affaire.propose else None,
        designations=designations,
        avis=suivie.avis,
        premiere=suivie.premiere_proposition,
        seconde=suivie.seconde_proposition,
        encourue=_incurred(affaire, droit, suivie),
        origines={
            "avis": lieu.child("avis"),
            "premiere": lieu.child("premiere_proposition"),
            "seconde": lieu.child("seconde_proposition"),
        },
    )


def _avenant(affaire: Affaire, charge: Charge[Avenant]) -> AvenantPropose:
    avenant, contrat = charge.valeur, affaire.amende or affaire.dossier
    signe = contrat.valeur.contrat.signature.date_retenue
    lieu = Lieu(contrat.fichier, ("contrat", "signature", "date"))
    return AvenantPropose(
        numero=avenant.numero,
        objet=avenant.objet,
        motif=avenant.motif,
        commun_accord=avenant.demandeur is Demandeur.COMMUN_ACCORD,
        resiliation=avenant.cas is CasAvenant.RESILIATION,
        contrat_signe_le=signe,
        contrat_effet=effect_date(signe) if signe else None,
        anterieurs=earlier(affaire, charge),
        origines={
            **{cle: Lieu(charge.fichier, (cle,)) for cle in ("objet", "motif")},
            **dict.fromkeys(("contrat_signe_le", "contrat_effet"), lieu),
        },
    )


def earlier(affaire: Affaire, present: Charge[Avenant]) -> tuple[AvenantAnterieur, ...]:
    """The avenants that the contract holds already when `present` is made."""
    le, autres = signature_day(present.valeur), (c for c in affaire.appliques if c is not present)
    dates = [(c, signature_day(c.valeur), effect_day(c.valeur)) for c in autres]
    signes = [(charge, jour, effet) for charge, jour, effet in dates if jour and effet]
    return tuple(
        AvenantAnterieur(
            numero=charge.valeur.numero,
            signe_le=signature,
            effet=effet,
            a_venir=le is None or effet > le,
            objet=charge.valeur.objet,
            dernier=rang == len(signes),
            origines={"objet": Lieu(charge.fichier, ("objet",))},
        )
        for rang, (charge, signature, effet) in enumerate(signes, 1)
    )


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


def _incurred(
    affaire: Affaire, droit: Droit, procedure: ProcedureContrat
) -> SanctionEncourue | None:
    seconde = procedure.seconde_proposition
    if seconde is None or seconde.date is None:
        return None
    try:
        montant = number(judge_incurred(affaire, droit, seconde.date))
    except DroitError:
        return None
    etablissement, exercice = affaire.dossier.valeur.etablissement, seconde.date.year - 1
    produits = {p.exercice: p.montant for p in etablissement.produits_assurance_maladie}
    return None if montant is None else SanctionEncourue(exercice, produits[exercice], montant)
