"""All the names that clauses may use, subject by subject, and which kind of document has which.

The checker of the library takes them from here, so a clause is checked before any data exists.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping

from caqes_docs.assembly import etapes
from caqes_docs.assembly.contrat import vocabulaire as contrat
from caqes_docs.assembly.contrat.contacts import ContactsResolus
from caqes_docs.assembly.contrat.proposition import PropositionResolue
from caqes_docs.assembly.contrat.vocabulaire_refus import RefusResolus
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.redaction.langage.vocabulaire import Acte, Noms

_PARTOUT = frozenset({"acte", "ars"})
_DU_DOSSIER = frozenset(
    {
        "etablissement",
        "contrat",
        "organisme",
        "contacts",
        "contacts_du_contrat",
        "refus",
        "proposition",
    }
)
_CONTRAT = _PARTOUT | _DU_DOSSIER | frozenset(contrat.TYPES) | frozenset(etapes.TYPES)


class _Types(Mapping[str, TypeChamp]):
    """The type of each name; the vocabulary of a subject is loaded with the first of its names.

    A contract does without the hundred records of evaluations, regions and simulations.
    """

    def __init__(self, types: Mapping[str, TypeChamp | str]) -> None:
        self._types = dict(types)

    def __getitem__(self, nom: str) -> TypeChamp:
        connu = self._types[nom]
        if isinstance(connu, str):
            connu = importlib.import_module(f"caqes_docs.assembly.{connu}").TYPES[nom]
            self._types[nom] = connu
        return connu

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)


NOMS = Noms(
    types=_Types(
        {
            "etablissement": TypeChamp("bloc", Etablissement),
            "contrat": TypeChamp("bloc", Contrat),
            "ars": TypeChamp("bloc", Ars),
            "organisme": TypeChamp("bloc", OrganismeLocal),
            "acte": TypeChamp("bloc", Acte),
            **contrat.TYPES,
            **etapes.TYPES,
            "avenant": "avenant.vocabulaire",
            "evaluation": "evaluation.vocabulaire",
            "rapport": "evaluation.vocabulaire_rapport",
            "cadre": "evaluation.vocabulaire_rapport",
            "bilan": "region.vocabulaire",
            "refus": TypeChamp("bloc", RefusResolus),
            "proposition": TypeChamp("bloc", PropositionResolue),
            "contacts": TypeChamp("bloc", ContactsResolus),
            "contacts_du_contrat": TypeChamp("bloc", ContactsResolus),
            "ciblage": "ciblage.vocabulaire",
            "region": "ciblage.vocabulaire",
            "simulation": "simulation.vocabulaire",
        }
    ),
    sans_date=_DU_DOSSIER | {"ars", "evaluation", "etape"},
    par_donnees={
        "contrat": _CONTRAT,
        "avenant": _CONTRAT | {"avenant"},
        "autoevaluation": _CONTRAT | {"cadre"},
        "evaluation": _CONTRAT | {"evaluation", "rapport"},
        "evaluation_regionale": _PARTOUT | {"bilan"},
        "ciblage": _PARTOUT | {"ciblage"},
        "ciblage_regional": _PARTOUT | {"region"},
        "simulation": _PARTOUT | {"simulation"},
    },
    du_volet=frozenset({"volet"}),
    de_l_etape=frozenset(etapes.TYPES),
    racines={
        "contrat": TypeChamp("bloc", Contrat),
        "autoevaluation": TypeChamp("bloc", Contrat),
        "evaluation": TypeChamp("bloc", Evaluation),
    },
)
