"""Tests of what is struck out of a finished act, and of what is left alone."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from caqes_docs.document import model as doc
from caqes_docs.document.relecture import proofread
from tests.outils.echantillons import cellule, paragraphe, sample_document, texte


def told(*blocs: doc.Bloc, titre: doc.Titre | None = None) -> list[str]:
    """What is said of a clause made of `blocs`, from the nature on."""
    identite = doc.IdentiteClause("a.b", dt.date(2018, 1, 1), "redaction_propre", source="a/b.md")
    clause = doc.Clause(identite, "_cl_a", titre, blocs)
    acte = dataclasses.replace(sample_document(), couverture=(), corps=(clause,))
    constats = list(proofread(acte))
    assert {str(constat.source) for constat in constats} <= {"a/b.md"}
    return [constat.message.removeprefix("L’acte imprime ") for constat in constats]


def liste(*elements: str) -> doc.Liste:
    """A bulleted list."""
    return doc.Liste(tuple(doc.Element((paragraphe(element),)) for element in elements))


def tableau(*lignes: tuple[str, ...], legende: str = "Résultats") -> doc.Tableau:
    """A table whose first row is its header."""
    entete, *corps = [tuple(map(cellule, ligne)) for ligne in lignes]
    colonnes = tuple(doc.Colonne(1) for _ in lignes[0])
    return doc.Tableau(colonnes, (entete,), tuple(corps), texte(legende))


class DescribeProofread:
    def it_has_nothing_to_say_of_a_sound_act(self) -> None:
        dits = [constat.message for constat in proofread(sample_document())]
        assert {dit.partition("\u00a0: ")[0].removeprefix("L’acte imprime ") for dit in dits} <= {
            "une apostrophe droite",  # the sample is as it was typed
            "une espace ordinaire près d’un signe double",
        }

    @pytest.mark.parametrize(
        ("phrase", "extrait"),
        [
            ("Les volets suivants\u00a0: Transports.", "volets suivants\u00a0: Transports"),
            ("Volets additionnels\u00a0: Qualité", "Volets additionnels\u00a0: Qualité"),
        ],
    )
    def it_strikes_out_a_plural_over_one_thing(self, phrase: str, extrait: str) -> None:
        dit = f"un pluriel qui n’annonce qu’une chose\u00a0: «\u00a0{extrait}\u00a0»."
        assert told(paragraphe(phrase)) == [dit]

    def it_strikes_out_a_plural_over_a_list_of_one(self) -> None:
        annonce = paragraphe("Il comporte les volets suivants\u00a0:")
        (dit,) = told(annonce, liste("Transports"))
        assert dit.startswith("un pluriel qui n’annonce qu’une chose")
        assert told(annonce, liste("Transports", "Qualité")) == []

    def it_strikes_out_a_plural_over_a_table_of_one_row(self) -> None:
        annonce = paragraphe("Fait. Les objectifs ci-dessous complètent l’obligation.")
        (dit,) = told(annonce, tableau(("Objectif", "Cible"), ("Former", "oui")))
        assert dit.startswith("un pluriel qui n’annonce qu’une chose")
        deux = tableau(("Objectif", "Cible"), ("Former", "oui"), ("Relire", "oui"))
        assert told(annonce, deux) == told(annonce) == []
        chacun = paragraphe("Chaque objectif ci-dessous complète l’obligation.")
        assert told(chacun, tableau(("Objectif", "Cible"), ("Former", "oui"))) == []

    @pytest.mark.parametrize(
        "phrase",
        [
            "Les volets suivants\u00a0: Transports et Qualité.",
            "Le volet suivant\u00a0: Transports.",
            "Le délai est de 1 mois, et de 21 jours ensuite.",
            "Au plus 1 % de ses produits\u202f; la limite générale est de 5 %.",
        ],
    )
    def but_it_leaves_alone_what_agrees(self, phrase: str) -> None:
        assert told(paragraphe(phrase)) == []

    def it_strikes_out_a_plural_after_one(self) -> None:
        assert told(paragraphe("Soit 1 volets.")) == [
            "un pluriel après 1\u00a0: «\u00a01 volets\u00a0»."
        ]
        assert told(paragraphe("1 cours de la République", "adresse")) == []

    @pytest.mark.parametrize(
        ("phrase", "nature"),
        [
            ("Vu la décision n° 12.", "un numéro qu’une fin de ligne peut séparer de n°"),
            ("Vu l'avis.", "une apostrophe droite"),
            ('Dit "oui".', "des guillemets droits"),
            ("Fait ; suite.", "une espace ordinaire près d’un signe double"),
            ("« oui\u00a0»", "une espace ordinaire près d’un signe double"),
            ("Un effet de -12,5\u00a0%.", "un tiret à la place du signe moins"),
            ("Montant\u00a0: –\u00a01\u202f000\u00a0€", "un tiret à la place du signe moins"),
        ],
    )
    def it_strikes_out_signs_that_no_act_prints(self, phrase: str, nature: str) -> None:
        assert told(paragraphe(phrase)) == [f"{nature}\u00a0: «\u00a0{phrase}\u00a0»."]

    @pytest.mark.parametrize(
        "phrase",
        [
            "Vu la décision n°\u00a012 ; voir n'importe.qui@d'eu.fr".replace(" ;", "\u202f;"),
            "De 10\u00a0% – 20\u00a0% au plus, soit −\u00a05\u00a0%, à 12:30.",
            "Dans les 5' 30\" qui suivent, rue O’Brien.",
        ],
    )
    def but_not_what_is_composed(self, phrase: str) -> None:
        assert told(paragraphe(phrase)) == []

    def it_strikes_out_a_limit_that_repeats_the_general_one(self) -> None:
        (dit,) = told(
            paragraphe("Au plus 30 % des économies\u202f; la limite générale est de 30 %.")
        )
        assert dit.startswith("une limite égale à la limite générale, dite deux fois")

    def it_strikes_out_a_heading_without_a_body(self) -> None:
        titre = doc.Titre(2, "Article 5", texte("Objet"))
        assert told(titre=titre) == [
            "un titre que rien ne suit\u00a0: «\u00a0Article 5\u00a0: Objet\u00a0»."
        ]
        intertitre = paragraphe("Indicateurs", "intertitre")
        assert told(intertitre) == [
            "un intertitre que rien ne suit\u00a0: «\u00a0Indicateurs\u00a0»."
        ]
        assert told(intertitre, paragraphe("Aucun.")) == []

    def it_strikes_out_what_a_table_does_not_say(self) -> None:
        assert told(tableau(("A", "B"))) == [
            "un tableau sans ligne\u00a0: «\u00a0Résultats\u00a0»."
        ]
        assert told(tableau(("A", "B"), ("x", ""))) == [
            "une case vide\u00a0: «\u00a0Résultats\u00a0»."
        ]
        a_remplir = doc.Cellule((doc.Paragraphe((doc.AEcrire("cible"),), "cellule"),))
        table = tableau(("A", "B"))
        assert told(dataclasses.replace(table, lignes=((cellule("x"), a_remplir),))) == []

    def it_strikes_out_a_reference_to_nothing(self) -> None:
        phrase = doc.Paragraphe((doc.Texte("Voir l’"), doc.Renvoi("annexe 9", "_cl_absente")))
        assert told(phrase) == [
            "un renvoi à ce que l’acte ne contient pas\u00a0: «\u00a0annexe 9\u00a0»."
        ]
        assert told(doc.Paragraphe((doc.Renvoi("article 5", "_cl_a"),))) == []
