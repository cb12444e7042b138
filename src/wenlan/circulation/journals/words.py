"""What is said of a line: to the device that sent it, and to the person who decides."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.types import LineState, Problem
from wenlan.circulation.types import NextStep, Refusal
from wenlan.patrons.types import Refusal as NotRegistered

STOPPING = frozenset({LineState.WAITING, LineState.SET_ASIDE})


def answer(row: JournalLine, names: Mapping[int, str]) -> dict[str, str]:
    """Return what a device shows beside an act."""
    said = row.said
    lines = conflict_lines(row) if row.problem else step_lines(said, names)
    tone = "look" if lines else "good"
    return {
        "state": row.state,
        "problem": row.problem,
        "tone": "stop" if row.state in STOPPING and not row.is_recorded else tone,
        "label": " ".join(lines) or (str(LineState(row.state).label) if row.decision else ""),
        "title": str(said.get("title", "")),
        "due": str(said.get("due", "")),
    }


def step_lines(said: Mapping[str, Any], names: Mapping[int, str]) -> list[str]:
    """Return what a person still has to do with an item that came in."""
    lines, step = [], said.get("step", "")
    if step == "elsewhere":
        lines.append(_("It was taken back elsewhere meanwhile."))
    elif step == NextStep.SEND:
        place = names.get(said.get("to") or 0, "")
        lines.append(_("Send it to %(place)s, where it has its place.") % {"place": place})
    elif step and step != NextStep.SHELVE:
        lines.append(str(NextStep(step).label))
    if said.get("late"):
        lines.append(_("%(days)s days late.") % {"days": said["late"]})
    return lines


def conflict_lines(row: JournalLine) -> list[str]:
    """Return what is wrong with a line, and every reason for it."""
    why = reasons(row.found)
    return [f"{Problem(row.problem).label}{'：' if why else '。'}", *why]


def reasons(found: Mapping[str, Any]) -> list[str]:
    """Return in words what stood against an act, or against a registration."""
    told = found.get("refusals", ())
    of_loans = [str(Refusal(code).label) for code in told if code in Refusal.values]
    return of_loans + [str(NotRegistered(code).label) for code in told if code in NotRegistered.values]
