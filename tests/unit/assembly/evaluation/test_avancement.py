"""The progress of plans of actions, as the report draws it."""

from __future__ import annotations

from caqes_docs.assembly.evaluation.avancement import draw_progress, follow_volet
from caqes_docs.data.dossier.evaluation import Avancement
from caqes_docs.data.dossier.volets import ActionVolet
from caqes_docs.redaction.langage.vues import Lieu


def seen(**taux: str) -> dict[str, Avancement]:
    return {nom: Avancement.model_validate({"taux": valeur}) for nom, valeur in taux.items()}


def actions(*noms: str) -> list[ActionVolet]:
    return [ActionVolet(id=nom) for nom in noms]


LIEU = Lieu(None, (), "évaluation")


class DescribeGraphiqueDAvancement:
    def it_follows_the_order_of_the_table(self) -> None:
        vus = seen(T2="50 %", X="10 %", T1="100 %")
        plan = follow_volet(actions("T1", "T2", "T3"), vus, LIEU)
        assert [action.id for action in plan.suivies] == ["T1", "T2", "X"]
        assert plan.sans_avancement == ("T3",)
        (graphique,) = draw_progress("Avancement", [("Transports", plan, vus)])
        assert graphique.categories == ("T1", "T2", "X")

    def it_draws_twice_a_number_that_two_volets_use(self) -> None:
        transports, qualite = seen(A1="25 %", A2="50 %"), seen(A1="75 %")
        plans = [
            ("Transports", follow_volet(actions("A1", "A2"), transports, LIEU), transports),
            ("Qualité", follow_volet(actions("A1"), qualite, LIEU), qualite),
        ]
        (graphique,) = draw_progress("Avancement", plans)
        assert graphique.alternative.replace("\u00a0", " ") == (
            "Avancement des actions : A1 (Transports), 25 % ; A2, 50 % ; A1 (Qualité), 75 %."
        )
