"""A person's duties as a calendar file (iCalendar, RFC 5545), for the telephone."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time

from django.utils import timezone

from wenlan.circulation.roster.types import DutyView

END = "\r\n"
OCTETS = 75  # of a line, RFC 5545 3.1


def escaped(text: str) -> str:
    """Return a text value with its signs escaped (RFC 5545 3.3.11)."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text


def folded(line: str) -> str:
    """Return a line in parts of at most 75 octets, no character broken."""
    parts, part, room = [], "", OCTETS
    for sign in line:
        octets = len(sign.encode())
        if octets > room:
            parts.append(part)
            part, room = "", OCTETS - 1
        part, room = part + sign, room - octets
    return f"{END} ".join([*parts, part])


def stamp(day: date, at: time) -> str:
    """Return a local time as the standard writes it in UTC."""
    local = timezone.make_aware(datetime.combine(day, at), timezone.get_default_timezone())
    return f"{local.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def calendar(duties: Iterable[DutyView], *, places: Mapping[int, str], now: datetime) -> str:
    """Return duties as a calendar file; absences are left out."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Wenlan//Roster//ZH", "METHOD:PUBLISH"]
    for duty in duties:
        if not duty.absent_for:
            lines += [
                "BEGIN:VEVENT",
                f"UID:{duty.uid}@wenlan",
                f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
                f"DTSTART:{stamp(duty.day, duty.span.starts)}",
                f"DTEND:{stamp(duty.day, duty.span.ends)}",
                f"SUMMARY:{escaped(duty.post_name)}",
                f"LOCATION:{escaped(places.get(duty.node, ''))}",
                "END:VEVENT",
            ]
    return END.join(folded(line) for line in [*lines, "END:VCALENDAR"]) + END
