"""The year's activities: when each session is held, how long it lasts and how many come."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any
from uuid import UUID

from wenlan.activities import operations as activities
from wenlan.activities.types import SessionPlan
from wenlan.demo.plan import evenly, half_up, share
from wenlan.demo.stage import Stage

LENGTH_SECONDS = 2 * 3600
OFFICE_OPENS = 8 * 3600
AHEAD = ("story_hour.weekend", "film.weekend", "lecture.culture", "salon.readers", "training.calligraphy")
AHEAD_DAYS = 31
SESSIONS_AHEAD = 3
FEWEST = 2  # people at a session of a small demonstration
BLIND_AID = "care.blind_aid"


@dataclass(frozen=True, slots=True)
class Gathering:
    """One session: its programme, number within it, first and last day, second of its start, people."""

    programme: str
    number: int
    day: date
    last: date
    second: int
    title: str
    persons: int


@dataclass
class Gatherings:
    """All sessions of the year."""

    stage: Stage
    _planned: dict[str, UUID] = field(default_factory=dict)

    @cached_property
    def by_day(self) -> Mapping[date, list[Gathering]]:
        """The sessions by their first day."""
        found: dict[date, list[Gathering]] = defaultdict(list)
        for row in self.stage.plan.stated["programmes"]:
            for gathering in self.of(row):
                found[gathering.day].append(gathering)
        return found

    @cached_property
    def ending(self) -> Mapping[date, list[Gathering]]:
        """The sessions by their last day, on which the visitors of a showing are summed up."""
        found: dict[date, list[Gathering]] = defaultdict(list)
        for gatherings in self.by_day.values():
            for gathering in gatherings:
                found[gathering.last].append(gathering)
        return found

    def of(self, row: Mapping[str, Any]) -> list[Gathering]:
        """Return the sessions of one programme in order."""
        code, calendar = row["code"], self.stage.calendar
        days = calendar.open_between(
            row.get("from", calendar.days[0]), row.get("until", date(self.stage.plan.year + 1, 1, 1)), row["weekdays"]
        )
        held = evenly(self.stage.plan.figures["sessions"][code], days)
        hour, minute = row["at"].split(":")
        second = int(hour) * 3600 + int(minute) * 60
        persons = self._persons(row, len(held))
        return [
            Gathering(code, at + 1, day, self._last(row, day), second, self._title(row, at + 1), persons[at])
            for at, day in enumerate(held)
        ]

    def _persons(self, row: Mapping[str, Any], sessions: int) -> list[int]:
        """Published attendance is shared out exactly; of the rest the usual number is varied."""
        dice = Random(f"{self.stage.seed}:attendance:{row['code']}")
        weights = [dice.uniform(0.7, 1.3) for _ in range(sessions)]
        published = self.stage.plan.parts("attendance", self.stage.scale)
        if row["code"] in published:
            return share(published[row["code"]], weights)
        return [max(half_up(int(row["each"] * weight) * self.stage.scale), FEWEST) for weight in weights]

    def _last(self, row: Mapping[str, Any], day: date) -> date:
        end = min(day + timedelta(days=row.get("lasts_days", 1) - 1), self.stage.calendar.days[-1])
        return max((open_day for open_day in self.stage.calendar.open_days if open_day <= end), default=day)

    def _title(self, row: Mapping[str, Any], number: int) -> str:
        return f"{row['zh']}第{number}期"

    def live(self, day: date) -> None:
        """Hold the sessions that begin on a day, and count those who came to the ones that end."""
        for gathering in self.by_day.get(day, ()):
            self._hold(gathering)
        for gathering in self.ending.get(day, ()):
            self._count(gathering, day)
        if day == self.stage.calendar.days[-1]:
            self.plan_ahead(day)

    def _hold(self, gathering: Gathering) -> None:
        act = self.stage.act(gathering.day, gathering.second, f"held:{_key(gathering)}", by="activities")
        activities.hold_session(act, session=self.session_of(gathering))

    def _count(self, gathering: Gathering, day: date) -> None:
        second = gathering.second + LENGTH_SECONDS
        act = self.stage.act(day, second, f"attended:{_key(gathering)}", by="activities")
        activities.record_attendance(act, session=self.session_of(gathering), persons=gathering.persons, day=day)

    def session_of(self, gathering: Gathering) -> UUID:
        """Return the session, planned when it is first asked for: a repeated key finds the one of an earlier run."""
        key = _key(gathering)
        if key not in self._planned:
            self._planned[key] = self._plan(gathering, planned_on=gathering.day)
        return self._planned[key]

    def plan_ahead(self, day: date) -> None:
        """Plan what the first weeks after the year bring, so that readers find something to come to."""
        first = date(self.stage.plan.year + 1, 1, 1)
        for row in self.stage.plan.stated["programmes"]:
            if "from" in row or row["code"] not in AHEAD:
                continue
            days = [first + timedelta(days=at) for at in range(AHEAD_DAYS)]
            held = [each for each in days if each.weekday() in row["weekdays"] and self.stage.calendar.is_open(each)]
            hour, minute = row["at"].split(":")
            for at, each in enumerate(held[:SESSIONS_AHEAD], start=1):
                second = int(hour) * 3600 + int(minute) * 60
                ahead = Gathering(row["code"], 1000 + at, each, each, second, f"{row['zh']}{each.year}年第{at}期", 0)
                self._plan(ahead, planned_on=day)

    def _plan(self, gathering: Gathering, planned_on: date) -> UUID:
        session = activities.plan_session(
            self.stage.act(planned_on, OFFICE_OPENS, f"session:{_key(gathering)}", by="activities"),
            programme=gathering.programme,
            starts_at=self.stage.at(gathering.day, gathering.second),
            ends_at=self.stage.at(gathering.last, gathering.second + LENGTH_SECONDS),
            department=self.stage.departments["CZ-O-ACTIVITIES"],
            plan=SessionPlan(title=gathering.title),
        )
        return session.uid


def _key(gathering: Gathering) -> str:
    return f"{gathering.programme}:{gathering.number}"


def take_over_blind_aid(stage: Stage) -> None:
    """Enter the sessions that the project for blind readers held in the year before."""
    before = stage.plan.stated["before"]["blind_aid"]
    year = stage.plan.year - 1
    persons = share(half_up(before["attendance"] * stage.scale), [1] * before["sessions"])
    for at in range(before["sessions"]):
        day = date(year, 2 + 10 * at // before["sessions"], 15)
        act = stage.taken_over(f"blind_aid:{at}", by="activities", day=day)
        session = activities.plan_session(
            act,
            programme=BLIND_AID,
            starts_at=stage.at(day, 34_200),
            ends_at=stage.at(day, 34_200 + LENGTH_SECONDS),
            plan=SessionPlan(title=f"{year}年第{at + 1}次"),
        )
        activities.hold_session(act, session=session.uid)
        activities.record_attendance(act, session=session.uid, persons=persons[at], day=day)
