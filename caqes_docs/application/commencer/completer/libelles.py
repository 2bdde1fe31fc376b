"""How a datum is named to whoever is asked for it: of which volet, of which item, of what."""

from __future__ import annotations

import re
import textwrap
from itertools import pairwise

from caqes_docs.application.commencer.completer.cles import SUIVIS
from caqes_docs.application.commencer.completer.fiche import Fiche
from caqes_docs.application.commencer.completer.ordre import year_of
from caqes_docs.application.commencer.dossier import told
from caqes_docs.core.francais.formes import liste
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml, look
from caqes_docs.law.droit.catalogue import Indicateur

_VOLETS = ("contrat", "volets")


def label(fiche: Fiche, fichier: FichierYaml, chemin: Chemin, *, ferme: bool = False) -> str:
    """What stands at `chemin`, in words; of a closed list (`ferme`), without its values."""
    champ = fiche.champ(chemin)
    assert champ is not None
    titre = re.sub(r" \([^()]*\)$", "", champ.titre) if ferme else champ.titre
    if year_of(chemin):
        titre = f"{re.sub(',? par année', '', titre)} {chemin[-1]}"
    volet = _volet(fiche, chemin)
    indicateur = indicator_of(fiche, fichier, chemin)
    if indicateur is not None:
        return f"{volet}{indicateur.id}, {told(indicateur)}\u00a0: {titre}"
    if nomme := _named(fiche, chemin):
        return f"{volet}{nomme}\u00a0: {titre}"
    place = ", ".join(dict.fromkeys(_above(fiche, fichier, chemin, champ)))
    return f"{volet}{place}{', ' if place else ''}{titre}"


def list_label(fiche: Fiche, fichier: FichierYaml, chemin: Chemin) -> str:
    """A list begun, and how many items it has."""
    deja = look(fichier.donnees, chemin)
    nombre = len(deja) if isinstance(deja, list) else 0
    dit = f"{label(fiche, fichier, chemin)} ({nombre} déjà)"
    if chemin[-1] in SUIVIS:
        suivis = {look(contact, ("volet",)) for contact in (deja if isinstance(deja, list) else ())}
        seuls = [nom for nom in ("socle", *fiche.volets(fichier)) if nom not in suivis]
        dit += f", personne pour {liste(seuls)}" if seuls else ""
    return dit


def indicator_of(fiche: Fiche, fichier: FichierYaml, chemin: Chemin) -> Indicateur | None:
    """The indicator of the catalogue that a value, or an objective, is about."""
    code: object = dict(pairwise(chemin)).get("indicateurs")
    if len(chemin) > 1 and chemin[-2] in ("reference", "cibles"):
        code = code or look(fichier.donnees, (*chemin[:-2], "indicateur"))
    registres = fiche.projet.droit.registres
    return next((i for r in registres for i in r.indicateurs if i.id == code), None)


def _volet(fiche: Fiche, chemin: Chemin) -> str:
    """The volet that a datum is of, as its own law names it."""
    if chemin[:2] != _VOLETS or len(chemin) < 3:
        return ""
    volet = fiche.projet.droit.volets.get(str(chemin[2]))
    return f"{volet.libelle if volet else chemin[2]}, "


def _above(fiche: Fiche, fichier: FichierYaml, chemin: Chemin, champ: TypeChamp) -> list[str]:
    """The item of a list that holds the datum, with its number and words; the block that does."""
    bas = 3 if chemin[:2] == _VOLETS else 0 if fiche.prefixe else 1
    rang = next((fin for fin in range(len(chemin), 0, -1) if type(chemin[fin - 1]) is int), 0)
    noms: list[str] = []
    if rang:
        liste = fiche.champ(chemin[: rang - 1])
        assert liste is not None
        mots = _words(fiche, fichier, chemin[:rang])
        noms.append(f"{liste.titre} n°\u00a0{int(chemin[rang - 1]) + 1}{mots}")
    parents = (fiche.champ(chemin[:fin]) for fin in range(len(chemin) - 1, max(bas, rang), -1))
    noms += [p.titre for p in parents if p is not None and p.titre != champ.titre][:1]
    return [re.sub(" du volet$", "", nom) if bas == 3 else nom for nom in noms]


def _words(fiche: Fiche, fichier: FichierYaml, element: Chemin) -> str:
    """The words of an action, taken over from its model or its own."""
    bloc = look(fichier.donnees, element)
    if not isinstance(bloc, dict) or "actions" not in element:
        return ""
    mots = _named(fiche, (str(bloc.get("modele")),)).partition(", ")[2] or bloc.get("libelle")
    return f" ({textwrap.shorten(str(mots), 60, placeholder='…')})" if mots else ""


def _named(fiche: Fiche, chemin: Chemin) -> str:
    """The action or the obligation that the path holds, by its number and its words."""
    droit = fiche.projet.droit
    actions = {a.id: a.libelle for plan in droit.plans_types.values() for a in plan.actions}
    connus = {**droit.obligations_evaluees, **actions}
    codes = (str(partie) for partie in chemin if partie in connus)
    return next((f"{code}, {connus[code]}" for code in codes), "")


__all__ = ["indicator_of", "label", "list_label"]
