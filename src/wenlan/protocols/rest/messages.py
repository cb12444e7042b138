"""What goes in and out: the declared forms of the REST interface, each with its limits."""

from datetime import date, datetime, time
from typing import Annotated, Any

from ninja import Header, Query, Schema
from pydantic import Field, StringConstraints

from wenlan.catalogue.types import SearchField, SearchSort
from wenlan.circulation.types import Refusal as Reason
from wenlan.protocols.rest.tokens import Scope

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)

# No database keeps a NUL in text: it is refused at the door.
Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00]+$")]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
Day = Annotated[date, Field(ge=EARLIEST, lt=LATEST)]
Cursor = Annotated[str, StringConstraints(max_length=80, pattern=r"^[A-Za-z0-9_.-]*$")]
IdempotencyKey = Annotated[
    Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[\x21-\x7e]+$")] | None,
    Header(
        alias="Idempotency-Key",
        description="Chosen by the client, new for each act. Sent again with the same key, the act is answered "
        "as the first time and done once.",
    ),
]
NodeCode = Annotated[Code | None, Query(description="Code of a place; default: the token's own.")]


class Refusal(Schema):
    """The one shape of every failure: `code` for programs, `message` for people in their language.

    `look_again` says how to ask a person to look at a decision of a rule again; empty where nothing was decided.
    """

    code: str
    message: str
    look_again: str = ""
    params: dict[str, Any] = {}


class SignIn(Schema):
    """Either name and password of a member of staff, or card and password of a reader."""

    username: Code | None = None
    card: Code | None = None
    password: Secret
    one_time_code: Annotated[str, StringConstraints(max_length=8, pattern=r"^[0-9]*$")] = ""
    scopes: list[Scope] = Field(default=[], max_length=8, description="Of staff; empty: all that staff can have.")
    node: Code | None = Field(default=None, description="Of staff: the place the token is for; default: the home.")
    hours: int = Field(default=12, ge=1, le=90 * 24)
    label: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] = ""


class Token(Schema):
    """A token as it was issued; it is shown once."""

    token: str
    scopes: list[Scope]
    node: str
    expires_at: datetime


class TokenFacts(Schema):
    """What the token in use is for."""

    scopes: list[Scope]
    node: str
    expires_at: datetime


class RecordLine(Schema):
    """A bibliographic record in a list. `isbn` as thirteen digits; `main_class` is the CLC letter."""

    uid: str
    control_number: str
    title: str
    responsibility: str
    publisher: str
    year: int | None
    isbn: list[str]
    class_number: str
    main_class: str
    language: str
    material: str


class MarcSubfield(Schema):
    """One subfield."""

    code: str
    value: str


class MarcField(Schema):
    """One field of the native record; control fields have a value, the others indicators and subfields."""

    tag: str
    indicators: str
    value: str
    subfields: list[MarcSubfield]


class RecordWhole(RecordLine):
    """A bibliographic record with its native form. `price_fen` in fen, None unless stated in yuan."""

    format: str
    title_proper: str
    other_title: str
    volume: str
    place: str
    extent: str
    series: str
    subjects: list[str]
    summary: str
    price_fen: int | None
    marc: list[MarcField]


class FacetValue(Schema):
    """How many hits have this value."""

    value: str
    count: int


class RecordPage(Schema):
    """One page of hits; `next` is given back as `after`, None on the last page."""

    hits: list[RecordLine]
    total: int
    next: str | None
    facets: dict[str, list[FacetValue]]
    suggestions: list[str]


class Search(Schema):
    """What is looked for; every filter is optional."""

    q: Line = ""
    field: SearchField = SearchField.ANY
    main_class: Annotated[str, StringConstraints(max_length=1, pattern=r"^[A-Z]?$")] = ""
    class_number: Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")] = ""
    material: Annotated[str, StringConstraints(max_length=20, pattern=r"^[a-z_]*$")] = ""
    language: Annotated[str, StringConstraints(max_length=3, pattern=r"^[a-z]*$")] = ""
    audience: Annotated[str, StringConstraints(max_length=12, pattern=r"^[a-z_]*$")] = ""
    year_from: int | None = Field(default=None, ge=0, le=9999)
    year_to: int | None = Field(default=None, ge=0, le=9999)
    sort: SearchSort = SearchSort.RELEVANCE
    limit: int = Field(default=20, ge=1, le=100)
    after: Annotated[str, StringConstraints(max_length=5, pattern=r"^[0-9]*$")] = ""


class Place(Schema):
    """A node of the network. `name` is in the language asked for, `names` in all."""

    code: str
    name: str
    names: dict[str, str]
    kind: str
    status: str
    parent: str | None


class PlacePage(Schema):
    """Places under one; `next` is given back as `after`, None on the last page."""

    nodes: list[Place]
    next: str | None


class Opening(Schema):
    """One opening of a day."""

    opens: time
    closes: time


class OpeningDay(Schema):
    """A day with its openings; none when the place is shut."""

    day: date
    hours: list[Opening]


class Units(Schema):
    """The units of a record at one place."""

    node: str
    node_name: str
    call_number: str
    held: int
    available: int


class ItemIn(Schema):
    """An item as it was scanned; the scope is needed only where a barcode repeats."""

    barcode: Code
    scope: Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")] = ""


class CheckOutIn(ItemIn):
    """Lend an item to the reader of a card; `overrides` overrule refusals and need a reason and the right."""

    card: Code
    overrides: list[Reason] = Field(default=[], max_length=20)
    reason: Line = ""
    node: Code | None = None


class CheckInIn(ItemIn):
    """Take an item back."""

    node: Code | None = None


class RenewIn(ItemIn):
    """Lengthen the loan of an item; with a card it must be that reader's."""

    card: Code | None = None
    node: Code | None = None


class LentOut(Schema):
    """The item is lent."""

    loan: str
    barcode: str
    title: str
    due_on: date
    open_loans: int
    loan_limit: int
    was_repeated: bool


class ReturnedOut(Schema):
    """The item is back; `next_step` says what the desk does with it, `destination` where it is sent."""

    loan: str | None
    barcode: str
    title: str
    was_on_loan: bool
    next_step: str
    destination: str | None
    overdue_days: int
    was_repeated: bool


class RenewedOut(Schema):
    """The loan is lengthened."""

    loan: str
    barcode: str
    title: str
    due_before: date
    due_on: date
    renewals: int
    was_repeated: bool


class LoanOut(Schema):
    """What a reader has at home."""

    loan: str
    record: str | None
    title: str
    barcode: str
    call_number: str
    lent_on: date
    due_on: date
    renewals: int
    is_overdue: bool


class ReaderOut(Schema):
    """A reader's own account; the phone is masked. `valid_until` is the last day, None without end."""

    name: str
    category: str
    home: str
    status: str
    valid_until: date | None
    phone: str
    open_loans: int
    loan_limit: int


class MeasureOut(Schema):
    """A measure of the dictionary. `sums`: additive, stock, not additive or formula."""

    code: str
    words: dict[str, str]
    definition: dict[str, str]
    unit: dict[str, str]
    source: str
    sums: str
    valid_from: date
    valid_until: date | None


class FigureOut(Schema):
    """One figure: `value` None when it cannot be known. The period is half-open."""

    code: str
    name: str
    unit: str
    value: float | int | None
    estimated: float | int | None
    is_complete: bool


class Figures(Schema):
    """Figures of one place and period; `scope`: the library itself, or all under the place."""

    node: str
    start: date
    end: date
    scope: str
    figures: list[FigureOut]


class Part(Schema):
    """One part of a breakdown; places and departments are named by their codes."""

    keys: list[str | int | None]
    value: float | int | None


class Parts(Schema):
    """A figure broken down by dimensions, in their order."""

    code: str
    node: str
    start: date
    end: date
    by: list[str]
    parts: list[Part]


class LessonOut(Schema):
    """One meeting of a class."""

    starts_at: datetime
    ends_at: datetime
    topic: str


class SessionOut(Schema):
    """A session of an activity that readers can go to; `places_left` None: no limit."""

    uid: str
    programme: str
    programme_name: str
    kind: str
    title: str
    node: str
    place: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    status: str
    places_left: int | None
    lessons: list[LessonOut]


class SessionList(Schema):
    """Sessions in order of time."""

    sessions: list[SessionOut]
