"""The register of obligations and the clauses that carry them, both ways and at every date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping

from caqes_docs.core.constats import Constat, Gravite, fault
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.periode import in_force
from caqes_docs.core.source import Source
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.droit.catalogue import Obligation
from caqes_docs.law.droit.droit import Droit
from caqes_docs.redaction.bibliotheque.nommage import renamed
from caqes_docs.redaction.bibliotheque.redactions import Bibliotheque
from caqes_docs.redaction.controle.expressions.types import quoted

_ERREUR = Gravite.ERREUR


def check_obligations(
    bibliotheque: Bibliotheque, droit: Droit, dates: Mapping[str, Collection[dt.date]]
) -> Iterator[Constat]:
    """The register of obligations and the clauses, both ways; then at `dates`, by clause."""
    if not droit.obligations and not _declared(bibliotheque):
        return
    yield from _from_clauses(bibliotheque, droit)
    declarees = _declared(bibliotheque)
    porteurs = _carriers(bibliotheque, droit)
    for obligation in _obligations(bibliotheque, droit).values():
        source = droit.sources.get(f"obligation:{obligation.id}", Source("catalogues"))
        if not obligation.porte_par:
            yield Constat(
                "L-015",
                _ERREUR,
                source,
                f"Rien ne porte l’obligation {quoted(obligation.id)}.",
                "Nommer dans «\u00a0porte_par\u00a0» la clause, l’indicateur ou le paramètre qui "
                "la porte.",
            )
        yield from _from_register(obligation, source, porteurs, declarees)
        yield from _from_force(obligation, source, bibliotheque)
        yield from _lost(obligation, bibliotheque, dates)


def _lost(
    obligation: Obligation, bibliotheque: Bibliotheque, dates: Mapping[str, Collection[dt.date]]
) -> Iterator[Constat]:
    """C-117: from a date on, none of the clauses of an obligation has a wording that carries it."""
    noms = [p.partition(":")[2] for p in obligation.porte_par if p.startswith("clause:")]
    siennes = [r for nom in noms for r in bibliotheque.clauses.get(nom, ())]
    porteuses = [r for r in siennes if obligation.id in r.entete.obligations]
    for date in sorted({date for nom in noms for date in dates.get(nom, ())}):
        if not any(r.en_vigueur.du <= date for r in porteuses):
            continue
        if not any(r.en_vigueur.holds(date) for r in porteuses):
            muette = in_force(siennes, date)
            avant = max(
                (r for r in porteuses if r.en_vigueur.du <= date), key=lambda r: r.en_vigueur.du
            )
            yield fault(
                "C-117",
                (muette or avant).fichier.source(("obligations" if muette else "en_vigueur",)),
                f"Plus rien ne porte l’obligation {quoted(obligation.id)} au {date_longue(date)}"
                f"\u00a0: {avant.fichier.nom} la portait {avant.en_vigueur}.",
                "L’écrire dans la rédaction de cette date et la citer dans ses "
                "«\u00a0obligations\u00a0», ou prolonger celle qui la porte.",
            )
            return


_FAIBLES = re.compile("veille|encourage|favorise|facilite|s’efforce|s’attache|tente")


def _from_force(
    obligation: Obligation, source: Source, bibliotheque: Bibliotheque
) -> Iterator[Constat]:
    """C-090: a wording of our own that no longer has the words of the force of its obligation.

    Where one carrier was imported from a model, its words are the model's: they are not compared.
    """
    if obligation.verbe is None:
        return
    faible = obligation.force == "resultat" and _FAIBLES.match(obligation.verbe)
    redactions = [
        redaction
        for porteur in obligation.porte_par
        if porteur.startswith("clause:")
        for redaction in bibliotheque.clauses.get(porteur.partition(":")[2], ())
    ]
    notres = redactions and all(r.entete.statut == "redaction_propre" for r in redactions)
    if faible or (notres and not any(obligation.verbe in r.corps for r in redactions)):
        quoi = (
            "sont trop faibles pour elle" if faible else "ne sont dans aucune clause qui la porte"
        )
        yield Constat(
            "C-090",
            _ERREUR,
            source,
            f"Obligation {quoted(obligation.id)}\u00a0: les mots qui disent sa force, "
            f"{quoted(obligation.verbe)}, {quoi}.",
            "Rétablir ces mots dans la clause, ou récrire «\u00a0verbe\u00a0» et "
            "«\u00a0force\u00a0» si l’obligation garde sa portée.",
        )


def _obligations(bibliotheque: Bibliotheque, droit: Droit) -> dict[str, Obligation]:
    """The register, each carrier under the present id of its clause."""

    def present(porteur: str) -> str:
        prefixe, separateur, nom = porteur.partition(":")
        return prefixe + separateur + bibliotheque.present(nom)

    return {nom: renamed(o, present) for nom, o in droit.obligations.items()}


def _declared(bibliotheque: Bibliotheque) -> set[tuple[str, str]]:
    """(clause, obligation) as the front matters say."""
    return {
        (nom, obligation)
        for nom, redactions in bibliotheque.clauses.items()
        for redaction in redactions
        for obligation in redaction.entete.obligations
    }


def _carriers(bibliotheque: Bibliotheque, droit: Droit) -> dict[str, Collection[str]]:
    """What an obligation may name as its carrier, by prefix."""
    indicateurs = {i.id for registre in droit.registres for i in registre.indicateurs}
    return {
        "clause": bibliotheque.clauses.keys(),
        "indicateur": indicateurs,
        "parametre": droit.parametres.keys(),
        "plan": droit.plans_types.keys(),
        "terme": droit.termes.keys(),
        "calendrier": {donnee.id for donnee in droit.calendrier.donnees},
    }


def _from_clauses(bibliotheque: Bibliotheque, droit: Droit) -> Iterator[Constat]:
    obligations = _obligations(bibliotheque, droit)
    for nom, redactions in bibliotheque.clauses.items():
        for redaction in redactions:
            for rang, cite in enumerate(redaction.entete.obligations):
                source = redaction.fichier.source(("obligations", rang))
                obligation = obligations.get(cite)
                if obligation is None:
                    remede = close_name(cite, droit.obligations)
                    yield Constat(
                        "C-040",
                        _ERREUR,
                        source,
                        f"L’obligation {quoted(cite)} n’est pas au registre.",
                        remede or "L’ajouter à catalogues/obligations.yaml, ou la retirer.",
                    )
                elif f"clause:{nom}" not in obligation.porte_par:
                    ou = droit.sources.get(f"obligation:{cite}", "catalogues/obligations.yaml")
                    yield Constat(
                        "C-058",
                        _ERREUR,
                        source,
                        f"La clause dit porter {quoted(cite)}, que le registre ne lui attribue "
                        "pas.",
                        f"Ajouter «\u00a0clause:{nom}\u00a0» à «\u00a0porte_par\u00a0» en {ou}, ou "
                        "retirer l’obligation de l’en-tête.",
                    )


def _from_register(
    obligation: Obligation,
    source: Source,
    porteurs: dict[str, Collection[str]],
    declarees: set[tuple[str, str]],
) -> Iterator[Constat]:
    for porteur in obligation.porte_par:
        prefixe, _, nom = porteur.partition(":")
        connus = porteurs.get(prefixe)
        if porteur == "calendrier" and connus:
            continue  # the calendar as a whole
        if connus is None or nom not in connus:
            proche = close_name(nom, connus) if connus is not None else ""
            yield Constat(
                "L-014",
                _ERREUR,
                source,
                f"L’obligation {quoted(obligation.id)} serait portée par {quoted(porteur)}, qui "
                "n’existe pas.",
                proche or f"Écrire {', '.join(f'{p}:…' for p in porteurs)}.",
            )
        elif prefixe == "clause" and (nom, obligation.id) not in declarees:
            yield Constat(
                "C-059",
                _ERREUR,
                source,
                f"Le registre attribue {quoted(obligation.id)} à la clause {quoted(nom)}, qui ne "
                "la cite pas.",
                "L’ajouter à «\u00a0obligations\u00a0» dans l’en-tête de la clause, ou corriger "
                "le registre.",
            )
