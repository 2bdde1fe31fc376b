"""Begin the record of an agency or of a fund; add a volet or a site to a dossier, in its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import yaml
from pydantic import BaseModel

from caqes_docs.application.commencer.dossier import (
    check_finess,
    draft_site,
    draft_volet,
    effect_of,
)
from caqes_docs.application.commencer.nouveau import (
    refuse_existing,
    refuse_reserved,
    write_schemas,
)
from caqes_docs.application.commencer.squelette import skeleton
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import DEMANDE, list_some
from caqes_docs.application.sorties import write_whole
from caqes_docs.core.errors import UsageError
from caqes_docs.core.identifiants import is_finess, is_identifiant
from caqes_docs.data.depot import Depot
from caqes_docs.data.dossier.etablissement import Activite
from caqes_docs.data.dossier.parties import Ars, OrganismeLocal
from caqes_docs.data.lecture.edition import Edition, EditionImpossibleError
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.lecture.remaniement import Remaniement
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, parse_yaml

FICHES: dict[str, tuple[type[BaseModel], str]] = {
    "ars": (Ars, "ars"),
    "organisme": (OrganismeLocal, "organismes"),
}
"""The model of each kind of record, and its folder."""


def new_fiche(projet: Projet, sorte: str, identifiant: str) -> Path:
    """Create the empty record of an agency (« ars ») or of a fund (« organisme »); its path.

    Raises:
        UsageError: U-067 the identifier is not a plain name; U-012 the record exists.
    """
    if not is_identifiant(identifiant):
        raise UsageError(
            "U-067",
            f"«\u00a0{identifiant}\u00a0» ne peut pas servir d’identifiant.",
            remede="N’employer que des lettres sans accent, des chiffres et le tiret, par exemple "
            "cpam-99.",
        )
    refuse_reserved("U-067", identifiant)
    modele, dossier = FICHES[sorte]
    chemin = projet.racine / "contracts_data" / dossier / f"{identifiant}.yaml"
    refuse_existing(chemin)
    titre = "# identifiant, nom du fichier\n"
    texte = (
        f"# yaml-language-server: $schema=../.schemas/{sorte}.schema.json\n"
        "# Remplir ce qui suit chaque deux-points. Une ligne laissée vide vaut « à compléter »,\n"
        "# sauf celles qui sont obligatoires.\n"
        + skeleton(modele, 0, {"id": f"{titre}id: {identifiant}\n"})
    )
    write_whole(chemin, texte.encode())
    write_schemas(projet.racine / "contracts_data" / ".schemas")
    return chemin


def new_volet(projet: Projet, finess: str, volet: str) -> Path:
    """Open a volet additionnel in the dossier of an establishment; the path of the dossier.

    Raises:
        UsageError: U-003 no such dossier; U-068 the volet stands there, or the file does not allow
            the edit.
        DroitError: L-030 unknown volet; L-031 no such volet at the date of effect.
    """
    chemin = find_dossier(projet, finess)

    def edit(contenu: bytes) -> bytes:
        texte = Remaniement(contenu)
        jour = effect_of(texte.value(("contrat", "signature", "date")), projet.droit)
        bloc = f"{volet}:\n" + _unindent(draft_volet(projet.droit, volet, jour), 4)
        _insert(texte, ("contrat", "volets", volet), bloc)
        return texte.apply()

    _edit(chemin, edit)
    return chemin


def new_site(
    projet: Projet, finess: str, site: str, nom: str | None, activites: Sequence[Activite]
) -> Path:
    """Add a site to the dossier of an establishment; the path of the dossier.

    Raises:
        UsageError: U-003 no such dossier; U-011 the FINESS of the site is wrong; U-068 the file
            does not allow the edit; U-093 the site stands there.
    """
    chemin = find_dossier(projet, finess)
    lignes = draft_site(check_finess(site, "géographique"), nom, activites).splitlines()
    rang = next(rang for rang, ligne in enumerate(lignes) if not ligne.startswith("#"))
    bloc = [f"{'- ' if place == rang else '  '}{ligne}" for place, ligne in enumerate(lignes)]

    def edit(contenu: bytes) -> bytes:
        _refuse_present(contenu, chemin, site)
        texte = Edition(contenu)
        element = bloc[rang:], _data("\n".join(lignes))
        texte.append(("etablissement", "sites"), [element])
        return texte.apply()

    _edit(chemin, edit)
    return chemin


def _refuse_present(contenu: bytes, chemin: Path, site: str) -> None:
    sites = Remaniement(contenu).value(("etablissement", "sites"))
    connus = [x.get("finess") for x in sites if isinstance(x, dict)] if sites else []
    if site in connus:
        raise UsageError(
            "U-093",
            f"Le site {site} est déjà dans «\u00a0{chemin.name}\u00a0».",
            remede="Y corriger ce qu’il dit, ou donner le FINESS d’un autre site.",
        )


def find_dossier(projet: Projet, finess: str) -> Path:
    """The file of a dossier, whatever is wrong in it, by its name, the FINESS or the reference.

    Raises:
        UsageError: U-003 no such dossier.
    """
    fichiers = {
        chemin.stem: chemin
        for chemin in (projet.racine / "contracts_data" / "dossiers").rglob("*.y*ml")
    }
    nom = finess.removesuffix(".yaml")
    nom = nom if nom in fichiers else nom.upper()
    depot = projet.named([finess]) if nom not in fichiers else Depot()
    if affaires := depot.named(finess):
        nom = affaires[0].stem
    elif homonymes := depot.called(finess):
        raise UsageError(
            "U-003",
            f"Plusieurs établissements ont «\u00a0{finess}\u00a0» dans leur nom.",
            remede=f"Préciser\u00a0: {list_some(homonymes)}.",
        )
    if nom not in fichiers:
        raise UsageError(
            "U-003",
            f"Aucun dossier ne s’appelle «\u00a0{finess}\u00a0».",
            remede=close_name(nom, fichiers)
            or (f"Le créer\u00a0: caqes nouveau dossier {nom}" if is_finess(nom) else DEMANDE),
        )
    return fichiers[nom]


def _edit(chemin: Path, edit: Callable[[bytes], bytes]) -> None:
    """Change a file, in whole or not at all."""
    try:
        contenu = edit(chemin.read_bytes())
    except (EditionImpossibleError, yaml.YAMLError, UnicodeDecodeError):
        raise UsageError(
            "U-068",
            f"«\u00a0{chemin.name}\u00a0» ne peut pas être complété ici\u00a0: le fichier a une "
            "faute de YAML, ce bloc y est déjà, ou il est écrit entre accolades.",
            remede=f"Voir caqes verifier {chemin.stem}, ou écrire ce bloc à la main.",
        ) from None
    write_whole(chemin, contenu)


def _insert(texte: Remaniement, chemin: Chemin, bloc: str) -> None:
    donnees = _data(bloc)
    assert isinstance(donnees, dict)
    texte.insert(chemin, bloc.splitlines(), donnees[str(chemin[-1])])


def _data(texte: str) -> Donnee:
    fichier, _ = parse_yaml(texte.encode(), "")
    return fichier.donnees if fichier else None


def _unindent(texte: str, colonnes: int) -> str:
    return "".join(ligne[colonnes:] for ligne in texte.splitlines(keepends=True))
