"""A small year of figures for tests, behind the same questions as the real sums."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from wenlan.kernel.errors import NotFound
from wenlan.ledger.types import MeasureView


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
    """Figures stated in a test: totals by measure, and parts by measure and dimension."""

    totals: dict[str, int | Decimal | None]
    parts: dict[tuple[str, str], dict[Any, int | Decimal]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    complete_until: date = date(2020, 1, 1)

    def measure(self, code: str, *_on: date | None) -> MeasureView:
        if code not in self.totals:
            raise NotFound(what=code)
        return MeasureView(
            code=code,
            words={"zh": code, "en": code},
            definition={"zh": f"{code}的含义", "en": f"what {code} is"},
            unit={"zh": self.units.get(code, "次"), "en": "acts"},
            source="ISO 2789:2022",
            valid_from=date(2000, 1, 1),
        )

    def figures(self, codes: Iterable[str], **_asked: object) -> Mapping[str, Known]:
        return {
            code: Known(None if self.totals[code] is None else Decimal(self.totals[code] or 0), self.complete_until)
            for code in codes
        }

    def breakdown(self, code: str, *, by: tuple[str, ...], **_asked: object) -> tuple[KnownCell, ...]:
        (dimension,) = by
        held = self.parts.get((code, dimension), {})
        return tuple(KnownCell((key,), Decimal(value)) for key, value in held.items())


def spread(total: int) -> dict[date, int]:
    """A total over the twelve months of 2019, the rest in December."""
    share = total // 13
    return {date(2019, month, 1): share if month < 12 else total - 11 * share for month in range(1, 13)}


def changzhi_2019() -> StatedFigures:
    """The published figures of a city library's 2019, departments numbered 1 to 10."""
    return StatedFigures(
        totals={
            "loans": 410000,
            "reading_room_visits": 143126,
            "additions": 652761,
            "additions_form": 29975,
            "visits": 503217,
            "activity_sessions": 488,
            "activity_attendance": 61250,
            "bus_trips": 411,
            "volunteer_hours": Decimal("826.5"),
            "online_clicks": 7912413,
            "led_days": 365,
            "party_meetings": 66,
            "digitised": 77000,
            "media_produced": 92,
        },
        parts={
            ("loans", "department"): {1: 92220, 2: 132926, 3: 156854, 4: 28000},
            ("loans", "month"): spread(410000),
            ("reading_room_visits", "department"): {5: 38644, 6: 57251, 7: 18606, 8: 11793, 9: 11578, 10: 5254},
            ("reading_room_visits", "month"): spread(143126),
            ("visits", "month"): spread(503217),
            ("activity_sessions", "month"): spread(488),
            ("additions", "material"): {"book": 21861, "serial": 8102, "audiovisual": 12, "electronic": 622786},
            ("activity_sessions", "subject"): {"culture-lecture": 12, "health-lecture": 9, "series": 467},
            ("activity_attendance", "subject"): {"theme-series": 5764},
            ("online_clicks", "subject"): {"website": 358000, "mobile": 7546000, "theme-series": 8413},
            ("party_meetings", "subject"): {
                "general": 3,
                "theme_day": 10,
                "lecture": 4,
                "committee": 14,
                "group": 11,
                "study": 24,
            },
            ("digitised", "subject"): {"government": 8000, "local": 54000, "newspaper": 15000},
            ("media_produced", "subject"): {"course": 90, "film": 2},
        },
        units={
            "loans": "册次",
            "reading_room_visits": "人次",
            "visits": "人次",
            "additions": "册（件）",
            "additions_form": "册（件）",
            "activity_attendance": "人次",
            "activity_sessions": "场次",
            "volunteer_hours": "小时",
            "bus_trips": "车次",
            "led_days": "天",
        },
    )
