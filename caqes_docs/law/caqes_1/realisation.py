"""The level of realisation of one volet: on its complementary objectives, its plan or its risks.

Instruction DSS/A1/CNAMTS/2017/234, IV.b and annexes 4 to 6: amounts are modulated by complementary
obligations, by the progress of the plan, by the number of risks. The contract says which; none is
assumed when several are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from caqes_docs.data.dossier.volets import Bareme, BaseNiveau, Volet
from caqes_docs.law.calcul.fondements import POIDS, RISQUES
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation, compute, entree
from caqes_docs.law.caqes_1.baremes import needs_level
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.niveau.cibles import level_of_targets
from caqes_docs.law.caqes_1.niveau.pesee import (
    Compte,
    compute_niveau_actions,
    unweighted,
)
from caqes_docs.law.caqes_1.niveau.risques import share_lifted
from caqes_docs.law.resultats import ResultatObjectif

_LIBELLE = "Niveau de réalisation"


def realised(
    cadre: Cadre,
    nom: str,
    volet: Volet,
    complementaires: tuple[ResultatObjectif, ...],
    bareme: Bareme | None,
) -> Noeud:
    """The level that `bareme` asks for, in [0, 1]."""
    if nom in cadre.niveaux:
        return cadre.niveaux[nom]
    if bareme is not None and bareme.parts:
        return _together(cadre, nom, volet, complementaires, bareme)
    base = _base(cadre, nom, volet, bareme)
    return _measured(cadre, nom, volet, complementaires, bareme, base)


def _together(
    cadre: Cadre,
    nom: str,
    volet: Volet,
    complementaires: tuple[ResultatObjectif, ...],
    bareme: Bareme,
) -> Noeud:
    """Several things at once, each for the part that the contract gives it (annexe 6, § 1; X43)."""
    cle = "sanction" if volet.sanction and volet.sanction.bareme is bareme else "interessement"
    pesees = []
    for rang, partie in enumerate(bareme.parts):
        _check_something(cadre, nom, volet, partie.sur)
        niveau = _measured(cadre, nom, volet, complementaires, bareme, partie.sur)
        chemin = ("volets", nom, cle, "bareme", "parts", rang, "part")
        libelle = f"Part\u00a0: {partie.sur.libelle}"
        part = entree(libelle, partie.part, Nature.TAUX, cadre.in_contract(*chemin))
        produit = f"Niveau pesé\u00a0: {partie.sur.libelle}"
        pesees.append(compute(Operation.PRODUIT, produit, Nature.TAUX, (niveau, part), RISQUES))
    mots = " et ".join(partie.sur.libelle for partie in bareme.parts)
    return compute(Operation.SOMME, f"{_LIBELLE}\u00a0: {mots}", Nature.TAUX, pesees, RISQUES)


def _measured(
    cadre: Cadre,
    nom: str,
    volet: Volet,
    complementaires: tuple[ResultatObjectif, ...],
    bareme: Bareme | None,
    base: BaseNiveau | None,
) -> Noeud:
    """The level on one thing."""
    if base is BaseNiveau.ACTIONS:
        return compute_niveau_actions(
            f"{_LIBELLE} du plan d’actions", _actions(cadre, nom, volet, bareme)
        )
    if base is BaseNiveau.RISQUES:
        return share_lifted(cadre, nom, volet)
    if base is BaseNiveau.OBJECTIFS:
        if needs_level(bareme):
            _check_weights(cadre, nom, complementaires)
        libelle = f"{_LIBELLE} des objectifs complémentaires"
        return level_of_targets(cadre, libelle, complementaires, POIDS)
    motif = "rien ne dit ce que mesure le niveau de réalisation"
    return Noeud(Operation.ENTREE, _LIBELLE, Nature.TAUX, None, motif=motif)


def _base(cadre: Cadre, nom: str, volet: Volet, bareme: Bareme | None) -> BaseNiveau | None:
    if bareme is not None and bareme.sur is not None:
        _check_something(cadre, nom, volet, bareme.sur)
        return bareme.sur
    bases = bases_of(volet, bareme)
    if len(bases) == 1:
        return bases[0]
    if needs_level(bareme):
        choix = bases or (BaseNiveau.OBJECTIFS, BaseNiveau.ACTIONS)
        cadre.fault(
            "V-035",
            cadre.contract_source("volets", nom),
            f"Le barème du volet {nom} demande un niveau de réalisation et rien ne dit s’il se "
            f"mesure sur {' ou sur '.join(_MOTS[base] for base in choix)}.",
            "Ajouter au barème "
            + " ou ".join(f"«\u00a0sur: {base}\u00a0»" for base in choix)
            + (".", ", ou «\u00a0parts\u00a0».")[BaseNiveau.RISQUES in choix],
        )
    return None


_MOTS = {
    BaseNiveau.OBJECTIFS: "les objectifs complémentaires",
    BaseNiveau.ACTIONS: "les actions du plan",
    BaseNiveau.RISQUES: "les risques levés",
}


def bases_of(volet: Volet, bareme: Bareme | None) -> tuple[BaseNiveau, ...]:
    """What a scale measures; where the contract does not say it, all that it might."""
    if bareme is not None and bareme.parts:
        return tuple(partie.sur for partie in bareme.parts)
    if bareme is not None and bareme.sur is not None:
        return (bareme.sur,)
    a_part = volet.sanction is not None and volet.sanction.selon_risques is not None
    presents = {
        BaseNiveau.OBJECTIFS: volet.objectifs_complementaires,
        BaseNiveau.ACTIONS: volet.actions,
        BaseNiveau.RISQUES: needs_level(bareme) and volet.nombre_risques and not a_part,
    }
    return tuple(base for base, present in presents.items() if present)


def _check_something(cadre: Cadre, nom: str, volet: Volet, base: BaseNiveau) -> None:
    """V-163: a scale on objectives, or on a plan, that the volet has not."""
    quoi = {
        BaseNiveau.OBJECTIFS: ("objectifs_complementaires", "d’objectif complémentaire"),
        BaseNiveau.ACTIONS: ("actions", "d’action"),
    }
    cle, mots = quoi.get(base, ("", ""))
    if cle and not getattr(volet, cle):
        cadre.fault(
            "V-163",
            cadre.contract_source("volets", nom),
            f"Un barème du volet {nom} se mesure sur «\u00a0{base}\u00a0» et le volet n’a pas "
            f"{mots}\u00a0: il ne mesure rien.",
            f"Ajouter «\u00a0{cle}\u00a0» au volet, ou changer «\u00a0sur\u00a0».",
        )


def _check_nil(cadre: Cadre, nom: str, cle: str, poids: Sequence[Decimal]) -> None:
    """Weights that are all nil weigh nothing: the level cannot be worked out."""
    if poids and not any(poids):
        cadre.fault(
            "V-027",
            cadre.contract_source("volets", nom, cle),
            f"Tous les poids du volet {nom} sont nuls\u00a0: le niveau de réalisation n’est pas "
            "défini.",
            "Donner un poids à ce qui compte.",
        )


def _check_weights(cadre: Cadre, nom: str, complementaires: tuple[ResultatObjectif, ...]) -> None:
    poids = [r.poids.nombre for r in complementaires if r.poids is not None]
    _check_nil(cadre, nom, "objectifs_complementaires", poids)
    oublis = unweighted(complementaires)
    if oublis:
        cadre.fault(
            "V-027",
            cadre.contract_source("volets", nom, "objectifs_complementaires"),
            f"Des objectifs complémentaires du volet {nom} n’ont pas de poids "
            f"({', '.join(r.code for r in oublis)})\u00a0: le niveau de réalisation n’est pas "
            "défini.",
            "Donner «\u00a0poids\u00a0» à chacun, en pour cent (25 %)\u00a0: aucun texte n’en "
            "suppose.",
        )


def _actions(cadre: Cadre, nom: str, volet: Volet, bareme: Bareme | None) -> list[Compte]:
    vus = cadre.volet(nom).actions
    suivies = []
    for rang, action in enumerate(volet.actions):
        taux = vus[action.id].taux if action.id in vus else None
        source = cadre.evaluation_source("volets", nom, "actions", action.id)
        if taux is not None and not 0 <= taux <= 1:
            taux = None  # told by the check of bounds, whatever the scale
        elif taux is None and needs_level(bareme):
            cadre.fault(
                "V-036",
                source,
                f"L’avancement de l’action {action.id} (volet {nom}) n’est pas donné.",
                "Remplir son «\u00a0taux\u00a0»\u00a0: 0 % si rien n’est fait.",
            )
        motif = f"avancement de {action.id} inconnu"
        avancement = entree(
            f"Avancement\u00a0: {action.id}", taux, Nature.TAUX, str(source), motif=motif
        )
        chemin = ("volets", nom, "actions", rang, "poids")
        poids = cadre.weight(f"Poids\u00a0: {action.id}", action.poids, *chemin)
        suivies.append(Compte(action.id, avancement, poids))
    _check_action_weights(cadre, nom, volet, bareme)
    return suivies


def _check_action_weights(cadre: Cadre, nom: str, volet: Volet, bareme: Bareme | None) -> None:
    if needs_level(bareme):
        poids = [action.poids for action in volet.actions if action.poids is not None]
        _check_nil(cadre, nom, "actions", poids)
    oublis = [action.id for action in volet.actions if action.poids is None]
    if oublis and needs_level(bareme):
        cadre.fault(
            "V-027",
            cadre.contract_source("volets", nom, "actions"),
            f"Des actions du volet {nom} n’ont pas de poids ({', '.join(oublis)})\u00a0: le niveau "
            "de réalisation n’est pas défini.",
            "Donner «\u00a0poids\u00a0» à chacune, en pour cent (25 %)\u00a0: aucun texte n’en "
            "suppose, même égaux.",
        )
