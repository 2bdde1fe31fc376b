"""The ground of a volet against the targeting of its year: what was proposed rests on something.

CSS, art. D. 162-14, I (2017): a volet additionnel is proposed to an establishment whose practice
departs from a référentiel, or that the regional plan points out; no text lets one be agreed without
it. Thresholds: instruction DSS/A1/CNAMTS/2017/234, annexes 4 to 6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.source import Source
from caqes_docs.data.dossier.ciblage import FigureCiblage, MotifCiblage
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.dossier.parties import VoletId
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.data.lecture.yaml_strict import Chemin
from caqes_docs.law.ciblage.ciblage import DecisionEtablissement
from caqes_docs.law.ciblage.decisions import DecisionCritere, Issue
from caqes_docs.law.droit.droit import effect_date
from caqes_docs.law.droit.valeurs import parse_parametre

_ANNEXES = {VoletId.TRANSPORTS: 4, VoletId.PERTINENCE: 5, VoletId.QUALITE: 6}


@dataclass(frozen=True)
class CiblageDeclare:
    """The targeting of a year, from the table that the agency declares."""

    annee: int
    table: str
    """The file, as the user knows it."""
    decisions: Mapping[str, DecisionEtablissement]
    """By FINESS."""


def check_grounds(dossier: Charge[Dossier], ciblage: CiblageDeclare) -> Iterator[Constat]:
    """V-256 to V-259: the volets of the year, signed or refused, against its targeting."""
    contrat = dossier.valeur.contrat
    poses: list[tuple[Chemin, str, MotifCiblage | None]] = []
    for nom, volet in contrat.volets.items():
        signature = (volet.signature or contrat.signature).date_retenue
        if signature is not None and effect_date(signature).year == ciblage.annee:
            poses.append((("contrat", "volets", nom), nom, volet.ciblage))
    signature = contrat.signature.date_retenue
    for rang, refus in enumerate(contrat.refus):
        if signature is not None and effect_date(signature).year == ciblage.annee:
            poses.append((("contrat", "refus", rang), refus.volet, refus.ciblage))
    for chemin, nom, motif in poses:
        if nom in tuple(VoletId):
            yield from _Fondement(dossier, ciblage, (*chemin, "ciblage"), VoletId(nom)).run(motif)


@dataclass(frozen=True)
class _Fondement:
    """One volet, and where the dossier tells why it was proposed."""

    dossier: Charge[Dossier]
    ciblage: CiblageDeclare
    chemin: Chemin
    volet: VoletId

    def run(self, motif: MotifCiblage | None) -> Iterator[Constat]:
        """What contradicts the table."""
        decision = self.ciblage.decisions.get(self.dossier.valeur.etablissement.finess)
        if decision is None:
            yield warning(
                "V-259",
                self._place(),
                f"L’établissement n’est pas dans la table {self.ciblage.table}\u00a0: rien n’y "
                f"fonde le volet {self.volet}.",
                "L’ajouter à la table, ou corriger son numéro FINESS.",
            )
            return
        yield from self._outcome(decision)
        for rang, figure in enumerate(motif.chiffres if motif else ()):
            if figure.colonne is not None:
                yield from self._figure(decision, rang, figure)

    def _place(self, *suite: str | int) -> Source:
        return self.dossier.fichier.source((*self.chemin, *suite))

    def _outcome(self, decision: DecisionEtablissement) -> Iterator[Constat]:
        issue = next(v for v in decision.volets if v.volet is self.volet)
        ou = f"{self.ciblage.table}:{decision.source.ligne}"
        if issue.issue in (Issue.NON_CIBLE, Issue.NON_SOUMIS):
            yield fault(
                "V-256",
                self._place(),
                f"Le ciblage de {self.ciblage.annee} ne désigne pas l’établissement pour le volet "
                f"{self.volet} ({ou})\u00a0: {issue.raison} Un volet additionnel ne se propose "
                "qu’à l’établissement qui s’écarte d’un référentiel ou que désigne le plan "
                "régional (CSS, art. D. 162-14, I\u202f; instruction DSS/A1/CNAMTS/2017/234, "
                f"annexe {_ANNEXES[self.volet]}).",
                "Corriger la table si la donnée y est fausse, ou retirer le volet.",
            )
        elif issue.issue is Issue.INDETERMINE:
            yield warning(
                "V-257",
                self._place(),
                f"La table ne permet pas de conclure pour le volet {self.volet} ({ou})\u00a0: "
                f"{issue.raison}",
                "Compléter la table avant de signer\u00a0: le volet doit avoir un fondement "
                "(CSS, art. D. 162-14, I).",
            )

    def _figure(
        self, decision: DecisionEtablissement, rang: int, figure: FigureCiblage
    ) -> Iterator[Constat]:
        assert figure.colonne is not None
        criteres = next(v.criteres for v in decision.volets if v.volet is self.volet)
        siens = {critere.colonne: critere for critere in criteres}
        if figure.colonne not in siens:
            yield fault(
                "V-258",
                self._place("chiffres", rang, "colonne"),
                f"«\u00a0{figure.colonne}\u00a0» n’est pas une colonne qui fonde le volet "
                f"{self.volet}.",
                close_name(figure.colonne, siens) or f"Colonnes\u00a0: {', '.join(siens)}.",
            )
            return
        for cle, dite, lue in _differences(figure, siens[figure.colonne], decision.exercice):
            yield fault(
                "V-258",
                self._place("chiffres", rang, cle),
                f"Le dossier écrit «\u00a0{dite}\u00a0», le ciblage de {self.ciblage.annee} "
                f"retient «\u00a0{lue}\u00a0» ({self.ciblage.table}:{decision.source.ligne}, "
                f"{figure.colonne}).",
                "Écrire la même chose aux deux endroits\u00a0: rien ne dit laquelle fait foi.",
            )


def _differences(
    figure: FigureCiblage, critere: DecisionCritere, exercice: int | None
) -> Iterator[tuple[str, str, str]]:
    """Key of the figure, what it says, what the table or the law says."""
    if figure.valeur is not None and not _is_same(figure.valeur, critere):
        yield "valeur", figure.valeur, critere.valeur_imprimee
    seuil = critere.seuil
    connu = _plain(seuil.nu) in _plain(figure.seuil or seuil.nu)
    if not connu and _plain(figure.seuil or "") != _plain(critere.valeur_imprimee):
        yield "seuil", figure.seuil or "", seuil.imprime
    transports = critere.volet is VoletId.TRANSPORTS and exercice is not None
    if transports and figure.annee is not None and figure.annee != exercice:
        yield "annee", str(figure.annee), str(exercice)


def _is_same(dite: str, critere: DecisionCritere) -> bool:
    """Whether the words of the dossier say the value of the table, at their own precision."""
    if not isinstance(critere.valeur, Decimal):
        imprimee = _plain(critere.valeur_imprimee)
        return _plain(dite) in (imprimee, imprimee.removeprefix("classe "))
    try:
        valeur = parse_parametre(dite, critere.unite)
    except ValueError:
        return False
    assert isinstance(valeur, Decimal)
    pas = Decimal((0, (1,), min(int(valeur.as_tuple().exponent), 0)))
    return critere.valeur.quantize(pas, ROUND_HALF_UP) == valeur


def _plain(texte: str) -> str:
    """`texte` with plain spaces and hyphens, without capitals."""
    return " ".join(texte.casefold().replace("-", " ").split())
