"""What every formula needs: the contract, the evaluation, the law at its date, the base P."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.errors import DonneesError
from caqes_docs.core.source import Source
from caqes_docs.data.dossier.contrat import Contrat, Dossier
from caqes_docs.data.dossier.etablissement import Etablissement
from caqes_docs.data.dossier.evaluation import Evaluation, EvaluationVolet
from caqes_docs.data.dossier.volets import Volet
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.calcul.fondements import TOTAL
from caqes_docs.law.calcul.noeud import (
    Nature,
    Noeud,
    Operation,
    compute,
    constante,
    entree,
)
from caqes_docs.law.calcul.parametres import legal_parameter
from caqes_docs.law.droit.catalogue import VoletDecrit
from caqes_docs.law.droit.dates import is_running
from caqes_docs.law.droit.droit import Droit, effect_date


@dataclass
class Cadre:
    """One evaluation being worked out; `constats` gathers what keeps an amount from being known."""

    dossier: Charge[Dossier]
    charge: Charge[Evaluation] | None
    """None for what no evaluation decides: a refusal to sign."""
    droit: Droit
    effet: dt.date
    """Date of effect of the contract: it chooses the parameters."""
    constats: list[Constat] = field(default_factory=list)
    niveaux: Mapping[str, Noeud] = field(default_factory=dict)
    """Levels of realisation that a simulation supposes, by volet, in place of those measured."""
    economies: Noeud | None = None
    """The savings that an example supposes, in place of those measured."""
    suspendue: Noeud | None = None
    """What an example supposes of the suspension of sanctions, in place of what the texts say."""

    @property
    def evaluation(self) -> Evaluation:
        """The evaluation."""
        return self.evaluee.valeur

    @property
    def evaluee(self) -> Charge[Evaluation]:
        """The evaluation with its file.

        Raises:
            TypeError: nothing is evaluated.
        """
        if self.charge is None:
            raise TypeError("aucune évaluation")
        return self.charge

    @property
    def contrat(self) -> Contrat:
        """The contract."""
        return self.dossier.valeur.contrat

    @property
    def etablissement(self) -> Etablissement:
        """The establishment."""
        return self.dossier.valeur.etablissement

    def volet(self, nom: str) -> EvaluationVolet:
        """The evaluation of one volet; an empty one when nothing is written."""
        return self.evaluation.volets.get(nom, EvaluationVolet())

    def effect_of(self, nom: str) -> dt.date:
        """The date of effect of a volet, from its own signature; the contract's for the socle."""
        volet = self.contrat.volets.get(nom)
        signature = volet.signature.date_retenue if volet and volet.signature else None
        return self.effet if signature is None else effect_date(signature)

    def in_contract(self, *chemin: str | int) -> str:
        """`file:line:column` in the dossier."""
        return str(self.dossier.fichier.source(("contrat", *chemin)))

    def weight(self, libelle: str, poids: Decimal | None, *chemin: str | int) -> Noeud | None:
        """The weight that the contract gives at `chemin`, if any."""
        if poids is None:
            return None
        return entree(libelle, poids, Nature.TAUX, self.in_contract(*chemin))

    def part_weight(self, part: str, nom: str) -> Noeud | None:
        """The weight of an action or of an obligation in its part of the level of the socle."""
        socle = self.contrat.socle
        choisie = getattr(socle.niveau, part, None) if socle and socle.niveau else None
        poids = choisie.poids.get(nom) if choisie else None
        return self.weight(f"Poids\u00a0: {nom}", poids, "socle", "niveau", part, "poids", nom)

    def in_evaluation(self, *chemin: str | int) -> str:
        """`file:line:column` in the evaluation."""
        return str(self.evaluee.fichier.source(chemin))

    def fault(self, code: str, source: Source, message: str, remede: str) -> None:
        """Note something that keeps an amount from being worked out."""
        self.constats.append(fault(code, source, message, remede))

    def warn(self, code: str, source: Source, message: str, remede: str) -> None:
        """Note something worth a look."""
        self.constats.append(warning(code, source, message, remede))

    def contract_source(self, *chemin: str | int) -> Source:
        """The place in the dossier, or of the nearest parent."""
        return self.dossier.fichier.source(("contrat", *chemin))

    def evaluation_source(self, *chemin: str | int) -> Source:
        """The place in the evaluation, or of the nearest parent."""
        return self.evaluee.fichier.source(chemin)

    def parameter(self, identifiant: str, date: dt.date | None = None) -> Noeud:
        """A parameter of the law at the contract's date of effect, or at `date`.

        Raises:
            DroitError: L-005, L-006 the law does not answer.
        """
        return legal_parameter(self.droit, identifiant, date or self.effet)

    def least_parameter(self, identifiants: Sequence[str], date: dt.date) -> Noeud:
        """The least of the parameters that cap the same thing.

        Raises:
            DroitError: L-005, L-006 the law does not answer.
        """
        noeuds = [self.parameter(identifiant, date) for identifiant in identifiants]
        if len(noeuds) == 1:
            return noeuds[0]
        dernier = noeuds[-1]
        return compute(
            Operation.MINIMUM, "Plafond applicable", dernier.nature, noeuds, dernier.fondement
        )

    @property
    def en_cours(self) -> list[tuple[VoletDecrit, Volet]]:
        """The volets additionnels in force that year, as the library describes them.

        Raises:
            DroitError: the library describes no volet of that name.
        """
        return [
            (self.droit.volet(nom, self.effet), volet)
            for nom, volet in sorted(self.contrat.volets.items())
            if is_running(volet, self.evaluation.annee)
        ]

    @cached_property
    def suspension(self) -> Noeud:
        """Whether sanctions are suspended on the results of that year (X9)."""
        if self.suspendue is not None:
            return self.suspendue
        texte = self.parameter("sanctions/suspendues", dt.date(self.evaluation.annee, 12, 31))
        sol = texte.fondement or TOTAL
        oui = constante("Réponse qui suspend les sanctions", "oui", Nature.TEXTE, sol)
        return compute(
            Operation.EGAL, "Sanctions suspendues cette année", Nature.OUI_NON, (texte, oui), sol
        )

    @property
    def suspension_dite(self) -> str:
        """What is said of a year whose sanctions are suspended, read years later."""
        texte = f" ({self.suspendant})" if self.suspendant else ""
        return f"Les sanctions sont suspendues au titre de {self.evaluation.annee}{texte}."

    @property
    def suspendant(self) -> str | None:
        """The text that suspends the year: the file names it, or the law (X9)."""
        sol = self.suspension.fondement
        cites = (self.droit.textes[nom].libelle for nom in (sol.references if sol else ()))
        return self.evaluation.texte_suspension or ", ".join(cites) or None

    def produits(self, exercice: int | None, source: Source) -> Noeud:
        """P: the products received from the mandatory schemes for the last closed year."""
        rangs = {
            p.exercice: rang for rang, p in enumerate(self.etablissement.produits_assurance_maladie)
        }
        libelle = "Produits reçus des régimes obligatoires d’assurance maladie"
        if exercice is None or exercice not in rangs:
            motif = "produits du dernier exercice clos inconnus"
            return entree(libelle, None, Nature.EURO, str(source), motif=motif)
        rang = rangs[exercice]
        fichier = self.dossier.fichier
        chemin: Chemin = ("etablissement", "produits_assurance_maladie", rang, "montant")
        montant: Decimal = self.etablissement.produits_assurance_maladie[rang].montant
        origine = str(fichier.source(chemin))
        return entree(f"{libelle} (exercice {exercice})", montant, Nature.EURO, origine)

    @cached_property
    def base(self) -> Noeud:
        """P for the evaluated year."""
        return self.produits(self.evaluation.exercice_clos, self.evaluation_source("exercice_clos"))

    def need_base(self) -> Noeud:
        """P for the evaluated year, asked for when it is not known: an amount rests on it."""
        return self.need_produits(self.base, self.evaluation_source("exercice_clos"))

    def need_produits(self, produits: Noeud, source: Source) -> Noeud:
        """The products, asked for at `source` when they are not known."""
        if not produits.is_known:
            exercices = sorted(p.exercice for p in self.etablissement.produits_assurance_maladie)
            annees = ", ".join(map(str, exercices)) or "aucun"
            self.fault(
                "V-020",
                source,
                "Les produits du dernier exercice clos ne sont pas connus\u00a0: la sanction ne "
                "peut pas être calculée.",
                "Donner «\u00a0exercice_clos\u00a0» et les produits de cet exercice dans le "
                f"dossier (exercices renseignés\u00a0: {annees}).",
            )
        return produits


def open_year(
    dossier: Charge[Dossier],
    charge: Charge[Evaluation],
    droit: Droit,
    niveaux: Mapping[str, Noeud] | None = None,
) -> Cadre:
    """The year to work out; `niveaux` are the levels that a simulation supposes, by volet.

    Raises:
        DonneesError: V-050 the contract has no date of effect, or the year is before it.
    """
    signature = dossier.valeur.contrat.signature.date_retenue
    annee = charge.valeur.annee
    if signature is None or effect_date(signature).year > annee:
        raise DonneesError(
            "V-050",
            f"Le contrat n’est pas en vigueur en {annee}, ou sa date de signature manque\u00a0: "
            "rien ne peut être évalué.",
            remede="Corriger l’année évaluée ou la date de signature.",
            source=charge.fichier.source(("annee",)),
        )
    return Cadre(dossier, charge, droit, effect_date(signature), niveaux=niveaux or {})
