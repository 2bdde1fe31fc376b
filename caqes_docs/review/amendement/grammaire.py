"""The closed grammar of amending sentences, read: one pattern per formula, names looked up in A."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from caqes_docs.document.amendement.formules import Formules
from caqes_docs.review.amendement.blocs import Enonciation, IllisibleError
from caqes_docs.review.amendement.designations import check_recalled, mention_run, row_runs
from caqes_docs.review.amendement.etat import DivisionLue, EtatLu, bare_words
from caqes_docs.review.amendement.lexique import (
    LIGNE,
    LIGNES,
    TABLE,
    TYPE,
    K,
    OperationLue,
    Q,
    lowered,
    name_forms,
    rank_of,
    spaced,
    unmarked,
)

Lues: TypeAlias = OperationLue | list[OperationLue] | None


class Grammaire:
    """Reads the statements of one amending article."""

    def __init__(self, etat: EtatLu, formules: Formules) -> None:
        self._etat = etat
        self._supprime, self._stipulations = formules.supprime, formules.stipulations
        self._jointe = formules.jointe.split()[0]
        self._noms: dict[str, DivisionLue] = {}
        for division in etat.divisions:
            for form in name_forms(division.nom):
                self._noms.setdefault(form, division)
        self._sujet: DivisionLue | None = None
        self._lieu = self._chapeau = ""

    def read(self, enonciations: list[Enonciation]) -> Iterator[OperationLue]:
        """The operations of an article.

        Raises:
            IllisibleError: a sentence is not of the grammar, or names what A does not hold.
        """
        self._sujet, self._lieu, self._chapeau = None, "", ""
        for enonciation in enonciations:
            phrase = spaced(enonciation.texte)
            if found := re.fullmatch(r"(.+) est ainsi modifiée? ?:", phrase):
                self._sujet = self._find(lowered(found[1]))
                continue
            phrase, marked = unmarked(phrase)
            if marked != ")":
                self._lieu = self._chapeau
            place = marked == "°" or (not marked and phrase.startswith(("À ", "Au ", "Dans ")))
            if place and phrase.endswith(":") and not enonciation.cites:
                self._lieu = f"{lowered(phrase[:-1].strip())}, "
                self._chapeau = self._chapeau if marked else self._lieu
                continue
            words = self._lieu + lowered(phrase)
            yield from self._one(words.rstrip(" ;.:"), enonciation)

    # -- names --

    def _find(self, nom: str) -> DivisionLue:
        sought = bare_words(nom.replace("«", "«").strip())
        if not sought and self._sujet is not None:
            return self._sujet
        found = self._noms.get(sought)
        if found is None and self._sujet is not None:
            found = self._noms.get(f"{sought} de {self._sujet.nom}")
        if found is None:
            raise IllisibleError(f"« {nom} » ne désigne aucune division")
        return found

    def _table(self, found: re.Match[str]) -> tuple[DivisionLue, int]:
        """The division and the alinéa of a table: by its caption, else by its rank."""
        division = self._find(found["de"] or "")
        if found["legende"] is None:
            return division, self._rank(found["table"], division)
        caption = bare_words(found["legende"])
        places = [
            (one, rang)
            for one in self._etat.divisions[division.rang : division.fin]
            for rang, alinea in enumerate(one.alineas)
            if alinea.table is not None and alinea.table.legende == caption
        ]
        if len(places) != 1:
            raise IllisibleError(f"« {caption} » ne désigne pas un seul tableau")
        return places[0]

    def _rank(self, word: str, division: DivisionLue) -> int:
        """The alinéa, from 0, of an ordinal; each alinéa before it must have a settled rank."""
        rang = rank_of(word) - 1
        if rang >= len(division.alineas):
            raise IllisibleError(f"il n’y a pas de {word} alinéa")
        if not all(one.compte for one in division.alineas[: rang + 1]):
            raise IllisibleError(f"le rang du {word} alinéa n’est pas établi")
        return rang

    # -- sentences --

    def _one(self, phrase: str, cite: Enonciation) -> list[OperationLue]:
        readers: tuple[Callable[[str, Enonciation], Lues], ...] = (
            *(self._heading, self._divisions, self._whole, self._rows, self._cell),
            *(self._mentions, self._sentence, self._words, self._alineas),
        )
        for reader in readers:
            found = reader(phrase, cite)
            if found is not None:
                return found if isinstance(found, list) else [found]
        raise IllisibleError(f"phrase hors de la grammaire : {phrase}")

    def _heading(self, phrase: str, _cite: Enonciation) -> OperationLue | None:
        if found := re.fullmatch(rf"l'intitulé(.*?) est remplacé par l'intitulé : {Q}", phrase):
            division = self._find(found[1])
            return OperationLue("intitulé", (division.rang,), apres=bare_words(found[2]))
        if found := re.fullmatch(r"(.+?) devient (l'|le |la )(.+)", phrase):
            division = self._subject(found[1])
            return OperationLue("numéro", (division.rang,), apres=bare_words(found[3]))
        return None

    def _subject(self, nom: str) -> DivisionLue:
        return self._find("" if nom in ("il", "elle") else nom)

    def _divisions(self, phrase: str, cite: Enonciation) -> OperationLue | None:
        gone = rf"(.+?) (?:est|sont) {self._supprime}e?s?"
        if found := re.fullmatch(gone, phrase):
            names = self._several(found[1])
            if names is not None:
                return OperationLue("suppression", tuple(one.rang for one in names))
        come = r"(après|avant) (.+?), (?:(.+) est ainsi rétablie?|(?:est|sont) insérée?s? (.+))"
        if found := re.fullmatch(come, phrase):
            division = self._noms.get(bare_words(found[2]))
            if division is None:
                return None
            rang = division.fin if found[1] == "après" else division.rang
            joint = found[4] and not re.search(r"rédigée?s?$", found[4])
            new = self._joined(found[4]) if joint else list(cite.cites)
            return OperationLue("insertion", (rang,), lignes=new)
        return None

    def _joined(self, words: str) -> list[str]:
        """The annexes that a sentence announces: their text is elsewhere."""
        names = re.sub(rf",? {self._jointe}.*", "", words)
        return [f"§{one}" for one in re.findall(r"\d+(?:-\d+)*", names)]

    def _several(self, words: str) -> list[DivisionLue] | None:
        """The divisions of « les articles 3, 4 et 7 », « l’annexe 8 », or « … et … »."""
        whole = self._noms.get(bare_words(words))
        if whole is not None:
            return [whole]
        if found := re.fullmatch(r"les ([a-zé]+)s ([^«»]+) et ([^ ]+)", words):
            numbers = [*found[2].split(", "), found[3]]
            each = [self._numbered(found[1], number.strip()) for number in numbers]
            return [one for one in each if one] if all(each) else None
        parts = re.split(r", | et ", words)
        named = [self._noms.get(bare_words(part)) for part in parts]
        return [one for one in named if one] if len(parts) > 1 and all(named) else None

    def _numbered(self, kind: str, number: str) -> DivisionLue | None:
        for article in ("l'", "le ", "la "):
            if (found := self._noms.get(f"{article}{kind} {number}")) is not None:
                return found
        return None

    def _whole(self, phrase: str, cite: Enonciation) -> OperationLue | None:
        new = rf"(.+?) est remplacée? par les {self._stipulations} suivantes"
        if found := re.fullmatch(new, phrase):
            division = self._noms.get(bare_words(found[1]))
            if division is None and found[1] not in ("il", "elle"):
                return None
            rang = (division or self._find("")).rang
            return OperationLue("remplacement", (rang,), lignes=list(cite.cites))
        if found := re.fullmatch(rf"(.+?) est remplacée par (.+?) {self._jointe}\b.*", phrase):
            division = self._find(found[1])
            return OperationLue("annexe", (division.rang,), lignes=self._joined(found[2]))
        return None

    def _rows(self, phrase: str, cite: Enonciation) -> Lues:
        gone = (
            rf"(?:la ligne|les lignes) (?P<noms>{LIGNES}) du {TABLE}(?P<de>.*?) (?:est|sont) "
            rf"(?:{self._supprime}es?|remplacées? par l\S+ lignes? suivantes?)"
        )
        if found := re.fullmatch(gone, phrase):
            division, rang = self._table(found)
            runs = row_runs(division.alineas[rang].table, found["noms"])
            if cite.cites and len(runs) > 1:
                raise IllisibleError("les lignes remplacées ne se suivent pas")
            return [
                OperationLue("lignes", (division.rang,), rang, fin, debut, lignes=cite.cites)
                for debut, fin in runs
            ]
        come = (
            rf"(?P<ou>après|avant) la ligne (?P<noms>{LIGNE}) du {TABLE}(?P<de>.*?), "
            r"(?:est|sont) insérées? l\S+ lignes? suivantes?"
        )
        if found := re.fullmatch(come, phrase):
            division, rang = self._table(found)
            ((debut, fin),) = row_runs(division.alineas[rang].table, found["noms"])
            place = fin if found["ou"] == "après" else debut
            return OperationLue("lignes", (division.rang,), rang, place, place, lignes=cite.cites)
        end = rf"le {TABLE}(?P<de>.*?) est complété par l\S+ lignes? suivantes?"
        if found := re.fullmatch(end, phrase):
            division, rang = self._table(found)
            table = division.alineas[rang].table
            last = len(table.lignes) if table else 0
            return OperationLue("lignes", (division.rang,), rang, last, last, lignes=cite.cites)
        whole = rf"le {TABLE}(?P<de>.*?) est (?:{self._supprime}|remplacé par le tableau suivant)"
        if found := re.fullmatch(whole, phrase):
            division, rang = self._table(found)
            return OperationLue(
                "alinéas", (division.rang,), rang, rang + 1, lignes=list(cite.cites)
            )
        return None

    def _cell(self, phrase: str, cite: Enonciation) -> OperationLue | None:
        new = (
            rf"à la ligne (?P<noms>{LIGNE}) du {TABLE}(?P<de>.*?), la cellule de la colonne "
            r"«(?P<titre>[^«»]*)» est ainsi rédigée"
        )
        if not (found := re.fullmatch(new, phrase)):
            return None
        division, rang = self._table(found)
        table = division.alineas[rang].table
        ((row, _),) = row_runs(table, found["noms"])
        titles = table.titres if table else []
        if titles.count(bare_words(found["titre"])) != 1 or len(cite.cites) != 1:
            raise IllisibleError(f"« {found['titre']} » ne désigne pas une seule colonne")
        column = titles.index(bare_words(found["titre"]))
        words = bare_words(cite.cites[0])
        return OperationLue("cellule", (division.rang,), rang, column, row, apres=words)

    def _sentence(self, phrase: str, _cite: Enonciation) -> OperationLue | None:
        old = (
            rf"la (?P<j>{K}) phrase du (?P<k>{K}) alinéa(?P<de>.*?) est "
            rf"(?:{self._supprime}e|remplacée par une phrase ainsi rédigée : {Q})"
        )
        if found := re.fullmatch(old, phrase):
            division = self._find(found["de"])
            rang = self._rank(found["k"], division)
            return OperationLue(
                "phrase",
                (division.rang,),
                rang,
                ligne=rank_of(found["j"]) - 1,
                apres=bare_words(found[4] or ""),
            )
        end = rf"le (?P<k>{K}) alinéa(?P<de>.*?) est complété par une phrase ainsi rédigée : {Q}"
        if found := re.fullmatch(end, phrase):
            division = self._find(found["de"])
            rang = self._rank(found["k"], division)
            return OperationLue("phrase", (division.rang,), rang, apres=bare_words(found[3]))
        return None

    def _words(self, phrase: str, _cite: Enonciation) -> OperationLue | None:
        everywhere = r"(?:, partout où ils? figuren?t?,)?"
        forms = (
            (rf"(?P<lieu>.*?)après {TYPE} : {Q}, (?:est|sont) insérés? {TYPE} : {Q}", "après"),
            (
                rf"(?P<lieu>.*?){TYPE} : {Q} (?:est|sont) remplacée?s?{everywhere} par "
                rf"{TYPE} : {Q}",
                "",
            ),
            (rf"(?P<lieu>.*?){TYPE} : {Q} (?:est|sont) {self._supprime}s?", ""),
        )
        for motif, genre in forms:
            if found := re.fullmatch(motif, phrase):
                avant = bare_words(found[2])
                apres = bare_words(found[3]) if found.lastindex and found.lastindex > 2 else ""
                if genre:
                    apres = f"{avant} {apres}"
                operation = OperationLue("mots", avant=avant, apres=apres)
                operation.partout = "partout où" in phrase
                return self._placed(operation, found["lieu"].removesuffix(", "))
        return None

    def _placed(self, operation: OperationLue, lieu: str) -> OperationLue:
        """The operation on words, with the place that a sentence opens with."""
        if found := re.fullmatch(rf"au (?P<k>{K}) alinéa(?P<de>.*)", lieu):
            division = self._find(found["de"])
            operation.alinea = self._rank(found["k"], division)
        elif found := re.fullmatch(rf"à la ligne (?P<noms>{LIGNE}) du {TABLE}(?P<de>.*)", lieu):
            division, operation.alinea = self._table(found)
            table = division.alineas[operation.alinea].table
            ((operation.ligne, _),) = row_runs(table, found["noms"])
        elif found := re.fullmatch(r"dans l'intitulé(?P<de>.*)", lieu):
            division = self._find(found["de"])
            operation.genre = "mots de l’intitulé"
        elif operation.partout:
            named = self._several(re.sub(r"^aux ", "les ", lieu))
            if named is None:
                raise IllisibleError(f"« {lieu} » ne désigne pas des divisions")
            operation.divisions = tuple(one.rang for one in named)
            return operation
        else:
            division = self._find(lieu)
        operation.divisions = (division.rang,)
        return operation

    def _mentions(self, phrase: str, cite: Enonciation) -> OperationLue | None:
        old = (
            rf"(?P<lieu>[^«»]*?)(?:la|les) mentions? : (?P<dits>{Q}(?: et {Q})*) (?:est|sont) "
            rf"(?:{self._supprime}es?|remplacées? par l\S+ mentions? suivantes?)"
        )
        come = (
            rf"(?P<lieu>[^«»]*?)(?P<ou>après|avant) la mention : (?P<dits>{Q}), (?:est|sont) "
            r"insérées? l\S+ mentions? suivantes?"
        )
        if not (found := re.fullmatch(old, phrase) or re.fullmatch(come, phrase)):
            return None
        division = self._find(found["lieu"].removesuffix(", "))
        debut, fin = mention_run(division.alineas, found["dits"])
        if where := found.groupdict().get("ou"):
            debut = fin = fin if where == "après" else debut
        return OperationLue("alinéas", (division.rang,), debut, fin, lignes=cite.cites)

    def _alineas(self, phrase: str, cite: Enonciation) -> OperationLue | None:
        news = r"(?:est|sont) insérés? \S+ alinéas? ainsi rédigés?"
        if found := re.fullmatch(rf"après le (?P<k>{K}) alinéa(?P<de>.*?), {news}", phrase):
            division = self._find(found["de"])
            rang = self._rank(found["k"], division) + 1
            return OperationLue("alinéas", (division.rang,), rang, rang, lignes=cite.cites)
        if found := re.fullmatch(rf"au début(?P<de>.*?), {news}", phrase):
            division = self._find(found["de"])
            return OperationLue("alinéas", (division.rang,), 0, 0, lignes=cite.cites)
        end = r"(.+?) est complétée? par \S+ alinéas? ainsi rédigés?"
        if found := re.fullmatch(end, phrase):
            division = self._subject(found[1])
            last = len(division.alineas)
            return OperationLue("alinéas", (division.rang,), last, last, lignes=cite.cites)
        old = (
            rf"(?:le|les) (?P<k>{K})(?: (?:et|à) (?P<l>{K}))? alinéas?(?P<de>[^«»]*?)"
            rf"(?P<dits>,? (?:de )?: .*?)? (?:est|sont) "
            rf"(?:{self._supprime}s?|remplacés? par (?:les {self._stipulations} suivantes|"
            r"\S+ alinéas? ainsi rédigés?))"
        )
        if found := re.fullmatch(old, phrase):
            division = self._find(found["de"])
            fin = self._rank(found["l"] or found["k"], division) + 1
            debut = self._rank(found["k"], division)
            check_recalled(division.alineas[debut:fin], found["dits"] or "")
            return OperationLue("alinéas", (division.rang,), debut, fin, lignes=cite.cites)
        return None
