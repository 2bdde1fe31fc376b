"""Letters and decisions before the contract: both proposals, hearing, refusal (D. 162-15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from caqes_docs.application.production import render
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import CaqesError, DonneesError
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.comptes import UniteDiminution
from caqes_docs.data.dossier.contrat import Choix, SanctionDeRefus
from caqes_docs.data.dossier.procedure import (
    Etape,
    NotificationMesures,
    ProcedureContrat,
    ProcedureEvaluation,
)
from caqes_docs.data.dossier.volets import Refus, TypeSanction
from caqes_docs.document.texte import document_text
from caqes_docs.interfaces.cli.main import run
from caqes_docs.review.texte_docx import docx_text
from caqes_docs.review.texte_pdf import canonical, pdf_text
from tests.outils.absences import without_each

REFUSE, EN_SUS, VALSERRE = "990780157", "2A9780012", "990780025"
HOSTILE = "*a* | #b <i> &amp; {{ 7 * 7 }} ]]> \" ' </w:t> $x$ [l](u) ~~s~~"
TYPES = (
    "demande_avis_proposition",
    "lettre_proposition",
    "seconde_proposition",
    "convocation_audition_proposition",
    "compte_rendu_audition_proposition",
    "decision_refus",
)
EDITION = dt.date(2017, 12, 1)
Dire: TypeAlias = Callable[..., str]


def with_contract(affaire: Affaire, **changes: Any) -> Affaire:
    """The same dossier, its contract changed."""
    dossier = affaire.dossier.valeur
    contrat = dossier.contrat.model_copy(update=changes)
    charge = replace(affaire.dossier, valeur=dossier.model_copy(update={"contrat": contrat}))
    return replace(affaire, dossier=charge)


def procedure_of(affaire: Affaire) -> ProcedureContrat:
    """The procedure of its contract."""
    procedure = affaire.dossier.valeur.contrat.procedure
    assert procedure is not None
    return procedure


def with_step(affaire: Affaire, nom: str, **changes: Any) -> Affaire:
    """The same dossier, one step of its procedure changed."""
    procedure = procedure_of(affaire)
    etape = getattr(procedure, nom).model_copy(update=changes)
    return with_contract(affaire, procedure=procedure.model_copy(update={nom: etape}))


def with_refusal(affaire: Affaire, **changes: Any) -> Affaire:
    """The same dossier, its only refusal changed."""
    (refus,) = affaire.dossier.valeur.contrat.refus
    return with_contract(affaire, refus=(refus.model_copy(update=changes),))


@pytest.fixture
def refuse(depot: Depot) -> Affaire:
    """An establishment that was heard, observed, and refused the volet transports."""
    return depot.affaires[REFUSE]


@pytest.fixture
def dire(projet: Projet) -> Dire:
    """The words of the act of one type, its no-break spaces as spaces."""

    def words(type_: str, affaire: Affaire, **options: Any) -> str:
        voulues = Options(**{"date_edition": EDITION, **options})
        type_document = projet.types[type_]
        document = assemble_act(
            type_document, affaire, projet.bibliotheque, projet.droit, voulues
        ).document
        return document_text(document).replace("\u00a0", " ").replace("\u202f", " ")

    return words


class DescribePremiereProposition:
    def it_opens_one_month_and_tells_what_follows(self, refuse: Affaire, dire: Dire) -> None:
        texte = dire("lettre_proposition", refuse)
        assert "Portclair, le 25 septembre 2017" in texte
        assert "a rendu sur cette proposition un avis favorable le 18 septembre 2017." in texte
        assert "Vous disposez d’un délai d’un mois, à compter de la réception de cette" in texte
        assert "une seconde proposition vous sera notifiée, amendée le cas échéant." in texte
        assert not any(mots in texte for mots in ("quinze jours", "1 %"))

    def it_gives_the_figures_of_the_targeting(self, depot: Depot, dire: Dire) -> None:
        texte = dire("lettre_proposition", depot.affaires[VALSERRE])
        assert (
            "Volet relatif aux transports, pour trois ans. Les deux seuils sont dépassés." in texte
        )
        assert "4,6 % (seuil : 2,2 %)" in texte

    def it_names_the_volet_that_was_refused_since(self, refuse: Affaire, dire: Dire) -> None:
        texte = dire("lettre_proposition", refuse)
        assert "Volet relatif aux transports. Les dépenses de transports" in texte
        assert "3,4 % (seuil : 2,2 %)" in texte

    def but_one_proposed_apart_has_its_own_letter(self, refuse: Affaire, dire: Dire) -> None:
        apart = with_refusal(refuse, procedure=procedure_of(refuse))
        texte = dire("lettre_proposition", apart)
        assert "transports" not in texte
        assert "de conclure le volet obligatoire du contrat" in texte
        texte = dire("lettre_proposition", apart, volet="transports")
        assert "proposition d’un volet additionnel du contrat" in texte
        assert "de conclure le volet relatif aux transports du contrat" in texte
        assert "Le volet prend effet le 1er janvier qui suit sa signature." in texte
        assert "obligatoire" not in texte
        for type_ in ("demande_avis_proposition", "seconde_proposition", "decision_refus"):
            texte = dire(type_, apart, volet="transports")
            assert "le volet relatif aux transports" in texte
            assert "olet obligatoire" not in texte.replace("accepte le volet obligatoire", "")
        with pytest.raises(DonneesError) as faute:
            dire("decision_refus", apart)
        assert faute.value.code == "D-099"

    def it_is_written_before_any_signature(self, depot: Depot, dire: Dire) -> None:
        affaire = depot.affaires[VALSERRE]
        signature = affaire.dossier.valeur.contrat.signature
        vide = signature.model_copy(update={"date": None})
        texte = dire("lettre_proposition", with_contract(affaire, signature=vide))
        assert "Le contrat prend effet le 1er janvier qui suit sa signature." in texte

    @pytest.mark.parametrize(("duree", "ecrit"), [(1, "pour un an."), (2, "pour deux ans.")])
    def it_writes_the_duration_of_a_volet(
        self, duree: int, ecrit: str, depot: Depot, dire: Dire
    ) -> None:
        affaire = depot.affaires[VALSERRE]
        volets = {
            nom: volet.model_copy(update={"duree": duree})
            for nom, volet in affaire.dossier.valeur.contrat.volets.items()
        }
        assert ecrit in dire("lettre_proposition", with_contract(affaire, volets=volets))

    def and_a_contract_signed_at_once_has_no_second_one(self, depot: Depot, dire: Dire) -> None:
        with pytest.raises(DonneesError) as faute:
            dire("seconde_proposition", depot.affaires[VALSERRE])
        assert faute.value.code == "D-099"


class DescribeFichiers:
    def it_makes_one_act_for_each_proposal_that_calls_for_it(
        self, espace: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        chemin = espace / f"contracts_data/dossiers/{REFUSE}.yaml"
        texte = chemin.read_text(encoding="utf-8")
        propre = "    - volet: transports\n      procedure:\n"
        propre += "        premiere_proposition: {date: 2018-05-02, recue_le: 2018-05-04}\n"
        texte = texte.replace("    - volet: transports\n      constate_le: 2017-12-11\n", propre)
        texte = texte.replace("decide_le: 2018-01-22", "")
        chemin.write_text(texte, encoding="utf-8")
        sortie = espace / "o"
        commande = ["generer", REFUSE, "--formats", "txt", "--projet", str(espace)]
        commande += ["--sortie", str(sortie), "--type", "lettre_proposition"]
        assert run([*commande, "--type", "seconde_proposition"]) == 0
        capsys.readouterr()
        fin = f"{REFUSE}_CAQES-2018-{REFUSE}_projet.txt"
        assert sorted(fichier.name for fichier in sortie.glob("*.txt")) == [
            f"lettre_proposition_{fin}",
            f"lettre_proposition_transports_{fin}",
            f"seconde_proposition_{fin}",
        ]
        lettre = (sortie / f"lettre_proposition_transports_{fin}").read_text(encoding="utf-8")
        assert "Portclair, le 2 mai 2018" in lettre.replace("\u00a0", " ")


class DescribeSecondeProposition:
    def it_recalls_the_first_and_answers_what_was_said(self, refuse: Affaire, dire: Dire) -> None:
        texte = dire("seconde_proposition", refuse)
        assert "Par lettre du 25 septembre 2017, que vous avez reçue le 27 septembre 2017" in texte
        assert "s’est tenue le 8 novembre 2017. Son compte rendu retient : « La présidente" in texte
        assert "Les transports de fin de semaine ne sont pas prescrits par le centre" in texte
        assert "Vous n’avez pas présenté d’observations écrites." in texte
        assert "Je vous adresse une proposition amendée, que porte le projet joint." in texte
        assert "Cette seconde proposition porte sur le volet obligatoire et le volet" in texte

    def it_names_the_sanction_incurred_and_opens_fifteen_days(
        self, refuse: Affaire, dire: Dire
    ) -> None:
        texte = dire("seconde_proposition", refuse)
        assert "une sanction égale à 1 % des produits qu’il a reçus" in texte
        assert "Au titre de l’exercice 2016, ces produits s’élèvent à 7 843 250,60 € :" in texte
        assert "1 % en représente 78 432,51 €." in texte
        assert "Vous disposez d’un délai de quinze jours, à compter de la réception" in texte
        assert "30 %" not in texte

    def it_offers_the_reduction_where_the_list_is_used(self, depot: Depot, dire: Dire) -> None:
        procedure = procedure_of(depot.affaires[REFUSE])
        affaire = with_contract(depot.affaires[EN_SUS], procedure=procedure)
        assert "une réduction de 30 % de la part que ces régimes prennent en charge" in dire(
            "seconde_proposition", affaire
        )

    def it_tells_no_amount_when_the_products_are_not_known(
        self, refuse: Affaire, dire: Dire
    ) -> None:
        texte = dire("seconde_proposition", with_step(refuse, "seconde_proposition", date=None))
        assert "1 % des produits" in texte
        assert "€" not in texte

    def it_says_that_the_proposal_is_maintained(self, refuse: Affaire, dire: Dire) -> None:
        maintenue = with_step(
            with_step(refuse, "premiere_proposition", audition=None),
            "seconde_proposition",
            amendee=False,
            amendements=None,
        )
        texte = dire("seconde_proposition", maintenue)
        assert "Je maintiens cette proposition, que porte le projet joint." in texte
        assert "audition s’est tenue" not in texte

    @pytest.mark.parametrize(
        ("choix", "dit"),
        [
            (SanctionDeRefus.UNIQUE, "donnerait lieu à une seule sanction."),
            (SanctionDeRefus.PAR_VOLET, "donnerait lieu à une sanction pour chacun d’eux."),
            (None, ""),
        ],
    )
    def it_tells_how_several_refusals_count_once_it_is_chosen(
        self, choix: SanctionDeRefus | None, dit: str, refuse: Affaire, dire: Dire
    ) -> None:
        pose = Choix(sanction_refus_de_plusieurs_volets=choix)
        texte = dire("seconde_proposition", with_contract(refuse, choix=pose))
        assert dit in texte
        assert ("plusieurs volets" in texte) is bool(dit)


class DescribeAudition:
    def it_is_convened(self, refuse: Affaire, dire: Dire) -> None:
        texte = dire("convocation_audition_proposition", refuse)
        assert "Vous avez demandé, le 20 octobre 2017, une audition" in texte
        assert "à la suite de la première proposition du 25 septembre 2017" in texte
        assert "le 8 novembre 2017 à 14 h 30, au lieu suivant : siège de l’agence" in texte
        assert "le 27 octobre 2017, et votre demande est parvenue à temps." in texte
        assert "ne prend pas fin avant l’audition : d’ici là" in texte
        assert "Vous pouvez vous faire assister" in texte

    @pytest.mark.parametrize(
        ("changes", "dit"),
        [
            (
                {"demandee_le": dt.date(2017, 10, 30)},
                "le 27 octobre 2017, et votre demande est parvenue après",
            ),
            ({"demandee_le": None}, "demandée avant l’expiration du délai de réponse, qu’ouvre"),
        ],
    )
    def and_it_prolongs_nothing_when_it_was_asked_for_too_late(
        self, changes: dict[str, Any], dit: str, refuse: Affaire, dire: Dire, projet: Projet
    ) -> None:
        premiere = procedure_of(refuse).premiere_proposition
        assert premiere is not None
        assert premiere.audition is not None
        audition = premiere.audition.model_copy(update=changes)
        affaire = with_step(refuse, "premiere_proposition", audition=audition)
        type_ = projet.types["convocation_audition_proposition"]
        plan = type_.plan.model_copy(update={"produit_si": None})
        document = assemble_act(
            replace(type_, plan=plan), affaire, projet.bibliotheque, projet.droit, Options()
        ).document
        assert dit in document_text(document).replace("\u00a0", " ").replace("\u202f", " ")

    def it_has_its_record(self, refuse: Affaire, dire: Dire) -> None:
        texte = dire("compte_rendu_audition_proposition", refuse)
        assert "Compte rendu de l’audition du 8 novembre 2017" in texte
        assert "• Mme Fanny Delmas, directrice des soins du centre" in texte
        assert "La présidente accepte le volet obligatoire." in texte

    @pytest.mark.parametrize("acte", ["convocation_audition", "compte_rendu_audition"])
    def but_not_when_nobody_asked_for_it(self, acte: str, refuse: Affaire, dire: Dire) -> None:
        sans = with_step(refuse, "seconde_proposition", audition=None)
        with pytest.raises(DonneesError) as faute:
            dire(f"{acte}_seconde_proposition", sans)
        assert faute.value.code == "D-099"


class DescribeAuditionSurUneEvaluation:
    """The same letters, for the report and for the notification (D. 162-16)."""

    @pytest.mark.parametrize(
        ("etape", "acte", "dit"),
        [
            (
                "rapport",
                "la transmission du rapport d’évaluation",
                "aucune mesure ne vous est",
            ),
            ("notification", "la notification des mesures", "La décision définitive ne sera pas"),
        ],
    )
    def it_is_convened_and_has_its_record(
        self, etape: str, acte: str, dit: str, refuse: Affaire, depot: Depot, dire: Dire
    ) -> None:
        premiere = procedure_of(refuse).premiere_proposition
        assert premiere is not None
        assert premiere.audition is not None
        jours = {"convoquee_le": dt.date(2020, 9, 10), "tenue_le": dt.date(2020, 9, 21)}
        audition = premiere.audition.model_copy(update=jours)
        tenue = {"date": dt.date(2020, 9, 1), "recue_le": dt.date(2020, 9, 3)}
        faite = {"rapport": Etape(), "notification": NotificationMesures()}[etape]
        faite = faite.model_copy(update={**tenue, "audition": audition})
        affaire = depot.affaires[EN_SUS]
        charge = affaire.evaluations[2019]
        procedure = ProcedureEvaluation().model_copy(update={etape: faite})
        valeur = charge.valeur.model_copy(update={"procedure": procedure})
        affaire = replace(affaire, evaluations={2019: replace(charge, valeur=valeur)})
        texte = dire(f"convocation_audition_{etape}", affaire, annee=2019)
        assert f"à la suite de {acte} du 1er septembre 2020" in texte
        assert dit in texte
        texte = dire(f"compte_rendu_audition_{etape}", affaire, annee=2019)
        assert f"à la suite de {acte} du 1er septembre 2020, reçue le 3 septembre 2020." in texte


class DescribeDecisionDeRefus:
    def it_cites_the_avis_both_proposals_and_their_receipts(
        self, refuse: Affaire, dire: Dire
    ) -> None:
        texte = dire("decision_refus", refuse, definitif=True)
        assert "Décision n° CAQES-2018-990780157-R du 22 janvier 2018" in texte
        assert "portant sanction du refus de conclure le volet relatif aux transports" in texte
        assert "Vu l’avis favorable de l’organisme local" in texte
        assert "Vu la première proposition du 25 septembre 2017" in texte
        assert "reçue par l’établissement le 27 septembre 2017 ;" in texte
        assert "demandée le 20 octobre 2017 et tenue le 8 novembre 2017 ;" in texte
        assert "Vu la seconde proposition du 14 novembre 2017, qui mentionne la sanction" in texte
        assert "reçue par l’établissement le 16 novembre 2017 ;" in texte

    def it_gives_its_grounds_without_citing_itself(self, refuse: Affaire, dire: Dire) -> None:
        texte = dire("decision_refus", refuse)
        assert "3,4 % (seuil : 2,2 %)" in texte
        assert "reçue le 27 novembre 2017 : « L’association estime que" in texte
        assert "\nLes dépenses relevées sont celles que le centre prescrit" in texte
        assert "a pris fin le 6 décembre 2017 sans que l’établissement conclue" in texte
        assert "retient ceci" not in texte

    def it_sanctions_at_the_fixed_rate(self, refuse: Affaire, dire: Dire) -> None:
        texte = dire("decision_refus", refuse)
        assert "Une sanction financière de 78 432,51 € est prononcée" in texte
        assert "celui de 2016 : ces produits s’élèvent à 7 843 250,60 €," in texte
        assert "à l’article L. 174-2 du code" in texte
        assert "Elle procède au recouvrement de la sanction financière." in texte
        assert ".yaml" not in texte

    def it_names_its_author_and_both_judges(self, refuse: Affaire, dire: Dire) -> None:
        texte = dire("decision_refus", refuse)
        assert "Le directeur général de l’agence régionale de santé Exemple-Méditerranée," in texte
        assert "de Portclair (4 place de la Justice, 99000 Portclair) pour la sanction" in texte
        assert "des affaires de sécurité sociale (siège : Portclair) pour les modalités" in texte

    def it_gives_a_reduction_its_first_and_last_day(self, depot: Depot, dire: Dire) -> None:
        source = depot.affaires[REFUSE]
        (refus,) = source.dossier.valeur.contrat.refus
        propre: Refus = refus.model_copy(
            update={
                "volet": "socle",
                "sanction": TypeSanction.REDUCTION,
                "exercice": None,
                "unite": UniteDiminution.PART,
                "date_effet": dt.date(2018, 2, 1),
                "date_fin": dt.date(2019, 1, 31),
            }
        )
        affaire = with_contract(
            depot.affaires[EN_SUS], refus=(propre,), procedure=procedure_of(source)
        )
        texte = dire("decision_refus", affaire, definitif=True)
        assert "portant sanction du refus de conclure le volet obligatoire" in texte
        assert "est réduite de 30 %, en proportion de" in texte
        assert "La réduction s’applique du 1er février 2018 au 31 janvier 2019 inclus." in texte
        assert "ne donne lieu au recouvrement d’aucune somme" in texte
        assert [mot for mot in ("€", "Calcul") if mot in texte] == []
        assert "aucun recouvrement." in dire("information_caisse_refus", affaire, definitif=True)
        sans = with_refusal(affaire, date_fin=None)
        with pytest.raises(CaqesError) as faute:
            dire("decision_refus", sans, definitif=True)
        assert "dernier jour de la diminution" in faute.value.constats[0].message

    @pytest.mark.parametrize(
        ("choix", "sommes", "unique"),
        [(SanctionDeRefus.UNIQUE, 1, True), (SanctionDeRefus.PAR_VOLET, 2, False)],
    )
    def it_counts_one_sanction_or_one_per_volet(
        self, choix: SanctionDeRefus, sommes: int, unique: bool, refuse: Affaire, dire: Dire
    ) -> None:
        (refus,) = refuse.dossier.valeur.contrat.refus
        deux = (refus, refus.model_copy(update={"volet": "qualite"}))
        pose = Choix(sanction_refus_de_plusieurs_volets=choix)
        texte = dire("decision_refus", with_contract(refuse, refus=deux, choix=pose))
        assert texte.count("Une sanction financière de 78 432,51 € est prononcée") == sommes
        assert ("leur refus donne lieu à une seule sanction." in texte) is unique
        assert (
            "portant sanction du refus de conclure le volet relatif aux transports et le volet "
            "relatif à la qualité et à la sécurité des soins" in texte
        )

    def but_it_supposes_nothing_of_two_refusals(self, refuse: Affaire, dire: Dire) -> None:
        (refus,) = refuse.dossier.valeur.contrat.refus
        deux = (refus, refus.model_copy(update={"volet": "qualite"}))
        affaire = with_contract(refuse, refus=deux)
        assert "[à compléter : sanctions des refus, montant de la sanction]" in dire(
            "decision_refus", affaire
        )
        with pytest.raises(CaqesError) as faute:
            dire("decision_refus", affaire, definitif=True)
        assert {"montant de la sanction", "montant de la sanction (2016)"} == {
            constat.message.split(", ")[-1].rstrip(".") for constat in faute.value.constats
        }

    def it_leaves_hostile_words_untouched(self, refuse: Affaire, projet: Projet) -> None:
        affaire = with_refusal(refuse, motifs=HOSTILE, numero=HOSTILE)
        type_document = projet.types["decision_refus"]
        document = assemble_act(
            type_document, affaire, projet.bibliotheque, projet.droit, Options()
        ).document
        assert document_text(document).count(HOSTILE) == 2
        assert docx_text(render(document, type_document, "docx")).count(HOSTILE) == 2
        pdf = canonical(pdf_text(render(document, type_document, "pdf")))
        assert pdf == canonical(document_text(document))

    def and_a_definitive_act_is_refused_with_every_fault(self, refuse: Affaire, dire: Dire) -> None:
        affaire = with_refusal(refuse, numero=None, exercice=None)
        with pytest.raises(CaqesError) as faute:
            dire("decision_refus", affaire, definitif=True)
        assert faute.value.code == "D-060"
        dits = " ".join(constat.message for constat in faute.value.constats)
        for manque in ("numéro de la décision", "dernier exercice clos", "montant de la sanction"):
            assert manque in dits


def _lacking(affaire: Affaire) -> Iterator[tuple[str, Affaire]]:
    """The dossier without each datum that these acts may print, with its path."""
    contrat = affaire.dossier.valeur.contrat
    for champ in ("procedure", "choix"):
        for chemin, valeur in without_each(getattr(contrat, champ)):
            yield chemin, with_contract(affaire, **{champ: valeur})
    for chemin, refus in without_each(contrat.refus[0]):
        yield chemin, with_contract(affaire, refus=(refus,))
    for chemin, organisme in without_each(affaire.organisme.valeur):
        yield chemin, replace(affaire, organisme=replace(affaire.organisme, valeur=organisme))
    ars = affaire.ars.valeur.model_copy(update={"delegation": None})
    yield "delegation", replace(affaire, ars=replace(affaire.ars, valeur=ars))


class DescribeDonneesAbsentes:
    """Each optional datum absent in turn: the draft is made, and says what it lacks."""

    @pytest.mark.parametrize("type_", TYPES)
    def it_is_still_made_without_each_datum(self, type_: str, refuse: Affaire, dire: Dire) -> None:
        essais = list(_lacking(refuse))
        assert len(essais) > 60
        sans_objet = []
        for chemin, affaire in essais:
            try:
                assert dire(type_, affaire)
            except DonneesError as faute:
                if faute.code != "D-099":
                    raise
                sans_objet.append(chemin)
        assert all(chemin.count(".") < 3 for chemin in sans_objet)  # a step, or its hearing

    @pytest.mark.parametrize(
        ("type_", "etape", "champ"),
        [
            ("lettre_proposition", "avis", "rendu_le"),
            ("seconde_proposition", "premiere_proposition", "recue_le"),
            ("seconde_proposition", "seconde_proposition", "amendee"),
            ("decision_refus", "avis", "sens"),
            ("decision_refus", "premiere_proposition", "recue_le"),
            ("decision_refus", "seconde_proposition", "date"),
            ("decision_refus", "seconde_proposition", "recue_le"),
        ],
    )
    def but_nothing_is_signed_on_a_procedure_that_is_not_complete(
        self, type_: str, etape: str, champ: str, refuse: Affaire, dire: Dire
    ) -> None:
        affaire = with_step(refuse, etape, **{champ: None})
        assert "[à compléter : " in dire(type_, affaire)
        with pytest.raises(CaqesError) as faute:
            dire(type_, affaire, definitif=True)
        assert faute.value.code == "D-060"
