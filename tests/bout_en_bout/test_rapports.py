"""Reports of an evaluated year, of a region, and the frame of an autoévaluation."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import page
import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.application.region.consolider import DemandeRegionale, consolidate, gather
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.region.sommes import resolve_region
from caqes_docs.assembly.region.sujet import describe_region, render_record
from caqes_docs.core.errors import DonneesError, UsageError
from caqes_docs.core.francais.typographie import typographier_saisie
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.document.model import Document, Graphique
from caqes_docs.document.texte import document_text
from caqes_docs.interfaces.cli.main import run
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text
from tests.outils.validation import make_signable

PROFILS = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
RICHE, PAUVRE, HOSTILE, SOCLE_SEUL = "990780017", "2B9780010", "990780033", "990780082"
ACTES = (
    *(("rapport_evaluation", d) for d in (RICHE, PAUVRE, HOSTILE, SOCLE_SEUL)),
    *(("autoevaluation", d) for d in (RICHE, HOSTILE, SOCLE_SEUL)),
    ("rapport_regional", ""),
)
LONGS = (ACTES[0], ACTES[1], ACTES[3], ACTES[4], ACTES[6])
FORMES = [pytest.param(*acte, marks=pytest.mark.long if acte in LONGS else ()) for acte in ACTES]
"""Each type has its PDF in `make test`; the others of a type are in `make test-long`."""
Ecrire = Callable[..., tuple[Document, TypeDocument]]
Rendre = Callable[[Document, TypeDocument, str], bytes]


def make(
    projet: Projet, depot: Depot, type_: str, dossier: str, annee: int = 2019
) -> tuple[Document, TypeDocument]:
    """The document of one type: of a dossier, or of the region, for a year."""
    type_document = projet.types[type_]
    if not dossier:
        campagne, _ = gather(projet, DemandeRegionale(annee, Path("output")))
        sujet = describe_region(type_document, campagne, projet.droit)
        region = assemble(type_document, sujet, projet.bibliotheque, projet.droit, definitif=False)
        return region.document, type_document
    affaire = depot.affaires[dossier]
    acte = assemble_act(
        type_document, affaire, projet.bibliotheque, projet.droit, Options(annee=annee)
    )
    return acte.document, type_document


@pytest.fixture(scope="module")
def ecrire(projet: Projet, depot: Depot) -> Ecrire:
    """The same, made once."""
    return functools.cache(functools.partial(make, projet, depot))


class DescribeFormes:
    """The same words in Word, in PDF and in the model; the same bytes twice."""

    @pytest.mark.parametrize(("type_", "dossier"), FORMES)
    def it_says_the_same_in_word_pdf_and_model(
        self, type_: str, dossier: str, ecrire: Ecrire, rendre: Rendre
    ) -> None:
        document, type_document = ecrire(type_, dossier)
        word = rendre(document, type_document, "docx")
        assert normalise(docx_text(word)) == normalise(document_text(document))
        pdf = rendre(document, type_document, "pdf")
        assert canonical(pdf_text(pdf)) == canonical(document_text(document))
        for profil in PROFILS:
            verdict = page.validate_pdf_bytes(pdf, profile=profil)
            assert [(f.rule_id, f.message) for f in verdict.failures] == []

    @pytest.mark.parametrize(
        ("type_", "dossier", "forme"),
        [
            *((*ACTES[rang], "docx") for rang in (1, 5, 7)),
            *(pytest.param(*ACTES[rang], "pdf", marks=pytest.mark.long) for rang in (1, 7)),
            (*ACTES[5], "pdf"),
        ],
    )
    def it_writes_the_same_bytes_twice(
        self,
        type_: str,
        dossier: str,
        forme: str,
        projet: Projet,
        depot: Depot,
        ecrire: Ecrire,
        rendre: Rendre,
    ) -> None:
        second = render(*make(projet, depot, type_, dossier), forme)
        assert rendre(*ecrire(type_, dossier), forme) == second

    @pytest.mark.parametrize(("type_", "dossier"), ACTES)
    def it_lacks_nothing_and_shows_no_code_of_a_file(
        self, type_: str, dossier: str, ecrire: Ecrire
    ) -> None:
        texte = document_text(ecrire(type_, dossier)[0])
        assert "[à compléter" not in texte
        assert not re.search(r"\b(None|True|False|nan)\b", texte)


class DescribeRapportDEvaluation:
    def it_prints_a_hostile_name_as_it_is_written(self, depot: Depot, ecrire: Ecrire) -> None:
        nom = depot.affaires[HOSTILE].dossier.valeur.etablissement.raison_sociale
        assert nom is not None
        assert {"*", "&", "<"} <= set(nom)
        for type_ in ("rapport_evaluation", "autoevaluation"):
            assert typographier_saisie(nom) in document_text(ecrire(type_, HOSTILE)[0])

    def it_gives_unknown_results_their_motive(self, ecrire: Ecrire) -> None:
        texte = document_text(ecrire("rapport_evaluation", PAUVRE)[0])
        assert "Audit interrompu par le changement de logiciel" in texte
        assert "le total n’est pas évaluable" in texte
        assert "16 cibles atteintes sur 24" in texte

    def it_names_the_site_of_a_target_of_its_own(self, ecrire: Ecrire) -> None:
        site = "Centre de dialyse de l’Arsenal"
        assert site in document_text(ecrire("rapport_evaluation", RICHE)[0])
        assert site not in document_text(ecrire("rapport_evaluation", SOCLE_SEUL)[0])

    def it_compares_two_years_when_there_are_two(self, ecrire: Ecrire) -> None:
        deux = document_text(ecrire("rapport_evaluation", RICHE)[0])
        assert "Cibles nouvellement atteintes depuis 2018" in deux
        une = document_text(ecrire("rapport_evaluation", RICHE, 2018)[0])
        assert "Aucune année n’a été évaluée auparavant" in une

    def it_prints_a_result_once_and_draws_none(self, ecrire: Ecrire) -> None:
        document = ecrire("rapport_evaluation", RICHE)[0]
        assert charts(document) == []
        assert len(re.findall(r"\bNAT-10-1-2\b", document_text(document))) == 1

    def it_gives_the_value_of_the_year_before(self, ecrire: Ecrire) -> None:
        texte = document_text(ecrire("rapport_evaluation", RICHE)[0])
        assert re.search(r"NAT-10-1-1\s.*\s70,83\u00a0%\s81,14\u00a0%\s", texte)
        assert re.search(r"74,15\u00a0% \(non atteint\)\s91,77\u00a0%\s", texte)

    def it_tells_the_establishment_neither_paths_nor_certainty(self, ecrire: Ecrire) -> None:
        detail = document_text(ecrire("detail_calcul", RICHE)[0])
        assert "+\u00a036\u202f274,61\u00a0€" in detail
        assert ".yaml" not in detail
        assert "Certitude" not in detail

    def it_repeats_the_amounts_of_the_note(self, ecrire: Ecrire) -> None:
        rapport = document_text(ecrire("rapport_evaluation", RICHE)[0])
        note = document_text(ecrire("note_calcul", RICHE)[0])
        montant = "+\u00a036\u202f274,61\u00a0€"
        assert montant in rapport
        assert montant in note

    def it_marks_what_is_missing_and_refuses_a_final_act(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        charge = bare_evaluation(tmp_path)
        affaire = replace(depot.affaires[SOCLE_SEUL], evaluations={2019: charge})
        arguments = (projet.types["rapport_evaluation"], affaire, projet.bibliotheque, projet.droit)
        brouillon = assemble_act(*arguments, Options(annee=2019))
        texte = document_text(brouillon.document)
        assert "[à compléter" in texte
        assert "0 cible atteinte sur 0" in texte
        assert "date d’arrêté des données" in " ".join(c.message for c in brouillon.constats)
        with pytest.raises(DonneesError) as faute:
            assemble_act(*arguments, Options(annee=2019, definitif=True))
        assert faute.value.code == "D-060"


class DescribeAutoevaluation:
    def it_needs_no_evaluation_and_takes_the_targets_of_its_year(
        self, depot: Depot, ecrire: Ecrire
    ) -> None:
        assert 2020 not in depot.affaires[RICHE].evaluations
        avant, apres = (
            document_text(ecrire("autoevaluation", RICHE, an)[0]).replace("\u00a0", " ")
            for an in (2018, 2020)
        )
        assert "du 1er janvier 2020 au 31 décembre 2020" in apres
        cibles = depot.affaires[RICHE].dossier.valeur.contrat.indicateurs["NAT-10-1-1"].cibles
        assert f"au moins {cibles[2018]}" in avant
        assert "Cible 2018" in avant
        assert "non fixée" in apres

    def it_asks_what_measures_an_action(self, ecrire: Ecrire) -> None:
        texte = document_text(ecrire("autoevaluation", "990780017", 2019)[0])
        assert "Indicateur de l’action CHUP-T1" in texte
        assert "Suivi\u00a0: Nombre de transports partagés" in texte

    def it_leaves_out_a_volet_that_is_over(self, depot: Depot, ecrire: Ecrire) -> None:
        volet = depot.affaires[PAUVRE].dossier.valeur.contrat.volets["qualite"]
        assert volet.duree == 3
        assert "QUA-2" not in document_text(ecrire("autoevaluation", PAUVRE, 2021)[0])
        assert "Aucun volet additionnel du contrat n’est en vigueur" in document_text(
            ecrire("autoevaluation", PAUVRE, 2021)[0]
        )

    @pytest.mark.parametrize(("annee", "code"), [(None, "D-046"), (2017, "D-099")])
    def it_asks_for_a_year_of_the_contract(
        self, annee: int | None, code: str, projet: Projet, depot: Depot
    ) -> None:
        with pytest.raises(DonneesError) as faute:
            assemble_act(
                projet.types["autoevaluation"],
                depot.affaires[RICHE],
                projet.bibliotheque,
                projet.droit,
                Options(annee=annee),
            )
        assert faute.value.code == code

    def it_names_its_files_after_the_year(self, espace: Path) -> None:
        commande = ["generer", RICHE, "--type", "autoevaluation", "--annee", "2019"]
        assert run([*commande, "--formats", "txt", "--projet", str(espace)]) == 0
        noms = [chemin.name for chemin in (espace / "output").glob("*.txt")]
        assert noms == [f"autoevaluation_2019_{RICHE}_CAQES-2018-{RICHE}_projet.txt"]


class DescribeRapportRegional:
    def it_adds_up(self, projet: Projet) -> None:
        campagne, _ = gather(projet, DemandeRegionale(2019, Path("output")))
        releve = json.loads(render_record(campagne))
        totaux = [e["total"] for e in releve["etablissements"]]
        connus = sum(Decimal(total) for total in totaux if total is not None)
        bilan = resolve_region(campagne, projet.droit)
        assert read_amount(bilan.total) == connus
        assert sum(read_amount(ligne.montant) for ligne in bilan.sommes) == connus
        assert bilan.sans_total == totaux.count(None) == 1
        assert sum(m.volets for m in bilan.mesures) == sum(
            len(e["volets"]) for e in releve["etablissements"]
        )
        for groupe in bilan.articles:
            for ligne in groupe.lignes:
                d = ligne.decompte
                assert d.nombre == d.evaluables + d.non_evaluables + d.sans_objet

    def it_counts_a_measure_brought_to_nothing_as_its_table_names_it(self, projet: Projet) -> None:
        """« aucune mesure (intéressement ramené à 0 €) » was counted among the rewards."""
        campagne, _ = gather(projet, DemandeRegionale(2019, Path("output")))
        volets = [v for e in campagne.evaluees for v in e.resultat.volets]
        nombres = {m.libelle: m.volets for m in resolve_region(campagne, projet.droit).mesures}
        assert any("ramené" in v.mesure_dite for v in volets)
        assert nombres["aucune mesure"] == sum(
            v.mesure_dite.startswith("aucune mesure") for v in volets
        )

    def it_says_what_the_total_leaves_out(self, ecrire: Ecrire) -> None:
        texte = document_text(ecrire("rapport_regional", "")[0])
        assert "hors évaluations dont le total n’est pas évaluable (nombre\u00a0: 1)" in texte
        assert "Le contrat est en vigueur, mais l’année n’est pas évaluée." in texte

    def it_counts_what_is_known_of_an_evaluation_without_total(self, projet: Projet) -> None:
        campagne, _ = gather(projet, DemandeRegionale(2019, Path("output")))
        sans = next(e for e in campagne.evaluees if e.total is None)
        seule = resolve_region(replace(campagne, evaluees=(sans,)), projet.droit)
        assert seule.sans_total == 1
        assert read_amount(seule.total) == 0
        assert "non évaluable" in [m.libelle for m in seule.mesures]

    def it_writes_its_files_and_says_so(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["--formats", "txt,json", "--projet", str(espace)]
        assert run(["consolider", "--annee", "2019", *arguments]) == 0
        noms = sorted(chemin.name for chemin in (espace / "output").iterdir())
        base = "rapport_regional_2019_ars-exemple_projet"
        assert noms == [f"{base}.json", f"{base}.txt"]
        assert "12 évaluations de 2019, 7 contrats sans évaluation" in capsys.readouterr().err

    def it_is_told_in_json(self, espace: Path, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ["--formats", "txt", "--format", "json", "--projet", str(espace)]
        make_signable(espace)
        assert run(["consolider", "--annee", "2018", "--definitif", *arguments]) == 0
        dit = json.loads(capsys.readouterr().out)
        assert dit["annee"] == 2018
        assert len(dit["evalues"]) == 12
        assert dit["fichiers"] == ["rapport_regional_2018_ars-exemple_definitif.txt"]

    def it_refuses_to_add_up_what_it_cannot_read(self, espace: Path) -> None:
        chemin = espace / f"contracts_data/evaluations/{RICHE}-2019.yaml"
        chemin.write_text("annee: [", encoding="utf-8")
        with pytest.raises(DonneesError) as faute:
            consolidate(Projet(espace), DemandeRegionale(2019, espace / "output"))
        assert faute.value.code == "D-000"
        assert not (espace / "output").exists()

    def it_sets_aside_an_evaluation_that_cannot_be_worked_out(self, espace: Path) -> None:
        dossier = espace / f"contracts_data/dossiers/{SOCLE_SEUL}.yaml"
        texte = dossier.read_text(encoding="utf-8")
        dossier.write_text(re.sub(r"date: 2017-\d\d-\d\d", "date: 2019-06-01", texte), "utf-8")
        projet = Projet(espace)
        campagne, constats = gather(projet, DemandeRegionale(2019, espace / "output"))
        assert [affaire.finess for affaire, _ in campagne.ecartees] == [SOCLE_SEUL]
        assert "V-050" in [constat.code for constat in constats]
        bilan = resolve_region(campagne, projet.droit)
        assert bilan.nombre == 11
        assert [ligne.finess for ligne in bilan.ecartees] == [SOCLE_SEUL]

    @pytest.mark.parametrize(
        ("edition", "decidees", "total"),
        [
            ("2020-09-08", 6, "−\u00a0400\u202f131,41\u00a0€"),
            ("2020-12-31", 11, "−\u00a0458\u202f729,43\u00a0€"),
        ],
    )
    def it_counts_the_decisions_taken_by_its_own_day(
        self, edition: str, decidees: int, total: str, projet: Projet
    ) -> None:
        demande = DemandeRegionale(
            2019, Path("output"), date_edition=dt.date.fromisoformat(edition)
        )
        bilan = resolve_region(gather(projet, demande)[0], projet.droit)
        assert (bilan.decidees, bilan.total_decide) == (decidees, total)
        a_prendre = [e for e in bilan.etablissements if e.decide == "à prendre"]
        assert len(a_prendre) == bilan.nombre - decidees

    def it_tells_the_refusals_that_no_total_holds(self, projet: Projet) -> None:
        bilan = resolve_region(
            gather(projet, DemandeRegionale(2019, Path("output")))[0], projet.droit
        )
        (avenant,) = bilan.refus
        assert avenant.finess == "990780082"
        assert avenant.motif.startswith("Refus de conclure l’avenant n°\u00a02 (volet obligatoire)")
        assert "589\u202f047\u00a0€, hors de tous les totaux" in avenant.motif

    def it_does_not_count_a_contract_that_nobody_signed(self, projet: Projet) -> None:
        bilan = resolve_region(
            gather(projet, DemandeRegionale(2019, Path("output")))[0], projet.droit
        )
        assert [ligne.finess for ligne in bilan.projets] == ["990780207"]
        assert "990780207" not in [ligne.finess for ligne in bilan.sans_evaluation]
        assert bilan.etat.signes == bilan.etat.nombre - 1

    def but_not_those_of_another_year(self, espace: Path) -> None:
        dossier = espace / "contracts_data/dossiers/990780157.yaml"
        texte = dossier.read_text(encoding="utf-8")
        texte = texte.replace("constate_le: 2017-12-11", "constate_le: 2020-10-01")
        dossier.write_text(texte.replace("decide_le: 2018-01-22", "decide_le: 2020-10-22"), "utf-8")
        projet = Projet(espace)
        campagne, _ = gather(projet, DemandeRegionale(2019, espace / "output"))
        assert [affaire.finess for affaire, _ in campagne.refus] == ["990780082"]

    @pytest.mark.parametrize(
        ("annee", "ars", "code"), [(2021, None, "U-016"), (2019, "ars-inconnue", "U-030")]
    )
    def it_needs_evaluations_and_an_agency(
        self, annee: int, ars: str | None, code: str, projet: Projet
    ) -> None:
        with pytest.raises(UsageError) as faute:
            gather(projet, DemandeRegionale(annee, Path("output"), ars=ars))
        assert faute.value.code == code


def charts(document: Document) -> list[Graphique]:
    """The charts of a document, in order."""
    return [noeud for noeud in _walk(document.corps) if isinstance(noeud, Graphique)]


def _walk(blocs: object) -> list[object]:
    trouves: list[object] = []
    for bloc in blocs if isinstance(blocs, tuple) else ():
        trouves.append(bloc)
        trouves.extend(_walk(getattr(bloc, "blocs", ())))
    return trouves


def read_amount(texte: str) -> Decimal:
    """The value of a printed amount, sign included."""
    chiffres = re.sub(r"[^\d,]", "", texte).replace(",", ".")
    return -Decimal(chiffres) if texte.startswith("−") else Decimal(chiffres)


def bare_evaluation(ou: Path) -> Charge[Evaluation]:
    """An evaluation that tells nothing but its year and its date."""
    chemin = ou / "evaluation.yaml"
    chemin.write_text(f'dossier: "{SOCLE_SEUL}"\nannee: 2019\ndate: 2020-06-30\n', encoding="utf-8")
    charge, fautes = load_record(chemin, "evaluation.yaml", Evaluation)
    assert fautes == []
    assert charge is not None
    return charge
