"""The proposal of an avenant, as the proposal of a contract is: it takes the same path (K9).

CSS, art. D. 162-15, last alinéa: the procedure and the sanction of a refusal are those of the
contract. What examines them, counts their delays and writes their letters reads a dossier: here is
the one where the procedure and the refusals are those of the avenant, cited in its own file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.avenant.situe import Situe, situate, spread
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.charge import Charge

_GARDES = ("reference", "numero_dossier", "regime", "ars", "organisme", "choix")
"""What a proposal, and the decision on a refusal, cite of the contract."""


def proposal_of(affaire: Affaire, avenant: Charge[Avenant]) -> Affaire:
    """The affaire where what is proposed, signed or refused is the avenant.

    Its volets are those that the avenant adds.
    """
    fichier = affaire.dossier.fichier
    racine = situate(fichier)
    assert isinstance(racine.contenu, Mapping)
    contrat = racine.contenu["contrat"]
    assert isinstance(contrat.contenu, Mapping)
    proposee = {cle: v for cle, v in contrat.contenu.items() if cle in _GARDES}
    contenu = {**proposee, "signature": Situe({}, avenant.fichier.source(("numero",)))}
    contenu |= _written(avenant, "procedure", "refus", "signature")
    contenu["volets"] = Situe(_added(avenant), avenant.fichier.source(("modifications",)))
    dossier = {**racine.contenu, "contrat": replace(contrat, contenu=contenu)}
    neuf = spread(replace(racine, contenu=dossier), fichier)
    return replace(
        affaire,
        dossier=Charge(Dossier.model_validate(neuf.donnees), neuf),
        joints=frozenset(),
        appliques=(*affaire.appliques, avenant),
        propose=avenant,
        amende=affaire.dossier,
    )


def _added(avenant: Charge[Avenant]) -> dict[str, Situe]:
    """The volets that the avenant adds, by name."""
    ajoutes = {
        modification.cle.removeprefix("contrat.volets."): rang
        for rang, modification in enumerate(avenant.valeur.modifications)
        if modification.cle.startswith("contrat.volets.") and isinstance(modification.apres, dict)
    }
    return {
        nom: situate(avenant.fichier, ("modifications", rang, "apres"))
        for nom, rang in ajoutes.items()
        if "." not in nom
    }


def _written(avenant: Charge[Avenant], *cles: str) -> dict[str, Situe]:
    """Those of these keys that the avenant fills in."""
    donnees = avenant.fichier.donnees
    assert isinstance(donnees, dict)
    poses = {cle: situate(avenant.fichier, (cle,)) for cle in cles if donnees.get(cle) is not None}
    signature = poses.get("signature")
    if signature is not None and isinstance(signature.contenu, Mapping):
        sans = {cle: v for cle, v in signature.contenu.items() if cle != "originaux"}
        poses["signature"] = replace(signature, contenu=sans)
    return poses
