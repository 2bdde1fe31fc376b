"""What a jurist looks for in a contract of the sample region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.dossiers import check_dossiers
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.core.constats import Gravite
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.depot import Depot
from caqes_docs.document.model import ACompleter, BlocSignature, Clause, Section, Tableau, Titre
from caqes_docs.document.texte import blocks_text, document_text, heading_text
from caqes_docs.document.walk import iter_blocks, iter_document, iter_document_inlines, plain

ARTICLES = [
    "Article\u00a01er",
    *(f"Article\u00a0{n}" for n in range(2, 11)),
    *(f"Article\u00a010-{n}" for n in range(1, 7)),
]
COMPLETS = [
    "990780017",
    "990780025",
    "990780033",
    "990780041",
    "990780058",
    "990780066",
    "990780074",
    "990780082",
    "990780090",
    "990780108",
    "990780116",
    "990780124",
    "990780157",
    "990780165",
    "990780173",
    "990780181",
    "990780199",
    "2A9780012",
    "2B9780010",
]

PARAMETRES = [
    "Choix des parties et barème du volet obligatoire",
    "Exemples chiffrés pour le volet obligatoire",
]
"""The tables of the annex of the parameters, in order."""

VOLETS = {
    "990780017": 3,
    "990780025": 2,
    "990780033": 1,
    "990780041": 1,
    "990780066": 1,
    "990780116": 1,
    "990780124": 1,
    "990780181": 1,
    "990780199": 2,
    "2A9780012": 2,
    "2B9780010": 2,
}
"""The volets signed with the contract; the others hold none."""


def _articles_of_volets(nombre: int) -> list[str]:
    """One article for each volet, from 11 on, and its eight sub-articles."""
    return [
        f"Article\u00a0{n}{suite}"
        for n in range(11, 11 + nombre)
        for suite in ("", *(f"-{rang}" for rang in range(1, 9)))
    ]


def _titres(assemblage: Assemblage) -> list[Titre]:
    return [
        bloc.titre
        for bloc in iter_document(assemblage.document)
        if isinstance(bloc, Clause | Section) and bloc.titre is not None
    ]


class DescribeContrat:
    """A contract, whoever signs it."""

    def it_prints_the_volets_in_the_order_of_the_grid(
        self, assembler: Callable[..., Assemblage]
    ) -> None:
        titres = [heading_text(titre) for titre in _titres(assembler("990780017"))]
        volets = [titre for titre in titres if "Volet additionnel relatif" in titre]
        assert [
            mot in volet
            for mot, volet in zip(("transports", "pertinence", "pratiques"), volets, strict=True)
        ] == [True] * 3

    @pytest.mark.parametrize("dossier", COMPLETS)
    def it_holds_every_article_and_annex_in_a_final_act(
        self, dossier: str, assembler: Callable[..., Assemblage]
    ) -> None:
        assemblage = assembler(dossier, Options(definitif=True))
        numeros = [titre.numero for titre in _titres(assemblage) if titre.numero]
        volets = VOLETS.get(dossier, 0)
        articles = [*ARTICLES, *_articles_of_volets(volets)]
        if dossier == "990780017":  # its last volet opens nothing: no example, no empty article
            articles.remove("Article\u00a013-8")
        assert [n for n in numeros if n.startswith("Article")] == articles
        assert [n for n in numeros if n.startswith("Chapitre")] == [
            f"Chapitre\u00a0{n}" for n in range(1, 4 if volets else 3)
        ]
        assert [n for n in numeros if n.startswith("Annexe")] == [
            f"Annexe\u00a0{n}" for n in range(1, 7 + volets)
        ]

    @pytest.mark.parametrize("dossier", COMPLETS)
    def it_keeps_the_choices_of_the_parties_out_of_the_imposed_article(
        self, dossier: str, assembler: Callable[..., Assemblage]
    ) -> None:
        assemblage = assembler(dossier)
        clauses = {
            bloc.identite.id: bloc
            for bloc in iter_document(assemblage.document)
            if isinstance(bloc, Clause)
        }
        article, annexe = (
            [plain(b.legende) for b in iter_blocks(clauses[nom].blocs) if isinstance(b, Tableau)]
            for nom in ("socle.evaluation", "annexes.parametres")
        )
        words = document_text(assemblage.document)
        assert article == []
        assert annexe == PARAMETRES
        assert ("Intéressement du volet obligatoire" in words) == (
            "Part du maximum de l’intéressement, selon le niveau" in words
        )

    def it_names_nobody_for_a_volet_that_it_does_not_hold(
        self, assembler: Callable[..., Assemblage]
    ) -> None:
        """An avenant joined the volet transports a year later: annex 5 knows it not."""
        document = assembler("990780124").document
        annexe = next(
            bloc
            for bloc in iter_document(document)
            if isinstance(bloc, Clause) and bloc.identite.id == "annexes.referents"
        )
        words = blocks_text(annexe.blocs)
        assert "Pertinence" in words
        assert "Transports" not in words
        assert "Transports" not in document_text(document)

    @pytest.mark.parametrize("dossier", COMPLETS)
    def it_never_skips_a_heading_level(
        self, dossier: str, assembler: Callable[..., Assemblage]
    ) -> None:
        niveaux = [titre.niveau for titre in _titres(assembler(dossier))]
        assert niveaux[0] == 1
        assert all(b - a <= 1 for a, b in zip(niveaux, niveaux[1:], strict=False))

    def it_has_three_signature_boxes_with_names_of_their_own(
        self, assembler: Callable[..., Assemblage]
    ) -> None:
        blocs = [
            b
            for b in iter_document(assembler("990780017").document)
            if isinstance(b, BlocSignature)
        ]
        champs = [signataire.champ for bloc in blocs for signataire in bloc.signataires]
        assert champs == ["Signature_ARS", "Signature_Organisme", "Signature_Etablissement"]

    def it_takes_effect_on_the_1_january_that_follows_the_last_signature(
        self, assembler: Callable[..., Assemblage]
    ) -> None:
        assert assembler("990780165").sujet.acte.date_effet == dt.date(2019, 1, 1)
        assert assembler("990780017").sujet.acte.date_effet == dt.date(2018, 1, 1)

    def it_names_the_court_of_the_date_of_effect(
        self, assembler: Callable[..., Assemblage]
    ) -> None:
        en_2018 = document_text(assembler("990780017").document)
        en_2019 = document_text(assembler("990780165").document)
        assert "tribunal des affaires de sécurité sociale" in en_2018
        assert "tribunal des affaires de sécurité sociale" not in en_2019
        assert "pôle social du tribunal de grande instance" in en_2019

    def it_runs_nothing_of_a_hostile_name(self, assembler: Callable[..., Assemblage]) -> None:
        nom = "Clinique de l’Étoile * & Associés – Hôpital privé «\u00a0Saint-Côme\u00a0» <Sud>"
        assert nom in document_text(assembler("990780033").document)

    def it_says_that_the_liste_en_sus_is_not_opposable_to_who_has_none(
        self, assembler: Callable[..., Assemblage]
    ) -> None:
        psy = document_text(assembler("990780082").document)
        mco = document_text(assembler("990780017").document)
        assert "opposable" in psy
        assert psy.count("opposable") > mco.count("opposable")

    def but_it_refuses_to_make_final_a_dossier_with_holes(
        self, assembler: Callable[..., Assemblage]
    ) -> None:
        with pytest.raises(DonneesError) as refus:
            assembler("990780207", Options(definitif=True))
        assert refus.value.code == "D-060"
        lignes = {constat.source.ligne for constat in refus.value.constats}
        assert len(refus.value.constats) > 10
        assert all(c.source.fichier.endswith("990780207.yaml") for c in refus.value.constats)
        assert min(lignes) > 1

    def and_it_marks_each_hole_of_a_draft(self, assembler: Callable[..., Assemblage]) -> None:
        assemblage = assembler("990780207")
        marques = [
            inline
            for inline in iter_document_inlines(assemblage.document)
            if isinstance(inline, ACompleter)
        ]
        assert assemblage.document.brouillon
        assert assemblage.document.bandeaux.projet == "PROJET"
        assert {"etablissement.courriel_fonctionnel", "contrat.choix.forme_recours"} <= {
            marque.chemin for marque in marques
        }


class DescribeRegionExemple:
    """The sample region as a whole."""

    def it_has_no_error_and_one_dossier_with_holes(self, projet: Projet) -> None:
        rapport = check_dossiers(projet)
        assert rapport.dossiers == 20
        assert rapport.count(Gravite.ERREUR) == 0
        incomplets = {c.source.fichier for c in rapport.constats if c.gravite is Gravite.MANQUE}
        assert incomplets == {"contracts_data/dossiers/990780207.yaml"}

    def it_shows_every_kind_of_establishment(self, depot: Depot) -> None:
        etablissements = [a.dossier.valeur.etablissement for a in depot.affaires.values()]
        assert {e.statut.value for e in etablissements} == {
            "public",
            "espic",
            "prive_lucratif",
            "prive_non_lucratif",
            "armees",
        }
        assert {a.value for e in etablissements for a in e.activites} == {
            "MCO",
            "HAD",
            "dialyse",
            "SSR",
            "PSY",
            "USLD",
        }
        assert {a.organisme.valeur.sorte.value for a in depot.affaires.values()} == {
            "CPAM",
            "MSA",
            "CNMSS",
        }
        assert {e.finess[:2] for e in etablissements} == {"99", "2A", "2B"}
        assert any(e.cpom for e in etablissements)
        assert any(e.ght for e in etablissements)
        assert max(len(e.nom_affiche) for e in etablissements) > 120


class DescribeTitres:
    """How headings read."""

    def it_puts_a_no_break_space_before_the_colon(
        self, assembler: Callable[..., Assemblage]
    ) -> None:
        titres = [heading_text(titre) for titre in _titres(assembler("990780058"))]
        assert "Article\u00a02\u00a0: Durée du contrat" in titres
        assert "Chapitre\u00a01\nConditions générales d’application" in titres
