"""The progress of plans of actions, as the report tells it."""

from __future__ import annotations

from caqes_docs.assembly.evaluation.avancement import follow_volet
from caqes_docs.data.dossier.evaluation import Avancement
from caqes_docs.data.dossier.volets import ActionVolet
from caqes_docs.redaction.langage.vues import Lieu


def seen(**taux: str) -> dict[str, Avancement]:
    return {nom: Avancement.model_validate({"taux": valeur}) for nom, valeur in taux.items()}


def actions(*noms: str) -> list[ActionVolet]:
    return [ActionVolet(id=nom) for nom in noms]


LIEU = Lieu(None, (), "évaluation")


class DescribeAvancement:
    def it_follows_the_order_of_the_table(self) -> None:
        vus = seen(T2="50 %", X="10 %", T1="100 %")
        plan = follow_volet(actions("T1", "T2", "T3"), vus, LIEU)
        assert [action.id for action in plan.suivies] == ["T1", "T2", "X"]
        assert plan.sans_avancement == ("T3",)
