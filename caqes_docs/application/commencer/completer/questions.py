"""What is asked of a dossier, in which order, and what is said with each question."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from caqes_docs.application.commencer.completer.cles import RACINE, expand, keys_of, look
from caqes_docs.application.commencer.dossier import effect_of, told
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.dossiers import assemble_draft
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.francais.typographie import fold
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.introspection import TypeChamp, walk_type
from caqes_docs.data.lecture.provisoire import stand_in
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml
from caqes_docs.law.droit.catalogue import Indicateur, UniteIndicateur

PREMIERES = (("contrat", "regime"), ("contrat", "signature", "date"))
"""On these two rests what else is asked."""
_ENSUITE = (("contrat", "socle"), ("contrat", "choix"))
_UNITES = {UniteIndicateur.TAUX: "62 %", UniteIndicateur.CLASSE: "B", UniteIndicateur.NOMBRE: "12"}
OUI_NON = (("oui", ""), ("non", ""))
_REPRIS = frozenset({"annee", "sans_objet", "debut", "fin"})
INDICATEURS = ("contrat", "indicateurs")


@dataclass(frozen=True)
class QuestionDossier:
    """One datum that is asked for, and what is said of it."""

    chemin: Chemin
    champ: TypeChamp
    libelle: str
    pourquoi: tuple[str, ...] = ()
    choix: tuple[tuple[str, str], ...] = ()
    """The values of a closed list, each with its meaning when its name does not tell it."""
    exemple: str = ""
    propose: str = ""
    """What Enter alone answers: what was last said of the same of another indicator."""
    sans_objet: bool = False
    """Whether the indicator may be said not to apply."""
    encore: bool = False
    """Whether another item of the list is wanted, rather than a value."""
    facultative: bool = False

    @property
    def liste(self) -> bool:
        """Whether several values are wanted."""
        return self.champ.sorte == "liste"

    def read(self, saisie: str) -> str:
        """What a number, a word without its accents or the beginning of a word stands for."""
        noms = [nom for nom, _ in self.choix]
        if re.fullmatch("[1-9][0-9]?", saisie) and int(saisie) <= len(noms):
            return noms[int(saisie) - 1]
        nu = fold(saisie)
        entiers = [nom for nom in noms if fold(nom) == nu]
        debuts = [nom for nom in noms if fold(nom).startswith(nu)] if nu else []
        trouves = entiers or debuts
        return trouves[0] if len(trouves) == 1 else saisie


@dataclass(frozen=True)
class Redacteur:
    """Writes the questions of one dossier as it stands."""

    projet: Projet
    depot: Depot
    fichier: FichierYaml
    affaire: Affaire | None

    def ask_all(self, constats: Iterable[Constat]) -> list[QuestionDossier]:
        """The questions that findings call for, each once, in the order in which they are asked."""
        consignes = self._instructions()
        questions: dict[Chemin, tuple[tuple[int, int, int], QuestionDossier]] = {}
        for constat in constats:
            for cle in keys_of(constat, self.fichier):
                for question in self._of(cle, constat, consignes):
                    ordre = _order(question, constat, len(questions))
                    questions.setdefault(question.chemin, (ordre, question))
        return [question for _, question in sorted(questions.values(), key=lambda x: x[0])]

    def ask_more(self, chemin: Chemin) -> list[QuestionDossier]:
        """The questions of one more item of the list at `chemin`."""
        return [self._question(c) for c in expand(chemin, self.fichier.donnees)]

    def ask_motive(self, chemin: Chemin) -> QuestionDossier:
        """Why the indicator at `chemin` does not apply."""
        return self._question((*chemin, "sans_objet"))

    def _instructions(self) -> Mapping[str, Sequence[str]]:
        acte = assemble_draft(self.projet, self.affaire) if self.affaire else None
        return acte.document.consignes if acte else {}

    def _of(
        self, cle: Chemin, constat: Constat, consignes: Mapping[str, Sequence[str]]
    ) -> Iterator[QuestionDossier]:
        places = [cle]
        if cle[:-1] == INDICATEURS:
            cible = str(self._effect_year())
            fins = (("reference", "valeur"), ("reference", "annee"), ("cibles", cible))
            places = [(*cle, *fin) for fin in fins]
        for place in places:
            for chemin in expand(place, self.fichier.donnees):
                consigne = consignes.get(_dotted(chemin)) or consignes.get(_dotted(cle), ())
                yield self._question(chemin, consigne, constat)

    def _question(
        self, chemin: Chemin, consigne: Sequence[str] = (), constat: Constat | None = None
    ) -> QuestionDossier:
        champ = walk_type(RACINE, chemin)
        assert champ is not None
        choix = tuple(self._choices(chemin, champ))
        indicateur = self._indicator(chemin)
        unite = indicateur.unite if indicateur and champ.classe is str else None
        if unite is UniteIndicateur.OUI_NON and chemin[-1] != "sans_objet":
            choix = OUI_NON
        return QuestionDossier(
            chemin,
            champ,
            self._label(chemin, champ, ferme=bool(choix)),
            tuple(self._why(chemin, consigne, constat)),
            choix,
            "" if choix else self._example(chemin, champ, unite),
            self._number() if chemin == ("contrat", "reference") else "",
            sans_objet=chemin[:2] == INDICATEURS and chemin[-2:] == ("reference", "valeur"),
            facultative=constat is not None and constat.gravite is Gravite.AVERTISSEMENT,
        )

    def _label(self, chemin: Chemin, champ: TypeChamp, *, ferme: bool) -> str:
        titre = re.sub(r" \([^()]*\)$", "", champ.titre) if ferme else champ.titre
        if chemin[-2] == "cibles":
            titre = f"cible {chemin[-1]}"
        indicateur = self._indicator(chemin)
        if indicateur is not None:
            return f"{indicateur.id}, {told(indicateur)}\u00a0: {titre}"
        parents = (walk_type(RACINE, chemin[:fin]) for fin in range(len(chemin) - 1, 1, -1))
        noms = [p.titre for p in parents if p is not None and p.titre != champ.titre]
        return f"{noms[0]}{self._rank(chemin)}, {titre}" if noms else titre

    def _rank(self, chemin: Chemin) -> str:
        """Which item of a list: the words of the action, or its number."""
        rang = next((fin for fin in range(len(chemin), 0, -1) if type(chemin[fin - 1]) is int), 0)
        if not rang:
            return ""
        modele = look(self.fichier.donnees, (*chemin[:rang], "modele"))
        plans = self.projet.droit.plans_types.values()
        mots = [a.libelle for plan in plans for a in plan.actions if a.id == modele]
        return f" n°\u00a0{int(chemin[rang - 1]) + 1}{f' ({mots[0]})' if mots else ''}"

    def _why(
        self, chemin: Chemin, consigne: Sequence[str], constat: Constat | None
    ) -> Iterator[str]:
        yield from consigne[1:]
        if consigne or constat is None:
            return
        if constat.code not in ("D-011", "D-060"):
            yield constat.message
        if qui := self.projet.droit.holder(_dotted(chemin)):
            yield f"Qui le sait\u00a0: {qui}."

    def _choices(self, chemin: Chemin, champ: TypeChamp) -> Iterator[tuple[str, str]]:
        classe = champ.element.classe if champ.element else champ.classe
        if chemin == ("contrat", "ars"):
            yield from ((nom, ars.valeur.nom or "") for nom, ars in self.depot.ars.items())
        elif chemin == ("contrat", "organisme"):
            caisses = self.depot.organismes.items()
            yield from ((nom, caisse.valeur.nom or "") for nom, caisse in caisses)
        elif chemin[-1] == "volet":
            ouverts = look(self.fichier.donnees, ("contrat", "volets"))
            yield from ((nom, "") for nom in ("socle", *(ouverts or ())))
        elif chemin == ("contrat", "plan_actions", "types"):
            plans = self.projet.droit.plans_types.items()
            yield from ((nom, plan.libelle) for nom, plan in plans if plan.volet is None)
        elif classe is bool:
            yield from OUI_NON
        elif issubclass(classe, enum.Enum):
            yield from ((str(m.value), str(getattr(m, "libelle", ""))) for m in classe)

    def _example(self, chemin: Chemin, champ: TypeChamp, unite: UniteIndicateur | None) -> str:
        if champ.sorte != "simple":
            return ""
        exemple = _UNITES[unite] if unite else str(stand_in(Dossier, chemin))
        return "" if exemple in ("texte", "1") or exemple.startswith("texte ") else exemple

    def _indicator(self, chemin: Chemin) -> Indicateur | None:
        """The indicator of the catalogue that a value, or an objective, is about."""
        code: object = chemin[2] if chemin[:2] == INDICATEURS else None
        if chemin[-2] in ("reference", "cibles"):
            code = code or look(self.fichier.donnees, (*chemin[:-2], "indicateur"))
        registres = self.projet.droit.registres
        return next((i for r in registres for i in r.indicateurs if i.id == code), None)

    def _number(self) -> str:
        finess = look(self.fichier.donnees, ("etablissement", "finess"))
        return f"CAQES-{self._effect_year()}-{finess}" if finess else ""

    def _effect_year(self) -> int:
        date = look(self.fichier.donnees, ("contrat", "signature", "date"))
        return effect_of(date, self.projet.droit).year


def proposed(donnees: Donnee, chemin: Chemin) -> str:
    """What was last said of the same thing."""
    place = next((fin for fin in range(len(chemin)) if type(chemin[fin]) is int), 2)
    repris: list[Donnee] = []
    if chemin[-1] in _REPRIS:
        voisins = look(donnees, chemin[:place])
        voisins = [*voisins.values()] if isinstance(voisins, dict) else voisins
        repris = [look(voisin, chemin[place + 1 :]) for voisin in voisins or ()]
    elif chemin[-2:] == ("signature", "date"):
        repris = [look(donnees, ("contrat", "signature", "date"))]
    return str(next((dit for dit in reversed(repris) if dit), ""))


def _order(question: QuestionDossier, constat: Constat, rang: int) -> tuple[int, int, int]:
    """What decides of the rest, the choices of the socle, then the file; what is optional last."""
    chemin, ligne = question.chemin, constat.source.ligne
    if chemin in PREMIERES:
        return (0, PREMIERES.index(chemin), 0)
    groupe = next((r for r, debut in enumerate(_ENSUITE, 1) if chemin[:2] == debut), 3)
    return (groupe + 3 * question.facultative, ligne, rang)


def _dotted(chemin: Chemin) -> str:
    return ".".join(str(p + 1) if isinstance(p, int) else p for p in chemin)


__all__ = ["INDICATEURS", "OUI_NON", "PREMIERES", "QuestionDossier", "Redacteur", "proposed"]
