"""What a book without a cover looks like: a cloth spine drawn from its class and the length of its title."""

from dataclasses import dataclass

# Cloth by main class of the Chinese Library Classification, as binders' linen groups them.
CLOTHS = {
    **dict.fromkeys("A", "vermilion"), **dict.fromkeys("B", "ink"), **dict.fromkeys("CDEF", "indigo"),
    **dict.fromkeys("G", "celadon"), **dict.fromkeys("H", "slate"), **dict.fromkeys("I", "madder"),
    **dict.fromkeys("J", "plum"), **dict.fromkeys("K", "bark"), **dict.fromkeys("NO", "teal"),
    **dict.fromkeys("PQ", "moss"), **dict.fromkeys("R", "straw"), **dict.fromkeys("STUVX", "stone"),
    **dict.fromkeys("Z", "oat"),
}  # fmt: skip
LONGEST_ON_A_SPINE = 16


@dataclass(frozen=True, slots=True)
class Spine:
    """A drawn spine: `cloth` names a colour, `height` and `width` are steps of the stylesheet (1 to 4)."""

    title: str
    person: str
    cloth: str
    height: int
    width: int


def spine(*, title: str, main_class: str = "", person: str = "") -> Spine:
    """Return the spine of a work; the same work always looks the same.

    A title longer than LONGEST_ON_A_SPINE characters is cut at a subtitle, else with an ellipsis.
    """
    short = title
    for mark in ("：", ":", "——", " : ", "（", "("):
        if len(short) > LONGEST_ON_A_SPINE:
            short = short.split(mark)[0].strip() or short
    if len(short) > LONGEST_ON_A_SPINE:
        short = short[: LONGEST_ON_A_SPINE - 1] + "…"
    grain = sum(ord(character) for character in title)
    return Spine(
        title=short,
        person=person.split("；")[0].split(";")[0].strip()[:8],
        cloth=CLOTHS.get(main_class[:1].upper(), "stone"),
        height=min(4, 1 + len(short) // 6 + grain % 2),
        width=1 + grain % 4,
    )
