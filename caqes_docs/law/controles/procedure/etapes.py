"""What every step of a procedure is held to: its order, its proof, its delay, its answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caqes_docs.core.constats import Constat, fault, warning
from caqes_docs.core.francais.formes import date_longue
from caqes_docs.core.source import Source
from caqes_docs.data.dossier.procedure import Audition, Avis, Etape
from caqes_docs.law.procedure.delais import Delai, Support
from caqes_docs.law.procedure.jours import safe_last_day

ARTICLE_MSAP = "CSS, art. D.\u00a0162-10 et D.\u00a0162-16"
"""The longer of two delays, where a mise sous accord préalable is envisaged (R-PRO-8)."""


@dataclass(frozen=True)
class Fait:
    """Something that happened on a day: its place, its words (« la notification »), its day."""

    source: Source
    quoi: str
    jour: dt.date | None

    @property
    def dit(self) -> str:
        """« La notification porte la date du 3 mars 2020 », at the head of a sentence."""
        sujet = self.quoi[:1].upper() + self.quoi[1:]
        return sujet if self.jour is None else f"{sujet} porte la date du {date_longue(self.jour)}"


@dataclass(frozen=True)
class Examen:
    """A procedure being examined under its article (« CSS, art. D. 162-15 »)."""

    support: Support
    article: str

    def fact(self, chemin: tuple[str | int, ...], quoi: str, jour: dt.date | None) -> Fait:
        """What happened at `chemin` of the record."""
        return Fait(self.support.source(*chemin), quoi, jour)

    def key(self, *chemin: str | int) -> str:
        """The key to fill in, as the user reads it."""
        return f"«\u00a0{'.'.join(map(str, (*self.support.racine, *chemin)))}\u00a0»"

    def check_step(self, nom: str, acte: str, etape: Etape | None) -> Iterator[Constat]:
        """V-100 inside one step: sent, received, answered, heard."""
        if etape is None:
            return
        envoi = self.fact((nom, "date"), f"l’envoi {acte}", etape.date)
        recue = self.fact((nom, "recue_le"), f"la réception {acte}", etape.recue_le)
        yield from follows(envoi, recue)
        ouvert = recue if recue.jour else envoi
        for rang, observation in enumerate(etape.observations):
            chemin = (nom, "observations", rang, "recue_le")
            yield from follows(ouvert, self.fact(chemin, "l’observation", observation.recue_le))
        yield from self._check_hearing(nom, etape.audition or Audition(), ouvert)

    def _check_hearing(self, nom: str, audition: Audition, ouvert: Fait) -> Iterator[Constat]:
        def fact(cle: str, quoi: str) -> Fait:
            return self.fact((nom, "audition", cle), quoi, getattr(audition, cle))

        demande = fact("demandee_le", "la demande d’audition")
        convocation = fact("convoquee_le", "la convocation à l’audition")
        prevue = fact("prevue_le", "l’audition prévue")
        tenue = fact("tenue_le", "l’audition")
        for avant, apres in (
            (ouvert, demande),
            (demande, convocation),
            (convocation, prevue),
            (convocation if convocation.jour else demande, tenue),
        ):
            yield from follows(avant, apres)

    def check_avis(self, cle: str, avis: Avis | None, acte: Fait) -> Iterator[Constat]:
        """V-101: the avis of the organisme local comes before the act (K7)."""
        if avis is not None:
            yield from follows(
                self.fact((cle, "demande_le"), "la demande d’avis", avis.demande_le),
                self.fact((cle, "rendu_le"), "l’avis de l’organisme local", avis.rendu_le),
            )
        if acte.jour is None:
            return
        rendu = avis.rendu_le if avis else None
        if rendu is None:
            yield fault(
                "V-101",
                acte.source,
                f"{acte.dit}, et rien ne dit que "
                f"l’organisme local a rendu son avis ({self.article}).",
                f"Remplir {self.key(cle, 'rendu_le')}\u00a0: l’avis précède l’acte.",
            )
        elif rendu > acte.jour:
            yield fault(
                "V-101",
                self.support.source(cle, "rendu_le"),
                f"L’avis de l’organisme local est rendu le {date_longue(rendu)}, après "
                f"{acte.quoi} du {date_longue(acte.jour)}, qu’il doit précéder ({self.article}).",
                "Corriger l’une des deux dates, ou reprendre l’acte après l’avis.",
            )

    def check_informed(
        self, cle: str, avis: Avis | None, nom: str, etape: Etape | None
    ) -> Iterator[Constat]:
        """V-190, V-200: the avis, and its request, know what the step before it brought (K7)."""
        if avis is None or etape is None:
            return
        audition = etape.audition or Audition()
        faits = [
            self.fact((nom,), "l’audition de l’établissement", audition.tenue_le),
            *(
                self.fact((nom,), "une observation de l’établissement", observation.recue_le)
                for observation in etape.observations
            ),
        ]
        for code, nature, jour, dit, suite in (
            (
                "V-200",
                "demande_le",
                avis.demande_le,
                "est demandé",
                "la demande ne peut pas en rendre compte",
            ),
            (
                "V-190",
                "rendu_le",
                avis.rendu_le,
                "est rendu",
                "il est donné sans en avoir connaissance",
            ),
        ):
            apres = [fait for fait in faits if jour and fait.jour and fait.jour > jour]
            if not apres or jour is None or apres[0].jour is None:
                continue
            yield warning(
                code,
                self.support.source(cle, nature),
                f"L’avis de l’organisme local {dit} le {date_longue(jour)}, avant "
                f"{apres[0].quoi} ({date_longue(apres[0].jour)})\u00a0: {suite} ({self.article}).",
                "Corriger l’une des deux dates, ou recueillir de nouveau l’avis.",
            )

    def check_proof(
        self, nom: str, acte: str, etape: Etape | None, suite: Fait
    ) -> Iterator[Constat]:
        """V-106, V-102: the step that the act `suite` follows was taken, and its receipt proved."""
        if suite.jour is None:
            return
        if etape is None or (etape.date is None and etape.recue_le is None):
            yield fault(
                "V-106",
                suite.source,
                f"{suite.dit}, et l’envoi {acte}, qui vient avant, n’est pas daté "
                f"({self.article}).",
                f"Remplir {self.key(nom)}, ou reprendre la procédure à cette étape.",
            )
        elif etape.recue_le is None:
            yield fault(
                "V-102",
                self.support.source(nom),
                f"Rien ne prouve la réception {acte}, que suit {suite.quoi} du "
                f"{date_longue(suite.jour)}\u00a0: le délai qu’elle ouvre n’a pas de fin connue "
                f"({self.article}).",
                f"Remplir {self.key(nom, 'recue_le')} d’après l’accusé de réception.",
            )

    def check_end(self, delai: Delai | None, acte: Fait) -> Iterator[Constat]:
        """V-103, V-104, V-111: no act before the end of the delay, hearing included."""
        if delai is None or acte.jour is None or not delai.depart.is_known:
            return
        if delai.terme is None:
            yield fault(
                "V-104",
                acte.source,
                f"{acte.dit}, alors que le délai ouvert par la réception {delai.acte} n’est pas "
                f"fini\u00a0: {_unheard(delai)} ({self.article}).",
                f"Tenir l’audition, qui prolonge le délai, et remplir "
                f"{self.key(delai.etape, 'audition')}.",
            )
        elif acte.jour <= delai.terme:
            suite = ", prolongé jusqu’à l’audition," if delai.proroge else ""
            article = ARTICLE_MSAP if "css/D162-10" in delai.articles else self.article
            yield fault(
                "V-103",
                acte.source,
                f"{acte.dit}\u00a0: le délai ouvert par la réception {delai.acte}{suite} finit le "
                f"{date_longue(delai.terme)} ({article}).",
                "Reprendre l’acte après ce jour, ou corriger l’une des dates.",
            )
        elif acte.jour <= safe_last_day(delai.terme):
            yield warning(
                "V-111",
                acte.source,
                f"{acte.dit}, juste après le délai fini le {date_longue(delai.terme)}\u00a0: aucun "
                "texte ne dit si ce délai est franc ni ce que change un jour chômé (X32).",
                f"Pour ne rien risquer, attendre le {date_longue(_safe(delai.terme))}.",
            )

    def check_answers(self, nom: str, etape: Etape | None, acte: Fait) -> Iterator[Constat]:
        """V-107: what the establishment wrote or said is answered before the act."""
        if etape is None or acte.jour is None:
            return
        for rang, observation in enumerate(etape.observations):
            if observation.reponse is None:
                yield self._unanswered((nom, "observations", rang), "Une observation écrite", acte)
        audition = etape.audition
        if audition is not None and audition.tenue_le is not None and audition.reponse is None:
            yield self._unanswered((nom, "audition"), "L’audition", acte)

    def check_late_hearing(
        self, delai: Delai | None, etape: Etape | None, acte: Fait
    ) -> Iterator[Constat]:
        """V-107: a hearing asked for too late, and not held, is refused for a reason."""
        audition = etape.audition if etape else None
        if delai is None or delai.a_temps is not False or audition is None or acte.jour is None:
            return
        if audition.tenue_le is None and audition.reponse is None:
            yield self._unanswered((delai.etape, "audition"), "La demande tardive d’audition", acte)

    def check_hasty(
        self, nom: str, etape: Etape | None, suites: Iterable[Fait]
    ) -> Iterator[Constat]:
        """V-287: a hearing asked for, not held, and the next step taken within a day."""
        audition = (etape.audition if etape else None) or Audition()
        demande = audition.demandee_le
        if demande is None or audition.tenue_le is not None:
            return
        for suite in suites:
            if suite.jour is not None and 0 <= (suite.jour - demande).days <= 1:
                yield warning(
                    "V-287",
                    self.support.source(nom, "audition", "demandee_le"),
                    f"Une audition est demandée le {date_longue(demande)} et n’est pas tenue, "
                    f"alors que {suite.quoi} est du {date_longue(suite.jour)}\u00a0: rien ne "
                    f"montre que la demande a été examinée ({self.article}).",
                    "Examiner la demande avant cette étape, ou corriger l’une des deux dates.",
                )

    def check_known(self, nom: str, etape: Etape | None, acte: Fait) -> Iterator[Constat]:
        """V-272: what the act gives an account of was written or said before it."""
        if etape is None or acte.jour is None:
            return
        audition = etape.audition or Audition()
        faits = [
            self.fact(
                (nom, "observations", rang, "recue_le"), "L’observation est reçue", o.recue_le
            )
            for rang, o in enumerate(etape.observations)
        ]
        tenue = (nom, "audition", "tenue_le")
        for fait in (*faits, self.fact(tenue, "L’audition est tenue", audition.tenue_le)):
            if fait.jour is not None and fait.jour > acte.jour:
                yield fault(
                    "V-272",
                    fait.source,
                    f"{fait.quoi} le {date_longue(fait.jour)}, après {acte.quoi} du "
                    f"{date_longue(acte.jour)}, qui ne peut pas en rendre compte "
                    f"({self.article}).",
                    "Corriger l’une des deux dates, l’écrire à l’étape suivante, ou la retirer.",
                )

    def _unanswered(self, chemin: tuple[str | int, ...], quoi: str, acte: Fait) -> Constat:
        return fault(
            "V-107",
            self.support.source(*chemin),
            f"{quoi} de l’établissement est sans réponse, alors que {acte.quoi} en tient compte "
            f"({self.article}).",
            "Remplir «\u00a0reponse\u00a0».",
        )


def follows(avant: Fait, apres: Fait, *, grave: bool = True) -> Iterator[Constat]:
    """V-100: what follows a step does not come before it; an unknown day is no fault."""
    if avant.jour is not None and apres.jour is not None and apres.jour < avant.jour:
        yield (fault if grave else warning)(
            "V-100",
            apres.source,
            f"{apres.dit}, antérieure à celle de {avant.quoi} ({date_longue(avant.jour)}).",
            "Corriger l’une des deux dates.",
        )


def sent(etape: Etape | None) -> dt.date | None:
    """The day on which an act is sent; that of its receipt when only that is known."""
    return (etape.date or etape.recue_le) if etape else None


def _unheard(delai: Delai) -> str:
    if delai.proroge:
        return "l’audition, demandée à temps, n’est pas tenue"
    return "le jour où l’audition a été demandée n’est pas connu"


def _safe(terme: dt.date) -> dt.date:
    return safe_last_day(terme) + dt.timedelta(1)
