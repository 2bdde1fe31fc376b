"""What is asked of a file, in which order, and what is said with each question."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import yaml

from caqes_docs.application.commencer.completer.cles import (
    expand,
    keys_of,
    look,
    open_keys,
    places_of,
)
from caqes_docs.application.commencer.completer.exemples import candidates
from caqes_docs.application.commencer.completer.fiche import Fiche
from caqes_docs.application.commencer.completer.ordre import (
    INDICATEURS,
    PREMIERES,
    dotted,
    ranks,
    year_of,
)
from caqes_docs.application.commencer.dossier import effect_of, told
from caqes_docs.application.commencer.squelette import FACULTATIFS
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.francais.typographie import fold
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml
from caqes_docs.law.droit.catalogue import Indicateur, UniteIndicateur

_SENS: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    Path(__file__).with_name("choix.yaml").read_bytes()
)
"""What the admitted words mean that do not tell it themselves, by enumeration."""
OUI_NON = (("oui", ""), ("non", ""))
_REPRIS = frozenset({"annee", "sans_objet", "indisponible", "debut", "fin"})
_A_COTE = frozenset({"preuve", "commentaire", "perimetre"})
"""What goes with a result, and does without."""


@dataclass(frozen=True)
class QuestionDossier:
    """One datum that is asked for, and what is said of it."""

    chemin: Chemin
    champ: TypeChamp
    libelle: str
    pourquoi: tuple[str, ...] = ()
    choix: tuple[tuple[str, str], ...] = ()
    """The values of a closed list, each with its meaning when its name does not tell it."""
    exemples: tuple[str, ...] = ()
    """What may be shown as an example, the likeliest first."""
    propose: str = ""
    """What Enter alone answers: what was last said of the same of another indicator."""
    actuelle: str = ""
    """What stands there already, when one comes back: Enter keeps it."""
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
    """Writes the questions of one file as it stands."""

    fiche: Fiche
    fichier: FichierYaml

    def ask_all(self, constats: Sequence[Constat]) -> list[QuestionDossier]:
        """The questions that findings call for, then the keys left empty, in the order to ask."""
        consignes = self.fiche.consignes(self.fichier)
        questions: dict[Chemin, tuple[int, QuestionDossier]] = {}
        for constat in constats:
            for cle in keys_of(constat, self.fichier, self.fiche):
                for question in self._of(cle, constat, consignes):
                    questions.setdefault(question.chemin, (constat.source.ligne, question))
        for cle in open_keys(self.fichier, self.fiche):
            for question in self._left_empty(cle, constats):
                ligne = self.fichier.source(cle).ligne
                questions.setdefault(question.chemin, (ligne, question))
        rangees = ranks(
            {c: (ligne, q.facultative) for c, (ligne, q) in questions.items()}, self.fichier
        )
        return sorted((q for _, q in questions.values()), key=lambda q: rangees[q.chemin])

    def _left_empty(self, cle: Chemin, constats: Iterable[Constat]) -> Iterator[QuestionDossier]:
        """The questions of a key that no finding names: optional, unless its block is wanted."""
        voulus = [c for c in constats if c.gravite is Gravite.ERREUR]
        dit = next((c for c in voulus if cle[:-1] in places_of(c, self.fichier)), None)
        for chemin in expand(cle, self.fichier.donnees, self.fiche):
            question = self._question(chemin, (), dit)
            yield replace(question, facultative=dit is None or cle[-1] in _A_COTE)

    def ask_more(self, chemin: Chemin) -> list[QuestionDossier]:
        """The questions of one more item of the list at `chemin`."""
        return [self._question(c) for c in expand(chemin, self.fichier.donnees, self.fiche)]

    def ask_motive(self, chemin: Chemin) -> QuestionDossier:
        """Why the indicator at `chemin` does not apply, or has no value."""
        return self._question((*chemin, self.fiche.motif))

    def _of(
        self, cle: Chemin, constat: Constat, consignes: Mapping[str, Sequence[str]]
    ) -> Iterator[QuestionDossier]:
        champ, places = self.fiche.champ(cle), [cle]
        if cle[:-1] == INDICATEURS:
            cible = str(self._effect().year)
            fins = (("reference", "valeur"), ("reference", "annee"), ("cibles", cible))
            places = [(*cle, *fin) for fin in fins]
        elif champ is not None and champ.sorte == "table" and "par année" in champ.titre:
            places = [(*cle, str(annee)) for annee in self._years(cle)]
        for place in places:
            for chemin in expand(place, self.fichier.donnees, self.fiche):
                consigne = consignes.get(self._dotted(chemin))
                consigne = consigne or consignes.get(self._dotted(cle), ())
                yield self._question(chemin, consigne, constat)

    def _years(self, chemin: Chemin) -> range:
        """The years of the volet where a table by year stands; of the socle, the first."""
        duree = str(look(self.fichier.donnees, (*chemin[:3], "duree")))
        debut = self._effect().year
        return range(debut, debut + (int(duree) if duree.isdigit() else 1))

    def _question(
        self, chemin: Chemin, consigne: Sequence[str] = (), constat: Constat | None = None
    ) -> QuestionDossier:
        champ = self.fiche.champ(chemin)
        assert champ is not None
        choix = tuple(self._choices(chemin, champ))
        indicateur = self._indicator(chemin)
        mesure = indicateur if year_of(chemin) or chemin[-1] == "valeur" else None
        objectif = chemin[1:2] == ("volets",) and chemin[-2] in ("reference", "cibles")
        if champ.classe is str and objectif and chemin[-1] != "annee" and mesure is None:
            choix = OUI_NON  # what no indicator measures
        elif mesure is not None and mesure.unite is UniteIndicateur.OUI_NON:
            choix = OUI_NON
        return QuestionDossier(
            chemin,
            champ,
            self._label(chemin, champ, ferme=bool(choix)),
            tuple(self._why(chemin, consigne, constat)),
            choix,
            () if choix else self._examples(chemin, mesure),
            propose=self._number() if chemin == ("contrat", "reference") else "",
            sans_objet=_is_measured(chemin),
            facultative=chemin[-1] in FACULTATIFS
            or (constat is not None and constat.gravite is Gravite.AVERTISSEMENT),
        )

    def _label(self, chemin: Chemin, champ: TypeChamp, *, ferme: bool) -> str:
        titre = re.sub(r" \([^()]*\)$", "", champ.titre) if ferme else champ.titre
        if year_of(chemin):
            titre = f"{re.sub(',? par année', '', titre)} {chemin[-1]}"
        indicateur = self._indicator(chemin)
        if indicateur is not None:
            return f"{indicateur.id}, {told(indicateur)}\u00a0: {titre}"
        if nomme := self._named(chemin):
            return f"{nomme}\u00a0: {titre}"
        bas = 0 if self.fiche.prefixe else 1  # nobody asks of a dossier what « contrat » is
        parents = (self.fiche.champ(chemin[:fin]) for fin in range(len(chemin) - 1, bas, -1))
        noms = [p.titre for p in parents if p is not None and p.titre != champ.titre]
        return f"{noms[0]}{self._rank(chemin)}, {titre}" if noms else titre

    def _named(self, chemin: Chemin) -> str:
        """The action or the obligation that the path holds, by its number and its words."""
        droit = self.fiche.projet.droit
        actions = {a.id: a.libelle for plan in droit.plans_types.values() for a in plan.actions}
        connus = {**droit.obligations_evaluees, **actions}
        codes = (str(partie) for partie in chemin if partie in connus)
        return next((f"{code}, {connus[code]}" for code in codes), "")

    def _rank(self, chemin: Chemin) -> str:
        """Which item of a list: the words of the action, or its number."""
        rang = next((fin for fin in range(len(chemin), 0, -1) if type(chemin[fin - 1]) is int), 0)
        if not rang:
            return ""
        modele = look(self.fichier.donnees, (*chemin[:rang], "modele"))
        mots = self._named((str(modele),)).partition(", ")[2]
        return f" n°\u00a0{int(chemin[rang - 1]) + 1}{f' ({mots})' if mots else ''}"

    def _why(
        self, chemin: Chemin, consigne: Sequence[str], constat: Constat | None
    ) -> Iterator[str]:
        yield from consigne[1:]
        if consigne:
            return
        if constat is not None and constat.code not in ("D-011", "D-060", "D-110"):
            yield constat.message
        if qui := self.fiche.projet.droit.holder(self._dotted(chemin)):
            yield f"Qui le sait\u00a0: {qui}."

    def _choices(self, chemin: Chemin, champ: TypeChamp) -> Iterator[tuple[str, str]]:
        classe = champ.element.classe if champ.element else champ.classe
        if classe is bool:
            yield from OUI_NON
        elif chemin != PREMIERES[0] and issubclass(classe, enum.Enum):
            sens = _SENS.get(classe.__name__, {})
            dits = ((str(m.value), str(getattr(m, "libelle", ""))) for m in classe)
            yield from ((nom, dit or sens.get(nom, "")) for nom, dit in dits)
        else:
            yield from self._known(chemin)

    def _known(self, chemin: Chemin) -> Iterator[tuple[str, str]]:
        """What the library, the records or the file itself name."""
        droit, depot = self.fiche.projet.droit, self.fiche.depot
        if chemin == ("contrat", "ars"):
            yield from ((nom, ars.valeur.nom or "") for nom, ars in depot.ars.items())
        elif chemin == ("contrat", "organisme"):
            yield from ((nom, caisse.valeur.nom or "") for nom, caisse in depot.organismes.items())
        elif chemin == PREMIERES[0]:
            yield from ((nom, regime.libelle) for nom, regime in droit.regimes.items())
        elif chemin[-1] == "volet":
            ouverts = look(self.fichier.donnees, ("contrat", "volets"))
            noms: Mapping[str, Donnee] = ouverts if isinstance(ouverts, dict) else {}
            yield ("socle", "volet obligatoire")
            yield from ((nom, v.libelle) for nom, v in droit.volets.items() if nom in noms)
        elif chemin[1:2] == ("volets",) and chemin[-1] == "indicateur":
            catalogue = droit.volet_indicators(self._effect(), str(chemin[2]))
            yield from ((code, told(indicateur)) for code, indicateur in catalogue.items())
        elif chemin == ("contrat", "plan_actions", "types"):
            plans = droit.plans_types.items()
            yield from ((nom, plan.libelle) for nom, plan in plans if plan.volet is None)

    def _indicator(self, chemin: Chemin) -> Indicateur | None:
        """The indicator of the catalogue that a value, or an objective, is about."""
        code: object = dict(pairwise(chemin)).get("indicateurs")
        if len(chemin) > 1 and chemin[-2] in ("reference", "cibles"):
            code = code or look(self.fichier.donnees, (*chemin[:-2], "indicateur"))
        registres = self.fiche.projet.droit.registres
        return next((i for r in registres for i in r.indicateurs if i.id == code), None)

    def _number(self) -> str:
        finess = look(self.fichier.donnees, ("etablissement", "finess"))
        return f"CAQES-{self._effect().year}-{finess}" if finess else ""

    def _effect(self) -> dt.date:
        date = look(self.fichier.donnees, ("contrat", "signature", "date"))
        return effect_of(date, self.fiche.projet.droit)

    def _examples(self, chemin: Chemin, indicateur: Indicateur | None) -> tuple[str, ...]:
        reference = look(self.fichier.donnees, (*chemin[:-2], "reference", "valeur"))
        evaluee = str(look(self.fichier.donnees, ("annee",)))
        annee = int(evaluee) if evaluee.isdigit() else self._effect().year - 1
        annees = (annee - 1, annee, annee + 1)
        connue = str(reference) if reference and year_of(chemin) else ""
        exemples = tuple(candidates(self.fiche.modele, chemin, indicateur, connue, annees))
        return (*self._rest(chemin), *exemples)

    def _rest(self, chemin: Chemin) -> Iterator[str]:
        """What is lacking to make a whole with the other parts of the level of the socle."""
        niveau = look(self.fichier.donnees, chemin[:-2])
        if chemin[-1] == "part" and isinstance(niveau, dict):
            ecrits = (look(part, ("part",)) for part in niveau.values())
            parts = [int(n) for p in ecrits if (n := str(p).removesuffix("%").strip()).isdigit()]
            yield f"{max(100 - sum(parts), 0)} %"

    def _dotted(self, chemin: Chemin) -> str:
        return dotted((self.fiche.prefixe, *chemin) if self.fiche.prefixe else chemin)


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


def _is_measured(chemin: Chemin) -> bool:
    """Whether an indicator may be said here not to apply, or to have no value."""
    return (chemin[:2] == INDICATEURS and chemin[-2:] == ("reference", "valeur")) or (
        chemin[0] == INDICATEURS[1] and chemin[-1] in ("valeur", "numerateur", "montant_n")
    )


__all__ = ["OUI_NON", "QuestionDossier", "Redacteur", "proposed"]
