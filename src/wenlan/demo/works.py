"""Bibliographic records of the demonstration: real works in CNMARC, and plainly marked samples to fill the shelves."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO
from random import Random

from wenlan.catalogue.cnmarc import ControlField, MarcRecord, field
from wenlan.catalogue.cnmarc.record import AnyField
from wenlan.demo.plan import read_text

AGENCY = "CZDEMO"
MARK = "演示数据"
LEADERS = {
    "book": "00000nam0 2200000   450 ",
    "serial": "00000nas0 2200000   450 ",
    "newspaper": "00000nas0 2200000   450 ",
    "audiovisual": "00000ngm0 2200000   450 ",
}
AUDIENCE_CODES = {"child": "a  ", "youth": "e  ", "adult": "k  "}
TRANSLATORS = ("译",)

# Classes of the samples and how often each is met, for the shelves of each kind.
CLASSES = {
    "general": {
        "K": 17, "B": 13, "G": 12, "D": 8, "F": 9, "H": 8, "J": 8, "R": 8, "TP": 4, "TS": 3, "TU": 1,
        "C": 4, "O": 2, "Q": 1, "S": 2, "N": 1, "E": 1, "P": 1, "U": 1, "X": 1, "Z": 2, "A": 1, "V": 1,
    },
    "literature": {"I247.5": 48, "I247.7": 8, "I267": 14, "I712.4": 9, "I561.4": 7, "I313.4": 8, "I227": 3, "I25": 3},
    "youth": {"I287.4": 24, "I287.7": 18, "I287.8": 20, "I287.5": 6, "Z228.1": 8, "H194.1": 5, "K209": 4, "G61": 4,
              "J228": 5, "N49": 4, "Q95": 2},
}  # fmt: skip
NAMES = {"general": "示例书", "literature": "示例小说", "youth": "示例童书", "periodical": "示例期刊"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One row of `works.csv`; `authors` are (name with the country before it in brackets, role)."""

    title: str
    authors: tuple[tuple[str, str], ...]
    publisher: str
    place: str
    year: str
    class_number: str
    language: str
    material: str
    audience: str
    original_language: str
    subjects: tuple[str, ...]

    @property
    def shelf(self) -> str:
        """Which kind of shelf it stands on: general, literature, youth or periodical; AV stands with periodicals."""
        if self.material != "book":
            return "periodical"
        if self.audience != "adult":
            return "youth"
        return "literature" if self.class_number.startswith("I") else "general"


@cache
def works() -> tuple[Work, ...]:
    """Return the real works in the order of the file."""
    return tuple(_work(row) for row in csv.DictReader(StringIO(read_text("works.csv"))))


def _work(row: dict[str, str]) -> Work:
    authors = tuple((name, role) for name, _, role in (each.rpartition(" ") for each in _parts(row["authors"])))
    return Work(**{**row, "authors": authors, "subjects": tuple(_parts(row["subjects"]))})  # type: ignore[arg-type]


def _parts(text: str) -> list[str]:
    return [part for part in text.split(";") if part]


def control_number(number: int) -> str:
    """Return the control number of a real work, by its place in the file."""
    return f"W{number + 1:07d}"


def record_of(work: Work, number: int) -> MarcRecord:
    """Return a work as a CNMARC record; what is not known of it is left out."""
    fields = [
        *_identity(control_number(number), work.audience, work.year),
        _language(work),
        _country(work),
        field("200", "1 ", ("a", work.title), *_responsibility(work)),
        *_publication(work),
        field("300", "  ", ("a", MARK)),
        *(field("606", "0 ", *zip("axx", subject.split("-"), strict=False)) for subject in work.subjects),
        field("690", "  ", ("a", work.class_number), ("v", "5")),
        *_headings(work),
        _source(),
    ]
    return MarcRecord(LEADERS[work.material], tuple(fields))


def _identity(control_number: str, audience: str, year: str) -> Iterator[AnyField]:
    yield ControlField("001", control_number)
    dated = f"d{year}    " if year else "u        "
    yield field("100", "  ", ("a", f"20181231{dated}{AUDIENCE_CODES[audience]}y0chiy50      ea"))


def _language(work: Work) -> AnyField:
    if work.original_language:
        return field("101", "1 ", ("a", work.language), ("c", work.original_language))
    return field("101", "0 ", ("a", work.language))


def _country(work: Work) -> AnyField:
    if work.material == "newspaper":
        return field("110", "  ", ("a", "cza   0xx0"))
    if work.material == "serial":
        return field("110", "  ", ("a", "aza   0xx0"))
    return field("102", "  ", ("a", "CN"))


def _responsibility(work: Work) -> list[tuple[str, str]]:
    """Authors of one role stand together: `曹雪芹，高鹗著`; whoever translated comes after, in $g."""
    by_role: dict[str, list[str]] = {}
    for name, role in work.authors:
        by_role.setdefault(role, []).append(name)
    said = [f"{'，'.join(names)}{role}" for role, names in by_role.items()]
    return [("f" if at == 0 else "g", text) for at, text in enumerate(said)]


def _publication(work: Work) -> Iterator[AnyField]:
    known = [(code, text) for code, text in (("a", work.place), ("c", work.publisher), ("d", work.year)) if text]
    if known:
        yield field("210", "  ", *known)


def _headings(work: Work) -> Iterator[AnyField]:
    for name, role in work.authors:
        country, person = re.fullmatch(r"(?:\((.+?)\))?(.+)", name).groups()  # type: ignore[union-attr]
        tag = "702" if role in TRANSLATORS else "701"
        yield field(tag, " 0", *([("c", f"({country})")] if country else []), ("a", person), ("4", role))


def _source() -> AnyField:
    return field("801", " 0", ("a", "CN"), ("b", AGENCY), ("c", "20181231"))


def sample_record(seed: int, shelf: str, number: int) -> MarcRecord:
    """Return the sample with this number of a kind of shelf: 示例书 0001. It claims to be nothing else."""
    dice = Random(f"{seed}:record:{shelf}:{number}")
    title = f"{NAMES[shelf]} {number + 1:04d}"
    year = str(dice.randint(2005, 2018))
    material = "serial" if shelf == "periodical" else "book"
    class_number = "Z6" if shelf == "periodical" else _class(dice, shelf)
    fields = (
        *_identity(f"S{shelf[0].upper()}{number + 1:07d}", "child" if shelf == "youth" else "adult", year),
        field("101", "0 ", ("a", "chi")),
        field("110", "  ", ("a", "aza   0xx0")) if shelf == "periodical" else field("102", "  ", ("a", "CN")),
        field("200", "1 ", ("a", title), ("f", "示例作者著")),
        field("210", "  ", ("a", "示例地"), ("c", "示例出版社"), ("d", year)),
        field("215", "  ", ("a", f"{dice.randint(60, 480)}页"), ("d", dice.choice(("21cm", "24cm", "26cm")))),
        field("300", "  ", ("a", f"{MARK}：样例记录，并无此书")),
        field("690", "  ", ("a", class_number), ("v", "5")),
        field("701", " 0", ("a", "示例作者"), ("4", "著")),
        _source(),
    )
    return MarcRecord(LEADERS[material], fields)


def _class(dice: Random, shelf: str) -> str:
    table = CLASSES[shelf]
    return dice.choices(list(table), weights=list(table.values()))[0]
