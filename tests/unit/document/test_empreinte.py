"""Tests of `document.empreinte`."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json

import pytest

from caqes_docs.document.empreinte import (
    canonical_json,
    clause_text,
    digest,
    document_data,
    manifest,
)
from caqes_docs.document.model import (
    Clause,
    Document,
    IdentiteClause,
    Liste,
    Paragraphe,
    Piece,
    Texte,
    Titre,
)
from caqes_docs.document.walk import iter_document
from tests.outils.echantillons import sample_document


@pytest.fixture(scope="module")
def acte() -> Document:
    return sample_document()


class DescribeDigest:
    def it_is_a_sha256_in_hexadecimal(self, acte: Document) -> None:
        assert digest(acte) == hashlib.sha256(canonical_json(acte)).hexdigest()

    def it_is_the_same_for_an_equal_document(self, acte: Document) -> None:
        assert digest(acte) == digest(sample_document())

    def but_one_letter_changes_it(self, acte: Document) -> None:
        autre = dataclasses.replace(acte, corps=(*acte.corps, Paragraphe((Texte("a"),))))
        assert digest(acte) != digest(autre)

    def and_so_does_one_byte_of_a_piece(self, acte: Document) -> None:
        avec = dataclasses.replace(acte, pieces=(Piece("a.yaml", b"a", "text/plain", ""),))
        autre = dataclasses.replace(acte, pieces=(Piece("a.yaml", b"b", "text/plain", ""),))
        assert digest(avec) != digest(autre)


class DescribeCanonicalJson:
    def it_has_sorted_keys_and_no_superfluous_space(self, acte: Document) -> None:
        data = canonical_json(acte).decode()
        again = json.dumps(
            json.loads(data), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        assert data == again

    def it_names_the_type_of_each_node_and_writes_dates_as_iso(self, acte: Document) -> None:
        data = json.loads(canonical_json(acte))
        assert data["type_noeud"] == "Document"
        assert data["metadonnees"]["date"] == "2026-01-15"

    def it_tells_apart_nodes_that_hold_the_same_words(self, acte: Document) -> None:
        liste = dataclasses.replace(acte, corps=(Liste(()),))
        vide = dataclasses.replace(acte, corps=())
        assert canonical_json(liste) != canonical_json(vide)

    def but_it_refuses_a_float(self, acte: Document) -> None:
        faux = dataclasses.replace(acte, provenance={"taux": 0.1})  # type: ignore[dict-item]
        with pytest.raises(TypeError, match="float"):
            document_data(faux)


class DescribeManifest:
    def it_lists_the_clauses_in_reading_order(self, acte: Document) -> None:
        clauses = [bloc for bloc in iter_document(acte) if isinstance(bloc, Clause)]
        entries = manifest(acte).clauses
        assert [entry.ancre for entry in entries] == [clause.ancre for clause in clauses]
        assert [entry.id for entry in entries] == [clause.identite.id for clause in clauses]

    def it_carries_the_digest_of_the_document(self, acte: Document) -> None:
        assert manifest(acte).empreinte == digest(acte)

    def it_hashes_the_text_of_each_clause_with_its_heading(self) -> None:
        identite = IdentiteClause("socle.objet", dt.date(2022, 1, 1), "en vigueur")
        titre = Titre(2, "Article 1", (Texte("Objet"),))
        clause = Clause(identite, "_cl_a", titre, (Paragraphe((Texte("Le présent contrat."),)),))
        assert clause_text(clause) == "Article 1\u00a0: Objet\nLe présent contrat."
        document = dataclasses.replace(sample_document(), corps=(clause,))
        (entry,) = manifest(document).clauses
        assert entry.empreinte == hashlib.sha256(clause_text(clause).encode()).hexdigest()

    def it_ignores_where_the_data_come_from(self) -> None:
        brouillon, definitif = sample_document(brouillon=True), sample_document()
        assert manifest(brouillon).clauses == manifest(definitif).clauses
