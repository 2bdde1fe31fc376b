"""The import as a whole: a region's dossiers from a table, then from the next one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caqes_docs.application.commencer.dossier import DossierDemande, new_dossier
from caqes_docs.application.commencer.finess import (
    BilanImport,
    DemandeImport,
    EntiteImportee,
    EtatImport,
    import_finess,
)
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.dossiers import check_dossiers
from caqes_docs.core.constats import Gravite
from caqes_docs.core.errors import DonneesError, DroitError, UsageError
from caqes_docs.core.saisie import find_doubt, find_hidden, find_pictogram, is_placeholder
from tests.conftest import RACINE
from tests.outils.partage import examples
from tests.unit.data.finess.essais import (
    ARMEES,
    AUTRE_ENTITE,
    CLINIQUE,
    ENTITE,
    PUBLIC,
    SITE,
    SITE_2,
    SITE_3,
    ligne,
    table,
)
from tests.unit.data.finess.test_table import VRAIE_TABLE

DATE = dt.date(2017, 12, 20)
PACA = DemandeImport(("93",), (), DATE)


def atelier(racine: Path) -> Projet:
    """An empty project on the library of the repository."""
    for nom in ("ars", "organismes", "dossiers"):
        (racine / "contracts_data" / nom).mkdir(parents=True)
    for nom in ("clauses", "templates"):
        (racine / nom).symlink_to(RACINE / nom)
    return Projet(racine)


@pytest.fixture
def vide(tmp_path: Path) -> Projet:
    """An empty project."""
    return atelier(tmp_path / "projet")


def importer(
    projet: Projet, *lignes: Mapping[str, str], demande: DemandeImport = PACA
) -> BilanImport:
    """Import made-up rows."""
    fichier = projet.racine.parent / "table.csv"
    fichier.write_bytes(table(*lignes))
    return import_finess(projet, fichier, demande)


def contenu(projet: Projet) -> dict[str, bytes]:
    """All that the import may have written."""
    racine = projet.racine / "contracts_data"
    return {
        chemin.relative_to(racine).as_posix(): chemin.read_bytes()
        for chemin in sorted(racine.rglob("*"))
        if chemin.is_file()
    }


def dossier(projet: Projet, finess: str = ENTITE) -> Path:
    """The file of a dossier."""
    return projet.racine / "contracts_data" / "dossiers" / f"{finess}.yaml"


class DescribeFirstImport:
    """`import_finess` in an empty project."""

    def it_writes_one_dossier_per_entity_and_its_parties(self, vide: Projet) -> None:
        bilan = importer(
            vide,
            ligne(),
            ligne(fi=SITE_2),
            ligne(**ARMEES, fi=SITE_3, fi_ej=AUTRE_ENTITE, rs="HIA EXEMPLE"),
        )
        assert sorted(contenu(vide)) == [
            f".import/{ENTITE}.json",
            f".import/{AUTRE_ENTITE}.json",
            "ars/ars-93.yaml",
            f"dossiers/{ENTITE}.yaml",
            f"dossiers/{AUTRE_ENTITE}.yaml",
            "organismes/cnmss.yaml",
            "organismes/cpam-99.yaml",
        ]
        assert (bilan.lignes, bilan.retenues) == (3, 3)
        assert bilan.fiches == (
            "contracts_data/ars/ars-93.yaml",
            "contracts_data/organismes/cpam-99.yaml",
            "contracts_data/organismes/cnmss.yaml",
        )
        assert bilan.entites[0] == EntiteImportee(
            ENTITE,
            "CH DE PORTCLAIR",
            f"contracts_data/dossiers/{ENTITE}.yaml",
            EtatImport.CREE,
            2,
        )

    def it_writes_dossiers_that_load_without_an_error(self, vide: Projet) -> None:
        importer(vide, ligne(), ligne(**CLINIQUE, fi=SITE_2, fi_ej=AUTRE_ENTITE))
        depot = vide.depot()
        assert depot.constats == ()
        assert sorted(depot.affaires) == [ENTITE, AUTRE_ENTITE]
        contrat = depot.affaires[ENTITE].dossier.valeur.contrat
        assert contrat.reference == f"CAQES-2018-{ENTITE}"
        assert contrat.signature.date == DATE

    def it_says_what_is_left_to_do(self, vide: Projet) -> None:
        bilan = importer(vide, ligne(), ligne(fi=SITE_2, cat="362"))
        assert [(manque.nombre, manque.libelle) for manque in bilan.manques] == [
            (1, "raison sociale à compléter (dossiers)"),
            (1, "adresse du siège à compléter (dossiers)"),
            (1, "activités à compléter (sites)"),
            (
                1,
                "représentant, mandat, liste en sus, avis médical, montants, indicateurs "
                "(dossiers)",
            ),
        ]
        assert bilan.constats == ()

    def it_says_what_is_left_to_check(self, vide: Projet) -> None:
        bilan = importer(vide, ligne(**CLINIQUE))
        assert [(manque.nombre, manque.libelle) for manque in bilan.manques[:3]] == [
            (1, "raison sociale à vérifier (dossiers)"),
            (1, "adresse du siège à vérifier (dossiers)"),
            (1, "activités à compléter (sites)"),
        ]
        assert [(c.code, str(c.source)) for c in bilan.constats] == [
            ("D-084", f"contracts_data/dossiers/{ENTITE}.yaml:10:3"),
            ("D-084", f"contracts_data/dossiers/{ENTITE}.yaml:21:3"),
        ]

    def it_prints_no_name_that_it_only_proposes(self, vide: Projet) -> None:
        bilan = importer(vide, ligne(), ligne(fi=SITE_2))
        affaire = vide.depot().affaires[ENTITE]
        assert bilan.entites[0].nom == "CH DE PORTCLAIR"
        assert affaire.dossier.valeur.etablissement.raison_sociale is None
        assert affaire.organisme.valeur.nom is None

    def it_writes_no_date_when_none_is_given(self, vide: Projet) -> None:
        importer(vide, ligne(), demande=DemandeImport((), ("99",)))
        contrat = vide.depot().affaires[ENTITE].dossier.valeur.contrat
        assert (contrat.reference, contrat.signature.date) == (f"CAQES-{ENTITE}", None)

    def it_takes_the_agency_that_is_named(self, vide: Projet) -> None:
        importer(vide, ligne(), demande=DemandeImport(("93",), ars="ars-exemple"))
        assert vide.depot().affaires[ENTITE].ars.valeur.id == "ars-exemple"

    def it_never_touches_a_record_that_exists(self, vide: Projet) -> None:
        chemin = vide.racine / "contracts_data" / "organismes" / "cpam-99.yaml"
        chemin.write_bytes(b"id: cpam-99\nsorte: CPAM\nnom: Caisse du port\n")
        bilan = importer(vide, ligne())
        assert chemin.read_bytes() == b"id: cpam-99\nsorte: CPAM\nnom: Caisse du port\n"
        assert bilan.fiches == ("contracts_data/ars/ars-93.yaml",)

    def it_writes_nothing_on_a_trial(self, vide: Projet) -> None:
        bilan = importer(vide, ligne(), demande=DemandeImport(("93",), essai=True))
        assert (bilan.count(EtatImport.CREE), contenu(vide)) == (1, {})

    def it_imports_the_good_rows_and_lists_the_bad_ones(self, vide: Projet) -> None:
        bilan = importer(vide, ligne(), ligne(fi="990000000"), ligne(fi=SITE_2, espic="9"))
        assert bilan.count(EtatImport.CREE) == 1
        erreurs = [c for c in bilan.constats if c.gravite is Gravite.ERREUR]
        assert [(c.code, str(c.source)) for c in erreurs] == [("D-082", "table.csv:3")]

    def it_goes_on_when_one_file_cannot_be_written(self, vide: Projet) -> None:
        dossier(vide).mkdir()
        bilan = importer(vide, ligne(), ligne(fi=SITE_2, fi_ej=AUTRE_ENTITE))
        assert [entite.etat for entite in bilan.entites] == [EtatImport.ECARTE, EtatImport.CREE]

    def it_writes_the_same_bytes_everywhere(self, tmp_path: Path) -> None:
        un, deux = atelier(tmp_path / "a" / "projet"), atelier(tmp_path / "b" / "projet")
        lignes = (ligne(), ligne(fi=SITE_2, fi_ej=AUTRE_ENTITE))
        importer(un, *lignes)
        importer(deux, *reversed(lignes))
        assert contenu(un) == contenu(deux)


class DescribeReimport:
    """`import_finess` again."""

    def it_changes_nothing_for_the_same_table(self, vide: Projet) -> None:
        importer(vide, ligne(), ligne(fi=SITE_2))
        avant = contenu(vide)
        bilan = importer(vide, ligne(), ligne(fi=SITE_2))
        assert contenu(vide) == avant
        assert (bilan.count(EtatImport.INCHANGE), bilan.conflits, bilan.fiches) == (1, 0, ())

    def it_updates_what_nobody_changed_and_keeps_the_rest(self, vide: Projet) -> None:
        importer(vide, ligne())
        texte = (
            dossier(vide)
            .read_text(encoding="utf-8")
            .replace("  mandat:\n", '  mandat: "décret"  # reçu\n')
        )
        dossier(vide).write_text(texte, encoding="utf-8")
        bilan = importer(vide, ligne(nomvoi="NEUVE"))
        assert dossier(vide).read_text(encoding="utf-8") == texte.replace(
            'RUE DU PORT"', 'RUE NEUVE"'
        )
        assert bilan.count(EtatImport.MIS_A_JOUR) == 1

    def it_counts_the_conflicts(self, vide: Projet) -> None:
        importer(vide, ligne(), ligne(fi=SITE_2))
        texte = (
            dossier(vide).read_text(encoding="utf-8").replace('"PORTCLAIR CEDEX"', '"Portclair"', 1)
        )
        dossier(vide).write_text(texte, encoding="utf-8")
        bilan = importer(vide, ligne(libcom="PORTNEUF"), ligne(fi=SITE_2))
        assert (bilan.conflits, bilan.entites[0].conflits) == (1, 1)
        assert dossier(vide).read_text(encoding="utf-8") == texte

    def it_stops_asking_once_the_comment_is_erased(self, vide: Projet) -> None:
        importer(vide, ligne(**CLINIQUE))
        lignes = dossier(vide).read_text(encoding="utf-8").splitlines(keepends=True)
        texte = "".join(rang for rang in lignes if "# À vérifier" not in rang)
        dossier(vide).write_text(texte, encoding="utf-8")
        assert importer(vide, ligne(**CLINIQUE)).constats == ()

    def it_leaves_a_faulty_dossier_alone(self, vide: Projet) -> None:
        importer(vide, ligne())
        dossier(vide).write_text("etablissement: [\n", encoding="utf-8")
        bilan = importer(vide, ligne(nomvoi="NEUVE"))
        assert dossier(vide).read_text(encoding="utf-8") == "etablissement: [\n"
        assert bilan.entites[0].etat is EtatImport.ECARTE
        assert [c.code for c in bilan.constats] == ["D-004"]

    def it_leaves_alone_the_dossier_of_another_region(self, vide: Projet) -> None:
        lignes = (ligne(), ligne(fi=SITE_2, reg="84", dep="98"))
        importer(vide, *lignes)
        avant = contenu(vide)
        bilan = importer(vide, *lignes, demande=DemandeImport(("84",)))
        assert contenu(vide) == avant
        assert bilan.entites[0].etat is EtatImport.ECARTE
        assert {c.code for c in bilan.constats} == {"D-089"}

    def it_names_the_entities_that_are_gone(self, vide: Projet) -> None:
        importer(vide, ligne(), ligne(fi=SITE_2, fi_ej=AUTRE_ENTITE))
        bilan = importer(vide, ligne(fi=SITE_2, fi_ej=AUTRE_ENTITE))
        parties = [(c.code, c.source.fichier) for c in bilan.constats if c.code == "D-088"]
        assert parties == [("D-088", f"contracts_data/dossiers/{ENTITE}.yaml")]

    def it_takes_a_damaged_record_for_none(self, vide: Projet) -> None:
        importer(vide, ligne())
        chemin = vide.racine / "contracts_data" / ".import" / f"{ENTITE}.json"
        chemin.write_bytes(b"{")
        assert importer(vide, ligne()).conflits == 0
        assert json.loads(chemin.read_bytes())["region"] == "93"


class DescribeRefusals:
    """What is asked cannot be done."""

    @pytest.mark.parametrize(
        "demande",
        [
            DemandeImport(),
            DemandeImport(("PACA",)),
            DemandeImport((), ("6",)),
            DemandeImport(("11",)),
            DemandeImport(("93",), ars="../ars"),
            DemandeImport(("93", "94"), ars="ars-93"),
            DemandeImport(("93",), regime="caqes_9"),
        ],
    )
    def it_refuses_before_writing(self, vide: Projet, demande: DemandeImport) -> None:
        with pytest.raises(UsageError) as pris:
            importer(vide, ligne(), demande=demande)
        assert pris.value.code == "U-020"
        assert pris.value.remede
        assert contenu(vide) == {}

    def it_refuses_a_date_outside_the_regime(self, vide: Projet) -> None:
        with pytest.raises(DroitError):
            importer(vide, ligne(), demande=DemandeImport(("93",), (), dt.date(2030, 1, 1)))

    def it_refuses_what_is_no_table(self, vide: Projet) -> None:
        fichier = vide.racine.parent / "photo.csv"
        fichier.write_bytes(b"\x89PNG\r\n\0")
        with pytest.raises(DonneesError):
            import_finess(vide, fichier, PACA)


NOMS = st.text(
    st.characters(
        max_codepoint=0xFFFF,
        exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "So", "Zl", "Zp"),
        exclude_characters="\ufeff\ufffd",
    ),
    min_size=1,
    max_size=12,
).filter(
    lambda nom: (
        nom.strip() not in ("", "~")
        and nom.strip().lower() != "null"
        and not find_hidden(nom)
        and not find_pictogram(nom)
        and not is_placeholder(nom)
        and not find_doubt(nom)
    )
)
LIGNES = st.lists(
    st.builds(
        lambda fi, nom, voie, commune, cat, status: ligne(
            fi=fi, rs=nom, nomvoi=voie, libcom=commune, **{**status, "cat": cat}
        ),
        st.sampled_from([SITE, SITE_2, SITE_3, ENTITE]),
        NOMS,
        NOMS,
        NOMS,
        st.sampled_from(["355", "362", "109"]),
        st.sampled_from([PUBLIC, CLINIQUE, CLINIQUE]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda rang: rang["fi"],
)


def importer_utf8(projet: Projet, lignes: list[dict[str, str]]) -> BilanImport:
    """Import made-up rows of any script."""
    fichier = projet.racine.parent / "table.csv"
    fichier.write_bytes(table(*lignes, encodage="utf-8"))
    return import_finess(projet, fichier, DemandeImport(("93",)))


class DescribeProperties:
    """Whatever the table."""

    @settings(
        max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(LIGNES, LIGNES)
    def it_is_idempotent(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        avant: list[dict[str, str]],
        apres: list[dict[str, str]],
    ) -> None:
        projet = atelier(tmp_path_factory.mktemp("essai") / "projet")
        importer_utf8(projet, avant)
        assert projet.depot().constats == ()
        premier = importer_utf8(projet, apres)
        ecrit = contenu(projet)
        second = importer_utf8(projet, apres)
        assert contenu(projet) == ecrit
        assert (second.count(EtatImport.INCHANGE), second.constats) == (1, premier.constats)
        assert projet.depot().constats == ()

    @settings(
        max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(LIGNES, NOMS, NOMS)
    def it_lets_what_people_wrote_survive(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        apres: list[dict[str, str]],
        mandat: str,
        nom: str,
    ) -> None:
        projet = atelier(tmp_path_factory.mktemp("essai") / "projet")
        importer_utf8(projet, [ligne()])
        ecrit = json.dumps(mandat, ensure_ascii=False)
        texte = dossier(projet).read_text(encoding="utf-8")
        texte = texte.replace("  # mandat:\n", f"  mandat: {ecrit}\n  # {nom}\n")
        texte = texte.replace('      nom: "CH DE PORTCLAIR"', f"      nom: {ecrit}")
        dossier(projet).write_text(texte, encoding="utf-8")
        importer_utf8(projet, apres)
        obtenu = dossier(projet).read_text(encoding="utf-8")
        assert f"\n  mandat: {ecrit}\n  # {nom}\n" in obtenu
        assert f"\n      nom: {ecrit}\n" in obtenu
        lu = projet.depot().affaires[ENTITE].dossier.valeur.etablissement
        assert (lu.mandat or "") == ("" if lu.mandat is None else mandat.strip())


@pytest.mark.skipif(not VRAIE_TABLE.is_file(), reason="la table réelle n’est pas à côté du dépôt")
class DescribeRealRegion:
    """Provence-Alpes-Côte d'Azur, from the real table when it lies beside the repository."""

    def it_drafts_every_dossier(self, vide: Projet) -> None:
        bilan = import_finess(vide, VRAIE_TABLE, PACA)
        assert (bilan.lignes, bilan.retenues, bilan.count(EtatImport.CREE)) == (3975, 357, 249)
        assert not [c for c in bilan.constats if c.gravite is Gravite.ERREUR]
        depot = vide.depot()
        assert (len(depot.affaires), depot.constats) == (249, ())
        avant = contenu(vide)
        assert import_finess(vide, VRAIE_TABLE, PACA).count(EtatImport.INCHANGE) == 249
        assert contenu(vide) == avant


class DescribeSousDossier:
    """A dossier that was put in a folder of its own stays the one of its establishment."""

    def it_is_updated_where_it_is(self, vide: Projet) -> None:
        importer(vide, ligne())
        loin = dossier(vide).parent / "2018" / f"{ENTITE}.yaml"
        loin.parent.mkdir()
        dossier(vide).rename(loin)
        bilan = importer(vide, ligne(), ligne(fi=SITE_2))
        assert [(e.fichier, e.etat) for e in bilan.entites] == [
            (f"contracts_data/dossiers/2018/{ENTITE}.yaml", EtatImport.MIS_A_JOUR)
        ]
        assert SITE_2 in loin.read_text(encoding="utf-8")
        assert not dossier(vide).exists()
        assert check_dossiers(vide).dossiers == 1

    def and_is_not_begun_again(self, vide: Projet) -> None:
        importer(vide, ligne())
        loin = dossier(vide).parent / "2018" / f"{ENTITE}.yaml"
        loin.parent.mkdir()
        dossier(vide).rename(loin)
        with pytest.raises(UsageError) as faute:
            new_dossier(vide, DossierDemande(ENTITE))
        assert (faute.value.code, str(loin) in faute.value.message) == ("U-012", True)
