"""The card."""

import pytest

from wenlan.catalogue.cnmarc import MarcRecord, field
from wenlan.catalogue.isbd import isbd, paragraphs
from wenlan.catalogue.operations import add_record
from wenlan.catalogue.testing import make_act, make_record
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db


def test_a_chinese_card_reads_as_cataloguers_write_it():
    made = make_record(
        make_network()[0].id, "三体", isbn="978-7-5366-9293-0", series="中国科幻基石丛书", subject="长篇小说"
    )

    assert paragraphs(isbd(made)) == (
        "三体 ／ 刘慈欣著. — 重庆：重庆出版社，2008",
        "302页；24cm. — （中国科幻基石丛书）",
        "ISBN 9787536692930：CNY23.00",
        "Ⅰ. ①三… Ⅱ. ①刘… Ⅲ. ①长篇小说 Ⅳ. ①I247.55",
    )


def test_a_western_card_keeps_its_punctuation():
    marc = MarcRecord(
        "00000nam a2200000 a 4500",
        (
            field("245", "10", ("a", "Peace piece :"), ("b", "and other pieces /"), ("c", "Bill Evans.")),
            field("260", "  ", ("a", "New York :"), ("b", "Riverside,"), ("c", "1958.")),
        ),
    )

    made = add_record(make_act(make_network()[0].id), marc=marc)

    assert paragraphs(isbd(made))[0] == "Peace piece : and other pieces / Bill Evans. — New York : Riverside, 1958"
