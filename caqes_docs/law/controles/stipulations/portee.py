"""Where a scale of the socle says what its threshold keeps from ever being said (R-SOC-2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.core.constats import Constat, warning
from caqes_docs.core.francais.formes import taux
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.volets import Bareme, NomBareme
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.caqes_1.socle import SOCLE


def check_reach(dossier: Charge[Dossier]) -> Iterator[Constat]:
    """V-277: a sanction modulated above the threshold, where none opens; a reward, below it.

    `points` has no bounds of its own, `saisie` no scale: neither is told.
    """
    socle = dossier.valeur.contrat.socle
    seuil = socle.declenchement.seuil if socle and socle.declenchement else None
    if socle is None or seuil is None:
        return
    fin = _bound(socle.sanction.bareme if socle.sanction else None, sanction=True)
    if fin is not None and fin > seuil:
        yield _dead(dossier, "sanction", (seuil, fin), "une sanction ne s’ouvre qu’au-dessous")
    gain = socle.interessement
    debut = _bound(gain.bareme if gain and gain.prevu else None, sanction=False)
    if debut is not None and debut < seuil:
        propos = "aucun intéressement ne s’ouvre au-dessous"
        yield _dead(dossier, "interessement", (debut, seuil), propos)


def _bound(bareme: Bareme | None, *, sanction: bool) -> Decimal | None:
    """The level where a sanction comes to nothing, or from which there is a reward."""
    if bareme is None or bareme.nom not in (
        NomBareme.LINEAIRE,
        NomBareme.PALIERS,
        NomBareme.TOUT_OU_RIEN,
    ):
        return None
    if bareme.nom is not NomBareme.PALIERS:
        lineaire = bareme.a if sanction else bareme.de
        return lineaire if bareme.nom is NomBareme.LINEAIRE else bareme.seuil
    bornes = (p.a_partir_de for p in bareme.paliers if bool(p.part) is not sanction)
    return next(bornes, Decimal(1) if sanction and bareme.paliers else None)


def _dead(
    dossier: Charge[Dossier], cle: str, bornes: tuple[Decimal, Decimal], propos: str
) -> Constat:
    de, a = map(taux, bornes)
    seuil = de if cle == "sanction" else a
    quoi = "de la sanction" if cle == "sanction" else "de l’intéressement"
    return warning(
        "V-277",
        dossier.fichier.source(("contrat", SOCLE, cle, "bareme")),
        f"Entre {de} et {a}, le barème {quoi} du volet obligatoire ne servira jamais\u00a0: "
        f"{propos} du seuil de {seuil}.",
        "Vérifier que les parties le veulent, ou accorder le barème et "
        "«\u00a0declenchement.seuil\u00a0».",
    )
