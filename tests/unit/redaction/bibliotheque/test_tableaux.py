"""Tests of described tables: they print what drawn ones would, and are checked alike."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.contrat.vocabulaire import LigneAction
from caqes_docs.assembly.noms import NOMS
from caqes_docs.data.dossier.actions import QualitesAction
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.document.model import Paragraphe, SautLigne, Tableau
from caqes_docs.document.walk import plain
from caqes_docs.law.droit.chargement import Racine
from caqes_docs.redaction.bibliotheque.redactions import Redaction, read_wording
from caqes_docs.redaction.controle.redaction import analyse_wording
from caqes_docs.redaction.langage.markdown_reader import FormeTableau, Lecture
from caqes_docs.redaction.langage.moteur import render
from caqes_docs.redaction.langage.vocabulaire import champ
from caqes_docs.redaction.langage.vues import Lieu, Vue

COLONNES: list[dict[str, Any]] = [
    {"titre": "Action", "largeur": "3", "texte": "{{ ligne.id }}"},
    {"titre": "Pilote", "largeur": "1", "texte": {"facultatif": "{{ ligne.pilote }}"}},
]


@dataclasses.dataclass(frozen=True)
class Donnees:
    """What the clauses of these tests may name."""

    actions: tuple[LigneAction, ...] = champ("actions")


def action(numero: str, pilote: str | None = None, ressources: str | None = None) -> LigneAction:
    """An action."""
    return LigneAction(numero, "Former", (), pilote, None, ressources, QualitesAction())


def wording(
    tmp_path: Path, *tableaux: dict[str, Any], corps: str = "{{ tableau('t') }}"
) -> Redaction:
    """A wording that describes `tableaux`, and nothing wrong in reading it."""
    chemin = tmp_path / "f" / "a.md"
    chemin.parent.mkdir(exist_ok=True)
    cles = {"tableaux": [*tableaux]} if tableaux else {"obligations": []}
    decrits = yaml.safe_dump(cles, allow_unicode=True, sort_keys=False, width=1000)
    chemin.write_text(
        "---\nid: f.a\nstatut: redaction_propre\nen_vigueur: {du: 2018-01-01}\n"
        f"verifie_le: 2026-01-01\n{decrits}---\n{corps}\n",
        encoding="utf-8",
    )
    redaction, constats = read_wording(chemin, Racine("essai", tmp_path, "clauses"))
    assert constats == []
    assert redaction is not None
    return redaction


def printed(redaction: Redaction, actions: Sequence[LigneAction]) -> list[list[str]]:
    """The rows of the table of a wording, each cell as words (« / » between its lines).

    Without a row, the table is a sentence.
    """
    plan = Vue(Donnees(tuple(actions)), TypeChamp("bloc", Donnees), Lieu(None, (), "plan"))
    texte, registre = render(redaction.corps, {"plan": plan, "saut": SautLigne()})
    formes = tuple(
        FormeTableau(
            forme.largeurs,
            facultatives=forme.facultatives,
            silences=tuple(colonne.silence for colonne in forme.colonnes),
        )
        for forme in redaction.developpe.formes
    )
    (table,) = Lecture(registre, "corps", formes).read(texte)
    if isinstance(table, Paragraphe):
        return [[f"phrase : {plain(table.contenu)}"]]
    assert isinstance(table, Tableau)
    return [
        [
            plain(bloc.contenu).replace("\n", " / ")
            for case in ligne
            for bloc in case.blocs
            if isinstance(bloc, Paragraphe)
        ]
        for ligne in table.lignes
    ]


class DescribeTableauDecrit:
    """What a description prints."""

    def it_prints_one_row_per_element(self, tmp_path: Path) -> None:
        table = {"nom": "t", "colonnes": COLONNES, "lignes": "plan.actions", "vide": "Aucune."}
        redaction = wording(tmp_path, table)
        lignes = printed(redaction, [action("A1", "Pharmacien"), action("A2")])
        assert lignes == [["A1", "Pharmacien"], ["A2", "—"]]
        table["colonnes"] = [COLONNES[0], {**COLONNES[1], "silence": "non désigné"}]
        lignes = printed(wording(tmp_path, table), [action("A1", "Pharmacien"), action("A2")])
        assert lignes == [["A1", "Pharmacien"], ["A2", "non désigné"]]
        assert printed(redaction, []) == [["phrase : Aucune."]]

    def it_prints_the_cells_of_an_empty_list(self, tmp_path: Path) -> None:
        table = {
            "nom": "t",
            "colonnes": COLONNES,
            "lignes": "plan.actions",
            "cases_vides": ["Rien"],
        }
        assert printed(wording(tmp_path, table), []) == [["Rien", "—"]]

    @pytest.mark.parametrize(
        ("case", "attendu"),
        [
            (["{{ ligne.id }}", {"facultatif": "par {{ ligne.pilote }}"}], ["A / par P", "B"]),
            ([{"facultatif": "{{ ligne.pilote }}"}, {"facultatif": "et {{ ligne.ressources }}"}],
             ["P", "et du temps"]),
            ([{"facultatif": "{{ ligne.pilote }}", "sinon": "—"}, "fin"], ["P / fin", "— / fin"]),
            (["{{ ligne.id }}{{ saut }}", "{% if ligne.pilote %}oui{% endif %}"], ["A / oui", "B"]),
            (["{{ ligne.id }}", {"suite": "({{ ligne.pilote }})"}], ["A (P)", "B"]),
            (["{{ ligne.id }}", {"suite": ", par {{ ligne.pilote }}"}], ["A, par P", "B"]),
            ({"si": "ligne.id == 'A'", "texte": "oui", "sinon": "non"}, ["oui", "non"]),
            ({"si": "ligne.id == 'A'", "texte": "oui"}, ["oui", "—"]),
            ({"cas": [{"si": "ligne.id == 'B'", "texte": "b"}, {"texte": "a"}]}, ["a", "b"]),
            ({"cas": [{"si": "ligne.id == 'B'", "texte": "b"}]}, ["—", "b"]),
            ([{"facultatif": "{{ ligne.pilote }}"}, {"si": "ligne.pilote", "texte": "x"}],
             ["P / x", "—"]),
        ],
    )  # fmt: skip
    def it_prints_the_lines_of_a_cell_that_are_known(
        self, tmp_path: Path, case: object, attendu: list[str]
    ) -> None:
        colonnes = [{"titre": "C", "largeur": "1", "texte": case}]
        table = {"nom": "t", "colonnes": colonnes, "lignes": "plan.actions", "vide": "Aucune."}
        lignes = [action("A", "P"), action("B", None, "du temps")]
        assert [ligne[0] for ligne in printed(wording(tmp_path, table), lignes)] == attendu

    def but_a_required_value_is_never_dropped(self, tmp_path: Path) -> None:
        colonnes = [
            {"titre": "C", "largeur": "1", "texte": ["{{ ligne.id }}", "{{ ligne.pilote }}"]}
        ]
        table = {"nom": "t", "colonnes": colonnes, "lignes": "plan.actions", "vide": "Aucune."}
        ((mots,),) = printed(wording(tmp_path, table), [action("B")])
        assert mots.startswith("B / [à compléter")

    def it_prints_parts_under_their_headings_and_conditions(self, tmp_path: Path) -> None:
        parties = [
            {"intertitre": "Actions", "lignes": "plan.actions", "vide": "Aucune."},
            {"si": "not plan.actions", "cases": ["Sans plan"]},
            {"si": "plan.actions", "parties": [{"cases": ["**TOTAL**"]}, {"cases": ["Fin", "x"]}]},
        ]
        redaction = wording(tmp_path, {"nom": "t", "colonnes": COLONNES, "parties": parties})
        assert printed(redaction, [action("A", "P")]) == [
            ["Actions"],
            ["A", "P"],
            ["TOTAL", "—"],
            ["Fin", "x"],
        ]
        assert printed(redaction, []) == [["Actions"], ["Aucune."], ["Sans plan", "—"]]

    def it_repeats_groups(self, tmp_path: Path) -> None:
        groupes = {
            "groupes": "plan.actions",
            "intertitre": "Action {{ groupe.id }}",
            "parties": [{"lignes": "plan.actions", "vide": "Aucune."}],
            "vide": "Aucun groupe.",
        }
        redaction = wording(tmp_path, {"nom": "t", "colonnes": COLONNES, **groupes})
        assert printed(redaction, [action("A", "P")]) == [["Action A"], ["A", "P"]]
        assert printed(redaction, []) == [["phrase : Aucun groupe."]]

    def it_leaves_out_an_optional_column_that_says_nothing(self, tmp_path: Path) -> None:
        pilote = {**COLONNES[1], "facultative": "oui"}
        table = {"nom": "t", "colonnes": [COLONNES[0], pilote], "intertitre": "Actions"}
        redaction = wording(tmp_path, {**table, "lignes": "plan.actions", "vide": "Aucune."})
        assert printed(redaction, [action("A1"), action("A2")]) == [["Actions"], ["A1"], ["A2"]]
        connu = [action("A1"), action("A2", "Pharmacien")]
        assert printed(redaction, connu) == [["Actions"], ["A1", "—"], ["A2", "Pharmacien"]]
        assert printed(redaction, []) == [["Actions"], ["Aucune."]]

    def it_takes_the_columns_of_another(self, tmp_path: Path) -> None:
        un = {"nom": "u", "colonnes": COLONNES, "lignes": "plan.actions", "vide": "Aucune."}
        autre = {"nom": "t", "comme": "u", "lignes": "plan.actions", "vide": "Néant."}
        redaction = wording(tmp_path, un, autre)
        assert printed(redaction, []) == [["phrase : Néant."]]
        assert [forme.largeurs for forme in redaction.developpe.formes] == [(3, 1)]

    def it_stands_beside_a_table_drawn_in_the_text(self, tmp_path: Path) -> None:
        dessine = {"largeurs": ["5", "6"], "legende": "Dessiné"}
        decrit = {"nom": "t", "legende": "Décrit", "colonnes": COLONNES, "lignes": "plan.actions",
                  "vide": "Aucune."}  # fmt: skip
        corps = "{{ tableau('t') }}\n\n| a | b |\n| --- | --- |\n| c | d |"
        formes = wording(tmp_path, dessine, decrit, corps=corps).developpe.formes
        assert [(forme.legende, forme.largeurs) for forme in formes] == [
            ("Décrit", (3, 1)),
            ("Dessiné", (5, 6)),
        ]


class DescribeControles:
    """The checks of clauses, inside a description."""

    @pytest.mark.parametrize(
        ("texte", "code"),
        [
            ("{{ ligne.inconnu }}", "C-031"),
            ("{{ ligne.echeance | euros }}", "C-044"),
            ("{{ ligne.indicateurs }}", "C-032"),
            ("{% if ligne.id == 3 %}x{% endif %}", "C-048"),
            ("Article L. 162-30-2", "C-035"),
            ("<b>gras</b>", "C-054"),
            ("~~barré~~", "C-063"),
            ("{{ ligne. }}", "C-022"),
            ("{{ renvoi(ligne.id) }}", "C-045"),
        ],
    )
    def it_tells_the_fault_where_it_is_described(
        self, tmp_path: Path, projet: Projet, texte: str, code: str
    ) -> None:
        colonnes = [COLONNES[0], {"titre": "C", "largeur": "1", "texte": ["ok", texte]}]
        table = {"nom": "t", "colonnes": colonnes, "lignes": "plan.groupes", "vide": "Aucun."}
        if code not in ("C-022", "C-035", "C-054", "C-063"):
            actions = {"lignes": "groupe.actions", "vide": "Aucune."}
            table |= {"groupes": table.pop("lignes"), "parties": [actions]}
        redaction = wording(tmp_path, table)
        trouves = [
            c for c in analyse_wording(redaction, projet.droit, NOMS).constats if c.code == code
        ]
        ligne = next(
            rang
            for rang, ecrite in enumerate((tmp_path / "f/a.md").read_text("utf-8").split("\n"), 1)
            if texte in ecrite
        )
        assert trouves != []
        assert {c.source.fichier for c in trouves} == {"clauses/f/a.md"}
        assert all(c.source.ligne <= ligne and c.source.colonne for c in trouves)
        assert code == "C-063" or ligne in {c.source.ligne for c in trouves}

    def it_tells_the_fault_of_a_case_where_its_words_are(
        self, tmp_path: Path, projet: Projet
    ) -> None:
        cas = [{"si": "plan.actions", "texte": "{{ inconnu }}"}, {"texte": "b"}]
        redaction = wording(tmp_path, {"nom": "t", "colonnes": COLONNES, "cases": [{"cas": cas}]})
        constats = analyse_wording(redaction, projet.droit, NOMS).constats
        (faute,) = [c.source for c in constats if c.code == "C-031"]
        assert faute == redaction.fichier.source(("tableaux", 0, "cases", 0, 0, "cas", 0, "texte"))

    def it_refuses_a_cell_of_line_breaks(self, tmp_path: Path) -> None:
        redaction = wording(
            tmp_path, {"nom": "t", "colonnes": COLONNES, "cases": ["a", "{{ saut }}"]}
        )
        with pytest.raises(Exception, match="que des sauts de ligne"):
            printed(redaction, [])

    def it_tells_once_a_model_that_is_not_there(self, tmp_path: Path, projet: Projet) -> None:
        redaction = wording(tmp_path, {"nom": "t", "comme": "absent", "cases": ["a"]})
        constats = analyse_wording(redaction, projet.droit, NOMS).constats
        assert [c.code for c in constats if c.code in ("C-056", "C-068")] == ["C-068"]

    @pytest.mark.parametrize(
        ("table", "mots"),
        [
            ({"lignes": "plan.groupes"}, "Rien ne dit ce qui s’imprime"),
            ({"groupes": "plan.groupes", "vide": "x"}, "n’ont pas de"),
            ({"cases": ["a", "b", "c"]}, "3 cases pour 2 colonnes"),
            ({"cases": [{"facultatif": "rien"}]}, "ne nomme aucune donnée"),
            ({"cases": [{"texte": "a", "suite": "b"}]}, "une seule de ces clés"),
            ({"cases": [{"suite": "{{ plan.groupes | liste }}"}]}, "ne suit aucune ligne"),
            ({"cases": [{"cas": [{"texte": "a"}, {"texte": "b"}]}]}, "convient toujours"),
            ({"colonnes": []}, "n’a pas de colonnes"),
        ],
    )
    def it_tells_a_description_that_is_not_whole(
        self, tmp_path: Path, projet: Projet, table: dict[str, Any], mots: str
    ) -> None:
        redaction = wording(tmp_path, {"nom": "t", "colonnes": COLONNES, **table})
        constats = analyse_wording(redaction, projet.droit, NOMS).constats
        assert any(c.code == "C-068" and mots in c.message for c in constats)

    @pytest.mark.parametrize(
        ("corps", "mots"),
        [
            ("{{ tableau('u') }}", "Aucun tableau « u »"),
            ("Voir {{ tableau('t') }} ici.", "seul sur sa ligne"),
            ("Texte.", "n’appelle pas le tableau « t »"),
        ],
    )
    def it_tells_a_call_that_leads_nowhere(
        self, tmp_path: Path, projet: Projet, corps: str, mots: str
    ) -> None:
        table = {"nom": "t", "colonnes": COLONNES, "cases": ["a"]}
        redaction = wording(tmp_path, table, corps=corps)
        constats = analyse_wording(redaction, projet.droit, NOMS).constats
        dits = [c.message.replace("\u00a0", " ") for c in constats if c.code == "C-068"]
        assert any(mots in message for message in dits)

    def it_refuses_a_long_line_of_conditions(self, tmp_path: Path, projet: Projet) -> None:
        condition = "{% if etablissement.liste_en_sus %}oui{% else %}non{% endif %}"
        longue = "mot " * 40 + condition
        redaction = wording(tmp_path, corps=f"{longue}\n\n{'mot ' * 80}")
        constats = analyse_wording(redaction, projet.droit, NOMS).constats
        assert [(c.code, c.source.ligne) for c in constats] == [("C-067", 8)]

    def and_no_wording_of_the_library_holds_one(self, projet: Projet) -> None:
        fautifs = [
            constat
            for redactions in projet.bibliotheque.clauses.values()
            for redaction in redactions
            for constat in analyse_wording(redaction, projet.droit, NOMS).constats
            if constat.code in ("C-067", "C-068")
        ]
        assert fautifs == []
