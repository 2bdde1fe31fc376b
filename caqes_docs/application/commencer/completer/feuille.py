"""The text of a file that is filled: read again before each answer, judged, written whole."""

from __future__ import annotations

import errno
import stat

from pydantic import ValidationError

from caqes_docs.application.commencer.completer.bilan import said
from caqes_docs.application.commencer.completer.cles import awaits
from caqes_docs.application.commencer.completer.fiche import Fiche
from caqes_docs.application.commencer.completer.ordre import INDICATEURS, element_of
from caqes_docs.application.commencer.completer.question import QuestionDossier
from caqes_docs.application.sorties import unwritten, write_whole
from caqes_docs.core.constats import Constat, Gravite, fault, has_errors
from caqes_docs.core.errors import DonneesError, RenduError
from caqes_docs.core.source import Source
from caqes_docs.data.dossier.evaluation import Releve
from caqes_docs.data.lecture.messages import findings_of
from caqes_docs.data.lecture.remplissage import (
    EditionImpossibleError,
    clear,
    erase,
    fill,
    take_out,
    unreadable,
)
from caqes_docs.data.lecture.yaml_strict import Chemin, FichierYaml, look, parse_yaml, read_yaml


class FichierOuvert:
    """A file and what is to be written in it."""

    def __init__(self, fiche: Fiche) -> None:
        self.fiche = fiche
        self._lu: tuple[bytes, FichierYaml] | None = None
        self._admis: tuple[bytes, Chemin] | None = None
        """What was last judged, and had no fault: an example is often the answer."""

    def weigh(self, question: QuestionDossier, saisies: list[str]) -> tuple[bytes, list[Constat]]:
        """The file with an answer in it, and what is said of that."""
        fautes = [faute for saisie in saisies for faute in unreadable(saisie)]
        if fautes:
            return b"", fautes
        try:
            contenu = self.put(question, saisies)
            element = element_of(question.chemin)
            if element and look(self.read().donnees, element) is None:
                take_out(contenu, element)  # what is begun may be dropped
        except EditionImpossibleError:
            return b"", [self._impossible(question.chemin)]
        if question.avec:
            return contenu, self._news(contenu)
        return contenu, self.judge(contenu, question.chemin)

    def remove(self, element: Chemin, *, garde: bool) -> tuple[bytes, list[Constat]]:
        """The file without an item of a list, or made a comment, and what is said of that."""
        try:
            contenu = take_out(self.text(), element, garde=garde)
        except EditionImpossibleError:
            return b"", [self._impossible(element)]
        return contenu, self._news(contenu)

    def _news(self, contenu: bytes) -> list[Constat]:
        """What would be said of the whole file that is not said of it as it stands."""
        fichier, lus = parse_yaml(contenu, self.fiche.nom)
        if fichier is None:
            return lus
        deja = {(c.code, c.message) for c in self._faults(self.read(), [])}
        dits = self._faults(fichier, lus)
        return [c for c in dits if not _is_for_later(c) and (c.code, c.message) not in deja]

    def put(self, question: QuestionDossier, saisies: list[str]) -> bytes:
        """The text of the file with the answer in it."""
        chemin, texte = question.chemin, question.champ.classe is str or question.liste
        contenu = self.text()
        if question.actuelle:
            contenu = erase(contenu, chemin)
        if chemin[:2] == INDICATEURS and chemin[-1] == "sans_objet":
            contenu = clear(contenu, *((*chemin[:-1], x) for x in ("reference", "cibles")))
        for place, dit in question.avec:
            contenu = fill(contenu, place, dit, texte=False)
        return fill(contenu, chemin, saisies if question.liste else saisies[0], texte=texte)

    def judge(self, contenu: bytes, chemin: Chemin) -> list[Constat]:
        """What the models and the law say of what would stand at `chemin`, and of nothing else."""
        if self._admis == (contenu, chemin):
            return []
        fichier, lus = parse_yaml(contenu, self.fiche.nom)
        if fichier is None:
            return lus
        dits = self._faults(fichier, lus)
        ici = {fichier.source(p) for p in fichier.positions if p[: len(chemin)] == chemin}
        fins = (len(chemin), 3) if chemin[:2] == INDICATEURS else (len(chemin),)
        ici |= {fichier.key_source(chemin[:fin]) for fin in fins}
        ici |= self._measured_with(fichier, chemin)
        ici.discard(fichier.source(chemin[:-1]))  # a block begins where its first key does
        attendus = [c for c in dits if c.source in ici and not _is_for_later(c)]
        constats = [c for c in attendus if not awaits(c, fichier, chemin)]
        self._admis = None if constats else (contenu, chemin)
        return constats

    def _measured_with(self, fichier: FichierYaml, chemin: Chemin) -> set[Source]:
        """The other half of a measure: it is false with the answer, though read before it."""
        parent = self.fiche.champ(chemin[:-1])
        if parent is None or parent.classe is not Releve:
            return set()
        bloc = look(fichier.donnees, chemin[:-1])
        return {
            fichier.source((*chemin[:-1], cle)) for cle in Releve.model_fields if look(bloc, (cle,))
        }

    def _faults(self, fichier: FichierYaml, constats: list[Constat]) -> list[Constat]:
        """What the models and the law say of a text of the file, each once."""
        try:
            self.fiche.modele.model_validate(fichier.donnees)
        except ValidationError as error:
            constats += findings_of(error, self.fiche.modele, fichier)
        return [*dict.fromkeys([*constats, *self.fiche.judge(fichier)])]

    def read(self) -> FichierYaml:
        """The file as it stands.

        Raises:
            DonneesError: D-000 it cannot be read.
        """
        contenu = self.fiche.chemin.read_bytes() if self.fiche.chemin.is_file() else b""
        if self._lu is None or self._lu[0] != contenu:
            fichier, constats = read_yaml(self.fiche.chemin, self.fiche.nom)
            if fichier is None or has_errors(constats):
                message = f"«\u00a0{self.fiche.nom}\u00a0» ne peut pas être lu."
                raise DonneesError("D-000", message, constats)
            self._lu = (contenu, fichier)
        return self._lu[1]

    def text(self) -> bytes:
        """The file as it is written, once it can be read.

        Raises:
            DonneesError: D-000 it cannot.
        """
        self.read()
        return self.fiche.chemin.read_bytes()

    def write(self, contenu: bytes) -> Constat | None:
        """Write the file whole; else what keeps it from being: its owner may have protected it."""
        chemin = self.fiche.chemin.resolve()
        try:
            if not chemin.stat().st_mode & stat.S_IWUSR:
                raise unwritten(chemin, PermissionError(errno.EACCES, ""))
            write_whole(chemin, contenu)
        except RenduError as error:
            return fault(error.code, Source(self.fiche.nom), str(error.message), error.remede)
        return None

    def changed(self, element: Chemin) -> Constat:
        """Somebody has changed the item of a list that a question is about."""
        return fault(
            "U-068",
            self.read().source(element),
            "Cet élément a changé dans le fichier depuis que la question est posée.",
            "Répondre à la question telle qu’elle revient.",
        )

    def _impossible(self, chemin: Chemin) -> Constat:
        """Why an answer cannot be written: somebody has just written another, or the layout."""
        fichier = self.read()
        dit = "La réponse ne peut pas être écrite ici\u00a0: la mise en forme du fichier ne le "
        dit += "permet pas."
        if isinstance(deja := look(fichier.donnees, chemin), str | list) and deja:
            dit = f"Le fichier dit «\u00a0{said(deja)}\u00a0» depuis que la question est posée."
        remede = "L’écrire à la main, ou passer."
        return fault("U-068", fichier.source(chemin), dit, remede)


def _is_for_later(constat: Constat) -> bool:
    """Whether the next questions will ask for what it misses."""
    return constat.gravite is Gravite.MANQUE or constat.code == "D-011"


__all__ = ["FichierOuvert"]
