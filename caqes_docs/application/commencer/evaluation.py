"""Begin the evaluation of a year: one file per contract, with all that the contract asks for.

What is asked is what the engine reads: the indicators and the actions of the contract, and the
objectives, the actions and the choices of each volet in force that year.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.application.commencer.nouveau import quoted, refuse_existing, write_schemas
from caqes_docs.application.projet import Projet
from caqes_docs.application.selection import select
from caqes_docs.application.sorties import prepare_folder, write_whole
from caqes_docs.assembly.contrat.indicateurs import resolve_indicateurs, resolve_plan
from caqes_docs.assembly.contrat.vocabulaire import LigneIndicateur, LigneObjectif, LigneVolet
from caqes_docs.assembly.evaluation.cadre import resolve_cadre
from caqes_docs.assembly.evaluation.vocabulaire_rapport import CadreResolu
from caqes_docs.core.errors import UsageError
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.risques import CompteRisques
from caqes_docs.data.dossier.volets import Bareme, BaseNiveau, NomBareme
from caqes_docs.law.avenant.chaine import state_of_year
from caqes_docs.law.caqes_1.economies import rests_on_savings
from caqes_docs.law.controles.coherence import are_risks_appreciated, is_modulation_read
from caqes_docs.law.droit.catalogue import Indicateur, ModeleVolet, TypeIndicateur
from caqes_docs.law.droit.droit import Droit, effect_date
from caqes_docs.law.droit.propres import own_law
from caqes_docs.redaction.langage.vues import Lieu

_FORMES = {
    TypeIndicateur.RATIO: "{numerateur: , denominateur: }",
    TypeIndicateur.EVOLUTION: "{montant_n: , montant_n_1: , perimetre: }",
    TypeIndicateur.COMPOSITE: "{elements: []}",
}
_VALEUR = "{valeur: }"
_EN_TETE = """\
# yaml-language-server: $schema=../.schemas/evaluation.schema.json
#
# Remplir ce qui suit chaque deux-points. Une mesure impossible s’écrit « indisponible: », puis
# le motif :
#   CODE: {indisponible: "Recueil interrompu de mars à juin"}
# Une valeur publiée remplace numérateur et dénominateur, ou les deux montants :
#   CODE: {valeur: 81 %}
# « preuve: » et « donnees: » disent d’où vient le résultat. Ce qui est facultatif est en
# commentaire, ou s’ajoute entre les accolades.
"""
_DEBUT = """\
# Dernier exercice clos : il donne les produits de l’assurance maladie qui servent d’assiette.
exercice_clos:
# Date de l’évaluation, puis date d’arrêté des données et livraisons utilisées.
date:
donnees:
  arretees_le:
  # Une livraison : {producteur: "ATIH", donnees: "PMSI", version: "juillet", recue_le: 2020-07-08}
  livraisons: []
autoevaluation:
  recue_le:
  # synthese:
# contexte:
"""
_FIN = """\
# Procédure (CSS, art. D. 162-16) : une étape qui n’est pas faite reste vide. « recue_le » est le
# jour que prouve l’accusé de réception : il ouvre le délai de l’établissement.
procedure:
  # Un mois pour demander à être entendu ou présenter ses observations :
  #   audition: {demandee_le: , convoquee_le: , tenue_le: , resume: , reponse: }
  #   observations: [{recue_le: , texte: , reponse: }]
  # Un envoi peut aussi dire son mode et son numéro : mode: lettre_recommandee, numero_envoi: "…"
  rapport: {date: , recue_le: }
  # Sens d’un avis : favorable, favorable avec réserves ou défavorable.
  avis_notification: {demande_le: , attendu_le: , rendu_le: , sens: }
  # Dans les deux mois qui suivent ; quinze jours pour répondre, ou un mois si une mise sous accord
  # préalable est envisagée, dont la notification donne les actes (actes_envisages: ["…"]).
  notification: {numero: , date: , recue_le: }
  avis_decision: {demande_le: , attendu_le: , rendu_le: , sens: }
  information: {organisme_le: , controle_medical_le: , caisse_le: }

# Le directeur général décide. Sa décision se remplit à la fin, en ôtant le dièse :
# decision:
#   numero:
#   date:
#   mode:
#   recue_le:
#   volets:
"""


@dataclass(frozen=True)
class EvaluationsCreees:
    """What was begun, and the dossiers for which nothing was to be done."""

    fichiers: tuple[Path, ...]
    existantes: tuple[str, ...]
    hors_annee: tuple[str, ...]
    """Contracts without signature, or in force later."""


def new_evaluations(projet: Projet, noms: Sequence[str], annee: int) -> EvaluationsCreees:
    """Begin the evaluations of `annee`: of the dossiers named, or of every contract in force.

    Raises:
        UsageError: U-003 a name leads to nothing; U-012 an evaluation asked for by name exists;
            U-021 a contract asked for by name is not in force that year.
    """
    crees: list[Path] = []
    existantes: list[str] = []
    hors: list[str] = []
    dossier = projet.racine / "contracts_data" / "evaluations"
    textes: dict[Path, str] = {}
    for affaire in select(projet.named(noms), noms):
        nom = affaire.dossier.valeur.etablissement.finess
        chemin = dossier / f"{nom}-{annee}.yaml"
        if noms:
            refuse_existing(chemin)
        if annee in affaire.evaluations or os.path.lexists(chemin):
            existantes.append(nom)
        elif not is_in_force(affaire, projet.droit, annee):
            if noms:
                raise _not_in_force(nom, annee)
            hors.append(nom)
        else:
            textes[chemin] = draft(state_of_year(affaire, annee), projet.droit, annee)
    prepare_folder(dossier)
    for chemin, texte in textes.items():
        write_whole(chemin, texte.encode())
        crees.append(chemin)
    write_schemas(projet.racine / "contracts_data" / ".schemas")
    return EvaluationsCreees(tuple(crees), tuple(existantes), tuple(hors))


def is_in_force(affaire: Affaire, droit: Droit, annee: int) -> bool:
    """Whether the contract is signed, in effect in `annee` or before, and its regime not over."""
    contrat = affaire.dossier.valeur.contrat
    signature = contrat.signature.date_retenue
    fin = droit.regimes[contrat.regime.value].effet.periode.au
    commence = signature is not None and effect_date(signature).year <= annee
    return commence and (fin is None or annee <= fin.year)


def _not_in_force(nom: str, annee: int) -> UsageError:
    return UsageError(
        "U-021",
        f"Le contrat de {nom} n’est pas en vigueur en {annee}\u00a0: il commence plus tard, son "
        "régime a pris fin, ou sa date de signature manque.",
        remede="Corriger --annee, ou la date de signature du dossier.",
    )


def draft(affaire: Affaire, droit: Droit, annee: int) -> str:
    """The YAML of an evaluation where nothing is known yet."""
    propre = own_law(droit, affaire.dossier.valeur.contrat)
    return "".join(_Brouillon(affaire, propre, annee).lines())


class _Brouillon:
    """One file being written."""

    def __init__(self, affaire: Affaire, droit: Droit, annee: int) -> None:
        dossier, contrat = affaire.dossier.valeur, affaire.dossier.valeur.contrat
        lieu, fin = Lieu(affaire.dossier.fichier, ()), dt.date(annee, 12, 31)
        indicateurs = resolve_indicateurs(droit, dossier.etablissement, contrat, fin, lieu)
        signature = contrat.signature.date_retenue
        assert signature is not None  # is_in_force
        self.annee = annee
        self.dossier = dossier
        self.droit = droit
        self.effet = effect_date(signature)
        self.cadre: CadreResolu = resolve_cadre(droit, dossier, indicateurs, annee, lieu)
        self.plan = resolve_plan(droit, contrat, indicateurs, lieu)

    def lines(self) -> Iterator[str]:
        """The whole file."""
        etablissement = self.dossier.etablissement
        titre = f"{etablissement.raison_sociale}\u00a0: évaluation de l’année {self.annee}."
        yield f"{_comment(titre)}{_EN_TETE}\n"
        yield f"dossier: {quoted(etablissement.finess)}\nannee: {self.annee}\n{_DEBUT}"
        yield from self._indicators()
        yield from self._actions()
        yield from self._obligations()
        yield "\nvolets:\n"
        yield from self._socle()
        for volet in self.cadre.volets:
            yield from self._volet(volet)
        yield f"\n{_FIN}"
        for nom in ("socle", *(volet.id for volet in self.cadre.volets)):
            yield f"#     {nom}: {{nature: , motif: }}\n"

    def _indicators(self) -> Iterator[str]:
        yield "\n# Volet obligatoire\nindicateurs:\n"
        catalogue = self.droit.indicators(self.effet)
        for article in self.cadre.articles:
            yield f"\n  # Article {article.article}\n"
            for ligne in article.lignes:
                yield _comment(_told(ligne), "  ")
                yield from _elements(catalogue.get(ligne.code), "  ")
                yield f"  {ligne.code}: {_shape(catalogue.get(ligne.code))}\n"

    def _actions(self) -> Iterator[str]:
        actions = [(a.id, a.libelle) for groupe in self.plan.groupes for a in groupe.actions]
        yield '\n# Avancement du plan d’actions (commentaire facultatif, comme commentaire: "…")\n'
        yield from _progress(actions, "")

    def _obligations(self) -> Iterator[str]:
        if self.cadre.obligations:
            titre = (
                f"Obligations générales\u00a0: tenue ({self.cadre.reponses})\u00a0; facultatifs, "
                'preuve: "…" et commentaire: "…"'
            )
            yield f"\n{_comment(titre)}obligations_generales:\n"
        for obligation in self.cadre.obligations:
            yield _comment(obligation.libelle, "  ")
            yield f"  {obligation.code}: {{tenue: }}\n"

    def _socle(self) -> Iterator[str]:
        choix = self.dossier.contrat.socle
        yield "  socle:\n"
        if choix is None or choix.declenchement is None or choix.declenchement.seuil is None:
            yield "    # Une sanction est-elle proposée (oui ou non) ? L’appréciation le motive.\n"
            yield "    sanction_proposee:\n"
        clauses = (choix.sanction, choix.interessement) if choix else ()
        yield from _modulation([clause.bareme for clause in clauses if clause])
        yield "    appreciation:\n"

    def _volet(self, volet: LigneVolet) -> Iterator[str]:
        catalogue = self.droit.volet_indicators(self.effet, volet.id)
        pose = self.dossier.contrat.volets[volet.id]
        yield f"\n  {volet.id}:\n"
        for cle, ligne, objectif in (
            ("objectif_principal", volet.principal, pose.objectif_principal),
            ("objectif_supplementaire", volet.supplementaire, pose.objectif_supplementaire),
        ):
            if ligne is not None and objectif is not None:
                yield from _objective(cle, ligne, catalogue.get(objectif.indicateur or ""), "    ")
        if volet.complementaires:
            yield "    complementaires:\n"
        for ligne, objectif in zip(
            volet.complementaires, pose.objectifs_complementaires, strict=True
        ):
            indicateur = catalogue.get(objectif.indicateur or "")
            yield from _objective(objectif.id, ligne, indicateur, "      ")
        yield from _progress([(a.id, a.libelle or a.id) for a in volet.actions], "    ")
        yield from self._choices(volet)
        yield "    appreciation:\n"

    def _choices(self, volet: LigneVolet) -> Iterator[str]:
        """What the scales and the rewards of the volet rest on."""
        baremes = [clause.bareme for clause in (volet.sanction, volet.interessement) if clause]
        modele = self.droit.volet(volet.id, self.effet).modele
        if rests_on_savings(volet.interessement, transports=modele is ModeleVolet.TRANSPORTS):
            yield "    # La dépense de l’année\u00a0; celle que le contrat attend y est fixée\n"
            yield "    economies:\n      depense_constatee:\n      source:\n"
        selon = volet.sanction.selon_risques if volet.sanction else None
        compte = selon is not None and selon.compte is CompteRisques.EN_DEFAUT
        apprecie = are_risks_appreciated(self.dossier.contrat, volet.id)
        if compte or apprecie or any(bareme and _on_risks(bareme) for bareme in baremes):
            yield f"    # Risques en défaut, sur les {volet.nombre_risques} du contrat\n"
            yield "    nombre_risques:\n"
        if apprecie and not is_modulation_read(self.dossier.contrat, volet.id):
            yield "    # Ce que ce nombre change à la part du barème, et pourquoi\n"
            yield "    motif_modulation:\n"
        yield from _modulation(baremes)


def _objective(
    cle: str, ligne: LigneObjectif, indicateur: Indicateur | None, marge: str
) -> Iterator[str]:
    yield _comment(_told(ligne), marge)
    yield from _elements(indicateur, marge)
    yield f"{marge}{cle}: {_shape(indicateur)}\n"


def _on_risks(bareme: Bareme) -> bool:
    """Whether a scale counts the risks that are lifted."""
    return BaseNiveau.RISQUES in (bareme.sur, *(partie.sur for partie in bareme.parts))


def _modulation(baremes: Iterable[Bareme | None]) -> Iterator[str]:
    if any(bareme is not None and bareme.nom is NomBareme.SAISIE for bareme in baremes):
        yield "    # Part du maximum, proposée par les évaluateurs, et son motif\n"
        yield "    modulation:\n    motif_modulation:\n"


def _progress(actions: Sequence[tuple[str, str]], marge: str) -> Iterator[str]:
    if actions:
        yield f"{marge}actions:\n"
    for nom, libelle in actions:
        yield _comment(libelle, f"{marge}  ")
        yield f"{marge}  {nom}: {{taux: }}\n"


def _told(ligne: LigneIndicateur | LigneObjectif) -> str:
    """What is measured, where, and the target of the year."""
    site = f" (site\u00a0: {ligne.site})" if ligne.site else ""
    cible = f"{ligne.sens} {ligne.cible}".strip() if ligne.cible else "non fixée"
    return f"{ligne.libelle or ligne.code}{site}. Cible\u00a0: {cible}."


def _elements(indicateur: Indicateur | None, marge: str) -> Iterator[str]:
    """The items of a composite, in the order of the answers."""
    if indicateur is not None and indicateur.elements:
        yield _comment("Réponses, dans l’ordre\u00a0: " + ", ".join(indicateur.elements), marge)


def _shape(indicateur: Indicateur | None) -> str:
    return _VALEUR if indicateur is None else _FORMES.get(indicateur.type, _VALEUR)


def _comment(texte: str, marge: str = "") -> str:
    """`texte` as one line that no reader takes for data."""
    return f"{marge}# {' '.join(texte.splitlines())}\n"
