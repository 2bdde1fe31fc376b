"""Begin an avenant: its file to fill in, and a copy of the contract in force to edit.

The copy lies in `contracts_data/copies/`, which nothing reads as a dossier: what is edited there
becomes the modifications of the avenant, and the copy may then be thrown away.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.application.avenants.squelette import skeleton
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.sorties import prepare_folder, write_whole
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.source import Source
from caqes_docs.data.avenant.ecarts import EcartDeDonnees, derive
from caqes_docs.data.avenant.ecriture import render_copy, write_modifications
from caqes_docs.data.avenant.modele import CasAvenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.charge import load_record
from caqes_docs.law.avenant.chaine import state_before, state_on
from caqes_docs.law.avenant.etat import EtatAvenant, avenant_state

_COPIES = "copies"
_EN_TETE = """\
# Copie de travail du contrat {reference}, tel qu’il est en vigueur, avenants signés compris.
# La modifier, puis\u00a0: caqes avenant deriver {finess} --numero {numero}
# Ce qui change ici devient les modifications de contracts_data/avenants/{finess}-{numero}.yaml.
# Ce fichier n’est lu par aucune autre commande\u00a0: le supprimer ensuite.

"""


@dataclass(frozen=True)
class AvenantOuvert:
    """What was begun or written."""

    numero: int
    avenant: Path
    copie: Path | None
    ecarts: tuple[EcartDeDonnees, ...] = ()


def new_avenant(projet: Projet, nom: str, cas: str, depuis: Path | None = None) -> AvenantOuvert:
    """Write the file of the next avenant, and the copy to edit, or take what `depuis` changed.

    Raises:
        UsageError: U-003 no such dossier; U-008 nothing can be written there.
        DonneesError: D-165 the contract is not signed, or the copy cannot be read; an avenant
            cannot be put on the contract.
    """
    affaire = _signed(projet, nom)
    numero = max(affaire.avenants, default=0) + 1
    etat = state_on(affaire, dt.date.max)
    texte = skeleton(affaire, numero, CasAvenant(cas))
    chemin = _folder(projet, "avenants") / f"{affaire.finess}-{numero}.yaml"
    if depuis is not None:
        ecarts = _differences(etat, depuis)
        write_whole(chemin, write_modifications(texte, ecarts).encode())
        return AvenantOuvert(numero, chemin, None, tuple(ecarts))
    copie = _folder(projet, _COPIES) / chemin.name
    tete = _EN_TETE.format(
        reference=affaire.reference, finess=affaire.finess, numero=numero
    ).encode()
    fichier = affaire.dossier.fichier
    write_whole(copie, tete + render_copy(fichier.contenu, etat.dossier.fichier.donnees))
    write_whole(chemin, texte.encode())
    return AvenantOuvert(numero, chemin, copie)


def derive_avenant(
    projet: Projet, nom: str, numero: int, depuis: Path | None = None
) -> AvenantOuvert:
    """Write in an avenant what was changed in its copy; the rest of its file stays as it was.

    Raises:
        UsageError: U-003 no such dossier.
        DonneesError: D-165 no avenant of that number, one that is signed, or a copy that cannot
            be read.
    """
    affaire = _signed(projet, nom)
    charge = affaire.avenants.get(numero)
    if charge is None or avenant_state(charge.valeur) is EtatAvenant.SIGNE:
        etat = "n’existe pas, ou ne se lit pas" if charge is None else "est signé"
        raise _refused(
            charge.fichier.source(("numero",)) if charge else _place(affaire),
            f"L’avenant n°\u00a0{numero} de {affaire.finess} {etat}\u00a0: rien n’y est écrit.",
            "Ouvrir un nouvel avenant\u00a0: caqes avenant nouveau.",
        )
    dossier = projet.racine / "contracts_data"
    chemin = projet.racine / charge.fichier.nom
    copie = depuis or dossier / _COPIES / f"{affaire.finess}-{numero}.yaml"
    ecarts = _differences(state_before(affaire, numero), copie)
    texte = charge.fichier.contenu.decode("utf-8-sig")
    write_whole(chemin, write_modifications(texte, ecarts).encode())
    return AvenantOuvert(numero, chemin, copie, tuple(ecarts))


def _signed(projet: Projet, nom: str) -> Affaire:
    affaire = select(projet.named([nom]), [nom])[0]
    if affaire.dossier.valeur.contrat.signature.date_retenue is None:
        raise _refused(
            affaire.dossier.fichier.source(("contrat", "signature")),
            "Le contrat n’est pas signé\u00a0: il se modifie dans son dossier, sans avenant.",
            "Modifier le dossier, ou remplir «\u00a0contrat.signature.date\u00a0».",
        )
    return affaire


def _differences(etat: Affaire, copie: Path) -> list[EcartDeDonnees]:
    """What a copy says otherwise than the contract in force."""
    charge, constats = load_record(copie, copie.as_posix(), Dossier)
    if charge is None:
        quoi = compte(len(constats), "erreur(s)")
        error = _refused(Source(copie.as_posix()), f"La copie a {quoi}.", "La corriger.")
        error.constats = tuple(constats)
        raise error
    ecarts = derive(etat.dossier.fichier.donnees, charge.fichier.donnees)
    if not ecarts or charge.valeur == etat.dossier.valeur:
        raise _refused(
            Source(copie.as_posix()),
            "La copie dit la même chose que le contrat en vigueur\u00a0: il n’y a rien à modifier.",
            "Y écrire ce qui doit changer, puis recommencer.",
        )
    return ecarts


def _folder(projet: Projet, nom: str) -> Path:
    dossier = projet.racine / "contracts_data" / nom
    prepare_folder(dossier)
    return dossier


def _place(affaire: Affaire) -> Source:
    return affaire.dossier.fichier.source(("contrat",))


def _refused(source: Source, message: str, remede: str) -> DonneesError:
    return DonneesError("D-165", message, remede=remede, source=source)
