"""A new table over a dossier that people have worked on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from caqes_docs.data.finess.fusion import (
    Fusion,
    Memoire,
    build_memoire,
    find_a_verifier,
    merge_dossier,
    parse_memoire,
)
from caqes_docs.data.finess.modeles import EntiteFiness
from caqes_docs.data.finess.squelette import EnTeteContrat, render_dossier
from caqes_docs.data.lecture.yaml_strict import parse_yaml
from tests.unit.data.finess.essais import (
    CLINIQUE,
    ENTITE,
    SANS_ADRESSE,
    SITE,
    SITE_2,
    SITE_3,
    ligne,
)
from tests.unit.data.finess.test_entites import seule

CONTRAT = EnTeteContrat(f"CAQES-{ENTITE}", "caqes_1", "ars-93", None)
DATE = dt.date(2017, 12, 20)
TOUS = frozenset({SITE, SITE_2, SITE_3})
PROPRE = ligne(fi=ENTITE, rs="CENTRE DU PORT", sir="999000037", cat="699")
SEAT = (
    '  # Adresse du siège\u00a0; dessous, en retrait\u00a0: lignes: ["…"], code_postal: "…" et '
    'commune: "…".\n'
)
SEUL, DEUX = ligne(), ligne(fi=SITE_2, rs="HOPITAL DES GENETS", cat="109")


def ecrit(entite: EntiteFiness) -> str:
    """The draft of an entity."""
    return render_dossier(entite, CONTRAT, "table.csv")


def refondre(
    texte: str,
    base: Memoire | None,
    *lignes: Mapping[str, str],
    date: dt.date | None = None,
    presents: frozenset[str] = TOUS,
) -> Fusion:
    """Lay a table over a dossier."""
    fichier, constats = parse_yaml(texte.encode(), "dossier.yaml")
    assert constats == []
    assert fichier is not None
    return merge_dossier(fichier, base, seule(*lignes), date, presents)


def importe(*lignes: Mapping[str, str]) -> tuple[str, Memoire]:
    """A dossier as the import leaves it, with its record."""
    entite = seule(*lignes)
    return ecrit(entite), build_memoire(entite, None)


def remplir(texte: str) -> str:
    """A draft whose name and seat somebody filled in."""
    return texte.replace(
        "  raison_sociale:\n", '  raison_sociale: "Centre hospitalier de Portclair"\n'
    ).replace(
        "  adresse:\n\n",
        '  adresse:\n    lignes: ["Le Port"]\n    code_postal: "99009"\n    commune: Portclair\n\n',
        1,
    )


def ancien(*lignes: Mapping[str, str]) -> tuple[str, Memoire]:
    """A dossier as a former version left it, when a site lent its name."""
    texte, base = importe(*lignes)
    (note,) = (rang for rang in texte.splitlines() if "La table ne nomme" in rang)
    nom = "CH DE PORTCLAIR"
    texte = texte.replace(note, "  # À vérifier\u00a0: nom du site, pris parmi 2.").replace(
        "  raison_sociale:\n", f'  raison_sociale: "{nom}"\n'
    )
    return texte, replace(base, faits={**base.faits, "etablissement.raison_sociale": nom})


class DescribeUntouchedDossier:
    """Nobody has changed it."""

    def it_changes_nothing_for_the_same_table(self) -> None:
        texte, base = importe(SEUL, DEUX)
        fusion = refondre(texte, base, SEUL, DEUX)
        assert fusion.contenu == texte.encode()
        assert (fusion.conflits, fusion.avis) == ((), ())
        assert fusion.memoire == base

    def it_becomes_what_a_new_import_would_write(self) -> None:
        texte, base = importe(SEUL, DEUX)
        nouvelles = (
            ligne(rs='CH "NEUF" : # 1', nomvoi="NEUVE", bp="", cpo="99001"),
            ligne(fi=SITE_2, rs="HOPITAL DES PINS", cat="109", sir=""),
        )
        fusion = refondre(texte, base, *nouvelles)
        attendu = ecrit(seule(*nouvelles)).replace(
            "      siret:\n", '      siret: "99900003700013"\n'
        )
        proposition = "parmi 2\u00a0: «\u00a0{}\u00a0»".format
        attendu = attendu.replace(proposition('CH "NEUF" : # 1'), proposition("CH DE PORTCLAIR"))
        assert fusion.contenu.decode() == attendu
        assert fusion.conflits == ()

    def it_keeps_what_the_table_no_longer_says(self) -> None:
        texte, base = importe(SEUL)
        assert refondre(texte, base, ligne(sir="", cpo="")).contenu == texte.encode()

    def it_fills_a_siret_an_address_and_a_date_that_were_empty(self) -> None:
        texte, base = importe(ligne(**SANS_ADRESSE, sir=""), DEUX)
        fusion = refondre(texte, base, SEUL, DEUX, date=DATE)
        attendu = ecrit(seule(SEUL, DEUX)).replace("    date:\n", "    date: 2017-12-20\n")
        assert fusion.contenu.decode() == attendu

    def it_appends_a_new_site(self) -> None:
        texte, base = importe(SEUL, DEUX)
        nouveau = ligne(fi=SITE_3, rs="HAD DU PORT", cat="127")
        fusion = refondre(texte, base, SEUL, DEUX, nouveau)
        assert fusion.contenu.decode() == ecrit(seule(SEUL, DEUX, nouveau)).replace(
            "parmi 3", "parmi 2"
        ).replace("types: [had, ssr]", "types: [ssr]")
        assert set(fusion.memoire.sites) == TOUS

    def it_writes_the_first_site_in_an_empty_list(self) -> None:
        propre = ligne(fi=ENTITE, sir="999000037", cat="699")
        texte, base = importe(propre)
        fusion = refondre(texte, base, propre, SEUL, DEUX)
        debut, fin = "  sites:\n", "\n  # Qui signe"
        attendu = ecrit(seule(propre, SEUL, DEUX))
        obtenu = fusion.contenu.decode()
        assert (
            obtenu[obtenu.index(debut) : obtenu.index(fin)]
            == (attendu[attendu.index(debut) : attendu.index(fin)])
        )

    def it_names_a_closed_site_and_keeps_it(self) -> None:
        texte, base = importe(SEUL, ligne(fi=SITE_2))
        fusion = refondre(texte, base, SEUL, presents=frozenset({SITE}))
        assert fusion.contenu == texte.encode()
        assert [(c.code, c.message) for c in fusion.avis] == [
            ("D-088", f"Le site {SITE_2} n’est plus dans la table.")
        ]

    def it_names_a_site_that_went_elsewhere(self) -> None:
        texte, base = importe(SEUL, DEUX)
        assert [c.message for c in refondre(texte, base, SEUL).avis] == [
            f"Le site {SITE_2} n’est plus rattaché à cette entité dans la table."
        ]


class DescribeProposals:
    """A name and an address left empty, with a proposal above them."""

    @pytest.mark.parametrize("autres", [(), (DEUX,)])
    def it_fills_them_once_the_table_has_the_entity_s_own_row(
        self, autres: tuple[Mapping[str, str], ...]
    ) -> None:
        texte, base = importe(SEUL, *autres)
        fusion = refondre(texte, base, PROPRE, SEUL, *autres)
        assert fusion.contenu.decode() == ecrit(seule(PROPRE, SEUL, *autres)).replace(
            "  adresse:\n    lignes", f"{SEAT}  adresse:\n    lignes", 1
        )
        assert fusion.conflits == ()
        assert fusion.memoire.faits["etablissement.raison_sociale"] == "CENTRE DU PORT"

    def it_keeps_what_somebody_wrote_there(self) -> None:
        texte, base = importe(SEUL)
        rempli = remplir(texte)
        assert rempli != texte
        for neuve in (SEUL, ligne(rs="CH NEUF", nomvoi="NEUVE")):
            fusion = refondre(rempli, base, neuve)
            obtenu = fusion.contenu.decode()
            assert obtenu[: obtenu.index("  sites:")] == rempli[: rempli.index("  sites:")]
            assert fusion.conflits == ()

    def but_an_own_row_that_says_otherwise_is_a_conflict(self) -> None:
        texte, base = importe(SEUL)
        rempli = remplir(texte)
        fusion = refondre(rempli, base, PROPRE, SEUL)
        assert fusion.contenu == rempli.encode()
        assert [c.message.split()[1] for c in fusion.conflits] == [
            "raison_sociale",
            "lignes",
            "code_postal",
            "commune",
        ]
        seconde = refondre(rempli, fusion.memoire, PROPRE, SEUL)
        assert (seconde.conflits, seconde.memoire) == (fusion.conflits, fusion.memoire)

    def and_one_that_says_the_same_is_none(self) -> None:
        texte, base = importe(SEUL, DEUX)
        rempli = texte.replace("  raison_sociale:\n", '  raison_sociale: "CENTRE DU PORT" # lu\n')
        fusion = refondre(rempli, base, PROPRE, SEUL, DEUX)
        assert fusion.conflits == ()
        assert '  raison_sociale: "CENTRE DU PORT" # lu\n' in fusion.contenu.decode()

    @pytest.mark.parametrize("absent", ["~", "à compléter"])
    def it_fills_a_key_that_says_missing_in_other_words(self, absent: str) -> None:
        texte, base = importe(SEUL, DEUX)
        marque = texte.replace("  raison_sociale:\n", f"  raison_sociale: {absent}\n")
        fusion = refondre(marque, base, PROPRE, SEUL, DEUX)
        assert '  raison_sociale: "CENTRE DU PORT"\n' in fusion.contenu.decode()

    def it_never_fills_them_with_a_doubtful_value(self) -> None:
        un, deux = ligne(**CLINIQUE), ligne(**CLINIQUE, fi=SITE_2)
        texte, base = importe(un, deux)
        fusion = refondre(texte, base, un)
        assert (fusion.contenu, fusion.conflits) == (texte.encode(), ())

    def it_keeps_a_comment_that_somebody_reworded(self) -> None:
        texte, base = importe(SEUL, DEUX)
        note = texte.replace(
            "# La table ne nomme que", "# Vu le 3 mai\u00a0: la table ne nomme que"
        )
        fusion = refondre(note, base, PROPRE, SEUL, DEUX)
        assert "  # Vu le 3 mai" in fusion.contenu.decode()
        assert '  raison_sociale: "CENTRE DU PORT"\n' in fusion.contenu.decode()

    def it_takes_the_proposal_away_with_its_windows_line_end(self) -> None:
        texte, base = importe(SEUL, DEUX)
        windows = "\ufeff" + texte.replace("\n", "\r\n")
        obtenu = refondre(windows, base, PROPRE, SEUL, DEUX).contenu.decode()
        assert "La table ne nomme" not in obtenu
        assert "\n" not in obtenu.replace("\r\n", "")


class DescribeFormerImport:
    """A dossier and a record from when a site lent its name and its address."""

    def it_changes_nothing_for_the_same_table(self) -> None:
        texte, base = ancien(SEUL, DEUX)
        fusion = refondre(texte, base, SEUL, DEUX)
        assert (fusion.contenu, fusion.conflits) == (texte.encode(), ())
        assert fusion.memoire == base

    def it_follows_the_entity_s_own_row(self) -> None:
        texte, base = ancien(SEUL, DEUX)
        fusion = refondre(texte, base, PROPRE, SEUL, DEUX)
        assert '  raison_sociale: "CENTRE DU PORT"\n' in fusion.contenu.decode()
        assert fusion.conflits == ()

    def it_does_not_put_back_a_lent_name_that_somebody_erased(self) -> None:
        texte, base = ancien(SEUL, DEUX)
        vide = texte.replace('  raison_sociale: "CH DE PORTCLAIR"\n', "  raison_sociale:\n")
        fusion = refondre(vide, base, SEUL, DEUX)
        assert (fusion.contenu, fusion.conflits) == (vide.encode(), ())
        fichier, _ = parse_yaml(vide.encode(), "dossier.yaml")
        assert fichier is not None
        assert list(find_a_verifier(fichier)) == []


class DescribeEditedDossier:
    """People have worked on it."""

    def it_keeps_every_line_that_the_table_does_not_touch(self) -> None:
        texte, base = importe(SEUL, DEUX)
        travaille = (
            texte.replace("  liste_en_sus:\n", "  liste_en_sus: oui   # vu avec la PUI\n")
            .replace("    nom:\n", "    nom: 'd’Estrayat'\n")
            .replace("      activites: []\n", "      activites:  [ MCO, SSR ]\n")
            .replace("  indicateurs: {}\n", "  indicateurs:\n    # à suivre\n    REG-03: {}\n")
        ).replace("liste_en_sus: oui   # vu avec la PUI", 'liste_en_sus: "oui"   # vu avec la PUI')
        fusion = refondre(travaille, base, ligne(nomvoi="NEUVE"), DEUX)
        assert fusion.contenu.decode() == travaille.replace("RUE DU PORT", "RUE NEUVE", 1)
        assert fusion.conflits == ()

    def it_keeps_a_name_that_somebody_corrected(self) -> None:
        texte, base = importe(SEUL)
        corrige = texte.replace('nom: "CH DE PORTCLAIR"', 'nom: "Centre hospitalier de Portclair"')
        fusion = refondre(corrige, base, SEUL)
        assert (fusion.contenu, fusion.conflits) == (corrige.encode(), ())

    def it_lists_a_conflict_until_both_agree(self) -> None:
        texte, base = importe(SEUL)
        corrige = texte.replace('commune: "PORTCLAIR CEDEX"', 'commune: "Portclair"')
        neuve = ligne(libcom="PORTNEUF")
        premiere = refondre(corrige, base, neuve)
        assert premiere.contenu == corrige.encode()
        assert [c.message for c in premiere.conflits] == [
            "«\u00a0commune\u00a0» diffère\u00a0: la table donne «\u00a0PORTNEUF\u00a0», le "
            "dossier «\u00a0Portclair\u00a0».",
        ]
        seconde = refondre(corrige, premiere.memoire, neuve)
        assert (seconde.conflits, seconde.memoire) == (premiere.conflits, premiere.memoire)
        accord = corrige.replace('"Portclair"', '"PORTNEUF"')
        troisieme = refondre(accord, seconde.memoire, neuve)
        assert troisieme.conflits == ()
        assert troisieme.memoire.sites[SITE]["adresse.commune"] == "PORTNEUF"

    def it_does_not_put_back_what_somebody_erased(self) -> None:
        texte, base = importe(SEUL, DEUX)
        efface = texte.replace('      siret: "99900003700013"\n', "", 1)
        rang = efface.index(f'    - finess: "{SITE_2}"')
        efface = efface[:rang].rstrip() + "\n\n" + efface[efface.index("  # Qui signe") :]
        fusion = refondre(efface, base, SEUL, DEUX)
        assert (fusion.contenu, fusion.conflits) == (efface.encode(), ())

    def it_does_not_change_a_value_once_checked(self) -> None:
        texte, base = importe(ligne(**CLINIQUE))
        lignes = texte.splitlines(keepends=True)
        verifie = "".join(rang for rang in lignes if "À vérifier\u00a0: nom" not in rang)
        fusion = refondre(verifie, base, ligne(**CLINIQUE, rs="CLINIQUE NEUVE"))
        assert [c.message for c in fusion.conflits] == [
            "«\u00a0raison_sociale\u00a0» diffère\u00a0: la table donne «\u00a0CLINIQUE "
            "NEUVE\u00a0», "
            "le dossier «\u00a0CH DE PORTCLAIR\u00a0»."
        ]
        assert '  raison_sociale: "CH DE PORTCLAIR"\n' in fusion.contenu.decode()
        assert '      nom: "CLINIQUE NEUVE"\n' in fusion.contenu.decode()

    def it_follows_a_site_whose_place_and_spelling_changed(self) -> None:
        texte, base = importe(SEUL)
        espace = texte.replace(
            f'- finess: "{SITE}"', f'- finess: "{SITE[:3]} {SITE[3:6]} {SITE[6:]}"'
        )
        fusion = refondre(espace, base, ligne(rs="CH NEUF"))
        assert '      nom: "CH NEUF"\n' in fusion.contenu.decode()

    @pytest.mark.parametrize("debut", ["", "\ufeff"])
    def it_keeps_windows_line_ends_and_the_byte_order_mark(self, debut: str) -> None:
        texte, base = importe(SEUL)
        windows = debut + texte.replace("\n", "\r\n")
        fusion = refondre(windows, base, SEUL, DEUX)
        obtenu = fusion.contenu.decode()
        assert obtenu.startswith(debut + "# yaml-language-server")
        assert "\n" not in obtenu.replace("\r\n", "")
        assert f'finess: "{SITE_2}"' in obtenu

    def it_rewrites_a_list_that_somebody_laid_out_on_lines(self) -> None:
        texte, base = importe(SEUL, DEUX)
        flux = 'lignes: ["1 RUE DU PORT", "BP 9"]\n'
        bloc = 'lignes:\n          - "1 RUE DU PORT"\n          - BP 9\n'
        etale = texte.replace(flux, bloc, 1)
        fusion = refondre(etale, base, ligne(bp=""), DEUX)
        attendu = texte.replace(flux, 'lignes:\n          ["1 RUE DU PORT"]\n', 1)
        assert fusion.contenu.decode() == attendu

    def but_it_never_erases_a_comment(self) -> None:
        texte, base = importe(SEUL, DEUX)
        flux = 'lignes: ["1 RUE DU PORT", "BP 9"]\n'
        bloc = (
            'lignes:\n          - "1 RUE DU PORT"\n          # entrée côté mer\n          - BP 9\n'
        )
        etale = texte.replace(flux, bloc, 1)
        fusion = refondre(etale, base, ligne(bp=""), DEUX)
        assert fusion.contenu == etale.encode()
        assert [c.code for c in fusion.conflits] == ["D-087"]

    def it_proposes_a_site_when_the_list_is_on_one_line(self) -> None:
        texte, base = importe(SEUL)
        debut = texte.index("  sites:")
        fin = texte.index("\n  # Qui signe")
        compact = (
            f'{texte[:debut]}  sites: [{{finess: "{SITE}", nom: "CH DE PORTCLAIR"}}]\n{texte[fin:]}'
        )
        fusion = refondre(compact, base, SEUL, DEUX)
        assert fusion.contenu == compact.encode()
        assert fusion.conflits[-1].message == (
            f"Le site {SITE_2} «\u00a0HOPITAL DES GENETS\u00a0» est dans la table, non dans le "
            "dossier."
        )


class DescribeDossierOfUnknownOrigin:
    """No record of an import: it was written by hand, or the record is lost."""

    def it_fills_what_is_empty_and_lists_the_rest(self) -> None:
        texte, _ = importe(SEUL)
        main = texte.replace('      siret: "99900003700013"\n', "      siret:\n").replace(
            'nom: "CH DE PORTCLAIR"', 'nom: "Hôpital"'
        )
        fusion = refondre(main, None, SEUL, DEUX)
        assert fusion.contenu.decode() == main.replace(
            "      siret:\n", '      siret: "99900003700013"\n'
        )
        assert len(fusion.conflits) == 2
        seconde = refondre(fusion.contenu.decode(), fusion.memoire, SEUL, DEUX)
        assert seconde.contenu == fusion.contenu
        assert seconde.conflits == fusion.conflits

    def it_agrees_with_a_draft_whose_record_was_lost(self) -> None:
        texte, base = importe(SEUL, DEUX)
        fusion = refondre(texte, None, SEUL, DEUX)
        assert (fusion.contenu, fusion.conflits) == (texte.encode(), ())
        assert {cle: v for cle, v in base.faits.items() if v is not None} == fusion.memoire.faits
        assert fusion.memoire.sites == base.sites


class DescribeMemoire:
    """The record of an import."""

    def it_comes_back_from_its_bytes(self) -> None:
        _, base = importe(SEUL, DEUX)
        assert parse_memoire(base.to_bytes()) == base

    @pytest.mark.parametrize("contenu", [b"", b"{", b"[]", b'{"region": "93"}', b"\xff", b"null"])
    def it_is_nothing_when_it_is_damaged(self, contenu: bytes) -> None:
        assert parse_memoire(contenu) is None
