"""What the evaluation says of the general obligations, as a part of the level of the socle.

Contrat type, art. 3, 5 and 10-6: the socle is judged on them too (art. 6). The register of the
library says which; no text says what an obligation held in part is worth (X42).
"""

from __future__ import annotations

from decimal import Decimal

from caqes_docs.data.dossier.evaluation import Tenue
from caqes_docs.data.dossier.niveau import PartNiveau
from caqes_docs.law.calcul.fondements import NIVEAU_SOCLE
from caqes_docs.law.calcul.noeud import Nature, Noeud, Operation, compute, constante, entree, si
from caqes_docs.law.caqes_1.cadre import Cadre
from caqes_docs.law.caqes_1.niveau.pesee import Compte, weigh

CLE = "obligations_generales"


def level_of_obligations(cadre: Cadre, part: PartNiveau) -> Noeud:
    """The weighted share of the obligations that are held; unknown when an answer is missing."""
    lecture = _Lecture(cadre, part)
    tenues = [
        Compte(libelle, lecture.held(identifiant, libelle), cadre.part_weight(CLE, identifiant))
        for identifiant, libelle in cadre.droit.obligations_evaluees.items()
    ]
    return weigh("Obligations générales tenues", tenues, part.mesure, NIVEAU_SOCLE)


class _Lecture:
    """What an answer is worth; the steps that answers share are the same nodes."""

    def __init__(self, cadre: Cadre, part: PartNiveau) -> None:
        self.cadre = cadre
        self.mots = {
            tenue: constante(
                f"Réponse «\u00a0{tenue}\u00a0»", tenue.value, Nature.TEXTE, NIVEAU_SOCLE
            )
            for tenue in Tenue
        }
        self.tout = constante("Obligation tenue", Decimal(1), Nature.TAUX, NIVEAU_SOCLE)
        self.rien = constante("Obligation non tenue", Decimal(0), Nature.TAUX, NIVEAU_SOCLE)
        self.en_partie: Noeud | None = None
        if part.en_partie is not None:
            origine = cadre.in_contract("socle", "niveau", CLE, "en_partie")
            libelle = "Obligation tenue en partie\u00a0: ce qu’elle vaut"
            self.en_partie = entree(libelle, part.en_partie, Nature.TAUX, origine)

    def held(self, identifiant: str, libelle: str) -> Noeud:
        """1 when held, 0 when not; in part, what the contract says."""
        vue = self.cadre.evaluation.obligations_generales.get(identifiant)
        tenue = vue.tenue if vue else None
        if tenue is Tenue.EN_PARTIE and self.en_partie is None:
            tenue = None
        reponse = entree(
            f"Réponse\u00a0: {libelle}",
            None if tenue is None else tenue.value,
            Nature.TEXTE,
            self.cadre.in_evaluation(CLE, identifiant, "tenue"),
            motif=f"rien ne dit si l’obligation {identifiant} est tenue ({libelle})",
        )
        sinon = self.rien
        if self.en_partie is not None:
            egale = self._is(reponse, libelle, Tenue.EN_PARTIE)
            autrement = f"Sinon\u00a0: {libelle}"
            sinon = si(autrement, egale, self.en_partie, self.rien, NIVEAU_SOCLE)
        egale = self._is(reponse, libelle, Tenue.OUI)
        return si(f"Réalisation\u00a0: {libelle}", egale, self.tout, sinon, NIVEAU_SOCLE)

    def _is(self, reponse: Noeud, obligation: str, tenue: Tenue) -> Noeud:
        libelle = f"Tenue, «\u00a0{tenue}\u00a0»\u00a0: {obligation}"
        operandes = (reponse, self.mots[tenue])
        return compute(Operation.EGAL, libelle, Nature.OUI_NON, operandes, NIVEAU_SOCLE)
