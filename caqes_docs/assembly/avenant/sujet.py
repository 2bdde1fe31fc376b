"""One avenant as a subject: the contract as it amends it, what it brings, why, after what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from caqes_docs.assembly.avenant.vocabulaire import (
    AvenantResolu,
    LigneComparee,
    RepresentantChange,
    VoletRenouvele,
)
from caqes_docs.assembly.contrat.contacts import volet_in_words
from caqes_docs.assembly.contrat.dates import Dates, Options
from caqes_docs.assembly.contrat.proposition import earlier
from caqes_docs.assembly.contrat.sujet import dated_values, describe_contract, undated_values
from caqes_docs.assembly.sujet import Sujet
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.francais.typographie import NBSP, typographier
from caqes_docs.data.avenant.modele import Avenant, Demandeur, SignatureAvenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.parties import Personne
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.document.model import Section
from caqes_docs.document.texte import reference_words
from caqes_docs.document.walk import plain
from caqes_docs.law.avenant.etat import effect_day
from caqes_docs.law.droit.dates import volet_period
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.redaction.bibliotheque.numerotation import Modifications
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.langage.vocabulaire import Acte
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class Apports:
    """What the two states of the contract say of the avenant between them."""

    avant: Affaire
    """The contract as the earlier avenants left it."""
    apres: Affaire
    """The contract as the avenant makes it."""
    modifications: Modifications
    comparaison: tuple[LigneComparee, ...]
    article_de_revision: str | None
    """The article by which the contract allows it: « article 7 »."""


def describe_avenant(
    type_document: TypeDocument,
    charge: Charge[Avenant],
    apports: Apports,
    droit: Droit,
    options: Options,
) -> Sujet:
    """The subject of an avenant.

    Raises:
        DonneesError: D-051 its date of effect is not known.
    """
    avenant, affaire = charge.valeur, apports.apres
    effet = _need_effect(charge, None if options.definitif else options.date_effet)
    signature = avenant.signature or SignatureAvenant()
    lieu = Lieu(charge.fichier, ("signature", "date"), "avenant")
    acte = Acte(
        type_document.plan.titre,
        effet,
        signature.date_retenue,
        {"date_signature": lieu, "date_effet": lieu},
    )
    dates = Dates(effet, options.date_edition or signature.date_retenue or effet, effet)
    noms = {
        **undated_values(affaire, droit)[0],
        **dated_values(affaire, droit, dates),
        "avenant": (_resolve(charge, apports, droit, effet), Lieu(charge.fichier, (), "avenant")),
    }
    sujet = describe_contract(affaire, acte, dates, noms)
    return replace(
        sujet,
        nom=f"n°{NBSP}{avenant.numero}, {sujet.nom}",
        reference=f"{sujet.reference}, avenant n°{NBSP}{avenant.numero}",
        lieu=Lieu(charge.fichier, ("signature",), "avenant"),
        modifications=apports.modifications,
        designation="L’avenant",
    )


def _need_effect(charge: Charge[Avenant], suppose: dt.date | None) -> dt.date:
    effet = effect_day(charge.valeur) or suppose
    if effet is None:
        raise DonneesError(
            "D-051",
            "La date de signature de l’avenant manque\u00a0: elle décide de sa date d’effet, donc "
            "des rédactions.",
            remede="Remplir «\u00a0signature.date\u00a0», ou donner --date-effet pour un projet.",
            source=charge.fichier.source(("signature", "date")),
        )
    return effet


def _resolve(
    charge: Charge[Avenant], apports: Apports, droit: Droit, effet: dt.date
) -> AvenantResolu:
    avenant, signature = charge.valeur, charge.valeur.signature or SignatureAvenant()
    contrat = apports.avant.dossier.valeur.contrat.signature.date_retenue
    procedure, anterieurs = avenant.procedure or ProcedureContrat(), earlier(apports.avant, charge)
    return AvenantResolu(
        numero=avenant.numero,
        cas=avenant.cas,
        objet=avenant.objet,
        demandeur=avenant.demandeur,
        demandeur_dit=_asker(avenant.demandeur),
        motif=avenant.motif,
        textes=tuple(_text(droit, nom, effet) for nom in avenant.textes),
        droit_au=avenant.droit_au,
        premiere_annee=effet.year,
        volets=tuple(volet_in_words(droit, nom) for nom in _volets(avenant)),
        renouvellements=tuple(_renewed(apports)),
        referentiels=_referentials(droit, effect_date(contrat) if contrat else effet),
        contrat_signe_le=contrat,
        contrat_effet=effect_date(contrat) if contrat else None,
        article_de_revision=apports.article_de_revision,
        anterieurs=anterieurs,
        numeros_anterieurs=tuple(f"n°{NBSP}{un.numero}" for un in anterieurs),
        plusieurs_anterieurs=len(anterieurs) > 1,
        representants=_representatives(apports),
        avis=procedure.avis,
        avis_medical=avenant.avis_medical,
        cdu_associee=bool(avenant.cdu_associee),
        premiere=procedure.premiere_proposition,
        seconde=procedure.seconde_proposition,
        annexes=tuple(map(_annex, apports.modifications.annexes)),
        plusieurs_annexes=len(apports.modifications.annexes) > 1,
        comparaison=apports.comparaison,
        lieu=signature.lieu,
        signe_le=signature.date_retenue,
        dates_des_parties=signature.dates_des_parties,
        originaux=signature.originaux,
        origines=_places(Lieu(charge.fichier, (), "avenant")),
    )


def _places(lieu: Lieu) -> dict[str, Lieu]:
    """Where the fields that are deeper in the file stand."""
    etapes, signature = lieu.child("procedure"), lieu.child("signature")
    return {
        "avis": etapes.child("avis"),
        "premiere": etapes.child("premiere_proposition"),
        "seconde": etapes.child("seconde_proposition"),
        "signe_le": signature.child("date"),
        "lieu": signature.child("lieu"),
    }


_DEMANDEURS = {
    Demandeur.AGENCE: "l’agence régionale de santé",
    Demandeur.ORGANISME: "l’organisme local d’assurance maladie",
    Demandeur.ETABLISSEMENT: "l’établissement de santé",
}


def _asker(demandeur: Demandeur | None) -> str | None:
    return None if demandeur is None else _DEMANDEURS.get(demandeur, "les parties")


def _text(droit: Droit, identifiant: str, date: dt.date) -> str:
    """A text with its article, as it stands after « Vu »."""
    libelle = typographier(droit.text(identifiant, date).libelle)
    if libelle.startswith(("a", "i")):
        return f"l’{libelle}"
    return f"la {libelle}" if libelle.startswith(("loi", "note")) else f"le {libelle}"


_REFERENTIELS = ("arretes/2017-04-27-referentiels", "arretes/2018-12-12-referentiels")


def _referentials(droit: Droit, date: dt.date) -> str:
    """The arrêté that a contract of that day is bound to; undated when two may be."""
    connus = [nom for nom in _REFERENTIELS if droit.textes[nom].en_vigueur.periode.holds(date)]
    return _text(droit, connus[0] if len(connus) == 1 else "arretes/referentiels", date)


def _volets(avenant: Avenant) -> tuple[str, ...]:
    """The volets additionnels that the modifications name, in their order."""
    cles = (modification.cle.split(".") for modification in avenant.modifications)
    return tuple(dict.fromkeys(cle[2] for cle in cles if cle[:2] == ["contrat", "volets"]))


def _renewed(apports: Apports) -> Iterator[VoletRenouvele]:
    """The volets that last longer than before."""
    avant = apports.avant.dossier.valeur.contrat.volets
    for nom, volet in apports.apres.dossier.valeur.contrat.volets.items():
        duree = avant[nom].duree if nom in avant else None
        if duree and volet.duree and volet.duree > duree:
            periode = volet_period(volet)
            yield VoletRenouvele(duree, volet.duree - duree, periode.au if periode else None)


def _annex(annexe: Section) -> str:
    return f"{reference_words(annexe.titre.numero)} ({plain(annexe.titre.contenu)})"


def _representatives(apports: Apports) -> tuple[RepresentantChange, ...]:
    """The parties that somebody else represents in the new state."""
    avant, apres = _signatories(apports.avant), _signatories(apports.apres)
    changes = [
        (partie, accord, avant[partie, accord], nouveau)
        for (partie, accord), nouveau in apres.items()
        if avant[partie, accord] not in ("", nouveau)
    ]
    return tuple(
        RepresentantChange(partie, accord, ancien, nouveau, rang == len(changes))
        for rang, (partie, accord, ancien, nouveau) in enumerate(changes, 1)
    )


def _signatories(affaire: Affaire) -> dict[tuple[str, str], str]:
    """Who signs for each party, and how « représenté » agrees with it."""
    ars, organisme = affaire.ars.valeur, affaire.organisme.valeur
    agence = ars.delegation.delegataire if ars.delegation else ars.directeur_general
    return {
        ("l’agence régionale de santé", "e"): _named(agence),
        ("l’organisme local d’assurance maladie", ""): _named(organisme.representant),
        ("l’établissement", ""): _named(affaire.dossier.valeur.etablissement.representant),
    }


def _named(personne: Personne | None) -> str:
    if personne is None:
        return ""
    nom = NBSP.join(mot for mot in (personne.civilite, personne.prenom, personne.nom) if mot)
    return ", ".join(mot for mot in (nom, personne.qualite) if mot)
