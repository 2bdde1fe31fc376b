"""The indicators and the plan d'actions of one establishment, drawn from catalogue and dossier.

Source: instruction DSS/A1/CNAMTS/2017/234, III (what does not apply is left out), annexes 1 to 3.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from caqes_docs.assembly.contrat import vocabulaire as voc
from caqes_docs.assembly.contrat.taux import targets
from caqes_docs.assembly.contrat.vocabulaire_suivi import said_target
from caqes_docs.core.francais import formes
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.dossier.actions import QualitesAction
from caqes_docs.data.dossier.contrat import ActionAdaptee, ActionAjoutee, Contrat, IndicateurContrat
from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.indicateurs import base_code
from caqes_docs.law.droit.applicabilite import inapplicable
from caqes_docs.law.droit.catalogue import (
    ActionType,
    Famille,
    Indicateur,
    PlanType,
    Sens,
    UniteIndicateur,
)
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.valeurs import parse_indicateur
from caqes_docs.redaction.langage.vues import Lieu

_ABSENT = IndicateurContrat()
_SOCLE = (Famille.NATIONAL, Famille.REGIONAL, Famille.HAD, Famille.PROPRE)


def resolve_indicateurs(
    droit: Droit, etablissement: Etablissement, contrat: Contrat, date: dt.date, lieu: Lieu
) -> voc.IndicateursResolus:
    """The indicators as printed; `lieu` is the place of the dossier's root."""
    racine = lieu.child("contrat").child("indicateurs")
    lignes: dict[Famille, list[voc.LigneIndicateur]] = {famille: [] for famille in _SOCLE}
    sans_objet: list[voc.LigneSansObjet] = []
    for famille in _SOCLE:
        for code, indicateur in droit.indicators(date, famille).items():
            pose = contrat.indicateurs.get(code)
            if pose is None and famille is not Famille.NATIONAL:
                continue
            dit = pose is not None and not pose.is_blank()
            motif = pose.sans_objet if pose and dit else inapplicable(indicateur, etablissement)
            if motif:
                origines = {"motif": racine.child(code).child("sans_objet")} if dit else {}
                libelle = typographier(indicateur.libelle)
                sans_objet.append(voc.LigneSansObjet(code, libelle, motif, origines))
            else:
                ligne = _line(indicateur, pose or _ABSENT, date.year, racine.child(code))
                lignes[famille].append(ligne)
    return voc.IndicateursResolus(
        tuple(lignes[Famille.NATIONAL]),
        tuple(lignes[Famille.REGIONAL]),
        tuple(lignes[Famille.HAD]),
        tuple(lignes[Famille.PROPRE]),
        tuple(sans_objet),
        _left_out(sans_objet),
        *(tuple(map(_group, _alike(lignes[famille]))) for famille in _SOCLE[:-1]),
    )


def _left_out(lignes: Iterable[voc.LigneSansObjet]) -> tuple[voc.GroupeSansObjet, ...]:
    """The indicators left out, those of one reason together."""
    motifs: dict[str, list[voc.LigneSansObjet]] = {}
    for ligne in lignes:
        motifs.setdefault(ligne.motif, []).append(ligne)
    return tuple(
        voc.GroupeSansObjet(
            motif, tuple(f"{x.code} – {x.libelle}" for x in siennes), siennes[0].origines
        )
        for motif, siennes in motifs.items()
    )


def _alike(lignes: Iterable[voc.LigneIndicateur]) -> Iterator[list[voc.LigneIndicateur]]:
    """The lines that follow each other and answer one obligation; those built alike go apart."""
    for _, ensemble in itertools.groupby(lignes, lambda x: (x.article, x.obligation)):
        reste: list[voc.LigneIndicateur] = []
        for _, suite in itertools.groupby(ensemble, _construction):
            semblables = list(suite)
            if len(semblables) == 1 or not semblables[0].numerateur:
                reste += semblables
                continue
            yield from [reste] if reste else []
            yield semblables
            reste = []
        yield from [reste] if reste else []


def _construction(ligne: voc.LigneIndicateur) -> tuple[str | None, ...]:
    return ligne.numerateur, ligne.denominateur, _common_words(ligne)


def _common_words(ligne: voc.LigneIndicateur) -> str:
    """« Taux de prescription des biosimilaires à l’hôpital », whatever the class."""
    return ligne.libelle.rpartition("–")[0].strip()


def _group(lignes: list[voc.LigneIndicateur]) -> voc.GroupeIndicateurs:
    """Lines under their obligation; what those built alike have in common is told once."""
    premier, commun = lignes[0], len(set(map(_construction, lignes))) == 1 < len(lignes)
    if not commun or not _common_words(premier):
        return voc.GroupeIndicateurs(
            premier.article, premier.obligation, None, None, None, tuple(lignes)
        )
    return voc.GroupeIndicateurs(
        premier.article,
        premier.obligation,
        _common_words(premier),
        premier.numerateur,
        premier.denominateur,
        tuple(
            replace(
                x, classe=x.libelle.rpartition("–")[2].strip(), numerateur=None, denominateur=None
            )
            for x in lignes
        ),
    )


def _line(
    indicateur: Indicateur, pose: IndicateurContrat, annee: int, lieu: Lieu
) -> voc.LigneIndicateur:
    reference, cibles = pose.reference, lieu.child("cibles")
    dites = targets(pose.cibles, lieu)
    return voc.LigneIndicateur(
        code=indicateur.id,
        article=indicateur.article,
        obligation=typographier(indicateur.obligation),
        libelle=typographier(indicateur.libelle),
        numerateur=_words(indicateur.numerateur),
        denominateur=_words(indicateur.denominateur),
        elements=tuple(map(typographier, indicateur.elements)),
        exclusions=_words(indicateur.exclusions),
        choix=tuple(map(typographier, indicateur.themes(pose.choix))),
        information=_words(indicateur.information),
        sens=direction(indicateur),
        reference=format_value(reference.valeur if reference else None, indicateur),
        annee_reference=reference.annee if reference else None,
        cible=format_value(pose.cibles.get(annee), indicateur),
        annee_cible=annee,
        cible_suivante=format_value(dites.prevues.get(annee + 1), indicateur),
        autres_cibles=other_targets(dites.prevues, indicateur, annee),
        cibles_fixees=set_targets(dites.fixees, indicateur, annee),
        cibles_autres_annees=set_targets(pose.cibles, indicateur, annee),
        coefficient=pose.coefficient,
        echeancier=pose.echeancier,
        pilote=pose.pilote,
        site=pose.site,
        classe=None,
        origines={
            "reference": lieu.child("reference").child("valeur"),
            "annee_reference": lieu.child("reference").child("annee"),
            **dict.fromkeys(("cible", "cible_dite"), cibles.child(str(annee))),
            "cible_suivante": cibles.child(str(annee + 1)),
            "cible_suivante_dite": cibles.child(str(annee + 1)),
            **dict.fromkeys(("autres_cibles", "cibles_autres_annees"), cibles.child("autres")),
            **{cle: lieu.child(cle) for cle in ("coefficient", "echeancier", "pilote", "site")},
        },
    )


def _words(texte: str | None) -> str | None:
    """Words of the catalogue with French typography (data of the dossier never pass here)."""
    return None if texte is None else typographier(texte)


def other_targets(
    cibles: Mapping[int, str | None], indicateur: Indicateur | None, annee: int
) -> str | None:
    r"""The targets of the years other than `annee` and the next: no target goes unprinted.

    >>> other_targets({2018: "oui", 2021: "non", 2020: "oui"}, None, 2018)
    '2020\xa0: oui\u202f; 2021\xa0: non'
    """
    dites = _by_year(cibles, indicateur, (annee, annee + 1))
    return "\u202f; ".join(f"{autre}\u00a0: {cible}" for autre, cible in dites) or None


def set_targets(
    cibles: Mapping[int, str | None], indicateur: Indicateur | None, annee: int
) -> tuple[str, ...]:
    """The targets of the years other than `annee`: « au plus 2 % (2020) »."""
    siennes, sens = _by_year(cibles, indicateur, (annee,)), indicateur and direction(indicateur)
    return tuple(f"{said_target(cible, sens or '')} ({autre})" for autre, cible in siennes)


def _by_year(
    cibles: Mapping[int, str | None], indicateur: Indicateur | None, sauf: tuple[int, ...]
) -> list[tuple[int, str | None]]:
    dites = sorted((a, c) for a, c in cibles.items() if c is not None and a not in sauf)
    return [(a, format_value(c, indicateur) if indicateur else c) for a, c in dites]


def direction(indicateur: Indicateur) -> str:
    """« au moins », « au plus », or nothing where a direction has no meaning (yes or no)."""
    if indicateur.sens is Sens.AUCUN or indicateur.unite is UniteIndicateur.OUI_NON:
        return ""
    return indicateur.sens.libelle


def format_value(texte: str | None, indicateur: Indicateur) -> str | None:
    """A value of the dossier in the form of its unit, or None when it is missing.

    A value that does not read in its unit is reported by the checks and printed as written.
    """
    if texte is None:
        return None
    try:
        valeur = parse_indicateur(texte, indicateur.unite)
    except ValueError:
        return texte
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, Decimal):
        return formes.taux(valeur) if "%" in texte else formes.nombre(valeur)
    return valeur


def resolve_plan(
    droit: Droit, contrat: Contrat, indicateurs: voc.IndicateursResolus, lieu: Lieu
) -> voc.PlanResolu:
    """The plan d'actions: typical plans taken over, actions removed, changed and added.

    A typical action keeps only the indicators that the contract holds: nobody commits to a measure
    that the annex of objectives does not define (instruction, III).
    """
    plan = contrat.plan_actions
    if plan is None:
        return voc.PlanResolu((), (), mesurees=False)
    racine = lieu.child("contrat").child("plan_actions")
    types = [droit.plans_types[nom] for nom in plan.types if nom in droit.plans_types]
    motifs = {retrait.action: (rang, retrait.motif) for rang, retrait in enumerate(plan.retirer)}
    retirees = [
        voc.ActionEcartee(
            action.id,
            typographier(action.libelle),
            motifs[action.id][1],
            {"motif": racine.child("retirer").child(motifs[action.id][0]).child("motif")},
        )
        for action in _typical(types)
        if action.id in motifs
    ]
    retenus = frozenset(map(base_code, indicateurs.codes))
    posees: list[tuple[str, str | None, voc.LigneAction]] = [
        (
            action.article,
            typographier(action.engagement),
            _adapted(action, plan.adapter.get(action.id), retenus, racine),
        )
        for action in _typical(types)
        if action.id not in motifs
    ]
    posees += [
        (action.article, None, _added(action, racine.child("ajouter").child(rang)))
        for rang, action in enumerate(plan.ajouter)
    ]
    return voc.PlanResolu(_groups(posees), tuple(retirees), any(a.indicateurs for *_, a in posees))


def _typical(types: list[PlanType]) -> Iterator[ActionType]:
    for plan in types:
        yield from plan.actions


def _adapted(
    action: ActionType, change: ActionAdaptee | None, retenus: frozenset[str], racine: Lieu
) -> voc.LigneAction:
    lieu = racine.child("adapter").child(action.id)
    change = change or ActionAdaptee()
    return voc.LigneAction(
        action.id,
        change.libelle or typographier(action.libelle),
        tuple(code for code in action.indicateurs if code in retenus),
        change.pilote or _words(action.pilote),
        change.echeance or action.echeance,
        change.ressources or _words(action.ressources),
        _qualities(change, action),
        {
            "qualites": lieu,
            **{nom: lieu.child(nom) for nom in ("libelle", "pilote", "echeance", "ressources")},
        },
    )


def _added(action: ActionAjoutee, lieu: Lieu) -> voc.LigneAction:
    return voc.LigneAction(
        action.id,
        action.libelle,
        action.indicateurs,
        action.pilote,
        action.echeance,
        action.ressources,
        action,
        {
            "qualites": lieu,
            **{
                nom: lieu.child(nom)
                for nom in ("id", "libelle", "indicateurs", "pilote", "echeance", "ressources")
            },
        },
    )


def _qualities(change: ActionAdaptee, action: ActionType) -> QualitesAction:
    """What is said of a typical action, completed by what its plan says."""
    return change.model_copy(
        update={
            "professions": change.professions or action.professions,
            "nature": change.nature or action.nature,
        }
    )


def _groups(
    lignes: list[tuple[str, str | None, voc.LigneAction]],
) -> tuple[voc.GroupeActions, ...]:
    """Actions gathered by article and engagement, in the order of the articles."""
    groupes: dict[tuple[str, str | None], list[voc.LigneAction]] = {}
    for article, engagement, action in lignes:
        groupes.setdefault((article, engagement), []).append(action)
    ordre = sorted(groupes, key=lambda cle: (article_key(cle[0]), cle[1] is None))
    return tuple(
        voc.GroupeActions(
            article,
            engagement,
            tuple(groupes[article, engagement]),
            tuple(action.id for action in groupes[article, engagement]),
        )
        for article, engagement in ordre
    )


def article_key(article: str) -> tuple[int, ...]:
    """Articles in the order of their numbers: « 10-2 » before « 10-10 ».

    >>> sorted(["10-10", "10-2"], key=article_key)
    ['10-2', '10-10']
    """
    return tuple(int(partie) for partie in article.split("-") if partie.isdigit())
