"""Cells become lines: days, sums and words of the source are read, and what cannot be read is said."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime

from wenlan.patrons import policies
from wenlan.patrons.intake.profiles import Profile
from wenlan.patrons.intake.reading import ReaderFile
from wenlan.patrons.intake.types import Line, Problem, Source
from wenlan.patrons.types import CardKind, DocumentKind, NewGuardian, NewReader, Refusal, Sex, Term

DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})?日?(?:[ T].*)?")
YES = {"是", "同意", "有", "1", "y", "yes", "true", "√", "✓"}
LONGEST_SOURCE_ID = 40
LARGEST_SUM = 10**10
LENGTHS = {"name": 120, "phone": 32, "email": 254, "address": 200, "card": 64}


@dataclass(slots=True)
class _Cells:
    """The cells of one line by meaning, and what was odd about them."""

    told: dict[str, str]
    problems: list[tuple[str, str]] = field(default_factory=list)

    def text(self, what: str) -> str:
        """Return a cell, cut to what its column holds."""
        return self.told.get(what, "").strip()[: LENGTHS.get(what, 200)]

    def day(self, what: str) -> date | None:
        """Return a day; a month is its first day. What is no day is a problem."""
        text = self.text(what)
        if not text or set(text) <= set("0-/. :"):
            return None
        try:
            return _day(text)
        except ValueError:
            self.problems.append((Problem.DAY_UNREADABLE, text))
            return None

    def fen(self, what: str, unit: str) -> int:
        """Return a sum in fen; empty is none. What is no sum, or one below nothing, is a problem."""
        text = self.text(what).replace(",", "").replace("元", "").replace("¥", "").strip()
        try:
            amount = Decimal(text or "0")
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 <= amount < LARGEST_SUM:
            self.problems.append((Problem.SUM_UNREADABLE, text))
            return 0
        return int(amount * 100) if unit == "yuan" else int(amount)


def lines_of(file: ReaderFile, profile: Profile, source: Source, home: int) -> tuple[Line, ...]:
    """Return every line of a file, in its order, as the profile reads it; `home` is the node of those without one."""
    seen: set[str] = set()
    found = []
    for number, told, cells in file.lines:
        line = replace(_line(number, _Cells(told), profile, source, home), cells=cells)
        if line.reader is not None and line.source_id in seen:
            line = replace(line, reader=None, problems=(*line.problems, (Problem.TWICE, line.source_id)))
        seen.add(line.source_id)
        found.append(line)
    return tuple(found)


def _day(text: str) -> date:
    if found := DAY.fullmatch(text):
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    if text.endswith(("GMT", "+0800")):  # RFC 1123, as dp2 keeps its days
        return parsedate_to_datetime(text).date()
    raise ValueError


def _line(number: int, cells: _Cells, profile: Profile, source: Source, home: int) -> Line:
    card, name = cells.text("card") or cells.text("source_id"), " ".join(cells.text("name").split())
    source_id = policies.tidy(cells.text("source_id") or card)[:LONGEST_SOURCE_ID]
    state = _state(cells, profile)
    reader = _reader(cells, profile, source, home)
    points = cells.text("points")
    line = Line(
        number=number,
        source_id=source_id,
        reader=reader,
        name=name,
        state=state,
        deposit_fen=cells.fen("deposit", profile.money),
        owed_fen=cells.fen("owed", profile.money),
        points=int(Decimal(points)) if re.fullmatch(r"\d{1,6}(\.0+)?", points) else None,
    )
    if not name:
        cells.problems.append((Problem.NAME_MISSING, ""))
    if not card:
        cells.problems.append((Problem.CARD_MISSING, ""))
    keeps_out = {Problem.NAME_MISSING, Problem.CARD_MISSING, Problem.CATEGORY_UNKNOWN, Problem.DAY_UNREADABLE}
    if state == "deregistered":
        cells.problems = [(Problem.CLOSED_THERE, "")]
        return replace(line, reader=None, outcome="skipped", problems=tuple(cells.problems))
    is_out = any(code in keeps_out for code, _words in cells.problems)
    return replace(line, reader=None if is_out else reader, problems=tuple(cells.problems))


def _state(cells: _Cells, profile: Profile) -> str:
    words = cells.text("status")
    if not words:
        return "valid"
    if words not in profile.statuses:
        cells.problems.append((Problem.STATUS_UNKNOWN, words))
    return profile.statuses.get(words, "valid")


def _reader(cells: _Cells, profile: Profile, source: Source, home: int) -> NewReader:
    """Return the reader that a line says; the operation judges whether it can be one."""
    kind, number = _document(cells, profile)
    start, last = cells.day("valid_from"), cells.day("valid_until")
    term = None
    if start or last:
        begin = start or last
        term = Term(start=min(begin, last) if begin and last else begin or date.min, last=last)
    guardian = cells.text("guardian_name")
    sex, birth = profile.sexes.get(cells.text("sex"), Sex.UNKNOWN), cells.day("birth_date")
    if profile.takes_over and policies.is_id_number(number):
        sex, birth = _by_number(cells, number, sex, birth)
    return NewReader(
        name=" ".join(cells.text("name").split()),
        category=_category(cells, profile, source),
        card_number=cells.text("card") or cells.text("source_id"),
        card_kind=CardKind.BARCODE,
        home_node=_place(cells, source, home),
        sex=sex,
        birth_date=birth,
        phone=cells.text("phone"),
        email=cells.text("email") if "@" in cells.text("email") else "",
        address=cells.text("address"),
        document_kind=kind,
        id_number=number,
        guardian=NewGuardian(
            name=guardian,
            relation=cells.text("guardian_relation")[:40],
            phone=cells.text("guardian_phone")[:32],
            consents=cells.text("guardian_consents").casefold() in YES,
        )
        if guardian
        else None,
        term=term,
        unit=cells.text("unit"),
        group=cells.text("group"),
    )


def _by_number(cells: _Cells, number: str, sex: str, birth: date | None) -> tuple[str, date | None]:
    """Return sex and birth as the number says; that the file said otherwise is noted."""
    said = (policies.sex_of(number).value, policies.born_on(number))
    if (sex and sex != said[0]) or (birth and birth != said[1]):
        cells.problems.append((Problem.CONTRADICTS, " ".join(str(one) for one in (sex, birth) if one)))
    return said


def _document(cells: _Cells, profile: Profile) -> tuple[str, str]:
    """Return kind and number; in readers taken over a wrong number is left out, and said."""
    kind = profile.documents.get(cells.text("document_kind"), DocumentKind.CITIZEN)
    number = policies.tidy(cells.text("id_number"))
    refusal = policies.document_refusal(kind, number)
    if profile.takes_over and refusal is not None:
        cells.problems.append((Problem.DOCUMENT_LEFT_OUT, str(Refusal(refusal).label)))
        return kind, ""
    return kind, number


def _category(cells: _Cells, profile: Profile, source: Source) -> str:
    words = cells.text("category")
    for known in (source.categories, profile.categories):
        if words in known:
            return known[words]
    if "*" in source.categories:
        return source.categories["*"]
    cells.problems.append((Problem.CATEGORY_UNKNOWN, words))
    return ""


def _place(cells: _Cells, source: Source, home: int) -> int:
    words = cells.text("place")
    if words and words not in source.places:
        cells.problems.append((Problem.PLACE_UNKNOWN, words))
    return source.places.get(words, home)


def unknown(lines: Iterable[Line], problem: Problem) -> dict[str, int]:
    """Return how often each word came that nobody knew, the most frequent first."""
    found: dict[str, int] = {}
    for line in lines:
        for code, words in line.problems:
            if code == problem:
                found[words] = found.get(words, 0) + 1
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))
