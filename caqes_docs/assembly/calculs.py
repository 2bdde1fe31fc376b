"""The computations of the acts, step by step, as the note de calcul prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.core.francais.typographie import typographier
from caqes_docs.law.calcul.explication import (
    EtapeDeCalcul,
    format_number,
    format_value,
    in_force,
    signed,
    steps,
    worked_out,
)
from caqes_docs.law.calcul.noeud import Nature, Noeud, iter_noeuds
from caqes_docs.law.resultats import ResultatEvaluation, ResultatVolet
from caqes_docs.redaction.langage.vocabulaire import champ

TIRET = "—"
"""What is printed where there is nothing to print."""


@dataclass(frozen=True)
class EtapeCalcul:
    """One step of a computation."""

    repere: str = champ("numéro")
    libelle: str = champ("étape")
    formule: str = champ("opération")
    valeur: str = champ("valeur")
    source: str = champ("donnée ou fondement")
    certitude: str = champ("certitude")


@dataclass(frozen=True)
class CalculResolu:
    """The computation of one amount, step by step."""

    titre: str = champ("montant calculé")
    etapes: tuple[EtapeCalcul, ...] = champ("étapes du calcul")
    resultat: str = champ("résultat")


def computation(titre: str, noeud: Noeud) -> CalculResolu:
    """The computation of one amount, step by step."""
    etapes = tuple(map(_step, steps(noeud)))
    return CalculResolu(typographier(titre), etapes, signed(noeud))


def computation_of_total(resultat: ResultatEvaluation) -> CalculResolu:
    """How the amounts of the volets make the total, cap included; each is told above."""
    dits = tuple(
        EtapeDeCalcul(
            rang,
            f"{volet.libelle}\u00a0: montant proposé",
            "montant expliqué au volet",
            format_value(volet.montant),
            volet.montant,
        )
        for rang, volet in enumerate(resultat.volets, 1)
    )
    etapes = (*dits, *steps(resultat.total, dits))
    titre = "Total de l’évaluation"
    return CalculResolu(titre, tuple(map(_step, etapes)), signed(resultat.total))


def outside_total(resultat: ResultatVolet) -> CalculResolu:
    """The computation of the measure that is not in euros: a rate, or a length of time.

    Its steps follow those of the amount: what both rest on is told once.
    """
    autre = resultat.non_monetaire
    assert autre is not None
    noeud = autre.taux or autre.duree_mois
    assert noeud is not None
    valeur = format_value(noeud) if autre.taux else months(noeud)
    titre = typographier(f"Hors total – {resultat.libelle}")
    etapes = steps(noeud, steps(resultat.montant))
    return CalculResolu(titre, tuple(map(_step, etapes)), valeur)


def months(noeud: Noeud | None) -> str:
    """« 3 mois »; what is not known is said."""
    if noeud is None:
        return TIRET
    return f"{format_value(noeud)}\u00a0mois" if noeud.is_known else "durée non évaluable"


def _step(etape: EtapeDeCalcul) -> EtapeCalcul:
    noeud = etape.noeud
    fondement = noeud.fondement
    sources = [noeud.origine] if noeud.origine else []
    sources += [in_force(noeud)] if noeud.periode else []
    sources += [typographier(fondement.source)] if fondement else []
    return EtapeCalcul(
        str(etape.repere),
        typographier(etape.libelle),
        typographier(worked_out(etape)),
        etape.valeur,
        " – ".join(sources) or TIRET,
        fondement.certitude.libelle if fondement else TIRET,
    )


def observed(noeud: Noeud, *suites: Noeud, seuil: Decimal | None = None) -> str:
    """The value for a table: rounded to two decimals, as displayed only.

    More are shown where two would show what `suites` compare it with, or `seuil`, which it is not.
    """
    if not isinstance(noeud.valeur, Decimal) or noeud.nature is not Nature.TAUX:
        return format_value(noeud) if noeud.is_known else "non évaluable"
    reperes = {seuil, *_compared_with(noeud, suites)} - {noeud.valeur}
    for rang in range(4, 8):
        rond = noeud.valeur.quantize(Decimal(1).scaleb(-rang))
        if rond not in reperes:
            return format_number(rond, Nature.TAUX)
    return format_number(noeud.valeur, Nature.TAUX)


def _compared_with(noeud: Noeud, suites: Iterable[Noeud]) -> Iterator[Decimal]:
    for suite in suites:
        for etape in iter_noeuds(suite):
            if any(operande is noeud for operande in etape.operandes):
                yield from (o.valeur for o in etape.operandes if isinstance(o.valeur, Decimal))
