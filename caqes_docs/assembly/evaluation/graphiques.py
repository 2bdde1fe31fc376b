"""The charts of evaluated years: results against targets, progress of actions, reached targets.

Only percentages stand on a chart of percentages; answers and classes go to tables. A chart holds
twelve categories at most: beyond, there are several, of about the same size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from caqes_docs.assembly.evaluation.vocabulaire_rapport import Decompte
from caqes_docs.core.francais.formes import euros, liste, taux
from caqes_docs.document.graphique import MAX_CATEGORIES
from caqes_docs.law.calcul.noeud import Nature
from caqes_docs.law.resultats import Atteinte, ResultatObjectif
from caqes_docs.redaction.langage.graphiques import GraphiqueResolu, SerieResolue

_DEUX_DECIMALES = Decimal("0.0001")
_CENTIME = Decimal("0.01")


def _serie(nom: str, valeurs: Iterable[Decimal | None], *, repere: bool = False) -> SerieResolue:
    return SerieResolue(nom, tuple(valeurs), repere)


def split(elements: Sequence[object], maximum: int = MAX_CATEGORIES) -> list[slice]:
    """Slices of about the same length that cover `elements`, none longer than `maximum`.

    >>> split(range(13))
    [slice(0, 7, None), slice(7, 13, None)]
    """
    nombre = -(-len(elements) // maximum)
    if not nombre:
        return []
    base, reste = divmod(len(elements), nombre)
    bornes = [rang * base + min(rang, reste) for rang in range(nombre + 1)]
    return [slice(a, b) for a, b in zip(bornes, bornes[1:], strict=False)]


def target_charts(
    titre: str,
    resultats: Iterable[ResultatObjectif],
    annee: int,
    avant: Mapping[str, ResultatObjectif],
    annee_avant: int | None,
) -> tuple[GraphiqueResolu, ...]:
    """Observed rates, those of the year before when it was evaluated, and the targets as marks."""
    retenus = [r for r in resultats if _is_rate(r)]
    morceaux = split(retenus)
    return tuple(
        _target_chart(
            numbered(titre, rang, len(morceaux)), retenus[morceau], annee, avant, annee_avant
        )
        for rang, morceau in enumerate(morceaux, 1)
    )


def numbered(titre: str, rang: int, total: int) -> str:
    """« Titre », or « Titre (1 sur 2) » when there are several.

    >>> numbered("Résultats", 1, 2)
    'Résultats (1 sur 2)'
    """
    return titre if total < 2 else f"{titre} ({rang} sur {total})"


def _is_rate(resultat: ResultatObjectif) -> bool:
    """Whether the result has a place on a chart of percentages."""
    if resultat.statut is Atteinte.SANS_OBJET:
        return False
    return resultat.cible.nature is Nature.TAUX and (
        resultat.cible.is_known or resultat.observe.is_known
    )


def _target_chart(
    titre: str,
    resultats: Sequence[ResultatObjectif],
    annee: int,
    avant: Mapping[str, ResultatObjectif],
    annee_avant: int | None,
) -> GraphiqueResolu:
    cles = [result_key(r) for r in resultats]
    precedents = tuple(_rate(avant[cle].observe.valeur) if cle in avant else None for cle in cles)
    series = [
        _serie(str(annee), (_rate(r.observe.valeur) for r in resultats)),
        _serie(f"Cible {annee}", (_rate(r.cible.valeur) for r in resultats), repere=True),
    ]
    alternative = _target_sentences(resultats, annee)
    if annee_avant is not None and any(valeur is not None for valeur in precedents):
        series.insert(0, _serie(str(annee_avant), precedents))
        alternative += f" {_earlier_sentence(resultats, precedents, annee_avant)}"
    return GraphiqueResolu(
        titre,
        alternative,
        "barres",
        tuple(map(short_name, resultats)),
        tuple(series),
        "taux",
        "Indicateur",
        "Valeur observée",
    )


def short_name(resultat: ResultatObjectif) -> str:
    """The code, which the table beside explains."""
    return resultat.code


def result_key(resultat: ResultatObjectif) -> str:
    """What tells a result from the others, from one year to the next: its code and its site."""
    return f"{resultat.code}|{resultat.site}|{resultat.libelle}"


def _rate(valeur: object) -> Decimal | None:
    if isinstance(valeur, bool) or not isinstance(valeur, Decimal):
        return None
    return valeur.quantize(_DEUX_DECIMALES)


def _target_sentences(resultats: Sequence[ResultatObjectif], annee: int) -> str:
    """What the chart shows, in full sentences."""
    valeurs = "\u00a0; ".join(_one_sentence(r) for r in resultats)
    atteints = [r.code for r in resultats if r.statut is Atteinte.ATTEINT]
    manques = [r.code for r in resultats if r.statut is Atteinte.NON_ATTEINT]
    inconnus = [r.code for r in resultats if r.statut is Atteinte.NON_EVALUABLE]
    phrases = [f"Valeurs observées en {annee} et cibles\u00a0: {valeurs}."]
    phrases += [f"Cibles atteintes\u00a0: {liste(atteints)}."] if atteints else []
    phrases += [f"Cibles non atteintes\u00a0: {liste(manques)}."] if manques else []
    phrases += [f"Résultats non évaluables\u00a0: {liste(inconnus)}."] if inconnus else []
    return " ".join(phrases)


def _earlier_sentence(
    resultats: Sequence[ResultatObjectif], precedents: Sequence[Decimal | None], annee: int
) -> str:
    valeurs = "\u00a0; ".join(
        f"{r.code}, {'pas de valeur' if valeur is None else taux(valeur)}"
        for r, valeur in zip(resultats, precedents, strict=True)
    )
    return f"Valeurs observées en {annee}\u00a0: {valeurs}."


def _one_sentence(resultat: ResultatObjectif) -> str:
    observe, cible = _rate(resultat.observe.valeur), _rate(resultat.cible.valeur)
    vu = "non évaluable" if observe is None else taux(observe)
    vise = "aucune cible fixée" if cible is None else f"cible {taux(cible)}"
    return f"{resultat.code}, {vu}, {vise}"


def progress_charts(
    titre: str, avancements: Sequence[tuple[str, Decimal | None]]
) -> tuple[GraphiqueResolu, ...]:
    """The progress of actions, by number; those of which nothing is known are not drawn."""
    connus = [(nom, valeur) for nom, valeur in avancements if valeur is not None]
    morceaux = split(connus)
    graphiques = []
    for rang, morceau in enumerate(morceaux, 1):
        dessines = connus[morceau]
        phrases = "\u00a0; ".join(f"{nom}, {taux(valeur)}" for nom, valeur in dessines)
        graphiques.append(
            GraphiqueResolu(
                numbered(titre, rang, len(morceaux)),
                f"Avancement des actions\u00a0: {phrases}.",
                "barres",
                tuple(nom for nom, _ in dessines),
                (_serie("Avancement", (valeur for _, valeur in dessines)),),
                "taux",
                "Action",
                "Avancement",
            )
        )
    return tuple(graphiques)


def count_charts(
    titre: str,
    axe: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[int]],
    repere: str = "",
) -> tuple[GraphiqueResolu, ...]:
    """Numbers side by side, series by series; that named `repere` is drawn as marks."""
    morceaux = split(categories)
    return tuple(
        GraphiqueResolu(
            numbered(titre, rang, len(morceaux)),
            _count_sentences(
                categories[morceau], {nom: valeurs[morceau] for nom, valeurs in series.items()}
            ),
            "barres",
            tuple(categories[morceau]),
            tuple(
                _serie(nom, map(Decimal, valeurs[morceau]), repere=nom == repere)
                for nom, valeurs in series.items()
            ),
            "nombre",
            axe,
            "Nombre",
        )
        for rang, morceau in enumerate(morceaux, 1)
    )


def _count_sentences(categories: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    lignes = [
        f"{categorie} ("
        + "\u00a0; ".join(
            f"{nom[:1].lower()}{nom[1:]}\u00a0: {valeurs[rang]}" for nom, valeurs in series.items()
        )
        + ")"
        for rang, categorie in enumerate(categories)
    ]
    return f"Nombres représentés\u00a0: {', '.join(lignes)}."


def amount_charts(
    titre: str, serie: str, montants: Sequence[tuple[str, str, Decimal | None]]
) -> tuple[GraphiqueResolu, ...]:
    """Amounts in euros: short name, full name, amount with its sign; None is « n. é. »."""
    morceaux = split(montants)
    graphiques = []
    for rang, morceau in enumerate(morceaux, 1):
        dessines = montants[morceau]
        phrases = "\u00a0; ".join(
            f"{nom}, {'non évaluable' if valeur is None else euros(valeur)}"
            for _, nom, valeur in dessines
        )
        valeurs = tuple(v if v is None else v.quantize(_CENTIME) for _, _, v in dessines)
        graphiques.append(
            GraphiqueResolu(
                numbered(titre, rang, len(morceaux)),
                f"{serie}\u00a0: {phrases}.",
                "barres",
                tuple(court for court, _, _ in dessines),
                (_serie(serie, valeurs),),
                "euro",
                "Établissement (numéro FINESS)",
                serie,
            )
        )
    return tuple(graphiques)


def share_charts(
    titre: str, parts: Sequence[tuple[str, Decimal | None, Decompte]]
) -> tuple[GraphiqueResolu, ...]:
    """The part of the targets reached, by code; None is « n. é. »."""
    morceaux = split(parts)
    graphiques = []
    for rang, morceau in enumerate(morceaux, 1):
        dessines = parts[morceau]
        phrases = "\u00a0; ".join(_share_sentence(*part) for part in dessines)
        graphiques.append(
            GraphiqueResolu(
                numbered(titre, rang, len(morceaux)),
                f"Cibles atteintes parmi les résultats évaluables\u00a0: {phrases}.",
                "barres",
                tuple(code for code, _, _ in dessines),
                (_serie("Part des cibles atteintes", (p for _, p, _ in dessines)),),
                "taux",
                "Indicateur ou objectif",
                "Part des cibles atteintes",
            )
        )
    return tuple(graphiques)


def _share_sentence(code: str, part: Decimal | None, decompte: Decompte) -> str:
    if part is None:
        return f"{code}, aucun résultat évaluable"
    return f"{code}, {decompte.atteints} sur {decompte.evaluables}, soit {taux(part)}"
