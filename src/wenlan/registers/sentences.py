"""The sentence of an entry: a template with named places, in which a part in brackets may fall away."""

import re
from collections.abc import Mapping

OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
PLACE = re.compile(r"\{(\w+)\}")


def places_of(template: str) -> set[str]:
    """Return the names of the places in a template."""
    return set(PLACE.findall(template))


def sentence(template: str, places: Mapping[str, str]) -> str:
    """Fill the places. A part in square brackets is left out when one of its places is empty.

    >>> sentence("在{where}巡查[，发现隐患{n}处]。", {"where": "书库", "n": ""})
    '在书库巡查。'
    """

    def optional(part: re.Match[str]) -> str:
        return part[1] if all(places.get(name) for name in places_of(part[1])) else ""

    return PLACE.sub(lambda place: places.get(place[1], ""), OPTIONAL.sub(optional, template))
