"""One evaluated year, worked out by the law, in the words that clauses print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.calculs import TIRET, computation_of_total, observed
from caqes_docs.assembly.contrat.vocabulaire import GroupeSansObjet, LigneBareme
from caqes_docs.assembly.contrat.volets import scale_lines
from caqes_docs.assembly.evaluation.decisions import (
    decided_total,
    decisions_by_kind,
    signed_decision,
)
from caqes_docs.assembly.evaluation.obligations import resolve_obligations, shortfalls
from caqes_docs.assembly.evaluation.projet import submitted
from caqes_docs.assembly.evaluation.propositions import (
    accord_terms,
    cap_effect,
    finding,
    number,
    progress_words,
    proposal,
    target,
    threshold,
)
from caqes_docs.assembly.evaluation.vocabulaire import (
    EvaluationResolue,
    LigneAvancement,
    LigneGrille,
    LigneResultat,
    LigneVoletEvalue,
)
from caqes_docs.core.constats import Constat
from caqes_docs.core.francais import formes
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.data.dossier.evaluation import (
    Avancement,
    Decision,
    DonneesEvaluation,
    Evaluation,
    EvaluationVolet,
    Releve,
)
from caqes_docs.data.dossier.volets import ActionVolet
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.law.avenant.chaine import state_of_year
from caqes_docs.law.calcul.explication import signed
from caqes_docs.law.caqes_1.socle import SOCLE
from caqes_docs.law.controles.coherence import are_risks_appreciated, is_modulation_read
from caqes_docs.law.droit.actions import complete_actions
from caqes_docs.law.droit.droit import Droit
from caqes_docs.law.jugement import judge
from caqes_docs.law.resultats import (
    Atteinte,
    MesureProposee,
    ResultatEvaluation,
    ResultatObjectif,
    ResultatVolet,
)
from caqes_docs.redaction.langage.vues import Lieu

_ECRITS = ("motif_modulation", "constat_msap", "appreciation", "date_effet", "date_fin")
_SANS_BAREME = (MesureProposee.AUCUNE, MesureProposee.SUSPENDUE, MesureProposee.NON_EVALUABLE)


@dataclass(frozen=True)
class Evaluee:
    """One year of one contract, worked out once for all that an act prints of it."""

    affaire: Affaire
    charge: Charge[Evaluation]
    resultat: ResultatEvaluation
    constats: tuple[Constat, ...]

    @property
    def total(self) -> Decimal | None:
        """The proposed total, when it is known."""
        valeur = self.resultat.total.valeur
        return valeur if isinstance(valeur, Decimal) else None

    def decision_at(self, date: dt.date) -> Decision | None:
        """The decision, unless it was taken after `date`: a report tells nothing to come."""
        decision = self.charge.valeur.decision
        if decision is None or (decision.date is not None and decision.date > date):
            return None
        return decision


def judge_year(affaire: Affaire, charge: Charge[Evaluation], droit: Droit) -> Evaluee:
    """The year of `charge`, worked out on the contract as it stood that year.

    Raises:
        DonneesError: V-050 the contract is not in force that year; an avenant cannot be put on it.
    """
    affaire = state_of_year(affaire, charge.valeur.annee)
    jugee = judge(affaire, charge, droit)
    return Evaluee(affaire, charge, jugee.resultat, jugee.constats)


def resolve_evaluation(evaluee: Evaluee, droit: Droit) -> EvaluationResolue:
    """The evaluation as its documents print it."""
    affaire, resultat = evaluee.affaire, evaluee.resultat
    valeur, racine = evaluee.charge.valeur, Lieu(evaluee.charge.fichier, (), "évaluation")
    donnees = valeur.donnees or DonneesEvaluation()
    decisions = racine.child("decision").child("volets")
    volets = tuple(_volet(affaire, valeur, r, racine, droit) for r in resultat.volets)
    indicateurs = _indicators(evaluee, droit, racine.child("indicateurs"))
    return EvaluationResolue(
        annee=valeur.annee,
        date=valeur.date,
        exercice_clos=valeur.exercice_clos,
        produits=_products(affaire).get(valeur.exercice_clos),
        arretees_le=donnees.arretees_le,
        livraisons=donnees.livraisons,
        contexte=valeur.contexte,
        autoevaluation=valeur.autoevaluation,
        indicateurs=indicateurs,
        retenus=tuple(x for x in indicateurs if x.statut != Atteinte.SANS_OBJET.libelle),
        ecartes=_left_out(indicateurs),
        actions=_progress(valeur.actions, (), racine.child("actions")),
        obligations=resolve_obligations(valeur, droit, racine.child("obligations_generales")),
        volets=volets,
        manquements=shortfalls(resultat, valeur, droit),
        non_souscrits=_absent(droit, resultat),
        rangs=_rows(droit, volets),
        total=number(resultat.total),
        total_signe=signed(resultat.total),
        total_decide=decided_total(valeur, resultat),
        calcul_total=computation_of_total(resultat),
        effet_plafond=cap_effect(resultat),
        avertissements=tuple(map(typographier, resultat.avertissements)),
        **decisions_by_kind(affaire, valeur, resultat, decisions, {v.id: v for v in volets}),
        procedure=valeur.procedure,
        decision=valeur.decision,
        dialogue=valeur.dialogue,
        grille_lecture=donnees.grille_lecture,
        hors_referentiels=valeur.hors_referentiels,
        origines=_places(affaire, racine),
    )


def _indicators(evaluee: Evaluee, droit: Droit, lieu: Lieu) -> tuple[LigneResultat, ...]:
    """The results of the indicators of the socle; their measures stand at `lieu`."""
    articles, vus = article_numbers(droit), evaluee.charge.valeur.indicateurs
    return tuple(
        resolve_result(r, vus.get(r.code), articles, lieu) for r in evaluee.resultat.indicateurs
    )


def _left_out(lignes: Iterable[LigneResultat]) -> tuple[GroupeSansObjet, ...]:
    """The codes of the indicators without object, those of one reason together."""
    motifs: dict[str, list[str]] = {}
    for ligne in lignes:
        if ligne.statut == Atteinte.SANS_OBJET.libelle:
            motifs.setdefault(ligne.motif, []).append(ligne.code)
    return tuple(GroupeSansObjet(motif, tuple(codes)) for motif, codes in motifs.items())


def _products(affaire: Affaire) -> dict[int | None, Decimal]:
    """The products received, by year."""
    produits = affaire.dossier.valeur.etablissement.produits_assurance_maladie
    return {produit.exercice: produit.montant for produit in produits}


def article_numbers(droit: Droit) -> dict[str, str]:
    """The article of the contract that each indicator of the catalogue belongs to."""
    return {i.id: i.article for registre in droit.registres for i in registre.indicateurs}


def short_label(droit: Droit, resultat: ResultatVolet) -> str:
    """The name of a volet where room is short."""
    decrit = droit.volets.get(resultat.volet)
    return typographier(decrit.court if decrit else resultat.libelle)


def _rows(droit: Droit, volets: Sequence[LigneVoletEvalue]) -> tuple[LigneGrille, ...]:
    """The rows of the grid: the socle, then each volet of the catalogue, signed or not."""
    evalues = {volet.id: volet for volet in volets}
    tete = [LigneGrille(v.court, v) for v in volets if v.id not in droit.volets]
    return (
        *tete,
        *(LigneGrille(typographier(v.court), evalues.get(v.id)) for v in droit.volets.values()),
    )


def _absent(droit: Droit, resultat: ResultatEvaluation) -> tuple[str, ...]:
    """The volets that the contract does not hold."""
    presents = {r.volet for r in resultat.volets}
    return tuple(typographier(v.court) for v in droit.volets.values() if v.id not in presents)


def _places(affaire: Affaire, racine: Lieu) -> dict[str, Lieu]:
    donnees, etablissement = racine.child("donnees"), Lieu(affaire.dossier.fichier, ())
    return {
        "arretees_le": donnees.child("arretees_le"),
        "livraisons": donnees.child("livraisons"),
        "produits": etablissement.child("etablissement").child("produits_assurance_maladie"),
    }


def resolve_result(
    resultat: ResultatObjectif,
    mesure: Releve | None,
    articles: Mapping[str, str],
    lieu: Lieu,
) -> LigneResultat:
    """One result as a table prints it; `lieu` is the place of the measures by code."""
    poids = resultat.poids.valeur if resultat.poids else None
    ecarte = resultat.statut is Atteinte.SANS_OBJET and not resultat.observe.is_known
    return LigneResultat(
        code=resultat.code,
        libelle=typographier(resultat.libelle),
        article=articles.get(resultat.code, TIRET),
        observe=TIRET if ecarte else observed(resultat.observe, resultat.verdict),
        cible=target(resultat),
        statut=resultat.statut.libelle,
        motif=typographier(_unjudged(resultat)),
        coefficient=poids if isinstance(poids, Decimal) else None,
        site=resultat.site or None,
        preuve=mesure.preuve if mesure else None,
        preuves=mesure.preuves if mesure else (),
        choix=resultat.themes,
        declaree=mesure.declaree if mesure else None,
        precedent=None,
        origines={
            nom: lieu.child(resultat.code).child(nom)
            for nom in ("preuve", "preuves", "choix", "declaree")
        },
    )


def _unjudged(resultat: ResultatObjectif) -> str:
    """Why a result judges nothing; a coefficient of 0 % is told before any missing target."""
    if resultat.sans_objet or resultat.statut is not Atteinte.SANS_OBJET:
        inconnu = resultat.cible.motif or resultat.observe.motif or resultat.verdict.motif
        return resultat.sans_objet or inconnu
    return "coefficient de 0 % : suivi sans effet sur l’évaluation"


def _progress(
    vus: Mapping[str, Avancement], actions: Iterable[ActionVolet], lieu: Lieu
) -> tuple[LigneAvancement, ...]:
    connues = {action.id: action for action in actions}
    libelles = {nom: action.libelle or nom for nom, action in connues.items()}
    return tuple(
        LigneAvancement(
            identifiant,
            libelles.get(identifiant, identifiant),
            avancement.taux,
            "non renseigné" if avancement.taux is None else formes.taux(avancement.taux),
            connues[identifiant].poids if identifiant in connues else None,
            avancement.commentaire,
            {cle: lieu.child(identifiant).child(cle) for cle in ("taux", "commentaire")},
        )
        for identifiant, avancement in vus.items()
    )


def _volet(
    affaire: Affaire, evaluation: Evaluation, resultat: ResultatVolet, racine: Lieu, droit: Droit
) -> LigneVoletEvalue:
    articles, vu = article_numbers(droit), evaluation.volets.get(resultat.volet, EvaluationVolet())
    lieu = racine.child("volets").child(resultat.volet)
    prise = evaluation.decision.volets.get(resultat.volet) if evaluation.decision else None

    def line(objectif: ResultatObjectif | None, mesure: Releve | None) -> LigneResultat | None:
        return None if objectif is None else resolve_result(objectif, mesure, articles, lieu)

    risques, proposee = _risks(affaire, resultat.volet, vu), proposal(resultat)
    return LigneVoletEvalue(
        id=resultat.volet,
        libelle=typographier(resultat.libelle),
        court=short_label(droit, resultat),
        principal=line(resultat.principal, vu.objectif_principal),
        supplementaire=line(resultat.supplementaire, vu.objectif_supplementaire),
        complementaires=tuple(
            resolve_result(objectif, vu.complementaires.get(objectif.code), articles, lieu)
            for objectif in resultat.complementaires
        ),
        actions=_progress(vu.actions, _actions(affaire, resultat, droit), lieu.child("actions")),
        risques=risques,
        bareme=_scale(affaire, resultat),
        avancement=progress_words(vu.actions),
        **proposee,
        **submitted(evaluation, resultat, proposee),
        constat=finding(resultat, threshold(affaire, resultat), risques),
        motif_modulation=_motive(affaire, resultat.volet, vu),
        **accord_terms(affaire, resultat.volet),
        constat_msap=vu.constat_msap,
        date_effet=vu.date_effet,
        date_fin=vu.date_fin,
        appreciation=vu.appreciation,
        decision=prise,
        montant_decide=signed_decision(prise),
        origines={cle: lieu.child(cle) for cle in _ECRITS}
        | {"decision": racine.child("decision").child("volets").child(resultat.volet)},
    )


def _motive(affaire: Affaire, nom: str, vu: EvaluationVolet) -> str | None:
    """The motive of the modulation, where a scale reads it or the risks are left to judgement."""
    contrat = affaire.dossier.valeur.contrat
    lu = is_modulation_read(contrat, nom) or are_risks_appreciated(contrat, nom)
    return vu.motif_modulation if lu else None


def _scale(affaire: Affaire, resultat: ResultatVolet) -> tuple[LigneBareme, ...]:
    """The scale of what is proposed, as the contract fixes it; a volet signed later has its own."""
    contrat, mesure = affaire.dossier.valeur.contrat, resultat.mesure
    termes = contrat.socle if resultat.volet == SOCLE else contrat.volets.get(resultat.volet)
    if termes is None or mesure in _SANS_BAREME:
        return ()
    accorde = mesure is MesureProposee.INTERESSEMENT
    effet = termes.interessement if accorde else termes.sanction
    return scale_lines(effet.bareme if effet else None, decroit=not accorde)


def _risks(affaire: Affaire, nom: str, vu: EvaluationVolet) -> str | None:
    """« 2 sur 3 »: the risks still in default, and whether the scale weighs them (X43)."""
    volet = affaire.dossier.valeur.contrat.volets.get(nom)
    if volet is None or volet.nombre_risques is None or vu.nombre_risques is None:
        return None
    recompense = volet.interessement
    if volet.donne_lieu_a_sanction is False and not (recompense and recompense.prevu):
        return None
    suite = "nombre dont dépend la part du maximum"
    if is_modulation_read(affaire.dossier.valeur.contrat, nom):
        suite = "nombre que les évaluateurs apprécient dans la part qu’ils proposent"
    elif are_risks_appreciated(affaire.dossier.valeur.contrat, nom):
        suite = "nombre que le contrat laisse apprécier dans la modulation"
    return f"{vu.nombre_risques} sur {volet.nombre_risques}, {suite}"


def _actions(affaire: Affaire, resultat: ResultatVolet, droit: Droit) -> tuple[ActionVolet, ...]:
    """The actions of a volet, in the words of its catalogue."""
    volet = affaire.dossier.valeur.contrat.volets.get(resultat.volet)
    return complete_actions(droit, resultat.volet, volet) if volet else ()
