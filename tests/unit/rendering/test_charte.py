"""The charte that every engine reads: its values, and what is refused."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from caqes_docs.rendering.charte import USUELLE, CharteGraphique


class DescribeCharteGraphique:
    """`CharteGraphique`, from the words of its file."""

    def it_reads_colours_lengths_and_sizes_as_they_are_written(self) -> None:
        charte = CharteGraphique.model_validate(
            {
                "couleurs": {"principale": "#000091"},
                "marges": {"gauche": "25 mm", "haut": "2,5 cm"},
                "tailles": {"corps": "10,5 pt"},
                "coordonnees": ["132 boulevard de Paris"],
            }
        )
        assert charte.couleurs.principale == "000091"
        assert (charte.marges.gauche, charte.marges.haut, charte.tailles.corps) == (2.5, 2.5, 10.5)
        assert charte.marges.is_said("gauche")
        assert not charte.marges.is_said("droite")
        assert USUELLE.marges.droite == charte.marges.droite == 2.0

    @pytest.mark.parametrize(
        "faux",
        [
            {"couleurs": {"principale": "bleu"}},
            {"couleurs": {"principale": "#00009"}},
            {"couleurs": {"fond": "#000091"}},
            {"marges": {"haut": "2"}},
            {"marges": {"haut": "2 pt"}},
            {"tailles": {"corps": "10,3 pt"}},
            {"polices": {"texte": "Comic Sans MS"}},
            {"logo": {"fichier": "logo.png"}},
            {"coordonnees": ["deux\nlignes"]},
            {"tableaux": {"filets": "aucun"}},
        ],
    )
    def but_what_it_cannot_mean_is_refused(self, faux: dict[str, object]) -> None:
        with pytest.raises(ValidationError):
            CharteGraphique.model_validate(faux)
