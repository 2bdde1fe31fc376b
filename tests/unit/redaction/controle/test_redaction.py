"""`verify_library` on a library of two clauses: every code provoked, and nothing else said."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.memoire import verify_library
from caqes_docs.core.constats import Constat, Gravite, has_errors
from caqes_docs.document.model import Paragraphe
from caqes_docs.document.walk import plain
from caqes_docs.redaction.langage.markdown_reader import Lecture
from caqes_docs.redaction.langage.moteur import render

RACINE = Path(__file__).resolve().parents[4]

A, B = "clauses/f/a/2018-01-01.md", "clauses/f/b/2018-01-01.md"
PLAN = "templates/essai/plan.yaml"
TEXTES, TERMES = "clauses/droit/textes/css.yaml", "clauses/droit/termes.yaml"
REGIMES = "clauses/droit/regimes.yaml"
PARAMETRE = "clauses/droit/parametres/socle/plafond.yaml"
INDICATEURS = "clauses/catalogues/indicateurs/nationaux.yaml"
PLAN_TYPE = "clauses/catalogues/plans_actions/mco.yaml"
OBLIGATIONS = "clauses/catalogues/obligations.yaml"

ENTETE_A = """---
id: f.a
titre: "Objet"
statut: redaction_propre
en_vigueur: {du: 2018-01-01, au: 2021-12-31}
references: [css/L1]
obligations: [O-1]
verifie_le: 2026-01-01
role: corps
---
"""
DEBUT_A = 11
"""Line of the file where the body of `f.a` begins."""

CORPS_A = """Texte de l’{{ cite('css/L1') }}, {{ terme.cnam.defini }}, {{ renvoi('f.b') }}.

{% if etablissement.ght %}
Membre d’un groupement.

{% endif %}
Plafond de {{ parametre('socle/plafond') | taux }}.
"""
ENTETE_B = """---
id: f.b
titre: "Suite"
statut: redaction_propre
en_vigueur: {du: 2018-01-01, au: 2021-12-31}
verifie_le: 2026-01-01
---
"""
DEBUT_B = 8

_SOURCE = "certitude: texte, source: essai"

PETITE: dict[str, str] = {
    A: ENTETE_A + CORPS_A,
    B: ENTETE_B + "Suite.\n",
    PLAN: """id: essai
titre: "Essai"
prefixe_fichier: essai
charte: maison
donnees: contrat
date_de_reference: date_effet
regimes: [caqes_1]
bandeaux: {entete_gauche: "{{ ars.nom }}", entete_droite: "E", pied_gauche: "P"}
sujet: "Essai"
corps:
  - article: f.a
  - article: f.b
""",
    REGIMES: f"""regimes:
  - {{id: caqes_1, libelle: "Un", effet: {{du: 2018-01-01, au: 2021-12-31}}, volets: [], {_SOURCE}}}
""",
    TEXTES: f"""code: css
nom: "Code"
textes:
  - {{id: css/L1, court: "L. 123-4", libelle: "art. L. 123-4",
     en_vigueur: {{du: 2017-01-01}}, {_SOURCE}}}
""",
    TERMES: f"""termes:
  - id: cnam
    description: "Caisse"
    valeurs:
      - {{du: 2017-01-01, texte: "CNAM", defini: "la CNAM", {_SOURCE}}}
""",
    PARAMETRE: f"""id: socle/plafond
description: "Plafond"
unite: taux
verifie_le: 2026-01-01
valeurs:
  - {{du: 2018-01-01, valeur: "1 %", references: [css/L1], {_SOURCE}}}
""",
    INDICATEURS: """famille: national
source: essai
references: [css/L1]
en_vigueur: {du: 2018-01-01}
indicateurs:
  - {id: NAT-1, article: "10-1", obligation: o, libelle: l, type: ratio, unite: taux,
     sens: min, activites: [MCO], certitude: texte}
  - {id: NAT-2, article: "10-1", obligation: o, libelle: l, type: ratio, unite: taux,
     sens: min, activites: [PSY], certitude: texte}
""",
    PLAN_TYPE: """id: mco
libelle: "MCO"
activites: [MCO]
statut: redaction_propre
en_vigueur: {du: 2018-01-01}
source: essai
actions:
  - {id: MCO-1, article: "10-1", engagement: e, libelle: l, indicateurs: [NAT-1]}
""",
    OBLIGATIONS: """obligations:
  - {id: O-1, source: s, resume: r,
     porte_par: [clause:f.a, indicateur:NAT-1, parametre:socle/plafond]}
""",
}

Verifier = Callable[..., list[Constat]]


@pytest.fixture
def verifier(tmp_path: Path) -> Verifier:
    """Check the small library, some of its files being replaced (None removes one)."""

    def run(changes: dict[str, str | None] | None = None, **options: object) -> list[Constat]:
        fichiers: dict[str, str | None] = {**PETITE, **(changes or {})}
        for nom, contenu in fichiers.items():
            if contenu is not None:
                (tmp_path / nom).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / nom).write_text(contenu, encoding="utf-8")
        shutil.copytree(RACINE / "templates/maison", tmp_path / "templates/maison")
        (tmp_path / "contracts_data").mkdir()
        return verify_library(Projet(tmp_path), **options)  # type: ignore[arg-type]

    return run


def brief(constats: list[Constat]) -> list[str]:
    """Code and place of each finding."""
    return [f"{c.code} {c.source.fichier}:{c.source.ligne}" for c in constats]


def corps(texte: str) -> dict[str, str | None]:
    """`f.a` with the small text and `texte` after it."""
    return {A: f"{ENTETE_A}{CORPS_A}\n{texte}"}


LIGNE = DEBUT_A + CORPS_A.count("\n") + 1
"""Line of the file where the text given to `corps` begins."""


def change(fichier: str, avant: str, apres: str) -> dict[str, str | None]:
    """A file of the small library with one passage replaced."""
    assert avant in PETITE[fichier]
    return {fichier: PETITE[fichier].replace(avant, apres, 1)}


CORPS_FAUTIFS = (
    ("Article L. 162-30-2 du code.", [f"C-035 {A}:{LIGNE}"]),
    ("Selon l’article\nR161-45.", [f"C-035 {A}:{LIGNE + 1}"]),
    ("Un zéro\u200binvisible.", [f"C-053 {A}:{LIGNE}"]),
    ("Réservé \ue123.", [f"C-053 {A}:{LIGNE}"]),
    ("Du <b>gras</b>.", [f"C-054 {A}:{LIGNE}", f"C-054 {A}:{LIGNE}"]),
    ("Une espace&nbsp;insécable.", [f"C-054 {A}:{LIGNE}"]),
    ("# Titre\n", [f"C-055 {A}:{LIGNE}"]),
    ("## Un\n\n#### Trop bas\n", [f"C-055 {A}:{LIGNE + 2}"]),
    ("## Un\n\n### Deux\n\n#### Trois\n\nFin.", [f"C-055 {A}:{LIGNE + 4}"]),
    ("- un\n- ## Intertitre\n", [f"C-055 {A}:{LIGNE + 1}"]),
    ("{% if etablissement.cpom %}\n### Sous\n\n{% endif %}\nFin.", [f"C-055 {A}:{LIGNE + 1}"]),
    ("| A | B |\n| --- | --- |\n| 1 |\n", [f"C-056 {A}:{LIGNE + 2}"]),
    ("| A | B |\n| --- |\n| 1 | 2 |\n", [f"C-056 {A}:{LIGNE + n}" for n in (0, 1, 2)]),
    (
        "| A | B |\n| --- | --- |\n{% for s in etablissement.sites %}\n\n| {{ s.nom }} | x |\n"
        "{% else %}\n| - | - |\n{% endfor %}\n",
        [f"C-056 {A}:{LIGNE + 4}"],
    ),
    (
        "| A | B |\n| --- | --- |\n{% for s in etablissement.sites %}\n| {{ s.nom }} | x |\n"
        "{% else %}\n| - |\n{% endfor %}\n",
        [f"C-056 {A}:{LIGNE + 5}"],
    ),
    ("{{ cite('css/L2') }}", [f"C-051 {A}:{LIGNE}", f"L-001 {A}:{LIGNE}"]),
    ("{{ parametre('socle/plafon') }}", [f"L-005 {A}:{LIGNE}"]),
    ("{{ terme.cnav }}", [f"L-003 {A}:{LIGNE}"]),
    ("{{ terme.cnam.de }}", [f"L-016 {A}:{LIGNE}"]),
    ("{{ renvoi('f.c') }}", [f"C-003 {A}:{LIGNE}"]),
)

SAINS = (
    "Texte < 5 % et R&D ; l’arrêté A 2018-12.",
    "## Un\n\n### Deux\n\n## Trois\n",
    "| A | B |\n| --- | --- |\n{% for s in etablissement.sites %}\n| {{ s.nom }} | "
    "{% if s.activites %}{{ s.activites | liste }}{% else %}-{% endif %} |\n{% else %}\n"
    "| - | a \\| b |\n{% endfor %}\n\nFin.",
    "{% if etablissement.cpom %}\n## Un\n\n{% else %}\n## Deux\n\n{% endif %}\nFin.",
    "- un\n- deux\n  a) trois\n",
)


class DescribeClauses:
    """The text of the wordings."""

    def it_finds_nothing_wrong_in_a_sound_library(self, verifier: Verifier) -> None:
        assert verifier(date_du_jour=dt.date(2026, 11, 22)) == []

    @pytest.mark.parametrize("texte", SAINS)
    def it_accepts_what_is_sound(self, verifier: Verifier, texte: str) -> None:
        assert brief(verifier(corps(texte))) == []

    @pytest.mark.parametrize(("texte", "attendus"), CORPS_FAUTIFS)
    def it_finds_each_fault_of_a_text(
        self, verifier: Verifier, texte: str, attendus: list[str]
    ) -> None:
        assert brief(verifier(corps(texte))) == attendus

    def it_names_the_known_article_written_by_hand(self, verifier: Verifier) -> None:
        (constat,) = verifier(corps("Voir L. 123-4."))
        assert "{{ article('css/L1') }}" in constat.remede
        assert constat.source.colonne == 6

    def it_refuses_an_empty_clause(self, verifier: Verifier) -> None:
        assert brief(verifier({B: ENTETE_B + "\n{# rien #}\n"})) == [f"C-021 {B}:{DEBUT_B}"]

    def it_warns_of_a_clause_that_may_be_empty(self, verifier: Verifier) -> None:
        vide = "{% if etablissement.ght %}\nA\n{% endif %}\n"
        (constat,) = verifier({B: ENTETE_B + vide})
        assert (constat.code, constat.gravite) == ("C-021", Gravite.AVERTISSEMENT)

    def but_not_when_two_conditions_complete_each_other(self, verifier: Verifier) -> None:
        texte = "{% if etablissement.ght %}A{% endif %}{% if not etablissement.ght %}B{% endif %}"
        assert verifier({B: ENTETE_B + texte}) == []

    def it_compares_the_front_matter_with_the_tables(self, verifier: Verifier) -> None:
        entete = ENTETE_B.replace("verifie_le", "tableaux: [{largeurs: [1, 2, 3]}, {}]\nverifie_le")
        constats = verifier({B: f"{entete}| A | B |\n| --- | --- |\n| 1 | 2 |\n"})
        assert brief(constats) == [f"C-056 {B}:6", f"C-056 {B}:{DEBUT_B + 1}"]

    def it_sees_a_caption_that_would_slip_to_another_table(self, verifier: Verifier) -> None:
        entete = ENTETE_B.replace(
            "verifie_le", "tableaux: [{legende: U}, {legende: D}]\nverifie_le"
        )
        table = "| A |\n| --- |\n| 1 |\n\n"
        texte = f"{{% if etablissement.ght %}}\n{table}{{% endif %}}\nEntre.\n\n{table}"
        assert brief(verifier({B: entete + texte})) == [f"C-056 {B}:{DEBUT_B + 9}"]

    def it_knows_the_roles(self, verifier: Verifier) -> None:
        constats = verifier(change(A, "role: corps", "role: corp"))
        assert brief(constats) == [f"C-039 {A}:9"]
        assert "corps" in constats[0].remede


class DescribeDroit:
    """The law behind the wordings."""

    def it_wants_texts_in_force_at_every_date_of_effect(self, verifier: Verifier) -> None:
        constats = verifier(change(TEXTES, "{du: 2017-01-01}", "{du: 2017-01-01, au: 2020-06-30}"))
        assert brief(constats) == [f"L-002 {A}:6", f"L-002 {A}:{DEBUT_A}"]
        assert "2021" in constats[0].message

    def but_only_at_dates_that_an_act_may_have(self, verifier: Verifier) -> None:
        assert (
            verifier(change(TEXTES, "{du: 2017-01-01}", "{du: 2017-01-01, au: 2021-06-30}")) == []
        )

    def it_wants_parameters_and_terms_too(self, verifier: Verifier) -> None:
        changes = change(PARAMETRE, "du: 2018-01-01", "du: 2019-01-01") | change(
            TERMES, "du: 2017-01-01", "du: 2017-01-01, au: 2017-12-31"
        )
        assert brief(verifier(changes)) == [f"L-004 {A}:{DEBUT_A}", f"L-006 {A}:{DEBUT_A + 6}"]

    def it_checks_the_references_of_the_front_matter(self, verifier: Verifier) -> None:
        constats = verifier(change(A, "[css/L1]", "[css/L1, css/L11]"))
        assert brief(constats) == [f"L-001 {A}:6"]

    def it_checks_the_references_of_the_law(self, verifier: Verifier) -> None:
        constats = verifier(change(PARAMETRE, "[css/L1]", "[css/L1, css/L3]"))
        assert brief(constats) == [f"L-001 {PARAMETRE}:1"]

    def it_follows_plans_that_go_by_the_signature(self, verifier: Verifier) -> None:
        changes = change(PLAN, "date_de_reference: date_effet", "date_de_reference: date_signature")
        constats = verifier(changes)
        assert {c.code for c in constats} == {"C-002"}
        assert "2017" in constats[0].message

    def it_tells_what_has_not_been_read_again(self, verifier: Verifier) -> None:
        constats = verifier(date_du_jour=dt.date(2027, 1, 2))
        assert brief(constats) == [f"L-012 {PARAMETRE}:1", f"C-042 {A}:8", f"C-042 {B}:6"]
        assert not has_errors(constats)

    def and_what_was_read_in_the_future(self, verifier: Verifier) -> None:
        constats = verifier(date_du_jour=dt.date(2025, 12, 31))
        assert {c.code for c in constats} == {"L-012", "C-042"}


class DescribePlans:
    """Plans against the library."""

    def it_finds_an_unknown_clause(self, verifier: Verifier) -> None:
        constats = verifier(change(PLAN, "article: f.b", "article: f.bb"))
        assert brief(constats) == [
            f"C-003 {A}:{DEBUT_A}",
            f"C-038 {B}:2",
            f"P-003 {PLAN}:12",
        ]

    def it_finds_a_clause_cited_twice(self, verifier: Verifier) -> None:
        constats = verifier({PLAN: f"{PETITE[PLAN]}  - clause: f.a\n"})
        assert brief(constats) == [f"P-004 {PLAN}:13"]

    def it_finds_an_unknown_regime(self, verifier: Verifier) -> None:
        constats = verifier(change(PLAN, "[caqes_1]", "[caqes_1, caqes_9]"))
        assert brief(constats) == [f"P-005 {PLAN}:7"]

    def it_finds_a_missing_house_style(self, verifier: Verifier) -> None:
        constats = verifier(change(PLAN, "charte: maison", "charte: maisson"))
        assert brief(constats) == [f"P-006 {PLAN}:4"] * 2

    def it_reads_the_running_headers(self, verifier: Verifier) -> None:
        constats = verifier(change(PLAN, "{{ ars.nom }}", "{{ ars.nome }}"))
        assert brief(constats) == [f"C-031 {PLAN}:8"]

    def it_wants_a_wording_at_every_date(self, verifier: Verifier) -> None:
        constats = verifier(change(B, "au: 2021-12-31", "au: 2020-12-31"))
        assert brief(constats) == [f"C-002 {PLAN}:12"]
        assert "2021" in constats[0].message

    def it_tells_a_clause_that_no_plan_prints(self, verifier: Verifier) -> None:
        autre = "clauses/f/c/2018-01-01.md"
        constats = verifier({autre: ENTETE_B.replace("f.b", "f.c") + "Seule.\n"})
        assert brief(constats) == [f"C-038 {autre}:2"]

    def it_finds_gaps_and_overlaps(self, verifier: Verifier) -> None:
        suite = "clauses/f/b/2020-01-01.md"
        nouvelle = ENTETE_B.replace("2018-01-01", "2020-01-01") + "Autre.\n"
        assert brief(verifier({suite: nouvelle})) == [f"C-037 {suite}:5"]

    def and_gaps(self, verifier: Verifier) -> None:
        suite = "clauses/f/b/2020-01-01.md"
        nouvelle = ENTETE_B.replace("2018-01-01", "2020-01-01") + "Autre.\n"
        changes = change(B, "au: 2021-12-31", "au: 2018-12-31")
        assert brief(verifier({**changes, suite: nouvelle})) == [f"C-036 {suite}:5"]

    def it_tells_a_wording_never_chosen(self, verifier: Verifier) -> None:
        suite = "clauses/f/b/2022-01-01.md"
        nouvelle = ENTETE_B.replace("{du: 2018-01-01, au: 2021-12-31}", "{du: 2022-01-01}")
        assert brief(verifier({suite: nouvelle + "Tard.\n"})) == [f"C-060 {suite}:5"]

    def it_refuses_a_reference_to_a_place_without_name(self, verifier: Verifier) -> None:
        changes = change(B, 'titre: "Suite"\n', "") | change(PLAN, "article: f.b", "clause: f.b")
        assert brief(verifier(changes)) == [f"C-061 {A}:{DEBUT_A}"]

    def it_warns_of_a_reference_to_a_conditional_clause(self, verifier: Verifier) -> None:
        changes = change(B, "verifie_le", "si: etablissement.cpom\nverifie_le")
        (constat,) = verifier(changes)
        assert (constat.code, constat.gravite) == ("C-062", Gravite.AVERTISSEMENT)

    def but_not_under_the_same_condition(self, verifier: Verifier) -> None:
        changes = change(B, "verifie_le", "si: etablissement.cpom\nverifie_le")
        changes |= change(
            A,
            "{{ renvoi('f.b') }}",
            "{% if etablissement.cpom %}{{ renvoi('f.b') }}{% endif %}",
        )
        assert verifier(changes) == []


class DescribeRegistres:
    """Obligations, indicators and typical plans."""

    def it_finds_an_unknown_obligation(self, verifier: Verifier) -> None:
        constats = verifier(change(A, "[O-1]", "[O-1, O-2]"))
        assert brief(constats) == [f"C-040 {A}:7"]

    def it_finds_an_obligation_that_the_register_gives_to_another(self, verifier: Verifier) -> None:
        constats = verifier(change(B, "verifie_le", "obligations: [O-1]\nverifie_le"))
        assert brief(constats) == [f"C-058 {B}:6"]

    def it_finds_a_clause_that_does_not_say_what_it_carries(self, verifier: Verifier) -> None:
        constats = verifier(change(OBLIGATIONS, "clause:f.a", "clause:f.a, clause:f.b"))
        assert brief(constats) == [f"C-059 {OBLIGATIONS}:2"]

    @pytest.mark.parametrize(
        "porteur", ["clause:f.z", "indicateur:NAT-9", "parametre:x", "plan:x", "loi:x", "f.a"]
    )
    def it_finds_a_carrier_that_does_not_exist(self, verifier: Verifier, porteur: str) -> None:
        constats = verifier(change(OBLIGATIONS, "clause:f.a", f"clause:f.a, {porteur}"))
        assert brief(constats) == [f"L-014 {OBLIGATIONS}:2"]

    def it_finds_an_obligation_that_nothing_carries(self, verifier: Verifier) -> None:
        vide = "  - {id: O-2, source: s, resume: r, porte_par: []}\n"
        constats = verifier({OBLIGATIONS: PETITE[OBLIGATIONS] + vide})
        assert brief(constats) == [f"L-015 {OBLIGATIONS}:4"]

    def it_finds_an_unknown_indicator(self, verifier: Verifier) -> None:
        constats = verifier(change(PLAN_TYPE, "[NAT-1]", "[NAT-1, NAT-3]"))
        assert brief(constats) == [f"L-020 {PLAN_TYPE}:8"]

    def it_finds_an_indicator_of_another_activity(self, verifier: Verifier) -> None:
        constats = verifier(change(PLAN_TYPE, "[NAT-1]", "[NAT-1, NAT-2]"))
        assert brief(constats) == [f"L-021 {PLAN_TYPE}:8"]

    def it_finds_an_unknown_status(self, verifier: Verifier) -> None:
        constats = verifier(change(PLAN_TYPE, "redaction_propre", "propre"))
        assert brief(constats) == [f"L-021 {PLAN_TYPE}:1"]

    def it_passes_on_what_loading_found(self, verifier: Verifier) -> None:
        constats = verifier(change(A, "statut: redaction_propre", "statut: maison"))
        assert brief(constats) == [f"C-013 {A}:4"]


class DescribeLaBibliotheque:
    """The library of the repository."""

    def it_has_no_error(self) -> None:
        constats = verify_library(Projet(RACINE))
        assert [c for c in constats if c.gravite is Gravite.ERREUR] == []


class DescribeBlocsDeGabarit:
    """How lines of tags and blank lines live together (`jetons.prepare`)."""

    @pytest.mark.parametrize(
        ("texte", "blocs"),
        [
            ("Voici {% if oui %}oui{% endif %}\n\nSuite.", ["Voici oui", "Suite."]),
            ("{% if oui %}\nA\n{% endif %}\n\nB", ["A", "B"]),
            ("A\n\n{% if oui %}\nB\n\n{% endif %}\nC", ["A", "B", "C"]),
        ],
    )
    def it_never_loses_a_blank_line(self, texte: str, blocs: list[str]) -> None:
        rendu, registre = render(texte, {"oui": True})
        lus = Lecture(registre).read(rendu)
        assert [plain(b.contenu) for b in lus if isinstance(b, Paragraphe)] == blocs
