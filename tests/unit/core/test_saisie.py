"""What people leave in a text without meaning it."""

from __future__ import annotations

import pytest

from caqes_docs.core.saisie import find_doubt, is_placeholder


class DescribePlaceholders:
    """Words that await others."""

    @pytest.mark.parametrize(
        "texte",
        [
            "________", "(à compléter)", "a\u0300 comple\u0301ter", "à préciser", "À DÉFINIR",
            "à compléter ultérieurement", "NC", "n.c.", "xx", "inconnu", "«Commune»",
            "{MERGEFIELD Commune}", "{{ commune }}", "--commune--", "<nom>", "[lieu]", "…", "- -",
        ],
    )  # fmt: skip
    def it_knows_them(self, texte: str) -> None:
        assert is_placeholder(texte)

    @pytest.mark.parametrize(
        "texte",
        [
            "Nancy", "Saint-Denis (93)", "12 %", "X", "non renseigné", "Le Xxème siècle",
            "À compter du 1er janvier", "Ncome", "Clinique «\u00a0Les Lilas\u00a0» de Nancy",
        ],
    )  # fmt: skip
    def it_leaves_words_alone(self, texte: str) -> None:
        assert not is_placeholder(texte)


class DescribeDoubt:
    """Rests of tools, lost accents, quotes kept."""

    @pytest.mark.parametrize(
        ("texte", "extrait"),
        [
            ("Fait à #REF!", "#REF!"),
            ("montant : #VALEUR !", "#VALEUR !"),
            ("Erreur ! Signet non défini.", "Erreur ! Signet non défini"),
            ("Cliquez ou appuyez ici pour entrer du texte.",
             "Cliquez ou appuyez ici pour entrer du texte"),
            ("né le ____ à Nancy", "____"),
            ("le directeur ........ du centre", "........"),
            ("Le MÃ´le de lâ€™Ouest", "MÃ´le"),
            ("au cÅ“ur", "cÅ“ur"),
            ("20Â°C", "20Â°C"),
            ("H“pital de SŠte", "H“pital"),
            ("“Association…”", "“Association…”"),
        ],
    )  # fmt: skip
    def it_quotes_what_it_sees(self, texte: str, extrait: str) -> None:
        doute = find_doubt(texte)
        assert doute is not None
        assert doute[0] == extrait

    @pytest.mark.parametrize(
        "texte",
        [
            "Œuvre de l’Âge d’or", "M. Šimić, Mme Žižek", "ʻUturoa", "Faut-il\u202f? Oui !",
            "https://sante.fr/page?id=3", "l’«\u00a0Étoile\u00a0», 20 °C, 3 × 4, n° 5…",
            "Saint-Étienne-du-Rouvray (76)", "le “bon usage” des produits", "Ç’aurait été sûr",
        ],
    )  # fmt: skip
    def it_leaves_french_alone(self, texte: str) -> None:
        assert find_doubt(texte) is None
