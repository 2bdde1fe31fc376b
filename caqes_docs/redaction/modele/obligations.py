"""The register of obligations under a model: which its words still carry, which they lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import yaml

from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.modele.parties import Partie
from caqes_docs.redaction.modele.rapprochement import carries


@dataclass
class Obligations:
    """What the clauses imported so far made of the register of `droit`."""

    droit: Droit
    perdues: list[tuple[str, str, str]] = field(default_factory=list)
    """(obligation, clause, what it says): not found in the imported text."""
    porteurs: dict[str, list[str]] = field(default_factory=dict)
    """What carries each of them still."""

    def carried(self, nom: str, partie: Partie, nos: Sequence[Redaction]) -> list[str]:
        """Those of `nos` that the text carries, and those that nothing else would carry."""
        gardees: list[str] = []
        anciens = {f"clause:{notre.entete.id}" for notre in nos}
        for cle in dict.fromkeys(cle for notre in nos for cle in notre.entete.obligations):
            ligne = self.droit.obligations.get(cle)
            if ligne is None or carries(f"{partie.titre} {partie.texte}", ligne.resume):
                gardees.append(cle)
                continue
            vus = [f"clause:{nom}" if p in anciens else p for p in ligne.porte_par]
            porteurs = self.porteurs.setdefault(cle, list(dict.fromkeys(vus)))
            seule = porteurs == [f"clause:{nom}"]
            if seule:
                gardees.append(cle)
            elif f"clause:{nom}" in porteurs:
                porteurs.remove(f"clause:{nom}")
            suite = "gardée\u00a0: rien d’autre ne la porte" if seule else "ôtée de la clause"
            self.perdues.append((cle, nom, f"{ligne.resume} ({suite})"))
        return gardees

    def render(self) -> str:
        """The rows that a clause carries no more, without the words of their force."""
        lignes = [
            {
                **self.droit.obligations[cle].model_dump(
                    exclude_none=True, exclude={"verbe", "force"}
                ),
                "porte_par": porteurs,
            }
            for cle, porteurs in sorted(self.porteurs.items())
        ]
        return yaml.safe_dump(
            {"obligations": lignes}, allow_unicode=True, sort_keys=False, width=10**6
        )
