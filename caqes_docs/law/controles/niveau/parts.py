"""The parts of the level of the socle, as the contract writes them (X41)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.francais import formes
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.niveau import MesureNiveau, PartNiveau
from caqes_docs.data.dossier.volets import VoletSocle
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.caqes_1.niveau import obligations, plan
from caqes_docs.law.caqes_1.niveau.socle import INDICATEURS, PARTS, parts_chosen
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.droit import Droit

_RACINE: Chemin = ("contrat", SOCLE)


class Parts:
    """V-146: parts that do not add up, or that do not say what they count, and how."""

    def __init__(self, dossier: Charge[Dossier], droit: Droit, socle: VoletSocle) -> None:
        self.fichier = dossier.fichier
        self.niveau = socle.niveau
        actions = plan.plan_actions(dossier.valeur.contrat, droit)
        self.connus: dict[str, Sequence[str] | None] = {
            plan.CLE: actions,
            obligations.CLE: tuple(droit.obligations_evaluees),
        }

    def check(self) -> Iterator[Constat]:
        """Every fault of the choice."""
        if self.niveau is None:
            return
        parts = parts_chosen(self.niveau)
        somme = sum((part.part or Decimal(0) for part in parts.values()), start=Decimal(0))
        if parts and somme != 1:
            yield self._fault(
                (),
                "Les parts du niveau de réalisation ne font pas 100 %.",
                "Corriger les parts des indicateurs, des actions et des obligations générales"
                + self._lacking(parts, somme),
            )
        for nom in PARTS:
            part: PartNiveau | None = getattr(self.niveau, nom)
            if part is not None and nom not in parts and part != _VIDE:
                message = f"{PARTS[nom]}\u00a0: sans «\u00a0part\u00a0», le reste ne compte pas."
                yield self._fault((nom,), message, "Donner la part, ou retirer le reste.")
        for nom, part in parts.items():
            yield from self._check_part(nom, part)

    def _lacking(self, parts: Mapping[str, PartNiveau], somme: Decimal) -> str:
        """What may still be weighed, when something is lacking to make a whole."""
        libres = [f"«\u00a0{nom}.part\u00a0»" for nom in PARTS if nom not in parts]
        manque = formes.taux(1 - somme)
        return (
            f", ou remplir {' et '.join(libres)}\u00a0: il manque {manque}."
            if somme < 1 and libres
            else "."
        )

    def _check_part(self, nom: str, part: PartNiveau) -> Iterator[Constat]:
        if part.mesure is None:
            message = f"{PARTS[nom]}\u00a0: rien ne dit comment ils se comptent."
            yield self._fault(
                (nom,), message, "Écrire «\u00a0mesure: nombre\u00a0» ou «\u00a0poids\u00a0»."
            )
        if part.en_partie is not None and nom != obligations.CLE:
            message = "«\u00a0en_partie\u00a0» ne vaut que pour les obligations générales."
            yield self._fault((nom, "en_partie"), message, "Le retirer.")
        pesee = part.mesure is MesureNiveau.POIDS and nom != INDICATEURS
        if part.poids and not pesee:
            message = "Ces poids ne comptent pas\u00a0: " + (
                "un indicateur pèse son coefficient." if nom == INDICATEURS else "chacun vaut un."
            )
            yield self._fault((nom, "poids"), message, "Les retirer, ou corriger la mesure.")
        if nom != INDICATEURS:
            yield from self._check_weights(nom, part, pesee=pesee)

    def _check_weights(self, nom: str, part: PartNiveau, *, pesee: bool) -> Iterator[Constat]:
        connus = self.connus[nom]
        if connus is None:
            return  # the typical plan is unknown: D-062
        if not connus:
            message = f"{PARTS[nom]}\u00a0: il n’y a rien à compter."
            yield self._fault((nom,), message, "Retirer cette part, ou compléter le contrat.")
        if not pesee:
            return
        for identifiant in part.poids.keys() - set(connus):
            message = f"{PARTS[nom]}\u00a0: «\u00a0{identifiant}\u00a0» n’y est pas."
            remede = f"Connus\u00a0: {', '.join(connus)}."
            yield self._fault((nom, "poids", identifiant), message, remede)
        oublis = [identifiant for identifiant in connus if identifiant not in part.poids]
        if oublis:
            message = f"{PARTS[nom]}\u00a0: sans poids, {', '.join(oublis)}."
            yield self._fault((nom, "poids"), message, "En donner un à chacun, 0 % au besoin.")
        if part.poids and not any(part.poids.values()):
            message = f"{PARTS[nom]}\u00a0: tous les poids sont nuls."
            yield self._fault((nom, "poids"), message, "Donner un poids à ce qui compte.")

    def _fault(self, chemin: Chemin, message: str, remede: str) -> Constat:
        return fault("V-146", self.fichier.source((*_RACINE, "niveau", *chemin)), message, remede)


_VIDE = PartNiveau.model_construct(part=None, mesure=None, en_partie=None)
