"""The texts that ground a volet: cited themselves and dated, not through a text that reports them.

CSS, art. L. 162-30-3: the thresholds are those of an arrêté; an instruction only recalls them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, warning
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.ciblage import MotifCiblage
from caqes_docs.data.lecture.yaml_strict import Chemin

_RAPPORTE = re.compile(r"\b(?:cité|rappelé|repris)e?s? (?:par|dans)\b", re.IGNORECASE)
_ARRETE = re.compile(r"\barrêté\b", re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,2}(?:er)?\s\w+\s\d{4}\b")


def check_cited(affaire: Affaire) -> Iterator[Constat]:
    """V-334: a threshold whose arrêté is undated, or cited through another text."""
    contrat = affaire.dossier.valeur.contrat
    motifs: list[tuple[Chemin, MotifCiblage | None]] = [
        *((("contrat", "volets", nom), volet.ciblage) for nom, volet in contrat.volets.items()),
        *((("contrat", "refus", rang), r.ciblage) for rang, r in enumerate(contrat.refus)),
    ]
    for chemin, motif in motifs:
        for rang, figure in enumerate(motif.chiffres if motif else ()):
            texte = figure.texte or ""
            undated = _ARRETE.search(texte) and not _DATE.search(texte)
            if undated or _RAPPORTE.search(texte):
                yield warning(
                    "V-334",
                    affaire.dossier.fichier.source((*chemin, "ciblage", "chiffres", rang, "texte")),
                    f"«\u00a0{texte}\u00a0»\u00a0: le texte qui fixe le seuil n’est pas cité "
                    f"{'avec sa date' if undated else 'lui-même'}.",
                    "Citer l’arrêté lui-même, avec sa date et, s’il est connu, son numéro NOR, "
                    "par exemple «\u00a0Arrêté du 27 avril 2017 (NOR AFSS1712944A)\u00a0».",
                )
