"""The library drawn from a model: its clauses, its plan, and what a jurist has to look at."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from caqes_docs.core.errors import UsageError
from caqes_docs.core.francais.formes import liste, majuscule
from caqes_docs.core.periode import in_force
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.nommage import parse_name
from caqes_docs.redaction.bibliotheque.plan import TypeDocument, clauses_of
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque, Redaction
from caqes_docs.redaction.modele.blocs import Correction
from caqes_docs.redaction.modele.ecriture import Blanc, Plume, shown
from caqes_docs.redaction.modele.obligations import Obligations
from caqes_docs.redaction.modele.parties import Partie
from caqes_docs.redaction.modele.plan import PlanImporte
from caqes_docs.redaction.modele.rapprochement import (
    Rapprochement,
    match,
    numbers,
    plain,
    stems,
)

IDENTITE = "Imprimé par la bibliothèque d’après le dossier (parties, date d’effet, signatures)"
_RAISONS = {
    "hors": "Hors du texte du modèle (note d’accompagnement, en-tête, pied de page, sommaire)",
    "annexe": "Annexe du modèle, non reprise\u00a0: la bibliothèque imprime les siennes",
}
_SANS_ARTICLE = "Aucun article n’est reconnu dans le modèle\u00a0: rien n’est écrit."
_GARDEE = "gardée\u00a0: le modèle n’en a pas l’équivalent"
_NOMMER = (
    "Faire commencer chaque article par «\u00a0Article\u00a0» et son numéro, écrits ou numérotés "
    "par le traitement de texte, puis recommencer."
)
_SUIVANTS = {"visas": "visas", "convenu": "convenu", "preambule": "preambule"}


@dataclass(frozen=True)
class Reglage:
    """What is asked: document type, status, period, day of reading, file and digest."""

    type: str
    statut: str
    du: dt.date
    au: dt.date | None
    le: dt.date
    source: str


@dataclass
class Calque:
    """The files of the library, by name, and all that its report tells."""

    bibliotheque: Bibliotheque
    droit: Droit
    types: Mapping[str, TypeDocument]
    reglage: Reglage
    fichiers: dict[str, str] = field(default_factory=dict)
    clauses: dict[str, str] = field(default_factory=dict)
    """The file of each clause written."""
    rapproches: list[Rapprochement] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    blancs: list[Blanc] = field(default_factory=list)
    reste: list[tuple[str, str]] = field(default_factory=list)
    """(why, text): the words that no clause and no heading holds."""
    inconnus: dict[str, str] = field(default_factory=dict)
    """Articles of law that the library did not know, by id."""
    etiquettes: list[tuple[str, str]] = field(default_factory=list)
    """(number as the model writes it, clause or chapter that bears it)."""
    absentes: list[tuple[str, str]] = field(default_factory=list)
    """(clause of ours that the model has not, what became of it)."""
    fondues: dict[str, list[Redaction]] = field(default_factory=dict)
    """Our clauses that an article of the model holds too, by the clause that it became."""
    noms: dict[int, str] = field(default_factory=dict)
    """The clause that each article is written in."""
    numeros: dict[str, str] = field(default_factory=dict)
    """The clause of each number that the model gives to one article."""
    dires: list[str] = field(default_factory=list)
    """What else there is to say."""
    renvois: list[tuple[str, str, str]] = field(default_factory=list)
    """(as the model writes it, the clause that it now follows or nothing, passage)."""
    obligations: Obligations = field(init=False)
    plan: PlanImporte = field(init=False)

    def __post_init__(self) -> None:
        self.obligations = Obligations(self.droit)
        type_document = self.types.get(self.reglage.type)
        self.plan = PlanImporte(self.reglage.type, type_document)
        self._rangs = numbers(type_document.plan) if type_document else {}

    def lay(self, parties: list[Partie]) -> None:
        """Place every part of the model.

        Raises:
            UsageError: I-005 the model has no article.
        """
        nos = [self._ours(nom) for nom in self._rangs if nom in self.bibliotheque.clauses]
        trouves = match(parties, nos, self._rangs)
        if not trouves:
            raise UsageError("I-005", _SANS_ARTICLE, remede=_NOMMER)
        self._absorb(trouves, nos)
        self._name(trouves)
        self._place(parties, trouves)
        absentes = [n for n in self.plan.bare_clauses() if n not in self.clauses]
        self.absentes += [(nom, _GARDEE) for nom in absentes]
        for nom in self.plan.prune():
            self.absentes.append((nom, "n’est plus imprimée\u00a0: son chapitre est sans article"))
        self._tell_numbers()
        if self.plan.change:
            self.fichiers[f"templates/{self.reglage.type}/plan.yaml"] = self.plan.render()
        if self.obligations.porteurs:
            self.fichiers["catalogues/obligations.yaml"] = self.obligations.render()
        if self.inconnus:
            self.fichiers["droit/textes/importes.yaml"] = self._texts()

    def _tell_numbers(self) -> None:
        """What the numbers of the contrat type, which catalogues and annexes name, have become."""
        numeros = self.plan.numbers()
        autres = {
            f"{notre} (imprimé\u00a0: {imprime.removeprefix('Article ')})"
            for nom, notre in self._rangs.items()
            if "-" in notre and (imprime := numeros.get(nom, "")) not in ("", f"Article {notre}")
        }
        if autres:
            self.dires.append(
                "Les annexes du contrat suivent ces numéros\u00a0; les documents d’une évaluation "
                f"nomment encore ceux de la bibliothèque\u00a0: {liste(sorted(autres))}."
            )

    def _place(self, parties: Sequence[Partie], trouves: Sequence[Rapprochement]) -> None:
        connu = self.types.get(self.reglage.type)
        noms = {nom for nom, _ in clauses_of(connu.plan)} if connu else set()
        a_part = {"hors", "annexe", *(("liminaire", "fin") if connu else ())}
        suite = iter(trouves)
        for partie in parties:
            if partie.sorte in a_part:
                self._aside(partie)
            elif partie.sorte == "article":
                self._article(next(suite))
            elif partie.sorte == "chapitre":
                self._chapter(partie, _in_chapter(partie, parties, trouves))
            else:
                nom = f"{self.reglage.type}.{_SUIVANTS.get(partie.sorte, partie.sorte)}"
                self._plain_clause(partie, nom, connue=nom in noms)

    def _absorb(self, trouves: list[Rapprochement], nos: Sequence[Redaction]) -> None:
        """Our articles without an article of the model: within another one, or kept and told."""
        pris = {r.clause for r in trouves}
        for notre in nos:
            nom = notre.entete.id
            if nom in pris:
                continue
            dans = next((r for r in trouves if self._holds(r, notre)), None)
            if dans is None or dans.clause is None:
                self.absentes.append((nom, _GARDEE))
                continue
            self.fondues.setdefault(dans.clause, []).append(notre)
            self.plan.drop(nom)
            dit = f"n’est plus imprimée\u00a0: fondue dans «\u00a0{dans.partie.titre}\u00a0»"
            self.absentes.append((nom, dit))

    def _holds(self, rapproche: Rapprochement, notre: Redaction) -> bool:
        """Whether an article of the model names in its title ours too, beside another of ours."""
        if rapproche.clause is None:
            return False
        titres = (notre.entete.titre, self._ours(rapproche.clause).entete.titre)
        titre, autre = (stems(t or "") for t in titres)
        rangs = (self._rangs[notre.entete.id], rapproche.partie.numero)
        meme_rang = len({"-" in rang for rang in rangs}) == 1
        return meme_rang and titre <= stems(rapproche.partie.titre) and not titre <= autre

    def _aside(self, partie: Partie) -> None:
        raison = _RAISONS.get(partie.sorte, IDENTITE)
        if partie.sorte == "hors" and partie.numero:
            raison = f"Note de bas de page, appelée dans\u00a0: {partie.numero}"
        plume = Plume(self._cite)
        for bloc in partie.blocs:
            if partie.sorte not in _RAISONS:
                plume.line(bloc.texte)
            self.reste.append((raison, shown(bloc.entier)))
        self.blancs += [replace(b, compte=False) for b in plume.blancs if b.ecrit]

    def _chapter(self, partie: Partie, noms: list[str]) -> None:
        nom = self.plan.chapter(majuscule(partie.titre), noms)
        self._capital(partie.titre)
        self.etiquettes.append((partie.etiquette, nom))
        if partie.blocs:
            chapeau = self.plan.opening_clause()
            nom = chapeau or f"{self.reglage.type}.chapeau_{len(self.plan.chapitres)}"
            self._plain_clause(Partie("liminaire", blocs=partie.blocs), nom, connue=bool(chapeau))

    def _plain_clause(self, partie: Partie, nom: str, *, connue: bool) -> None:
        """A clause without a number: visas, preamble, what opens a chapter."""
        self._write(nom, partie, self._ours(nom) if connue else None, certain=True)
        self.plan.place(nom, "clause")

    def _ours(self, nom: str) -> Redaction:
        """Our wording in force on the first day of those imported, or our last."""
        redactions = self.bibliotheque.clauses[nom]
        return in_force(redactions, self.reglage.du) or redactions[-1]

    def _article(self, rapproche: Rapprochement) -> None:
        self.rapproches.append(rapproche)
        partie, nom = rapproche.partie, self.noms[id(rapproche.partie)]
        self._capital(partie.titre)
        partie.titre = majuscule(partie.titre)
        if rapproche.clause is None:
            self._write(nom, partie, None, certain=self.reglage.type not in self.types)
        else:
            certain = rapproche.certain and nom not in self.fondues
            self._write(nom, partie, self._ours(nom), certain=certain)
        self.plan.place(nom, sous="-" in partie.numero)
        self.etiquettes.append((partie.etiquette, nom))

    def _capital(self, titre: str) -> None:
        grand = majuscule(titre)
        if grand != titre:
            self.corrections.append(Correction(titre.split()[0], grand.split()[0], titre))

    def _name(self, trouves: list[Rapprochement]) -> None:
        """The clause of each article, and that of each number that only one article has."""
        pris = {*self.bibliotheque.clauses}
        for rapproche in trouves:
            partie, nom, rang = rapproche.partie, rapproche.clause, 1
            base = plain(partie.titre or f"article {partie.numero}").replace(" ", "_")[:40]
            while nom is None or (rapproche.clause is None and nom in pris):
                fin = f"_{rang}" if rang > 1 else ""
                nom, rang = f"{self.reglage.type}.{base.strip('_')}{fin}", rang + 1
            pris.add(nom)
            self.noms[id(partie)] = nom
        nombres = Counter(r.partie.numero for r in trouves)
        self.numeros = {
            r.partie.numero: self.noms[id(r.partie)]
            for r in trouves
            if nombres[r.partie.numero] == 1
        }

    def _write(self, nom: str, partie: Partie, notre: Redaction | None, *, certain: bool) -> None:
        plume = Plume(lambda ecrit: self._cite(ecrit, notre), self.numeros)
        titre = plume.line(partie.titre) if partie.titre else ""
        corps = plume.body(partie.blocs)
        self.blancs += plume.blancs
        self.renvois += plume.renvois
        if not corps.strip():
            corps = "{{ a_ecrire('texte de l’article', 20) }}\n"
            self.blancs.append(
                Blanc("(article sans texte)", corps.strip(), partie.nom, compte=False)
            )
        chemin = f"{nom.replace('.', '/')}.md"
        place = notre.fichier.nom.partition("/")[2] if notre is not None else ""
        if place and parse_name(Path(place)).date is None:  # the period is the model's own
            chemin = place
        fondues = self.fondues.get(nom, [])
        obligations = self.obligations.carried(nom, partie, [*filter(None, [notre]), *fondues])
        references = dict.fromkeys([*(notre.entete.references if notre else ()), *plume.references])
        entete = [
            f"id: {nom}",
            *([f"ancien_id: [{', '.join(r.entete.id for r in fondues)}]"] if fondues else []),
            *([f"titre: {_quoted(titre)}"] if titre else []),
            f"statut: {self.reglage.statut}",
            f"en_vigueur: {_period(self.reglage)}",
            f"references: [{', '.join(references)}]",
            f"obligations: [{', '.join(obligations)}]",
            f"verifie_le: {self.reglage.le.isoformat()}",
            f"a_verifier: {'non' if certain else 'oui'}",
            *([f"role: {notre.entete.role}"] if notre and notre.entete.role != "corps" else []),
            f"remarque: {_quoted('Importé de ' + self.reglage.source)}",
        ]
        self.clauses[nom] = chemin
        self.fichiers[chemin] = "\n".join(["---", *entete, "---", corps])

    def _cite(self, ecrit: str, notre: Redaction | None = None) -> str:
        """The id of an article of law, added to the library when it knows none."""
        court = re.sub(r"[^A-Z0-9-]", "", ecrit)
        connus = [
            texte.id
            for texte in self.droit.textes.values()
            if re.sub(r"[^A-Z0-9-]", "", texte.court) == court
            and texte.en_vigueur.periode.holds(self.reglage.du)
        ]
        preferes = [nom for nom in connus if notre and nom in notre.entete.references]
        if connus:
            return (preferes or connus)[0]
        nom = f"importes/{court}"
        self.inconnus[nom] = f"{court[0]}. {court[1:]}"
        return nom

    def _texts(self) -> str:
        textes = [
            f"  - id: {nom}\n"
            f'    court: "{court}"\n'
            f'    libelle: "article {court}"\n'
            f"    en_vigueur: {_period(self.reglage)}\n"
            "    certitude: secondaire\n"
            f"    source: {_quoted('Cité par ' + self.reglage.source)}\n"
            for nom, court in sorted(self.inconnus.items())
        ]
        nom = 'code: importes\nnom: "Articles cités par le modèle importé, à vérifier"\ntextes:\n'
        return nom + "".join(textes)


def _in_chapter(
    chapitre: Partie, parties: Sequence[Partie], trouves: Sequence[Rapprochement]
) -> list[str]:
    """Our clauses whose articles a chapter of the model holds."""
    rang = next(i for i, partie in enumerate(parties) if partie is chapitre)
    siennes = itertools.takewhile(lambda partie: partie.sorte != "chapitre", parties[rang + 1 :])
    dedans = {id(partie) for partie in siennes}
    return [r.clause for r in trouves if r.clause and id(r.partie) in dedans]


def _period(reglage: Reglage) -> str:
    fin = f", au: {reglage.au.isoformat()}" if reglage.au else ""
    return f"{{du: {reglage.du.isoformat()}{fin}}}"


def _quoted(texte: str) -> str:
    return "'" + texte.replace("'", "''") + "'"
