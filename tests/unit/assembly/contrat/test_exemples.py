"""What a contract prints of its sanctions and rewards, before anything is evaluated (IV.a)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.volets import resolve_volets
from caqes_docs.data.depot import Depot
from tests.outils.affaires import Atelier

Ligne = tuple[str, str, str, Decimal | None]
Lignes = Callable[..., list[Ligne]]

EVALUATION = 'dossier: "990000010"\nannee: 2020\n'
PLATEFORME = "objectif_supplementaire: {id: P, libelle: Plateforme}"
POINTS = "bareme: {nom: points, sur: actions}"
SANCTION = f"sanction: {{type: montant, taux_maximum: 1 %, {POINTS}}}"
BASE = "base_economies: cible, depenses_cibles: {2020: 1 000 000}"
PART = f"interessement: {{prevu: oui, taux_maximum: 30 %, {BASE}, {POINTS}}}"
SANS = "interessement: {prevu: non}"
SEUIL = "declenchement: {seuil: 70 %}"
LINEAIRE = "bareme: {nom: lineaire, de: 40 %, a: 100 %}"
PRODUITS = "38 217 465,75 € (produits de 2018)"
MATRICE = "Cible (au plus 2 %) atteinte, 10 000 € d’économies"
SANS_BASE = "la base des économies n’est pas choisie"
SANS_CIBLE = "il manque la dépense cible de 2020"
SANS_BAREME = "le contrat ne choisit pas de barème"
SANS_PART = "le contrat ne fixe pas la part des économies"


@pytest.fixture
def lignes(projet: Projet, depot: Depot, tmp_path: Path) -> Lignes:
    """The examples of a contract signed at the end of 2019: hypothesis, measure, calculation."""

    def run(contrat: str, signature: str = "2019-12-20", **etablissement: str) -> list[Ligne]:
        atelier = Atelier(projet.droit, depot, tmp_path)
        etablissement["signature"] = signature
        affaire, _ = atelier.load(contrat, EVALUATION, **etablissement)
        charge, effet = affaire.dossier, dt.date(int(signature[:4]) + 1, 1, 1)
        volets = resolve_volets(projet.droit, charge, effet)
        lignes = [*volets.exemples_socle, *(e for v in volets.lignes for e in v.exemples)]
        return [
            (espaces(e.hypothese), espaces(e.mesure), espaces(e.calcul), e.montant) for e in lignes
        ]

    return run


def espaces(mot: str) -> str:
    """The same words, with plain spaces."""
    return mot.replace("\u00a0", " ").replace("\u202f", " ")


def volet(*clauses: str, nom: str = "transports") -> str:
    """A volet; that of transports has a spending that must not grow by more than 2 %."""
    objectif = "{id: T1, indicateur: TRA-1, cibles: {2020: 2 %}}"
    if nom != "transports":
        objectif = "{id: T1}"
    suite = "".join(f"\n    {clause}" for clause in clauses)
    return (
        f"volets:\n  {nom}:\n    signature: {{date: 2019-12-20}}\n    duree: 3\n"
        f"    objectif_principal: {objectif}{suite}\n"
    )


class DescribeVolet:
    """`volet_lines`."""

    def it_shows_30_percent_of_savings_whole_and_half(self, lignes: Lignes) -> None:
        assert lignes(volet("donne_lieu_a_sanction: non", PART)) == [
            (
                f"{MATRICE}, plan d’actions réalisé à 100 %",
                "Intéressement",
                "30 % × 10 000 € × 100 %",
                Decimal(3000),
            ),
            (
                f"{MATRICE}, plan d’actions réalisé à 50 %",
                "Intéressement",
                "30 % × 10 000 € × 50 %",
                Decimal(1500),
            ),
        ]

    def it_takes_the_products_of_the_last_year_closed_at_the_signature(
        self, lignes: Lignes
    ) -> None:
        rien, moitie = lignes(volet("donne_lieu_a_sanction: oui", SANCTION, SANS))
        assert rien[2:] == (f"1 % × {PRODUITS} × 100 %", Decimal("382174.65"))
        assert moitie[2:] == (f"1 % × {PRODUITS} × 50 %", Decimal("191087.33"))

    def it_never_goes_above_the_maximum_of_the_texts(self, lignes: Lignes) -> None:
        sanction = SANCTION.replace("1 %", "2 %")
        rien, _ = lignes(volet("donne_lieu_a_sanction: oui", sanction, SANS))
        assert rien[2:] == (f"1 % × {PRODUITS} × 100 %", Decimal("382174.65"))

    def it_shows_the_middle_cell_when_there_is_a_supplementary_objective(
        self, lignes: Lignes
    ) -> None:
        assert lignes(volet("donne_lieu_a_sanction: non", SANS, PLATEFORME)) == [
            (
                "Cible (au plus 2 %) non atteinte, objectif supplémentaire atteint",
                "Ni intéressement, ni sanction",
                "aucun",
                None,
            )
        ]

    def and_the_sanction_then_rests_on_that_objective_alone(self, lignes: Lignes) -> None:
        *_, moitie = lignes(volet("donne_lieu_a_sanction: oui", SANCTION, SANS, PLATEFORME))
        assert moitie[0] == "Objectif supplémentaire non atteint, plan d’actions réalisé à 50 %"

    def it_gives_an_msap_without_amount(self, lignes: Lignes) -> None:
        nature = "type: mise_sous_accord_prealable, duree_maximale_mois: 6"
        clauses = ("donne_lieu_a_sanction: oui", f"sanction: {{{nature}, {POINTS}}}", SANS)
        assert lignes(volet(*clauses, nom="pertinence")) == [
            (
                "Objectif principal non atteint",
                "Mise sous accord préalable, 6 mois au plus",
                "aucun",
                None,
            )
        ]

    def it_shows_the_maximum_alone_when_the_modulation_is_written_later(
        self, lignes: Lignes
    ) -> None:
        sanction = SANCTION.replace(POINTS, "bareme: {nom: saisie}")
        clauses = ("donne_lieu_a_sanction: oui", sanction, SANS)
        assert lignes(volet(*clauses, nom="qualite")) == [
            (
                "Objectif principal non atteint, modulation proposée et motivée à l’évaluation",
                "Sanction financière, au plus",
                f"1 % × {PRODUITS}",
                Decimal("382174.65"),
            )
        ]

    def it_shows_both_sides_of_a_threshold(self, lignes: Lignes) -> None:
        tout = PART.replace(POINTS, "bareme: {nom: tout_ou_rien, sur: objectifs, seuil: 80 %}")
        trouvees = lignes(volet("donne_lieu_a_sanction: non", tout))
        assert [ligne[3] for ligne in trouvees] == [Decimal(3000), Decimal(0)]
        assert [ligne[1] for ligne in trouvees] == ["Intéressement", "Aucun intéressement"]

    @pytest.mark.parametrize(
        ("interessement", "motif"),
        [
            (f"prevu: oui, montant_maximum: 100 000, {POINTS}", SANS_PART),
            (f"prevu: oui, taux_maximum: 30 %, {POINTS}", SANS_BASE),
            (f"prevu: oui, taux_maximum: 30 %, base_economies: cible, {POINTS}", SANS_CIBLE),
            (f"prevu: oui, taux_maximum: 30 %, {BASE}", SANS_BAREME),
            (
                f"prevu: oui, taux_maximum: 30 %, {BASE}, bareme: {{nom: lineaire}}",
                "barème incomplet",
            ),
        ],
        ids=["fixed maximum", "no base", "no target", "no scale", "scale without bounds"],
    )
    def it_says_what_no_evaluation_could_work_out(
        self, interessement: str, motif: str, lignes: Lignes
    ) -> None:
        clauses = ("donne_lieu_a_sanction: non", f"interessement: {{{interessement}}}")
        assert lignes(volet(*clauses)) == [
            (MATRICE, "Intéressement", f"La mesure n’est pas évaluable : {motif}.", None)
        ]

    def and_what_the_contract_leaves_open(self, lignes: Lignes) -> None:
        debut = "Le résultat n’est pas évaluable : le contrat ne dit pas"
        assert [ligne[1:3] for ligne in lignes(volet())] == [
            ("Non évaluable", f"{debut} si un intéressement est prévu."),
            ("Non évaluable", f"{debut} si le volet donne lieu à sanction."),
        ]

    @pytest.mark.parametrize("autre", [SANCTION, PLATEFORME])
    def but_a_volet_that_gives_nothing_has_no_example(self, autre: str, lignes: Lignes) -> None:
        clauses = ("donne_lieu_a_sanction: non", SANS, autre)
        assert lignes(volet(*clauses, nom="pertinence")) == []


class DescribeSocle:
    """`socle_lines`."""

    def it_applies_the_scale_to_the_products(self, lignes: Lignes) -> None:
        socle = f"{SEUIL}, sanction: {{type: montant, taux_maximum: '0,5 %', {LINEAIRE}}}"
        assert lignes(f"socle: {{{socle}}}") == [
            ("Obligations du volet réalisées à 70 % ou plus", "Aucune sanction", "aucun", None),
            (
                "Sanction ouverte, obligations du volet réalisées à 0 %",
                "Sanction financière",
                f"0,5 % × {PRODUITS} × 100 %",
                Decimal("191087.32"),
            ),
            (
                "Sanction ouverte, obligations du volet réalisées à 50 %",
                "Sanction financière",
                f"0,5 % × {PRODUITS} × environ 83,33 %",
                Decimal("159239.44"),
            ),
        ]

    def it_never_shows_a_level_that_opens_nothing(self, lignes: Lignes) -> None:
        bas = "declenchement: {seuil: 30 %}"
        socle = f"{bas}, sanction: {{type: reduction_liste_en_sus, taux_maximum: 20 %, {LINEAIRE}}}"
        diminution = ("Diminution de la prise en charge de 20 %", "20 % × 100 %", None)
        assert lignes(f"socle: {{{socle}}}") == [
            ("Obligations du volet réalisées à 30 % ou plus", "Aucune sanction", "aucun", None),
            ("Sanction ouverte, obligations du volet réalisées à 0 %", *diminution),
            ("Sanction ouverte, obligations du volet réalisées à 15 %", *diminution),
        ]

    @pytest.mark.parametrize("seuil", ["", f"{SEUIL}, "])
    @pytest.mark.parametrize(
        ("type_", "mesure", "montant"),
        [
            ("montant", "Sanction financière, au plus", Decimal("382174.65")),
            ("reduction_liste_en_sus", "Diminution de la prise en charge, 1 % au plus", None),
        ],
    )
    def it_gives_the_maximum_where_the_part_is_judged(
        self, seuil: str, type_: str, mesure: str, montant: Decimal | None, lignes: Lignes
    ) -> None:
        sanction = f"sanction: {{type: {type_}, taux_maximum: 1 %, bareme: {{nom: saisie}}}}"
        ligne = lignes(f"socle: {{{seuil}{sanction}}}")[-1]
        assert ligne[0] == "Sanction ouverte, modulation proposée et motivée à l’évaluation"
        assert (ligne[1], ligne[3]) == (mesure, montant)

    @pytest.mark.parametrize(
        ("sanction", "mesure", "motif"),
        [
            ("type: montant, taux_maximum: 1 %", "Sanction financière", SANS_BAREME),
            (
                f"type: montant, {LINEAIRE}",
                "Sanction financière",
                "le contrat ne fixe pas le maximum",
            ),
            (
                "type: montant, taux_maximum: 1 %, bareme: {nom: lineaire}",
                "Sanction financière",
                "barème incomplet",
            ),
            (
                f"taux_maximum: 1 %, {LINEAIRE}",
                "Non évaluable",
                "la sanction du volet obligatoire n’est pas choisie",
            ),
        ],
    )
    def it_says_what_no_evaluation_could_work_out(
        self, sanction: str, mesure: str, motif: str, lignes: Lignes
    ) -> None:
        ((hypothese, dite, calcul, montant),) = lignes(f"socle: {{sanction: {{{sanction}}}}}")
        assert (hypothese, dite, montant) == ("Sanction ouverte", mesure, None)
        assert calcul.endswith(f"n’est pas évaluable : {motif}.")

    @pytest.mark.parametrize(
        ("liste", "mesures"),
        [
            ("non", []),
            ("null", ["Non évaluable"]),
            ("oui", [f"Diminution de la prise en charge de {taux}" for taux in ("1 %", "0,5 %")]),
        ],
    )
    def it_cuts_nothing_where_no_liste_en_sus_is_used(
        self, liste: str, mesures: list[str], lignes: Lignes
    ) -> None:
        bareme = "bareme: {nom: points}"
        sanction = f"{{type: reduction_liste_en_sus, taux_maximum: 1 %, {bareme}}}"
        trouvees = lignes(f"socle: {{sanction: {sanction}}}", liste_en_sus=liste)
        assert [mesure for _, mesure, _, _ in trouvees] == mesures

    def but_no_example_where_no_sanction_is_written(self, lignes: Lignes) -> None:
        assert lignes(f"socle: {{{SEUIL}}}") == []

    def and_no_sanction_where_the_threshold_opens_none(self, lignes: Lignes) -> None:
        sanction = f"sanction: {{type: montant, taux_maximum: 1 %, {LINEAIRE}}}"
        (ligne,) = lignes(f"socle: {{declenchement: {{seuil: 0 %}}, {sanction}}}")
        assert ligne[:2] == ("Obligations du volet réalisées à 0 % ou plus", "Aucune sanction")

    def it_is_reckoned_by_hand_where_no_products_are_known(self, lignes: Lignes) -> None:
        sanction = f"sanction: {{type: montant, taux_maximum: 1 %, {LINEAIRE}}}"
        rien, _ = lignes(f"socle: {{{sanction}}}", signature="2017-12-20")
        assert rien[2:] == ("1 % × produits du dernier exercice clos × 100 %", None)
