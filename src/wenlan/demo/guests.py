"""Readers beside those of the plan: who asks, pays, sits in the rooms, and the institutions that borrow for others."""

from datetime import date

from wenlan.demo import people
from wenlan.demo.models import Demo
from wenlan.demo.stage import Stage
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.types import CategoryView, NewReader

DEPOSITOR = "deposit"
DEPOSITORS = CategoryView(
    id=0,
    code=DEPOSITOR,
    words={"zh": "市外押金读者", "en": "Reader from outside, with a deposit"},
    loan_limit=4,
    valid_days=365,
    overdue_limit=None,
    needs_guardian_under=14,
    is_institution=False,
    loan_kind="",
    special_group="",
    is_open=True,
)
FIRST, ELDERS = 800_000, 810_000  # numbers of invented people that no plan reaches
PERSONS = ("adult",) * 10 + ("child",) * 2 + (DEPOSITOR,) * 4
INSTITUTIONS = (
    ("CZG0000101", "示例消防救援站", "institution", "CZ-P01"),
    ("CZG0000102", "示例敬老院", "institution", "CZ-P02"),
    ("CZG0000103", "示例中学", "large_capacity", "CZ-P03"),
)
FIRE_STATION, OLD_PEOPLES_HOME, SCHOOL = (card for card, *_rest in INSTITUTIONS)
SCHOOL_AGE = 12


def card(number: int) -> str:
    """Return the card of a guest: 0 to 9 are grown up, 10 and 11 children, 12 to 15 pay a deposit."""
    return f"CZG{number + 1:07d}"


CHILDREN, PAYERS = (10, 11), (12, 13, 14, 15)


def reader_id(number: int) -> int:
    """Return the id of a guest."""
    return readers.patron_id_by_card(card(number))


def build_categories(stage: Stage, demo: Demo) -> None:
    """Open the category that still pays a deposit."""
    patrons.set_category(stage.taken_over("category:deposit", by="director"), category=DEPOSITORS, is_new=True)


def build_guests(stage: Stage, demo: Demo) -> None:
    """Register the guests."""
    act = stage.taken_over("guests", by="circulation")
    told = [guest(stage, number, category) for number, category in enumerate(PERSONS)]
    told += [
        NewReader(name=name, category=category, card_number=number, home_node=stage.nodes[home], key=f"demo:{number}")
        for number, name, category, home in INSTITUTIONS
    ]
    patrons.register_many(act, readers=told)


def guest(stage: Stage, number: int, category: str) -> NewReader:
    """Return what a guest says on registering; their letters go to an address that leads nowhere."""
    like, elder = (
        people.reader(stage.seed, first + number, home_node=stage.library, on=stage.eve) for first in (FIRST, ELDERS)
    )
    is_child = category == "child"
    age = SCHOOL_AGE if is_child else 24 + 3 * number
    return NewReader(
        name=like.name,
        category=category,
        card_number=card(number),
        home_node=stage.nodes["CZ-B01"] if number % 5 == 4 else stage.library,
        sex=like.sex,
        birth_date=date(stage.plan.year - age, 1 + number % 12, 11),
        email="" if is_child else f"reader{number + 1}@example.invalid",
        guardian=people.guardian(elder.name) if is_child else None,
        key=f"demo:guest:{number}",
    )
