"""The pinyin of a title or a name, and every reading of the characters that have several."""

from __future__ import annotations

from dataclasses import dataclass

from wenlan.catalogue.description.chinese import cut, word_readings
from wenlan.catalogue.description.folding import fold
from wenlan.catalogue.editing.rules.facts import HAN

# How characters are read as surnames, where that is another reading than the usual one.
# fmt: off
SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "朴": "piao", "查": "zha", "盖": "ge",
    "任": "ren", "覃": "qin", "缪": "miao", "尉": "wei", "折": "she", "重": "chong", "乐": "yue", "秘": "bi",
    "冼": "xian", "员": "yun", "种": "chong", "黑": "he", "晁": "chao", "郇": "xun", "么": "yao", "隗": "wei",
    "那": "na", "能": "nai", "逄": "pang", "谌": "chen",
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Reading:
    """A character, or a word of another script, with its readings: the likeliest first."""

    text: str
    readings: tuple[str, ...]


def readings(text: str, *, is_name: bool = False) -> tuple[Reading, ...]:
    """Return how each character is read; a word the dictionary knows as a whole leaves one reading.

    Only a person knows how 重 is read in a name: what has several readings is to be chosen from. Punctuation
    is left out; letters and digits stay as they are. With `is_name` the first character is read as a surname.
    """
    found: list[Reading] = []
    for word in cut(fold(text)):
        if han := "".join(HAN.findall(word)):
            found += [Reading(one, said) for one, said in zip(han, word_readings(han), strict=True)]
        elif any(one.isalnum() for one in word):
            found.append(Reading(word, ("".join(one for one in word if one.isalnum()),)))
    if is_name and found and (surname := SURNAMES.get(found[0].text)):
        others = (one for one in found[0].readings if one != surname)
        found[0] = Reading(found[0].text, (surname, *others))
    return tuple(found)
