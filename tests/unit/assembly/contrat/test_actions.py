"""What the plan of a volet announces is what it prints."""

from __future__ import annotations

from caqes_docs.assembly.contrat.actions import filled_headings
from caqes_docs.data.dossier.volets import ActionVolet

DATES = "les dates de début et de fin"


class DescribeRubriques:
    def it_announces_what_one_action_at_least_tells(self) -> None:
        une = ActionVolet(id="A-1", pilote="Direction des soins")
        autre = ActionVolet(id="A-2", difficultes="Horaires des séances")
        assert filled_headings((une, autre)) == ("le pilote", "les difficultés éventuelles", DATES)

    def but_not_a_column_that_all_leave_empty(self) -> None:
        assert filled_headings((ActionVolet(id="A-1"),)) == (DATES,)
