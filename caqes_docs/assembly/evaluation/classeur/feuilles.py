"""The workbook of evaluations: a synthesis, then each year with its steps as live formulas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from caqes_docs.assembly.evaluation.classeur.formules import (
    NON_EVALUABLE,
    LigneEtape,
    RegistreEtapes,
    write_formula,
    write_leaf,
)
from caqes_docs.assembly.evaluation.classeur.mode_d_emploi import LIGNES as MODE_D_EMPLOI
from caqes_docs.core.francais.typographie import typographier
from caqes_docs.data.depot import Affaire
from caqes_docs.document import classeur as xl
from caqes_docs.law.calcul.explication import describe, format_value
from caqes_docs.law.calcul.noeud import FEUILLES, Nature, Noeud, Operation
from caqes_docs.law.caqes_1.montants import negative
from caqes_docs.law.droit.modeles import Certitude, TexteCite
from caqes_docs.law.resultats import ResultatEvaluation, ResultatRefus, ResultatVolet

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
_MOTS = (
    xl.Mots(("oui", "non"), "Répondre par oui ou par non."),
    xl.Mots(("A", "B", "C", "D", "E"), "Une classe est une lettre, de A à E."),
)
_BORNES = {
    Nature.EURO: xl.Bornes(Decimal(0), None, "Un montant n’est pas négatif."),
    Nature.NOMBRE: xl.Bornes(Decimal(0), None, "Un nombre n’est pas négatif."),
    Nature.TAUX: xl.Bornes(Decimal(-1), Decimal(1), "Un taux va de −100\u00a0% à 100\u00a0%."),
}
"""What is expected of a datum typed anew; an evolution may be negative."""


def build_classeur(
    evaluations: Sequence[tuple[Affaire, ResultatEvaluation]],
    refus: Sequence[tuple[Affaire, ResultatRefus]],
    textes: Mapping[str, TexteCite],
) -> xl.Classeur:
    """The workbook of evaluated years and of refusals to sign."""
    courts = {nom: typographier(texte.court) for nom, texte in textes.items()}
    pages = [_year_page(*evaluation, courts) for evaluation in evaluations]
    pages += [_refusal_page(*sanction, courts) for sanction in refus]
    feuilles = (_synthesis(pages), *(page.feuille() for page in pages), _instructions())
    date = max((resultat.date for _affaire, resultat in evaluations), default=dt.date(1980, 1, 1))
    return xl.Classeur("Évaluations – calculs", "caqes", date, feuilles)


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
        self._lignes: list[tuple[xl.Case, ...]] = []

    def section(self, volet: str, mesure: str, noeud: Noeud, *, total: bool = False) -> None:
        """The steps of one amount, under a title; the steps already shown are not repeated."""
        titre = volet if total else f"{volet} – {mesure}"
        self._lignes.append(tuple(_each(True, "", titre, *[""] * 7)))
        etapes, racine = self._registre.add(noeud)
        for etape in etapes:
            self._rangees[etape.rang] = len(self._lignes) + 2
            self._lignes.append(self._row(etape, principal=etape.rang == racine))
        if not etapes:
            self._lignes.append(("", f"Voir l’étape ({racine}), plus haut."))
        self.resultats.append(_Resultat(volet, mesure, noeud, self._rangees[racine], total))

    def _row(self, etape: LigneEtape, *, principal: bool) -> tuple[xl.Case, ...]:
        noeud = etape.noeud
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
            xl.Chiffre(Decimal(etape.rang), "entier", principal),
            xl.Mention(typographier(noeud.libelle), principal),
            _datum(noeud) if noeud.operation in FEUILLES else xl.Mention("", principal),
            xl.Formule(formule, _unit(noeud), principal),
            *_each(principal, *textes),
        )

    def feuille(self) -> xl.Feuille:
        """The sheet."""
        return xl.Feuille(
            self.nom,
            _ENTETE_CALCUL,
            (7, 52, 18, 20, 34, 46, 40, 14, 30),
            tuple(self._lignes),
            f"{self.etablissement} – {self.nom}",
            protegee=True,
        )


def _datum(noeud: Noeud) -> xl.Case:
    """A leaf as it is typed; what the reader may change stands out."""
    contenu: xl.Mention | xl.Reponse | xl.Chiffre
    match noeud.valeur:
        case bool():
            contenu = xl.Reponse(noeud.valeur)
        case Decimal():
            contenu = xl.Chiffre(noeud.valeur, _unit(noeud))
        case None:
            contenu = xl.Mention(NON_EVALUABLE)
        case _:
            contenu = xl.Mention(format_value(noeud))
    return xl.Saisie(contenu, _expected(noeud)) if noeud.operation in _MODIFIABLES else contenu


def _expected(noeud: Noeud) -> xl.Mots | xl.Bornes | None:
    mots = (choix for choix in _MOTS if noeud.valeur in choix.mots)
    return next(mots, None) or _BORNES.get(noeud.nature)


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
        page.section(libelle, typographier(volet.mesure_dite), volet.montant)
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
    volet = refus.libelle
    if refus.montant is not None:
        page.section(volet, "sanction fixe", negative("Sanction, en moins", refus.montant))
    if refus.taux is not None:
        page.section(volet, "taux de la diminution (hors total)", refus.taux)
    return page


# --------------------------------------------------------------------------------------------
# The synthesis


def _synthesis(pages: Sequence[_Page]) -> xl.Feuille:
    lignes: list[tuple[xl.Case, ...]] = []
    for page in pages:
        for resultat in page.resultats:
            lignes.append(_result(page, resultat, len(lignes) + 2))
    fin = len(lignes) + 1
    lignes.append(
        (
            *_each(True, "Contrôle", "", "", "", ""),
            *_each(True, "Lignes où le recalcul s’écarte du logiciel", "", ""),
            xl.Formule(f"SUMPRODUCT(--(I2:I{fin}<>0))", "entier", fort=True),
            xl.Mention("", fort=True),
        )
    )
    return xl.Feuille(
        "Synthèse",
        _ENTETE_SYNTHESE,
        (42, 12, 8, 12, 28, 38, 18, 18, 12, 26),
        tuple(lignes),
        "Évaluations – synthèse",
    )


def _result(page: _Page, resultat: _Resultat, rangee: int) -> tuple[xl.Case, ...]:
    fort = resultat.total
    unite = _unit(resultat.noeud)
    source = f"{xl.quote_sheet(page.nom)}!D{resultat.rangee}"
    return (
        *_each(fort, page.etablissement, page.finess),
        xl.Mention("—", fort)
        if page.annee is None
        else xl.Chiffre(Decimal(page.annee), "annee", fort),
        xl.Mention("", fort) if page.date is None else xl.Jour(page.date, fort),
        *_each(fort, resultat.volet, resultat.mesure),
        xl.Formule(f'IF(ISNA({source}),"{NON_EVALUABLE}",{source})', unite, fort),
        _constant(resultat.noeud, fort),
        xl.Formule(_gap(f"G{rangee}", f"H{rangee}"), "ecart", fort),
        xl.Mention(f"{page.nom}, case D{resultat.rangee}", fort),
    )


def _each(fort: bool, *textes: str) -> Iterator[xl.Mention]:
    return (xl.Mention(texte, fort) for texte in textes)


def _constant(noeud: Noeud, fort: bool) -> xl.Case:
    if not isinstance(noeud.valeur, Decimal):
        return xl.Mention(NON_EVALUABLE, fort)
    return xl.Chiffre(noeud.valeur, _unit(noeud), fort)


def _gap(recalcule: str, propose: str) -> str:
    """Zero when both agree, or when neither is known."""
    return (
        f"IF(AND(ISNUMBER({recalcule}),ISNUMBER({propose})),ROUND({recalcule}-{propose},6),"
        f'IF(AND(ISTEXT({recalcule}),ISTEXT({propose})),0,"écart"))'
    )


def _instructions() -> xl.Feuille:
    return xl.Feuille(
        "Mode d’emploi",
        ("Sujet", "Ce qu’il faut savoir"),
        (26, 110),
        tuple((sujet, typographier(texte)) for sujet, texte in MODE_D_EMPLOI),
    )
