"""What the clause checker knows of types: which filter suits what, what compares with what.

Nothing here walks a tree: each rule takes the type of an expression (`TypeExpr`) and answers with a
French sentence, or with None when all is well.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.data.lecture.introspection import TypeChamp, fields_of
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.droit.modeles import Unite
from caqes_docs.redaction.langage.graphiques import GraphiqueResolu
from caqes_docs.redaction.langage.moteur import DUREES, FORMES_TERME
from caqes_docs.redaction.langage.personnes import FILTRES_PERSONNE, is_person


class TypeEcrit(enum.Enum):
    """What an expression stands for."""

    DONNEE = "donnée"
    PARAMETRE = "paramètre de droit"
    TERMES = "registre des termes"
    TERME = "terme"
    MARQUE = "élément mis en forme"
    GRAPHIQUE = "graphique"
    TEXTE = "texte"
    NOMBRE = "nombre"
    BOOLEEN = "résultat d’une comparaison"
    RIEN = "none"
    LISTE = "liste écrite dans la clause"
    FONCTION = "fonction"
    INCONNU = "inconnu"


@dataclass(frozen=True)
class TypeExpr:
    """The type of an expression; `valeur` is kept for what is written in the clause itself."""

    nature: TypeEcrit
    champ: TypeChamp | None = None
    absent: bool = False
    """Whether the datum, or a block on the way to it, may be missing."""
    valeur: object = None
    unite: Unite | None = None


@dataclass(frozen=True)
class Faute:
    """A fault at a line of a text; `mot` is what to look for to find the column."""

    code: str
    ligne: int
    message: str
    remede: str
    mot: str = ""
    grave: bool = True


ENTETE_TABLEAUX = 0
"""Line of a fault that lies in « tableaux », in the front matter."""

INCONNU = TypeExpr(TypeEcrit.INCONNU)
BOOLEEN = TypeExpr(TypeEcrit.BOOLEEN)
MARQUE = TypeExpr(TypeEcrit.MARQUE)
GRAPHIQUE = TypeExpr(TypeEcrit.GRAPHIQUE)

ARGUMENTS: Mapping[str, tuple[int, int]] = {
    "cite": (1, 1),
    "article": (1, 1),
    "renvoi": (1, 1),
    "parametre": (1, 1),
    "a_ecrire": (1, 2),
    "a_completer": (1, 1),
}
"""The functions of a clause, with the least and the greatest number of arguments."""

_MOTS: tuple[tuple[type, str], ...] = (
    (bool, "une réponse oui ou non"),
    (enum.Enum, "un choix dans une liste"),
    (str, "un texte"),
    (int, "un nombre entier"),
    (Decimal, "un nombre (montant ou taux)"),
    (dt.date, "une date"),
)
_FILTRES_UNITE: Mapping[str, frozenset[Unite]] = {
    "euros": frozenset({Unite.EURO}),
    "taux": frozenset({Unite.TAUX}),
    "nombre": frozenset({Unite.NOMBRE, Unite.JOUR, Unite.MOIS}),
    "delai": frozenset(DUREES),
    "lettres": frozenset({Unite.NOMBRE}),
    "majuscule": frozenset(Unite),
}
_FILTRES_CLASSE: Mapping[str, tuple[type, ...]] = {
    "date_longue": (dt.date,),
    "euros": (Decimal,),
    "taux": (Decimal,),
    "nombre": (Decimal, int),
    "delai": (),
    "lettres": (int,),
    **dict.fromkeys(("ville", "a_ville"), (str,)),
}
FILTRES_POUR = {
    "date_longue": "une date",
    "euros": "un montant",
    "taux": "un taux",
    "nombre": "un nombre",
    "delai": "un paramètre en jours ou en mois",
    "liste": "une liste de valeurs simples",
    "lettres": "un nombre entier",
    **dict.fromkeys(("ville", "a_ville"), "une commune"),
    "majuscule": "ce qui s’imprime",
    "graphique": "un graphique",
    **dict.fromkeys(FILTRES_PERSONNE, "une personne"),
}


def quoted(texte: object) -> str:
    """`texte` between French quotation marks."""
    return f"«\u00a0{texte}\u00a0»"


def is_simple(champ: TypeChamp | None) -> bool:
    """Whether the value is neither a block, a list nor a table."""
    return champ is not None and champ.sorte == "simple"


def is_a(champ: TypeChamp | None, *classes: type) -> bool:
    """Whether the value is simple and of one of the classes (a yes/no is no number)."""
    if champ is None or champ.sorte != "simple":
        return False
    if issubclass(champ.classe, bool):
        return bool in classes
    return issubclass(champ.classe, classes)


def is_chart(champ: TypeChamp | None) -> bool:
    """Whether the value is a resolved chart."""
    return champ is not None and issubclass(champ.classe, GraphiqueResolu)


def words_of(type_: TypeExpr) -> str:
    """The type in words: « une date », « un bloc »."""
    champ = type_.champ
    if type_.nature is not TypeEcrit.DONNEE or champ is None:
        return (
            f"un {type_.nature.value}" if type_.unite is None else f"un paramètre ({type_.unite})"
        )
    if champ.sorte != "simple":
        return {"bloc": "un bloc de données", "liste": "une liste"}.get(champ.sorte, "une table")
    return next((mot for classe, mot in _MOTS if issubclass(champ.classe, classe)), "une valeur")


def names_of(type_: TypeExpr) -> Iterable[str]:
    """What may follow the dot."""
    if type_.champ is not None and type_.champ.sorte == "bloc":
        return fields_of(type_.champ.classe)
    if type_.nature is TypeEcrit.TERME:
        return FORMES_TERME
    return ()


def element_of(type_: TypeExpr) -> TypeExpr | None:
    """The type of one element of a list or table, or None when it cannot be walked."""
    if type_.nature is TypeEcrit.LISTE:
        contenu = type_.valeur
        assert isinstance(contenu, tuple)
        return contenu[0] if contenu else INCONNU
    element = type_.champ.element if type_.champ is not None else None
    return TypeExpr(TypeEcrit.DONNEE, element, element.optionnel) if element is not None else None


def wrong_print(type_: TypeExpr) -> tuple[str, str] | None:
    """Why the expression cannot be printed as it is, and what to do."""
    champ = type_.champ
    if type_.nature is not TypeEcrit.DONNEE or champ is None:
        return _NON_IMPRIMABLES.get(type_.nature)
    if is_chart(champ):
        return "un graphique", "Écrire {{ … | graphique }}, seul dans son paragraphe."
    if champ.sorte == "bloc":
        noms = ", ".join(list(fields_of(champ.classe))[:6])
        return "un bloc de données", f"Imprimer l’une de ses parties\u00a0: {noms}…"
    if champ.sorte == "liste":
        return (
            "une liste",
            "La mettre en forme («\u00a0| liste\u00a0») ou la parcourir avec {% for %}.",
        )
    if champ.sorte == "table":
        return "une table", "La parcourir avec {% for %}."
    if is_a(champ, Decimal):
        filtres = "«\u00a0| euros\u00a0», «\u00a0| taux\u00a0» ou «\u00a0| nombre\u00a0»"
        return "un nombre sans forme", f"Ajouter un filtre\u00a0: {filtres}."
    return None


_NON_IMPRIMABLES = {
    TypeEcrit.BOOLEEN: ("une condition", "L’écrire dans {% if … %}."),
    TypeEcrit.RIEN: ("une valeur vide", "Retirer l’expression."),
    TypeEcrit.TERMES: ("le registre des termes", "Écrire {{ terme.<nom> }}."),
    TypeEcrit.FONCTION: ("une fonction", "L’écrire avec son argument entre parenthèses."),
    TypeEcrit.LISTE: ("une liste", "La parcourir avec {% for %}."),
}


def _is_wordless(type_: TypeExpr) -> bool:
    return type_.nature is TypeEcrit.GRAPHIQUE or wrong_print(type_) is not None


_PAR_NATURE: Mapping[str, Callable[[TypeExpr], bool]] = {
    "graphique": lambda type_: not is_chart(type_.champ),
    "majuscule": _is_wordless,
    **dict.fromkeys(FILTRES_PERSONNE, lambda type_: not is_person(type_.champ)),
}


def wrong_filter(nom: str, type_: TypeExpr) -> bool:
    """Whether filter `nom` does not suit the type."""
    if type_.nature is TypeEcrit.INCONNU:
        return False
    if nom in _PAR_NATURE:
        return _PAR_NATURE[nom](type_)
    if type_.nature is TypeEcrit.PARAMETRE:
        return type_.unite is not None and type_.unite not in _FILTRES_UNITE.get(nom, ())
    if nom == "nombre" and type_.nature is TypeEcrit.NOMBRE:
        return False
    if type_.nature is not TypeEcrit.DONNEE or type_.champ is None:
        return True
    if type_.champ.classe is object:
        return False
    if nom == "liste":
        element = type_.champ.element
        simple = type_.champ.sorte == "liste" and is_simple(element)
        return not simple or is_a(element, Decimal)
    return not is_a(type_.champ, *_FILTRES_CLASSE[nom])


def wrong_equality(gauche: TypeExpr, droite: TypeExpr) -> tuple[str, str, str] | None:
    """Code, message and remedy when the two can never be equal; None when they may."""
    natures = {gauche.nature, droite.nature}
    if TypeEcrit.INCONNU in natures:
        return None
    if gauche.nature is TypeEcrit.DONNEE and droite.nature is TypeEcrit.DONNEE:
        return _wrong_data(gauche, droite)
    if TypeEcrit.DONNEE in natures:
        donnee, ecrit = (gauche, droite) if gauche.nature is TypeEcrit.DONNEE else (droite, gauche)
        return _wrong_literal(donnee, ecrit)
    if natures in ({TypeEcrit.NOMBRE}, {TypeEcrit.BOOLEEN}):
        return None
    mots = " et ".join(dict.fromkeys((words_of(gauche), words_of(droite))))
    return ("C-048", f"La comparaison porte sur {mots}, sans donnée du dossier.", _COMPARER)


_COMPARER = "Comparer une donnée du dossier à une valeur."


def _wrong_data(gauche: TypeExpr, droite: TypeExpr) -> tuple[str, str, str] | None:
    a, b = gauche.champ, droite.champ
    assert a is not None
    assert b is not None
    if a.sorte == b.sorte == "simple" and (
        issubclass(a.classe, b.classe) or issubclass(b.classe, a.classe)
    ):
        return None
    message = f"{words_of(gauche).capitalize()} et {words_of(droite)} ne sont jamais égaux."
    return ("C-048", message, "Comparer deux données de même nature.")


def _wrong_literal(donnee: TypeExpr, ecrit: TypeExpr) -> tuple[str, str, str] | None:
    champ = donnee.champ
    assert champ is not None
    if ecrit.nature is TypeEcrit.RIEN:
        return ("C-048", "Une donnée ne se compare pas à «\u00a0none\u00a0».", _PRESENCE)
    if not is_simple(champ):
        return (
            "C-048",
            f"{words_of(donnee).capitalize()} ne se compare pas à une valeur.",
            _PRESENCE,
        )
    if is_a(champ, bool):
        if ecrit.nature is TypeEcrit.BOOLEEN:
            return None
        remede = "Écrire {% if donnée %} ou {% if not donnée %}."
        return ("C-048", "Une réponse oui ou non ne se compare pas à un texte.", remede)
    if is_a(champ, enum.Enum):
        return _wrong_choice(champ, ecrit)
    return _wrong_simple(donnee, champ, ecrit)


_PRESENCE = "Écrire {% if donnée %} pour savoir si elle est remplie."


def _wrong_choice(champ: TypeChamp, ecrit: TypeExpr) -> tuple[str, str, str] | None:
    assert issubclass(champ.classe, enum.Enum)
    valeurs = [str(membre.value) for membre in champ.classe]
    if ecrit.nature is TypeEcrit.TEXTE and ecrit.valeur in valeurs:
        return None
    ecrite = ecrit.valeur if ecrit.valeur is not None else ecrit.nature.value
    proche = close_name(str(ecrite), valeurs)
    return (
        "C-033",
        f"Condition décidée d’avance\u00a0: {quoted(ecrite)} n’est pas une valeur possible.",
        f"{proche} Valeurs possibles\u00a0: {', '.join(valeurs)}.".strip(),
    )


def _wrong_simple(
    donnee: TypeExpr, champ: TypeChamp, ecrit: TypeExpr
) -> tuple[str, str, str] | None:
    attendu = {str: TypeEcrit.TEXTE, int: TypeEcrit.NOMBRE, Decimal: TypeEcrit.NOMBRE}
    natures = [nature for classe, nature in attendu.items() if issubclass(champ.classe, classe)]
    if not natures and not issubclass(champ.classe, dt.date):
        return None
    if ecrit.nature in natures:
        return None
    remedes = {
        TypeEcrit.NOMBRE: "Écrire le nombre sans guillemets.",
        TypeEcrit.TEXTE: "Écrire le texte entre guillemets.",
    }
    remede = (
        remedes[natures[0]]
        if natures
        else "Une clause ne choisit pas selon une date\u00a0: écrire une autre rédaction, datée."
    )
    return (
        "C-048",
        f"Condition décidée d’avance\u00a0: {words_of(donnee)} n’égale pas {words_of(ecrit)}.",
        remede,
    )


def constant_truth(type_: TypeExpr) -> bool | None:
    """Whether the expression, as a condition, is always true; None when it depends on the data."""
    if type_.nature is TypeEcrit.DONNEE:
        champ = type_.champ
        assert champ is not None
        if type_.absent or champ.sorte in ("liste", "table") or is_a(champ, bool):
            return None
        return True
    if type_.valeur is not None:
        return bool(type_.valeur)
    return (
        None
        if type_.nature in (TypeEcrit.INCONNU, TypeEcrit.BOOLEEN)
        else type_.nature is not TypeEcrit.RIEN
    )
