"""The seed workspace is found from a checkout."""

from __future__ import annotations

from caqes_docs.core import ressources
from tests.architecture.depot import RACINE


class DescribeGraine:
    """`core.ressources.graine`; the installed package is tried by `test_roue.py`."""

    def it_is_the_root_of_a_checkout(self) -> None:
        assert ressources.graine() == RACINE
