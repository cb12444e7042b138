"""What the ledger's operations take and its queries return."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenlan.kernel.words import say


class Sums(models.TextChoices):
    """How a measure may be added up."""

    ADDITIVE = "additive", _("over places and days")
    STOCK = "stock", _("over places, not over days")
    NOT_ADDITIVE = "not additive", _("computed for the place asked, never added")
    FORMULA = "formula", _("computed from other figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderDimensions:
    """A reader as of the moment of the act. `age` is in completed years; `sex` is 'm', 'f' or ''."""

    category: str = ""
    sex: str = ""
    age: int | None = None
    home_node: int | None = None
    person_token: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDimensions:
    """An item as of the moment of the act. `main_class` is the CLC letter; `language` the code of 101 $a."""

    material: str = ""
    main_class: str = ""
    audience: str = ""
    language: str = ""
    owner_node: int | None = None


class Details(TypedDict, total=False):
    """What an act may say of itself beside who, when, where: `day` when it is not the day of the act,
    `department`, `owner_node` and `home_node` when they are not those of the act, the item and the reader.
    """

    quantity: int
    day: date | None
    department: int | None
    owner_node: int | None
    home_node: int | None
    subject: str
    reader: ReaderDimensions | None
    item: ItemDimensions | None
    loan_kind: str
    rule_version: int
    special_group: str
    estimated: bool


AS_GIVEN = ("quantity", "subject", "loan_kind", "rule_version", "special_group", "estimated")
DETAILS: Details = {
    "quantity": 1,
    "day": None,
    "department": None,
    "owner_node": None,
    "home_node": None,
    "subject": "",
    "reader": None,
    "item": None,
    "loan_kind": "",
    "rule_version": 0,
    "special_group": "",
    "estimated": False,
}
NO_READER = ReaderDimensions()
NO_ITEM = ItemDimensions()


class EventRow(NamedTuple):
    """One row to be written, in the order of the table's columns after `id`."""

    day: date
    kind: str
    occurred_at: datetime | str
    recorded_at: datetime | str
    node: int
    department: int | None
    owner_node: int | None
    home_node: int | None
    channel: str
    operator: str
    quantity: int
    subject: str
    reader_category: str
    reader_sex: str
    reader_age: int | None
    person_token: int | None
    item_material: str
    item_class: str
    item_audience: str
    item_language: str
    loan_kind: str
    rule_version: int
    special_group: str
    estimated: bool
    source: str
    reverses: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One act as drill-down shows it: who read is never in it; `source` leads to the record it came from."""

    id: int
    day: date
    kind: str
    occurred_at: datetime
    node: int
    department: int | None
    owner_node: int | None
    home_node: int | None
    channel: str
    operator: str
    quantity: int
    subject: str
    reader_category: str
    item_material: str
    item_class: str
    loan_kind: str
    estimated: bool
    source: str
    reverses: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A measure of the dictionary in the version of one span of days.

    `kinds` are added and `minus_kinds` subtracted. `filter` maps a column, or a column with `_not`, to the
    values it may (not) have, `prefix*` allowed; `age_from` is in and `age_until` is out. `counts` says what
    one row counts for: its `quantity`, 1 for a row (`acts`), or each person once a period (`persons`) or
    once a day and place (`visits`). A formula adds `plus`, subtracts `less`, divides by the sum of `over` and
    multiplies by `times`. The sum is divided by `divisor` and shown with `decimals` places. `approximate`
    is the word that the report may print behind a rounded figure (余). Spans are half-open; `valid_until` None is open.
    """

    code: str
    words: Mapping[str, str]
    definition: Mapping[str, str] = field(default_factory=dict)
    unit: Mapping[str, str] = field(default_factory=dict)
    scope: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    sums: str = Sums.ADDITIVE
    counts: str = "quantity"
    kinds: tuple[str, ...] = ()
    minus_kinds: tuple[str, ...] = ()
    filter: Mapping[str, Any] = field(default_factory=dict)
    snapshot: str = ""
    plus: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    times: int = 1
    divisor: int = 1
    decimals: int = 0
    approximate: str = ""
    origin: str = ""
    valid_from: date = date(1900, 1, 1)
    valid_until: date | None = None

    @property
    def name(self) -> str:
        """The words in the language being spoken."""
        return say(self.words)

    @property
    def unit_name(self) -> str:
        """The unit in the language being spoken."""
        return say(self.unit)

    def shown(self, total: int | Decimal) -> int | Decimal:
        """Return a sum in the measure's unit: 49,590 minutes are 826.5 hours."""
        if self.divisor == 1 and self.decimals == 0:
            return int(total)
        return round(Decimal(total) / self.divisor, self.decimals)
