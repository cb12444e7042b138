"""What is written into the record books: trips, meetings, volunteers, clicks, digitisation, patrols, chronicle."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from wenlan.demo import stacks, trips
from wenlan.demo.plan import evenly, share, spread
from wenlan.demo.stage import BUS_POOL, Stage
from wenlan.registers import operations as registers
from wenlan.registers.types import Book, Field, FieldKind, Level

MEETING_TITLES = {
    "members_meeting": "支部党员大会",
    "party_day": "主题党日活动",
    "party_lecture": "党课",
    "committee_meeting": "支委会",
    "group_meeting": "党小组会",
    "study": "集中学习",
}
CHANNEL_NAMES = {"portal_site": "门户网站", "mobile_library": "移动图书馆"}
VOLUNTEER_JOBS = ("shelving", "newspapers", "guidance", "reading", "activity", "blind_aid")
VOLUNTEER_TEAMS = ("示例志愿服务队", "示例学院志愿者", "示例社区志愿者")
VOLUNTEER_POINTS = ("总服务台", "青少年阅览室", "流动图书车")
SERVICES = 156  # turns of volunteer service in the year, three a week
VEHICLES = ("示例流动车1号", "示例流动车2号")
STOPS_A_TRIP = (2, 3)
HALF_HOUR = 30
CLOSE_OF_WORK = 17 * 3600
PATROLLED = ("各阅览室", "书库", "消防通道", "配电间", "电子阅览室", "报告厅")
PATROL = "示例安全员"
CHECKED = ("fire", "electricity", "exits", "stacks", "all")
BEFORE = (date(2015, 12, 20), date(2016, 12, 20), date(2017, 12, 20), date(2018, 12, 20))


# A book as a library makes one for itself in the browser, without a programmer.
CHRONICLE = Book(
    code="chronicle",
    words={"zh": "大事登记", "en": "Events of the year"},
    fields=(
        Field(code="topic", words={"zh": "主题", "en": "Topic"}, required=True),
        Field(code="text", words={"zh": "记述", "en": "What happened"}, kind=FieldKind.LONGTEXT, required=True),
    ),
    sentence={"zh": "【{topic}】{text}", "en": "[{topic}] {text}"},
    level=Level.MAJOR,
    counted=False,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a book: who writes it, where, and what it says of its day; `written` when that is a later one."""

    book: str
    day: date
    values: Mapping[str, Any]
    by: str = "office"
    place: str = ""
    written: date | None = None


@dataclass
class Office:
    """All entries of the year, by day."""

    stage: Stage

    def live(self, day: date) -> None:
        """Write what is written on a day."""
        for at, entry in enumerate(self.by_day.get(day, ())):
            key = f"entry:{day.isoformat()}:{at}"
            act = self.stage.act(day, CLOSE_OF_WORK, key, by=entry.by, place=entry.place)
            registers.enter(act, book=entry.book, day=entry.day, values=entry.values)

    @cached_property
    def by_day(self) -> Mapping[date, list[Entry]]:
        """The entries in the order they are written."""
        found: dict[date, list[Entry]] = defaultdict(list)
        for entries in (
            self._trips(), self._meetings(), self._volunteers(), self._clicks(), self._campaign(), self._led(),
            self._digitised(), self._media(), self._patrols(), self._trainings(), self._chronicle(),
        ):  # fmt: skip
            for entry in entries:
                found[entry.written or entry.day].append(entry)
        return found

    def _trips(self) -> Iterator[Entry]:
        stops = [row["zh"] for row in self.stage.places["stops"]]
        dice = Random(f"{self.stage.seed}:trips")
        loans = self.stage.lending
        following = 0
        for day, count in trips.outings(self.stage).items():
            if trips.is_kept(self.stage, day):
                break
            lent = share(loans.loans_on(day).get(BUS_POOL, 0), [1] * count)
            for vehicle in range(count):
                served = [stops[(following + at) % len(stops)] for at in range(dice.choice(STOPS_A_TRIP))]
                following += len(served)
                yield Entry(
                    "bus_trip",
                    day,
                    {
                        "vehicle": VEHICLES[vehicle % len(VEHICLES)],
                        "route": "、".join(served),
                        "stops": len(served),
                        "persons": (lent[vehicle] + 1) // 2,
                    },
                    by="bus",
                    place=BUS_POOL,
                )

    def _meetings(self) -> Iterator[Entry]:
        weekdays = [day for day in self.stage.calendar.open_days if day.weekday() in (1, 3, 4)]
        for shift, (kind, count) in enumerate(self.stage.plan.figures["party_meetings"].items()):
            for number, day in enumerate(evenly(count, weekdays[shift:]), start=1):
                title = f"{MEETING_TITLES[kind]}第{number}次"
                yield Entry("party_meetings", day, {"form": kind, "topic": title})

    def _volunteers(self) -> Iterator[Entry]:
        dice = Random(f"{self.stage.seed}:volunteers")
        days = evenly(SERVICES, [day for day in self.stage.calendar.open_days if day.weekday() in (2, 5, 6)])
        planned = self.stage.plan.figures["volunteer_minutes"]["year"]
        halves = (planned - stacks.minutes()) // HALF_HOUR
        for at, part in enumerate(share(halves, [dice.uniform(0.6, 1.4) for _ in days])):
            people = min(max(part // 3, 1), 6)
            yield Entry(
                "volunteer_service",
                days[at],
                {
                    "team": VOLUNTEER_TEAMS[at % len(VOLUNTEER_TEAMS)],
                    "job": VOLUNTEER_JOBS[at % len(VOLUNTEER_JOBS)],
                    "people": people,
                    "hours": hours(part * HALF_HOUR),
                },
                by="activities",
            )

    def _clicks(self) -> Iterator[Entry]:
        spans = list(tenths(self.stage.calendar.days))
        for channel, clicks in self.stage.plan.parts("online_clicks", self.stage.scale).items():
            dice = Random(f"{self.stage.seed}:clicks:{channel}")
            weights = [len(span) * dice.uniform(0.85, 1.15) for span in spans]
            for span, part in zip(spans, share(clicks, weights), strict=True):
                said = {"channel": channel, "clicks": part, "span": f"{span[0]:%m-%d}～{span[-1]:%m-%d}"}
                yield Entry("channel_clicks", span[-1], said)

    def _campaign(self) -> Iterator[Entry]:
        series = next(row for row in self.stage.plan.stated["programmes"] if row["code"] == "series.prc70")
        days = self.stage.calendar.open_between(series["from"], series["until"], (6,))
        views = self.stage.plan.parts("campaign_views", self.stage.scale)["prc70"]
        for day, part in zip(days, share(views, [1] * len(days)), strict=True):
            yield Entry("campaign_views", day, {"campaign": "campaign.prc70", "title": series["zh"], "views": part})

    def _led(self) -> Iterator[Entry]:
        for month in months(self.stage.plan.year):
            yield Entry("led_display", month[-1], {"content": "服务公告、活动预告、公益宣传", "days": len(month)})

    def _digitised(self) -> Iterator[Entry]:
        ends = [self._last_open(month) for month in months(self.stage.plan.year)]
        for material, quantity in self.stage.plan.parts("digitised", self.stage.scale).items():
            for day, part in zip(ends, share(quantity, [1] * len(ends)), strict=True):
                said = {"material": material, "quantity": part, "batch": f"{day.month}月批次"}
                yield Entry("digitisation", day, said, by="reference")

    def _media(self) -> Iterator[Entry]:
        ends = [self._last_open(month) for month in months(self.stage.plan.year)]
        made = self.stage.plan.figures["media_produced"]
        for day, part in spread(made["open_course"], dict.fromkeys(ends, 1.0)).items():
            said = {"type": "media.open_course", "title": f"示例公开课（{day.month}月）", "quantity": part}
            yield Entry("media_production", day, said)
        for number, day in enumerate(evenly(made["promo_film"], ends), start=1):
            said = {"type": "media.promo_film", "title": f"示例宣传片之{number}", "quantity": 1}
            yield Entry("media_production", day, said)

    def _patrols(self) -> Iterator[Entry]:
        dice = Random(f"{self.stage.seed}:patrols")
        for day in self.stage.calendar.open_days:
            if day.weekday() == 4:
                said = {"place": dice.choice(PATROLLED), "people": [PATROL], "items": dice.choice(CHECKED)}
                found = int(dice.random() < 0.12)
                yield Entry("safety_patrols", day, {**said, "dangers": found, "dealt_with": found})

    def _trainings(self) -> Iterator[Entry]:
        for row in self.stage.plan.stated["trainings"]:
            said = {"topic": row["topic"], "persons": row["persons"], "hours": str(row["hours"])}
            yield Entry("staff_trainings", row["day"], said)

    def _chronicle(self) -> Iterator[Entry]:
        for row in self.stage.plan.stated["chronicle"]:
            said = {"topic": row["topic"], "text": row["text"]}
            yield Entry(CHRONICLE.code, row["day"], said, written=row.get("until", row["day"]))

    def _last_open(self, month: Sequence[date]) -> date:
        return max(day for day in month if self.stage.calendar.is_open(day))


def hours(minutes: int) -> str:
    """Return minutes as the book takes them: half hours as 1.5."""
    return f"{minutes / 60:g}"


def months(year: int) -> Iterator[list[date]]:
    """Yield the days of each month."""
    for month in range(1, 13):
        yield [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


def tenths(days: Sequence[date]) -> Iterator[list[date]]:
    """Yield the days of each third of a month (旬), as platforms are read off."""
    span: list[date] = []
    for day in days:
        span.append(day)
        if day.day in (10, 20) or (day + timedelta(days=1)).day == 1:
            yield span
            span = []


def take_over_books(stage: Stage) -> None:
    """Declare the library's own book, and enter what stood in the others: stops, vehicles, volunteers, hours."""
    registers.declare(stage.taken_over("book:chronicle"), CHRONICLE)
    for number, entry in enumerate(standing_entries(stage)):
        act = stage.taken_over(f"standing:{number}", by="office", day=entry.day)
        registers.enter(act, book=entry.book, day=entry.day, values=entry.values)


def standing_entries(stage: Stage) -> Iterator[Entry]:
    """Yield the entries of earlier years."""
    stocks = stage.plan.figures["stocks"]
    since = stage.places["bus"]["since"]
    for row in stage.places["stops"][: stocks["bus_stops"]]:
        yield Entry("bus_stop", since, {"name": row["zh"], "host": "community", "change": 1})
    for name in VEHICLES[: stocks["bus_vehicles"]]:
        yield Entry("bus_vehicle", since, {"name": name, "change": 1})
    for name in VOLUNTEER_POINTS[: stocks["volunteer_points"]]:
        yield Entry("volunteer_point", BEFORE[0], {"name": name, "change": 1})
    yield Entry(
        "volunteer_roll",
        BEFORE[-1],
        {
            "members": stocks["volunteers"] - len(stacks.SERVING),
            "registered": stocks["volunteers_registered"] - len(stacks.NUMBERS),
            "project": "project.blind_aid",
            "project_members": stocks["project_volunteers"],
        },
    )
    before = stage.plan.figures["volunteer_minutes"]["before"] // HALF_HOUR
    for day, part in zip(BEFORE, share(before, [3, 4, 5, 5]), strict=True):
        said = {"team": VOLUNTEER_TEAMS[0], "job": "other", "people": 1, "hours": hours(part * HALF_HOUR)}
        yield Entry("volunteer_service", day, {**said, "content": f"{day.year}年合计"})
