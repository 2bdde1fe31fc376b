"""Random contracts and what negotiation makes of them: the states that avenants are proved on."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import Any

from caqes_docs.document import model as doc
from tests.outils.revisions import act, article, paragraph

SUJETS = (
    "l’établissement",
    "l’agence régionale de santé",
    "le directeur",
    "la commission médicale",
    "le comité de suivi",
)
VERBES = ("transmet", "évalue", "arrête", "présente", "communique")
OBJETS = (
    "le plan d’actions",
    "les résultats de l’année",
    "la liste des référents",
    "le rapport «\u00a0annuel\u00a0» d’évaluation",
    "les indicateurs du volet",
)
FINS = (
    "avant le 31\u00a0mars\u00a02019",
    "dans la limite de 1\u202f500\u00a0€",
    "à hauteur de 2,5\u00a0%",
    "dans les conditions de l’article\u00a03",
    "en présence du directeur",
)


class Negociation:
    """Makes a contract, then changes it as parties would."""

    def __init__(self, graine: int) -> None:
        self.chance = random.Random(graine)
        self._fresh = 0

    # -- words --

    def words(self) -> str:
        """A sentence."""
        sujet, verbe, objet, fin = (
            self.chance.choice(pool) for pool in (SUJETS, VERBES, OBJETS, FINS)
        )
        return f"{sujet[:1].upper()}{sujet[1:]} {verbe} {objet}, {fin}."

    def alinea(self) -> doc.Paragraphe:
        """One or two sentences, perhaps with a value."""
        words = " ".join(self.words() for _ in range(self.chance.choice((1, 1, 2, 3))))
        if self.chance.random() < 0.3:
            rate = doc.Valeur((doc.Texte(f"{self.chance.randint(1, 9)},5\u00a0%"),), "t")
            return doc.Paragraphe((doc.Texte(f"{words} Le taux retenu est de "), rate, _POINT))
        return paragraph(words)

    def items(self) -> doc.Liste:
        """A list whose items end as they should."""
        count = self.chance.randint(2, 5)
        marked = self.chance.random() < 0.4
        ends = ["\u202f;"] * (count - 1) + ["."]
        return doc.Liste(
            tuple(
                doc.Element(
                    (paragraph(f"{self.chance.choice(OBJETS)} {rang}{end}"),),
                    f"{rang + 1}°" if marked else "",
                )
                for rang, end in enumerate(ends)
            ),
            marked,
        )

    def table(self, count: int | None = None) -> doc.Tableau:
        """A table with a caption, a first column that names its rows."""
        self._fresh += 1
        header = tuple(doc.Cellule((paragraph(x),), 1, True) for x in ("Indicateur", "Cible"))
        rows = tuple(
            (
                doc.Cellule((paragraph(f"IND-{self._fresh}-{rang} {self.chance.choice(OBJETS)}"),)),
                doc.Cellule((paragraph(f"au moins {self.chance.randint(1, 99)}\u00a0%"),)),
            )
            for rang in range(count or self.chance.randint(2, 12))
        )
        caption = (
            (doc.Texte(f"Cibles n°\u00a0{self._fresh}"),) if self.chance.random() < 0.7 else ()
        )
        return doc.Tableau((doc.Colonne(2), doc.Colonne(1)), (header,), rows, caption)

    def blocks(self) -> tuple[doc.Bloc, ...]:
        """What an article holds."""
        made: list[doc.Bloc] = [self.alinea()]
        for _ in range(self.chance.randint(0, 4)):
            made.append(self.chance.choice((self.alinea, self.alinea, self.items, self.table))())
        if self.chance.random() < 0.1:
            made.insert(1, doc.Encart((self.alinea(),)))
        return tuple(made)

    def article(self, numero: str) -> doc.Clause:
        """An article under a heading of its own."""
        self._fresh += 1
        made = article(numero, *self.blocks(), ancre=f"_cl_{self._fresh}")
        titre = doc.Titre(2, f"Article\u00a0{numero}", (doc.Texte(f"Objet n° {self._fresh}"),))
        return replace(made, titre=titre)

    def contract(self) -> doc.Document:
        """Parties, chapters of articles, annexes."""
        chapters, number = [], 0
        for rang in range(1, self.chance.randint(2, 4)):
            inside = []
            for _ in range(self.chance.randint(1, 4)):
                number += 1
                inside.append(self.article("1er" if number == 1 else str(number)))
            titre = doc.Titre(1, f"Chapitre\u00a0{rang}", (doc.Texte(f"Règles {rang}"),), True)
            chapters.append(doc.Section(f"_ch_{rang}", titre, tuple(inside)))
        annexes = [self.annex(rang) for rang in range(1, self.chance.randint(2, 4))]
        head = (self.alinea(), self.alinea())
        made = act(*head, *chapters, *annexes)
        return replace(made, couverture=(paragraph("Contrat"), self.alinea()))

    def annex(self, rang: int) -> doc.Section:
        """An annex, perhaps in parts."""
        self._fresh += 1
        titre = doc.Titre(1, f"Annexe\u00a0{rang}", (doc.Texte(f"Tableau {rang}"),), True)
        part = doc.Section(
            f"_pa_{self._fresh}",
            doc.Titre(2, "", (doc.Texte(f"Partie {self._fresh}"),)),
            (self.table(6),),
        )
        inside: tuple[doc.Bloc, ...] = (self.alinea(), self.table())
        return doc.Section(
            f"_an_{self._fresh}", titre, (*inside, part) if self.chance.random() < 0.5 else inside
        )

    # -- what negotiation changes --

    def amended(self, a: doc.Document, times: int) -> doc.Document:
        """`a` after some changes."""
        for _ in range(times):
            rang = self.chance.randrange(len(a.corps))
            a = replace(a, corps=self._spliced(a.corps, rang))
        if self.chance.random() < 0.2:
            a = _everywhere(a, "la commission médicale", "la conférence médicale")
        return a

    def _spliced(self, blocs: tuple[Any, ...], rang: int) -> tuple[Any, ...]:
        bloc = blocs[rang]
        before, after = blocs[:rang], blocs[rang + 1 :]
        kind = self.chance.random()
        if isinstance(bloc, doc.Clause) and kind < 0.12 and len(blocs) > 1:
            return (*before, *after)
        if isinstance(bloc, doc.Clause) and kind < 0.25:
            self._fresh += 1
            number = f"{bloc.titre.numero[8:] if bloc.titre else ''}-{self._fresh}"
            return (*before, bloc, self.article(number), *after)
        return (*before, *self._changed(bloc), *after)

    def _changed(self, bloc: Any) -> tuple[Any, ...]:
        kind = self.chance.random()
        match bloc:
            case doc.Section() | doc.Clause():
                if kind < 0.08 and bloc.titre is not None:
                    self._fresh += 1
                    words = (doc.Texte(f"Objet revu {self._fresh}"),)
                    titre: Any = replace(bloc.titre, contenu=words)
                    return (replace(bloc, titre=titre),)
                if not bloc.blocs:
                    return (replace(bloc, blocs=(self.alinea(),)),)
                rang = self.chance.randrange(len(bloc.blocs))
                return (replace(bloc, blocs=self._spliced(bloc.blocs, rang)),)
            case doc.Paragraphe():
                if kind < 0.15:
                    return ()
                return (bloc, self.alinea()) if kind < 0.3 else (self._reworded(bloc),)
            case doc.Liste():
                return (self._relisted(bloc),)
            case doc.Tableau():
                return (self._retabled(bloc),)
            case _:
                return (bloc,)

    def _reworded(self, bloc: doc.Paragraphe) -> doc.Paragraphe:
        if self.chance.random() < 0.15:
            return self.alinea()
        first: Any = bloc.contenu[0]
        pool = self.chance.choice((SUJETS, VERBES, OBJETS, FINS))
        old, new = self.chance.sample(pool, 2)
        words = first.texte.replace(old, new, self.chance.choice((1, 9)))
        return replace(bloc, contenu=(doc.Texte(words), *bloc.contenu[1:]))

    def _relisted(self, liste: doc.Liste) -> doc.Liste:
        rang = self.chance.randrange(len(liste.elements))
        items = list(liste.elements)
        if self.chance.random() < 0.5 and len(items) > 1:
            del items[rang]
        else:
            self._fresh += 1
            mark = f"{rang + 1}°\u00a0bis" if liste.ordonnee else ""
            new = f"{self.chance.choice(OBJETS)} nouveau {self._fresh}\u202f;"
            items.insert(rang, doc.Element((paragraph(new),), mark))
        return replace(liste, elements=tuple(items))

    def _retabled(self, tableau: doc.Tableau) -> doc.Tableau:
        rows = list(tableau.lignes)
        rang = self.chance.randrange(len(rows))
        kind = self.chance.random()
        words: doc.Inlines = (doc.Texte(f"au moins {self.chance.randint(100, 199)}\u00a0%"),)
        if self.chance.random() < 0.3:
            words = (*words, doc.SautLigne(), doc.Texte("ensuite\u00a0: 9\u00a0%"))
        value = doc.Cellule((doc.Paragraphe(words),))
        if kind < 0.2 and len(rows) > 1:
            del rows[rang]
        elif kind < 0.4:
            self._fresh += 1
            name = doc.Cellule((paragraph(f"NEUF-{self._fresh}"),))
            rows.insert(rang, (name, value))
        elif kind < 0.5:
            rows = [(row[0], value) for row in rows]
        else:
            rows[rang] = (rows[rang][0], value)
        return replace(tableau, lignes=tuple(rows))


_POINT = doc.Texte(".")


def _everywhere(a: doc.Document, old: str, new: str) -> doc.Document:
    def node(noeud: Any) -> Any:
        if isinstance(noeud, doc.Paragraphe):
            return replace(
                noeud,
                contenu=tuple(
                    doc.Texte(one.texte.replace(old, new)) if isinstance(one, doc.Texte) else one
                    for one in noeud.contenu
                ),
            )
        if isinstance(noeud, doc.Clause | doc.Section):
            return replace(noeud, blocs=tuple(node(one) for one in noeud.blocs))
        return noeud

    return replace(a, corps=tuple(node(one) for one in a.corps))


_ANNEXE = re.compile(r"Annexe[ \u00a0](\S+)")
_MODIFIE = ("Modification d", "Insertion d", "Suppression d", "Rétablissement d")


def split_act(texte: str) -> tuple[list[list[str]], dict[str, list[str]]]:
    """The amending articles of a whole printed act, and the annexes joined to it, by number."""
    articles: list[list[str]] = []
    annexes: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in texte.splitlines():
        plain = line.replace("\u00a0", " ")
        if found := _ANNEXE.fullmatch(line):
            current = annexes.setdefault(found[1], [line])
        elif plain.startswith("Article ") and " : " in plain:
            amending = plain.partition(" : ")[2].startswith(_MODIFIE)
            current = [] if amending else None
            if current is not None:
                articles.append(current)
        elif current is not None:
            current.append(line)
    return articles, annexes
