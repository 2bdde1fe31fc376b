"""What a document misses, as findings: once per place, what is optional apart."""

from __future__ import annotations

from collections.abc import Iterable

from caqes_docs.core.constats import Constat, Gravite, warning
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.source import parse_source
from caqes_docs.document import model as doc
from caqes_docs.document.walk import iter_document_inlines
from caqes_docs.redaction.langage.vues import FACULTATIVE


def missing_findings(document: doc.Document, tus: Iterable[doc.ACompleter]) -> list[Constat]:
    """What is missing, once per place; indicators that are not posed at all are told together.

    `tus`: the optional keys left empty, of which the document itself says nothing.
    """
    manques = [
        inline for inline in iter_document_inlines(document) if isinstance(inline, doc.ACompleter)
    ]
    manques += tus
    manques.sort(key=_is_optional)  # what is printed elsewhere is wanted
    absents: dict[str, list[str]] = {}
    vides = _blank(manques)
    constats = []
    for manque in {manque.chemin: manque for manque in reversed(manques)}.values():
        parties = manque.chemin.split(".")
        if parties[:2] == _INDICATEURS and parties[2] in vides:
            absents.setdefault(min(vides.values(), key=_line), []).append(parties[2])
        elif parties[:2] == _INDICATEURS and _is_shared(manque, manques):
            absents.setdefault(manque.origine, []).append(parties[2])
        else:
            constats.append(_missing_one(manque))
    for origine, codes in absents.items():
        noms = list(dict.fromkeys(codes))
        constats.append(
            Constat(
                "D-060",
                Gravite.MANQUE,
                parse_source(origine),
                f"À compléter\u00a0: {compte(len(noms), 'indicateur(s)')} à poser "
                f"({', '.join(noms)}).",
                "Donner à chacun sa référence et sa cible, ou «\u00a0sans_objet\u00a0» "
                "et le motif.",
            )
        )
    return constats


_INDICATEURS = ["contrat", "indicateurs"]


def _blank(manques: list[doc.ACompleter]) -> dict[str, str]:
    """The indicators that stand wholly empty, when there are several, and where the first is."""
    chemins: dict[str, dict[str, str]] = {}
    for manque in manques:
        parties = manque.chemin.split(".")
        if parties[:2] == _INDICATEURS:
            chemins.setdefault(parties[2], {})[manque.chemin] = manque.origine
    vides = {
        code: min(siens.values(), key=_line)
        for code, siens in chemins.items()
        if len(siens) >= _TOUT
    }
    return vides if len(vides) > 1 else {}


def _line(origine: str) -> tuple[int, int]:
    source = parse_source(origine)
    return source.ligne, source.colonne


_TOUT = 3
"""Year and value of reference, target: what an indicator must say."""


def _is_shared(manque: doc.ACompleter, manques: list[doc.ACompleter]) -> bool:
    """Whether another indicator is missing at the very same place: neither stands in the file."""
    code = manque.chemin.split(".")[2]
    return any(
        autre.origine == manque.origine and autre.chemin.split(".")[2:3] != [code]
        for autre in manques
    )


def _is_optional(manque: doc.ACompleter) -> bool:
    """Whether a key stands empty of which the act would say nothing were it not there."""
    return manque.cles.endswith(FACULTATIVE)


def _missing_one(manque: doc.ACompleter) -> Constat:
    source, chemin = parse_source(manque.origine), manque.chemin
    if "/avenants/" in source.fichier and chemin.split(".")[1:2] != ["volets"]:
        chemin = chemin.removeprefix("contrat.")  # as its own file names what it carries
    cle = f"Remplir «\u00a0{chemin}\u00a0»"
    if _is_optional(manque):
        dit = (
            f"Laissé vide\u00a0: {manque.libelle}{manque.cles}. "
            "L’acte définitif se fera sans cette donnée."
        )
        return warning("D-110", source, dit, f"{cle}, ou effacer la ligne.")
    dit = f"À compléter\u00a0: {manque.libelle}{manque.cles}."
    return Constat("D-060", Gravite.MANQUE, source, dit, f"{cle}.")
