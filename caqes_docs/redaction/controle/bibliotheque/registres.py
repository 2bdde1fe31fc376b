"""The registers of a library against one another: obligations, typical plans, references."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from caqes_docs.core.constats import Constat, Gravite, warning
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.calcul.fondements import keys_used
from caqes_docs.law.droit.catalogue import ActionType, Indicateur, PlanType, VoletDecrit
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Unite
from caqes_docs.redaction.bibliotheque.entete import STATUTS
from caqes_docs.redaction.controle.expressions.types import quoted

_ERREUR, _AVERTISSEMENT = Gravite.ERREUR, Gravite.AVERTISSEMENT


def check_volet_caps(droit: Droit) -> Iterator[Constat]:
    """L-032: a volet whose own cap is unknown, of another unit, or silent on some of its days."""
    for volet in droit.volets.values():
        plafonds = (
            ("plafond_sanction", volet.plafond_sanction, Unite.TAUX),
            ("plafond_interessement", volet.plafond_interessement, Unite.EURO),
        )
        for cle, nom, unite in plafonds:
            faute = "" if nom is None else _cap_fault(droit, volet, nom, unite)
            if faute:
                yield Constat(
                    "L-032",
                    _ERREUR,
                    droit.sources.get(f"volet:{volet.id}", Source("catalogues/volets")),
                    f"«\u00a0{cle}\u00a0» du volet {quoted(volet.id)}\u00a0: {faute}",
                    f"Nommer un paramètre en {quoted(unite)} qui couvre la période du volet.",
                )


def _cap_fault(droit: Droit, volet: VoletDecrit, nom: str, unite: Unite) -> str:
    """What keeps parameter `nom` from capping a measure of `volet`; empty when nothing does."""
    parametre = droit.parametres.get(nom)
    if parametre is None:
        return f"le paramètre {quoted(nom)} n’existe pas."
    if parametre.unite is not unite:
        return f"le paramètre {quoted(nom)} est en {quoted(parametre.unite)}."
    bornes = (volet.en_vigueur.du, volet.en_vigueur.au or volet.en_vigueur.du)
    for jour in bornes:
        if not any(valeur.en_vigueur.holds(jour) for valeur in parametre.valeurs):
            return f"le paramètre {quoted(nom)} n’a pas de valeur le {date_longue(jour)}."
    return ""


def check_grounds(droit: Droit) -> Iterator[Constat]:
    """D-120: a ground that the computations name and no register writes, or the contrary.

    A library that describes no volet has nothing to compute.
    """
    employes, ecrits = keys_used(), droit.fondements
    if not ecrits and not droit.volets:
        return
    for cle in sorted(employes - set(ecrits)):
        yield Constat(
            "D-120",
            _ERREUR,
            Source("clauses/droit/fondements.yaml"),
            f"Le fondement {quoted(cle)} manque\u00a0: un calcul ne pourrait pas dire sur quel "
            "texte il repose.",
            "Le reprendre de la bibliothèque livrée.",
        )
    for cle in sorted(set(ecrits) - employes):
        yield Constat(
            "D-120",
            _ERREUR,
            droit.sources[f"fondement:{cle}"],
            f"Aucun calcul ne repose sur le fondement {quoted(cle)}.",
            close_name(cle, employes) or "Le retirer.",
        )


# --- typical plans d'actions ---------------------------------------------------------------------


def check_typical_plans(droit: Droit, dates: Sequence[dt.date]) -> Iterator[Constat]:
    """Indicators that typical plans cite, and the activities they say they are made for."""
    libelles: dict[str, str] = {}
    for plan in droit.plans_types.values():
        source = droit.sources.get(f"plan:{plan.id}", Source("catalogues/plans_actions"))
        if (deja := libelles.setdefault(plan.libelle.casefold(), plan.id)) != plan.id:
            yield warning(
                "C-122",
                source,
                f"Les plans d’actions types {quoted(deja)} et {quoted(plan.id)} ont le même "
                "libellé\u00a0: rien ne les distingue pour qui choisit entre eux.",
                "Changer l’un des deux libellés.",
            )
        if not plan.activites:
            yield _plan_fault(plan, source, "n’a aucune activité")
        if len(set(plan.activites)) < len(plan.activites):
            yield _plan_fault(plan, source, "cite deux fois la même activité")
        if plan.statut not in STATUTS:
            yield _plan_fault(plan, source, f"a un statut inconnu, {quoted(plan.statut)}")
        for action in plan.actions:
            lieu = droit.sources.get(f"action:{action.id}", source)
            yield from _check_action(plan, action, lieu, droit, dates)


def _plan_fault(plan: PlanType, source: Source, quoi: str) -> Constat:
    message = f"Le plan d’actions type {quoted(plan.id)} {quoi}."
    return Constat("L-021", _ERREUR, source, message, "Corriger l’en-tête du plan type.")


def _check_action(
    plan: PlanType, action: ActionType, source: Source, droit: Droit, dates: Sequence[dt.date]
) -> Iterator[Constat]:
    valides = [date for date in dates if plan.en_vigueur.periode.holds(date)]
    tous = {i.id: i for registre in droit.registres for i in registre.indicateurs}
    for code in action.indicateurs:
        manque = next((date for date in valides if code not in _known(plan, droit, date)), None)
        if code not in tous or manque is not None:
            quand = f" au {date_longue(manque)}" if code in tous and manque else ""
            yield Constat(
                "L-020",
                _ERREUR,
                source,
                f"L’action {quoted(action.id)} cite l’indicateur {quoted(code)}, absent du "
                f"catalogue{quand}.",
                close_name(code, set(tous) - {code})
                or "Corriger le code, ou l’ajouter au catalogue.",
            )
        elif not _concerns(tous[code], plan):
            yield Constat(
                "L-021",
                _AVERTISSEMENT,
                source,
                f"L’action {quoted(action.id)} cite {quoted(code)}, qui ne concerne aucune des "
                f"activités du plan ({', '.join(plan.activites)}).",
                "Choisir un indicateur de ces activités, ou corriger l’une des deux listes.",
            )


def _known(plan: PlanType, droit: Droit, date: dt.date) -> Mapping[str, Indicateur]:
    """The indicators that the actions of the plan may cite: the socle's, or those of its volet."""
    if plan.volet is not None:
        return droit.volet_indicators(date, plan.volet)
    return droit.indicators(date)


def _concerns(indicateur: Indicateur, plan: PlanType) -> bool:
    return bool(set(indicateur.activites) & set(plan.activites))


# --- references of the law itself ----------------------------------------------------------------


def check_law_references(droit: Droit) -> Iterator[Constat]:
    """Texts that parameters, terms, regimes and catalogues invoke and nobody defines."""
    for source, references in _invoked(droit):
        for nom in references:
            if nom not in droit.textes:
                yield Constat(
                    "L-001",
                    _ERREUR,
                    source,
                    f"Le texte {quoted(nom)} n’est pas dans la bibliothèque.",
                    close_name(nom, droit.textes) or "L’ajouter au registre des textes.",
                )
    for nom, parametre in droit.parametres.items():
        code = parametre.indicateur
        if code is not None and droit.family(code) is None:
            connus = {i.id for registre in droit.registres for i in registre.indicateurs}
            yield Constat(
                "L-020",
                _ERREUR,
                droit.sources.get(f"paramètre:{nom}", Source("droit/parametres")),
                f"Le paramètre {quoted(nom)} vise l’indicateur {quoted(code)}, absent du "
                "catalogue.",
                close_name(code, connus) or "Corriger le code, ou l’ajouter au catalogue.",
            )


def _invoked(droit: Droit) -> Iterator[tuple[Source, Sequence[str]]]:
    for nom, parametre in droit.parametres.items():
        source = droit.sources.get(f"paramètre:{nom}", Source("droit/parametres"))
        yield from ((source, valeur.references) for valeur in parametre.valeurs)
    for nom, terme in droit.termes.items():
        source = droit.sources.get(f"terme:{nom}", Source("droit/termes.yaml"))
        yield from ((source, valeur.references) for valeur in terme.valeurs)
    for cle, fondement in droit.fondements.items():
        yield droit.sources[f"fondement:{cle}"], fondement.references
    for nom, regime in droit.regimes.items():
        yield droit.sources.get(f"régime:{nom}", Source("droit/regimes.yaml")), regime.references
    for registre in droit.registres:
        premier = next((i.id for i in registre.indicateurs), "")
        source = droit.sources.get(f"indicateur:{premier}", Source("catalogues/indicateurs"))
        yield Source(source.fichier), registre.references
