"""What is missing from a volet is told at its own line, under the name that the file gives it."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree

from caqes_docs.application.commencer.dossier import DossierDemande, new_dossier
from caqes_docs.application.evaluer import evaluate_years
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.core.constats import Constat
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.introspection import TypeChamp, fields_of
from caqes_docs.document.model import ACompleter
from caqes_docs.document.walk import iter_document_inlines
from caqes_docs.interfaces.cli.main import run
from caqes_docs.ooxml.ns import qw
from caqes_docs.rendering.texte import write_texte
from tests.architecture.depot import RACINE

DOSSIER = "contracts_data/dossiers/990780017.yaml"
RETIRES = (
    '          pilote: "Direction des achats et de la logistique"\n',
    '        financement: "économies constatées sur les dépenses de transports"\n',
)


OBLIGATOIRES = {
    "statut": "public",
    "niveau_signature": "entite_juridique",
    "reference": "CAQES-2018-990000010",
    "regime": "caqes_1",
    "ars": "ars-exemple",
    "organisme": "cpam-99",
}
VOLET = "donne_lieu_a_sanction: oui, ciblage: {}, sanction: {}, interessement: {prevu: oui}"


@pytest.fixture(scope="module")
def vide(tmp_path_factory: pytest.TempPathFactory) -> Assemblage:
    """The contract of a dossier of which nothing is known, three volets opened."""
    dossier = tmp_path_factory.mktemp("vide")
    for nom in ("clauses", "templates", "contracts_data"):
        shutil.copytree(RACINE / nom, dossier / nom)
    projet = Projet(dossier)
    chemin = new_dossier(projet, DossierDemande("990000010"))
    texte = chemin.read_text(encoding="utf-8")
    for cle, valeur in OBLIGATOIRES.items():
        texte = re.sub(rf"(?m)^( +{cle}:)$", rf"\1 {valeur}", texte, count=1)
    noms = ", ".join(f"{nom}: {{{VOLET}}}" for nom in projet.droit.volets)
    texte = texte.replace("  # volets:\n", f"  volets: {{{noms}}}\n", 1)
    chemin.write_text(texte, encoding="utf-8")
    affaire = projet.depot(["990000010"]).affaires["990000010"]
    options = Options(date_effet=dt.date(2018, 1, 1))
    return assemble_act(
        projet.types["contrat"], affaire, projet.bibliotheque, projet.droit, options
    )


class DescribeManques:
    def it_names_the_key_of_a_volet_as_the_file_does(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        chemin = espace / DOSSIER
        texte = chemin.read_text(encoding="utf-8")
        for ligne in RETIRES:
            assert texte.count(ligne) == 1
            texte = texte.replace(ligne, "")
        chemin.write_text(texte, encoding="utf-8")
        assert run(["verifier", "990780017", "--projet", str(espace)]) == 0
        capture = capsys.readouterr()
        dit = (capture.out + capture.err).replace("\u00a0", " ")
        action = texte[: texte.index("- id: CHUP-T1")].count("\n") + 1
        assert (
            f"{DOSSIER}:{action}:11  D-060  à compléter\n"
            "    À compléter : plan d’actions du volet, pilote de l’action (CHUP-T1).\n"
            "    → Remplir « contrat.volets.transports.actions.1.pilote ».\n"
        ) in dit
        assert "Remplir « contrat.volets.transports.interessement.financement »." in dit
        assert "lignes" not in dit


class DescribeDossierVide:
    """A dossier of which nothing is known: what `caqes nouveau dossier` writes."""

    @pytest.fixture
    def manques(self, vide: Assemblage) -> Sequence[Constat]:
        return vide.constats

    def it_names_keys_that_a_dossier_has(self, manques: Sequence[Constat]) -> None:
        remedes = [re.fullmatch("Remplir «\u00a0(.+)\u00a0».", c.remede or "") for c in manques]
        chemins = [trouve.group(1) for trouve in remedes if trouve]
        faux = [chemin for chemin in chemins if not is_key(chemin)]
        assert faux == []
        assert {
            "contrat.socle.sanction.bareme",
            "contrat.volets.transports.sanction.bareme",
            "contrat.volets.transports.interessement.bareme",
        } <= set(chemins)

    def it_asks_once_for_each(self, manques: Sequence[Constat]) -> None:
        remedes = [constat.remede or "" for constat in manques]
        assert sum("avis_medical" in remede for remede in remedes) == 1
        assert sorted(remedes) == sorted(set(remedes))


def is_key(chemin: str) -> bool:
    """Whether a dossier may hold the key `chemin`."""
    type_: TypeChamp | None = TypeChamp("bloc", Dossier)
    for partie in chemin.split("."):
        assert type_ is not None
        if type_.sorte != "bloc":
            type_ = type_.element
        elif partie in getattr(type_.classe, "model_fields", ()):
            type_ = fields_of(type_.classe)[partie]
        else:
            return False
    return True


CODE = re.compile(r"[a-z]_[a-z]|\.(ya?ml|\d+\.)|:\d+:\d+|[a-z]\.[a-z]|\b(NAT|REG|TRA|PER|QUA)-\d")
"""What only the terminal says: keys, paths, lines, codes."""


BLANCS = str.maketrans("\u00a0\u202f", "  ")


class DescribeCommentaires:
    """What a draft says to a jurist of each missing datum."""

    def it_names_what_is_missing_who_asks_and_who_knows(
        self, assembler: Callable[..., Assemblage], depot: Depot, vide: Assemblage
    ) -> None:
        vus: dict[str, tuple[str, ...]] = {}
        for acte in (vide, *(assembler(nom) for nom in depot.affaires)):
            inlines = iter_document_inlines(acte.document)
            chemins = {inline.chemin for inline in inlines if isinstance(inline, ACompleter)}
            assert chemins == set(acte.document.consignes)
            vus.update(acte.document.consignes)
        assert len(vus) > 100
        for lignes in vus.values():
            debuts = [ligne.partition("\u00a0: ")[0] for ligne in lignes]
            assert debuts == ["Il manque", "Demandé par", "Qui le sait"]
            assert [ligne for ligne in lignes if CODE.search(ligne)] == []
        assert [ligne.translate(BLANCS) for ligne in vus["etablissement.siren"]] == [
            "Il manque : SIREN.",
            "Demandé par : cet acte (article L. 162-30-2 du code de la sécurité sociale).",
            "Qui le sait : la direction de l’établissement ; le répertoire SIRENE le porte aussi.",
        ]
        assert vus["contrat.choix.forme_recours"][0] == (
            "Il manque\u00a0: choix des parties, forme du recours."
        )

    def and_the_word_file_says_nothing_else(
        self, assembler: Callable[..., Assemblage], rendre: Callable[..., bytes], projet: Projet
    ) -> None:
        document = assembler("990780207").document
        written = rendre(document, projet.types["contrat"], "docx")
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            commentaires = etree.fromstring(archive.read("word/comments.xml"))
        dits = [tuple("".join(map(str, p.itertext())) for p in comment) for comment in commentaires]
        assert sorted(dits) == sorted(set(document.consignes.values()))
        assert {comment.get(qw("author")) for comment in commentaires} == {
            "Agence régionale de santé Exemple-Méditerranée"
        }


class DescribePoidsAbsents:
    """V-027: the contract and the evaluated year tell one cause once."""

    @pytest.mark.parametrize("cle", ["coefficient", "poids"])
    def it_is_told_once_for_each_place(self, cle: str, espace: Path) -> None:
        chemin = espace / "contracts_data/dossiers/990780124.yaml"
        texte = chemin.read_text(encoding="utf-8")
        sans = re.sub(rf"(, )?{cle}: [\d,]+ ?%", "", texte)
        assert sans != texte
        chemin.write_text(sans, encoding="utf-8")
        constats = evaluate_years(Projet(espace), ["990780124"]).constats
        lieux = [str(constat.source) for constat in constats if constat.code == "V-027"]
        assert lieux
        assert sorted(lieux) == sorted(set(lieux))


class DescribeBaremeSansBase:
    """A scale that does not say what it measures, on a volet that has actions alone."""

    def it_says_that_it_measures_the_plan(self, espace: Path) -> None:
        chemin = espace / DOSSIER
        texte = chemin.read_text(encoding="utf-8")
        assert "sur: actions" in texte
        chemin.write_text(re.sub(r"(?m)^ +sur: actions\n", "", texte), "utf-8")
        projet = Projet(espace)
        affaire = projet.depot(["990780017"]).affaires["990780017"]
        type_ = projet.types["contrat"]
        acte = assemble_act(type_, affaire, projet.bibliotheque, projet.droit, Options())
        lu = write_texte(acte.document).replace("\u00a0", " ")
        assert "La sanction est modulée selon le niveau de réalisation du plan d’actions (" in lu
