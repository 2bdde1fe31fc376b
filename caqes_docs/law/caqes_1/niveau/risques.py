"""The number of risks: the share of those lifted, and what their number makes of a maximum.

Instruction, annexe 6, § 1: the sanction of the volet qualité is modulated by the number of risks
concerned and by the objectives of the plan; no formula (X43).
"""

from __future__ import annotations

from decimal import Decimal

from caqes_docs.data.dossier.risques import CompteRisques
from caqes_docs.data.dossier.volets import Volet
from caqes_docs.law.calcul.fondements import RISQUES
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation, compute, entree
from caqes_docs.law.caqes_1.cadre import Cadre

_LIBELLE = "Niveau de réalisation\u00a0: part des risques levés"


def share_lifted(cadre: Cadre, nom: str, volet: Volet) -> Noeud:
    """The share of the risks of the volet that are not in default any more."""
    chemin = ("volets", nom, "nombre_risques")
    au_contrat, en_defaut = volet.nombre_risques, cadre.volet(nom).nombre_risques
    if au_contrat is None or en_defaut is None or not 0 <= en_defaut <= au_contrat:
        _check_counts(cadre, nom, au_contrat, en_defaut)
        motif = "nombre de risques inconnu"
        return Noeud(Operation.ENTREE, _LIBELLE, Nature.TAUX, None, motif=motif)
    concernes = entree(
        "Risques concernés par le volet",
        Decimal(au_contrat),
        Nature.NOMBRE,
        cadre.in_contract(*chemin),
    )
    restants = entree(
        "Risques en défaut", Decimal(en_defaut), Nature.NOMBRE, cadre.in_evaluation(*chemin)
    )
    leves = compute(
        Operation.DIFFERENCE, "Risques levés", Nature.NOMBRE, (concernes, restants), RISQUES
    )
    return compute(Operation.QUOTIENT, _LIBELLE, Nature.TAUX, (leves, concernes), RISQUES)


def by_risks(cadre: Cadre, nom: str, volet: Volet, modulation: Noeud) -> Noeud:
    """The part of the maximum, times that which the number of risks opens, if the contract says."""
    selon = volet.sanction.selon_risques if volet.sanction else None
    if selon is None:
        return modulation
    evalue = selon.compte is CompteRisques.EN_DEFAUT
    nombre = cadre.volet(nom).nombre_risques if evalue else volet.nombre_risques
    if nombre is None:
        _check_counts(cadre, nom, volet.nombre_risques, cadre.volet(nom).nombre_risques)
    parts: dict[int | None, tuple[int, Decimal | None]] = {
        partie.nombre: (rang, partie.part) for rang, partie in enumerate(selon.parts)
    }
    rang, part = parts.get(nombre, (0, None))
    noeud = entree(
        f"Part du maximum pour {nombre} risque{'s' if (nombre or 0) > 1 else ''}",
        part,
        Nature.TAUX,
        cadre.in_contract("volets", nom, "sanction", "selon_risques", "parts", rang, "part"),
        motif="le contrat ne dit pas la part de ce nombre de risques",
    )
    libelle = "Part du maximum, selon les risques et la réalisation"
    return compute(Operation.PRODUIT, libelle, Nature.TAUX, (noeud, modulation), RISQUES)


def _check_counts(cadre: Cadre, nom: str, au_contrat: int | None, en_defaut: int | None) -> None:
    """V-037: the number of risks that one of the two files lacks; V-165: more than the contract."""
    chemin = ("volets", nom, "nombre_risques")
    if au_contrat is None:
        cadre.fault(
            "V-037",
            cadre.contract_source(*chemin),
            f"Le contrat ne dit pas combien de risques concernent le volet {nom}.",
            "Remplir «\u00a0nombre_risques\u00a0» au contrat.",
        )
    if en_defaut is None:
        cadre.fault(
            "V-037",
            cadre.evaluation_source(*chemin),
            f"L’évaluation ne dit pas combien de risques du volet {nom} restent en défaut.",
            "Remplir «\u00a0nombre_risques\u00a0» dans l’évaluation, 0 si tous sont levés.",
        )
    elif au_contrat is not None:
        cadre.fault(
            "V-165",
            cadre.evaluation_source(*chemin),
            f"L’évaluation compte {en_defaut} risques en défaut pour le volet {nom}, que le "
            f"contrat conclut sur {au_contrat}.",
            "Corriger «\u00a0nombre_risques\u00a0» dans l’un des deux fichiers.",
        )
