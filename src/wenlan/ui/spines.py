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
LONGEST_ON_A_SPINE = 14
# The stylesheet's steps, in pixels: `high-1` is the lowest that is drawn.
HEIGHTS = (184, 208, 232, 256, 280, 304, 328, 352)
TITLE_STEP, PERSON_STEP, MARGINS, BETWEEN = 16.3, 11.8, 36, 14


@dataclass(frozen=True, slots=True)
class Spine:
    """A drawn spine: `cloth` names a colour, `height` (1 to 8) and `width` (1 to 4) are steps of the stylesheet."""

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
    writer = person.split("；")[0].split(";")[0].strip()[:7]
    grain = sum(ord(character) for character in title)
    needed = MARGINS + _length(short) * TITLE_STEP + (BETWEEN + _length(writer) * PERSON_STEP if writer else 0)
    lowest = next((step for step, height in enumerate(HEIGHTS) if height >= needed), len(HEIGHTS) - 1)
    return Spine(
        title=short,
        person=writer,
        cloth=CLOTHS.get(main_class[:1].upper(), "stone"),
        height=min(len(HEIGHTS), 1 + lowest + grain % 3),
        width=1 + grain // 3 % 4,
    )


def _length(text: str) -> float:
    """Return how many full-width characters a text takes: Latin lies on its side and takes about half."""
    return sum(0.6 if character.isascii() else 1 for character in text)
