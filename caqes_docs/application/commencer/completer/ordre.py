"""In which order things are asked, and what is asked together."""

from __future__ import annotations

from collections.abc import Mapping

from caqes_docs.application.commencer.completer.cles import look
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml

PREMIERES = (("contrat", "regime"), ("contrat", "signature", "date"))
"""On these two rests what else is asked."""
_ENSUITE = (("contrat", "socle"), ("contrat", "choix"))
INDICATEURS = ("contrat", "indicateurs")


def ranks(
    questions: Mapping[Chemin, tuple[int, bool]], fichier: FichierYaml
) -> dict[Chemin, tuple[int, ...]]:
    """The rank of each, from its line and whether it is optional.

    What decides of the rest comes first, then the choices of the socle, then the file; together,
    what is asked of one indicator or objective: its reference, its years in order.
    """
    debuts: dict[Chemin, tuple[int, ...]] = {}
    for rang, (chemin, (ligne, facultative)) in enumerate(questions.items()):
        bloc = look(fichier.donnees, chemin[:-1])
        commence = isinstance(bloc, dict) and chemin[-1] not in bloc
        groupe = next((r for r, debut in enumerate(_ENSUITE, 1) if chemin[:2] == debut), 3)
        groupe += 3 * (facultative and not commence)
        mesure, ici = _measure(chemin), (groupe, ligne, rang)
        debuts[mesure] = min(ici, debuts.get(mesure, ici))
    debuts |= {chemin: (0, rang) for rang, chemin in enumerate(PREMIERES)}
    return {
        chemin: (
            *debuts[_measure(chemin)],
            *((1, year_of(chemin)) if year_of(chemin) else (0, rang)),
        )
        for rang, chemin in enumerate(questions)
    }


def year_of(chemin: Chemin) -> int:
    """The year that a value is of, or 0."""
    dernier = chemin[-1]
    return int(dernier) if isinstance(dernier, str) and dernier.isdigit() else 0


def _measure(chemin: Chemin) -> Chemin:
    """What is asked together: an item of a list, an indicator, or a datum alone."""
    if element := element_of(chemin):
        return element
    mesure = len(chemin) > 2 and chemin[-2] in ("reference", "cibles")
    return chemin[:-2] if mesure else chemin[:-1] if year_of(chemin) else chemin


def element_of(chemin: Chemin) -> Chemin:
    """The item of a list that holds `chemin`; nothing when none does."""
    rangs = [place for place, partie in enumerate(chemin) if isinstance(partie, int)]
    return chemin[: rangs[-1] + 1] if rangs else ()


def dotted(chemin: Chemin) -> str:
    """A path as it is read: the items of a list count from one."""
    return ".".join(str(p + 1) if isinstance(p, int) else p for p in chemin)


__all__ = ["INDICATEURS", "PREMIERES", "dotted", "element_of", "ranks", "year_of"]
