"""What a contract prints as examples is what the same contract, evaluated, comes to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caqes_docs.application.projet import Projet
from caqes_docs.application.region.simuler import DemandeSimulation, simulate_year
from caqes_docs.assembly.contrat.exemples import socle_lines, volet_lines
from caqes_docs.assembly.contrat.vocabulaire import LigneExemple
from caqes_docs.assembly.contrat.volets import resolve_volets
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.calcul.noeud import Nature, ValeurNoeud, entree
from caqes_docs.law.caqes_1.baremes import Effet
from caqes_docs.law.caqes_1.exemples import example_levels, socle_examples, volet_examples
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.jugement import judge
from caqes_docs.law.resultats import Branche, Exemple, MesureProposee, ResultatVolet
from tests.outils.affaires import Atelier
from tests.outils.partage import examples

ABSENT = st.just("")
BAREMES = st.sampled_from(
    [
        "nom: saisie",
        "nom: tout_ou_rien, seuil: 80 %",
        "nom: tout_ou_rien",
        "nom: lineaire, de: 40 %, a: 100 %",
        "nom: lineaire, de: 40 %",
        "nom: paliers, paliers: [{a_partir_de: 0 %, part: 100 %}, {a_partir_de: 50 %, part: 30 %}]",
        "nom: paliers, paliers: [{a_partir_de: 0 %, part: 20 %}, {a_partir_de: 50 %, part: 90 %}]",
        "nom: points",
    ]
)
TAUX = ("0 %", "'0,37 %'", "1 %", "25 %", "40 %")
EVALUATION = """\
dossier: "990000010"
annee: ANNEE
EXERCICE
volets:
  NOM:
    objectif_principal: {valeur: PRINCIPAL}
    SUPPLEMENTAIRE
    economies: {depense_constatee: 5 000 000}
    sanction_proposee: oui
    appreciation: "Au vu des résultats."
    modulation: 100 %
    motif_modulation: "Au vu des résultats."
"""
OBJECTIFS = "    objectif_principal: {valeur: PRINCIPAL}\n    SUPPLEMENTAIRE\n"


@pytest.fixture(scope="module")
def atelier(projet: Projet, depot: Depot, tmp_path_factory: pytest.TempPathFactory) -> Atelier:
    """Made-up contracts under the law of the repository."""
    return Atelier(projet.droit, depot, tmp_path_factory.mktemp("atelier"))


def key(nom: str, valeurs: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """`nom: valeur`, or nothing."""
    return ABSENT | valeurs.map(lambda valeur: f"{nom}: {valeur}")


def block(*cles: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A mapping of the keys that are there."""
    return st.tuples(*cles).map(lambda mots: "{" + ", ".join(filter(None, mots)) + "}")


BAREME = key("bareme", BAREMES.map(lambda bareme: f"{{{bareme}}}"))
SANCTION = block(
    key(
        "type",
        st.sampled_from(["montant", "reduction_liste_en_sus", "mise_sous_accord_prealable"]),
    ),
    key("taux_maximum", st.sampled_from(TAUX)),
    key("duree_maximale_mois", st.sampled_from(["3", "6", "9"])),
    key("arrondi_mois", st.sampled_from(["inferieur", "superieur", "proche"])),
    BAREME,
)
INTERESSEMENT = block(
    st.sampled_from(["", "prevu: oui", "prevu: oui", "prevu: oui", "prevu: non"]),
    key("taux_maximum", st.sampled_from(TAUX)),
    key("montant_maximum", st.sampled_from(["0", "'1 234,56'", "100 000"])),
    key("base_economies", st.sampled_from(["cible", "tendanciel"])),
    key("depenses_cibles", st.just("{2018: 5 010 000, 2019: 5 010 000, 2020: 5 010 000}")),
    key("depense_de_reference", st.just("{annee: 2017, montant: 5 010 000}")),
    key("evolutions_tendancielles", st.just("{2018: 0 %, 2019: 0 %, 2020: 0 %}")),
    BAREME,
)


@st.composite
def volets(draw: st.DrawFn) -> tuple[str, str]:
    """A volet additionnel, any of its choices made or not: its name, its contract."""
    nom = draw(st.sampled_from(["transports", "pertinence", "qualite"]))
    lignes = [
        draw(key("donne_lieu_a_sanction", st.sampled_from(["oui", "oui", "non"]))),
        draw(key("objectif_supplementaire", st.just("{id: O2}"))),
        draw(key("sanction", SANCTION)),
        draw(key("interessement", INTERESSEMENT)),
    ]
    corps = "".join(f"    {ligne}\n" for ligne in lignes if ligne)
    return nom, (
        f"volets:\n  {nom}:\n    signature: {{date: SIGNATURE}}\n    duree: 3\n"
        f"    objectif_principal: {{id: O1}}\n{corps}"
    )


@st.composite
def socles(draw: st.DrawFn) -> tuple[str, str]:
    """The choices for the volet obligatoire."""
    seuils = st.sampled_from(["{seuil: 0 %}", "{seuil: 45 %}", "{seuil: 90 %}"])
    choix = block(
        key("declenchement", seuils), key("sanction", SANCTION), key("interessement", INTERESSEMENT)
    )
    return SOCLE, f"socle: {draw(choix)}\n"


class Essai:
    """A contract, its examples, and the year that each of them supposes."""

    def __init__(self, atelier: Atelier, tire: tuple[str, str], annee: int, liste: str) -> None:
        self.atelier, self.annee, self.liste = atelier, annee, liste
        self.nom, contrat = tire
        self.signature = f"{annee - 1}-12-20"
        self.contrat = contrat.replace("SIGNATURE", self.signature)
        self.affaire = self.load(Branche.TENU)[0]
        dossier, droit = self.affaire.dossier, atelier.droit
        self.exemples = (
            list(socle_examples(dossier, droit))
            if self.nom == SOCLE
            else list(volet_examples(dossier, droit, droit.volets[self.nom]))
        )

    def load(self, branche: Branche) -> tuple[Affaire, Charge[Evaluation]]:
        """The affaire, and the evaluation that observes what is supposed."""
        principal = "oui" if branche is Branche.TENU else "non"
        autre = "non" if branche is Branche.MANQUE else "oui"
        texte = EVALUATION
        if self.nom == SOCLE:
            texte = texte.replace(OBJECTIFS, "")
        ligne = (
            f"objectif_supplementaire: {{valeur: {autre}}}" if "{id: O2}" in self.contrat else ""
        )
        texte = texte.replace("PRINCIPAL", principal).replace("SUPPLEMENTAIRE", ligne)
        exercice = "exercice_clos: 2018" if self.annee == 2020 else ""
        texte = texte.replace("ANNEE", str(self.annee)).replace("EXERCICE", exercice)
        texte = texte.replace("NOM", self.nom)
        return self.atelier.load(
            self.contrat, texte, signature=self.signature, liste_en_sus=self.liste
        )

    def evaluate(self, branche: Branche, niveau: Decimal) -> ResultatVolet:
        """The volet of that year, evaluated."""
        affaire, charge = self.load(branche)
        suppose = entree("Niveau", niveau, Nature.TAUX, "essai")
        jugee = judge(affaire, charge, self.atelier.droit, {self.nom: suppose})
        return jugee.resultat.par_volet[self.nom]

    def line(self, exemple: Exemple) -> LigneExemple:
        """The example as printed."""
        if self.nom == SOCLE:
            return socle_lines([exemple])[0]
        droit, dossier = self.atelier.droit, self.affaire.dossier
        date = dt.date(self.annee, 1, 1)
        (ligne,) = resolve_volets(droit, dossier, date).lignes
        return volet_lines([exemple], ligne, droit.volets[self.nom])[0]


def says_unknown(ligne: LigneExemple) -> bool:
    """Whether the example says in words that its measure, or its products, are not known."""
    mots = f"{ligne.mesure} {ligne.calcul}".casefold()
    return any(mot in mots for mot in ("évaluable", "produits du dernier exercice clos"))


def in_kind(resultat: ResultatVolet) -> list[ValeurNoeud]:
    """What the measure that is not in euros comes to."""
    autre = resultat.non_monetaire
    return [] if autre is None else [n.valeur for n in (autre.taux, autre.duree_mois) if n]


class DescribeExemples:
    """Every choice of a contract made or not."""

    @settings(max_examples=examples(150), deadline=None)
    @given(volets() | socles(), st.sampled_from([2019, 2020]), st.sampled_from(["oui", "null"]))
    def it_prints_what_an_evaluation_gives_or_says_that_it_gives_nothing(
        self, atelier: Atelier, tire: tuple[str, str], annee: int, liste: str
    ) -> None:
        essai = Essai(atelier, tire, annee, liste)
        for exemple in essai.exemples:
            evalue = essai.evaluate(exemple.branche, exemple.niveau)
            ligne = essai.line(exemple)
            assert evalue.mesure is exemple.resultat.mesure
            assert evalue.montant.valeur == exemple.resultat.montant.valeur
            if evalue.mesure in (MesureProposee.INTERESSEMENT, MesureProposee.SANCTION):
                connu = evalue.montant.valeur
                if exemple.branche is Branche.TENU and essai.nom == SOCLE:
                    assert ligne.mesure == "Aucune sanction"
                else:
                    assert ligne.montant == (None if connu is None else abs(evalue.montant.nombre))
                    assert (connu is None) is says_unknown(ligne)
            else:
                assert ligne.montant is None
            assert in_kind(evalue) == in_kind(exemple.resultat)
            if None in in_kind(evalue):
                assert says_unknown(ligne)
            if evalue.mesure is MesureProposee.NON_EVALUABLE:
                assert says_unknown(ligne)

    @settings(max_examples=examples(60), deadline=None)
    @given(volets(), st.sampled_from([2019, 2020]))
    def it_leaves_out_only_what_gives_no_measure(
        self, atelier: Atelier, tire: tuple[str, str], annee: int
    ) -> None:
        essai = Essai(atelier, tire, annee, "oui")
        dites = {exemple.branche for exemple in essai.exemples}
        for branche in (Branche.TENU, Branche.MANQUE):
            for niveau in example_levels(None, Effet.SANCTION):
                nulle = essai.evaluate(branche, niveau).mesure is MesureProposee.AUCUNE
                assert nulle is (branche not in dites)


class DescribeMaximumFixe:
    """A volet of transports whose reward has a fixed maximum, and no share of savings."""

    def it_is_no_more_known_to_the_contract_than_to_a_simulation(self, espace: Path) -> None:
        chemin = espace / "contracts_data/dossiers/990780017.yaml"
        texte = chemin.read_text(encoding="utf-8")
        choix = "        taux_maximum: 30 %\n        base_economies: tendanciel\n"
        assert choix in texte
        fixe = "        montant_maximum: 100 000\n        base_economies: tendanciel\n"
        chemin.write_text(texte.replace(choix, fixe), encoding="utf-8")
        projet = Projet(espace)
        dossier = projet.depot().affaires["990780017"].dossier
        volets = resolve_volets(projet.droit, dossier, dt.date(2018, 1, 1))
        ligne = volets.lignes[0].exemples[0]
        motif = "le contrat ne fixe pas la part des économies"
        assert (ligne.mesure, ligne.montant) == ("Intéressement", None)
        assert ligne.calcul == f"La mesure n’est pas évaluable\u00a0: {motif}."
        demande = DemandeSimulation(
            "990780017", 2019, "transports", "niveau", "50 %", "100 %", "50 %"
        )
        simulation = simulate_year(projet, demande).simulation
        assert {point.volet.montant.valeur for point in simulation.points} == {None}
        (constat,) = (c for c in simulation.constats if c.code == "V-080")
        assert constat.message.endswith(f"\u00a0: {motif}.")
