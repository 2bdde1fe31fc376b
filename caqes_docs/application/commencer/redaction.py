"""A wording of a clause to write: the one that it follows copied, and closed the day before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from caqes_docs.application.commencer.nouveau import (
    IDENTIFIANT,
    quoted,
    refuse_existing,
    refuse_reserved,
)
from caqes_docs.application.projet import Projet
from caqes_docs.application.sorties import write_whole
from caqes_docs.core.errors import UsageError
from caqes_docs.data.lecture.messages import close_name
from caqes_docs.law.droit.chargement import Racine
from caqes_docs.redaction.bibliotheque.nommage import parse_name
from caqes_docs.redaction.bibliotheque.redactions import A_ECRIRE, Redaction


@dataclass(frozen=True)
class NouvelleRedaction:
    """What was written to begin a wording."""

    chemin: Path
    reprise: str = ""
    """The file that it copies, as it is shown; empty when the clause is new."""
    close: dt.date | None = None
    """The last day of the wording that it follows, now that it ends."""
    copiees: tuple[Path, ...] = ()
    """The other wordings of a clause that the library takes from the one below."""
    proche: str = ""
    """The clause that was perhaps meant, asked back, when the clause is new."""


def new_clause(
    projet: Projet, identifiant: str, du: dt.date, titre: str | None, le: dt.date
) -> NouvelleRedaction:
    """Create a wording in the last library of the project; `le` is today.

    Raises:
        UsageError: U-013 no FAMILLE.CLAUSE, or a reserved name; U-012 the wording exists.
    """
    parties = identifiant.split(".")
    if len(parties) != 2 or not all(IDENTIFIANT.fullmatch(partie) for partie in parties):
        raise UsageError(
            "U-013",
            f"«\u00a0{identifiant}\u00a0» n’est pas un identifiant de clause.",
            remede="Écrire FAMILLE.CLAUSE en minuscules sans accent, par exemple lettres.envoi.",
        )
    refuse_reserved("U-013", *parties)
    identifiant = projet.bibliotheque.present(identifiant)
    deja = projet.bibliotheque.clauses.get(identifiant, ())
    racine = projet.racines[-1]
    chemin = racine.dossier / _place_of(projet, identifiant, du, deja)
    refuse_existing(chemin)
    if not deja:
        ligne_titre = f"titre: {quoted(titre)}\n" if titre else ""
        texte = (
            f"---\nid: {identifiant}\n{ligne_titre}statut: redaction_propre\n"
            f"en_vigueur: {{du: {du}}}\nreferences: []\nobligations: []\n"
            f"verifie_le: {le}\na_verifier: oui\n---\n{A_ECRIRE}\n"
        )
        write_whole(chemin, texte.encode())
        proche = close_name(identifiant, projet.bibliotheque.clauses)
        return NouvelleRedaction(chemin, proche=proche)
    return _follow(projet, chemin, deja, du, titre, le)


def _follow(
    projet: Projet,
    chemin: Path,
    deja: Sequence[Redaction],
    du: dt.date,
    titre: str | None,
    le: dt.date,
) -> NouvelleRedaction:
    """Write the wording of an existing clause, and end the one in force the day before it."""
    racine, veille = projet.racines[-1], du - dt.timedelta(days=1)
    avant = [r for r in deja if r.en_vigueur.du <= du]
    modele = avant[-1] if avant else deja[0]
    apres = (r.en_vigueur.du - dt.timedelta(days=1) for r in deja if r.en_vigueur.du > du)
    fin = modele.en_vigueur.au if modele.en_vigueur.holds(du) else next(apres, None)
    texte = _dated(_read(projet, modele), du, fin)
    texte = _put(texte, "verifie_le", str(le))
    texte = _put(texte, "a_verifier", "oui")
    texte = _put(texte, "statut", "redaction_propre")
    write_whole(chemin, (_put(texte, "titre", quoted(titre)) if titre else texte).encode())
    copiees = []
    for autre in deja:
        suivie = autre.en_vigueur.du < du and autre.en_vigueur.holds(du)
        if autre.en_vigueur.du == du or (autre.bibliotheque == racine.nom and not suivie):
            continue
        place = racine.dossier / _relative(projet, autre)
        ecrit = _read(projet, autre)
        write_whole(
            place, (_dated(ecrit, autre.en_vigueur.du, veille) if suivie else ecrit).encode()
        )
        copiees.extend([place] if autre.bibliotheque != racine.nom else [])
    suit = modele.en_vigueur.du < du and modele.en_vigueur.holds(du)
    return NouvelleRedaction(chemin, modele.fichier.nom, veille if suit else None, tuple(copiees))


def _dated(texte: str, du: dt.date, au: dt.date | None) -> str:
    return _put(texte, "en_vigueur", f"{{du: {du}, au: {au}}}" if au else f"{{du: {du}}}")


def _put(texte: str, cle: str, valeur: str) -> str:
    r"""`texte` with that value for the key of its front matter, its comment kept.

    >>> _put("---\nid: a.b\nstatut: x # note\n---\nMots.\n", "statut", "y")
    '---\nid: a.b\nstatut: y # note\n---\nMots.\n'
    >>> _put("---\nid: a.b\nstatut: x\n---\nMots.\n", "titre", "T")
    '---\nid: a.b\ntitre: T\nstatut: x\n---\nMots.\n'
    """
    fin = texte.index("\n---", 3) + 1
    entete, corps = texte[:fin], texte[fin:]
    motif = re.compile(rf"(?m)^{cle}:[^\r\n#]*(#[^\r\n]*)?(?:\r?\n[ \t]+[^\r\n]*)*")
    trouve = motif.search(entete)
    if trouve is None:
        return re.sub(r"(?m)^(id:[^\n]*\n)", lambda m: f"{m[1]}{cle}: {valeur}\n", entete) + corps
    note = f" {trouve[1]}" if trouve[1] else ""
    return f"{entete[: trouve.start()]}{cle}: {valeur}{note}{entete[trouve.end() :]}{corps}"


def _place_of(projet: Projet, identifiant: str, du: dt.date, deja: Sequence[Redaction]) -> Path:
    """Where a wording goes in a library: beside those of its clause, or in its family."""
    if not deja:
        famille, _, clause = identifiant.partition(".")
        return Path(famille, f"{clause}.md")
    places = {r.en_vigueur.du: _relative(projet, r) for r in deja}
    voisin = min(places.values())
    nom = parse_name(voisin)
    return places.get(du) or voisin.with_name(
        f"{du}.md" if nom.complet else f"{nom.clause}.{du}.md"
    )


def _relative(projet: Projet, redaction: Redaction) -> Path:
    return Path(redaction.fichier.nom).relative_to(_racine(projet, redaction).prefixe)


def _read(projet: Projet, redaction: Redaction) -> str:
    chemin = _racine(projet, redaction).dossier / _relative(projet, redaction)
    return chemin.read_bytes().decode("utf-8")


def _racine(projet: Projet, redaction: Redaction) -> Racine:
    return next(r for r in reversed(projet.racines) if r.nom == redaction.bibliotheque)
