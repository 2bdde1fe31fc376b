"""What the registers and catalogues may not hold: they are plain text, printed as it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml

_SIGNE = re.compile(
    r"\*\*|__|~~|`|!?\[[^\]]*\]\(|\[\^|\{\{|\}\}|\{%|%\}|</?[A-Za-z][^<>]*>"
    r"|&(?:[A-Za-z]{2,8}|#\d{1,6});|^(?:#{1,6}|>+|[-*])\s"
)
_NON_IMPRIMES = {"id", "remarque", "source", "url", "description"}


def check_plain(fichier: FichierYaml) -> Iterator[Constat]:
    """Markdown, HTML and braces in the printed texts of a register: nobody would read them."""
    for chemin, texte in _texts(fichier.donnees, ()):
        trouve = _SIGNE.search(texte)
        if trouve is not None:
            yield fault(
                "L-017",
                fichier.source(chemin),
                f"«\u00a0{trouve.group().strip()}\u00a0» s’imprimerait tel quel\u00a0: registres "
                "et catalogues sont du texte simple.",
                "L’effacer\u00a0; la mise en forme se fait dans les clauses.",
            )


def _texts(donnees: Donnee, chemin: Chemin) -> Iterator[tuple[Chemin, str]]:
    if isinstance(donnees, str):
        yield chemin, donnees
    elif isinstance(donnees, list):
        for rang, element in enumerate(donnees):
            yield from _texts(element, (*chemin, rang))
    elif isinstance(donnees, dict):
        for cle, valeur in donnees.items():
            if cle not in _NON_IMPRIMES:
                yield from _texts(valeur, (*chemin, cle))
