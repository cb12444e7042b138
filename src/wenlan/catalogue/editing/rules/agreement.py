"""Fields that speak of the same thing: language and script, place and country, title and pinyin, people, series."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from wenlan.catalogue.cnmarc import Field, MarcRecord, field
from wenlan.catalogue.editing.rules.facts import (
    HAN,
    Facts,
    finding,
    first,
    inserting,
    numbered,
    replaced,
    setting,
    value_at,
    with_value,
)
from wenlan.catalogue.editing.types import Finding, Gravity, Repair

PERSONS = ("700", "701", "702", "710", "711", "712", "720", "721", "722", "730")
WITH_PINYIN = ("700", "701", "702", "710", "711", "712")
SERIES_LINKS = {"410", "411", "461", "462", "463"}
ROLES = (
    *("编著", "主编", "编译", "编写", "译注", "校注", "编绘", "绘图", "选编", "编选", "口述", "整理", "撰文"),
    *(
        "总主编",
        "编剧",
        "导演",
        "作曲",
        "作词",
        "改编",
        "著",
        "编",
        "译",
        "撰",
        "绘",
        "注",
        "摄",
        "辑",
        "校",
        "文",
        "图",
    ),
)
_ROLE = re.compile("(?:" + "|".join(sorted(ROLES, key=len, reverse=True)) + ")$")
_DYNASTY = re.compile(r"^[(（\[［]([^)）\]］]{1,6})[)）\]］]\s*")
_KANA, _CYRILLIC = re.compile(r"[\u3040-\u30ff]"), re.compile(r"[\u0400-\u04ff]")
_LATIN, _SYLLABLE = re.compile(r"[A-Za-z]"), re.compile(r"[a-zü]+|\d+")
_LITERATURE = (("I22", "g"), ("I23", "b"), ("I24", "a"), ("I26", "c"))


@cache
def places() -> dict[str, str]:
    """Return the division code (GB/T 2260, by province) of places where books appear."""
    written = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))
    return {name: code for code, names in written["places"].items() for name in names}


def translation(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """101: a translation names the language of the original, and what names it is a translation."""
    if not (known := first(record, "101")):
        return
    at, one = known
    says = one.indicators[:1]
    if one.first("c") and says == "0":
        repair = setting("set_indicator", at, one._replace(indicators="1" + one.indicators[1:]))
        yield finding("translation_indicator", Gravity.WARNING, at, "101", repair=repair)
    elif says == "1" and not one.first("c"):
        yield finding("translation_original", Gravity.WARNING, at, "101")


def script(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """100 $a/34-35 is the script that the title proper is written in."""
    coded, title = first(record, "100"), first(record, "200")
    if not coded or not title:
        return
    at, one = coded
    place, text = value_at(one, "a")
    written, given = title[1].first("a"), text[34:36]
    right = _script(written)
    if len(text) != 36 or not right or given[:1] == right[:1] or (right == "ea" and given[:1] in "dk"):
        return
    repair = setting("set_script", at, with_value(one, place, replaced(text, 34, right)))
    yield finding(
        "script", Gravity.WARNING, at, "100", subfield=place, position=34, repair=repair, given=given, better=right
    )


def _script(title: str) -> str:
    for pattern, code in ((_KANA, "da"), (HAN, "ea"), (_CYRILLIC, "ca"), (_LATIN, "ba")):
        if pattern.search(title):
            return code
    return ""


def place_agrees(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """102 is the country and province of the place in 210 $a."""
    country, published = first(record, "102"), first(record, "210")
    if not country or not published:
        return
    at, one = country
    name = re.sub(r"[\[\]［］()（）\s]", "", published[1].first("a"))
    code = places().get(name) or places().get(name.removesuffix("市"))
    if code is None:
        return
    place, given = value_at(one, "b")
    if one.first("a") == "CN" and given[:2] == code[:2]:
        return
    right = field("102", one.indicators, ("a", "CN"), ("b", code))
    if place >= 0 and one.first("a") == "CN":
        right = with_value(one, place, code)
    yield finding(
        "place_agrees", Gravity.WARNING, at, "102",
        subfield=max(place, 0), repair=setting("write_code", at, right),
        name=name, given=given or one.first("a"), code=code,
    )  # fmt: skip


def pinyin(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A Chinese title, and a Chinese name that is an access point, has its pinyin: a syllable a character."""
    for at, one in numbered(record, "200", *WITH_PINYIN):
        title = one.first("a")
        han = len(HAN.findall(title))
        if not han:
            continue
        written = one.first("9") or one.first("A")
        if not written.strip():
            gravity = Gravity.WARNING if one.tag == "200" else Gravity.HINT
            yield finding("pinyin_missing", gravity, at, one.tag, repair=Repair(name="pinyin"))
            continue
        latin = len(_SYLLABLE.findall(HAN.sub(" ", title).casefold()))
        if "'" not in written and len(_SYLLABLE.findall(written.casefold())) not in (han, han + latin):
            yield finding("pinyin_count", Gravity.HINT, at, one.tag, repair=Repair(name="pinyin"), han=han)


def people(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """Who is named in 200 $f has an access point in 7XX; an access point says what its person did."""
    title = first(record, "200")
    stated = title[1].first("f").strip() if title else ""
    if stated and not any(one.first("a").strip() for _at, one in numbered(record, *PERSONS)):
        added = [entry for entry in map(_entry, re.split(r"[,，、;；]", stated)) if entry]
        edits = tuple(edit for entry in reversed(added) for edit in _into(record, entry).edits)
        repair = Repair(name="add_people", edits=edits) if edits else None
        yield finding("people_entry", Gravity.WARNING, title[0] if title else None, "200", repair=repair, given=stated)
    for at, one in numbered(record, "701", "702", "711", "712"):
        if one.first("a").strip() and not one.first("4").strip():
            yield finding("relator", Gravity.HINT, at, one.tag)


def _into(record: MarcRecord, entry: Field) -> Repair:
    """Return the repair that puts an entry into an empty field of its tag, else behind the others."""
    for at, one in numbered(record, entry.tag):
        if not any(value.strip() for value in one.values("a")):
            return setting("add_people", at, entry)
    return inserting("add_people", record, entry)


def _entry(stated: str) -> Field | None:
    """Return 701 for `(清)曹雪芹著`; None for what is no name (等)."""
    text = stated.strip().removesuffix("等")
    dynasty = _DYNASTY.match(text)
    name = _ROLE.sub("", text[dynasty.end() :] if dynasty else text).strip()
    role = text[len(text) - len(_ROLE.search(text)[0]) :] if _ROLE.search(text) else ""  # type: ignore[index]
    if not name or not HAN.search(name) or len(name) > 20:
        return None
    added = (("c", f"({dynasty[1]})"),) if dynasty else ()
    relator = (("4", role),) if role else ()
    return field("701", " 0", *added, ("a", name), *relator)


def series(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """A series in 225 is linked by 410 (or 461), as $1200."""
    if record.tags & SERIES_LINKS:
        return
    for at, one in numbered(record, "225"):
        if not (title := one.first("a").strip()) or one.indicators[:1] == "1":
            continue
        volume = (("v", one.first("v")),) if one.first("v") else ()
        link = field("410", " 0", ("1", "2001 "), ("a", title), *volume)
        yield finding("series_link", Gravity.HINT, at, "225", repair=inserting("add_link", record, link), given=title)


def literature(record: MarcRecord, facts: Facts) -> Iterator[Finding]:
    """What stands in I22 to I26 is literature in 105 $a/11 too."""
    known = first(record, "105")
    number = record.value("690", "a")
    form = next((code for start, code in _LITERATURE if number.startswith(start)), "")
    if not known or not form:
        return
    at, one = known
    place, text = value_at(one, "a")
    if len(text) == 13 and text[11] == "y":
        repair = setting("set_literature", at, with_value(one, place, replaced(text, 11, form)))
        yield finding(
            "literature", Gravity.HINT, at, "105",
            subfield=place, position=11, repair=repair, number=number, better=form,
        )  # fmt: skip


RULES = (translation, script, place_agrees, pinyin, people, series, literature)
