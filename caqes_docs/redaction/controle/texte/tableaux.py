"""The tables that a wording describes, whole and called; lines short enough to be read aloud."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.redaction.bibliotheque import entete_tableaux as entete
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.bibliotheque.tableaux import APPEL, datum_of
from caqes_docs.redaction.controle.expressions.types import quoted

LONGUEUR_MAX = 200
"""The longest line that may hold a condition: beyond, nobody reads it aloud."""

_CONDITION = re.compile(r"\{%|\{\{[^}]*\sif\s|^\s*(?:-\s+)*\{?si:")
_TABLEAU = re.compile(r"\btableau\(")
_COMME_ECRIRE = "Voir docs/ecrire_une_clause.md, «\u00a0Tableaux\u00a0»."

_ENSEMBLE = (
    "«\u00a0{}\u00a0» et «\u00a0{}\u00a0» ensemble\u00a0: l’un des deux ne s’imprimerait pas."
)
_CHOISIR = "Garder l’un des deux, ou en faire deux parties."
_LARGEURS = "Donner la «\u00a0largeur\u00a0» de chaque colonne."

Defaut = tuple[Chemin, str, str]
"""Where a description is at fault, why, and what to do."""


def check_tables(redaction: Redaction) -> Iterator[Constat]:
    """C-067 a line of conditions too long; C-068 a table described or called amiss."""
    fichier = redaction.fichier
    lignes = [*fichier.contenu.decode().split("\n"), *redaction.ecrit.split("\n")]
    for rang, ligne in enumerate(lignes, 1):
        if len(ligne) > LONGUEUR_MAX and _CONDITION.search(ligne):
            yield Constat(
                "C-067",
                Gravite.AVERTISSEMENT,
                Source(fichier.nom, rang),
                f"Cette ligne porte une condition et compte {len(ligne)} caractères\u00a0; "
                f"{LONGUEUR_MAX} sont admis.",
                "Aller à la ligne entre deux mots\u00a0: rien ne change à l’impression. Décrire un "
                "tableau dans l’en-tête.",
            )
    for chemin, message, remede in _descriptions(redaction.entete.tableaux):
        yield _fault(fichier.source(chemin), message, remede)
    yield from _calls(redaction)


def _fault(source: Source, message: str, remede: str = _COMME_ECRIRE) -> Constat:
    return Constat("C-068", Gravite.ERREUR, source, message, remede)


def _calls(redaction: Redaction) -> Iterator[Constat]:
    """Calls of the text that lead nowhere, and descriptions that it never calls."""
    tableaux = redaction.entete.tableaux
    noms = [table.nom for table in tableaux if table.nom is not None]
    appeles: set[str] = set()
    debut = redaction.source(1).ligne
    for rang, ligne in enumerate(redaction.ecrit.split("\n")):
        lieu, appel = Source(redaction.fichier.nom, debut + rang), APPEL.match(ligne)
        if appel is not None:
            appeles.add(appel["nom"])
            if appel["nom"] not in noms:
                quoi = f"Aucun tableau {quoted(appel['nom'])} n’est décrit dans l’en-tête."
                yield _fault(lieu, quoi, close_name(appel["nom"], noms) or _COMME_ECRIRE)
        elif _TABLEAU.search(ligne):
            yield _fault(
                lieu,
                "Un tableau décrit s’appelle seul sur sa ligne.",
                "Écrire {{ tableau('…') }} entre deux lignes vides.",
            )
    for rang, table in enumerate(tableaux):
        if table.nom is not None and table.nom not in appeles:
            yield _fault(
                redaction.fichier.source(("tableaux", rang, "nom")),
                f"Le texte n’appelle pas le tableau {quoted(table.nom)}.",
                f"Écrire {{{{ tableau('{table.nom}') }}}} là où il s’imprime, ou le retirer.",
            )


def _descriptions(tableaux: Sequence[entete.TableauEntete]) -> Iterator[Defaut]:
    """What descriptions lack, or have too much of."""
    noms = Counter(table.nom for table in tableaux)
    colonnes = {table.nom: len(table.colonnes) for table in tableaux}
    for rang, table in enumerate(tableaux):
        chemin: Chemin = ("tableaux", rang)
        if table.nom is None:
            if table.colonnes or table.parties or table.lignes:
                yield (
                    chemin,
                    "Ce tableau est décrit, mais n’a pas de nom.",
                    "Ajouter «\u00a0nom\u00a0».",
                )
            continue
        if noms[table.nom] > 1:
            message = f"Deux tableaux s’appellent {quoted(table.nom)}."
            yield (*chemin, "nom"), message, "Changer l’un des deux noms."
        nombre = len(table.colonnes) or colonnes.get(table.comme, 0)
        if not nombre:
            message = f"Le tableau {quoted(table.nom)} n’a pas de colonnes."
            remede = (
                "Ajouter «\u00a0colonnes\u00a0», ou «\u00a0comme\u00a0» avec le nom d’un autre."
            )
            yield chemin, message, remede
            continue
        yield from _check_columns(table, chemin)
        yield from _check_part(table, chemin, nombre)


def _check_columns(table: entete.TableauEntete, chemin: Chemin) -> Iterator[Defaut]:
    if table.colonnes and table.comme is not None:
        yield (*chemin, "comme"), _ENSEMBLE.format("colonnes", "comme"), _CHOISIR
    if table.largeurs:
        yield (*chemin, "largeurs"), _ENSEMBLE.format("nom", "largeurs"), _LARGEURS
    for k, colonne in enumerate(table.colonnes):
        if colonne.largeur < 1:
            message = "Une colonne a au moins une part de la largeur."
            yield (*chemin, "colonnes", k, "largeur"), message, "Écrire 1 ou plus."
        yield from _check_case(colonne.texte, (*chemin, "colonnes", k, "texte"))


def _check_exclusive(partie: entete.PartieDecrite, chemin: Chemin) -> Iterator[Defaut]:
    """Keys of one part of which only one is printed."""
    for cle, autre, ensemble in (
        ("parties", "cases", bool(partie.parties and partie.cases)),
        ("parties", "lignes", bool(partie.parties and partie.lignes) and not partie.groupes),
        ("groupes", "lignes", partie.groupes is not None and partie.lignes is not None),
    ):
        if ensemble:
            yield (*chemin, autre), _ENSEMBLE.format(cle, autre), _CHOISIR


def _check_part(partie: entete.PartieDecrite, chemin: Chemin, nombre: int) -> Iterator[Defaut]:
    for cle, cases in (("cases", partie.cases), ("cases_vides", partie.cases_vides)):
        if len(cases) > nombre:
            message = f"{compte(len(cases), 'case(s)')} pour {compte(nombre, 'colonne(s)')}."
            yield (*chemin, cle), message, "Retirer des cases, ou ajouter une colonne."
        for k, case in enumerate(cases):
            yield from _check_case(case, (*chemin, cle, k))
    yield from _check_exclusive(partie, chemin)
    liste = partie.groupes or partie.lignes
    dit = partie.vide is not None or bool(partie.cases_vides)
    if liste is not None and not dit:
        cle = "groupes" if partie.groupes else "lignes"
        message = f"Rien ne dit ce qui s’imprime quand {quoted(liste)} est vide."
        yield (*chemin, cle), message, "Ajouter «\u00a0vide\u00a0» ou «\u00a0cases_vides\u00a0»."
    if partie.groupes is not None and not partie.parties:
        message = "Ces groupes n’ont pas de «\u00a0parties\u00a0»."
        yield (*chemin, "groupes"), message, "Décrire les lignes de chaque groupe."
    for k, sous_partie in enumerate(partie.parties):
        yield from _check_part(sous_partie, (*chemin, "parties", k), nombre)


def _check_case(case: entete.LignesDeCase, chemin: Chemin) -> Iterator[Defaut]:
    for rang, ligne in enumerate(case):
        ou = (*chemin, rang)
        yield from _check_line(ligne, ou)
        if ligne.suite is not None and rang == 0:
            yield ou, "Une «\u00a0suite\u00a0» ne suit aucune ligne.", _COMME_ECRIRE
        for k, cas in enumerate(ligne.cas):
            yield from _check_line(cas, (*ou, "cas", k))
            for cle in ("sinon", "cas"):
                if getattr(cas, cle):
                    message = f"Un cas ne porte pas «\u00a0{cle}\u00a0»\u00a0: il serait perdu."
                    yield (*ou, "cas", k, cle), message, "En faire un cas de plus."
            if cas.si is None and k + 1 < len(ligne.cas):
                message = "Ce cas convient toujours\u00a0: les suivants ne s’impriment jamais."
                yield (*ou, "cas", k), message, "Lui donner une condition «\u00a0si\u00a0»."


def _check_line(ligne: entete.LigneDeCase, chemin: Chemin) -> Iterator[Defaut]:
    """A line says one thing; an optional one names the datum that it depends on."""
    textes = [ligne.texte, ligne.facultatif, ligne.suite, ligne.cas or None]
    if sum(texte is not None for texte in textes) != 1:
        cles = ", ".join(map(quoted, ("texte", "facultatif", "suite", "cas")))
        yield chemin, f"Une ligne de case porte une seule de ces clés\u00a0: {cles}.", _COMME_ECRIRE
    if ligne.sinon is not None and not (ligne.si or ligne.facultatif or ligne.suite):
        message = "Ce «\u00a0sinon\u00a0» ne s’imprimerait jamais\u00a0: rien ne le précède."
        yield (*chemin, "sinon"), message, "Ajouter «\u00a0si\u00a0», ou le retirer."
    nomme = ligne.facultatif or ligne.suite
    if nomme is not None and ligne.si is None and datum_of(nomme) is None:
        message = (
            "Cette ligne facultative ne nomme aucune donnée\u00a0: rien ne dit quand l’imprimer."
        )
        yield chemin, message, "L’écrire en «\u00a0texte\u00a0», ou ajouter «\u00a0si\u00a0»."
