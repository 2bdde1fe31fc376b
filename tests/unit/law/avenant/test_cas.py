"""Each case of an avenant, on the contracts of the sample region: lawful, or told why not."""

from __future__ import annotations

import copy
import datetime as dt
import json
from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import Donnee, parse_yaml
from caqes_docs.law.avenant.chaine import signed_avenants, state_after, state_of_year
from caqes_docs.law.avenant.controles import check_avenants
from caqes_docs.law.avenant.etat import effect_day

FONDATION, CHU = "990780124", "990780017"
PROCEDURE: Donnee = {
    "avis": {"rendu_le": "2019-02-01"},
    "premiere_proposition": {"date": "2019-02-11", "recue_le": "2019-02-13"},
}


def _avenant(nom: str, numero: int, cas: str, le: str, *cles: tuple[str, ...]) -> Charge[Avenant]:
    """A signed avenant; a key and what it becomes, or what it said before too, or « retirer »."""
    modifications: list[dict[str, Donnee]] = []
    for cle, *valeurs in cles:
        lues = [json.loads(valeur) for valeur in valeurs]
        noms = {0: (), 1: ("apres",), 2: ("avant", "apres")}[len(lues)]
        dites: dict[str, Donnee] = dict(zip(noms, lues, strict=True)) or {"retirer": "oui"}
        modifications.append({"cle": cle, **dites})
    brut = {
        "dossier": nom,
        "numero": str(numero),
        "cas": cas,
        "demandeur": "commun_accord",
        "procedure": PROCEDURE,
        "avis_medical": {"instance": "CME", "date": "2019-02-05"},
        "modifications": modifications,
        "signature": {"lieu": "Portclair", "date": le, "originaux": "3"},
    }
    fichier, constats = parse_yaml(
        json.dumps(brut, ensure_ascii=False).encode(),
        f"contracts_data/avenants/{nom}-{numero}.yaml",
    )
    assert fichier is not None, constats
    return Charge(Avenant.model_validate(fichier.donnees), fichier)


def _with(projet: Projet, nom: str, *avenants: Charge[Avenant]) -> Affaire:
    affaire = projet.depot([nom]).affaires[nom]
    return replace(affaire, avenants={charge.valeur.numero: charge for charge in avenants})


CAS: dict[str, list[str | tuple[str, ...]]] = {
    "ajout d’un volet": [
        "990780074",
        "ajout_volet",
        (
            "contrat.volets.qualite",
            json.dumps(
                {
                    "duree": "3",
                    "ciblage": {"motif": "Un des trois risques est constaté."},
                    "donne_lieu_a_sanction": "oui",
                    "objectif_principal": {
                        "id": "OBJ",
                        "indicateur": "QUA-1",
                        "cibles": {"2020": "B"},
                    },
                    "nombre_risques": "1",
                    "sanction": {
                        "type": "montant",
                        "taux_maximum": "0,5 %",
                        "bareme": {"nom": "saisie"},
                    },
                    "interessement": {"prevu": "non"},
                }
            ),
        ),
    ],
    "socle": [
        "990780090",
        "socle",
        ("contrat.socle.sanction.taux_maximum", '"0,5 %"', '"0,3 %"'),
    ],
    "plan d’actions": [
        FONDATION,
        "plan_actions",
        (
            "contrat.plan_actions.ajouter.FSA-02",
            '{"article": "10-2", "libelle": "Envoyer le bilan médicamenteux."}',
        ),
    ],
    "objectifs": [
        FONDATION,
        "objectifs",
        ("contrat.indicateurs.NAT-10-1-1.cibles.2020", '"82 %"'),
    ],
    "renouvellement, cinq ans comptés": [
        CHU,
        "renouvellement",
        ("contrat.volets.qualite.duree", '"3"', '"5"'),
    ],
    "résiliation": [FONDATION, "resiliation_volet", ("contrat.volets.pertinence",)],
    "nouveau taux national": [
        FONDATION,
        "orientations_nationales",
        ("contrat.indicateurs.NAT-10-4-1.cibles.2020", '"3,0 %"'),
    ],
    "nouveau directeur": [
        FONDATION,
        "changement_etablissement",
        ("etablissement.representant.nom", '"Garrigues"', '"Sauveterre"'),
    ],
    "nouvelle adresse": [
        FONDATION,
        "changement_etablissement",
        ("etablissement.adresse.lignes", '["1 cours de la Fondation"]', '["3 quai du Port"]'),
    ],
    "site déplacé": [
        FONDATION,
        "changement_etablissement",
        (
            "etablissement.sites.990012023.adresse.lignes",
            '["18 avenue du Parc"]',
            '["2 place Neuve"]',
        ),
    ],
    "fusion d’établissements": [
        FONDATION,
        "changement_etablissement",
        (
            "etablissement.raison_sociale",
            '"Fondation hospitalière de Sainte-Aurelle"',
            '"Fondation du littoral"',
        ),
        (
            "etablissement.sites.990001042",
            '{"nom": "Ancien hôpital voisin", "activites": ["MCO"]}',
        ),
    ],
    "demande d’une partie": [
        FONDATION,
        "demande_partie",
        ("contrat.choix.forme_recours", '"lettre_recommandee"', '"tout_moyen_probant"'),
    ],
    "erreur matérielle d’une année passée": [
        FONDATION,
        "erreur_materielle",
        ("contrat.indicateurs.NAT-10-1-1.cibles.2018", '"75 %"', '"74 %"'),
    ],
}


_PERTINENCE = "contrat.volets.pertinence"


class DescribeCas:
    """One lawful avenant of each case."""

    @pytest.mark.parametrize("nom", CAS)
    def it_is_lawful(self, nom: str, projet: Projet) -> None:
        finess, cas, *cles = CAS[nom]
        assert isinstance(finess, str)
        assert isinstance(cas, str)
        charge = _avenant(finess, 1, cas, "2019-06-03", *map(tuple, cles))
        affaire = _with(projet, finess, charge)
        assert [c for c in check_avenants(affaire, projet.droit) if c.gravite == "erreur"] == []
        fin = cas == "resiliation_volet"
        assert effect_day(charge.valeur) == (dt.date(2019, 12, 31) if fin else dt.date(2020, 1, 1))
        avant, apres = affaire.dossier, state_after(affaire, 1).dossier
        assert avant.valeur != apres.valeur
        assert state_of_year(affaire, 2019).dossier == avant
        assert state_of_year(affaire, 2020).dossier == apres


class DescribeChainesDeTrois:
    """Two chains of three avenants, over four years."""

    def it_judges_each_year_on_what_the_contract_said(self, projet: Projet) -> None:
        cible = "contrat.indicateurs.NAT-10-1-1.cibles"
        affaire = _with(
            projet,
            FONDATION,
            _avenant(FONDATION, 1, "objectifs", "2019-06-03", (f"{cible}.2020", '"82 %"')),
            _avenant(
                FONDATION,
                2,
                "objectifs",
                "2020-06-08",
                (f"{cible}.2021", '"85 %"'),
                ("contrat.choix.forme_recours", '"lettre_recommandee"', '"tout_moyen_probant"'),
            ),
            _avenant(
                FONDATION, 3, "resiliation_volet", "2020-09-07", ("contrat.volets.pertinence",)
            ),
        )
        assert [c for c in check_avenants(affaire, projet.droit) if c.gravite == "erreur"] == []
        etats = {annee: state_of_year(affaire, annee) for annee in (2018, 2019, 2020, 2021)}
        derniers = {
            annee: max(etat.dossier.valeur.contrat.indicateurs["NAT-10-1-1"].cibles)
            for annee, etat in etats.items()
        }
        assert derniers == {2018: 2019, 2019: 2019, 2020: 2020, 2021: 2021}
        tenus = {a: "pertinence" in e.dossier.valeur.contrat.volets for a, e in etats.items()}
        assert tenus == {2018: True, 2019: True, 2020: True, 2021: False}
        assert [c.valeur.numero for c in etats[2021].appliques] == [1, 3, 2]

    def and_one_signed_later_than_the_next_number_comes_after_it(self, projet: Projet) -> None:
        duree = "contrat.volets.qualite.duree"
        affaire = _with(
            projet,
            CHU,
            _avenant(CHU, 1, "renouvellement", "2020-03-02", (duree, '"4"', '"5"')),
            _avenant(CHU, 2, "renouvellement", "2019-06-03", (duree, '"3"', '"4"')),
            _avenant(
                CHU,
                3,
                "changement_etablissement",
                "2020-10-12",
                ("etablissement.representant.prenom", '"Hélène"', '"Mathilde"'),
            ),
        )
        assert [c for c in check_avenants(affaire, projet.droit) if c.gravite == "erreur"] == []
        assert [c.valeur.numero for c in signed_avenants(affaire)] == [2, 1, 3]
        durees = {
            annee: state_of_year(affaire, annee).dossier.valeur.contrat.volets["qualite"].duree
            for annee in (2018, 2019, 2020, 2021)
        }
        assert durees == {2018: 3, 2019: 3, 2020: 4, 2021: 5}

    def and_the_chain_is_the_direct_difference(self, projet: Projet) -> None:
        cible = "contrat.indicateurs.NAT-10-1-1.cibles.2020"
        deux = _with(
            projet,
            FONDATION,
            _avenant(FONDATION, 1, "objectifs", "2019-06-03", (cible, '"82 %"')),
            _avenant(FONDATION, 2, "objectifs", "2019-09-02", (cible, '"82 %"', '"83 %"')),
        )
        un = _with(
            projet,
            FONDATION,
            _avenant(FONDATION, 1, "objectifs", "2019-06-03", (cible, '"83 %"')),
        )
        attendu = copy.deepcopy(state_after(un, 1).dossier.fichier.donnees)
        assert state_after(deux, 2).dossier.fichier.donnees == attendu
