"""Tests of `application.avenants.nouveau`: an avenant begun, then derived from an edited copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.application.avenants.nouveau import derive_avenant, new_avenant
from caqes_docs.application.projet import Projet, find_projet
from caqes_docs.application.verifier.dossiers import check_dossiers
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.avenant.ecarts import EcartDeDonnees, same
from caqes_docs.data.avenant.ecriture import render_copy, write_modifications
from caqes_docs.data.avenant.modele import CasAvenant, Modification
from caqes_docs.data.lecture.yaml_strict import Donnee, parse_yaml
from caqes_docs.interfaces.cli.commandes.avenants.ouvrir import _CAS
from caqes_docs.interfaces.cli.main import run
from caqes_docs.law.avenant.chaine import state_after
from tests.mauvais.cas import BASE, Cas

NOM = "990000010"
A_LA_MAIN = """dossier: "990000010"
numero: 1
cas: objectifs
modifications:
  # la cible de 2019
  - cle: contrat.indicateurs.NAT-1.cibles.2019
    apres: 3 %
  - cle: contrat.plan_actions.adapter.MCO-01.pilote
    avant: Pharmacien gérant
    apres: Pharmacienne
# Signature prévue.
signature: {date: 2018-10-08}
"""


@pytest.fixture
def projet(tmp_path: Path) -> Projet:
    """A project of one contract."""
    Cas(BASE, ()).build(tmp_path / "projet")
    return find_projet(tmp_path / "projet")


def _edit(copie: Path, *couples: tuple[str, str]) -> None:
    texte = copie.read_text(encoding="utf-8")
    for avant, apres in couples:
        assert avant in texte
        texte = texte.replace(avant, apres)
    copie.write_text(texte, encoding="utf-8")


def _modifications(projet: Projet) -> list[Modification]:
    """Those of the first avenant: their order does not count."""
    avenant = projet.depot().affaires[NOM].avenants[1].valeur
    return sorted(avenant.modifications, key=lambda modification: modification.cle)


EDITION = (
    ('cibles: {2018: "4 %"}', 'cibles: {2018: "4 %", 2019: "3 %"}'),
    ("Pharmacien gérant", "Pharmacienne"),
)


class DescribeNouvelAvenant:
    """`new_avenant`, then `derive_avenant`."""

    def it_begins_a_file_that_awaits_its_content(self, projet: Projet) -> None:
        ouvert = new_avenant(projet, NOM, CasAvenant.OBJECTIFS)
        assert (ouvert.numero, ouvert.avenant.name) == (1, f"{NOM}-1.yaml")
        constats = check_dossiers(projet, [NOM]).constats
        siens = [c for c in constats if "avenants/" in c.source.fichier]
        assert [(c.code, c.gravite.value) for c in siens] == [("V-307", "à compléter")]
        assert ouvert.copie is not None
        copie, _ = parse_yaml(ouvert.copie.read_bytes(), "copie")
        dossier = projet.depot().affaires[NOM].dossier.fichier
        assert copie is not None
        assert copie.donnees == dossier.donnees

    def it_derives_what_a_hand_would_have_written(self, projet: Projet) -> None:
        ouvert = new_avenant(projet, NOM, CasAvenant.OBJECTIFS)
        assert ouvert.copie is not None
        _edit(ouvert.copie, *EDITION)
        derive_avenant(projet, NOM, 1)
        derivees = _modifications(projet)
        ouvert.avenant.write_text(A_LA_MAIN, encoding="utf-8")
        assert derivees == _modifications(projet)

    def and_a_copy_may_come_from_anywhere(self, projet: Projet, tmp_path: Path) -> None:
        source = projet.racine / "contracts_data" / "dossiers" / f"{NOM}.yaml"
        copie = tmp_path / "copie.yaml"
        copie.write_bytes(source.read_bytes())
        _edit(copie, *EDITION)
        ouvert = new_avenant(projet, NOM, CasAvenant.OBJECTIFS, copie)
        assert [ecart.cle for ecart in ouvert.ecarts] == [
            "contrat.plan_actions.adapter.MCO-01.pilote",
            "contrat.indicateurs.NAT-1.cibles.2019",
        ]
        affaire = state_after(projet.depot().affaires[NOM], 1)
        assert affaire.dossier.valeur.contrat.indicateurs["NAT-1"].cibles[2019] == "3 %"

    def it_starts_from_the_avenants_that_are_signed(self, projet: Projet) -> None:
        new_avenant(projet, NOM, CasAvenant.OBJECTIFS).avenant.write_text(
            A_LA_MAIN, encoding="utf-8"
        )
        ouvert = new_avenant(projet, NOM, CasAvenant.OBJECTIFS)
        assert ouvert.numero == 2
        assert ouvert.copie is not None
        copie, _ = parse_yaml(ouvert.copie.read_bytes(), "copie")
        assert copie is not None
        etat = state_after(projet.depot().affaires[NOM], 1).dossier.fichier.donnees
        assert same(copie.donnees, etat)

    def but_a_signed_one_is_not_written_over(self, projet: Projet) -> None:
        new_avenant(projet, NOM, CasAvenant.OBJECTIFS).avenant.write_text(
            A_LA_MAIN, encoding="utf-8"
        )
        with pytest.raises(DonneesError, match="est signé"):
            derive_avenant(projet, NOM, 1)

    def and_a_copy_that_says_the_same_changes_nothing(self, projet: Projet) -> None:
        new_avenant(projet, NOM, CasAvenant.OBJECTIFS)
        with pytest.raises(DonneesError, match="rien à modifier"):
            derive_avenant(projet, NOM, 1)


class DescribeCommande:
    """`caqes avenant`."""

    def it_offers_each_case(self) -> None:
        assert set(_CAS) == {cas.value for cas in CasAvenant}

    def it_says_what_to_do_next(
        self, projet: Projet, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(projet.racine)
        assert run(["avenant", "nouveau", NOM, "--cas", "objectifs"]) == 0
        assert f"caqes avenant deriver {NOM} --numero 1" in capsys.readouterr().err
        _edit(projet.racine / "contracts_data" / "copies" / f"{NOM}-1.yaml", *EDITION)
        assert run(["avenant", "deriver", NOM, "--numero", "1"]) == 0
        capture = capsys.readouterr()
        assert "contrat.indicateurs.NAT-1.cibles.2019" in capture.out.splitlines()
        assert capture.err.startswith("2 modifications écrites")


class DescribeWriteModifications:
    """`write_modifications`."""

    def it_keeps_the_comments_and_what_stands_around(self) -> None:
        ecarts = [
            EcartDeDonnees(("contrat", "indicateurs", "NAT-1", "cibles", "2019"), None, "2 %")
        ]
        assert write_modifications(A_LA_MAIN, ecarts) == (
            'dossier: "990000010"\nnumero: 1\ncas: objectifs\nmodifications:\n'
            "  # la cible de 2019\n"
            "  - cle: contrat.indicateurs.NAT-1.cibles.2019\n"
            "    apres: 2 %\n"
            "# Signature prévue.\nsignature: {date: 2018-10-08}\n"
        )


class DescribeRenderCopy:
    """`render_copy`."""

    DOSSIER = (
        b"# tete\netablissement:\n  # les sites\n  sites:\n    - {finess: '1', nom: A}\n"
        b"    - finess: '2'\n      nom: B\ncontrat:\n  choix: {forme_recours: x}\n"
    )

    def it_keeps_the_comments(self) -> None:
        voulu: Donnee = {
            "etablissement": {"sites": [{"finess": "1", "nom": "A"}, {"finess": "2", "nom": "C"}]},
            "contrat": {"choix": {"forme_recours": "x", "annee_sans_cible": "y"}},
        }
        copie = render_copy(self.DOSSIER, voulu)
        fichier, _ = parse_yaml(copie, "copie")
        assert fichier is not None
        assert fichier.donnees == voulu
        assert b"# les sites" in copie

    def but_says_the_same_when_the_layout_defeats_it(self) -> None:
        voulu: Donnee = {"etablissement": {"sites": [{"finess": "2", "nom": "B"}]}}
        fichier, _ = parse_yaml(render_copy(self.DOSSIER, voulu), "copie")
        assert fichier is not None
        assert fichier.donnees == voulu
