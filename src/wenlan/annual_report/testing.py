"""A small year of figures for tests, behind the same questions as the real sums."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from wenlan.annual_report.composition import Composed, Told, compose_document
from wenlan.annual_report.documents import charts
from wenlan.annual_report.gathering import Setting
from wenlan.annual_report.policies.proofreading import findings
from wenlan.annual_report.shapes import sample_texts, shape
from wenlan.annual_report.types import ChronicleEntry, EditionView, KeptFinding, State, StatedTextView
from wenlan.kernel.periods import Period
from wenlan.ledger.types import MeasureView
from wenlan.network.types import DepartmentView, NodeView

NODE = NodeView(
    id=1,
    code="CZ",
    names={"zh": "示例·长治市图书馆"},
    kind="library",
    status="open",
    parent=None,
    statistical_unit=True,
)
LOAN_DESKS = ("综合借阅处", "文学借阅处", "青少年图书借阅处")
ROOMS = ("期刊阅览室", "报纸阅览室", "青少年阅览室", "古籍阅览室", "地方文献阅览室", "电子阅览室")
COMPOSED_ON = date(2020, 1, 6)


@dataclass(frozen=True, slots=True)
class Known:
    """A total as it is asked for."""

    value: Decimal | None
    complete_until: date | None


@dataclass(frozen=True, slots=True)
class KnownCell:
    """A cell of a breakdown as it is asked for."""

    keys: tuple[Any, ...]
    value: Decimal


@dataclass
class StatedFigures:
    """Figures stated in a test: totals by measure, those of the year before, and parts by measure and dimension."""

    totals: dict[str, int | Decimal | None]
    parts: dict[tuple[str, str], dict[Any, Any]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    complete_until: date = date(2020, 1, 1)
    before: dict[str, int | Decimal] = field(default_factory=dict)

    def measures(self, *_on: date | None) -> tuple[MeasureView, ...]:
        return tuple(
            MeasureView(
                code=code,
                words={"zh": code, "en": code},
                definition={"zh": f"{code}的含义", "en": f"what {code} is"},
                unit={"zh": self.units.get(code, "次"), "en": "acts"},
                source="ISO 2789:2022",
                valid_from=date(2000, 1, 1),
            )
            for code in self.totals
        )

    def figures(self, codes: Iterable[str], *, period: Period, **_asked: object) -> Mapping[str, Known]:
        held = self.before if period == Period.year(2018) else self.totals
        values = {code: held.get(code, 0) for code in codes}
        return {
            code: Known(None if value is None else Decimal(value), self.complete_until)
            for code, value in values.items()
        }

    def breakdown(self, code: str, *, by: tuple[str, ...], **_asked: object) -> tuple[KnownCell, ...]:
        (dimension,) = by
        held = self.parts.get((code, dimension), {})
        return tuple(KnownCell((key,), Decimal(value)) for key, value in held.items())


def spread(total: int) -> dict[date, int]:
    """A total over the twelve months of 2019, the rest in December."""
    share = total // 13
    return {date(2019, month, 1): share if month < 12 else total - 11 * share for month in range(1, 13)}


TOTALS: dict[str, int | Decimal | None] = {
    "loans": 410000,
    "reading_room_visits": 143126,
    "additions": 652761,
    "additions_form": 29975,
    "visits": 503217,
    "activity_sessions": 488,
    "activity_attendance": 61250,
    "bus_trips": 411,
    "volunteer_hours": Decimal("826.5"),
    "online_clicks": 7904000,
    "led_days": 365,
    "party_meetings": 66,
    "digitised": 77000,
    "media_produced": 92,
    "campaign_views": 8432,
    "bus_vehicles": 2,
    "bus_stops": 15,
    "volunteer_points": 3,
    "volunteers": 108,
    "volunteers_registered": 65,
    "project_volunteers": 7,
}
PARTS: dict[tuple[str, str], dict[Any, Any]] = {
    ("loans", "department"): {1: 92220, 2: 132926, 3: 156854, 4: 28000},
    ("loans", "month"): spread(410000),
    ("reading_room_visits", "department"): {5: 38644, 6: 57251, 7: 18606, 8: 11793, 9: 11578, 10: 5254},
    ("reading_room_visits", "month"): spread(143126),
    ("visits", "month"): spread(503217),
    ("activity_sessions", "month"): spread(488),
    ("additions", "material"): {"book": 21861, "periodical": 8102, "audiovisual": 12, "electronic": 622786},
    ("activity_sessions", "subject"): {
        "lecture.culture": 12,
        "lecture.health": 9,
        "care.blind_aid": 12,
        "series": 455,
    },
    ("activity_attendance", "subject"): {"series.prc70": 5764, "care.blind_aid": 2412},
    ("online_clicks", "subject"): {"portal_site": 358000, "mobile_library": 7546000},
    ("campaign_views", "subject"): {"campaign.prc70": 8432},
    ("project_volunteers", "subject"): {"project.blind_aid": 7},
    ("party_meetings", "subject"): {
        "party_meetings:members_meeting": 3,
        "party_meetings:party_day": 10,
        "party_meetings:party_lecture": 4,
        "party_meetings:committee_meeting": 14,
        "party_meetings:group_meeting": 11,
        "party_meetings:study": 24,
    },
    ("digitised", "subject"): {
        "government_information": 8000,
        "local_documents": 54000,
        "local_newspapers": 15000,
    },
    ("media_produced", "subject"): {"media.open_course": 90, "media.promo_film": 2},
}
UNITS = {
    "loans": "册次",
    "reading_room_visits": "人次",
    "visits": "人次",
    "additions": "册（件）",
    "additions_form": "册（件）",
    "activity_attendance": "人次",
    "activity_sessions": "场次",
    "volunteer_hours": "小时",
    "volunteers": "人",
    "volunteers_registered": "人",
    "project_volunteers": "人",
    "digitised": "",
    "media_produced": "",
    "bus_trips": "车次",
    "led_days": "天",
}


def changzhi_2019() -> StatedFigures:
    """The published figures of a city library's 2019, departments numbered 1 to 10."""
    return StatedFigures(totals=dict(TOTALS), parts=deepcopy(PARTS), units=dict(UNITS))


def setting(*, demo: bool = True) -> Setting:
    """The main library with its ten departments, on the day of composing."""
    named = [(name, "loan_desk") for name in LOAN_DESKS] + [("流动图书车", "bus")]
    named += [(name, "reading_room") for name in ROOMS]
    departments = tuple(
        DepartmentView(id=number, code=f"D{number}", names={"zh": name}, kind=kind, node=1)
        for number, (name, kind) in enumerate(named, start=1)
    )
    return Setting(
        node=NODE, year=2019, on=COMPOSED_ON, departments=departments, outlets=(NODE,), scope="own", demo=demo
    )


def stated(slot: str, text: str, **others: Any) -> StatedTextView:
    """A text that the office stated and confirmed for 2019."""
    values: dict[str, Any] = {
        "id": 1,
        "slot": slot,
        "text": text,
        "source_document": "馆务会纪要",
        "from_day": date(2019, 1, 1),
        "until_day": None,
        "approver": "馆长",
        "confirmed_for": 2019,
        "sample": False,
    }
    return StatedTextView(**(values | others))


def told(*, chronicle: Sequence[ChronicleEntry] = (), **texts: StatedTextView | None) -> Told:
    """Sample texts in every slot but those given; None leaves a slot open."""
    samples = {
        slot: stated(slot, text.replace("{year}", "2019"), sample=True)
        for slot, text in sample_texts("changzhi").items()
        if slot not in texts
    }
    given = {slot: text for slot, text in texts.items() if text is not None}
    return Told(texts=samples | given, previous={}, chronicle=tuple(chronicle))


def composed(
    source: StatedFigures | None = None,
    told_by: Told | None = None,
    *,
    demo: bool = True,
    shape_name: str = "changzhi",
) -> Composed:
    """The report of 2019, in the four-chapter shape unless another is named."""
    return compose_document(
        shape=shape(shape_name),
        setting=setting(demo=demo),
        told=told_by or told(),
        source=source or changzhi_2019(),
    )


def edition(*, demo: bool = True, drawn: bool = True, told_by: Told | None = None) -> EditionView:
    """An edition that stands in no database."""
    made = composed(told_by=told_by, demo=demo)
    noticed = findings(made.facts)
    return EditionView(
        id=1,
        uid="0190",
        node=1,
        node_code="CZ",
        year=2019,
        shape="changzhi",
        number=1,
        state=State.DRAFT,
        scope="own",
        composed_at=datetime(2020, 1, 6, 2, tzinfo=UTC),
        composed_by=None,
        complete_until=date(2020, 1, 1),
        document=made.document,
        figures=made.figures,
        findings=tuple(KeptFinding(id=number, finding=found) for number, found in enumerate(noticed, start=1)),
        steps=(),
        drawings=charts.drawings(made.document) if drawn else {},
    )
