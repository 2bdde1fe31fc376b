"""A calendar as an iCalendar file (RFC 5545), whose bytes depend on its content alone."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from caqes_docs.document.agenda import Agenda, Evenement
from caqes_docs.ooxml.xml import check_text

if TYPE_CHECKING:
    from icalendar import Event

_PRODUIT = "-//caqes_docs//echeances//FR"
_DOMAINE = "caqes-docs.invalid"


def write_ics(agenda: Agenda) -> bytes:
    """The file: each event lasts its whole day and makes nobody busy.

    Raises:
        RenduError: R-120 a character that no file admits.
    """
    from icalendar import Calendar  # slow, and most commands write no calendar

    calendrier = Calendar()
    calendrier.add("prodid", _PRODUIT)
    calendrier.add("version", "2.0")
    calendrier.add("calscale", "GREGORIAN")
    calendrier.add("method", "PUBLISH")
    calendrier.add("x-wr-calname", check_text(agenda.titre))
    instant = dt.datetime.combine(agenda.date, dt.time(), dt.UTC)
    for evenement in agenda.evenements:
        calendrier.add_component(_event(evenement, instant))
    contenu: bytes = calendrier.to_ical()
    return contenu


def _event(evenement: Evenement, instant: dt.datetime) -> Event:
    from icalendar import Event

    composant = Event()
    composant.add("uid", f"{hashlib.sha256(evenement.cle.encode()).hexdigest()[:32]}@{_DOMAINE}")
    composant.add("dtstamp", instant)
    composant.add("dtstart", evenement.jour)
    composant.add("dtend", evenement.jour + dt.timedelta(1))
    composant.add("summary", check_text(evenement.titre))
    composant.add("description", check_text(evenement.description))
    composant.add("categories", [check_text(evenement.categorie)])
    composant.add("transp", "TRANSPARENT")
    return composant
