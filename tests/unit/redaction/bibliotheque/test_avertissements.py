"""Tests of `avertissements`: one notice for clauses that follow each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.data.depot import Depot
from caqes_docs.document.model import ValidationClause
from caqes_docs.document.statut import words_status
from caqes_docs.document.texte import blocks_text, document_text
from caqes_docs.redaction.bibliotheque.avertissements import notices
from caqes_docs.redaction.bibliotheque.numerotation import Numeroteur
from caqes_docs.redaction.bibliotheque.places import Place
from tests.architecture.depot import RACINE
from tests.outils.validation import ProjetValide, answer_for


@pytest.fixture
def places(projet: Projet) -> tuple[Place, ...]:
    """The places of a contract with the three volets."""
    numeroteur = Numeroteur(
        projet.bibliotheque,
        dt.date(2018, 1, 1),
        lambda _redaction, _volet: True,
        frozenset({"transports", "pertinence", "qualite"}),
    )
    return numeroteur.number(projet.types["contrat"].plan)


class DescribeNotices:
    def it_tells_once_per_volet_how_far_it_goes(self, places: tuple[Place, ...]) -> None:
        avis = notices(places)
        volets = [texte for ancre, texte in avis.items() if ancre.startswith("_cl_volet")]
        assert [texte.split("\u00a0:")[0] for texte in volets if "compris" in texte] == [
            "Rédactions à vérifier, d’ici à l’article\u00a011-8 compris",
            "Rédactions à vérifier, d’ici à l’article\u00a012-8 compris",
            "Rédactions à vérifier, d’ici à l’article\u00a013-8 compris",
        ]

    def it_keeps_one_notice_for_each_annex(self, places: tuple[Place, ...]) -> None:
        avis = notices(places)
        annexes = [place for place in places if place.annexe and place.volet]
        assert len(annexes) == 3
        assert all(avis[place.ancre].startswith("Rédaction à vérifier") for place in annexes)

    def it_covers_every_clause_to_be_checked(self, places: tuple[Place, ...]) -> None:
        """From a notice to the last clause that it names, or the clause alone."""
        avis, couvertes, jusque = notices(places), 0, ""
        a_verifier = 0
        for place in (p for haut in places for p in (haut.contenu or (haut,))):
            if place.redaction is None or not place.redaction.entete.a_verifier:
                assert place.ancre not in avis
                continue
            a_verifier += 1
            texte = avis.get(place.ancre, "")
            jusque = texte if "compris" in texte else jusque
            couvertes += bool(texte) or bool(jusque)
            if f"{place.numero.lower()} compris" in jusque:
                jusque = ""
        assert couvertes == a_verifier == 30

    def it_tells_of_a_whole_document_once(self, projet: Projet, depot: Depot) -> None:
        affaire = depot.affaires["2A9780012"]
        type_ = projet.types["grille_evaluation"]
        texte = document_text(
            assemble_act(
                type_, affaire, projet.bibliotheque, projet.droit, Options(annee=2019)
            ).document
        )
        assert texte.count("Rédactions à vérifier, dans tout ce document") == 1
        assert texte.count("à vérifier") == 1

    def but_validated_wordings_have_none(self, depot: Depot) -> None:
        valide = ProjetValide(RACINE)
        affaire, type_ = depot.affaires["990780017"], valide.types["contrat"]
        acte = assemble_act(type_, affaire, valide.bibliotheque, valide.droit, Options())
        assert "à vérifier" not in document_text(acte.document)

    def and_an_example_answers_for_nothing(self, projet: Projet) -> None:
        (lue,) = projet.bibliotheque.clauses["contrat.recours"]
        exemple = ValidationClause("Personne", "exemple", dt.date(2026, 1, 1), fictive=True)
        assert answer_for(lue).is_validated
        assert not answer_for(lue, exemple).is_validated


class DescribeCouverture:
    """`own_words`: what the cover of a draft says of words that are the library's own."""

    def it_says_so_on_the_cover_of_a_draft_alone(
        self, assembler: Callable[..., Assemblage]
    ) -> None:
        propre = "Rédaction propre à la bibliothèque"
        brouillon = assembler("990780017").document
        assert propre in blocks_text(brouillon.couverture)
        assert propre not in document_text(assembler("990780017", Options(definitif=True)).document)

    def it_counts_them_when_others_are_official(self, depot: Depot) -> None:
        mixte = ProjetValide(RACINE)
        redactions = mixte.bibliotheque.clauses
        (objet,) = redactions["contrat.objet"]
        entete = objet.entete.model_copy(update={"statut": "texte_officiel"})
        redactions["contrat.objet"] = (replace(objet, entete=entete),)
        affaire, type_ = depot.affaires["990780058"], mixte.types["contrat"]
        acte = assemble_act(type_, affaire, mixte.bibliotheque, mixte.droit, Options())
        texte = blocks_text(acte.document.couverture)
        total = int(words_status(acte.document).split()[0])
        assert f"propre à la bibliothèque\u00a0: {total - 1} clauses sur {total} ne" in texte
