"""A CLC number as the path it is: `I247.57` stands under I, I2, I24, I247, I247.5."""

from __future__ import annotations

import re
from functools import lru_cache

MOST_LEVELS = 5

_NUMBER = re.compile(r"([A-Z]{1,2})([\d.]*)(.*)")


@lru_cache(maxsize=20_000)
def class_path(number: str) -> tuple[str, ...]:
    """Return the classes above a number and itself, the widest first; empty for what is no CLC number.

    A point stands after the third digit, as CLC writes it; what follows the digits (-, =, (), "") is left out.
    """
    found = _NUMBER.match(number.strip().upper())
    if not found:
        return ()
    letters, digits = found[1], found[2].replace(".", "")
    path = list(dict.fromkeys((letters[0], letters)))
    for count in range(1, len(digits) + 1):
        path.append(letters + digits[:3][:count] + (f".{digits[3:count]}" if count > 3 else ""))
    return tuple(path)


def is_class(text: str) -> bool:
    """Tell whether the text is a class in the way `class_path` writes it."""
    return class_path(text)[-1:] == (text.strip().upper(),)
