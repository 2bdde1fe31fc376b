"""The avenants of the sample region: made, proved against the contract, or refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.application.avenants.acte import ActeAvenant, build_avenant, produce_avenant
from caqes_docs.application.avenants.etats import open_states
from caqes_docs.application.generer import Demande, generate
from caqes_docs.application.production import Sortie
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.avenant.apports import without_notices
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import CaqesError
from caqes_docs.data.avenant.modele import Avenant, CasAvenant, Modification
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import parse_yaml
from caqes_docs.document.amendement.avenant import amendable
from caqes_docs.document.amendement.rangements import with_signs_of
from caqes_docs.document.revision.appliquer import apply, invert
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.forme import document_key
from caqes_docs.document.texte import blocks_text, document_text
from caqes_docs.document.walk import iter_divisions
from tests.outils.affaires import plain

AVENANTS = [
    *(("990780017", numero) for numero in (1, 2, 3)),
    *(("990780124", numero) for numero in (1, 2, 3, 4)),
    *((dossier, 1) for dossier in ("990780074", "990780082", "990780090", "990780173")),
]


def changed(affaire: Affaire, *modifications: dict[str, Any]) -> Affaire:
    """`affaire` whose first avenant makes other modifications."""
    charge = affaire.avenants[1]
    autres = tuple(Modification(**modification) for modification in modifications)
    valeur = charge.valeur.model_copy(update={"modifications": autres})
    return replace(affaire, avenants={1: replace(charge, valeur=valeur)})


REFUSE = ("990780082", 2)
"""An avenant that its establishment refused."""


class DescribeAvenantsDeLaRegion:
    def it_has_one_for_each_case(self, depot: Depot) -> None:
        ecrits = {nom: affaire.avenants for nom, affaire in depot.affaires.items()}
        assert sorted([*AVENANTS, REFUSE]) == sorted(
            (nom, n) for nom, siens in ecrits.items() for n in siens
        )
        cas = {charge.valeur.cas for siens in ecrits.values() for charge in siens.values()}
        assert cas == set(CasAvenant)

    @pytest.mark.parametrize(("dossier", "numero"), AVENANTS)
    def it_makes_of_the_contract_what_its_articles_tell(
        self, dossier: str, numero: int, projet: Projet, depot: Depot
    ) -> None:
        affaire = depot.affaires[dossier]
        etats, charge = open_states(projet, affaire, numero), affaire.avenants[numero]
        acte = build_avenant(projet, projet.types["avenant"], etats, charge, Options())
        a, b = acte.avant.document, acte.apres.document
        assert document_key(apply(a, acte.script)) == document_key(b)
        assert document_key(apply(b, invert(a, acte.script))) == document_key(a)
        attendu = with_signs_of(a, without_notices(etats.apres.document))
        assert not amendable(compare(b, attendu), b)[0]
        articles = [
            division
            for division in iter_divisions(acte.assemblage.document.corps)
            if division.ancre.startswith("_av_")
        ]
        assert articles
        assert all(blocks_text(article.blocs).endswith((".", ".\u00a0»")) for article in articles)
        assert [c for c in acte.assemblage.constats if c.code == "D-060"] == []

    def it_keeps_the_numbers_of_a_contract_that_lost_its_only_volet(
        self, projet: Projet, depot: Depot
    ) -> None:
        """The chapter goes with it; one that another volet is left in stays."""
        affaire = depot.affaires["990780124"]
        sans_chaine = changed(affaire, {"cle": "contrat.volets.pertinence", "retirer": "oui"})
        for etats, numeros in (
            (open_states(projet, sans_chaine, 1), range(1, 7)),
            (open_states(projet, affaire, 4), (*range(1, 7), 8)),
        ):
            titres = [division.titre for division in iter_divisions(etats.apres.document.corps)]
            dits = [plain(titre.numero) for titre in titres if titre is not None]
            annexes = [numero for numero in dits if numero.startswith("Annexe")]
            assert annexes == [f"Annexe {rang}" for rang in numeros]
            assert not {"Article 11", "Article 11-1"} & set(dits)
            assert ("Chapitre 3" in dits) is ("Article 12" in dits) is (8 in numeros)

    def it_writes_the_act_and_what_shows_its_changes(self, projet: Projet, tmp_path: Path) -> None:
        options = Options(avenant=2)
        demande = Demande(tmp_path, ("txt", "docx"), ("avenant",), options)
        (resultat,) = generate(projet, ["990780017"], demande).resultats
        base = "avenant_2_990780017_CAQES-2018-990780017_projet"
        assert resultat.fichiers == (
            f"{base}.txt",
            f"{base}.docx",
            f"comparaison_{base}.txt",
            f"comparaison_{base}.docx",
            f"comparaison_{base}.preuves.json",
        )
        preuves = json.loads((tmp_path / resultat.fichiers[-1]).read_text(encoding="utf-8"))
        assert set(preuves["egalites"].values()) == {True}
        (ligne,) = (tmp_path / "registre.jsonl").read_text(encoding="utf-8").splitlines()
        assert json.loads(ligne)["preuves"]["script"] == preuves["script"]

    def it_makes_all_those_of_a_dossier_and_passes_over_the_others(
        self, projet: Projet, tmp_path: Path
    ) -> None:
        demande = Demande(tmp_path, ("txt",), ("avenant",), tous=True)
        noms = ["990780090", "990780058"]
        faits = generate(projet, noms, demande).resultats
        assert [(resultat.dossier, resultat.erreur) for resultat in faits] == [("990780090", None)]


PRINCIPAL = """
dossier: "990780017"
numero: 1
cas: objectifs
motif: "un ajustement"
signature: {{lieu: "Portclair", date: 2018-11-19}}
modifications:
  - cle: contrat.volets.transports.objectif_principal.cibles.{annee}
    {avant}
    apres: "1,2 %"
{plus}
"""


class DescribeCibles:
    """A target is printed by its article and by the grid of annex 3: both are amended."""

    def make(self, projet: Projet, depot: Depot, annee: int, plus: str = "") -> ActeAvenant:
        """The avenant of the CHU that sets the target of a year, or moves that of 2019."""
        avant = 'avant: "1,5 %"' if annee == 2019 else ""
        texte = PRINCIPAL.format(annee=annee, avant=avant, plus=plus)
        fichier, fautes = parse_yaml(texte.encode(), "contracts_data/avenants/990780017-1.yaml")
        assert fichier is not None, fautes
        charge = Charge(Avenant.model_validate(fichier.donnees), fichier)
        affaire = replace(depot.affaires["990780017"], avenants={1: charge})
        etats = open_states(projet, affaire, 1)
        return build_avenant(projet, projet.types["avenant"], etats, charge, Options())

    @pytest.mark.parametrize("annee", [2019, 2020])
    def it_amends_every_place_that_prints_it(
        self, annee: int, projet: Projet, depot: Depot
    ) -> None:
        acte = self.make(projet, depot, annee)
        assert [plain(article.intitule) for article in acte.articles] == [
            "Modification de l’article 11-3",
            "Modification de l’annexe 3",
        ]
        after = plain(document_text(acte.apres.document))
        assert after.count(f"au plus 1,2 % ({annee})") == 2
        assert ("au plus 1,5 % (2019)" in after) == (annee == 2020)

    def it_refuses_words_of_their_own_that_keep_another(self, projet: Projet, depot: Depot) -> None:
        propre = """
derogations:
  - clause: volet_transports.complementaires
    alineas: ["L’objectif TRA-1 est une évolution de au plus 1,4 % (2020)."]
"""
        with pytest.raises(CaqesError) as levee:
            self.make(projet, depot, 2020, propre)
        assert levee.value.code == "A-026"
        assert plain(levee.value.message) == (
            "Après l’avenant n° 1, le contrat dirait une cible qui n’est pas celle de ses données "
            ": TRA-1 : « au plus 1,4 % (2020) »."
        )


class DescribeRefus:
    def make(self, projet: Projet, affaire: Affaire, sortie: Path, numero: int = 1) -> CaqesError:
        """The refusal of an avenant; nothing is written."""
        with pytest.raises(CaqesError) as levee:
            produce_avenant(
                projet,
                affaire,
                projet.types["avenant"],
                Options(avenant=numero),
                Sortie(sortie, "avenant", ("txt",)),
            )
        assert list(sortie.iterdir()) == []
        return levee.value

    def it_refuses_one_that_changes_nothing_printed(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        modification = {
            "cle": "etablissement.sites.990001042.adresse.commune",
            "avant": "Portclair",
            "apres": "Valserre",
        }
        affaire = changed(depot.affaires["990780017"], modification)
        refus = self.make(projet, affaire, tmp_path)
        assert refus.code == "A-060"
        assert plain(refus.message) == "L’avenant n° 1 ne change rien à ce que dit le contrat."
        assert str(refus.source).startswith("contracts_data/avenants/990780017-1.yaml:")

    def it_refuses_one_whose_contract_says_something_else(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        modification = {"cle": "contrat.volets.qualite.duree", "avant": "4", "apres": "5"}
        affaire = changed(depot.affaires["990780017"], modification)
        refus = self.make(projet, affaire, tmp_path)
        assert [constat.code for constat in refus.constats] == ["D-161"]

    def it_refuses_to_sign_words_that_it_brings_and_nobody_answers_for(
        self, projet: Projet, depot: Depot
    ) -> None:
        """The articles of an added volet, quoted in the act, are signed with it."""
        affaire = depot.affaires["990780074"]
        etats, charge = open_states(projet, affaire, 1), affaire.avenants[1]
        options = Options(avenant=1, definitif=True)
        with pytest.raises(CaqesError) as levee:
            build_avenant(projet, projet.types["avenant"], etats, charge, options)
        dits = {constat.code: constat.message for constat in levee.value.constats}
        assert "avenant.objet" in dits["C-075"]
        assert "volet_qualite.objectifs" in dits["C-075"]
        assert "contrat.recours" not in dits["C-075"]

    def it_knows_no_avenant_that_is_not_written(
        self, projet: Projet, depot: Depot, tmp_path: Path
    ) -> None:
        refus = self.make(projet, depot.affaires["990780058"], tmp_path)
        assert (refus.code, plain(refus.message)) == ("D-099", "Le dossier n’a pas d’avenant n° 1.")
