"""The two states around an avenant: what the contract says, what it will say, and the script.

The first state is the sealed one. Both are made again alike, by today's engine, from what was
sealed: what the engine does better is in both and gives no operation. What differs between them
is applied to the sealed state; an engine that moved the very place that is amended is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from caqes_docs.application.avenants.composition import (
    Composition,
    derogated,
    find_version,
    moved_wordings,
)
from caqes_docs.application.avenants.parties import holds_others, with_parties
from caqes_docs.application.avenants.scelles import (
    registry,
    sealed_affaire,
    sealed_depot,
    sealed_project,
)
from caqes_docs.application.projet import Projet
from caqes_docs.assembly.actes import build_subject
from caqes_docs.assembly.assembler import assemble_words
from caqes_docs.assembly.contrat.dates import Options
from caqes_docs.assembly.sujet import CONTRAT
from caqes_docs.core.errors import DonneesError, RevisionError, UsageError
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.data.avenant.modele import Avenant
from caqes_docs.data.depot import Affaire, Depot
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.signes.modele import ETAT, RedactionRetenue
from caqes_docs.data.signes.registre import ActeSigne, RegistreSigne
from caqes_docs.document.empreinte import digest
from caqes_docs.document.lecture import read_document
from caqes_docs.document.model import Clause, Document
from caqes_docs.document.revision.appliquer import apply, invert
from caqes_docs.document.revision.comparer import compare
from caqes_docs.document.revision.forme import ClesNoeuds
from caqes_docs.document.revision.script import Script
from caqes_docs.document.walk import iter_divisions
from caqes_docs.law.avenant import chaine
from caqes_docs.law.avenant.chaine import amended
from caqes_docs.law.avenant.etat import effect_day
from caqes_docs.redaction.bibliotheque.numeros import numbers_of
from caqes_docs.redaction.bibliotheque.redactions import Retenue
from caqes_docs.redaction.bibliotheque.types import find_type


@dataclass(frozen=True)
class EtatContrat:
    """What the contract says at a step of its life, and what makes it."""

    document: Document
    affaire: Affaire
    """Its data, with every number that it ever gave."""
    composition: Composition
    actes: tuple[ActeSigne, ...] = ()
    """The signed acts that made it; none when it is not sealed."""

    @property
    def empreinte(self) -> str:
        """The digest of the state, which the next avenant names as its base."""
        if self.actes:
            return self.actes[-1].scelle.etat
        return digest(replace(self.document, pieces=()))

    @property
    def is_sealed(self) -> bool:
        """Whether it is a state that parties signed."""
        return bool(self.actes)


@dataclass(frozen=True)
class Etats:
    """The contract before and after an avenant, and the script between them."""

    avant: EtatContrat
    apres: EtatContrat
    script: Script
    effet: dt.date
    redactions: tuple[RedactionRetenue, ...] = ()
    """The wordings that the avenant brings, for its seal."""
    volets: tuple[str, ...] = ()
    """The volets that it adds."""


def open_states(
    projet: Projet, affaire: Affaire, avenant: int, suppose: dt.date | None = None
) -> Etats:
    """What the contract of `affaire` says before and after its avenant.

    A contract that is not sealed yet is taken as its dossier and its earlier avenants make it.
    `suppose` stands in for the date of effect of an avenant that has no date of signature.

    Raises:
        UsageError: U-003 no such avenant. DonneesError: its modifications cannot be made.
        RevisionError: A-003 the engine moved what is amended; A-013 the state that it was
            written on is no longer that of the contract; A-014 no such wording.
    """
    charge = find_avenant(affaire, avenant)
    avant = state_before(projet, affaire, avenant)
    refuse_moved_base(avant, charge)
    effet = effect_day(charge.valeur) or suppose
    if effet is None:
        raise DonneesError(
            "D-051",
            f"La date de signature de l’avenant n°\u00a0{avenant} manque\u00a0: elle décide de sa "
            "date d’effet, donc des rédactions.",
            remede="Remplir «\u00a0signature.date\u00a0», ou donner --date-effet pour un projet.",
            source=charge.fichier.source(("signature", "date")),
        )
    return next_state(projet, avant, charge, effet)


def find_avenant(affaire: Affaire, avenant: int) -> Charge[Avenant]:
    """The file of that avenant."""
    if avenant not in affaire.avenants:
        raise UsageError(
            "U-003",
            f"Le contrat {affaire.reference} n’a pas d’avenant n°\u00a0{avenant}.",
            remede=f"Avenants connus\u00a0: {', '.join(map(str, affaire.avenants)) or 'aucun'}.",
        )
    return affaire.avenants[avenant]


def state_before(projet: Projet, affaire: Affaire, avenant: int) -> EtatContrat:
    """The contract as the acts signed before the avenant left it."""
    chaine.refuse_joined(affaire)
    actes = registry(projet).acts(affaire.stem)
    if actes:
        siens = [acte.scelle.numero for acte in actes]
        avant = actes[: siens.index(avenant)] if avenant in siens else actes
        return sealed_state(projet, avant)
    return unsealed_state(projet, affaire, chaine.state_before(affaire, avenant).appliques)


# -- sealed states --


def sealed_state(projet: Projet, actes: list[ActeSigne]) -> EtatContrat:
    """The contract as these signed acts left it, the contract first.

    Raises:
        RevisionError: A-011 what was sealed was touched.
    """
    registre, (contrat, *avenants) = registry(projet), actes
    affaire = sealed_affaire(contrat)
    numeros = numbers_of(sealed_document(contrat))
    composition = Composition(sealed_project(registre, contrat.scelle))
    for acte in avenants:
        numeros |= numbers_of(sealed_document(acte))
        composition = _brought_by(registre, composition, acte)
        affaire = with_parties(amended(affaire, [own_avenant(acte)]), sealed_depot(acte))
    affaire = replace(affaire, numeros=numeros)
    return EtatContrat(sealed_document(actes[-1]), affaire, composition, tuple(actes))


def sealed_document(acte: ActeSigne) -> Document:
    """What the contract says once the act has effect."""
    return read_document(acte.read(ETAT), f"{acte.nom}/{ETAT}")


def own_avenant(acte: ActeSigne) -> Charge[Avenant]:
    """The file of a signed avenant."""
    return sealed_affaire(acte).avenants[acte.scelle.numero]


def _brought_by(registre: RegistreSigne, composition: Composition, acte: ActeSigne) -> Composition:
    scelle, source = acte.scelle, sealed_project(registre, acte.scelle)
    avenant = own_avenant(acte).valeur
    composition = composition.with_law(avenant, source).with_volets(scelle.volets, source)
    versions = {r.clause: find_version(source, r.clause, r.version) for r in scelle.redactions}
    retenues = {
        nom: Retenue(redaction, source.droit, scelle.effet) for nom, redaction in versions.items()
    }
    composition = composition.with_wordings(retenues)
    return derogated(composition, avenant, scelle.effet)


# -- states made from the data alone --


def unsealed_state(
    projet: Projet, affaire: Affaire, avenants: Iterable[Charge[Avenant]]
) -> EtatContrat:
    """The contract as its dossier and these dated avenants make it."""
    composition = Composition(projet)
    document = _made(composition, affaire)
    etat = EtatContrat(document, replace(affaire, numeros=numbers_of(document)), composition)
    for charge in avenants:
        effet = effect_day(charge.valeur)
        assert effet is not None  # it is signed
        etat = next_state(projet, etat, charge, effet).apres
    return etat


def state_on(projet: Projet, affaire: Affaire, jour: dt.date) -> EtatContrat:
    """What the contract says on `jour`.

    Raises:
        DonneesError: V-314 no avenant tells of a volet that has effect that day.
        RevisionError: A-015 an avenant has effect that day, and the one it amends not yet.
    """
    chaine.refuse_joined(affaire, jour)
    actes = registry(projet).acts(affaire.stem)
    if not actes:
        return unsealed_state(projet, affaire, chaine.state_on(affaire, jour).appliques)
    presents = [acte for acte in actes if acte.scelle.effet <= jour] or actes[:1]
    if presents != actes[: len(presents)]:
        dernier, suivant = presents[-1].scelle, actes[len(presents) - 1].scelle
        raise RevisionError(
            "A-015",
            f"Le {date_longue(jour)}, {dernier.designation} a effet, et {suivant.designation}, sur "
            f"lequel il est écrit, ne l’a que le {date_longue(suivant.effet)}.",
            remede=f"Demander l’état au {suivant.effet}.",
        )
    return sealed_state(projet, presents)


def next_state(
    projet: Projet,
    avant: EtatContrat,
    charge: Charge[Avenant],
    effet: dt.date,
    parties: Depot | None = None,
) -> Etats:
    """The states around an avenant put on `avant`; `projet` words what it brings.

    `parties` says who represents its parties; what `projet` says of them, when it is not given.

    Raises:
        DonneesError: its modifications cannot be made.
        RevisionError: A-003 the engine moved what is amended; A-006 a proof that does not hold.
    """
    apres = amended(avant.affaire, [charge])
    if avant.is_sealed or holds_others(apres):
        apres = with_parties(apres, parties or projet.depot(("",)))
    volets = tuple(v for v in _volets(apres) if v not in _volets(avant.affaire))
    avenant = charge.valeur
    composition = avant.composition.with_law(avenant, projet).with_volets(volets, projet)
    apportees = moved_wordings(projet, avenant, effet)
    composition = composition.with_wordings(apportees)
    composition = derogated(composition, avenant, effet)
    refait = _made(avant.composition, avant.affaire) if avant.is_sealed else avant.document
    suivant = _made(composition, apres)
    neuves = _clauses(suivant) - _clauses(refait) - composition.retenues.keys()
    if neuves and avenant.droit_au is None:
        venues = {nom: projet.bibliotheque.wording(nom, effet) for nom in sorted(neuves)}
        apportees |= {nom: Retenue(une, projet.droit, effet) for nom, une in venues.items()}
        composition = composition.with_wordings(apportees)
        suivant = _made(composition, apres)
    script = compare(refait, suivant)
    document = _proved(avant.document, script, (refait, suivant))
    numeros = {**avant.affaire.numeros, **numbers_of(document)}
    etat = EtatContrat(document, replace(apres, numeros=numeros), composition)
    return Etats(avant, etat, script, effet, _kept(apportees), volets)


def _made(composition: Composition, affaire: Affaire) -> Document:
    projet = composition.projet
    type_ = find_type(projet.types, CONTRAT)
    jour = composition.droit
    droit_au, edition = (jour.date, jour.connu_le) if jour else (None, None)
    options = Options(definitif=True, droit_au=droit_au, date_edition=edition)
    sujet = build_subject(type_, affaire, projet.droit, options)
    return assemble_words(type_, sujet, projet.bibliotheque, projet.droit, definitif=True)[0]


def _volets(affaire: Affaire) -> tuple[str, ...]:
    return tuple(affaire.dossier.valeur.contrat.volets)


def _clauses(document: Document) -> set[str]:
    divisions = iter_divisions(document.couverture + document.corps)
    return {bloc.identite.id for bloc in divisions if isinstance(bloc, Clause)}


def _kept(retenues: Mapping[str, Retenue]) -> tuple[RedactionRetenue, ...]:
    return tuple(
        RedactionRetenue.model_validate(
            {"clause": nom, "version": une.redaction.en_vigueur.du.isoformat()}
        )
        for nom, une in sorted(retenues.items())
    )


# -- proofs --


def _proved(a: Document, script: Script, faits: tuple[Document, Document]) -> Document:
    """What `a` becomes, once the script is proved on both pairs of states."""
    b, cles = apply(a, script), ClesNoeuds()
    premier = b if faits[0] is a else apply(faits[0], script)
    tenues = {
        "appliqué à l’état scellé, puis à l’inverse, il rend cet état": cles.document(
            apply(b, invert(a, script))
        )
        == cles.document(a),
        "appliqué au premier état refait, il donne le second": cles.document(premier)
        == cles.document(faits[1]),
    }
    manquees = [nom for nom, tenue in tenues.items() if not tenue]
    if manquees:
        raise RevisionError(
            "A-006",
            f"Le script de l’avenant ne se prouve pas\u00a0: {', '.join(manquees)}.",
            remede="Transmettre le contrat et l’avenant à l’équipe du logiciel.",
        )
    return b


def refuse_moved_base(avant: EtatContrat, charge: Charge[Avenant]) -> None:
    """A-013: the avenant was written on a state that is no longer that of the contract."""
    base = charge.valeur.base
    if base is None or avant.empreinte.startswith(base.lower()):
        return
    siens = (acte.scelle for acte in avant.actes if acte.scelle.etat.startswith(base))
    ecrit = next((scelle.designation for scelle in siens), "inconnu")
    dernier = avant.actes[-1].scelle.designation if avant.actes else "le dossier du contrat"
    raise RevisionError(
        "A-013",
        f"L’avenant n°\u00a0{charge.valeur.numero} a été écrit sur l’état {base[:16]} "
        f"({ecrit}), et le contrat est à l’état {avant.empreinte[:16]} ({dernier}).",
        remede="Relire l’avenant sur l’état présent du contrat, puis écrire cette empreinte dans "
        "«\u00a0base\u00a0».",
        source=charge.fichier.source(("base",)),
    )
