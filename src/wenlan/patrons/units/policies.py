"""Classes in the order of a school, and what a class is called in the next school year."""

import re
from collections.abc import Collection

NUMERALS = "一二三四五六七八九"
TEN = "十"
# A grade is a numeral before 年级 or a bracket, or after 初 or 高: 七年级2班, 三（2）班, 初一3班, 高二(4)班.
GRADE = re.compile(
    rf"(?P<only>[初高])(?P<of>[一二三])|(?<!\d)(?P<grade>[{NUMERALS}]|[1-9]|1[0-2])(?=年级|[(（])",
)
LAST = {"": (6, 9, 12), "初": (3,), "高": (3,)}
NATURAL = re.compile(rf"(\d+|[{NUMERALS}{TEN}]+)")


def number_of(word: str) -> int:
    """Return the number that digits or Chinese numerals up to 99 write."""
    if word.isdigit():
        return int(word)
    tens, found, ones = word.partition(TEN)
    if not found:
        return int("".join(str(NUMERALS.index(one) + 1) for one in word if one in NUMERALS) or 0)
    return (NUMERALS.index(tens[0]) + 1 if tens else 1) * 10 + (NUMERALS.index(ones[0]) + 1 if ones else 0)


def order(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return by what names of units and classes are sorted: numbers by their value, 十一 after 九; 初 before 高."""
    parts = [part for part in NATURAL.split(name) if part]
    return tuple((0, number_of(part), "") if NATURAL.fullmatch(part) else (1, 0, part) for part in parts)


def _grade(name: str) -> tuple[str, int, re.Match[str]] | None:
    found = GRADE.search(name)
    if found is None:
        return None
    word = found["grade"] or found["of"]
    return found["only"] or "", number_of(word), found


def next_year(name: str, others: Collection[str]) -> str:
    """Return what a class is called in the next school year; '' when it leaves: the highest grade of its unit, and the
    last of a stage. A name without a grade (2024级3班) stays. `others` are the classes of the unit.
    """
    found = _grade(name)
    if found is None:
        return name
    stage, grade, match = found
    grades = [one[1] for other in others if (one := _grade(other)) and one[0] == stage]
    if grade in LAST[stage] and grade >= max(grades, default=grade):
        return ""
    group = "grade" if match["grade"] else "of"
    start, end = match.span(group)
    written = str(grade + 1) if match[group].isdigit() else _numeral(grade + 1)
    return name[:start] + written + name[end:]


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (TEN if tens else "") + (NUMERALS[ones - 1] if ones else "")


def taken_names(renames: dict[str, str], standing: Collection[str]) -> tuple[str, ...]:
    """Return the new names under which a class stands already that itself keeps its name: both would become one."""
    new = {name for old, name in renames.items() if name and name != old}
    return tuple(sorted(name for name in new if name in standing and renames.get(name, name) == name))
