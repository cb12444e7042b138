"""Sums of money in words (大写金额), as receipts and vouchers must have them; pure.

Source: 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定).
"""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def in_capitals(fen: int) -> str:
    """Return a sum of fen in the capitals that nobody can change by a stroke: 1640902 is 壹万陆仟肆佰零玖元零贰分."""
    yuan, rest = divmod(abs(fen), 100)
    jiao, last = divmod(rest, 10)
    words = f"{whole(yuan)}元" if yuan else ""
    if jiao:
        words += f"{DIGITS[jiao]}角"
    elif last and yuan:
        words += "零"
    words += f"{DIGITS[last]}分" if last else "整"
    return ("负" if fen < 0 else "") + (words if fen else "零元整")


def whole(number: int) -> str:
    """Return a whole number above 0, by groups of four digits; noughts between digits are one 零."""
    words, gap, started = "", False, False
    for place in reversed(range(len(GROUPS))):
        group = number // 10_000**place % 10_000
        gap = gap or (started and group < 1000)
        if group:
            words += ("零" if gap else "") + four(group) + GROUPS[place]
            started, gap = True, False
    return words


def four(group: int) -> str:
    """Return a number from 1 to 9,999."""
    words, gap = "", False
    for place in reversed(range(len(PLACES))):
        digit = group // 10**place % 10
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
        gap = bool(words) and not digit
    return words
