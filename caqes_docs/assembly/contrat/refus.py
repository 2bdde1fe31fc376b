"""The refusals of one contract, their sanction worked out by the law (R-REF-1)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from caqes_docs.assembly.calculs import computation
from caqes_docs.assembly.contrat.contacts import volet_label
from caqes_docs.assembly.contrat.vocabulaire_refus import LigneRefus, RefusResolus
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.volets import MotifCiblage, Refus
from caqes_docs.law.calcul.noeud import Noeud
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.resultats import ResultatRefus
from caqes_docs.redaction.langage.vues import Lieu


def resolve_refus(
    affaire: Affaire, droit: Droit, sanctions: Iterable[ResultatRefus]
) -> RefusResolus:
    """Every refusal of the dossier; an amount that cannot be known stays unknown."""
    contrat = affaire.dossier.valeur.contrat
    resultats = {resultat.rang: resultat for resultat in sanctions}
    racine = Lieu(affaire.dossier.fichier, ("contrat", "refus"))
    return RefusResolus(
        tuple(
            _line(affaire, droit, refus, resultats.get(rang), racine.child(rang))
            for rang, refus in enumerate(contrat.refus)
        )
    )


def _line(
    affaire: Affaire, droit: Droit, refus: Refus, resultat: ResultatRefus | None, lieu: Lieu
) -> LigneRefus:
    etablissement = affaire.dossier.valeur.etablissement
    produits = {p.exercice: p.montant for p in etablissement.produits_assurance_maladie}
    montant = resultat.montant if resultat else None
    ciblage = refus.ciblage or MotifCiblage()
    return LigneRefus(
        id=refus.volet,
        libelle=volet_label(droit, refus.volet),
        constate_le=refus.constate_le,
        decide_le=refus.decide_le,
        numero=refus.numero,
        motif_ciblage=ciblage.motif,
        chiffres=ciblage.chiffres,
        motifs=refus.motifs,
        reponse=refus.reponse,
        exercice=refus.exercice,
        nature=typographier(refus.sanction.libelle) if refus.sanction else None,
        produits=produits.get(refus.exercice or 0),
        montant=_number(montant),
        taux=_number(resultat.taux if resultat else None),
        calcul=computation("Sanction du refus de signer", montant) if montant else None,
        origines=_places(affaire, lieu),
    )


def _places(affaire: Affaire, lieu: Lieu) -> dict[str, Lieu]:
    propres = ("constate_le", "decide_le", "numero", "motifs", "reponse", "exercice")
    produits = Lieu(affaire.dossier.fichier, ("etablissement", "produits_assurance_maladie"))
    return {
        **{cle: lieu.child(cle) for cle in propres},
        "motif_ciblage": lieu.child("ciblage").child("motif"),
        "chiffres": lieu.child("ciblage").child("chiffres"),
        "nature": lieu.child("sanction"),
        "montant": lieu.child("sanction"),
        "taux": lieu.child("sanction"),
        "produits": produits,
    }


def _number(noeud: Noeud | None) -> Decimal | None:
    return noeud.valeur if noeud and isinstance(noeud.valeur, Decimal) else None
