"""One table gives each role of the model its Word style and its CSS class.

The Word style ids exist in the charte (`templates/maison/charte.docx`), the classes in
`templates/maison/style.css`; a test holds the three together.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Apparence:
    """How a role looks: a style id in Word, a class in CSS."""

    style_word: str
    classe_css: str


_ROLES = (
    "corps",
    "couverture_region",
    "couverture_titre",
    "couverture_soustitre",
    "couverture_parties",
    "couverture_reference",
    "mention",  # « Entre les soussignés : », « Il a été convenu ce qui suit : »
    "partie",  # the name of a party
    "adresse",
    "visa",  # « Vu le code… »
    "considerant",
    "intertitre",  # unnumbered lead-in inside a clause, not a heading
    "date_effet",
    "fait_a",
    "note",
    "avertissement",  # boxed warning: « rédaction à vérifier »
    "destinataire",  # letters
    "objet",
    "cellule",
    "signature_qualite",
    "signature_mention",
    "signature_nom",
)


def _style_word(role: str) -> str:
    return "Caqes" + "".join(part.capitalize() for part in role.split("_"))


ROLES: dict[str, Apparence] = {
    role: Apparence(_style_word(role), role.replace("_", "-")) for role in _ROLES
}


def appearance(role: str) -> Apparence:
    """The look of `role`.

    Raises:
        KeyError: the role is not in the table (the assembly refuses such a role beforehand).
    """
    return ROLES[role]
