"""The wordings that nobody answers for: never validated, changed since, or as an example only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.redaction.bibliotheque.redactions import Redaction

JAMAIS, CHANGEE, EXEMPLE = "C-075", "C-076", "C-077"
_NOMS = {
    JAMAIS: "imprimée(s) que personne n’a validée(s)",
    CHANGEE: "imprimée(s), et changée(s) depuis que quelqu’un en répond",
    EXEMPLE: "imprimée(s), dont la validation n’est qu’un exemple",
}
_VALIDER = "Relire, puis\u00a0: caqes clauses valider ID… --par … --qualite … --le …"


def find_lack(redaction: Redaction) -> str | None:
    """Why nobody answers for the present words of a wording; None when somebody does."""
    if redaction.is_validated:
        return None
    if any(not validation.fait.fictive for validation in redaction.validations):
        return CHANGEE
    return JAMAIS if redaction.validation is None else EXEMPLE


def check_validations(redactions: Iterable[Redaction], *, toutes: bool) -> Iterator[Constat]:
    """What changed since it was validated; `toutes` adds what nobody ever did."""
    for redaction in redactions:
        manque = find_lack(redaction)
        if manque == CHANGEE:
            fait = [v for v in redaction.validations if not v.fait.fictive][-1].fait
            message = (
                f"Les mots ont changé depuis leur validation par {fait.par}, le "
                f"{date_longue(fait.le)}\u00a0: personne n’en répond plus."
            )
            yield warning(CHANGEE, redaction.source(), message, _VALIDER)
        elif manque is not None and toutes:
            message = "Personne ne répond des mots de cette rédaction."
            yield warning(JAMAIS, redaction.source(), message, _VALIDER)


def refuse_unvalidated(redactions: Iterable[Redaction]) -> Iterator[Constat]:
    """Why an act that prints `redactions` cannot be signed: one finding for each reason."""
    trouvees: dict[str, list[Redaction]] = {}
    for redaction in redactions:
        manque = find_lack(redaction)
        if manque is not None:
            trouvees.setdefault(manque, []).append(redaction)
    for code, concernees in trouvees.items():
        noms = ", ".join(redaction.entete.id for redaction in concernees)
        message = f"{compte(len(concernees), f'rédaction(s) {_NOMS[code]}')}\u00a0: {noms}."
        yield fault(code, concernees[0].source(), message, _VALIDER)
