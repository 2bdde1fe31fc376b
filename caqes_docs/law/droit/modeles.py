"""The shapes of the law held by the library: texts, terms, regimes, parameters.

Every value has its dates, its citation and its certainty; nothing answers outside its dates.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from fnmatch import fnmatchcase

from pydantic import Field

from caqes_docs.core.comparaison import Operateur
from caqes_docs.core.periode import Periode
from caqes_docs.data.dossier.suivi import Quand
from caqes_docs.data.lecture.types import (
    Date,
    Identifiant,
    Modele,
    OuiNon,
    TexteLong,
    TexteSimple,
)


class Certitude(enum.StrEnum):
    """How well a statement of law is known."""

    TEXTE = "texte"
    INSTRUCTION = "instruction"
    SECONDAIRE = "secondaire"
    DEDUCTION = "deduction"

    @property
    def libelle(self) -> str:
        """The word printed in an act."""
        return "déduction" if self is Certitude.DEDUCTION else self.value


class Unite(enum.StrEnum):
    """Units of the parameters."""

    EURO = "euro"
    TAUX = "taux"
    NOMBRE = "nombre"
    JOUR = "jour"
    MOIS = "mois"
    TEXTE = "texte"


class PeriodeDroit(Modele):
    """A period as written in the library."""

    du: Date = Field(title="premier jour")
    au: Date | None = Field(None, title="dernier jour")

    @property
    def periode(self) -> Periode:
        """The same as a `Periode`."""
        return Periode(self.du, self.au)


class TexteCite(Modele):
    """A text of law, or one of its articles, that clauses may cite."""

    id: TexteSimple = Field(title="identifiant du texte")
    court: TexteSimple = Field(title="numéro")
    libelle: TexteSimple = Field(title="libellé complet")
    en_vigueur: PeriodeDroit = Field(title="période pendant laquelle le texte peut être cité")
    certitude: Certitude = Field(title="certitude")
    source: TexteSimple = Field(title="source")
    url: TexteSimple | None = Field(None, title="adresse publique")
    remarque: TexteLong | None = Field(None, title="remarque")


class RegistreTextes(Modele):
    """One file of `droit/textes/`."""

    code: Identifiant = Field(title="code")
    nom: TexteSimple = Field(title="nom")
    textes: tuple[TexteCite, ...] = Field(title="textes")


class ValeurTerme(Modele):
    """What a thing is called during a period."""

    du: Date = Field(title="premier jour")
    au: Date | None = Field(None, title="dernier jour")
    texte: TexteSimple = Field(title="nom, sans article")
    defini: TexteSimple | None = Field(None, title="nom avec l’article défini")
    de: TexteSimple | None = Field(None, title="nom précédé de « de »")
    a: TexteSimple | None = Field(None, title="nom précédé de « à »")
    references: tuple[TexteSimple, ...] = Field((), title="références")
    certitude: Certitude = Field(title="certitude")
    source: TexteSimple = Field(title="source")
    remarque: TexteLong | None = Field(None, title="remarque")

    @property
    def en_vigueur(self) -> Periode:
        """The period of the name."""
        return Periode(self.du, self.au)


class Terme(Modele):
    """A thing whose name changes with the date."""

    id: Identifiant = Field(title="identifiant du terme")
    description: TexteLong = Field(title="description")
    valeurs: tuple[ValeurTerme, ...] = Field(title="valeurs datées")


class RegistreTermes(Modele):
    """`droit/termes.yaml`."""

    termes: tuple[Terme, ...] = Field(title="termes")


class RegimeDroit(Modele):
    """A regime of the contract and the dates of effect it admits."""

    id: Identifiant = Field(title="identifiant du régime")
    libelle: TexteSimple = Field(title="libellé")
    effet: PeriodeDroit = Field(title="dates d’effet possibles")
    premiers_actes: Date | None = Field(
        None, title="premier jour des actes qui préparent les contrats (proposition, refus)"
    )
    volets: tuple[Identifiant, ...] = Field(title="volets")
    references: tuple[TexteSimple, ...] = Field((), title="références")
    certitude: Certitude = Field(title="certitude")
    source: TexteSimple = Field(title="source")
    remarque: TexteLong | None = Field(None, title="remarque")


class RegistreRegimes(Modele):
    """`droit/regimes.yaml`."""

    regimes: tuple[RegimeDroit, ...] = Field(title="régimes")


class ValeurParametre(Modele):
    """A dated value with its citation."""

    du: Date = Field(title="premier jour")
    au: Date | None = Field(None, title="dernier jour")
    valeur: TexteSimple = Field(title="valeur")
    operateur: Operateur | None = Field(None, title="opérateur, quand la valeur est un seuil")
    connu_le: Date | None = Field(None, title="jour où la valeur est devenue publique")
    references: tuple[TexteSimple, ...] = Field(title="références")
    certitude: Certitude = Field(title="certitude")
    source: TexteSimple = Field(title="source")
    fictif: OuiNon | None = Field(None, title="valeur d’exemple")
    remarque: TexteLong | None = Field(None, title="remarque")

    @property
    def en_vigueur(self) -> Periode:
        """The period of the value."""
        return Periode(self.du, self.au)


class Parametre(Modele):
    """A quantity fixed by a text, by period."""

    id: TexteSimple = Field(title="identifiant du paramètre")
    description: TexteLong = Field(title="description")
    regle: TexteSimple | None = Field(None, title="règle du recueil")
    unite: Unite = Field(title="unité")
    indicateur: Identifiant | None = Field(None, title="indicateur dont c’est le taux cible")
    valeurs: tuple[ValeurParametre, ...] = Field(title="valeurs datées")
    verifie_le: Date = Field(title="dernière relecture")
    remarque: TexteLong | None = Field(None, title="remarque")


class FondementDroit(Modele):
    """On what a step of the computations stands; jurists correct it."""

    id: TexteSimple = Field(title="règle et étape")
    source: TexteSimple = Field(title="texte, article, paragraphe")
    references: tuple[TexteSimple, ...] = Field(title="références")
    certitude: Certitude = Field(title="certitude")


class RegistreFondements(Modele):
    """`droit/fondements.yaml`."""

    fondements: tuple[FondementDroit, ...] = Field(title="fondements")


class DetenteurDonnee(Modele):
    """Who usually knows the data of a path; `*` stands for any letters of one part of it."""

    id: TexteSimple = Field(title="données")
    qui: TexteLong = Field(title="qui les connaît")

    def covers(self, parties: Sequence[str]) -> bool:
        """Whether the path whose parts are `parties` lies at or below this one."""
        motif = self.id.split(".")
        return len(motif) <= len(parties) and all(map(fnmatchcase, parties, motif))


class RegistreDetenteurs(Modele):
    """`droit/detenteurs.yaml`."""

    detenteurs: tuple[DetenteurDonnee, ...] = Field(title="détenteurs")


class PorteSur(enum.StrEnum):
    """The year that the data of a delivery describe, seen from the year N of the calendar."""

    PRECEDENTE = "N-1"
    COURANTE = "N"


class DonneeTransmise(Modele):
    """A datum that the agency or the health insurance transmits, and when."""

    id: Identifiant = Field(title="identifiant de la donnée")
    volet: Identifiant = Field(title="volet")
    libelle: TexteSimple = Field(title="libellé")
    producteur: TexteSimple = Field(title="producteur")
    periode: TexteSimple = Field(title="période de diffusion")
    quand: Quand | None = Field(None, title="mois de la diffusion")
    porte_sur: PorteSur | None = Field(None, title="année des données (N-1 ou N)")
    autoevaluation: OuiNon | None = Field(
        None, title="rapport d’autoévaluation de l’établissement (oui ou non)"
    )
    liste_en_sus: OuiNon | None = Field(
        None, title="ne concerne que les utilisateurs de la liste en sus (oui ou non)"
    )
    en_vigueur: PeriodeDroit = Field(title="période de validité")
    source: TexteSimple = Field(title="source")
    remarque: TexteLong | None = Field(None, title="remarque")

    def calendar_year(self, annee: int) -> int | None:
        """The year N whose delivery describes `annee`; None for what follows no year."""
        if self.porte_sur is None:
            return None
        return annee + (self.porte_sur is PorteSur.PRECEDENTE)

    def holds(self, date: dt.date) -> bool:
        """Whether the line belongs to the calendar at `date`."""
        return self.en_vigueur.periode.holds(date)


class Calendrier(Modele):
    """`catalogues/calendrier.yaml`."""

    donnees: tuple[DonneeTransmise, ...] = Field(title="données transmises")


class NomDivision(Modele):
    """What a heading without a number is called in a sentence."""

    titre: TexteSimple = Field(title="titre")
    nom: TexteSimple = Field(title="nom, article compris")


class FormulesAvenant(Modele):
    """`catalogues/formules.yaml`: the words of amending formulas that a jurist may choose."""

    stipulations: TexteSimple = Field("stipulations", title="stipulations, ou dispositions")
    supprime: TexteSimple = Field("supprimé", title="supprimé, ou abrogé")
    jointe: TexteSimple = Field("jointe au présent avenant", title="où est une annexe nouvelle")
    couverture: TexteSimple = Field("la page de garde", title="nom de la première page")
    entete: TexteSimple = Field("l’en-tête du contrat", title="nom de ce qui précède les titres")
    noms: tuple[NomDivision, ...] = Field((), title="noms des divisions sans numéro")
