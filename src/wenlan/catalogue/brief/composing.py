"""A brief record in CNMARC: what was read off the title page, and a leader that says that it is not whole."""

from datetime import date

from wenlan.catalogue.brief.types import BriefFacts
from wenlan.catalogue.cnmarc import EMPTY_LEADER, MarcRecord, field
from wenlan.catalogue.description import numbers

LEVEL = 17  # encoding level, UNIMARC record label
BRIEF = "3"
GENERAL = "{today}{published}    em y0chiy50      ea"  # 100 $a
UNKNOWN = "u    "  # the kind of date, and no first date of publication


def is_brief(leader: str) -> bool:
    """Tell whether a record says that it is not whole."""
    return leader[LEVEL : LEVEL + 1] == BRIEF


def brief_marc(facts: BriefFacts, *, today: date, agency: str) -> MarcRecord:
    """Return the record of a book in brief; fields without anything to say are left out."""
    day = f"{today:%Y%m%d}"
    price = f"CNY{facts.price_fen / 100:.2f}" if facts.price_fen is not None else ""
    stated = (
        field("010", "  ", ("a", numbers.isbn13(facts.isbn) or facts.isbn.strip()), ("d", price)),
        field("100", "  ", ("a", GENERAL.format(today=day, published=f"d{facts.year:04d}" if facts.year else UNKNOWN))),
        field("101", "0 ", ("a", "chi")),
        field("200", "1 ", ("a", " ".join(facts.title.split())), ("f", " ".join(facts.author.split()))),
        field("210", "  ", ("c", " ".join(facts.publisher.split())), ("d", str(facts.year or ""))),
        field("801", " 0", ("a", "CN"), ("b", agency), ("c", day)),
    )
    kept = (one._replace(subfields=tuple(sub for sub in one.subfields if sub.value)) for one in stated)
    leader = f"{EMPTY_LEADER[:LEVEL]}{BRIEF}{EMPTY_LEADER[LEVEL + 1 :]}"
    return MarcRecord(leader, tuple(one for one in kept if one.subfields))
