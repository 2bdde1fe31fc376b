"""Rows gathered by entity: what is deduced, what is doubted, what is refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from caqes_docs.core.constats import Constat
from caqes_docs.data.dossier.etablissement import Activite, NiveauSignature, Statut
from caqes_docs.data.finess import codes
from caqes_docs.data.finess.entites import Portee, build_entites
from caqes_docs.data.finess.modeles import AdresseFiness, EntiteFiness, ValeurProposee
from caqes_docs.data.finess.table import parse_table
from tests.unit.data.finess.essais import (
    ARMEES,
    AUTRE_ENTITE,
    CLINIQUE,
    ENTITE,
    ESPIC,
    NON_LUCRATIF,
    PUBLIC,
    SANS_ADRESSE,
    SITE,
    SITE_2,
    SITE_3,
    ligne,
    table,
)

PACA = Portee(frozenset({"93"}), frozenset())


def entites(
    *lignes: Mapping[str, str], portee: Portee = PACA
) -> tuple[tuple[EntiteFiness, ...], list[Constat]]:
    """The entities of a made-up table."""
    return build_entites(parse_table(table(*lignes), "table.csv"), portee)


def seule(*lignes: Mapping[str, str]) -> EntiteFiness:
    """The only entity of a made-up table."""
    ((entite,), _) = entites(*lignes)
    return entite


class DescribeStatut:
    """Legal status and level of signature."""

    @pytest.mark.parametrize(
        ("status", "statut", "niveau"),
        [
            (PUBLIC, Statut.PUBLIC, NiveauSignature.ENTITE_JURIDIQUE),
            (ESPIC, Statut.ESPIC, NiveauSignature.ENTITE_JURIDIQUE),
            (NON_LUCRATIF, Statut.PRIVE_NON_LUCRATIF, NiveauSignature.ENTITE_JURIDIQUE),
            (CLINIQUE, Statut.PRIVE_LUCRATIF, NiveauSignature.SITE),
            (ARMEES, Statut.ARMEES, NiveauSignature.SITE),
        ],
    )
    def it_follows_the_nomenclature(
        self, status: dict[str, str], statut: Statut, niveau: NiveauSignature
    ) -> None:
        entite = seule(ligne(**status))
        assert (entite.statut, entite.niveau) == (statut, niveau)

    def it_says_what_the_codes_mean(self) -> None:
        assert seule(ligne(**CLINIQUE)).detail_statut == (
            "statut juridique 95, société par actions simplifiée\u00a0; ESPIC 0, non concerné"
        )

    @pytest.mark.parametrize(("groupe", "espic"), [("3", "9"), ("2", "1"), ("", ""), ("1", "6")])
    def it_refuses_codes_that_decide_nothing(self, groupe: str, espic: str) -> None:
        trouvees, constats = entites(ligne(stjr=groupe, espic=espic))
        assert trouvees == ()
        assert [(c.code, str(c.source), c.gravite) for c in constats] == [
            ("D-085", "table.csv:2", "erreur")
        ]

    def it_takes_the_wider_name_for_espic_and_other_sites(self) -> None:
        entite = seule(ligne(**ESPIC), ligne(**NON_LUCRATIF, fi=SITE_2))
        assert entite.statut is Statut.PRIVE_NON_LUCRATIF
        assert entite.notes["statut"] == "les sites n’ont pas tous le même dans la table"

    def it_takes_the_majority_of_the_sites_and_says_so(self) -> None:
        (trouvees, constats) = entites(
            ligne(**CLINIQUE), ligne(**ESPIC, fi=SITE_2), ligne(**ESPIC, fi=SITE_3)
        )
        assert trouvees[0].statut is Statut.ESPIC
        assert [(c.code, c.gravite) for c in constats] == [("D-085", "avertissement")]

    def it_doubts_the_level_of_a_clinic_with_several_sites(self) -> None:
        deux = seule(ligne(**CLINIQUE), ligne(**CLINIQUE, fi=SITE_2))
        assert "niveau_signature" in deux.notes
        assert "niveau_signature" not in seule(ligne(**CLINIQUE)).notes


class DescribeIdentite:
    """Name, SIREN and address of the entity."""

    def it_takes_the_entity_s_own_row_as_it_is(self) -> None:
        entite = seule(
            ligne(
                fi=ENTITE, rs="FONDATION DU PORT", cat="699", sir="999000037", bp="", typvoi="BD"
            ),
            ligne(rs="HOPITAL DU PORT"),
        )
        assert entite.raison_sociale == "FONDATION DU PORT"
        assert entite.siren == "999000037"
        assert entite.adresse == AdresseFiness(("1 BOULEVARD DU PORT",), "99000", "PORTCLAIR CEDEX")
        assert [site.finess for site in entite.sites] == [SITE]
        assert (entite.notes, entite.propositions) == ({}, {})
        assert entite.nom_affiche == "FONDATION DU PORT"

    def it_proposes_the_name_of_the_main_site_without_taking_it(self) -> None:
        entite = seule(
            ligne(rs="USLD DES GENETS", cat="362"),
            ligne(fi=SITE_2, rs="CH DE PORTCLAIR"),
            ligne(fi=SITE_3, rs="CH D'AILLEURS", dep="98"),
        )
        assert entite.raison_sociale is None
        assert entite.propositions == {
            "raison_sociale": ValeurProposee("CH DE PORTCLAIR", SITE_2, 3)
        }
        assert "raison_sociale" not in entite.notes
        assert entite.nom_affiche == "CH DE PORTCLAIR"

    def it_proposes_that_of_a_clinic_with_several_sites_too(self) -> None:
        entite = seule(ligne(**CLINIQUE), ligne(**CLINIQUE, fi=SITE_2))
        assert (entite.raison_sociale, set(entite.propositions)) == (None, {"raison_sociale"})

    @pytest.mark.parametrize("status", [CLINIQUE, ARMEES])
    def it_takes_the_name_and_address_of_a_single_site_that_signs(
        self, status: dict[str, str]
    ) -> None:
        entite = seule(ligne(**status))
        assert entite.raison_sociale == "CH DE PORTCLAIR"
        assert entite.adresse == entite.sites[0].adresse
        assert entite.propositions == {}
        assert entite.notes == {
            "raison_sociale": (
                "nom du seul site de la table, qui ne donne pas celui de l’entité juridique"
            ),
            "adresse": "adresse du seul site de la table",
        }

    @pytest.mark.parametrize("status", [PUBLIC, ESPIC, NON_LUCRATIF])
    def it_proposes_those_of_a_single_site_when_the_entity_signs(
        self, status: dict[str, str]
    ) -> None:
        entite = seule(ligne(**status))
        assert (entite.raison_sociale, entite.adresse, entite.notes) == (None, None, {})
        assert entite.propositions == {
            "raison_sociale": ValeurProposee("CH DE PORTCLAIR", SITE, 1),
            "adresse": ValeurProposee("1 RUE DU PORT, BP 9, 99000 PORTCLAIR CEDEX", SITE, 1),
        }

    def it_does_not_take_for_single_a_site_with_others_elsewhere(self) -> None:
        ailleurs = ligne(**CLINIQUE, fi=SITE_2, reg="84", dep="98")
        entite = seule(ligne(**CLINIQUE), ailleurs)
        assert (entite.raison_sociale, entite.adresse) == (None, None)
        assert entite.propositions["raison_sociale"].parmi == 2

    @pytest.mark.parametrize("status", [CLINIQUE, PUBLIC])
    def it_says_nothing_of_an_address_that_the_table_has_not(self, status: dict[str, str]) -> None:
        entite = seule(ligne(**status, **SANS_ADRESSE))
        assert entite.adresse is None
        assert "adresse" not in {*entite.notes, *entite.propositions}

    def it_takes_the_siren_that_all_sites_share(self) -> None:
        assert seule(ligne(), ligne(fi=SITE_2, sir="")).siren == "999000037"
        assert seule(ligne(), ligne(fi=SITE_2, sir="99900013600013")).siren is None

    def it_leaves_the_seat_of_several_sites_to_fill_in(self) -> None:
        entite = seule(ligne(), ligne(fi=SITE_2))
        assert (entite.adresse, "adresse" in entite.propositions) == (None, False)

    def it_names_the_category_that_all_sites_share(self) -> None:
        assert seule(ligne(), ligne(fi=SITE_2)).categorie == "Centre hospitalier"
        assert seule(ligne(), ligne(fi=SITE_2, cat="362")).categorie is None


class DescribeSites:
    """Sites: addresses and activities."""

    def it_writes_the_address_as_on_an_envelope(self) -> None:
        (site,) = seule(ligne(compd="PARC BLEU", numvoi="6 B")).sites
        assert site.adresse == AdresseFiness(
            ("PARC BLEU", "6 B RUE DU PORT", "BP 9"), "99000", "PORTCLAIR CEDEX"
        )

    def it_leaves_an_unknown_kind_of_way_as_it_is(self) -> None:
        (site,) = seule(ligne(typvoi="Chem.", bp="")).sites
        assert site.adresse is not None
        assert site.adresse.lignes == ("1 Chem. DU PORT",)

    def it_has_no_address_when_the_table_has_none(self) -> None:
        assert seule(ligne(**SANS_ADRESSE)).sites[0].adresse is None

    @pytest.mark.parametrize(
        ("categorie", "activite"),
        [
            ("127", Activite.HAD),
            ("141", Activite.DIALYSE),
            ("146", Activite.DIALYSE),
            ("109", Activite.SSR),
            ("161", Activite.PSY),
            ("292", Activite.PSY),
            ("362", Activite.USLD),
            ("122", Activite.MCO),
            ("355", None),
            ("365", None),
            ("128", None),
            ("000", None),
        ],
    )
    def it_knows_the_activity_that_the_category_implies(
        self, categorie: str, activite: Activite | None
    ) -> None:
        assert seule(ligne(cat=categorie)).sites[0].activite is activite

    def it_gathers_the_activities_in_the_order_of_the_contract(self) -> None:
        entite = seule(ligne(cat="362"), ligne(fi=SITE_2, cat="127"), ligne(fi=SITE_3, cat="362"))
        assert entite.activites == (Activite.HAD, Activite.USLD)


class DescribePortee:
    """Which entities, which sites."""

    def it_leaves_the_sites_of_other_regions_out_and_names_them(self) -> None:
        (trouvees, constats) = entites(
            ligne(), ligne(fi=SITE_2, reg="84"), ligne(fi=SITE_3, reg="84")
        )
        assert [site.finess for site in trouvees[0].sites] == [SITE]
        assert [c.message for c in constats] == [
            f"L’entité {ENTITE} a aussi des sites dans d’autres régions, laissés de côté\u00a0: "
            "2 en Auvergne-Rhône-Alpes."
        ]

    def it_takes_all_the_sites_of_the_region_for_a_departement(self) -> None:
        portee = Portee(frozenset(), frozenset({"99"}))
        lignes = (
            ligne(),
            ligne(fi=SITE_2, dep="98"),
            ligne(fi=SITE_3, fi_ej=AUTRE_ENTITE, dep="98"),
        )
        ((entite,), _) = entites(*lignes, portee=portee)
        assert [site.finess for site in entite.sites] == [SITE, SITE_2]

    def it_knows_the_overseas_departements_by_their_usual_code(self) -> None:
        portee = Portee(frozenset(), frozenset({"974"}))
        ((entite,), _) = entites(ligne(reg="04", dep="9D"), portee=portee)
        assert (entite.organisme, entite.departement) == ("cgss-974", "974")

    def it_orders_the_entities_by_number_whatever_the_table_s_order(self) -> None:
        lignes = (ligne(fi=SITE_2, fi_ej=AUTRE_ENTITE), ligne())
        assert [entite.finess for entite in entites(*lignes)[0]] == [ENTITE, AUTRE_ENTITE]


class DescribeOrganisme:
    """The fund that signs."""

    def it_is_the_fund_of_the_entity_s_departement(self) -> None:
        entite = seule(ligne(dep="98"), ligne(fi=SITE_2, dep="98"), ligne(fi=SITE_3, dep="99"))
        assert entite.organisme == "cpam-99"

    def it_is_the_fund_of_the_main_site_otherwise(self) -> None:
        assert seule(ligne(dep="2A", reg="93")).organisme == "cpam-2a"

    def it_is_the_military_fund_for_the_armies(self) -> None:
        assert seule(ligne(**ARMEES)).organisme == "cnmss"


class DescribeCodes:
    """`import_codes`."""

    def it_names_every_category_that_names_an_activity_or_ranks(self) -> None:
        assert set(codes.ACTIVITES) | set(codes.PRINCIPALES) <= set(codes.CATEGORIES)

    def it_gives_every_status_a_level(self) -> None:
        assert set(codes.NIVEAUX) == set(Statut)

    def it_has_the_eighteen_regions(self) -> None:
        assert len(codes.REGIONS) == 18
