"""The modifications of an avenant put on the dossier: what the contract says once it has effect.

All keys are those of the contract before the avenant: the order in which they are written does not
count. Each value keeps its place: what the avenant changes is cited in the file of the avenant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from pydantic import ValidationError

from caqes_docs.core.constats import Constat, fault
from caqes_docs.core.source import Source
from caqes_docs.data.avenant.cles import (
    children,
    find_path,
    identity_key,
    type_at,
)
from caqes_docs.data.avenant.ecarts import LONGUEUR, is_void, same, written
from caqes_docs.data.avenant.modele import Avenant, Modification
from caqes_docs.data.avenant.situe import Situe, plain, situate, spread
from caqes_docs.data.dossier.contrat import Dossier
from caqes_docs.data.lecture.charge import Charge
from caqes_docs.data.lecture.introspection import fields_of
from caqes_docs.data.lecture.messages import close_name, findings_of

_CONCLUSION = ("reference", "regime", "signature", "procedure", "refus")
_TENUES = (
    ("etablissement", "produits_assurance_maladie"),
    *(("contrat", cle) for cle in ("rencontres", "changements", "informations")),
    ("contrat", "demande_instance"),
)
"""What the life of a contract adds to its dossier, without any avenant."""


Pose: TypeAlias = tuple[Charge[Dossier] | None, list[Constat]]
_POSES: dict[tuple[int, int], tuple[Charge[Dossier], Charge[Avenant], Pose]] = {}
"""The last avenants put on dossiers, with both: the states of a contract share their beginning."""
_POSES_MAX = 32


def apply_avenant(dossier: Charge[Dossier], avenant: Charge[Avenant]) -> Pose:
    """The dossier as the avenant leaves it; None when it cannot be put on it."""
    cle = id(dossier), id(avenant)
    if cle not in _POSES:
        if len(_POSES) >= _POSES_MAX:
            _POSES.clear()
        _POSES[cle] = dossier, avenant, _apply(dossier, avenant)
    valeur, constats = _POSES[cle][2]
    return valeur, [*constats]


def _apply(dossier: Charge[Dossier], avenant: Charge[Avenant]) -> Pose:
    application = _Application(dossier, avenant)
    constats = list(application.check())
    if constats:
        return None, constats
    fichier = spread(application.result(), dossier.fichier)
    try:
        valeur = Dossier.model_validate(fichier.donnees)
    except ValidationError as error:
        return None, findings_of(error, Dossier, fichier)
    return Charge(valeur, fichier), []


class _Application:
    def __init__(self, dossier: Charge[Dossier], avenant: Charge[Avenant]) -> None:
        self.dossier = dossier
        self.racine = situate(dossier.fichier)
        self.avenant, self.fichier = avenant.valeur, avenant.fichier
        trouves = [find_path(m.cle, self.racine) for m in self.avenant.modifications]
        self.chemins = [chemin for chemin, _ in trouves]
        self.presents = [present for _, present in trouves]

    def check(self) -> Iterator[Constat]:
        """What is wrong in the modifications, before any is made."""
        for rang, modification in enumerate(self.avenant.modifications):
            chemin, source = self.chemins[rang], self._source(rang, "cle")
            inconnue = self._unknown(chemin, source)
            deplacees = [
                *([inconnue] if inconnue else _closed(chemin, self.presents[rang], source)),
                *self._overlaps(rang, source),
            ]
            yield from deplacees or self._check_values(rang, modification)

    def result(self) -> Situe:
        """The tree once changed."""
        racine = self.racine
        for rang, chemin in enumerate(self.chemins):
            racine = _put(racine, chemin, self._new(rang), ())
        return racine

    def _source(self, rang: int, cle: str) -> Source:
        return self.fichier.source(("modifications", rang, cle))

    def _unknown(self, chemin: tuple[str, ...], source: Source) -> Constat | None:
        """D-160: a name on the way that nothing in a dossier can have."""
        noeud: Situe | None = self.racine
        for rang, nom in enumerate(chemin):
            type_ = type_at(chemin[:rang])
            liste = type_ is not None and type_.sorte == "liste"
            if liste and noeud is not None and noeud.contenu and not children(noeud, type_):
                return fault(
                    "D-160",
                    source,
                    f"Rien ne distingue les éléments de «\u00a0{'.'.join(chemin[:rang])}\u00a0».",
                    "Modifier la liste entière\u00a0: avant et après.",
                )
            if type_at(chemin[: rang + 1]) is None:
                return self._no_such(chemin, rang, source)
            noeud = children(noeud, type_).get(nom) if noeud is not None else None
        return None

    def _no_such(self, chemin: tuple[str, ...], rang: int, source: Source) -> Constat:
        type_ = type_at(chemin[:rang])
        bloc = type_ is not None and type_.sorte == "bloc"
        admises = list(fields_of(type_.classe)) if type_ is not None and bloc else []
        ou = f"sous «\u00a0{'.'.join(chemin[:rang])}\u00a0»" if rang else "dans un dossier"
        remede = close_name(chemin[rang], admises)
        if not remede and admises:
            remede = f"Clés admises ici\u00a0: {', '.join(admises)}."
        return fault(
            "D-160",
            source,
            f"La clé «\u00a0{chemin[rang]}\u00a0» n’existe pas {ou}.",
            remede or "S’arrêter à la clé qui porte la valeur.",
        )

    def _overlaps(self, rang: int, source: Source) -> Iterator[Constat]:
        """D-162: a key changed twice, or within another one that is changed."""
        chemin = self.chemins[rang]
        for deja in self.chemins[:rang]:
            commun = min(len(deja), len(chemin))
            if deja[:commun] == chemin[:commun]:
                yield fault(
                    "D-162",
                    source,
                    f"«\u00a0{'.'.join(chemin)}\u00a0» est modifié deux fois\u00a0: l’avenant "
                    f"modifie aussi «\u00a0{'.'.join(deja)}\u00a0».",
                    "N’en garder qu’une\u00a0: les modifications d’un avenant ne se suivent pas, "
                    "chacune part du contrat en vigueur.",
                )

    def _check_values(self, rang: int, modification: Modification) -> Iterator[Constat]:
        """D-161, D-163: what the contract says, and whether anything changes."""
        present, cle = self.presents[rang], modification.cle
        dit = plain(present) if present is not None else None
        apres = self._written(rang, "apres")
        if modification.retirer and not is_void(apres):
            yield fault(
                "D-163",
                self._source(rang, "retirer"),
                f"«\u00a0{cle}\u00a0» est à la fois retirée et remplacée.",
                "Garder «\u00a0retirer\u00a0» ou «\u00a0apres\u00a0».",
            )
        elif modification.retirer and is_void(self._written(rang, "avant")):
            if is_void(dit):
                yield self._absent(rang, cle)
        elif is_void(self._written(rang, "avant")) and not is_void(dit):
            yield fault(
                "D-161",
                self._source(rang, "cle"),
                f"Le contrat dit déjà «\u00a0{cle}\u00a0»\u00a0: {written(dit)} "
                f"({present.lieu if present else ''}).",
                _said_before(dit),
            )
        else:
            yield from self._compare(rang, dit, apres)

    def _compare(self, rang: int, dit: object, apres: object) -> Iterator[Constat]:
        avant, cle = self._written(rang, "avant"), self.avenant.modifications[rang].cle
        present = self.presents[rang]
        if not is_void(avant) and (present is None or is_void(dit)):
            yield self._absent(rang, cle)
        elif not same(avant, dit):
            yield fault(
                "D-161",
                self._source(rang, "avant"),
                f"«\u00a0{cle}\u00a0»\u00a0: l’avenant dit qu’elle porte {written(avant)}, le "
                f"contrat dit {written(dit)} ({present.lieu if present else ''}).",
                _said_before(dit),
            )
        elif same(avant, apres):
            yield fault(
                "D-163",
                self._source(rang, "cle"),
                f"«\u00a0{cle}\u00a0» dirait la même chose après l’avenant qu’avant."
                if not is_void(avant)
                else f"Rien ne dit ce que «\u00a0{cle}\u00a0» devient.",
                "Retirer cette modification, ou écrire ce qui change.",
            )

    def _absent(self, rang: int, cle: str) -> Constat:
        chemin = self.chemins[rang]
        noeud: Situe | None = self.racine
        for nombre, nom in enumerate(chemin):
            dessous = children(noeud, type_at(chemin[:nombre])) if noeud is not None else {}
            if nom not in dessous:
                proche = close_name(nom, dessous)
                break
            noeud = dessous[nom]
        else:
            proche = ""
        return fault(
            "D-161",
            self._source(rang, "cle"),
            f"Le contrat ne dit rien sous «\u00a0{cle}\u00a0»\u00a0: rien n’y est à remplacer ni "
            "à retirer.",
            proche or "Corriger la clé, ou n’écrire que «\u00a0apres\u00a0».",
        )

    def _written(self, rang: int, cle: str) -> object:
        return getattr(self.avenant.modifications[rang], cle)

    def _new(self, rang: int) -> Situe | None:
        """What stands at the key after the avenant; None when nothing does."""
        if is_void(self._written(rang, "apres")):
            return None
        chemin = self.chemins[rang]
        neuf = situate(self.fichier, ("modifications", rang, "apres"))
        neuf = replace(neuf, cle=self._source(rang, "cle"))
        if chemin[:2] == ("contrat", "volets") and len(chemin) == 3:
            neuf = self._sign(neuf)
        cle = identity_key(type_at(chemin[:-1]))
        if cle is not None and isinstance(neuf.contenu, Mapping) and cle not in neuf.contenu:
            nomme = Situe(chemin[-1], self._source(rang, "cle"))
            neuf = replace(neuf, contenu={cle: nomme, **neuf.contenu})
        return neuf

    def _sign(self, volet: Situe) -> Situe:
        """A volet that an avenant adds is signed with it (R-DATE-2)."""
        contenu = volet.contenu
        if self.avenant.signature is None or not isinstance(contenu, Mapping):
            return volet
        if not is_void(plain(contenu["signature"]) if "signature" in contenu else None):
            return volet
        signature = situate(self.fichier, ("signature",))
        assert isinstance(signature.contenu, Mapping)
        propres = {nom: v for nom, v in signature.contenu.items() if nom != "originaux"}
        return replace(volet, contenu={**contenu, "signature": replace(signature, contenu=propres)})


def _said_before(dit: object) -> str:
    """The remedy of an avenant that does not start from the contract: the line to copy."""
    simple = isinstance(dit, str) and re.fullmatch(r"\w[\w %/.-]*", dit)
    texte = str(dit) if simple else json.dumps(dit, ensure_ascii=False)
    accord = "si l’accord porte bien sur le contrat tel qu’il est à la date d’effet"
    if len(texte) > LONGUEUR:
        return f"Recopier dans «\u00a0avant\u00a0» ce que dit le contrat, {accord}."
    return f"Écrire «\u00a0avant: {texte}\u00a0», {accord}."


def _closed(chemin: tuple[str, ...], present: Situe | None, source: Source) -> Iterator[Constat]:
    """D-164: what an avenant cannot change, or need not."""
    cle = ".".join(chemin)
    conclu = chemin[:1] == ("contrat",) and chemin[1:2] and chemin[1] in _CONCLUSION
    du_volet = chemin[:2] == ("contrat", "volets") and chemin[3:4] in (
        ("signature",),
        ("procedure",),
    )
    if conclu or du_volet:
        yield fault(
            "D-164",
            source,
            f"«\u00a0{cle}\u00a0» dit comment le contrat a été conclu\u00a0: aucun avenant ne le "
            "change.",
            "Retirer cette modification\u00a0; une erreur dans le dossier d’un contrat signé se "
            "corrige avant sa signature.",
        )
    elif any(chemin[: len(tenue)] == tenue for tenue in _TENUES):
        yield fault(
            "D-164",
            source,
            f"«\u00a0{cle}\u00a0» se tient à jour sans avenant\u00a0: le contrat ne le stipule "
            "pas.",
            f"Retirer cette modification, et l’écrire dans {_file_of(present)}.",
        )
    elif chemin == ("contrat", "volets"):
        yield fault(
            "D-164",
            source,
            f"«\u00a0{cle}\u00a0» réunit tous les volets additionnels.",
            "Modifier chaque volet à part\u00a0: «\u00a0contrat.volets.NOM\u00a0».",
        )
    elif len(chemin) < 2:
        yield fault(
            "D-164",
            source,
            f"«\u00a0{cle}\u00a0» est le dossier presque entier.",
            "Descendre jusqu’à la clé qui change, par exemple «\u00a0contrat.choix\u00a0».",
        )


def _file_of(present: Situe | None) -> str:
    return present.lieu.fichier if present is not None else "le dossier"


def _put(
    noeud: Situe, chemin: tuple[str, ...], neuf: Situe | None, passes: tuple[str, ...]
) -> Situe:
    """The tree where `neuf` stands at `chemin`; what is not there on the way is made."""
    nom, reste = chemin[0], chemin[1:]
    type_ = type_at(passes)
    dessous = children(noeud, type_)
    if reste:
        vide = neuf.lieu if neuf is not None else noeud.lieu
        suivant = dessous.get(nom, Situe(None, vide, vide))
        pose: Situe | None = _put(suivant, reste, neuf, (*passes, nom))
        cle = identity_key(type_)
        if cle is not None and nom not in dessous and pose is not None:
            assert isinstance(pose.contenu, Mapping)
            pose = replace(pose, contenu={cle: Situe(nom, vide), **pose.contenu})
    else:
        pose = neuf
    if pose is None:
        dessous.pop(nom, None)
    else:
        dessous[nom] = pose
    liste = type_ is not None and type_.sorte == "liste"
    return replace(noeud, contenu=tuple(dessous.values()) if liste else dessous)
