"""What is asked of a file, in which order, and what is said with each question."""

from __future__ import annotations

import datetime as dt
import enum
import textwrap
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from caqes_docs.application.commencer.completer.annees import effect_at, years_of
from caqes_docs.application.commencer.completer.cles import (
    expand,
    is_needed,
    keys_of,
    open_keys,
    places_of,
)
from caqes_docs.application.commencer.completer.exemples import candidates
from caqes_docs.application.commencer.completer.fiche import Fiche
from caqes_docs.application.commencer.completer.libelles import indicator_of, label
from caqes_docs.application.commencer.completer.ordre import (
    INDICATEURS,
    PLAN,
    PREMIERES,
    dotted,
    ranks,
    year_of,
)
from caqes_docs.application.commencer.completer.question import QuestionDossier
from caqes_docs.application.commencer.dossier import told
from caqes_docs.application.commencer.squelette import FACULTATIFS
from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.lecture.introspection import TypeChamp
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml, look
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
            ligne = self.fichier.source(cle).ligne
            for question in self._left_empty(cle, constats, questions):
                questions[question.chemin] = (ligne, question)
        rangees = ranks(
            {c: (ligne, q.facultative) for c, (ligne, q) in questions.items()}, self.fichier
        )
        return sorted((q for _, q in questions.values()), key=lambda q: rangees[q.chemin])

    def _left_empty(
        self, cle: Chemin, constats: Iterable[Constat], posees: Container[Chemin]
    ) -> Iterator[QuestionDossier]:
        """The questions of a key that no finding names: optional, unless its block is wanted."""
        voulus = [c for c in constats if c.gravite is Gravite.ERREUR]
        dit = next((c for c in voulus if cle[:-1] in places_of(c, self.fichier)), None)
        for chemin in expand(cle, self.fichier.donnees, self.fiche):
            if chemin in posees:
                continue
            question = self._question(chemin, (), dit)
            inutile = dit is None and not is_needed(chemin, self.fiche)
            yield replace(question, facultative=inutile or cle[-1] in _A_COTE)

    def ask_more(self, chemin: Chemin) -> list[QuestionDossier]:
        """The questions of one more item of the list at `chemin`."""
        return [self._question(c) for c in expand(chemin, self.fichier.donnees, self.fiche)]

    def ask_motive(self, chemin: Chemin) -> QuestionDossier:
        """Why the indicator at `chemin` does not apply, or has no value."""
        return self._question((*chemin, self.fiche.motif))

    def ask_removal(self, chemin: Chemin) -> QuestionDossier:
        """Why the typical action that `chemin` is about is left out of the plan of the socle."""
        deja = look(self.fichier.donnees, (*PLAN, "retirer"))
        ici = (*PLAN, "retirer", len(deja) if isinstance(deja, list) else 0)
        motif = self._question((*ici, "motif"))
        action = label(self.fiche, self.fichier, chemin).partition("\u00a0: ")[0]
        return replace(
            motif,
            libelle=f"{action}\u00a0: motif du retrait",
            avec=(((*ici, "action"), str(chemin[3])),),
        )

    def _of(
        self, cle: Chemin, constat: Constat, consignes: Mapping[str, Sequence[str]]
    ) -> Iterator[QuestionDossier]:
        champ, places = self.fiche.champ(cle), [cle]
        if cle[:-1] == INDICATEURS:
            cible = str(effect_at(self.fiche, self.fichier, cle).year)
            fins = (("reference", "valeur"), ("reference", "annee"), ("cibles", cible))
            places = [(*cle, *fin) for fin in fins]
        elif champ is not None and champ.sorte == "table" and "par année" in champ.titre:
            places = [(*cle, str(annee)) for annee in years_of(self.fiche, self.fichier, cle)]
        for place in places:
            for chemin in expand(place, self.fichier.donnees, self.fiche):
                consigne = consignes.get(self._dotted(chemin))
                consigne = consigne or consignes.get(self._dotted(cle), ())
                yield self._question(chemin, consigne, constat)

    def _question(
        self, chemin: Chemin, consigne: Sequence[str] = (), constat: Constat | None = None
    ) -> QuestionDossier:
        champ = self.fiche.champ(chemin)
        assert champ is not None
        choix = tuple(self._choices(chemin, champ))
        indicateur = indicator_of(self.fiche, self.fichier, chemin)
        mesure = indicateur if year_of(chemin) or chemin[-1] == "valeur" else None
        objectif = chemin[1:2] == ("volets",) and chemin[-2] in ("reference", "cibles")
        if champ.classe is str and objectif and chemin[-1] != "annee" and mesure is None:
            choix = OUI_NON  # what no indicator measures
        elif mesure is not None and mesure.unite is UniteIndicateur.OUI_NON:
            choix = OUI_NON
        return QuestionDossier(
            chemin,
            champ,
            label(self.fiche, self.fichier, chemin, ferme=bool(choix)),
            tuple(self._why(chemin, consigne, constat)),
            choix,
            exemples=() if choix else self._examples(chemin, mesure),
            noms=() if choix else tuple(self._codes(chemin)),
            propose=self._number() if chemin == ("contrat", "reference") else "",
            sans_objet=_is_measured(chemin),
            retirable=self._is_typical(chemin),
            facultative=chemin[-1] in FACULTATIFS
            or (constat is not None and constat.gravite is Gravite.AVERTISSEMENT),
        )

    def _why(
        self, chemin: Chemin, consigne: Sequence[str], constat: Constat | None
    ) -> Iterator[str]:
        yield from consigne[1:]
        if consigne:
            return
        if chemin[2:3] == ("adapter",) and (dit := self._typical(chemin)):
            yield f"Le plan type dit\u00a0: {dit}."
        if constat is not None and constat.code not in ("D-011", "D-060", "D-110"):
            yield constat.message
        if qui := self.fiche.projet.droit.holder(self._dotted(chemin)):
            yield f"Qui le sait\u00a0: {qui}."

    def _is_typical(self, chemin: Chemin) -> bool:
        """Whether a datum is about an action that a typical plan brings."""
        if chemin[3:4] == ("actions",):
            return bool(look(self.fichier.donnees, (*chemin[:5], "modele")))
        return chemin[:3] == (*PLAN, "adapter")

    def _typical(self, chemin: Chemin) -> str:
        """What the typical plan says of an action, in the place of what may be adapted."""
        plans = self.fiche.projet.droit.plans_types.values()
        action = next((a for plan in plans for a in plan.actions if a.id == chemin[3]), None)
        dit = getattr(action, str(chemin[4]), None)
        return date_longue(dit) if isinstance(dit, dt.date) else str(dit or "")

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
        droit = self.fiche.projet.droit
        if chemin[1:] in (("ars",), ("organisme",)):
            yield from self.fiche.parties(str(chemin[1]))
        elif chemin == PREMIERES[0]:
            yield from ((nom, regime.libelle) for nom, regime in droit.regimes.items())
        elif chemin[-1] == "volet":
            noms = self.fiche.volets(self.fichier) or (droit.volets if self.fiche.prefixe else ())
            dits = [("socle", "volet obligatoire")]
            dits += [(nom, v.libelle) for nom, v in droit.volets.items() if nom in noms]
            deja = look(self.fichier.donnees, chemin[:-2])
            suivis = [look(x, ("volet",)) for x in (deja if isinstance(deja, list) else ())]
            yield from sorted(dits, key=lambda dit: dit[0] in suivis)
        elif chemin[1:2] == ("volets",) and chemin[-1] == "indicateur":
            catalogue = droit.volet_indicators(
                effect_at(self.fiche, self.fichier, chemin), str(chemin[2])
            )
            yield from ((code, told(indicateur)) for code, indicateur in catalogue.items())
        elif chemin == ("contrat", "plan_actions", "types"):
            plans = droit.plans_types.items()
            yield from ((nom, plan.libelle) for nom, plan in plans if plan.volet is None)
        elif chemin[:2] == PLAN:
            yield from self._of_plan(str(chemin[-1]))

    def _codes(self, chemin: Chemin) -> Iterator[tuple[str, str]]:
        """The indicators that a key, or the items of a list, may name."""
        if (
            "indicateur" in str(chemin[-1])
            and indicator_of(self.fiche, self.fichier, chemin) is None
        ):
            registres = self.fiche.projet.droit.registres
            yield from {i.id: told(i) for r in registres for i in r.indicateurs}.items()

    def _of_plan(self, cle: str) -> Iterator[tuple[str, str]]:
        """The actions that may be taken away; what an action added may be about."""
        droit = self.fiche.projet.droit
        types = look(self.fichier.donnees, (*PLAN, "types"))
        connus = [droit.plans_types.get(str(t)) for t in (types if isinstance(types, list) else ())]
        actions = [action for plan in connus if plan for action in plan.actions]
        if cle == "action":
            yield from ((a.id, textwrap.shorten(a.libelle, 70, placeholder="…")) for a in actions)
        elif cle == "article":
            yield from ((article, "") for article in dict.fromkeys(a.article for a in actions))
        elif cle == "indicateurs":
            poses = look(self.fichier.donnees, INDICATEURS)
            codes = [c for c in (poses if isinstance(poses, dict) else ()) if "-" in c]
            trouves = (
                indicator_of(self.fiche, self.fichier, (*INDICATEURS, code)) for code in codes
            )
            yield from ((i.id, i.libelle) for i in trouves if i)

    def _number(self) -> str:
        finess = look(self.fichier.donnees, ("etablissement", "finess"))
        annee = effect_at(self.fiche, self.fichier, ("contrat",)).year
        return f"CAQES-{annee}-{finess}" if finess else ""

    def _examples(self, chemin: Chemin, indicateur: Indicateur | None) -> tuple[str, ...]:
        reference = look(self.fichier.donnees, (*chemin[:-2], "reference", "valeur"))
        evaluee = str(look(self.fichier.donnees, ("annee",)))
        annee = (
            int(evaluee)
            if evaluee.isdigit()
            else effect_at(self.fiche, self.fichier, chemin).year - 1
        )
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


__all__ = ["OUI_NON", "Redacteur", "proposed"]
