"""What leads to what follows it, in both writers: announcements, quoted headings, guillemets."""

from __future__ import annotations

import pytest

from caqes_docs.document.model import Cellule, Colonne, Fort, Paragraphe, Tableau, Texte
from caqes_docs.rendering.annonces import closes, leads_to
from caqes_docs.rendering.docx.apparences import introduces
from caqes_docs.rendering.typst.corps import Pli
from tests.outils.echantillons import sample_document


def _words(texte: str) -> Paragraphe:
    return Paragraphe((Texte(texte),))


TITRE_CITE = Paragraphe((Texte("«\u00a0"), Fort((Texte("Article 11-1\u00a0: Motif"),))))
LIGNE = Tableau(colonnes=(Colonne(1),), entete=(), lignes=((Cellule((_words("Qualité"),)),),))


class DescribeAnnonces:
    @pytest.mark.parametrize(
        ("bloc", "suite", "tient"),
        [
            (_words("L’annexe 3 est ainsi modifiée\u00a0:"), _words("1° Après la ligne"), True),
            (_words("est insérée la ligne suivante\u00a0:"), _words("«"), True),
            (TITRE_CITE, _words("«\u00a0Trois risques sont retenus."), True),
            (_words("«\u00a0Trois risques."), _words("«\u00a0Le volet."), False),
            (_words("Les parties conviennent\u00a0:"), _words("Le volet dure."), False),
        ],
    )
    def it_stays_with_what_it_leads_to(
        self, bloc: Paragraphe, suite: Paragraphe, tient: bool
    ) -> None:
        assert leads_to(bloc, suite) is introduces(bloc, suite) is tient
        assert ("amorce: true" in Pli(sample_document()).blocs((bloc, suite))) is tient

    def it_keeps_a_quoted_row_with_the_guillemet_that_closes_it(self) -> None:
        assert closes(_words("» ;"))
        assert "tenu: true" in Pli(sample_document()).blocs((LIGNE, _words("» ;")))
        assert "tenu: true" not in Pli(sample_document()).blocs((LIGNE, _words("Fin.")))
