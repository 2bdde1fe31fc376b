"""The refusals to sign as the clauses of their decision see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.calculs import CalculResolu
from caqes_docs.data.dossier.volets import FigureCiblage
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class LigneRefus:
    """One refusal: of what, when, why, and the sanction that it incurs."""

    id: str = champ("identifiant du volet refusé")
    libelle: str = champ("volet refusé")
    constate_le: dt.date | None = champ("date à laquelle le refus est constaté")
    decide_le: dt.date | None = champ("date de la décision")
    numero: str | None = champ("numéro de la décision")
    motif_ciblage: str | None = champ("motif du ciblage")
    chiffres: tuple[FigureCiblage, ...] = champ("chiffres du ciblage")
    motifs: str | None = champ("motifs de l’établissement")
    reponse: str | None = champ("réponse de l’agence aux motifs")
    exercice: int | None = champ("dernier exercice clos")
    nature: str | None = champ("sanction retenue")
    produits: Decimal | None = champ("produits reçus des régimes obligatoires")
    montant: Decimal | None = champ("montant de la sanction")
    taux: Decimal | None = champ("diminution de la prise en charge")
    calcul: CalculResolu | None = champ("calcul de la sanction")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class RefusResolus:
    """The refusals of one contract."""

    lignes: tuple[LigneRefus, ...] = champ("refus de signer")
