"""The head of every letter of the agency: « Réf. », place and date, subject, salutation."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import assemble_act
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.core.errors import CaqesError
from caqes_docs.data.depot import Depot
from caqes_docs.document.texte import document_text
from caqes_docs.document.walk import iter_divisions
from caqes_docs.review.texte_docx import docx_text, normalise
from caqes_docs.review.texte_pdf import canonical, pdf_text

TETES = [
    ("990780033", "notification", "Réf.\u00a0: DOS/2017/CAQES/033 – D-2020-1187\n"),
    ("990780033", "transmission_rapport", "Réf.\u00a0: DOS/2017/CAQES/033\n"),
    ("990780033", "information_controle_medical", "Réf.\u00a0: DOS/2017/CAQES/033\n"),
    ("2A9780012", "notification", ""),
]


class DescribeReference:
    @pytest.mark.parametrize(("dossier", "nom", "attendu"), TETES)
    def it_stands_under_who_follows_the_file_or_not_at_all(
        self, dossier: str, nom: str, attendu: str, projet: Projet, depot: Depot
    ) -> None:
        document = assemble_act(
            projet.types[nom],
            depot.affaires[dossier],
            projet.bibliotheque,
            projet.droit,
            Options(annee=2019),
        ).document
        texte = document_text(document)
        assert f"09 99 00 00 03\n{attendu}" in texte
        assert texte.count("Réf.") == bool(attendu)

    def and_word_and_pdf_say_the_same(
        self, projet: Projet, depot: Depot, rendre: Callable[..., bytes]
    ) -> None:
        type_document = projet.types["notification"]
        document = assemble_act(
            type_document,
            depot.affaires["990780033"],
            projet.bibliotheque,
            projet.droit,
            Options(annee=2019),
        ).document
        texte = document_text(document)
        assert normalise(docx_text(rendre(document, type_document, "docx"))) == normalise(texte)
        assert canonical(pdf_text(rendre(document, type_document, "pdf"))) == canonical(texte)


ENVELOPPE = re.compile(
    r"^Affaire suivie par\u00a0: .*^Portclair, le .*20\d\d\n.*^Objet\u00a0: .*"
    r"^(Madame|Monsieur|Docteur)[^\n]*,\n.*^Je vous prie d’agréer, .*"
    r"^Pour le directeur général et par délégation,\nla directrice de l’offre de soins\n",
    re.MULTILINE | re.DOTALL,
)


class DescribeLettres:
    def it_has_what_a_letter_of_an_agency_has(self, projet: Projet, depot: Depot) -> None:
        lues: set[str] = set()
        for nom, type_document in projet.types.items():
            if "courrier.suivi" not in str(type_document.plan.corps):
                continue
            annee = None if type_document.plan.donnees == "contrat" else 2019
            for dossier in ("2A9780012", "990780017", "990780066", "990780157"):
                affaire = depot.affaires[dossier]
                try:
                    document = assemble_act(
                        type_document,
                        affaire,
                        projet.bibliotheque,
                        projet.droit,
                        Options(annee=annee),
                    ).document
                except CaqesError:  # -- no such letter in that dossier --
                    continue
                lues.add(nom)
                assert ENVELOPPE.search(document_text(document)), (nom, dossier)
                niveaux = [bloc.titre for bloc in iter_divisions(document.corps) if bloc.titre]
                assert [titre for titre in niveaux if not titre.numero] == [], (nom, dossier)
        assert len(lues) >= 15
