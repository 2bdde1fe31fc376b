"""Tests of `law.calcul.arbre`: every step once, numbered, exact, with all that it stands on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from caqes_docs.core.periode import Periode
from caqes_docs.law.calcul.arbre import SCHEMA, Pas, as_dict, missing_leaves, number
from caqes_docs.law.calcul.noeud import (
    Fondement,
    Nature,
    Noeud,
    Operation,
    compute,
    constante,
    entree,
    parametre,
    si,
)
from caqes_docs.law.droit.modeles import Certitude

TEXTE = Fondement("R-TRA-1", "annexe 4", Certitude.INSTRUCTION, ("instruction/2017-234",))
SANS_REGLE = Fondement("", "article 6", Certitude.DEDUCTION)


def euros(libelle: str, valeur: str | None, *, motif: str = "") -> Noeud:
    return entree(
        libelle, None if valeur is None else Decimal(valeur), Nature.EURO, "e.yaml:3:5", motif=motif
    )


def somme(libelle: str, *operandes: Noeud) -> Noeud:
    return compute(Operation.SOMME, libelle, Nature.EURO, operandes, TEXTE)


def choice() -> Noeud:
    """20 € because the answer is yes; the branch left aside is a sum."""
    oui = entree("Réponse", True, Nature.OUI_NON, "e.yaml:1:1")
    autre = somme("Écartée", euros("A", "1"), euros("B", "2"))
    return si("Montant", oui, euros("Retenue", "20.50"), autre, TEXTE)


class DescribeNumber:
    def it_numbers_what_counted_first_and_what_was_left_aside_last(self) -> None:
        pas = number(choice())
        assert [(p.repere, p.noeud.libelle, p.operandes, p.retenue) for p in pas] == [
            (1, "Réponse", (), True),
            (2, "Retenue", (), True),
            (3, "Montant", (1, 2, 6), True),
            (4, "A", (), False),
            (5, "B", (), False),
            (6, "Écartée", (4, 5), False),
        ]

    def it_gives_one_number_to_a_step_that_serves_twice(self) -> None:
        commun = euros("Commun", "2")
        racine = somme("Total", somme("Double", commun, commun), commun)
        assert [(p.noeud.libelle, p.operandes) for p in number(racine)] == [
            ("Commun", ()),
            ("Double", (1, 1)),
            ("Total", (2, 1)),
        ]

    def it_numbers_a_step_shared_by_both_branches_once(self) -> None:
        commun = euros("Commun", "2")
        non = entree("Réponse", False, Nature.OUI_NON, "e.yaml:1:1")
        racine = si("Montant", non, somme("Écartée", commun), somme("Retenue", commun), TEXTE)
        assert [p.noeud.libelle for p in number(racine)] == [
            "Réponse",
            "Commun",
            "Retenue",
            "Montant",
            "Écartée",
        ]

    def it_walks_a_shared_step_once_however_deep(self) -> None:
        noeud = euros("Départ", "1")
        for rang in range(60):
            noeud = somme(f"Étage {rang}", noeud, noeud)
        pas = number(noeud)
        assert len(pas) == 61
        assert pas[-1].operandes == (60, 60)
        assert pas[-1].noeud.valeur == Decimal(2**60)

    def it_numbers_a_single_leaf(self) -> None:
        feuille = euros("Seule", "1")
        assert number(feuille) == (Pas(1, feuille, (), retenue=True),)


class DescribeMissingLeaves:
    def it_names_the_leaves_that_are_not_known_each_once(self) -> None:
        absent = euros("Absent", None, motif="non renseigné")
        racine = somme("Total", euros("Connu", "1"), somme("Partie", absent), absent)
        assert missing_leaves(racine) == (absent,)

    def it_names_the_root_itself(self) -> None:
        absent = euros("Absent", None, motif="non renseigné")
        assert missing_leaves(absent) == (absent,)

    def but_nothing_when_the_result_is_known_all_the_same(self) -> None:
        non = entree("Non", False, Nature.OUI_NON, "e.yaml:1:1")
        inconnu = entree("Inconnu", None, Nature.OUI_NON, "e.yaml:2:1", motif="absent")
        racine = compute(Operation.ET, "Les deux", Nature.OUI_NON, (non, inconnu), TEXTE)
        assert racine.valeur is False
        assert missing_leaves(racine) == ()


class DescribeAsDict:
    def it_points_at_the_result_and_writes_each_step(self) -> None:
        arbre = as_dict(choice())
        assert SCHEMA == 1
        assert arbre["resultat"] == 3
        etapes = arbre["etapes"]
        assert isinstance(etapes, list)
        assert etapes[0] == {
            "repere": 1,
            "operation": "entree",
            "libelle": "Réponse",
            "nature": "oui_non",
            "valeur": True,
            "motif": None,
            "operandes": [],
            "retenue": True,
            "fondement": None,
            "origine": {"fichier": "e.yaml", "ligne": 1, "colonne": 1},
            "periode": None,
        }
        assert etapes[2] == {
            "repere": 3,
            "operation": "si",
            "libelle": "Montant",
            "nature": "euro",
            "valeur": "20.50",
            "motif": None,
            "operandes": [1, 2, 6],
            "retenue": True,
            "fondement": {
                "regle": "R-TRA-1",
                "source": "annexe 4",
                "references": ["instruction/2017-234"],
                "certitude": "instruction",
            },
            "origine": None,
            "periode": None,
        }
        assert [etape["retenue"] for etape in etapes] == [True, True, True, False, False, False]

    def it_gives_the_period_of_a_parameter_and_a_ground_without_rule(self) -> None:
        du, au = dt.date(2018, 1, 1), dt.date(2021, 12, 31)
        fini, ouvert = (
            parametre("Taux", Decimal("0.010"), Nature.TAUX, "t.yaml:1:5", SANS_REGLE, periode)
            for periode in (Periode(du, au), Periode(du))
        )
        assert as_dict(fini) == {
            "resultat": 1,
            "etapes": [
                {
                    "repere": 1,
                    "operation": "parametre",
                    "libelle": "Taux",
                    "nature": "taux",
                    "valeur": "0.010",
                    "motif": None,
                    "operandes": [],
                    "retenue": True,
                    "fondement": {
                        "regle": None,
                        "source": "article 6",
                        "references": [],
                        "certitude": "deduction",
                    },
                    "origine": {"fichier": "t.yaml", "ligne": 1, "colonne": 5},
                    "periode": {"du": "2018-01-01", "au": "2021-12-31"},
                }
            ],
        }
        etapes = as_dict(ouvert)["etapes"]
        assert isinstance(etapes, list)
        assert etapes[0]["periode"] == {"du": "2018-01-01", "au": None}

    def it_gives_the_motive_of_what_is_not_known(self) -> None:
        etapes = as_dict(euros("Absent", None, motif="non renseigné"))["etapes"]
        assert isinstance(etapes, list)
        assert (etapes[0]["valeur"], etapes[0]["motif"]) == (None, "non renseigné")

    def it_leaves_out_the_line_of_an_origin_that_has_none(self) -> None:
        noeud = entree("Supposé", Decimal(1), Nature.EURO, "hypothèse")
        sans_origine = constante("Zéro", Decimal(0), Nature.EURO, TEXTE)
        for feuille, attendue in (
            (noeud, {"fichier": "hypothèse", "ligne": None, "colonne": None}),
            (sans_origine, None),
        ):
            etapes = as_dict(feuille)["etapes"]
            assert isinstance(etapes, list)
            assert etapes[0]["origine"] == attendue
