"""The refusals to sign as the clauses of their decision see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.calculs import CalculResolu
from caqes_docs.data.dossier.ciblage import FigureCiblage
from caqes_docs.data.dossier.procedure import Avis, Etape, SecondeProposition
from caqes_docs.redaction.langage.vocabulaire import champ, lieux
from caqes_docs.redaction.langage.vues import Lieu


@dataclass(frozen=True)
class LigneRefus:
    """One refusal: of what, when, why."""

    id: str = champ("identifiant du volet refusé")
    libelle: str = champ("volet refusé")
    intitule: str = champ("libellé du volet refusé")
    designation: str = champ("volet refusé, dans une phrase")
    a_part: bool = champ("volet proposé à part du contrat (oui ou non)")
    constate_le: dt.date | None = champ("date à laquelle le refus est constaté")
    motif_ciblage: str | None = champ("motif du ciblage")
    chiffres: tuple[FigureCiblage, ...] = champ("chiffres du ciblage")
    motifs: str | None = champ("motifs de l’établissement")
    motifs_le: dt.date | None = champ("date à laquelle il les a fait connaître")
    reponse: str | None = champ("réponse de l’agence aux motifs")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class MesureRefus:
    """One sanction: of one refusal, or of all those of a proposal when it is a single one."""

    designations: tuple[str, ...] = champ("volets refusés, dans une phrase")
    en_euros: bool = champ("sanction en euros (oui ou non)")
    exercice: int | None = champ("dernier exercice clos")
    produits: Decimal | None = champ("produits reçus des régimes obligatoires")
    montant: Decimal | None = champ("montant de la sanction")
    taux: Decimal | None = champ("diminution de la prise en charge")
    unite: str | None = champ("ce que mesure la diminution (points ou part)")
    date_effet: dt.date | None = champ("date d’effet de la diminution")
    date_fin: dt.date | None = champ("dernier jour de la diminution")
    calcul: CalculResolu | None = champ("calcul de la sanction")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class DecisionRefus:
    """One act: the refusals of one proposal, the procedure that came before, the sanctions."""

    numero: str | None = champ("numéro de la décision")
    date: dt.date | None = champ("date de la décision")
    mode: str | None = champ("mode d’envoi de la décision")
    designations: tuple[str, ...] = champ("volets refusés, dans une phrase")
    lignes: tuple[LigneRefus, ...] = champ("refus de signer")
    avis: Avis | None = champ("avis de l’organisme local sur la proposition")
    premiere: Etape | None = champ("première proposition")
    seconde: SecondeProposition | None = champ("seconde proposition")
    fin_du_delai: dt.date | None = champ("dernier jour du délai de la seconde proposition")
    mesures: tuple[MesureRefus, ...] = champ("sanctions des refus")
    sommes: tuple[MesureRefus, ...] = champ("sanctions en euros")
    reductions: tuple[MesureRefus, ...] = champ("diminutions de la prise en charge")
    unique: bool = champ("sanction unique de plusieurs refus (oui ou non)")
    origines: Mapping[str, Lieu] = lieux()


@dataclass(frozen=True)
class RefusResolus:
    """The refusals of one contract, and the act that decides on the last of them."""

    lignes: tuple[LigneRefus, ...] = champ("refus de signer")
    decision: DecisionRefus | None = champ("décision sur le refus")
