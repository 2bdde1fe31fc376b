"""The records that a dossier names: those of its agency and of its fund."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from caqes_docs.core.constats import Constat, fault
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.messages import close_name


def find_unknown(
    racine: Path,
    prefixe: str,
    charge: Charge[Dossier],
    ars: Mapping[str, object],
    organismes: Mapping[str, object],
) -> list[Constat]:
    """D-040: the parties that a dossier names and that have no record."""
    contrat = charge.valeur.contrat
    tables: tuple[tuple[str, str, str, Mapping[str, object]], ...] = (
        ("ars", "ars", contrat.ars, ars),
        ("organisme", "organismes", contrat.organisme, organismes),
    )
    return [
        fault(
            "D-040",
            charge.fichier.source(("contrat", cle)),
            f"«\u00a0{nom}\u00a0» n’a pas de fiche valable dans {prefixe}/{dossier}/.",
            "Corriger d’abord les erreurs de cette fiche."
            if (racine / dossier / f"{nom}.yaml").is_file()
            else close_name(nom, table)
            or f"Créer la fiche (caqes nouveau {cle} {nom}), ou corriger l’identifiant.",
        )
        for cle, dossier, nom, table in tables
        if nom not in table
    ]
