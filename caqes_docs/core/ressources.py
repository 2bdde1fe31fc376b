"""Where the clauses, templates and sample data shipped with the product lie."""

from __future__ import annotations

from pathlib import Path

from caqes_docs.core.errors import EnvironnementError

DOSSIERS = ("clauses", "templates", "contracts_data")


def graine() -> Path:
    """The folder that holds `clauses/`, `templates/` and `contracts_data/`.

    An installed package carries them in its own `_graine`; an editable checkout has them at its
    root. Nothing is ever written there: a project starts from a copy.
    """
    paquet = Path(__file__).resolve().parents[1]
    for candidat in (paquet / "_graine", paquet.parent):
        if all((candidat / nom).is_dir() for nom in DOSSIERS):
            return candidat
    raise EnvironnementError(
        "E-001",
        f"Les dossiers {', '.join(DOSSIERS)} livrés avec caqes_docs sont introuvables "
        f"dans {paquet}.",
        remede="Réinstallez caqes-docs : l'installation est incomplète.",
    )
