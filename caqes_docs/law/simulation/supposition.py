"""An evaluation supposed rather than written: a copy in memory where some values are replaced.

No file is read or changed. Each supposed value has for place the words that say where it comes
from, so that whatever is worked out from it tells it.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from caqes_docs.core.constats import Constat
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.evaluation import Evaluation
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.messages import findings_of
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml

SANS_EVALUATION = "hypothèses de la simulation"
"""The file that an evaluation which does not exist is said to come from."""

_SUITES = ("procedure", "decision")
"""What follows an evaluation: it answered the amounts as they were, not as supposed."""


@dataclass(frozen=True)
class Supposition:
    """A value put at `chemin`; `source` says where it comes from, in French."""

    chemin: Chemin
    valeur: Donnee
    source: str


@dataclass(frozen=True)
class FichierSuppose(FichierYaml):
    """A file as read, or none, with the values supposed: they have a place of their own."""

    suppositions: Mapping[Chemin, str] = field(default_factory=dict)

    def source(self, chemin: Chemin = ()) -> Source:
        """The place of the value, or the words of the supposition it belongs to."""
        for longueur in range(len(chemin), 0, -1):
            if chemin[:longueur] in self.suppositions:
                return Source(self.suppositions[chemin[:longueur]])
        return FichierYaml.source(self, chemin) if self.positions else Source(self.nom)

    def key_source(self, chemin: Chemin) -> Source:
        """The place of the key; for what is supposed, that of its value."""
        source = self.source(chemin)
        return source if not source.ligne else FichierYaml.key_source(self, chemin)


def suppose(
    affaire: Affaire, annee: int, suppositions: Sequence[Supposition]
) -> tuple[Charge[Evaluation] | None, list[Constat]]:
    """The evaluation of `annee` with these values; None when they do not make one."""
    charge = affaire.evaluations.get(annee)
    donnees: dict[str, Donnee] = {"dossier": affaire.finess, "annee": str(annee)}
    if charge is not None and isinstance(charge.fichier.donnees, dict):
        donnees = copy.deepcopy(charge.fichier.donnees)
    for suite in _SUITES:
        donnees.pop(suite, None)
    for supposition in suppositions:
        _put(donnees, supposition.chemin, supposition.valeur)
    lieux = {supposition.chemin: supposition.source for supposition in suppositions}
    fichier = FichierSuppose(
        charge.fichier.nom if charge else SANS_EVALUATION,
        donnees,
        charge.fichier.positions if charge else {},
        suppositions=lieux,
    )
    try:
        valeur = Evaluation.model_validate(donnees)
    except ValidationError as error:
        return None, findings_of(error, Evaluation, fichier)
    return Charge(valeur, fichier), []


def suppose_contract(
    affaire: Affaire, suppositions: Sequence[Supposition]
) -> tuple[Affaire | None, list[Constat]]:
    """The affaire whose dossier holds these values; None when they do not make one."""
    fichier = affaire.dossier.fichier
    donnees = copy.deepcopy(fichier.donnees)
    assert isinstance(donnees, dict)
    for supposition in suppositions:
        _put(donnees, supposition.chemin, supposition.valeur)
    lieux = {supposition.chemin: supposition.source for supposition in suppositions}
    suppose_ = FichierSuppose(
        fichier.nom,
        donnees,
        fichier.positions,
        fichier.empreinte,
        fichier.contenu,
        fichier.ailleurs,
        lieux,
    )
    try:
        valeur = Dossier.model_validate(donnees)
    except ValidationError as error:
        return None, findings_of(error, Dossier, suppose_)
    return replace(affaire, dossier=Charge(valeur, suppose_)), []


def _put(donnees: dict[str, Donnee], chemin: Chemin, valeur: Donnee) -> None:
    """Put `valeur` at `chemin`, whose blocks are made when they are not there."""
    bloc = donnees
    for rang, cle in enumerate(chemin[:-1]):
        suivant = bloc.get(str(cle))
        if isinstance(suivant, list):
            element = suivant[int(chemin[rang + 1])]
            assert isinstance(element, dict)
            _put(element, chemin[rang + 2 :], valeur)
            return
        if not isinstance(suivant, dict):
            suivant = {}
            bloc[str(cle)] = suivant
        bloc = suivant
    bloc[str(chemin[-1])] = valeur
