"""The refusals of one contract, their sanction worked out by the law (R-REF-1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from caqes_docs.assembly.calculs import computation
from caqes_docs.assembly.contrat.contacts import volet_in_words, volet_label
from caqes_docs.assembly.contrat.vocabulaire_refus import (
    DecisionRefus,
    LigneRefus,
    MesureRefus,
    RefusResolus,
)
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.ciblage import MotifCiblage
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.procedure import ProcedureContrat
from caqes_docs.data.dossier.volets import Refus, TypeSanction
from caqes_docs.law.calcul.noeud import Noeud
from caqes_docs.law.caqes_1.refus import refused_together
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.procedure.contrat import SECONDE, contract_delays
from caqes_docs.law.procedure.delais import Support
from caqes_docs.law.resultats import ResultatRefus
from caqes_docs.redaction.langage.vues import Lieu


def resolve_refus(
    affaire: Affaire, droit: Droit, sanctions: Sequence[ResultatRefus], volet: str | None = None
) -> RefusResolus:
    """Every refusal of the dossier, and the act that decides on those of one proposal.

    It is that of the contract, or that of `volet`, proposed apart.
    """
    contrat = affaire.dossier.valeur.contrat
    racine = Lieu(affaire.dossier.fichier, ("contrat", "refus"))
    lignes = [_line(affaire, droit, un, racine.child(r)) for r, un in enumerate(contrat.refus)]
    rangs = next((r for r in refused_together(contrat) if _key(contrat, r) == volet), ())
    decisions = tuple(lignes[rang] for rang in rangs)
    decision = _decision(affaire, droit, rangs, decisions, sanctions) if rangs else None
    return RefusResolus(tuple(lignes), decision)


def _key(contrat: Contrat, rangs: tuple[int, ...]) -> str | None:
    """The volet proposed apart whose refusal comes first there; None when the contract was."""
    premier = contrat.refus[rangs[0]]
    return None if premier.procedure is None else premier.volet


def _decision(
    affaire: Affaire,
    droit: Droit,
    rangs: tuple[int, ...],
    lignes: tuple[LigneRefus, ...],
    sanctions: Sequence[ResultatRefus],
) -> DecisionRefus:
    """The act that decides on the refusals `rangs`, with the procedure that it followed."""
    contrat, racine = affaire.dossier.valeur.contrat, Lieu(affaire.dossier.fichier, ("contrat",))
    refus, lieu = contrat.refus[rangs[0]], racine.child("refus").child(rangs[0])
    procedure = refus.procedure or contrat.procedure or ProcedureContrat()
    suivie = (lieu if refus.procedure else racine).child("procedure")
    mesures = _measures(affaire, droit, rangs, sanctions)
    return DecisionRefus(
        numero=refus.numero,
        date=refus.decide_le,
        mode=refus.mode,
        designations=tuple(ligne.designation for ligne in lignes),
        lignes=lignes,
        avis=procedure.avis,
        premiere=procedure.premiere_proposition,
        seconde=procedure.seconde_proposition,
        fin_du_delai=_last_day(droit, procedure, suivie),
        mesures=mesures,
        sommes=tuple(mesure for mesure in mesures if mesure.en_euros),
        reductions=tuple(mesure for mesure in mesures if not mesure.en_euros),
        unique=len(rangs) > len(mesures),
        origines={
            "numero": lieu.child("numero"),
            "date": lieu.child("decide_le"),
            "mode": lieu.child("mode"),
            "avis": suivie.child("avis"),
            "premiere": suivie.child("premiere_proposition"),
            "seconde": suivie.child("seconde_proposition"),
            "fin_du_delai": suivie.child("seconde_proposition").child("recue_le"),
        },
    )


def _last_day(droit: Droit, procedure: ProcedureContrat, lieu: Lieu) -> dt.date | None:
    """The last day to answer the second proposal, hearing included (R-PRO-3, R-PRO-4)."""
    assert lieu.fichier is not None
    try:
        delais = contract_delays(Support(droit, lieu.fichier, lieu.chemin), procedure)
    except DroitError:
        return None
    return delais[SECONDE].terme if SECONDE in delais else None


def refused_in_words(affaire: Affaire, droit: Droit, volet: str) -> str:
    """What is refused, in a sentence: a volet, or the avenant that changes it."""
    if affaire.propose is None:
        return volet_in_words(droit, volet)
    avenant = f"l’avenant n°\u00a0{affaire.propose.valeur.numero}"
    return avenant if volet == SOCLE else f"{avenant}, pour {volet_in_words(droit, volet)}"


def _line(affaire: Affaire, droit: Droit, refus: Refus, lieu: Lieu) -> LigneRefus:
    ciblage = refus.ciblage or MotifCiblage()
    decrit = droit.volets.get(refus.volet)
    court = volet_label(droit, refus.volet)
    return LigneRefus(
        id=refus.volet,
        libelle=court,
        intitule=typographier(decrit.libelle) if decrit else court,
        designation=refused_in_words(affaire, droit, refus.volet),
        a_part=refus.procedure is not None,
        constate_le=refus.constate_le,
        motif_ciblage=ciblage.motif,
        chiffres=ciblage.chiffres,
        motifs=refus.motifs,
        motifs_le=refus.motifs_le,
        reponse=refus.reponse,
        origines={
            **{cle: lieu.child(cle) for cle in ("constate_le", "motifs", "motifs_le", "reponse")},
            "motif_ciblage": lieu.child("ciblage").child("motif"),
            "chiffres": lieu.child("ciblage").child("chiffres"),
        },
    )


def _measures(
    affaire: Affaire, droit: Droit, rangs: tuple[int, ...], sanctions: Sequence[ResultatRefus]
) -> tuple[MesureRefus, ...]:
    """One by sanction, at the first volet that it answers; one by refusal that has none yet."""
    contrat = affaire.dossier.valeur.contrat
    resultats = {resultat.rang: resultat for resultat in sanctions}
    mesures: list[MesureRefus] = []
    reste = 0
    for rang in rangs:
        if reste:
            reste -= 1
            continue
        resultat = resultats.get(rang)
        if resultat is None:
            resultat = ResultatRefus(rang, (contrat.refus[rang].volet,), None, None)
        mesures.append(_measure(affaire, droit, resultat))
        reste = len(resultat.volets) - 1
    return tuple(mesures)


def _measure(affaire: Affaire, droit: Droit, resultat: ResultatRefus) -> MesureRefus:
    dossier, montant = affaire.dossier.valeur, resultat.montant
    refus = dossier.contrat.refus[resultat.rang]
    produits = {p.exercice: p.montant for p in dossier.etablissement.produits_assurance_maladie}
    lieu = Lieu(affaire.dossier.fichier, ("contrat", "refus", resultat.rang))
    return MesureRefus(
        designations=tuple(refused_in_words(affaire, droit, nom) for nom in resultat.volets),
        en_euros=refus.sanction is not TypeSanction.REDUCTION,
        exercice=refus.exercice,
        produits=produits.get(refus.exercice or 0),
        montant=number(montant),
        taux=number(resultat.taux),
        unite=refus.unite.libelle if refus.unite else None,
        date_effet=refus.date_effet,
        date_fin=refus.date_fin,
        calcul=computation("Sanction du refus de signer", montant) if montant else None,
        origines={
            **{cle: lieu.child(cle) for cle in ("exercice", "unite", "date_effet", "date_fin")},
            **{cle: lieu.child("sanction") for cle in ("montant", "taux")},
            "produits": Lieu(lieu.fichier, ("etablissement", "produits_assurance_maladie")),
        },
    )


def number(noeud: Noeud | None) -> Decimal | None:
    """The value of a computation that comes to a known number."""
    return noeud.valeur if noeud and isinstance(noeud.valeur, Decimal) else None
