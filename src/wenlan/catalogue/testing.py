"""Factories for records."""

from datetime import UTC, datetime

from wenlan.catalogue import operations
from wenlan.catalogue.cnmarc import EMPTY_LEADER, ControlField, MarcRecord, field
from wenlan.catalogue.types import RecordView
from wenlan.kernel.acts import Act, Channel

AT = datetime(2019, 3, 4, 1, tzinfo=UTC)


def make_marc(title: str = "三体", *, author: str = "刘慈欣", number: str = "", **stated: str) -> MarcRecord:
    """Return a CNMARC book. `stated`: isbn, price, class_number, series, subject, year, publisher, volume ..."""
    year = stated.get("year", "2008")
    fields = [ControlField("001", number)] if number else []
    named = (("a", title), ("9", stated.get("pinyin", "")), ("h", stated.get("volume", "")), ("f", f"{author}著"))
    published = (("a", "重庆"), ("c", stated.get("publisher", "重庆出版社")), ("d", year))
    made = [
        field("010", "  ", ("a", stated.get("isbn", "")), ("d", stated.get("price", "CNY23.00"))),
        field("100", "  ", ("a", f"20190304d{year}    em y0chiy50      ea")),
        field("101", "0 ", ("a", "chi")),
        field("102", "  ", ("a", "CN"), ("b", "500000")),
        field("200", "1 ", *(one for one in named if one[1])),
        field("210", "  ", *published),
        field("215", "  ", ("a", "302页"), ("d", "24cm")),
        field("225", "2 ", ("a", stated.get("series", ""))),
        field("606", "0 ", ("a", stated.get("subject", ""))),
        field("690", "  ", ("a", stated.get("class_number", "I247.55")), ("v", "5")),
        field("701", " 0", ("a", author), ("4", "著")),
        field("801", " 0", ("a", "CN"), ("b", stated.get("agency", ""))),
    ]
    kept = (one._replace(subfields=tuple(sub for sub in one.subfields if sub.value)) for one in made)
    return MarcRecord(EMPTY_LEADER, (*fields, *(one for one in kept if one.subfields)))


def make_act(node: int, *, key: str = "") -> Act:
    """Return an act of the desk at `node`, in March 2019."""
    return Act(at=AT, node=node, channel=Channel.DESK, key=key)


def make_record(node: int, title: str = "三体", **stated: str) -> RecordView:
    """Keep a record made by `make_marc`."""
    return operations.add_record(make_act(node), marc=make_marc(title, **stated))
