"""Tests of an avenant as an act: who, why, after what, what it changes, when it has effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.avenant.sujet import Apports, describe_avenant
from caqes_docs.assembly.avenant.vocabulaire import LigneComparee
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.avenant.modele import Avenant, CasAvenant
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.parties import Civilite, Personne
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.document.model import Paragraphe, Section, Texte, Titre
from caqes_docs.document.texte import document_text
from caqes_docs.document.walk import iter_divisions
from caqes_docs.redaction.bibliotheque.numerotation import Modifications
from tests.outils.affaires import plain

DOSSIER = "990780017"
_AVENANT = {
    "numero": "1",
    "cas": "objectifs",
    "objet": '"l’ajustement des cibles de 2020"',
    "demandeur": "agence",
    "motif": '"la cible de 2019 a été atteinte dès 2018"',
    "signature": "{lieu: Portclair, date: 2019-11-12, originaux: 3}",
}
ARTICLE = Section(
    "_av_donnees",
    Titre(1, "", (Texte("Modification de l’article 4"),)),
    (Paragraphe((Texte("Le deuxième alinéa de l’article 4 est supprimé."),)),),
)


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Charge[Avenant]]:
    """An avenant from its keys; None leaves one out."""

    def run(**cles: str | None) -> Charge[Avenant]:
        ecrites = {cle: valeur for cle, valeur in {**_AVENANT, **cles}.items() if valeur}
        lignes = "".join(f"{cle}: {valeur}\n" for cle, valeur in ecrites.items())
        chemin = tmp_path / f"{ecrites['numero']}.yaml"
        chemin.write_text(f'dossier: "{DOSSIER}"\n{lignes}', encoding="utf-8")
        charge, constats = load_record(chemin, f"contracts_data/avenants/{chemin.name}", Avenant)
        assert charge is not None, constats
        return charge

    return run


@pytest.fixture
def write(projet: Projet, depot: Depot) -> Callable[..., str]:
    """The text of an avenant to a sample contract."""

    def run(charge: Charge[Avenant], **options: Any) -> str:
        affaire = options.pop("avant", depot.affaires[DOSSIER])
        apports = Apports(
            affaire,
            options.pop("apres", affaire),
            Modifications((ARTICLE,)),
            (LigneComparee("article 4, deuxième alinéa", "Texte retiré.", None),),
            "article 7",
        )
        type_ = projet.types["avenant"]
        sujet = describe_avenant(type_, charge, apports, projet.droit, Options(**options))
        definitif = options.get("definitif", False)
        acte = assemble(type_, sujet, projet.bibliotheque, projet.droit, definitif=definitif)
        return plain(document_text(acte.document))

    return run


def amended(affaire: Affaire, *charges: Charge[Avenant]) -> Affaire:
    """`affaire` with earlier avenants."""
    return replace(affaire, appliques=charges)


class DescribeActeAvenant:
    def it_numbers_the_amending_articles_among_its_own(
        self, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        titres = [ligne for ligne in write(load()).splitlines() if ligne.startswith("Article ")]
        assert titres == [
            "Article 1er : Objet de l’avenant",
            "Article 2 : Modification de l’article 4",
            "Article 3 : Stipulations inchangées",
            "Article 4 : Prise d’effet",
        ]

    def it_says_who_asks_and_why(
        self, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        texte = write(load())
        assert "demandée par l’agence régionale de santé ; les autres signataires" in texte
        assert "motivée comme suit : la cible de 2019 a été atteinte dès 2018." in texte
        assert "en application de l’article 7 du contrat" in texte

    @pytest.mark.parametrize("cas", list(CasAvenant))
    def it_has_words_for_each_case(
        self, cas: CasAvenant, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        texte = write(load(cas=cas.value))
        propre = {
            CasAvenant.AJOUT_VOLET: "joints au contrat en cours par avenant",
            CasAvenant.SOCLE: "modifier le volet obligatoire",
            CasAvenant.PLAN_ACTIONS: "mis à jour chaque année par avenant",
            CasAvenant.OBJECTIFS: "ajuster les objectifs du contrat",
            CasAvenant.RENOUVELLEMENT: "n’excède pas cinq ans",
            CasAvenant.RESILIATION: "d’un commun accord, de résilier",
            CasAvenant.ORIENTATIONS: "référentiels nationaux auxquels le contrat se rapporte",
            CasAvenant.ETABLISSEMENT: "a connu une modification substantielle",
            CasAvenant.DEMANDE: "La présente révision est demandée par",
            CasAvenant.ERREUR_MATERIELLE: "une erreur matérielle, que les parties",
        }
        assert propre[cas] in texte
        jour = "31 décembre 2019" if cas is CasAvenant.RESILIATION else "1er janvier 2020"
        assert f"soit le {jour}." in texte

    def it_tells_the_whole_chain_of_earlier_avenants(
        self, depot: Depot, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        premier = load(signature="{date: 2018-11-15}", objet='"l’ajout d’un indicateur"')
        second = load(numero="2", signature="{date: 2019-03-04}", objet='"une rectification"')
        avant = amended(depot.affaires[DOSSIER], premier, second)
        texte = write(load(numero="3", signature="{date: 2019-03-05}"), avant=avant)
        assert (
            "l’avenant n° 1, signé le 15 novembre 2018, qui a pris effet le 1er janvier 2019 et "
            "dont l’objet est : l’ajout d’un indicateur ;" in texte
        )
        assert "n° 2, signé le 4 mars 2019, qui prendra effet le 1er janvier 2020" in texte
        assert "et celles de ses avenants n° 1 et n° 2, que le présent avenant" in texte
        assert (
            "CAQES-2018-990780017 dans sa rédaction résultant de l’avenant n° 2, qui prend effet "
            "le 1er janvier 2020. Il a pour objet" in texte
        )

    def but_the_first_one_amends_a_contract_never_amended(
        self, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        texte = write(load())
        assert "Il n’a pas encore été modifié." in texte
        assert "celles de son avenant" not in texte

    def it_keeps_what_it_removes_for_the_last_year(
        self, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        texte = write(load(cas="resiliation_volet"))
        assert "Article 4 : Évaluation de la dernière année" in texte
        assert "à l’évaluation de l’année qui s’achève le 31 décembre 2019, à celle des" in texte
        assert "dernière année" not in write(load())

    def it_affirms_the_forms_of_the_contract_when_the_avis_is_given(
        self, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        assert "formes suivies" not in write(load())
        avis = "{instance: CME, date: 2019-10-08, sens: favorable}"
        texte = write(load(avis_medical=avis, cdu_associee="oui"))
        assert "article 7 du contrat, dans les formes suivies pour sa conclusion." in texte
        assert (
            "Vu l’avis favorable de la commission médicale d’établissement sur le présent "
            "avenant, en date du 8 octobre 2019 ;\n"
            "La commission des usagers ayant été associée à la procédure d’avenant ;" in texte
        )

    def it_dates_the_referentials_of_its_contract(
        self, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        assert "Vu l’arrêté du 27 avril 2017 fixant les référentiels" in write(load())

    def it_tells_how_long_a_volet_lasted_before(
        self, depot: Depot, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        affaire = depot.affaires[DOSSIER]
        contrat = affaire.dossier.valeur.contrat
        long = contrat.volets["qualite"].model_copy(update={"duree": 5})
        volets = {**contrat.volets, "qualite": long}
        valeur = affaire.dossier.valeur.model_copy(
            update={"contrat": contrat.model_copy(update={"volets": volets})}
        )
        apres = replace(affaire, dossier=replace(affaire.dossier, valeur=valeur))
        texte = write(load(cas="renouvellement"), apres=apres)
        assert (
            "Conclu pour trois ans, il est renouvelé pour deux ans et prend fin le "
            "31 décembre 2022." in texte
        )

    def it_says_that_somebody_else_represents_a_party(
        self, depot: Depot, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        affaire = depot.affaires[DOSSIER]
        dossier = affaire.dossier.valeur
        neuf = Personne(civilite=Civilite.MONSIEUR, prenom="Paul", nom="Aubry", qualite="directeur")
        etablissement = dossier.etablissement.model_copy(update={"representant": neuf})
        valeur = dossier.model_copy(update={"etablissement": etablissement})
        apres = replace(affaire, dossier=replace(affaire.dossier, valeur=valeur))
        texte = write(load(), apres=apres)
        assert (
            "l’établissement est représenté par M. Paul Aubry, directeur, et non plus par "
            "Mme Hélène Fabrègues, directrice générale." in texte
        )

    def it_cites_the_texts_that_motivate_it(
        self, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        textes = "[arretes/2018-12-12-referentiels, instruction/2017-234]"
        visas = [ligne for ligne in write(load(textes=textes)).splitlines() if "Vu l" in ligne]
        assert any(visa.startswith("Vu l’arrêté du 12 décembre 2018") for visa in visas)
        assert any(visa.startswith("Vu l’instruction") for visa in visas)

    def it_compares_both_wordings_for_information_only(
        self, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        fin = write(load()).rpartition("Tableau comparatif\n")[2]
        assert fin.startswith("Document d’information, sans valeur contractuelle.")
        assert "article 4, deuxième alinéa\tTexte retiré.\t—" in fin

    def it_is_refused_final_when_nobody_says_why(
        self, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        with pytest.raises(DonneesError) as levee:
            write(load(motif=None, objet=None), definitif=True)
        assert levee.value.code == "D-060"
        manques = {plain(constat.message) for constat in levee.value.constats}
        assert manques >= {"À compléter : motif de l’avenant.", "À compléter : objet de l’avenant."}

    def and_an_unsigned_one_asks_for_its_date(
        self, load: Callable[..., Charge[Avenant]], write: Callable[..., str]
    ) -> None:
        with pytest.raises(DonneesError) as levee:
            write(load(signature=None))
        assert levee.value.code == "D-051"
        assert "soit le 1er janvier 2021." in write(
            load(signature=None), date_effet=dt.date(2021, 1, 1)
        )

    def it_carries_the_files_that_it_was_made_from(
        self, projet: Projet, depot: Depot, load: Callable[..., Charge[Avenant]]
    ) -> None:
        charge, affaire = load(), depot.affaires[DOSSIER]
        apports = Apports(
            affaire, amended(affaire, charge), Modifications((ARTICLE,)), (), "article 7"
        )
        type_ = projet.types["avenant"]
        sujet = describe_avenant(type_, charge, apports, projet.droit, Options())
        acte = assemble(type_, sujet, projet.bibliotheque, projet.droit, definitif=False).document
        assert [piece.nom for piece in acte.pieces] == ["dossier.yaml", "avenant-1.yaml"]
        assert acte.provenance["avenant 1"] == charge.fichier.empreinte
        assert plain(acte.metadonnees.reference) == "CAQES-2018-990780017, avenant n° 1"
        ancres = [division.ancre for division in iter_divisions(acte.corps)]
        assert ancres.count("_av_donnees") == 1
