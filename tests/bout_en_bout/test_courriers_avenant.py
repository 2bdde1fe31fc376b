"""Letters of an avenant: those of a contract, which name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.core.errors import DonneesError
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import parse_yaml
from caqes_docs.document.texte import document_text
from tests.outils.affaires import plain

AUDITION = (
    'audition: {demandee_le: 2019-07-10, convoquee_le: 2019-07-11, prevue_le: 2019-07-18, heure: "'
    '10 h", lieu: siège de l’agence, tenue_le: 2019-07-18, presents: [Mme Inès Carbonel]}'
)


class DescribeAuditionSurUnAvenant:
    """The establishment that refused an avenant had asked to be heard on its first proposal."""

    @pytest.fixture
    def produire(self, projet: Projet, entendu: Affaire) -> Callable[[str, int], Assemblage]:
        """The act of one type on an avenant."""
        fonds, droit = projet.bibliotheque, projet.droit
        return lambda type_, numero: assemble_act(
            projet.types[type_], entendu, fonds, droit, Options(avenant=numero)
        )

    @pytest.fixture
    def entendu(self, depot: Depot) -> Affaire:
        affaire = depot.affaires["990780082"]
        avenant = affaire.avenants[2].fichier
        texte = avenant.contenu.decode().replace(
            "    observations:\n", f"    {AUDITION}\n    observations:\n", 1
        )
        fichier, constats = parse_yaml(texte.encode(), avenant.nom)
        assert fichier is not None, constats
        charge = Charge(Avenant.model_validate(fichier.donnees), fichier)
        return replace(affaire, avenants={**affaire.avenants, 2: charge})

    def it_names_the_avenant(self, produire: Callable[[str, int], Assemblage]) -> None:
        etape = "première proposition de l’avenant n° 2"
        convoque = plain(document_text(produire("convocation_audition_proposition", 2).document))
        assert f"à la suite de la {etape} du 24 juin 2019" in convoque
        assert "Le délai de réponse a pour dernier jour le 26 juillet 2019" in convoque
        fait = produire("compte_rendu_audition_proposition", 2)
        assert f"– {etape}, contrat CAQES-2018-990780082" in plain(document_text(fait.document))
        (manque,) = [c for c in fait.constats if c.code == "D-060"]
        assert manque.source.fichier == "contracts_data/avenants/990780082-2.yaml"
        cle = "procedure.premiere_proposition.audition.resume"
        assert plain(manque.remede) == f"Remplir « {cle} »."

    def but_not_one_that_is_not_written(self, produire: Callable[[str, int], Assemblage]) -> None:
        with pytest.raises(DonneesError, match="avenant n°\u00a03") as refus:
            produire("convocation_audition_proposition", 3)
        assert refus.value.code == "D-099"


class DescribeNouveauRepresentant:
    """A letter goes to who is in office on its day, before the avenant that says so has effect."""

    @pytest.mark.parametrize(
        ("type_", "options", "nom"),
        [
            ("lettre_proposition", Options(avenant=3), "Mathilde Soubeyran, directrice générale"),
            ("transmission_rapport", Options(annee=2019), "Mathilde Soubeyran"),
            ("notification", Options(annee=2019), "Mathilde Soubeyran"),
            ("transmission_rapport", Options(annee=2018), "Hélène Fabrègues"),
        ],
    )
    def it_is_written_to(
        self, type_: str, options: Options, nom: str, projet: Projet, depot: Depot
    ) -> None:
        affaire = depot.affaires["990780017"]
        fonds, droit = projet.bibliotheque, projet.droit
        acte = assemble_act(projet.types[type_], affaire, fonds, droit, options)
        assert f"À l’attention de Mme {nom}" in plain(document_text(acte.document))
