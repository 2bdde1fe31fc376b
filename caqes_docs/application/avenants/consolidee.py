"""The consolidated version of a contract at a date: what it says, and which act made it say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from caqes_docs.application.avenants.acte import build_avenant
from caqes_docs.application.avenants.etats import (
    EtatContrat,
    next_state,
    sealed_document,
    unsealed_state,
)
from caqes_docs.application.avenants.signer import marked_example
from caqes_docs.application.production import Production, produce
from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import prepare_folder
from caqes_docs.assembly.avenant.apports import AMENDING, formulas, without_notices
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.depot import Affaire
from caqes_docs.data.signes.modele import DOCUMENT
from caqes_docs.data.signes.registre import ActeSigne
from caqes_docs.document.amendement.avenant import build_amendment
from caqes_docs.document.amendement.consolider import ActeModificatif, consolider
from caqes_docs.document.lecture import read_document
from caqes_docs.document.model import Document
from caqes_docs.document.revision.forme import shared_keys
from caqes_docs.document.texte import reference_words
from caqes_docs.document.walk import iter_divisions
from caqes_docs.law.avenant import chaine
from caqes_docs.law.avenant.etat import effect_day, signature_day
from caqes_docs.redaction.bibliotheque.numeros import numbers_of
from caqes_docs.redaction.bibliotheque.types import find_type


def write_consolidated(
    projet: Projet,
    affaire: Affaire,
    actes: Sequence[ActeSigne],
    jour: dt.date,
    sortie: Path,
    formats: Sequence[str],
) -> Production:
    """Write the version of `jour`; `actes` are the sealed acts that have effect, if any.

    Raises:
        RevisionError: A-003 an act was written for another state.
    """
    prepare_folder(sortie)
    document = build_consolidated(projet, affaire, actes, jour)
    base = f"version_consolidee_{affaire.finess}_{affaire.reference}_{jour}"
    if any(acte.scelle.exemple for acte in actes):
        document, base = marked_example(document), f"{base}_exemple"
    return produce(document, find_type(projet.types, "contrat"), sortie, base, formats)


@shared_keys()
def build_consolidated(
    projet: Projet, affaire: Affaire, actes: Sequence[ActeSigne], jour: dt.date
) -> Document:
    """The consolidated version, from what is sealed, else from the files of the contract."""
    signature = affaire.dossier.valeur.contrat.signature.date_retenue
    if actes:
        initial, signature = sealed_document(actes[0]), actes[0].scelle.signe_le
        modificatifs = tuple(_sealed_acts(projet, actes))
    else:
        etat = unsealed_state(projet, affaire, ())
        initial = etat.document
        modificatifs = tuple(_unsealed_acts(projet, affaire, etat, jour))
    date = date_longue(signature) if signature else "à signer"
    base = f"contrat {affaire.reference} signé le {date}"
    return consolider(without_notices(initial), base, modificatifs, jour)


def _sealed_acts(projet: Projet, actes: Sequence[ActeSigne]) -> Iterator[ActeModificatif]:
    numeros: dict[str, str] = {}
    for avant, acte in zip(actes, actes[1:], strict=False):
        a, b = sealed_document(avant), sealed_document(acte)
        numeros |= numbers_of(a)
        document = read_document(acte.read(DOCUMENT), acte.nom)
        scelle = acte.scelle
        dates = (scelle.signe_le, scelle.effet)
        yield _amending(projet, (a, b), numeros, document, (scelle.designation, *dates))


def _unsealed_acts(
    projet: Projet, affaire: Affaire, avant: EtatContrat, jour: dt.date
) -> Iterator[ActeModificatif]:
    for charge in chaine.state_on(affaire, jour).appliques:
        signature, effet = signature_day(charge.valeur), effect_day(charge.valeur)
        assert signature is not None  # it has effect
        assert effet is not None
        numero = charge.valeur.numero
        etats = next_state(projet, avant, charge, effet)
        type_ = find_type(projet.types, "avenant")
        fait = build_avenant(projet, type_, etats, charge, Options(avenant=numero))
        nom = f"l’avenant n°\u00a0{numero}"
        propres = _articles(fait.assemblage.document)
        yield ActeModificatif(nom, signature, effet, fait.script, fait.articles, propres)
        avant = etats.apres


def _amending(
    projet: Projet,
    etats: tuple[Document, Document],
    numeros: Mapping[str, str],
    document: Document,
    dit: tuple[str, dt.date, dt.date],
) -> ActeModificatif:
    """The act whose document is given, between the two states."""
    a, b = map(without_notices, etats)
    vacants = frozenset(numeros.values()) - set(numbers_of(a).values())
    amendement = build_amendment(a, b, formulas(projet.droit), vacants=vacants)
    return ActeModificatif(*dit, amendement.script, amendement.articles, _articles(document))


def _articles(document: Document) -> tuple[str, ...]:
    """How the amending articles of an act are named."""
    divisions = (d for d in iter_divisions(document.corps) if d.ancre.startswith(AMENDING))
    return tuple(reference_words(d.titre.numero) for d in divisions if d.titre is not None)
