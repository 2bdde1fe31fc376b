"""What leaves an evaluation for its dossier: both files change, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from caqes_docs.core.constats import Gravite
from caqes_docs.data.lecture.ecriture import quote
from caqes_docs.data.lecture.texte import EditionImpossibleError
from caqes_docs.data.lecture.yaml_strict import Chemin, parse_yaml
from caqes_docs.data.migration.chemins import get, iter_former, opened, path
from caqes_docs.data.migration.etapes import Dire, Migration, Report
from caqes_docs.data.migration.migrer import TITRE, Dit, Migre, impossible


@dataclass(frozen=True)
class Couple:
    """An evaluation and its dossier, when that one can be read."""

    evaluation: Migre
    dossier: Migre | None


def carry_over(couple: Couple, migrations: Sequence[Migration]) -> Couple:
    """`couple`, once each value that must leave the evaluation has left it."""
    for migration in migrations:
        report = migration.report
        if report is None:
            continue
        for volet in list(iter_former(couple.evaluation.apres.donnees, migration.cle)):
            try:
                couple = _carry(couple, report, volet)
            except EditionImpossibleError:
                dit = impossible(migration, volet)
                evaluation = couple.evaluation
                evaluation = replace(evaluation, dits=(*evaluation.dits, dit))
                couple = replace(couple, evaluation=evaluation)
    return couple


def _carry(couple: Couple, report: Report, volet: str) -> Couple:
    evaluation, dossier = couple.evaluation, couple.dossier
    de = path(report.de, volet)
    valeur = get(evaluation.apres.donnees, de)
    if not isinstance(valeur, str):
        return Couple(_leave(evaluation, de, None), dossier)
    ici = None if dossier is None else _place(dossier, evaluation, report, volet)
    deja = None if ici is None or dossier is None else get(dossier.apres.donnees, ici)
    if dossier is None or ici is None or deja not in (None, valeur):
        dit = _said("D-140", de, path(report.sinon.ou, volet), report.sinon)
        return Couple(_leave(evaluation, de, dit), dossier)
    return Couple(_leave(evaluation, de, None), _write(dossier, ici, valeur, report.fait))


def _place(dossier: Migre, evaluation: Migre, report: Report, volet: str) -> Chemin | None:
    """Where the dossier holds the value; None where it takes none."""
    if get(dossier.apres.donnees, _in_contract(report.si, volet)) != report.mot:
        return None
    annee = get(evaluation.apres.donnees, ("annee",))
    return tuple(
        str(annee) if partie == "{annee}" else partie for partie in _in_contract(report.vers, volet)
    )


def _in_contract(chemin: str, volet: str) -> Chemin:
    """A place in the contract; the socle has its own."""
    return path(chemin.replace("volets.*", "socle") if volet == "socle" else chemin, volet)


def _leave(evaluation: Migre, de: Chemin, dit: Dit | None) -> Migre:
    """The evaluation without the value, kept as a comment when it is carried nowhere."""
    texte = opened(evaluation.apres.contenu, de)
    texte.put_aside(de, TITRE if dit else "")
    return _rewritten(evaluation, texte.apply(), dit)


def _write(dossier: Migre, ici: Chemin, valeur: str, fait: Dire) -> Migre:
    if get(dossier.apres.donnees, ici) == valeur:
        return dossier
    texte = opened(dossier.apres.contenu, ici)
    texte.insert(ici, [f"{ici[-1]}: {quote(valeur)}"], valeur)
    return _rewritten(dossier, texte.apply(), _said("D-140", ici, ici, fait))


def _rewritten(migre: Migre, contenu: bytes, dit: Dit | None) -> Migre:
    apres, _ = parse_yaml(contenu, migre.avant.nom)
    dits = migre.dits if dit is None else (*migre.dits, dit)
    return replace(migre, apres=apres or migre.apres, dits=dits)


def _said(code: str, avant: Chemin, apres: Chemin, dire: Dire) -> Dit:
    return Dit(code, Gravite.AVERTISSEMENT, avant, apres, dire.message, dire.remede)


__all__ = ["Couple", "carry_over"]
