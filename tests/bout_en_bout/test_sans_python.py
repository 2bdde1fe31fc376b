"""A wording, a clause, a document type, a regional library: without a line of Python."""

from __future__ import annotations

import json
from pathlib import Path

import page
import pytest

from caqes_docs.interfaces.cli.main import run
from caqes_docs.review.texte_docx import docx_text
from caqes_docs.review.texte_pdf import canonical, pdf_text
from tests.outils.validation import make_signable

CLAUSE = """---
id: lettre_envoi.texte
statut: redaction_propre
en_vigueur: {du: 2018-01-01}
references: [css/L162-30-2]
obligations: []
verifie_le: 2026-11-22
a_verifier: non
---
Madame, Monsieur,

Vous trouverez ci-joint le contrat {{ contrat.reference }}
que prévoit l'{{ cite('css/L162-30-2') }},
dont la date d'effet est fixée au {{ acte.date_effet | date_longue }}.
"""

PLAN = """id: lettre_envoi
titre: "Lettre d’envoi du contrat"
prefixe_fichier: lettre-envoi
charte: maison
donnees: contrat
date_de_reference: date_effet
regimes: [caqes_1]
bandeaux:
  entete_gauche: "{{ ars.nom }}"
  entete_droite: "{{ contrat.reference }}"
  pied_gauche: "{{ etablissement.raison_sociale }}"
sujet: "Envoi du contrat"
corps:
  - clause: lettre_envoi.texte
"""


def _write(chemin: Path, texte: str) -> None:
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(texte, encoding="utf-8")


def _text_of(sortie: Path, motif: str) -> str:
    (chemin,) = sortie.glob(motif)
    return docx_text(chemin.read_bytes())


class DescribeSansPython:
    """What a jurist adds alone."""

    def it_takes_a_new_letter_of_one_page(self, espace: Path) -> None:
        _write(espace / "clauses/courriers/lettre_envoi/texte.md", CLAUSE)
        _write(espace / "templates/lettre_envoi/plan.yaml", PLAN)
        assert run(["clauses", "verifier", "--projet", str(espace)]) == 0
        make_signable(espace)
        commande = ["generer", "990780033", "--type", "lettre_envoi", "--definitif"]
        assert run([*commande, "--projet", str(espace), "--sortie", str(espace / "o")]) == 0
        mots = _text_of(espace / "o", "lettre-envoi_*.docx")
        assert "le contrat CAQES-2018-990780033 que prévoit l’article L.\u00a0162-30-2" in mots
        (pdf,) = (espace / "o").glob("lettre-envoi_*.pdf")
        assert canonical(pdf_text(pdf.read_bytes())) == canonical(mots)
        verdict = page.validate_pdf_bytes(pdf.read_bytes(), profile=page.ValidationProfile.PDF_UA_1)
        assert verdict.is_compliant

    def it_takes_a_new_clause_in_the_contract(self, espace: Path) -> None:
        _write(
            espace / "clauses/contrat/conditions/dispositions_finales.md",
            CLAUSE.replace("lettre_envoi.texte", "contrat.dispositions_finales").replace(
                "statut:", "titre: Dispositions finales\nstatut:"
            ),
        )
        plan = espace / "templates/contrat/plan.yaml"
        texte = plan.read_text(encoding="utf-8")
        repere = "        - article: contrat.recours\n"
        assert repere in texte
        _write(
            plan,
            texte.replace(repere, repere + "        - article: contrat.dispositions_finales\n"),
        )
        commande = ["generer", "990780058", "--formats", "docx", "--projet", str(espace)]
        assert run([*commande, "--sortie", str(espace / "o")]) == 0
        mots = _text_of(espace / "o", "contrat_*.docx")
        assert "Article\u00a010\u00a0: Dispositions finales" in mots
        assert "Article\u00a011-6\u00a0: Évaluation" in mots
        assert "l’article\u00a011-6" in mots or "article\u00a011-6" in mots

    @pytest.mark.parametrize(
        ("dossier", "attendu"), [("990780058", "avant"), ("990780165", "après")]
    )
    def it_chooses_the_wording_by_the_date_of_effect(
        self, espace: Path, dossier: str, attendu: str
    ) -> None:
        ancienne = espace / "clauses/contrat/conditions/donnees.md"
        texte = ancienne.read_text(encoding="utf-8")
        entete, _, corps = texte.partition("\n---\n")
        assert "au: 2021-12-31" in entete
        _write(
            ancienne,
            f"{entete.replace('au: 2021-12-31', 'au: 2018-12-31')}\n---\nTexte avant.\n{corps}",
        )
        _write(
            ancienne.with_name("donnees.2019-01-01.md"),
            f"{entete.replace('du: 2018-01-01', 'du: 2019-01-01')}\n---\nTexte après.\n{corps}",
        )
        commande = ["generer", dossier, "--formats", "docx", "--projet", str(espace)]
        assert run([*commande, "--sortie", str(espace / "o")]) == 0
        assert f"Texte {attendu}." in _text_of(espace / "o", "contrat_*.docx")

    def it_lays_a_regional_library_over_the_national_one(
        self, espace: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        region = tmp_path_factory.mktemp("region")
        origine = espace / "clauses/contrat/conditions/objet.md"
        entete = origine.read_text(encoding="utf-8").partition("\n---\n")[0]
        _write(
            region / "contrat/objet.md",
            f"{entete}\n---\nRédaction propre à la région.\n",
        )
        commande = ["generer", "990780058", "--formats", "docx,json", "--projet", str(espace)]
        commande += ["--bibliotheque", str(region), "--sortie", str(espace / "o")]
        assert run(commande) == 0
        assert "Rédaction propre à la région." in _text_of(espace / "o", "contrat_*.docx")
        (fait,) = (espace / "o/registre.jsonl").read_text(encoding="utf-8").splitlines()
        assert json.loads(fait)["clauses_remplacees"] == ["contrat.objet"]
        assert json.loads(fait)["bibliotheques"] == ["nationale", region.name]

    @pytest.mark.parametrize(
        ("identifiant", "du", "attendu"),
        [
            ("lettres.envoi", "2018-01-01", "lettres/envoi.md"),
            ("contrat.duree", "2022-01-01", "contrat/conditions/duree.2022-01-01.md"),
            ("contrat.article_2", "2022-01-01", "contrat/conditions/duree.2022-01-01.md"),
        ],
    )
    def it_begins_a_wording_beside_those_of_its_clause(
        self, espace: Path, identifiant: str, du: str, attendu: str
    ) -> None:
        commande = ["nouveau", "clause", identifiant, "--du", du, "--projet", str(espace)]
        assert run(commande) == 0
        assert f"du: {du}" in (espace / "clauses" / attendu).read_text(encoding="utf-8")
        assert run(commande) == 64

    def it_changes_one_sentence_from_a_date_on(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        dossier = espace / "clauses/contrat/conditions"
        avant = (dossier / "duree.md").read_text(encoding="utf-8")
        commande = ["nouveau", "clause", "contrat.duree", "--du", "2019-01-01"]
        assert run([*commande, "--projet", str(espace)]) == 0
        neuve = dossier / "duree.2019-01-01.md"
        assert capsys.readouterr().err == (
            f"Rédaction créée\u00a0: {neuve}, reprise de clauses/contrat/conditions/duree.md.\n"
            "La rédaction précédente s’arrête au 31\u00a0décembre\u00a02018.\n"
            "Y changer les mots, puis\u00a0: caqes clauses verifier\n"
        )
        assert (dossier / "duree.md").read_text(encoding="utf-8") == avant.replace(
            "au: 2021-12-31", "au: 2018-12-31"
        )
        entete, mots = neuve.read_text(encoding="utf-8").split("\n---\n")
        assert mots == avant.split("\n---\n")[1]
        assert "en_vigueur: {du: 2019-01-01, au: 2021-12-31}\n" in entete
        assert "obligations: [S0-2-1, S0-2-2, S0-2-3]\n" in entete
        assert "a_verifier: oui\n" in entete
        assert run(["clauses", "verifier", "--projet", str(espace)]) == 0

    def it_writes_in_the_library_of_the_region(
        self, espace: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        region = tmp_path_factory.mktemp("region")
        commande = ["clause", "contrat.duree", "--du", "2019-01-01", "--titre", "Durée régionale"]
        ou = ["--projet", str(espace), "--bibliotheque", str(region)]
        assert run(["nouveau", *commande, *ou]) == 0
        ecrites = sorted(c.name for c in (region / "contrat/conditions").iterdir())
        assert ecrites == ["duree.2019-01-01.md", "duree.md"]
        assert not (espace / "clauses/contrat/conditions/duree.2019-01-01.md").exists()
        neuve = (region / "contrat/conditions/duree.2019-01-01.md").read_text(encoding="utf-8")
        assert 'titre: "Durée régionale"\n' in neuve
        ancienne = (region / "contrat/conditions/duree.md").read_text(encoding="utf-8")
        assert "en_vigueur: {du: 2018-01-01, au: 2018-12-31}\n" in ancienne
        assert run(["clauses", "verifier", *ou]) == 0
