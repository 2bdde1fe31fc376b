"""The state of a region: counts by département, signatories, autoévaluations, FIR, GHT."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from caqes_docs.assembly.evaluation.evaluee import Evaluee
from caqes_docs.assembly.region import vocabulaire_etat as voc
from caqes_docs.assembly.region.campagne import AnneeRegionale, amount
from caqes_docs.core.francais.formes import euros
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.etablissement import Activite, Statut
from caqes_docs.data.dossier.evaluation import Evaluation, Releve
from caqes_docs.data.dossier.mesures import VecteurInteressement
from caqes_docs.data.dossier.parties import VoletId
from caqes_docs.data.dossier.suivi import NatureRencontre
from caqes_docs.law.droit.dates import is_running
from caqes_docs.law.droit.diffusions import autoevaluation_limit
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.resultats import MesureProposee

_SANS_DEPARTEMENT = "non renseigné"
_STATUTS = {
    Statut.PUBLIC: "public",
    Statut.ESPIC: "privé d’intérêt collectif",
    Statut.PRIVE_LUCRATIF: "privé lucratif",
    Statut.PRIVE_NON_LUCRATIF: "privé non lucratif",
    Statut.ARMEES: "service de santé des armées",
}


def resolve_state(campagne: AnneeRegionale, droit: Droit) -> voc.EtatRegional:
    """What the état des lieux and the synthesis for the IRAPS print."""
    limite = autoevaluation_limit(campagne.ars.valeur, droit, campagne.annee)
    par_departement: dict[str, list[Affaire]] = {}
    for affaire in campagne.affaires:
        par_departement.setdefault(_department(affaire), []).append(affaire)
    return voc.EtatRegional(
        nombre=len(campagne.affaires),
        signes=sum(signed_on(a) is not None for a in campagne.affaires),
        reunions=sum(
            rencontre.nature is NatureRencontre.INFORMATION
            and rencontre.tenue_le is not None
            and rencontre.tenue_le.year == campagne.annee
            for affaire in campagne.affaires
            for rencontre in affaire.dossier.valeur.contrat.rencontres
        ),
        limite=limite,
        departements=tuple(
            _department_line(nom, par_departement[nom], campagne.annee, limite)
            for nom in sorted(par_departement)
        ),
        signataires=tuple(_signatory(a, campagne.date, droit) for a in campagne.affaires),
        groupements=tuple(_groups(campagne.affaires)),
        indisponibles=tuple(_unavailable(campagne.evaluees)),
        fir=_envelope(campagne),
        pertinence=sum(
            VoletId.PERTINENCE in a.dossier.valeur.contrat.volets
            and is_running(a.dossier.valeur.contrat.volets[VoletId.PERTINENCE], campagne.annee)
            for a in campagne.affaires
        ),
    )


def _department(affaire: Affaire) -> str:
    return affaire.dossier.valeur.etablissement.departement or _SANS_DEPARTEMENT


def signed_on(affaire: Affaire) -> dt.date | None:
    """The day of the signature; a day that is planned for nobody to sign yet is none."""
    representant = affaire.dossier.valeur.etablissement.representant
    signe = representant is not None and representant.nom is not None
    return affaire.dossier.valeur.contrat.signature.date_retenue if signe else None


def _department_line(
    nom: str, affaires: Sequence[Affaire], annee: int, limite: dt.date | None
) -> voc.LigneDepartement:
    statuts = Counter(a.dossier.valeur.etablissement.statut for a in affaires)
    activites = Counter(
        activite for a in affaires for activite in a.dossier.valeur.etablissement.activites
    )
    rendues = Counter(_answer(a, annee, limite) for a in affaires)
    nombres = (
        len(affaires),
        *(statuts[statut] for statut in _STATUTS),
        *(activites[activite] for activite in Activite),
        rendues.total() - rendues[""],
        *(rendues[etat] for etat in ("reçue", "en retard", "non reçue")),
    )
    return voc.LigneDepartement(nom, *nombres)


def _answer(affaire: Affaire, annee: int, limite: dt.date | None) -> str:
    """Where the autoévaluation of the year stands; nothing when the contract does not run yet."""
    signature = signed_on(affaire)
    if signature is None or effect_date(signature).year > annee:
        return ""
    charge = affaire.evaluations.get(annee)
    auto = charge.valeur.autoevaluation if charge else None
    if auto is None or auto.recue_le is None:
        return "non reçue"
    return "en retard" if limite is not None and auto.recue_le > limite else "reçue"


def _signatory(affaire: Affaire, date: dt.date, droit: Droit) -> voc.LigneSignataire:
    etablissement, contrat = affaire.dossier.valeur.etablissement, affaire.dossier.valeur.contrat
    signature = signed_on(affaire)
    noms = {nom: typographier(decrit.court) for nom, decrit in droit.volets.items()}
    refuses = [r.volet for r in contrat.refus if r.constate_le is None or r.constate_le <= date]
    return voc.LigneSignataire(
        etablissement.nom_affiche,
        etablissement.finess,
        _department(affaire),
        _STATUTS[etablissement.statut],
        _standing(signature, refuses, date),
        signature,
        effect_date(signature) if signature else None,
        tuple(noms.get(nom, nom) for nom in contrat.volets),
        tuple(noms.get(nom, "Volet obligatoire") for nom in refuses),
    )


def _standing(signature: dt.date | None, refuses: Sequence[str], date: dt.date) -> str:
    if signature is None:
        return "refusé" if VoletId.SOCLE in refuses else "à signer"
    return "en vigueur" if effect_date(signature) <= date else "signé"


def _groups(affaires: Iterable[Affaire]) -> Iterable[voc.LigneGroupement]:
    groupes: dict[str, list[Affaire]] = {}
    for affaire in affaires:
        ght = affaire.dossier.valeur.etablissement.ght
        if ght is not None:
            groupes.setdefault(ght.nom, []).append(affaire)
    for nom, membres in groupes.items():
        ghts = (a.dossier.valeur.etablissement.ght for a in membres)
        supports = {g.etablissement_support for g in ghts if g and g.etablissement_support}
        yield voc.LigneGroupement(
            nom,
            " ; ".join(sorted(supports)) or None,
            tuple(a.dossier.valeur.etablissement.nom_affiche for a in membres),
            sum(signed_on(a) is not None for a in membres),
        )


def _unavailable(evaluees: Iterable[Evaluee]) -> Iterable[voc.LigneMotif]:
    """The motives why a result could not be given, the most frequent first."""
    motifs: dict[str, list[str]] = {}
    for evaluee in evaluees:
        for code, mesure in _measures(evaluee.charge.valeur):
            if mesure.indisponible:
                motifs.setdefault(mesure.indisponible, []).append(code)
    for motif, codes in sorted(motifs.items(), key=lambda m: (-len(m[1]), m[0])):
        yield voc.LigneMotif(motif, len(codes), tuple(dict.fromkeys(codes)))


def _measures(evaluation: Evaluation) -> Iterable[tuple[str, Releve]]:
    yield from evaluation.indicateurs.items()
    for nom, volet in evaluation.volets.items():
        seuls = (volet.objectif_principal, volet.objectif_supplementaire)
        yield from ((nom, mesure) for mesure in seuls if mesure is not None)
        yield from volet.complementaires.items()


def _envelope(campagne: AnneeRegionale) -> voc.EnveloppeFir:
    """The rewards that the FIR pays, against the credits that the agency's file gives."""
    montants = [
        amount(volet)
        for evaluee in campagne.evaluees
        for volet in evaluee.resultat.volets
        if volet.mesure is MesureProposee.INTERESSEMENT and _is_fir(evaluee.affaire, volet.volet)
    ]
    connus = [m for m in montants if m is not None]
    somme = sum(connus, start=Decimal(0))
    credit = next((c for c in campagne.ars.valeur.credits_fir if c.annee == campagne.annee), None)
    reste = None if credit is None else credit.montant - somme
    return voc.EnveloppeFir(
        len(montants),
        euros(somme),
        len(montants) - len(connus),
        euros(credit.montant) if credit else None,
        credit.source if credit else None,
        euros(reste) if reste is not None else None,
        reste is not None and reste < 0,
    )


def _is_fir(affaire: Affaire, nom: str) -> bool:
    contrat = affaire.dossier.valeur.contrat
    choix = contrat.socle if nom == VoletId.SOCLE else contrat.volets.get(nom)
    interessement = choix.interessement if choix else None
    return interessement is not None and interessement.vecteur is VecteurInteressement.FIR
