"""An avenant written: its modifications in its file, and the state that it starts from as a copy.

What a jurist wrote around them stays: comments, and whatever else the file says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import yaml

from caqes_docs.data.avenant.cles import DOSSIER, identities, type_below
from caqes_docs.data.avenant.ecarts import EcartDeDonnees, derive, is_void
from caqes_docs.data.lecture.edition import Edition
from caqes_docs.data.lecture.remaniement import Remaniement
from caqes_docs.data.lecture.texte import EditionImpossibleError
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, parse_yaml

_CLE = re.compile(r"^(?=[^\s#-])", re.MULTILINE)
"""Where a key of the first level begins."""
_MODIFICATION = re.compile(r"^ *- *\{? *cle: *\"?([^\s,\"]+)")


def write_modifications(texte: str, ecarts: Sequence[EcartDeDonnees]) -> str:
    """The file of an avenant whose `modifications` are these; the rest stays as it was."""
    debut, fin = _block(texte)
    notes = _notes(texte[debut:fin])
    if not ecarts:
        bloc = "modifications: []\n"
    else:
        lignes = [ligne for ecart in ecarts for ligne in _lines(ecart, notes.get(ecart.cle, ()))]
        bloc = "\n".join(["modifications:", *lignes, ""])
    return texte[:debut] + bloc + texte[fin:]


def _block(texte: str) -> tuple[int, int]:
    """Where the key `modifications` begins and ends; at the end of the file when it is not there.

    The comments right above the next key are its own.
    """
    trouve = re.search(r"^modifications:", texte, re.MULTILINE)
    if trouve is None:
        return len(texte), len(texte)
    suivante = _CLE.search(texte, trouve.end())
    fin = suivante.start() if suivante else len(texte)
    while True:
        avant = texte.rfind("\n", 0, fin - 1) + 1
        ligne = texte[avant:fin].rstrip("\n")
        if avant <= trouve.start() or (ligne.strip() and not ligne.startswith("#")):
            return trouve.start(), fin
        fin = avant


def _notes(bloc: str) -> dict[str, list[str]]:
    """The comments right above each modification, by its key."""
    notes: dict[str, list[str]] = {}
    attente: list[str] = []
    for ligne in bloc.splitlines():
        trouve = _MODIFICATION.match(ligne)
        if ligne.lstrip().startswith("#"):
            attente.append(f"  {ligne.strip()}")
            continue
        if trouve:
            notes[trouve.group(1)] = attente
        attente = []
    return notes


def _lines(ecart: EcartDeDonnees, notes: Iterable[str]) -> list[str]:
    modification: dict[str, Donnee] = {"cle": ecart.cle}
    if not is_void(ecart.avant) and not is_void(ecart.apres):
        modification["avant"] = ecart.avant
    if is_void(ecart.apres):
        long = isinstance(ecart.avant, dict | list)
        modification |= {"retirer": "oui"} if long else {"avant": ecart.avant}
    else:
        modification["apres"] = ecart.apres
    corps = _dump(modification)
    return [*notes, f"  - {corps[0]}", *(f"    {ligne}" for ligne in corps[1:])]


def _dump(donnees: Donnee) -> list[str]:
    texte = yaml.safe_dump(donnees, allow_unicode=True, sort_keys=False, width=10_000)
    return str(texte).removesuffix("...\n").splitlines()


def render_copy(contenu: bytes, donnees: Donnee) -> bytes:
    """The file of a dossier made to say `donnees`, with its comments where the layout allows."""
    fichier, _ = parse_yaml(contenu, "")
    try:
        for ecart in derive(fichier.donnees if fichier else None, donnees):
            contenu = _edited(contenu, ecart)
    except EditionImpossibleError:
        return "\n".join([*_dump(donnees), ""]).encode()
    return contenu


def _edited(contenu: bytes, ecart: EcartDeDonnees) -> bytes:
    """The text once one key is changed.

    Raises:
        EditionImpossibleError: the layout defeats it.
    """
    fichier, _ = parse_yaml(contenu, "")
    chemin, nouveau = _located(fichier.donnees if fichier else None, ecart.chemin)
    if isinstance(ecart.avant, str) and isinstance(ecart.apres, str):
        edition = Edition(contenu)
        edition.set(chemin, ecart.apres)
        return edition.apply()
    if nouveau:
        lignes = _dump(ecart.apres)
        liste = Edition(contenu)
        bloc = [f"- {lignes[0]}", *(f"  {ligne}" for ligne in lignes[1:])]
        liste.append(chemin[:-1], [(bloc, ecart.apres)])
        return liste.apply()
    contenu = _unfolded(contenu, chemin)
    remaniement = Remaniement(contenu)
    if not is_void(ecart.avant):
        remaniement.put_aside(chemin)
        contenu = remaniement.apply()
        remaniement = Remaniement(contenu)
    if not is_void(ecart.apres):
        remaniement.insert(chemin, _dump({str(chemin[-1]): ecart.apres}), ecart.apres)
    return remaniement.apply()


def _unfolded(contenu: bytes, chemin: Chemin) -> bytes:
    edition = Remaniement(contenu)
    while pli := edition.find_flow(chemin[:-1]):
        edition.unfold(pli)
        contenu = edition.apply()
        edition = Remaniement(contenu)
    return contenu


def _located(donnees: Donnee, noms: Sequence[str]) -> tuple[Chemin, bool]:
    """Where that key stands in the data, items by their rank; whether it is a new item."""
    type_, chemin, nouveau = DOSSIER, list[str | int](), False
    courant, dessous = donnees, DOSSIER
    for nom in noms:
        type_ = dessous
        if isinstance(courant, list):
            connus = identities(type_, courant) or []
            nouveau = nom not in connus
            rang = len(courant) if nouveau else connus.index(nom)
            chemin.append(rang)
            courant = None if nouveau else courant[rang]
        else:
            chemin.append(nom)
            courant = courant.get(nom) if isinstance(courant, dict) else None
        suivant = type_below(type_, nom)
        if suivant is None:
            break
        dessous = suivant
    return tuple(chemin), nouveau
