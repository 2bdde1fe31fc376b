"""In which order things are asked, and what is asked together."""

from __future__ import annotations

from collections.abc import Mapping

from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml, look

PREMIERES = (("contrat", "regime"), ("contrat", "signature", "date"))
"""On these two rests what else is asked."""
_ENSUITE = (("contrat", "socle"), ("contrat", "choix"))
INDICATEURS = ("contrat", "indicateurs")
PLAN = ("contrat", "plan_actions")
_IDENTITE = ("civilite", "prenom", "nom")
"""How somebody is named, in the order one says it."""
_PERSONNES = ("representant", "referent", "delegataire", "directeur_general", "suivi_par")
_NOMS = ("id", "indicateur")
"""What says what an item is about: it decides of what else is asked of it."""
_A_LA_FIN = frozenset({
    "procedure", "annexe_au_cpom", "mandat", "siren", "departement", "categorie", "cpom", "ght",
    "indicateurs", "plan_actions",
})  # fmt: skip


def ranks(
    questions: Mapping[Chemin, tuple[int, bool]], fichier: FichierYaml
) -> dict[Chemin, tuple[int, ...]]:
    """The rank of each, from its line and whether it is optional.

    What decides of the rest comes first, then the choices of the socle, then the file; together,
    what is asked of one indicator or objective: its reference, its years in order.
    """
    debuts: dict[Chemin, tuple[int, ...]] = {}
    series: dict[Chemin, int] = {}
    for rang, (chemin, (ligne, facultative)) in enumerate(questions.items()):
        bloc = look(fichier.donnees, chemin[:-1])
        commence = isinstance(bloc, dict) and chemin[-1] not in bloc and not is_late(chemin)
        groupe = next((r for r, debut in enumerate(_ENSUITE, 1) if chemin[:2] == debut), 3)
        groupe += 3 * (facultative and not commence)
        if facultative and is_late(chemin):
            groupe, ligne = 7, series.setdefault(series_of(chemin), len(series))
        mesure, ici = _measure(chemin), (groupe, ligne, rang)
        debuts[mesure] = min(ici, debuts.get(mesure, ici))
    debuts |= {chemin: (0, rang) for rang, chemin in enumerate(PREMIERES)}
    return {
        chemin: (
            *debuts[_measure(chemin)],
            *_place(chemin, rang),
        )
        for rang, chemin in enumerate(questions)
    }


def _place(chemin: Chemin, rang: int) -> tuple[int, int]:
    """The place of a datum among those that are asked with it."""
    if _is_naming(chemin) and not element_of(chemin):
        return (0, _IDENTITE.index(str(chemin[-1])))
    return (1, year_of(chemin)) if year_of(chemin) else (-(chemin[-1] in _NOMS), rang)


def _is_naming(chemin: Chemin) -> bool:
    return len(chemin) > 1 and chemin[-2] in _PERSONNES and chemin[-1] in _IDENTITE


def year_of(chemin: Chemin) -> int:
    """The year that a value is of, or 0."""
    dernier = chemin[-1]
    return int(dernier) if isinstance(dernier, str) and dernier.isdigit() else 0


def year_besides(chemin: Chemin) -> list[Chemin]:
    """The year of a value of reference."""
    return [(*chemin[:-1], "annee")] * (chemin[-2:] == ("reference", "valeur"))


def is_late(chemin: Chemin) -> bool:
    """Whether a datum that is not necessary comes after all the rest, with those of its kind."""
    return chemin[1:2] != () and (
        chemin[1] in _A_LA_FIN or chemin[-1] == "plafond_global_sanctions"
    )


def series_of(chemin: Chemin) -> Chemin:
    """What the same datum of other indicators, actions or items has in common with this one."""
    code = 2 if chemin[:2] == INDICATEURS else 3 if chemin[:2] == PLAN else -1
    return tuple("*" if type(p) is int or rang == code else p for rang, p in enumerate(chemin))


def _measure(chemin: Chemin) -> Chemin:
    """What is asked together: an item of a list, an indicator, or a datum alone."""
    if element := element_of(chemin):
        return element
    if _is_naming(chemin):
        return chemin[:-1]
    if chemin[3:4] in (("objectif_principal",), ("objectif_supplementaire",)):
        return chemin[:4]
    mesure = len(chemin) > 2 and chemin[-2] in ("reference", "cibles")
    return chemin[:-2] if mesure else chemin[:-1] if year_of(chemin) else chemin


def element_of(chemin: Chemin) -> Chemin:
    """The item of a list that holds `chemin`; nothing when none does."""
    rangs = [place for place, partie in enumerate(chemin) if isinstance(partie, int)]
    return chemin[: rangs[-1] + 1] if rangs else ()


def without(chemin: Chemin, element: Chemin) -> Chemin:
    """`chemin` once the item `element` is out of its list; nothing for what the item held."""
    fin = len(element)
    if len(chemin) < fin or chemin[: fin - 1] != element[:-1] or chemin[fin - 1] == element[-1]:
        return () if chemin[:fin] == element else chemin
    rang = int(chemin[fin - 1])
    return (*element[:-1], rang - (rang > int(element[-1])), *chemin[fin:])


def block_of(chemin: Chemin) -> Chemin:
    """What is shown on one line with a datum: its indicator, its item, else its block."""
    if chemin[:2] == INDICATEURS:
        return chemin[:3]
    return element_of(chemin) or chemin[:-1]


def dotted(chemin: Chemin) -> str:
    """A path as it is read: the items of a list count from one."""
    return ".".join(str(p + 1) if isinstance(p, int) else p for p in chemin)


__all__ = [
    "INDICATEURS", "PLAN", "PREMIERES", "block_of", "dotted", "element_of", "ranks", "series_of",
    "without", "year_besides", "year_of",
]  # fmt: skip
