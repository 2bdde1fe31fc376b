"""The rows of the identity table gathered by legal entity, with what they say and what they do not.

An entity contracts with one agency for its sites of that region: the sites of other regions are
named, never mixed in. What rests on a rule and not on the table alone is a note « à vérifier »; the
name and the address of a site that does not itself sign are proposals, which no contract prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.core.source import Source
from caqes_docs.data.dossier.etablissement import NiveauSignature, Statut
from caqes_docs.data.finess import codes
from caqes_docs.data.finess.modeles import AdresseFiness, EntiteFiness, SiteFiness, ValeurProposee
from caqes_docs.data.finess.table import LigneFiness, TableFiness


@dataclass(frozen=True)
class Portee:
    """Which entities are wanted: those with a site in one of these regions or départements."""

    regions: frozenset[str]
    departements: frozenset[str]

    def holds(self, ligne: LigneFiness) -> bool:
        """Whether the row is in the scope."""
        departement = codes.departement_insee(ligne.departement)
        return ligne.region in self.regions or departement in self.departements


def build_entites(
    table: TableFiness, portee: Portee
) -> tuple[tuple[EntiteFiness, ...], list[Constat]]:
    """The entities in the scope, in the order of their numbers, and the findings about them."""
    groupes: dict[str, list[LigneFiness]] = {}
    for ligne in table.lignes:
        groupes.setdefault(ligne.finess_juridique, []).append(ligne)
    entites: list[EntiteFiness] = []
    constats: list[Constat] = []
    for finess in sorted(groupes):
        voulues = [ligne for ligne in groupes[finess] if portee.holds(ligne)]
        if not voulues:
            continue
        fabrique = _Entite(table.nom, groupes[finess], voulues)
        entite = fabrique.build()
        constats.extend(fabrique.constats)
        if entite is not None:
            entites.append(entite)
    return tuple(entites), constats


class _Entite:
    """The facts of one entity. `lignes` are its rows of the region, the entity's own set apart."""

    def __init__(
        self, nom: str, toutes: Sequence[LigneFiness], voulues: Sequence[LigneFiness]
    ) -> None:
        self.nom = nom
        self.toutes = toutes
        self.finess = toutes[0].finess_juridique
        self.region = _main_region(voulues)
        self.lignes = [ligne for ligne in toutes if ligne.region == self.region]
        self.propre = next((ligne for ligne in toutes if ligne.est_entite), None)
        self.sites = sorted(
            (ligne for ligne in self.lignes if not ligne.est_entite), key=lambda s: s.finess
        )
        self.principale = min(self.lignes, key=_rank)
        self.notes: dict[str, str] = {}
        self.propositions: dict[str, ValeurProposee] = {}
        self.constats: list[Constat] = []

    def build(self) -> EntiteFiness | None:
        statut = self._statut()
        if statut is None:
            return None
        self._other_regions()
        niveau = codes.NIVEAUX[statut]
        if niveau is NiveauSignature.SITE and len(self.sites) > 1 and statut is not Statut.ARMEES:
            self.notes["niveau_signature"] = (
                "l’entité a plusieurs sites\u00a0; le contrat se signe là où est la "
                "personnalité juridique"
            )
        return EntiteFiness(
            finess=self.finess,
            region=self.region,
            departement=self._departement(),
            raison_sociale=self._raison_sociale(niveau),
            siren=self._siren(),
            statut=statut,
            detail_statut=self._detail(),
            niveau=niveau,
            categorie=_only(codes.CATEGORIES.get(site.categorie) for site in self.sites),
            adresse=self._adresse(niveau),
            sites=tuple(_site(ligne) for ligne in self.sites),
            notes=self.notes,
            propositions=self.propositions,
            lignes=len(self.lignes),
        )

    def _statut(self) -> Statut | None:
        trouves = [find_statut(ligne) for ligne in self.lignes]
        surs = [statut for statut in trouves if statut is not None]
        if not surs:
            self._fault(
                "D-085",
                self.principale,
                f"Le statut de l’entité {self.finess} ne se déduit pas de ses codes (statut "
                "juridique "
                f"{self.principale.statut_juridique}, ESPIC {self.principale.espic})\u00a0: "
                "elle n’est pas importée.",
                "Corriger la table, ou écrire ce dossier à la main.",
            )
            return None
        statut = surs[0]
        if len(set(trouves)) > 1:
            statut = self._mixed(surs)
            self._fault(
                "D-085",
                self.principale,
                f"Les sites de l’entité {self.finess} n’ont pas tous le même statut\u00a0: "
                f"«\u00a0{statut.value}\u00a0» est retenu.",
                "Vérifier «\u00a0statut\u00a0» dans le dossier.",
                Gravite.AVERTISSEMENT,
            )
            self.notes["statut"] = "les sites n’ont pas tous le même dans la table"
        return statut

    def _mixed(self, surs: Sequence[Statut]) -> Statut:
        """An ESPIC is a private non-profit body: that name is true of both. Else, the majority."""
        if set(surs) == {Statut.ESPIC, Statut.PRIVE_NON_LUCRATIF}:
            return Statut.PRIVE_NON_LUCRATIF
        nombres = Counter(surs)
        principal = find_statut(self.principale)
        return max(nombres, key=lambda s: (nombres[s], s is principal, s.value))

    def _detail(self) -> str:
        reference = self.propre or self.principale
        stj, espic = reference.statut_juridique, reference.espic
        libelle = codes.STATUTS_JURIDIQUES.get(stj, "libellé inconnu")
        return (
            f"statut juridique {stj}, {libelle}\u00a0; ESPIC {espic}, "
            f"{codes.ESPIC.get(espic, 'libellé inconnu')}"
        )

    def _raison_sociale(self, niveau: NiveauSignature) -> str | None:
        """The entity's own; that of its only site when the site itself signs."""
        if self.propre is not None:
            return self.propre.nom
        if niveau is NiveauSignature.SITE and len(self.toutes) == 1:
            self.notes["raison_sociale"] = (
                "nom du seul site de la table, qui ne donne pas celui de l’entité juridique"
            )
            return self.principale.nom
        self._propose("raison_sociale", self.principale.nom)
        return None

    def _propose(self, cle: str, valeur: str) -> None:
        self.propositions[cle] = ValeurProposee(valeur, self.principale.finess, len(self.toutes))

    def _siren(self) -> str | None:
        """The entity's own, else the one that the SIRET of all its sites begin with."""
        if self.propre is not None and self.propre.siren is not None:
            return self.propre.siren
        return _only(ligne.siren for ligne in self.toutes if ligne.siren is not None)

    def _adresse(self, niveau: NiveauSignature) -> AdresseFiness | None:
        """That of the seat; that of the only site when the site itself signs."""
        if self.propre is not None:
            return _adresse(self.propre)
        adresse = _adresse(self.principale) if len(self.toutes) == 1 else None
        if adresse is None:
            return None
        if niveau is NiveauSignature.SITE:
            self.notes["adresse"] = "adresse du seul site de la table"
            return adresse
        self._propose("adresse", adresse.en_ligne)
        return None

    def _departement(self) -> str:
        presents = {codes.departement_insee(ligne.departement) for ligne in self.lignes}
        prefixe = self.finess[:2]
        if prefixe in presents:
            return prefixe
        return codes.departement_insee(self.principale.departement)

    def _other_regions(self) -> None:
        autres = Counter(ligne.region for ligne in self.toutes if ligne.region != self.region)
        if autres:
            detail = ", ".join(
                f"{nombre} en {codes.REGIONS.get(region, region)}"
                for region, nombre in sorted(autres.items())
            )
            self._fault(
                "D-089",
                self.principale,
                f"L’entité {self.finess} a aussi des sites dans d’autres régions, laissés de "
                f"côté\u00a0: {detail}.",
                "Chaque agence conclut le contrat pour les sites de sa région.",
                Gravite.AVERTISSEMENT,
            )

    def _fault(
        self,
        code: str,
        ligne: LigneFiness,
        message: str,
        remede: str,
        gravite: Gravite = Gravite.ERREUR,
    ) -> None:
        self.constats.append(
            Constat(code, gravite, Source(self.nom, ligne.numero), message, remede)
        )


def find_statut(ligne: LigneFiness) -> Statut | None:
    """The status that the codes of a row decide, if they do."""
    if ligne.categorie == codes.HOPITAL_DES_ARMEES:
        return Statut.ARMEES
    return codes.STATUTS.get((ligne.groupe, ligne.espic))


def _main_region(lignes: Sequence[LigneFiness]) -> str:
    """The region with most rows; the lowest code when two have as many."""
    nombres = Counter(ligne.region for ligne in lignes)
    return min(nombres, key=lambda region: (-nombres[region], region))


def _rank(ligne: LigneFiness) -> tuple[bool, int, str]:
    """The main site: in the entity's own département, of the leading category, of lowest number."""
    rangs = {categorie: rang for rang, categorie in enumerate(codes.PRINCIPALES)}
    return (
        ligne.departement != ligne.finess_juridique[:2],
        rangs.get(ligne.categorie, len(rangs)),
        ligne.finess,
    )


def _only(valeurs: Iterable[str | None]) -> str | None:
    """The value that all share, if they do."""
    differentes = set(valeurs)
    return differentes.pop() if len(differentes) == 1 else None


def _site(ligne: LigneFiness) -> SiteFiness:
    return SiteFiness(
        ligne.finess,
        ligne.nom,
        ligne.complement,
        ligne.siret,
        _adresse(ligne),
        codes.CATEGORIES.get(ligne.categorie),
        codes.ACTIVITES.get(ligne.categorie),
    )


def _adresse(ligne: LigneFiness) -> AdresseFiness | None:
    numero, sorte, nom = ligne.voie
    voie = " ".join(mot for mot in (numero, codes.VOIES.get(sorte, sorte), nom) if mot)
    avant, apres = ligne.complements_adresse
    lignes = tuple(texte for texte in (avant, voie, apres) if texte)
    commune = ligne.commune or None
    if not lignes and ligne.code_postal is None and commune is None:
        return None
    return AdresseFiness(lignes, ligne.code_postal, commune)
