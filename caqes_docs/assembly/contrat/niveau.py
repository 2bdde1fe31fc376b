"""What the level of the socle weighs, in the words that the contract prints (art. 6 and 10-6)."""

from __future__ import annotations

from caqes_docs.assembly.contrat.vocabulaire import LigneNiveau, LignePoids
from caqes_docs.core.francais import formes
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.niveau import MesureNiveau, Niveau, PartNiveau
from caqes_docs.law.caqes_1.niveau import obligations, plan
from caqes_docs.law.caqes_1.niveau.socle import INDICATEURS, PARTS, parts_chosen
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.langage.vues import Lieu

_MESURES = {
    (INDICATEURS, MesureNiveau.POIDS): "cibles atteintes, selon les coefficients",
    (INDICATEURS, MesureNiveau.NOMBRE): "nombre de cibles atteintes, rapporté au nombre de cibles",
    (plan.CLE, MesureNiveau.POIDS): "avancement des actions, selon leurs poids",
    (plan.CLE, MesureNiveau.NOMBRE): "moyenne de l’avancement des actions",
    (obligations.CLE, MesureNiveau.POIDS): "obligations tenues, selon leurs poids",
    (obligations.CLE, MesureNiveau.NOMBRE): "nombre d’obligations tenues, rapporté à leur nombre",
}


def level_lines(niveau: Niveau | None, contrat: Lieu) -> tuple[LigneNiveau, ...]:
    """The parts of the level, in their order; `contrat` is the place of the contract."""
    racine = contrat.child("socle").child("niveau")
    return tuple(
        LigneNiveau(
            PARTS[nom],
            part.part,
            _measure(nom, part),
            {cle: racine.child(nom).child(cle) for cle in ("part", "mesure")},
        )
        for nom, part in parts_chosen(niveau).items()
        if part.part is not None
    )


def _measure(nom: str, part: PartNiveau) -> str | None:
    if part.mesure is None:
        return None
    mesure = _MESURES[nom, part.mesure]
    if nom == obligations.CLE:
        vaut = "la réponse est oui ou non"
        if part.en_partie is not None:
            vaut = f"tenue en partie, une obligation compte pour {formes.taux(part.en_partie)}"
        mesure = f"{mesure} ; {vaut}"
    return typographier(mesure)


def weight_lines(
    niveau: Niveau | None, contrat: Contrat, droit: Droit, lieu: Lieu
) -> tuple[LignePoids, ...]:
    """The weights that the parties gave to actions and to general obligations."""
    mots = {
        plan.CLE: _action_words(contrat, droit),
        obligations.CLE: droit.obligations_evaluees,
    }
    racine = lieu.child("socle").child("niveau")
    return tuple(
        LignePoids(
            identifiant if nom == plan.CLE else "Obligation générale",
            typographier(mots[nom].get(identifiant, identifiant)),
            poids,
            {"poids": racine.child(nom).child("poids").child(identifiant)},
        )
        for nom, part in parts_chosen(niveau).items()
        if nom in mots and part.mesure is MesureNiveau.POIDS
        for identifiant, poids in part.poids.items()
    )


def _action_words(contrat: Contrat, droit: Droit) -> dict[str, str]:
    """The words of the actions of the plan, as the establishment changed them."""
    choisi = contrat.plan_actions
    if choisi is None:
        return {}
    types = [droit.plans_types[nom] for nom in choisi.types if nom in droit.plans_types]
    mots = {action.id: action.libelle for type_ in types for action in type_.actions}
    changees = {nom: c.libelle for nom, c in choisi.adapter.items() if c.libelle}
    return {**mots, **changees, **{action.id: action.libelle for action in choisi.ajouter}}
