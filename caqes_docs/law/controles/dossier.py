"""Checks that compare one dossier with the law and the catalogues; every fault has its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from caqes_docs.core.constats import Constat, Gravite, fault
from caqes_docs.core.errors import DroitError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.contrat import Contrat, IndicateurContrat, PlanActions
from caqes_docs.data.dossier.etablissement import Activite, NiveauSignature, Statut
from caqes_docs.data.dossier.indicateurs import base_code
from caqes_docs.data.dossier.parties import SorteOrganisme
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.controles.bornes import check_bounds
from caqes_docs.law.controles.calendrier import check_calendar
from caqes_docs.law.controles.identite import check_identity
from caqes_docs.law.controles.indicateurs import check_progress
from caqes_docs.law.controles.niveau.contrat import check_levels, check_opening, check_years
from caqes_docs.law.controles.produits import check_products
from caqes_docs.law.controles.stipulations.choix import check_site_by_site, check_sites
from caqes_docs.law.controles.stipulations.portee import check_reach
from caqes_docs.law.controles.stipulations.volets import check_contacts, check_volets
from caqes_docs.law.droit.applicabilite import inapplicable
from caqes_docs.law.droit.catalogue import Famille, Indicateur, TypeIndicateur
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.droit.propres import own_law
from caqes_docs.law.droit.valeurs import EXEMPLES, parse_indicateur


def check_affaire(
    affaire: Affaire, droit: Droit, date_effet: dt.date | None = None
) -> list[Constat]:
    """Every fault of the dossier that its own file cannot show, each once."""
    propre = own_law(droit, affaire.dossier.valeur.contrat)
    dits = [*check_identity(affaire, droit), *_Controle(affaire, propre, date_effet).run()]
    return list(dict.fromkeys(dits))


class _Controle:
    def __init__(self, affaire: Affaire, droit: Droit, date_effet: dt.date | None) -> None:
        self.affaire = affaire
        self.droit = droit
        self.fichier = affaire.dossier.fichier
        self.contrat: Contrat = affaire.dossier.valeur.contrat
        self.etablissement = affaire.dossier.valeur.etablissement
        signature = self.contrat.signature.date_retenue
        self.effet = effect_date(signature) if signature else date_effet

    def run(self) -> Iterator[Constat]:
        yield from self._dates()
        yield from self._sites()
        yield from self._parties()
        yield from self._indicators()
        yield from self._plan()
        yield from check_bounds(self.contrat, self.fichier, ("contrat",))
        yield from check_calendar(self.affaire)
        yield from check_sites(self.affaire)
        yield from check_site_by_site(self.affaire)
        yield from check_contacts(self.affaire, self.droit)
        if self.effet is not None:
            yield from check_volets(self.affaire, self.droit, self.effet)
            yield from check_levels(self.affaire.dossier, self.droit)
            yield from check_opening(self.affaire.dossier)
            yield from check_reach(self.affaire.dossier)
            yield from check_years(self.affaire.dossier)
            yield from check_progress(self.affaire, self.droit, self.effet)

    def _fault(
        self, code: str, chemin: Chemin, message: str, remede: str, *, grave: bool = True
    ) -> Constat:
        gravite = Gravite.ERREUR if grave else Gravite.AVERTISSEMENT
        return Constat(code, gravite, self.fichier.source(chemin), message, remede)

    def _key_fault(self, code: str, chemin: Chemin, message: str, remede: str) -> Constat:
        return fault(code, self.fichier.key_source(chemin), message, remede)

    def _dates(self) -> Iterator[Constat]:
        signature = self.contrat.signature
        dates = signature.dates_des_parties
        if dates is not None and signature.regle is None and len(set(dates.jours)) > 1:
            yield self._fault(
                "D-054",
                ("contrat", "signature", "dates_des_parties"),
                "Les parties signent à des jours différents et rien ne dit quelle date compte.",
                "Ajouter «\u00a0regle: derniere_signature\u00a0» ou «\u00a0regle: "
                "date_fixee\u00a0» (avec «\u00a0date\u00a0»).",
            )
        yield from self._establishment(signature.date_retenue)

    def _establishment(self, signature: dt.date | None) -> Iterator[Constat]:
        """Amounts and dates of the establishment's own block."""
        yield from check_products(self.affaire)
        avis = self.etablissement.avis_medical
        if avis and avis.date and signature and avis.date > signature:
            yield self._fault(
                "D-073",
                ("etablissement", "avis_medical", "date"),
                "L’avis médical serait postérieur à la signature du contrat qui le vise.",
                "Corriger l’une des deux dates.",
            )
        cpom = self.etablissement.cpom
        if cpom and cpom.date_debut and cpom.date_fin and cpom.date_fin < cpom.date_debut:
            yield self._fault(
                "D-056",
                ("etablissement", "cpom", "date_fin"),
                "Le CPOM finit avant d’avoir commencé.",
                "Corriger l’une des deux dates.",
            )
        if self.effet is None:
            return
        try:
            self.droit.regime(self.contrat.regime.value, self.effet)
        except DroitError as error:
            chemin: Chemin = ("contrat", "signature", "date")
            yield self._fault(
                "D-055", chemin, error.message, "Corriger la date de signature ou le régime."
            )
            self.effet = None  # one fault, not one more for each indicator of the dossier

    def _sites(self) -> Iterator[Constat]:
        vus = {self.etablissement.finess: "de l’entité juridique"}
        for rang, site in enumerate(self.etablissement.sites):
            if site.finess in vus:
                yield self._fault(
                    "D-057",
                    ("etablissement", "sites", rang, "finess"),
                    f"Le FINESS {site.finess} est déjà celui {vus[site.finess]}.",
                    "Corriger l’un des deux numéros.",
                )
            vus.setdefault(site.finess, f"du site {rang + 1}")
        if Activite.USLD in self.etablissement.activites:
            yield self._fault(
                "D-070",
                ("etablissement", "sites"),
                "Le préambule du contrat type ne nomme pas les USLD\u00a0; l’instruction "
                "les y soumet.",
                "Rien à faire\u00a0: le contrat porte la mention\u00a0; à vérifier par le juriste.",
                grave=False,
            )

    def _parties(self) -> Iterator[Constat]:
        sorte = self.affaire.organisme.valeur.sorte
        armees = self.etablissement.statut is Statut.ARMEES
        if armees != (sorte is SorteOrganisme.CNMSS):
            yield self._fault(
                "D-058",
                ("contrat", "organisme"),
                "Un hôpital d’instruction des armées signe avec la CNMSS, et lui seul.",
                "Corriger l’organisme signataire ou le statut de l’établissement.",
            )
        if (
            self.etablissement.statut is Statut.PUBLIC
            and self.etablissement.niveau_signature is NiveauSignature.SITE
        ):
            yield self._fault(
                "D-059",
                ("etablissement", "niveau_signature"),
                "Un établissement public signe au niveau de l’entité juridique.",
                "Écrire «\u00a0niveau_signature: entite_juridique\u00a0».",
            )

    def _indicators(self) -> Iterator[Constat]:
        if self.effet is None:
            return
        catalogue = self.droit.indicators(self.effet)
        for code, pose in self.contrat.indicateurs.items():
            chemin: Chemin = ("contrat", "indicateurs", code)
            indicateur = catalogue.get(code)
            if indicateur is None:
                yield self._key_fault(
                    "D-052",
                    chemin,
                    f"L’indicateur «\u00a0{code}\u00a0» n’est pas au catalogue à la date d’effet.",
                    close_name(code, catalogue) or "Corriger le code, ou l’ajouter au catalogue.",
                )
                continue
            if pose.reference is not None:
                yield from self._value(
                    pose.reference.valeur, indicateur, (*chemin, "reference", "valeur")
                )
            for annee, valeur in pose.cibles.items():
                yield from self._value(valeur, indicateur, (*chemin, "cibles", str(annee)))
            yield from self._posed(code, pose, indicateur, chemin)
            if pose.sans_objet is not None and any(pose.cibles.values()):
                yield self._fault(
                    "D-064",
                    (*chemin, "sans_objet"),
                    f"L’indicateur {code} est à la fois sans objet et assorti d’une cible.",
                    "Garder l’un des deux\u00a0: rien ne dit lequel fait foi.",
                )
            if pose.coefficient is not None and not 0 <= pose.coefficient <= 1:
                yield self._fault(
                    "D-061",
                    (*chemin, "coefficient"),
                    "Un coefficient se situe entre 0 % et 100 %.",
                    "Corriger le coefficient.",
                )

    def _posed(
        self, code: str, pose: IndicateurContrat, indicateur: Indicateur, chemin: Chemin
    ) -> Iterator[Constat]:
        """An indicator that cannot apply."""
        motif = inapplicable(indicateur, self.etablissement)
        if motif is not None and pose.sans_objet is None and not pose.is_blank():
            yield self._key_fault(
                "D-066",
                chemin,
                f"L’indicateur {code} ne peut pas s’appliquer\u00a0: {motif}.",
                "Donner «\u00a0sans_objet\u00a0» et le motif, ou corriger les activités.",
            )

    def _value(
        self, valeur: str | None, indicateur: Indicateur, chemin: Chemin
    ) -> Iterator[Constat]:
        if valeur is None:
            return
        try:
            lue = parse_indicateur(valeur, indicateur.unite)
            part = indicateur.type is TypeIndicateur.RATIO
            if part and isinstance(lue, Decimal) and not 0 <= lue <= 1:
                yield self._fault(
                    "D-068",
                    chemin,
                    f"{indicateur.id} est une part\u00a0: «\u00a0{valeur}\u00a0» n’est pas entre "
                    "0 % et 100 %.",
                    "Corriger la valeur.",
                )
        except ValueError:
            yield self._fault(
                "D-053",
                chemin,
                f"«\u00a0{valeur}\u00a0» n’est pas une valeur de l’indicateur {indicateur.id}.",
                f"Écrire {EXEMPLES[indicateur.unite]}.",
            )

    def _plan(self) -> Iterator[Constat]:
        plan = self.contrat.plan_actions
        if plan is None:
            return
        types = {nom: p for nom, p in self.droit.plans_types.items() if p.volet is None}
        racine: Chemin = ("contrat", "plan_actions")
        for rang, nom in enumerate(plan.types):
            if nom not in types:
                yield self._fault(
                    "D-062",
                    (*racine, "types", rang),
                    f"Le plan d’actions type «\u00a0{nom}\u00a0» n’existe pas.",
                    close_name(nom, types) or f"Plans connus\u00a0: {', '.join(types)}.",
                )
        actions = {action.id for nom in plan.types if nom in types for action in types[nom].actions}
        cites = [
            ((*racine, "retirer", rang, "action"), retrait.action)
            for rang, retrait in enumerate(plan.retirer)
        ] + [((*racine, "adapter", nom), nom) for nom in plan.adapter]
        for chemin, nom in cites:
            if nom not in actions and types.keys() >= set(plan.types):
                yield self._key_fault(
                    "D-063",
                    chemin,
                    f"L’action «\u00a0{nom}\u00a0» n’est dans aucun des plans types repris.",
                    close_name(nom, actions) or "Corriger le numéro de l’action.",
                )
        yield from self._action_indicators()
        yield from self._unmeasured(plan)
        yield from self._added(plan, actions)

    def _added(self, plan: PlanActions, actions: set[str]) -> Iterator[Constat]:
        """Actions of the establishment's own: a number of their own, an article that exists."""
        vus = set(actions)
        articles = {
            action.article
            for modele in self.droit.plans_types.values()
            if modele.volet is None
            for action in modele.actions
        } | {indicateur.article for r in self.droit.registres for indicateur in r.indicateurs}
        for rang, action in enumerate(plan.ajouter):
            chemin: Chemin = ("contrat", "plan_actions", "ajouter", rang)
            if action.id in vus:
                yield self._fault(
                    "D-069",
                    (*chemin, "id"),
                    f"Le numéro d’action {action.id} est déjà pris.",
                    "Donner à l’action ajoutée un numéro à elle.",
                )
            vus.add(action.id)
            if action.article not in articles:
                yield self._fault(
                    "D-072",
                    (*chemin, "article"),
                    f"Aucun engagement ne relève de l’article «\u00a0{action.article}\u00a0».",
                    close_name(action.article, articles)
                    or f"Articles\u00a0: {', '.join(sorted(articles))}.",
                )

    def _unmeasured(self, plan: PlanActions) -> Iterator[Constat]:
        """A typical action none of whose indicators is held by the contract measures nothing."""
        if self.effet is None or not self.contrat.indicateurs:
            return
        retires = {retrait.action for retrait in plan.retirer}
        tenus = {
            base_code(code)
            for code, indicateur in self.droit.indicators(self.effet).items()
            if self._is_held(code, indicateur)
        }
        for nom in plan.types:
            modele = self.droit.plans_types.get(nom)
            for action in modele.actions if modele else ():
                if (
                    action.id in retires
                    or not action.indicateurs
                    or set(action.indicateurs) & tenus
                ):
                    continue
                rang = plan.types.index(nom)
                yield self._fault(
                    "D-071",
                    ("contrat", "plan_actions", "types", rang),
                    f"L’action {action.id} n’a plus d’indicateur\u00a0: le contrat n’en retient "
                    f"aucun ({', '.join(action.indicateurs)}).",
                    "Retenir l’un d’eux sous «\u00a0indicateurs\u00a0», ou retirer l’action.",
                    grave=False,
                )

    def _is_held(self, code: str, indicateur: Indicateur) -> bool:
        pose = self.contrat.indicateurs.get(code)
        if pose is not None and not pose.is_blank():
            return pose.sans_objet is None
        nationaux = self.droit.family(code) is Famille.NATIONAL
        return nationaux and inapplicable(indicateur, self.etablissement) is None

    def _action_indicators(self) -> Iterator[Constat]:
        plan = self.contrat.plan_actions
        if plan is None or self.effet is None:
            return
        catalogue = {base_code(code) for code in self.droit.indicators(self.effet)}
        for rang, action in enumerate(plan.ajouter):
            for place, code in enumerate(action.indicateurs):
                if code not in catalogue:
                    yield self._fault(
                        "D-052",
                        ("contrat", "plan_actions", "ajouter", rang, "indicateurs", place),
                        f"L’indicateur «\u00a0{code}\u00a0» n’est pas au catalogue à la "
                        "date d’effet.",
                        close_name(code, catalogue) or "Corriger le code.",
                    )
