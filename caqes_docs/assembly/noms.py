"""All the names that clauses may use, subject by subject, and which kind of document has which.

The checker of the library takes them from here, so a clause is checked before any data exists.
"""

from __future__ import annotations

from caqes_docs.assembly import etapes
from caqes_docs.assembly.ciblage import vocabulaire as ciblage
from caqes_docs.assembly.contrat import vocabulaire as contrat
from caqes_docs.assembly.contrat.contacts import ContactsResolus
from caqes_docs.assembly.contrat.proposition import PropositionResolue
from caqes_docs.assembly.contrat.vocabulaire_refus import RefusResolus
from caqes_docs.assembly.evaluation import vocabulaire as evaluation
from caqes_docs.assembly.evaluation import vocabulaire_rapport as rapport
from caqes_docs.assembly.region import vocabulaire as region
from caqes_docs.assembly.simulation import vocabulaire as simulation
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.redaction.langage.vocabulaire import Acte, Noms

_PARTOUT = frozenset({"acte", "ars"})
_DU_DOSSIER = frozenset(
    {"etablissement", "contrat", "organisme", "contacts", "refus", "proposition"}
)
_CONTRAT = _PARTOUT | _DU_DOSSIER | frozenset(contrat.TYPES) | frozenset(etapes.TYPES)

NOMS = Noms(
    types={
        "etablissement": TypeChamp("bloc", Etablissement),
        "contrat": TypeChamp("bloc", Contrat),
        "ars": TypeChamp("bloc", Ars),
        "organisme": TypeChamp("bloc", OrganismeLocal),
        "acte": TypeChamp("bloc", Acte),
        **contrat.TYPES,
        **etapes.TYPES,
        **evaluation.TYPES,
        **rapport.TYPES,
        **region.TYPES,
        "refus": TypeChamp("bloc", RefusResolus),
        "proposition": TypeChamp("bloc", PropositionResolue),
        "contacts": TypeChamp("bloc", ContactsResolus),
        **ciblage.TYPES,
        **simulation.TYPES,
    },
    sans_date=_DU_DOSSIER | {"ars", "evaluation", "etape"},
    par_donnees={
        "contrat": _CONTRAT,
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
