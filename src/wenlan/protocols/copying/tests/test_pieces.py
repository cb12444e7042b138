"""Questions in each protocol's words; editions put together."""

from wenlan.catalogue.cnmarc import encode
from wenlan.catalogue.overlay import taking
from wenlan.catalogue.testing import make_marc
from wenlan.protocols.copying.merging import Sent, editions
from wenlan.protocols.copying.questions import cql, rpn
from wenlan.protocols.copying.types import CopyQuestion
from wenlan.protocols.sru.cql import parse
from wenlan.protocols.z3950.messages import Joined, Words


def words(use: int, term: bytes) -> Words:
    return Words(((1, use),), term)


def test_a_question_becomes_a_query_in_the_targets_encoding():
    asked = CopyQuestion(isbn="978-7-5366-9293-0", title="三体")

    assert rpn(asked, "gb18030") == Joined(
        Joined(words(7, b"9787536692930"), "or", words(7, b"978-7-5366-9293-0")), "and", words(4, "三体".encode("gbk"))
    )
    assert rpn(CopyQuestion(author="刘慈欣"), "auto") == words(1003, "刘慈欣".encode())


def test_a_question_becomes_cql_that_means_itself():
    asked = CopyQuestion(title='a "b" *', words="x)")

    assert cql(asked) == r'dc.title = "a \"b\" \*" and "x)"'
    parse(cql(asked))


def sent(hit: int, target: str, title: str, **stated: str) -> Sent:
    record = taking.read_foreign(encode(make_marc(title, **stated)), "utf-8")
    assert record is not None
    return Sent(hit, target, record)


def test_one_edition_is_one_line_whoever_sent_it_and_the_fullest_comes_first():
    found = editions(
        [
            sent(1, "甲", "三体", isbn="978-7-5366-9293-0"),
            sent(2, "乙", "三体", isbn="978-7-5366-9293-0", series="中国科幻基石丛书", subject="小说"),
            sent(3, "甲", "呐喊", year="1923"),
            sent(4, "乙", "呐喊", year="1923"),
            sent(5, "乙", "呐喊", year="1973"),
        ]
    )

    assert [(one.best.hit, one.targets) for one in found] == [(2, ("乙", "甲")), (3, ("甲", "乙")), (5, ("乙",))]
