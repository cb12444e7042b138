"""Real records of Chinese libraries, in the encodings they came in."""

import pytest

from wenlan.catalogue.cnmarc import encode, family, read_file
from wenlan.catalogue.description import describe
from wenlan.catalogue.tests.samples import MARC, needs_samples
from wenlan.catalogue.types import MarcFormat

pytestmark = pytest.mark.embedded

YEARBOOKS = [
    "'94中国发展报告", "'95中国发展报告", "'96 中国发展报告", "'97中国发展报告", "'97中国发展报告", "'98中国发展报告",
    "'99中国发展报告", "’92中国发展报告", "`93中国发展报告", "1999 年中国发展状况与趋势",
]  # fmt: skip
VARIOUS = [
    "杜诗详注", "小王子", "评说 鼓励 鞭策", "人工智能导论", "真实世界的Python仪器监控", "雕虫故事",
    "中国近代建筑研究与保护", "可再生能源与建筑能源利用技术", "过程管理",
]  # fmt: skip
TAIWAN = ["危機OFF"]

FILES = [
    ("cnmarc_bnu_sru_10_utf8.iso", "utf-8", YEARBOOKS),
    ("cnmarc_bnu_sru_10_gb18030.iso", "gb18030", YEARBOOKS),
    ("sample_cnmarcxml_bnu.xml", "marcxml", YEARBOOKS),
    ("cnmarc_various_utf8.iso", "utf-8", VARIOUS),
    ("cnmarc_various_gbk.iso", "gb18030", VARIOUS),
    ("cmarc_taiwan_1_utf8.iso", "utf-8", TAIWAN),
]


@needs_samples
@pytest.mark.parametrize(("name", "encoding", "titles"), FILES)
def test_titles_of_chinese_records_are_right(name, encoding, titles):
    found = list(read_file(MARC / "cnmarc" / name))

    assert [describe(one.record, MarcFormat.CNMARC).title_proper for one in found] == titles
    assert {one.encoding for one in found} == {encoding}
    assert {family(one.record) for one in found} == {MarcFormat.CNMARC}


@needs_samples
@pytest.mark.parametrize(("name", "codec"), [(name, codec) for name, codec, _ in FILES if codec != "marcxml"])
def test_chinese_records_are_written_back_byte_for_byte(name, codec):
    for one in read_file(MARC / "cnmarc" / name):
        assert encode(one.record, codec) == one.raw


@needs_samples
@pytest.mark.parametrize(
    ("first", "second"), [("bnu_sru_10_utf8", "bnu_sru_10_gb18030"), ("various_utf8", "various_gbk")]
)
def test_the_copies_in_two_encodings_are_one_record(first, second):
    pairs = [
        [one.record.content_hash() for one in read_file(MARC / "cnmarc" / f"cnmarc_{name}.iso")]
        for name in (first, second)
    ]

    assert pairs[0] == pairs[1]
