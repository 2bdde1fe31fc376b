"""What an avenant names of the library: clauses, versions of their wordings, texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from caqes_docs.application.projet import Projet
from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.source import Source
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.signes.registre import RegistreSigne


def check_names(projet: Projet, affaire: Affaire) -> Iterator[Constat]:
    """D-166, of every avenant of a dossier."""
    for charge in affaire.avenants.values():
        yield from check_named(projet, affaire, charge)


def check_named(projet: Projet, affaire: Affaire, charge: Charge[Avenant]) -> Iterator[Constat]:
    """D-166: a name that the library does not have.

    A sealed contract may be derogated from in a clause that its own library alone has.
    """
    avenant, bibliotheque = charge.valeur, projet.bibliotheque
    source = charge.fichier.source
    clauses = bibliotheque.clauses
    nommees = [
        (source(("redactions", rang, "clause")), une.clause)
        for rang, une in enumerate(avenant.redactions)
    ]
    if avenant.derogations and not _is_sealed(projet, affaire):
        nommees += [
            (source(("derogations", rang, "clause")), une.clause)
            for rang, une in enumerate(avenant.derogations)
        ]
    for lieu, nom in nommees:
        if bibliotheque.present(nom) not in clauses:
            yield _unknown(lieu, f"La clause «\u00a0{nom}\u00a0»", nom, clauses)
    for rang, une in enumerate(avenant.redactions):
        versions = [str(v.en_vigueur.du) for v in clauses.get(bibliotheque.present(une.clause), ())]
        if versions and str(une.version) not in versions:
            quoi = f"La version «\u00a0{une.version}\u00a0» de la clause «\u00a0{une.clause}\u00a0»"
            yield _unknown(source(("redactions", rang, "version")), quoi, une.version, versions)
    for rang, nom in enumerate(avenant.textes):
        if nom not in projet.droit.textes:
            quoi = f"Le texte «\u00a0{nom}\u00a0»"
            yield _unknown(source(("textes", rang)), quoi, nom, projet.droit.textes)


def _is_sealed(projet: Projet, affaire: Affaire) -> bool:
    return affaire.stem in RegistreSigne(projet.racine / "contracts_data").finess


def _unknown(lieu: Source, quoi: str, nom: str, connus: Collection[str]) -> Constat:
    remede = close_name(nom, connus)
    if not remede and len(connus) < _LISTES:
        remede = f"Versions de la bibliothèque\u00a0: {', '.join(connus)}."
    return fault(
        "D-166",
        lieu,
        f"{quoi} n’est pas dans la bibliothèque.",
        remede or "Le chercher\u00a0: caqes clauses liste, ou clauses/droit/textes/.",
    )


_LISTES = 9
"""How many names a remedy lists, at most."""
