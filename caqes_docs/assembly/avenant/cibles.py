"""The targets that a contract prints against those of its data: no place keeps a former one.

What a contract prints of its targets is drawn from its data, everywhere; words of its own (a
derogation, the clause of a region) may still say the target of before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from caqes_docs.assembly.contrat.vocabulaire import (
    IndicateursResolus,
    LigneIndicateur,
    LigneObjectif,
    VoletsResolus,
)
from caqes_docs.assembly.sujet import Sujet
from caqes_docs.document import model as doc
from caqes_docs.document.texte import blocks_text
from caqes_docs.document.walk import iter_blocks

_CIBLE = r"au (?:moins|plus)\s[^()\n]{1,30}\s\(20\d\d\)"


def stray_targets(contrat: doc.Document, sujet: Sujet) -> tuple[tuple[str, str], ...]:
    """The code and the words of each target that the contract prints, and its data do not hold."""
    indicateurs, volets = sujet.noms["indicateurs"][0], sujet.noms["volets"][0]
    assert isinstance(indicateurs, IndicateursResolus)
    assert isinstance(volets, VoletsResolus)
    dites = _targets(indicateurs, volets)
    codes = "|".join(map(re.escape, sorted(dites, key=len, reverse=True)))
    lecture = re.compile(rf"(?<![\w-])(?P<code>{codes})(?![\w-])|(?P<cible>{_CIBLE})")
    trouvees: dict[tuple[str, str], None] = {}
    for texte in _lines(contrat):
        code = ""
        for trouve in lecture.finditer(texte):
            code = trouve["code"] or code
            cible = _spaced(trouve["cible"] or "")
            if code and cible and cible not in dites[code]:
                trouvees[code, cible] = None
    return tuple(trouvees)


def _targets(indicateurs: IndicateursResolus, volets: VoletsResolus) -> Mapping[str, set[str]]:
    lignes: list[LigneIndicateur | LigneObjectif | None] = [
        *(indicateurs.nationaux + indicateurs.regionaux + indicateurs.had + indicateurs.propres)
    ]
    for volet in volets.lignes:
        lignes += [volet.principal, volet.supplementaire, *volet.complementaires, *volet.mesures]
    dites: dict[str, set[str]] = {}
    for ligne in (une for une in lignes if une is not None):
        siennes = (f"{ligne.cible_dite} ({ligne.annee_cible})", *ligne.cibles_autres_annees)
        dites.setdefault(ligne.code, set()).update(map(_spaced, siennes))
    return dites


def _lines(contrat: doc.Document) -> Iterator[str]:
    """Each paragraph, and each row of a table as one line."""
    for bloc in iter_blocks(contrat.corps):
        if isinstance(bloc, doc.Paragraphe):
            yield blocks_text((bloc,))
        elif isinstance(bloc, doc.Tableau):
            for ligne in bloc.lignes:
                yield " ".join(blocks_text(cellule.blocs) for cellule in ligne)


def _spaced(texte: str) -> str:
    return re.sub(r"\s", " ", texte)
