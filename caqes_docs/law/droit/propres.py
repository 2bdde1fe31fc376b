"""The law of a library with the indicators that one establishment declares for itself."""

from __future__ import annotations

from dataclasses import replace

from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.etablissement import Activite
from caqes_docs.data.dossier.indicateurs import UNITES, IndicateurPropre
from caqes_docs.law.droit.catalogue import Famille, Indicateur, RegistreIndicateurs
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Certitude

_TOUJOURS = {"du": "1900-01-01"}
_SOURCE = "Indicateur propre à l’établissement, fixé par les parties"


def own_law(droit: Droit, contrat: Contrat) -> Droit:
    """`droit`, and the contract's own indicators; those of the catalogues are never replaced."""
    connus = {indicateur.id for registre in droit.registres for indicateur in registre.indicateurs}
    par_volet: dict[str | None, list[Indicateur]] = {}
    for code, propre in contrat.indicateurs_propres.items():
        if code not in connus:
            par_volet.setdefault(propre.volet, []).append(_indicator(code, propre))
    if not par_volet:
        return droit
    return replace(
        droit,
        registres=(
            *droit.registres,
            *(_register(volet, indicateurs) for volet, indicateurs in par_volet.items()),
        ),
    )


def _register(volet: str | None, indicateurs: list[Indicateur]) -> RegistreIndicateurs:
    famille = Famille.PROPRE if volet is None else Famille.VOLET
    return RegistreIndicateurs.model_validate(
        {
            "famille": famille.value,
            "volet": volet,
            "source": _SOURCE,
            "en_vigueur": _TOUJOURS,
            "indicateurs": indicateurs,
        }
    )


def _indicator(code: str, propre: IndicateurPropre) -> Indicateur:
    return Indicateur.model_validate(
        {
            "id": code,
            "article": propre.article or propre.volet or "",
            "obligation": propre.obligation or propre.libelle,
            "libelle": propre.libelle,
            "numerateur": propre.numerateur,
            "denominateur": propre.denominateur,
            "type": propre.type.value,
            "unite": UNITES[propre.type].value,
            "sens": propre.sens.value,
            "sources_donnees": propre.source,
            "activites": [activite.value for activite in Activite],
            "exclusions": propre.exclusions,
            "elements": propre.elements,
            "certitude": Certitude.DEDUCTION.value,
        }
    )
