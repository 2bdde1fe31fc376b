"""The library drawn from a model: its clauses, its plan, and what a jurist has to look at."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from caqes_docs.core.francais.formes import majuscule
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.nommage import parse_name
from caqes_docs.redaction.bibliotheque.plan import TypeDocument, clauses_of
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque, Redaction
from caqes_docs.redaction.modele.blocs import Correction
from caqes_docs.redaction.modele.ecriture import Blanc, Plume
from caqes_docs.redaction.modele.parties import Partie
from caqes_docs.redaction.modele.plan import PlanImporte
from caqes_docs.redaction.modele.rapprochement import (
    Rapprochement,
    carries,
    match,
    numbers,
    plain,
)

IDENTITE = "Imprimé par la bibliothèque d’après le dossier (parties, date d’effet, signatures)"
HORS = "Hors du texte du modèle (note d’accompagnement, en-tête, note de bas de page, sommaire)"
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
    perdues: list[tuple[str, str, str]] = field(default_factory=list)
    """(obligation, clause, what it says): not found in the imported text."""
    porteurs: dict[str, list[str]] = field(default_factory=dict)
    """What carries each of them still."""
    inconnus: dict[str, str] = field(default_factory=dict)
    """Articles of law that the library did not know, by id."""
    etiquettes: list[tuple[str, str]] = field(default_factory=list)
    """(number as the model writes it, clause or chapter that bears it)."""
    plan: PlanImporte = field(init=False)

    def __post_init__(self) -> None:
        type_document = self.types.get(self.reglage.type)
        self.plan = PlanImporte(self.reglage.type, type_document)

    def lay(self, parties: list[Partie]) -> None:
        """Place every part of the model."""
        connu = self.types.get(self.reglage.type)
        noms = {nom for nom, _ in clauses_of(connu.plan)} if connu else set()
        numeros = numbers(connu.plan) if connu else {}
        nos = [self.bibliotheque.clauses[n][-1] for n in numeros if n in self.bibliotheque.clauses]
        articles = iter(match(parties, nos, numeros))
        chapitre = 0
        for partie in parties:
            chapitre += partie.sorte == "chapitre"
            if partie.sorte == "article":
                self._article(next(articles))
            elif partie.sorte == "hors" or (connu and partie.sorte in ("liminaire", "fin")):
                self._aside(partie)
            elif partie.sorte == "chapitre":
                self._chapter(partie, chapitre)
            else:
                nom = f"{self.reglage.type}.{_SUIVANTS.get(partie.sorte, partie.sorte)}"
                self._plain_clause(partie, nom, connue=nom in noms)
        if self.plan.change:
            self.fichiers[f"templates/{self.reglage.type}/plan.yaml"] = self.plan.render()
        if self.porteurs:
            self.fichiers["catalogues/obligations.yaml"] = self._register()
        if self.inconnus:
            self.fichiers["droit/textes/importes.yaml"] = self._texts()

    def _aside(self, partie: Partie) -> None:
        raison = HORS if partie.sorte == "hors" else IDENTITE
        plume = Plume(self._cite)
        for bloc in partie.blocs:
            if partie.sorte != "hors":
                plume.line(bloc.texte)
            self.reste.append((raison, bloc.entier))
        self.blancs += [replace(b, compte=False) for b in plume.blancs if b.ecrit]

    def _chapter(self, partie: Partie, rang: int) -> None:
        nom = self.plan.chapter(rang, majuscule(partie.titre))
        self._capital(partie.titre)
        self.etiquettes.append((partie.etiquette, nom))
        if partie.blocs:
            chapeau = self.plan.opening_clause(rang)
            nom = chapeau or f"{self.reglage.type}.chapeau_{rang}"
            self._plain_clause(Partie("liminaire", blocs=partie.blocs), nom, connue=bool(chapeau))

    def _plain_clause(self, partie: Partie, nom: str, *, connue: bool) -> None:
        """A clause without a number: visas, preamble, what opens a chapter."""
        notre = self.bibliotheque.clauses[nom][-1] if connue else None
        self._write(nom, partie, notre, certain=True)
        if notre is None:
            self.plan.add_clause(nom)
        else:
            self.plan.pass_by(nom)

    def _article(self, rapproche: Rapprochement) -> None:
        self.rapproches.append(rapproche)
        partie, nom = rapproche.partie, rapproche.clause
        self._capital(partie.titre)
        partie.titre = majuscule(partie.titre)
        if nom is None:
            nom = self._new_name(partie)
            self._write(nom, partie, None, certain=self.reglage.type not in self.types)
            self.plan.add_article(nom, sous="-" in partie.numero)
        else:
            self._write(nom, partie, self.bibliotheque.clauses[nom][-1], certain=rapproche.certain)
            self.plan.pass_by(nom)
        self.etiquettes.append((partie.etiquette, nom))

    def _capital(self, titre: str) -> None:
        grand = majuscule(titre)
        if grand != titre:
            self.corrections.append(Correction(titre.split()[0], grand.split()[0], titre))

    def _new_name(self, partie: Partie) -> str:
        base = plain(partie.titre or f"article {partie.numero}").replace(" ", "_")[:40].strip("_")
        nom, rang = f"{self.reglage.type}.{base}", 1
        while nom in self.clauses or nom in self.bibliotheque.clauses:
            rang += 1
            nom = f"{self.reglage.type}.{base}_{rang}"
        return nom

    def _write(self, nom: str, partie: Partie, notre: Redaction | None, *, certain: bool) -> None:
        plume = Plume(lambda ecrit: self._cite(ecrit, notre))
        titre = plume.line(partie.titre) if partie.titre else ""
        corps = plume.body(partie.blocs)
        self.blancs += plume.blancs
        if not corps.strip():
            corps = "{{ a_ecrire('texte de l’article', 20) }}\n"
            self.blancs.append(
                Blanc("(article sans texte)", corps.strip(), partie.nom, compte=False)
            )
        chemin = f"{nom.replace('.', '/')}.md"
        place = notre.fichier.nom.partition("/")[2] if notre is not None else ""
        if place and parse_name(Path(place)).date is None:  # the period is the model's own
            chemin = place
        obligations = self._obligations(nom, partie, notre)
        references = dict.fromkeys([*(notre.entete.references if notre else ()), *plume.references])
        entete = [
            f"id: {nom}",
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

    def _obligations(self, nom: str, partie: Partie, notre: Redaction | None) -> list[str]:
        """The obligations that the text carries, and those that nothing else would carry."""
        gardees = []
        for cle in notre.entete.obligations if notre else ():
            ligne = self.droit.obligations.get(cle)
            if ligne is None or carries(f"{partie.titre} {partie.texte}", ligne.resume):
                gardees.append(cle)
                continue
            porteurs = self.porteurs.setdefault(cle, list(ligne.porte_par))
            seule = porteurs == [f"clause:{nom}"]
            if seule:
                gardees.append(cle)
            elif f"clause:{nom}" in porteurs:
                porteurs.remove(f"clause:{nom}")
            suite = "gardée\u00a0: rien d’autre ne la porte" if seule else "ôtée de la clause"
            self.perdues.append((cle, nom, f"{ligne.resume} ({suite})"))
        return gardees

    def _register(self) -> str:
        """The lines of the register that a clause carries no more."""
        lignes = []
        for cle, porteurs in sorted(self.porteurs.items()):
            ligne = self.droit.obligations[cle].model_dump(exclude_none=True)
            lignes.append({**ligne, "porte_par": porteurs})
        return yaml.safe_dump(
            {"obligations": lignes}, allow_unicode=True, sort_keys=False, width=10**6
        )

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


def _period(reglage: Reglage) -> str:
    fin = f", au: {reglage.au.isoformat()}" if reglage.au else ""
    return f"{{du: {reglage.du.isoformat()}{fin}}}"


def _quoted(texte: str) -> str:
    return "'" + texte.replace("'", "''") + "'"
