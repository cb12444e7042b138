"""Invented readers: each is put together from the seed and its number, the same every time."""

from bisect import bisect
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from itertools import accumulate
from random import Random

from wenlan.demo.plan import read_table
from wenlan.patrons.types import NewGuardian, NewReader, Sex

# Of a thousand readers; the first few readers are one of each kind, so that none is missing at a small scale.
MIX = {
    "adult": 452,
    "child": 290,
    "student": 170,
    "senior": 55,
    "teacher": 22,
    "visually_impaired": 4,
    "volunteer": 5,
    "staff": 1,
    "large_capacity": 1,
    "institution": 1,
}
AGES = {
    "adult": (19, 59),
    "child": (5, 13),
    "student": (12, 22),
    "senior": (60, 84),
    "teacher": (24, 58),
    "visually_impaired": (18, 70),
    "volunteer": (18, 66),
    "staff": (23, 57),
}
INSTITUTIONS = ("示例中学", "示例社区", "示例企业", "示例敬老院", "示例机关")
FEMALE_SHARE = 0.56
GUARDED_UNDER = 18  # more than the rules ask for: whoever answers for a pupil is known
GUARDIANS = ("父亲", "母亲", "祖母", "祖父")


def category_of(seed: int, number: int) -> str:
    """Return the category of the reader with this number (from 0)."""
    kinds = tuple(MIX)
    if number < len(kinds):
        return kinds[number]
    return kinds[bisect(_steps(), Random(f"{seed}:category:{number}").random() * sum(MIX.values()))]


@cache
def _steps() -> Sequence[int]:
    return tuple(accumulate(MIX.values()))


def card_number(number: int) -> str:
    """Return the number on the library card of a reader."""
    return f"CZ{number + 1:07d}"


def reader(seed: int, number: int, *, home_node: int, on: date) -> NewReader:
    """Return what the reader with this number says at the desk on a day."""
    dice = Random(f"{seed}:reader:{number}")
    category = category_of(seed, number)
    if category in ("institution", "large_capacity"):
        name = f"{INSTITUTIONS[number % len(INSTITUTIONS)]}{number + 1}"
        return NewReader(name=name, category=category, card_number=card_number(number), home_node=home_node)
    sex = Sex.FEMALE if dice.random() < FEMALE_SHARE else Sex.MALE
    born = _birth_date(dice, category, on)
    return NewReader(
        name=_name(dice, sex),
        category=category,
        card_number=card_number(number),
        home_node=home_node,
        sex=sex,
        birth_date=born,
        guardian=_guardian(dice) if on.year - born.year < GUARDED_UNDER else None,
    )


def _birth_date(dice: Random, category: str, on: date) -> date:
    youngest, oldest = AGES[category]
    age = dice.randint(youngest, oldest)
    return date(on.year - age, 1, 1) - timedelta(days=dice.randrange(365))


def _guardian(dice: Random) -> NewGuardian:
    relation = dice.choice(GUARDIANS)
    sex = Sex.FEMALE if relation in ("母亲", "祖母") else Sex.MALE
    return NewGuardian(name=_name(dice, sex), relation=relation, consents=True)


def guardian(name: str) -> NewGuardian:
    """Return a father who answers for a child."""
    return NewGuardian(name=name, relation=GUARDIANS[0], consents=True)


def _name(dice: Random, sex: Sex) -> str:
    people = _names()
    while True:
        surname = dice.choices(people.surnames, cum_weights=people.weights)[0]
        name = surname + dice.choice(people.female if sex == Sex.FEMALE else people.male)
        if sha256(name.encode()).hexdigest()[:16] not in people.withheld:
            return name


class _Names:
    """The tables of `names.toml`."""

    def __init__(self) -> None:
        stated = read_table("names.toml")
        self.surnames = tuple(stated["surnames"])
        self.weights = tuple(accumulate(stated["surnames"].values()))
        self.male = tuple(stated["given"]["male"])
        self.female = tuple(stated["given"]["female"])
        self.withheld = frozenset(stated["withheld"]["sha256"])


@cache
def _names() -> _Names:
    return _Names()
