"""`caqes completer` answered to the end by somebody who takes the examples that it shows."""

from __future__ import annotations

import enum
import re
import sys
from collections.abc import Container, Iterator, Mapping
from pathlib import Path

import click
import pytest
from pydantic import BaseModel

from caqes_docs.application.commencer.completer.entretien import Entretien, said
from caqes_docs.application.commencer.completer.fiche import find_fiche
from caqes_docs.application.commencer.completer.questions import _SENS
from caqes_docs.application.commencer.dossier import check_finess
from caqes_docs.application.commencer.evaluation import new_evaluations
from caqes_docs.application.commencer.fiches import new_fiche
from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Gravite
from caqes_docs.core.errors import ExitCode, UsageError
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.etablissement import Activite
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal
from caqes_docs.data.lecture.introspection import TypeChamp, fields_of
from caqes_docs.data.lecture.yaml_strict import look
from caqes_docs.interfaces.cli.main import run
from tests.outils.pharmacien import FINESS, asked, begin
from tests.outils.validation import make_signable

SAIT = {"contrat.organisme": "cpam-99", "contrat.socle.niveau.indicateurs.part": "100 %"}
"""What no example can tell."""
ARMEES = {**SAIT, "etablissement.statut": "armees", "contrat.organisme": "cnmss"}
COMMUNE = "commune, suivie le cas échéant de CEDEX"
REGION = {
    "taux_cibles.0.indicateur": "NAT-10-3-1",
    "calendrier.0.donnee": "generiques",
    "criteres_pertinence.0.colonne": "taux",
}


def answer_all(
    entretien: Entretien, sait: Mapping[str, str], retirees: Container[str] = ()
) -> Iterator[tuple[str, list[str]]]:
    """Every question answered: what is known, a choice, what is proposed, else the example.

    The typical actions `retirees` of the volets are left out of their plans.
    """
    rang = 0
    while question := entretien.next():
        rang += 1
        if look(entretien.read().donnees, (*question.chemin[:5], "modele")) in retirees:
            yield f"r{rang}", [c.message for c in entretien.remove(question, lambda _: True)]
            continue
        place = ".".join(map(str, question.chemin))
        exemple = entretien.example(question)
        choix = question.choix[0][0] if question.choix else ""
        dit = "non" if question.encore else sait.get(place) or choix or question.propose or exemple
        constats = entretien.answer(question, [dit or f"Dit {rang}"])
        refus = [c.message for c in constats if c.gravite is Gravite.ERREUR]
        yield place, refus
        if refus:
            entretien.skip(question)


class DescribeReponses:
    @pytest.mark.parametrize(
        ("activites", "sait"),
        [
            ((Activite.MCO,), SAIT),
            pytest.param((Activite.MCO,), ARMEES, marks=pytest.mark.long),
            pytest.param((Activite.HAD, Activite.DIALYSE), SAIT, marks=pytest.mark.long),
            pytest.param((Activite.SSR, Activite.PSY), SAIT, marks=pytest.mark.long),
            pytest.param((Activite.USLD,), SAIT, marks=pytest.mark.long),
        ],
    )
    def it_leaves_no_blank_in_the_act_to_sign(
        self,
        activites: tuple[Activite, ...],
        sait: Mapping[str, str],
        espace: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        entretien = begin(espace, activites)
        dites = dict(answer_all(entretien, sait))
        assert {place: refus for place, refus in dites.items() if refus} == {}
        assert {
            "etablissement.avis_medical.date",
            "etablissement.avis_medical.sens",
            "etablissement.produits_assurance_maladie.0.montant",
            "contrat.signature.lieu",
            "contrat.socle.declenchement.seuil",
        } <= dites.keys()
        assert [c for c in entretien.check() if c.gravite is not Gravite.AVERTISSEMENT] == []
        make_signable(espace)
        monkeypatch.setitem(sys.modules, "weasyprint", None)
        commande = ["generer", FINESS, "--definitif", "--formats", "txt", "--projet", str(espace)]
        assert run(commande) == ExitCode.OK
        (acte,) = (espace / "output").glob(f"contrat_{FINESS}_*_definitif.txt")
        lignes = re.sub(
            "\n(?=(?:Pilote|Échéancier)\u00a0:)", " ", acte.read_text("utf-8")
        ).splitlines()
        assert [x for x in lignes if "—" in x and not x.startswith("TOTAL")] == []
        assert [x for x in lignes if re.match(r"Fait à \w.*, le \d", x)] != []
        assert [x for x in lignes if re.search(r"\ble  |…{2}|_{3}|\.{4}", x)] == []

    @pytest.mark.long
    def it_accepts_every_example_of_the_volets(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,), ("transports", "pertinence", "qualite"))
        dites = dict(answer_all(entretien, SAIT, ("TRA-A2", "QUA-A1")))
        assert {place: refus for place, refus in dites.items() if refus} == {}
        assert "contrat.volets.transports.interessement.depenses_cibles.2018" in dites
        assert entretien.a_la_main == {}
        assert [c for c in entretien.check() if c.gravite is not Gravite.AVERTISSEMENT] == []
        assert "        # - id: TRA-A2\n" in entretien.chemin.read_text("utf-8")


class DescribeListes:
    def it_asks_for_another_once_all_of_one_is_said(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        dits = {"finess": "990001018", "nom": "Site nord", "activites": "mco"}
        vus: list[str] = []
        while not (question := asked(entretien)).encore:
            if question.chemin[:2] != ("etablissement", "sites"):
                entretien.skip(question)
                continue
            vus.append(question.libelle)
            cle = str(question.chemin[-1])
            if cle in dits:
                assert entretien.answer(question, [dits[cle]]) == []
            else:
                entretien.skip(question)
        assert vus == [
            "sites géographiques n°\u00a01, FINESS géographique",
            "sites géographiques n°\u00a01, nom du site",
            "sites géographiques n°\u00a01, activités du site",
            *(
                f"sites géographiques n°\u00a01, adresse du site, {ligne}"
                for ligne in ("lignes de l’adresse", "code postal", COMMUNE)
            ),
        ]
        assert question.libelle == "sites géographiques (1 déjà)"
        assert question.chemin == ("etablissement", "sites")

    def it_drops_an_item_that_lacks_what_it_needs(self, espace: Path) -> None:
        projet = Projet(espace)
        entretien = Entretien(projet, new_fiche(projet, "ars", "neuve"))
        avant = entretien.chemin.read_text("utf-8")
        while (question := asked(entretien)).chemin != ("criteres_pertinence", 0, "id"):
            assert not entretien.is_due(question)
            entretien.skip(question)
        assert entretien.answer(question, ["ECART"]) == []
        question = asked(entretien)
        assert (question.chemin[-1], question.facultative) == ("libelle", False)
        assert entretien.is_due(question)
        entretien.drop(question)
        assert look(entretien.read().donnees, ("criteres_pertinence",)) == []
        assert entretien.written() == []
        assert entretien.chemin.read_text("utf-8") == avant
        assert asked(entretien).chemin[0] != "criteres_pertinence"

    def it_makes_no_item_of_what_is_proposed_alone(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,), ("transports",))
        vues: list[str] = []
        while question := entretien.next():
            ciblage = "ciblage" in question.chemin and 0 in question.chemin
            vues += [question.propose] * ciblage
            assert not question.encore
            entretien.skip(question)
        assert vues == [""]

    def it_passes_the_year_with_the_reference(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        vues = set()
        while question := entretien.next():
            vues.add(question.chemin[-2:])
            entretien.skip(question)
        assert ("reference", "valeur") in vues
        assert ("reference", "annee") not in vues


class DescribeRemedes:
    def it_says_how_to_begin_an_evaluation(self, espace: Path) -> None:
        with pytest.raises(UsageError) as leve:
            find_fiche(Projet(espace), "990780082-2031")
        assert leve.value.remede == (
            "La créer\u00a0: caqes nouveau evaluation 990780082 --annee 2031"
        )

    def it_says_that_spaces_are_the_fault(self) -> None:
        with pytest.raises(UsageError, match="990 780 082") as leve:
            check_finess("990 780 082")
        assert leve.value.remede == "L’écrire sans espace\u00a0: 990780082"


class DescribeVolets:
    def it_asks_the_weight_of_each_action(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,), ("transports",))
        texte = entretien.chemin.read_text("utf-8")
        for vide, dit in (
            ("regime:", "regime: caqes_1"),
            ("date:", "date: 2017-12-20"),
            ("ars:", "ars: ars-exemple"),
            ("organisme:", "organisme: cpam-99"),
            ("reference:", "reference: CAQES-1"),
            ("statut:", "statut: public"),
            ("niveau_signature:", "niveau_signature: entite_juridique"),
        ):
            texte = texte.replace(f" {vide}\n", f" {dit}\n", 1)
        avant, volets = texte.split("  volets:\n")
        bareme = "bareme: {nom: lineaire, sur: actions, de: 20 %, a: 80 %}"
        volets = volets.replace("date:", "date: 2017-12-20", 1).replace("duree:", "duree: 3", 1)
        volets = volets.replace("        type:", "        type: montant", 1)
        volets = volets.replace("_sanction:", "_sanction: oui", 1)
        volets = volets.replace("bareme:", bareme, 1).replace("prevu:", "prevu: non", 1)
        entretien.chemin.write_text(f"{avant}  volets:\n{volets}", "utf-8")
        poids: list[str] = []
        while question := entretien.next():
            if question.chemin[-1] == "poids":
                poids.append(question.libelle)
                assert entretien.example(question) == "25 %"
                assert entretien.answer(question, ["20 %"]) == []
            else:
                entretien.skip(question)
        assert len(poids) == 5
        assert poids[0] == (
            "Volet relatif aux transports, plan d’actions du volet n°\u00a01 (Ouvrir une plateforme"
            " unique de commande des transports et…), poids de l’action dans le niveau de"
            " réalisation"
        )


class DescribeLibelles:
    @pytest.mark.parametrize("saisie", ["Tout ou rien", "tout-ou-rien", "tout_ou", "2"])
    def it_takes_the_words_that_it_shows(self, saisie: str, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        entretien.next()
        dites = {".".join(map(str, q.chemin)): q for q in entretien.file}
        question = dites["contrat.socle.sanction.bareme.nom"]
        assert question.read(saisie) == "tout_ou_rien"
        assert question.read("t") == "t"


class DescribeSemblables:
    def it_passes_over_all_that_ask_the_same(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        entretien.next()
        pilotes = [q for q in entretien.file if q.chemin[-1] == "pilote" and "NAT" in q.libelle]
        assert len(entretien.alike(pilotes[0])) == len(pilotes) - 1 == 24
        entretien.skip_alike(pilotes[0])
        assert not [q for q in entretien.file if q in pilotes]


class DescribeParties:
    def it_offers_the_records_that_are_still_to_fill(self, espace: Path) -> None:
        projet = Projet(espace)
        new_fiche(projet, "organisme", "cpam-01")
        entretien = begin(espace, (Activite.MCO,))
        entretien.next()
        (question,) = [q for q in entretien.file if q.chemin == ("contrat", "organisme")]
        assert dict(question.choix)["cpam-01"] == "à remplir, caqes completer cpam-01"
        assert entretien.answer(question, ["cpam-01"]) == []

    def it_refuses_an_agency_that_has_no_record(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        fichier = entretien.read()
        contrat = look(fichier.donnees, ("contrat",))
        assert isinstance(contrat, dict)
        contrat["ars"] = "Bretagne"
        assert "D-040" in {constat.code for constat in entretien.fiche.judge(fichier)}


class DescribeOrdre:
    def it_asks_for_a_person_as_one_names_somebody(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        asked(entretien)
        chemins = [q.chemin[1:] for q in entretien.file if "representant" in q.chemin]
        assert [c[-1] for c in chemins] == ["civilite", "prenom", "nom", "qualite"]
        rangs = [rang for rang, q in enumerate(entretien.file) if "representant" in q.chemin]
        assert rangs == [*range(rangs[0], rangs[0] + 4)]

    def it_asks_a_reference_then_the_years(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        texte = entretien.chemin.read_text("utf-8")
        deux = texte.replace("        2018:\n", "        2019:\n        2018:\n", 1)
        entretien.chemin.write_text(deux, "utf-8")
        entretien.next()
        siennes = [
            question.chemin[3:]
            for question in entretien.file
            if question.chemin[2:3] == ("NAT-10-1-1",) and len(question.chemin) > 4
        ]
        assert siennes == [
            ("reference", "valeur"),
            ("reference", "annee"),
            ("cibles", "2018"),
            ("cibles", "2019"),
        ]


class DescribeChoix:
    def it_says_what_each_word_means(self) -> None:
        muets = [
            f"{classe.__name__}.{m.value}"
            for classe in {c for modele in (Dossier, Ars, OrganismeLocal) for c in words(modele)}
            for m in classe
            if (str(m.value).isupper() or "_" in str(m.value) or str(m.value) == "CfME")
            and not getattr(m, "libelle", "")
            and not _SENS.get(classe.__name__, {}).get(str(m.value))
            and classe.__name__ != "Regime"
        ]
        assert muets == []


def words(modele: type[BaseModel], vus: frozenset[type] = frozenset()) -> Iterator[type[enum.Enum]]:
    """The closed lists of a model."""
    for champ in fields_of(modele).values():
        fin: TypeChamp = champ
        while fin.element is not None:
            fin = fin.element
        if issubclass(fin.classe, enum.Enum):
            yield fin.classe
        elif issubclass(fin.classe, BaseModel) and fin.classe not in vus:
            yield from words(fin.classe, vus | {modele})


class DescribeRetour:
    def it_comes_back_shows_and_replaces(self, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        assert not entretien.back()
        for saisie in ("caqes_1", "20/12/2017"):
            entretien.answer(asked(entretien), [saisie])
        assert entretien.back()
        question = asked(entretien)
        assert (question.chemin[-1], question.actuelle) == ("date", "20/12/2017")
        assert entretien.answer(question, ["19/12/2017"]) == []
        assert look(entretien.read().donnees, question.chemin) == "19/12/2017"
        lignes = entretien.chemin.read_text("utf-8").splitlines()
        regime, date = (
            str(next(rang for rang, ligne in enumerate(lignes, 1) if dit in ligne))
            for dit in ("regime: caqes_1", "19/12/2017")
        )
        assert entretien.written() == [
            ("contrat", regime, "regime caqes_1"),
            ("contrat.signature", date, "date 19/12/2017"),
        ]

    @pytest.mark.parametrize("semblables", [False, True])
    def it_brings_back_a_reference_with_its_year(self, semblables: bool, espace: Path) -> None:
        entretien = begin(espace, (Activite.MCO,))
        while (question := asked(entretien)).chemin[-2:] != ("reference", "valeur"):
            entretien.skip(question)
        avant = [q.chemin for q in entretien.file]
        (entretien.skip_alike if semblables else entretien.skip)(question)
        code = question.chemin[:3]
        restent = [q.chemin for q in entretien.file if q.chemin[-2] == "reference"]
        assert len(restent) == (0 if semblables else 48)
        assert entretien.back()
        assert [q.chemin for q in entretien.file] == avant
        assert entretien.answer(asked(entretien), ["62 %"]) == []
        assert asked(entretien).chemin == (*code, "reference", "annee")

    @pytest.mark.parametrize(
        ("saisies", "ecrite"),
        [
            (["50 %", "non", "70 %", "q"], "70 %"),
            (["50 %", "80 %", "q"], ""),
            (["50 %", "q"], ""),
            (["50 %", "oui", "q"], "50 %"),
        ],
    )
    def it_confirms_a_target_that_falls_back(
        self,
        saisies: list[str],
        ecrite: str,
        espace: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        entretien = begin(espace, (Activite.MCO,))
        code = "NAT-10-1-1"
        texte = entretien.chemin.read_text("utf-8")
        vide = f"    {code}:\n      reference:\n        annee:\n        valeur:\n"
        dit = vide.replace("annee:", "annee: 2016").replace("valeur:", 'valeur: "60 %"')
        texte = texte.replace(vide, dit).replace("  regime:", "  regime: caqes_1", 1)
        entretien.chemin.write_text(texte.replace("    date:", "    date: 2017-12-20", 1), "utf-8")
        reste = iter(saisies)

        def typed(invite: str, **_options: object) -> str:
            derniere = capsys.readouterr().err
            vus.append(derniere)
            la = "Confirmez" in invite or f"{code}," in "".join(vus[-1:])
            return next(reste, "q") if la else "p"

        vus: list[str] = []
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(click, "prompt", typed)
        assert run(["completer", FINESS, "--projet", str(espace)]) == ExitCode.OK
        place = ("contrat", "indicateurs", code, "cibles", "2018")
        assert said(look(entretien.read().donnees, place)) == ecrite
        assert "V-285" in "".join(vus)
        dit = f"contrat.indicateurs.{code}\u00a0: cibles.2018 {ecrite}"
        assert (dit in capsys.readouterr().err) == bool(ecrite)


class DescribeAutresFiches:
    @pytest.mark.parametrize("sorte", ["ars", "organisme"])
    def it_fills_a_party(self, sorte: str, espace: Path) -> None:
        projet = Projet(espace)
        entretien = Entretien(projet, new_fiche(projet, sorte, "neuve"))
        dites = dict(answer_all(entretien, REGION))
        assert {place: refus for place, refus in dites.items() if refus} == {}
        assert {"referents.0.personne.nom", "adresse.code_postal"} <= dites.keys()
        assert entretien.check() == []

    def it_fills_a_year(self, espace: Path) -> None:
        projet = Projet(espace)
        (espace / "contracts_data/evaluations/990780082-2019.yaml").unlink()
        new_evaluations(projet, ["990780082"], 2019)
        chemin = espace / "contracts_data/evaluations/990780082-2019.yaml"
        entretien = Entretien(projet, chemin)
        avant = len(entretien.check())
        premiere = asked(entretien)
        assert (premiere.libelle, premiere.facultative) == ("date de l’évaluation", False)
        assert "date de l’évaluation" in entretien.left()["Qui tient le fichier"]
        assert entretien.answer(premiere, ["15/06/2020"]) == []
        assert asked(entretien).libelle.startswith("NAT-10-1-1, Taux de prescriptions")
        for saisie in ("80", "100"):
            assert entretien.answer(asked(entretien), [saisie]) == []
        assert len(entretien.check()) == avant - 1
