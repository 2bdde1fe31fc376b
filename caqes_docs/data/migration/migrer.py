"""A file carried over, migration by migration: each is done whole, or leaves the file as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from caqes_docs.core.constats import Constat, Gravite
from caqes_docs.data.lecture.remaniement import Remaniement
from caqes_docs.data.lecture.texte import EditionImpossibleError
from caqes_docs.data.lecture.yaml_strict import Chemin, Donnee, FichierYaml, parse_yaml
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
                dits.append(travail.impossible(migration))
                continue
            contenu = travail.contenu
            dits += travail.dits
    apres, _ = parse_yaml(contenu, fichier.nom)
    return Migre(fichier, apres or fichier, tuple(dits))


def iter_former(donnees: Donnee, cle: str) -> Iterator[str]:
    """What « * » stands for each time that the former key stands in the file; once without any.

    >>> list(iter_former({"volets": {"a": {"x": None}, "b": {}}}, "volets.*.x"))
    ['a']
    """
    avant, joker, _ = cle.partition("*")
    if not joker:
        if _holds(donnees, path(cle)):
            yield ""
        return
    parent = _get(donnees, path(avant.rstrip(".")))
    for nom in parent if isinstance(parent, dict) else ():
        if _holds(donnees, path(cle, nom)):
            yield nom


def path(texte: str, joker: str = "") -> Chemin:
    """The place written `texte`.

    >>> path("volets.*.objectifs.0", "socle")
    ('volets', 'socle', 'objectifs', 0)
    """
    parties = (joker if partie == "*" else partie for partie in texte.split("."))
    return tuple(int(partie) if partie.isdigit() else partie for partie in parties)


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

    def impossible(self, migration: Migration) -> Dit:
        """The layout defeats the migration, or its place is taken."""
        chemin = path(migration.cle, self.joker)
        return Dit(
            "D-141",
            Gravite.ERREUR,
            chemin,
            chemin,
            f"«\u00a0{'.'.join(map(str, chemin))}\u00a0» n’a pas pu être repris\u00a0: sa mise en "
            "forme ne le permet pas, ou sa place est prise.",
            f"Le reporter à la main dans «\u00a0{migration.devient}\u00a0».",
        )

    def _move(self, etape: Deplacer) -> None:
        de, vers = path(etape.de, self.joker), path(etape.vers, self.joker)
        texte = self._opened(de, vers)
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
        texte = self._opened(de)
        if not texte.has(de):
            return
        vide = _is_empty(texte.value(de))
        texte.put_aside(de, "" if vide else _TITRE)
        self.contenu = texte.apply()
        if not vide and etape.dire is not None:
            self._tell("D-140", Gravite.AVERTISSEMENT, de, etape.dire)

    def _lack(self, omission: Omission) -> None:
        texte = Remaniement(self.contenu)
        ici = path(omission.si, self.joker)
        if _is_empty(texte.value(ici)):
            return
        if all(_is_empty(texte.value(path(chemin, self.joker))) for chemin in omission.sauf):
            self._tell("D-142", Gravite.MANQUE, ici, omission.dire)

    def _opened(self, *chemins: Chemin) -> Remaniement:
        """The text, with no brace left on the way to these places."""
        texte = Remaniement(self.contenu)
        for chemin in chemins:
            while pli := texte.find_flow(chemin[:-1]):
                texte.unfold(pli)
                texte = Remaniement(texte.apply())
        return texte

    def _tell(self, code: str, gravite: Gravite, avant: Chemin, dire: Dire) -> None:
        apres = path(dire.ou, self.joker)
        self.dits.append(Dit(code, gravite, avant, apres, dire.message, dire.remede))


def _get(donnees: Donnee, chemin: Chemin) -> Donnee:
    for partie in chemin:
        if not isinstance(donnees, dict):
            return None
        donnees = donnees.get(str(partie))
    return donnees


def _holds(donnees: Donnee, chemin: Chemin) -> bool:
    parent = _get(donnees, chemin[:-1])
    return isinstance(parent, dict) and chemin[-1] in parent


def _is_empty(valeur: Donnee) -> bool:
    """Whether nothing is written there, under any key.

    >>> _is_empty({"a": None, "b": {"c": []}}), _is_empty({"a": "1"})
    (True, False)
    """
    if isinstance(valeur, dict):
        return all(map(_is_empty, valeur.values()))
    if isinstance(valeur, list):
        return all(map(_is_empty, valeur))
    return valeur is None


__all__ = ["Dit", "Migre", "iter_former", "migrate", "path"]
