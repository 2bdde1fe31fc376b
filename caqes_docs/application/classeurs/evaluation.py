"""The workbook of evaluations: a synthesis, then each year with its steps as live formulas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from pathlib import Path

from caqes_docs.application.classeurs.formules import (
    NON_EVALUABLE,
    LigneEtape,
    RegistreEtapes,
    write_formula,
    write_leaf,
)
from caqes_docs.application.classeurs.mode_d_emploi import LIGNES as MODE_D_EMPLOI
from caqes_docs.application.evaluer import BilanEvaluation
from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import write_whole
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.law.calcul.explication import describe
from caqes_docs.law.calcul.noeud import FEUILLES, Nature, Noeud, Operation
from caqes_docs.law.caqes_1.montants import negative
from caqes_docs.law.caqes_1.refus import ResultatRefus
from caqes_docs.law.droit.modeles import Certitude
from caqes_docs.law.resultats import ResultatEvaluation, ResultatVolet
from caqes_docs.rendering.xlsx.writer import (
    Aspect,
    Case,
    Chiffre,
    Feuille,
    Formule,
    Mention,
    Reponse,
    build_day,
    quote_sheet,
    write_xlsx,
)

_ENTETE_SYNTHESE = (
    "Établissement",
    "FINESS",
    "Année",
    "Date",
    "Volet",
    "Mesure proposée",
    "Recalculé ici",
    "Proposé par le logiciel",
    "Écart",
    "Où",
)
_ENTETE_CALCUL = (
    "N°",
    "Étape",
    "Donnée",
    "Valeur",
    "Opération",
    "Donnée ou fondement",
    "Textes",
    "Certitude",
    "Pourquoi non évaluable",
)
_CERTITUDES = {
    Certitude.TEXTE: "texte",
    Certitude.INSTRUCTION: "instruction",
    Certitude.SECONDAIRE: "source secondaire",
    Certitude.DEDUCTION: "déduction",
}
_MODIFIABLES = frozenset({Operation.ENTREE, Operation.PARAMETRE})
_CHIFFRES = Context(prec=17)
"""What a workbook can hold of a number that never ends."""


def write_classeur(bilan: BilanEvaluation, projet: Projet, chemin: Path) -> bool:
    """Write the workbook of `bilan`; False when nothing could be worked out.

    Raises:
        RenduError: R-001 the file cannot be written; R-120 a text that no file can hold.
    """
    if not bilan.evaluations and not bilan.sanctions_refus:
        return False
    write_whole(chemin, render_classeur(bilan, projet))
    return True


def render_classeur(bilan: BilanEvaluation, projet: Projet) -> bytes:
    """The workbook; its bytes depend on nothing but the evaluations and the law."""
    textes = {nom: typographier(texte.court) for nom, texte in projet.droit.textes.items()}
    pages = [_year_page(*evaluation, textes) for evaluation in bilan.evaluations]
    pages += [_refusal_page(*sanction, textes) for sanction in bilan.sanctions_refus]
    feuilles = (_synthesis(pages), *(page.feuille() for page in pages), _instructions())
    dates = [resultat.date for _affaire, resultat in bilan.evaluations]
    date = max(dates, default=dt.date(1980, 1, 1))
    return write_xlsx(feuilles, "Évaluations – calculs", "caqes", date)


# --------------------------------------------------------------------------------------------
# One year: its steps


@dataclass(frozen=True)
class _Resultat:
    """A line of the synthesis: what is proposed, and the row of the page that works it out."""

    volet: str
    mesure: str
    noeud: Noeud
    rangee: int
    total: bool = False


class _Page:
    """The sheet of an evaluation, filled section by section."""

    def __init__(self, nom: str, affaire: Affaire, textes: dict[str, str]) -> None:
        self.nom = nom
        self.finess = affaire.finess
        self.etablissement = affaire.dossier.valeur.etablissement.nom_affiche
        self.annee: int | None = None
        self.date: dt.date | None = None
        self.resultats: list[_Resultat] = []
        self._textes = textes
        self._registre = RegistreEtapes()
        self._rangees: dict[int, int] = {}
        self._lignes: list[tuple[Case, ...]] = []

    def section(self, volet: str, mesure: str, noeud: Noeud, *, total: bool = False) -> None:
        """The steps of one amount, under a title; the steps already shown are not repeated."""
        titre = volet if total else f"{volet} – {mesure}"
        vide = Mention("", Aspect.FORT)
        self._lignes.append((vide, Mention(titre, Aspect.FORT), *[vide] * 7))
        etapes, racine = self._registre.add(noeud)
        for etape in etapes:
            self._rangees[etape.rang] = len(self._lignes) + 2
            self._lignes.append(self._row(etape, principal=etape.rang == racine))
        if not etapes:
            self._lignes.append(("", f"Voir l’étape ({racine}), plus haut."))
        self.resultats.append(_Resultat(volet, mesure, noeud, self._rangees[racine], total))

    def _row(self, etape: LigneEtape, *, principal: bool) -> tuple[Case, ...]:
        noeud = etape.noeud
        aspect = Aspect.FORT if principal else Aspect.CORPS
        rangee = self._rangees[etape.rang]
        if noeud.operation in FEUILLES:
            formule = write_leaf(noeud.nature, f"C{rangee}")
            operation = "donnée"
        else:
            cases = [f"D{self._rangees[rang]}" for rang in etape.operandes]
            formule = write_formula(noeud, cases)
            operation = describe(noeud.operation, [f"({rang})" for rang in etape.operandes])
        fondement = noeud.fondement
        references = fondement.references if fondement else ()
        textes = (
            typographier(operation),
            _ground(noeud),
            " ; ".join(self._textes.get(nom, nom) for nom in references),
            _CERTITUDES[fondement.certitude] if fondement else "",
            "" if noeud.is_known else typographier(noeud.motif),
        )
        return (
            Chiffre(Decimal(etape.rang), "entier", aspect),
            Mention(typographier(noeud.libelle), aspect),
            _datum(noeud) if noeud.operation in FEUILLES else Mention("", aspect),
            Formule(formule, _unit(noeud), aspect),
            *_each(aspect, *textes),
        )

    def feuille(self) -> Feuille:
        """The sheet."""
        return Feuille(
            self.nom,
            _ENTETE_CALCUL,
            (7, 52, 18, 20, 34, 46, 40, 14, 30),
            tuple(self._lignes),
            f"{self.etablissement} – {self.nom}",
        )


def _datum(noeud: Noeud) -> Case:
    """A leaf as it is typed; what the reader may change stands out."""
    aspect = Aspect.SAISIE if noeud.operation in _MODIFIABLES else Aspect.CORPS
    match noeud.valeur:
        case None:
            return Mention(NON_EVALUABLE, aspect)
        case bool():
            return Reponse(noeud.valeur, aspect)
        case str():
            return Mention(noeud.valeur, aspect)
        case Decimal():
            return Chiffre(noeud.valeur, _unit(noeud), aspect)


def _unit(noeud: Noeud) -> str:
    """How a value is shown; a count has no decimals, a quotient has."""
    if noeud.nature is Nature.OUI_NON:
        return "logique"
    if noeud.nature is Nature.NOMBRE and noeud.operation in FEUILLES:
        entier = isinstance(noeud.valeur, Decimal) and noeud.valeur % 1 == 0
        return "entier" if entier else "nombre"
    return noeud.nature.value


def _ground(noeud: Noeud) -> str:
    """Where a datum is written, and on what ground a step stands."""
    morceaux = [noeud.origine] if noeud.origine else []
    if noeud.fondement is not None:
        morceaux.append(f"{noeud.fondement.regle}, {typographier(noeud.fondement.source)}")
    return " – ".join(morceaux)


def _year_page(affaire: Affaire, resultat: ResultatEvaluation, textes: dict[str, str]) -> _Page:
    page = _Page(f"{affaire.finess} {resultat.annee}", affaire, textes)
    page.annee, page.date = resultat.annee, resultat.date
    for volet in resultat.volets:
        libelle = typographier(volet.libelle)
        page.section(libelle, typographier(volet.mesure.libelle), volet.montant)
        for quoi, noeud in _outside(volet):
            page.section(libelle, quoi, noeud)
    page.section("TOTAL", "total de l’évaluation", resultat.total, total=True)
    return page


def _outside(volet: ResultatVolet) -> Iterator[tuple[str, Noeud]]:
    """What is not in euros, hence not in the total."""
    autre = volet.non_monetaire
    if autre is not None and autre.taux is not None:
        yield "taux de la diminution (hors total)", autre.taux
    if autre is not None and autre.duree_mois is not None:
        yield "durée en mois (hors total)", autre.duree_mois


def _refusal_page(affaire: Affaire, refus: ResultatRefus, textes: dict[str, str]) -> _Page:
    page = _Page(f"{affaire.finess} refus {refus.rang + 1}", affaire, textes)
    volet = f"Refus de signer\u00a0: {refus.volet}"
    if refus.montant is not None:
        page.section(volet, "sanction fixe", negative("Sanction, en moins", refus.montant))
    if refus.taux is not None:
        page.section(volet, "taux de la diminution (hors total)", refus.taux)
    return page


# --------------------------------------------------------------------------------------------
# The synthesis


def _synthesis(pages: Sequence[_Page]) -> Feuille:
    lignes: list[tuple[Case, ...]] = []
    for page in pages:
        for resultat in page.resultats:
            lignes.append(_result(page, resultat, len(lignes) + 2))
    fin = len(lignes) + 1
    lignes.append(
        (
            Mention("Contrôle", Aspect.FORT),
            *[Mention("", Aspect.FORT)] * 4,
            Mention("Lignes où le recalcul s’écarte du logiciel", Aspect.FORT),
            *[Mention("", Aspect.FORT)] * 2,
            Formule(f"SUMPRODUCT(--(I2:I{fin}<>0))", "entier", Aspect.FORT),
            Mention("", Aspect.FORT),
        )
    )
    return Feuille(
        "Synthèse",
        _ENTETE_SYNTHESE,
        (42, 12, 8, 12, 28, 38, 18, 18, 12, 26),
        tuple(lignes),
        "Évaluations – synthèse",
    )


def _result(page: _Page, resultat: _Resultat, rangee: int) -> tuple[Case, ...]:
    aspect = Aspect.FORT if resultat.total else Aspect.CORPS
    unite = _unit(resultat.noeud)
    source = f"{quote_sheet(page.nom)}!D{resultat.rangee}"
    return (
        *_each(aspect, page.etablissement, page.finess),
        Mention("—", aspect) if page.annee is None else _year(page.annee, aspect),
        Mention("", aspect) if page.date is None else build_day(page.date, aspect),
        *_each(aspect, resultat.volet, resultat.mesure),
        Formule(f'IF(ISNA({source}),"{NON_EVALUABLE}",{source})', unite, aspect),
        _constant(resultat.noeud, aspect),
        Formule(_gap(f"G{rangee}", f"H{rangee}"), "ecart", aspect),
        Mention(f"{page.nom}, case D{resultat.rangee}", aspect),
    )


def _each(aspect: Aspect, *textes: str) -> Iterator[Mention]:
    return (Mention(texte, aspect) for texte in textes)


def _year(annee: int, aspect: Aspect) -> Chiffre:
    return Chiffre(Decimal(annee), "annee", aspect)


def _constant(noeud: Noeud, aspect: Aspect) -> Case:
    if not isinstance(noeud.valeur, Decimal):
        return Mention(NON_EVALUABLE, aspect)
    return Chiffre(_CHIFFRES.plus(noeud.valeur), _unit(noeud), aspect)


def _gap(recalcule: str, propose: str) -> str:
    """Zero when both agree, or when neither is known."""
    return (
        f"IF(AND(ISNUMBER({recalcule}),ISNUMBER({propose})),ROUND({recalcule}-{propose},6),"
        f'IF(AND(ISTEXT({recalcule}),ISTEXT({propose})),0,"écart"))'
    )


def _instructions() -> Feuille:
    return Feuille(
        "Mode d’emploi",
        ("Sujet", "Ce qu’il faut savoir"),
        (26, 110),
        tuple((sujet, typographier(texte)) for sujet, texte in MODE_D_EMPLOI),
    )


__all__: list[str] = ["render_classeur", "write_classeur"]
