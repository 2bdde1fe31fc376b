"""The act of an avenant: what the two states make it say, proved before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from caqes_docs.application.avenants.etats import Etats, open_states
from caqes_docs.application.avenants.redline import Redline, build_redline
from caqes_docs.application.production import Production, Sortie, make_files
from caqes_docs.application.projet import Projet
from caqes_docs.application.verifier.actes import EXEMPLES, refuse_to_sign
from caqes_docs.application.verifier.avenants import check_named
from caqes_docs.application.verifier.signature import against_signature, files_of
from caqes_docs.assembly.actes import need_avenant
from caqes_docs.assembly.assembler import assemble
from caqes_docs.assembly.avenant.apports import (
    AMENDING,
    RESILIATION,
    REVISION,
    article_of,
    build_modifications,
    formulas,
    without_notices,
)
from caqes_docs.assembly.avenant.cibles import stray_targets
from caqes_docs.assembly.avenant.comparaison import compare_wordings
from caqes_docs.assembly.avenant.sujet import Apports, describe_avenant
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import CONTRAT, Assemblage
from caqes_docs.core.constats import Constat, Gravite, sort_constats
from caqes_docs.core.errors import DonneesError, RevisionError
from caqes_docs.core.francais.accord import compte
from caqes_docs.core.francais.typographie import NBSP
from caqes_docs.data.avenant.modele import Avenant, CasAvenant
from caqes_docs.data.depot import Affaire
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.document.amendement.articles import ArticleModificatif
from caqes_docs.document.amendement.avenant import build_amendment
from caqes_docs.document.amendement.formules import Formules
from caqes_docs.document.empreinte import digest
from caqes_docs.document.model import Clause, Section
from caqes_docs.document.revision.forme import shared_keys
from caqes_docs.document.revision.garde import EtatActe
from caqes_docs.document.revision.script import Script
from caqes_docs.document.texte import blocks_text
from caqes_docs.document.walk import iter_divisions
from caqes_docs.law.avenant.controles import check_avenant
from caqes_docs.law.controles.dossier import check_affaire
from caqes_docs.law.droit.propres import name_medical_body, own_law
from caqes_docs.redaction.bibliotheque.numeros import numbers_of
from caqes_docs.redaction.bibliotheque.plan import TypeDocument
from caqes_docs.redaction.bibliotheque.redactions import Redaction
from caqes_docs.review.amendement.blocs import IllisibleError
from caqes_docs.review.amendement.preuve import consolidated_lines, read_articles, read_state


@dataclass(frozen=True)
class ActeAvenant:
    """An avenant in words, and the script that it tells."""

    assemblage: Assemblage
    avant: EtatActe
    apres: EtatActe
    script: Script
    articles: tuple[ArticleModificatif, ...]


@shared_keys()
def produce_avenant(
    projet: Projet, affaire: Affaire, type_: TypeDocument, options: Options, sortie: Sortie
) -> tuple[Assemblage, Production]:
    """Write the avenant `options.avenant` and what shows its changes, once all is proved.

    Raises:
        RevisionError: A-006 a proof does not hold; A-060 it changes nothing that the contract says.
        DonneesError: D-099 there is no such avenant; its data have errors; D-060 it is final, and
            data are missing.
    """
    charge = need_avenant(affaire, options.avenant)
    siennes = (
        f
        for f in check_avenant(affaire, charge, projet.droit, options.date_effet)
        if f.source.fichier == charge.fichier.nom
    )
    _refuse_faulty(charge, sort_constats((*siennes, *check_named(projet, affaire, charge))))
    etats = open_states(projet, affaire, charge.valeur.numero, options.date_effet)
    acte = build_avenant(projet, type_, etats, charge, options)
    redline = _redline(projet, acte, sortie)
    rendus = make_files(acte.assemblage.document, type_, sortie.formats)
    faits = rendus.write(sortie.dossier, sortie.base)
    noms = redline.write(sortie.dossier, f"comparaison_{sortie.base}")
    return acte.assemblage, replace(
        faits,
        fichiers=(*faits.fichiers, *noms),
        empreintes=(*faits.empreintes, *redline.empreintes),
        preuves={**redline.preuves, "relecture_des_mots_donne_B": True},
    )


def _refuse_faulty(charge: Charge[Avenant], fautes: Iterable[Constat]) -> None:
    """D-000: what the avenant, or the contract that it makes, has against the law."""
    erreurs = [faute for faute in fautes if faute.gravite is Gravite.ERREUR]
    if erreurs:
        nombre = compte(len(erreurs), "erreur(s)")
        message = f"L’avenant n°\u00a0{charge.valeur.numero} a {nombre}."
        raise DonneesError("D-000", message, erreurs)


def build_avenant(
    projet: Projet,
    type_: TypeDocument,
    etats: Etats,
    charge: Charge[Avenant],
    options: Options,
    *,
    exemples: bool = False,
) -> ActeAvenant:
    """The avenant in words, after the checks that compare its data with the law.

    With `exemples`, a final act may rest on words and values that are but examples.
    """
    a, b = (without_notices(etat.document) for etat in (etats.avant, etats.apres))
    avant, apres = etats.avant.affaire, etats.apres.affaire
    vacants = frozenset(avant.numeros.values()) - set(numbers_of(a).values())
    amendement = build_amendment(a, b, formulas(projet.droit), vacants=vacants)
    _refuse_idle(amendement.script, charge)
    apports = Apports(
        avant,
        apres,
        build_modifications(amendement.articles),
        compare_wordings(a, amendement.fin),
        article_of(a, RESILIATION if charge.valeur.cas is CasAvenant.RESILIATION else REVISION),
    )
    assemblage = _checked(projet, type_, charge, apports, options)
    if options.definitif:
        jour = assemblage.sujet.acte.date_signature or assemblage.sujet.date
        fichiers = [*files_of(apres, None), charge.fichier]
        citees = _brought(etats, charge.valeur)
        contre = against_signature(projet, apres, assemblage, fichiers, jour, citees)
        refuse_to_sign(c for c in contre if not (exemples and c.code in EXEMPLES))
    premier, second = (
        EtatActe(f"Contrat {quand} l’avenant n°\u00a0{charge.valeur.numero}", un, digest(un))
        for quand, un in (("avant", a), ("après", amendement.brut))
    )
    acte = ActeAvenant(assemblage, premier, second, amendement.script, amendement.articles)
    _refuse_misread(acte, formulas(projet.droit))
    _refuse_contradiction(acte, charge)
    return acte


def _brought(etats: Etats, avenant: Avenant) -> list[Redaction]:
    """The wordings that the avenant brings into the contract; a derogation is the parties' own."""
    avant, apres = (
        {
            bloc.identite.id: bloc.identite.version
            for bloc in iter_divisions(etat.document.couverture + etat.document.corps)
            if isinstance(bloc, Clause)
        }
        for etat in (etats.avant, etats.apres)
    )
    bibliotheque = etats.apres.composition.projet.bibliotheque
    deplacees = {bibliotheque.present(une.clause) for une in etats.redactions}
    propres = {bibliotheque.present(une.clause) for une in avenant.derogations}
    return [
        bibliotheque.wording(nom, version)
        for nom, version in apres.items()
        if nom not in propres and (avant.get(nom) != version or nom in deplacees)
    ]


def _refuse_misread(acte: ActeAvenant, mots: Formules) -> None:
    """A-006: the printed words of the act, read alone, do not make of A what the script does."""
    printed = acte.assemblage.document.corps
    articles = [one for one in iter_divisions(printed) if one.ancre.startswith(AMENDING)]
    annexes = {
        bloc.titre.numero.split(NBSP)[-1]: blocks_text((bloc,)).splitlines()
        for bloc in printed
        if isinstance(bloc, Section) and bloc.titre.numero.startswith("Annexe")
    }
    lignes = [blocks_text(article.blocs).splitlines() for article in articles]
    etat = read_state(acte.avant.document, mots)
    try:
        lu = consolidated_lines(etat, read_articles(etat, lignes, mots), annexes)
    except IllisibleError as error:
        lu, dit = [], f"\u00a0: {error}"
    else:
        dit = ""
    if lu != read_state(acte.apres.document, mots).lines():
        raise RevisionError(
            "A-006",
            "L’avenant, relu d’après ses seuls mots, ne dit pas ce que dit le contrat après "
            f"lui{dit}. Rien n’est écrit.",
            remede="Transmettre le contrat et l’avenant à l’équipe du logiciel.",
        )


def _refuse_contradiction(acte: ActeAvenant, charge: Charge[Avenant]) -> None:
    """A-026: the contract would print two targets for one year."""
    restees = stray_targets(acte.apres.document, acte.assemblage.sujet)
    if restees:
        dites = "\u202f; ".join(f"{code}\u00a0: «\u00a0{cible}\u00a0»" for code, cible in restees)
        raise RevisionError(
            "A-026",
            f"Après l’avenant n°\u00a0{charge.valeur.numero}, le contrat dirait une cible qui "
            f"n’est pas celle de ses données\u00a0: {dites}.",
            remede="Modifier aussi, dans cet avenant («\u00a0derogations\u00a0» ou "
            "«\u00a0redactions\u00a0»), la clause qui porte cette cible en toutes lettres.",
            source=charge.fichier.source(("modifications",)),
        )


def _refuse_idle(script: Script, charge: Charge[Avenant]) -> None:
    """A-060: nothing of substance changes."""
    if not script:
        raise RevisionError(
            "A-060",
            f"L’avenant n°\u00a0{charge.valeur.numero} ne change rien à ce que dit le contrat.",
            remede="Retirer l’avenant, ou lui faire modifier ce que le contrat imprime.",
            source=charge.fichier.source(("modifications",)),
        )


def _checked(
    projet: Projet,
    type_: TypeDocument,
    charge: Charge[Avenant],
    apports: Apports,
    options: Options,
) -> Assemblage:
    """The act, with what its data and the law have to say against it."""
    affaire = apports.apres
    fautes = check_affaire(affaire, projet.droit)
    _refuse_faulty(charge, fautes)
    dossier = affaire.dossier.valeur
    droit = name_medical_body(own_law(projet.droit, dossier.contrat), dossier.etablissement)
    sujet = describe_avenant(type_, charge, apports, droit, options)
    definitif = options.definitif
    assemblage = assemble(type_, sujet, projet.bibliotheque, droit, definitif=definitif)
    return replace(assemblage, constats=tuple(sort_constats({*assemblage.constats, *fautes})))


def _redline(projet: Projet, acte: ActeAvenant, sortie: Sortie) -> Redline:
    """What shows the changes of the contract, dated and signed as the avenant is."""
    metadonnees = acte.assemblage.document.metadonnees
    suivi = (metadonnees.auteur, metadonnees.date)
    etats = (acte.avant, acte.apres)
    return build_redline(projet.types[CONTRAT], etats, acte.script, sortie.formats, suivi)
