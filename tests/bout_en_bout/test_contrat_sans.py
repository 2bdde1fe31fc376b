"""The contract without each of its optional data in turn: it is made, or says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.actes import assemble_checked
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.volets import Interessement
from caqes_docs.document.model import AEcrire
from caqes_docs.document.texte import document_text
from caqes_docs.document.walk import iter_document_inlines
from tests.outils.absences import without_each

TRANSPORTS, QUALITE = "990780066", "2B9780010"
CHOIX = "2A9780012"
"""Its volet transports opens a reward and a sanction, each with its scale."""
SANS = Interessement.model_validate({"prevu": "non"})
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


def _volet(affaire: Affaire, pose: dict[str, Any]) -> Affaire:
    """The affaire with other choices for its volet transports, the rest of a choice kept."""
    dossier = affaire.dossier.valeur
    volet = dossier.contrat.volets["transports"]
    change = {
        cle: getattr(volet, cle).model_copy(update=valeur) if isinstance(valeur, dict) else valeur
        for cle, valeur in pose.items()
    }
    volets = {**dossier.contrat.volets, "transports": volet.model_copy(update=change)}
    contrat = dossier.contrat.model_copy(update={"volets": volets})
    valeur = dossier.model_copy(update={"contrat": contrat})
    return replace(affaire, dossier=replace(affaire.dossier, valeur=valeur))


class DescribeContratSans:
    """Every optional datum of a dossier absent in turn."""

    def it_makes_a_draft_or_says_why(self, projet: Projet, depot: Depot) -> None:
        variantes = list(iter_variants(depot.affaires[QUALITE]))
        assert len(variantes) > 10 * UN_SUR
        assert broken(projet, iter(variantes[::UN_SUR])) == []

    @pytest.mark.parametrize(
        ("pose", "vide"),
        [
            ({"donne_lieu_a_sanction": False}, {"sanction": None}),
            ({"interessement": {"prevu": False}}, {"interessement": SANS}),
        ],
    )
    def it_prints_nothing_of_a_choice_set_aside(
        self, pose: dict[str, Any], vide: dict[str, Any], projet: Projet, depot: Depot
    ) -> None:
        ecarte = _volet(depot.affaires[CHOIX], pose)
        textes = [
            document_text(
                assemble_checked(projet, affaire, projet.types["contrat"], Options()).document
            )
            for affaire in (ecarte, _volet(ecarte, vide))
        ]
        assert textes[0] == textes[1]

    @pytest.mark.long
    @pytest.mark.parametrize("finess", [TRANSPORTS, QUALITE])
    def it_does_so_without_each_of_them(self, finess: str, projet: Projet, depot: Depot) -> None:
        assert broken(projet, iter_variants(depot.affaires[finess])) == []


class DescribeLieuDeSignature:
    """A place of signature that the dossier does not say is written by hand, like a date."""

    def it_is_a_room_to_write_in(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires[QUALITE]
        contrat = affaire.dossier.valeur.contrat
        signature = contrat.signature.model_copy(update={"lieu": None})
        valeur = affaire.dossier.valeur.model_copy(
            update={"contrat": contrat.model_copy(update={"signature": signature})}
        )
        sans = replace(affaire, dossier=replace(affaire.dossier, valeur=valeur))
        document = assemble_checked(projet, sans, projet.types["contrat"], Options()).document
        champs = {
            (inline.libelle, inline.pointilles)
            for inline in iter_document_inlines(document)
            if isinstance(inline, AEcrire) and inline.pointilles
        }
        assert champs == {("lieu de signature", 20)}
