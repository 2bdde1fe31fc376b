"""A file carried over, migration by migration: each is done whole, or leaves the file as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.lecture.remaniement import Remaniement
from caqes_docs.data.lecture.texte import EditionImpossibleError
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml, parse_yaml
from caqes_docs.data.migration.chemins import get, is_empty, iter_former, opened, path
from caqes_docs.data.migration.etapes import Deplacer, Dire, Migration, Omission, Retirer

_TITRE = "Non repris par «\u00a0caqes migrer\u00a0»\u00a0:"


@dataclass(frozen=True)
class Dit:
    """What is told of a migration: where it stood, where to look now."""

    code: str
    gravite: Gravite
    avant: Chemin
    apres: Chemin
    message: str
    remede: str


@dataclass(frozen=True)
class Migre:
    """A file as it was, as it is now, and what could not be carried."""

    avant: FichierYaml
    apres: FichierYaml
    dits: tuple[Dit, ...]

    @property
    def change(self) -> bool:
        """Whether the file is another one."""
        return self.avant.contenu != self.apres.contenu

    def constats(self, *, essai: bool) -> list[Constat]:
        """What is told, at its place in the file as it is on the disk: not yet changed, or so."""
        return [
            Constat(
                dit.code,
                dit.gravite,
                self.avant.source(dit.avant) if essai else self.apres.source(dit.apres),
                dit.message,
                dit.remede,
            )
            for dit in self.dits
        ]


def migrate(fichier: FichierYaml, migrations: Sequence[Migration]) -> Migre:
    """`fichier`, which is well written, in today's words."""
    contenu, dits = fichier.contenu, list[Dit]()
    for migration in migrations:
        for joker in list(iter_former(fichier.donnees, migration.cle)):
            travail = _Travail(contenu, joker)
            try:
                travail.run(migration)
            except EditionImpossibleError:
                dits.append(_impossible(migration, joker))
                continue
            contenu = travail.contenu
            dits += travail.dits
    apres, _ = parse_yaml(contenu, fichier.nom)
    return Migre(fichier, apres or fichier, tuple(dits))


def _impossible(migration: Migration, joker: str) -> Dit:
    """The layout defeats the migration, or its place is taken."""
    chemin = path(migration.cle, joker)
    return Dit(
        "D-141",
        Gravite.ERREUR,
        chemin,
        chemin,
        f"«\u00a0{'.'.join(map(str, chemin))}\u00a0» n’a pas pu être repris\u00a0: sa mise en "
        "forme ne le permet pas, ou sa place est prise.",
        f"Le reporter à la main dans «\u00a0{migration.devient}\u00a0».",
    )


@dataclass
class _Travail:
    """One migration of one file."""

    contenu: bytes
    joker: str
    dits: list[Dit] = field(default_factory=list)

    def run(self, migration: Migration) -> None:
        for etape in migration.etapes:
            if isinstance(etape, Deplacer):
                self._move(etape)
            else:
                self._withdraw(etape)
        for omission in migration.omissions:
            self._lack(omission)

    def _move(self, etape: Deplacer) -> None:
        de, vers = path(etape.de, self.joker), path(etape.vers, self.joker)
        texte = opened(self.contenu, de, vers)
        if not texte.has(de) or (etape.si and texte.value(path(etape.si, self.joker)) is None):
            return
        valeur, place = texte.value(de), texte.value(vers)
        if (texte.has(vers) and place == valeur) or (valeur is None and not texte.has(vers[:-1])):
            texte.put_aside(de)
        elif place is not None and etape.sinon is not None:
            self._tell("D-140", Gravite.AVERTISSEMENT, de, etape.sinon)
            return
        else:
            texte.move(de, vers)
        self.contenu = texte.apply()

    def _withdraw(self, etape: Retirer) -> None:
        de = path(etape.de, self.joker)
        texte = opened(self.contenu, de)
        if not texte.has(de):
            return
        vide = is_empty(texte.value(de))
        texte.put_aside(de, "" if vide else _TITRE)
        self.contenu = texte.apply()
        if not vide and etape.dire is not None:
            self._tell("D-140", Gravite.AVERTISSEMENT, de, etape.dire)

    def _lack(self, omission: Omission) -> None:
        donnees = Remaniement(self.contenu).value(())
        ici = [path(omission.si, joker) for joker in iter_former(donnees, omission.si)]
        ecrits = [get(donnees, chemin) for chemin in ici]
        manque = any(not is_empty(ecrit) and ecrit != omission.hors for ecrit in ecrits)
        if manque and all(is_empty(get(donnees, path(chemin))) for chemin in omission.sauf):
            self._tell("D-142", Gravite.MANQUE, ici[0], omission.dire)

    def _tell(self, code: str, gravite: Gravite, avant: Chemin, dire: Dire) -> None:
        apres = path(dire.ou, self.joker)
        self.dits.append(Dit(code, gravite, avant, apres, dire.message, dire.remede))
