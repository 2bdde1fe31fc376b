"""Drafts of records: they are valid, they say what they hold, hostile names pass untouched."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal, SorteOrganisme
from caqes_docs.data.finess import codes
from caqes_docs.data.finess.fiches import render_ars, render_organisme
from caqes_docs.data.finess.modeles import EntiteFiness
from caqes_docs.data.finess.squelette import PROPOSITION, EnTeteContrat, render_dossier
from caqes_docs.data.lecture.ecriture import quote
from caqes_docs.data.lecture.yaml_strict import FichierYaml, parse_yaml
from tests.unit.data.finess.essais import CLINIQUE, ENTITE, PUBLIC, SITE, SITE_2, ligne
from tests.unit.data.finess.test_entites import seule

M = TypeVar("M", bound=BaseModel)
CONTRAT = EnTeteContrat(f"CAQES-2018-{ENTITE}", "caqes_1", "ars-93", dt.date(2017, 12, 20))
NOM_HOSTILE = 'CLINIQUE "L\'ÉTOILE" : * & <SUD> # 1 {{ x }} \\ %'


def fichier(texte: str) -> FichierYaml:
    """The text read strictly: no finding is allowed."""
    lu, constats = parse_yaml(texte.encode(), "essai.yaml")
    assert constats == []
    assert lu is not None
    return lu


def lire(texte: str, modele: type[M]) -> M:
    """The record held by the text."""
    return modele.model_validate(fichier(texte).donnees)


def dossier(entite: EntiteFiness) -> Dossier:
    """The draft of an entity, read again."""
    return lire(render_dossier(entite, CONTRAT, "table.csv"), Dossier)


class DescribeRenderDossier:
    """`render_dossier`."""

    def it_writes_what_the_table_says(self) -> None:
        propre = ligne(fi=ENTITE, rs="CH DE PORTCLAIR", sir="999000037", cat="699")
        lu = dossier(seule(propre, ligne(), ligne(fi=SITE_2, cat="362", rscom="LES GENETS")))
        assert lu.etablissement.raison_sociale == "CH DE PORTCLAIR"
        assert lu.etablissement.adresse is not None
        assert lu.etablissement.finess == ENTITE
        assert lu.etablissement.statut == "public"
        assert [(site.finess, site.activites) for site in lu.etablissement.sites] == [
            (SITE, ()),
            (SITE_2, ("USLD",)),
        ]
        assert lu.contrat.reference == f"CAQES-2018-{ENTITE}"
        assert (lu.contrat.ars, lu.contrat.organisme) == ("ars-93", "cpam-99")
        assert lu.contrat.signature.date == dt.date(2017, 12, 20)
        assert lu.contrat.plan_actions is not None
        assert lu.contrat.plan_actions.types == ("usld",)

    def it_invents_nothing(self) -> None:
        lu = dossier(seule(ligne(), ligne(fi=SITE_2))).etablissement
        assert (lu.raison_sociale, lu.adresse) == (None, None)
        vides = (lu.liste_en_sus, lu.mandat, lu.avis_medical, lu.cdu_associee, lu.cpom)
        assert vides == (None,) * 5
        assert lu.representant is not None
        assert set(lu.representant.model_dump().values()) == {None}

    def it_shows_the_line_of_what_is_missing(self) -> None:
        lu = fichier(render_dossier(seule(ligne()), CONTRAT, "table.csv"))
        lignes = lu.contenu.decode().splitlines()
        for chemin in (
            ("etablissement", "raison_sociale"),
            ("etablissement", "adresse"),
            ("etablissement", "liste_en_sus"),
            ("etablissement", "representant", "nom"),
            ("etablissement", "avis_medical"),
            ("contrat", "choix", "forme_recours"),
        ):
            assert lignes[lu.source(chemin).ligne - 1].strip() == f"{chemin[-1]}:"

    def it_marks_what_is_to_be_checked_right_above_it(self) -> None:
        lignes = render_dossier(seule(ligne(**CLINIQUE)), CONTRAT, "table.csv").splitlines()
        rang = lignes.index('  raison_sociale: "CH DE PORTCLAIR"')
        assert lignes[rang - 1].startswith("  # À vérifier\u00a0: nom du seul site")

    def it_shows_a_proposal_right_above_the_empty_key(self) -> None:
        lignes = render_dossier(seule(ligne()), CONTRAT, "table.csv").splitlines()
        assert lignes[lignes.index("  raison_sociale:") - 1] == (
            f"  # La table ne nomme que les sites. Nom du seul site, {SITE}\u00a0: "
            "«\u00a0CH DE PORTCLAIR\u00a0»."
        )
        assert lignes[lignes.index("  adresse:") - 1] == (
            f"  # La table ne situe que les sites. Adresse du seul site, {SITE}\u00a0: "
            "«\u00a01 RUE DU PORT, BP 9, 99000 PORTCLAIR CEDEX\u00a0»."
        )

    def it_says_among_how_many_sites_a_name_was_chosen(self) -> None:
        lignes = render_dossier(seule(ligne(), ligne(fi=SITE_2)), CONTRAT, "t").splitlines()
        assert lignes[lignes.index("  raison_sociale:") - 1] == (
            f"  # La table ne nomme que les sites. Nom du site {SITE}, pris parmi 2\u00a0: "
            "«\u00a0CH DE PORTCLAIR\u00a0»."
        )
        assert "La table ne situe" not in "\n".join(lignes)

    @pytest.mark.parametrize(("status", "nom"), [(CLINIQUE, NOM_HOSTILE), (PUBLIC, None)])
    def it_keeps_a_hostile_name(self, status: dict[str, str], nom: str | None) -> None:
        entite = seule(ligne(**status, rs=NOM_HOSTILE, rscom="# : 'x'", nomvoi=NOM_HOSTILE))
        lu = dossier(entite)
        assert lu.etablissement.raison_sociale == nom
        assert lu.etablissement.sites[0].nom == NOM_HOSTILE
        for cle in entite.propositions:
            rangs = render_dossier(entite, CONTRAT, "t").splitlines()
            assert PROPOSITION.fullmatch(rangs[rangs.index(f"  {cle}:") - 1].strip())

    def it_allows_an_entity_without_sites(self) -> None:
        lu = dossier(seule(ligne(fi=ENTITE, sir="999000037", cat="699")))
        assert lu.etablissement.sites == ()

    def it_writes_the_same_bytes_twice(self) -> None:
        assert render_dossier(seule(ligne()), CONTRAT, "t") == render_dossier(
            seule(ligne()), CONTRAT, "t"
        )


class DescribeRenderParties:
    """`render_ars` and `render_organisme`."""

    @pytest.mark.parametrize("region", codes.REGIONS)
    def it_names_the_agency_of_the_region(self, region: str) -> None:
        ars = lire(render_ars(f"ars-{region}", region, "table.csv"), Ars)
        assert (ars.id, ars.region) == (f"ars-{region}", codes.REGIONS[region])
        assert ars.nom == f"Agence régionale de santé {codes.REGIONS[region]}"
        assert (ars.adresse, ars.delegation, ars.taux_cibles) == (None, None, ())

    @pytest.mark.parametrize(
        "sorte", [sorte for sorte in codes.NOMS_ORGANISMES if sorte is not SorteOrganisme.CNMSS]
    )
    def it_leaves_the_name_of_a_local_fund_to_fill_in(self, sorte: SorteOrganisme) -> None:
        texte = render_organisme("caisse", sorte, "06", "table.csv")
        organisme = lire(texte, OrganismeLocal)
        assert (organisme.sorte, organisme.nom) == (sorte, None)

    def it_proposes_the_form_of_that_name(self) -> None:
        texte = render_organisme("cpam-06", SorteOrganisme.CPAM, "06", "table.csv")
        lignes = texte.splitlines()
        assert (
            "«\u00a0Caisse primaire d’assurance maladie de …\u00a0» (département 06)"
            in (lignes[lignes.index("nom:") - 1])
        )

    def it_names_the_military_fund(self) -> None:
        texte = render_organisme("cnmss", SorteOrganisme.CNMSS, "13", "table.csv")
        assert lire(texte, OrganismeLocal).nom == "Caisse nationale militaire de sécurité sociale"


class DescribeQuote:
    """`quote`."""

    @given(
        st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp")), min_size=1)
    )
    def it_comes_back_as_it_went(self, texte: str) -> None:
        lu, constats = parse_yaml(f"nom: {quote(texte)}\n".encode(), "essai.yaml")
        if constats or lu is None or not isinstance(lu.donnees, dict):
            assert "\ufeff" in texte
        else:
            assert lu.donnees["nom"] in (texte, None)
