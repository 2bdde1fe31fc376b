"""What a contract chooses and nothing would read or print, and what exceeds what the texts know.

Contrat type, art. 6 and 10-6; instruction DSS/A1/CNAMTS/2017/234, IV and annexes 4 to 6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite, fault, warning
from caqes_docs.core.errors import DroitError
from caqes_docs.core.francais import formes
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.indicateurs import SITE, base_code
from caqes_docs.data.dossier.volets import (
    Bareme,
    BaseEconomies,
    Interessement,
    NomBareme,
    Sanction,
    TypeSanction,
    Volet,
    VoletSocle,
)
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml
from caqes_docs.law.caqes_1.annee import PLAFOND_GLOBAL
from caqes_docs.law.caqes_1.objectifs import iter_objectives
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.droit.catalogue import Stipulations, VoletDecrit
from caqes_docs.law.droit.droit import Droit

_BAREMES = {
    NomBareme.SAISIE: frozenset[str](),
    NomBareme.POINTS: frozenset({"parts"}),
    NomBareme.TOUT_OU_RIEN: frozenset({"seuil", "parts"}),
    NomBareme.LINEAIRE: frozenset({"de", "a", "parts"}),
    NomBareme.PALIERS: frozenset({"paliers", "parts"}),
}
"""What each scale reads."""
_SANCTIONS = {
    TypeSanction.MONTANT: ("taux_maximum", "selon_risques"),
    TypeSanction.REDUCTION: ("taux_maximum", "unite"),
    TypeSanction.MSAP: (
        "duree_maximale_mois",
        "arrondi_mois",
        "actes",
        "motif_msap",
        "nombre_actes",
    ),
}
"""What each nature of sanction reads."""

_BASES = {
    BaseEconomies.CIBLE: ("evolutions_tendancielles",),
    BaseEconomies.TENDANCIEL: ("depenses_cibles",),
}
"""What each base of the savings leaves aside."""


def check_choices(affaire: Affaire) -> Iterator[Constat]:
    """V-076: a choice of the contract that no computation and no clause reads."""
    contrat, fichier = affaire.dossier.valeur.contrat, affaire.dossier.fichier
    poses: list[tuple[Chemin, Volet | VoletSocle]] = [
        (("contrat", "volets", nom), volet) for nom, volet in contrat.volets.items()
    ]
    if contrat.socle is not None:
        poses.append((("contrat", SOCLE), contrat.socle))
    for racine, choix in poses:
        for chemin, propos in _idle(choix):
            source = fichier.source((*racine, *chemin))
            yield warning(
                "V-076",
                source,
                f"«\u00a0{chemin[-1]}\u00a0» ne compte pas\u00a0: {propos}.",
                "Le retirer, ou corriger le choix qui l’écarte.",
            )


def _idle(choix: Volet | VoletSocle) -> Iterator[tuple[Chemin, str]]:
    """Where, and why."""
    sanction, interessement = choix.sanction, choix.interessement
    if sanction is not None:
        if isinstance(choix, Volet) and choix.donne_lieu_a_sanction is False:
            yield ("sanction",), "le volet ne donne pas lieu à sanction"
        else:
            yield from _idle_sanction(sanction)
    if interessement is not None:
        yield from _idle_reward(interessement)


def _idle_sanction(sanction: Sanction) -> Iterator[tuple[Chemin, str]]:
    if sanction.type is not None:
        lus = _SANCTIONS[sanction.type]
        for cle in dict.fromkeys(cle for cles in _SANCTIONS.values() for cle in cles):
            if cle not in lus and getattr(sanction, cle) is not None:
                yield ("sanction", cle), f"la sanction est de type «\u00a0{sanction.type}\u00a0»"
    yield from _idle_scale(sanction.bareme, "sanction")


def _idle_reward(interessement: Interessement) -> Iterator[tuple[Chemin, str]]:
    if interessement.prevu is False:
        for cle in Interessement.model_fields:
            if cle != "prevu" and getattr(interessement, cle) not in (None, {}):
                yield ("interessement", cle), "aucun intéressement n’est prévu"
        return
    base = interessement.base_economies
    for cle in _BASES[base] if base else ():
        if getattr(interessement, cle) not in (None, {}):
            propos = f"la base des économies est «\u00a0{base}\u00a0»"
            yield ("interessement", cle), propos
    yield from _idle_scale(interessement.bareme, "interessement")


def _idle_scale(bareme: Bareme | None, clause: str) -> Iterator[tuple[Chemin, str]]:
    if bareme is None:
        return
    for cle in ("seuil", "de", "a", "paliers", "parts"):
        if cle not in _BAREMES[bareme.nom] and getattr(bareme, cle) not in (None, ()):
            yield (clause, "bareme", cle), f"le barème est «\u00a0{bareme.nom}\u00a0»"


@dataclass(frozen=True)
class ChoixPoses:
    """The choices for the socle, or for a volet as the library describes it, and their place."""

    choix: Volet | VoletSocle
    decrit: VoletDecrit | None
    fichier: FichierYaml
    chemin: Chemin
    droit: Droit
    debut: dt.date
    """The date of effect: it chooses the caps."""

    @property
    def admis(self) -> Stipulations | None:
        """What the library says is admissible; None where it says nothing of the socle."""
        return self.decrit or self.droit.socle

    def source(self, *cles: str) -> Source:
        """The place of one choice."""
        return self.fichier.source((*self.chemin, *cles))

    def cap(self, *parametres: str) -> Decimal | None:
        """The least of the parameters; None when the library does not answer: its check says so."""
        try:
            valeurs = [self.droit.parameter(nom, self.debut).valeur for nom in parametres]
        except DroitError:
            return None
        return min((valeur for valeur in valeurs if isinstance(valeur, Decimal)), default=None)


def check_unit(pose: ChoixPoses) -> Iterator[Constat]:
    """V-137: whether a cut of the liste en sus counts in points or as a share (X37)."""
    sanction = pose.choix.sanction
    if sanction is not None and sanction.type is TypeSanction.REDUCTION and not sanction.unite:
        yield unit_untold(pose.source("sanction"))


def unit_untold(source: Source) -> Constat:
    """V-137, of a sanction or of a refusal."""
    return Constat(
        "V-137",
        Gravite.MANQUE,
        source,
        "Rien ne dit si la diminution se compte en points du taux de prise en charge ou en "
        "proportion de cette part\u00a0: les textes disent «\u00a0réduire de 30 % la part prise "
        "en charge\u00a0».",
        "Écrire «\u00a0unite: points\u00a0» ou «\u00a0unite: part\u00a0».",
    )


def check_months(pose: ChoixPoses) -> Iterator[Constat]:
    """V-138: a scale that may give a part of a month, and no rule for whole months (X39)."""
    sanction = pose.choix.sanction
    bareme = sanction.bareme if sanction else None
    if sanction is None or sanction.type is not TypeSanction.MSAP or bareme is None:
        return
    mois = sanction.duree_maximale_mois or 0
    parts = [palier.part * mois for palier in bareme.paliers]
    exact = bareme.nom is NomBareme.TOUT_OU_RIEN or (
        bareme.nom is NomBareme.PALIERS and all(part == int(part) for part in parts)
    )
    if sanction.arrondi_mois is None and not exact:
        yield Constat(
            "V-138",
            Gravite.MANQUE,
            pose.source("sanction"),
            "Le barème peut donner une part de mois, et rien ne dit comment la durée de la mise "
            "sous accord préalable devient un nombre entier de mois.",
            "Écrire «\u00a0arrondi_mois: inferieur\u00a0», «\u00a0superieur\u00a0» ou "
            "«\u00a0proche\u00a0».",
        )


def check_global_cap(affaire: Affaire, droit: Droit, effet: dt.date) -> Iterator[Constat]:
    """V-130: a cap on all sanctions above that of the texts, which a contract may only lower."""
    choisi = affaire.dossier.valeur.contrat.choix.plafond_global_sanctions
    if choisi is None:
        return
    try:
        texte = droit.parameter(PLAFOND_GLOBAL, effet)
    except DroitError:
        return  # the check of the library says so
    if isinstance(texte.valeur, Decimal) and choisi > texte.valeur:
        yield fault(
            "V-130",
            affaire.dossier.fichier.source(("contrat", "choix", "plafond_global_sanctions")),
            f"Le plafond global des sanctions, {formes.taux(choisi)} des produits, dépasse celui "
            f"des textes, {formes.taux(texte.valeur)} ({texte.version.source}).",
            "Fixer un plafond plus bas, ou retirer «\u00a0plafond_global_sanctions\u00a0»\u00a0: "
            "celui des textes s’applique de lui-même.",
        )


def check_site_by_site(affaire: Affaire) -> Iterator[Constat]:
    """D-122: an indicator set for several sites says which, each once."""
    contrat, fichier = affaire.dossier.valeur.contrat, affaire.dossier.fichier
    vus: set[tuple[str, str | None]] = set()
    for cle, pose in contrat.indicateurs.items():
        couple = (base_code(cle), pose.site)
        if SITE in cle and (pose.site is None or couple in vus):
            yield fault(
                "D-122",
                fichier.key_source(("contrat", "indicateurs", cle)),
                f"{base_code(cle)} est posé site par site\u00a0: chaque entrée dit le sien, et "
                "aucun site n’en a deux.",
                "Donner «\u00a0site\u00a0», par exemple {site: …, cibles: …}.",
            )
        vus.add(couple)


def check_sites(affaire: Affaire) -> Iterator[Constat]:
    """D-075: a target of a site that the establishment has not."""
    dossier, fichier = affaire.dossier.valeur, affaire.dossier.fichier
    noms = [site.nom for site in dossier.etablissement.sites]
    poses: list[tuple[Chemin, str | None]] = [
        (("contrat", "indicateurs", code, "site"), pose.site)
        for code, pose in dossier.contrat.indicateurs.items()
    ]
    for nom, volet in dossier.contrat.volets.items():
        poses += [
            (("contrat", "volets", nom, *chemin, "site"), objectif.site)
            for chemin, objectif in iter_objectives(volet)
        ]
    for chemin, site in poses:
        if site is not None and site not in noms:
            yield fault(
                "D-075",
                fichier.source(chemin),
                f"«\u00a0{site}\u00a0» n’est pas un site de l’établissement.",
                close_name(site, noms) or f"Sites\u00a0: {', '.join(noms)}.",
            )
