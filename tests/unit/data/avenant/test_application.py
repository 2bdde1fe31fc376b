"""Tests of `data.avenant.application`: modifications put on a dossier, with their places."""

from __future__ import annotations

import json

import pytest

from caqes_docs.core.constats import Constat
from caqes_docs.data.avenant.application import apply_avenant
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import parse_yaml
from tests.architecture.depot import RACINE

NOM = "contracts_data/avenants/990780124-1.yaml"
TETE = 'dossier: "990780124"\nnumero: 1\ncas: demande_partie\n'
SIGNATURE = "signature: {lieu: Sainte-Aurelle, date: 2019-06-03, originaux: 3}\n"


def _dossier(nom: str = "990780124") -> Charge[Dossier]:
    chemin = RACINE / "contracts_data" / "dossiers" / f"{nom}.yaml"
    fichier, constats = parse_yaml(chemin.read_bytes(), f"contracts_data/dossiers/{nom}.yaml")
    assert fichier is not None
    assert constats == []
    return Charge(Dossier.model_validate(fichier.donnees), fichier)


def _avenant(corps: str) -> Charge[Avenant]:
    fichier, constats = parse_yaml(f"{TETE}{SIGNATURE}{corps}".encode(), NOM)
    assert fichier is not None, constats
    return Charge(Avenant.model_validate(fichier.donnees), fichier)


def _apply(corps: str) -> tuple[Charge[Dossier] | None, list[Constat]]:
    return apply_avenant(_dossier(), _avenant(corps))


def _modify(**modification: object) -> tuple[Charge[Dossier] | None, list[Constat]]:
    return _apply(f"modifications:\n  - {json.dumps(modification, ensure_ascii=False)}\n")


def _codes(constats: list[Constat]) -> list[tuple[str, str]]:
    return [(constat.code, str(constat.source)) for constat in constats]


class DescribeApplyAvenant:
    """`apply_avenant`."""

    def it_changes_a_target_and_cites_the_avenant(self) -> None:
        avant, (apres, constats) = (
            _dossier(),
            _apply(
                "modifications:\n"
                "  - cle: contrat.indicateurs.NAT-10-1-1.cibles.2020\n"
                '    apres: "82 %"\n'
            ),
        )
        assert constats == []
        assert apres is not None
        chemin = ("contrat", "indicateurs", "NAT-10-1-1", "cibles")
        pose = apres.valeur.contrat.indicateurs["NAT-10-1-1"]
        assert pose.cibles == {2018: "75 %", 2019: "80 %", 2020: "82 %"}
        assert str(apres.fichier.source((*chemin, "2020"))) == f"{NOM}:7:12"
        assert str(apres.fichier.key_source((*chemin, "2020"))) == f"{NOM}:6:10"
        assert apres.fichier.source((*chemin, "2019")) == avant.fichier.source((*chemin, "2019"))

    def it_withdraws_what_has_no_apres(self) -> None:
        apres, constats = _modify(cle="contrat.choix.plafond_global_sanctions", avant="1 %")
        assert constats == []
        assert apres is not None
        assert apres.valeur.contrat.choix.plafond_global_sanctions is None

    def it_finds_an_item_of_a_list_by_what_tells_it_apart(self) -> None:
        apres, constats = _modify(
            cle="etablissement.sites.990012023.nom",
            avant="Centre de rééducation du Parc",
            apres="Centre du Parc",
        )
        assert constats == []
        assert apres is not None
        assert [site.nom for site in apres.valeur.etablissement.sites] == [
            "Hôpital Sainte-Aurelle",
            "Centre du Parc",
            "HAD de Sainte-Aurelle",
        ]

    def it_withdraws_an_item_and_the_others_keep_their_places(self) -> None:
        avant = _dossier().fichier
        apres, constats = _modify(cle="etablissement.sites.990012023", retirer="oui")
        assert constats == []
        assert apres is not None
        assert [site.finess for site in apres.valeur.etablissement.sites] == [
            "990012015",
            "990012031",
        ]
        ici, ailleurs = ("etablissement", "sites", 1, "nom"), ("etablissement", "sites", 2, "nom")
        assert apres.fichier.source(ici) == avant.source(ailleurs)

    def it_adds_an_item_whose_name_is_the_last_of_its_key(self) -> None:
        apres, constats = _modify(
            cle="contrat.plan_actions.ajouter.FSA-02",
            apres={"article": "10-4", "libelle": "Former les internes."},
        )
        assert constats == []
        assert apres is not None
        plan = apres.valeur.contrat.plan_actions
        assert plan is not None
        assert [action.id for action in plan.ajouter] == ["FSA-01", "FSA-02"]

    def it_signs_with_the_avenant_a_volet_that_it_adds(self) -> None:
        apres, constats = _modify(
            cle="contrat.volets.qualite", apres={"duree": "3", "nombre_risques": "1"}
        )
        assert constats == []
        assert apres is not None
        signature = apres.valeur.contrat.volets["qualite"].signature
        assert signature is not None
        assert str(signature.date_retenue) == "2019-06-03"
        lieu = apres.fichier.source(("contrat", "volets", "qualite", "signature", "date"))
        assert str(lieu) == f"{NOM}:4:41"

    def but_what_makes_no_dossier_is_told_in_the_avenant(self) -> None:
        apres, constats = _modify(
            cle="contrat.choix.forme_recours", avant="lettre_recommandee", apres="pigeon"
        )
        assert apres is None
        assert [(c.code, c.source.fichier, c.source.ligne) for c in constats] == [("D-013", NOM, 6)]

    @pytest.mark.parametrize(
        ("modification", "code", "dit", "remede"),
        [
            (
                {"cle": "contrat.indicateur.X", "apres": "1"},
                "D-160",
                "La clé «\u00a0indicateur\u00a0» n’existe pas sous «\u00a0contrat\u00a0».",
                "Vouliez-vous dire «\u00a0indicateurs\u00a0»\u202f?",
            ),
            (
                {"cle": "contrat.choix.forme_recours.x", "apres": "1"},
                "D-160",
                "La clé «\u00a0x\u00a0» n’existe pas sous «\u00a0contrat.choix.forme_recours"
                "\u00a0».",
                "S’arrêter à la clé qui porte la valeur.",
            ),
            (
                {"cle": "contrat.choix.forme_recours", "avant": "tout_moyen_probant"},
                "D-161",
                "«\u00a0contrat.choix.forme_recours\u00a0»\u00a0: l’avenant dit qu’elle porte "
                "«\u00a0tout_moyen_probant\u00a0», le contrat dit «\u00a0lettre_recommandee"
                "\u00a0» (contracts_data/dossiers/990780124.yaml:107:20).",
                "Écrire «\u00a0avant: lettre_recommandee\u00a0», si l’accord porte bien sur le "
                "contrat tel qu’il est à la date d’effet.",
            ),
            (
                {"cle": "contrat.indicateurs.NAT-10-1-11.coefficient", "avant": "4 %"},
                "D-161",
                "Le contrat ne dit rien sous «\u00a0contrat.indicateurs.NAT-10-1-11.coefficient"
                "\u00a0»\u00a0: rien n’y est à remplacer ni à retirer.",
                "Vouliez-vous dire «\u00a0NAT-10-1-1\u00a0»\u202f?",
            ),
            (
                {"cle": "contrat.choix.forme_recours", "apres": "tout_moyen_probant"},
                "D-161",
                "Le contrat dit déjà «\u00a0contrat.choix.forme_recours\u00a0»\u00a0: "
                "«\u00a0lettre_recommandee\u00a0» (contracts_data/dossiers/990780124.yaml:107:20).",
                "Écrire «\u00a0avant: lettre_recommandee\u00a0», si l’accord porte bien sur le "
                "contrat tel qu’il est à la date d’effet.",
            ),
            (
                {
                    "cle": "contrat.choix.forme_recours",
                    "avant": "lettre_recommandee",
                    "apres": "lettre_recommandee",
                },
                "D-163",
                "«\u00a0contrat.choix.forme_recours\u00a0» dirait la même chose après l’avenant "
                "qu’avant.",
                "Retirer cette modification, ou écrire ce qui change.",
            ),
            (
                {"cle": "contrat.volets.qualite"},
                "D-163",
                "Rien ne dit ce que «\u00a0contrat.volets.qualite\u00a0» devient.",
                "Retirer cette modification, ou écrire ce qui change.",
            ),
            (
                {"cle": "contrat.signature.date", "avant": "2017-12-19", "apres": "2017-12-20"},
                "D-164",
                "«\u00a0contrat.signature.date\u00a0» dit comment le contrat a été conclu\u00a0: "
                "aucun avenant ne le change.",
                "Retirer cette modification\u00a0; une erreur dans le dossier d’un contrat signé "
                "se corrige avant sa signature.",
            ),
            (
                {
                    "cle": "etablissement.produits_assurance_maladie.2020",
                    "apres": {"exercice": "2020", "montant": "1"},
                },
                "D-164",
                "«\u00a0etablissement.produits_assurance_maladie.2020\u00a0» se tient à jour sans "
                "avenant\u00a0: le contrat ne le stipule pas.",
                "Retirer cette modification, et l’écrire dans le dossier.",
            ),
        ],
    )
    def but_it_refuses(
        self, modification: dict[str, object], code: str, dit: str, remede: str
    ) -> None:
        apres, constats = _modify(**modification)
        assert apres is None
        assert [(c.code, c.message, c.remede) for c in constats] == [(code, dit, remede)]
        assert constats[0].source.fichier == NOM

    def but_a_key_is_changed_once(self) -> None:
        apres, constats = _apply(
            "modifications:\n"
            "  - {cle: contrat.volets.pertinence, retirer: oui}\n"
            '  - {cle: contrat.volets.pertinence.duree, avant: "3", apres: "5"}\n'
        )
        assert apres is None
        assert _codes(constats) == [("D-162", f"{NOM}:7:11")]
