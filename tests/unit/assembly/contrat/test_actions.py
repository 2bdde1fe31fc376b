"""What the plan of a volet announces is what it prints."""

from __future__ import annotations

from caqes_docs.assembly.contrat.actions import describe_plan
from caqes_docs.data.dossier.volets import ActionVolet

DATES = "les dates de début et de fin"


class DescribeRubriques:
    def it_announces_what_one_action_at_least_tells(self) -> None:
        une = ActionVolet(id="A-1", pilote="Direction des soins")
        autre = ActionVolet(id="A-2", difficultes="Horaires des séances")
        dit = describe_plan((une, autre))
        assert dit.rubriques == ("le pilote", "les difficultés éventuelles", DATES)
        assert not dit.mesurees
        mesuree = ActionVolet(id="A-3", indicateurs=("Part des ordonnances relues",))
        assert describe_plan((une, mesuree)).mesurees

    def but_not_a_column_that_all_leave_empty(self) -> None:
        assert describe_plan((ActionVolet(id="A-1"),)).rubriques == (DATES,)
