"""An article of an avenant that amends something."""

from __future__ import annotations

from dataclasses import dataclass

from caqes_docs.document import model as doc
from caqes_docs.document.revision.script import Changement


@dataclass(frozen=True, slots=True)
class ArticleModificatif:
    """An article of the avenant: what it amends, what it prints, what each sentence covers."""

    ancres: tuple[str, ...]
    """The divisions amended; empty words for what stands before the first heading."""
    intitule: str
    blocs: tuple[doc.Bloc, ...]
    operations: tuple[tuple[Changement, ...], ...]
    """By sentence, the operations that it tells."""
    annexes: tuple[doc.Section, ...] = ()
    """The annexes that it refers to, as they are joined to the avenant."""
    action: str = "modifié"
    """What becomes of what it amends: modifié, remplacé, créé, supprimé, rétabli."""

    @property
    def ancre(self) -> str:
        """The first division amended."""
        return self.ancres[0]
