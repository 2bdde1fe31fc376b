"""Load the law of one or several libraries: the last library wins, id by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.periode import Datee, overlaps_and_gaps
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.charge import Charge, load_record
from caqes_docs.law.droit import catalogue, modeles
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.ecriture import check_plain
from caqes_docs.law.droit.valeurs import parse_parametre

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Racine:
    """A library on disk: its name, its folder, and how paths are shown to the user."""

    nom: str
    dossier: Path
    prefixe: str


@dataclass
class _Collecte:
    textes: dict[str, modeles.TexteCite] = field(default_factory=dict)
    termes: dict[str, modeles.Terme] = field(default_factory=dict)
    regimes: dict[str, modeles.RegimeDroit] = field(default_factory=dict)
    parametres: dict[str, modeles.Parametre] = field(default_factory=dict)
    registres: dict[str, catalogue.RegistreIndicateurs] = field(default_factory=dict)
    plans_types: dict[str, catalogue.PlanType] = field(default_factory=dict)
    obligations: dict[str, catalogue.Obligation] = field(default_factory=dict)
    volets: dict[str, catalogue.VoletDecrit] = field(default_factory=dict)
    socle: catalogue.SocleDecrit | None = None
    fondements: dict[str, modeles.FondementDroit] = field(default_factory=dict)
    detenteurs: dict[str, modeles.DetenteurDonnee] = field(default_factory=dict)
    calendrier: modeles.Calendrier = field(default_factory=lambda: modeles.Calendrier(donnees=()))
    formules: modeles.FormulesAvenant = field(default_factory=modeles.FormulesAvenant)
    sources: dict[str, Source] = field(default_factory=dict)
    constats: list[Constat] = field(default_factory=list)


def load_droit(racines: Sequence[Racine]) -> Droit:
    """The law of `racines`, with the findings met on the way (in `Droit.constats`)."""
    collecte = _Collecte()
    for racine in racines:
        _load_one(racine, collecte)
    return Droit(
        collecte.textes,
        collecte.termes,
        collecte.regimes,
        collecte.parametres,
        tuple(collecte.registres.values()),
        collecte.plans_types,
        collecte.calendrier,
        collecte.obligations,
        _in_order(collecte),
        collecte.socle,
        collecte.fondements,
        collecte.detenteurs,
        collecte.formules,
        collecte.sources,
        tuple(collecte.constats),
    )


def _in_order(collecte: _Collecte) -> dict[str, catalogue.VoletDecrit]:
    """The volets in the order that the regimes name them; those of a region's own come last."""
    nommes = [nom for regime in collecte.regimes.values() for nom in regime.volets]
    rangs = {nom: rang for rang, nom in enumerate(dict.fromkeys(nommes))}
    return dict(sorted(collecte.volets.items(), key=lambda v: rangs.get(v[0], len(rangs))))


def _load_one(racine: Racine, collecte: _Collecte) -> None:  # noqa: C901
    lecteur = _LecteurDroit(racine, collecte)
    for charge in lecteur.each("droit/textes/*.yaml", modeles.RegistreTextes):
        lecteur.keep("texte", collecte.textes, charge, "textes", charge.valeur.textes)
    for termes in lecteur.each("droit/termes.yaml", modeles.RegistreTermes):
        lecteur.keep("terme", collecte.termes, termes, "termes", termes.valeur.termes)
        for rang, terme in enumerate(termes.valeur.termes):
            lecteur.check_periods("L-010", terme.id, terme.valeurs, termes, ("termes", rang))
    for regimes in lecteur.each("droit/regimes.yaml", modeles.RegistreRegimes):
        lecteur.keep("régime", collecte.regimes, regimes, "regimes", regimes.valeur.regimes)
    for sols in lecteur.each("droit/fondements.yaml", modeles.RegistreFondements):
        lecteur.keep("fondement", collecte.fondements, sols, "fondements", sols.valeur.fondements)
    for gens in lecteur.each("droit/detenteurs.yaml", modeles.RegistreDetenteurs):
        lecteur.keep("détenteur", collecte.detenteurs, gens, "detenteurs", gens.valeur.detenteurs)
    for parametre in lecteur.each("droit/parametres/**/*.yaml", modeles.Parametre):
        lecteur.keep_parameter(parametre)
    for registre in lecteur.each("catalogues/indicateurs/*.yaml", catalogue.RegistreIndicateurs):
        collecte.registres[Path(registre.fichier.nom).stem] = registre.valeur
        lecteur.keep("indicateur", {}, registre, "indicateurs", registre.valeur.indicateurs)
    for plan in lecteur.each("catalogues/plans_actions/*.yaml", catalogue.PlanType):
        collecte.plans_types[plan.valeur.id] = plan.valeur
        collecte.sources[f"plan:{plan.valeur.id}"] = plan.fichier.source()
        lecteur.keep("action", {}, plan, "actions", plan.valeur.actions)
    for volet in lecteur.each("catalogues/volets/*.yaml", catalogue.VoletDecrit):
        lecteur.keep("volet", collecte.volets, volet, "", (volet.valeur,))
    for socle in lecteur.each("catalogues/socle.yaml", catalogue.SocleDecrit):
        collecte.socle = socle.valeur
        collecte.sources["volet:socle"] = socle.fichier.source()
    for calendrier in lecteur.each("catalogues/calendrier.yaml", modeles.Calendrier):
        collecte.calendrier = calendrier.valeur
    for formules in lecteur.each("catalogues/formules.yaml", modeles.FormulesAvenant):
        collecte.formules = formules.valeur
    for devoirs in lecteur.each("catalogues/obligations.yaml", catalogue.RegistreObligations):
        liste = devoirs.valeur.obligations
        lecteur.keep("obligation", collecte.obligations, devoirs, "obligations", liste)


class _LecteurDroit:
    """Reads the files of one library into the common collection."""

    def __init__(self, racine: Racine, collecte: _Collecte) -> None:
        self.racine = racine
        self.collecte = collecte

    def each(self, motif: str, modele: type[M]) -> Iterator[Charge[M]]:
        """Every file of the library that matches `motif`, once valid."""
        for chemin in sorted(self.racine.dossier.glob(motif)):
            nom = f"{self.racine.prefixe}/{chemin.relative_to(self.racine.dossier).as_posix()}"
            charge, constats = load_record(chemin, nom, modele)
            self.collecte.constats.extend(constats)
            if charge is not None:
                self.collecte.constats.extend(check_plain(charge.fichier))
                yield charge

    def keep(
        self,
        nature: str,
        table: dict[str, Any],
        charge: Charge[Any],
        cle: str,
        elements: Iterable[Any],
    ) -> None:
        """Put `elements` in `table` by id; an id given twice in one library is a finding."""
        for rang, element in enumerate(elements):
            source = charge.fichier.source((cle, rang, "id") if cle else ("id",))
            repere = f"{nature}:{element.id}"
            deja = self.collecte.sources.get(repere)
            if deja is not None and deja.fichier.startswith(f"{self.racine.prefixe}/"):
                self._add(
                    "L-009",
                    source,
                    f"«\u00a0{element.id}\u00a0» ({nature}) a déjà une définition en {deja}.",
                )
            table[element.id] = element
            self.collecte.sources[repere] = source

    def keep_parameter(self, charge: Charge[modeles.Parametre]) -> None:
        """Register a parameter and check its values, its periods and its file's name."""
        parametre, fichier = charge.valeur, charge.fichier
        self.collecte.parametres[parametre.id] = parametre
        self.collecte.sources[f"paramètre:{parametre.id}"] = fichier.source(("id",))
        if not fichier.nom.endswith(f"parametres/{parametre.id}.yaml"):
            self._add(
                "L-013",
                fichier.source(("id",)),
                f"L’identifiant «\u00a0{parametre.id}\u00a0» ne correspond pas au nom du fichier.",
            )
        self.check_periods("L-010", parametre.id, parametre.valeurs, charge, ())
        for rang, version in enumerate(parametre.valeurs):
            try:
                parse_parametre(version.valeur, parametre.unite)
            except ValueError:
                self._add(
                    "L-011",
                    fichier.source(("valeurs", rang, "valeur")),
                    f"«\u00a0{version.valeur}\u00a0» n’est pas une valeur en "
                    f"«\u00a0{parametre.unite}\u00a0».",
                )

    def check_periods(
        self,
        code: str,
        quoi: str,
        valeurs: Sequence[Datee],
        charge: Charge[Any],
        chemin: tuple[str | int, ...],
    ) -> None:
        """Dated values that overlap, leave a hole, or end before they begin, are findings."""
        for rang, valeur in enumerate(valeurs):
            if valeur.en_vigueur.is_inverted:
                self._add(
                    code,
                    charge.fichier.source((*chemin, "valeurs", rang)),
                    f"La période {valeur.en_vigueur} de «\u00a0{quoi}\u00a0» finit avant de "
                    "commencer.",
                )
                return
        chevauchements, lacunes = overlaps_and_gaps(valeurs)
        for paires, mot in ((chevauchements, "se chevauchent"), (lacunes, "laissent un trou")):
            for avant, apres in paires:
                rang = list(valeurs).index(apres)
                self._add(
                    code,
                    charge.fichier.source((*chemin, "valeurs", rang, "du")),
                    f"Les périodes {avant.en_vigueur} et {apres.en_vigueur} de "
                    f"«\u00a0{quoi}\u00a0» {mot}.",
                )

    def _add(self, code: str, source: Source, message: str) -> None:
        remede = _REMEDES.get(code, "")
        self.collecte.constats.append(fault(code, source, message, remede))


_REMEDES = {
    "L-009": "Ne garder qu’une définition, ou placer la seconde dans une autre bibliothèque.",
    "L-010": "Ajuster les dates «\u00a0du\u00a0» et «\u00a0au\u00a0».",
    "L-011": "Écrire la valeur dans l’unité annoncée (1 %, 500 000, 15).",
    "L-013": "Renommer le fichier ou corriger l’identifiant.",
}
