"""What an avenant may change: volets and their length, the years to come, and something at least.

Contrat type, art. 2 and 8; instruction DSS/A1/CNAMTS/2017/234, II.a.iv; CSS, art. L. 162-30-2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite, fault
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.source import Source
from caqes_docs.data.avenant.modele import Avenant, CasAvenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.volets import Volet
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.droit.dates import volet_period
from caqes_docs.law.droit.droit import Droit, effect_date

_PAR_ANNEE = frozenset({"cibles", "depenses_cibles", "evolutions_tendancielles"})
"""Tables whose keys are years."""
_JOUR_APRES = dt.timedelta(days=1)


def check_substance(
    etats: tuple[Affaire, Affaire], charge: Charge[Avenant], droit: Droit, effet: dt.date | None
) -> Iterator[Constat]:
    """What an avenant with that effect may not make of the first state: the second one."""
    avant, apres = etats
    fond = _Fond(
        charge,
        droit,
        avant.dossier.valeur.contrat,
        apres.dossier.valeur.contrat,
        effet,
        tuple(une.valeur.droit_au for une in avant.appliques if une.valeur.droit_au),
    )
    same = avant.dossier.valeur == apres.dossier.valeur
    yield from fond.empty(same)
    yield from fond.terminations()
    yield from fond.cases()
    yield from fond.lengths()
    yield from fond.past_years()
    yield from fond.regime()
    yield from fond.law_day()


@dataclass(frozen=True)
class _Fond:
    charge: Charge[Avenant]
    droit: Droit
    avant: Contrat
    apres: Contrat
    effet: dt.date | None
    droits: tuple[dt.date, ...]
    """The days of the law that earlier avenants moved the contract to."""

    @property
    def avenant(self) -> Avenant:
        return self.charge.valeur

    def source(self, *chemin: str | int) -> Source:
        return self.charge.fichier.source(chemin)

    def place(self, *cles: str) -> Source:
        """The place of the modification of one of these keys, else of the case."""
        for rang, modification in enumerate(self.avenant.modifications):
            if modification.cle in cles:
                return self.source("modifications", rang, "cle")
        return self.source("cas")

    def empty(self, same: bool) -> Iterator[Constat]:
        """V-307: an avenant changes something of substance; one just begun is to be filled in."""
        if same and not self._words_alone():
            commence = self.effet is None and not self.avenant.modifications
            yield Constat(
                "V-307",
                Gravite.MANQUE if commence else Gravite.ERREUR,
                self.source("modifications"),
                f"L’avenant n°\u00a0{self.avenant.numero} ne change rien au fond du contrat.",
                "Écrire ce qui change, ou retirer l’avenant\u00a0: une espace, la forme d’une "
                "date ou d’un nombre n’appellent pas d’avenant.",
            )

    def terminations(self) -> Iterator[Constat]:
        """V-300 to V-302: volets additionnels alone are ended, and by an avenant of their own."""
        finis = self.avant.volets.keys() - self.apres.volets.keys()
        resilie = self.avenant.cas is CasAvenant.RESILIATION
        if self.avant.socle is not None and self.apres.socle is None:
            yield fault(
                "V-300",
                self.place("contrat.socle"),
                "Un avenant ne résilie pas le volet obligatoire\u00a0: le contrat est conclu pour "
                "une durée indéterminée, et son article 8 ne vise que les volets additionnels.",
                "Modifier ce que le contrat dit du volet obligatoire, sans le retirer.",
            )
        elif resilie and not finis:
            yield fault(
                "V-301",
                self.source("cas"),
                "L’avenant de résiliation ne met fin à aucun volet additionnel.",
                "Retirer le volet\u00a0: «\u00a0cle: contrat.volets.…\u00a0», «\u00a0retirer: "
                "oui\u00a0», ou changer «\u00a0cas\u00a0».",
            )
        elif finis and (not resilie or self._does_more(finis)):
            yield self._mixed(sorted(finis))

    def _does_more(self, finis: set[str]) -> bool:
        cles = {f"contrat.volets.{nom}" for nom in finis} | {"etablissement.interlocuteurs"}
        return self._words_alone() or not {m.cle for m in self.avenant.modifications} <= cles

    def _words_alone(self) -> bool:
        """Whether it changes something that the data of the dossier do not hold."""
        avenant = self.avenant
        return bool(avenant.redactions or avenant.derogations or avenant.droit_au)

    def _mixed(self, finis: list[str]) -> Constat:
        volets = ", ".join(finis)
        return fault(
            "V-302",
            self.place(*(f"contrat.volets.{nom}" for nom in finis)),
            f"L’avenant met fin à un volet ({volets}) et modifie aussi le contrat\u00a0: la "
            "résiliation prend effet le 31 décembre, la modification le 1er janvier (articles 2 "
            "et 8).",
            "Faire deux avenants\u00a0: l’un «\u00a0cas: resiliation_volet\u00a0», qui ne fait que "
            "retirer le volet, l’autre pour le reste.",
        )

    def cases(self) -> Iterator[Constat]:
        """V-304: a case that names what the avenant does not do."""
        ajoute = self.apres.volets.keys() - self.avant.volets.keys()
        prolonge = any(
            (volet.duree or 0) > (self.avant.volets[nom].duree or 0)
            for nom, volet in self.apres.volets.items()
            if nom in self.avant.volets
        )
        dit = {
            CasAvenant.AJOUT_VOLET: ("aucun volet n’est ajouté", bool(ajoute)),
            CasAvenant.RENOUVELLEMENT: ("la durée d’aucun volet n’est prolongée", prolonge),
        }
        manque, fait = dit.get(self.avenant.cas, ("", True))
        if not fait:
            yield fault(
                "V-304",
                self.source("cas"),
                f"Le cas annonce «\u00a0{self.avenant.cas.libelle}\u00a0», et {manque}.",
                "Corriger «\u00a0cas\u00a0», ou écrire la modification annoncée.",
            )

    def lengths(self) -> Iterator[Constat]:
        """V-303, V-305: a volet lasts five years at most, and is renewed before its end."""
        maximum = self._maximum()
        for nom, volet in self.apres.volets.items():
            ancien = self.avant.volets.get(nom)
            deja = ancien.duree if ancien else None
            if volet.duree is None or volet.duree == deja:
                continue
            source = self.place(f"contrat.volets.{nom}.duree", f"contrat.volets.{nom}")
            if maximum is not None and volet.duree > maximum:
                suite = f", les {deja} ans déjà conclus compris" if deja else ""
                yield fault(
                    "V-303",
                    source,
                    f"Le volet {nom} durerait {volet.duree} ans{suite}\u00a0: les textes en "
                    f"admettent {maximum:f} au plus, renouvellement compris.",
                    f"Écrire «\u00a0{self._length_key(nom)}: {maximum:f}\u00a0» ou moins\u00a0: la "
                    "durée se compte depuis la première prise d’effet du volet.",
                )
            yield from self._ended(nom, ancien, source)

    def _length_key(self, nom: str) -> str:
        """The key that holds the new length: the modification of it, or of the whole volet."""
        cle = f"contrat.volets.{nom}.duree"
        return "apres" if any(m.cle == cle for m in self.avenant.modifications) else "duree"

    def _ended(self, nom: str, ancien: Volet | None, source: Source) -> Iterator[Constat]:
        """V-305: a volet that is over before the avenant has effect is not renewed."""
        fin = periode.au if ancien and (periode := volet_period(ancien)) else None
        if fin is not None and self.effet is not None and self.effet > fin + _JOUR_APRES:
            yield fault(
                "V-305",
                source,
                f"Le volet {nom} a pris fin le {date_longue(fin)}, et l’avenant ne prendrait effet "
                f"que le {date_longue(self.effet)}.",
                "Signer le renouvellement dans l’année où le volet finit, ou conclure un nouveau "
                "volet.",
            )

    def past_years(self) -> Iterator[Constat]:
        """V-306: what an avenant fixes for a year that is over before it has effect."""
        if self.effet is None or self.avenant.cas is CasAvenant.ERREUR_MATERIELLE:
            return
        for rang, modification in enumerate(self.avenant.modifications):
            *parents, derniere = modification.cle.split(".")
            annuelle = parents[-1:] and parents[-1] in _PAR_ANNEE and derniere.isdigit()
            if annuelle and int(derniere) < self.effet.year:
                yield fault(
                    "V-306",
                    self.source("modifications", rang, "cle"),
                    f"L’avenant ne prend effet que le {date_longue(self.effet)}\u00a0: il ne "
                    f"change pas ce que le contrat fixe pour {derniere}.",
                    "Retirer cette modification\u00a0: une année se juge sur le contrat tel "
                    "qu’il était.",
                )

    def regime(self) -> Iterator[Constat]:
        """V-308, V-311: signed by all before the year of its effect, in a regime not over."""
        if self.effet is None:
            return
        dates = self.avenant.signature.dates_des_parties if self.avenant.signature else None
        if dates is not None and max(dates.jours).year > self._signed_year():
            yield fault(
                "V-311",
                self.source("signature", "date"),
                f"L’avenant prendrait effet le {date_longue(self.effet)}, et une partie ne signe "
                f"que le {date_longue(max(dates.jours))}.",
                "Retenir une date de l’année de la dernière signature.",
            )
        fin = self.droit.regimes[self.apres.regime.value].effet.periode.au
        if fin is not None and self.effet > fin:
            yield fault(
                "V-308",
                self.source("signature", "date"),
                f"L’avenant prendrait effet le {date_longue(self.effet)}\u00a0: le contrat cesse "
                f"de produire effet le {date_longue(fin)}.",
                "Corriger la date de signature\u00a0; passé ce jour, un nouveau contrat se "
                "conclut sous le régime suivant.",
            )

    def law_day(self) -> Iterator[Constat]:
        """V-296: the law that a contract is moved to is a later one, that of its effect at most."""
        jour, signe = self.avenant.droit_au, self.avant.signature.date_retenue
        if jour is None:
            return
        connus = [*self.droits, *([effect_date(signe)] if signe else ())]
        if connus and jour <= max(connus):
            yield fault(
                "V-296",
                self.source("droit_au"),
                f"Le contrat est déjà rédigé d’après le droit en vigueur le "
                f"{date_longue(max(connus))}\u00a0: un avenant ne le ramène pas à celui du "
                f"{date_longue(jour)}.",
                "Donner un jour plus récent, ou retirer «\u00a0droit_au\u00a0».",
            )
        if self.effet is not None and jour > self.effet:
            yield fault(
                "V-296",
                self.source("droit_au"),
                f"L’avenant prend effet le {date_longue(self.effet)}\u00a0: il ne stipule pas le "
                f"droit du {date_longue(jour)}, qui n’est pas encore en vigueur.",
                f"Écrire «\u00a0droit_au: {self.effet}\u00a0», ou un jour plus ancien.",
            )

    def _signed_year(self) -> int:
        signature = self.avenant.signature
        jour = signature.date_retenue if signature else None
        return jour.year if jour else dt.date.max.year

    def _maximum(self) -> Decimal | None:
        """The longest that a volet may last, on the day of effect; None when nothing says it."""
        signe = self.avant.signature.date_retenue
        jour = self.effet or (effect_date(signe) if signe else None)
        try:
            valeur = self.droit.parameter("volets/duree_maximale", jour).valeur if jour else None
        except DroitError:
            return None  # told with the contract itself
        return valeur if isinstance(valeur, Decimal) else None
