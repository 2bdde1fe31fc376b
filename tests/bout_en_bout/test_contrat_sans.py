"""The contract without each of its optional data in turn: it is made, or says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.document.texte import document_text
from tests.outils.absences import without_each

TRANSPORTS, QUALITE = "990780066", "2B9780010"
UN_SUR = 15
"""One datum of so many is tried in `make test`; each of them in `make test-long`."""


def iter_variants(affaire: Affaire) -> Iterator[tuple[str, Affaire]]:
    """The dossier without each of its optional data, in turn."""
    for chemin, dossier in without_each(affaire.dossier.valeur, tables=True):
        yield chemin, replace(affaire, dossier=replace(affaire.dossier, valeur=dossier))


def broken(projet: Projet, variantes: Iterator[tuple[str, Affaire]]) -> list[str]:
    """The data without which neither a contract nor a reason comes out."""
    dites = (
        (chemin, definitif, _fault(projet, affaire, definitif=definitif))
        for chemin, affaire in variantes
        for definitif in (False, True)
    )
    return [f"{chemin} ({definitif=}): {faute}" for chemin, definitif, faute in dites if faute]


def _fault(projet: Projet, affaire: Affaire, *, definitif: bool) -> str:
    options = Options(definitif=definitif)
    try:
        acte = assemble_checked(projet, affaire, projet.types["contrat"], options)
    except DonneesError as error:
        return "" if error.constats or error.source else f"{error.code} {error.message}"
    except Exception as error:
        return repr(error)
    texte = document_text(acte.document)
    return "imprimé à demi" * ("None" in texte or (definitif and "à compléter" in texte))


class DescribeContratSans:
    """Every optional datum of a dossier absent in turn."""

    def it_makes_a_draft_or_says_why(self, projet: Projet, depot: Depot) -> None:
        variantes = list(iter_variants(depot.affaires[QUALITE]))
        assert len(variantes) > 10 * UN_SUR
        assert broken(projet, iter(variantes[::UN_SUR])) == []

    @pytest.mark.long
    @pytest.mark.parametrize("finess", [TRANSPORTS, QUALITE])
    def it_does_so_without_each_of_them(self, finess: str, projet: Projet, depot: Depot) -> None:
        assert broken(projet, iter_variants(depot.affaires[finess])) == []
