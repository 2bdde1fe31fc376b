"""What a final act refuses: words that nobody answers for, values that are but examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from caqes_docs.application.projet import Projet
from caqes_docs.assembly.sujet import Assemblage
from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.source import Source
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml
from caqes_docs.document.model import Clause
from caqes_docs.document.walk import iter_divisions
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.redaction.controle.bibliotheque.validations import refuse_unvalidated

FICTIF = "V-230"


def printed_wordings(projet: Projet, assemblage: Assemblage) -> list[Redaction]:
    """The wordings that a document prints, each once, in reading order."""
    document, date = assemblage.document, assemblage.sujet.date
    divisions = iter_divisions(document.couverture + document.corps)
    noms = dict.fromkeys(bloc.identite.id for bloc in divisions if isinstance(bloc, Clause))
    return [projet.bibliotheque.wording(nom, date) for nom in noms]


def against_signature(
    projet: Projet,
    affaire: Affaire,
    assemblage: Assemblage,
    fichiers: Iterable[FichierYaml],
    jour: dt.date,
    citees: Sequence[Redaction] = (),
) -> list[Constat]:
    """Why the act of `jour` cannot be signed; `fichiers` are the data that it rests on.

    `citees` are the wordings that it brings into another act: their words are signed with it.
    """
    return [
        *check_signable(projet, assemblage, fichiers, citees),
        *_refuse_later_delegation(affaire, printed_wordings(projet, assemblage), jour),
    ]


def check_signable(
    projet: Projet,
    assemblage: Assemblage,
    fichiers: Iterable[FichierYaml],
    citees: Sequence[Redaction] = (),
) -> list[Constat]:
    """The words and values that no act rests on: one finding for each kind, with its list."""
    redactions = [*printed_wordings(projet, assemblage), *citees]
    exemples = [*_examples(fichiers), *_example_parameters(projet, assemblage.sujet.date)]
    return [*refuse_unvalidated(redactions), *_fictitious(exemples)]


def files_of(affaire: Affaire, annee: int | None) -> list[FichierYaml]:
    """The files that an act of `affaire` rests on."""
    evaluation = affaire.evaluations.get(annee) if annee is not None else None
    charges = (affaire.dossier, affaire.ars, affaire.organisme, evaluation, *affaire.appliques)
    return [charge.fichier for charge in charges if charge is not None]


def tell_unproposed(affaire: Affaire) -> Iterator[Constat]:
    """V-252: a contract to sign, of which nothing says how it was proposed (D. 162-15).

    Told with the act to sign alone: a file written before it records the procedure stays silent.
    """
    if affaire.dossier.valeur.contrat.procedure is None:
        yield warning(
            "V-252",
            affaire.dossier.fichier.key_source(("contrat",)),
            "Le contrat est produit pour être signé, et le dossier ne dit pas comment il a été "
            "proposé\u00a0: avis de l’organisme local, première proposition, preuve de sa "
            "réception (CSS, art. D.\u00a0162-15).",
            "Remplir «\u00a0contrat.procedure\u00a0».",
        )


def _refuse_later_delegation(
    affaire: Affaire, redactions: Iterable[Redaction], jour: dt.date
) -> Iterator[Constat]:
    """V-271: an act of `jour`, signed under a delegation that was given after it."""
    delegation = affaire.ars.valeur.delegation
    if delegation is None or delegation.date is None or delegation.date <= jour:
        return
    if any("ars.delegation" in f"{r.ecrit} {r.entete}" for r in redactions):
        yield fault(
            "V-271",
            affaire.ars.fichier.source(("delegation", "date")),
            f"L’acte du {date_longue(jour)} serait signé en vertu d’une délégation du "
            f"{date_longue(delegation.date)}, donnée après lui.",
            "Écrire la délégation qui valait ce jour-là, ou la retirer\u00a0: le directeur général "
            "signe alors lui-même.",
        )


def _fictitious(lieux: Sequence[Source]) -> Iterator[Constat]:
    if lieux:
        places = ", ".join(map(str, lieux))
        yield fault(
            FICTIF,
            lieux[0],
            f"{compte(len(lieux), 'valeur(s) d’exemple')}, que dit «\u00a0fictif\u00a0»\u00a0: "
            f"{places}.",
            "Écrire la vraie valeur et sa source, puis retirer «\u00a0fictif\u00a0».",
        )


def _examples(fichiers: Iterable[FichierYaml]) -> Iterator[Source]:
    """Where the files of an act say that a value is an example."""
    for fichier in fichiers:
        for chemin in _marked(fichier.donnees, ()):
            yield fichier.key_source(chemin)


def _marked(donnee: Donnee, chemin: Chemin) -> Iterator[Chemin]:
    if isinstance(donnee, dict):
        if str(donnee.get("fictif") or "").strip().casefold() == "oui":
            yield (*chemin, "fictif")
        for cle, valeur in donnee.items():
            yield from _marked(valeur, (*chemin, cle))
    elif isinstance(donnee, list):
        for rang, valeur in enumerate(donnee):
            yield from _marked(valeur, (*chemin, rang))


def _example_parameters(projet: Projet, date: dt.date) -> Iterator[Source]:
    """The parameters of the law that are examples at the date of the act."""
    for parametre in projet.droit.parametres.values():
        for valeur in parametre.valeurs:
            if valeur.fictif and valeur.en_vigueur.holds(date):
                yield projet.droit.sources[f"paramètre:{parametre.id}"]
