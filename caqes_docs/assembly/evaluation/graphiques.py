"""The charts of evaluated years: amounts, and reached targets.

A chart holds twelve categories at most: beyond, there are several, of about the same size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from caqes_docs.assembly.evaluation.vocabulaire_rapport import Decompte
from caqes_docs.core.francais.formes import euros, taux
from caqes_docs.document.graphique import MAX_CATEGORIES
from caqes_docs.law.resultats import ResultatObjectif
from caqes_docs.redaction.langage.graphiques import GraphiqueResolu, SerieResolue

_CENTIME = Decimal("0.01")


def _serie(nom: str, valeurs: Iterable[Decimal | None]) -> SerieResolue:
    return SerieResolue(nom, tuple(valeurs), repere=False)


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


def numbered(titre: str, rang: int, total: int) -> str:
    """« Titre », or « Titre (1 sur 2) » when there are several.

    >>> numbered("Résultats", 1, 2)
    'Résultats (1 sur 2)'
    """
    return titre if total < 2 else f"{titre} ({rang} sur {total})"


def result_key(resultat: ResultatObjectif) -> str:
    """What tells a result from the others, from one year to the next: its code and its site."""
    return f"{resultat.code}|{resultat.site}|{resultat.libelle}"


def count_charts(
    titre: str,
    axe: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[int]],
) -> tuple[GraphiqueResolu, ...]:
    """Numbers side by side, series by series."""
    morceaux = split(categories)
    return tuple(
        GraphiqueResolu(
            numbered(titre, rang, len(morceaux)),
            _count_sentences(
                categories[morceau], {nom: valeurs[morceau] for nom, valeurs in series.items()}
            ),
            "barres",
            tuple(categories[morceau]),
            tuple(_serie(nom, map(Decimal, valeurs[morceau])) for nom, valeurs in series.items()),
            "nombre",
            axe,
            "Nombre",
        )
        for rang, morceau in enumerate(morceaux, 1)
    )


def _count_sentences(categories: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    lignes = [
        f"{categorie} ("
        + "\u202f; ".join(
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
        phrases = "\u202f; ".join(
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
        phrases = "\u202f; ".join(_share_sentence(*part) for part in dessines)
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
