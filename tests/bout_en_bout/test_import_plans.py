"""A model laid out otherwise than ours: its chapters, its articles and its numbers are printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.bibliotheque import check_library
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.constats import has_errors
from caqes_docs.interfaces.cli.main import run
from caqes_docs.rendering.texte import write_texte
from caqes_docs.review.texte_docx import docx_text
from tests.outils.ciblage import RACINE

MODELE = """CONTRAT DE LA RÉGION

VU le code de la santé publique ;

IL EST CONVENU CE QUI SUIT

CHAPITRE Ier – DISPOSITIONS GÉNÉRALES

Art. 1er. – Objet et durée du contrat

Le contrat définit les engagements de l’établissement. Il suit l’article 4, l’art. 2 et
l’article 4 du règlement intérieur.

Art. 2. – Obligations générales des parties

L’établissement s’engage à désigner un interlocuteur : M. XXXX, joint au __ __ __.

☐ accord reçu le …… / …… / 20…… [préciser la date]

Art. 2 bis. – Sources des données utilisées

Art. L. 162-30-4 du code de la sécurité sociale : il régit les données.

Art. 3. – Évaluation, intéressement et sanctions

Chaque volet fait l’objet d’une évaluation.

CHAPITRE II

VOLET OBLIGATOIRE RELATIF AU BON USAGE DES MÉDICAMENTS, DES PRODUITS ET DES PRESTATIONS

Art. 4. – Obligations générales de l’établissement

L’établissement s’engage à améliorer le circuit du médicament.

Art. 4-1. – Développement des pratiques pluridisciplinaires

L’établissement développe des pratiques en réseau.

CHAPITRE III – DISPOSITIONS FINALES

Art. 5. – Confidentialité

Les parties gardent le secret.

Fait à ……………, le ……………

ANNEXE 1 – Liste des indicateurs

Taux de génériques.
"""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library drawn from the model."""
    dossier = tmp_path_factory.mktemp("plans")
    (dossier / "modele.txt").write_text(MODELE, encoding="utf-8")
    vers = ["--vers", str(dossier / "region"), "--projet", str(RACINE), "--le", "2026-11-30"]
    assert run(["clauses", "importer", str(dossier / "modele.txt"), *vers]) == 0
    return dossier / "region"


@pytest.fixture(scope="module")
def acte(region: Path) -> str:
    """A contract under it."""
    projet = Projet(RACINE, (region,))
    assert not has_errors(list(check_library(projet)))
    affaire = projet.depot().affaires["990780058"]
    type_ = projet.types["contrat"]
    assemblage = assemble_act(type_, affaire, projet.bibliotheque, projet.droit, Options())
    return write_texte(assemblage.document).replace("\u00a0", " ").replace("\u202f", " ")


class DescribePlanImporte:
    """Chapters and articles that are not ours."""

    def it_prints_the_chapters_and_the_articles_of_the_model_in_its_order(self, acte: str) -> None:
        ligne = [m for m in acte.split("\n") if m.startswith(("Chapitre ", "Article "))]
        debut = ligne.index("Article 1er : Objet et durée du contrat", 1)
        assert "Chapitre 1\nDISPOSITIONS GÉNÉRALES\n" in acte
        assert ligne[debut + 1 : debut + 3] == [
            "Article 2 : Obligations générales des parties",
            "Article 3 : Sources des données utilisées",
        ]
        assert "Article 4 : Évaluation, intéressement et sanctions\n" in acte
        assert "Chapitre 3\nDISPOSITIONS FINALES\nArticle 9 : Confidentialité\n" in acte

    def it_prints_no_more_what_an_article_of_the_model_holds_too(self, acte: str) -> None:
        assert "Durée du contrat\n" not in acte
        assert "Le contrat est conclu pour une durée indéterminée" not in acte

    def but_it_keeps_what_the_model_does_not_say_and_tells_it(
        self, acte: str, region: Path
    ) -> None:
        assert " : Voies de recours\n" in acte
        rapport = docx_text((region / "rapport_import.docx").read_bytes())
        assert "contrat.recours" in rapport
        assert "fondue dans « Objet et durée du contrat »" in rapport.replace("\u00a0", " ")
        assert "Annexe du modèle, non reprise" in rapport
        assert "10-2 (imprimé" in rapport

    def it_follows_its_own_articles_and_no_other(self, acte: str) -> None:
        suite = "Il suit l’article 8, l’art. 2 et l’article 4 du règlement intérieur."
        assert suite in acte
        assert "\nArt. L. 162-30-4 du code de la sécurité sociale : il régit les données." in acte

    def it_names_in_the_annexes_the_articles_by_their_printed_numbers(self, acte: str) -> None:
        """The indicators of 10-2 answer the article of the model that carries its obligations."""
        titres = [m for m in acte.split("\n") if m.startswith("Article ")]
        assert "Article 8-2 : Développement des pratiques pluridisciplinaires" in titres
        assert "Article 8-2 – Veiller au bon usage des antibiotiques" in titres
        assert not [m for m in titres if m.startswith("Article 10-")]

    def it_names_a_blank_by_its_sentence_or_its_instruction(self, region: Path) -> None:
        clause = (region / "contrat/conditions/obligations.md").read_text(encoding="utf-8")
        corps = clause.partition("\n---\n")[2]
        assert corps.count("a_ecrire(") == 4
        assert "a_ecrire('désigner un interlocuteur M', 20)" in corps
        assert "a_ecrire('préciser la date', 20) }}\n" in corps
        assert "☐" not in corps

    def but_a_model_without_an_article_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "modele.txt").write_text("Objet du contrat\n\nIl engage.", encoding="utf-8")
        vers = ["--vers", str(tmp_path / "region"), "--projet", str(RACINE)]
        assert run(["clauses", "importer", str(tmp_path / "modele.txt"), *vers]) == 64
        assert "I-005" in capsys.readouterr().err
        assert not (tmp_path / "region").exists()
