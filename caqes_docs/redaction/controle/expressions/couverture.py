"""Which conditions the dossiers of a project try both ways.

The control flow of each clause is run on each dossier, without its text: every condition of an
`if` is wrapped in a call that notes its answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Template, TemplateError, nodes

from caqes_docs.core.constats import Constat, warning
from caqes_docs.core.errors import CaqesError
from caqes_docs.core.source import Source
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.controle.expressions.ecriture import spelt
from caqes_docs.redaction.controle.expressions.types import quoted
from caqes_docs.redaction.langage.clause import evaluate
from caqes_docs.redaction.langage.moteur import ENVIRONNEMENT, Registre, prepare

_NOTER = "_noter"


@dataclass
class _Test:
    """A condition, its place, and the answers it got."""

    source: Source
    ecriture: str
    parent: int | None = None
    reponses: set[bool] = field(default_factory=set)


@dataclass
class _Suivi:
    """One wording ready to be tried."""

    redaction: Redaction
    gabarit: Template | None
    tests: list[_Test]

    def note(self, rang: int, valeur: object) -> bool:
        """Called by the instrumented template."""
        reponse = bool(valeur)
        self.tests[rang].reponses.add(reponse)
        return reponse


class Couverture:
    """Tries wordings on contexts, then tells which conditions always answered the same."""

    def __init__(self) -> None:
        self._suivis: dict[str, _Suivi] = {}
        self.contextes = 0

    def run(self, redactions: Sequence[Redaction], contexte: Mapping[str, object]) -> None:
        """Try the wordings of one act."""
        self.contextes += 1
        for redaction in redactions:
            if redaction.fichier.nom not in self._suivis:
                self._suivis[redaction.fichier.nom] = _prepare(redaction)
            suivi = self._suivis[redaction.fichier.nom]
            try:
                self._try(suivi, contexte)
            except (TemplateError, TypeError, AttributeError, CaqesError):
                continue  # the static checks, and the act itself, tell what is wrong

    def _try(self, suivi: _Suivi, contexte: Mapping[str, object]) -> None:
        if suivi.redaction.entete.si and not suivi.note(0, evaluate(suivi.redaction, contexte)):
            return
        if suivi.gabarit is not None:
            interne = {"_registre": Registre(), _NOTER: suivi.note}
            suivi.gabarit.render({**contexte, **interne})

    def findings(self) -> Iterator[Constat]:
        """The conditions that the dossiers do not try both ways; inner ones only when reached."""
        for suivi in self._suivis.values():
            signalees: set[int] = set()
            for rang, test in enumerate(suivi.tests):
                if len(test.reponses) == 2:
                    continue
                signalees.add(rang)
                if test.parent not in signalees:
                    yield _finding(test)


def _finding(test: _Test) -> Constat:
    if not test.reponses:
        quoi = "n’est jamais atteinte"
    else:
        quoi = "n’est jamais fausse" if True in test.reponses else "n’est jamais vraie"
    return warning(
        "C-041",
        test.source,
        f"La condition {quoted(test.ecriture)} {quoi} dans les dossiers du projet\u00a0: l’une de "
        "ses issues n’est pas essayée.",
        "Ajouter un dossier d’essai qui prenne l’autre issue.",
    )


def _prepare(redaction: Redaction) -> _Suivi:
    suivi = _Suivi(redaction, None, [])
    racine = None
    if redaction.entete.si:
        suivi.tests.append(_Test(redaction.fichier.source(("si",)), redaction.entete.si))
        racine = 0
    try:
        arbre = ENVIRONNEMENT.parse(prepare(redaction.corps))  # a tree of its own, to be changed
        arbre.body = _wrap(arbre.body, suivi, racine)
        suivi.gabarit = Template.from_code(ENVIRONNEMENT, ENVIRONNEMENT.compile(arbre), {})
    except TemplateError:
        suivi.gabarit = None
    return suivi


def _wrap(corps: Sequence[nodes.Node], suivi: _Suivi, parent: int | None) -> list[nodes.Node]:
    """The statements that decide, their tests wrapped; what prints is dropped."""
    gardes: list[nodes.Node] = []
    for noeud in corps:
        if isinstance(noeud, nodes.If):
            _wrap_choice(noeud, suivi, parent)
            gardes.append(noeud)
        elif isinstance(noeud, nodes.For):
            noeud.body = _wrap(noeud.body, suivi, parent)
            noeud.else_ = _wrap(noeud.else_, suivi, parent)
            gardes.append(noeud)
    return gardes


def _wrap_choice(noeud: nodes.If, suivi: _Suivi, parent: int | None) -> None:
    dernier = parent
    for branche in (noeud, *noeud.elif_):
        rang = len(suivi.tests)
        lieu = suivi.redaction.source(branche.test.lineno or 1)
        suivi.tests.append(_Test(lieu, spelt(branche.test), dernier))
        assert isinstance(branche.test, nodes.Expr)
        arguments: list[nodes.Expr] = [nodes.Const(rang), branche.test]
        branche.test = nodes.Call(nodes.Name(_NOTER, "load"), arguments, [], None, None)
        branche.body = _wrap(branche.body, suivi, rang)
        branche.test.set_lineno(1)
        branche.test.set_environment(ENVIRONNEMENT)
        dernier = rang
    noeud.else_ = _wrap(noeud.else_, suivi, dernier)
