"""Commission or conférence: one body is named, that of the dossier, else that of the status."""

from __future__ import annotations

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.data.dossier.etablissement import AvisMedical, InstanceMedicale, Statut
from caqes_docs.law.droit.propres import contradicts_status, name_medical_body

CME, CFME = InstanceMedicale.CME, InstanceMedicale.CFME
COMMISSION, CONFERENCE, DEUX = "commission", "conférence", "commission ou de la conférence"


class DescribeInstanceMedicale:
    """The words of the catalogues, for one establishment."""

    @pytest.mark.parametrize(
        ("statut", "instance", "nommee", "contraire"),
        [
            (Statut.PUBLIC, CME, COMMISSION, False),
            (Statut.PUBLIC, None, COMMISSION, False),
            (Statut.PUBLIC, CFME, CONFERENCE, True),
            (Statut.PRIVE_LUCRATIF, CFME, CONFERENCE, False),
            (Statut.PRIVE_LUCRATIF, None, CONFERENCE, False),
            (Statut.PRIVE_LUCRATIF, CME, COMMISSION, True),
            (Statut.ESPIC, CME, COMMISSION, False),
            (Statut.ESPIC, CFME, CONFERENCE, False),
            (Statut.ESPIC, None, DEUX, False),
            (Statut.PRIVE_NON_LUCRATIF, None, DEUX, False),
            (Statut.ARMEES, None, DEUX, False),
        ],
    )
    def it_names_one_body(
        self,
        statut: Statut,
        instance: InstanceMedicale | None,
        nommee: str,
        contraire: bool,
        projet: Projet,
    ) -> None:
        """In the pilot of three typical actions, and in what one of them reports to."""
        dossier = projet.depot(("990780017",)).affaires["990780017"].dossier.valeur
        avis = None if instance is None else AvisMedical(instance=instance, date=None, sens=None)
        change = {"statut": statut, "avis_medical": avis}
        etablissement = dossier.etablissement.model_copy(update=change)
        dits = name_medical_body(projet.droit, etablissement)
        pilotes = {
            action.pilote
            for plan in dits.plans_types.values()
            for action in plan.actions
            if action.pilote and "médicale d’établissement" in action.pilote
        }
        assert pilotes == {f"Président de la {nommee} médicale d’établissement"}
        assert contradicts_status(etablissement) is contraire
        libelles = [a.libelle for p in dits.plans_types.values() for a in p.actions]
        rendus = [mots for mots in libelles if "rendre compte des consommations" in mots]
        attendu = "commission ou à la conférence" if nommee == DEUX else nommee
        assert rendus
        assert all(f"à la {attendu} médicale d’établissement" in mots for mots in rendus)
