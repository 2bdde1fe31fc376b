"""What clauses write between braces: each fault is found, and nothing sound is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from caqes_docs.assembly.noms import NOMS
from caqes_docs.core.constats import Constat
from caqes_docs.law.droit.chargement import Racine
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Parametre
from caqes_docs.redaction.bibliotheque.redactions import Redaction, read_wording
from caqes_docs.redaction.controle.redaction import analyse_wording

DEBUT = 8
"""Line of the file where the body of `redaction` begins."""


def redaction(dossier: Path, corps: str, entete: str = "") -> Redaction:
    """A wording read from a file."""
    chemin = dossier / "f" / "a" / "2018-01-01.md"
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(
        "---\nid: f.a\nstatut: redaction_propre\nen_vigueur: {du: 2018-01-01}\n"
        f"verifie_le: 2026-01-01\n{entete or 'titre: Titre'}\n---\n{corps}",
        encoding="utf-8",
    )
    lue, constats = read_wording(chemin, Racine("essai", dossier, "clauses"))
    assert constats == []
    assert lue is not None
    return lue


def droit() -> Droit:
    """A law of three parameters."""
    version = {
        "du": "2018-01-01",
        "valeur": "1",
        "references": [],
        "certitude": "texte",
        "source": "essai",
    }
    unites = {"plafond": "taux", "prix": "euro", "delai": "mois"}
    return Droit(
        parametres={
            nom: Parametre.model_validate(
                {
                    "id": nom,
                    "description": nom,
                    "unite": unite,
                    "valeurs": [version],
                    "verifie_le": "2026-01-01",
                }
            )
            for nom, unite in unites.items()
        }
    )


def check(dossier: Path, corps: str, entete: str = "") -> list[Constat]:
    """The findings on one wording."""
    return analyse_wording(redaction(dossier, corps, entete), droit(), NOMS).constats


SAINS = (
    "{% for l in ars.adresse.lignes %}{{ l }}{% else %}{{ ars.adresse.lignes }}{% endfor %}",
    "{% if ars.adresse %}A{% else %}{{ ars.adresse }}{% endif %}",
    "{{ etablissement.raison_sociale }} {{ etablissement.statut }} {{ etablissement.mandat }}",
    "{{ acte.date_effet }} {{ acte.date_effet | date_longue }}",
    "{{ etablissement.activites | liste | majuscule }}",
    "{{ parametre('plafond') | taux }} {{ parametre('prix') | euros }} {{ parametre('delai') }}",
    "{{ terme.cnam }} {{ terme.cnam.defini }} {{ terme.cnam.de | majuscule }}",
    "{{ renvoi('f.b') }} {{ cite('css/L1') }} {{ article('css/L1') }}",
    "{{ a_ecrire('lieu') }} {{ a_ecrire('lieu', 20) }}{{ saut }}",
    "{{ 'public' if etablissement.statut == 'public' else etablissement.raison_sociale }}",
    "{{ etablissement.mandat or etablissement.raison_sociale }}",
    "A{% if etablissement.statut in ['public', 'espic'] %}B{% endif %}",
    "A{% if 'HAD' in etablissement.activites and not etablissement.liste_en_sus %}B{% endif %}",
    "A{% if etablissement.avis_medical.instance == 'CME' %}B{% else %}C{% endif %}",
    "A{% if etablissement.avis_medical.instance %}B{% endif %}",
    "A{% if etablissement.liste_en_sus == true %}B{% endif %}",
    "A{% if 'NAT-1' in contrat.indicateurs %}B{% endif %}",
    "A{% if contrat.signature.date == acte.date_signature %}B{% endif %}",
    "A{% if etablissement.mandat == 'x' %}B{% elif etablissement.mandat == 'y' %}C{% endif %}",
    "A{% for s in etablissement.sites %}{{ s.nom }}"
    "{% for a in s.activites %}{% if a == 'MCO' %}{{ a }}{% endif %}{% else %}-{% endfor %}"
    "{% else %}-{% endfor %}",
    "A{% for i in indicateurs.nationaux %}{% if i.coefficient %}{{ i.coefficient | taux }}"
    "{% endif %}{{ i.annee_cible }}{% else %}-{% endfor %}",
    "A{% for mot in ['un', 'deux'] %}{{ mot }}{% endfor %}",
    "A{% for i in contrat.indicateurs %}{{ i.pilote }}{% else %}-{% endfor %}",
    "{{ contrat.indicateurs['NAT-1'].pilote }}",
    "{# note #}A{% if etablissement.cpom %}{{ etablissement.cpom.numero }}{% endif %}",
)

FAUTES = (
    ("{{ etablisement.finess }}", "C-030", "«\u00a0etablissement\u00a0»"),
    ("{{ loop.index }}", "C-030", "Noms connus"),
    ("{{ etablissement.raison_social }}", "C-031", "«\u00a0raison_sociale\u00a0»"),
    ("{{ etablissement.finess.cle }}", "C-031", "un texte"),
    ("{{ etablissement.sites.nom }}", "C-031", "une liste"),
    ("{{ terme.cnam.pluriel }}", "C-031", "texte, defini, de, a"),
    ("{{ etablissement.adresse }}", "C-032", "lignes"),
    ("{{ etablissement.sites }}", "C-032", "liste"),
    ("{{ contrat.indicateurs }}", "C-032", "for"),
    ("{{ cite }}", "C-032", "argument"),
    ("{{ etablissement.statut == 'public' }}", "C-032", "if"),
    ("{% for i in indicateurs.had %}{{ i.coefficient }}{% else %}-{% endfor %}", "C-032", "taux"),
    ("A{% if etablissement.statut == 'publique' %}B{% endif %}", "C-033", "«\u00a0public\u00a0»"),
    ("A{% if etablissement.statut in ['publik'] %}B{% endif %}", "C-033", "espic"),
    ("A{% if 'MCA' in etablissement.activites %}B{% endif %}", "C-033", "MCO"),
    ("A{% for s in etablissement.sites %}{{ s.nom }}{% endfor %}", "C-034", "{% else %}"),
    ("{{ etablissement.finess | majuscules }}", "C-043", "«\u00a0majuscule\u00a0»"),
    ("{{ etablissement.raison_sociale | date_longue }}", "C-044", "filtre"),
    ("{{ acte.date_effet | euros }}", "C-044", "filtre"),
    ("{{ etablissement.sites | liste }}", "C-044", "filtre"),
    ("{{ parametre('plafond') | euros }}", "C-044", "filtre"),
    ("{{ parametre('delai') | taux }}", "C-044", "filtre"),
    ("{{ cite('css/L1') | date_longue }}", "C-044", "filtre"),
    ("{{ acte.date_effet | date_longue('fr') }}", "C-044", "parenthèses"),
    ("{{ renvoie('f.b') }}", "C-045", "«\u00a0renvoi\u00a0»"),
    ("{{ etablissement.finess() }}", "C-045", "Fonctions connues"),
    ("{{ renvoi() }}", "C-045", "Écrire {{ renvoi("),
    ("{{ renvoi('f.b', 'f.c') }}", "C-045", "Écrire {{ renvoi("),
    ("{{ parametre(etablissement.finess) }}", "C-045", "Écrire {{ parametre("),
    ("{{ a_ecrire('lieu', '20') }}", "C-045", "Écrire {{ a_ecrire("),
    ("{% set x = 1 %}A", "C-046", "if et for"),
    ("{% macro m() %}x{% endmacro %}A", "C-046", "if et for"),
    ("{% include 'a.md' %}A", "C-046", "if et for"),
    ("{% import 'a.md' as a %}A", "C-046", "if et for"),
    ("{% raw %}A{% endraw %}", "C-046", "raw"),
    ("{{ 1 + 1 }}", "C-046", "droit"),
    ("{{ 'a' ~ 'b' }}", "C-046", "droit"),
    ("{{ etablissement.sites[0].nom }}", "C-046", "for"),
    ("A{% if etablissement.mandat is defined %}B{% endif %}", "C-046", "{% if donnée %}"),
    ("A{% if acte.date_effet > acte.date_signature %}B{% endif %}", "C-046", "dater"),
    ("{{ 'x' if etablissement.mandat }}", "C-046", "else"),
    ("A{% if etablissement.finess %}B{% endif %}", "C-047", "Retirer"),
    ("A{% if contrat.choix %}B{% endif %}", "C-047", "Retirer"),
    ("A{% if true %}B{% endif %}", "C-047", "Retirer"),
    ("A{% if etablissement.mandat == etablissement.mandat %}B{% endif %}", "C-047", "Corriger"),
    (
        "A{% if etablissement.ght %}{% if not etablissement.ght %}B{% endif %}{% endif %}",
        "C-047",
        "Retirer",
    ),
    (
        "A{% if etablissement.mandat == 'x' and etablissement.mandat == 'y' %}B{% endif %}",
        "C-047",
        "Retirer",
    ),
    (
        "A{% if etablissement.statut == 'espic' %}B{% elif etablissement.statut == 'espic' %}C"
        "{% endif %}",
        "C-047",
        "Retirer",
    ),
    ("A{% if etablissement.liste_en_sus == 'oui' %}B{% endif %}", "C-048", "{% if donnée %}"),
    ("A{% if etablissement.mandat == none %}B{% endif %}", "C-048", "{% if donnée %}"),
    ("A{% if etablissement.mandat == 3 %}B{% endif %}", "C-048", "guillemets"),
    ("A{% if acte.date_effet == '2018-01-01' %}B{% endif %}", "C-048", "datée"),
    ("A{% if etablissement.sites == 'x' %}B{% endif %}", "C-048", "{% if donnée %}"),
    ("A{% if 'CH' in etablissement.raison_sociale %}B{% endif %}", "C-048", "liste"),
    ("A{% if parametre('plafond') == '1 %' %}B{% endif %}", "C-048", "donnée"),
    ("A{% for c in etablissement.finess %}{{ c }}{% else %}-{% endfor %}", "C-049", "liste"),
)

ILLISIBLES = (
    ("A\n{% if etablissement.mandat %}\nB", "endif"),
    ("A\n{{ etablissement.finess }", "accolade"),
    ("A\n{% endif %}", "if, elif"),
    ("A\n{% boucle x %}", "if, elif"),
    ("A\n{{ etablissement.finess ‘x’ }}", "guillemets"),
)


class DescribeTypage:
    """The expressions of a clause."""

    @pytest.mark.parametrize("corps", SAINS)
    def it_accepts_what_is_sound(self, tmp_path: Path, corps: str) -> None:
        assert check(tmp_path, corps) == []

    @pytest.mark.parametrize(("corps", "code", "remede"), FAUTES)
    def it_reports_each_fault_once_at_its_line(
        self, tmp_path: Path, corps: str, code: str, remede: str
    ) -> None:
        constats = check(tmp_path, f"Une ligne.\n\n{corps}\n")
        assert [(c.code, c.source.fichier, c.source.ligne) for c in constats] == [
            (code, "clauses/f/a/2018-01-01.md", DEBUT + 2)
        ]
        assert remede in constats[0].remede

    @pytest.mark.parametrize(("corps", "remede"), ILLISIBLES)
    def it_explains_what_cannot_be_read(self, tmp_path: Path, corps: str, remede: str) -> None:
        constats = check(tmp_path, corps)
        assert [c.code for c in constats] == ["C-022"]
        assert constats[0].source.ligne > DEBUT
        assert remede in constats[0].remede

    def it_gives_the_column_of_a_word_met_once(self, tmp_path: Path) -> None:
        (constat,) = check(tmp_path, "L’établissement {{ etablissement.raison_social }}.")
        assert str(constat.source) == f"clauses/f/a/2018-01-01.md:{DEBUT}:34"

    def it_checks_both_branches_of_a_condition(self, tmp_path: Path) -> None:
        corps = (
            "{% if etablissement.ght %}\n{{ x }}\n{% elif etablissement.cpom %}\n{{ y }}\n"
            "{% else %}\n{{ z }}\n{% endif %}\n"
        )
        constats = check(tmp_path, corps)
        assert [(c.code, c.source.ligne - DEBUT) for c in constats] == [
            ("C-030", 1),
            ("C-030", 3),
            ("C-030", 5),
        ]

    def it_checks_the_texts_of_the_front_matter(self, tmp_path: Path) -> None:
        entete = (
            "titre: '{{ a1 }}'\nsi: 'a2'\nsinon: '{{ a3 }}'\ntableaux:\n"
            "  - {legende: '{{ a4 }}'}\nsignataires:\n"
            "  - {champ: c, qualite: '{{ a5 }}', mention: '{{ a6 }}', nom: '{{ a7 }}'}"
        )
        constats = check(tmp_path, "| A |\n| --- |\n| b |\n", entete)
        lieux = {c.message.split("\u00a0")[1]: c.source.ligne for c in constats}
        assert lieux == {"a1": 6, "a2": 7, "a3": 8, "a4": 10, "a5": 12, "a6": 12, "a7": 12}

    def it_knows_the_condition_of_the_clause_in_its_body(self, tmp_path: Path) -> None:
        corps = "A{% if etablissement.cpom %}B{% endif %}"
        assert [c.code for c in check(tmp_path, corps, "si: etablissement.cpom")] == ["C-047"]

    def it_forgets_a_loop_variable_after_the_loop(self, tmp_path: Path) -> None:
        corps = "{% for s in etablissement.sites %}{{ s.nom }}{% else %}-{% endfor %}{{ s.nom }}"
        assert [c.code for c in check(tmp_path, corps)] == ["C-030"]
