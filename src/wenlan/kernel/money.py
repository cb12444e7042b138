"""Sums of money: kept in fen, said and written in yuan."""

from decimal import Decimal, InvalidOperation

MARKS = str.maketrans("", "", ",，¥￥元")


def yuan(fen: int) -> str:
    """Return a sum in yuan with two places, as messages and machines say it: 150 is 1.50."""
    sign, whole, rest = "-" if fen < 0 else "", *divmod(abs(fen), 100)
    return f"{sign}{whole}.{rest:02d}"


def read_fen(written: str, *, below: int) -> int | None:
    """Return a sum of less than `below` yuan as people write it (18.5, 18.50元, ¥1,800) in fen, None for a blank.

    Raises ValueError for what is no sum, negative or larger.
    """
    bare = written.translate(MARKS).strip().removeprefix("CNY").strip()
    if not bare:
        return None
    try:
        said = Decimal(bare)
    except InvalidOperation as wrong:
        raise ValueError(written) from wrong
    if not said.is_finite() or not 0 <= said < below:
        raise ValueError(written)
    return round(said * 100)
