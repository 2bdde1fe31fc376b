"""An act assembled, with all that its dossier and the law have to say against it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from caqes_docs.application.memoire.objets import recall_value, remember_value
from caqes_docs.application.memoire.souvenirs import ACTES
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.ciblage import check_targeting
from caqes_docs.application.verifier.signature import (
    FICTIF,
    against_signature,
    files_of,
    tell_unproposed,
)
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import CONTRAT, Assemblage
from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.errors import CaqesError, DonneesError, RevisionError
from caqes_docs.core.francais.accord import compte
from caqes_docs.data.depot import Affaire
from caqes_docs.law.avenant.controles import check_avenant
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.controle.bibliotheque.validations import CHANGEE, EXEMPLE, JAMAIS


def assemble_checked(
    projet: Projet,
    affaire: Affaire,
    type_document: TypeDocument,
    options: Options,
    *,
    exemples: bool = False,
    entier: bool = False,
) -> Assemblage:
    """The assembled act, after the checks that compare the dossier with the law.

    With `exemples`, a final act may rest on words and values that are but examples; with `entier`,
    its subject still tells what clauses may name, which that of a remembered act does not.

    Raises:
        DonneesError: the dossier contradicts the catalogue or the law (all faults listed); D-060
            terms that a final contract leaves open; D-000 a final act that cannot be signed.
    """
    if not options.definitif:
        return _assemble(projet, affaire, type_document, options, entier=entier)
    try:
        assemblage = _assemble(projet, affaire, type_document, options)
    except DonneesError as error:
        aussi = []
        with contextlib.suppress(CaqesError):
            projet_d_acte = replace(options, definitif=False)
            aussi = _unsigned(projet, affaire, type_document, projet_d_acte)
        if aussi:
            error.constats = tuple(sort_constats({*error.constats, *aussi}))
        raise
    sien = _concerned(type_document, affaire, options) if options.avenant else affaire
    contre = _against_signature(projet, sien, type_document, assemblage, options)
    if exemples:
        refuse_no_example(contre, affaire.dossier.fichier.nom)
        contre = [constat for constat in contre if constat.code not in EXEMPLES]
    refuse_to_sign(contre)
    return assemblage


def _concerned(type_document: TypeDocument, affaire: Affaire, options: Options) -> Affaire:
    from caqes_docs.assembly.actes import of_its_subject

    return of_its_subject(type_document.plan, affaire, options)


def _unsigned(
    projet: Projet, affaire: Affaire, type_document: TypeDocument, options: Options
) -> list[Constat]:
    """What keeps the act from being signed, told together with its other faults."""
    brouillon = assemble_known(projet, affaire, type_document, options)
    return _against_signature(projet, affaire, type_document, brouillon, options)


def _against_signature(
    projet: Projet,
    affaire: Affaire,
    type_document: TypeDocument,
    assemblage: Assemblage,
    options: Options,
) -> list[Constat]:
    """Why the act cannot be signed, the grounds of the volets that it proposes included."""
    fondements = () if options.annee is not None else check_targeting(projet, affaire)
    fichiers = files_of(affaire, options.annee)
    jour = assemblage.sujet.date
    if type_document.plan.id == CONTRAT:
        signature = affaire.dossier.valeur.contrat.signature
        parties = signature.dates_des_parties
        jour = parties.ars if parties else signature.date_retenue or jour
    return [
        *against_signature(projet, affaire, assemblage, fichiers, jour),
        *(constat for constat in fondements if constat.gravite is Gravite.ERREUR),
    ]


def foresee(projet: Projet, affaire: Affaire, brouillon: Assemblage) -> list[Constat]:
    """What the contract to sign will be told, and that its draft is not."""
    contrat, options = projet.types[CONTRAT], Options()
    return [
        *_against_signature(projet, affaire, contrat, brouillon, options),
        *tell_unproposed(affaire),
    ]


def assemble_known(
    projet: Projet,
    affaire: Affaire,
    type_document: TypeDocument,
    options: Options,
    *,
    entier: bool = False,
) -> Assemblage:
    """The act, remembered from when it was checked or made; one to sign is always made anew.

    Raises as `assemble_act` does.
    """
    cle = None if options.definitif else projet.act_key(affaire, type_document, repr(options))
    connu = recall_value(cle, Assemblage, ACTES) if cle and not entier else None
    if connu is not None:
        return connu
    from caqes_docs.assembly.actes import assemble_act  # and all that it takes to write an act

    fait = assemble_act(type_document, affaire, projet.bibliotheque, projet.droit, options)
    if cle:
        remember_value(cle, replace(fait, sujet=replace(fait.sujet, noms={})), ACTES)
    return fait


def _assemble(
    projet: Projet,
    affaire: Affaire,
    type_document: TypeDocument,
    options: Options,
    *,
    entier: bool = False,
) -> Assemblage:
    fautes = check_affaire(affaire, projet.droit, options.date_effet)
    if options.avenant is not None:
        charge = affaire.avenants[options.avenant]
        avenants = check_avenant(affaire, charge, projet.droit, options.date_effet)
        sien = charge.fichier.nom
        fautes = [*fautes, *(faute for faute in avenants if faute.source.fichier == sien)]
    erreurs = [faute for faute in fautes if faute.gravite is Gravite.ERREUR]
    if erreurs:
        raise DonneesError("D-000", f"Le dossier a {compte(len(erreurs), 'erreur(s)')}.", erreurs)
    with _refuse_open_terms(fautes if type_document.plan.id == CONTRAT else (), options):
        assemblage = assemble_known(projet, affaire, type_document, options, entier=entier)
    propres = assemblage.sujet.constats
    if options.definitif:
        refuse_to_sign(propres)
        if type_document.plan.id == CONTRAT:
            propres = (*propres, *tell_unproposed(affaire), *check_targeting(projet, affaire))
    constats = tuple(sort_constats({*assemblage.constats, *fautes, *propres}))
    return replace(assemblage, constats=constats)


@contextlib.contextmanager
def _refuse_open_terms(fautes: Sequence[Constat], options: Options) -> Iterator[None]:
    """Refuse a final contract whose terms are open, together with the data that it misses."""
    manques = [faute for faute in fautes if faute.gravite is Gravite.MANQUE and options.definitif]
    try:
        yield
    except DonneesError as error:
        if error.code != "D-060" or not manques:
            raise
        manques += error.constats
    if manques:
        raise DonneesError(
            "D-060",
            "Le contrat définitif ne peut pas être produit\u00a0: "
            f"{compte(len(manques), 'donnée(s) à compléter')}.",
            sort_constats(manques),
        )


EXEMPLES = frozenset({JAMAIS, CHANGEE, EXEMPLE, FICTIF})
"""What keeps a sample from being signed: words that nobody answers for, values that are examples"""


def refuse_no_example(contre: Sequence[Constat], nom: str) -> None:
    """A-012: a trial is made of an act that could be signed.

    Raises:
        RevisionError: nothing in the act is an example.
    """
    if not any(constat.code in EXEMPLES for constat in contre):
        raise RevisionError(
            "A-012",
            f"Rien n’est un exemple dans l’acte de «\u00a0{nom}\u00a0»\u00a0: il peut être "
            "signé pour de bon.",
            remede="Retirer --exemple.",
        )


def refuse_to_sign(fautes: Iterable[Constat]) -> None:
    """A final act states nothing that the law contradicts.

    Raises:
        DonneesError: D-000 its data have errors, or nobody answers for its words (all listed).
    """
    erreurs = [faute for faute in fautes if faute.gravite is Gravite.ERREUR]
    if erreurs:
        message = (
            "L’acte définitif ne peut pas être produit\u00a0: "
            f"{compte(len(erreurs), 'erreur(s)')} dans ce qu’il imprime."
        )
        raise DonneesError("D-000", message, erreurs)
