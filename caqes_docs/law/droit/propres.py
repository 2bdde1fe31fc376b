"""The law of a library with the indicators that one establishment declares for itself."""

from __future__ import annotations

from dataclasses import replace

from caqes_docs.data.dossier.contrat import Contrat
from caqes_docs.data.dossier.etablissement import (
    Activite,
    Etablissement,
    InstanceMedicale,
    Statut,
)
from caqes_docs.data.dossier.indicateurs import SITE, UNITES, IndicateurPropre, base_code
from caqes_docs.law.droit.catalogue import Famille, Indicateur, RegistreIndicateurs
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.droit.modeles import Certitude

_TOUJOURS = {"du": "1900-01-01"}
_SOURCE = "Indicateur propre à l’établissement, fixé par les parties"


def own_law(droit: Droit, contrat: Contrat) -> Droit:
    """`droit` as a contract sees it: with its own indicators, and those that it sets site by site.

    Those of the catalogues are never replaced, but an indicator set for several sites
    (« NAT-10-1-1@nord ») stands once for each of them, at its place.
    """
    connus = {indicateur.id for registre in droit.registres for indicateur in registre.indicateurs}
    par_volet: dict[str | None, list[Indicateur]] = {}
    for code, propre in contrat.indicateurs_propres.items():
        if code not in connus:
            par_volet.setdefault(propre.volet, []).append(_indicator(code, propre))
    par_site = [cle for cle in contrat.indicateurs if SITE in cle]
    if not par_volet and not par_site:
        return droit
    propres = (_register(volet, indicateurs) for volet, indicateurs in par_volet.items())
    registres = (*droit.registres, *propres)
    if par_site:
        registres = tuple(_by_site(registre, contrat, par_site) for registre in registres)
    return replace(droit, registres=registres)


_PAR_STATUT = {
    Statut.PUBLIC: InstanceMedicale.CME,
    Statut.PRIVE_LUCRATIF: InstanceMedicale.CFME,
}
"""The kinds of establishment that can only have one of the two."""


def name_medical_body(droit: Droit, etablissement: Etablissement) -> Droit:
    """`droit` with the words that its typical actions have for the medical body that there is.

    The catalogues name both; when neither the dossier nor the status tells which, both stay.
    """
    avis = etablissement.avis_medical
    instance = avis.instance if avis else _PAR_STATUT.get(etablissement.statut)
    if instance is None:
        return droit
    plans = {
        nom: plan.model_copy(update={"actions": tuple(a.said_for(instance) for a in plan.actions)})
        for nom, plan in droit.plans_types.items()
    }
    return replace(droit, plans_types=plans)


def contradicts_status(etablissement: Etablissement) -> bool:
    """Whether the dossier names a medical body that this kind of establishment does not have."""
    seule = _PAR_STATUT.get(etablissement.statut)
    avis = etablissement.avis_medical
    return avis is not None and seule is not None and avis.instance is not seule


def _by_site(
    registre: RegistreIndicateurs, contrat: Contrat, cles: list[str]
) -> RegistreIndicateurs:
    """The register, each indicator that is set site by site standing once for each."""
    if registre.famille is Famille.VOLET:
        return registre
    indicateurs: list[Indicateur] = []
    for indicateur in registre.indicateurs:
        siens = [cle for cle in cles if base_code(cle) == indicateur.id]
        if not siens or indicateur.id in contrat.indicateurs:
            indicateurs.append(indicateur)
        indicateurs += [indicateur.model_copy(update={"id": cle}) for cle in siens]
    return registre.model_copy(update={"indicateurs": tuple(indicateurs)})


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
