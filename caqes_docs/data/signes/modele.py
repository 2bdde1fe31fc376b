"""The seal of a signed act: what it was made from, and the digest of each thing that it holds."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic import BaseModel, Field

from caqes_docs.data.lecture.types import Date, Identifiant, Modele, OuiNon, TexteSimple

SCELLE, DOCUMENT, ETAT, ENTREES = "scelle.yaml", "document.json", "etat.json", "entrees"
"""What the folder of a signed act holds."""
CONTRAT = "contrat"


class RedactionRetenue(Modele):
    """A wording that an avenant brought into the contract, from its library."""

    clause: TexteSimple = Field(title="clause")
    version: Date = Field(title="version de la rédaction, par sa date")


class Scelle(Modele):
    """One `scelle.yaml`."""

    acte: Identifiant = Field(title="acte signé (contrat, avenant-1…)")
    dossier: TexteSimple = Field(title="dossier du contrat (FINESS)")
    reference: TexteSimple = Field(title="référence du contrat")
    type: Identifiant = Field(title="type de document")
    signe_le: Date = Field(title="date de signature")
    effet: Date = Field(title="date d’effet")
    exemple: OuiNon = Field(False, title="essai du logiciel\u00a0: aucun acte n’a été signé")
    moteur: TexteSimple = Field(title="version du logiciel")
    document: TexteSimple = Field(title="SHA-256 de l’acte, document.json")
    etat: TexteSimple = Field(title="SHA-256 de ce que dit le contrat ensuite, etat.json")
    base: TexteSimple | None = Field(None, title="SHA-256 de l’état que l’avenant modifie")
    bibliotheque: TexteSimple = Field(title="empreinte de la bibliothèque")
    bibliotheques: dict[str, TexteSimple] = Field(
        {}, title="bibliothèques régionales\u00a0: chemin d’alors, par nom"
    )
    redactions: tuple[RedactionRetenue, ...] = Field((), title="rédactions apportées au contrat")
    volets: tuple[TexteSimple, ...] = Field((), title="volets apportés au contrat")
    entrees: dict[str, TexteSimple] = Field(title="SHA-256 de chaque fichier de données")
    fichiers: dict[str, TexteSimple] = Field(title="SHA-256 de chaque fichier donné à signer")
    retour: TexteSimple | None = Field(None, title="SHA-256 du fichier signé revenu")

    @property
    def numero(self) -> int:
        """The number of the avenant; 0 for the contract."""
        return 0 if self.acte == CONTRAT else int(self.acte.removeprefix("avenant-"))

    @property
    def designation(self) -> str:
        """What a sentence calls the act."""
        return "le contrat" if self.numero == 0 else f"l’avenant n°\u00a0{self.numero}"


def act_name(avenant: int | None) -> str:
    """The name of the folder of an act.

    >>> act_name(None), act_name(2)
    ('contrat', 'avenant-2')
    """
    return f"avenant-{avenant}" if avenant else CONTRAT


def render_scelle(scelle: Scelle) -> bytes:
    """The file of a seal, which reads back as it was."""
    return (
        "# Écrit par « caqes signer ». Ce dossier ne bouge plus : rien ne s’y corrige.\n"
        + "".join(_lines(scelle, ""))
    ).encode()


def _lines(modele: BaseModel, retrait: str) -> Iterator[str]:
    for cle in type(modele).model_fields:
        valeur = getattr(modele, cle)
        if valeur in (None, (), {}, False):
            continue
        if isinstance(valeur, dict):
            yield f"{retrait}{cle}:\n"
            yield from (f"{retrait}  {_text(nom)}: {_text(v)}\n" for nom, v in valeur.items())
        elif isinstance(valeur, tuple) and isinstance(valeur[0], BaseModel):
            yield f"{retrait}{cle}:\n"
            for element in valeur:
                premier, *autres = _lines(element, f"{retrait}    ")
                yield f"{retrait}  - {premier.lstrip()}"
                yield from autres
        elif isinstance(valeur, tuple):
            yield f"{retrait}{cle}: [{', '.join(map(_text, valeur))}]\n"
        else:
            yield f"{retrait}{cle}: {_text('oui' if valeur is True else valeur)}\n"


def _text(valeur: object) -> str:
    return json.dumps(str(valeur), ensure_ascii=False)
