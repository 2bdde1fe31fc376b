"""Which paragraphs stay on the page of what they announce."""

from __future__ import annotations

import pytest

from caqes_docs.document.model import Bloc, Paragraphe, Tableau, Texte
from caqes_docs.rendering.docx.apparences import introduces


def _words(texte: str) -> Paragraphe:
    return Paragraphe((Texte(texte),))


class DescribeAnnonce:
    @pytest.mark.parametrize(
        ("texte", "suite", "tient"),
        [
            ("2° Est insérée la ligne suivante\u00a0:", _words("«"), True),
            ("Le deuxième alinéa est ainsi rédigé\u00a0:", _words("«\u00a0Le volet.\u00a0»"), True),
            ("Les parties conviennent\u00a0:", _words("Le volet dure trois ans."), False),
            ("Le volet est conclu.", _words("«\u00a0Le volet.\u00a0»"), False),
        ],
    )
    def it_keeps_what_an_avenant_quotes_under_its_announcement(
        self, texte: str, suite: Bloc, tient: bool
    ) -> None:
        assert introduces(_words(texte), suite) is tient

    def it_keeps_the_guillemet_with_the_table_that_it_opens(self) -> None:
        tableau = Tableau(colonnes=(), entete=(), lignes=())
        assert introduces(_words("«"), tableau)
        assert not introduces(_words("»."), tableau)
